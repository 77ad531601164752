/**
 * Starts the playground and ties its parts together.
 *
 * Hooks for tests, kept stable (`data-testid`):
 *   chat-item (data-chat-id) · composer · send · message (data-message-id) · card · card-button (data-element-id) · toast ·
 *   calendar-event (data-event-id) · person-switch · person-option (data-open-id) · clock-now · completion (data-key) · typing
 */

import * as api from "./api.js";
import { startCalendar } from "./calendar.js";
import { startCalls } from "./calls.js";
import { loadChats, startChats } from "./chats.js";
import { startClock, takeClock } from "./clock.js";
import { startComposer } from "./composer.js";
import { ask } from "./dialogs.js";
import { byId, replace } from "./dom.js";
import { choice, choose, speak, t, translatePage } from "./i18n.js";
import { icon } from "./icons.js";
import { startInspector } from "./inspector.js";
import { startMessages } from "./messages.js";
import { showPane, startPanes } from "./panes.js";
import { lark, startPeople } from "./people.js";
import { chat, emit, me, on, state } from "./state.js";
import { listen } from "./stream.js";
import { applyTheme, nextTheme, theme } from "./theme.js";
import { openThread, startThreads } from "./threads.js";
import { attempt, toast } from "./toasts.js";

const THEME_ICONS = { auto: "auto", light: "sun", dark: "moon" };

function takeWorld(world) {
  state.users = new Map(world.users.map((user) => [user.open_id, user]));
  state.rooms = world.rooms;
  state.apps = world.apps;
  state.bot = world.bot_open_id;
  state.botName = world.bot_name ?? world.apps?.[0]?.name ?? state.botName;
  takeClock({ now: world.now });
}

/** The address keeps who and where, so that a reload or a second tab begins at the same place. */
function fromAddress() {
  return new URLSearchParams(location.hash.slice(1));
}

function toAddress() {
  const hash = new URLSearchParams({ as: state.person, chat: state.chatId });
  history.replaceState(null, "", `#${hash}`);
}

async function become(openId) {
  state.person = state.users.has(openId) ? openId : (state.users.keys().next().value ?? "");
  state.chats = [];
  speak(me()?.language);
  dress();
  emit("person");
  await loadChats();
  const wanted = state.chats.some((one) => one.chat_id === state.chatId) ? state.chatId : state.chats[0]?.chat_id;
  await open(wanted, { stay: true });
}

async function open(chatId, { stay = false } = {}) {
  if (!chatId) return;
  state.chatId = chatId;
  toAddress();
  dressConversation();
  emit("chat");
  if (!stay) showPane("conversation");
  await openThread();
}

/** Who was taken out of the open group, or saw it dissolved, goes on in the first chat that is left. */
function leaveClosedChat() {
  if (state.chatId && !chat() && state.chats.length) open(state.chats[0].chat_id, { stay: true });
}

function dressConversation() {
  const here = chat();
  byId("chat-name").textContent = here?.name ?? "";
  const count = t("members", { count: here?.members?.length ?? 0 });
  byId("chat-detail").textContent = here?.mode === "p2p" ? t("bot_chat") : count;
}

function dress() {
  translatePage();
  document.title = t("title");
  byId("language").value = choice();
  replace(byId("theme"), icon(THEME_ICONS[theme()], 18));
  const label = `${t("theme")}: ${t(`theme_${theme()}`)}`;
  byId("theme").setAttribute("aria-label", label);
  byId("theme").title = label;
  dressConversation();
}

function startHead() {
  replace(byId("brand-mark"), lark());
  replace(byId("send"), icon("send", 18));
  replace(byId("reset"), icon("reset", 18));
  byId("theme").addEventListener("click", () => (nextTheme(), dress()));
  byId("language").addEventListener("change", (event) => {
    choose(event.target.value);
    dress();
    emit("words");
  });
  byId("reset").addEventListener("click", async () => {
    if (await ask({ title: t("reset_title"), text: t("reset_text"), yes: t("reset"), danger: true }))
      await attempt(() => api.reset());
  });
}

async function restart({ quiet = false } = {}) {
  const world = await attempt(() => api.world());
  if (!world) return;
  takeWorld(world);
  await become(state.person);
  if (!quiet) toast(t("reset_done"), "success");
}

async function reloadWorld() {
  const world = await attempt(() => api.world());
  if (world) takeWorld(world);
}

async function start() {
  applyTheme();
  for (const begin of [
    startHead,
    startPanes,
    startPeople,
    startChats,
    startThreads,
    startMessages,
    startComposer,
    startCalendar,
    startClock,
    startInspector,
    startCalls,
  ])
    begin();
  on("become", become);
  on("open", open);
  on("chats", leaveClosedChat);
  on("stream:reset", () => restart());
  on("stream:chat", reloadWorld);
  on("stream:lost", () => toast(t("offline"), "warning"));
  on("stream:back", () => (toast(t("online"), "success"), restart({ quiet: true })));
  const world = await attempt(() => api.world());
  if (!world) return;
  takeWorld(world);
  state.chatId = fromAddress().get("chat") ?? "";
  await become(fromAddress().get("as") ?? "");
  listen();
}

start();
