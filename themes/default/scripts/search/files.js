// The shards of the index: classic scripts that call coursepackSearch(name, data), so that they load from disk too.

import { all, loadScript } from "../shared/dom.js";

const arrived = new Map();
window.coursepackSearch = (name, data) => arrived.set(name, data);

/** The index as the page describes it, or null: {data, words(n), texts(n)}; the two give promises. */
export function openIndex() {
  const block = document.getElementById("cp-search");
  if (!block) return null;
  const data = JSON.parse(block.textContent);
  const of = (kind) => all(`#cp-search-files [data-${kind}-src]`).map((e) => new URL(e.getAttribute(`data-${kind}-src`), document.baseURI).href);
  const words = of("words");
  const texts = of("texts");
  async function shard(name, src) {
    if (!arrived.has(name)) await loadScript(src);
    if (!arrived.has(name)) throw new Error(`${src} is no part of the index`);
    return arrived.get(name);
  }
  return {
    data,
    words: (n) => shard(`t${n}`, words[n]),
    texts: (n) => shard(`p${n}`, texts[n]),
  };
}

/** The place in ascending `firsts` of the shard that holds `item`. */
export function shardOf(firsts, item) {
  let low = 0;
  let high = firsts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (firsts[middle] <= item) low = middle;
    else high = middle - 1;
  }
  return low;
}
