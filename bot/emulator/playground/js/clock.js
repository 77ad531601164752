/** The emulator's time machine: now, freeze or run, jump ahead, set. */

import * as api from "./api.js";
import { tickCalendar } from "./calendar.js";
import { byId, h, replace } from "./dom.js";
import { fromLocal, local } from "./event_card.js";
import { icon } from "./icons.js";
import { t } from "./i18n.js";
import { tickPeople } from "./people.js";
import { me, now, on, state } from "./state.js";
import { attempt } from "./toasts.js";
import { dayText, secondsText, zoneText } from "./zones.js";

const JUMPS = [
  ["plus_15", 900],
  ["plus_1h", 3_600],
  ["plus_1d", 86_400],
];

/** Takes `{now, running}` from an answer or the stream. */
export function takeClock({ now: at, running }) {
  state.clock = { at: Date.parse(at), read: performance.now(), running: running ?? state.clock.running };
  showClock();
  tick();
}

async function change(body) {
  const answer = await attempt(() => api.setClock(body));
  if (answer) takeClock(answer);
}

function showClock() {
  const { running } = state.clock;
  const toggle = byId("clock-run");
  replace(toggle, icon(running ? "pause" : "play", 16));
  toggle.setAttribute("aria-label", t(running ? "freeze" : "run"));
  toggle.title = t(running ? "freeze" : "run");
  byId("clock").classList.toggle("is-frozen", !running);
  byId("clock-state").textContent = running ? "" : t("frozen");
  byId("clock-state").hidden = running;
}

function tick() {
  const zone = me()?.timezone;
  if (!zone) return;
  const shown = byId("clock-now");
  const text = `${dayText(now(), zone)} ${secondsText(now(), zone)}`;
  if (shown.textContent !== text)
    replace(shown, text.slice(0, -3), h("span", { class: "clock-seconds" }, text.slice(-3)));
  shown.dateTime = new Date(now()).toISOString();
  shown.title = `${t("clock_now")} · ${zone} (${zoneText(now(), zone)})`;
  tickPeople();
  tickCalendar();
}

function dress() {
  replace(byId("clock-jumps"), JUMPS.map(jump));
  replace(byId("clock-jumps-small"), JUMPS.map(jump));
  showClock();
  tick();
}

function jump([key, seconds]) {
  const run = () => change({ advance_s: seconds });
  return h(
    "button",
    {
      class: "btn btn--small",
      type: "button",
      "aria-label": t(`${key}_long`),
      data: { advance: seconds },
      on: { click: run },
    },
    t(key),
  );
}

function startSetting() {
  const form = byId("clock-form");
  const field = byId("clock-field");
  const close = () => {
    form.hidden = true;
    byId("clock-set").setAttribute("aria-expanded", "false");
  };
  byId("clock-set").addEventListener("click", () => {
    if (!form.hidden) return close();
    form.hidden = false;
    byId("clock-set").setAttribute("aria-expanded", "true");
    field.value = local(now());
    field.focus();
    return undefined;
  });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (field.value) await change({ now: new Date(fromLocal(field.value)).toISOString() });
    close();
    byId("clock-set").focus();
  });
  form.addEventListener("keydown", (event) => event.key === "Escape" && (close(), byId("clock-set").focus()));
  document.addEventListener("pointerdown", (event) => !byId("clock").contains(event.target) && close());
}

export function startClock() {
  replace(byId("clock-set"), icon("clock", 16));
  byId("clock-run").addEventListener("click", () => change({ run: !state.clock.running }));
  startSetting();
  on("stream:clock", takeClock);
  on("stream:hello", takeClock);
  on("person", dress);
  on("words", dress);
  setInterval(tick, 1_000);
}
