"""From what probing and ffmpeg say to what the author should do. Shared by the video and audio recipes."""

import re
import signal
from typing import Final

from coursepack.model.codes import diagnostic
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.media import MediaFacts
from coursepack.model.recipe import Refused, Work
from coursepack.tools.probe import NotMedia, probe
from coursepack.tools.process import Limits, ToolFailed, ToolTimeout

LONGEST_MS: Final = 12 * 3600 * 1000

_CODES: Final = {
    "empty": "CP210",
    "playlist": "CP211",
    "image": "CP212",
    "text": "CP213",
    "no-index": "CP214",
    "not-media": "CP215",
    "gone": "CP215",
    "crash": "CP216",
    "slow": "CP216",
}


def probe_source(work: Work) -> MediaFacts:
    """The facts of the input "source". Raises Refused with the reason."""
    name = work.source_name("source")
    try:
        facts = probe(work.source_path("source"))
    except NotMedia as e:
        raise Refused(diagnostic(_CODES[e.fault], name, detail=plain(e.detail) or e.fault)) from e
    if facts.duration_ms > LONGEST_MS:
        hours = facts.duration_ms / 3_600_000
        raise Refused(diagnostic("CP220", name, hours=f"{hours:.1f}", limit=LONGEST_MS // 3_600_000))
    return facts


def no_decoder(facts: MediaFacts, kind: str, path: str) -> Diagnostic | None:
    """The diagnostic for a file that has a `kind` stream, but none that can be decoded (unknown or protected)."""
    locked = [s for s in facts.streams if s.kind == kind and not s.attached_picture]
    if not locked:
        return None
    return diagnostic("CP219", path, kind=kind, codec=locked[0].codec or "unknown or protected")


def unreadable_colours(facts: MediaFacts, path: str) -> Diagnostic | None:
    """The diagnostic for a picture whose colours nothing here understands."""
    return diagnostic("CP241", path) if facts.streams[facts.video].dolby_only else None


def refused(error: ToolFailed, path: str) -> Refused:
    """Why ffmpeg could not make anything of the file."""
    if isinstance(error, ToolTimeout):
        return Refused(diagnostic("CP221", path, seconds=round(error.timeout_s)))
    tail = error.stderr_tail
    if error.status == -signal.SIGXFSZ or "File too large" in tail:
        return Refused(diagnostic("CP242", path))
    if any(words in tail for words in _TOO_LARGE) or _NOT_OPENED.search(tail):
        return Refused(diagnostic("CP222", path))
    how = f"signal {-error.status}" if error.status < 0 else f"status {error.status}"
    return Refused(diagnostic("CP218", path, detail=first_complaint(tail) or how))


_TOO_LARGE: Final = (
    "Cannot allocate memory",
    "max_pixels",
    "Picture size",
    "Out of memory",
    "bad_alloc",
    "get_buffer() failed",
    "Resource temporarily unavailable",
    "malloc of size",
    "allocate memory failed",
)
# A picture encoder's parameters are ours and right: what it lacks when it cannot be opened is memory.
_NOT_OPENED: Final = re.compile(r"enc:lib(?:x264|svtav1)\b.*Error while opening encoder")

# What decoders say of the pictures before an entry point that they lack, when reading begins there: no damage.
_OPEN_GROUP: Final = (
    "mmco: unref short failure",
    "co located POCs unavailable",
    "Missing reference picture",
    "reference picture missing during reorder",
    "Could not find ref with POC",
    "Last message repeated",
)


def first_complaint(stderr: str, *, sought: bool = False) -> str:
    """The first line of ffmpeg's complaints, without memory addresses (they change from run to run).

    `sought`: reading began inside the file, where pictures may lack those that they refer to.
    """
    ignored = _OPEN_GROUP if sought else _OPEN_GROUP[-1:]
    lines = [plain(line) for line in stderr.splitlines() if line.strip()]
    return next((line for line in lines if not any(words in line for words in ignored)), "")


def plain(text: str) -> str:
    """`text` as one short line that is the same on every run and on every machine."""
    text = re.sub(r" @ 0x[0-9a-f]+", "", text)
    text = re.sub(r"file:\S+|/\S+", "...", text)
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())[:200]


def limits_for(facts: MediaFacts) -> Limits:
    """Time by duration and picture size, with a floor: a bound for hanging, far above honest work."""
    video = facts.streams[facts.video] if facts.video >= 0 else None
    weight = (
        max(1.0, video.width * video.height * max(24.0, video.fps) / (1920 * 1080 * 30)) if video else 0.2
    )
    return Limits(timeout_s=300 + 30 * weight * facts.duration_ms / 1000, memory_bytes=6 << 30)
