// Which pages a query finds, and in what order.

import { shardOf } from "./files.js";
import { queryWords } from "./terms.js";

const LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
const MOST_ENDINGS = 60; // words that one prefix may stand for
const PREFIX = 0.7;
const ENOUGH = 0.55; // of what the best page has of the query, a page must have so much

function unpack(postings, weight, into) {
  let section = -1;
  for (const [, step, letter] of postings.matchAll(/(\d*)([a-zA-Z])/g)) {
    section += step ? Number(step) : 1;
    const score = (LETTERS.indexOf(letter) + 1) * weight;
    if (score > (into.get(section) || 0)) into.set(section, score);
  }
}

/** {section: score} of one word of the query; null when it is so common that it tells nothing. */
async function look(index, { word, prefix }) {
  const firsts = index.data.words;
  const found = new Map();
  let common = false;
  for (let n = shardOf(firsts, word), endings = 0; n < firsts.length; n += 1) {
    if (n > 0 && firsts[n] > word && !(prefix && firsts[n].startsWith(word))) break;
    const shard = await index.words(n);
    if (Object.prototype.hasOwnProperty.call(shard, word)) {
      common = shard[word] === "";
      unpack(shard[word], 1, found);
    }
    if (!prefix) break;
    for (const [other, postings] of Object.entries(shard)) {
      if (other !== word && other.startsWith(word) && (endings += 1) <= MOST_ENDINGS) unpack(postings, PREFIX, found);
    }
    if (endings > MOST_ENDINGS) break;
  }
  return common && !found.size ? null : found;
}

/** The pages that `text` finds, best first: [{page, score, sections: [number in the page, best first]}]. */
export async function search(index, text, variants, open) {
  if (!index.data.words.length) return [];
  const words = queryWords(text, variants, open);
  const looked = (await Promise.all(words.map((word) => look(index, word)))).filter((found) => found);
  const total = index.data.sections.reduce((sum, n) => sum + n, 0);
  // Robertson's inverse document frequency, which stays above zero.
  const rarity = (n) => Math.log(1 + (total - n + 0.5) / (n + 0.5));
  const whole = looked.reduce((sum, found) => sum + rarity(found.size), 0);
  const pages = new Map();
  looked.forEach((found, w) => {
    for (const [section, score] of found) add(pages, index.data.sections, section, w, score * rarity(found.size));
  });
  const ranked = Array.from(pages.values(), (p) => {
    const share = looked.reduce((sum, found, w) => sum + (p.best[w] ? rarity(found.size) : 0), 0) / whole;
    const score = p.best.reduce((sum, s) => sum + (s || 0), 0) * share * share;
    const sections = Array.from(p.sections).sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([n]) => n);
    return { page: p.page, share, score, sections };
  });
  const best = Math.max(0, ...ranked.map((p) => p.share));
  return ranked.filter((p) => p.share >= best * ENOUGH).sort((a, b) => b.score - a.score || a.page - b.page);
}

function add(pages, counts, section, w, score) {
  const [page, within] = place(counts, section);
  if (!pages.has(page)) pages.set(page, { page, best: [], sections: new Map() });
  const p = pages.get(page);
  p.best[w] = Math.max(p.best[w] || 0, score);
  p.sections.set(within, (p.sections.get(within) || 0) + score);
}

let starts = null;
function place(counts, section) {
  if (!starts) {
    let sum = 0;
    starts = counts.map((n) => (sum += n) - n);
  }
  const page = shardOf(starts, section);
  return [page, section - starts[page]];
}
