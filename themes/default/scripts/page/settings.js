// The header's switch for older people's mode, and the button that opens the settings of reading.

import { address } from "../shared/page.js";
import { all, loadScript } from "../shared/dom.js";
import { device } from "../shared/store.js";
import { say } from "../shared/words.js";
import { applyNow, choose, readAgain } from "../reading/chosen.js";

const root = document.documentElement;

function show() {
  const elder = root.classList.contains("elder");
  for (const button of all(".elder-switch")) button.setAttribute("aria-pressed", String(elder));
  // Wide windows open the lists beside the text; the plain layout folds them.
  const folded = elder || !window.matchMedia("(min-width: 1024px)").matches;
  for (const details of all(".side > details")) if (details.open && elder) details.open = !folded;
}

function opener(button, name, event) {
  button.addEventListener("click", () => {
    loadScript(address(name)).then(
      () => document.dispatchEvent(new CustomEvent(event, { detail: { from: button } })),
      () => {
        const status = button.parentNode.querySelector("[role=status]");
        if (status) status.textContent = say("This could not be loaded. Are you connected?");
      },
    );
  });
}

export function watchSettings() {
  root.classList.add("js"); // where the early script may not run
  for (const button of all(".elder-switch")) {
    button.addEventListener("click", () => {
      const elder = !root.classList.contains("elder");
      choose({ elder, size: undefined, steps: undefined });
    });
  }
  for (const button of all(".reading-open")) opener(button, "settings", "coursepack:open-settings");
  for (const button of all(".listen")) opener(button, "reader", "coursepack:read");
  document.addEventListener("coursepack:settings", show);
  document.addEventListener("coursepack:erase", readAgain);
  device.watch((name) => (name === "reading" || name === "") && readAgain());
  applyNow();
}
