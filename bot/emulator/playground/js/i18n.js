/** The page's own words, in the language of the person we look through unless somebody chose another one. */

import { en } from "./words_en.js";
import { ja } from "./words_ja.js";
import { zh } from "./words_zh.js";

const WORDS = { en, zh, ja };
const TAGS = { en: "en-GB", zh: "zh-CN", ja: "ja-JP" };
const LOCALES = { en: "en_us", zh: "zh_cn", ja: "ja_jp" };
const CHOICE = "daylark.language";

let spoken = "en"; // the current person's
let chosen = localStorage.getItem(CHOICE) ?? "auto";

/** `zh_cn`, `zh-CN`, `zh` → `zh`; anything we do not speak → English. */
export function known(code) {
  const short = String(code ?? "")
    .slice(0, 2)
    .toLowerCase();
  return short in WORDS ? short : "en";
}

export function speak(code) {
  spoken = known(code);
  document.documentElement.lang = tag();
}

export function choose(code) {
  chosen = code;
  localStorage.setItem(CHOICE, code);
  document.documentElement.lang = tag();
}

export const choice = () => chosen;
export const language = () => (chosen === "auto" ? spoken : known(chosen));
export const tag = () => TAGS[language()];

/** The sentence for a key, with `{name}` filled in. */
export function t(key, values = {}) {
  const sentence = WORDS[language()][key] ?? WORDS.en[key] ?? key;
  return sentence.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}

/** A card's text object in the reader's language: `i18n_content` first, `content` when it lacks that language. */
export function said(text) {
  if (text === undefined || text === null) return "";
  if (typeof text === "string") return text;
  return pick(text.i18n_content) ?? pick(text.i18n) ?? text.content ?? "";
}

/** The entry of a `{zh_cn: …, en_us: …}` object for the reader; undefined when there is none. */
export const pick = (byLocale) => byLocale?.[LOCALES[language()]];

/** Elements marked in index.html with `data-t` (text) or `data-t-label` (accessible name). */
export function translatePage(root = document) {
  for (const node of root.querySelectorAll("[data-t]")) node.textContent = t(node.dataset.t);
  for (const node of root.querySelectorAll("[data-t-label]")) {
    const label = t(node.dataset.tLabel);
    node.setAttribute("aria-label", label);
    if (node.matches("button")) node.title = label;
    if (node.matches("input[type=search]")) node.placeholder = label;
  }
}
