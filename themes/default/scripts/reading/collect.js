// What a page says, in the order of reading: sentences with their language and where they stand.

import { say } from "../shared/words.js";
import { formula } from "./formula.js";
import { sentences } from "./sentences.js";

const SKIP = [
  "nav", "script", "style", "template", "noscript", "button", "input", "select", "textarea", "audio", "video", "canvas", "object",
  "rt", "rp", "[aria-hidden=true]", ".hidden", ".skip", ".print-only", ".footnote", "[role=doc-backlink]", ".step-place", ".step-bar",
  ".step-again", ".recording", ".facts", ".kicker", ".needs-script", ".offline", ".player details", ".player figcaption", "form.quiz summary", ".start", ".offline-link", ".task-mark", ".player .clock", ".player [role=toolbar]", ".check", "[role=status]", ".tab-bar", ".language-of-code", "dialog",
].join(",");
const INLINE = /^(a|abbr|b|bdi|bdo|cite|code|data|del|dfn|em|i|ins|kbd|label|mark|q|rb|ruby|s|samp|small|span|strong|sub|sup|time|u|var|wbr|picture|output)$/;

/** A sentence: {text, lang, pieces: [{text, lang}], ranges: [Range...], element}. `element` stands for what has no
 * text of its own to be marked: a picture, a formula. */

/** All sentences of `root` that a reader sees, in order. */
export function collect(root) {
  const found = [];
  let run = [];
  const flush = () => {
    if (run.length) found.push(...sentencesOf(run));
    run = [];
  };
  walk(root, language(root), {
    text: (node, lang) => run.push({ node, text: node.data.replace(/\s/g, " "), lang }),
    said: (element, text, lang) => run.push({ element, text, lang }),
    edge: flush,
  });
  flush();
  return found;
}

function language(element) {
  const holder = element.closest("[lang]");
  return holder ? holder.lang : document.documentElement.lang;
}

function walk(element, lang, to) {
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) to.text(child, lang);
    else if (child.nodeType === Node.ELEMENT_NODE) enter(child, child.lang || lang, to);
  }
}

function enter(element, lang, to) {
  const name = element.localName;
  if (name === "br") return to.said(null, " ", lang);
  if (name === "input" && element.classList.contains("blank") && seen(element)) return to.said(element, ` ${say("blank")} `, lang);
  if (name === "video" || name === "audio") return spoken(element, to, media(element), lang);
  if (element.matches(SKIP) || !seen(element)) return undefined;
  if (name === "img") return spoken(element, to, element.alt.trim() && say("Picture: %(text)s", { text: element.alt.trim() }), lang);
  if (name === "math") return to.said(element, ` ${formula(element)} `, lang);
  if (name === "svg") return spoken(element, to, element.getAttribute("aria-label") || "", lang);
  if (name === "tr") return row(element, lang, to);
  if (INLINE.test(name) && !/^(flex|grid|block)$/.test(getComputedStyle(element).display)) return walk(element, lang, to);
  to.edge();
  if (name === "li") to.said(null, numberOf(element, lang), lang);
  walk(element, lang, to);
  return to.edge();
}

/** What stands before an item of a numbered list; "" where no number is shown. */
function numberOf(item, lang) {
  const list = item.parentElement;
  if (list.localName !== "ol" || getComputedStyle(item).listStyleType === "none") return "";
  const number = (list.start || 1) + [...list.children].indexOf(item);
  return /^(zh|yue|ja)/.test(lang) ? `${number}、` : `${number}: `;
}

/** What stands for itself: pictures and players are sentences of their own. */
function spoken(element, to, text, lang) {
  if (!text) return;
  to.edge();
  // The words around the text are the page's; the text is the element's.
  to.said(element, text, lang);
  to.edge();
}

function media(element) {
  const label = element.getAttribute("aria-label");
  if (!label) return "";
  return say(element.localName === "video" ? "Video: %(text)s" : "Recording: %(text)s", { text: label });
}

/** A row of a table is one sentence, its cells apart. */
function row(element, lang, to) {
  to.edge();
  const cells = [...element.children].filter(seen);
  cells.forEach((cell, n) => {
    walk(cell, cell.lang || lang, { ...to, edge: () => to.said(null, " ", lang) });
    if (n < cells.length - 1) to.said(null, /^(zh|yue|ja)/.test(lang) ? "，" : ", ", lang);
  });
  to.edge();
}

function seen(element) {
  if (element.hasAttribute("hidden") || element.hasAttribute("data-away")) return false;
  if (element.checkVisibility) return element.checkVisibility({ visibilityProperty: true });
  return element.getClientRects().length > 0 && getComputedStyle(element).visibility !== "hidden";
}

// -- a run of text without a break to its sentences ---------------------------------------------------------------------

function sentencesOf(run) {
  const text = run.map((part) => part.text).join("");
  let at = 0;
  const placed = run.map((part) => {
    const start = at;
    at += part.text.length;
    return { ...part, start, end: at };
  });
  return sentences(text).map(([start, end]) => sentence(placed.filter((part) => part.end > start && part.start < end), start, end));
}

function sentence(parts, start, end) {
  const pieces = [];
  const ranges = [];
  let element = null;
  for (const part of parts) {
    const from = Math.max(start, part.start) - part.start;
    const to = Math.min(end, part.end) - part.start;
    const text = part.text.slice(from, to);
    const last = pieces[pieces.length - 1];
    if (last && (last.lang === part.lang || !/[\p{L}\p{N}]/u.test(text))) last.text += text;
    else pieces.push({ text, lang: part.lang });
    if (part.node) ranges.push({ node: part.node, from, to });
    else if (part.element) element = part.element;
  }
  const said = pieces.map((piece) => ({ ...piece, text: piece.text.replace(/\s+/g, " ").trim() })).filter((piece) => /[\p{L}\p{N}]/u.test(piece.text));
  return { text: said.map((piece) => piece.text).join(" "), pieces: said, ranges, element };
}
