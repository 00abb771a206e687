// Opens pages in the system's Firefox by WebDriver BiDi. Input (stdin, JSON): {program, pages: [address], scheme,
// widths: [px], axe: path, play: seconds}. Output (JSON): [{page, problems: [text], played}].

import { readFileSync } from "node:fs";
import puppeteer from "puppeteer-core";

const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function setSize(page, width) {
  try {
    await page.setViewport({ width, height: 800 });
  } catch (error) {
    // Firefox ESR 140 sets the size and does not know screen orientation, which is asked for in the same call.
    if (!/unknown command/.test(error.message)) throw error;
  }
}

function watch(page, problems) {
  const add = (text) => { if (!problems.includes(text)) problems.push(text); };
  page.on("console", (message) => { if (message.type() === "error") add(`console: ${message.text()}`); });
  page.on("pageerror", (error) => add(`exception: ${error.message}`));
  page.on("response", (response) => { if (response.status() >= 400) add(`failed request: ${response.status()} ${response.url()}`); });
  page.on("request", (request) => {
    const url = new URL(request.url());
    if (/^(https?|wss?):$/.test(url.protocol) && url.hostname !== "127.0.0.1") add(`other host: ${url}`);
  });
  return add;
}

async function violations(page, axe) {
  await page.evaluate(axe);
  return page.evaluate(async (tags) => {
    const options = { runOnly: tags, rules: { "target-size": { enabled: true } }, resultTypes: ["violations"] };
    const found = (await window.axe.run(document, options)).violations;
    return found.flatMap((v) => v.nodes.map((n) => `${v.id}: ${n.target.join(" ")}: ${n.failureSummary}`.replace(/\s+/g, " ").slice(0, 400)));
  }, TAGS);
}

// Seconds of the first video or recording that were played; null where there is none.
function play(seconds) {
  const media = document.querySelector("video:not(.moving), audio");
  if (!media) return null;
  media.muted = true;
  return new Promise((done) => {
    const end = setTimeout(() => done(media.currentTime), 20000);
    media.addEventListener("timeupdate", () => {
      if (media.currentTime < Math.min(seconds, media.duration - 0.2)) return;
      clearTimeout(end);
      media.pause();
      done(media.currentTime);
    });
    // The player breaks the first call off when it goes on with HLS.
    media.play().catch((error) => { if (error.name !== "AbortError") done(String(error)); });
  });
}

const asked = JSON.parse(readFileSync(0, "utf8"));
const axe = readFileSync(asked.axe, "utf8");
const browser = await puppeteer.launch({
  browser: "firefox",
  executablePath: asked.program,
  headless: true,
  defaultViewport: null,
  extraPrefsFirefox: {
    "layout.css.prefers-color-scheme.content-override": asked.scheme === "dark" ? 0 : 1,
    "ui.prefersReducedMotion": 1,
    "media.autoplay.default": 0,
  },
});
const results = [];
try {
  for (const address of asked.pages) {
    const page = await browser.newPage();
    const problems = [];
    const add = watch(page, problems);
    for (const width of asked.widths) {
      await setSize(page, width);
      await page.goto(address, { waitUntil: "load" });
      const over = await page.evaluate(() => document.scrollingElement.scrollWidth - document.documentElement.clientWidth);
      if (over > 1) add(`${width}: scrolls sideways by ${over} px`);
      for (const what of await violations(page, axe)) add(`${width}: ${what}`);
    }
    const played = asked.play ? await page.evaluate(play, asked.play) : null;
    results.push({ page: address, problems, played });
    await page.close();
  }
} finally {
  await browser.close();
}
console.log(JSON.stringify(results));
