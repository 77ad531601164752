/** The table component: typed cells, pages. */

import { inlineOf, markdown } from "./card_markdown.js";
import { h, replace } from "./dom.js";
import { icon } from "./icons.js";
import { said, t } from "./i18n.js";
import { avatar } from "./people.js";
import { nameOf } from "./state.js";
import { localText } from "./zones.js";

export function drawTable(element, context) {
  const columns = element.columns ?? [];
  const rows = element.rows ?? [];
  const size = Math.min(Math.max(element.page_size ?? 5, 1), 10);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const style = element.header_style ?? {};
  const heads = columns.map((one) =>
    h(
      "th",
      { scope: "col", class: `align-${style.text_align ?? one.horizontal_align ?? "left"}` },
      said(one.display_name) || one.name,
    ),
  );
  const bodyNode = h("tbody");
  const status = h("span", { role: "status" });
  let page = 0;
  const turn = (step) => {
    page = Math.min(Math.max(page + step, 0), pages - 1);
    const shown = rows.slice(page * size, (page + 1) * size);
    replace(
      bodyNode,
      shown.map((row) =>
        h(
          "tr",
          {},
          columns.map((one) => cell(row[one.name], one, context)),
        ),
      ),
    );
    status.textContent = t("table_page", { page: page + 1, pages });
  };
  const button = (name, key, step) =>
    h(
      "button",
      { class: "icon-button", type: "button", "aria-label": t(key), on: { click: () => turn(step) } },
      icon(name, 14),
    );
  turn(0);
  return h(
    "div",
    { class: "table-box" },
    h(
      "div",
      { class: "table-scroll", tabindex: 0, role: "group" },
      h(
        "table",
        { class: `table table--${style.background_style ?? "none"}` },
        h("thead", {}, h("tr", {}, heads)),
        bodyNode,
      ),
    ),
    pages > 1
      ? h("div", { class: "table-pages" }, button("left", "previous", -1), status, button("right", "next", 1))
      : null,
  );
}

function cell(value, column, context) {
  const draw = CELLS[column.data_type ?? "text"] ?? CELLS.text;
  const side = column.horizontal_align ?? (column.data_type === "number" ? "right" : "left");
  return h("td", { class: `align-${side}` }, value === undefined || value === null ? "" : draw(value, column, context));
}

const CELLS = {
  text: (value) => said(value?.content === undefined ? String(value) : value),
  lark_md: (value, column, context) => inlineOf(String(value), context),
  markdown: (value, column, context) => markdown(String(value), context),
  number: (value, { format = {} }) => numberText(value, format),
  date: (value, column, { zone = "UTC" }) => localText(Number(value), zone, ""),
  options: (value) =>
    [value].flat().map((one) => h("span", { class: `tag tag--${one.color ?? "blue"}` }, one.text ?? String(one))),
  persons: (value) =>
    [value].flat().map((id) => h("span", { class: "person person--inline" }, avatar(id, "tiny"), nameOf(id))),
};

function numberText(value, { precision, symbol = "", separator = false }) {
  const digits = precision === undefined ? {} : { minimumFractionDigits: precision, maximumFractionDigits: precision };
  return symbol + new Intl.NumberFormat("en-US", { useGrouping: separator, ...digits }).format(Number(value));
}
