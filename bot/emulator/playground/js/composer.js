/** Where one writes: Enter sends, Shift+Enter breaks the line, a half-composed word is never sent. */

import * as api from "./api.js";
import { examples } from "./commands.js";
import { consider, dismiss, steer } from "./completion.js";
import { byId, h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";
import { waiting } from "./messages.js";
import { chat, nameOf, on, state } from "./state.js";
import { messages, refreshThread } from "./threads.js";
import { attempt } from "./toasts.js";

const TALLEST_PX = 160;

const drafts = new Map(); // chat → what was typed and not sent
let replyTo = null;

const field = () => byId("composer");
const isGroup = () => chat()?.mode !== "p2p";

async function send() {
  const text = field().value.trim();
  if (!text || !state.chatId) return;
  const answering = replyTo;
  setReply(null);
  setText("");
  const sent = await attempt(() => api.say(state.person, state.chatId, text, answering?.message_id));
  if (!sent) {
    setText(text);
    setReply(answering);
    return;
  }
  if (sent.delivered) waiting(true);
  await refreshThread();
}

function setText(text) {
  field().value = text;
  drafts.set(state.chatId, text);
  grow();
  dismiss(field());
}

function grow() {
  const node = field();
  node.style.height = "auto";
  if (node.scrollHeight) node.style.height = `${Math.min(node.scrollHeight, TALLEST_PX)}px`;
  byId("send").disabled = node.value.trim() === "";
}

function setReply(message) {
  replyTo = message;
  const bar = byId("reply-bar");
  bar.hidden = !message;
  if (!message) return;
  const stop = h(
    "button",
    {
      class: "icon-button",
      type: "button",
      "aria-label": t("stop_reply"),
      title: t("stop_reply"),
      on: { click: () => setReply(null) },
    },
    icon("close", 14),
  );
  const text = (message.text ?? "").replace(/\s+/g, " ").slice(0, 120);
  replace(
    bar,
    icon("reply", 14),
    h("strong", {}, t("replying", { name: nameOf(message.sender?.id) })),
    h("span", {}, text),
    stop,
  );
  field().focus();
}

/** Sentences to begin with, shown while little has been said. */
function suggest() {
  const bar = byId("suggestions");
  const said = messages().filter((one) => one.sender?.id === state.person).length;
  bar.hidden = !state.chatId || said > 2;
  if (bar.hidden) return;
  bar.classList.toggle("is-welcome", messages().length === 0);
  const others = (isGroup() ? (chat()?.members ?? []) : [...state.users.keys()]).filter(
    (id) => state.users.has(id) && id !== state.person,
  );
  const unique = others.filter((id) => [...state.users.values()].filter((one) => one.name === nameOf(id)).length === 1);
  const [a, b] = unique.map((id) => `@${nameOf(id)}`);
  const lead = isGroup() ? `@${nameOf(state.bot)} ` : "";
  const chips = examples(a ?? "", b ?? "").map((text) => chip(lead + text));
  replace(bar, h("span", { class: "suggestions-title" }, t("try")), chips);
}

function chip(text) {
  const put = () => {
    setText(text);
    field().focus();
  };
  return h("button", { class: "chip", type: "button", on: { click: put } }, text);
}

function dress() {
  const name = chat()?.name ?? "";
  field().placeholder = t("placeholder", { name });
  field().setAttribute("aria-label", t("composer", { name }));
  byId("send").setAttribute("aria-label", t("send"));
  suggest();
}

export function startComposer() {
  const node = field();
  let composing = false;
  node.addEventListener("compositionstart", () => (composing = true));
  node.addEventListener("compositionend", () => {
    composing = false;
    consider(node);
  });
  node.addEventListener("input", () => {
    grow();
    drafts.set(state.chatId, node.value);
    if (!composing) consider(node);
  });
  node.addEventListener("keydown", (event) => {
    if (composing || event.isComposing || event.keyCode === 229) return; // the input method is still at work
    if (steer(node, event)) return;
    if (event.key === "Enter" && !event.shiftKey) (event.preventDefault(), send());
    if (event.key === "Escape" && replyTo) setReply(null);
  });
  node.addEventListener("blur", () => dismiss(node));
  byId("composer-form").addEventListener("submit", (event) => (event.preventDefault(), send()));
  on("reply", setReply);
  on("chat", () => {
    setReply(null);
    setText(drafts.get(state.chatId) ?? "");
    dress();
  });
  on("chats", dress);
  on("words", dress);
  on("thread", suggest);
}
