"""Cue text: WebVTT's own tags, cleaned; everything else escaped (WebVTT, section 4.2 "cue text").

The clean form is canonical: only `<v Name> <i> <b> <u> <ruby> <rt> <lang tag>`, closed and properly nested,
`&amp; &lt; &gt;` for the three characters, no blank lines, no control characters.
"""

import html
import re
from collections import Counter

KEPT = frozenset({"v", "i", "b", "u", "ruby", "rt", "lang"})
_RENAMED = {"bold": "b", "strong": "b", "italic": "i", "em": "i", "underline": "u"}
# HTML that people paste or editors write. Any other name in angle brackets is taken for words.
_DROPPED = frozenset(
    {
        "a",
        "abbr",
        "applet",
        "article",
        "audio",
        "base",
        "big",
        "blink",
        "body",
        "button",
        "c",
        "canvas",
        "center",
    }
    | {
        "cite",
        "code",
        "del",
        "details",
        "div",
        "embed",
        "figure",
        "font",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
    }
    | {
        "h5",
        "h6",
        "head",
        "header",
        "hr",
        "html",
        "iframe",
        "img",
        "input",
        "ins",
        "label",
        "li",
        "link",
        "main",
    }
    | {
        "mark",
        "marquee",
        "math",
        "meta",
        "nav",
        "nobr",
        "noscript",
        "object",
        "ol",
        "option",
        "p",
        "param",
        "pre",
    }
    | {
        "q",
        "rb",
        "rp",
        "rtc",
        "s",
        "script",
        "section",
        "select",
        "small",
        "source",
        "span",
        "strike",
        "style",
    }
    | {
        "sub",
        "summary",
        "sup",
        "svg",
        "table",
        "td",
        "template",
        "textarea",
        "th",
        "title",
        "tr",
        "track",
        "tt",
    }
    | {"ul", "video", "xml"}
)
# A "<" without its ">" is text: browsers would swallow the rest of the cue.
_TAG = re.compile(r"<(/?)([^<>\s./]*)([^<>]*)>|<v([ \t.][^>]{0,300})>", re.DOTALL)
_TIMESTAMP = re.compile(r"[0-9:.,]{5,}")
_LANGUAGE = re.compile(r"[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*")
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f\x7f\x80-\x84\x86-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")
_BREAK = re.compile("\r\n|[\n\r\x0b\x0c\x85\u2028\u2029]")
_MAX_DEPTH = 16


class _Writer:
    """Builds balanced markup; a tag that would hold nothing is left out."""

    def __init__(self) -> None:
        self.out: list[str] = []
        self.open: list[tuple[str, int]] = []

    def start(self, name: str, annotation: str) -> None:
        if name == "v" and self._is_open("v"):
            # Authors write "<v Ann>Hi\n<v Bob>Hello": the second speaker does not speak inside the first.
            self.end("v")
        if name == "rt" and self._is_open("rt"):
            self.end("rt")
        if len(self.open) >= _MAX_DEPTH or (name == "rt" and not self._is_open("ruby")):
            return
        self.open.append((name, len(self.out)))
        self.out.append(f"<{name} {escape(annotation)}>" if annotation else f"<{name}>")

    def _is_open(self, name: str) -> bool:
        return any(n == name for n, _ in self.open)

    def end(self, name: str) -> None:
        """Closes `name` and all that is still open inside it; ignored when it is not open."""
        if not self._is_open(name):
            return
        while True:
            top, at = self.open.pop()
            if "".join(self.out[at + 1 :]).strip():
                self.out.append(f"</{top}>")
            else:
                del self.out[at]
            if top == name:
                return

    def close_all(self) -> str:
        while self.open:
            self.end(self.open[-1][0])
        return "".join(self.out)


def clean_markup(raw: str) -> tuple[str, Counter[str]]:
    """The canonical form of `raw`, and the names of the tags taken away ("=name" for one kept as plain words).

    Character references are decoded first, then only the three that WebVTT needs are written.
    """
    text = _BREAK.sub("\n", raw)
    writer, removed = _Writer(), Counter[str]()
    at = 0
    for match in _TAG.finditer(text):
        writer.out.append(_plain(text[at : match.start()]))
        at = match.end()
        _take_tag(match, writer, removed)
    writer.out.append(_plain(text[at:]))
    return _tidy(writer.close_all()), removed


def _take_tag(match: re.Match[str], writer: _Writer, removed: Counter[str]) -> None:
    slash, name, rest = match[1] or "", match[2], match[3]
    if name is None:  # A voice name with "<" in it.
        name, rest = "v", match[4]
    name = _RENAMED.get(name.lower(), name.lower())
    if name == "br":
        writer.out.append("\n")
    elif name in KEPT:
        _take_kept(slash, name, rest, writer, removed)
    elif name in _DROPPED or (_TIMESTAMP.fullmatch(name) and ":" in name) or name == "!--":
        if not slash:
            removed["00:00.000" if name[:1].isdigit() else name] += 1
    elif not name and not rest.strip("./ "):
        removed["<>"] += 1
    else:
        # "vector<int>", "a < b and c > d": words, not markup.
        removed["=" + (name or "<")] += 1
        writer.out.append(_plain(match[0]))


def _take_kept(slash: str, name: str, rest: str, writer: _Writer, removed: Counter[str]) -> None:
    if slash:
        writer.end(name)
        return
    annotation = "".join(rest.split(None, 1)[1:]) if rest.startswith(".") else rest
    words = _CONTROL.sub("", " ".join(html.unescape(annotation).split()))[:200].strip()
    if rest.startswith("."):
        removed["c"] += 1
    if name == "v" and not any(c.isalnum() for c in words):
        removed["v"] += 1
    elif name == "lang" and not _LANGUAGE.fullmatch(words):
        removed["lang"] += 1
    else:
        writer.start(name, words if name in ("v", "lang") else "")


def escape(text: str) -> str:
    """`text` as WebVTT cue text."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def _plain(text: str) -> str:
    words = _CONTROL.sub("", html.unescape(text))
    return escape(_BREAK.sub("\n", words))


def _tidy(markup: str) -> str:
    """No blank lines (they would end the cue), no white space at the ends of lines."""
    lines = (" ".join(re.split(r"[ \t]+", line)).strip(" \t") for line in markup.split("\n"))
    text = "\n".join(line for line in lines if words_of(line).strip() or _TAG.search(line))
    # "<v Ann> Hi": the space is how people write it, not part of what is said.
    text = re.sub(r"(^|\n)(<v [^>]*>)\s+", r"\1\2", text)
    # A tag ends on the line where its words end, and begins where they begin.
    text = re.sub(r"\n((?:</[a-z]+>)+)(?=[^\n])", r"\1\n", text)
    text = re.sub(r"\n((?:</[a-z]+>)+)(?=\n|$)", r"\1", text)
    text = re.sub(r"(^|\n)((?:<[^/>][^>]*>)+)\n", r"\1\2", text)
    return text if words_of(text).strip() else ""


def words_of(markup: str) -> str:
    """The plain words of clean markup, lines kept; ruby text in brackets after its base."""
    if "<" not in markup and "&" not in markup:
        return markup
    text = markup.replace("<rt>", "(").replace("</rt>", ")")
    return unescape(re.sub(r"<[^>]*>", "", text))


def unescape(text: str) -> str:
    """Undoes `escape`."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def voices_of(markup: str) -> tuple[tuple[str, str], ...]:
    """(speaker or "", plain words) of clean markup, one for each change of speaker; never empty words."""
    parts: list[tuple[str, str]] = []
    for piece in re.split(r"(<v [^>]*>.*?</v>)", markup, flags=re.DOTALL):
        match = re.match(r"<v ([^>]*)>", piece)
        words = words_of(piece).strip()
        if words:
            parts.append((unescape(match[1]) if match else "", words))
    return tuple(parts)
