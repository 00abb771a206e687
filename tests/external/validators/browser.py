"""Chromium through Playwright, watched: console errors, failed requests and other hosts are problems."""

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from playwright.sync_api import Browser as Chromium
from playwright.sync_api import BrowserContext, Page, Playwright, Request

FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
    "--autoplay-policy=no-user-gesture-required",
    # Nothing but the loopback has an address: what asks elsewhere fails here and leaves nothing outside.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
)


def launch(playwright: Playwright) -> Chromium:
    """The system's Chromium; CHROME_PATH names another one."""
    path = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert path, "Chromium is missing: run `make setup`, or apt-get install chromium"
    return playwright.chromium.launch(executable_path=path, headless=True, args=list(FLAGS))


@dataclass
class Browser:
    """Opens pages and remembers what went wrong in them."""

    chromium: Chromium
    problems: list[str] = field(default_factory=list)
    forgiven: set[str] = field(default_factory=set)
    """Words of problems that a test makes itself, whenever the browser tells of them."""

    @contextmanager
    def page(
        self,
        *,
        width: int = 1280,
        height: int = 800,
        scheme: Literal["light", "dark"] = "light",
        javascript: bool = True,
        touch: bool = False,
    ) -> Iterator[Page]:
        """A page of a fresh profile."""
        context = self.chromium.new_context(
            viewport={"width": width, "height": height},
            color_scheme=scheme,
            java_script_enabled=javascript,
            has_touch=touch,
            reduced_motion="reduce",
        )
        context.set_default_timeout(15_000)
        self._watch(context)
        try:
            yield context.new_page()
        finally:
            context.close()

    def taken(self) -> list[str]:
        """The problems so far, which are then forgotten: for tests that expect some."""
        problems, self.problems = self.problems, []
        return problems

    def _watch(self, context: BrowserContext) -> None:
        context.on(
            "console",
            lambda m: m.type == "error" and self._add("console", f"{m.text} {m.location.get('url')}"),
        )
        context.on("weberror", lambda e: self._add("exception", e.error.message))
        context.on("request", self._on_request)
        context.on("requestfailed", self._on_failed)
        context.on(
            "response", lambda r: r.status >= 400 and self._add("failed request", f"{r.status} {r.url}")
        )

    def _on_request(self, request: Request) -> None:
        url = urlsplit(request.url)
        if url.scheme in ("http", "https", "ws", "wss") and url.hostname != "127.0.0.1":
            self._add("other host", request.url)

    def _on_failed(self, request: Request) -> None:
        # Players break requests off when they have enough; through a service worker that is called ERR_FAILED.
        failure = request.failure or ""
        enough = "ERR_ABORTED" in failure or (request.resource_type == "media" and "ERR_FAILED" in failure)
        if not enough:
            self._add("failed request", f"{request.url} {request.failure}")

    def _add(self, kind: str, what: str) -> None:
        problem = f"{kind}: {what}"[:400]
        if problem not in self.problems and not any(words in problem for words in self.forgiven):
            self.problems.append(problem)


AXE = Path(__file__).parent.parent / "node_modules" / "axe-core" / "axe.min.js"
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_RUN_AXE = """async ([tags, colours]) => {
  const all = {runOnly: tags, rules: {'target-size': {enabled: true}}};
  const options = {...(colours.length ? {runOnly: {type: 'rule', values: colours}} : all), resultTypes: ['violations']};
  const {violations} = await window.axe.run(document, options);
  return violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.target.join(' ')}: ${n.failureSummary}`));
}"""


_COLOUR_RULES = ["color-contrast", "link-in-text-block"]


def axe_violations(page: Page, *, colours_only: bool = False) -> list[str]:
    """axe-core on the open page: WCAG 2.0 to 2.2 A and AA, best practices, target size.

    `colours_only`: the rules that a change of the colour scheme can break, for a page that was seen whole in the other.
    """
    assert AXE.is_file(), f"axe-core is missing: run `make setup`, or npm ci in {AXE.parents[2]}"
    # Evaluated by the debugger, so a strict Content-Security-Policy of the page does not matter.
    if not page.evaluate("() => Boolean(window.axe)"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return [
        " ".join(v.split())[:400]
        for v in page.evaluate(_RUN_AXE, [_TAGS, _COLOUR_RULES if colours_only else []])
    ]


_WIDE = """() => {
  const over = document.scrollingElement.scrollWidth - document.documentElement.clientWidth;
  const inScroller = e => {
    for (let p = e.parentElement; p && p !== document.body; p = p.parentElement)
      if (/auto|scroll/.test(getComputedStyle(p).overflowX) && p.getBoundingClientRect().right <= innerWidth + 1) return true;
    return false;
  };
  const hidden = e => { const s = getComputedStyle(e); return s.visibility === 'hidden' || s.clipPath !== 'none' || s.clip !== 'auto'; };
  const cut = [...document.querySelectorAll('body *')].filter(e => {
    const r = e.getBoundingClientRect();
    return r.width > 1 && r.height > 1 && r.right > innerWidth + 1 && r.left < innerWidth + 2000 && !hidden(e) && !inScroller(e);
  });
  const named = cut.slice(0, 4).map(e => `${e.tagName.toLowerCase()}${e.id ? '#' + e.id : ''}.${e.className} to ${Math.round(e.getBoundingClientRect().right)}`);
  return [...(over > 1 ? [`scrolls sideways by ${over} px`] : []), ...named];
}"""


def too_wide(page: Page) -> list[str]:
    """What makes the page scroll sideways, or is cut off, at its present width (WCAG 2.2, 1.4.10)."""
    found: list[str] = page.evaluate(_WIDE)
    return found
