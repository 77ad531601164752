/** What can be touched in a card: buttons, inputs, pickers, ticks; choices among options are in card_choices.js. */

import { inlineText } from "./card.js";
import { multiSelect, overflow, pictureChoice, select } from "./card_choices.js";
import { enrol, fitted, keyOf } from "./card_fields.js";
import { tap } from "./card_tap.js";
import { freshId, h } from "./dom.js";
import { cardIcon } from "./icons.js";
import { said, t } from "./i18n.js";
import { toast } from "./toasts.js";

export function drawControl(element, context) {
  return ARTISTS[element.tag](element, context);
}

function button(element, context) {
  const node = h(
    "button",
    {
      class: [
        "btn",
        `btn--${element.type ?? "default"}`,
        `btn--${element.size ?? "medium"}`,
        element.width === "fill" && "btn--fill",
      ]
        .filter(Boolean)
        .join(" "),
      type: "button",
      "aria-disabled": element.disabled ? "true" : null,
      title: said(element.disabled ? element.disabled_tips : element.hover_tips) || null,
      "data-testid": "card-button",
      data: { key: keyOf(element, context), elementId: element.element_id ?? "" },
    },
    cardIcon(element.icon),
    h("span", {}, inlineText(element.text, context) ?? ""),
  );
  if (!element.text && element.icon)
    node.setAttribute("aria-label", said(element.hover_tips) || element.name || t("more"));
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

function input(element, context) {
  const multiline = element.input_type === "multiline_text";
  const id = freshId("input");
  const node = h(multiline ? "textarea" : "input", {
    id,
    class: "field",
    type: multiline ? null : element.input_type === "password" ? "password" : "text",
    rows: multiline ? Number(element.rows) || 3 : null,
    placeholder: said(element.placeholder) || null,
    maxlength: element.max_length ?? 1000,
    value: element.default_value ?? "",
    autocomplete: "off",
  });
  const label = said(element.label);
  const box = h(
    "div",
    { class: `labelled labelled--${element.label_position ?? "top"}` },
    label ? h("label", { for: id }, label, star(element)) : null,
    fitted(node, element),
  );
  enrol(element, context, node, {
    read: () => node.value.trim(),
    reset: () => (node.value = element.default_value ?? ""),
  });
  if (!context.form) {
    node.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.isComposing || (multiline && event.shiftKey)) return;
      event.preventDefault();
      if (node.value.trim()) tap(element, context, node, { option: node.value.trim() });
    });
  }
  return box;
}

const star = (element) => (element.required ? h("span", { class: "star", title: t("required") }, " *") : null);

/** The emulator adds the offset of the person's zone to what a picker says, as the real client does. */
const PICKERS = {
  date_picker: { type: "date", initial: "initial_date" },
  picker_time: { type: "time", initial: "initial_time" },
  picker_datetime: { type: "datetime-local", initial: "initial_datetime" },
};

function picker(element, context) {
  const kind = PICKERS[element.tag];
  const first = (element[kind.initial] ?? "").replace(" ", "T");
  const node = h("input", {
    class: "field field--picker",
    type: kind.type,
    value: first,
    title: said(element.placeholder) || null,
  });
  const read = () => node.value.replace("T", " ");
  enrol(element, context, fitted(node, element), { read, reset: () => (node.value = first) });
  if (!context.form)
    node.addEventListener("change", () => node.value && tap(element, context, node, { option: read() }));
  return node;
}

function checker(element, context) {
  const node = h("input", { type: "checkbox", checked: element.checked });
  const text = h("span", { class: "checker-text" }, inlineText(element.text, context));
  const dress = () =>
    text.classList.toggle("is-struck", node.checked && Boolean(element.checked_style?.show_strikethrough));
  enrol(element, context, node, {
    read: () => node.checked,
    reset: () => ((node.checked = Boolean(element.checked)), dress()),
  });
  node.setAttribute("aria-label", said(element.text));
  node.addEventListener("change", async () => {
    dress();
    if (context.form || !(element.behaviors ?? []).length) return;
    if (!(await tap(element, context, node, { option: node.checked }))) ((node.checked = !node.checked), dress());
  });
  dress();
  const extra = (element.button_area?.buttons ?? []).map((one, index) =>
    button(one, { ...context, path: `${context.path}.b${index}` }),
  );
  return h("div", { class: "checker" }, h("label", {}, node, text), extra);
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
