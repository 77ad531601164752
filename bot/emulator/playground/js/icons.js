/** Line icons, drawn here on a 24 × 24 grid. */

import { svg } from "./dom.js";

const PATHS = {
  send: "M4 12 20 4l-5 16-3.5-6.5L4 12Zm7.5 1.5L20 4",
  search: "M11 4a7 7 0 1 1 0 14 7 7 0 0 1 0-14Zm5.2 12.2L21 21",
  chevron: "m6 9 6 6 6-6",
  left: "m15 5-7 7 7 7",
  right: "m9 5 7 7-7 7",
  close: "M6 6l12 12M18 6 6 18",
  reply: "M10 8V4L3 11l7 7v-4c5 0 8 1.5 11 5-.8-6-4.5-10.5-11-11Z",
  code: "m8 7-5 5 5 5m8-10 5 5-5 5M14 4l-4 16",
  play: "M7 5v14l12-7L7 5Z",
  pause: "M8 5v14M16 5v14",
  sun: "M12 8a4 4 0 1 1 0 8 4 4 0 0 1 0-8Zm0-6v3m0 14v3M2 12h3m14 0h3M5 5l2 2m10 10 2 2M19 5l-2 2M7 17l-2 2",
  moon: "M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5Z",
  auto: "M12 3a9 9 0 1 0 0 18V3Zm0 0a9 9 0 0 1 0 18",
  globe: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm-9 9h18M12 3c5 5.5 5 12.5 0 18-5-5.5-5-12.5 0-18Z",
  reset: "M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5",
  calendar: "M4 7a2 2 0 0 1 2-2h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7Zm0 3.5h16M8.5 3v4m7-4v4",
  chat: "M4 6.5A2.5 2.5 0 0 1 6.5 4h11A2.5 2.5 0 0 1 20 6.5v7a2.5 2.5 0 0 1-2.5 2.5H11l-4.5 4v-4A2.5 2.5 0 0 1 4 13.5v-7Z",
  people:
    "M9 5a3.5 3.5 0 1 1 0 7 3.5 3.5 0 0 1 0-7Zm-6.5 15c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 5.5a3 3 0 0 1 0 6m2 3c2.2.8 3.5 2.8 3.5 5.5",
  list: "M8 6h12M8 12h12M8 18h12M4 6h.01M4 12h.01M4 18h.01",
  clock: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 4v5l3.5 2",
  plus: "M12 5v14M5 12h14",
  trash: "M5 7h14M10 7V4h4v3m-7 0 1 13h8l1-13",
  room: "M12 21s7-6.2 7-11.5a7 7 0 0 0-14 0C5 14.8 12 21 12 21Zm0-14a2.5 2.5 0 1 1 0 5 2.5 2.5 0 0 1 0-5Z",
  repeat: "M4 11V9a3 3 0 0 1 3-3h12m-3-3 3 3-3 3M20 13v2a3 3 0 0 1-3 3H5m3 3-3-3 3-3",
  lock: "M6 11h12v9H6v-9Zm2.5 0V8a3.5 3.5 0 0 1 7 0v3",
  video: "M4 7h10v10H4V7Zm10 4 6-3v8l-6-3",
  check: "m5 12.5 4.5 4.5L19 7.5",
  warning: "M12 4 2.5 20h19L12 4Zm0 6v4.5m0 2.6v.1",
  info: "M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18Zm0 8v5m0-8.6v.1",
  copy: "M9 9h11v11H9V9Zm-4 6H4V4h11v1",
  image: "M4 5h16v14H4V5Zm0 11 5-5 4 4 2.5-2.5L20 17M15.5 9.5h.01",
  dots: "M5.5 11.5h1v1h-1ZM11.5 11.5h1v1h-1ZM17.5 11.5h1v1h-1Z",
  mail: "M4 6h16v12H4V6Zm0 1 8 6 8-6",
  down: "M12 5v14m-6-6 6 6 6-6",
};

/** Words in the platform's icon tokens → our drawing; the first match wins. */
const TOKENS = [
  ["calendar", "calendar"],
  ["time", "clock"],
  ["clock", "clock"],
  ["alarm", "clock"],
  ["room", "room"],
  ["location", "room"],
  ["video", "video"],
  ["chat", "chat"],
  ["group", "people"],
  ["member", "people"],
  ["contact", "people"],
  ["repeat", "repeat"],
  ["refresh", "repeat"],
  ["lock", "lock"],
  ["delete", "trash"],
  ["search", "search"],
  ["yes", "check"],
  ["done", "check"],
  ["succeed", "check"],
  ["warn", "warning"],
  ["error", "warning"],
  ["mail", "mail"],
  ["setting", "list"],
  ["list", "list"],
  ["down", "chevron"],
  ["left", "left"],
  ["right", "right"],
  ["add", "plus"],
  ["close", "close"],
  ["more", "dots"],
];

export function icon(name, size = 18) {
  return svg(
    "svg",
    { viewBox: "0 0 24 24", width: size, height: size, class: "icon", "aria-hidden": "true", focusable: "false" },
    svg("path", { d: PATHS[name] ?? PATHS.info }),
  );
}

/** The icon a card asks for by `{tag: "standard_icon", token}`. */
export function cardIcon(wanted, size = 16) {
  if (!wanted) return null;
  const token = String(wanted.token ?? "");
  const drawn = icon(TOKENS.find(([word]) => token.includes(word))?.[1] ?? "info", size);
  if (wanted.color) drawn.classList.add(`ink-${wanted.color.split("-")[0]}`);
  return drawn;
}
