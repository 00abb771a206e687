"""`tools.svg`: what is safe stays, what acts or reaches out goes."""

import base64
import io

import pytest
from PIL import Image

from coursepack.tools.images import BadImage
from coursepack.tools.svg import MAX_DEPTH, clean, sanitise
from coursepack.tools.svg_css import filter_declarations, filter_sheet, is_inert

HEAD = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="10" height="10">'


def svg(body: str) -> bytes:
    return f"{HEAD}{body}</svg>".encode()


def png(size: tuple[int, int] = (2, 2)) -> str:
    out = io.BytesIO()
    Image.new("RGB", size).save(out, "PNG")
    return base64.b64encode(out.getvalue()).decode()


ACTIVE = {
    "script": "<script>alert(1)</script>",
    "xlink script": '<script xlink:href="http://evil.example/x.js"/>',
    "xhtml script": '<h:script xmlns:h="http://www.w3.org/1999/xhtml">alert(1)</h:script>',
    "handler": '<rect onload="alert(1)"/>',
    "foreignObject": '<foreignObject><iframe xmlns="http://www.w3.org/1999/xhtml" src="http://evil.example"/></foreignObject>',
    "javascript link": '<a xlink:href="&#106;avascript:alert(1)"><rect/></a>',
    "link out": '<a href="http://evil.example"><rect/></a>',
    "image out": '<image href="http://evil.example/t.png"/>',
    "use out": '<use xlink:href="file:///evil.example#x"/>',
    "use of data": '<use href="data:image/svg+xml,&lt;svg onload=alert(1)&gt;evil.example"/>',
    "svg in data": '<image href="data:image/svg+xml;base64,PHN2Zy8+evil.example"/>',
    "animated href": '<a><animate attributeName="href" values="javascript:alert(1)"/><rect/></a>',
    "animated xlink:href": '<a><animate attributeName="xlink:href" to="http://evil.example"/></a>',
    "set handler": '<rect><set attributeName="onclick" to="alert(1)"/></rect>',
    "animated fill url": '<rect><animate attributeName="fill" to="url(http://evil.example)"/></rect>',
    "fill url": '<rect fill="url(http://evil.example/#x)"/>',
    "style url": '<rect style="fill:url(//evil.example)"/>',
    "escaped url": '<rect style="fill:u\\72 l(http://evil.example)"/>',
    "commented url": '<rect style="fill:u/**/rl(http://evil.example)"/>',
    "import": '<style>@import "http://evil.example/x.css"; rect{fill:red}</style>',
    "escaped import": '<style>@\\69mport "http://evil.example/x.css";</style>',
    "font": "<style>@font-face{font-family:x;src:url(http://evil.example/f)}</style>",
    "url behind a string": """<style>a{content:"}";fill:url(http://evil.example)}</style>""",
    "image-set": '<style>rect{mask:image-set("http://evil.example/a.png" 1x)}</style>',
    "style break-out": "<style><![CDATA[</style><script>alert(1)</script>]]></style>",
    "stylesheet instruction": "<?xml-stylesheet href='http://evil.example/x.css'?><rect/>",
    "handler element": '<handler xmlns="http://www.w3.org/2000/svg" type="application/ecmascript">alert(1)</handler>',
}


@pytest.mark.parametrize("body", ACTIVE.values(), ids=ACTIVE.keys())
def test_active_content_goes(body: str) -> None:
    text = sanitise(svg(body)).decode()
    for bad in ("alert", "evil.example", "javascript", "foreignObject", "<script"):
        assert bad not in text


@pytest.mark.parametrize(
    "body",
    [
        '<title>水泵</title><path d="M0 0L9 9" stroke="red"/>',
        '<defs><linearGradient id="g"><stop offset="0"/></linearGradient></defs><rect fill="url(#g)"/>',
        '<symbol id="s"><path d="M1 1"/></symbol><use xlink:href="#s"/>',
        '<use href="#s"/>',
        '<style>rect { fill: url(#g); font-family: "\\5FAE\\8F6F" }</style>',
        '<text xml:space="preserve" style="font-family: &quot;Noto Sans&quot;">a  &lt; b</text>',
        '<rect><animate attributeName="x" from="0" to="9" dur="1s"/></rect>',
        f'<image href="data:image/png;base64,{png()}" width="2"/>',
        '<g role="img" aria-label="Picture (left)"/>',
    ],
)
def test_drawing_stays_as_it_is(body: str) -> None:
    result = clean(svg(body))
    assert body in result.data.decode()
    assert result.removed == ()


def test_says_what_was_removed() -> None:
    removed = clean(svg('<script/><rect onclick="x"/><image href="http://a.example/b"/>')).removed
    assert removed == ("<script>", "href", "onclick")


def test_is_stable_under_itself() -> None:
    once = sanitise(svg('<!-- a --><g style="fill:red;;stroke:url(#a)"><text>1 &amp; 2\n</text></g>'))
    assert sanitise(once) == once


def test_editor_data_goes_without_a_word() -> None:
    body = '<metadata><x/></metadata><i:grid xmlns:i="http://inkscape.example" i:a="1"/><rect xmlns:i="u:i" i:label="q"/>'
    result = clean(svg(body))
    assert result.data.decode().endswith('viewBox="0 0 10 10"><rect/></svg>')
    assert result.removed == ()


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('width="120" height="80"', (120, 80)),
        ('width="1in" height="25.4mm"', (96, 96)),
        ('viewBox="0 0 300.4 200"', (300, 200)),
        ('width="50" viewBox="0 0 300 200"', (50, 33)),
        ('width="100%" height="100%" viewBox="0,0,640,480"', (640, 480)),
        ('viewBox="0 0 0 0"', (300, 150)),
        ('width="9e99" height="1"', (100000, 1)),
    ],
)
def test_natural_size(root: str, size: tuple[int, int]) -> None:
    result = clean(f'<svg xmlns="http://www.w3.org/2000/svg" {root}/>'.encode())
    assert (result.width, result.height) == size


def test_missing_view_box_is_added() -> None:
    assert 'viewBox="0 0 10 10"' in sanitise(svg("")).decode()


def test_root_without_namespace_is_taken_for_svg() -> None:
    assert sanitise(b"<svg><rect/></svg>").startswith(b'<svg xmlns="http://www.w3.org/2000/svg"')


def test_harmless_doctype_passes() -> None:
    doctype = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">'
    )
    assert b"DTD" not in sanitise(doctype + svg("<rect/>"))


def test_utf_16_passes() -> None:
    assert "泵" in sanitise(svg("<text>泵</text>").decode().encode("utf-16")).decode()


NESTED_USES = "".join(
    f'<g id="g{i}">{f"<use href={chr(34)}#g{i - 1}{chr(34)}/>" * 10}</g>' for i in range(1, 9)
)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "CP254"),
        (b"<svg", "CP254"),
        (b"\0\1\2", "CP254"),
        (b"<html/>", "CP254"),
        (b'<?xml version="1.0" encoding="x-none"?><svg/>', "CP254"),
        (b"<svg>" * 3, "CP254"),
        (b'<!DOCTYPE svg [<!ENTITY a "b">]><svg/>', "CP255"),
        (b'<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/hostname">]><svg>&a;</svg>', "CP255"),
        (svg("<g>" * (MAX_DEPTH + 2) + "</g>" * (MAX_DEPTH + 2)), "CP256"),
        (svg("<!-- -->" + '<g id="g0"><rect/></g>' + NESTED_USES), "CP256"),
        (svg("<x>" * 100_000 + "</x>" * 100_000), "CP256"),
    ],
)
def test_refuses(data: bytes, code: str) -> None:
    with pytest.raises(BadImage) as caught:
        clean(data)
    assert caught.value.code == code


def test_a_use_of_itself_is_no_bomb() -> None:
    clean(svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'))


def test_embedded_bomb_goes() -> None:
    bomb = png((9000, 9000))
    assert bomb not in sanitise(svg(f'<image href="data:image/png;base64,{bomb}"/>')).decode()


def test_css_filter_keeps_nested_rules() -> None:
    css = "@media print { a { fill: red } } @keyframes k { 0% { x: 1px } } b:hover { fill: url(#p) }"
    assert filter_sheet(css).split() == css.split()
    assert filter_declarations("a: b; c: url(x); d: 'e;f'") == "a: b; d: 'e;f'"
    assert not is_inert("ur\\6c(x)")


def test_css_of_any_shape_ends() -> None:
    for css in ("{" * 5000, "a{" * 5000, "@media x{" * 5000, "'" * 5000, "\\", "/*", 'a{b:"'):
        filter_sheet(css)


def test_an_id_is_used_once():
    drawing = (
        b'<svg xmlns="http://www.w3.org/2000/svg"><path id="Path" d="M0 0"/><path id="Path" d="M1 1"/></svg>'
    )
    assert sanitise(drawing).count(b'id="Path"') == 1
