"""The recipe of kind "pages": what a page says, where it points, what it does without."""

import re
import time
import zlib
from base64 import b64decode, b64encode
from hashlib import sha256
from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import msgspec
import pytest
from tests.unit.recipes import fake_site

from coursepack.model.document import Blocks, Html, Image, Media, PageLink
from coursepack.model.media import AudioFacts, ImageFacts, ImageVariant
from coursepack.model.site import AssetRef, Variant
from coursepack.model.step import Artefact
from coursepack.recipes.addresses import relative
from coursepack.recipes.language_choice import nearest
from coursepack.recipes.printing import clock, iso_duration, size_words

LESSON = "en/01/01 first.html"


@pytest.fixture(scope="module")
def web() -> dict[str, bytes]:
    return fake_site.site()


@pytest.fixture(scope="module")
def mobile() -> dict[str, bytes]:
    return fake_site.site("mobile")


class Reader(HTMLParser):
    """Elements with their attributes, and addresses."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def addresses(self) -> list[str]:
        found = []
        for _, attributes in self.elements:
            found += [attributes[n] or "" for n in ("href", "src", "poster", "data-hls") if n in attributes]
            found += [part.split()[0] for part in (attributes.get("srcset") or "").split(",") if part.strip()]
        return found


def lesson(*blocks: object, language: str = "en", edit: dict[str, object] | None = None) -> str:
    """A lesson page with `blocks` as its body."""
    assets = fake_site.shelf()
    given = fake_site.params(language, {"style.css": "static/style.css"}, assets.refs)[1]
    page = msgspec.structs.replace(given.pages[1], **(edit or {}))
    given = msgspec.structs.replace(given, pages=(page,))
    return fake_site.run(given, {"body": tuple(blocks)}, assets)[page.url].decode()  # type: ignore[dict-item]


def pages(files: dict[str, bytes]) -> dict[str, bytes]:
    return {name: data for name, data in files.items() if name.endswith(".html")}


def recording(variant: Variant) -> str:
    """A page with a recording that was built as Opus too."""
    assets = fake_site.shelf()
    files = {"talk.m4a": (b"m4a", "audio/mp4"), "talk.webm": (b"webm", "audio/webm")}
    facts = AudioFacts(60_000, "talk.m4a", 480_000, opus="talk.webm", opus_size=250_000)
    assets.put("audio:talk", "media/talk", files, facts)
    given = fake_site.params("en", {"style.css": "static/style.css"}, assets.refs, variant)[1]
    given = msgspec.structs.replace(given, pages=given.pages[1:2])
    body = {"body": (Media("audio", "01/talk.mp3", "The talk", number=1),)}
    return fake_site.run(given, body, assets)[given.pages[0].url].decode()  # type: ignore[arg-type]


def test_opus_comes_first_and_every_device_finds_what_it_plays() -> None:
    found = [(s["src"], s["type"]) for s in Reader(recording("web").encode()).all("source")]
    assert [(str(src).rpartition("/")[2], kind) for src, kind in found] == [
        ("talk.webm", "audio/webm; codecs=opus"),
        ("talk.m4a", "audio/mp4"),
    ]
    assert "talk.webm" not in recording("mobile"), "an offline bundle carries the file that plays everywhere"


# -- the whole site ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("variant", ["web", "mobile"])
def test_every_address_leads_to_a_file_below_the_root(variant: str, request: pytest.FixtureRequest) -> None:
    files: dict[str, bytes] = request.getfixturevalue(variant)
    seen = 0
    for name, data in pages(files).items():
        for address in Reader(data).addresses():
            if address.startswith(("https://example.org/", "#", "data:text/vtt;")):
                continue
            assert not address.startswith("/"), (name, address)
            target = unquote(urlsplit(urljoin(f"https://host/deep/{name.replace(' ', '%20')}", address)).path)
            assert target.removeprefix("/deep/") in files, (name, address)
            seen += 1
    assert seen > 200


def test_every_fragment_exists_and_every_id_is_unique(web: dict[str, bytes]) -> None:
    for name, data in pages(web).items():
        reader = Reader(data)
        ids = [a["id"] for _, a in reader.elements if "id" in a]
        assert len(ids) == len(set(ids)), name
        for address in reader.addresses():
            if address.startswith("#") and address != "#":
                assert unquote(address[1:]) in ids, (name, address)


def test_nothing_inline_and_nobody_else_is_asked(web: dict[str, bytes]) -> None:
    for data in pages(web).values():
        reader = Reader(data)
        scripts = reader.all("script")  # a block of data is no program; cp-early is allowed by its hash
        inline = [a for a in scripts if not a.get("src") and a.get("type") != "application/json"]
        assert inline == [{"id": "cp-early"}]
        assert not reader.all("style")
        assert not any(n == "style" or n.startswith("on") for _, a in reader.elements for n in a)
        policy = next(
            a["content"] for a in reader.all("meta") if a.get("http-equiv") == "Content-Security-Policy"
        )
        assert policy and policy.startswith("default-src 'none'")
        early = re.findall(r'<script id="cp-early">(.*?)</script>', data.decode())
        digest = b64encode(sha256(early[0].encode()).digest()).decode()
        assert f"script-src 'self' file: 'sha256-{digest}';" in policy
        assert "unsafe" not in policy


def test_the_same_input_gives_the_same_bytes() -> None:
    assert fake_site.site() == fake_site.site()


def test_languages_are_marked(web: dict[str, bytes]) -> None:
    root = Reader(web["01/01 first.html"]).all("html")[0]
    assert (root["lang"], root["dir"]) == ("zh-Hans", "ltr")
    links = [a for a in Reader(web[LESSON]).all("a") if a.get("hreflang")]
    assert [(a["lang"], a["hreflang"], a.get("aria-current")) for a in links] == [
        ("en", "en", "true"),
        ("zh-Hans", "zh-Hans", None),
    ]
    assert "../../01/01%20first.html" in str(links[1]["href"])


def test_the_module_navigation_marks_the_page(web: dict[str, bytes]) -> None:
    for name, here in ((LESSON, "Check the name first"), ("en/01/02.html", "When something goes wrong")):
        found = re.findall(r'<a href="[^"]*" aria-current="page">([^<]*)</a>', web[name].decode())
        assert found == [here]


def test_a_lesson_is_light_before_anything_is_played(web: dict[str, bytes]) -> None:
    names = [LESSON, "static/style.css", "static/site.js", "static/player.js", "static/icon.svg"]
    assert sum(len(zlib.compress(web[n], 9)) for n in names) < 60_000


# -- blocks --------------------------------------------------------------------------------------------------------


def test_text_of_authors_is_escaped() -> None:
    page = lesson(
        Image("01/cover.jpg", '"><script>alert(1)</script>', title='a"b'),
        edit={"title": "<b>1 & 2</b>", "description": '"><i>', "link_titles": {"x": "<u>"}},
    )
    assert "<script>alert" not in page and "<i>" not in page
    assert "<h1>&lt;b&gt;1 &amp; 2&lt;/b&gt;</h1>" in page


def test_links_to_pages() -> None:
    page = lesson(
        Html('<p><a href="'), PageLink("01/02.md", "why & how"), Html('">1</a><a href="'), PageLink("", "see"),
        Html('">2</a><a href="'), PageLink("gone.md"), Html('">3</a></p>'),
    )  # fmt: skip
    assert '<p><a href="02.html#why%20%26%20how">1</a><a href="#see">2</a><a href="#">3</a></p>' in page


def test_pictures_offer_formats_and_true_widths() -> None:
    page = lesson(
        Html("<p>"), Image("01/cover.jpg", "Hills"), Image("01/cover.jpg", None, width=320), Html("</p>")
    )
    first, second = re.findall(r"<picture>.*?</picture>", page, re.DOTALL)
    assert 'type="image/webp"' in first and " 800w, " in first and " 1600w" in first
    assert 'alt="Hills" width="1600" height="1000"' in first
    assert "loading=" not in first
    assert 'alt="" width="320" height="200" loading="lazy"' in second
    assert "(min-width: 356px) 320px" in second


def test_an_animation_has_a_still_for_those_who_want_less_motion() -> None:
    assets = fake_site.shelf()
    facts = ImageFacts(
        100, 50, (ImageVariant("a.gif", "image/gif", 100, 50, 9),), animated=True, still="a.png"
    )
    assets.put("image:a", "media/a", {"a.gif": (b"GIF", "image/gif"), "a.png": (b"PNG", "image/png")}, facts)
    assets.refs.append(AssetRef("a.gif", "image", "media/a", "image:a"))
    given = fake_site.params("en", {"style.css": "s.css"}, assets.refs)[1]
    given = msgspec.structs.replace(given, pages=given.pages[1:2])
    page = fake_site.run(given, {"body": (Image("a.gif", "Dance"),)}, assets)[LESSON].decode()
    assert re.search(
        r'<picture><source media="\(prefers-reduced-motion: reduce\)" srcset="[^"]*a\.png"><img ', page
    )


def test_an_animation_waits_to_be_played_and_is_still_inside_a_link() -> None:
    assets = fake_site.shelf()
    still = ImageVariant("w.jpg", "image/jpeg", 480, 300, 3)
    clip = ImageVariant("moving.mp4", "video/mp4", 480, 300, 3)
    facts = ImageFacts(480, 300, (still,), animated=True, video=clip, loop=True)
    files = {"w.jpg": (b"JPG", "image/jpeg"), "moving.mp4": (b"MP4", "video/mp4")}
    assets.put("image:a", "media/a", files, facts)
    assets.refs.append(AssetRef("a.gif", "image", "media/a", "image:a"))
    given = fake_site.params("en", {"style.css": "s.css"}, assets.refs)[1]
    given = msgspec.structs.replace(given, pages=given.pages[1:2])
    shown = Image("a.gif", 'A "dance"')
    body = (Html("<p>"), shown, Html('</p><p><a href="#x"><b>'), shown, Html("</b></a>"), shown, Html("</p>"))
    page = fake_site.run(given, {"body": body}, assets)[LESSON].decode()
    clips = re.findall(r"<video [^>]*>", page)
    assert len(clips) == 2
    for attribute in (
        "controls",
        "muted",
        "playsinline",
        "loop",
        'preload="none"',
        'width="480" height="300"',
    ):
        assert attribute in clips[0]
    assert "autoplay" not in clips[0]
    assert 'aria-label="A &#34;dance&#34;"' in clips[0]
    assert re.search(r'poster="[^"]*w\.jpg"', clips[0])
    assert re.search(r'<a href="#x"><b><img src="[^"]*w\.jpg"', page)


def test_sizes_follow_widths_in_per_cent() -> None:
    page = lesson(Image("01/cover.jpg", "Hills", css_class="width-50"), Image("01/cover.jpg", "Hills"))
    half, whole = re.findall(r'sizes="([^"]*)"', page)[::3][:1] + re.findall(r'sizes="([^"]*)"', page)[-1:]
    assert half == "(min-width: 45rem) 21.375rem, calc(0.5 * (100vw - 2.25rem))"
    assert whole == "(min-width: 45rem) 42.75rem, calc(100vw - 2.25rem)"


def test_a_failed_asset_leaves_a_notice_and_the_rest_of_the_page() -> None:
    page = lesson(
        Media("video", "01/gone.mp4", "A lost film"),
        Html("<p>"),
        Image("01/gone.jpg", "Lost"),
        Html("on</p>"),
    )
    assert "This video is missing" in page and "A lost film" in page
    assert "This image is missing" in page and "on</p>" in page
    assert "<video" not in page


def test_the_web_plays_hls_and_the_offline_bundle_the_small_file(
    web: dict[str, bytes], mobile: dict[str, bytes]
) -> None:
    at_home, offline = Reader(web[LESSON]), Reader(mobile[LESSON])
    assert str(at_home.all("video")[0]["data-hls"]).endswith("/master.m3u8")
    assert str(at_home.all("source")[0]["src"]).endswith("/480.mp4")
    assert str(at_home.all("video")[0]["data-thumbnails-src"]).endswith("/thumbnails.vtt")
    assert {"data-hls", "data-thumbnails-src"}.isdisjoint(offline.all("video")[0])
    assert str(offline.all("source")[0]["src"]).endswith("/240.mp4")
    assert not [a for a in offline.all("script") if "data-hls" in a]
    assert not [a for a in offline.addresses() if "m3u8" in a or "480.mp4" in a]


def test_sound_of_a_video_is_there_for_riders_and_described_for_the_blind(
    web: dict[str, bytes], mobile: dict[str, bytes]
) -> None:
    page = web[LESSON].decode()
    assert re.search(
        r'<a href="[^"]*/audio\.m4a" data-sound="plain" download="pay\.m4a">Sound only \(M4A\) <span', page
    )
    described = (
        r'download="pay\.described\.m4a">Sound with audio description \(M4A\) <span lang="zh-Hans">简体中文'
    )
    assert re.search(described, page)
    # The script shows the button where it can keep its promise.
    assert re.search(r'<p class="sound-choice" hidden><button type="button" data-described', page)
    for words in ("data-sound", "data-described"):
        assert words in page
        assert words not in mobile[LESSON].decode()


@pytest.mark.parametrize("failed", ["stream:pay", "described:pay"])
def test_a_video_whose_stream_failed_still_plays(failed: str) -> None:
    assets = fake_site.shelf()
    assets.artefacts[failed] = Artefact(failed=True)
    given = fake_site.params("en", {"style.css": "s.css"}, assets.refs)[1]
    given = msgspec.structs.replace(given, pages=given.pages[1:2])
    page = fake_site.run(given, {"body": (Media("video", "01/pay.mp4", "x"),)}, assets)[LESSON].decode()
    assert 'src="../../media/pay-' in page
    assert ("data-hls" in page) == (failed != "stream:pay")
    assert "data-described" not in page


def test_an_offline_video_in_av1_says_so() -> None:
    assets = fake_site.shelf()
    built = assets.artefacts["video:pay"]
    more = {"mobile_av1": "240-av1.mp4", "mobile_av1_size": 9, "mobile_av1_codecs": "av01.0.00M.08,mp4a.40.2"}
    assets.artefacts["video:pay"] = msgspec.structs.replace(built, facts=built.facts | more)
    given = fake_site.params("en", {"style.css": "s.css"}, assets.refs, "mobile")[1]
    given = msgspec.structs.replace(given, pages=given.pages[1:2])
    page = fake_site.run(given, {"body": (Media("video", "01/pay.mp4", "x"),)}, assets)[LESSON]
    source = Reader(page).all("source")[0]
    assert str(source["src"]).endswith("/240-av1.mp4")
    assert source["type"] == 'video/mp4; codecs="av01.0.00M.08,mp4a.40.2"'


def test_captions_of_the_offline_bundle_are_in_the_page(mobile: dict[str, bytes]) -> None:
    sources = [str(t["src"]) for t in Reader(mobile[LESSON]).all("track")]
    assert all(s.startswith("data:text/vtt;base64,") for s in sources)
    assert any(b64decode(s.partition(",")[2]).startswith(b"WEBVTT") for s in sources)


def test_tracks_are_named_in_their_own_language_and_one_is_on(web: dict[str, bytes]) -> None:
    tracks = Reader(web[LESSON]).all("track")
    captions = [(t["srclang"], t["label"], "default" in t) for t in tracks if t["kind"] == "captions"]
    # The page's language first.
    assert captions == [("en", "English", True), ("zh-Hans", "简体中文", False), ("yue", "粵語", False)]
    chinese = Reader(web["01/01 first.html"]).all("track")
    assert [t["srclang"] for t in chinese if "default" in t] == ["zh-Hans"]
    assert {t["kind"] for t in tracks} == {"captions", "subtitles", "descriptions", "chapters"}
    # From inside the video's file comes what is not beside it: French, but no English.
    assert [(t["srclang"], t["label"]) for t in tracks if t["kind"] == "subtitles"] == [("fr", "Français")]


def test_the_transcript_is_in_the_page(web: dict[str, bytes]) -> None:
    page = web[LESSON].decode()
    first, *others = re.findall(r'<details class="transcript">.*?</details>', page, re.DOTALL)
    assert "how to pay safely with a phone." in first and "<b>Ms Wang</b>" in first
    assert "A hand holds a phone over a code." in first, "descriptions belong to a full text alternative"
    assert "Before you start" in first
    assert 'data-name="简体中文" lang="zh-Hans" dir="ltr">' in others[0]
    assert re.search(r'href="[^"]*480\.mp4#t=9" data-start="9"', first)


def test_an_authored_transcript_comes_before_the_cues_of_its_language() -> None:
    assets = fake_site.shelf()
    refs = [
        msgspec.structs.replace(r, transcripts=("own",), transcript_languages=("en",))
        if r.path == "01/pay.mp4"
        else r
        for r in assets.refs
    ]
    given = fake_site.params("en", {"style.css": "s.css"}, refs)[1]
    given = msgspec.structs.replace(given, pages=given.pages[1:2])
    bodies: dict[str, Blocks] = {
        "body": (Media("video", "01/pay.mp4", "x"),),
        "own": (Html("<p>Written by hand.</p>"),),
    }
    page = fake_site.run(given, bodies, assets)[LESSON].decode()  # type: ignore[arg-type]
    transcripts = re.findall(r'<details class="transcript">.*?</details>', page, re.DOTALL)
    assert "Written by hand." in transcripts[0]
    assert len(transcripts) == 4, "one for each language"
    assert "Bonjour" in transcripts[3]
    assert "how to pay safely" not in page


# -- small parts ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("page", "target", "fragment", "address"),
    [
        ("index.html", "a/b.html", "", "a/b.html"),
        ("a/b.html", "a/c d.html", "", "c%20d.html"),
        ("en/a/b.html", "a/b.html", "x", "../../a/b.html#x"),
        ("a/b.html", "a/b.html", "", "#"),
        ("a/b.html", "a/b.html", "词", "#%E8%AF%8D"),
        ("a.html", "50% off?#1.html", "", "50%25%20off%3F%231.html"),
        ("a.html", "c:d.html", "", "c%3Ad.html"),
        ("a/b.html", "a", "", "../a"),
    ],
)
def test_relative_addresses(page: str, target: str, fragment: str, address: str) -> None:
    assert relative(page, target, fragment) == address


def test_facts_in_words() -> None:
    assert [clock(ms) for ms in (0, 7_900, 725_000, 3_723_000)] == ["0:00", "0:07", "12:05", "1:02:03"]
    assert [iso_duration(ms) for ms in (0, 60_000, 3_723_000)] == ["PT0S", "PT1M", "PT1H2M3S"]
    assert [size_words(n) for n in (1, 640_000, 3_440_000, 2_500_000_000)] == [
        "1 kB",
        "640 kB",
        "3.4 MB",
        "2.5 GB",
    ]


def test_nearest_language() -> None:
    assert nearest("zh-Hans", ["en", "zh-Hant", "zh-Hans"]) == "zh-Hans"
    assert nearest("zh-Hans", ["en", "zh-Hant"]) == "zh-Hant"
    assert nearest("fr", ["en"]) == "en"
    assert nearest("fr", []) == ""


def test_a_page_costs_little_and_does_not_grow_with_the_module() -> None:
    def seconds_a_page(count: int) -> float:
        given = fake_site.params("en", {"style.css": "s.css"}, ())[1]
        blank = given.pages[2]
        many = tuple(msgspec.structs.replace(blank, url=f"en/01/{n}.html", body="") for n in range(count))
        given = msgspec.structs.replace(given, pages=many)
        begun = time.process_time()
        fake_site.run(given, {}, fake_site.Shelf())
        return (time.process_time() - begun) / count

    seconds_a_page(20)
    assert min(seconds_a_page(200) for _ in range(3)) < 0.002
