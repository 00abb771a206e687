"""A small course full of attacks, built by the real command: everything is told, the rest is built, nothing leaks."""

import io
import os
import resource
import shutil
import subprocess
import sys
import zipfile
import zlib

import pytest
from PIL import Image
from tests.helpers.course import build, ffmpeg, run, tree
from tests.helpers.pages import faults

SECRET = "the-secret-outside-of-the-course"
NAMES = [
    "with space.md", "per%cent.md", "%2e%2e.md", "hash#tag.md", "quest?ion.md", "new\nline.md", "tab\there.md",
    "emoji 🎓\U0001f9d1\u200d\U0001f3eb.md", "--help.md", "$(touch pwned).md", "`id`.md", "<img src=x onerror=alert(1)>.md",
    "CON.md", "back\\slash.md", "\u202egnp.exe.md", "cafe\u0301.md", "caf\xe9.md", "quote\"'.md", "amp&lt;.md", "课" * 83 + ".md",
    "index.html.md", "contents.md", "static.md", "UPPER.md", "upper.md",
]  # fmt: skip
RAW = """\
# Raw <script>alert(1)</script>

<script>alert(1)</script><svg onload=alert(1)><script>alert(2)</script></svg>

<img src=x onerror=alert(1)> <a href="java&#10;script:alert(1)">a</a> <a href="&#x6A;avascript:alert(1)">b</a>

<iframe src="https://evil.invalid/"></iframe><object data="https://evil.invalid/"></object><embed src="//evil.invalid/">
<base href="https://evil.invalid/"><meta http-equiv="refresh" content="0;url=https://evil.invalid/">
<link rel="stylesheet" href="https://evil.invalid/x.css"><style>@import "https://evil.invalid/x.css"</style>
<form action="https://evil.invalid/"><input name=p type=password formaction="javascript:alert(1)"></form>

<video src="https://evil.invalid/v.mp4" poster="https://evil.invalid/p.png" onplay=alert(1)><track src="https://evil.invalid/t.vtt"></video>
<img src="https://evil.invalid/i.png" srcset="https://evil.invalid/i2.png 2x" alt="far"> <p style="background:url(https://evil.invalid/)">x</p>

<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;"></table></mtext></math>
<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript> <p id="contents">clobber</p><p id="contents">again</p>

[j](javascript:alert(1)) [d](data:text/html,<script>alert(1)</script>) [v](vbscript:x) ![d](data:text/html;base64,PHN2Zz4=)
[up](../../../../etc/passwd) ![abs](/etc/passwd) ![file](file:///etc/passwd) ![enc](%2e%2e/%2e%2e/outside.txt) ![proto](//evil.invalid/x.png)

``` "><img src=x onerror=alert(1)>
code
```

:::{note #x"onclick=alert(1) onclick=alert(1)}
boxed
:::
"""
SVG = """<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"
 width="40" height="40" onload="alert(1)"><script>alert(1)</script><style>@import url(https://evil.invalid/x.css);</style>
<a xlink:href="javascript:alert(1)"><rect width="40" height="40" fill="red"/></a><image href="https://evil.invalid/x.png" width="9" height="9"/>
<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml"><img src="x" onerror="alert(1)"/></body></foreignObject>
<set attributeName="onmouseover" to="alert(1)"/><animate attributeName="href" values="javascript:alert(1)"/></svg>"""
XXE = '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&x;</text></svg>'
LAUGHS = (
    '<!DOCTYPE svg [<!ENTITY a "aaaaaaaaaa">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + ']><svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>&i;</text></svg>'
)
EVIL_VTT = (
    "WEBVTT\n\nSTYLE\n::cue{background:url(https://evil.invalid/)}\n\n00:00:00.100 --> 00:00:00.900\n<script>alert(1)</script>"
    '<v "><img src=x onerror=alert(1)>">one</v> <a href="javascript:alert(1)">two</a>\n\n99:99 --> x\nlost\n\n00:00:00.950 --> 00:00:00.940\nback\n'
)
MARKDOWN = {
    "deep.md": "# Deep\n\n"
    + ">" * 3000
    + " x\n\n"
    + "[" * 3000
    + "\n\n"
    + "*a_" * 3000
    + "\n\n"
    + "- " * 900
    + "x\n",
    "alias.md": "---\na: &a [x,x,x,x,x,x,x,x,x]\n"
    + "".join(f"{y}: &{y} [{','.join(['*' + x] * 9)}]\n" for x, y in zip("abcdefgh", "bcdefghi", strict=True))
    + "title: *i\n---\n\nx\n",
    "tag.md": "---\ntitle: !!python/object/apply:os.system ['touch pwned']\n---\n\nx\n",
    "include.md": "# Include\n\n:::{include} ../outside.txt\n:::\n\n:::{include} out.md\n:::\n\n:::{include} include.md\n:::\n",
    "nul.md": "# Nul\n\na\0b\x1b[31m\x07\n",
}


def png(width=64, height=40):
    data = io.BytesIO()
    Image.new("RGB", (width, height), "red").save(data, "PNG")
    return data.getvalue()


def bomb():
    """A PNG whose header promises 3.6 gigapixels."""
    data = bytearray(png())
    data[16:24] = (60_000).to_bytes(4, "big") * 2
    data[29:33] = zlib.crc32(bytes(data[12:29])).to_bytes(4, "big")
    return bytes(data)


def archive():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as z:
        z.writestr("../../pwned", "x")
        z.writestr("bomb", bytes(30_000_000))
    return data.getvalue()


def make_evil(root, place):
    """The course, in a folder beside things that it must not reach."""
    (place / "outside.txt").write_text(SECRET)
    (place / "outside.vtt").write_text(f"WEBVTT\n\n00:00.000 --> 00:01.000\n{SECRET}\n")
    media = root / "media"
    media.mkdir(parents=True)
    (root / "course.yaml").write_text(
        "id: evil\ntitle: 'Evil </title><script>alert(1)</script>'\nlanguage: en\nmedia: {ladder: [90]}\n"
    )
    good = media / "-i evil #1?.mp4"
    ffmpeg(
        "-f", "lavfi", "-i", "testsrc2=size=160x90:rate=10:duration=1", "-pix_fmt", "yuv420p", f"file:{good}"
    )
    whole = good.read_bytes()
    outside = place / "outside.txt"
    files = {
        "-i evil #1?.en.vtt": EVIL_VTT.encode(),
        "playlist.mp4": f"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile://{outside}\n#EXT-X-ENDLIST\n".encode(),
        "concat.mp4": f"ffconcat version 1.0\nfile '{outside}'\n".encode(),
        "http.m4v": b"#EXTM3U\n#EXTINF:1,\nhttp://127.0.0.1:9/x.ts\n#EXT-X-ENDLIST\n",
        "zero.mp4": b"", "cut.mp4": whole[: len(whole) // 2], "picture.mp4": png(), "noise.mp3": bytes(range(256)) * 40,
        "good.png": png(), "bomb.png": bomb(), "cut.png": png()[:70], "html.jpg": b"<html><script>alert(1)</script>",
        "script.svg": SVG.encode(), "xxe.svg": XXE.encode(), "laughs.svg": LAUGHS.encode(), "files.zip": archive(),
    }  # fmt: skip
    for name, data in files.items():
        (media / name).write_bytes(data)
    links = "\n\n".join(
        f"![the file {n[:4]}](<media/{n}>)" for n in files if not n.endswith((".vtt", ".zip"))
    )
    text = f"{links}\n\n![the good one](<media/-i evil %231%3F.mp4>) [zip](media/files.zip) [svg](media/script.svg)\n\n"
    (root / "media.md").write_text(
        f"# Media\n\n{text}![out](out.png) [o](out.txt) ![loop](loop/loop/media/good.png)\n"
    )
    (root / "index.md").write_text("# Evil\n\n[raw](raw.md)\n")
    (root / "raw.md").write_text(RAW)
    for name, text in MARKDOWN.items():
        (root / name).write_text(text)
    for name in NAMES:
        (root / name).write_text(f"# {name!r}\n\n![a red box](<media/good.png>)\n")
    (root / "out.txt").symlink_to(place / "outside.txt")
    (root / "out.md").symlink_to(place / "outside.txt")
    (root / "out.png").symlink_to(place / "outside.txt")
    (media / "cut.en.vtt").symlink_to(place / "outside.vtt")
    (root / "loop").symlink_to("..")
    (media / "endless.mp4").symlink_to("/dev/zero")
    (root / "folder").symlink_to(place)
    os.mkfifo(media / "pipe.mp4")
    return root


@pytest.fixture(scope="module")
def evil(tmp_path_factory):
    """(folder of everything, result of the first build)."""
    place = tmp_path_factory.mktemp("hostile")
    make_evil(place / "evil", place)
    before = tree(place)
    result = build(place / "cache", place / "evil", place / "out")
    result["before"] = before
    return place, result


def test_everything_is_told_and_the_rest_is_built(evil):
    place, result = evil
    assert result["exit"] == 1
    assert (place / "out/evil/web/index.html").is_file()
    found = {(d["path"].rpartition("/")[2], d["code"]) for d in result["diagnostics"]}
    wanted = {
        ("playlist.mp4", "CP211"), ("concat.mp4", "CP211"), ("http.m4v", "CP211"), ("zero.mp4", "CP210"),
        ("picture.mp4", "CP212"), ("bomb.png", "CP252"), ("cut.png", "CP251"), ("html.jpg", "CP250"),
        ("script.svg", "CP257"), ("xxe.svg", "CP255"), ("laughs.svg", "CP255"),
        ("out.txt", "CP170"), ("out.md", "CP170"), ("out.png", "CP170"), ("cut.en.vtt", "CP170"), ("loop", "CP170"),
        ("folder", "CP170"), ("endless.mp4", "CP170"), ("pipe.mp4", "CP173"),
        ("raw.md", "CP130"), ("raw.md", "CP131"), ("raw.md", "CP132"), ("deep.md", "CP104"), ("nul.md", "CP103"),
    }  # fmt: skip
    assert wanted - found == set()
    assert not {c for _, c in found if c in ("CP690", "CP691")}
    assert all(d["message"] and d["hint"] for d in result["diagnostics"])


def test_pages_run_and_fetch_nothing_foreign(evil):
    place, _ = evil
    web = place / "out/evil/web"
    names = [p.relative_to(web).as_posix() for p in web.rglob("*") if p.is_file()]
    assert sum(n.endswith(".html") for n in names) > len(NAMES)
    assert faults(names, lambda n: (web / n).read_bytes()) == []


def test_the_bundle_is_as_harmless(evil):
    place, _ = evil
    (bundle,) = (place / "out/evil").glob("*.mobile.zip")
    with zipfile.ZipFile(bundle) as z:
        names = z.namelist()
        assert len(names) == len(set(names))
        assert not {n for n in names if n.startswith("/")}
        assert len({n.casefold() for n in names}) == len(names), (
            "files that overwrite each other on some systems"
        )
        assert faults(names, z.read) == []


def test_nothing_leaks_and_nothing_is_written_elsewhere(evil):
    place, result = evil
    secret = SECRET.encode()
    assert not [p for p in (place / "out").rglob("*") if p.is_symlink()]
    for base in (place / "out", place / "cache"):
        for path in base.rglob("*"):
            assert not path.is_file() or secret not in path.read_bytes(), path
    after = {p: d for p, d in tree(place).items() if not p.startswith(("out/", "cache/"))}
    assert after == result["before"]


def test_the_second_build_runs_nothing(evil):
    place, _ = evil
    assert build(place / "cache", place / "evil", place / "out")["steps"]["run"] == 0


def test_no_process_took_much_memory(evil):
    # ru_maxrss of the largest waited-for descendant, in kB: bombs would need gigabytes.
    assert resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss < 1_000_000


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_check_reports_in_every_form(evil, form):
    place, _ = evil
    done = run(place / "cache", "check", place / "evil", "--format", form)
    assert done.returncode == 1, done.stderr
    assert "Traceback" not in done.stderr
    assert "CP170" in done.stdout


def test_no_tool_opens_what_a_playlist_names(tmp_path):
    assert shutil.which("strace"), "strace is missing: scripts/setup.sh test installs it"
    root = tmp_path / "course"
    make_evil(root, tmp_path)
    trace = tmp_path / "trace"
    for page in root.glob("*.md"):
        if page.name != "media.md":
            page.unlink()
    words = [
        "strace",
        "-f",
        "-qq",
        "-o",
        str(trace),
        "-e",
        "trace=open,openat,connect",
        sys.executable,
        "-m",
        "coursepack",
    ]
    environment = {**os.environ, "COURSEPACK_CACHE": str(tmp_path / "cache")}
    done = subprocess.run(
        [*words, "build", str(root), "-o", str(tmp_path / "out"), "--only", "web"],
        env=environment,
        capture_output=True,
        timeout=300,
        check=False,
    )
    assert b"ptrace" not in done.stderr, "strace may not trace here: the container needs the right to"
    seen = trace.read_text(errors="replace")
    assert "playlist.mp4" in seen
    assert "outside." not in seen
    calls = [line for line in seen.splitlines() if "connect(" in line]
    assert [line for line in calls if "AF_INET" in line] == []
