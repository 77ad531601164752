/** Light, dark, or as the system says. */

const KEY = "daylark.theme";
const ORDER = ["auto", "light", "dark"];

export const theme = () => localStorage.getItem(KEY) ?? "auto";

export function applyTheme(name = theme()) {
  const root = document.documentElement;
  if (name === "auto") delete root.dataset.theme;
  else root.dataset.theme = name;
}

export function nextTheme() {
  const name = ORDER[(ORDER.indexOf(theme()) + 1) % ORDER.length];
  localStorage.setItem(KEY, name);
  applyTheme(name);
  return name;
}
