/** The conversation in the centre: bubbles, cards, quotes, days. Only what changed is drawn again. */

import { renderCard } from "./card.js";
import { byId, h, replace, rove } from "./dom.js";
import { icon } from "./icons.js";
import { inspect } from "./inspector.js";
import { said, t, tag } from "./i18n.js";
import { post, written } from "./message_text.js";
import { avatar } from "./people.js";
import { chat, emit, me, nameOf, now, on, state } from "./state.js";
import { find, messages } from "./threads.js";
import { announce } from "./toasts.js";
import { addDays, longDayText, timeText, wall } from "./zones.js";

const SAME_BREATH_MS = 5 * 60_000;
const NEAR_BOTTOM_PX = 120;
const LOCALES = { en: "en_us", zh: "zh_cn", ja: "ja_jp" };

const REACTIONS = {
  OK: "👌",
  THUMBSUP: "👍",
  DONE: "✅",
  HEART: "❤️",
  SMILE: "😊",
  OnIt: "🫡",
  EYES: "👀",
  Typing: "✍️",
  GLANCE: "👀",
  CrossMark: "❌",
  CheckMark: "✅",
};

let drawn = new Map(); // message_id → {signature, node}
let atEnd = true; // the reader follows the conversation rather than reading back

const zone = () => me()?.timezone ?? "UTC";
const box = () => byId("messages");
const scroller = () => byId("message-scroll");

function show({ opened, first, fresh }) {
  if (opened || first || fresh.some((one) => one.sender?.id === state.person)) atEnd = true;
  if (opened) drawn = new Map();
  const next = new Map();
  const nodes = [];
  let before = null;
  for (const message of messages()) {
    if (!before || day(before) !== day(message)) nodes.push(dayMark(message));
    const follows =
      before &&
      !message.only_for_you &&
      before.sender?.id === message.sender?.id &&
      day(before) === day(message) &&
      near(before, message);
    const signature = JSON.stringify([message, follows, tag(), state.person, find(message.parent_id)?.text]);
    const old = drawn.get(message.message_id);
    const entry =
      old?.signature === signature ? old : { signature, node: keepFocus(old?.node, () => item(message, follows)) };
    next.set(message.message_id, entry);
    nodes.push(entry.node);
    before = message;
  }
  if (nodes.length === 0 && !opened) nodes.push(welcome());
  place(nodes);
  tellUpdates(next, fresh);
  drawn = next;
  tellFresh(fresh);
  if (atEnd) toEnd();
  else if (fresh.length) byId("new-below").hidden = false;
}

/** An empty conversation says who is listening. */
function welcome() {
  const direct = chat()?.mode === "p2p";
  const text = direct ? t("hello", { name: state.botName }) : t("hello_group", { name: state.botName });
  return h(
    "li",
    { class: "empty" },
    avatar(state.bot, "huge"),
    h("strong", {}, direct ? t("hello_title") : chat()?.name),
    h("p", {}, text),
  );
}

/** Nodes that are already in place stay where they are, so that focus and open panels survive. */
function place(nodes) {
  const list = box();
  nodes.forEach((node, index) => {
    if (list.children[index] !== node) list.insertBefore(node, list.children[index] ?? null);
  });
  while (list.children.length > nodes.length) list.lastChild.remove();
  if (!list.querySelector('.message[tabindex="0"]'))
    list.querySelector(".message:last-of-type")?.setAttribute("tabindex", "0");
}

/** A card that is drawn again keeps the keyboard where it was and its panels as open as they were. */
function keepFocus(old, draw) {
  const node = draw();
  if (!old) return node;
  const keyed = (root, selector) => [...root.querySelectorAll(selector)];
  const was = old.contains(document.activeElement) ? keyed(old, "[data-key]").indexOf(document.activeElement) : -1;
  const key = was >= 0 ? document.activeElement.dataset.key : null;
  for (const panel of keyed(old, "details[data-key]")) {
    const twin = node.querySelector(`details[data-key="${CSS.escape(panel.dataset.key)}"]`);
    if (twin) twin.open = panel.open;
  }
  if (old.tabIndex === 0) node.tabIndex = 0;
  const focusedSelf = document.activeElement === old;
  queueMicrotask(() => {
    if (focusedSelf) node.focus({ preventScroll: true });
    else if (key !== null)
      (node.querySelector(`[data-key="${CSS.escape(key)}"]`) ?? node).focus({ preventScroll: true });
  });
  return node;
}

const day = (message) => wall(Date.parse(message.created_at), zone()).iso;
const near = (a, b) => Date.parse(b.created_at) - Date.parse(a.created_at) < SAME_BREATH_MS;

function dayMark(message) {
  const today = wall(now(), zone()).iso;
  const names = { [today]: t("today"), [addDays(today, -1)]: t("yesterday"), [addDays(today, 1)]: t("tomorrow") };
  const text = longDayText(Date.parse(message.created_at), zone());
  const name = names[day(message)];
  return h("li", { class: "day-mark" }, h("span", {}, name ? `${name} · ${text}` : text));
}

function item(message, follows) {
  const own = message.sender?.id === state.person;
  const ms = Date.parse(message.created_at);
  const node = h(
    "li",
    {
      class: [
        "message",
        own && "message--own",
        follows && "message--follows",
        message.only_for_you && "message--private",
      ]
        .filter(Boolean)
        .join(" "),
      tabindex: -1,
      "data-testid": "message",
      "aria-label": `${nameOf(message.sender?.id)}, ${timeText(ms, zone())}`,
      data: { messageId: message.message_id },
    },
    own ? null : h("span", { class: "message-face" }, follows ? null : avatar(message.sender?.id, "medium")),
    h(
      "div",
      { class: "message-main" },
      follows ? null : head(message, own, ms),
      quote(message),
      h("div", { class: "message-row" }, body(message), tools(message)),
    ),
  );
  return node;
}

function head(message, own, ms) {
  return h(
    "div",
    { class: "message-head" },
    own ? null : h("strong", {}, message.sender?.name || nameOf(message.sender?.id)),
    message.sender?.id === state.bot ? h("span", { class: "bot-mark" }, t("bot")) : null,
    h("time", { datetime: message.created_at }, timeText(ms, zone())),
    message.updated_at !== message.created_at && !message.recalled
      ? h("span", {}, t("edited", { time: timeText(Date.parse(message.updated_at), zone()) }))
      : null,
    message.only_for_you ? h("span", { class: "only-you" }, icon("lock", 11), t("only_you")) : null,
  );
}

function quote(message) {
  const parent = message.parent_id && find(message.parent_id);
  if (!parent) return null;
  const jump = () => {
    const goal = drawn.get(parent.message_id)?.node;
    goal?.scrollIntoView({ block: "center" });
    goal?.focus({ preventScroll: true });
  };
  const text = (parent.card ? said(parent.card.header?.title) : "") || (parent.text ?? "");
  return h(
    "button",
    { class: "quote", type: "button", tabindex: -1, on: { click: jump } },
    icon("reply", 13),
    h("strong", {}, nameOf(parent.sender?.id)),
    h("span", {}, text.replace(/\s+/g, " ").slice(0, 120)),
  );
}

function body(message) {
  if (message.recalled) return h("div", { class: "bubble bubble--recalled" }, t("recalled"));
  if (message.card)
    return renderCard(message.card, { messageId: message.message_id, members: chat()?.members ?? [], zone: zone() });
  if (message.msg_type === "system") return h("div", { class: "system-line" }, message.text);
  if (message.msg_type === "post")
    return h("div", { class: "bubble" }, post(message.content ?? {}, LOCALES[tag().slice(0, 2)]));
  return h("div", { class: "bubble" }, written(message.text ?? "", message.mentions));
}

function tools(message) {
  const button = (name, key, run) =>
    h(
      "button",
      { class: "icon-button", type: "button", tabindex: -1, title: t(key), "aria-label": t(key), on: { click: run } },
      icon(name, 16),
    );
  return h(
    "div",
    { class: "message-tools" },
    message.recalled ? null : button("reply", "reply", () => emit("reply", message)),
    button("code", "raw", () => inspect(message, titleOf(message))),
    (message.reactions ?? []).map((one) =>
      h(
        "span",
        { class: "reaction", title: one.emoji_type },
        `${REACTIONS[one.emoji_type] ?? one.emoji_type} ${one.count}`,
      ),
    ),
  );
}

function titleOf(message) {
  const title = message.card ? said(message.card.header?.title) : "";
  return title || (message.text ?? "").replace(/\s+/g, " ").slice(0, 80);
}

function tellFresh(fresh) {
  for (const one of fresh) {
    if (one.sender?.id === state.person) continue;
    announce(t("says", { name: nameOf(one.sender?.id), text: (one.text ?? "").slice(0, 300) }));
  }
  if (fresh.some((one) => one.sender?.id === state.bot)) waiting(false);
}

function tellUpdates(next, fresh) {
  const added = new Set(fresh.map((one) => one.message_id));
  for (const message of messages()) {
    const old = drawn.get(message.message_id);
    if (!old || added.has(message.message_id) || old.node === next.get(message.message_id).node || !message.card)
      continue;
    announce(t("card_updated", { title: titleOf(message) }));
    if (message.sender?.id === state.bot) waiting(false);
  }
}

/** Three dots while the bot has been told something and has not answered yet. */
let patience = 0;
export function waiting(is) {
  clearTimeout(patience);
  byId("typing").hidden = !is;
  if (is) {
    patience = setTimeout(() => waiting(false), 8_000);
    replace(
      byId("typing"),
      avatar(state.bot, "small"),
      h("span", { class: "dots", role: "img", "aria-label": t("working") }, h("i"), h("i"), h("i")),
    );
    if (atEnd) toEnd();
  }
}

function isNearEnd() {
  const { scrollHeight, scrollTop, clientHeight } = scroller();
  return scrollHeight - scrollTop - clientHeight < NEAR_BOTTOM_PX;
}

function toEnd() {
  atEnd = true;
  byId("new-below").hidden = true;
  scroller().scrollTop = scroller().scrollHeight;
}

/** Charts get their height only once they are laid out: whoever was at the end stays there. */
function followEnd() {
  new ResizeObserver(() => atEnd && toEnd()).observe(box());
  new ResizeObserver(() => atEnd && toEnd()).observe(scroller());
  scroller().addEventListener("scroll", () => {
    atEnd = isNearEnd();
    if (atEnd) byId("new-below").hidden = true;
  });
}

export function startMessages() {
  rove(box(), ".message");
  box().addEventListener("focusin", (event) => {
    const current = event.target.closest(".message");
    for (const other of box().querySelectorAll(".message")) {
      other.tabIndex = other === current ? 0 : -1;
      for (const button of other.querySelectorAll(".message-tools button, .quote"))
        button.tabIndex = other === current ? 0 : -1;
    }
  });
  followEnd();
  byId("new-below").addEventListener("click", toEnd);
  on("thread", show);
  on("words", () => show({ opened: false, first: false, fresh: [] }));
  on("person", () => waiting(false));
  on("chat", () => waiting(false));
}
