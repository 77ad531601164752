/** What can be touched in a card: buttons, inputs, selects, pickers, ticks, menus. */

import { inlineText } from "./card.js";
import { tap } from "./card_tap.js";
import { freshId, h } from "./dom.js";
import { cardIcon, icon } from "./icons.js";
import { said, t } from "./i18n.js";
import { nameOf, state } from "./state.js";
import { toast } from "./toasts.js";

export function drawControl(element, context) {
  return ARTISTS[element.tag](element, context);
}

const keyOf = (element, context) => element.element_id ?? element.name ?? context.path;

function button(element, context) {
  const node = h(
    "button",
    {
      class: ["btn", `btn--${element.type ?? "default"}`, `btn--${element.size ?? "medium"}`, element.width === "fill" && "btn--fill"].filter(Boolean).join(" "),
      type: "button",
      "aria-disabled": element.disabled ? "true" : null,
      title: said(element.disabled ? element.disabled_tips : element.hover_tips) || null,
      "data-testid": "card-button",
      data: { key: keyOf(element, context), elementId: element.element_id ?? "" },
    },
    cardIcon(element.icon),
    h("span", {}, inlineText(element.text, context) ?? ""),
  );
  if (!element.text && element.icon) node.setAttribute("aria-label", said(element.hover_tips) || element.name || t("more"));
  node.addEventListener("click", () => press(element, context, node));
  return node;
}

function press(element, context, node) {
  const { form, formNode } = context;
  if (form && (element.form_action_type === "reset" || element.action_type === "form_reset")) return resetForm(form);
  const submits = form && (element.form_action_type === "submit" || element.action_type === "form_submit");
  if (!submits || element.disabled) return tap(element, context, node);
  const missing = [...form.fields.values()].filter((field) => field.required && isEmpty(field.read()));
  for (const field of form.fields.values()) field.mark(missing.includes(field));
  if (missing.length) {
    toast(t("fill_in", { names: missing.map((field) => field.label).join(", ") }), "warning");
    formNode.querySelector('[aria-invalid="true"]')?.focus();
    return undefined;
  }
  const values = Object.fromEntries([...form.fields].map(([name, field]) => [name, field.read()]));
  return tap(element, context, node, { form: values });
}

const isEmpty = (value) => value === "" || (Array.isArray(value) && value.length === 0);

function resetForm(form) {
  for (const field of form.fields.values()) {
    field.reset();
    field.mark(false);
  }
}

/** Inside a form a control is remembered under its name; outside, every change is told at once. */
function enrol(element, context, node, { read, reset, required = element.required ?? false }) {
  const label = said(element.label) || said(element.placeholder) || element.name || t("choose");
  if (!node.hasAttribute("aria-label") && !node.labels?.length) node.setAttribute("aria-label", label);
  node.dataset.key = keyOf(element, context);
  if (element.disabled) node.disabled = true;
  if (!context.form) return;
  if (required) node.setAttribute("aria-required", "true");
  const mark = (wrong) => (wrong ? node.setAttribute("aria-invalid", "true") : node.removeAttribute("aria-invalid"));
  node.addEventListener("input", () => mark(false));
  context.form.fields.set(element.name ?? context.path, { read, reset, required, label, mark });
}

function fitted(node, element) {
  if (element.width === "fill") node.classList.add("field--fill");
  else if (/^\d+px$/.test(element.width ?? "")) node.style.width = element.width;
  return node;
}

function input(element, context) {
  const multiline = element.input_type === "multiline_text";
  const id = freshId("input");
  const node = h(multiline ? "textarea" : "input", {
    id,
    class: "field",
    type: multiline ? null : element.input_type === "password" ? "password" : "text",
    rows: multiline ? (Number(element.rows) || 3) : null,
    placeholder: said(element.placeholder) || null,
    maxlength: element.max_length ?? 1000,
    value: element.default_value ?? "",
    autocomplete: "off",
  });
  const label = said(element.label);
  const box = h("div", { class: `labelled labelled--${element.label_position ?? "top"}` }, label ? h("label", { for: id }, label, star(element)) : null, fitted(node, element));
  enrol(element, context, node, { read: () => node.value.trim(), reset: () => (node.value = element.default_value ?? "") });
  if (!context.form) {
    const tell = () => node.value.trim() && tap(element, context, node, { option: node.value.trim() });
    node.addEventListener("keydown", (event) => event.key === "Enter" && !event.isComposing && !(multiline && event.shiftKey) && (event.preventDefault(), tell()));
  }
  return box;
}

const star = (element) => (element.required ? h("span", { class: "star", title: t("required") }, " *") : null);

/** Options as `[value, words]`; a person select without options offers the members of the chat. */
function optionsOf(element, context) {
  if (!element.tag.includes("person")) return (element.options ?? []).map((one) => [one.value ?? said(one.text), said(one.text)]);
  const offered = (element.options ?? []).map((one) => one.value).filter((id) => state.users.has(id));
  const ids = offered.length ? offered : context.members.filter((id) => state.users.has(id));
  return ids.map((id) => [id, nameOf(id)]);
}

function select(element, context) {
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
  if (!context.form) node.addEventListener("change", () => tap(element, context, node, { option: node.value }).then((done) => done || (node.value = first)));
  return node;
}

function multiSelect(element, context) {
  const start = new Set((element.selected_values ?? []).map((one) => one.value ?? one));
  const boxes = optionsOf(element, context).map(([value, words]) => ({ node: h("input", { type: "checkbox", value, checked: start.has(value), disabled: element.disabled }), words, value }));
  const read = () => boxes.filter((box) => box.node.checked).map((box) => box.value);
  const words = h("span");
  const describe = () => {
    const chosen = boxes.filter((box) => box.node.checked).map((box) => box.words);
    words.textContent = chosen.length ? chosen.join(", ") : said(element.placeholder) || t("choose");
    words.classList.toggle("is-placeholder", chosen.length === 0);
  };
  const summary = h("summary", { class: "field field--select" }, words);
  const node = h("details", { class: "multi", on: { change: describe } }, summary, h("div", { class: "menu", role: "group" }, boxes.map((box) => h("label", { class: "menu-item" }, box.node, box.words))));
  closesItself(node);
  describe();
  const reset = () => {
    for (const box of boxes) box.node.checked = start.has(box.value);
    describe();
  };
  enrol(element, context, summary, { read, reset, required: element.required ?? true });
  return fitted(node, element);
}

/** Esc and a press elsewhere fold an open menu. */
function closesItself(details) {
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary").focus();
  });
  details.addEventListener("toggle", () => {
    const away = (event) => !details.contains(event.target) && ((details.open = false), document.removeEventListener("pointerdown", away));
    if (details.open) document.addEventListener("pointerdown", away);
  });
}

/** The emulator adds the offset of the person's zone to what a picker says, as the real client does. */
const PICKERS = {
  date_picker: { type: "date", initial: "initial_date" },
  picker_time: { type: "time", initial: "initial_time" },
  picker_datetime: { type: "datetime-local", initial: "initial_datetime" },
};

function picker(element, context) {
  const kind = PICKERS[element.tag];
  const first = (element[kind.initial] ?? "").replace(" ", "T");
  const node = h("input", { class: "field field--picker", type: kind.type, value: first, title: said(element.placeholder) || null });
  const read = () => node.value.replace("T", " ");
  enrol(element, context, fitted(node, element), { read, reset: () => (node.value = first) });
  if (!context.form) node.addEventListener("change", () => node.value && tap(element, context, node, { option: read() }));
  return node;
}

function checker(element, context) {
  const node = h("input", { type: "checkbox", checked: element.checked });
  const text = h("span", { class: "checker-text" }, inlineText(element.text, context));
  const dress = () => text.classList.toggle("is-struck", node.checked && Boolean(element.checked_style?.show_strikethrough));
  enrol(element, context, node, { read: () => node.checked, reset: () => ((node.checked = Boolean(element.checked)), dress()) });
  node.setAttribute("aria-label", said(element.text));
  node.addEventListener("change", async () => {
    dress();
    if (context.form || !(element.behaviors ?? []).length) return;
    if (!(await tap(element, context, node, { option: node.checked }))) ((node.checked = !node.checked), dress());
  });
  dress();
  const extra = (element.button_area?.buttons ?? []).map((one, index) => button(one, { ...context, path: `${context.path}.b${index}` }));
  return h("div", { class: "checker" }, h("label", {}, node, text), extra);
}

function overflow(element, context) {
  const choose = (option) => () => {
    node.open = false;
    if (option.multi_url?.url) tap({ ...element, behaviors: [{ type: "open_url", default_url: option.multi_url.url }], value: undefined }, context, summary);
    else tap(element, context, summary, { option: option.value });
  };
  const summary = h("summary", { class: "btn btn--default btn--icon", "aria-label": t("more"), title: t("more"), data: { key: keyOf(element, context) } }, icon("dots", 16));
  const rows = (element.options ?? []).map((one) => h("button", { class: "menu-item", type: "button", on: { click: choose(one) } }, said(one.text)));
  const node = h("details", { class: "multi" }, summary, h("div", { class: "menu" }, rows));
  closesItself(node);
  return node;
}

/** In a form pictures are ticked and remembered; outside, the first press is the answer. */
function pictureChoice(element, context) {
  const chosen = new Set();
  const toggle = (value) => {
    const had = chosen.delete(value);
    if (!element.multi_select) chosen.clear();
    if (!had) chosen.add(value);
    dress();
  };
  const option = (one, index) => {
    const press = () => (context.form ? toggle(one.value) : tap(element, context, node, { option: one.value }));
    const node = h("button", { class: "picture", type: "button", "aria-label": `${t("picture")} ${index + 1}`, disabled: one.disabled, data: { value: one.value }, on: { click: press } }, icon("image", 22), h("span", {}, index + 1));
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

const ARTISTS = {
  button,
  input,
  select_static: select,
  select_person: select,
  multi_select_static: multiSelect,
  multi_select_person: multiSelect,
  date_picker: picker,
  picker_time: picker,
  picker_datetime: picker,
  checker,
  overflow,
  select_img: pictureChoice,
};

export const CONTROLS = new Set(Object.keys(ARTISTS));
