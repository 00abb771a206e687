"""ffmpeg: where it is, what it is, and how a hostile file is given to it.

A source is always opened as standard input through the `fd` protocol: its name never reaches ffmpeg, so no name can
be an option, a pattern or an address. Demuxers that open other files (HLS, DASH, concat, image2 ...) are not on the
list, and no other protocol is. Our own intermediate files go through the same door.
"""

import os
import shutil
import signal
from collections.abc import Callable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import msgspec

from coursepack.errors import EnvironmentMissing
from coursepack.tools.process import Finished, Limits, ToolMissing, run

FORMATS: Final = (
    "mov,matroska,webm,avi,mpegts,mpeg,mpegvideo,m4v,flv,asf,mxf,dv,ogg,wav,w64,mp3,flac,aac,ac3,eac3,amr,aiff,"
    "caf,au,ape,tta,wv,h264,hevc,ivf,obu"
)
"""Demuxers that read one file and nothing else."""

MAX_PIXELS: Final = 50_000_000
"""Of one picture: 8K passes, a picture made to fill the memory does not."""

_SAFE_INPUT: Final[dict[str, Any]] = {
    "format_whitelist": FORMATS,
    "protocol_whitelist": "fd",
    "max_pixels": MAX_PIXELS,
    "fd": 0,
}

BITEXACT: Final[dict[str, str]] = {"fflags": "+bitexact", "map_metadata": "-1", "map_chapters": "-1"}
"""Output options for the same bytes every time, with nothing of the author's or the day in them."""


class Ffmpeg(msgspec.Struct, frozen=True):
    """An ffmpeg program that is there."""

    path: str


def find_ffmpeg(path: str = "") -> Ffmpeg:
    """The configured program, else that of the environment's COURSEPACK_FFMPEG, else the embedded one.

    Raises ToolMissing when there is none.
    """
    wanted = path or os.environ.get("COURSEPACK_FFMPEG", "")
    if wanted:
        found = shutil.which(Path(wanted).expanduser())
        if found is None:
            raise ToolMissing(
                f"{wanted} is not an ffmpeg that can be run",
                "mend `ffmpeg` in coursepack.yaml (or COURSEPACK_FFMPEG), or leave it out for the embedded one",
            )
        return Ffmpeg(str(Path(found).resolve()))
    try:
        import imageio_ffmpeg

        return Ffmpeg(imageio_ffmpeg.get_ffmpeg_exe())
    except (ImportError, RuntimeError) as e:
        raise ToolMissing(
            "there is no embedded ffmpeg for this machine", "install ffmpeg and set COURSEPACK_FFMPEG=ffmpeg"
        ) from e


def version(tool: Ffmpeg) -> str:
    """What this ffmpeg is, for step keys: the same on every machine with the same program."""
    if Path(tool.path).parent.parts[-2:] == ("imageio_ffmpeg", "binaries"):
        # A wheel's file never changes under its version: no need to start it on a build that has nothing to do.
        return f"{Path(tool.path).name} {Path(tool.path).stat().st_size}"
    return _version_by_file(tool)


def _version_by_file(tool: Ffmpeg) -> str:
    try:
        stat = Path(tool.path).stat()
    except OSError as e:
        raise ToolMissing(f"{tool.path} is not there", "install ffmpeg or leave the setting out") from e
    return _version(tool.path, stat.st_mtime_ns, stat.st_size)


@lru_cache(maxsize=8)
def _version(path: str, mtime_ns: int, size: int) -> str:
    out = run([path, "-hide_banner", "-version"], limits=Limits(timeout_s=30)).stdout.decode(
        "utf-8", "replace"
    )
    lines = out.splitlines()
    if not lines or not lines[0].startswith("ffmpeg version "):
        raise ToolMissing(f"{path} does not answer like ffmpeg", "mend the `ffmpeg` setting")
    # The build's flags name machines; the versions of the libraries are what shapes the bytes.
    libraries = [
        f"{name}{numbers.split('/')[0].replace(' ', '')}"
        for name, _, numbers in (line.partition(" ") for line in lines)
        if name.startswith(("libav", "libsw"))
    ]
    return " ".join([lines[0].split()[2], *libraries])


@lru_cache(maxsize=1)
def x264_instructions() -> dict[str, str]:
    """x264 options that keep it off AVX-512, where the machine has that; {} elsewhere.

    Its AVX-512 code for the macroblock tree reads memory that was never written (seen with B-frames, in the x264 of
    the embedded ffmpeg 9.0.2): the bytes then change from run to run. AVX2 gives what every other machine gives.
    """
    try:
        flags = Path("/proc/cpuinfo").read_text("utf-8", "replace")
    except OSError:
        return {}
    return {"x264-params": "asm=avx2"} if "avx512bw" in flags else {}


def source_input(
    *,
    container: str = "",
    threads: int = 0,
    seek_s: float = 0,
    whole_group: bool = False,
    decoder: str = "",
    one_graph: bool = False,
    lag_ms: int = 0,
) -> Any:
    """The ffmpeg-python node of the file on standard input, behind every guard. `threads` are the decoder's.

    `container` as probed (`MediaFacts`): ffmpeg 9.0.2 takes some WAV files for MPEG-TS when it has to guess.

    `whole_group`: after seeking, everything from the keyframe before `seek_s` on, with its true time stamps.
    `decoder`: of the pictures, where ffmpeg's first choice will not do. `one_graph`: pictures that change their size
    or colours on the way (calls over the web) stay in one graph; a new one would count from zero again. The first
    filter there that touches pixels must be `scale` with a size: others trust that all are alike. Nothing is turned.
    `lag_ms` of the one stream that is read (`StreamFacts`).
    """
    import ffmpeg

    options: dict[str, Any] = dict(_SAFE_INPUT)
    demuxer = container.partition(",")[0]
    if demuxer in FORMATS.split(","):
        options["f"] = demuxer
    if threads:
        options["threads"] = threads
    if decoder:
        options["c:v"] = decoder
    if one_graph:
        options["reinit_filter:v"] = 0
        options["noautorotate"] = None
    if lag_ms:
        options["itsoffset"] = f"{lag_ms / 1000:.3f}"
    if seek_s > 0:
        options["ss"] = f"{seek_s:.3f}"
        if whole_group:
            options["noaccurate_seek"] = None
    return ffmpeg.input("fd:", **options)


def own_input(path: Path, **options: Any) -> Any:
    """The node of a file that we made. `file:` keeps the name from being read as another protocol."""
    import ffmpeg

    return ffmpeg.input(
        f"file:{path}", protocol_whitelist="file", format_whitelist="mov,matroska,webm,image2", **options
    )


def command(
    tool: Ffmpeg,
    outputs: Any,
    *,
    filter_threads: int = 0,
    loglevel: str = "error",
    file_times: bool = False,
) -> list[str]:
    """The argument list for ffmpeg-python output node(s), quiet and without questions.

    `filter_threads` 0 leaves the number to ffmpeg: only where pixels do not depend on it. `file_times`: time stamps
    count from the start of the file, wherever reading begins.
    """
    import ffmpeg

    node = ffmpeg.merge_outputs(*outputs) if isinstance(outputs, list | tuple) else outputs
    threads = ["-filter_complex_threads", str(filter_threads)] if filter_threads else []
    times = ["-copyts", "-start_at_zero"] if file_times else []
    head = [tool.path, "-hide_banner", "-nostats", "-nostdin", "-loglevel", loglevel, *threads, *times]
    return [*head, *ffmpeg.get_args(node), "-y"]


_QUIET: Final = {"SVT_LOG": "1"}
"""SVT-AV1 tells its settings on stderr, whatever ffmpeg's log level: errors alone."""


def run_ffmpeg(
    argv: Sequence[str],
    *,
    limits: Limits,
    cancelled: Callable[[], bool] = lambda: False,
    stdin: Path | None = None,
    cwd: Path | None = None,
    duration_ms: int = 0,
    progress: Callable[[float], None] | None = None,
) -> Finished:
    """Runs an ffmpeg command. With `progress`, reports the fraction of `duration_ms` that is done.

    Raises like `process.run`; a full disk or a missing ability of this ffmpeg is EnvironmentMissing, so that what
    is left in ToolFailed is the input's doing.
    """
    from coursepack.tools.process import ToolFailed, ToolTimeout

    on_line = progress_reader(duration_ms, progress) if progress else None
    full = [argv[0], "-progress", "pipe:1", *argv[1:]] if progress else list(argv)
    try:
        return run(
            full, limits=limits, cancelled=cancelled, stdin=stdin, cwd=cwd, env=_QUIET, on_line=on_line
        )
    except ToolTimeout:
        raise
    except ToolFailed as e:
        trouble = machine_trouble(e.stderr_tail, e.status)
        if trouble:
            raise EnvironmentMissing(trouble, e.message) from e
        raise


_NOT_UNDERSTOOD: Final = (
    "Unknown encoder",
    "No such filter",
    "Unrecognized option",
    "Unknown bitstream filter",
    "Option not found",
    "Syntax error",
)


# Status of a program that somebody else ended. Our own limits end it otherwise: XCPU, XFSZ, or a message.
_KILLED: Final = (-signal.SIGKILL, -signal.SIGTERM, -signal.SIGINT, -signal.SIGHUP)


def machine_trouble(stderr: str, status: int) -> str:
    """What is wrong with the machine, judged by ffmpeg's words; "" when the input is to blame."""
    if "No space left on device" in stderr or "Disk quota exceeded" in stderr:
        return "the disk is full"
    for words in _NOT_UNDERSTOOD:
        if words in stderr:
            return f"this ffmpeg lacks something that is needed ({words}): use the embedded one"
    if status in _KILLED:
        return "ffmpeg was killed from outside, by hand or because the machine has too little memory"
    if status == 127 or "error while loading shared libraries" in stderr:
        return "this ffmpeg cannot be started"
    return ""


def progress_reader(duration_ms: int, report: Callable[[float], None]) -> Callable[[str], None]:
    """A reader of `-progress` lines. Reports 0 to 1, never backwards; nothing when the duration is unknown."""
    done = 0.0

    def on_line(line: str) -> None:
        nonlocal done
        key, _, value = line.strip().partition("=")
        # "N/A" until the first frame is out; out_time_ms is in microseconds too, for historical reasons.
        if key != "out_time_us" or not value.lstrip("-").isdigit() or duration_ms <= 0:
            return
        now = min(1.0, max(0.0, int(value) / 1000 / duration_ms))
        if now > done:
            done = now
            report(done)

    return on_line
