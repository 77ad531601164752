/** What went over the wire, newest first: the bot's platform calls, and what was pushed to it while the page was open. */

import * as api from "./api.js";
import { byId, h, replace } from "./dom.js";
import { inspect } from "./inspector.js";
import { t } from "./i18n.js";
import { me, now, on } from "./state.js";
import { secondsText } from "./zones.js";

const KEPT = 300;

let rows = [];
let next = 0;
let running = false;
let timer = 0;

/** Calls are read by number, so that none is shown twice and none is missed after a gap. */
async function load() {
  if (running) return refreshCalls();
  running = true;
  try {
    const answer = await api.calls(next || undefined);
    next = answer.next ?? next;
    rows = [...answer.calls.toReversed(), ...rows].slice(0, KEPT);
    showCalls();
  } catch {
    // the log is a comfort: the page goes on without it and asks again with the next event
  } finally {
    running = false;
  }
  return undefined;
}

export function refreshCalls(delay = 150) {
  clearTimeout(timer);
  timer = setTimeout(load, delay);
}

function showCalls() {
  const head = ["col_call", "col_token", "col_answer", "col_ms"].map((key) => h("th", { scope: "col" }, t(key)));
  const table = h("table", { class: "calls-table" }, h("thead", {}, h("tr", {}, head)), h("tbody", {}, rows.map(row)));
  replace(
    byId("calls-body"),
    rows.length ? [h("p", { class: "quiet" }, t("calls_hint")), table] : h("p", { class: "quiet" }, t("calls_empty")),
  );
}

function row(one) {
  const good = one.status !== null && one.status < 400 && !one.code;
  const at = one.at && me() ? secondsText(Date.parse(one.at), me().timezone) : "";
  const name = one.push ? one.path : shortPath(one.path);
  return h(
    "tr",
    { class: good ? "" : "is-bad" },
    h(
      "td",
      {},
      h(
        "button",
        {
          class: "call",
          type: "button",
          title: t("raw"),
          on: { click: () => inspect(one, `${one.method} ${one.path}`) },
        },
        h("code", { class: `verb verb--${one.method.toLowerCase()}` }, one.method),
        " ",
        h("code", { class: "path" }, name),
      ),
    ),
    h("td", {}, one.token ? h("span", { class: `token token--${one.token}` }, one.token) : null),
    h(
      "td",
      {},
      h("span", { class: good ? "good" : "bad" }, good ? "✓" : "✗"),
      ` ${one.status ?? "–"}${one.code ? ` · ${one.code}` : ""}`,
    ),
    h("td", { class: "number" }, h("span", {}, one.push ? "" : `${Math.round(one.ms)} ms`), h("time", {}, at)),
  );
}

/** A push has no number of its own: it takes its place by the time it came. */
function takePush({ event_type: type, status, attempt }) {
  rows = [
    {
      push: true,
      at: new Date(now()).toISOString(),
      method: "PUSH",
      path: type,
      token: attempt > 1 ? `× ${attempt}` : "",
      status,
    },
    ...rows,
  ].slice(0, KEPT);
  showCalls();
}

const shortPath = (path) => String(path).replace(/^\/open-apis/, "");

export function startCalls() {
  on("stream:calls", () => refreshCalls());
  on("stream:push", takePush);
  on("stream:reset", () => {
    [rows, next] = [[], 0];
    refreshCalls();
  });
  on("stream:back", () => refreshCalls());
  on("words", showCalls);
  on("person", showCalls);
  refreshCalls(0);
}
