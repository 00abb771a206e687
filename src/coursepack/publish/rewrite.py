"""Replaces the references inside HTML, CSS, HLS playlists, DASH manifests, thumbnail tracks and web app manifests, and leaves every
other byte as it is.

Each function takes `resolve`: the decoded reference to its replacement, or None to leave it alone.
"""

import json
import re
from collections.abc import Callable
from html import escape, unescape

Resolve = Callable[[str], str | None]

_URL_ATTRIBUTES = frozenset({"href", "src", "poster", "data", "xlink:href", "data-hls"})
_SET_ATTRIBUTES = frozenset({"srcset", "imagesrcset", "data-srcset"})
_DATA_URL = re.compile(r"data-(?:.+-)?(?:src|href|url|poster)")
_RAW_TEXT = frozenset({"script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"})

# The tokenizer of the HTML standard (13.2.5), as far as start tags go.
_TAG_NAME = re.compile(r"<([a-zA-Z][^\t\n\f\r />]*)")
_ATTRIBUTE = re.compile(
    r"[\t\n\f\r /]*([^\t\n\f\r />][^\t\n\f\r />=]*)"
    r"(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:\"([^\"]*)\"|'([^']*)'|([^\t\n\f\r \"'>][^\t\n\f\r >]*)))?"
)
_TAG_END = re.compile(r"[\t\n\f\r /]*>")
_HEAD_END = re.compile(r"</head(?=[\s/>])", re.IGNORECASE)


def rewrite_html(text: str, resolve: Resolve) -> str:
    """HTML with its references replaced: links, sources, posters, source sets, `data-*-src` and inline style."""
    out: list[str] = []
    done = 0
    for start, end, name, value in _attributes(text):
        new = _new_value(name, value, resolve)
        if new is not None:
            out += text[done:start], f'"{escape(new)}"'
            done = end
    out.append(text[done:])
    return "".join(out)


def find_meta(text: str, name: str) -> str | None:
    """The content of the first `<meta name="{name}" content="...">`."""
    for _, tag, attributes in _start_tags(text):
        if tag == "meta":
            values = {n: v for _, _, n, v in attributes}
            if values.get("name") == name:
                return values.get("content")
    return None


def insert_in_head(text: str, markup: str) -> str:
    """HTML with `markup` at the end of its head (or before the first thing that cannot be in a head)."""
    body = next((start for start, tag, _ in _start_tags(text) if tag == "body"), None)
    ends = [m.start() for m in _HEAD_END.finditer(text, 0, len(text) if body is None else body)]
    at = ends[-1] if ends else len(text) if body is None else body
    return text[:at] + markup + text[at:]


def _new_value(name: str, value: str, resolve: Resolve) -> str | None:
    if name in _URL_ATTRIBUTES or _DATA_URL.fullmatch(name):
        return resolve(value)
    if name in _SET_ATTRIBUTES:
        new = _rewrite_source_set(value, resolve)
    elif name == "style" and "url(" in value.lower():
        new = rewrite_css(value, resolve)
    else:
        return None
    return new if new != value else None


_Attribute = tuple[int, int, str, str]
"""(start and end of the value with its quotes, lower-case name, decoded value)."""


def _attributes(text: str) -> "list[_Attribute]":
    return [a for _, _, attributes in _start_tags(text) for a in attributes]


def _start_tags(text: str) -> "list[tuple[int, str, list[_Attribute]]]":
    """(offset, lower-case name, attributes) of every start tag; comments and raw text are passed over."""
    tags = []
    at = text.find("<")
    while at >= 0:
        tag = _TAG_NAME.match(text, at)
        if tag:
            attributes, end = _read_attributes(text, tag.end())
            name = tag[1].lower()
            tags.append((at, name, attributes))
            if name in _RAW_TEXT:
                close = re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE).search(text, end)
                end = close.start() if close else len(text)
            at = text.find("<", end)
        elif text.startswith("<!--", at):
            end = text.find("-->", at + 2)  # "<!-->" is a whole comment
            at = text.find("<", end + 3) if end >= 0 else -1
        elif text[at + 1 : at + 2] in ("!", "?", "/"):
            end = text.find(">", at)
            at = text.find("<", end) if end >= 0 else -1
        else:
            at = text.find("<", at + 1)
    return tags


def _read_attributes(text: str, at: int) -> "tuple[list[_Attribute], int]":
    found: list[_Attribute] = []
    while not (end := _TAG_END.match(text, at)):
        m = _ATTRIBUTE.match(text, at)
        if not m:  # a quote that is never closed, or the end of the text
            return found, len(text)
        group = m.lastindex or 1
        if group > 1:
            quoted = group < 4
            found.append((m.start(group) - quoted, m.end(group) + quoted, m[1].lower(), unescape(m[group])))
        at = m.end()
    return found, end.end()


_SPACE_OR_COMMA = re.compile(r"[\s,]*")
_WORD = re.compile(r"\S*")
_DESCRIPTOR = re.compile(r"[^,]*")


def _rewrite_source_set(value: str, resolve: Resolve) -> str:
    """A source set (HTML 4.8.4.2.1): addresses, which never end with a comma, each with a descriptor."""
    out: list[str] = []
    at = done = 0
    while (at := _end(_SPACE_OR_COMMA, value, at)) < len(value):
        end = _end(_WORD, value, at)
        url = value[at:end].rstrip(",")
        new = resolve(url)
        if new is not None:
            out += value[done:at], new
            done = at + len(url)
        # A comma right after the address ends the candidate; else what comes up to the next comma describes it.
        at = end if at + len(url) < end else _end(_DESCRIPTOR, value, end)
    out.append(value[done:])
    return "".join(out)


def _end(pattern: re.Pattern[str], text: str, at: int) -> int:
    m = pattern.match(text, at)
    return m.end() if m else at


_CSS = re.compile(
    r"""/\*.*?(?:\*/|$)
      | url\(\s*(?:"(?P<dq>(?:\\.|[^"\\\n])*)"|'(?P<sq>(?:\\.|[^'\\\n])*)'|(?P<bare>(?:\\.|[^"'()\s\\])+))\s*\)
      | (?P<import>@import\s+)(?:"(?P<idq>(?:\\.|[^"\\\n])*)"|'(?P<isq>(?:\\.|[^'\\\n])*)')
      | "(?:\\.|[^"\\\n])*" | '(?:\\.|[^'\\\n])*'""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})[ \t\n\f]?|(.))", re.DOTALL)


def rewrite_css(text: str, resolve: Resolve) -> str:
    """A style sheet with the references of `url()` and `@import` replaced (CSS Syntax 3)."""

    def replace(m: re.Match[str]) -> str:
        raw = next((g for g in ("dq", "sq", "bare", "idq", "isq") if m[g] is not None), None)
        new = resolve(_CSS_ESCAPE.sub(_css_character, m[raw])) if raw else None
        if new is None:
            return m[0]
        quoted = '"' + new.replace("\\", "\\\\").replace('"', '\\"') + '"'
        return f"{m['import']}{quoted}" if m["import"] else f"url({quoted})"

    return _CSS.sub(replace, text)


def _css_character(m: re.Match[str]) -> str:
    if not m[1]:
        return str(m[2])
    code = int(m[1], 16)
    return chr(code) if 0 < code < 0x110000 and not 0xD800 <= code < 0xE000 else "\ufffd"


_PLAYLIST = re.compile(
    r'^(?P<line>[^#\s][^\r\n]*?)(?P<end>[ \t]*\r?)$|(?<=[,:])URI="(?P<uri>[^"\r\n]*)"', re.MULTILINE
)


def rewrite_playlist(text: str, resolve: Resolve) -> str:
    """An HLS playlist (RFC 8216) with its URI lines and URI attributes replaced."""

    def replace(m: re.Match[str]) -> str:
        if m["line"] is not None:
            return f"{resolve(m['line']) or m['line']}{m['end']}"
        return f'URI="{resolve(m["uri"]) or m["uri"]}"'

    return _PLAYLIST.sub(replace, text)


_DASH = re.compile(
    r"""<!--.*?(?:-->|\Z)
      | (?<=\s)(?P<name>media|sourceURL|index|initialization)\s*=\s*(?P<quote>["'])(?P<value>[^"'<]*)(?P=quote)
      | (?P<open><BaseURL(?:\s[^>]*)?>)(?P<text>[^<]*)""",
    re.VERBOSE | re.DOTALL,
)


def rewrite_dash(text: str, resolve: Resolve) -> str:
    """An MPEG-DASH manifest (ISO/IEC 23009-1) with the addresses of its files replaced; templates are left alone."""

    def replace(m: re.Match[str]) -> str:
        raw = m["value"] if m["name"] else m["text"]
        if not raw or "$" in raw:
            return m[0]
        new = resolve(unescape(raw))
        if new is None:
            return m[0]
        return f'{m["name"]}="{escape(new)}"' if m["name"] else f"{m['open']}{escape(new, quote=False)}"

    return _DASH.sub(replace, text)


def rewrite_manifest(text: str, resolve: Resolve) -> str:
    """A web app manifest with the addresses of its icons, its start and its scope replaced.

    The scope is the folder that the start leads to. What is no manifest stays as it is.
    """
    try:
        manifest = json.loads(text)
    except (ValueError, RecursionError):
        return text
    if not isinstance(manifest, dict):
        return text
    icons = manifest.get("icons")
    for icon in icons if isinstance(icons, list) else []:
        if isinstance(icon, dict) and isinstance(icon.get("src"), str):
            icon["src"] = resolve(icon["src"]) or icon["src"]
    start = manifest.get("start_url")
    if isinstance(start, str) and (new := resolve(start)):
        manifest["start_url"] = new
        manifest["scope"] = re.split(r"[?#]", new, maxsplit=1)[0].rpartition("/")[0] + "/"
    return json.dumps(manifest, ensure_ascii=False, indent=1, sort_keys=True)


_SPRITE = re.compile(r"(?P<before>-->[^\r\n]*\r?\n)(?P<uri>[^\s#]+)(?=#xywh=[\d,]+[ \t]*\r?$)", re.MULTILINE)


def rewrite_thumbnails(text: str, resolve: Resolve) -> str:
    """WebVTT whose cues name parts of pictures (`sheet.webp#xywh=0,0,160,90`), with the pictures replaced.

    Cues of words stay as they are.
    """
    return _SPRITE.sub(lambda m: f"{m['before']}{resolve(m['uri']) or m['uri']}", text)
