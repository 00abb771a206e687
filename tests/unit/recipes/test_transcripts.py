"""The page and the files of what is said in a lesson's recordings."""

from html.parser import HTMLParser
from urllib.parse import unquote, urljoin, urlsplit

import msgspec
import pytest
from tests.unit.recipes import fake_site

from coursepack.model.document import Html, Media
from coursepack.recipes.transcripts import plain

PAGE = "en/01/01 first.transcript.html"


@pytest.fixture(scope="module", params=["web", "mobile"])
def site(request: pytest.FixtureRequest) -> dict[str, bytes]:
    return fake_site.site(request.param)


class Links(HTMLParser):
    """Addresses and ids."""

    def __init__(self, data: bytes) -> None:
        super().__init__()
        self.hrefs: list[str] = []
        self.ids: list[str] = []
        self.feed(data.decode())

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a":
            self.hrefs.append(found.get("href") or "")
        if found.get("id"):
            self.ids.append(found["id"] or "")


def test_all_recordings_in_all_languages(site: dict[str, bytes]) -> None:
    text = site[PAGE].decode()
    assert "<h1>Transcript: Check the name first</h1>" in text
    assert text.count("<section aria-labelledby=") == 2  # the lost film has none
    for words in ("First, read the payee", "第一步，看清", "大家好，今日我哋學", "Bonjour"):
        assert words in text
    assert "A hand holds a phone over a code." in text
    assert '<p class="said-chapter">Read the name</p>' in text
    assert "<b>Mrs Li</b>" in text
    assert '<h3 id="cp-said-1-yue" lang="yue">粵語</h3>' in text


def test_only_lessons_with_words_have_one(site: dict[str, bytes]) -> None:
    assert [n for n in sorted(site) if n.endswith(".transcript.html")] == [
        "01/01 first.transcript.html",
        PAGE,
    ]


def test_every_address_leads_somewhere(site: dict[str, bytes]) -> None:
    here = Links(site[PAGE])
    assert len(here.ids) == len(set(here.ids))
    back = [h for h in here.hrefs if "?t=" in h]
    assert back and all("#cp-player-" in h for h in back)
    for href in here.hrefs:
        parts = urlsplit(urljoin(f"https://x/{PAGE.replace(' ', '%20')}", href))
        if parts.hostname != "x":
            continue
        target = unquote(parts.path.lstrip("/"))
        assert target in site, href
        if parts.fragment and target.endswith(".html"):
            assert unquote(parts.fragment) in Links(site[target]).ids, href


def test_the_player_leads_to_both(site: dict[str, bytes]) -> None:
    lesson = site["en/01/01 first.html"].decode()
    assert 'href="01%20first.transcript.html#cp-said-1"' in lesson
    assert 'href="01%20first.transcript-1.zh-Hans.txt" download="pay.zh-Hans.txt"' in lesson
    assert lesson.count("Transcript as a page") == 2


def test_plain_text(site: dict[str, bytes]) -> None:
    text = site["en/01/01 first.transcript-1.en.txt"].decode()
    assert text.startswith(
        "\ufeffCheck the name first\nPaying at a stall (0:25)\n\n== Before you start ==\n\n"
    )
    assert "[0:00] Ms Wang: Hello. Today we learn how to pay safely with a phone.\n" in text
    assert "[0:07] (A hand holds a phone over a code.)" in text
    assert site["01/01 first.transcript-1.zh-Hans.txt"].decode().count("王老师") >= 2


def test_a_written_transcript_comes_first() -> None:
    assets = fake_site.shelf()
    given = fake_site.params("zh-Hans", {"style.css": "static/style.css"}, assets.refs)[1]
    written = (Html('<h2 id="a">开头</h2>\n<p>写好的\n文字，<em>慢慢</em>读。</p>\n<ul><li>一</li></ul>'),)
    refs = tuple(
        msgspec.structs.replace(r, transcripts=("said",), transcript_languages=("zh-Hans",))
        if r.path == "01/talk.mp3"
        else r
        for r in assets.refs
    )
    given = msgspec.structs.replace(given, pages=given.pages[1:2], assets=refs)
    body = {"body": (Media("audio", "01/talk.mp3", "讲话", number=1),), "said": written}
    files = fake_site.run(given, body, assets)  # type: ignore[arg-type]
    page = files["01/01 first.transcript.html"].decode()
    assert "<em>慢慢</em>" in page and 'id="a"' not in page
    assert page.index("写好的") < page.index("First, read")
    text = files["01/01 first.transcript-1.zh-Hans.txt"].decode()
    assert text.endswith("讲话 (1:02:05)\n\n开头\n\n写好的文字，慢慢读。\n\n- 一\n")


def test_plain_words_of_html() -> None:
    assert plain("<p>a&amp;b<br>c</p><script>x()</script><div><p>d</p></div>") == "a&b\nc\n\nd"
