"""Is this card one the platform would accept? Every refusal carries the documented sub-code in its text."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from bot.emulator.card_rules import CONTAINERS, ELEMENT_ID, FORM_FIELDS, FORM_ONLY, ROOT_ONLY, contract, locales
from bot.emulator.card_shape import SPACES, CardFault, Shape, texts, walk

Json = dict[str, Any]


@dataclass(slots=True)
class Check(Shape):
    """One pass over one card, component by component."""

    element_ids: set[str] = field(default_factory=set)
    names: set[str] = field(default_factory=set)
    tables: int = 0

    def card(self, card: Json) -> None:
        rules = contract()["rules"]
        self.keys(card, rules["card_object_keys"], "ROOT")
        if card.get("schema") != "2.0":
            raise CardFault(
                200621, "parse card json err, please check whether the card json is correct", value="schema"
            )
        config = self.mapping(card.get("config", {}), "ROOT -> config")
        self.keys(config, rules["config_keys"], "ROOT -> config")
        if config.get("update_multi", True) is not True:
            raise CardFault(300302, "update_multi property is false", path="ROOT -> config -> update_multi")
        if config.get("width_mode", "default") not in rules["width_mode"]:
            raise self.bad("ROOT -> config -> width_mode", config["width_mode"])
        for locale in config.get("locales", []):
            if locale not in locales():
                raise self.bad("ROOT -> config -> locales", locale)
        if "summary" in config:
            self.translations(self.mapping(config["summary"], "ROOT -> config -> summary"), "ROOT -> config -> summary")
        if "header" in card:
            self.header(self.mapping(card["header"], "ROOT -> header"))
        body = self.mapping(card.get("body", {}), "ROOT -> body")
        self.keys(body, rules["body_keys"], "ROOT -> body")
        for key in SPACES & set(body):
            self.length(body[key], f"ROOT -> body -> {key}")
        self.children(body.get("elements", []), "ROOT -> body -> elements", parents=())
        if self.elements > rules["max_elements"]:
            raise CardFault(11310, f"element exceeds the limit of {rules['max_elements']}", value=self.elements)
        if self.tables > rules["max_tables"]:
            raise CardFault(11310, "table number over limit", value=self.tables)

    def header(self, header: Json) -> None:
        path = "ROOT -> header"
        self.against(header, contract()["components"]["header"], path)
        if header.get("template", "default") not in contract()["rules"]["template"]:
            raise self.bad(f"{path} -> template", header["template"])
        for locale, tags in header.get("i18n_text_tag_list", {}).items():
            if locale not in locales():
                raise self.bad(f"{path} -> i18n_text_tag_list", locale)
            schema = contract()["components"]["header"]["properties"]["text_tag_list"]
            self.value(tags, schema, f"{path} -> i18n_text_tag_list -> {locale}", "text_tag_list")

    def children(self, elements: object, path: str, *, parents: tuple[str, ...]) -> None:
        if not isinstance(elements, list):
            raise self.bad(path, elements)
        for index, element in enumerate(elements):
            self.component(element, f"{path} -> [{index}]", parents=parents)

    def component(self, element: object, path: str, *, parents: tuple[str, ...]) -> None:
        if not isinstance(element, dict):
            raise self.bad(path, element)
        tag = element.get("tag")
        schema = contract()["components"].get(tag) if isinstance(tag, str) else None
        if (
            not isinstance(tag, str)
            or schema is None
            or tag == "header"
            or (tag == "column") != (parents[-1:] == ("column_set",))
        ):
            raise CardFault(
                200861,
                "cards of schema V2 no longer support this capability",
                path=f"{path}(tag: {tag})",
                value=f"unsupported tag {tag}",
            )
        path = f"{path}(tag: {tag})"
        self.elements += 1
        self.nesting(tag, path, parents)
        self.against(element, schema, path)
        self.identity(element, path)
        self.form_part(element, path, parents)
        special = getattr(self, f"check_{tag}", None)
        if special is not None:
            special(element, path)
        for key in ("elements", "columns"):
            if key in element and tag in CONTAINERS:
                self.children(element[key], f"{path} -> {key}", parents=(*parents, tag))

    def nesting(self, tag: str, path: str, parents: tuple[str, ...]) -> None:
        if tag in ROOT_ONLY and parents:
            raise CardFault(200220, f"{tag} can only be placed at the root of the card", path=path)
        if tag in FORM_ONLY and "form" not in parents:
            raise CardFault(200220, f"{tag} can only be used inside a form", path=path)
        depth = sum(1 for parent in parents if parent != "column") + (tag in CONTAINERS and tag != "column")
        if depth > contract()["rules"]["max_container_levels"]:
            raise CardFault(200220, "containers are nested too deeply", path=path, value=depth)

    def identity(self, element: Json, path: str) -> None:
        element_id = element.get("element_id")
        if element_id is None:
            return
        if not ELEMENT_ID.fullmatch(element_id):
            raise CardFault(200220, "element_id is invalid", path=f"{path} -> element_id", value=element_id)
        if element_id in self.element_ids:
            raise CardFault(300301, "Duplicate element_id in card component", path=path, value=element_id)
        self.element_ids.add(element_id)

    def form_part(self, element: Json, path: str, parents: tuple[str, ...]) -> None:
        name, tag = element.get("name"), element["tag"]
        if "form" in parents and tag in FORM_FIELDS | {"button"} and not name:
            raise CardFault(200530, "form component must have a name", path=f"{path} -> name")
        if name:
            if name in self.names:
                raise CardFault(200530, "name of form component is duplicate", path=f"{path} -> name", value=name)
            self.names.add(name)
        if tag == "form" and not any(
            part.get("tag") == "button" and part.get("form_action_type") == "submit" for part in walk(element)
        ):
            raise CardFault(200530, "form needs a button with form_action_type submit", path=path)

    # Components with rules of their own: found by name in ``component``.

    def check_markdown(self, element: Json, path: str) -> None:
        for text in texts(element):
            self.markdown(text, path)

    def check_chart(self, element: Json, path: str) -> None:
        spec = element["chart_spec"]
        parts = spec.get("series", [spec]) if spec.get("type") == "common" else [spec]
        known = spec.get("type") in contract()["chart_types"]
        if not known or not (isinstance(spec.get("data"), dict | list) and spec["data"]) or not parts:
            raise CardFault(200550, "chart spec is invalid", path=path, value=json.dumps(spec)[:200])
        for data in spec["data"] if isinstance(spec["data"], list) else [spec["data"]]:
            values = data.get("values") if isinstance(data, dict) else None
            if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
                raise CardFault(200550, "chart spec is invalid", path=path, value=json.dumps(data)[:200])

    def check_table(self, element: Json, path: str) -> None:
        self.tables += 1
        columns = {column["name"] for column in element["columns"]}
        if not 1 <= element.get("page_size", 5) <= 10 or not 0 < len(element["columns"]) <= 50:
            raise self.bad(path, "page_size or columns")
        for row in element["rows"]:
            if not isinstance(row, dict):
                raise CardFault(200914, "table rows is invalid", path=path, value=row)
            if not set(row) <= columns:
                raise CardFault(200915, "table rows name is invalid", path=path, value=sorted(set(row) - columns))

    def check_img(self, element: Json, path: str) -> None:
        if not element["img_key"].startswith("img_"):
            raise CardFault(200570, "card contains invalid image keys", value=f"image key {element['img_key']}")

    def check_person(self, element: Json, path: str) -> None:
        self.person(element["user_id"])

    def check_person_list(self, element: Json, path: str) -> None:
        if not element.get("drop_invalid_user_id", False):
            for person in element["persons"]:
                self.person(person["id"])

    def check_select_static(self, element: Json, path: str) -> None:
        values = [option["value"] for option in element.get("options", [])]
        if len(values) != len(set(values)):
            raise self.bad(f"{path} -> options", "duplicate option value")

    check_multi_select_static = check_select_static

    def check_input(self, element: Json, path: str) -> None:
        if not 1 <= element.get("max_length", 1000) <= 1000:
            raise self.bad(f"{path} -> max_length", element["max_length"])
        if len(element.get("placeholder", {}).get("content", "")) > 100:
            raise self.bad(f"{path} -> placeholder", "longer than 100 characters")

    def check_button(self, element: Json, path: str) -> None:
        if "confirm" in element and "title" not in self.mapping(element["confirm"], f"{path} -> confirm"):
            raise self.bad(f"{path} -> confirm", "title is required")

    def check_collapsible_panel(self, element: Json, path: str) -> None:
        title = element["header"].get("title")
        if title is not None and title.get("tag") != "plain_text":
            for text in texts(title):
                self.markdown(text, path)
