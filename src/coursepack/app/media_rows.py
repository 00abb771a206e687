"""What a build made of each picture, video and recording: rows for `report.json` and for the author's media report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Literal

import msgspec

from coursepack.model.codes import words
from coursepack.model.media import AudioFacts, ChapterFacts, ImageFacts, ImageVariant, VideoFacts
from coursepack.model.speech import SpeechFacts
from coursepack.model.step import Artefact, Plan, SourceInput, Step

Look = Literal["photo", "flat", "drawing", "animation", "video"]
"""flat: a screenshot, slide or diagram. animation: still a moving picture; video: an animation made into one."""


class Finding(msgspec.Struct, frozen=True):
    """What was found while the file was built."""

    code: str
    severity: str
    message: str


class FormatRow(msgspec.Struct, frozen=True):
    """All files of one format of an image."""

    media_type: str
    width: int
    """Of the widest."""
    size: int
    """Of the widest, in bytes."""
    files: int
    total_size: int


class ImageRow(msgspec.Struct, frozen=True, tag_field="kind", tag="image"):
    """A built picture."""

    path: str
    failed: bool
    look: Look = "photo"
    width: int = 0
    height: int = 0
    source_size: int = 0
    formats: tuple[FormatRow, ...] = ()
    findings: tuple[Finding, ...] = ()


class RungRow(msgspec.Struct, frozen=True):
    """A rendition of a video."""

    name: str
    codec: str
    width: int
    height: int
    fps: float
    crf: float
    """0: the source's own pictures."""
    size: int
    bytes_per_minute: int


class VideoRow(msgspec.Struct, frozen=True, tag_field="kind", tag="video"):
    """A built video."""

    path: str
    failed: bool
    duration_ms: int = 0
    video_class: str = ""
    target_vmaf: float = 0
    crf: float = 0
    vmaf: float = 0
    """Mean; 0: not measured."""
    vmaf_p5: float = 0
    remuxed: bool = False
    source_size: int = 0
    ladder_size: int = 0
    fixed_ladder_size: int = 0
    av1_size: int = 0
    loudness_lufs: float | None = None
    rungs: tuple[RungRow, ...] = ()
    proposed_chapters: str = ""
    """WebVTT, for the author to look through and save beside the video."""
    findings: tuple[Finding, ...] = ()
    over_background_db: float | None = None
    """How much louder the speech is than its pauses (WCAG 1.4.7); None: not to be measured."""

    @property
    def saved_percent(self) -> int:
        """Against the fixed ladder; negative: it costs more."""
        return round(100 - 100 * self.ladder_size / self.fixed_ladder_size) if self.fixed_ladder_size else 0


class AudioRow(msgspec.Struct, frozen=True, tag_field="kind", tag="audio"):
    """A built recording."""

    path: str
    failed: bool
    duration_ms: int = 0
    size: int = 0
    opus_size: int = 0
    loudness_lufs: float | None = None
    true_peak_dbtp: float | None = None
    findings: tuple[Finding, ...] = ()
    over_background_db: float | None = None
    """How much louder the speech is than its pauses (WCAG 1.4.7); None: not to be measured."""


Row = ImageRow | VideoRow | AudioRow


class Made(msgspec.Struct, frozen=True):
    """A row, and what it is about."""

    row: Row
    artefact: Artefact


def media_made(plan: Plan, artefacts: Mapping[str, Artefact], language: str) -> list[Made]:
    """The media of a course by path; findings are worded in `language`."""
    makers: dict[str, Callable[[str, Artefact, tuple[Finding, ...]], Row]] = {
        "image": _image,
        "video": _video,
        "audio": _audio,
    }
    made: list[Made] = []
    for step in plan.steps:
        artefact = artefacts.get(step.id)
        if step.kind in makers and artefact is not None:
            path = _path(step)
            findings = tuple(_findings(artefact, language))
            row = makers[step.kind](path, artefact, findings)
            made.append(Made(_with_speech(row, artefacts.get(f"speech:{path}")), artefact))
    return sorted(made, key=lambda m: m.row.path)


def _with_speech(row: Row, speech: Artefact | None) -> Row:
    if isinstance(row, ImageRow) or speech is None or speech.failed:
        return row
    facts = msgspec.convert(speech.facts, SpeechFacts)
    return msgspec.structs.replace(row, over_background_db=facts.over_background_db)


def _path(step: Step) -> str:
    return next(i.path for i in step.inputs if isinstance(i, SourceInput))


def _findings(artefact: Artefact, language: str) -> Iterator[Finding]:
    for d in artefact.diagnostics:
        message, _ = words(d, language)
        yield Finding(d.code, d.severity, message)


def _image(path: str, artefact: Artefact, findings: tuple[Finding, ...]) -> ImageRow:
    if artefact.failed:
        return ImageRow(path, failed=True, findings=findings)
    facts = msgspec.convert(artefact.facts, ImageFacts)
    variants = (*facts.variants, facts.video) if facts.video else facts.variants
    return ImageRow(
        path=path,
        failed=False,
        look=_look(facts),
        width=facts.width,
        height=facts.height,
        source_size=facts.source_size,
        formats=tuple(_formats(variants)),
        findings=findings,
    )


def _look(facts: ImageFacts) -> Look:
    if facts.video:
        return "video"
    if facts.animated:
        return "animation"
    if facts.variants[-1].media_type == "image/svg+xml":
        return "drawing"
    return "flat" if facts.flat else "photo"


def _formats(variants: Sequence[ImageVariant]) -> Iterator[FormatRow]:
    for media_type in dict.fromkeys(v.media_type for v in variants):
        same = [v for v in variants if v.media_type == media_type]
        widest = max(same, key=lambda v: v.width)
        yield FormatRow(media_type, widest.width, widest.size, len(same), sum(v.size for v in same))


def _video(path: str, artefact: Artefact, findings: tuple[Finding, ...]) -> VideoRow:
    if artefact.failed:
        return VideoRow(path, failed=True, findings=findings)
    facts = msgspec.convert(artefact.facts, VideoFacts)
    row = VideoRow(
        path=path,
        failed=False,
        duration_ms=facts.duration_ms,
        loudness_lufs=facts.loudness_lufs,
        rungs=tuple(_rungs(facts)),
        proposed_chapters=chapters_vtt(facts.proposed_chapters),
        findings=findings,
    )
    report = facts.report
    if report is None:
        return row
    return msgspec.structs.replace(
        row,
        video_class=report.video_class,
        target_vmaf=report.target,
        crf=report.crf,
        vmaf=report.vmaf,
        vmaf_p5=report.vmaf_p5,
        remuxed=report.remuxed,
        source_size=report.source_bytes,
        ladder_size=report.ladder_bytes,
        fixed_ladder_size=report.fixed_ladder_bytes,
        av1_size=report.av1_bytes,
    )


def _rungs(facts: VideoFacts) -> Iterator[RungRow]:
    for r in facts.renditions:
        per_minute = round(r.size * 60_000 / facts.duration_ms) if facts.duration_ms else 0
        yield RungRow(r.name, r.codec, r.width, r.height, r.fps, r.crf, r.size, per_minute)


def _audio(path: str, artefact: Artefact, findings: tuple[Finding, ...]) -> AudioRow:
    if artefact.failed:
        return AudioRow(path, failed=True, findings=findings)
    facts = msgspec.convert(artefact.facts, AudioFacts)
    return AudioRow(
        path=path,
        failed=False,
        duration_ms=facts.duration_ms,
        size=facts.size,
        opus_size=facts.opus_size,
        loudness_lufs=facts.loudness_lufs,
        true_peak_dbtp=facts.true_peak_dbtp,
        findings=findings,
    )


def chapters_vtt(chapters: Sequence[ChapterFacts]) -> str:
    """WebVTT chapters; "" for none."""
    if not chapters:
        return ""
    cues = [f"{_time(c.start_ms)} --> {_time(c.end_ms)}\n{c.title}\n" for c in chapters]
    return "\n".join(["WEBVTT\n", *cues])


def _time(ms: int) -> str:
    seconds = ms // 1000
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.{ms % 1000:03}"
