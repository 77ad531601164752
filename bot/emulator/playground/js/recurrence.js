/** A recurrence rule in words: how often, on which days, until when. What it cannot say it shows as it is. */

import { t } from "./i18n.js";
import { addDays, DAY, instant, longDayText, weekdayText } from "./zones.js";

const DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
const SAID = new Set(["FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"]);
const A_MONDAY = "2026-01-05";

export function ruleText(recurrence, zone) {
  const raw = [recurrence]
    .flat()
    .join(" ")
    .replace(/^RRULE:/, "");
  const part = Object.fromEntries(raw.split(";").map((piece) => piece.split("=")));
  const days = (part.BYDAY ?? "").split(",").filter(Boolean);
  const plain =
    Object.keys(part).every((name) => SAID.has(name)) && days.every((day) => DAYS.includes(day)) && part.FREQ;
  return t("repeats", { rule: plain ? worded(part, days, zone) : raw });
}

function worded({ FREQ, INTERVAL, UNTIL, COUNT }, days, zone) {
  const many = Number(INTERVAL ?? 1) > 1;
  return [
    t(`rule_${FREQ.toLowerCase()}${many ? "_n" : ""}`, { n: INTERVAL }),
    days.length ? t("rule_on", { days: days.map(dayName).join(", ") }) : "",
    UNTIL ? t("rule_until", { day: longDayText(lastMoment(UNTIL), zone) }) : "",
    COUNT ? t("rule_times", { n: COUNT }) : "",
  ]
    .filter(Boolean)
    .join(" ");
}

const dayName = (day) => weekdayText(instant(addDays(A_MONDAY, DAYS.indexOf(day)), 0, "UTC"), "UTC");

/** `20261231T155959Z`, or a whole day that is included. */
function lastMoment(until) {
  const [, day, time] = /^(\d{8})(?:T(\d{6}))?/.exec(until) ?? [];
  const iso = `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`;
  if (!time) return Date.parse(`${iso}T00:00:00Z`) + DAY / 2;
  return Date.parse(`${iso}T${time.slice(0, 2)}:${time.slice(2, 4)}:${time.slice(4)}Z`);
}
