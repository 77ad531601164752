/** Where events go in the week: which day, which minutes, which of several columns. Pure: no page, no clock. */

import { addDays, instant, MINUTE, wall } from "./zones.js";

/** One shape for what the control surface sends: milliseconds, or whole days (the last one included). */
export function understood(event) {
  const firstDay = event.start?.date;
  if (firstDay) return { ...event, allDay: true, firstDay, lastDay: maxDay(firstDay, event.end?.date ?? firstDay) };
  return { ...event, allDay: false, from: Date.parse(event.start), to: Date.parse(event.end) };
}

const maxDay = (a, b) => (a > b ? a : b);

/** The pieces of one day: `{event, top, length}` in minutes of the wall clock. */
export function piecesOf(day, events, zone) {
  const begins = instant(day, 0, zone);
  const ends = instant(addDays(day, 1), 0, zone);
  const pieces = [];
  for (const event of events) {
    if (event.allDay || event.to <= begins || event.from >= ends) continue;
    const top = event.from <= begins ? 0 : minutesOf(event.from, zone);
    const bottom = event.to >= ends ? 1440 : minutesOf(event.to, zone);
    pieces.push({ event, top, length: Math.max(bottom - top, Math.min(15, (event.to - event.from) / MINUTE)) });
  }
  return sideBySide(pieces);
}

function minutesOf(ms, zone) {
  const { hour, minute } = wall(ms, zone);
  return hour * 60 + minute;
}

/** Events that overlap share the width: each cluster gets as many columns as it needs at once. */
export function sideBySide(pieces) {
  const sorted = pieces.toSorted((a, b) => a.top - b.top || b.length - a.length);
  let cluster = [];
  let clusterEnd = -1;
  const finish = () => {
    const columns = Math.max(0, ...cluster.map((piece) => piece.column + 1));
    for (const piece of cluster) piece.columns = columns;
    cluster = [];
  };
  for (const piece of sorted) {
    if (piece.top >= clusterEnd) finish();
    const taken = new Set(cluster.filter((other) => other.top + other.length > piece.top).map((other) => other.column));
    piece.column = 0;
    while (taken.has(piece.column)) piece.column += 1;
    cluster.push(piece);
    clusterEnd = Math.max(cluster.length === 1 ? 0 : clusterEnd, piece.top + piece.length);
  }
  finish();
  return sorted;
}

/** All-day events as bars over the days of the week: `{event, from, to, row}` with days counted from 0. */
export function barsOf(days, events) {
  const rows = [];
  const bars = [];
  for (const event of events.filter((one) => one.allDay)) {
    if (event.lastDay < days[0] || event.firstDay > days.at(-1)) continue;
    const from = Math.max(0, days.indexOf(event.firstDay));
    const last = days.indexOf(event.lastDay);
    const to = last < 0 ? days.length - 1 : last;
    let row = rows.findIndex((end) => end < from);
    if (row < 0) row = rows.length;
    rows[row] = to;
    bars.push({ event, from, to, row });
  }
  return { bars, rows: rows.length };
}
