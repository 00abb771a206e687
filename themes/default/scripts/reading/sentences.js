// Text to sentences, for Chinese and for languages with spaces. The same in every browser, with or without Intl.Segmenter.

// The marks that end a sentence in Chinese and Japanese, with what closes after them.
const FULL_STOP = /[。！？!?…｡]+[”’」』）)】》"']*/g;
// In languages with spaces: a mark, what closes, then space and the beginning of something new.
const STOP = /[.!?…؟۔।]+[”’"')\]]*(?=\s+[\p{Lu}\p{Lo}\p{N}"'“‘(¿¡])/gu;
// After these a full stop ends nothing.
const SHORT = /(?:^|[\s(“"])(?:[A-Z]|e\.g|i\.e|etc|vs|Mr|Mrs|Ms|Dr|Prof|St|No|Fig|approx|min|max)\.$/;
/** Longer than this and a voice loses breath: some browsers break an utterance off after about 15 seconds. */
const LONGEST = 160;
const PAUSE = /[，,；;：:、—]\s*/g;

const HAN = /[\u2e80-\u9fff\uf900-\ufaff]/;

/** [[start, end], ...] of the sentences in `text`; together they hold all of it that is not space. */
export function sentences(text) {
  const ends = [];
  for (const match of text.matchAll(FULL_STOP)) {
    const end = match.index + match[0].length;
    // "!" and "?" of languages with spaces are treated below.
    if (/[。！？｡]/.test(match[0]) || HAN.test(text[match.index - 1] || "")) ends.push(end);
  }
  for (const match of text.matchAll(STOP)) {
    const end = match.index + match[0].length;
    if (!SHORT.test(text.slice(0, end))) ends.push(end);
  }
  const cuts = [...new Set(ends), text.length].sort((one, other) => one - other);
  const found = [];
  let start = 0;
  for (const end of cuts) {
    found.push(...breaths(text, start, end));
    start = end;
  }
  return found.map((span) => trimmed(text, span)).filter(([from, to]) => to > from && /[\p{L}\p{N}]/u.test(text.slice(from, to)));
}

/** A sentence that is too long is read in parts that end where a reader pauses. */
function breaths(text, start, end) {
  if (weight(text.slice(start, end)) <= LONGEST) return [[start, end]];
  const found = [];
  let from = start;
  let last = start;
  const pauses = [...text.slice(start, end).matchAll(PAUSE)].map((match) => start + match.index + match[0].length);
  for (const pause of [...pauses, end]) {
    if (weight(text.slice(from, pause)) > LONGEST && last > from) {
      found.push([from, last]);
      from = last;
    }
    last = pause;
  }
  found.push([from, end]);
  return found;
}

// A Chinese character takes as long as about three Latin ones.
function weight(text) {
  let sum = 0;
  for (const letter of text) sum += HAN.test(letter) ? 3 : 1;
  return sum / 1.5;
}

function trimmed(text, [start, end]) {
  let from = start;
  let to = end;
  while (from < to && /\s/.test(text[from])) from += 1;
  while (to > from && /\s/.test(text[to - 1])) to -= 1;
  return [from, to];
}
