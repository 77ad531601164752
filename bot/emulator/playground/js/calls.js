/** The log of platform calls the bot made, newest first. */

import * as api from "./api.js";
import { byId, h, replace } from "./dom.js";
import { t } from "./i18n.js";
import { me, on } from "./state.js";
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
  replace(byId("calls-body"), rows.length ? [h("p", { class: "quiet" }, t("calls_hint")), table] : h("p", { class: "quiet" }, t("calls_empty")));
}

function row(one) {
  const good = one.status < 400 && !one.code;
  const at = one.at && me() ? secondsText(Date.parse(one.at), me().timezone) : "";
  return h(
    "tr",
    { class: good ? "" : "is-bad" },
    h("td", {}, h("code", { class: `verb verb--${String(one.method).toLowerCase()}` }, one.method), " ", h("code", { class: "path" }, shortPath(one.path))),
    h("td", {}, h("span", { class: `token token--${one.token}` }, one.token)),
    h("td", {}, h("span", { class: good ? "good" : "bad" }, good ? "✓" : "✗"), ` ${one.status}${one.code ? ` · ${one.code}` : ""}`),
    h("td", { class: "number" }, h("span", {}, `${Math.round(one.ms)} ms`), h("time", {}, at)),
  );
}

const shortPath = (path) => String(path).replace(/^\/open-apis/, "");

export function startCalls() {
  on("stream:calls", () => refreshCalls());
  on("stream:back", () => refreshCalls());
  on("words", showCalls);
  on("person", showCalls);
  refreshCalls(0);
}
