// The panel of reading settings, loaded when it is first opened.

import { all, make } from "./shared/dom.js";
import { page } from "./shared/page.js";
import { device } from "./shared/store.js";
import { say } from "./shared/words.js";
import { ELDER_PX, PLAIN_PX, isElder } from "./reading/apply.js";
import { chosen, choose } from "./reading/chosen.js";
import { SPEEDS, speechThere, voicesFor, whenVoices } from "./reading/voices.js";

const root = document.documentElement;
const SIZES = [18, 20, 22, 24, 27, 30, 36, 42];
let panel = null;

// -- text size --------------------------------------------------------------------------------------------------

/** The sizes on offer; the mode has none below its own. */
function sizes() {
  return isElder(root, chosen()) ? SIZES.filter((size) => size > ELDER_PX) : SIZES;
}

function sizeNow() {
  const size = chosen().size || (isElder(root, chosen()) ? ELDER_PX : PLAIN_PX);
  return sizes().reduce((best, one) => (Math.abs(one - size) < Math.abs(best - size) ? one : best));
}

function resize(by) {
  const all = sizes();
  choose({ size: all[Math.max(0, Math.min(all.indexOf(sizeNow()) + by, all.length - 1))] });
}

function sizeRow() {
  const smaller = make("button", { type: "button", class: "size-less", "aria-label": say("Make the text smaller"), onclick: () => resize(-1) });
  const larger = make("button", { type: "button", class: "size-more", "aria-label": say("Make the text larger"), onclick: () => resize(1) });
  const size = make("output", { class: "size-now", "aria-live": "polite" });
  const update = () => {
    size.textContent = say("%(size)s px", { size: sizeNow() });
    // Not disabled: the button that was pressed keeps the focus.
    smaller.setAttribute("aria-disabled", String(sizeNow() === sizes()[0]));
    larger.setAttribute("aria-disabled", String(sizeNow() === sizes()[sizes().length - 1]));
  };
  const row = make("div", { class: "size-row" }, smaller, size, larger);
  return { update, nodes: [row, make("p", { class: "size-preview" }, say("This is how the text of a lesson looks."))] };
}

// -- other rows ---------------------------------------------------------------------------------------------------

/** A switch: {update, nodes}. */
function tick(label, about, get, set) {
  const input = make("input", { type: "checkbox", onchange: () => set(input.checked) });
  const words = make("span", {}, make("span", { class: "name" }, label), about ? make("span", { class: "about" }, about) : null);
  return { update: () => { input.checked = get(); }, nodes: [make("label", { class: "row" }, input, words)] };
}

/** One of several: [[value, label], ...]. */
function oneOf(name, legend, options, get, set) {
  const inputs = options.map(([value]) => make("input", { type: "radio", name: `cp-${name}`, value, onchange: () => set(value) }));
  const labels = options.map(([, label], n) => make("label", { class: "option" }, inputs[n], make("span", {}, label)));
  const update = () => inputs.forEach((input) => { input.checked = input.value === get(); });
  return { update, nodes: [make("fieldset", {}, make("legend", {}, legend), make("div", { class: "options" }, ...labels))] };
}

function voiceRow() {
  const select = make("select", { id: "cp-voice", onchange: () => choose({ voices: { ...chosen().voices, [page.language]: select.value || undefined } }) });
  const note = make("p", { class: "about" });
  const update = () => {
    const voices = voicesFor(page.language);
    const wanted = (chosen().voices || {})[page.language] || "";
    select.textContent = "";
    select.append(
      make("option", { value: "" }, say("Chosen by the device")),
      ...voices.map((voice) => make("option", { value: voice.voiceURI }, voice.localService ? voice.name : say("%(name)s (sends the text to its maker)", { name: voice.name }))),
    );
    select.value = voices.some((voice) => voice.voiceURI === wanted) ? wanted : "";
    select.parentNode.hidden = !voices.length;
    note.textContent = voices.length ? "" : say("This device has no voice for the language of this page.");
    note.hidden = Boolean(voices.length);
  };
  if (speechThere()) whenVoices().then(update);
  return { update, nodes: [make("p", { class: "field" }, make("label", { for: "cp-voice" }, say("Voice")), select), note] };
}

function rows() {
  const value = (name, otherwise) => () => chosen()[name] || otherwise;
  const size = sizeRow();
  return [
    ["", [tick(say("Larger text"), say("Large text and buttons, one step at a time."), () => isElder(root, chosen()), (on) => choose({ elder: on, size: undefined, steps: undefined }))]],
    [say("Text size"), [size]],
    ["", [
      oneOf("scheme", say("Colours"), [["", say("Same as the device")], ["light", say("Light")], ["dark", say("Dark")]], value("scheme", ""), (scheme) => choose({ scheme: scheme || undefined })),
      oneOf("spacing", say("Line spacing"), [["", say("Normal")], ["wide", say("Wide")], ["wider", say("Wider")]], value("spacing", ""), (spacing) => choose({ spacing: spacing || undefined })),
    ]],
    [say("Page"), [
      tick(say("High contrast"), "", () => chosen().contrast === "high", (on) => choose({ contrast: on ? "high" : undefined })),
      tick(say("Less motion"), "", () => chosen().motion === "reduce", (on) => choose({ motion: on ? "reduce" : undefined })),
      tick(say("One step at a time"), say("Shows a lesson section by section."), () => root.hasAttribute("data-steps"), (on) => choose({ steps: on })),
    ]],
    [say("Read aloud"), [
      oneOf("rate", say("Speed"), SPEEDS.map(([rate, label]) => [String(rate), say(label)]), () => String(chosen().rate || 1), (rate) => choose({ rate: rate === "1" ? undefined : Number(rate) })),
      voiceRow(),
    ]],
    [say("Videos"), [
      tick(say("Save data"), say("Smaller pictures of videos, nothing loaded ahead."), () => device.get("data-saver", false) === true, saveData),
      tick(say("Keyboard shortcuts of the player"), "", () => chosen().shortcuts !== false, shortcuts),
    ]],
  ];
}

function saveData(on) {
  device.set("data-saver", on);
  document.dispatchEvent(new CustomEvent("coursepack:settings"));
}

function shortcuts(on) {
  const player = device.get("player", {});
  device.set("player", { ...(typeof player === "object" ? player : {}), keys: on });
  choose({ shortcuts: on ? undefined : false });
}

// -- the panel ----------------------------------------------------------------------------------------------------

function reset() {
  device.set("data-saver", undefined);
  shortcuts(true);
  choose(Object.fromEntries(Object.keys(chosen()).map((name) => [name, undefined])));
}

function build() {
  const groups = rows();
  const close = make("button", { type: "button", class: "close", onclick: () => shut(panel) }, say("Close"));
  const sections = groups.map(([title, parts], n) =>
    make(
      "div",
      title ? { class: "group", role: "group", "aria-labelledby": `cp-set-${n}` } : { class: "group" },
      title ? make("h3", { id: `cp-set-${n}` }, title) : null,
      ...parts.flatMap((part) => part.nodes),
    ),
  );
  const head = make("div", { class: "head" }, make("h2", { id: "cp-settings", tabindex: "-1" }, say("Reading settings")), close);
  const about = make("p", { class: "about" }, say("Kept on this device, for all courses of this site."));
  const again = make("button", { type: "button", class: "reset", onclick: reset }, say("Reset these settings"));
  const dialog = make("dialog", { class: "reading-panel", "aria-labelledby": "cp-settings" }, head, about, ...sections, again);
  dialog.cpUpdate = () => groups.forEach(([, parts]) => parts.forEach((part) => part.update()));
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => event.target === dialog && shut(dialog)); // beside it
  dialog.addEventListener("close", () => dialog.cpFrom && dialog.cpFrom.focus());
  document.addEventListener("coursepack:settings", dialog.cpUpdate);
  return dialog;
}

// Browsers of before 2022 have no dialog: there it is a part of the page at its end.
function shut(dialog) {
  if (dialog.close) dialog.close();
  else {
    dialog.removeAttribute("open");
    if (dialog.cpFrom) dialog.cpFrom.focus();
  }
}

document.addEventListener("coursepack:open-settings", (event) => {
  panel = panel || build();
  panel.cpFrom = event.detail && event.detail.from;
  panel.cpUpdate();
  if (panel.showModal) panel.showModal();
  else panel.setAttribute("open", "");
  panel.scrollTop = 0;
  all("h2", panel)[0].focus();
});
