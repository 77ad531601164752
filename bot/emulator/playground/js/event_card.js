/** What one event of the calendar says when it is opened, and what its reader may do with it. */

import * as api from "./api.js";
import { ask, show } from "./dialogs.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";
import { avatar } from "./people.js";
import { ruleText } from "./recurrence.js";
import { emit, me, nameOf, state } from "./state.js";
import { attempt, toast } from "./toasts.js";
import { dayText, instant, iso, longDayText, MINUTE, timeText, wall, zoneText } from "./zones.js";

const ANSWERS = [
  ["accept", "yes"],
  ["tentative", "maybe"],
  ["decline", "no"],
];
const MARKS = { accept: "accepted", tentative: "tentative", decline: "declined", needs_action: "unanswered" };

const zone = () => me()?.timezone ?? "UTC";
const organizerOf = (event) => event.organizer?.id ?? event.organizer;

/** What the current person has answered: accept, tentative, decline, needs_action; empty when not invited. */
export function myAnswer(event) {
  return (event.attendees ?? []).find((one) => one.id === state.person)?.rsvp ?? "";
}

export function openEvent(event) {
  const act = (op, fields, done) => async () => {
    const answer = await attempt(() => api.act(state.person, op, { event_id: event.event_id, ...fields() }));
    if (!answer) return;
    dialog.close();
    toast(done(), "success");
    emit("calendar");
  };
  const dialog = show(
    event.title || t("untitled"),
    [
      facts(event),
      people(event),
      myAnswer(event) ? rsvp(event, act) : null,
      event.allDay ? null : mover(event, act),
      remover(event, act),
    ],
    { kind: "event-card" },
  );
}

function facts(event) {
  const rooms = (event.rooms ?? []).map((room) => room.name ?? room).join(", ");
  const rows = [
    ["clock", when(event)],
    rooms && ["room", rooms],
    event.recurrence && ["repeat", ruleText(event.recurrence, zone())],
    event.visibility === "private" && ["lock", t("private")],
    event.status === "cancelled" && ["warning", t("cancelled")],
    event.status === "tentative" && ["info", t("tentative")],
  ].filter(Boolean);
  const chat = event.meeting_chat_id && state.chats.some((one) => one.chat_id === event.meeting_chat_id);
  return [
    h(
      "ul",
      { class: "facts" },
      rows.map(([name, text]) => h("li", {}, icon(name, 16), h("span", {}, text))),
    ),
    chat
      ? h(
          "button",
          {
            class: "btn btn--text",
            type: "button",
            on: { click: (click) => (click.target.closest("dialog").close(), emit("open", event.meeting_chat_id)) },
          },
          icon("chat", 15),
          t("meeting_chat"),
        )
      : null,
  ];
}

function when(event) {
  if (event.allDay) {
    const text = (day) => longDayText(instant(day, 720, "UTC"), "UTC");
    return event.firstDay === event.lastDay ? text(event.firstDay) : `${text(event.firstDay)} – ${text(event.lastDay)}`;
  }
  const sameDay = wall(event.from, zone()).iso === wall(event.to, zone()).iso;
  const end = sameDay ? timeText(event.to, zone()) : `${dayText(event.to, zone())} ${timeText(event.to, zone())}`;
  return `${longDayText(event.from, zone())}, ${timeText(event.from, zone())}–${end} (${zoneText(event.from, zone())})`;
}

function people(event) {
  const organizer = organizerOf(event);
  const rows = (event.attendees ?? []).map((one) =>
    h(
      "li",
      {},
      avatar(one.id, "small"),
      h("span", {}, one.name ?? nameOf(one.id), one.id === organizer ? h("small", {}, ` · ${t("organizer")}`) : null),
      h("span", { class: `rsvp rsvp--${one.rsvp}` }, t(MARKS[one.rsvp] ?? "unanswered")),
    ),
  );
  const lonely = organizer && !(event.attendees ?? []).some((one) => one.id === organizer);
  if (lonely)
    rows.unshift(
      h(
        "li",
        {},
        avatar(organizer, "small"),
        h("span", {}, event.organizer?.name ?? nameOf(organizer), h("small", {}, ` · ${t("organizer")}`)),
      ),
    );
  return rows.length ? h("ul", { class: "guests", "aria-label": t("attendees") }, rows) : null;
}

function rsvp(event, act) {
  const mine = myAnswer(event);
  const button = ([status, key]) =>
    h(
      "button",
      {
        class: "btn",
        type: "button",
        "aria-pressed": String(mine === status),
        on: {
          click: act(
            "rsvp",
            () => ({ status }),
            () => t("answered"),
          ),
        },
      },
      t(key),
    );
  return h(
    "div",
    { class: "event-row", role: "group", "aria-label": t("rsvp") },
    h("span", { class: "event-row-label" }, t("rsvp")),
    ANSWERS.map(button),
  );
}

/** A start keeps its length: the end moves along. */
function mover(event, act) {
  const field = h("input", {
    class: "field",
    type: "datetime-local",
    value: local(event.from),
    "aria-label": t("move_to"),
  });
  const start = () => fromLocal(field.value);
  const fields = () => ({ start: iso(start(), zone()), end: iso(start() + event.to - event.from, zone()) });
  const said = () => t("moved", { when: `${dayText(start(), zone())} ${timeText(start(), zone())}` });
  return h(
    "div",
    { class: "event-row" },
    h("span", { class: "event-row-label" }, t("move_to")),
    field,
    h("button", { class: "btn", type: "button", on: { click: act("move", fields, said) } }, t("move")),
  );
}

function remover(event, act) {
  const remove = async () => {
    const title = t("delete_event", { title: event.title || t("untitled") });
    if (await ask({ title, text: t("delete_text"), yes: t("delete"), danger: true }))
      await act(
        "delete",
        () => ({}),
        () => t("deleted"),
      )();
  };
  return h(
    "div",
    { class: "event-row event-row--end" },
    h(
      "button",
      { class: "btn btn--danger_text", type: "button", on: { click: remove } },
      icon("trash", 15),
      t("delete"),
    ),
  );
}

/** `<input type=datetime-local>` speaks the wall clock of the current person. */
export function local(ms) {
  const w = wall(ms, zone());
  return `${w.iso}T${String(w.hour).padStart(2, "0")}:${String(w.minute).padStart(2, "0")}`;
}

export function fromLocal(text) {
  const [day, clock] = text.split("T");
  const [hour, minute] = clock.split(":").map(Number);
  return instant(day, hour * 60 + minute, zone());
}

export function createEvent(startMs) {
  const title = h("input", { class: "field", type: "text", required: true, maxlength: 200 });
  const start = h("input", { class: "field", type: "datetime-local", value: local(startMs), required: true });
  const end = h("input", {
    class: "field",
    type: "datetime-local",
    value: local(startMs + 30 * MINUTE),
    required: true,
  });
  const labelled = (key, node) => h("label", { class: "labelled" }, h("span", {}, t(key)), node);
  start.addEventListener("change", () => start.value && (end.value = local(fromLocal(start.value) + 30 * MINUTE)));
  const form = h(
    "form",
    { class: "event-form" },
    labelled("event_title", title),
    labelled("starts", start),
    labelled("ends", end),
    h("div", { class: "dialog-foot" }, h("button", { class: "btn btn--primary_filled", type: "submit" }, t("create"))),
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const times = { start: iso(fromLocal(start.value), zone()), end: iso(fromLocal(end.value), zone()) };
    if (!(await attempt(() => api.act(state.person, "create", { title: title.value.trim(), ...times })))) return;
    dialog.close();
    toast(t("created"), "success");
    emit("calendar");
  });
  const dialog = show(t("new_event"), form, { kind: "dialog--small" });
  title.focus();
}
