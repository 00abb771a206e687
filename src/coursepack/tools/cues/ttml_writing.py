"""A track as TTML, in the text profile of IMSC 1.1 (https://www.w3.org/TR/ttml-imsc1.1/), which keeps nearly all."""

import re
from xml.sax.saxutils import escape, quoteattr

from coursepack.tools.cues.markup import unescape
from coursepack.tools.cues.track import CueTrack, TimedCue, clock

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<tt xmlns="http://www.w3.org/ns/ttml" xmlns:ttp="http://www.w3.org/ns/ttml#parameter"\
 xmlns:tts="http://www.w3.org/ns/ttml#styling" xmlns:ttm="http://www.w3.org/ns/ttml#metadata"\
 ttp:timeBase="media" ttp:contentProfiles="http://www.w3.org/ns/ttml/profile/imsc1.1/text" xml:lang={language}>
"""
_STYLE = (
    '<style xml:id="text" tts:color="white" tts:backgroundColor="black" tts:fontSize="100%" '
    'tts:fontFamily="proportionalSansSerif"/>'
)
_OPEN = {
    "i": '<span tts:fontStyle="italic">',
    "b": '<span tts:fontWeight="bold">',
    "u": '<span tts:textDecoration="underline">',
    "ruby": '<span tts:ruby="container"><span tts:ruby="base">',
    "rt": '</span><span tts:ruby="text">',
}
_TAG = re.compile(r"<(/?)([a-z]+) ?([^>]*)>|\n")
_VOICED = re.compile(r"<v ([^>]*)>((?:(?!<v ).)*)</v>", re.DOTALL)
# XML 1.0 has no place for these, even escaped.
_FORBIDDEN = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff\ud800-\udfff]")


def write_ttml(track: CueTrack, language: str = "") -> bytes:
    """UTF-8 with LF. Speakers are agents, places are regions, ruby and emphasis are spans."""
    agents: dict[str, str] = {}
    regions: dict[str, str] = {}
    rows = [_paragraph(cue, agents, regions) for cue in track.cues]
    names = [
        f'      <ttm:agent type="person" xml:id="{key}"><ttm:name type="full">{_text(name)}</ttm:name></ttm:agent>'
        for name, key in agents.items()
    ]
    lines = [
        _HEAD.format(language=quoteattr(language)) + "  <head>",
        *(["    <metadata>", *names, "    </metadata>"] if names else []),
        "    <styling>",
        f"      {_STYLE}",
        "    </styling>",
        "    <layout>",
        *(f"      {_region(settings, key)}" for settings, key in regions.items()),
        "    </layout>",
        "  </head>",
        '  <body style="text">',
        "    <div>",
        *rows,
        "    </div>",
        "  </body>",
        "</tt>",
    ]
    return ("\n".join(lines) + "\n").encode()


def _paragraph(cue: TimedCue, agents: dict[str, str], regions: dict[str, str]) -> str:
    region = regions.setdefault(cue.settings, f"r{len(regions)}")
    whole = _VOICED.fullmatch(cue.markup)
    agent = f' ttm:agent="{_agent(unescape(whole[1]), agents)}"' if whole else ""
    markup = whole[2] if whole else cue.markup
    times = f'begin="{clock(cue.start_ms)}" end="{clock(cue.end_ms)}"'
    return f'      <p {times} region="{region}"{agent}>{_content(markup, agents)}</p>'


def _agent(name: str, agents: dict[str, str]) -> str:
    return agents.setdefault(name, f"a{len(agents)}")


def _content(markup: str, agents: dict[str, str]) -> str:
    out: list[str] = []
    at = 0
    for match in _TAG.finditer(markup):
        out.append(_text(unescape(markup[at : match.start()])))
        at = match.end()
        if match[0] == "\n":
            out.append("<br/>")
        elif match[1]:
            # The end of the base was written where the ruby text began.
            out.append("" if match[2] == "rt" else "</span></span>" if match[2] == "ruby" else "</span>")
        else:
            out.append(_start(match[2], unescape(match[3]), agents))
    out.append(_text(unescape(markup[at:])))
    return "".join(out)


def _start(name: str, annotation: str, agents: dict[str, str]) -> str:
    if name == "v":
        return f'<span ttm:agent="{_agent(annotation, agents)}">'
    if name == "lang":
        return f"<span xml:lang={quoteattr(annotation)}>"
    return _OPEN[name]


def _text(words: str) -> str:
    return escape(_FORBIDDEN.sub("", words))


def _region(settings: str, key: str) -> str:
    """The region nearest to WebVTT settings: the bottom, middle or top of the picture's safe part, or vertical."""
    given = dict(word.split(":", 1) for word in settings.split())
    line = given.get("line", "").split(",")[0]
    place = "after" if not line or line.startswith("-") else "before"
    if line.endswith("%"):
        height = float(line[:-1])
        place = "before" if height < 100 / 3 else "center" if height < 60 else "after"
    align = given.get("align", "center")
    writing = {"rl": ' tts:writingMode="tbrl"', "lr": ' tts:writingMode="tblr"'}.get(
        given.get("vertical", ""), ""
    )
    return (
        f'<region xml:id="{key}" tts:origin="10% 10%" tts:extent="80% 80%" tts:displayAlign="{place}" '
        f'tts:textAlign="{align}"{writing}/>'
    )
