/** Free and busy as a picture: for each person pieces that tile the shown window, told apart by colour and pattern. */

import { freshId, h, svg } from "./dom.js";
import { t } from "./i18n.js";

const STATES = ["free", "tentative", "busy", "unknown", "off_hours", "proposed"];
const ROW = 34;
const BAR = 20;
const HEAD = 22;
const LABEL_PX = 33; // what `09:00` takes on the axis
const CLOCK = /(\d{1,2}):(\d{2})/g;

export function isFreeBusy(spec, rows) {
  return (
    spec.type === "bar" &&
    spec.direction === "horizontal" &&
    rows.length > 0 &&
    rows.every((row) => STATES.includes(row.state))
  );
}

/** Neighbouring pieces in the same state are one bar: `{who, runs: [{state, from, to, label}]}` in minutes of the window. */
function people(spec, rows) {
  const whoField = spec.yField ?? "who";
  const order = new Map();
  const sorted = rows.toSorted((a, b) =>
    String(a.piece ?? "").localeCompare(String(b.piece ?? ""), "en", { numeric: true }),
  );
  for (const row of sorted) {
    const who = row[whoField];
    const runs = order.get(who) ?? order.set(who, []).get(who);
    const from = runs.at(-1)?.to ?? 0;
    const last = runs.at(-1);
    if (last?.state === row.state)
      Object.assign(last, { to: from + Number(row.minutes), label: joined(last.label, row.label) });
    else runs.push({ state: row.state, from, to: from + Number(row.minutes), label: row.label ?? "" });
  }
  const first = [...new Set(rows.map((row) => row[whoField]))];
  return first.map((who) => ({ who, runs: order.get(who) }));
}

/** 09:00–09:30 and 09:30–10:00 → 09:00–10:00. */
function joined(a = "", b = "") {
  const start = [...a.matchAll(CLOCK)][0];
  const end = [...b.matchAll(CLOCK)].at(-1);
  return start && end ? a.slice(0, start.index + start[0].length) + "–" + b.slice(end.index) : a;
}

/** The clock time at which the window begins, read from the first label. */
function windowStart(rows) {
  const hit = [...String(rows[0]?.label ?? "").matchAll(CLOCK)][0];
  return hit ? Number(hit[1]) * 60 + Number(hit[2]) : null;
}

export function freeBusyChart(spec, rows) {
  const list = people(spec, rows);
  const total = Math.max(...list.map(({ runs }) => runs.at(-1).to));
  const start = windowStart(rows);
  const states = STATES.filter((state) => list.some(({ runs }) => runs.some((run) => run.state === state)));
  return {
    draw: (width) => picture(list, total, start, width),
    legend:
      spec.legends?.visible === false
        ? null
        : h(
            "ul",
            { class: "legend", "aria-hidden": "true" },
            states.map((state) => h("li", {}, swatch(state), t(`state_${state}`))),
          ),
    table: {
      heads: [t("who"), t("when"), t("state")],
      rows: list.flatMap(({ who, runs }) => runs.map((run) => [who, run.label, t(`state_${run.state}`)])),
    },
  };
}

function swatch(state) {
  const id = freshId("fb");
  return svg(
    "svg",
    { class: "swatch", width: 18, height: 12, focusable: "false" },
    patterns(id),
    bar(id, state, { x: 0.5, y: 0.5, width: 17, height: 11 }),
  );
}

/** Stripes for tentative, dots for unknown: the states differ without colour too. */
function patterns(id) {
  const pattern = (name, size, turn, ...shapes) =>
    svg(
      "pattern",
      { id: `${id}-${name}`, width: size, height: size, patternUnits: "userSpaceOnUse", patternTransform: turn },
      shapes,
    );
  return svg(
    "defs",
    {},
    pattern(
      "tentative",
      6,
      "rotate(45)",
      svg("rect", { width: 6, height: 6, class: "fb-tentative-ground" }),
      svg("rect", { width: 2.5, height: 6, class: "fb-tentative-stripe" }),
    ),
    pattern(
      "unknown",
      6,
      "",
      svg("rect", { width: 6, height: 6, class: "fb-unknown-ground" }),
      svg("circle", { cx: 2, cy: 2, r: 1.1, class: "fb-unknown-dot" }),
    ),
    pattern(
      "off_hours",
      5,
      "rotate(-45)",
      svg("rect", { width: 5, height: 5, class: "fb-off-ground" }),
      svg("rect", { width: 1, height: 5, class: "fb-off-stripe" }),
    ),
  );
}

function bar(id, state, box, title) {
  const fill = ["tentative", "unknown", "off_hours"].includes(state) ? `url(#${id}-${state})` : null;
  return svg(
    "rect",
    { ...box, rx: Math.min(4, box.width / 2), class: `fb fb--${state}`, fill },
    title ? svg("title", {}, title) : null,
  );
}

function picture(list, total, start, width) {
  const id = freshId("fb");
  const longest = Math.max(
    ...list.map(({ who }) => [...String(who)].reduce((sum, letter) => sum + (letter > "\u2e7f" ? 13 : 7), 0)),
  );
  const left = Math.min(Math.max(longest + 12, 48), width * 0.3);
  const across = (minute) => left + (minute / total) * (width - left - 8);
  const height = HEAD + list.length * ROW;
  const rows = list.map(({ who, runs }, index) => {
    const top = HEAD + index * ROW + (ROW - BAR) / 2;
    const bars = runs.map((run) => {
      const box = {
        x: across(run.from) + 0.5,
        y: top,
        width: Math.max(across(run.to) - across(run.from) - 1, 1),
        height: BAR,
      };
      return [
        bar(id, run.state, box, `${who} · ${run.label} · ${t(`state_${run.state}`)}`),
        run.state === "proposed" ? tick(box) : null,
      ];
    });
    const name = svg(
      "text",
      { x: 0, y: top + BAR / 2, class: "chart-name", "dominant-baseline": "central" },
      clipped(who, left - 10),
    );
    return svg(
      "g",
      {},
      name,
      svg("rect", { x: left, y: top, width: width - left - 8, height: BAR, rx: 4, class: "fb-track" }),
      bars,
    );
  });
  const said = list.map(
    ({ who, runs }) =>
      `${who}: ${runs
        .filter((run) => run.state !== "free")
        .map((run) => `${run.label} ${t(`state_${run.state}`)}`)
        .join(", ")}`,
  );
  return svg(
    "svg",
    {
      class: "freebusy",
      viewBox: `0 0 ${width} ${height}`,
      width,
      height,
      role: "img",
      "aria-label": said.join("; "),
      focusable: "false",
    },
    patterns(id),
    ticks(start, total, width - left, across, height),
    rows,
  );
}

const tick = ({ x, y, width, height }) =>
  width < 14 ? null : svg("path", { class: "fb-check", d: `M${x + width / 2 - 4} ${y + height / 2} l3 3 5 -6` });

/** Whole hours, as many as fit without touching. */
function ticks(start, total, room, across, height) {
  if (start === null) return null;
  const fits = Math.max(1, Math.floor(room / (LABEL_PX + 10)));
  const step =
    [30, 60, 120, 180, 240, 360, 720, 1440].find(
      (minutes) => total / minutes <= fits && (minutes >= 60 || total <= 120),
    ) ?? 1440;
  const marks = [];
  let taken = -Infinity; // how far to the right the last label reaches
  for (let minute = Math.ceil(start / step) * step; minute <= start + total; minute += step) {
    const x = across(minute - start);
    marks.push(svg("line", { x1: x, x2: x, y1: HEAD - 5, y2: height - 3, class: "chart-tick" }));
    const anchor = minute === start ? "start" : minute === start + total ? "end" : "middle";
    const left = x - { start: 0, middle: LABEL_PX / 2, end: LABEL_PX }[anchor];
    if (left < taken + 4) continue;
    taken = left + LABEL_PX;
    marks.push(svg("text", { x, y: 11, "text-anchor": anchor, class: "chart-axis" }, clockText(minute)));
  }
  return svg("g", { "aria-hidden": "true" }, marks);
}

const clockText = (minute) =>
  `${String(Math.floor(minute / 60) % 24).padStart(2, "0")}:${String(minute % 60).padStart(2, "0")}`;

function clipped(text, room) {
  let used = 0;
  let out = "";
  for (const letter of String(text)) {
    used += letter > "\u2e7f" ? 13 : 7.2;
    if (used > room) return `${out.trimEnd()}…`;
    out += letter;
  }
  return out;
}
