import shutil
import sys
import time
from pathlib import Path

import pytest

from coursepack.errors import EnvironmentMissing, Interrupted
from coursepack.tools.process import Limits, ToolFailed, ToolMissing, ToolTimeout, run

SOON = Limits(timeout_s=20)


def python(code: str, *args: str) -> list[str]:
    return [sys.executable, "-S", "-c", code, *args]


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except FileNotFoundError:
        return False
    return state not in "ZX"


def test_both_pipes_full_do_not_block() -> None:
    code = (
        "import sys\nfor _ in range(400): sys.stderr.write('e' * 5000 + '\\n'); sys.stdout.write('o' * 5000)"
    )
    done = run(python(code), limits=SOON)
    assert len(done.stdout) == 2_000_000
    assert 0 < len(done.stderr_tail) <= 16_384


def test_arguments_are_never_shell_words() -> None:
    words = ["$(id)", "; echo x", "a b", "*", "'\"", "-n"]
    done = run(python("import sys; print(sys.argv[1:])", *words), limits=SOON)
    assert done.stdout.decode().strip() == repr(words)


def test_failure_says_command_code_and_tail() -> None:
    with pytest.raises(ToolFailed) as caught:
        run(python("import sys; sys.stderr.write('no such thing\\n'); sys.exit(7)"), limits=SOON)
    assert caught.value.status == 7
    assert "no such thing" in caught.value.message
    assert "sys.exit(7)" in caught.value.message


def test_missing_program() -> None:
    with pytest.raises(ToolMissing) as caught:
        run(["/nowhere/ffmpeg"], limits=SOON)
    assert isinstance(caught.value, EnvironmentMissing)


def test_time_out_ends_grandchildren_too(tmp_path: Path) -> None:
    code = (
        "import subprocess,sys,time\n"
        f"p = subprocess.Popen(['/bin/sleep', '60']); open({str(tmp_path / 'pid')!r}, 'w').write(str(p.pid))\n"
        "time.sleep(60)"
    )
    began = time.monotonic()
    with pytest.raises(ToolTimeout):
        run(python(code), limits=Limits(timeout_s=1))
    assert time.monotonic() - began < 5
    pid = int((tmp_path / "pid").read_text())
    deadline = time.monotonic() + 3
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)


def test_cancel_stops_at_once() -> None:
    began = time.monotonic()
    with pytest.raises(Interrupted):
        run(
            python("import time; time.sleep(60)"),
            limits=SOON,
            cancelled=lambda: time.monotonic() - began > 0.3,
        )
    assert time.monotonic() - began < 3


@pytest.mark.skipif(sys.platform != "linux", reason="address space limits are kept by Linux")
def test_memory_limit() -> None:
    with pytest.raises(ToolFailed, match="MemoryError"):
        run(python("x = bytearray(600 << 20)"), limits=Limits(timeout_s=20, memory_bytes=300 << 20))
    run(python("x = bytearray(600 << 20)"), limits=SOON)


def test_file_size_limit(tmp_path: Path) -> None:
    out = tmp_path / "big"
    with pytest.raises(ToolFailed):
        code = f"f = open({str(out)!r}, 'wb')\nfor _ in range(64): f.write(b'x' * 65536); f.flush()"
        run(python(code), limits=Limits(timeout_s=20, file_bytes=1 << 20))
    assert out.stat().st_size <= 1 << 20


def test_a_greedy_loop_runs_out_of_processor_time() -> None:
    with pytest.raises(ToolFailed):
        run(python("while True: pass"), limits=Limits(timeout_s=20, cpu_s=1))


def test_lines_come_whole() -> None:
    lines: list[str] = []
    run(
        python("import sys; sys.stdout.write('a\\nb'); sys.stdout.flush(); print('c')"),
        limits=SOON,
        on_line=lines.append,
    )
    assert lines == ["a", "bc"]


def test_unbounded_output_is_refused() -> None:
    with pytest.raises(ToolFailed, match="larger"):
        run(python("print('x' * 100000)"), limits=SOON, stdout_limit=1000)


def test_environment_holds_no_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s3cr3t")
    done = run(python("import os; print(sorted(os.environ.items()))"), limits=SOON)
    assert b"s3cr3t" not in done.stdout
    assert b"('LC_ALL', 'C')" in done.stdout


def test_standard_input_is_a_seekable_file(tmp_path: Path) -> None:
    source = tmp_path / "in"
    source.write_bytes(b"hello")
    code = "import sys; f = sys.stdin.buffer; f.seek(4); print(f.read()); f.seek(0); print(f.read(1))"
    assert run(python(code), limits=SOON, stdin=source).stdout == b"b'o'\nb'h'\n"


@pytest.mark.skipif(not shutil.which("setpriv"), reason="util-linux ties a child to its parent")
def test_the_program_dies_with_us(tmp_path: Path) -> None:
    import subprocess

    pid_file = tmp_path / "pid"
    inner = f"import os,time; open({str(pid_file)!r},'w').write(str(os.getpid())); time.sleep(60)"
    outer = (
        "import sys\nfrom coursepack.tools.process import Limits, run\n"
        f"run([sys.executable, '-S', '-c', {inner!r}], limits=Limits(timeout_s=60))"
    )
    parent = subprocess.Popen([sys.executable, "-c", outer])
    deadline = time.monotonic() + 10
    while not (pid_file.exists() and pid_file.read_text()) and time.monotonic() < deadline:
        time.sleep(0.05)
    parent.kill()
    parent.wait()
    pid = int(pid_file.read_text())
    while alive(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not alive(pid)
