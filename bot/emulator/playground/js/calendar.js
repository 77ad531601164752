/** The week of the current person: hour grid, all-day row, the line of now; kept live. */

import * as api from "./api.js";
import { barsOf, piecesOf, understood } from "./calendar_layout.js";
import { createEvent, myAnswer, openEvent } from "./event_card.js";
import { byId, h, replace, rove } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";
import { me, now, on, state } from "./state.js";
import { attempt } from "./toasts.js";
import { addDays, DAY, instant, iso, mondayOf, monthText, timeText, wall, weekdayText, zoneText } from "./zones.js";

const HOUR_PX = 52;
const MORNING = 8;
const WIDER = 1.6; // neighbours in one cluster lie a little over each other, so that their titles can be read

let monday = ""; // the week shown; empty follows the emulator's clock
let events = [];
let timer = 0;
let scrolled = false;
let drawnFor = ""; // whose week of which day is on the page

const zone = () => me()?.timezone ?? "UTC";
const today = () => wall(now(), zone()).iso;
const shownMonday = () => monday || mondayOf(today());
const days = () => Array.from({ length: 7 }, (_, index) => addDays(shownMonday(), index));

export function refreshCalendar(delay = 80) {
  clearTimeout(timer);
  timer = setTimeout(load, delay);
}

async function load() {
  const key = whatIsShown();
  const from = instant(shownMonday(), 0, zone());
  const list = await attempt(() => api.calendar(state.person, iso(from, "UTC"), iso(from + 7 * DAY, "UTC")));
  if (!list || key !== whatIsShown()) return;
  events = list.map(understood);
  draw();
}

function draw() {
  const focused = document.activeElement?.closest?.(".event")?.dataset.eventId;
  drawHead();
  drawAllDay();
  replace(byId("week-grid"), hours(), days().map(column));
  drawnFor = whatIsShown();
  tickCalendar();
  if (!scrolled) scrollToMorning();
  if (focused)
    byId("week")
      .querySelector(`[data-event-id="${CSS.escape(focused)}"]`)
      ?.focus({ preventScroll: true });
}

function drawHead() {
  const from = instant(days()[0], 0, zone());
  byId("week-title").textContent = monthText(instant(days()[3], 720, zone()), zone());
  byId("week-zone").textContent = zoneText(from, zone());
  byId("today").disabled = shownMonday() === mondayOf(today());
  const names = days().map((day) => {
    const ms = instant(day, 720, zone());
    const is = day === today();
    return h(
      "div",
      { class: `week-day${is ? " is-today" : ""}`, "aria-current": is ? "date" : null },
      h("span", {}, weekdayText(ms, zone())),
      h("strong", {}, Number(day.slice(8))),
    );
  });
  replace(byId("week-days"), h("span", { class: "gutter" }), names);
}

function drawAllDay() {
  const { bars, rows } = barsOf(days(), events);
  const node = byId("week-allday");
  node.hidden = rows === 0;
  const cells = bars.map(({ event, from, to, row }) => {
    const cell = chip(event, h("span", { class: "event-title" }, title(event)), t("all_day"));
    cell.classList.add("event--allday");
    cell.style.gridColumn = `${from + 2} / ${to + 3}`;
    cell.style.gridRow = String(row + 1);
    return cell;
  });
  replace(node, h("span", { class: "gutter" }, t("all_day")), cells);
}

function hours() {
  const labels = Array.from({ length: 23 }, (_, index) => {
    const label = h("span", {}, `${String(index + 1).padStart(2, "0")}:00`);
    label.style.top = `${(index + 1) * HOUR_PX}px`;
    return label;
  });
  return h("div", { class: "gutter hour-labels", "aria-hidden": "true" }, labels);
}

function column(day) {
  const ms = instant(day, 720, zone());
  const weekend = wall(ms, zone()).weekday > 4;
  const pieces = piecesOf(day, events, zone()).map(block);
  return h(
    "div",
    {
      class: `week-column${day === today() ? " is-today" : ""}${weekend ? " is-weekend" : ""}`,
      role: "group",
      "aria-label": `${weekdayText(ms, zone(), "long")} ${Number(day.slice(8))}`,
      data: { day },
      on: { dblclick: (event) => event.target === event.currentTarget && createAt(day, event.offsetY) },
    },
    pieces,
  );
}

function createAt(day, y) {
  const minutes = Math.floor((y / HOUR_PX) * 2) * 30;
  createEvent(instant(day, minutes, zone()));
}

function block(piece) {
  const { event, top, length, column: place, columns } = piece;
  const when = `${timeText(event.from, zone())}–${timeText(event.to, zone())}`;
  const node = chip(event, [h("span", { class: "event-title" }, title(event)), timeLine(event), roomLine(event)], when);
  if (length <= 30) node.classList.add("event--short");
  node.style.top = `${(top / 60) * HOUR_PX + 1}px`;
  node.style.height = `${Math.max((length / 60) * HOUR_PX - 2, 16)}px`;
  node.style.insetInlineStart = `calc(${(place / columns) * 100}% + 1px)`;
  node.style.width = `calc(${Math.min(WIDER / columns, 1 - place / columns) * 100}% - 3px)`;
  node.style.zIndex = String(place);
  node.classList.toggle("event--narrow", columns > 1);
  return node;
}

/** Narrow columns show the start only. */
function timeLine(event) {
  return h(
    "span",
    { class: "event-time" },
    timeText(event.from, zone()),
    h("span", { class: "event-until" }, `–${timeText(event.to, zone())}`),
  );
}

function roomLine(event) {
  const names = (event.rooms ?? []).map((room) => room.name ?? room).join(", ");
  return names ? h("span", { class: "event-room" }, names) : null;
}

function chip(event, content, when) {
  const answer = myAnswer(event);
  const kind = [
    event.status === "cancelled" && "cancelled",
    event.status === "tentative" && "tentative",
    answer,
  ].filter(Boolean);
  const words = {
    tentative: t("tentative"),
    decline: t("declined"),
    needs_action: t("unanswered"),
    cancelled: t("cancelled"),
  };
  const isPrivate = event.visibility === "private";
  return h(
    "button",
    {
      type: "button",
      class: ["event", ...kind.map((name) => `event--${name}`), isPrivate && "event--private"]
        .filter(Boolean)
        .join(" "),
      tabindex: -1,
      "aria-label": [title(event), when, ...kind.map((name) => words[name]), isPrivate && t("private")]
        .filter(Boolean)
        .join(", "),
      "data-testid": "calendar-event",
      data: { eventId: event.event_id },
      on: { click: () => openEvent(event) },
    },
    content,
    isPrivate ? icon("lock", 11) : null,
  );
}

const title = (event) => event.title || t("untitled");

/** The line moves with the emulator's clock; a new day or week draws the grid anew. */
export function tickCalendar() {
  if (!state.person || drawnFor === "") return;
  if (drawnFor !== whatIsShown()) {
    refreshCalendar(0);
    return;
  }
  const column = byId("week-grid").querySelector(`[data-day="${today()}"]`);
  const line = byId("week-grid").querySelector(".now-line") ?? h("div", { class: "now-line", role: "img" });
  if (!column) {
    line.remove();
    return;
  }
  const { hour, minute } = wall(now(), zone());
  line.setAttribute("aria-label", t("now_line", { time: timeText(now(), zone()) }));
  line.style.top = `${((hour * 60 + minute) / 60) * HOUR_PX}px`;
  if (line.parentNode !== column) column.append(line);
}

const whatIsShown = () => `${state.person} ${shownMonday()} ${today()}`;

function scrollToMorning() {
  const scroller = byId("week-scroll");
  if (scroller.clientHeight === 0 || drawnFor === "") return; // hidden, or nothing to scroll yet
  scroller.scrollTop = (MORNING - 0.4) * HOUR_PX;
  scrolled = true;
}

function go(weeks) {
  monday = weeks === 0 ? "" : addDays(shownMonday(), weeks * 7);
  refreshCalendar(0);
}

/** One event is always reachable with Tab; arrows go on from there. */
function keepReachable() {
  const all = [...byId("week").querySelectorAll(".event")];
  if (all.length && !all.some((node) => node.tabIndex === 0)) all[0].tabIndex = 0;
}

export function startCalendar() {
  for (const [id, weeks, name] of [
    ["earlier", -1, "left"],
    ["later", 1, "right"],
  ]) {
    replace(byId(id), icon(name));
    byId(id).addEventListener("click", () => go(weeks));
  }
  byId("today").addEventListener("click", () => go(0));
  replace(byId("new-event"), icon("plus"));
  byId("new-event").addEventListener("click", () => createEvent(Math.ceil(now() / (DAY / 48)) * (DAY / 48)));
  rove(byId("week"), ".event");
  new MutationObserver(keepReachable).observe(byId("week"), { childList: true, subtree: true });
  new ResizeObserver(() => !scrolled && scrollToMorning()).observe(byId("week-scroll"));
  byId("week-grid").style.setProperty("--hour", `${HOUR_PX}px`);
  on("person", () => refreshCalendar(0));
  on("words", () => state.person && draw());
  on("calendar", () => refreshCalendar(0));
  on("stream:calendar", () => refreshCalendar());
  on("stream:hello", () => state.person && refreshCalendar());
  on("stream:clock", tickCalendar);
}
