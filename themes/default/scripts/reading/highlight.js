// Marks what is being read: by the CSS Custom Highlight API, which leaves the document as it is, else by <mark>.

const NAME = "cp-reading";
const SOFT = window.CSS && CSS.highlights && "Highlight" in window && "adoptedStyleSheets" in document;

let undo = () => {};

/** Marks `sentence` ({ranges, element}) and nothing else; null marks nothing. The document is then as it was. */
export function mark(sentence) {
  undo();
  undo = () => {};
  if (!sentence) return;
  const undone = [sentence.element ? outline(sentence.element) : null, SOFT ? soft(sentence.ranges) : wrap(sentence.ranges)];
  undo = () => undone.forEach((one) => one && one());
}

function outline(element) {
  element.classList.add(`${NAME}-element`);
  return () => {
    element.classList.remove(`${NAME}-element`);
    if (!element.className) element.removeAttribute("class");
  };
}

export function rangeOf({ node, from, to }) {
  const range = document.createRange();
  range.setStart(node, Math.min(from, node.length));
  range.setEnd(node, Math.min(to, node.length));
  return range;
}

// In a style sheet of its own, made here: readers of CSS that do not know this selector take the whole file for broken.
let styled = false;
function addStyle() {
  if (styled) return;
  styled = true;
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(
    `::highlight(${NAME}) { background-color: var(--mark); color: var(--ink); text-decoration: underline 0.12em var(--accent); }`
  );
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}

function soft(ranges) {
  if (!ranges.length) return null;
  addStyle();
  CSS.highlights.set(NAME, new Highlight(...ranges.map(rangeOf)));
  return () => CSS.highlights.delete(NAME);
}

// The text node stays in the document with its end, what comes before it goes into nodes of ours: taking those away
// and giving the node its text again restores it, for whoever else holds it.
function wrap(ranges) {
  const made = ranges.filter(({ node }) => node.parentNode).map(({ node, from, to }) => {
    const text = node.data;
    const before = document.createTextNode(text.slice(0, from));
    const marked = document.createElement("mark");
    marked.className = NAME;
    marked.textContent = text.slice(from, to);
    node.parentNode.insertBefore(before, node);
    node.parentNode.insertBefore(marked, node);
    node.data = text.slice(to);
    return () => {
      before.remove();
      marked.remove();
      node.data = text;
    };
  });
  return () => made.reverse().forEach((one) => one());
}

/** Scrolls so that the sentence is in the upper part of what the reader sees, unless it is in view already. */
export function follow(sentence, covered) {
  const box = boxOf(sentence);
  if (!box || (!box.height && !box.width)) return;
  const bottom = window.innerHeight - covered;
  if (box.top >= 8 && box.bottom <= bottom - 8) return;
  const calm = document.documentElement.getAttribute("data-motion") === "reduce" || window.matchMedia("(prefers-reduced-motion: reduce)").matches;
  window.scrollBy({ top: box.top - bottom * 0.25, behavior: calm ? "auto" : "smooth" });
}

function boxOf(sentence) {
  if (sentence.element) return sentence.element.getBoundingClientRect();
  const marked = document.querySelector(`mark.${NAME}`);
  if (marked) return marked.getBoundingClientRect();
  return sentence.ranges.length ? rangeOf(sentence.ranges[0]).getBoundingClientRect() : null;
}
