/** The list of conversations of the current person, with what was last said and what is unread. */

import * as api from "./api.js";
import { byId, h, replace, rove } from "./dom.js";
import { t } from "./i18n.js";
import { avatar } from "./people.js";
import { emit, nameOf, now, on, state } from "./state.js";
import { attempt } from "./toasts.js";
import { dayText, timeText, wall } from "./zones.js";

let timer = 0;

/** Reads the list again; several events in a row make one call. */
export function refreshChats(delay = 120) {
  clearTimeout(timer);
  timer = setTimeout(() => loadChats(), delay);
}

export async function loadChats() {
  const person = state.person;
  const list = await attempt(() => api.chats(person));
  if (!list || person !== state.person) return;
  state.chats = list;
  const direct = list.find((one) => one.mode === "p2p");
  if (direct && !state.users.has(direct.name)) state.botName = direct.name || state.botName;
  showChats();
  emit("chats");
}

export function showChats() {
  const box = byId("chat-list");
  const focused = document.activeElement?.closest?.(".chat-item")?.dataset.chatId;
  const direct = state.chats.filter((one) => one.mode === "p2p");
  const groups = state.chats.filter((one) => one.mode !== "p2p");
  replace(box, section("direct", direct), section("groups", groups));
  if (focused) box.querySelector(`[data-chat-id="${CSS.escape(focused)}"]`)?.focus();
}

function section(key, chats) {
  if (!chats.length) return null;
  return [
    h("h3", { class: "rail-heading" }, t(key)),
    h(
      "ul",
      { class: "chat-rows" },
      chats.map((one) => h("li", {}, row(one))),
    ),
  ];
}

function row(one) {
  const current = one.chat_id === state.chatId;
  const unread = current ? 0 : (one.unread ?? 0);
  const label = [one.name, unread ? t("unread", { count: unread }) : ""].filter(Boolean).join(", ");
  return h(
    "button",
    {
      class: `chat-item${current ? " is-current" : ""}${unread ? " is-unread" : ""}`,
      type: "button",
      "aria-label": label,
      "aria-current": current ? "true" : null,
      tabindex: current ? 0 : -1,
      "data-testid": "chat-item",
      data: { chatId: one.chat_id },
      on: { click: () => emit("open", one.chat_id) },
    },
    one.mode === "p2p" ? avatar(state.bot, "medium") : groupMark(one),
    h(
      "span",
      { class: "chat-lines" },
      h(
        "span",
        { class: "chat-top" },
        h("strong", {}, one.name),
        one.last ? h("time", {}, shortWhen(one.last.created_at)) : null,
      ),
      h("span", { class: "chat-bottom" }, h("span", { class: "preview" }, preview(one)), unread ? badge(unread) : null),
    ),
  );
}

const badge = (count) => h("span", { class: "badge", "aria-hidden": "true" }, count > 99 ? "99+" : count);

/** Up to three faces stand for a group. */
function groupMark(one) {
  const faces = (one.members ?? []).filter((id) => state.users.has(id) && id !== state.person).slice(0, 3);
  return h(
    "span",
    { class: `faces faces--${faces.length}`, "aria-hidden": "true" },
    faces.map((id) => avatar(id, "tiny")),
  );
}

function preview(one) {
  if (!one.last) return one.mode === "p2p" ? t("bot_chat") : t("members", { count: one.members?.length ?? 0 });
  const text = one.last.recalled ? t("recalled") : (one.last.text ?? "").replace(/\s+/g, " ").slice(0, 90);
  const sender = one.last.sender?.id;
  return one.mode === "p2p" ? text : t("says", { name: nameOf(sender), text });
}

function shortWhen(at) {
  const zone = state.users.get(state.person)?.timezone ?? "UTC";
  const ms = Date.parse(at);
  return wall(ms, zone).iso === wall(now(), zone).iso ? timeText(ms, zone) : dayText(ms, zone).replace(/^\S+,? /, "");
}

export function startChats() {
  rove(byId("chat-list"), ".chat-item");
  on("words", showChats);
  on("chat", showChats);
  for (const type of ["hello", "message", "message_updated", "unread", "chat"])
    on(`stream:${type}`, () => refreshChats());
}
