/** A tap on a card: asks first if the card says so, shows that it is at work, tells the answer. */

import * as api from "./api.js";
import { ask } from "./dialogs.js";
import { said, t } from "./i18n.js";
import { state } from "./state.js";
import { refreshThread } from "./threads.js";
import { attempt, toast } from "./toasts.js";

/** Opens a web address in a new tab; other schemes belong to the real client and are only named. */
export function openLink(address) {
  if (/^https?:\/\//i.test(address ?? "")) window.open(address, "_blank", "noopener,noreferrer");
  else if (address) toast(address, "info");
}

const valueOf = (element) => (element.behaviors ?? []).find((one) => one.type === "callback")?.value ?? element.value;

/** `pressed` is the node that was touched; `fields` may hold `option` or `form`. */
export async function tap(element, context, pressed, fields = {}) {
  if (pressed.getAttribute("aria-busy") === "true") return false;
  if (element.disabled) {
    const tips = said(element.disabled_tips);
    if (tips) toast(tips, "info");
    return false;
  }
  if (element.confirm && !(await ask({ title: said(element.confirm.title), text: said(element.confirm.text) })))
    return false;
  for (const one of element.behaviors ?? []) if (one.type === "open_url") openLink(one.pc_url || one.default_url);
  const url = element.multi_url?.pc_url || element.multi_url?.url || element.url;
  if (url) openLink(url);
  if (!tells(element, fields)) return true;
  return send(element, context, pressed, fields);
}

/** A button that only opens a link, or a tick without behaviours, tells the bot nothing. */
function tells(element, fields) {
  if (fields.form || valueOf(element) !== undefined) return true;
  if (fields.option !== undefined && !("behaviors" in element)) return true;
  return (element.behaviors ?? []).some((one) => one.type === "callback");
}

async function send(element, context, pressed, fields) {
  const button = element.element_id || element.name || said(element.text) || pressed.innerText;
  busy(pressed, true);
  const answer = await attempt(() => api.click(state.person, context.messageId, { button, ...fields }));
  busy(pressed, false);
  if (!answer) return false;
  if (answer.toast?.content) toast(answer.toast.content, answer.toast.type);
  await refreshThread();
  return true;
}

function busy(node, is) {
  if (is) node.setAttribute("aria-busy", "true");
  else node.removeAttribute("aria-busy");
  node.classList.toggle("is-busy", is);
  if (is) node.setAttribute("aria-description", t("working"));
  else node.removeAttribute("aria-description");
}
