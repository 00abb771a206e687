"""Footnotes. Their marks are holes, so that the sanitiser need not allow what they hold."""

from markdown_it.token import Token

from coursepack.source.page import Page


def notes_open(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    """The list of footnotes."""
    return '<div class="footnotes" role="doc-endnotes">\n<ol>\n', i + 1


def notes_close(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    """Its end."""
    return "</ol>\n</div>\n", i + 1


def note_open(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    """One footnote."""
    return f'<li id="cp-fn-{_note_number(page, tokens[i])}">', i + 1


def note_close(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    """Its end."""
    return "</li>\n", i + 1


def back_link(page: Page, tokens: list[Token], i: int) -> tuple[str, int]:
    """From a footnote back to where it is referred to."""
    name = _note_name(page, tokens[i])
    words = f"{page.plain_words('back')} {name}"
    mark = f' <a href="#cp-fnref-{name}" role="doc-backlink" aria-label="{words}">↩</a>'
    return page.hole(mark), i + 1


def _note_number(page: Page, token: Token) -> int:
    base = page.env.get("note_base", 0)
    return (base if isinstance(base, int) else 0) + int(token.meta["id"]) + 1


def _note_name(page: Page, token: Token) -> str:
    again = token.meta.get("subId", 0)
    return f"{_note_number(page, token)}" + (f"-{again}" if again else "")


def reference(page: Page, token: Token, span: list[int] | None) -> str:
    """The mark that refers to a footnote."""
    number = _note_number(page, token)
    if page.in_link:
        return f"<sup>{number}</sup>"
    words = f"{page.plain_words('footnote')} {number}"
    anchor = f'id="cp-fnref-{_note_name(page, token)}" href="#cp-fn-{number}"'
    return page.hole(
        f'<sup class="footnote"><a {anchor} role="doc-noteref" aria-label="{words}">{number}</a></sup>'
    )
