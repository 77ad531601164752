/** Modal questions, built on `<dialog>`: focus is kept inside and Esc closes by itself. */

import { freshId, h } from "./dom.js";
import { t } from "./i18n.js";
import { icon } from "./icons.js";

/** Shows a dialog around `content`; the returned node is removed once closed. */
export function show(title, content, { footer = [], kind = "" } = {}) {
  const id = freshId("dialog");
  const close = h(
    "button",
    { class: "icon-button dialog-close", type: "button", "aria-label": t("close") },
    icon("close"),
  );
  const dialog = h(
    "dialog",
    { class: `dialog ${kind}`.trim(), "aria-labelledby": id },
    h("header", { class: "dialog-head" }, h("h2", { id }, title), close),
    h("div", { class: "dialog-body" }, content),
    footer.length ? h("footer", { class: "dialog-foot" }, footer) : null,
  );
  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => event.target === dialog && dialog.close());
  dialog.addEventListener("close", () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
}

/** Yes or no; closing it is a no. */
export function ask({ title, text, yes = t("confirm"), danger = false }) {
  return new Promise((resolve) => {
    let answer = false;
    const button = (label, style, value) =>
      h(
        "button",
        { class: `btn ${style}`, type: "button", on: { click: () => ((answer = value), dialog.close()) } },
        label,
      );
    const dialog = show(title, h("p", {}, text), {
      kind: "dialog--small",
      footer: [
        button(t("cancel"), "", false),
        button(yes, danger ? "btn--danger_filled" : "btn--primary_filled", true),
      ],
    });
    dialog.addEventListener("close", () => resolve(answer));
    dialog.querySelector(".dialog-foot .btn:last-child").focus();
  });
}
