// Words of a query, in any script: what src/coursepack/recipes/search_terms.py does to the text (a test compares them).

const UNPARTED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u2e80-\\u2fdf\\u3005-\\u3007\\u3040-\\u30ff\\u3100-\\u312f\\u31a0-\\u31bf" +
  "\\u31f0-\\u31ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7a3\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
const RUN = new RegExp(`[${UNPARTED}]+|(?:(?![${UNPARTED}])[\\p{L}\\p{N}])+`, "gu");
const IS_UNPARTED = new RegExp(`^[${UNPARTED}]`, "u");
const LONGEST = 32;

/** The text without case, accents, width, and, by `variants` (Map), without the difference of Chinese scripts. */
export function fold(text, variants) {
  const plain = text.normalize("NFKD").replace(/[\u0300-\u036f]/g, "").normalize("NFKC").toLowerCase();
  return Array.from(plain, (c) => variants.get(c) || c).join("");
}

function singular(word) {
  if (/[^ae]ies$/.test(word)) return word.slice(0, -3) + "y";
  if (/[^aeo]es$/.test(word)) return word.slice(0, -1);
  return /[^us]s$/.test(word) ? word.slice(0, -1) : word;
}

/** An English word without its commonest endings. */
export function stem(word) {
  if (!/^[a-z]{4,}$/.test(word)) return word;
  word = singular(word);
  for (const ending of ["ing", "ed"]) {
    const root = word.slice(0, -ending.length);
    if (word.endsWith(ending) && root.length >= 3 && /[aeiouy]/.test(root)) {
      const last = root[root.length - 1];
      word = last === root[root.length - 2] && !"aeiouls".includes(last) ? root.slice(0, -1) : root;
      break;
    }
  }
  return word.length > 3 && word.endsWith("e") ? word.slice(0, -1) : word;
}

/** The runs of letters of a folded text: [{text, unparted}]. */
export function runs(folded) {
  return (folded.match(RUN) || []).map((text) => ({ text, unparted: IS_UNPARTED.test(text) }));
}

/** All words of a text as an index has them. */
export function terms(text, variants) {
  return runs(fold(text, variants)).flatMap(wordsOf);
}

function wordsOf(run) {
  const letters = Array.from(run.text);
  if (!run.unparted) return [stem(letters.slice(0, LONGEST).join(""))];
  return letters.map((c, n) => c + (letters[n + 1] || ""));
}

/** What is looked for: [{word, prefix}]; a prefix matches every word that begins with it. `open`: the last word may still
 * be being typed. */
export function queryWords(text, variants, open) {
  const found = new Map();
  const all = runs(fold(text, variants));
  all.forEach((run, n) => {
    const words = wordsOf(run);
    if (run.unparted && words.length > 1) words.pop(); // its last character alone says nothing more
    const typing = open && n === all.length - 1 && !run.unparted && /[\p{L}\p{N}]$/u.test(text);
    const prefix = typing || (run.unparted && words.length === 1 && Array.from(run.text).length === 1);
    for (const word of words) found.set(word, { word, prefix });
  });
  return Array.from(found.values());
}
