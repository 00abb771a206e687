// Wide tables, code and formulas take a tab stop only while they overflow (WCAG 2.1.1).

import { all } from "../shared/dom.js";

const scrollers = all(".table, .code pre, .body > pre, .math-display");
const formulas = [];
for (const math of all(".body :not(.math-display) > math")) {
  const box = math.closest("p, li, dd, dt, td, th, figcaption, summary, h2, h3, h4, h5, h6, div");
  if (box && !formulas.includes(box)) formulas.push(box);
}

export function markScrollers() {
  // A formula does not break, so a paragraph with one that is wider than the screen scrolls by itself.
  formulas.forEach(function (box) {
    box.classList.remove("wide");
    if (box.scrollWidth > box.clientWidth + 1) box.classList.add("wide");
  });
  scrollers.concat(formulas).forEach(function (box) {
    const overflows = box.scrollWidth > box.clientWidth + 1;
    if (!overflows) {
      box.removeAttribute("tabindex");
      return;
    }
    box.tabIndex = 0;
    if (/^(li|dd|dt|t[dh])$/.test(box.localName)) return; // they have a role that their list or table needs
    if (!box.hasAttribute("role")) box.setAttribute("role", "group");
    if (!box.hasAttribute("aria-label")) {
      box.setAttribute("aria-label", document.documentElement.dataset.scroll || "Scroll");
    }
  });
}

export function watchScrollers() {
  if (window.ResizeObserver && scrollers.length + formulas.length) {
    new ResizeObserver(markScrollers).observe(document.body);
  }
  markScrollers();
}
