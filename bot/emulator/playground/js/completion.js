/** The list that opens above the composer: people after `@`, commands after `/`. */

import { commands } from "./commands.js";
import { byId, h, replace } from "./dom.js";
import { t } from "./i18n.js";
import { avatar } from "./people.js";
import { chat, nameOf, state } from "./state.js";

const PERSON = /(^|[\s,，、;(（])@([^\s@,，、。]*)$/;
const COMMAND = /^((?:@\S+(?: \S+)?\s+)?)\/([a-z]*)$/i;
const MOST = 8;

let items = [];
let at = 0;

export const isOpen = () => items.length > 0;

/** Looks at the words before the caret; opens, changes or closes the list. */
export function consider(field) {
  const typed = field.value.slice(0, field.selectionStart);
  const person = PERSON.exec(typed);
  const command = COMMAND.exec(typed);
  if (command) items = commands(command[2]).map((one) => commandItem(one, command));
  else if (person) items = people(person[2]).map((id) => personItem(id, person));
  else items = [];
  items = items.slice(0, command ? undefined : MOST);
  at = 0;
  draw(field);
}

function people(typed) {
  const wanted = typed.toLowerCase();
  const here = chat();
  const members = here?.mode === "p2p" ? [...state.users.keys()] : (here?.members ?? []);
  const everyone = [state.bot, ...members.filter((id) => id !== state.person && id !== state.bot)];
  return everyone.filter((id) => {
    const person = state.users.get(id);
    const words = [nameOf(id), person?.en_name, person?.email?.split("@")[0]];
    return words.some((text) =>
      text
        ?.toLowerCase()
        .split(" ")
        .concat(text.toLowerCase())
        .some((word) => word.startsWith(wanted)),
    );
  });
}

/** Who shares a name with somebody is written with the other name as well. */
function personItem(id, [, , typed]) {
  const person = state.users.get(id);
  const shared = [...state.users.values()].filter((one) => one.name === nameOf(id)).length > 1;
  const other = person?.en_name && person.en_name !== person.name ? person.en_name : "";
  const name = shared && other ? `${nameOf(id)} ${other}` : nameOf(id);
  const text = id === state.bot ? t("bot_chat") : [shared ? "" : other, person?.email].filter(Boolean).join(" · ");
  return { key: id, mark: avatar(id, "small"), name, text, length: typed.length + 1, insert: `@${name} ` };
}

/** In a group only a mention reaches the bot, so a command brings one along. */
function commandItem(one, [, lead, typed]) {
  const needsMention = chat()?.mode !== "p2p" && !lead;
  const insert = `${needsMention ? `@${nameOf(state.bot)} ` : ""}/${one.name} `;
  const mark = h("span", { class: "slash", "aria-hidden": "true" }, "/");
  return { key: one.name, mark, name: `/${one.name}`, text: one.text, length: typed.length + 1, insert };
}

function draw(field) {
  const list = byId("completions");
  list.hidden = items.length === 0;
  field.setAttribute("aria-expanded", String(items.length > 0));
  if (!items.length) {
    field.removeAttribute("aria-activedescendant");
    replace(list);
    return;
  }
  const rows = items.map((item, index) =>
    h(
      "li",
      {
        id: `completion-${index}`,
        role: "option",
        class: "completion",
        "data-testid": "completion",
        "aria-selected": String(index === at),
        data: { key: item.key },
        on: { pointerdown: (event) => (event.preventDefault(), take(field, index)) },
      },
      item.mark,
      h("strong", {}, item.name),
      h("span", {}, item.text),
    ),
  );
  replace(list, rows);
  field.setAttribute("aria-activedescendant", `completion-${at}`);
  rows[at].scrollIntoView({ block: "nearest" });
}

function take(field, index) {
  const item = items[index];
  const end = field.selectionStart;
  field.setRangeText(item.insert, end - item.length, end, "end");
  items = [];
  draw(field);
  field.focus();
  field.dispatchEvent(new Event("input"));
}

export function dismiss(field) {
  items = [];
  draw(field);
}

/** Arrow keys, Enter, Tab and Esc belong to the list while it is open. Answers whether it took the key. */
export function steer(field, event) {
  if (!isOpen()) return false;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) at = (at + step + items.length) % items.length;
  else if (event.key === "Enter" || event.key === "Tab") take(field, at);
  else if (event.key === "Escape") items = [];
  else return false;
  event.preventDefault();
  event.stopPropagation();
  draw(field);
  return true;
}
