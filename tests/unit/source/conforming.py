"""A strict reader of what `parse` makes: what it finds wrong, as words. Not a validator: a wall against regressions."""

import re
from html.parser import HTMLParser

from coursepack.model.document import FileLink, Html, Media, PageLink, Quiz

VOID = {"br", "hr", "wbr", "col"}
ALLOWED = {
    "a",
    "abbr",
    "b",
    "bdi",
    "bdo",
    "blockquote",
    "br",
    "caption",
    "cite",
    "code",
    "col",
    "colgroup",
    "dd",
    "del",
    "details",
    "dfn",
    "div",
    "dl",
    "dt",
    "em",
    "figcaption",
    "figure",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "hr",
    "i",
    "ins",
    "kbd",
    "li",
    "mark",
    "ol",
    "p",
    "pre",
    "q",
    "rp",
    "rt",
    "ruby",
    "s",
    "samp",
    "section",
    "small",
    "span",
    "strong",
    "sub",
    "summary",
    "sup",
    "table",
    "tbody",
    "td",
    "tfoot",
    "th",
    "thead",
    "tr",
    "u",
    "ul",
    "var",
    "wbr",
    "math",
    "mrow",
    "mi",
    "mn",
    "mo",
    "mtext",
    "mspace",
    "ms",
    "msqrt",
    "mroot",
    "mstyle",
    "mpadded",
    "mphantom",
    "mtable",
    "mtr",
    "mtd",
    "merror",
    "mfrac",
    "msub",
    "msup",
    "munder",
    "mover",
    "msubsup",
    "munderover",
    "mmultiscripts",
}
WORDS_ONLY = {
    "abbr",
    "b",
    "bdi",
    "bdo",
    "cite",
    "code",
    "dfn",
    "em",
    "i",
    "kbd",
    "mark",
    "q",
    "ruby",
    "s",
    "samp",
    "small",
    "span",
    "strong",
    "sub",
    "sup",
    "u",
    "var",
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "summary",
    "pre",
}
BLOCKS = {
    "div",
    "section",
    "ul",
    "ol",
    "li",
    "dl",
    "dt",
    "dd",
    "table",
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "blockquote",
    "details",
    "figure",
    "hr",
    "pre",
    "figcaption",
}
PARENTS = {
    "li": {"ul", "ol"},
    "dt": {"dl"},
    "dd": {"dl"},
    "summary": {"details"},
    "figcaption": {"figure"},
    "tr": {"table", "thead", "tbody", "tfoot"},
    "td": {"tr"},
    "th": {"tr"},
}


class _Reader(HTMLParser):
    def __init__(self, ids: set[str]):
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.ids = ids
        self.wrong: list[str] = []

    def handle_starttag(self, tag, attrs):
        parent = self.open[-1] if self.open else ""
        if tag not in ALLOWED:
            self.wrong.append(f"<{tag}>")
        if tag in PARENTS and parent not in PARENTS[tag]:
            self.wrong.append(f"<{tag}> in <{parent}>")
        if parent in ("ul", "ol") and tag != "li":
            self.wrong.append(f"<{tag}> in a list")
        if tag in BLOCKS:
            headed = tag.startswith("h") and tag != "hr"
            self.wrong += [
                f"<{tag}> inside <{o}>"
                for o in self.open
                if o in WORDS_ONLY and not (o == "summary" and headed)
            ]
        if tag == "a" and "a" in self.open:
            self.wrong.append("<a> in <a>")
        self._attributes(attrs)
        if tag not in VOID:
            self.open.append(tag)

    def _attributes(self, attrs):
        names = [name for name, _ in attrs]
        if len(names) != len(set(names)):
            self.wrong.append("an attribute twice")
        for name, value in attrs:
            if name.startswith(("on", "data-")) or name in ("style", "srcdoc", "src", "action"):
                self.wrong.append(name)
            if name == "href" and not re.match(r"https?://|mailto:|tel:|#|HOLE$", value or "", re.IGNORECASE):
                self.wrong.append(f"href={value}")
            if name == "id":
                if not value or value in self.ids or re.search(r"\s", value):
                    self.wrong.append(f"id={value}")
                self.ids.add(value)
            elif name != "href" and "HOLE" in (value or ""):
                self.wrong.append(f"a hole in {name}")

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.wrong.append(f"</{tag}>")

    def handle_comment(self, data):
        self.wrong.append("comment")

    def handle_decl(self, decl):
        self.wrong.append("declaration")

    def handle_data(self, data):
        if re.search("[\ufdd0-\ufdef\x00-\x08]", data):
            self.wrong.append("a mark of the parser")


def _flat(blocks, parts):
    out = []
    for b in blocks:
        if isinstance(b, Html):
            out.append(b.text)
        elif isinstance(b, PageLink | FileLink):
            out.append("HOLE")
        elif isinstance(b, Media):
            out.append("<div>player</div>")
        elif isinstance(b, Quiz):
            out.append("<div>question</div>")
            parts += [b.prompt, b.feedback, b.right, b.wrong, *b.hints, *b.items]
            parts += [part for c in b.choices for part in (c.body, c.feedback)]
            parts += [part for p in b.pairs for part in (p.left, p.right)]
        else:
            out.append("x")
    return "".join(out)


def faults(parsed) -> list[str]:
    """What is wrong with the body of `parsed`."""
    parts, wrong, ids = [parsed.blocks], [], set()
    while parts:
        reader = _Reader(ids)
        reader.feed(_flat(parts.pop(), parts))
        reader.close()
        wrong += reader.wrong + [f"<{tag}> left open" for tag in reader.open]
    above = 1
    for heading in parsed.outline.headings:
        if heading.level > above + 1 or heading.level < 2:
            wrong.append(f"level {heading.level} after {above}")
        above = heading.level
    return wrong
