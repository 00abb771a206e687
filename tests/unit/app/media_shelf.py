"""A course with built media as the recipes would leave them, for the media report."""

import io
from dataclasses import dataclass, field

import msgspec
from PIL import Image

from coursepack.model.codes import diagnostic
from coursepack.model.course import Course, CourseInfo
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes
from coursepack.model.media import (
    AudioFacts,
    ChapterFacts,
    ImageFacts,
    ImageVariant,
    Rendition,
    VideoFacts,
    VideoReport,
)
from coursepack.model.step import Artefact, ArtefactFile, Plan, SourceInput, Step

DRAWING = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#0b5750"/></svg>'


@dataclass
class Shelf:
    """Steps, their artefacts and the blobs behind them."""

    language: str = "en"
    steps: list[Step] = field(default_factory=list)
    artefacts: dict[str, Artefact] = field(default_factory=dict)
    blobs: dict[Digest, bytes] = field(default_factory=dict)

    @property
    def course(self) -> Course:
        return Course(CourseInfo(id="x", title="Pay & be <safe>", language=self.language), (), {}, {})

    @property
    def plan(self) -> Plan:
        return Plan(tuple(self.steps))

    def put(
        self,
        kind: str,
        path: str,
        facts: msgspec.Struct | None,
        files: dict[str, tuple[bytes, str]] | None = None,
        *found: Diagnostic,
    ) -> None:
        """A built file of the course; without facts, one that failed."""
        kept = tuple(ArtefactFile(n, digest_bytes(d), len(d), t) for n, (d, t) in (files or {}).items())
        self.blobs.update({digest_bytes(d): d for d, _ in (files or {}).values()})
        step = f"{kind}:{path}"
        self.steps.append(Step(step, kind, kind, {}, (SourceInput("source", path, digest_bytes(b"")),)))
        made = msgspec.to_builtins(facts) if facts else {}
        self.artefacts[step] = Artefact(kept, made, found, failed=facts is None)

    def picture(self, path: str, colour: str, *found: Diagnostic, width: int = 684) -> None:
        """A photo in two formats and two widths."""
        files: dict[str, tuple[bytes, str]] = {}
        variants = []
        for suffix, media_type in (("avif", "image/avif"), ("jpg", "image/jpeg")):
            for w in (width // 2, width):
                name, data = f"w{w}.{suffix}", picture_bytes(w, w * 2 // 3, colour, media_type[6:].upper())
                files[name] = (data, media_type)
                variants.append(ImageVariant(name, media_type, w, w * 2 // 3, len(data)))
        facts = ImageFacts(width * 2, width * 4 // 3, tuple(variants), source_size=1_234_567)
        self.put("image", path, facts, files, *found)

    def video(self, path: str, report: VideoReport | None, *found: Diagnostic, minutes: int = 6) -> None:
        """A video with three rungs and proposed chapters."""
        rungs = tuple(
            rung(lines, size * minutes) for lines, size in ((720, 2_400_000), (432, 900_000), (240, 350_000))
        )
        poster = picture_bytes(1280, 720, "#345", "JPEG")
        facts = VideoFacts(
            duration_ms=minutes * 60_000,
            width=1280,
            height=720,
            renditions=rungs,
            mp4="480.mp4",
            mp4_size=1,
            mobile="240.mp4",
            mobile_size=1,
            poster="poster.jpg",
            poster_width=1280,
            poster_height=720,
            loudness_lufs=-18.2,
            proposed_chapters=(
                ChapterFacts(0, 61_000, "Chapter 1"),
                ChapterFacts(61_000, minutes * 60_000, "Chapter 2"),
            ),
            report=report,
        )
        self.put("video", path, facts, {"poster.jpg": (poster, "image/jpeg")}, *found)


def rung(lines: int, size: int) -> Rendition:
    return Rendition(
        name=f"{lines}p",
        width=lines * 16 // 9,
        height=lines,
        fps=29.97,
        bandwidth=1,
        average_bandwidth=1,
        codecs="avc1.64001f",
        playlist="p",
        size=size,
        crf=25,
    )


def picture_bytes(width: int, height: int, colour: str, form: str) -> bytes:
    image = Image.new("RGB", (width, height), colour)
    image.paste(
        Image.linear_gradient("L").resize((width // 2, height // 2)).convert("RGB"), (width // 4, height // 4)
    )
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


REPORT = VideoReport(
    video_class="slides",
    target=95,
    crf=27.5,
    vmaf=95.2,
    vmaf_p5=93.4,
    ladder_bytes=22_000_000,
    fixed_ladder_bytes=174_000_000,
    source_bytes=98_000_000,
    av1_bytes=9_000_000,
)


def full_shelf(language: str = "en") -> Shelf:
    """One of everything."""
    shelf = Shelf(language)
    shelf.video(
        "01-scan/media/pay.mp4", REPORT, diagnostic("CP231", "01-scan/media/pay.mp4", width=160, height=90)
    )
    remuxed = VideoReport(
        "camera", 95, 0, 0, 0, remuxed=True, ladder_bytes=40_000_000, fixed_ladder_bytes=35_000_000
    )
    shelf.video("02-lock/media/a-quite-long-name-of-a-file-without-any-space-in-it.mp4", remuxed)
    shelf.put("video", "02-lock/media/broken.mp4", None, {}, diagnostic("CP210", "02-lock/media/broken.mp4"))
    audio = AudioFacts(
        754_000,
        "a.m4a",
        6_100_000,
        loudness_lufs=-18.1,
        true_peak_dbtp=-1.4,
        opus="a.webm",
        opus_size=3_000_000,
    )
    shelf.put("audio", "03/podcast.mp3", audio)
    for n, colour in enumerate(("#b33", "#3b3", "#33b", "#bb3")):
        shelf.picture(f"media/photo-{n}.jpg", colour)
    drawing = ImageVariant("image.svg", "image/svg+xml", 40, 20, len(DRAWING))
    shelf.put(
        "image",
        "media/pump.svg",
        ImageFacts(40, 20, (drawing,), source_size=300),
        {"image.svg": (DRAWING, "image/svg+xml")},
    )
    shelf.put(
        "image",
        "media/bomb.png",
        None,
        {},
        diagnostic("CP252", "media/bomb.png", size="900 Mpx", limit="50 Mpx"),
    )
    return shelf
