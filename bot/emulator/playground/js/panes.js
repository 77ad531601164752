/** Which parts of the page are in view: all at once on wide screens, one at a time on narrow ones. */

import { byId, replace, rove } from "./dom.js";
import { icon } from "./icons.js";

const PANES = ["rail", "conversation", "side"];
const ICONS = { rail: "people", conversation: "chat", side: "calendar" };

/** On a narrow screen this pane comes to the front; on a wide one nothing moves. */
export function showPane(name) {
  document.body.dataset.pane = name;
  for (const pane of PANES) byId(`tab-${pane}`).setAttribute("aria-pressed", String(pane === name));
}

function showSide(name) {
  for (const one of ["calendar", "calls"]) {
    const chosen = one === name;
    byId(`side-${one}`).hidden = !chosen;
    byId(`side-tab-${one}`).setAttribute("aria-selected", String(chosen));
    byId(`side-tab-${one}`).tabIndex = chosen ? 0 : -1;
  }
}

export function startPanes() {
  for (const pane of PANES) {
    replace(byId(`tab-icon-${pane}`), icon(ICONS[pane], 20));
    byId(`tab-${pane}`).addEventListener("click", () => showPane(pane));
  }
  for (const one of ["calendar", "calls"]) {
    byId(`side-tab-${one}`).addEventListener("click", () => showSide(one));
    byId(`side-tab-${one}`).addEventListener("focus", () => showSide(one));
  }
  rove(byId("side-tabs"), "[role=tab]", { horizontal: true });
  showSide("calendar");
  showPane("conversation");
}
