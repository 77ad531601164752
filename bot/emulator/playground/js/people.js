/** Who we look through: the switcher at the top of the rail, and everybody's avatar. */

import { byId, h, replace, rove, svg } from "./dom.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";
import { emit, me, nameOf, now, on, state } from "./state.js";
import { cityText, timeText, zoneText } from "./zones.js";

const HUES = [212, 158, 268, 22, 338, 190, 48, 242, 128, 300, 8, 176];

/** Initials on a colour that stays the same for a person; the bot wears the lark. */
export function avatar(openId, size = "medium") {
  if (openId === state.bot)
    return h("span", { class: `avatar avatar--${size} avatar--bot`, "aria-hidden": "true" }, lark());
  const hue = HUES[[...state.users.keys()].indexOf(openId) % HUES.length] ?? 220;
  return h("span", { class: `avatar avatar--${size}`, css: { "--hue": hue }, "aria-hidden": "true" }, initials(openId));
}

/** 王小明 → 小明, Ada Lovelace → AL. */
function initials(openId) {
  const name = nameOf(openId).trim();
  if (/[\u3040-\u30ff\u3400-\u9fff]/.test(name)) return [...name.replace(/\s/g, "")].slice(-2).join("");
  const words = name.split(/\s+/).filter(Boolean);
  return ((words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
}

export function lark() {
  return svg(
    "svg",
    { viewBox: "0 0 32 32", class: "lark", "aria-hidden": "true", focusable: "false" },
    svg("circle", { cx: 16, cy: 22, r: 7, class: "lark-sun" }),
    svg("path", {
      class: "lark-wing",
      d: "M5 15c4.5-.6 7.7.6 11 4.6C18.5 13 22.5 9 28 7.5c-1.2 2.7-1.2 4.7-3.4 7.2-2.2 2.6-5.2 4.8-8.4 8.8C12.800 19 9.5 16 5 15Z",
    }),
  );
}

export function showPeople() {
  const button = byId("person-switch");
  const person = me();
  if (!person) return;
  replace(
    button,
    avatar(person.open_id, "large"),
    h("span", { class: "person-lines" }, h("strong", {}, person.name), whereabouts(person)),
    icon("chevron", 16),
  );
  button.setAttribute("aria-label", `${t("you_are", { name: person.name })}. ${t("switch_person")}`);
}

function whereabouts(person) {
  const time = h("span", { class: "local-time", data: { zone: person.timezone } }, timeText(now(), person.timezone));
  return h(
    "span",
    { class: "whereabouts" },
    time,
    ` · ${cityText(person.timezone)} · ${zoneText(now(), person.timezone)}`,
  );
}

/** Local times follow the emulator's clock. */
export function tickPeople() {
  for (const node of document.querySelectorAll(".local-time")) {
    const text = timeText(now(), node.dataset.zone);
    if (node.textContent !== text) node.textContent = text;
  }
}

function option(person) {
  const current = person.open_id === state.person;
  return h(
    "li",
    {
      role: "option",
      class: "person-option",
      tabindex: current ? 0 : -1,
      "aria-selected": String(current),
      "data-testid": "person-option",
      data: { openId: person.open_id },
      on: { click: () => become(person.open_id) },
    },
    avatar(person.open_id, "medium"),
    h(
      "span",
      { class: "person-lines" },
      h(
        "strong",
        {},
        person.name,
        person.en_name && person.en_name !== person.name ? h("small", {}, ` ${person.en_name}`) : null,
      ),
      whereabouts(person),
    ),
    current ? icon("check", 16) : null,
  );
}

function become(openId) {
  close();
  byId("person-switch").focus();
  if (openId !== state.person) emit("become", openId);
}

function list(words = "") {
  const wanted = words.trim().toLowerCase();
  const fits = (person) =>
    [person.name, person.en_name, person.email, person.timezone].some((text) => text?.toLowerCase().includes(wanted));
  const rows = [...state.users.values()].filter(fits).map(option);
  if (rows.length && !rows.some((row) => row.tabIndex === 0)) rows[0].tabIndex = 0;
  replace(byId("person-list"), rows.length ? rows : h("li", { class: "quiet", role: "presentation" }, t("nobody")));
}

function open() {
  byId("person-menu").hidden = false;
  byId("person-switch").setAttribute("aria-expanded", "true");
  byId("person-search").value = "";
  list();
  byId("person-search").focus();
}

function close() {
  byId("person-menu").hidden = true;
  byId("person-switch").setAttribute("aria-expanded", "false");
}

export function startPeople() {
  const [button, menu, search, people] = ["person-switch", "person-menu", "person-search", "person-list"].map(byId);
  button.addEventListener("click", () => (menu.hidden ? open() : close()));
  search.addEventListener("input", () => list(search.value));
  search.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") (event.preventDefault(), people.querySelector("[role=option]")?.focus());
    if (event.key === "Enter" && !event.isComposing)
      (event.preventDefault(), people.querySelector("[role=option]")?.click());
  });
  people.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") (event.preventDefault(), document.activeElement.click());
  });
  rove(people, "[role=option]");
  menu.addEventListener("keydown", (event) => event.key === "Escape" && (close(), button.focus()));
  document.addEventListener("pointerdown", (event) => {
    if (!menu.hidden && !menu.contains(event.target) && !button.contains(event.target)) close();
  });
  on("person", showPeople);
  on("words", showPeople);
}
