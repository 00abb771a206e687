"""CSS inside SVG: what is kept is inert and asks nobody for anything. A filter, not a parser of all of CSS."""

import re

MAX_CSS = 1_000_000

_GROUPS = frozenset({"media", "supports", "keyframes", "-webkit-keyframes", "layer", "container"})
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\r\n\f]?|(.))", re.S)
_LOCAL_URL = re.compile(r"""url\(\s*(["']?)#[^"'()\s\\]*\1\s*\)""", re.I)
# Functions that fetch, and the ways old browsers ran code from CSS.
_UNSAFE = re.compile(
    r"url\s*\(|src\s*\(|image\s*\(|image-set\s*\(|expression\s*\(|@import|javascript:|vbscript:|-moz-binding|behavior\s*:"
    r"|</|<!",
    re.I,
)
_TOKEN = re.compile(r"""("(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*')|([{};])|((?:[^"'{};\\]|\\.)+)|(.)""", re.S)


def _unescape(text: str) -> str:
    def char(m: re.Match[str]) -> str:
        if not m[1]:
            return str(m[2])
        point = int(m[1], 16)
        return chr(point) if 0 < point < 0x110000 and not 0xD800 <= point < 0xE000 else "\ufffd"

    return _ESCAPE.sub(char, text)


def is_inert(value: str) -> bool:
    """Whether a CSS value fetches nothing and runs nothing; `url(#id)` is fine. Escapes are seen through."""
    if "\0" in value:
        return False
    plain = _unescape(_COMMENT.sub("", value))
    return not _UNSAFE.search(_LOCAL_URL.sub("", plain))


def filter_declarations(text: str) -> str:
    """The inert ones of `a: b; c: d` (a style attribute), in their order."""
    parts: list[str] = [""]
    for string, mark, rest, odd in _TOKEN.findall(_COMMENT.sub("", text)[:MAX_CSS]):
        if mark == ";":
            parts.append("")
        else:
            # A brace has no place in a style attribute; kept in the part, so that the part is dropped whole.
            parts[-1] += string or mark or rest or odd
    kept = [p.strip() for p in parts if ":" in p and "{" not in p and "}" not in p and is_inert(p)]
    return "; ".join(kept)


def filter_sheet(text: str) -> str:
    """The inert rules of a style sheet. At-rules that fetch or that are unknown are dropped whole."""
    tokens: list[tuple[str, str, str, str]] = _TOKEN.findall(_COMMENT.sub("", text)[:MAX_CSS])
    out: list[str] = []
    _filter_block(tokens, 0, out, depth=0)
    return "\n".join(out)


def _filter_block(tokens: list[tuple[str, str, str, str]], i: int, out: list[str], depth: int) -> int:
    """Rules from `i` to the closing brace or the end; returns the place behind it."""
    prelude = ""
    while i < len(tokens):
        string, mark, rest, odd = tokens[i]
        i += 1
        if mark == "}" and depth:
            return i
        if mark == "{":
            i = _filter_rule(prelude.strip(), tokens, i, out, depth)
            prelude = ""
        elif mark:
            prelude = ""  # `@import ...;`, `@charset ...;`, or a stray brace
        else:
            prelude += string or rest or odd
    return i


def _filter_rule(
    prelude: str, tokens: list[tuple[str, str, str, str]], i: int, out: list[str], depth: int
) -> int:
    group = re.match(r"@([\w-]+)", prelude)
    if group and group[1].lower() in _GROUPS and depth < 4 and is_inert(prelude):
        inner: list[str] = []
        i = _filter_block(tokens, i, inner, depth + 1)
        if inner:
            out.append(f"{prelude} {{ {' '.join(inner)} }}")
        return i
    body, i = _raw_block(tokens, i)
    declarations = filter_declarations(body)
    if declarations and not prelude.startswith("@") and is_inert(prelude):
        out.append(f"{prelude} {{ {declarations} }}")
    return i


def _raw_block(tokens: list[tuple[str, str, str, str]], i: int) -> tuple[str, int]:
    depth, body = 1, ""
    while i < len(tokens):
        string, mark, rest, odd = tokens[i]
        i += 1
        depth += {"{": 1, "}": -1}.get(mark, 0)
        if depth == 0:
            break
        body += string or mark or rest or odd
    return body, i
