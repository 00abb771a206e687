"""File names and authors' words on their way to a terminal or a log."""

import re

# C0 and C1 controls start escape sequences or move the cursor; bidirectional controls reorder a line (the
# "Trojan Source" attack, CVE-2021-42574); line and paragraph separators and lone surrogates break readers of logs.
_UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")


def plain(text: str) -> str:
    """`text` on one line, with every character that could steer a terminal written as its escape (`\\x1b`)."""
    return _UNSAFE.sub(lambda m: m[0].encode("unicode_escape").decode(), text)
