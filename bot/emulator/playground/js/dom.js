/** Builds elements. Text always arrives as text nodes: nothing in this page turns data into markup. */

const SVG_SPACE = "http://www.w3.org/2000/svg";
const LIVE_PROPERTIES = new Set(["value", "checked", "disabled", "hidden", "selected", "open", "indeterminate"]);

/** `h("button", {class: "btn", on: {click}}, "Send")` */
export function h(tag, props, ...children) {
  return fill(document.createElement(tag), props, children);
}

export function svg(tag, props, ...children) {
  return fill(document.createElementNS(SVG_SPACE, tag), props, children);
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name === "on") for (const [type, listener] of Object.entries(value)) node.addEventListener(type, listener);
    else if (name === "data") Object.assign(node.dataset, value);
    else if (name === "css") setStyle(node, value);
    else if (LIVE_PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  append(node, children);
  return node;
}

/** Style through the CSS object model, which a Content-Security-Policy without inline styles allows. */
export function setStyle(node, rules) {
  for (const [property, value] of Object.entries(rules)) {
    if (value !== undefined && value !== null) node.style.setProperty(property, String(value));
  }
}

export function append(node, children) {
  for (const child of [children].flat(Infinity)) {
    if (child === undefined || child === null || child === false || child === "") continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

export function replace(node, ...children) {
  node.replaceChildren();
  return append(node, children);
}

export const byId = (id) => document.getElementById(id);

/** Arrow keys move inside a list; Tab enters and leaves it at the current item. */
export function rove(list, selector, { horizontal = false } = {}) {
  const [back, forward] = horizontal ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  list.addEventListener("keydown", (event) => {
    const items = [...list.querySelectorAll(selector)].filter((item) => item.offsetParent !== null);
    const at = items.indexOf(document.activeElement);
    if (at < 0) return;
    const goal = { [back]: at - 1, [forward]: at + 1, Home: 0, End: items.length - 1 }[event.key];
    if (goal === undefined) return;
    event.preventDefault();
    focusOnly(items, items[(goal + items.length) % items.length]);
  });
}

function focusOnly(items, chosen) {
  for (const item of items) item.tabIndex = item === chosen ? 0 : -1;
  chosen.focus();
}

/** A short id that is unique in this page: labels and descriptions need something to point at. */
let counter = 0;
export const freshId = (stem) => `${stem}-${(counter += 1)}`;
