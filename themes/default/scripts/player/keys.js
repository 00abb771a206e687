// One key for everything, only while the focus is in the player, and only as long as the learner wants it.

import { all } from "../shared/dom.js";
import { keysWork, prefs } from "./prefs.js";

/** [keys, what they do]; the words are translated where they are shown. */
export const KEYS = [
  [["K"], "Play or pause"],
  [["J", "L"], "10 seconds back or forward"],
  [["0", "9"], "To the beginning, or to a tenth of it"],
  [["[", "]"], "Previous or next chapter"],
  [["<", ">"], "Slower or faster"],
  [["-", "+"], "Quieter or louder"],
  [["M"], "Mute"],
  [["C"], "Captions"],
  [["T"], "Transcript"],
  [["D"], "Audio description"],
  [["S"], "Sign language"],
  [["F"], "Full screen"],
  [["?"], "Keyboard shortcuts"],
];

function chapter(p, step) {
  const starts = all(".chapters a[data-start]", p).map((a) => Number(a.dataset.start));
  const to = step > 0 ? starts.find((s) => s > p.time + 0.5) : starts.filter((s) => s < p.time - 2).pop();
  if (to !== undefined) p.seek(to);
}

function transcript(p) {
  const details = all(".transcript", p).find((d) => !d.hidden);
  if (!details) return;
  details.open = !details.open;
  details.querySelector("summary").focus();
}

function actions(p) {
  return {
    k: () => p.toggle(),
    j: () => p.skip(-10),
    l: () => p.skip(10),
    "[": () => chapter(p, -1),
    "]": () => chapter(p, 1),
    "<": () => p.faster(-1),
    ">": () => p.faster(1),
    "-": () => p.setVolume(prefs.volume - 0.1),
    "+": () => p.setVolume(prefs.volume + 0.1),
    m: () => p.toggleMute(),
    c: () => p.captions.languages().length && p.captions.toggle(),
    t: () => transcript(p),
    d: () => p.toggleDescribed(),
    s: () => p.sign && p.sign.toggle(),
    f: () => p.fullScreen && p.fullScreen(),
    "?": () => p.panel.help(),
  };
}

const takesLetters = (element) => element.isContentEditable || element.matches("select, textarea, input:not([type=range]):not([type=checkbox])");

export function bindKeys(p) {
  const act = actions(p);
  p.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.altKey || event.ctrlKey || event.metaKey || event.isComposing) return;
    if (!keysWork() || takesLetters(event.target)) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : "";
    if (/^[0-9]$/.test(key) && p.duration) {
      p.seek((p.duration * Number(key)) / 10);
    } else if (act[key]) act[key]();
    else return;
    event.preventDefault();
  });
}
