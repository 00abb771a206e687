// The words around what was found, with what was found marked.

import { fold, runs, stem } from "./terms.js";

const WIDTH = 160; // letters; a Chinese character counts double

/** What to mark in a text: a function from text to [[from, to]] in the letters of the text. */
export function marker(query, variants) {
  const wanted = runs(fold(query, variants));
  const words = new Set(wanted.filter((r) => !r.unparted).map((r) => stem(r.text)));
  const last = wanted[wanted.length - 1];
  const prefix = last && !last.unparted ? last.text : "";
  const parts = wanted.filter((r) => r.unparted).map((r) => Array.from(r.text));
  return (text) => {
    const letters = Array.from(text);
    const folded = letters.map((c) => fold(c, variants) || " ");
    const found = [];
    const line = folded.map((c) => c[0]).join(""); // one unit for each letter, so that places stay
    for (const match of line.matchAll(/[\p{L}\p{N}]+/gu)) {
      for (const run of runs(match[0])) {
        const from = match.index + match[0].indexOf(run.text);
        if (!run.unparted && (words.has(stem(run.text)) || (prefix && run.text.startsWith(prefix)))) found.push([from, from + run.text.length]);
      }
    }
    for (const part of parts) found.push(...longestParts(line, part));
    return merged(found);
  };
}

/** Where two or more neighbouring characters of `part` stand (or the one that it is). */
function longestParts(line, part) {
  const found = [];
  const least = Math.min(2, part.length);
  for (let at = 0; at < line.length; at += 1) {
    for (let n = 0; n + least <= part.length; n += 1) {
      let length = 0;
      while (n + length < part.length && line[at + length] === part[n + length]) length += 1;
      if (length >= least) found.push([at, at + length]);
    }
  }
  return found;
}

function merged(ranges) {
  const out = [];
  for (const [from, to] of ranges.sort((a, b) => a[0] - b[0] || b[1] - a[1])) {
    const last = out[out.length - 1];
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}

const wide = (c) => (c.codePointAt(0) > 0x2e7f ? 2 : 1);

/** Parts of `text` to show: [{text, marked}], about WIDTH wide, around the place with the most to mark. */
export function snippet(text, mark) {
  const letters = Array.from(text);
  const marks = mark(text);
  const [from, to] = frame(letters, marks);
  const parts = [];
  const put = (a, b, marked) => { if (b > a) parts.push({ text: letters.slice(a, b).join(""), marked }); };
  if (from > 0) parts.push({ text: "…", marked: false });
  let at = from;
  for (const [a, b] of marks) {
    if (b <= from || a >= to) continue;
    put(at, Math.max(a, at), false);
    put(Math.max(a, from), Math.min(b, to), true);
    at = Math.min(b, to);
  }
  put(at, to, false);
  if (to < letters.length) parts.push({ text: "…", marked: false });
  return parts;
}

function frame(letters, marks) {
  let best = [0, -1];
  for (const [from] of marks) {
    let width = 0;
    let end = from;
    while (end < letters.length && width < WIDTH * 0.7) width += wide(letters[end++]);
    const count = marks.filter(([a, b]) => a >= from && b <= end).reduce((sum, [a, b]) => sum + b - a, 0);
    if (count > best[1]) best = [from, count];
  }
  let [from] = best;
  for (let before = 0; from > 0 && before < WIDTH * 0.25; from -= 1) before += wide(letters[from - 1]);
  // Not in the middle of a word of letters.
  while (from > 0 && from < best[0] && /[\p{L}\p{N}]/u.test(letters[from - 1]) && wide(letters[from - 1]) === 1) from += 1;
  let to = from;
  for (let width = 0; to < letters.length && width < WIDTH; to += 1) width += wide(letters[to]);
  while (to < letters.length && to > from + 20 && wide(letters[to]) === 1 && /[\p{L}\p{N}]/u.test(letters[to]) && /[\p{L}\p{N}]/u.test(letters[to - 1])) to -= 1;
  return [from, to];
}
