"""Captions for video, words for audio."""

from collections.abc import Iterator, Mapping, Sequence

from coursepack.check.view import View
from coursepack.model.codes import diagnostic
from coursepack.model.course import Asset, Lesson
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.document import Link
from coursepack.settings.languages import same_reader
from coursepack.source.sidecars import media_stem


def find(view: View) -> Iterator[Diagnostic]:
    """CP201 no captions, CP202 none in the page's language, CP203 audio without words; at the first use of each."""
    return find_beside(view, {})


def find_beside(view: View, inside: Mapping[str, Sequence[str]]) -> Iterator[Diagnostic]:
    """The same, where some videos have captions in their file: `inside` has their languages by the video's path."""
    seen: set[tuple[str, str]] = set()
    bare: set[str] = set()
    for lesson, link in view.links("video", "audio"):
        asset = view.course.assets.get(link.path)
        key = (link.path, lesson.language)
        if asset is None or key in seen or link.path in bare:
            continue
        seen.add(key)
        found = _look(view, asset, lesson, link, inside.get(link.path, ()))
        if found is None:
            continue
        if found.code != "CP202":
            bare.add(link.path)
        yield found


def _look(view: View, asset: Asset, lesson: Lesson, link: Link, inside: Sequence[str]) -> Diagnostic | None:
    if asset.role != "video":
        return _audio(asset, lesson, link)
    beside = [s.language for s in asset.sidecars if s.role == "captions"]
    present = [tag or view.course.info.language for tag in (*beside, *inside)]
    return _video(present, asset, lesson, link)


def _video(present: Sequence[str], asset: Asset, lesson: Lesson, link: Link) -> Diagnostic | None:
    if any(same_reader(tag, lesson.language) for tag in present):
        return None
    return diagnostic(
        "CP202" if present else "CP201",
        lesson.source.path,
        link.line,
        link.column,
        media=link.path,
        language=lesson.language,
        present=", ".join(sorted(set(present))),
        wanted=_beside(asset, f"{lesson.language}.vtt"),
    )


def _audio(asset: Asset, lesson: Lesson, link: Link) -> Diagnostic | None:
    if any(s.role in {"captions", "transcript"} for s in asset.sidecars):
        return None
    return diagnostic(
        "CP203",
        lesson.source.path,
        link.line,
        link.column,
        media=link.path,
        wanted=_beside(asset, f"{lesson.language}.vtt"),
        transcript=_beside(asset, f"transcript.{lesson.language}.md"),
    )


def _beside(asset: Asset, ending: str) -> str:
    return f"{media_stem(asset.source.path.rpartition('/')[2])}.{ending}"
