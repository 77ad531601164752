/** What the page knows, and who wants to hear when it changes. */

const listeners = new Map();

export const state = {
  users: new Map(), // open_id → person
  chats: [], // every chat of the tenant
  rooms: [],
  apps: [],
  bot: "", // open_id of the bot
  botName: "Daylark",
  person: "", // open_id of who we are looking through
  chatId: "", // the open conversation
  clock: { at: Date.now(), read: performance.now(), running: true },
};

export function on(topic, listener) {
  if (!listeners.has(topic)) listeners.set(topic, new Set());
  listeners.get(topic).add(listener);
}

export function emit(topic, detail) {
  for (const listener of listeners.get(topic) ?? []) listener(detail);
}

/** The emulator's time in milliseconds: it stands still while frozen and walks with ours while running. */
export function now() {
  const { at, read, running } = state.clock;
  return running ? at + (performance.now() - read) : at;
}

export const me = () => state.users.get(state.person);
export const chat = (id = state.chatId) => state.chats.find((one) => one.chat_id === id);

/** The name everyone sees for an id; the bot and deleted people have one too. */
export function nameOf(openId) {
  if (openId === state.bot) return state.botName;
  return state.users.get(openId)?.name ?? openId ?? "";
}
