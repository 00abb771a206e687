// A served course: keeps what is visited, installs, tells of a new release, and loads the controls of saving.

import { all, loadScript, make } from "../shared/dom.js";
import { address, page, served } from "../shared/page.js";
import { course, device } from "../shared/store.js";
import { bare, pathOf, recordOf, releaseOf, savedCache } from "../offline/names.js";

const LOOK_AGAIN_MS = 10 * 60 * 1000;
const worker = served && address("worker");
const able = Boolean(worker && "serviceWorker" in navigator && window.caches);
const scope = worker ? new URL("./", worker) : null;

/** The addresses of translations are known where the page is open; search engines take none that are relative. */
export function nameTranslations() {
  if (served) for (const link of all("link[rel=alternate][hreflang]")) link.href = link.href; // eslint-disable-line no-self-assign
}

/** An installed course starts at its one unchanging address; from there it goes on to the language it was installed in. */
export function openEdition() {
  const wanted = new URLSearchParams(location.search).get("edition");
  if (!wanted || wanted === page.language) return;
  const link = all(".languages a[hreflang]").find((a) => a.hreflang === wanted);
  if (link) location.replace(link.href);
}

/** Starts the service worker and tells it what this page is made of. */
export function keepVisited() {
  if (!able) return;
  // By script, since a browser that opens the page from disk may not read it, and complains.
  document.head.append(make("link", { rel: "manifest", href: address("manifest") }));
  const begin = () => navigator.serviceWorker.register(worker, { scope: scope.href, updateViaCache: "none" })
    .then(() => navigator.serviceWorker.ready)
    .then((registration) => registration.active.postMessage({ type: "visit", files: madeOf() }))
    .catch(() => undefined); // private windows, insecure hosts: the course works without
  if (document.readyState === "complete") begin();
  else window.addEventListener("load", begin);
}

function madeOf() {
  const loaded = performance.getEntriesByType("resource").map((entry) => entry.name);
  const icons = all("link[rel=icon]").map((link) => link.href);
  const files = [bare(location.href).href, ...loaded, ...icons, address("saved"), address("offline")];
  // The first pages of the course are small, but they are not what somebody with a small data plan asked for.
  if (device.get("data-saver") !== true) files.push(address("home"), address("contents"));
  return files.filter(Boolean);
}

/** Loads the controls when they are opened; says in their summary what is saved. */
export function offerSaving() {
  const box = document.getElementById("cp-offline");
  const library = document.getElementById("cp-saved");
  for (const words of all(".offline-files-only")) words.classList.toggle("holds", !served);
  for (const words of all(".offline-unable")) words.hidden = able || !served;
  if (!able) {
    for (const part of all("#cp-saved, .saved-list .offline-buttons")) part.remove();
    return;
  }
  if (library) {
    sayWanted();
    loadScript(address("offline")).catch(() => undefined);
  }
  if (!box) return;
  box.addEventListener("toggle", () => { if (box.open) loadScript(address("offline")).catch(() => undefined); });
  remember(box).catch(() => undefined);
}

// Brings what players know (shared/saved.js) in line with what the browser still has, and says so in the summary.
async function remember(box) {
  const kept = await (await caches.open(savedCache(scope))).match(recordOf(location.href, scope));
  const record = kept ? await kept.json() : null;
  const whole = Boolean(record && record.complete);
  const known = course.get(`saved/${page.lesson}`);
  if (whole) course.set(`saved/${page.lesson}`, { quality: record.quality, url: record.url, language: record.language });
  else if (known && known.language === page.language) course.set(`saved/${page.lesson}`, undefined);
  for (const mark of all(".offline-mark", box)) mark.hidden = !whole;
}

// Somebody wanted a page that is not here: what it was, and a way to try again.
function sayWanted() {
  const wanted = new URLSearchParams(location.search).get("wanted");
  const note = document.getElementById("cp-wanted");
  if (!wanted || !note) return;
  const url = new URL(wanted, location.href);
  if (!url.href.startsWith(scope.href)) return;
  note.hidden = false;
  const link = note.querySelector("a");
  link.href = url.href;
}

/** Tells, where the text begins, that there is a newer release than the one that is being read. */
export function watchReleases() {
  if (!able) return;
  const here = bare(location.href);
  const mine = releaseOf(here, scope) || pointed(document);
  let begun = "";
  let looked = 0;
  const look = async () => {
    if (document.hidden || navigator.onLine === false || Date.now() - looked < LOOK_AGAIN_MS) return;
    looked = Date.now();
    const now = mine ? await pointedNow(looked) : await releaseNow();
    begun = begun || mine || now;
    if (now && now !== begun) tell(now);
  };
  navigator.serviceWorker.addEventListener("message", (event) => { if (event.data && event.data.type === "newer") tell(""); });
  document.addEventListener("visibilitychange", () => look().catch(() => undefined));
  window.addEventListener("load", () => look().catch(() => undefined));
}

function pointed(doc) {
  const meta = doc.querySelector("meta[name=coursepack-release]");
  try {
    return meta ? JSON.parse(meta.content).release : "";
  } catch (error) {
    return "";
  }
}

// The name of the release that is out now. Published, the course's first page says it, which is asked for once for all
// pages that are opened meanwhile.
async function pointedNow(now) {
  const key = `release ${scope.pathname}`;
  const seen = device.get(key);
  if (seen && now - seen.at < LOOK_AGAIN_MS && now >= seen.at) return seen.release;
  const response = await fetch(new URL("index.html", scope), { cache: "no-cache" });
  const release = response.ok ? pointed(new DOMParser().parseFromString(await response.text(), "text/html")) : "";
  device.set(key, { at: now, release });
  return release;
}

// In a folder a small file says it.
async function releaseNow() {
  const response = await fetch(address("release"), { cache: "no-store" });
  return response.ok ? (await response.json()).release : "";
}

async function tell(release) {
  const place = document.getElementById("cp-release");
  const words = document.getElementById("cp-release-words");
  if (!place || !words || place.firstChild) return;
  const notice = words.content.cloneNode(true);
  const here = bare(location.href);
  notice.querySelector("a").href = releaseOf(here, scope) && release ? await inRelease(release, here) : location.href.split("#")[0];
  place.append(notice);
}

async function inRelease(release, here) {
  const same = new URL(`r/${release}/${encodeURI(pathOf(here, scope))}`, scope);
  const there = await fetch(same, { method: "HEAD" }).then((r) => r.ok, () => false);
  return there ? same.href : new URL("index.html", scope).href;
}
