// Settings: everything to choose, as labelled native lists and boxes, which phones and screen readers know.

import { all, make } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { device } from "../shared/store.js";
import { COLOURS, SIZES } from "./captions.js";
import { KEYS } from "./keys.js";
import { sparing } from "./line.js";
import { keep, prefs } from "./prefs.js";
import { megabytes } from "./times.js";

let number = 0;

/** A labelled list; `options()` gives [[value, words]], `value()` the chosen one, when the panel opens. */
function choice(words, options, value, act) {
  number += 1;
  const select = make("select", { id: `cp-choice-${number}`, onchange: () => act(select.value) });
  const row = make("div", { class: "choice-row" }, make("label", { for: select.id }, words), select);
  row.refresh = () => {
    const list = options();
    row.hidden = list.length < 2;
    const chosen = String(value());
    select.replaceChildren(...list.map(([key, name, lang]) => make("option", { value: key, lang: lang || null }, name)));
    if (list.some(([key]) => key === chosen)) select.value = chosen;
  };
  return row;
}

function box(words, value, act, shown) {
  const input = make("input", { type: "checkbox", onchange: () => act(input.checked) });
  const row = make("label", { class: "check-row" }, input, make("span", {}, words));
  row.refresh = () => {
    input.checked = Boolean(value());
    if (shown) row.hidden = !shown();
  };
  return row;
}

function group(words, ...rows) {
  const legend = make("legend", {}, words);
  const set = make("fieldset", {}, legend, ...rows);
  set.refresh = () => {
    rows.forEach((row) => row.refresh && row.refresh());
    set.hidden = rows.every((row) => row.hidden);
  };
  return set;
}

function folded(words, ...rows) {
  const details = make("details", {}, make("summary", {}, words), ...rows);
  details.refresh = () => {
    rows.forEach((row) => row.refresh());
    details.hidden = rows.every((row) => row.hidden);
  };
  return details;
}

// -- quality ---------------------------------------------------------------------------------------------------------

/** [lines, bytes of the whole film] of the qualities, smallest first: of the stream once it is there. */
function qualities(p) {
  const { stream } = p.sources;
  if (stream && stream.variants && stream.variants.length) return stream.variants.map((v) => [v.lines, (v.mean * p.duration) / 8]);
  const sizes = (p.media.dataset.sizes || "").split(" ").filter(Boolean);
  return sizes.map((size) => size.split(":").map(Number)).sort((a, b) => a[1] - b[1]);
}

function qualityOptions(p) {
  if (!p.sources.canStream || p.sources.listening) return [];
  const left = p.duration ? Math.max(0, 1 - p.time / p.duration) : 1;
  const size = (bytes) => (left > 0.98 ? megabytes(bytes) : say("%(size)s left", { size: megabytes(bytes * left) }));
  const list = qualities(p);
  if (!list.length) return [];
  const { stream } = p.sources;
  const now = stream && stream.now ? `${stream.now.lines}p` : "";
  const auto = prefs.quality === "auto" && now ? `${say("Automatic")} (${now})` : say("Automatic");
  const named = [...new Map(list.map(([lines, bytes]) => [String(lines), `${lines}p – ${size(bytes)}`])).entries()];
  return [["auto", auto], ["saver", `${say("Save data")} – ${size(list[0][1])}`], ...named.reverse()];
}

function pictureGroup(p) {
  return group(
    say("Data"),
    choice(say("Quality"), () => qualityOptions(p), () => prefs.quality, (value) => {
      p.setQuality(value);
      p.announce(say("Quality: %(quality)s", { quality: value === "auto" ? say("Automatic") : value === "saver" ? say("Save data") : `${value}p` }));
    }),
    box(say("Save data on this device"), sparing, (on) => {
      device.set("data-saver", on);
      p.setQuality(prefs.quality);
      p.announce(on ? say("Saving data") : say("Not saving data"));
    }, () => p.sources.canStream),
    box(soundWords(p), () => p.sources.listening || prefs.listen, () => p.toggleListen(), () => p.sources.canListen),
  );
}

function soundWords(p) {
  const size = Number(p.dataset.soundBytes);
  return size ? `${say("Sound only")} – ${megabytes(size)}` : say("Sound only");
}

// -- captions --------------------------------------------------------------------------------------------------------

function captionsGroup(p) {
  const { captions } = p;
  const chosen = (number) => (captions.shown && captions.shown[number] ? captions.shown[number].language : "");
  const languages = () => captions.languages().map(([tag, name]) => [tag, name, tag]);
  const look = (name) => (value) => keep({ [name]: value });
  const sizes = [say("Small"), say("Medium"), say("Large"), say("Very large")];
  const colours = { white: say("White"), yellow: say("Yellow"), cyan: say("Light blue"), green: say("Light green"), black: say("Black") };
  const none = (rows) => (captions.languages().length ? rows : []);
  return group(
    say("Captions"),
    choice(say("Language"), () => none([["", say("Off")], ...languages()]), () => chosen(0), (value) => {
      captions.setLanguages(value, prefs.second);
      p.panel.refresh();
    }),
    choice(say("Second language"), () => (languages().length > 1 ? [["", say("None")], ...languages().filter(([tag]) => tag !== chosen(0))] : []), () => chosen(1), (value) => captions.setLanguages(chosen(0) || captions.preset || languages()[0][0], value)),
    folded(say("How captions look"),
      choice(say("Letters"), () => none(SIZES.map((size, n) => [size, sizes[n]])), () => prefs.size, look("size")),
      choice(say("Colour"), () => none(Object.keys(COLOURS).map((name) => [name, colours[name]])), () => prefs.colour, look("colour")),
      choice(say("Background"), () => none([["dark", say("Dark")], ["black", say("Black")], ["white", say("White")], ["none", say("None")]]), () => prefs.ground, look("ground")),
      choice(say("Place"), () => (p.screen ? none([["bottom", say("At the bottom")], ["top", say("At the top")], ["below", say("Below the picture")]]) : []), () => prefs.place, look("place")),
    ),
  );
}

// -- the rest --------------------------------------------------------------------------------------------------------

function playGroup(p) {
  const chapters = all(".chapters a[data-start]", p);
  return group(
    say("Playing"),
    choice(say("Playing speed"), () => p.speeds.map((speed) => [String(speed), speed === 1 ? say("Normal") : `${speed}×`]), () => prefs.speed, (value) => p.setSpeed(Number(value))),
    choice(say("Chapter"), () => chapters.map((a) => [a.dataset.start, a.textContent.trim()]), () => {
      const past = chapters.filter((a) => Number(a.dataset.start) <= p.time + 0.1).pop();
      return past ? past.dataset.start : "";
    }, (value) => p.seek(Number(value))),
  );
}

function keysHelp() {
  const list = make("dl", {}, ...KEYS.flatMap(([keys, words]) => [make("dt", {}, ...keys.map((key) => make("kbd", {}, key))), make("dd", {}, say(words))]));
  return make("details", { class: "key-help" }, make("summary", {}, say("Keyboard shortcuts")), list);
}

function keysGroup() {
  return group(say("Keyboard"), box(say("Keys work while this player is in use"), () => prefs.keys, (on) => keep({ keys: on })), keysHelp());
}

export function makePanel(p) {
  const groups = [playGroup(p), captionsGroup(p), pictureGroup(p), keysGroup()];
  const close = make("button", { type: "button", class: "panel-close", onclick: () => toggle(false) }, say("Close"));
  const body = make("div", { class: "panel", id: `${p.id}-settings`, role: "group", "aria-label": say("Settings"), hidden: true }, ...groups, close);
  const button = p.bar.querySelector(".settings");
  button.setAttribute("aria-controls", body.id);
  p.stage.append(body);

  function refresh() {
    groups.forEach((g) => g.refresh());
  }

  function toggle(on) {
    const open = on === undefined ? body.hidden : on;
    body.hidden = !open;
    panel.closed = !open;
    button.setAttribute("aria-expanded", String(open));
    if (open) refresh();
    else button.focus();
  }

  p.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.defaultPrevented || body.hidden) return;
    toggle(false);
  });
  ["quality", "ways"].forEach((name) => p.addEventListener(name, () => { if (!body.hidden) groups[2].refresh(); }));
  const help = () => {
    toggle(true);
    const details = body.querySelector(".key-help");
    details.open = true;
    details.querySelector("summary").focus();
  };
  const panel = { closed: true, toggle, refresh, help };
  return panel;
}
