"""What became of the courses of a publish, as a table: for terminals and logs of 80 columns, and as Markdown."""

import unicodedata
from collections.abc import Sequence

from coursepack.app.publish_all import Published
from coursepack.cli.report.safe import plain

_STATES = {
    "published": ("published", "已发布"),
    "unchanged": ("unchanged", "没有变化"),
    "planned": ("would send", "将会发送"),
    "skipped": ("has errors", "课程有错误"),
    "conflict": ("conflict", "冲突"),
    "failed": ("failed", "失败"),
    "interrupted": ("interrupted", "已中断"),
    "untried": ("not tried", "未尝试"),
}
_HEADS = (
    ("course", "version", "state", "objects", "MB", "requests", "s"),
    ("课程", "版本", "状态", "对象", "MB", "请求", "秒"),
)
_WIDTHS = (20, 9, 11, 11, 8, 8, 6)
"""In columns of a terminal: 79 with a blank between."""


def text_table(courses: Sequence[Published], language: str) -> list[str]:
    """Lines of at most 80 columns, without colours. A Chinese character takes two columns."""
    zh = _chinese(language)
    lines = [_line(_HEADS[zh])]
    lines += [_line(_cells(c, zh)) for c in courses]
    if len(courses) > 1:
        lines.append(_line(_sums(courses, zh)))
    return [line.rstrip() for line in lines]


def markdown_table(courses: Sequence[Published], language: str) -> str:
    """For a CI job's summary page: a line a course, then why some were not published."""
    zh = _chinese(language)
    head = _HEADS[zh]
    lines = ["| " + " | ".join(head) + " |", "|---|---|---|---:|---:|---:|---:|"]
    for c in courses:
        name = _escaped(c.title or c.course)
        if c.address.startswith(("http://", "https://")):
            name = f"[{name}](<{plain(c.address).replace('>', '%3E')}>)"
        lines.append("| " + " | ".join((name, *(_escaped(x) for x in _cells(c, zh)[1:]))) + " |")
    if len(courses) > 1:
        lines.append("| " + " | ".join(_sums(courses, zh)) + " |")
    for c in courses:
        if c.error:
            lines += [
                "",
                f"**{_escaped(c.course)}**: {_escaped(c.error.message)}  ",
                f"→ {_escaped(c.error.hint)}",
            ]
    return "\n".join(lines) + "\n"


def _chinese(language: str) -> bool:
    return language.lower().startswith(("zh", "yue"))


def _cells(c: Published, zh: bool) -> tuple[str, ...]:
    went = c.state in ("published", "unchanged", "planned")
    objects = sum(k.objects for k in c.kinds) if c.state == "planned" else c.sent_objects
    size = sum(k.size for k in c.kinds) if c.state == "planned" else c.sent_size
    return (
        plain(c.course),
        plain(c.version),
        _STATES[c.state][zh],
        f"{objects}/{c.objects}" if went else "",
        f"{size / 1e6:.1f}" if went else "",
        str(sum(c.requests.values())) if c.requests else "",
        f"{c.seconds:.1f}" if c.seconds else "",
    )


def _sums(courses: Sequence[Published], zh: bool) -> tuple[str, ...]:
    done = sum(c.state in ("published", "unchanged", "planned") for c in courses)
    return (
        f"{done} / {len(courses)}",
        "",
        "",
        str(sum(c.sent_objects for c in courses)),
        f"{sum(c.sent_size for c in courses) / 1e6:.1f}",
        str(sum(sum(c.requests.values()) for c in courses)),
        "",
    )


def _line(cells: Sequence[str]) -> str:
    texts = [_fit(c, w) for c, w in zip(cells, _WIDTHS, strict=True)]
    blanks = [" " * (w - columns(t)) for t, w in zip(texts, _WIDTHS, strict=True)]
    # Words on the left of their column, numbers on the right.
    return " ".join(t + b if n < 3 else b + t for n, (t, b) in enumerate(zip(texts, blanks, strict=True)))


def columns(text: str) -> int:
    """How many columns of a terminal `text` takes."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _fit(text: str, width: int) -> str:
    if columns(text) <= width:
        return text
    while columns(text) > width - 1:
        text = text[:-1]
    return text + "…"


def _escaped(text: str) -> str:
    """`text` as Markdown that means nothing but itself: titles and messages are other people's words."""
    escaped = "".join(f"\\{c}" if c in r"\`*_{}[]()#+!|~$@" else c for c in plain(text))
    return escaped.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
