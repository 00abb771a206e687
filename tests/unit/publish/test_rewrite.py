from html.parser import HTMLParser

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coursepack.publish.rewrite import (
    find_meta,
    insert_in_head,
    rewrite_css,
    rewrite_dash,
    rewrite_html,
    rewrite_playlist,
    rewrite_thumbnails,
)


def new(reference: str) -> str | None:
    """Every `x…` is replaced."""
    return f"NEW/{reference}" if reference.startswith("x") else None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<a href="x.html">', '<a href="NEW/x.html">'),
        ("<a href='x.html'>", '<a href="NEW/x.html">'),
        ("<a href=x.html>", '<a href="NEW/x.html">'),
        ("<a href=x.html/>", '<a href="NEW/x.html/">'),
        ('<img\n src = "x.png"/>', '<img\n src = "NEW/x.png"/>'),
        ('<IMG SRC="x.png" ALT="x">', '<IMG SRC="NEW/x.png" ALT="x">'),
        ('<a href="x?a=1&amp;b=2">', '<a href="NEW/x?a=1&amp;b=2">'),
        ('<a href="x?a=&quot;">', '<a href="NEW/x?a=&quot;">'),
        ('<a title="<a href=x>" href="y">', '<a title="<a href=x>" href="y">'),
        ('<video poster="x.jpg" data-hls="x.m3u8">', '<video poster="NEW/x.jpg" data-hls="NEW/x.m3u8">'),
        ('<div data-src="x" data-hls-src="x">', '<div data-src="NEW/x" data-hls-src="NEW/x">'),
        ('<div data-title="x" data-source="x">', '<div data-title="x" data-source="x">'),
        ('<img srcset="x.png 1x, y.png 2x">', '<img srcset="NEW/x.png 1x, y.png 2x">'),
        ('<img srcset="x1.png 320w,x2.png 640w">', '<img srcset="NEW/x1.png 320w,NEW/x2.png 640w">'),
        ('<img srcset="x,1.png">', '<img srcset="NEW/x,1.png">'),
        ('<img srcset="x1.png, x2.png">', '<img srcset="NEW/x1.png, NEW/x2.png">'),
        ('<p style="background:url(x.png)">', '<p style="background:url(&quot;NEW/x.png&quot;)">'),
        ('<svg><use href="x#a"/></svg>', '<svg><use href="NEW/x#a"/></svg>'),
        ("<!-- <a href=x> -->", "<!-- <a href=x> -->"),
        ("<!--><a href=x>", '<!--><a href="NEW/x">'),
        (
            '<script>var a = "<a href=x>"</script><a href=x>',
            '<script>var a = "<a href=x>"</script><a href="NEW/x">',
        ),
        ("<SCRIPT>'<a href=x>'</sCript ><a href=x>", "<SCRIPT>'<a href=x>'</sCript ><a href=\"NEW/x\">"),
        ('<script src="x.js"></script>', '<script src="NEW/x.js"></script>'),
        ("<textarea><a href=x></textarea>", "<textarea><a href=x></textarea>"),
        ("<?php <a href=x>", "<?php <a href=x>"),
        ("1 < 2 <a href=x>", '1 < 2 <a href="NEW/x">'),
        ("</a href=x>", "</a href=x>"),
        ("<a href", "<a href"),
        ('<a href="x', '<a href="x'),
        ("<a href=>", "<a href=>"),
        ("<a href=''>", "<a href=''>"),
        ("<", "<"),
        ("<!--", "<!--"),
        ("<script>", "<script>"),
    ],
)
def test_html(before: str, after: str):
    assert rewrite_html(before, new) == after


def test_all_other_bytes_stay():
    text = "<!DOCTYPE html>\r\n<p  class=a\tid='b' >é\u2028&nbsp;&copy <a\r\nhref=\"y\"\r\n>中</a></P >"
    assert rewrite_html(text, new) == text


class Events(HTMLParser):
    """What an independent parser sees, with the references replaced as the rewriter should."""

    def __init__(self, *, replace: bool):
        super().__init__(convert_charrefs=True)
        self.seen: list[object] = []
        self.replace = replace

    def handle_starttag(self, tag, attrs):
        if self.replace:
            attrs = [(n, (new(v) or v) if v and n in ("href", "src", "poster") else v) for n, v in attrs]
        self.seen.append((tag, attrs))

    def handle_endtag(self, tag):
        self.seen.append(("/", tag))

    def handle_data(self, data):
        self.seen.append(data)

    def handle_comment(self, data):
        self.seen.append(("!", data))


NAMES = st.sampled_from(["a", "IMG", "p", "video", "br", "x-y"])
ATTRIBUTES = st.tuples(
    st.sampled_from(["href", "src", "poster", "alt", "HREF", "data-x", "class"]),
    st.text(st.sampled_from("xy/.&<>='\" ;é\n?#"), max_size=8),
    st.sampled_from(['"', "'"]),
)


def _tag(name: str, attributes: list[tuple[str, str, str]]) -> str:
    from html import escape

    words = [f"{n}={q}{escape(v, quote=True)}{q}" for n, v, q in attributes]
    return f"<{' '.join([name, *words])}>"


PIECES = st.one_of(
    st.builds(_tag, NAMES, st.lists(ATTRIBUTES, max_size=3, unique_by=lambda a: a[0].lower())),
    st.text(st.sampled_from("ab &é\n>"), max_size=6),
    st.sampled_from(["</p>", "<!-- <a href='x'> -->", "<script>'<a href=x>'</script>", "<!DOCTYPE html>"]),
)


@given(st.lists(PIECES, max_size=12))
@settings(max_examples=300, deadline=None)
def test_an_independent_parser_sees_the_same_but_for_the_references(pieces: list[str]):
    text = "".join(pieces)
    before, after = Events(replace=True), Events(replace=False)
    before.feed(text)
    after.feed(rewrite_html(text, new))
    assert after.seen == before.seen


@given(st.text(st.sampled_from("<>!-/ax=\"' \n&script"), max_size=60))
@settings(max_examples=500, deadline=None)
def test_no_text_breaks_the_rewriter(text: str):
    assert rewrite_html(text, lambda _: None) == text
    rewrite_html(text, lambda r: f"n{r}")


def test_long_text_takes_linear_time():
    for text in (
        "<a " * 50_000,
        '<a href="' * 20_000,
        "<!--" * 50_000,
        "<a" + " x" * 100_000,
        "<script>" * 20_000,
    ):
        assert rewrite_html(text, new) == text
    rewrite_html('<img srcset="' + "," * 100_000 + '">', new)
    rewrite_html('<img srcset="' + "x " * 50_000 + '">', new)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a{b:url(x.png)}", 'a{b:url("NEW/x.png")}'),
        ("a{b:url( 'x.png' )}", 'a{b:url("NEW/x.png")}'),
        ('a{b:URL("x.png")}', 'a{b:url("NEW/x.png")}'),
        ("a{b:url(y.png)}", "a{b:url(y.png)}"),
        ("a{b:url()}", "a{b:url()}"),
        ("a{b:url(x\\ y.png)}", 'a{b:url("NEW/x y.png")}'),
        ("a{b:url('x\\27.png')}", "a{b:url(\"NEW/x'.png\")}"),
        ("/* url(x) */ a{}", "/* url(x) */ a{}"),
        ("a{content:'url(x)'}", "a{content:'url(x)'}"),
        ('@import "x.css";', '@import "NEW/x.css";'),
        ("@import url(x.css) print;", '@import url("NEW/x.css") print;'),
        ("@font-face{src:url(x.woff2) format('woff2'),url(y.woff)}",
         "@font-face{src:url(\"NEW/x.woff2\") format('woff2'),url(y.woff)}"),
        ("/* url(x)", "/* url(x)"),
    ],
)  # fmt: skip
def test_css(before: str, after: str):
    assert rewrite_css(before, new) == after


def test_playlist():
    before = (
        '#EXTM3U\r\n#EXT-X-MAP:URI="x.mp4",BYTERANGE="1@0"\r\n#EXTINF:4,\r\nx1.m4s\r\n#x comment\r\n\r\ny.m4s\r\n'
        '#EXT-X-MEDIA:TYPE=AUDIO,NAME="a URI=x",URI="x.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1\nx2.m3u8'
    )
    after = (
        '#EXTM3U\r\n#EXT-X-MAP:URI="NEW/x.mp4",BYTERANGE="1@0"\r\n#EXTINF:4,\r\nNEW/x1.m4s\r\n#x comment\r\n\r\n'
        'y.m4s\r\n#EXT-X-MEDIA:TYPE=AUDIO,NAME="a URI=x",URI="NEW/x.m3u8"\n#EXT-X-STREAM-INF:BANDWIDTH=1\nNEW/x2.m3u8'
    )
    assert rewrite_playlist(before, new) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('<SegmentURL media="x1.m4s"/>', '<SegmentURL media="NEW/x1.m4s"/>'),
        ("<SegmentURL mediaRange='1-2' media = 'x&amp;1.m4s'/>", "<SegmentURL mediaRange='1-2' media=\"NEW/x&amp;1.m4s\"/>"),
        ('<Initialization sourceURL="x.mp4"/>', '<Initialization sourceURL="NEW/x.mp4"/>'),
        ("<BaseURL>x&amp;y.vtt</BaseURL>", "<BaseURL>NEW/x&amp;y.vtt</BaseURL>"),
        ('<BaseURL serviceLocation="x">x.vtt</BaseURL>', '<BaseURL serviceLocation="x">NEW/x.vtt</BaseURL>'),
        ('<SegmentTemplate media="x-$Number$.m4s"/>', '<SegmentTemplate media="x-$Number$.m4s"/>'),
        ('<SegmentURL media="y.m4s"/>', '<SegmentURL media="y.m4s"/>'),
        ('<!-- <SegmentURL media="x"/> -->', '<!-- <SegmentURL media="x"/> -->'),
        ("<Label>media=\"x\"</Label>", "<Label>media=\"x\"</Label>"),
    ],
)  # fmt: skip
def test_dash(before: str, after: str):
    assert rewrite_dash(before, new) == after


def test_thumbnails():
    before = (
        "WEBVTT\n\n00:00.000 --> 00:02.000\nx-1.webp#xywh=0,0,160,90\n\n"
        "00:02.000 --> 00:04.000\r\nx-1.webp#xywh=160,0,160,90\r\n\n"
        "00:04.000 --> 00:06.000\nx says\nx.webp#xywh=0,0,1,1\n\n00:06.000 --> 00:08.000\nx.webp#xywh=see\n"
    )
    after = before.replace("x-1.webp", "NEW/x-1.webp")
    assert rewrite_thumbnails(before, new) == after


def test_meta_goes_into_the_head_and_is_found_there():
    page = '<html><head><meta charset="utf-8"></head><body title="</head><meta name=a content=false>">x</body></html>'
    made = insert_in_head(page, '<meta name="a" content="{&quot;b&quot;: 1}">')
    assert made.index("<meta name") < made.index("</head>")
    assert find_meta(made, "a") == '{"b": 1}'
    assert find_meta(page, "a") is None
    assert find_meta(insert_in_head("<title>x</title><body>", "<meta name=a content=1>"), "a") == "1"
    assert find_meta(insert_in_head("", "<meta name=a content=1>"), "a") == "1"
