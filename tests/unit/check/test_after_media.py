"""What is known only when the media is built."""

import msgspec

from coursepack.check.after_media import without_captions
from coursepack.model.codes import diagnostic
from coursepack.model.course import Course, CourseInfo
from coursepack.model.media import Cue, CueFacts, VideoFacts
from coursepack.model.step import Artefact

COURSE = Course(CourseInfo("c", "C", language="zh-Hans"), editions=(), assets={}, links={})


def video(*languages: str) -> Artefact:
    inside = tuple(CueFacts("subtitles", tag, "x.vtt", (Cue(0, 1, "x"),)) for tag in languages)
    facts = VideoFacts(1, 1, 1, (), "a.mp4", 1, "a.mp4", 1, "p.jpg", 1, 1, captions=inside)
    return Artefact(facts=msgspec.to_builtins(facts))


def left(language: str, artefact: Artefact) -> int:
    found = [diagnostic("CP201", "01.md", 3, media="a.mp4", language=language, wanted="a.vtt", present="")]
    return len(list(without_captions(COURSE, {"video:a.mp4": artefact}, found)))


def test_captions_inside_the_file_are_captions() -> None:
    assert left("en", video("en-GB")) == 0
    assert left("zh", video("")) == 0, "what does not say is in the course's language"
    assert left("en", video("zh-Hans")) == 1
    assert left("en", video()) == 1
    assert left("en", Artefact(failed=True)) == 1
