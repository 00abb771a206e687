// The page read aloud by a person: the recording beside it, with the times of its sentences where there are some.

import { collect } from "./collect.js";

const MARKS = /[^\p{L}\p{N}]/gu;

/** The recording of the page: {audio, times [[start_s, end_s, text], ...]}; null where there is none. */
export function recording() {
  const audio = document.querySelector(".recording audio");
  if (!audio) return null;
  const block = document.querySelector("script.cp-read-times");
  return { audio, times: block ? JSON.parse(block.textContent) : [] };
}

/** For each of `times` the sentences of `root` that it reads: [[sentence, ...], ...]; an empty list where the text is not there. */
export function placed(root, times) {
  const all = collect(root);
  // Every letter of the page, and the sentence it belongs to.
  const letters = [];
  const owners = [];
  all.forEach((sentence) => {
    for (const letter of sentence.text.replace(MARKS, "").toLowerCase()) {
      letters.push(letter);
      owners.push(sentence);
    }
  });
  const text = letters.join("");
  let from = 0;
  return times.map(([, , said]) => {
    const wanted = said.replace(MARKS, "").toLowerCase();
    const at = wanted ? text.indexOf(wanted, from) : -1;
    if (at < 0) return [];
    from = at + wanted.length;
    return [...new Set(owners.slice([...text.slice(0, at)].length, [...text.slice(0, from)].length))];
  });
}

/** The number of the time that is being read at `seconds`; -1 before the first. */
export function timeAt(times, seconds) {
  let low = -1;
  while (low + 1 < times.length && times[low + 1][0] <= seconds + 0.05) low += 1;
  return low;
}
