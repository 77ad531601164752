/** Bars, lines and pies: enough of them to read a small chart in a card. */

import { h, svg } from "./dom.js";

const COLOURS = 8;
const PAD = { top: 12, right: 10, bottom: 26, left: 40 };

const field = (value) => (Array.isArray(value) ? value : [value]);
const unique = (values) => [...new Set(values)];
const tone = (index) => `series series--${index % COLOURS}`;
const round = (value) => Math.round(value * 100) / 100;

function legend(names) {
  if (names.length < 2) return null;
  return h(
    "ul",
    { class: "legend" },
    names.map((name, index) =>
      h(
        "li",
        {},
        svg(
          "svg",
          { class: "swatch", width: 12, height: 12, "aria-hidden": "true" },
          svg("rect", { width: 12, height: 12, rx: 3, class: tone(index) }),
        ),
        String(name),
      ),
    ),
  );
}

/** Round numbers for the axis: 0, 5, 10 … */
function steps(most, wanted = 4) {
  const rough = (most || 1) / wanted;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((one) => one * power).find((one) => one >= rough);
  return Array.from({ length: Math.ceil((most || 1) / step) + 1 }, (_, index) => round(index * step));
}

function described(spec, rows) {
  const flat = spec.direction === "horizontal";
  const [category] = field(flat ? spec.yField : spec.xField);
  const value = field(flat ? spec.xField : spec.yField)[0];
  const second = field(flat ? spec.yField : spec.xField)[1];
  const series = spec.seriesField ?? second;
  const names = series ? unique(rows.map((row) => row[series])) : [""];
  return {
    flat,
    category,
    value,
    series,
    names,
    groups: unique(rows.map((row) => row[category])),
    stacked: spec.stack === true || !second,
  };
}

const tableOf = ({ category, value, series }, rows) => ({
  heads: [category, ...(series ? [series] : []), value],
  rows: rows.map((row) => [row[category], ...(series ? [row[series]] : []), row[value]]),
});

export function barChart(spec, rows) {
  const is = described(spec, rows);
  const sums = is.groups.map((group) => {
    const values = rows.filter((row) => row[is.category] === group).map((row) => Number(row[is.value]) || 0);
    return is.stacked ? values.reduce((a, b) => a + b, 0) : Math.max(...values);
  });
  const marks = steps(Math.max(...sums, 0));
  const draw = (width) => (is.flat ? horizontalBars : verticalBars)(is, rows, marks, width);
  return { draw, legend: legend(is.names), table: tableOf(is, rows) };
}

/** `[{row, from, to, index, series}]` along the value axis for one group. */
function pieces(is, rows, group) {
  let base = 0;
  return rows
    .filter((row) => row[is.category] === group)
    .map((row) => {
      const size = Number(row[is.value]) || 0;
      const series = Math.max(0, is.names.indexOf(row[is.series]));
      const piece = { row, from: is.stacked ? base : 0, to: (is.stacked ? base : 0) + size, series };
      base += size;
      return piece;
    });
}

const titleOf = (is, row) =>
  [row[is.category], is.series && row[is.series], row[is.value]]
    .filter((part) => part !== undefined && part !== "")
    .join(" · ");

function verticalBars(is, rows, marks, width) {
  const height = 200;
  const up = (value) => height - PAD.bottom - (value / marks.at(-1)) * (height - PAD.top - PAD.bottom);
  const slot = (width - PAD.left - PAD.right) / is.groups.length;
  const lanes = is.stacked ? 1 : is.names.length;
  const thick = Math.min((slot * 0.64) / lanes, 44);
  const bars = is.groups.flatMap((group, index) => {
    const middle = PAD.left + slot * (index + 0.5);
    return pieces(is, rows, group).map(({ row, from, to, series }) => {
      const x = middle - (thick * lanes) / 2 + (is.stacked ? 0 : series * thick);
      return svg(
        "rect",
        { x, y: up(to), width: thick - 1, height: Math.max(up(from) - up(to), 0.5), rx: 3, class: tone(series) },
        svg("title", {}, titleOf(is, row)),
      );
    });
  });
  const names = is.groups.map((group, index) =>
    svg(
      "text",
      { x: PAD.left + slot * (index + 0.5), y: height - 8, "text-anchor": "middle", class: "chart-axis" },
      short(group, slot),
    ),
  );
  return frame(width, height, [axis(marks, up, width), bars, names]);
}

function horizontalBars(is, rows, marks, width) {
  const row = 30;
  const left = Math.min(110, width * 0.3);
  const height = is.groups.length * row + PAD.bottom;
  const across = (value) => left + (value / marks.at(-1)) * (width - left - PAD.right);
  const lanes = is.stacked ? 1 : is.names.length;
  const bars = is.groups.flatMap((group, index) =>
    pieces(is, rows, group).map(({ row: data, from, to, series }) =>
      svg(
        "rect",
        {
          x: across(from),
          y: index * row + 6 + (is.stacked ? 0 : (series * 18) / lanes),
          width: Math.max(across(to) - across(from) - 1, 0.5),
          height: 18 / lanes,
          rx: 3,
          class: tone(series),
        },
        svg("title", {}, titleOf(is, data)),
      ),
    ),
  );
  const names = is.groups.map((group, index) =>
    svg("text", { x: 0, y: index * row + 15, "dominant-baseline": "central", class: "chart-name" }, short(group, left)),
  );
  const grid = marks.map((mark) => [
    svg("line", { x1: across(mark), x2: across(mark), y1: 2, y2: height - PAD.bottom + 4, class: "chart-tick" }),
    svg("text", { x: across(mark), y: height - 8, "text-anchor": "middle", class: "chart-axis" }, String(mark)),
  ]);
  return frame(width, height, [grid, bars, names]);
}

function axis(marks, up, width) {
  return marks.map((mark) => [
    svg("line", { x1: PAD.left, x2: width - PAD.right, y1: up(mark), y2: up(mark), class: "chart-tick" }),
    svg(
      "text",
      { x: PAD.left - 6, y: up(mark), "text-anchor": "end", "dominant-baseline": "central", class: "chart-axis" },
      String(mark),
    ),
  ]);
}

const frame = (width, height, parts) =>
  svg("svg", { viewBox: `0 0 ${width} ${height}`, width, height, "aria-hidden": "true", focusable: "false" }, parts);

function short(text, room) {
  const letters = [...String(text)];
  const most = Math.max(2, Math.floor(room / (letters.some((one) => one > "\u2e7f") ? 12 : 6.4)));
  return letters.length > most ? `${letters.slice(0, most - 1).join("")}…` : String(text);
}

export function lineChart(spec, rows) {
  const is = described(spec, rows);
  const marks = steps(Math.max(...rows.map((row) => Number(row[is.value]) || 0), 0));
  const draw = (width) => {
    const height = 200;
    const up = (value) => height - PAD.bottom - (value / marks.at(-1)) * (height - PAD.top - PAD.bottom);
    const slot = (width - PAD.left - PAD.right) / is.groups.length;
    const across = (group) => PAD.left + slot * (is.groups.indexOf(group) + 0.5);
    const lines = is.names.map((name, index) => {
      const points = rows.filter((row) => !is.series || row[is.series] === name);
      const path = points
        .map((row, at) => `${at ? "L" : "M"}${across(row[is.category])} ${up(Number(row[is.value]) || 0)}`)
        .join(" ");
      const dots = points.map((row) =>
        svg(
          "circle",
          { cx: across(row[is.category]), cy: up(Number(row[is.value]) || 0), r: 3.5, class: tone(index) },
          svg("title", {}, titleOf(is, row)),
        ),
      );
      return [spec.type === "scatter" ? null : svg("path", { d: path, class: `line ${tone(index)}` }), dots];
    });
    const every = Math.ceil(is.groups.length / Math.max(1, Math.floor((width - PAD.left) / 52)));
    const names = is.groups.map((group, index) =>
      index % every
        ? null
        : svg(
            "text",
            { x: across(group), y: height - 8, "text-anchor": "middle", class: "chart-axis" },
            short(group, slot * every),
          ),
    );
    return frame(width, height, [axis(marks, up, width), lines, names]);
  };
  return { draw, legend: legend(is.names), table: tableOf(is, rows) };
}

export function pieChart(spec, rows) {
  const value = spec.valueField ?? "value";
  const category = spec.categoryField ?? "type";
  const total = rows.reduce((sum, row) => sum + (Number(row[value]) || 0), 0) || 1;
  const draw = (width) => {
    const size = Math.min(width, 190);
    const [outer, inner] = [size / 2 - 4, (size / 2 - 4) * (spec.innerRadius ?? 0)];
    let turn = 0;
    const slices = rows.map((row, index) => {
      const part = (Number(row[value]) || 0) / total;
      const path = slice(width / 2, size / 2, outer, inner, turn, turn + part);
      turn += part;
      return svg(
        "path",
        { d: path, class: tone(index), "fill-rule": "evenodd" },
        svg("title", {}, `${row[category]} · ${row[value]} (${Math.round(part * 100)} %)`),
      );
    });
    return frame(width, size, slices);
  };
  const names = rows.map((row) => `${row[category]} · ${Math.round(((Number(row[value]) || 0) / total) * 100)} %`);
  return {
    draw,
    legend: legend(names),
    table: { heads: [category, value], rows: rows.map((row) => [row[category], row[value]]) },
  };
}

/** A ring segment between two parts of the whole turn, clockwise from the top. */
function slice(x, y, outer, inner, from, to) {
  const end = Math.min(to, from + 0.99999);
  const at = (radius, part) =>
    `${round(x + radius * Math.sin(2 * Math.PI * part))} ${round(y - radius * Math.cos(2 * Math.PI * part))}`;
  const large = end - from > 0.5 ? 1 : 0;
  return `M${at(outer, from)} A${outer} ${outer} 0 ${large} 1 ${at(outer, end)} L${at(inner, end)} A${inner} ${inner} 0 ${large} 0 ${at(inner, from)} Z`;
}
