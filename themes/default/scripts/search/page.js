// The form and the results. Typing searches by itself after a moment; an input method is left to finish its word.

import { all, make } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { openIndex, shardOf } from "./files.js";
import { search } from "./rank.js";
import { marker, snippet } from "./snippet.js";

const PAUSE_MS = 250;
const SHOWN = 8; // each may take a file of the index
const MORE_PLACES = 3;

export function searchPage() {
  const index = openIndex();
  if (!index) return;
  const variants = new Map();
  const pairs = Array.from(index.data.variants);
  for (let n = 0; n < pairs.length; n += 2) variants.set(pairs[n], pairs[n + 1]);
  const input = document.getElementById("cp-search-words");
  const view = { status: document.querySelector(".search-status"), list: document.querySelector(".results"), more: document.querySelector(".search-more") };
  let running = 0;
  let shown = "";

  async function run(open) {
    const query = input.value.trim();
    if (query === shown && open) return;
    shown = query;
    const own = (running += 1);
    remember(query);
    if (!query) {
      show(view, [], "");
      return;
    }
    const slow = setTimeout(() => { if (own === running) view.status.textContent = say("Searching…"); }, 600);
    try {
      const found = await search(index, query, variants, open || /[\p{L}\p{N}]$/u.test(query));
      const mark = marker(query, variants);
      if (own !== running) return;
      const items = found.slice(0, SHOWN).map((p) => item(index, p, mark));
      items.forEach((promise) => promise.catch(() => {})); // the first that fails is told below
      // On a thin line each is there as soon as it has come; the old ones stay until then.
      const first = await items[0];
      if (own !== running) return;
      show(view, first ? [first] : [], count(found.length, query));
      for (const promise of items.slice(1)) {
        const next = await promise;
        if (own !== running) return;
        view.list.append(next);
      }
      offerMore(view, index, found, mark, () => own === running);
    } catch (error) {
      if (own === running) show(view, [], say("The search could not be loaded. Check the connection and try again."));
      shown = "";
    } finally {
      clearTimeout(slow);
    }
  }

  let timer = 0;
  const soon = () => { clearTimeout(timer); timer = setTimeout(() => run(true), PAUSE_MS); };
  input.addEventListener("input", (event) => { if (!event.isComposing) soon(); });
  input.addEventListener("compositionend", soon);
  input.form.addEventListener("submit", (event) => {
    event.preventDefault();
    clearTimeout(timer);
    run(false);
  });
  const asked = new URLSearchParams(location.search).get("q");
  if (asked && !input.value) input.value = asked.slice(0, input.maxLength);
  if (input.value) run(false);
}

/** Keeps the query in the address, so that "back" from a lesson leads to the results; hands it to the other languages. */
function remember(query) {
  const address = new URL(location.href);
  address.hash = "";
  address.search = query ? new URLSearchParams({ q: query }).toString() : "";
  try {
    if (address.href !== location.href) history.replaceState(null, "", address.href);
  } catch (error) {
    // from disk, some browsers do not let a page change its address
  }
  for (const link of all(".search-others a")) link.search = address.search;
}

function count(pages, query) {
  if (!pages) return say("Nothing found for “%(query)s”. Try fewer or other words.", { query });
  return pages === 1 ? say("One page found for “%(query)s”", { query }) : say("%(count)s pages found for “%(query)s”", { count: pages, query });
}

function show(view, items, words) {
  view.status.textContent = words;
  view.list.textContent = "";
  view.list.append(...items);
  view.more.hidden = true;
}

function offerMore(view, index, found, mark, current) {
  let next = SHOWN;
  const button = view.more.firstElementChild;
  view.more.hidden = found.length <= next;
  button.onclick = async () => {
    const batch = found.slice(next, next + SHOWN);
    next += SHOWN;
    const items = await Promise.all(batch.map((p) => item(index, p, mark)));
    if (!current()) return;
    view.list.append(...items);
    view.more.hidden = found.length <= next;
    items[0].querySelector("a").focus();
  };
}

async function item(index, found, mark) {
  const n = shardOf(index.data.pages, found.page);
  const pages = await index.texts(n);
  const [url, title, module, language, sections] = pages[found.page - index.data.pages[n]];
  const [first, ...others] = found.sections.map((s) => place(url, sections[s], language, mark));
  return make("li", {},
    make("h2", {}, make("a", { href: first.top ? first.href : url, lang: language || null }, ...marked(title, mark))),
    module ? make("p", { class: "module", lang: language || null }, module) : null,
    shownPlace(first),
    others.length ? make("ul", {}, ...others.slice(0, MORE_PLACES).map((p) => make("li", {}, shownPlace(p)))) : null);
}

function shownPlace(p) {
  return make("div", { class: "place" },
    p.top ? null : make("p", { class: "where" }, make("a", { href: p.href }, ...p.label)),
    p.text ? make("p", { class: "words", lang: p.language }, ...p.text) : null);
}

/** Where a result leads, and what is said there. */
function place(url, [anchor, heading, kind, start, language, text], pageLanguage, mark) {
  const lang = language || pageLanguage || null;
  const words = text ? marked(text, mark) : null;
  if (!anchor) return { top: true, href: url, language: lang, text: words };
  const spoken = kind === "s" || kind === "d";
  const named = heading ? make("span", { lang: pageLanguage || null }, heading) : null;
  const label = kind === "q" ? [say("In a question")] : spoken ? spokenLabel(Number(start), named) : [named];
  const within = `#${encodeURIComponent(anchor)}`;
  const moment = { player: anchor, t: start, ...(lang ? { l: lang } : {}) };
  return { top: false, href: url + (spoken ? `?${new URLSearchParams(moment)}` : within), language: lang, label, text: words };
}

function spokenLabel(start, named) {
  const at = say("In the recording at %(time)s", { time: clock(start) });
  return named ? [at, say(": "), named] : [at];
}

function clock(seconds) {
  const two = (n) => String(Math.floor(n)).padStart(2, "0");
  const hours = Math.floor(seconds / 3600);
  const minutes = Math.floor(seconds / 60) % 60;
  return hours ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

function marked(text, mark) {
  return snippet(text, mark).map((part) => (part.marked ? make("mark", {}, part.text) : part.text));
}
