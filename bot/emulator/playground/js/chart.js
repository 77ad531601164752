/** Charts of cards as SVG: which kind a specification means, its title, its table for those who read rather than look. */

import { barChart, lineChart, pieChart } from "./chart_kinds.js";
import { freeBusyChart, isFreeBusy } from "./chart_freebusy.js";
import { freshId, h, replace } from "./dom.js";
import { said, t } from "./i18n.js";

/** The rows of the first data set, whichever of the allowed shapes they come in. */
export function rowsOf(spec) {
  const data = Array.isArray(spec.data) ? spec.data[0] : spec.data;
  return data?.values ?? (Array.isArray(spec.data) ? spec.data : []);
}

const KINDS = { bar: barChart, line: lineChart, area: lineChart, scatter: lineChart, pie: pieChart };

export function chart(spec, element = {}) {
  const rows = rowsOf(spec);
  const kind = isFreeBusy(spec, rows) ? freeBusyChart : KINDS[spec.type];
  const title = said(spec.title?.text) || "";
  const id = freshId("chart");
  const figure = h("figure", {
    class: "chart",
    "aria-labelledby": title ? id : null,
    "aria-label": title ? null : t("picture"),
  });
  if (title) figure.append(h("figcaption", { id, class: "chart-title" }, title));
  const drawn = kind?.(spec, rows, element);
  if (!drawn) {
    figure.append(
      table(
        Object.keys(rows[0] ?? {}),
        rows.map((row) => Object.values(row)),
      ),
    );
    return figure;
  }
  figure.append(responsive(drawn.draw), drawn.legend ?? "", fold(drawn.table));
  return figure;
}

/** Drawn for the width there is, and again when that changes, so that letters keep their size. */
function responsive(draw) {
  const box = h("div", { class: "chart-box" });
  let width = 0;
  const observer = new ResizeObserver(([entry]) => {
    const wide = Math.floor(entry.contentRect.width);
    if (wide === width || wide < 40) return;
    width = wide;
    replace(box, draw(wide));
  });
  observer.observe(box);
  return box;
}

function fold({ heads, rows }) {
  return h(
    "details",
    { class: "chart-table", data: { key: freshId("t").replace(/\d+/, "") } },
    h("summary", {}, t("as_table")),
    table(heads, rows),
  );
}

function table(heads, rows) {
  const cells = (row) =>
    h(
      "tr",
      {},
      row.map((cell, index) => h(index === 0 ? "th" : "td", index === 0 ? { scope: "row" } : {}, String(cell ?? ""))),
    );
  return h(
    "div",
    { class: "table-scroll", tabindex: 0, role: "group", "aria-label": t("as_table") },
    h(
      "table",
      { class: "table" },
      h(
        "thead",
        {},
        h(
          "tr",
          {},
          heads.map((head) => h("th", { scope: "col" }, head)),
        ),
      ),
      h("tbody", {}, rows.map(cells)),
    ),
  );
}
