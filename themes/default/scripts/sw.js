// The service worker of one course: lies at the root of the course, knows nothing of any release, and is so the same
// file in all of them (docs/decisions/0020-offline.md).
//
// - Files with their content in their names: from the cache for ever, pages of a published release as well.
// - Other pages: from the network; from the cache where that is away, or slow.
// - Media: what the learner saved, in byte ranges; else the network. Streams are never kept.
// What a page shows comes from one release, since it names its files by their content.

import { INSTEAD, bare, pathOf, prefix, releaseOf, savedCache } from "./offline/names.js";
import { answer, keptFile } from "./offline/ranges.js";

const SCOPE = new URL("./", self.location.href);
const PREFIX = prefix(SCOPE);
const SAVED = savedCache(SCOPE);
const SLOW_MS = 3000;
const MOST = 400;
const ANY = { ignoreVary: true };

const STREAM = /\.(m3u8|mpd|m4s|ts)$/i;
const MEDIA = /\.(mp4|m4a|mp3|webm|ogg|opus)$/i;
const LIGHT = /\.(css|js|json|svg|png|jpe?g|gif|webp|avif|vtt|woff2?)$/i;
const PAGE = /(\.html|\/)$/i;

self.addEventListener("install", () => self.skipWaiting());
self.addEventListener("activate", (event) => event.waitUntil(self.clients.claim()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = bare(request.url);
  if (request.method !== "GET" || !url.href.startsWith(SCOPE.href) || STREAM.test(url.pathname)) return;
  if (request.mode === "navigate" && PAGE.test(url.pathname)) event.respondWith(openPage(event, url));
  else if (MEDIA.test(url.pathname)) event.respondWith(media(request, url));
  else if (!PAGE.test(url.pathname) && isSettled(url)) event.respondWith(file(request, url));
});

self.addEventListener("message", (event) => {
  const { type, files } = event.data || {};
  if (type === "visit" && Array.isArray(files)) event.waitUntil(keepAll(files.map(String)));
});

// Whether the bytes at this address can never change: its content is in its name, or it is a page of a release.
function isSettled(url) {
  const path = url.pathname.slice(SCOPE.pathname.length);
  return /^b\/[0-9a-f]{2}\/[0-9a-f]{64}/.test(path) || /-[0-9a-f]{10,64}[./]/.test(path) || releaseOf(url, SCOPE) !== "";
}

// -- the cache of what was visited, in two generations: the older one goes when the younger is full --------------------

async function generations() {
  const names = (await caches.keys()).filter((name) => name.startsWith(`${PREFIX}visited `));
  const numbers = names.map((name) => Number(name.split(" ").pop())).sort((a, b) => b - a);
  return numbers.length ? numbers : [1];
}

const open = (number) => caches.open(`${PREFIX}visited ${number}`);

async function visited(url) {
  const [young, ...older] = await generations();
  const found = await (await open(young)).match(url, ANY);
  if (found) return found;
  for (const number of older) {
    const old = await (await open(number)).match(url, ANY);
    if (old) {
      await keep(url, old.clone());
      return old;
    }
  }
  return undefined;
}

let kept = 0;
async function keep(url, response) {
  try {
    const [young, ...older] = await generations();
    const cache = await open(young);
    await cache.put(url, response);
    kept += 1;
    if (kept % 20 || (await cache.keys()).length < MOST) return;
    await open(young + 1);
    for (const number of older) await caches.delete(`${PREFIX}visited ${number}`);
  } catch (error) {
    // No room: what was visited gives way to what is saved, which nobody but the learner removes.
    if (error.name === "QuotaExceededError") {
      for (const number of await generations()) await caches.delete(`${PREFIX}visited ${number}`);
    }
  }
}

const isKeepable = (response) => response.ok && response.status === 200 && response.type === "basic" && !response.redirected;

async function keepAll(addresses) {
  for (const address of addresses) {
    const url = bare(new URL(address, SCOPE));
    const wanted = url.href.startsWith(SCOPE.href) && (PAGE.test(url.pathname) || (LIGHT.test(url.pathname) && isSettled(url)));
    if (!wanted || (await visited(url.href))) continue;
    try {
      const response = await fetch(url.href);
      if (isKeepable(response)) await keep(url.href, response);
    } catch (error) {
      return; // no network: the next visit carries on
    }
  }
}

// -- pages ---------------------------------------------------------------------------------------------------------------

async function copyOf(url) {
  const names = url.pathname.endsWith("/") ? [url.href, `${url.href}index.html`] : [url.href];
  if (url.pathname.endsWith("/index.html")) names.push(url.href.slice(0, -"index.html".length));
  const saved = await caches.open(SAVED);
  for (const name of names) {
    const found = (await saved.match(name, ANY)) || (await visited(name));
    if (found) return found;
  }
  return undefined;
}

async function openPage(event, url) {
  const copy = await copyOf(url);
  if (copy && (releaseOf(url, SCOPE) || navigator.onLine === false)) return copy;
  const network = fetch(event.request);
  if (!copy) {
    try {
      const response = await network;
      if (isKeepable(response)) event.waitUntil(keep(url.href, response.clone()));
      return response;
    } catch (error) {
      return elsewhere(event.request.url, url);
    }
  }
  let served = false;
  const fresh = network.then(async (response) => {
    if (!isKeepable(response)) return response.status < 500 ? response : copy.clone();
    const newer = served && (await differs(copy.clone(), response.clone()));
    await keep(url.href, response.clone());
    if (newer) await tell(event);
    return response;
  });
  event.waitUntil(fresh.catch(() => undefined));
  const slow = new Promise((resolve) => { setTimeout(() => { served = true; resolve(copy.clone()); }, SLOW_MS); });
  return Promise.race([fresh.catch(() => copy.clone()), slow]);
}

async function differs(copy, response) {
  return (await copy.text()) !== (await response.text());
}

// Tells the page that it was opened from an older copy.
async function tell(event) {
  const client = await self.clients.get(event.resultingClientId);
  if (client) client.postMessage({ type: "newer" });
}

// The same page of another release, else the page that says what is there.
async function elsewhere(asked, url) {
  const path = pathOf(url, SCOPE);
  const names = [SAVED, ...(await generations()).map((number) => `${PREFIX}visited ${number}`)];
  let listing = null;
  for (const name of names) {
    for (const request of await (await caches.open(name)).keys()) {
      const other = new URL(request.url);
      if (other.search || !PAGE.test(other.pathname)) continue;
      const there = pathOf(other, SCOPE);
      if (there === path && other.href !== url.href) return Response.redirect(other.href);
      if (/(^|\/)saved\.html$/.test(there) && isNearer(there, listing, path)) listing = other;
    }
  }
  if (!listing) return new Response("Offline", { status: 503, headers: { "content-type": "text/plain" } });
  if (listing.href === url.href) return copyOf(listing);
  return Response.redirect(`${listing.href}?wanted=${encodeURIComponent(asked)}`);
}

// Of several lists, each of an edition, the one in the folder of the page that was wanted.
function isNearer(there, listing, path) {
  const folder = there.slice(0, -"saved.html".length);
  if (!listing) return true;
  const before = pathOf(listing, SCOPE).slice(0, -"saved.html".length);
  return path.startsWith(folder) && (folder.length > before.length || !path.startsWith(before));
}

// -- files ---------------------------------------------------------------------------------------------------------------

async function file(request, url) {
  const saved = await caches.open(SAVED);
  const first = (await visited(url.href)) || (await saved.match(url.href, ANY));
  if (first && !first.headers.get(INSTEAD)) return first;
  try {
    const response = await fetch(request);
    // What is being saved goes elsewhere.
    if (request.cache !== "no-store" && LIGHT.test(url.pathname) && isKeepable(response)) await keep(url.href, response.clone());
    return response;
  } catch (error) {
    const other = first && (await keptFile(saved, url.href));
    if (other) return answer(other, null);
    throw error;
  }
}

async function media(request, url) {
  const found = await keptFile(await caches.open(SAVED), url.href);
  const range = request.headers.get("range");
  // A stand-in is for players; whoever downloads gets what the link says, while there is a network.
  const plays = request.destination === "video" || request.destination === "audio";
  if (found && (plays || found.url === url.href)) {
    try {
      return await answer(found, range);
    } catch (error) {
      return fetch(request); // the browser made room for something else
    }
  }
  try {
    return await fetch(request);
  } catch (error) {
    if (found) return answer(found, range);
    throw error;
  }
}
