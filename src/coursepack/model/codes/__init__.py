"""The registry of diagnostic codes. One module per area; this is the one place that joins them.

Heavy on text, so it is imported only when a diagnostic is made or printed.
"""

from coursepack.model.codes import (
    accessibility,
    captions,
    captions_pace,
    captions_style,
    captions_text,
    catalogue,
    formats,
    images,
    links,
    media,
    presence,
    publish,
    quality,
    quizzes,
    reading,
    source,
    speech,
    streaming,
    structure,
    translations,
)
from coursepack.model.diagnostic import CodeDoc, Diagnostic, Severity
from coursepack.model.mends import MENDS

CODES: dict[str, CodeDoc] = {
    doc.code: doc
    for area in (
        source,
        quizzes,
        structure,
        media,
        quality,
        streaming,
        presence,
        images,
        captions,
        captions_text,
        captions_pace,
        captions_style,
        speech,
        accessibility,
        reading,
        translations,
        links,
        formats,
        publish,
        catalogue,
    )
    for doc in area.CODES
}


def diagnostic(
    code: str,
    path: str = "",
    line: int = 0,
    column: int = 0,
    *,
    severity: Severity | None = None,
    **args: object,
) -> Diagnostic:
    """A `Diagnostic` with the code's default severity. An unknown code is a bug: KeyError."""
    doc = CODES[code]
    return Diagnostic(
        code=code,
        severity=severity or doc.severity,
        path=path,
        line=line,
        column=column,
        args={k: str(v) for k, v in args.items()},
    )


class _Blank(dict[str, str]):
    # A diagnostic replayed from an older record may lack a newer template's field.
    def __missing__(self, key: str) -> str:
        return "?"


def words(d: Diagnostic, language: str = "en") -> tuple[str, str]:
    """(message, hint) of `d` in `language` (any tag starting with zh or yue is Chinese, the rest English).

    Of its `args`, "each" asks for the message about one place and "mend" names the hint in `mends.MENDS`.
    """
    doc = CODES[d.code]
    zh = language.lower().startswith(("zh", "yue"))
    message, hint = (doc.message_zh, doc.hint_zh) if zh else (doc.message_en, doc.hint_en)
    args = _Blank(d.args)
    if "each" in args:
        message = (doc.each_zh if zh else doc.each_en) or message
    mend = MENDS.get(args.get("mend", ""))
    if mend is not None:
        hint = mend.zh if zh else mend.en
    return message.format_map(args), hint.format_map(args)
