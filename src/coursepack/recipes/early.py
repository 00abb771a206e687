"""The script that stands inside each page: the reader's settings are there before anything is painted.

A file of its own would come too late on a thin line, or hold the first paint up. The page's policy allows this one
script by its hash (CSP level 2, script-src).
"""

from base64 import b64encode
from collections.abc import Mapping
from hashlib import sha256

EARLY_FILE = "early.js"
"""What the theme calls it."""


def early_script(files: Mapping[str, bytes]) -> str:
    """The script as it is printed, of a theme's static files by name; "" where the theme has none."""
    return files.get(EARLY_FILE, b"").decode("utf-8").strip()


def source_of(script: str) -> str:
    """`script` as a source of the policy: " 'sha256-...'" of the bytes between its tags; "" for none."""
    return f" 'sha256-{b64encode(sha256(script.encode()).digest()).decode()}'" if script else ""
