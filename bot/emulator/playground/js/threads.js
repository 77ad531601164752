/** The messages of the open conversation as the current person sees them, kept fresh. */

import * as api from "./api.js";
import { emit, on, state } from "./state.js";
import { attempt } from "./toasts.js";

let shown = { key: "", messages: [] };
let timer = 0;
let running = null;
let again = false;

export const messages = () => shown.messages;
export const find = (messageId) => shown.messages.find((one) => one.message_id === messageId);

const keyNow = () => `${state.person} ${state.chatId}`;

/** Opens the conversation that `state` names: everything is read anew. */
export async function openThread() {
  const key = keyNow();
  shown = { key, messages: [] };
  emit("thread", { opened: true, fresh: [] });
  await refreshThread();
}

/** Reads the conversation again; calls while one is under way make one more afterwards. */
export function refreshThread() {
  if (running) {
    again = true;
    return running;
  }
  running = fetchAll().finally(() => {
    running = null;
    if (again) {
      again = false;
      refreshThread();
    }
  });
  return running;
}

async function fetchAll() {
  const key = keyNow();
  if (!state.chatId) return;
  const { person, chatId } = state;
  const list = await attempt(() => api.messages(chatId, person));
  if (!list || key !== keyNow()) {
    again ||= key !== keyNow();
    return;
  }
  const before = new Set(shown.messages.map((one) => one.message_id));
  const first = shown.messages.length === 0;
  shown = { key, messages: list };
  const fresh = first ? [] : list.filter((one) => !before.has(one.message_id));
  emit("thread", { opened: false, first, fresh });
  if (list.length) markRead(person, chatId, list.at(-1).message_id);
}

function markRead(person, chatId, messageId) {
  api.read(person, chatId, messageId).catch(() => undefined); // an unread mark is no reason to disturb anybody
}

function soon() {
  clearTimeout(timer);
  timer = setTimeout(refreshThread, 40);
}

export function startThreads() {
  const mine = (event) => event.chat_id === state.chatId && (!event.only_for || event.only_for === state.person);
  on("stream:message", (event) => mine(event) && soon());
  on("stream:message_updated", (event) => mine(event) && soon());
  on("stream:hello", soon); // something may have been said while nobody listened
}
