// Small helpers for the document.

/** All elements that match, as an array. */
export function all(selector, root) {
  return Array.from((root || document).querySelectorAll(selector));
}

/** make("button", {type: "button", "aria-pressed": "false", class: "x"}, "words" or nodes...): an element. A value
 * of null or false leaves the attribute out, true gives it empty; a key that begins with "on" is a listener. */
export function make(name, attributes, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== null && value !== false && value !== undefined) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== null && child !== undefined));
  return element;
}

/** Loads a classic script once; the promise is kept, and forgotten after a failure so that it can be tried again. */
const loads = new Map();
export function loadScript(src) {
  if (!loads.has(src)) {
    loads.set(src, new Promise((resolve, reject) => {
      const script = make("script", { src, onload: resolve, onerror: () => { loads.delete(src); reject(new Error(src)); } });
      document.head.append(script);
    }));
  }
  return loads.get(src);
}

/** Runs each feature by itself: one that fails must not take the others with it. */
export function start(...features) {
  for (const feature of features) {
    try {
      feature();
    } catch (error) {
      console.error(error);
    }
  }
}
