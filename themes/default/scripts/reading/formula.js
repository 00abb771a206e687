// A MathML formula in words, as somebody would read it to a class.

import { say } from "../shared/words.js";

const SIGNS = {
  "+": "plus", "-": "minus", "−": "minus", "×": "times", "⋅": "times", "·": "times", "*": "times", "÷": "divided by", "/": "divided by",
  "=": "equals", "≠": "is not", "<": "is less than", ">": "is greater than", "≤": "is at most", "≥": "is at least", "≈": "is about", "±": "plus or minus",
  "π": "pi", "∞": "infinity", "∑": "the sum", "∫": "the integral", "→": "goes to",
};

/** The words for `math`: its own alttext where it has one. */
export function formula(math) {
  return (math.getAttribute("alttext") || words(math)).replace(/\s+/g, " ").trim();
}

const KINDS = {
  mfrac: ([top, bottom]) => say("%(top)s over %(bottom)s", { top, bottom }),
  msup: ([base, power]) => (power === "2" ? say("%(base)s squared", { base }) : say("%(base)s to the power of %(power)s", { base, power })),
  msub: ([base, index]) => say("%(base)s sub %(index)s", { base, index }),
  msubsup: ([base, index, power]) => KINDS.msup([KINDS.msub([base, index]), power]),
  munder: ([base, below]) => say("%(base)s over %(range)s", { base, range: below }),
  munderover: ([base, from, to]) => say("%(base)s from %(from)s to %(to)s", { base, from, to }),
  msqrt: (parts) => say("the square root of %(text)s", { text: parts.join(" ") }),
  mroot: ([text, index]) => say("the root %(index)s of %(text)s", { text, index }),
};

function words(element) {
  if (/^(annotation|annotation-xml|mphantom)$/.test(element.localName)) return "";
  if (!element.children.length) {
    const text = element.textContent.replace(/[\u2061-\u2064\s]+/g, " ").trim();
    return SIGNS[text] ? say(SIGNS[text]) : text;
  }
  const parts = [...element.children].map(words);
  const kind = KINDS[element.localName];
  return kind ? kind(parts) : parts.filter(Boolean).join(" ");
}
