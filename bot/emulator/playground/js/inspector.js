/** The drawer with the raw JSON of a message, coloured by kind of value. */

import { byId, h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";
import { toast } from "./toasts.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

let opener = null;

export function inspect(value, title) {
  opener = document.activeElement;
  const text = JSON.stringify(value, null, 2);
  const copy = h(
    "button",
    {
      class: "icon-button",
      type: "button",
      "aria-label": t("copy"),
      title: t("copy"),
      on: { click: () => copyText(text) },
    },
    icon("copy"),
  );
  const close = h(
    "button",
    {
      class: "icon-button",
      type: "button",
      "aria-label": t("close"),
      title: t("close"),
      on: { click: closeInspector },
    },
    icon("close"),
  );
  replace(
    byId("inspector"),
    h("header", { class: "drawer-head" }, h("div", {}, h("h2", {}, t("inspector")), h("p", {}, title)), copy, close),
    h("pre", { class: "json", tabindex: 0 }, coloured(text)),
  );
  byId("inspector").hidden = false;
  close.focus();
}

export function closeInspector() {
  if (byId("inspector").hidden) return;
  byId("inspector").hidden = true;
  opener?.focus?.();
}

async function copyText(text) {
  await navigator.clipboard.writeText(text);
  toast(t("copied"), "success");
}

/** JSON as spans, so that colour needs no markup. */
export function coloured(text) {
  const out = document.createDocumentFragment();
  let at = 0;
  for (const hit of text.matchAll(TOKEN)) {
    out.append(text.slice(at, hit.index));
    const [whole, string, colon, word] = hit;
    const kind = string ? (colon ? "key" : "string") : word ? "word" : "number";
    out.append(h("span", { class: `json-${kind}` }, string ?? whole), colon ?? "");
    at = hit.index + whole.length;
  }
  out.append(text.slice(at));
  return out;
}

export function startInspector() {
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open]")) closeInspector();
  });
}
