"""The Nu HTML checker over a folder: one Java process, however many pages."""

import json
import shutil
import subprocess
from pathlib import Path
from urllib.parse import unquote, urlsplit

JAR = Path(__file__).parent.parent / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar"


def nu_errors(folder: Path) -> list[str]:
    """ "page:line: message" of every error in the HTML and CSS files below `folder`. Missing tools are an error."""
    java = shutil.which("java")
    assert java, "Java is missing: run `make setup`, or apt-get install default-jre-headless"
    assert JAR.is_file(), f"the Nu HTML checker is missing: run `make setup`, or npm ci in {JAR.parents[4]}"
    files = sorted(p for p in folder.rglob("*") if p.suffix in (".html", ".css"))
    assert files, f"no page below {folder}"
    done = subprocess.run(
        [
            *(
                java,
                "-Xss2m",
                "-Xmx768m",
                # A short run: half the time of the defaults.
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-jar",
                str(JAR),
                "--format",
                "json",
                "--exit-zero-always",
                "--stdout",
            ),
            *("--also-check-css", "--skip-non-html", str(folder)),
        ],
        check=False,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    messages = json.loads(done.stdout)["messages"]
    return [_line(m, folder) for m in messages if m["type"] in ("error", "non-document-error")]


def _line(message: dict, folder: Path) -> str:
    path = Path(unquote(urlsplit(message.get("url", "")).path))
    name = path.relative_to(folder.resolve()) if path.is_relative_to(folder.resolve()) else path
    return f"{name}:{message.get('lastLine', 0)}: {message['message']}"
