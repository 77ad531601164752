/** What happens in the emulator, as it happens: server-sent events, reconnected with growing patience. */

import { streamUrl } from "./api.js";
import { emit } from "./state.js";

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 8_000;

let source = null;
let wait = FIRST_WAIT_MS;
let retry = 0;
let wasLost = false;

/** Every event `{type: "message", …}` is emitted as `stream:message`; `stream:lost` and `stream:back` frame a gap. */
export function listen() {
  source?.close();
  source = new EventSource(streamUrl());
  source.onmessage = ({ data }) => {
    const event = parse(data);
    if (event === null) return;
    if (event.type === "hello") greet(event);
    emit(`stream:${event.type}`, event);
  };
  source.onerror = lose;
}

function greet(event) {
  wait = FIRST_WAIT_MS;
  if (wasLost) emit("stream:back", event);
  wasLost = false;
}

function lose() {
  if (!wasLost) emit("stream:lost");
  wasLost = true;
  source.close();
  clearTimeout(retry);
  retry = setTimeout(listen, wait);
  wait = Math.min(wait * 2, LONGEST_WAIT_MS);
}

function parse(data) {
  try {
    return JSON.parse(data);
  } catch {
    return null;
  }
}

addEventListener("pagehide", () => source?.close());
addEventListener("online", () => wasLost && listen());
