// What is right in a blank. The same rules as coursepack/source/quiz_answers.py, where authors' answers are read.

const CJK = "\\u2e80-\\u303f\\u3040-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff";
const SPACE_BESIDE_CJK = new RegExp(`([${CJK}]) +| +(?=[${CJK}])`, "g");
const EDGES = "[ .,;:!?。、；：！？…\"']+";
const OUTER = new RegExp(`^${EDGES}|${EDGES}$`, "g");
const NUMBER = /^[+-]?(?:\d[\d,.'’ ]*)?[.,]?\d(?:e[+-]?\d{1,3})?(?!\d)/i;
const GROUPS = /^\d{1,3}(?:([.,])\d{3})(?:\1\d{3})*$/;

/** Digits of other scripts as ASCII ones; full and half width made one. */
function flat(text) {
  return text.normalize("NFKC")
    .replace(/[\u0660-\u0669\u06f0-\u06f9\u0966-\u096f]/g, (c) => String((c.charCodeAt(0) & 15) - (c.charCodeAt(0) >= 0x966 && c.charCodeAt(0) <= 0x96f ? 6 : 0)))
    .replace(/[\u2212\u2013]/g, "-");
}

/** What is compared of an answer: width, spaces, outer punctuation and kinds of quotation marks do not matter. */
export function same(text, caseMatters) {
  let plain = text.normalize("NFKC").replace(/[“”„‟«»「」『』]/g, '"').replace(/[‘’‚‛`]/g, "'");
  plain = plain.trim().replace(/\s+/g, " ").replace(SPACE_BESIDE_CJK, "$1");
  plain = plain.replace(OUTER, "") || plain;
  return caseMatters ? plain : plain.toLowerCase();
}

function withPoint(digits, comma) {
  if (digits.includes(".") && digits.includes(",")) {
    const decimal = digits.lastIndexOf(".") > digits.lastIndexOf(",") ? "." : ",";
    const at = digits.lastIndexOf(decimal);
    const whole = digits.slice(0, at);
    if (whole.includes(decimal) || !GROUPS.test(whole)) return "?";
    return `${whole.replace(/[.,]/g, "")}.${digits.slice(at + 1)}`;
  }
  const grouped = GROUPS.exec(digits);
  if (grouped && (digits.split(grouped[1]).length > 2 || (grouped[1] === (comma ? "." : ",") && !digits.startsWith("0")))) {
    return digits.replace(/[.,]/g, "");
  }
  return digits.replace(/,/g, ".");
}

/** The number that `text` is; NaN when it is none. `comma`: the language writes 1,5 for one and a half. */
export function toNumber(text, comma) {
  const found = /^([+-]?)([\d.,]*\d)(e[+-]?\d{1,3})?$/i.exec(flat(text).replace(/[\s'’]/g, ""));
  if (!found) return NaN;
  const digits = withPoint(found[2], comma);
  return /^\d*\.?\d+$/.test(digits) ? Number(found[1] + digits + (found[3] || "")) : NaN;
}

function numberIn(text, comma) {
  const plain = flat(text).trim();
  const found = NUMBER.exec(plain);
  return found ? { value: toNumber(found[0], comma), unit: plain.slice(found[0].length) } : { value: NaN, unit: "" };
}

/** The number at the start of `text`, whatever unit follows; NaN when there is none. */
export function numberOf(text, comma) {
  return numberIn(text, comma).value;
}

/** Whether `text` fills the gap rightly; null where a number is wanted and `text` is none. `after` are the words that
 * follow the gap: "6.8 元" is as good as "6.8" where the sentence goes on with 元. */
export function fills(gap, text, comma, after) {
  if (gap.answers.some((answer) => same(answer, gap.case) === same(text, gap.case))) return true;
  if (!gap.numbers.length) return false;
  const { value, unit } = numberIn(text, comma);
  const written = after && unit.trim() && after.startsWith(unit.trim()) ? "" : same(unit);
  const known = gap.numbers.some(([, , wanted]) => written === same(wanted));
  // A unit that nobody spoke of: what it means here is not known.
  if (Number.isNaN(value) || (written && !known)) return gap.answers.length ? false : null;
  const room = 1e-9 * Math.max(1, Math.abs(value));
  return gap.numbers.some(([low, high, wanted]) => {
    return (!written || written === same(wanted)) && value >= low - room && value <= high + room;
  });
}
