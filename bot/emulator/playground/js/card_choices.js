/** Controls of a card that choose among options: selects, menus, pictures. */

import { closesItself, enrol, fitted, keyOf } from "./card_fields.js";
import { tap } from "./card_tap.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { said, t } from "./i18n.js";
import { nameOf, state } from "./state.js";

/** Options as `[value, words]`; a person select without options offers the members of the chat. */
function optionsOf(element, context) {
  if (!element.tag.includes("person"))
    return (element.options ?? []).map((one) => [one.value ?? said(one.text), said(one.text)]);
  const offered = (element.options ?? []).map((one) => one.value).filter((id) => state.users.has(id));
  const ids = offered.length ? offered : context.members.filter((id) => state.users.has(id));
  return ids.map((id) => [id, nameOf(id)]);
}

export function select(element, context) {
  const options = optionsOf(element, context);
  const first = element.initial_option ?? options[(element.initial_index ?? 0) - 1]?.[0] ?? "";
  const placeholder = said(element.placeholder) || t(element.tag.includes("person") ? "choose_people" : "choose");
  const node = h(
    "select",
    { class: `field field--select${element.type === "text" ? " field--text" : ""}` },
    h("option", { value: "", disabled: element.required || !context.form, selected: first === "" }, placeholder),
    options.map(([value, words]) => h("option", { value, selected: value === first }, words)),
  );
  enrol(element, context, fitted(node, element), { read: () => node.value, reset: () => (node.value = first) });
  if (!context.form)
    node.addEventListener("change", () =>
      tap(element, context, node, { option: node.value }).then((done) => done || (node.value = first)),
    );
  return node;
}

export function multiSelect(element, context) {
  const start = new Set((element.selected_values ?? []).map((one) => one.value ?? one));
  const boxes = optionsOf(element, context).map(([value, words]) => ({
    node: h("input", { type: "checkbox", value, checked: start.has(value), disabled: element.disabled }),
    words,
    value,
  }));
  const read = () => boxes.filter((box) => box.node.checked).map((box) => box.value);
  const words = h("span");
  const describe = () => {
    const chosen = boxes.filter((box) => box.node.checked).map((box) => box.words);
    words.textContent = chosen.length ? chosen.join(", ") : said(element.placeholder) || t("choose");
    words.classList.toggle("is-placeholder", chosen.length === 0);
  };
  const summary = h("summary", { class: "field field--select" }, words);
  const node = h(
    "details",
    { class: "multi", on: { change: describe } },
    summary,
    h(
      "div",
      { class: "menu", role: "group" },
      boxes.map((box) => h("label", { class: "menu-item" }, box.node, box.words)),
    ),
  );
  closesItself(node);
  describe();
  const reset = () => {
    for (const box of boxes) box.node.checked = start.has(box.value);
    describe();
  };
  enrol(element, context, summary, { read, reset, required: element.required ?? true });
  return fitted(node, element);
}

export function overflow(element, context) {
  const choose = (option) => () => {
    node.open = false;
    if (option.multi_url?.url)
      tap(
        { ...element, behaviors: [{ type: "open_url", default_url: option.multi_url.url }], value: undefined },
        context,
        summary,
      );
    else tap(element, context, summary, { option: option.value });
  };
  const summary = h(
    "summary",
    {
      class: "btn btn--default btn--icon",
      "aria-label": t("more"),
      title: t("more"),
      data: { key: keyOf(element, context) },
    },
    icon("dots", 16),
  );
  const rows = (element.options ?? []).map((one) =>
    h("button", { class: "menu-item", type: "button", on: { click: choose(one) } }, said(one.text)),
  );
  const node = h("details", { class: "multi" }, summary, h("div", { class: "menu" }, rows));
  closesItself(node);
  return node;
}

/** In a form pictures are ticked and remembered; outside, the first press is the answer. */
export function pictureChoice(element, context) {
  const chosen = new Set();
  const toggle = (value) => {
    const had = chosen.delete(value);
    if (!element.multi_select) chosen.clear();
    if (!had) chosen.add(value);
    dress();
  };
  const option = (one, index) => {
    const press = () => (context.form ? toggle(one.value) : tap(element, context, node, { option: one.value }));
    const node = h(
      "button",
      {
        class: "picture",
        type: "button",
        "aria-label": `${t("picture")} ${index + 1}`,
        disabled: one.disabled,
        data: { value: one.value },
        on: { click: press },
      },
      icon("image", 22),
      h("span", {}, index + 1),
    );
    return node;
  };
  const box = h("div", { class: "pictures", role: "group" }, (element.options ?? []).map(option));
  const dress = () => {
    for (const node of box.children) node.setAttribute("aria-pressed", String(chosen.has(node.dataset.value)));
  };
  const read = () => (element.multi_select ? [...chosen] : ([...chosen][0] ?? ""));
  enrol(element, context, box, { read, reset: () => (chosen.clear(), dress()) });
  return box;
}
