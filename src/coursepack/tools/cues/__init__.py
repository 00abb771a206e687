"""Captions, subtitles, descriptions, chapters: any format and encoding to clean WebVTT.

`read_cues` decodes, recognises, reads and cleans; `check_track` looks at a clean track for its use; `write_vtt`
writes it; `plain_cues` and `transcript.paragraphs` give its words for reading.
"""

from coursepack.tools.cues.check import as_chapters, check_track
from coursepack.tools.cues.reading import read_cues
from coursepack.tools.cues.registry import FORMATS
from coursepack.tools.cues.track import CueTrack, TimedCue
from coursepack.tools.cues.transcript import Paragraph, paragraphs
from coursepack.tools.cues.writing import plain_cues, write_vtt

__all__ = [
    "FORMATS",
    "CueTrack",
    "Paragraph",
    "TimedCue",
    "as_chapters",
    "check_track",
    "paragraphs",
    "plain_cues",
    "read_cues",
    "write_vtt",
]
