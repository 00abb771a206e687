"""The one runner of outside programs.

Argument lists only, never a shell string of ours; a private process group that dies with us, on time-out and on
Ctrl-C; limits on memory, CPU time and file size; output read without dead-lock and kept bounded.
"""

import codecs
import contextlib
import os
import selectors
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import IO, Final

import msgspec

from coursepack.errors import EnvironmentMissing, Interrupted

_POLL_S: Final = 0.1
_READ: Final = 1 << 16
STDERR_TAIL: Final = 16_384
STDOUT_LIMIT: Final = 32 << 20

# Limits are set by a shell that then becomes the program: no race with the program's first steps, and no
# preexec_fn, which is unsafe in a program with threads. Arguments travel as "$@": nothing is parsed by the shell.
_LIMITER: Final = 'ulimit -c 0; ulimit -v "$1" && ulimit -t "$2" && ulimit -f "$3" && shift 3 && exec "$@"'


class Limits(msgspec.Struct, frozen=True):
    """What a program may use. `cpu_s` 0: four times the time-out on every core."""

    timeout_s: float
    memory_bytes: int = 4 << 30
    """Address space, threads' stacks included."""
    file_bytes: int = 16 << 30
    """Size of any one file that it writes."""
    cpu_s: int = 0


class Finished(msgspec.Struct, frozen=True):
    """A program that ended with exit code 0."""

    stdout: bytes
    """Empty when lines were handed to `on_line`."""
    stderr_tail: str
    """The last 16 KiB."""
    seconds: float


class ToolMissing(EnvironmentMissing):
    """The program is not there or cannot be started."""


class ToolFailed(EnvironmentMissing):
    """The program ended with an error. A recipe that knows it for the input's fault answers with `Refused`."""

    def __init__(self, argv: Sequence[str], status: int, stderr_tail: str) -> None:
        how = f"was killed by signal {-status}" if status < 0 else f"failed with exit code {status}"
        last = "\n".join(stderr_tail.strip().splitlines()[-12:])
        super().__init__(f"{Path(argv[0]).name} {how}\n  command: {shown(argv)}\n{last}".rstrip())
        self.argv = tuple(argv)
        self.status = status
        """Exit code; negative: the signal that ended it."""
        self.stderr_tail = stderr_tail


class ToolTimeout(ToolFailed):
    """The program was stopped because it took too long, by the clock or in processor time."""

    def __init__(self, argv: Sequence[str], timeout_s: float, stderr_tail: str) -> None:
        super().__init__(argv, -signal.SIGKILL, stderr_tail)
        self.timeout_s = timeout_s
        self.message = (
            f"{Path(argv[0]).name} did not finish within {timeout_s:.0f} s\n  command: {shown(argv)}"
        )


def shown(argv: Sequence[str]) -> str:
    """The command for people, quoted as a shell would want it."""
    import shlex

    return shlex.join(argv)


def run(
    argv: Sequence[str],
    *,
    limits: Limits,
    cancelled: Callable[[], bool] = lambda: False,
    stdin: Path | None = None,
    cwd: Path | None = None,
    env: Mapping[str, str] | None = None,
    on_line: Callable[[str], None] | None = None,
    stdout_limit: int = STDOUT_LIMIT,
) -> Finished:
    """Runs a program to its end.

    `stdin` is a file (seekable for the program); none means /dev/null. With `on_line` the lines of its stdout are
    handed over as they come. Raises ToolMissing, ToolFailed, ToolTimeout, or Interrupted when `cancelled()`.
    """
    began = time.monotonic()
    with _opened(stdin) as source:
        process = _start(argv, source, limits=limits, cwd=cwd, env=env)
    reader = _Reader(process, on_line, stdout_limit)
    used_s = 0.0
    try:
        used_s = _watch(
            process, reader, argv, deadline=began + limits.timeout_s, limits=limits, cancelled=cancelled
        )
    finally:
        _end_group(process)
        reader.close()
    if process.returncode != 0:
        # The kernel ends what reaches the limit by KILL, like anybody else.
        if process.returncode == -signal.SIGKILL and used_s >= 0.9 * _cpu_s(limits) - 0.5:
            raise ToolTimeout(argv, _cpu_s(limits), reader.stderr_tail())
        raise ToolFailed(argv, process.returncode, reader.stderr_tail())
    if reader.overflowed:
        raise ToolFailed(argv, 0, f"its output is larger than {stdout_limit} bytes")
    return Finished(bytes(reader.stdout), reader.stderr_tail(), time.monotonic() - began)


def launcher(argv: Sequence[str], limits: Limits) -> list[str]:
    """`argv` behind the small programs that set the limits and tie its life to ours."""
    # Linux only; elsewhere a program that outlives us ends at its next write to the closed pipe.
    setpriv = shutil.which("setpriv")
    leash = [setpriv, "--pdeathsig", "KILL", "--"] if setpriv else []
    sizes = [str(limits.memory_bytes >> 10), str(_cpu_s(limits)), str(max(1, limits.file_bytes >> 9))]
    return [*leash, "/bin/sh", "-c", _LIMITER, "sh", *sizes, *argv]


def _cpu_s(limits: Limits) -> int:
    return max(1, limits.cpu_s or int(limits.timeout_s * 4 * (os.cpu_count() or 1)))


def minimal_environment() -> dict[str, str]:
    """What a program needs of our environment, and nothing that could change what it makes or leak a secret."""
    kept = {k: os.environ[k] for k in ("PATH", "TMPDIR", "LD_LIBRARY_PATH") if k in os.environ}
    # With a HOME, Python's start asks no name service (and opens no /etc/passwd) for it.
    # Each thread's malloc arena reserves 64 MiB of address space, which would count against the memory limit.
    return {
        "PATH": os.defpath,
        **kept,
        "LC_ALL": "C",
        "TZ": "UTC",
        "HOME": "/nonexistent",
        "MALLOC_ARENA_MAX": "2",
    }


def _opened(stdin: Path | None) -> IO[bytes]:
    return Path(os.devnull if stdin is None else stdin).open("rb")


def _start(
    argv: Sequence[str], source: IO[bytes], *, limits: Limits, cwd: Path | None, env: Mapping[str, str] | None
) -> subprocess.Popen[bytes]:
    if shutil.which(argv[0]) is None:
        raise ToolMissing(
            f"{argv[0]} is not there or may not be run", "install it, or set its path in coursepack.yaml"
        )
    try:
        return subprocess.Popen(
            launcher(argv, limits),
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd,
            env={**minimal_environment(), **(env or {})},
            process_group=0,
            bufsize=0,
        )
    except OSError as e:
        raise ToolMissing(f"{argv[0]} cannot be started: {e.strerror}", "") from e


def _watch(
    process: subprocess.Popen[bytes],
    reader: "_Reader",
    argv: Sequence[str],
    *,
    deadline: float,
    limits: Limits,
    cancelled: Callable[[], bool],
) -> float:
    """Waits for the end; gives the processor seconds used, as far as they were seen."""
    used_s = 0.0
    while True:
        used_s = max(used_s, _cpu_used_s(process.pid))
        ended = process.poll() is not None
        reader.drain(0 if ended else _POLL_S)
        if ended:
            # What was written before the end is in the pipes; a grandchild that holds them open is not waited for.
            reader.drain_all()
            return used_s
        if cancelled():
            raise Interrupted()
        if time.monotonic() > deadline:
            raise ToolTimeout(argv, limits.timeout_s, reader.stderr_tail())


def _cpu_used_s(pid: int) -> float:
    """Processor time of a process so far; 0 when it cannot be seen (it ended, or this is no Linux)."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8", "replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


def _end_group(process: subprocess.Popen[bytes]) -> None:
    # Also after a normal end: helpers that it left behind go too.
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


class _Reader:
    """Both pipes of a process, read together so that neither can fill up and block it."""

    def __init__(
        self, process: subprocess.Popen[bytes], on_line: Callable[[str], None] | None, limit: int
    ) -> None:
        if process.stdout is None or process.stderr is None:
            raise AssertionError("both pipes are asked for in _start")
        self.stdout = bytearray()
        self.overflowed = False
        self._stderr = bytearray()
        self._on_line = on_line
        self._limit = limit
        self._text = codecs.getincrementaldecoder("utf-8")("replace")
        self._partial = ""
        self._pipes = (process.stdout, process.stderr)
        self._selector = selectors.DefaultSelector()
        for pipe, take in zip(self._pipes, (self._take_stdout, self._take_stderr), strict=True):
            os.set_blocking(pipe.fileno(), False)
            self._selector.register(pipe, selectors.EVENT_READ, take)

    def drain(self, wait_s: float) -> bool:
        """Takes what is there; False when nothing came."""
        if not self._selector.get_map():
            time.sleep(wait_s)
            return False
        got = False
        for key, _ in self._selector.select(wait_s):
            data = os.read(key.fd, _READ)
            if data:
                key.data(data)
                got = True
            else:
                self._selector.unregister(key.fileobj)
        return got

    def drain_all(self) -> None:
        while self.drain(0):
            pass

    def stderr_tail(self) -> str:
        text = self._stderr[-STDERR_TAIL:].decode("utf-8", "replace")
        # Whole lines only, where the beginning is lost.
        return text.partition("\n")[2] if len(self._stderr) >= STDERR_TAIL else text

    def close(self) -> None:
        self._selector.close()
        for pipe in self._pipes:
            pipe.close()

    def _take_stdout(self, data: bytes) -> None:
        if self._on_line is None:
            self.overflowed = self.overflowed or len(self.stdout) + len(data) > self._limit
            if not self.overflowed:
                self.stdout += data
            return
        *lines, rest = (self._partial + self._text.decode(data)).split("\n")
        self._partial = rest[-_READ:]
        for line in lines:
            self._on_line(line)

    def _take_stderr(self, data: bytes) -> None:
        self._stderr += data
        if len(self._stderr) > 4 * STDERR_TAIL:
            del self._stderr[:-STDERR_TAIL]
