"""A clean track as WebVTT: one spelling, so that the same cues are the same bytes."""

from coursepack.model.media import Cue
from coursepack.tools.cues.markup import voices_of
from coursepack.tools.cues.track import CueTrack, clock


def write_vtt(track: CueTrack) -> bytes:
    """UTF-8 without a mark, LF, `WEBVTT`, a blank line, cues with hours and a blank line between."""
    blocks = ["WEBVTT"]
    for cue in track.cues:
        settings = f" {cue.settings}" if cue.settings else ""
        blocks.append(f"{clock(cue.start_ms)} --> {clock(cue.end_ms)}{settings}\n{cue.markup}")
    return ("\n\n".join(blocks) + "\n").encode()


def plain_cues(track: CueTrack) -> tuple[Cue, ...]:
    """The cues as plain words. A cue in which two people speak gives one for each, with the same times."""
    return tuple(
        Cue(cue.start_ms, cue.end_ms, words, voice)
        for cue in track.cues
        for voice, words in voices_of(cue.markup)
    )
