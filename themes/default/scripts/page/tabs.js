// Tabs (ARIA authoring practices: arrows move, one tab stop). Without this script they are sections in a row.

import { all } from "../shared/dom.js";
import { markScrollers } from "./scrollers.js";

function setUp(tabs, number) {
  const panels = Array.prototype.filter.call(tabs.children, function (e) { return e.classList.contains("tab"); });
  if (panels.length < 2) return;
  const bar = document.createElement("div");
  bar.className = "tab-bar";
  bar.setAttribute("role", "tablist");
  const buttons = panels.map(function (panel, n) {
    const title = panel.querySelector(".tab-title");
    const button = document.createElement("button");
    button.type = "button";
    button.id = "cp-tab-" + number + "-" + n;
    button.textContent = title ? title.textContent : String(n + 1);
    button.setAttribute("role", "tab");
    panel.id = panel.id || "cp-panel-" + number + "-" + n;
    button.setAttribute("aria-controls", panel.id);
    panel.setAttribute("role", "tabpanel");
    panel.setAttribute("aria-labelledby", button.id);
    panel.tabPanel = function () { show(n); };
    button.addEventListener("click", function () { show(n); });
    bar.appendChild(button);
    return button;
  });
  function show(chosen) {
    buttons.forEach(function (button, n) {
      button.setAttribute("aria-selected", String(n === chosen));
      button.tabIndex = n === chosen ? 0 : -1;
      panels[n].hidden = n !== chosen;
    });
    markScrollers();
  }
  bar.addEventListener("keydown", function (event) {
    const at = buttons.indexOf(document.activeElement);
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (document.dir === "rtl" ? -1 : 1);
    let to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : at + step;
    if (at < 0 || !(to === to)) return;
    to = (to + buttons.length) % buttons.length;
    event.preventDefault();
    show(to);
    buttons[to].focus();
  });
  tabs.insertBefore(bar, panels[0]);
  tabs.classList.add("ready");
  show(0);
}

export function makeTabs() {
  all(".tabs").forEach(setUp);
}
