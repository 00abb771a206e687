// Transcripts that work: search, follow along, press to go there, another language, take away.

import { all, make } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { follow } from "./chapters.js";
import { keep, prefs } from "./prefs.js";

export function enhanceTranscripts(p) {
  const transcripts = all(".transcript", p);
  transcripts.forEach((details) => enhance(p, details, transcripts));
  if (transcripts.length > 1) show(transcripts, transcripts[0], false);
}

// One language at a time: with a list to choose from, the others need no line of their own.
function show(transcripts, chosen, open) {
  transcripts.forEach((details) => {
    details.hidden = details !== chosen;
    if (details === chosen && open) details.open = true;
  });
}

function languageChoice(details, transcripts) {
  if (transcripts.length < 2) return null;
  const select = make("select", { "aria-label": say("Language of the transcript") }, ...transcripts.map((d, n) => make("option", { value: String(n), lang: text(d).language }, text(d).name)));
  const here = String(transcripts.indexOf(details));
  select.value = here;
  select.addEventListener("change", () => {
    const chosen = transcripts[Number(select.value)];
    select.value = here; // when the learner comes back to this one
    show(transcripts, chosen, true);
    chosen.querySelector("select").focus();
  });
  return select;
}

const text = (details) => details.querySelector(".transcript-text").dataset;

function enhance(p, details, transcripts) {
  const body = details.querySelector(".transcript-text");
  const parts = all("p[data-start]", body);
  const toolbar = make("div", { class: "transcript-tools" }, languageChoice(details, transcripts), ...search(body), ...(parts.length ? following(p, body, parts) : []), download(p, details, body));
  body.before(toolbar);
  body.addEventListener("click", (event) => {
    // The whole line is to press, but not while somebody marks words to copy.
    const part = event.target.closest("p[data-start]");
    if (!part || event.target.closest("a") || String(window.getSelection())) return;
    p.seek(Number(part.dataset.start));
    p.play();
  });
}

// -- following -------------------------------------------------------------------------------------------------------

function switchOf(words, name, act) {
  const input = make("input", { type: "checkbox", onchange: () => keep({ [name]: input.checked }) });
  const update = () => {
    input.checked = prefs[name];
    act(prefs[name]);
  };
  document.addEventListener("coursepack:player", update);
  update();
  return make("label", { class: "check-row" }, input, make("span", {}, words));
}

function following(p, body, parts) {
  let current = null;
  const bring = () => {
    if (!prefs.follow || !current || !body.offsetParent || body.contains(document.activeElement)) return;
    // Within the box only: the page stays where it is.
    const [outer, inner] = [body.getBoundingClientRect(), current.getBoundingClientRect()];
    if (inner.top < outer.top + 8 || inner.bottom > outer.bottom - 8) body.scrollTop += inner.top - outer.top - body.clientHeight / 3;
  };
  follow(p.media, parts, (part, on) => {
    part.classList.toggle("now", on);
    if (on) part.setAttribute("aria-current", "true");
    else part.removeAttribute("aria-current");
    if (on) current = part;
    if (on) bring();
  });
  const stops = (on) => parts.forEach((part) => {
    // Else only the whole is a stop, scrolled by the arrow keys; the lines are found by search and by reading.
    const link = part.querySelector("a.at");
    if (link) link.tabIndex = on ? 0 : -1;
  });
  body.tabIndex = 0;
  body.setAttribute("role", "group");
  body.setAttribute("aria-label", say("Transcript"));
  return [switchOf(say("Follow along"), "follow", () => bring()), switchOf(say("Tab stops on every line"), "stops", stops)];
}

// -- searching -------------------------------------------------------------------------------------------------------

function clear(body) {
  all("mark.hit", body).forEach((mark) => mark.replaceWith(...mark.childNodes));
  body.normalize();
}

// Marks every place; cues are text, so that a place lies within one text node but for rare inline elements.
function mark(body, wanted) {
  const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
  const nodes = [];
  while (walker.nextNode()) if (!walker.currentNode.parentNode.closest("a.at")) nodes.push(walker.currentNode);
  const hits = [];
  for (const first of nodes) {
    let node = first;
    for (;;) {
      const at = node.data.toLowerCase().indexOf(wanted);
      if (at < 0) break;
      const hit = node.splitText(at);
      node = hit.splitText(wanted.length);
      const box = make("mark", { class: "hit" });
      hit.replaceWith(box);
      box.append(hit);
      hits.push(box);
    }
  }
  return hits;
}

function search(body) {
  const field = make("input", { type: "search", "aria-label": say("Search the transcript"), placeholder: say("Search the transcript"), autocomplete: "off", enterkeyhint: "search" });
  const count = make("span", { class: "count", role: "status" });
  const next = make("button", { type: "button", hidden: true, onclick: () => go(1) }, say("Next place"));
  let hits = [];
  let at = -1;

  function go(step) {
    if (!hits.length) return;
    if (hits[at]) hits[at].classList.remove("here");
    at = (at + step + hits.length) % hits.length;
    hits[at].classList.add("here");
    count.textContent = say("%(number)s of %(count)s", { number: at + 1, count: hits.length });
    const [outer, inner] = [body.getBoundingClientRect(), hits[at].getBoundingClientRect()];
    body.scrollTop += inner.top - outer.top - body.clientHeight / 3;
  }

  field.addEventListener("input", () => {
    clear(body);
    const wanted = field.value.trim().toLowerCase();
    hits = wanted ? mark(body, wanted) : [];
    at = -1;
    next.hidden = hits.length < 2;
    count.textContent = wanted && !hits.length ? say("Not found") : "";
    go(1);
  });
  field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault();
      go(event.shiftKey ? -1 : 1);
    } else if (event.key === "Escape" && field.value) {
      event.stopPropagation();
      field.value = "";
      field.dispatchEvent(new Event("input"));
    }
  });
  return [make("span", { class: "find" }, field, next, count)];
}

// -- taking away -----------------------------------------------------------------------------------------------------

/** The transcript as plain text: a line for each paragraph, its time in front. */
function plainText(p, body) {
  const lines = all(".chapter, p[data-start]", body).map((part) => {
    const words = part.textContent.replace(/\s+/g, " ").trim();
    return part.matches(".chapter") ? `\n${words}\n` : words;
  });
  const words = lines.length ? lines.join("\n") : body.innerText;
  return `\ufeff${p.label}\n\n${words.trim()}\n`;
}

function download(p, details, body) {
  const stem = (p.dataset.media || "transcript").split("/").pop().replace(/\.[^.]*$/, "");
  const button = make("button", { type: "button" }, say("Download the text"));
  button.addEventListener("click", () => {
    const href = URL.createObjectURL(new Blob([plainText(p, body)], { type: "text/plain;charset=utf-8" }));
    const link = make("a", { href, download: `${stem}.transcript.${text(details).language || "txt"}.txt`.replace(".txt.txt", ".txt") });
    link.click();
    setTimeout(() => URL.revokeObjectURL(href), 10000);
  });
  return button;
}
