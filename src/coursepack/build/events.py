"""What a build tells while it runs: a terminal draws it, CI gets it as JSON lines."""

from typing import Literal

import msgspec

from coursepack.model.diagnostic import Diagnostic


class CourseEvent(msgspec.Struct, frozen=True, tag="course", tag_field="event"):
    """A course begins (`state` "start") or ends ("done")."""

    course: str
    state: Literal["start", "planned", "done"]
    steps: int = 0
    lessons: int = 0


class StepEvent(msgspec.Struct, frozen=True, tag="step", tag_field="event", omit_defaults=True):
    """A step changes its state. `fraction` goes with "progress"; `reasons` with "start" under --explain."""

    id: str
    label: str
    state: Literal["start", "progress", "done", "cached", "failed"]
    fraction: float = 0
    seconds: float = 0
    reasons: tuple[str, ...] = ()


class FindingEvent(msgspec.Struct, frozen=True, tag="diagnostic", tag_field="event"):
    """A finding, as soon as it is known."""

    diagnostic: Diagnostic


class NoteEvent(msgspec.Struct, frozen=True, tag="note", tag_field="event"):
    """Something to tell the user that is no finding about the course ("waiting for another build")."""

    text: str


Event = CourseEvent | StepEvent | FindingEvent | NoteEvent
