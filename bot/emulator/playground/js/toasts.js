/** Short notes at the edge of the page; screen readers hear them politely. */

import { byId, h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";

const SHOWN_MS = 4_500;
const ICONS = { success: "check", error: "warning", warning: "warning", info: "info" };

export function toast(content, type = "info") {
  const kind = type in ICONS ? type : "info";
  const node = h(
    "div",
    { class: `toast toast--${kind}`, "data-testid": "toast", data: { type: kind } },
    icon(ICONS[kind]),
    h("span", {}, content),
  );
  const close = h(
    "button",
    { class: "icon-button", type: "button", "aria-label": t("close"), on: { click: () => node.remove() } },
    icon("close", 14),
  );
  node.append(close);
  byId("toasts").append(node);
  let timer = setTimeout(() => node.remove(), SHOWN_MS);
  node.addEventListener("pointerenter", () => clearTimeout(timer));
  node.addEventListener("pointerleave", () => (timer = setTimeout(() => node.remove(), SHOWN_MS)));
  return node;
}

/** Runs something that may be refused; tells why instead of failing silently. Answers undefined then. */
export async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    toast(t("failed", { why: error.message }), "error");
    return undefined;
  }
}

/** Said to screen readers only. */
export function announce(text) {
  const region = byId("announcer");
  const line = h("p", {}, text);
  region.append(line);
  setTimeout(() => line.remove(), 8_000);
}
