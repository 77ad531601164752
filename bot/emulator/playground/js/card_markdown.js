/** The markdown of cards: blocks first, then the pieces of a line. The result is elements, never markup. */

import { append, h } from "./dom.js";
import { t } from "./i18n.js";
import { link, mention } from "./message_text.js";
import { avatar } from "./people.js";
import { nameOf } from "./state.js";
import { fullText, localText } from "./zones.js";

const ENTITIES = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: "\u00a0",
  sim: "~",
  ensp: "\u2002",
  emsp: "\u2003",
};

/** `&#42;` is how a card says a star that is only a star. */
export function decoded(text) {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (name) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

const BLOCKS = [
  [
    /^```(\w*)\n?([\s\S]*?)(?:\n?```|$)\n?/,
    (hit) => h("pre", { class: "md-code", tabindex: 0 }, h("code", {}, hit[2])),
  ],
  [
    /^(#{1,6})\s+([^\n]*)\n?/,
    (hit, context) => h("p", { class: `md-heading md-heading--${hit[1].length}` }, inlineOf(hit[2], context)),
  ],
  [/^ {0,3}(?:-{3,}|\*{3,}|_{3,}|<hr\s*\/?>)\s*(?:\n|$)/, () => h("hr", { class: "card-rule" })],
  [/^(?:[ \t]*(?:[-*+]|\d+[.)])[ \t]+[^\n]*(?:\n|$))+/, (hit, context) => lists(hit[0], context)],
  [/^(?:>[^\n]*(?:\n|$))+/, (hit, context) => h("blockquote", {}, markdown(hit[0].replace(/^> ?/gm, ""), context))],
  [
    /^\|[^\n]*\|[ \t]*\n\|[ \t:|-]+\|[ \t]*(?:\n\|[^\n]*\|[ \t]*)*(?:\n|$)/,
    (hit, context) => pipeTable(hit[0], context),
  ],
  [/^\n+/, () => null],
];
const STARTS_BLOCK = /\n(?=```|#{1,6}\s|[ \t]*(?:[-*+]|\d+[.)])[ \t]+|>|\||\n| {0,3}(?:-{3,}|<hr))/;

export function markdown(source, context) {
  const out = document.createDocumentFragment();
  let rest = source.replaceAll("\r\n", "\n");
  while (rest) {
    const hit = BLOCKS.map(([pattern, draw]) => [pattern.exec(rest), draw]).find(([found]) => found?.[0]);
    if (hit) {
      append(out, hit[1](hit[0], context));
      rest = rest.slice(hit[0][0].length);
      continue;
    }
    const end = rest.search(STARTS_BLOCK);
    const paragraph = end < 0 ? rest : rest.slice(0, end);
    append(out, h("p", {}, inlineOf(paragraph, context)));
    rest = end < 0 ? "" : rest.slice(end + 1);
  }
  return out;
}

/** Indentation makes a list inside the item above it. */
function lists(source, context) {
  const root = { indent: -1, node: h("div", { class: "md-lists" }) };
  const open = [root];
  for (const line of source.split("\n").filter((text) => text.trim())) {
    const [, space, mark, text] = /^([ \t]*)([-*+]|\d+[.)])[ \t]+(.*)$/.exec(line);
    const indent = space.replaceAll("\t", "    ").length;
    while (open.length > 1 && indent < open.at(-1).indent) open.pop();
    const kind = /\d/.test(mark) ? "ol" : "ul";
    if (open.length > 1 && indent === open.at(-1).indent && open.at(-1).kind !== kind) open.pop();
    if (indent > open.at(-1).indent || open.length === 1) {
      const node = h(kind, kind === "ol" ? { start: Number.parseInt(mark, 10) } : {});
      (open.at(-1).node.lastElementChild?.matches("li") ? open.at(-1).node.lastElementChild : open.at(-1).node).append(
        node,
      );
      open.push({ indent, node, kind });
    }
    open.at(-1).node.append(h("li", {}, inlineOf(text, context)));
  }
  return root.node;
}

function pipeTable(source, context) {
  const rows = source
    .trim()
    .split("\n")
    .map((line) =>
      line
        .trim()
        .replace(/^\||\|$/g, "")
        .split("|")
        .map((cell) => cell.trim()),
    );
  const cells = (row, tag) =>
    h(
      "tr",
      {},
      row.map((cell) => h(tag, {}, inlineOf(cell, context))),
    );
  return h(
    "div",
    { class: "table-scroll" },
    h(
      "table",
      { class: "table" },
      h("thead", {}, cells(rows[0], "th")),
      h(
        "tbody",
        {},
        rows.slice(2).map((row) => cells(row, "td")),
      ),
    ),
  );
}

const ATTRIBUTE = /([a-z_]+)\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s'">]+))/gi;
function attributes(text) {
  const found = {};
  for (const [, name, single, double, bare] of text.matchAll(ATTRIBUTE))
    found[name.toLowerCase()] = single ?? double ?? bare;
  return found;
}

const tagged = (name) => `<${name}(?<${name}A>\\s[^>]*?)?(?:/>|>(?<${name}T>[\\s\\S]*?)</${name}>)`;
const TAGS = ["at", "person", "font", "text_tag", "local_datetime", "number_tag", "a", "link"];
const INLINE = new RegExp(
  [
    "\\\\(?<escaped>[\\\\`*_~\\[\\]()<>#+\\-.!|])",
    "`(?<code>[^`\\n]+)`",
    ...TAGS.map(tagged),
    "(?<br><br\\s*/?>|\\n)",
    "!\\[(?<alt>[^\\]]*)\\]\\([^)]*\\)",
    "\\[(?<label>(?:[^\\[\\]]|\\[[^\\]]*\\])+)\\]\\((?<href>[^)\\s]+)\\)",
    "\\*\\*(?<bold>(?=\\S)[\\s\\S]*?\\S)\\*\\*",
    "~~(?<struck>(?=\\S)[\\s\\S]*?\\S)~~",
    "\\*(?<italic>(?=[^\\s*])[^*\\n]*?[^\\s*]|[^\\s*])\\*",
    "(?<url>https?://[^\\s<>()（）「」]+[^\\s<>()（）「」.,;:!?。，；：！？])",
  ].join("|"),
  "g",
);

/** The pieces of a line as a list of nodes. */
export function inlineOf(text, context) {
  const nodes = [];
  let at = 0;
  for (const hit of text.matchAll(INLINE)) {
    if (hit.index > at) nodes.push(decoded(text.slice(at, hit.index)));
    nodes.push(piece(hit.groups, hit[0], context));
    at = hit.index + hit[0].length;
  }
  if (at < text.length) nodes.push(decoded(text.slice(at)));
  return nodes;
}

function piece(found, whole, context) {
  if (found.escaped) return found.escaped;
  if (found.code) return h("code", {}, decoded(found.code));
  if (found.br) return h("br");
  if (found.alt !== undefined) return h("span", { class: "picture-word" }, `[${decoded(found.alt) || t("picture")}]`);
  if (found.label) return link(decoded(found.href), inlineOf(found.label, context));
  if (found.bold) return h("strong", {}, inlineOf(found.bold, context));
  if (found.struck) return h("s", {}, inlineOf(found.struck, context));
  if (found.italic) return h("em", {}, inlineOf(found.italic, context));
  if (found.url) return link(found.url, found.url);
  const tag = TAGS.find((name) => whole.startsWith(`<${name}`) && /[\s>/]/.test(whole[name.length + 1]));
  return TAGGED[tag](attributes(found[`${tag}A`] ?? ""), found[`${tag}T`] ?? "", context);
}

const TAGGED = {
  at: (is, text) => atSomebody(is.id ?? is.user_id ?? is.ids ?? is.email, text),
  person: (is) =>
    h(
      "span",
      { class: "person person--inline" },
      is.show_avatar === "true" ? avatar(is.id, "tiny") : null,
      nameOf(is.id),
    ),
  font: (is, text, context) =>
    h("span", { class: `ink-${(is.color ?? "default").split("-")[0]}` }, inlineOf(text, context)),
  text_tag: (is, text, context) => h("span", { class: `tag tag--${is.color ?? "blue"}` }, inlineOf(text, context)),
  number_tag: (is, text) => h("span", { class: "number-tag" }, decoded(text)),
  local_datetime: (is, text, context) => localTime(is, context),
  a: (is, text, context) => link(decoded(is.href ?? ""), inlineOf(text || (is.href ?? ""), context)),
  link: (is, text, context) => link(decoded(is.pc_url ?? is.url ?? ""), inlineOf(text || (is.url ?? ""), context)),
};

function atSomebody(ids, text) {
  if (ids === "all") return mention("all", t("everyone"));
  return (ids ?? "").split(",").map((id) => mention(id, nameOf(id) === id ? decoded(text) || id : nameOf(id)));
}

/** An instant in the reader's own zone and language. */
function localTime(is, { zone = "UTC" }) {
  const ms = Number(is.millisecond);
  if (!Number.isFinite(ms)) return is.millisecond ?? "";
  const kinds = (is.format_type ?? "").split(/[\s,|]+/).filter(Boolean);
  const text = (kinds.length ? kinds : [""]).map((kind) => localText(ms, zone, kind)).join(" ");
  return h(
    "time",
    { class: "local", datetime: new Date(ms).toISOString(), title: `${fullText(ms, zone)} · ${zone}` },
    text,
  );
}
