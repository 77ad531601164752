/** Instants, wall clocks and their words in a person's zone and language. */

import { tag } from "./i18n.js";

export const MINUTE = 60_000;
export const DAY = 86_400_000;

const formats = new Map();

function format(zone, options, language = tag()) {
  const key = JSON.stringify([language, zone, options]);
  if (!formats.has(key)) {
    formats.set(key, new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: "h23", ...options }));
  }
  return formats.get(key);
}

const WALL = {
  year: "numeric",
  month: "2-digit",
  day: "2-digit",
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
};

/** What the clock on the wall says: numbers, plus the ISO day and the weekday counted from Monday. */
export function wall(ms, zone) {
  const part = {};
  for (const { type, value } of format(zone, WALL, "en-US").formatToParts(ms)) part[type] = Number(value);
  const { year, month, day, hour, minute, second } = part;
  return { year, month, day, hour, minute, second, iso: isoDay(year, month, day), weekday: weekday(year, month, day) };
}

const weekday = (year, month, day) => (new Date(Date.UTC(year, month - 1, day)).getUTCDay() + 6) % 7;

function isoDay(year, month, day) {
  return [String(year).padStart(4, "0"), String(month).padStart(2, "0"), String(day).padStart(2, "0")].join("-");
}

/** Minutes east of Greenwich at that instant. */
export function offsetMinutes(ms, zone) {
  const w = wall(ms, zone);
  return Math.round((Date.UTC(w.year, w.month - 1, w.day, w.hour, w.minute, w.second) - ms) / MINUTE);
}

/** The instant at which a wall clock shows this; asked twice because the offset may change in between. */
export function instant(day, minutes, zone) {
  const [year, month, date] = day.split("-").map(Number);
  const guess = Date.UTC(year, month - 1, date, 0, minutes);
  const first = guess - offsetMinutes(guess, zone) * MINUTE;
  return guess - offsetMinutes(first, zone) * MINUTE;
}

export function addDays(day, count) {
  const moved = new Date(Date.parse(`${day}T00:00:00Z`) + count * DAY);
  return moved.toISOString().slice(0, 10);
}

export const mondayOf = (day) => addDays(day, -((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7));

export function offsetText(ms, zone, colon = ":") {
  const minutes = offsetMinutes(ms, zone);
  const size = Math.abs(minutes);
  const pad = (value) => String(value).padStart(2, "0");
  return `${minutes < 0 ? "-" : "+"}${pad(Math.floor(size / 60))}${colon}${pad(size % 60)}`;
}

/** ISO 8601 with the zone's offset, as the control surface writes times. */
export function iso(ms, zone) {
  const w = wall(ms, zone);
  const pad = (value) => String(value).padStart(2, "0");
  return `${w.iso}T${pad(w.hour)}:${pad(w.minute)}:${pad(w.second)}${offsetText(ms, zone)}`;
}

export const timeText = (ms, zone) => format(zone, { hour: "2-digit", minute: "2-digit" }).format(ms);
export const secondsText = (ms, zone) =>
  format(zone, { hour: "2-digit", minute: "2-digit", second: "2-digit" }).format(ms);
export const dayText = (ms, zone) => format(zone, { weekday: "short", month: "short", day: "numeric" }).format(ms);
export const longDayText = (ms, zone) =>
  format(zone, { weekday: "long", year: "numeric", month: "long", day: "numeric" }).format(ms);
export const fullText = (ms, zone) => format(zone, { dateStyle: "full", timeStyle: "short" }).format(ms);
export const monthText = (ms, zone) => format(zone, { year: "numeric", month: "long" }).format(ms);
export const weekdayText = (ms, zone, width = "short") => format(zone, { weekday: width }).format(ms);

/** `GMT+8`, and `Shanghai` out of `Asia/Shanghai`. */
export function zoneText(ms, zone) {
  const parts = format(zone, { timeZoneName: "shortOffset" }, "en-US").formatToParts(ms);
  return parts.find((part) => part.type === "timeZoneName")?.value ?? zone;
}
export const cityText = (zone) => (zone ?? "").split("/").pop().replaceAll("_", " ");

/** The forms `<local_datetime>` knows. */
export function localText(ms, zone, kind) {
  const options = {
    date_num: { year: "numeric", month: "2-digit", day: "2-digit" },
    date_short: { month: "short", day: "numeric" },
    date: { year: "numeric", month: "long", day: "numeric" },
    week: { weekday: "long" },
    week_short: { weekday: "short" },
    time: { hour: "2-digit", minute: "2-digit" },
    time_sec: { hour: "2-digit", minute: "2-digit", second: "2-digit" },
  }[kind];
  if (kind === "timezone") return zoneText(ms, zone);
  return format(zone, options ?? { dateStyle: "medium", timeStyle: "short" }).format(ms);
}
