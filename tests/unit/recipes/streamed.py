"""A built video in memory, its segments made by ffmpeg, and a `Work` for the step that puts it together."""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import msgspec
from tests.unit.recipes.media_work import make

from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes
from coursepack.model.media import (
    AudioFacts,
    AudioRendition,
    ChapterFacts,
    Codec,
    Cue,
    CueFacts,
    Rendition,
    VideoFacts,
)
from coursepack.model.step import Artefact, ArtefactFile, Step, StepInput, output_folder
from coursepack.tools.cmaf import av1_codec, avc_codec, start_at_zero
from coursepack.tools.hls import (
    AAC_LC,
    INIT,
    PLAYLIST,
    PLAYLIST_TYPE,
    SEGMENTS,
    media_playlist,
    read_track,
)
from coursepack.tools.iframes import iframe_playlist

SECONDS = 5
BASE = "media/小 pay"
OWN = "media/小 pay-stream"
DESCRIBED = "media/pay-described"


@dataclass
class Shelf:
    """Artefacts by input name, and every byte of theirs."""

    blobs: dict[Digest, bytes] = field(default_factory=dict)
    artefacts: dict[str, Artefact] = field(default_factory=dict)

    def put(self, name: str, files: dict[str, tuple[bytes, str]], facts: msgspec.Struct) -> None:
        """Adds the artefact of the input `name`."""
        made = tuple(ArtefactFile(n, digest_bytes(d), len(d), t) for n, (d, t) in sorted(files.items()))
        self.blobs |= {digest_bytes(d): d for d, _ in files.values()}
        self.artefacts[name] = Artefact(made, msgspec.to_builtins(facts))

    def words(self, name: str, kind: Any, language: str, *cues: Cue) -> None:
        """Adds a cue file."""
        data = "WEBVTT\n\n" + "\n".join(f"00:00.000 --> 00:01.000\n{c.text}\n" for c in cues)
        file = f"{kind}.{language}.vtt"
        self.put(name, {file: (data.encode(), "text/vtt")}, CueFacts(kind, language, file, cues))


@dataclass
class StreamWork:
    """A `Work` over a shelf."""

    shelf: Shelf
    folder: Path
    params: dict[str, Any]
    files: dict[str, bytes] = field(default_factory=dict)
    types: dict[str, str] = field(default_factory=dict)
    findings: list[Diagnostic] = field(default_factory=list)
    threads: int = 1

    @property
    def step(self) -> Step:
        inputs = tuple(StepInput(name, name) for name in self.shelf.artefacts)
        return Step("stream:x", "stream", "", self.params, inputs)

    def source_path(self, name: str) -> Path:
        raise KeyError(name)

    def source_name(self, name: str) -> str:
        raise KeyError(name)

    def blob(self, digest: Digest) -> bytes:
        return self.shelf.blobs[digest]

    def artefact(self, name: str) -> Artefact:
        return self.shelf.artefacts[name]

    def write(self, name: str, data: bytes, media_type: str) -> None:
        assert name not in self.files
        self.files[name], self.types[name] = data, media_type

    def add(self, name: str, path: Path, media_type: str) -> None:
        assert path.is_relative_to(self.folder)
        self.write(name, path.read_bytes(), media_type)
        path.unlink()

    def keep(self, name: str, file: ArtefactFile) -> None:
        self.write(name, self.blob(file.digest), file.media_type)

    def fetch(self, digest: Digest, path: Path) -> Path:
        path.write_bytes(self.blob(digest))
        return path

    def make(self, parts: Any, *, span: tuple[float, float] = (0, 0)) -> list[Artefact]:
        raise AssertionError(parts)

    def finding(self, diagnostic: Diagnostic) -> None:
        self.findings.append(diagnostic)

    def progress(self, fraction: float) -> None:
        assert 0 <= fraction <= 1

    @property
    def cancelled(self) -> Callable[[], bool]:
        return lambda: False


_HLS = (
    "-f",
    "hls",
    "-hls_time",
    "2",
    "-hls_list_size",
    "0",
    "-hls_segment_type",
    "fmp4",
    "-start_number",
    "1",
)
_PICTURE = ("-f", "lavfi", "-i", f"testsrc2=s=320x240:r=10:d={SECONDS}")
_TONE = ("-f", "lavfi", "-i", f"sine=d={SECONDS}:r=48000")


def _segmented(folder: Path, *args: str) -> None:
    folder.mkdir(parents=True)
    names = ("-hls_fmp4_init_filename", INIT, "-hls_segment_filename", str(folder / SEGMENTS))
    make(folder / PLAYLIST, *args, *_HLS, *names)


def _rung(root: Path, codec: Codec, lines: int) -> Rendition:
    h264 = codec == "h264"
    encoder = ("libx264", "-preset", "ultrafast") if h264 else ("libsvtav1", "-preset", "12")
    extra = () if h264 else ("-svtav1-params", "lp=1:scd=0")
    folder = f"v{lines}" if h264 else f"av1-{lines}"
    width = lines * 4 // 3
    shape = ("-vf", f"scale={width}:{lines}", "-pix_fmt", "yuv420p", "-g", "20")
    _segmented(root / folder, *_PICTURE, *shape, "-c:v", *encoder, *extra, "-crf", "40")
    track = read_track(root / folder)
    start_at_zero(track)
    (root / folder / PLAYLIST).write_bytes(media_playlist(track))
    iframes = iframe_playlist(track)
    (root / folder / "iframes.m3u8").write_bytes(iframes.data)
    init = (root / folder / INIT).read_bytes()
    return Rendition(
        name=f"{lines}p" if h264 else f"{lines}p-av1",
        width=width,
        height=lines,
        fps=10,
        bandwidth=track.peak,
        average_bandwidth=track.average,
        codecs=avc_codec(init) if h264 else av1_codec(init),
        playlist=f"{folder}/{PLAYLIST}",
        size=track.size,
        codec=codec,
        iframes=f"{folder}/iframes.m3u8",
        iframe_bandwidth=iframes.bandwidth,
    )


def _sound(root: Path, name: str, kbps: int) -> AudioRendition:
    folder = "audio" if name == "audio" else f"audio-{name}"
    _segmented(root / folder, *_TONE, "-c:a", "aac", "-b:a", f"{kbps}k", "-ac", "1")
    track = read_track(root / folder)
    (root / folder / PLAYLIST).write_bytes(media_playlist(track))
    return AudioRendition(name, f"{folder}/{PLAYLIST}", track.peak, track.average, AAC_LC, 1, track.size)


def _files(root: Path) -> dict[str, tuple[bytes, str]]:
    types = {".m3u8": PLAYLIST_TYPE, ".m4s": "video/iso.segment", ".jpg": "image/jpeg", ".vtt": "text/vtt"}
    return {
        p.relative_to(root).as_posix(): (p.read_bytes(), types.get(p.suffix, "video/mp4"))
        for p in sorted(root.rglob("*"))
        if p.is_file()
    }


@lru_cache(maxsize=1)
def built() -> tuple[dict[str, tuple[bytes, str]], VideoFacts, dict[str, tuple[bytes, str]], AudioFacts]:
    """(files, facts) of a video with two rungs, one of them in AV1 too, and of its described sound."""
    with TemporaryDirectory() as name:
        root = Path(name) / "video"
        rungs = (_rung(root, "h264", 240), _rung(root, "h264", 120), _rung(root, "av1", 240))
        sounds = (_sound(root, "audio", 96), _sound(root, "low", 32))
        make(root / "sound.mp4", *_TONE, "-c:a", "aac", "-b:a", "64k", "-ac", "1")
        make(root / "poster.jpg", *_PICTURE, "-frames:v", "1")
        (root / "captions.fr.vtt").write_text("WEBVTT\n\n00:00.000 --> 00:01.000\nBonjour\n", "utf-8")
        facts = VideoFacts(
            duration_ms=SECONDS * 1000,
            width=320,
            height=240,
            renditions=rungs,
            mp4="240.mp4",
            mp4_size=1,
            mobile="240.mp4",
            mobile_size=1,
            poster="poster.jpg",
            poster_width=320,
            poster_height=240,
            audio=sounds,
            sound="sound.mp4",
            chapters=(ChapterFacts(0, 2000, "Inside"), ChapterFacts(2000, 5000, "the file")),
            captions=(CueFacts("subtitles", "fr", "captions.fr.vtt", (Cue(0, 1000, "Bonjour"),)),),
        )
        other = Path(name) / "described"
        described = AudioFacts(SECONDS * 1000, "audio.m4a", 1, renditions=(_sound(other, "audio", 64),))
        return _files(root), facts, _files(other), described


def video_shelf(facts: VideoFacts | None = None) -> Shelf:
    """A shelf with the video and its described sound; `facts` in place of its own."""
    files, own, described_files, described = built()
    shelf = Shelf()
    shelf.put("video", files, facts or own)
    shelf.put("described/0", described_files, described)
    return shelf


def stream_params(*, cues: int = 0, described: bool = False, language: str = "zh-Hans") -> dict[str, Any]:
    """The params of a step with so many cue files."""
    given = [{"base": DESCRIBED, "language": language, "path": "pay.described.mp3"}] if described else []
    return {"base": OWN, "video": BASE, "cues": [BASE] * cues, "described": given, "language": language}


def on_disk(shelf: Shelf, files: dict[str, bytes], root: Path, params: dict[str, Any]) -> Path:
    """Lays all out as a site does; gives the folder of the step's own files."""
    bases = {"video": BASE, "described/0": DESCRIBED, "poster": "media/pay-poster"} | {
        f"cues/{n}": b for n, b in enumerate(params["cues"])
    }
    for name, artefact in shelf.artefacts.items():
        for f in artefact.files:
            path = root / output_folder(bases[name], artefact) / f.name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(shelf.blobs[f.digest])
    own = root / f"{OWN}-0123"
    own.mkdir(parents=True)
    for file, data in files.items():
        (own / file).write_bytes(data)
    return own
