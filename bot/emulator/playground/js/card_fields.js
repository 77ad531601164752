/** What all controls of a card share: a key, a width, a place in the form they are in, a menu that folds. */

import { said, t } from "./i18n.js";

export const keyOf = (element, context) => element.element_id ?? element.name ?? context.path;

/** Inside a form a control is remembered under its name; outside, every change is told at once. */
export function enrol(element, context, node, { read, reset, required = element.required ?? false }) {
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

export function fitted(node, element) {
  if (element.width === "fill") node.classList.add("field--fill");
  else if (/^\d+px$/.test(element.width ?? "")) node.style.width = element.width;
  return node;
}

/** Esc and a press elsewhere fold an open menu. */
export function closesItself(details) {
  details.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !details.open) return;
    event.stopPropagation();
    details.open = false;
    details.querySelector("summary").focus();
  });
  details.addEventListener("toggle", () => {
    const away = (event) =>
      !details.contains(event.target) && ((details.open = false), document.removeEventListener("pointerdown", away));
    if (details.open) document.addEventListener("pointerdown", away);
  });
}
