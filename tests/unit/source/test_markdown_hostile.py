"""Hostile and random input: `parse` does not raise, ends in time, and what it makes is safe and nested right."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.unit.source.conforming import faults

from coursepack.source.markdown import parse

PIECES = [
    "# ", "## ", "\n", "\n\n", "> ", "- ", "- [x] ", "1. ", "    ", "::: note\n", ":::{quiz #a points=x}\n", ":::{tabs}\n",
    ":::{tab} T\n", "::::\n", ":::\n", ":::{slides}\n", ":::{figure} a.png\n", ":::{include} a.md\n", ":::{video}\n",
    "::: challenge\n", "![a](b.png)", "![a](c.mp4)", "[![a](b.png)](c.mp4)", "[a](b.md)", "[](b.md)", "[x]: y.md\n", "[x]",
    "[^1]", "[^1]: note\n", "^[in]", "$a$", "$$b$$", "$$\n", "`c`", "```\n", "```python {2}\n", "```{note}\n", "**", "*", "_",
    "~~", "<b>", "</b>", "<div>", "</div>", "<p>", "</p>", "<span>", "</span>", "<details>", "<summary>", "</summary>",
    "</details>", "<ul>", "<li>", "<table>", "<tr>", "<td>", "<th>", "<caption>", "</table>", "<dl>", "<dt>", "<dd>",
    '<a href="x.md">', "<a name=z>", "</a>", "<img src=a.png onerror=x>", "<video src=a.mp4>", "</video>", "<h1>", "</h1>",
    "<h3 id=q>", "</h3>", "<figure>", "<figcaption>", "</figcaption>", "<ruby>", "<rt>", '<iframe src="//x.y">', "</iframe>",
    "<script>", "</script>", "<svg>", "</svg>", "<style>", "<!--", "-->", "<title>", "<pre>", "</pre>", "<br>", "<hr>",
    "| a | b |\n", "|-|-|\n", "a\n: b\n", "{term}`x`", "[词]{lang=yue}", ":label:`z`", ":numref:`z`", "{#i}", "{.c}",
    "[[a|b]]", " -> ", "--- task ---\n", "--- /task ---\n", "--- question ---\n", "--- choices ---\n", "- (x) y\n", "text ",
    "中文", "\\", "&lt;", "&#xFDD0;", "\ufdd0", "\x00", "---\n", "===\n", "> [!NOTE]\n", "+---+\n", "{{#x}}", "[[[y]]]",
    "<embed src=x>", "<section>", "<sub>", "<del>", "<noscript>", "<select>", "<object>", "<source src=q.mp4>",
    "<track src=t.vtt>", "<iframe src=x/>", "<xmp>", "<plaintext>", "<math><mi>", "<a href=javascript:x>", "</",
]  # fmt: skip


@settings(max_examples=400, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.sampled_from(PIECES), max_size=40))
def test_any_mixture_conforms(pieces):
    data = "".join(pieces).encode()
    parsed, _ = parse(data, "a/b.md", language="en", read=lambda path: data if path == "a/a.md" else None)
    assert faults(parsed) == []


@settings(max_examples=200, deadline=None, derandomize=True)
@given(st.binary(max_size=300))
def test_any_bytes_conform(data):
    parsed, _ = parse(b"---\ntitle: " + data, "a.md", language="en", read=lambda path: None)
    assert faults(parsed) == []
    parsed, _ = parse(data, "a.md", language="en", read=lambda path: None)
    assert faults(parsed) == []


@pytest.mark.parametrize(
    "text",
    [
        "<p>x <iframe src=/y style='a;'/>\n<b>z",  # an iframe holds raw text, which a sanitiser writes as it stands
        '<p title="</noscript><img src=x onerror=alert(1)>">',
        '<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">',
        "```{note}\n<script>alert(1)</script><img src=x onerror=alert(1)>\n```",
        "# Head <img src=x onerror=alert(1)> {#id onclick=alert(1)}",
        '![x](x" onerror="alert(1))',
        '```html"><img src=x onerror=alert(1)>\ncode\n```',
        '---\ntitle: "<script>alert(1)</script>"\nlang: "en\\" onload=\\"x"\n---\n',
        ':::{note #x"onload="y .a"b} <script>alert(1)</script>\nx\n:::',
        "[a]{lang='\"><script>'} [b]{.\"><script>}",
        ':label:`"><script>`  :numref:`"><script>`',
        '{abbr}`a ("><script>)` {nope}`<script>`',
        "&#xFDD0;0&#xFDD1; &#64976;0&#64977; <b>&#xFDD2;0&#xFDD3;</b> ![x](y.png)",
        "<svg><a xlink:href='javascript:alert(1)'>x</a></svg>",
        "<a href='java\nscript:alert(1)'>x</a> <a href=&#106;avascript:alert(1)>y</a>",
        "<base href='//evil.example/'><meta http-equiv=refresh content='0;url=//evil.example'>",
        "<img src='//evil.example/x.png'> <video src='https://evil.example/x.mp4' poster='//evil.example/p.png'></video>",
        "$\\text{<script>alert(1)</script>}$ $<img src=x>$",
        "<b title='<i>'>x</b>",
    ],
)
def test_attacks(text):
    for around in ("{}", "> {}", "- {}", ":::{{quiz}}\n{}\n\n- [x] a\n:::"):
        parsed, _ = parse(around.format(text).encode(), "a/b.md", language="en", read=lambda path: None)
        assert faults(parsed) == []


LENGTH = 60_000
PATHS = {
    "brackets": "[", "links": "[a](", "images": "![", "stars": "*a **a ", "under": "*a_ ", "quotes": "> ", "lists": "- ",
    "fences": ":::note\n", "fences in lists": "::: a\n- ", "markers": "--- task ---\n", "braces": "![](x){", "spans": "[a]{",
    "notes": "[^1]", "math": "$$a ", "rows": "|1|2|\n", "headings": "# a\n", "ids": "# a {#x}\n", "divs": "<div>",
    "bold": "<b class=x>", "tables": "<table>", "comments": "a <!-- b ", "less": "<a '", "code": "`a` ``b ", "lines": "\n",
    "players": "a ![v](c.mp4) ", "details": "<details>", "styles": "<style>", "refs": "[a]: b\n", "gaps": "[[a]] `",
}  # fmt: skip


@pytest.mark.parametrize("name", PATHS)
def test_time_is_bounded(name):
    unit = PATHS[name]
    text = (unit * (LENGTH // len(unit) + 1))[:LENGTH]
    if name == "rows":
        text = "|a|b|\n|-|-|\n" + text
    if name == "gaps":
        text = ":::{quiz}\n" + text
    before = time.process_time()
    parse(text.encode(), "a.md", language="en", read=lambda path: None)
    assert time.process_time() - before < 10


def test_formatting_left_open_does_not_multiply():
    text = "".join(f"<b class=c{n}>" for n in range(2000)) + "<p>a" * 2000
    parsed, _ = parse(text.encode(), "a.md", language="en", read=lambda path: None)
    assert sum(len(b.text) for b in parsed.blocks) < 200_000


def test_depth_is_bounded_and_said():
    for text in (">" * 5000 + " x", "[" * 5000, "\n".join(" " * 2 * n + "- a" for n in range(200))):
        _, found = parse(text.encode(), "a.md", language="en", read=lambda path: None)
        assert "CP104" in {d.code for d in found}
