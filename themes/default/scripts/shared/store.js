// What is kept on this device. Everything is JSON in localStorage under keys of our own:
//   coursepack/device/<name>              settings of the reader, for all courses of this host
//   coursepack/course/<course id>/<name>  what belongs to one course
// A browser that keeps nothing (private windows, storage full or switched off) works as long as the page is open.

import { page } from "./page.js";

const PREFIX = "coursepack/";
const memory = new Map();

// What another tab erased is gone here as well.
window.addEventListener("storage", (event) => {
  if (event.key === null) memory.clear();
  else if (event.newValue === null) memory.delete(event.key);
});

function read(key) {
  try {
    const text = localStorage.getItem(key);
    return text === null ? memory.get(key) : JSON.parse(text);
  } catch (error) {
    return memory.get(key); // no storage, or another program's or a torn value
  }
}

function write(key, value) {
  if (value === undefined) memory.delete(key);
  else memory.set(key, value);
  try {
    if (value === undefined) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(value));
    return true;
  } catch (error) {
    return false;
  }
}

function area(prefix) {
  return {
    /** The value, or `otherwise`. */
    get(name, otherwise) {
      const value = read(prefix + name);
      return value === undefined || value === null ? otherwise : value;
    },
    /** Keeps a JSON value; undefined removes it. False: only until the page is closed. */
    set(name, value) {
      return write(prefix + name, value);
    },
    /** The names that are kept. */
    names() {
      const found = new Set([...memory.keys()]);
      try {
        for (let n = 0; n < localStorage.length; n += 1) found.add(localStorage.key(n));
      } catch (error) {
        // none
      }
      return [...found].filter((key) => key.startsWith(prefix)).map((key) => key.slice(prefix.length)).sort();
    },
    /** Calls `react(name)` when another tab or window changed something. */
    watch(react) {
      window.addEventListener("storage", (event) => {
        if (event.key === null) react("");
        else if (event.key.startsWith(prefix)) react(event.key.slice(prefix.length));
      });
    },
  };
}

export const device = area(`${PREFIX}device/`);
export const course = area(`${PREFIX}course/${page.course || ""}/`);
