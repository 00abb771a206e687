"""Writes the pins: the version and the hashes of everything that is installed.

constraints-run.txt holds what coursepack needs to be built and to run, constraints.txt also what tests and checks need;
versions are the same in both. Run it with `make pin`, which brings the resolver (uv). The files serve every Python from
3.11 on and every platform, and name no index: pip takes the packages from wherever it is set up to.
"""

import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
EXTRAS = ("preview", "pdf", "test", "check")
EDITABLES = "editables"  # hatchling asks for it when it builds an editable install
HEADER = "# Written by `make pin` from pyproject.toml. Do not edit.\n"


def main() -> int:
    """Takes the newest versions; with --keep only what no longer fits moves."""
    build_requires = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["build-system"][
        "requires"
    ]
    everything, run = ROOT / "constraints.txt", ROOT / "constraints-run.txt"
    with tempfile.TemporaryDirectory() as folder:
        build = Path(folder) / "build.in"
        build.write_text("\n".join([*build_requires, EDITABLES]), encoding="utf-8")
        out = Path(folder) / "out.txt"
        if "--keep" in sys.argv and everything.exists():
            out.write_bytes(everything.read_bytes())
        resolve(out, build, *(f"--extra={extra}" for extra in EXTRAS))
        everything.write_text(HEADER + out.read_text(encoding="utf-8"), encoding="utf-8")
        # The larger set is resolved first and bounds the smaller.
        out.unlink()
        resolve(out, build, f"--constraints={everything}")
        run.write_text(HEADER + out.read_text(encoding="utf-8"), encoding="utf-8")
    return 0


def resolve(out: Path, *more: object) -> None:
    """One run of the resolver from pyproject.toml and `more`."""
    uv = Path(sys.executable).parent / "uv"
    command = [
        *(uv, "pip", "compile", "--quiet", "pyproject.toml", *more, "--output-file", out),
        *("--universal", "--python-version", "3.11", "--generate-hashes"),
        *("--no-header", "--no-annotate", "--no-emit-index-url", "--no-emit-find-links"),
    ]
    subprocess.run([str(part) for part in command], cwd=ROOT, check=True)


if __name__ == "__main__":
    raise SystemExit(main())
