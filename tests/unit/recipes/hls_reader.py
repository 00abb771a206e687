"""A strict reader of HLS playlists (RFC 8216 and its second edition), to check our own by."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

_ATTRIBUTE = re.compile(r'([A-Z0-9-]+)=("[^"\r\n]*"|[^",\s]+)(,|$)')
_QUOTED = {
    "URI",
    "GROUP-ID",
    "NAME",
    "LANGUAGE",
    "CODECS",
    "AUDIO",
    "SUBTITLES",
    "CHARACTERISTICS",
    "CHANNELS",
}
_MASTER_TAGS = {
    "#EXT-X-VERSION",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    "#EXT-X-MEDIA",
    "#EXT-X-STREAM-INF",
    "#EXT-X-I-FRAME-STREAM-INF",
}
_MEDIA_TAGS = {
    "#EXT-X-VERSION",
    "#EXT-X-TARGETDURATION",
    "#EXT-X-MEDIA-SEQUENCE",
    "#EXT-X-PLAYLIST-TYPE",
    "#EXT-X-INDEPENDENT-SEGMENTS",
    "#EXT-X-I-FRAMES-ONLY",
    "#EXT-X-MAP",
    "#EXT-X-BYTERANGE",
    "#EXTINF",
    "#EXT-X-ENDLIST",
}


@dataclass
class Master:
    """A multivariant playlist: attribute lists, with "URI" of what follows a variant."""

    media: list[dict[str, str]] = field(default_factory=list)
    variants: list[dict[str, str]] = field(default_factory=list)
    iframes: list[dict[str, str]] = field(default_factory=list)


@dataclass
class Piece:
    """A segment, or the byte range of one."""

    path: Path
    seconds: float
    offset: int
    size: int

    @property
    def data(self) -> bytes:
        return self.path.read_bytes()[self.offset : self.offset + self.size]


@dataclass
class MediaPlaylist:
    target: int
    pieces: list[Piece]
    init: Path | None
    iframes: bool

    @property
    def peak(self) -> float:
        """The peak segment bit rate by the letter of RFC 8216, section 4.1."""
        found = []
        for first in range(len(self.pieces)):
            for last in range(first + 1, len(self.pieces) + 1):
                run = self.pieces[first:last]
                seconds = sum(p.seconds for p in run)
                if 0.5 * self.target <= seconds <= 1.5 * self.target:
                    found.append(sum(p.size for p in run) * 8 / seconds)
        whole = sum(p.size for p in self.pieces) * 8 / self.seconds
        return max(found, default=whole)

    @property
    def seconds(self) -> float:
        return sum(p.seconds for p in self.pieces)


def attributes(text: str) -> dict[str, str]:
    """An attribute list, wholly understood, quoted where it must be, nothing twice."""
    found: dict[str, str] = {}
    at = 0
    while at < len(text):
        m = _ATTRIBUTE.match(text, at)
        assert m, text[at:]
        name, value = m[1], m[2]
        assert name not in found
        assert (value[0] == '"') == (name in _QUOTED), (name, value)
        found[name] = value.strip('"')
        at = m.end()
        assert m[3] == "," or at == len(text)
    return found


def _lines(path: Path) -> list[str]:
    data = path.read_bytes()
    assert not data.startswith(b"\xef\xbb\xbf")
    lines = data.decode("utf-8").split("\n")
    assert lines[0] == "#EXTM3U"
    assert lines.pop() == ""
    assert all(line and line == line.strip() for line in lines)
    return lines[1:]


def beside(path: Path, uri: str) -> Path:
    """The file that a reference names; it is there."""
    assert uri.isascii()
    assert not re.search(r"[\s?#:]", uri), uri
    found = (path.parent / unquote(uri)).resolve()
    assert found.is_file(), uri
    return found


def read_master(path: Path) -> Master:
    made = Master()
    lines = iter(_lines(path))
    for line in lines:
        tag, _, rest = line.partition(":")
        assert tag in _MASTER_TAGS, line
        if tag == "#EXT-X-MEDIA":
            made.media.append(attributes(rest))
        elif tag == "#EXT-X-I-FRAME-STREAM-INF":
            made.iframes.append(attributes(rest))
        elif tag == "#EXT-X-STREAM-INF":
            uri = next(lines)
            assert not uri.startswith("#")
            made.variants.append({**attributes(rest), "URI": uri})
    for m in made.media:
        assert {"TYPE", "GROUP-ID", "NAME", "URI"} <= m.keys()
    for group in {(m["TYPE"], m["GROUP-ID"]) for m in made.media}:
        members = [m for m in made.media if (m["TYPE"], m["GROUP-ID"]) == group]
        assert len({m["NAME"] for m in members}) == len(members)
        assert sum(m["DEFAULT"] == "YES" for m in members) <= 1
    for v in made.variants:
        assert {"BANDWIDTH", "AVERAGE-BANDWIDTH", "CODECS", "RESOLUTION", "FRAME-RATE"} <= v.keys()
        assert int(v["AVERAGE-BANDWIDTH"]) <= int(v["BANDWIDTH"])
        for kind in ("AUDIO", "SUBTITLES"):
            if kind in v:
                assert any((m["TYPE"], m["GROUP-ID"]) == (kind, v[kind]) for m in made.media)
    return made


def read_media(path: Path) -> MediaPlaylist:
    target, init, pieces, iframes = 0, None, [], False
    seconds, part = -1.0, ""
    lines = _lines(path)
    assert lines[-1] == "#EXT-X-ENDLIST"
    for line in lines:
        tag, _, rest = line.partition(":")
        if not line.startswith("#"):
            file = beside(path, line)
            size, offset = map(int, part.split("@")) if part else (file.stat().st_size, 0)
            assert 0 <= offset < offset + size <= file.stat().st_size
            assert seconds > 0
            pieces.append(Piece(file, seconds, offset, size))
            seconds, part = -1.0, ""
            continue
        assert tag in _MEDIA_TAGS, line
        if tag == "#EXT-X-TARGETDURATION":
            target = int(rest)
        elif tag == "#EXTINF":
            assert rest.endswith(",")
            seconds = float(rest[:-1])
            assert round(seconds) <= target
        elif tag == "#EXT-X-BYTERANGE":
            part = rest
        elif tag == "#EXT-X-MAP":
            init = beside(path, attributes(rest)["URI"])
        elif tag == "#EXT-X-I-FRAMES-ONLY":
            iframes = True
    assert pieces
    return MediaPlaylist(target, pieces, init, iframes)
