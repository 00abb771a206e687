"""A small site printed by the real recipes, with a store in memory: every kind of page and block, two languages.

`python tests/unit/recipes/fake_site.py FOLDER` writes it out to look at.
"""

import io
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import msgspec
from PIL import Image as Pillow
from PIL import ImageDraw

from coursepack.model.course import Author, Outcome
from coursepack.model.diagnostic import Diagnostic
from coursepack.model.digest import Digest, digest_bytes
from coursepack.model.document import (
    Blank,
    Block,
    Choice,
    FileLink,
    Heading,
    Html,
    Image,
    Media,
    PageLink,
    Pair,
    Quiz,
    TitleOf,
)
from coursepack.model.media import (
    AudioFacts,
    Cue,
    CueFacts,
    ImageFacts,
    ImageVariant,
    StreamedFacts,
    VideoFacts,
)
from coursepack.model.site import (
    Alternate,
    AssetRef,
    Listing,
    NavEntry,
    PagesParams,
    PageSpec,
    SiteFacts,
    Variant,
)
from coursepack.model.step import Artefact, ArtefactFile, BlobInput, Step, output_folder
from coursepack.recipes.pages import PagesRecipe
from coursepack.recipes.theme import ThemeRecipe
from coursepack.tools.theme import find_themes, theme_digest


@dataclass
class MemoryWork:
    """A `Work` on dicts."""

    step: Step
    blobs: dict[Digest, bytes] = field(default_factory=dict)
    artefacts: dict[str, Artefact] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    folder: Path = Path("/nonexistent")
    threads: int = 1

    def source_path(self, name: str) -> Path:
        raise KeyError(name)

    def source_name(self, name: str) -> str:
        raise KeyError(name)

    def blob(self, digest: Digest) -> bytes:
        return self.blobs[digest]

    def artefact(self, name: str) -> Artefact:
        return self.artefacts[name]

    def write(self, name: str, data: bytes, media_type: str) -> None:
        assert name not in self.files
        self.files[name] = data

    def add(self, name: str, path: Path, media_type: str) -> None:
        raise NotImplementedError

    def finding(self, diagnostic: Diagnostic) -> None:
        raise AssertionError(diagnostic)

    def progress(self, fraction: float) -> None:
        assert 0 <= fraction <= 1

    @property
    def cancelled(self) -> Callable[[], bool]:
        return lambda: False


class Shelf:
    """Built assets, as the recipes would leave them."""

    def __init__(self) -> None:
        self.artefacts: dict[str, Artefact] = {}
        self.refs: list[AssetRef] = []
        self.files: dict[str, bytes] = {}

    def put(self, name: str, base: str, files: dict[str, tuple[bytes, str]], facts: msgspec.Struct) -> None:
        """Adds the artefact `name`, its files in place below `base`."""
        made = Artefact(
            files=tuple(ArtefactFile(n, digest_bytes(d), len(d), t) for n, (d, t) in files.items()),
            facts=msgspec.to_builtins(facts),
        )
        self.artefacts[name] = made
        self.files.update({f"{output_folder(base, made)}/{n}": d for n, (d, _) in files.items()})

    def image(self, path: str, width: int = 1280, height: int = 720, colour: str = "#2a6f6a") -> None:
        """A picture in two widths of WebP and JPEG."""
        files, variants = {}, []
        for suffix, kind in (("webp", "image/webp"), ("jpg", "image/jpeg")):
            for w in (width // 2, width):
                h, name = height * w // width, f"{w}.{suffix}"
                data = picture_bytes(w, h, colour, "WEBP" if suffix == "webp" else "JPEG")
                files[name] = (data, kind)
                variants.append(ImageVariant(name, kind, w, h, len(data)))
        self.put(
            f"image:{path}", f"media/{Path(path).stem}", files, ImageFacts(width, height, tuple(variants))
        )
        self.refs.append(AssetRef(path, "image", f"media/{Path(path).stem}", f"image:{path}"))

    def cues(self, path: str, kind: str, language: str, cues: tuple[Cue, ...]) -> tuple[str, str]:
        """A cue file; its input's name and its base."""
        name = f"cues:{path}:{kind}:{language}"
        facts = CueFacts(kind, language, "cues.vtt", cues)
        base = f"media/{Path(path).stem}-{kind}-{language}"
        self.put(name, base, {"cues.vtt": (vtt(cues), "text/vtt")}, facts)
        return name, base


def picture_bytes(width: int, height: int, colour: str, form: str) -> bytes:
    """A simple landscape."""
    image = Pillow.new("RGB", (width, height), colour)
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.65, height * 0.12, width * 0.8, height * 0.12 + width * 0.15), fill="#f4c95d")
    draw.polygon([(0, height), (width * 0.35, height * 0.4), (width * 0.7, height)], fill="#184e4a")
    draw.polygon([(width * 0.4, height), (width * 0.7, height * 0.55), (width, height)], fill="#0f3b38")
    out = io.BytesIO()
    image.save(out, form, quality=60)
    return out.getvalue()


def vtt(cues: tuple[Cue, ...]) -> bytes:
    """WebVTT."""

    def at(ms: int) -> str:
        return f"{ms // 60000:02}:{ms // 1000 % 60:02}.{ms % 1000:03}"

    body = "\n".join(f"{at(c.start_ms)} --> {at(c.end_ms)}\n{c.text}\n" for c in cues)
    return f"WEBVTT\n\n{body}".encode()


SPOKEN = {
    "zh-Hans": (
        Cue(0, 3000, "大家好，今天我们学习", "王老师"),
        Cue(3000, 6000, "怎样用手机安全付款。", "王老师"),
        Cue(9000, 12000, "第一步，看清收款人的名字。", "王老师"),
        Cue(14000, 18000, "名字不对怎么办？", "李阿姨"),
        Cue(18500, 23000, "不要付款，先问清楚。", "王老师"),
    ),
    "yue": (Cue(0, 3000, "大家好，今日我哋學"), Cue(3000, 6000, "點樣用手機安全俾錢。")),
    "en": (
        Cue(0, 3000, "Hello. Today we learn", "Ms Wang"),
        Cue(3000, 6000, "how to pay safely with a phone.", "Ms Wang"),
        Cue(9000, 12000, "First, read the payee's name.", "Ms Wang"),
        Cue(14000, 18000, "What if the name is wrong?", "Mrs Li"),
        Cue(18500, 23000, "Do not pay. Ask first.", "Ms Wang"),
    ),
}
FRENCH = (Cue(0, 3000, "Bonjour. Aujourd'hui"),)
CHAPTERS = {
    "zh-Hans": (Cue(0, 9000, "开始之前"), Cue(9000, 25000, "看清收款人")),
    "en": (Cue(0, 9000, "Before you start"), Cue(9000, 25000, "Read the name")),
}


def shelf(video: bytes = b"", audio: bytes = b"") -> Shelf:
    """All assets of the site."""
    s = Shelf()
    s.image("01/cover.jpg", 1600, 1000)
    s.image("01/a b#1.jpg", colour="#7b4a2e")
    s.image("01/poster.jpg")
    s.refs.append(AssetRef("01/gone.mp4", "video", "media/gone", "failed"))
    s.refs.append(AssetRef("01/gone.jpg", "image", "media/gone", "failed"))
    s.artefacts["failed"] = Artefact(failed=True)
    named = [s.cues("pay", "captions", tag, cues) for tag, cues in SPOKEN.items()]
    named.append(s.cues("pay", "descriptions", "en", (Cue(7000, 8500, "A hand holds a phone over a code."),)))
    named += [s.cues("pay", "chapters", tag, cues) for tag, cues in CHAPTERS.items()]
    inside = (CueFacts("subtitles", "fr", "fr.vtt", FRENCH), CueFacts("subtitles", "en", "en.vtt", FRENCH))
    facts = VideoFacts(
        25000, 1280, 720, (), "480.mp4", 3_400_000, "240.mp4", 640_000, "poster.jpg", 1280, 720,
        captions=inside, thumbnails="thumbnails.vtt",
    )  # fmt: skip
    files = dict.fromkeys(("480.mp4", "240.mp4"), (video, "video/mp4"))
    files |= dict.fromkeys(("fr.vtt", "en.vtt", "thumbnails.vtt"), (vtt(FRENCH), "text/vtt"))
    files["poster.jpg"] = (picture_bytes(1280, 720, "#33415c", "JPEG"), "image/jpeg")
    s.put("video:pay", "media/pay", files, facts)
    s.put(
        "stream:pay",
        "media/pay-stream",
        {"master.m3u8": (b"#EXTM3U\n", "application/vnd.apple.mpegurl"), "audio.m4a": (audio, "audio/mp4")},
        StreamedFacts("master.m3u8", "manifest.mpd", "audio.m4a", 1_200_000),
    )
    sound = {"audio.m4a": (audio, "audio/mp4")}
    s.put("described:pay", "media/pay-described", sound, AudioFacts(25000, "audio.m4a", 1_300_000))
    cue_names, cue_bases = zip(*named, strict=True)
    s.refs.append(
        AssetRef(
            "01/pay.mp4", "video", "media/pay", "video:pay", cue_names, cue_bases,
            stream="stream:pay", stream_base="media/pay-stream",
            described=("described:pay",), described_bases=("media/pay-described",), described_languages=("zh-Hans",),
        )
    )  # fmt: skip
    talk = s.cues("talk", "captions", "en", SPOKEN["en"])
    s.put(
        "audio:talk",
        "media/talk",
        {"talk.m4a": (audio, "audio/mp4")},
        AudioFacts(3_725_000, "talk.m4a", 9_000_000),
    )
    s.refs.append(AssetRef("01/talk.mp3", "audio", "media/talk", "audio:talk", (talk[0],), (talk[1],)))
    s.put(
        "file:form",
        "files/form",
        {"form.pdf": (b"%PDF-1.4", "application/pdf")},
        CueFacts("metadata", "", "", ()),
    )
    s.refs.append(AssetRef("01/form.pdf", "file", "files/form", "file:form", download_name="form.pdf"))
    return s


def box(kind: str, title: str, text: str) -> str:
    """A box as the Markdown reader writes it."""
    return (
        f'<div class="box box-{kind}" role="note" aria-labelledby="cp-box-{kind}">\n'
        f'<p class="box-title" id="cp-box-{kind}">{title}</p>\n<p>{text}</p></div>\n'
    )


CODE = (
    '<figure class="code-figure"><figcaption>pay.py</figcaption><div class="code"><pre><code class="language-python">'
    '<span class="kn">from</span> <span class="nn">bank</span> <span class="kn">import</span> <span class="n">pay</span>\n'
    '<span class="hll"><span class="k">def</span> <span class="nf">check</span><span class="p">(</span><span class="n">name</span>'
    '<span class="p">:</span> <span class="nb">str</span><span class="p">)</span> <span class="o">-&gt;</span> <span class="kc">None</span>'
    '<span class="p">:</span>  <span class="c1"># a line that is too long for a narrow screen, on purpose, to see it scroll</span>\n</span>'
    '    <span class="n">pay</span><span class="p">(</span><span class="n">name</span><span class="p">,</span> <span class="mi">12</span>'
    '<span class="p">,</span> <span class="s2">"rice"</span><span class="p">)</span></code></pre></div></figure>\n'
)
TABLE = (
    '<div class="table">\n<table>\n<thead>\n<tr>\n<th scope="col">Way</th><th scope="col" class="align-right">Limit</th>'
    '<th scope="col">Needs</th><th scope="col">Good for</th></tr>\n</thead>\n<tbody>\n<tr><td>QR code</td>'
    '<td class="align-right">1000</td><td>camera</td><td>shops and market stalls</td></tr>\n'
    '<tr><td>Transfer</td><td class="align-right">5000</td><td>phone number</td><td>family and friends far away</td></tr>'
    "</tbody>\n</table>\n</div>\n"
)
MATH = (
    '<div class="math-display" tabindex="0" role="group" aria-label="Formula"><math display="block"><mi>E</mi><mo>=</mo>'
    "<mi>m</mi><msup><mi>c</mi><mn>2</mn></msup></math></div>\n"
)


def english() -> tuple[Block, ...]:
    """The body of the English lesson: every kind of block."""
    return (
        Html("<p>Look at <a href=\""), PageLink("01/02.md", "why"), Html('">the next lesson</a>, at <a href="'),
        PageLink("01/02.md"), Html('">'), TitleOf("01/02.md"), Html('</a>, or take <a href="'), FileLink("01/form.pdf"),
        Html('">the form</a>. Press <kbd>OK</kbd>, run <code>pay --now</code>.<sup class="footnote"><a id="cp-fnref-1" href="#cp-fn-1" role="doc-noteref" aria-label="Footnote 1">1</a></sup></p>\n'),
        Html('<h2 id="see">See it done</h2>\n'),
        Media("video", "01/pay.mp4", "Paying at a stall", number=1),
        Html("<p>And "), Image("01/a b#1.jpg", 'A "hand" & phone', width=240), Html(" in between.</p>\n<p>"),
        Image("01/cover.jpg", "Hills at dawn"), Html('</p>\n<h2 id="why">Why</h2>\n'),
        Html(box("note", "Note", "Read the name. <strong>Then</strong> pay.") + box("tip", "Tip", "Ask a friend.")),
        Html(box("important", "Important", "Never share a code.") + box("warning", "Warning", "Do not hurry.")),
        Html(box("caution", "Caution", "Money is gone at once.") + box("objectives", "Objectives", "You can check a name.")),
        Html(box("keypoints", "Key points", "Look, read, pay.") + box("exercise", "Exercise", "Find the name below.")),
        Html('<details class="box box-solution">\n<summary>Solution</summary>\n<p>It is on top.</p></details>\n'),
        Html('<h3 id="ways">Ways to pay</h3>\n' + TABLE + CODE + MATH),
        Html('<div class="tabs">\n<section class="tab">\n<h4 class="tab-title">Android</h4>\n<p>Press the round button.</p></section>\n<section class="tab">\n<h4 class="tab-title">iPhone</h4>\n<p>Swipe up.</p></section>\n</div>\n'),
        Html('<ol class="slides">\n<li><figure>'), Image("01/poster.jpg", "Slide: three steps"), Html("<figcaption>Three steps</figcaption></figure></li>\n</ol>\n"),
        Html("<blockquote>\n<p>Slow is smooth.</p></blockquote>\n<ul>\n<li>one</li><li class=\"task\"><span class=\"task-mark\" role=\"img\" aria-label=\"Done\">☑</span> two</li></ul>\n<dl><dt>Payee</dt><dd>Who gets the money</dd></dl>\n"),
        Media("audio", "01/talk.mp3", "The whole talk", number=2),
        Media("video", "01/gone.mp4", "A lost film", number=3), Html("<p>"), Image("01/gone.jpg", "A lost picture"), Html("</p>\n"),
        Quiz("q1", "single", (Html("<p>What do you read first?</p>\n<p>Think.</p>"),), (
            Choice((Html("The <em>name</em>"),), True, (Html("<p>Yes.</p>"),)), Choice((Html("The price"),), False, (Html("<p>Later.</p>"),)),
            Choice((Html("<p>Nothing</p><p>at all</p>"),), False)), feedback=(Html("<p>The name comes first.</p>"),), number=1),
        Quiz("q2", "multiple", (Html("<p>Which are safe?</p>"),), (Choice((Html("QR code in a shop"),), True), Choice((Html("A link in a message"),), False), Choice((Html("A friend's number"),), True)), number=2),
        Quiz("q3", "blanks", (Html("<p>Read the "), Blank(("name", "payee's name"), 1), Html(" before you "), Blank(("pay",), 2), Html(".</p>")), number=3),
        Quiz("q4", "match", (Html("<p>Who does what?</p>"),), pairs=(Pair((Html("Buyer"),), (Html("pays"),)), Pair((Html("Seller"),), (Html("is paid"),)), Pair((Html("Bank"),), (Html("moves money"),))), number=4),
        Html('<div class="footnotes" role="doc-endnotes">\n<ol>\n<li id="cp-fn-1"><p>On most phones. <a href="#cp-fnref-1" role="doc-backlink" aria-label="Back to reference 1">↩</a></p></li>\n</ol>\n</div>\n'),
    )  # fmt: skip


def chinese() -> tuple[Block, ...]:
    """The body of the Chinese lesson."""
    return (
        Html('<p>用手机付款很方便，也要小心。先看<a href="'), PageLink("01/02.md"), Html('">'), TitleOf("01/02.md"),
        Html('</a>。<span lang="en">Slow is smooth.</span></p>\n<h2 id="kan">看视频</h2>\n'),
        Media("video", "01/pay.mp4", "在菜市场扫码付款", number=1),
        Html('<h2 id="wei">为什么要看名字</h2>\n<p>付款之前，请先看清收款人的名字。名字不对，就不要付款；不清楚，就问一问身边的人。着急的时候最容易出错，慢一点，稳一点。</p>\n<p>'),
        Image("01/cover.jpg", "清晨的山"), Html("</p>\n" + box("note", "注意", "验证码不要告诉任何人。") + box("warning", "警告", "不要点短信里的链接。")),
        Quiz("q1", "single", (Html("<p>付款前先看什么？</p>"),), (Choice((Html("收款人的名字"),), True, (Html("<p>对，先看名字。</p>"),)), Choice((Html("优惠券"),), False)), number=1),
    )  # fmt: skip


WORDS = {
    "en": {"title": "Pay safely with your phone", "module": "Scan and pay", "one": "Check the name first", "two": "When something goes wrong", "what": "Small steps for paying without worry: at the market, on the bus, and with family far away.", "root": "en/", "see": "See it done", "why": "Why"},
    "zh-Hans": {"title": "用手机安全付款", "module": "扫一扫付款", "one": "先看清收款人", "two": "出了问题怎么办", "what": "一步一步学会放心付款：在菜市场、坐公交、给远方的家人转账。", "root": "", "see": "看视频", "why": "为什么要看名字"},
}  # fmt: skip


def params(
    language: str, static: dict[str, str], assets: Sequence[AssetRef], variant: Variant = "web"
) -> list[PagesParams]:
    """The two steps of an edition: its home and contents, and its module."""
    w = WORDS[language]
    root = w["root"]
    site = SiteFacts(
        "pay-safely", w["title"], language, NavEntry(w["title"], f"{root}index.html"), NavEntry("", f"{root}contents.html"), variant,
        license="CC-BY-4.0", authors=(Author("Ada Lovelace", "https://example.org/ada", "Example School"),), provider="Example School",
        theme_digest=theme_digest(find_themes() / "default"), static=static,
    )  # fmt: skip
    other = next(tag for tag in WORDS if tag != language)
    module = NavEntry(w["module"], f"{root}01/index.html")
    lessons = (NavEntry(w["one"], f"{root}01/01 first.html"), NavEntry(w["two"], f"{root}01/02.html"))

    def also(url: str) -> tuple[Alternate, ...]:
        return (Alternate(other, WORDS[other]["root"] + url),)

    outcomes = (Outcome("a", "Read who gets the money" if language == "en" else "能看清谁在收钱"),)
    listing = (
        Listing(module, lessons),
        Listing(NavEntry("More" if language == "en" else "其他", f"{root}contents.html"), lessons[1:]),
    )
    links = {"01/02.md": f"{root}01/02.html"}
    home = [
        PageSpec("home", w["title"], f"{root}index.html", description=w["what"], alternates=also("index.html"), duration_min=45,
                 outcomes=outcomes, listing=listing, next=lessons[0], cover="01/cover.jpg"),
        PageSpec("contents", "", f"{root}contents.html", breadcrumb=(site.home,), listing=listing, alternates=also("contents.html")),
    ]  # fmt: skip
    headings = (
        Heading(2, "see" if language == "en" else "kan", w["see"]),
        Heading(2, "why" if language == "en" else "wei", w["why"]),
    )
    inside = [
        PageSpec("module", w["module"], module.url, breadcrumb=(site.home,), listing=(Listing(None, lessons),), next=lessons[0], alternates=also("01/index.html")),
        PageSpec("lesson", w["one"], lessons[0].url, "01/01 first.md", w["what"], "body", headings, (site.home, module), module, lessons[1],
                 also("01/01 first.html"), 12, outcomes, links=links, link_titles={"01/02.md": w["two"]}),
        PageSpec("lesson", w["two"], lessons[1].url, breadcrumb=(site.home, module), previous=lessons[0], alternates=also("01/02.html"), body="second"),
    ]  # fmt: skip
    return [
        PagesParams(site, None, (), tuple(home), tuple(assets)),
        PagesParams(site, module, lessons, tuple(inside), tuple(assets)),
    ]


def bodies(language: str) -> dict[str, tuple[Block, ...]]:
    """Blob inputs by name."""
    first = english() if language == "en" else chinese()
    return {"body": first, "second": (Html('<h2 id="why">…</h2><p>…</p>'),)}


def run(given: PagesParams, blocks: dict[str, tuple[Block, ...]], assets: Shelf) -> dict[str, bytes]:
    """Runs the recipe; its files."""
    return _run(given, blocks, assets)[0]


def facts(given: PagesParams, blocks: dict[str, tuple[Block, ...]], assets: Shelf) -> dict[str, Any]:
    """Runs the recipe; its facts."""
    return _run(given, blocks, assets)[1]


def _run(
    given: PagesParams, blocks: dict[str, tuple[Block, ...]], assets: Shelf
) -> tuple[dict[str, bytes], dict[str, Any]]:
    blobs = {name: msgspec.msgpack.encode(body) for name, body in blocks.items()}
    inputs = tuple(BlobInput(name, digest_bytes(data)) for name, data in blobs.items())
    step = Step("pages:x", "pages", "", msgspec.to_builtins(given), inputs, "text")
    work = MemoryWork(
        step, {digest_bytes(d): d for d in (*blobs.values(), *assets.files.values())}, assets.artefacts
    )
    found = PagesRecipe(find_themes()).run(work)
    return work.files, found


def static_files() -> dict[str, bytes]:
    """What the theme recipe makes."""
    digest = theme_digest(find_themes() / "default")
    step: dict[str, Any] = {"theme": "default", "digest": digest}
    work = MemoryWork(Step("theme", "theme", "", step))
    ThemeRecipe(find_themes()).run(work)
    return work.files


def site(variant: Variant = "web", video: bytes = b"", audio: bytes = b"") -> dict[str, bytes]:
    """All files by output path."""
    assets = shelf(video, audio)
    themed = static_files()
    if variant == "mobile":  # as the plan does
        bare = {"stream": "", "described": (), "described_bases": (), "described_languages": ()}
        assets.refs = [msgspec.structs.replace(r, **bare) for r in assets.refs]
    files = dict(assets.files) | {f"static/{n}": d for n, d in themed.items()}
    for language in WORDS:
        for given in params(language, {n: f"static/{n}" for n in themed}, assets.refs, variant):
            files |= run(given, bodies(language), assets)
    return files


def write(files: dict[str, bytes], folder: Path) -> None:
    """Puts the files on disk."""
    for name, data in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)


if __name__ == "__main__":
    write(site(), Path(sys.argv[1]))
