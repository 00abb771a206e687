// What makes a complete page handier: tabs, quiz checking, scroll regions. Nothing here is needed to read or to learn.
(function () {
  "use strict";

  var each = function (selector, action, root) {
    Array.prototype.forEach.call((root || document).querySelectorAll(selector), action);
  };

  // -- wide tables, code and formulas take a tab stop only while they overflow (WCAG 2.1.1)

  var scrollers = [];
  var formulas = [];
  each(".table, .code pre, .body > pre, .math-display", function (box) { scrollers.push(box); });
  each(".body :not(.math-display) > math", function (math) {
    var box = math.closest("p, li, dd, dt, td, th, figcaption, summary, h2, h3, h4, h5, h6, div");
    if (box && formulas.indexOf(box) < 0) formulas.push(box);
  });

  function markScrollers() {
    // A formula does not break, so a paragraph with one that is wider than the screen scrolls by itself.
    formulas.forEach(function (box) {
      box.classList.remove("wide");
      if (box.scrollWidth > box.clientWidth + 1) box.classList.add("wide");
    });
    scrollers.concat(formulas).forEach(function (box) {
      var overflows = box.scrollWidth > box.clientWidth + 1;
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
  if (window.ResizeObserver && scrollers.length + formulas.length) {
    new ResizeObserver(markScrollers).observe(document.body);
  }
  markScrollers();

  // -- lists beside the text are open where there is room, also in browsers that cannot do it by style

  if (window.matchMedia("(min-width: 1024px)").matches) {
    each(".side > details", function (details) { details.open = true; });
  }

  // -- print shows what is folded

  var folded = [];
  function unfoldAll() {
    each("details:not([open])", function (details) {
      folded.push(details);
      details.open = true;
    });
  }
  function foldAgain() {
    folded.splice(0).forEach(function (details) { details.open = false; });
  }
  window.addEventListener("beforeprint", unfoldAll);
  window.addEventListener("afterprint", foldAgain);
  window.matchMedia("print").addEventListener("change", function (event) { (event.matches ? unfoldAll : foldAgain)(); });

  // A link into something folded opens it.
  function unfoldTarget() {
    var target = null;
    try {
      target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    } catch (e) {
      return; // not UTF-8: no such place
    }
    for (var at = target && target.parentElement; at; at = at.parentElement) {
      if (at.localName === "details") at.open = true;
      if (at.tabPanel) at.tabPanel();
    }
    if (target && target.tabPanel) target.tabPanel();
  }
  window.addEventListener("hashchange", unfoldTarget);

  // -- tabs (ARIA authoring practices: arrows move, one tab stop)

  each(".tabs", function (tabs, number) {
    var panels = Array.prototype.filter.call(tabs.children, function (e) { return e.classList.contains("tab"); });
    if (panels.length < 2) return;
    var bar = document.createElement("div");
    bar.className = "tab-bar";
    bar.setAttribute("role", "tablist");
    var buttons = panels.map(function (panel, n) {
      var title = panel.querySelector(".tab-title");
      var button = document.createElement("button");
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
      var at = buttons.indexOf(document.activeElement);
      var step = { ArrowRight: 1, ArrowLeft: -1 }[event.key] * (document.dir === "rtl" ? -1 : 1);
      var to = event.key === "Home" ? 0 : event.key === "End" ? buttons.length - 1 : at + step;
      if (at < 0 || !(to === to)) return;
      to = (to + buttons.length) % buttons.length;
      event.preventDefault();
      show(to);
      buttons[to].focus();
    });
    tabs.insertBefore(bar, panels[0]);
    tabs.classList.add("ready");
    show(0);
  });

  // -- questions

  function plain(text) {
    return text.trim().replace(/\s+/g, " ").toLowerCase().normalize("NFKC");
  }

  function isRight(input) {
    if (input.localName === "select") return input.value === input.dataset.answer;
    if (input.dataset.answers) {
      return JSON.parse(input.dataset.answers).some(function (a) { return plain(a) === plain(input.value); });
    }
    return input.checked === "correct" in input.dataset;
  }

  each("form.quiz", function (form) {
    var button = form.querySelector(".check button");
    var status = form.querySelector(".check [role=status]");
    var inputs = Array.prototype.slice.call(form.querySelectorAll(".choice input, select, .blank"));
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    button.hidden = false;
    button.addEventListener("click", function () {
      var answered = inputs.some(function (i) { return i.type === "radio" || i.type === "checkbox" ? i.checked : i.value.trim(); });
      var right = inputs.every(isRight);
      status.className = !answered ? "" : right ? "right" : "wrong";
      status.textContent = form.dataset[!answered ? "empty" : right ? "right" : "wrong"];
      if (answered && right) form.querySelector(".answer").open = true;
    });
    form.addEventListener("input", function () { status.textContent = ""; });
  });

  unfoldTarget();
})();
