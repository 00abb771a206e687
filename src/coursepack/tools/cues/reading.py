"""Any caption file to a clean track and the findings about it."""

from coursepack.model.diagnostic import Diagnostic
from coursepack.tools.cues.clean import clean_cues
from coursepack.tools.cues.decode import decode
from coursepack.tools.cues.registry import FORMATS, recognise
from coursepack.tools.cues.track import EVERY, MAX_BYTES, MAX_CUES, CueTrack, Notes


def read_cues(
    data: bytes, *, format_hint: str, language: str, path: str, every: bool = False
) -> tuple[CueTrack, tuple[Diagnostic, ...]]:
    """The cues of a file of any known format and encoding. Never raises for what the bytes are.

    `format_hint` is the file's extension, `language` the expected BCP 47 tag (both may be ""), `path` is for the
    findings. A track without cues comes with at least one error. `every`: up to `EVERY` findings of a kind.
    """
    notes = Notes(path, limit=EVERY if every else 0)
    track = _read(data, format_hint, language, notes)
    return track, notes.listed()


def _read(data: bytes, hint: str, language: str, notes: Notes) -> CueTrack:
    if len(data) > MAX_BYTES:
        notes.add("CP307", limit=f"{MAX_BYTES >> 20} MiB", size=f"{len(data) >> 20} MiB")
        return CueTrack()
    decoded = decode(data, language, notes)
    if decoded is None:
        return CueTrack()
    name = recognise(decoded.text, hint)
    if not name:
        notes.add("CP302", formats=", ".join(sorted(e for f in FORMATS.values() for e in f.extensions)))
        return CueTrack(encoding=decoded.encoding)
    form = FORMATS[name]
    extension = hint.lower().lstrip(".").rsplit(".", 1)[-1]
    if extension == "vtt" and name == "subrip":
        notes.add("CP309", 1)
    elif extension and extension not in form.extensions:
        notes.add("CP308", extension=extension, format=form.title)
    cues = form.read(decoded.text, notes)
    if len(cues) > MAX_CUES:
        notes.add("CP307", limit=f"{MAX_CUES} cues", size=f"{len(cues)} cues")
        return CueTrack(format=name, encoding=decoded.encoding)
    clean = clean_cues(cues, notes)
    if not clean and not notes.has("CP303", "CP307", "CP323", "CP324"):
        notes.add("CP306", format=form.title)
    return CueTrack(clean, format=name, encoding=decoded.encoding)
