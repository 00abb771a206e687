"""A theme's style sheet and static files: those of all it builds on, with its settings and its own on top.

Nothing but Python is needed for it: a child theme writes plain CSS.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import digest_bytes
from coursepack.model.theme import Brand, Pair, ThemeSettings
from coursepack.tools.colours import AA, AAA, contrast, ink_on, mended, mix
from coursepack.tools.theme import SETTINGS_FILE, Theme, static_name, theme_files, unfit_files

STYLE = "style.css"

_RULE = re.compile(r"([^{}]*)\{([^{}]*)\}")
_MEDIA = re.compile(r"@(?:media|supports)[^{}]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
_TOKEN = re.compile(r"--([\w-]+):\s*var\(--light,\s*(#[0-9a-f]{3,6})\)\s*var\(--dark,\s*(#[0-9a-f]{3,6})\)")
_ADDRESS = re.compile(r"""url\(\s*(?:"([^"]*)"|'([^']*)'|([^)"'\s]*))\s*\)""")
_IMPORT = re.compile(r"@import\b[^;]*;?")

_GROUNDS = ("paper", "card", "sunk")
_READ = (
    *((text, ground) for text in ("ink", "soft", "accent") for ground in _GROUNDS),
    ("accent", "accent-wash"),
    ("ink", "accent-wash"),
    ("ink", "mark"),
    ("accent-ink", "accent"),
    ("bar-ink", "bar"),
)
"""(letters, ground): what stands on what."""

# Family names of each script, so that Chinese is never set in a Latin serif's stand-in.
_FAMILIES = {
    "serif": "var(--serif), var(--han-serif), serif",
    "sans": "var(--latin), var(--han), sans-serif",
}
# Older people's mode is without serifs (MIIT rules): it keeps the default theme's letters.
_SCOPES = {
    "text": ":root:not(.elder) body, :root:not(.elder) body [lang]",
    "heading": ":root:not(.elder) :is(h1, h2, h3, h4, h5, h6)",
}


def static_files(theme: Theme, course: ThemeSettings) -> dict[str, bytes]:
    """The static files of a theme by name, sorted. `course`: what the course sets over it.

    In the style sheet each theme's settings come before its own rules, which may need to know better, and `url()`s
    lead to the files that readers get.
    """
    files: dict[str, bytes] = {}
    sheet = ""
    for folder, layer in zip(reversed(theme.chain), reversed(theme.layers), strict=True):
        own = theme_files(folder)
        rules = _IMPORT.sub("", own.pop(STYLE, b"").decode("utf-8", "replace"))
        sheet = "\n".join(part for part in (sheet, look(sheet, layer), rules) if part)
        files |= own
    names = {name: static_name(name, digest_bytes(data)) for name, data in files.items()}
    sheet = "\n".join(part for part in (sheet, look(sheet, course)) if part)
    files[STYLE] = _placed(sheet, names).encode()
    return dict(sorted(files.items()))


def _placed(sheet: str, names: Mapping[str, str]) -> str:
    def place(m: re.Match[str]) -> str:
        address = _address(m)
        if address.startswith(("data:", "#")):
            return m[0]
        known = names.get(address.removeprefix("./"))
        return f'url("{known}")' if known else "none"

    return _ADDRESS.sub(place, sheet)


def _address(m: re.Match[str]) -> str:
    return next((part for part in m.groups() if part), "").strip()


def look(sheet: str, settings: ThemeSettings) -> str:
    """CSS for the settings; `sheet` is the style sheet that they are set over."""
    tokens = [f"--{n}: var(--light, {p[0]}) var(--dark, {p[1]})" for n, p in palette(sheet, settings).items()]
    if settings.corners_px >= 0:
        tokens.append(f"--radius: {settings.corners_px}px")
    rules = [f":root {{ {'; '.join(tokens)}; }}"] if tokens else []
    for place, family in sorted(settings.fonts.items()):
        if place == "mono":
            rules.append(f":root {{ --mono: {_quoted(family)}, monospace; }}")
        else:
            rules.append(f"{_SCOPES[place]} {{ font-family: {_FAMILIES.get(family) or _families(family)}; }}")
    return "\n".join(rules)


def _families(names: str) -> str:
    return f"{_quoted(names)}, var(--latin), var(--han), sans-serif"


def _quoted(names: str) -> str:
    return ", ".join(f'"{name.strip()}"' for name in names.split(","))


def tokens_of(sheet: str) -> dict[str, Pair]:
    """The colours that a style sheet gives `:root` in all media, each for both schemes."""
    found: dict[str, Pair] = {}
    for selector, body in _RULE.findall(_MEDIA.sub("", sheet)):
        if selector.strip().endswith(":root"):
            found |= {name: (_long(light), _long(dark)) for name, light, dark in _TOKEN.findall(body)}
    return found


def _long(colour: str) -> str:
    return "#" + "".join(2 * c for c in colour[1:]) if len(colour) == 4 else colour


def palette(sheet: str, settings: ThemeSettings) -> dict[str, Pair]:
    """The colours that are set, what is made from them, and, if that is wanted, mended."""
    if not settings.colours:
        return {}
    before = tokens_of(sheet)
    light = _scheme(before, settings, 0)
    dark = _scheme(before, settings, 1)
    return {name: (light[name], dark[name]) for name in sorted(light)}


def _scheme(before: Mapping[str, Pair], settings: ThemeSettings, at: int) -> dict[str, str]:
    given = {n: p[at] for n, p in settings.colours.items() if p[at]}
    # A colour that was chosen for light paper alone is only taken over for the dark where it is no ground.
    lone = {n: p[0] for n, p in settings.colours.items() if at and not p[1]}
    names = {n: p[at] for n, p in before.items()} | given
    grounds = [names[n] for n in _GROUNDS]
    made = dict(given)
    for name, colour in lone.items():
        if name == "accent":
            made[name] = mended(colour, grounds)
        elif name == "bar":
            made[name] = mix(colour, names["paper"], 0.6)
        elif name in before:
            made[name] = before[name][at]
    if "accent" in made and settings.mend:
        made["accent"] = mended(made["accent"], grounds)
    if accent := made.get("accent"):
        made.setdefault("accent-ink", ink_on(accent))
        made.setdefault("accent-wash", _wash(accent, names["paper"]))
    if bar := made.get("bar"):
        letters = made.setdefault("bar-ink", ink_on(bar))
        made["bar-accent"] = letters
        made["bar-hover"] = mix(letters, bar, 0.1)
    if settings.mend:
        for name in ("ink", "soft"):
            if name in made:
                made[name] = mended(made[name], grounds)
        if "bar-ink" in made and "bar" in made:
            # A middle tone bears neither white nor black letters well: then the bar itself moves.
            made["bar"] = mended(made["bar"], [made["bar-ink"]])
        if "accent-ink" in made and "accent" in made:
            made["accent-ink"] = mended(made["accent-ink"], [made["accent"]])
    return made


def _wash(accent: str, paper: str) -> str:
    """A tint of the paper that takes the letters of the accent no more contrast than they can spare."""
    shares = (0.14, 0.11, 0.08, 0.05, 0.02)
    tints = [mix(accent, paper, share) for share in shares]
    return next((tint for tint in tints if contrast(accent, tint) >= AAA), paper)


def brand(files: Mapping[str, bytes], settings: ThemeSettings, language: str) -> Brand:
    """What the templates print, in `language`. `files`: those of `static_files`."""
    tokens = tokens_of(files[STYLE].decode())
    footer = settings.footer
    parts = language.split("-")
    tags = ["-".join(parts[:end]) for end in range(len(parts), 0, -1)]
    return Brand(
        logo=settings.logo if settings.logo in files else "",
        logo_alt=settings.logo_alt,
        footer=next((footer[t] for t in (*tags, "") if t in footer), ""),
        bars=tokens.get("bar") or tokens["card"],
    )


# -- what is wrong with a theme ------------------------------------------------------------------------------------


def theme_findings(theme: Theme, course: ThemeSettings, built_in: Path) -> Iterator[Diagnostic]:
    """What readers would suffer from; what comes with the package is known to be right."""
    own = [folder for folder in theme.chain if folder.parent != built_in]
    for folder in own:
        yield from _file_findings(folder, theme)
    where = "course.yaml" if course.colours else f"themes/{theme.name}/{SETTINGS_FILE}"
    if own or course.colours:
        default = theme_files(theme.chain[-1])[STYLE].decode("utf-8", "replace")
        sheet = static_files(theme, course)[STYLE].decode()
        yield from contrast_findings(tokens_of(default), tokens_of(sheet), where)
    logo = theme.settings.logo
    if logo and not any(logo in theme_files(folder) for folder in theme.chain):
        yield diagnostic("CP608", f"themes/{theme.name}/{SETTINGS_FILE}", file=logo, problem=f"logo: {logo}")


def _file_findings(folder: Path, theme: Theme) -> Iterator[Diagnostic]:
    for name, problem in unfit_files(folder):
        yield diagnostic("CP608", f"themes/{folder.name}/{name}", file=name, problem=problem)
    files = theme_files(folder)
    known = {name for other in theme.chain for name in theme_files(other)}
    sheet = files.get(STYLE, b"").decode("utf-8", "replace")
    for m in _IMPORT.finditer(sheet):
        line = sheet.count("\n", 0, m.start()) + 1
        yield diagnostic("CP608", f"themes/{folder.name}/{STYLE}", line, 1, file=STYLE, problem="@import")
    for m in _ADDRESS.finditer(_IMPORT.sub(lambda i: " " * len(i[0]), sheet)):
        address = _address(m)
        if not address.startswith(("data:", "#")) and address.removeprefix("./") not in known:
            line = sheet.count("\n", 0, m.start()) + 1
            problem = f"url({address[:80]})"
            yield diagnostic("CP608", f"themes/{folder.name}/{STYLE}", line, 1, file=STYLE, problem=problem)


def contrast_findings(
    before: Mapping[str, Pair], tokens: Mapping[str, Pair], where: str
) -> Iterator[Diagnostic]:
    """Letters that are hard to read in colours that are not the default theme's."""
    touched = {name for name, pair in tokens.items() if before.get(name) != pair}
    pairs = [(t, g) for t, g in _READ if t in tokens and g in tokens and touched & {t, g}]
    for scheme, at in (("light", 0), ("dark", 1)):
        for text in sorted({t for t, _ in pairs}):
            grounds = sorted({tokens[g][at] for t, g in pairs if t == text})
            colour = tokens[text][at]
            ratio, ground = min((contrast(colour, g), g) for g in grounds)
            if ratio < AAA:
                # Cut off, not rounded up to what would be enough.
                shown = f"{int(ratio * 10) / 10:.1f}"
                yield diagnostic(
                    "CP606" if ratio < AA else "CP607", where, token=text, colour=colour, ground=ground,
                    scheme=scheme, ratio=shown, better=mended(colour, grounds),
                )  # fmt: skip
