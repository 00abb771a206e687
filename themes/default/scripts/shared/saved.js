// What is kept on this device of a course, and what players should know of it.
//
// A saved lesson is recorded in the store `course` under `saved/<lesson>`: {quality, url}. Its media are answered by the
// service worker under the addresses of the page's own `<source>`s, whatever quality was saved.

import { page } from "./page.js";
import { course } from "./store.js";

/** "sound", "small", "standard" or "text" when this very page is saved; "" when it is not. */
export function savedQuality() {
  const record = page.lesson && course.get(`saved/${page.lesson}`);
  return record && record.language === page.language ? record.quality : "";
}

/** Whether a player should take its file, not the stream: it lies on this device, or there is no network. */
export function prefersFile() {
  const quality = savedQuality();
  return navigator.onLine === false || quality === "small" || quality === "standard";
}
