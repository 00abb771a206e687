// The controls that are always there: the time line, and the row of buttons.

import { make } from "../shared/dom.js";
import { say } from "../shared/words.js";
import { icon } from "./icons.js";
import { keep, prefs } from "./prefs.js";
import { makeTimeline } from "./timeline.js";

/** A button with a picture and a name. */
export function tool(name, words, act, more) {
  return make("button", { type: "button", class: `tool ${name}`, "aria-label": words, title: words, "data-short": words, onclick: act, ...more }, icon(name));
}

function rename(button, words, picture) {
  if (button.getAttribute("aria-label") === words) return;
  button.setAttribute("aria-label", words);
  button.title = button.dataset.short = words;
  if (picture) button.replaceChildren(icon(picture));
}

function playButton(p) {
  const button = tool("play", say("Play"), () => p.toggle());
  const update = () => rename(button, p.media.paused ? say("Play") : say("Pause"), p.media.paused ? "play" : "pause");
  ["play", "pause", "ended", "emptied", "playing"].forEach((name) => p.media.addEventListener(name, update));
  return button;
}

function tenSeconds(p, name) {
  const back = name === "back";
  const words = back ? say("10 seconds back") : say("10 seconds forward");
  const button = tool(name, words, () => p.skip(back ? -10 : 10), { "data-short": back ? say("−10 s") : say("+10 s") });
  button.append(make("span", { class: "ten", "aria-hidden": "true" }, "10"));
  return button;
}

function sound(p) {
  const button = tool("loud", say("Mute"), () => p.toggleMute(), { "aria-pressed": "false" });
  const slider = make("input", { type: "range", class: "volume", min: "0", max: "100", step: "5", "aria-label": say("Volume") });
  slider.addEventListener("input", () => keep({ volume: slider.value / 100, muted: slider.value === "0" }));
  const update = () => {
    const off = prefs.muted || prefs.volume === 0;
    button.setAttribute("aria-pressed", String(off));
    button.replaceChildren(icon(off ? "mute" : "loud"));
    slider.value = String(off ? 0 : Math.round(prefs.volume * 100));
    slider.setAttribute("aria-valuetext", `${slider.value}%`);
    slider.style.setProperty("--part", `${slider.value}%`);
  };
  document.addEventListener("coursepack:player", update);
  update();
  return [button, slider];
}

function captionsButton(p) {
  const button = tool("captions", say("Captions"), () => p.captions.toggle());
  const update = () => {
    button.hidden = !p.captions.languages().length;
    button.setAttribute("aria-pressed", String(prefs.captions));
  };
  document.addEventListener("coursepack:player", update);
  p.media.textTracks.addEventListener("addtrack", update);
  update();
  return button;
}

function signButton(p) {
  if (!p.sign) return null;
  const button = tool("sign", say("Sign language"), () => p.sign.toggle(), { "aria-pressed": "false" });
  p.addEventListener("sign", () => button.setAttribute("aria-pressed", String(p.sign.open)));
  return button;
}

function describedButton(p) {
  const button = p.querySelector("[data-described]");
  if (!button || !p.sources.canDescribe) return null;
  const update = () => button.setAttribute("aria-pressed", String(prefs.described));
  button.addEventListener("click", () => p.toggleDescribed());
  document.addEventListener("coursepack:player", update);
  p.addEventListener("ways", () => { button.parentNode.hidden = true; });
  button.parentNode.hidden = false;
  update();
  return button;
}

function pictureInPicture(p) {
  const { media } = p;
  if (!p.video || !document.pictureInPictureEnabled || !media.requestPictureInPicture) return null;
  const button = tool("pip", say("Picture in picture"), () => {
    const done = document.pictureInPictureElement === media ? document.exitPictureInPicture() : media.requestPictureInPicture();
    done.catch(() => p.announce(say("Not possible now")));
  }, { "aria-pressed": "false" });
  media.addEventListener("enterpictureinpicture", () => button.setAttribute("aria-pressed", "true"));
  media.addEventListener("leavepictureinpicture", () => button.setAttribute("aria-pressed", "false"));
  return button;
}

/** Of the stage, so that captions, controls and the sign window stay; iPhones give the picture alone. */
function fullScreen(p) {
  const { media, stage } = p;
  const ask = stage.requestFullscreen || stage.webkitRequestFullscreen;
  if (!p.video || !(ask || media.webkitEnterFullscreen)) return null;
  const here = () => (document.fullscreenElement || document.webkitFullscreenElement) === stage;
  p.fullScreen = () => {
    if (here()) (document.exitFullscreen || document.webkitExitFullscreen).call(document);
    else if (ask) Promise.resolve(ask.call(stage)).catch(() => {});
    else if (media.readyState) media.webkitEnterFullscreen();
    else p.play();
  };
  const button = tool("full", say("Full screen"), () => p.fullScreen(), { "aria-pressed": "false" });
  const update = () => {
    button.setAttribute("aria-pressed", String(here()));
    button.replaceChildren(icon(here() ? "small" : "full"));
    p.classList.toggle("in-full", here());
  };
  ["fullscreenchange", "webkitfullscreenchange"].forEach((name) => document.addEventListener(name, update));
  return button;
}

// In full screen the bar lies on the picture, and goes when nobody needs it.
function hideWhenIdle(p) {
  let timer = 0;
  const wake = () => {
    p.stage.classList.remove("idle");
    clearTimeout(timer);
    timer = setTimeout(() => {
      const used = p.bar.matches(":focus-within") && p.bar.querySelector(":focus-visible");
      if (!p.media.paused && !used && p.panel.closed && !document.documentElement.classList.contains("elder")) p.stage.classList.add("idle");
    }, 3500);
  };
  ["pointermove", "pointerdown", "keydown", "focusin"].forEach((name) => p.stage.addEventListener(name, wake));
  p.media.addEventListener("play", wake);
}

// A button that nobody can miss, until it was used once; a press on the picture plays and pauses.
function onPicture(p) {
  const big = make("button", { type: "button", class: "big-play", "aria-label": `${say("Play")} – ${p.label}`, onclick: () => { p.play(); p.bar.querySelector(".play").focus({ preventScroll: true }); } });
  p.media.addEventListener("play", () => big.remove(), { once: true });
  p.media.addEventListener("click", () => { if (!p.media.controls) p.toggle(); });
  p.screen.append(big);
}

export function makeBar(p) {
  const row = make(
    "div",
    { class: "tools-row" },
    playButton(p), tenSeconds(p, "back"), tenSeconds(p, "forward"), ...sound(p),
    make("span", { class: "gap" }),
    captionsButton(p), signButton(p), pictureInPicture(p),
    tool("settings", say("Settings"), () => p.panel.toggle(), { "aria-expanded": "false" }),
    fullScreen(p),
  );
  const bar = make("div", { class: "bar" }, makeTimeline(p), row);
  p.bar = bar;
  describedButton(p);
  p.stage.append(bar);
  if (p.video) onPicture(p);
  hideWhenIdle(p);
  return bar;
}
