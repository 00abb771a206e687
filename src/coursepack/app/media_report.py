"""The author's media report: one page that shows what became of each picture, video and recording, and what it costs.

The page stands by itself: style and small pictures are inside, no script, nothing from elsewhere. It is for the
author, so it is not published.
"""

import io
from base64 import b64encode
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path, PurePosixPath
from typing import Any, Final

import msgspec

from coursepack.app.media_report_words import WORDS
from coursepack.app.media_rows import AudioRow, ImageRow, Made, VideoRow, media_made
from coursepack.model.course import Course
from coursepack.model.digest import Digest, digest_json
from coursepack.model.media import ImageFacts, VideoFacts
from coursepack.model.step import Artefact, Plan, artefact_digest, output_folder

REPORT_FILE: Final = "media.html"
_SCHEMA: Final = 2
"""Raised when the same media give another page."""
MAX_PICTURES: Final = 300
"""Beyond these, only numbers: the page must open on a phone."""
_THUMB_PX: Final = 160
_POSTER_PX: Final = 320
_MAX_DRAWING: Final = 30_000
"""Bytes of an SVG drawing that is shown as it is."""

ReadBlob = Callable[[Digest], bytes]


class MediaReport(msgspec.Struct, frozen=True):
    """The media of a course: `rows` as builtins, and the page, made on demand: it costs a picture's decoding each."""

    rows: tuple[dict[str, Any], ...]
    made_of: str
    """Digest of all that shapes the page."""
    page: Callable[[], bytes]


def media_report(
    course: Course, plan: Plan, artefacts: Mapping[str, Artefact], read_blob: ReadBlob
) -> MediaReport:
    """The report on what a build made. The same artefacts give the same bytes."""
    language = course.info.language
    made = media_made(plan, artefacts, language)
    rows = tuple(msgspec.to_builtins(m.row) for m in made)
    digests = [artefact_digest(m.artefact) for m in made]
    return MediaReport(
        rows=rows,
        made_of=digest_json([_SCHEMA, course.info.title, language, rows, digests]),
        page=partial(_page, course.info.title, language, made, read_blob),
    )


def _page(title: str, language: str, made: Sequence[Made], read_blob: ReadBlob) -> bytes:
    import jinja2

    chinese = language.lower().startswith(("zh", "yue"))
    say = WORDS.get if chinese else dict[str, str]().get
    pictures = _Pictures(read_blob)
    videos = [(m.row, pictures.poster(m)) for m in made if isinstance(m.row, VideoRow)]
    images = [(m.row, pictures.thumb(m)) for m in made if isinstance(m.row, ImageRow)]
    audios = [m.row for m in made if isinstance(m.row, AudioRow)]
    template = jinja2.Environment(
        autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).from_string((Path(__file__).with_name("media_report.html")).read_text("utf-8"))
    html = template.render(
        _=lambda message: say(message, message),
        language="zh-Hans" if chinese else "en",
        title=title,
        title_language=language,
        videos=videos,
        images=images,
        audios=audios,
        totals=totals(made),
        saving=partial(_saving, lambda message: say(message, message)),
        size=size_words,
        clock=clock,
        name=lambda path: PurePosixPath(path).name,
        chapters_name=partial(_chapters_name, language),
        type_name=lambda media_type: media_type.partition("/")[2].partition("+")[0].upper(),
        share=lambda part, whole: f"{round(100 * part / whole)}%" if whole else "–",
        number=lambda value, digits=1: f"{value:.{digits}f}".replace("-", "−"),
    )
    return html.encode()


def _saving(say: Callable[[str], str], percent: int) -> str:
    return say("{percent}% saved" if percent >= 0 else "{percent}% more").format(percent=abs(percent))


def _chapters_name(language: str, path: str) -> str:
    return f"{PurePosixPath(path).stem}.chapters.{language}.vtt"


class Totals(msgspec.Struct, frozen=True):
    """The sums over a course, in bytes and milliseconds."""

    images: int
    image_size: int
    videos: int
    video_ms: int
    video_size: int
    fixed_ladder_size: int
    audios: int
    audio_ms: int
    audio_size: int
    failed: int

    @property
    def saved_percent(self) -> int:
        """Against the fixed ladder, which must not be empty; negative: it costs more."""
        return round(100 - 100 * self.video_size / self.fixed_ladder_size)


def totals(made: Sequence[Made]) -> Totals:
    """What the heads of the report say. Files of one name and content are on the server once, see `output_folder`."""
    rows = [m.row for m in made]
    once = list({output_folder(PurePosixPath(m.row.path).stem, m.artefact): m.row for m in made}.values())
    videos = [r for r in rows if isinstance(r, VideoRow)]
    audios = [r for r in rows if isinstance(r, AudioRow)]
    ladders = [r for r in once if isinstance(r, VideoRow)]
    return Totals(
        images=sum(1 for r in rows if isinstance(r, ImageRow)),
        image_size=sum(f.total_size for r in once if isinstance(r, ImageRow) for f in r.formats),
        videos=len(videos),
        video_ms=sum(r.duration_ms for r in videos),
        video_size=sum(r.ladder_size for r in ladders),
        fixed_ladder_size=sum(r.fixed_ladder_size for r in ladders),
        audios=len(audios),
        audio_ms=sum(r.duration_ms for r in audios),
        audio_size=sum(r.size for r in once if isinstance(r, AudioRow)),
        failed=sum(1 for r in rows if r.failed),
    )


class _Pictures:
    """Small pictures as data: addresses, until there are enough."""

    def __init__(self, read_blob: ReadBlob) -> None:
        self._read_blob = read_blob
        self._left = MAX_PICTURES

    def poster(self, made: Made) -> str:
        if made.artefact.failed or not self._take():
            return ""
        facts = msgspec.convert(made.artefact.facts, VideoFacts)
        return self._small(made.artefact, facts.poster, _POSTER_PX) if facts.poster else ""

    def thumb(self, made: Made) -> str:
        if made.artefact.failed or not self._take():
            return ""
        facts = msgspec.convert(made.artefact.facts, ImageFacts)
        last = facts.variants[-1]
        if last.media_type == "image/svg+xml":
            if last.size > _MAX_DRAWING:
                return ""
            return _data(self._read_blob(made.artefact.file(last.name).digest), last.media_type)
        smallest = min(facts.variants, key=lambda v: (v.width < _THUMB_PX, v.width, v.size))
        return self._small(made.artefact, facts.still or smallest.name, _THUMB_PX)

    def _take(self) -> bool:
        self._left -= 1
        return self._left >= 0

    def _small(self, artefact: Artefact, name: str, width: int) -> str:
        from PIL import Image

        with Image.open(io.BytesIO(self._read_blob(artefact.file(name).digest))) as im:
            image = im.convert("RGBA" if im.has_transparency_data else "RGB")
        image.thumbnail((width, width), Image.Resampling.LANCZOS)
        if image.mode == "RGBA":
            image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("RGB")
        out = io.BytesIO()
        image.save(out, "JPEG", quality=70, optimize=True)
        return _data(out.getvalue(), "image/jpeg")


def _data(data: bytes, media_type: str) -> str:
    return f"data:{media_type};base64,{b64encode(data).decode('ascii')}"


def size_words(size: float) -> str:
    """Bytes for people: "640 B", "12.3 kB", "3.4 MB"."""
    for unit, scale in (("GB", 1e9), ("MB", 1e6), ("kB", 1e3)):
        if size >= scale:
            return f"{size / scale:.1f} {unit}"
    return f"{size:.0f} B"


def clock(ms: int) -> str:
    """A length for people: "0:07", "1:02:03"."""
    seconds = round(ms / 1000)
    hours, minutes, seconds = seconds // 3600, seconds // 60 % 60, seconds % 60
    return f"{hours}:{minutes:02}:{seconds:02}" if hours else f"{minutes}:{seconds:02}"
