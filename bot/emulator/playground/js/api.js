/** The emulator's control surface, one function per call. Every refusal becomes an `Error` with its sentence. */

const BASE = new URL("_emulator/", document.baseURI);

async function call(method, path, { query = {}, body } = {}) {
  const url = new URL(path, BASE);
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== "") url.searchParams.set(name, value);
  }
  const response = await fetch(url, {
    method,
    headers: body === undefined ? {} : { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Error(answer.error ?? `${response.status} ${response.statusText}`);
  return answer;
}

const get = (path, query) => call("GET", path, { query });
const post = (path, body) => call("POST", path, { body });
const part = encodeURIComponent;

export const world = () => get("state");
export const chats = (as) => get("chats", { as }).then((answer) => answer.chats);
export const messages = (chatId, as, after) =>
  get(`chats/${part(chatId)}/messages`, { as, after }).then((answer) => answer.messages);
export const say = (from, chatId, text, replyTo) =>
  post("messages", { from, chat_id: chatId, text, ...(replyTo ? { reply_to: replyTo } : {}) });
export const read = (as, chatId, messageId) => post("read", { as, chat_id: chatId, message_id: messageId });
export const click = (by, messageId, tap) => post("clicks", { by, message_id: messageId, ...tap });
export const calendar = (openId, from, to) =>
  get(`calendars/${part(openId)}`, { from, to }).then((answer) => answer.events);
export const act = (by, op, fields) => post("calendar", { by, op, ...fields });
export const clock = () => get("clock");
export const setClock = (change) => post("clock", change);
export const calls = (since) => get("calls", { since });
export const reset = () => post("reset", {});
export const avatar = (openId) => new URL(`avatar/${part(openId)}.svg`, BASE).href;
export const streamUrl = () => new URL("stream", BASE).href;
