/** The words of a message: mentions and links stand out, nothing is ever markup. */

import { append, h } from "./dom.js";
import { nameOf, state } from "./state.js";

const URL_PATTERN = /https?:\/\/[^\s<>"'）)」】]+[^\s<>"'）)」】.,;:!?。，；：！？]/;

/** A link that opens beside the page; anything that is not a web or mail address stays text. */
export function link(address, children) {
  const safe = /^(https?:|mailto:)/i.test(String(address).trim());
  if (!safe) return h("span", {}, children);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer" }, children);
}

export function mention(openId, name) {
  const own = openId === state.person || openId === "all";
  return h("span", { class: `mention${own ? " mention--me" : ""}`, data: { openId } }, `@${name}`);
}

/** Text with the mentions of the message (and any member's `@Name`) highlighted. */
export function written(text, mentions = []) {
  const names = new Map(mentions.map((one) => [`@${one.name}`, one.open_id]));
  names.set(`@${nameOf(state.bot)}`, state.bot);
  for (const person of state.users.values())
    if (!names.has(`@${person.name}`)) names.set(`@${person.name}`, person.open_id);
  const known = [...names.keys()]
    .sort((a, b) => b.length - a.length)
    .map((name) => name.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const pattern = new RegExp(`(${known.join("|")})|(${URL_PATTERN.source})`, "g");
  const out = h("span", { class: "written" });
  let at = 0;
  for (const hit of text.matchAll(pattern)) {
    append(out, text.slice(at, hit.index));
    append(out, hit[1] ? mention(names.get(hit[1]), hit[1].slice(1)) : link(hit[2], hit[2]));
    at = hit.index + hit[0].length;
  }
  return append(out, text.slice(at));
}

/** A `post`: an optional title and paragraphs of small tagged pieces. */
export function post(content, locale) {
  const body = content.content ? content : (content[locale] ?? Object.values(content)[0] ?? {});
  const piece = (one) =>
    ({
      a: () => link(one.href, one.text ?? one.href),
      at: () => mention(one.user_id, one.user_name ?? nameOf(one.user_id)),
      hr: () => h("hr"),
      code_block: () => h("pre", { class: "md-code" }, one.text ?? ""),
    })[one.tag]?.() ?? h("span", { class: (one.style ?? []).map((name) => `text-${name}`).join(" ") }, one.text ?? "");
  return h(
    "div",
    { class: "post" },
    body.title ? h("strong", {}, body.title) : null,
    (body.content ?? []).map((line) => h("p", {}, line.map(piece))),
  );
}
