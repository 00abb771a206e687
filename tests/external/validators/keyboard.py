"""A walk through a page by Tab: everything is reached, seen and not covered (WCAG 2.2: 2.1.1, 2.1.2, 2.4.7, 2.4.11)."""

from playwright.sync_api import Page

# Marks what Tab must reach. Radio buttons of a group and tabs of a tab list share one stop.
_EXPECTED = """() => {
  const shown = e => e.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && (e.getClientRects().length > 0) && !e.closest('[inert]');
  const groups = new Set();
  let count = 0;
  for (const e of document.querySelectorAll(
      'a[href], button, input, select, textarea, summary, video[controls], audio[controls], [tabindex], iframe')) {
    if (e.disabled || e.tabIndex < 0 || !shown(e) || e.type === 'hidden') continue;
    if (e.localName === 'summary' && e !== e.parentElement.querySelector(':scope > summary')) continue;
    if (e.type === 'radio') {
      const group = `${e.form ? e.form.id : ''}/${e.name}`;
      if (groups.has(group)) continue;
      groups.add(group);
      e.dataset.walkGroup = group;
    }
    e.dataset.walk = String(count++);
  }
  return count;
}"""

_HERE = """() => {
  let e = document.activeElement;
  while (e && e.shadowRoot && e.shadowRoot.activeElement) e = e.shadowRoot.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const style = getComputedStyle(e);
  const box = e.getBoundingClientRect();
  const radio = e.type === 'radio' ? document.querySelector(`[data-walk-group="${CSS.escape(`${e.form ? e.form.id : ''}/${e.name}`)}"]`) : null;
  const inside = p => {
    const at = document.elementFromPoint(Math.min(innerWidth - 1, Math.max(0, p[0])), Math.min(innerHeight - 1, Math.max(0, p[1])));
    return Boolean(at) && (e.contains(at) || (e.labels && [...e.labels].some(l => l.contains(at))));
  };
  const points = [0.1, 0.5, 0.9].flatMap(x => [0.2, 0.5, 0.8].map(y => [box.left + x * box.width, box.top + y * box.height]));
  const media = /^(video|audio)$/.test(e.localName);
  const around = e.closest('label') || (e.labels && e.labels[0]) || e;
  const ring = s => s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== 'none';
  return {
    walk: (radio || e).dataset.walk ?? null,
    name: `${e.localName}${e.id ? '#' + e.id : ''}.${String(e.className).replace(/ /g, '.')} ${(e.textContent || '').trim().slice(0, 30)}`,
    ring: media || ring(style) || ring(getComputedStyle(around)),
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth,
    covered: !points.some(inside),
  };
}"""


def walk(page: Page, *, most: int = 600) -> list[str]:
    """Everything that is wrong with a walk by Tab through the open page, from its top to where focus leaves it."""
    expected = page.evaluate(_EXPECTED)
    page.evaluate("() => { scrollTo(0, 0); if (document.activeElement) document.activeElement.blur(); }")
    reached: set[str] = set()
    problems: list[str] = []
    before, same = None, 0
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(_HERE)
        if here is None:
            break
        if here["walk"] is not None and here["walk"] in reached and here["walk"] != before:
            break  # round once
        same = same + 1 if here["walk"] == before else 0
        # The browser's own media controls are many stops in one element.
        if same > 20:
            problems.append(f"trap: {here['name']}")
            break
        before = here["walk"]
        if here["walk"] is not None:
            reached.add(here["walk"])
        for what, wrong in (("no focus ring", not here["ring"]), ("out of view", not here["seen"]), ("covered", here["covered"])):  # fmt: skip
            if wrong:
                problems.append(f"{what}: {here['name']}")
    missed = page.evaluate(
        "reached => [...document.querySelectorAll('[data-walk]')].filter(e => !reached.includes(e.dataset.walk) && e.isConnected).map(e => e.outerHTML.slice(0, 120))",
        sorted(reached),
    )
    assert expected > 0
    return [*problems, *(f"not reached: {m}" for m in missed)]
