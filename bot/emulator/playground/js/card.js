/** Draws a card of JSON 2.0: the frame, the containers and everything that is only looked at. */

import { drawControl, CONTROLS } from "./card_controls.js";
import { inlineOf, markdown } from "./card_markdown.js";
import { drawTable } from "./card_table.js";
import { openLink, tap } from "./card_tap.js";
import { chart } from "./chart.js";
import { append, h } from "./dom.js";
import { cardIcon, icon } from "./icons.js";
import { pick, said, t } from "./i18n.js";
import { coloured } from "./inspector.js";
import { avatar } from "./people.js";
import { nameOf } from "./state.js";

const GAPS = { small: "4px", medium: "8px", large: "12px", extra_large: "16px" };
const LENGTHS = /^(-?\d+px)(\s+-?\d+px){0,3}$/;
const TEMPLATES = new Set([
  "blue",
  "wathet",
  "turquoise",
  "green",
  "yellow",
  "orange",
  "red",
  "carmine",
  "violet",
  "purple",
  "indigo",
  "grey",
]);

/** `context` = `{messageId, members, zone}`: which message it is in, who may be chosen, whose zone times are in. */
export function renderCard(card, context) {
  const body = card.body ?? { elements: pick(card.i18n_elements) ?? card.elements ?? [] };
  const node = h("article", {
    class: ["card", `card--${card.config?.width_mode ?? "default"}`].join(" "),
    "data-testid": "card",
    "aria-label": t("card_of", { title: said(card.header?.title) }),
  });
  const inner = h("div", { class: "card-body" });
  spread(inner, body, "vertical");
  append(inner, drawAll(body.elements, { ...context, form: null, path: "e" }));
  return linked(append(node, [card.header ? header(card.header) : null, inner]), card.card_link?.url);
}

function header(spec) {
  const colour = TEMPLATES.has(spec.template) ? spec.template : "default";
  const tags = pick(spec.i18n_text_tag_list) ?? spec.text_tag_list ?? [];
  const tag = (one) => h("span", { class: `tag tag--${one.color ?? "blue"}` }, said(one.text));
  const subtitle = said(spec.subtitle);
  return h(
    "header",
    { class: `card-head card-head--${colour}` },
    spec.icon ? h("span", { class: "card-head-icon" }, cardIcon(spec.icon, 20)) : null,
    h(
      "div",
      { class: "card-titles" },
      h(
        "h3",
        { class: "card-title" },
        inlineText(spec.title, {}),
        tags.length ? h("span", { class: "tags" }, tags.map(tag)) : null,
      ),
      subtitle ? h("p", { class: "card-subtitle" }, inlineText(spec.subtitle, {})) : null,
    ),
  );
}

export function drawAll(elements, context) {
  return (elements ?? []).map((element, index) => draw(element, { ...context, path: `${context.path}.${index}` }));
}

function draw(element, context) {
  const artist = ARTISTS[element?.tag] ?? (CONTROLS.has(element?.tag) ? drawControl : unknown);
  const node = artist(element, context);
  if (node && LENGTHS.test(element.margin ?? "")) node.style.margin = element.margin;
  return node;
}

/** Plain text stays plain, `lark_md` may be bold or a link. */
export function inlineText(text, context) {
  if (!text) return null;
  return text.tag === "lark_md" || text.tag === "markdown" ? inlineOf(said(text), context) : said(text);
}

/** Direction, spacing, alignment and padding, which all containers share. */
function spread(node, spec, direction = "vertical") {
  node.classList.add("stack", `stack--${spec.direction ?? direction}`);
  const gap = (spec.direction ?? direction) === "vertical" ? spec.vertical_spacing : spec.horizontal_spacing;
  const size = GAPS[gap] ?? (LENGTHS.test(gap ?? "") ? gap : null);
  if (size) node.style.gap = size;
  if (LENGTHS.test(spec.padding ?? "")) node.style.padding = spec.padding;
  if (spec.horizontal_align) node.classList.add(`across--${spec.horizontal_align}`);
  if (spec.vertical_align) node.classList.add(`along--${spec.vertical_align}`);
  return node;
}

function columnSet(element, context) {
  const node = h("div", { class: `columns columns--${element.flex_mode ?? "none"}` });
  if (element.background_style && element.background_style !== "default")
    node.classList.add(`wash-${element.background_style.split("-")[0]}`);
  const gap =
    GAPS[element.horizontal_spacing] ??
    (LENGTHS.test(element.horizontal_spacing ?? "") ? element.horizontal_spacing : null);
  if (gap) node.style.columnGap = gap;
  append(node, drawAll(element.columns, context));
  return linked(node, element.action?.multi_url?.url);
}

function column(element, context) {
  const node = spread(h("div", { class: "column" }), element);
  if (element.width === "weighted") node.style.flex = `${element.weight ?? 1} 1 0`;
  else if (/^\d+px$/.test(element.width ?? "")) node.style.flex = `0 0 ${element.width}`;
  else node.classList.add("column--auto");
  if (element.background_style && element.background_style !== "default")
    node.classList.add(`wash-${element.background_style.split("-")[0]}`);
  append(node, drawAll(element.elements, context));
  return linked(node, element.action?.multi_url?.url);
}

function linked(node, url) {
  if (!url) return node;
  node.classList.add("is-linked");
  node.addEventListener(
    "click",
    (event) =>
      event.target.closest("a, button, input, select, textarea, summary, label, [role=button]") || openLink(url),
  );
  return node;
}

function panel(element, context) {
  const title = element.header?.title;
  const tint = element.header?.background_color?.split("-")[0];
  const node = h(
    "details",
    {
      class: `panel${element.border ? " panel--bordered" : ""}`,
      open: Boolean(element.expanded),
      data: { key: element.element_id ?? context.path },
    },
    h(
      "summary",
      { class: tint ? `wash-${tint}` : "", data: { key: `${element.element_id ?? context.path}:head` } },
      h("span", {}, inlineText(title, context)),
      icon("chevron", 15),
    ),
  );
  const inner = spread(h("div", { class: "panel-body" }), element);
  return append(node, append(inner, drawAll(element.elements, context)));
}

/** A whole area that can be tapped; inside, real buttons keep working on their own. */
function tappable(element, context) {
  const node = spread(h("div", { class: `tappable${element.has_border ? " tappable--bordered" : ""}` }), element);
  const style = element.background_style?.split("-")[0];
  if (style && style !== "default") node.classList.add(`wash-${style}`);
  if (element.border_color) node.classList.add(`edge-${element.border_color.split("-")[0]}`);
  if (LENGTHS.test(element.corner_radius ?? "")) node.style.borderRadius = element.corner_radius;
  node.setAttribute("role", "button");
  node.setAttribute("tabindex", "0");
  node.dataset.key = element.element_id ?? context.path;
  if (element.disabled) node.setAttribute("aria-disabled", "true");
  if (element.hover_tips) node.title = said(element.hover_tips);
  const run = (event) => {
    if (event.target !== node && event.target.closest("a, button, input, select, summary, [role=button]") !== node)
      return;
    event.preventDefault();
    tap(element, context, node);
  };
  node.addEventListener("click", run);
  node.addEventListener(
    "keydown",
    (event) => (event.key === "Enter" || event.key === " ") && event.target === node && run(event),
  );
  return append(node, drawAll(element.elements, context));
}

function form(element, context) {
  const scope = { name: element.name, fields: new Map() };
  const node = spread(h("form", { class: "form", novalidate: true, data: { form: element.name } }), element);
  node.addEventListener("submit", (event) => event.preventDefault());
  return append(node, drawAll(element.elements, { ...context, form: scope, formNode: node }));
}

function plain(element, context) {
  const text = element.tag === "div" ? element.text : element;
  const size = text?.text_size ?? "normal";
  const tint = text?.text_color && text.text_color !== "default" ? `ink-${text.text_color.split("-")[0]}` : "";
  const node = h("div", { class: `plain size-${size} align-${text?.text_align ?? "left"} ${tint}`.trim() });
  const fields = (element.fields ?? []).map((one) => h("div", { class: "field-cell" }, inlineText(one.text, context)));
  return append(node, [cardIcon(element.icon), h("span", {}, inlineText(text, context)), fields]);
}

function rich(element, context) {
  const node = h("div", { class: `md size-${element.text_size ?? "normal"} align-${element.text_align ?? "left"}` });
  return append(node, [cardIcon(element.icon), markdown(said(element), context)]);
}

function person(element) {
  const id = element.user_id ?? element.id;
  const showAvatar = element.show_avatar !== false;
  const name = element.show_name ? h("span", {}, nameOf(id)) : null;
  return h(
    "span",
    { class: `person person--${element.style ?? "normal"}`, title: nameOf(id) },
    showAvatar ? avatar(id, "small") : null,
    name,
    name ? null : h("span", { class: "visually-hidden" }, nameOf(id)),
  );
}

function personList(element) {
  const one = ({ id }) =>
    h("li", {}, person({ user_id: id, show_avatar: element.show_avatar, show_name: element.show_name !== false }));
  return h("ul", { class: "person-list" }, (element.persons ?? []).map(one));
}

function picture(element) {
  const label = said(element.alt) || said(element.title) || t("picture");
  return h("div", { class: "picture", role: "img", "aria-label": label }, icon("image", 22), h("span", {}, label));
}

/** The surrounding row of older cards, which some one-person cards still are. */
const actionRow = (element, context) =>
  append(h("div", { class: "stack stack--horizontal" }), drawAll(element.actions, context));
const note = (element, context) =>
  append(h("div", { class: "stack stack--horizontal size-notation" }), drawAll(element.elements, context));

const pictures = (element) =>
  h(
    "div",
    { class: "pictures" },
    (element.img_list ?? []).map(() => picture({})),
  );

/** Honest about what this page cannot draw: its JSON, folded. */
function unknown(element, context) {
  const text = t("unknown_component", { tag: element?.tag ?? "?" });
  return h(
    "details",
    { class: "unknown", data: { key: context.path } },
    h("summary", {}, text),
    h("pre", { class: "json" }, coloured(JSON.stringify(element, null, 2))),
  );
}

const ARTISTS = {
  column_set: columnSet,
  column,
  collapsible_panel: panel,
  interactive_container: tappable,
  form,
  div: plain,
  plain_text: plain,
  lark_md: plain,
  markdown: rich,
  hr: () => h("hr", { class: "card-rule" }),
  img: picture,
  img_combination: pictures,
  person,
  person_list: personList,
  table: (element, context) => drawTable(element, context),
  action: actionRow,
  note,
  chart: (element) => chart(element.chart_spec ?? {}, element),
};
