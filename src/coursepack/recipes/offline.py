"""The recipe of kind "offline": what lies at fixed addresses beside the pages of a served course.

The service worker is the theme's `sw.js`, unchanged from release to release (docs/decisions/0020-offline.md).
"""

from io import BytesIO
from typing import Any

import msgspec

from coursepack.model.digest import canonical_json, digest_json
from coursepack.model.recipe import Work
from coursepack.model.step import StepInput, artefact_digest
from coursepack.recipes.addresses import relative
from coursepack.tools.templates import direction

ICON_SIZES = (192, 512)
_MASKED_PX = 512
_SAFE = 0.8
"""Of a maskable icon: what launchers keep of its width, whatever shape they cut (W3C Web App Manifest)."""
_ICON = "icon.png"
_COLOUR = "#0b5750"
_SHORT = 12
"""Letters of a name that fit below an icon."""


class OfflineEdition(msgspec.Struct, frozen=True):
    """One edition, as its web app manifest names it."""

    language: str
    title: str
    description: str
    manifest: str
    start: str


class OfflineParams(msgspec.Struct, frozen=True):
    """Params of the step."""

    worker: str
    release: str
    editions: tuple[OfflineEdition, ...]
    course: str


class OfflineRecipe:
    """Params: `OfflineParams`. Inputs: the theme's artefact as "theme", those of all pages. Files: by their urls."""

    kind = "offline"
    version = 1

    def fingerprint(self) -> str:
        """Empty: Pillow's resampling has not changed since 9.1."""
        return ""

    def run(self, work: Work) -> dict[str, Any]:
        """Writes the files; the facts are the release's name."""
        params = msgspec.convert(work.step.params, OfflineParams)
        theme = work.artefact("theme")
        worker = theme.file("sw.js")
        work.keep(params.worker, worker)
        pages = sorted(
            artefact_digest(work.artefact(i.name))
            for i in work.step.inputs
            if isinstance(i, StepInput) and i.name != "theme"
        )
        release = digest_json([pages, worker.digest])[:16]
        work.write(params.release, canonical_json({"release": release}), "application/json")
        named = next((f for f in theme.files if f.name == _ICON), None)
        icon = work.blob(named.digest) if named else _plain_icon()
        for name, data in icons(icon).items():
            work.write(name, data, "image/png")
        for edition in params.editions:
            work.write(edition.manifest, manifest(edition), "application/manifest+json")
        return {"release": release}


def manifest(edition: OfflineEdition) -> bytes:
    """The web app manifest (W3C) of an edition. Addresses are relative to it, and inside one course.

    Every edition starts at the course's first page, the one address that publishing never changes; it leads on to
    the edition that `edition` names.
    """
    here = edition.manifest
    start = relative(here, edition.start)
    entries = [(f"icons/{px}.png", px, "any") for px in ICON_SIZES]
    entries.append(("icons/maskable.png", _MASKED_PX, "maskable"))
    return msgspec.json.format(
        canonical_json(
            {
                "name": edition.title,
                "short_name": _short(edition.title),
                "description": edition.description,
                "lang": edition.language,
                "dir": direction(edition.language),
                "start_url": f"{start}?edition={edition.language}",
                "scope": start.removesuffix("index.html") or "./",
                "display": "standalone",
                "background_color": "#faf6ef",
                "theme_color": _COLOUR,
                "categories": ["education"],
                "icons": [
                    {
                        "src": relative(here, url),
                        "sizes": f"{px}x{px}",
                        "type": "image/png",
                        "purpose": purpose,
                    }
                    for url, px, purpose in entries
                ],
            }
        ),
        indent=1,
    )


def _short(title: str) -> str:
    return title if len(title) <= _SHORT else f"{title[: _SHORT - 1].rstrip()}…"


def icons(source: bytes) -> dict[str, bytes]:
    """The theme's icon (a square PNG) in the sizes that launchers ask for, by url."""
    from PIL import Image

    with Image.open(BytesIO(source)) as opened:
        icon = opened.convert("RGBA")
    found = {f"icons/{px}.png": _png(icon.resize((px, px), Image.Resampling.LANCZOS)) for px in ICON_SIZES}
    # The colour just inside the upper edge carries on to the corners, which a launcher may show or cut away.
    edge = icon.getpixel((icon.width // 2, icon.height // 20))
    ground = Image.new("RGBA", (_MASKED_PX, _MASKED_PX), _opaque(edge))
    inner = round(_MASKED_PX * _SAFE)
    small = icon.resize((inner, inner), Image.Resampling.LANCZOS)
    place = (_MASKED_PX - inner) // 2
    ground.alpha_composite(small, (place, place))
    found["icons/maskable.png"] = _png(ground.convert("RGB"))
    return found


def _plain_icon() -> bytes:
    """For a theme without one: a plain square."""
    from PIL import Image

    return _png(Image.new("RGBA", (_MASKED_PX, _MASKED_PX), _COLOUR))


def _opaque(colour: object) -> tuple[int, int, int, int]:
    if isinstance(colour, tuple) and len(colour) == 4 and colour[3] == 255:
        return (int(colour[0]), int(colour[1]), int(colour[2]), 255)
    return (255, 255, 255, 255)


def _png(image: Any) -> bytes:
    out = BytesIO()
    image.save(out, "PNG", optimize=True)
    return out.getvalue()
