"""From a build to addresses and manifest."""

import posixpath
import re
from pathlib import Path
from urllib.parse import quote

import msgspec
import pytest
from tests.helpers.builds import SITE, write_build
from tests.unit.recipes.media_work import tool
from tests.unit.recipes.streamed import StreamWork, on_disk, stream_params, video_shelf

from coursepack.errors import TargetError, UsageError
from coursepack.model.digest import digest_bytes
from coursepack.model.media import Cue
from coursepack.publish import addresses
from coursepack.publish.release import Prepared, headers_of, prepare
from coursepack.recipes.stream import StreamRecipe


def made(tmp_path: Path, **site: bytes) -> Prepared:
    return prepare(write_build(tmp_path, {"index.html": b"<p>home</p>"} | site))


def text(prepared: Prepared, path: str) -> str:
    file = next(f for f in prepared.files if f.path == path)
    body = prepared.body(file)
    data = body.data if body.data is not None else body.path.read_bytes()  # type: ignore[union-attr]
    assert digest_bytes(data) == file.digest == body.digest
    assert len(data) == file.size == body.size
    return data.decode()


def address(prepared: Prepared, path: str) -> str:
    return next(f.address for f in prepared.files if f.path == path)


def test_pages_keep_readable_addresses_and_all_else_is_a_blob(tmp_path: Path):
    prepared = prepare(write_build(tmp_path, archives={"mobile": b"zip"}))
    found = {f.path: f.address for f in prepared.files}
    r = prepared.name
    assert re.fullmatch("[0-9a-f]{16}", r)
    assert found["index.html"] == f"r/{r}/index.html"
    assert found["01-scan/02-check.html"] == f"r/{r}/01-scan/02-check.html"
    png = digest_bytes(SITE["media/code.png"])
    assert found["media/code.png"] == f"b/{png[:2]}/{png}.png"
    zipped = digest_bytes(b"zip")
    assert found["pay-safely-1.mobile.zip"] == f"b/{zipped[:2]}/{zipped}.zip"
    css = text(prepared, "static/style.css")
    assert css == f'body {{ background: url("../{png[:2]}/{png}.png") }}'
    assert found["static/style.css"] == f"b/{digest_bytes(css.encode())[:2]}/{digest_bytes(css.encode())}.css"


def test_references_from_pages_and_from_the_pointer(tmp_path: Path):
    prepared = prepare(write_build(tmp_path))
    png, css = address(prepared, "media/code.png"), address(prepared, "static/style.css")
    lesson = text(prepared, "01-scan/02-check.html")
    assert f'href="../../../{css}"' in lesson
    assert f'src="../../../{png}"' in lesson
    assert '<a href="../index.html">' in lesson  # pages lie as they lay
    assert '<a href="../index.html">Up' in lesson  # a folder does not exist on object storage
    home = text(prepared, "index.html")
    assert f'srcset="../../{png} 1x' in home
    assert 'href="01-scan/02-check.html#top"' in home
    pointer = prepared.home()
    assert f'href="{css}"' in pointer
    assert f'srcset="{png} 1x' in pointer
    assert f'href="r/{prepared.name}/01-scan/02-check.html#top"' in pointer
    assert '<a href="index.html">Home' in pointer


def test_playlists_are_rewritten_from_the_leaves_up(tmp_path: Path):
    site = {
        "v/clip.m3u8": b"#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\n360p/list.m3u8\n",
        "v/360p/list.m3u8": b'#EXTM3U\n#EXT-X-MAP:URI="init.mp4"\n#EXTINF:4,\nseg.m4s\n',
        "v/360p/init.mp4": b"init",
        "v/360p/seg.m4s": b"segment",
        "index.html": b'<video data-hls="v/clip.m3u8" src="v/360p/seg.m4s"></video>',
    }
    prepared = prepare(write_build(tmp_path, site))
    inner = text(prepared, "v/360p/list.m3u8")
    for path in ("v/360p/init.mp4", "v/360p/seg.m4s"):
        assert f"../{address(prepared, path)[2:]}" in inner
    assert f"\n../{address(prepared, 'v/360p/list.m3u8')[2:]}\n" in text(prepared, "v/clip.m3u8")
    assert f'data-hls="../../{address(prepared, "v/clip.m3u8")}"' in text(prepared, "index.html")

    site["v/360p/seg.m4s"] = b"other bytes"
    other = prepare(write_build(tmp_path / "2", site))
    assert address(other, "v/clip.m3u8") != address(prepared, "v/clip.m3u8")
    assert other.name != prepared.name


def test_a_whole_stream_finds_its_files_wherever_they_come_to_lie(tmp_path: Path):
    shelf = video_shelf()
    shelf.words("cues/0", "captions", "en", Cue(0, 1000, "sheet.webp#xywh=0,0,1,1"))
    params = stream_params(cues=1, described=True)
    (tmp_path / "work").mkdir()
    work = StreamWork(shelf, tmp_path / "work", params)
    StreamRecipe(tool()).run(work)
    own = on_disk(shelf, work.files, tmp_path / "site", params)
    (own / "thumbnails.vtt").write_text(
        "WEBVTT\n\n00:00.000 --> 00:02.000\nsheet.webp#xywh=0,0,160,90\n", "utf-8"
    )
    (own / "sheet.webp").write_bytes(b"RIFF")
    site = {
        p.relative_to(tmp_path / "site").as_posix(): p.read_bytes() for p in (tmp_path / "site").rglob("*.*")
    }
    folder = quote(own.relative_to(tmp_path / "site").as_posix())
    links = f'<video data-hls="{folder}/master.m3u8" data-thumbnails-src="{folder}/thumbnails.vtt"></video>'
    page = f'{links}<a href="{folder}/manifest.mpd">x</a>'
    prepared = prepare(write_build(tmp_path / "build", {**site, "index.html": page.encode()}))
    assert prepared.findings == ()
    there = {f.address for f in prepared.files}

    def named(path: str, *patterns: str) -> list[str]:
        """The addresses that the published file names."""
        base = posixpath.dirname(address(prepared, path))
        body = text(prepared, path)
        found = [m for p in patterns for m in re.findall(p, body, re.MULTILINE)]
        return [posixpath.normpath(posixpath.join(base, f)) for f in found]

    inside = own.relative_to(tmp_path / "site").as_posix()
    segments = {f.address for f in prepared.files if f.path.endswith((".m4s", "init.mp4"))}
    dash = named(f"{inside}/manifest.mpd", r'media="([^"]+)"', r'sourceURL="([^"]+)"', r"<BaseURL>([^<]+)<")
    assert segments <= set(dash) <= there
    assert {d.rpartition(".")[2] for d in dash} == {"m4s", "mp4", "vtt"}
    lists = {f.address for f in prepared.files if f.path.endswith("m3u8")}
    master = set(named(f"{inside}/master.m3u8", r'URI="([^"]+)"', r"^([^#\s].*)$"))
    assert master == lists - {address(prepared, f"{inside}/master.m3u8")}
    for path in (f.path for f in prepared.files if f.path.endswith("iframes.m3u8")):
        assert set(named(path, r"^([^#\s].*)$", r'URI="([^"]+)"')) < segments
    assert named(f"{inside}/thumbnails.vtt", r"^(\S+)#xywh") == [address(prepared, f"{inside}/sheet.webp")]
    captions = next(f for f in prepared.files if f.path.endswith("captions.en.vtt"))
    assert not captions.made


def test_references_of_a_playlist_hold_wherever_the_playlist_comes_to_lie(tmp_path: Path):
    # Of 600 segments, two or three share the first two digits of the playlist's own digest, before or after.
    names = [f"seg-{n:05}.m4s" for n in range(600)]
    segments = {f"media/clip/{name}": f"segment {n}".encode() for n, name in enumerate(names)}
    lines = "\n".join(["#EXTM3U", *(f"#EXTINF:6,\n{name}" for name in names), "#EXT-X-ENDLIST", ""])
    page = b'<!DOCTYPE html><title>x</title><video data-hls="media/clip/index.m3u8"></video>'
    prepared = made(tmp_path, **{"index.html": page, "media/clip/index.m3u8": lines.encode(), **segments})
    folder = posixpath.dirname(address(prepared, "media/clip/index.m3u8"))
    written = [x for x in text(prepared, "media/clip/index.m3u8").splitlines() if not x.startswith("#")]
    there = [posixpath.normpath(posixpath.join(folder, x)) for x in written]
    assert there == [address(prepared, f"media/clip/{name}") for name in names]


def test_names_of_every_kind(tmp_path: Path):
    names = [
        "a b.png",
        "中文.png",
        "q?x.png",
        "h#1.png",
        "100%.png",
        "a%20b.png",
        "e&f.png",
        "quote'\".png",
        "x:y.png",
    ]
    page = "".join(f'<img src="{quote(n)}">' for n in names)
    lessons = {f"课 {i}?#%.html": b"<p>x</p>" for i in range(2)}
    links = "".join(f'<a href="{quote(n)}#a">' for n in lessons)
    site = {n: n.encode() for n in names} | lessons
    prepared = made(tmp_path, **site, **{"index.html": (page + links).encode()})
    assert not prepared.findings
    home = prepared.home()
    for name in names:
        assert f'src="{addresses.blob_address(digest_bytes(name.encode()), name)}"' in home
    for name in lessons:
        assert f'href="r/{prepared.name}/{quote(name)}#a"' in home
        assert f'href="{quote(name)}#a"' in text(prepared, "index.html")


def test_what_is_not_a_file_of_the_site_stays(tmp_path: Path):
    page = (
        '<a href="https://example.org/x.png"><a href="//example.org/x.png"><a href="mailto:a@b"><a href="#x">'
        '<a href=""><a href="?q"><img src="data:image/png;base64,AA"><a href="javascript:void(0)">'
    )
    prepared = made(tmp_path, **{"index.html": page.encode()})
    assert prepared.home() == page
    assert not prepared.findings


def test_findings(tmp_path: Path):
    page = '<img src="none.png"><img src="../../up.png"><img src="/root.png"><img src="none.png">'
    prepared = made(
        tmp_path,
        **{
            "index.html": page.encode(),
            "a.css": b'@import "b.css";',
            "b.css": b'@import "a.css";',
            "bad.css": b"a{content:'\xff'}",
        },
    )
    assert prepared.home() == page
    found = sorted((d.code, d.path, d.args.get("reference")) for d in prepared.findings)
    assert found == [
        ("CP702", "index.html", "none.png"),
        ("CP703", "index.html", "../../up.png"),
        ("CP703", "index.html", "/root.png"),
        ("CP705", "b.css", "a.css"),
        ("CP706", "bad.css", ""),
    ]


def test_bytes_that_are_not_utf8_pass_through(tmp_path: Path):
    page = b'<p>\xff\xfe</p><img src="x.png">'
    prepared = made(tmp_path, **{"index.html": page, "x.png": b"x"})
    file = next(f for f in prepared.files if f.path == "index.html")
    assert b"<p>\xff\xfe</p>" in (prepared.body(file).data or b"")


def test_a_name_too_long(tmp_path: Path):
    prepared = made(tmp_path, **{"/".join(["长" * 60] * 6) + ".html": b"x"})
    assert [(d.code, d.severity) for d in prepared.findings] == [("CP704", "error")]


def test_the_manifest(tmp_path: Path):
    prepared = prepare(write_build(tmp_path, archives={"mobile": b"zip"}))
    manifest = msgspec.json.decode(prepared.manifest)
    signed = manifest["signed"]
    assert (manifest["schema"], manifest["signatures"]) == (1, [])
    assert (signed["course"], signed["version"], signed["languages"]) == ("pay-safely", "1", ["en"])
    assert signed["release"] == prepared.name
    assert signed["record"]["name"] == "Pay safely"
    for path, facts in signed["files"].items():
        assert facts["address"] == address(prepared, path)
        if facts["address"].startswith("b/"):
            assert facts["digest"] in facts["address"]
    assert signed["bundles"][0]["name"] == "pay-safely-1.mobile.zip"
    assert signed["files"]["static/style.css"]["media_type"] == "text/css; charset=utf-8"
    assert prepared.manifest == prepare(write_build(tmp_path / "2", archives={"mobile": b"zip"})).manifest


def test_an_archive_is_for_saving(tmp_path: Path):
    prepared = prepare(write_build(tmp_path, course="课 1", archives={"mobile": b"zip"}))
    headers = headers_of(prepared.files[-1])
    assert headers.media_type == "application/zip"
    assert headers.disposition == "attachment; filename*=UTF-8''%E8%AF%BE%201-1.mobile.zip"
    assert "immutable" in headers.cache_control


def test_a_page_changed_after_the_build_is_refused(tmp_path: Path):
    build = write_build(tmp_path)
    (build / "web/index.html").write_bytes(b"changed")
    with pytest.raises(TargetError, match="changed after the build"):
        prepare(build)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"media/code.png"', b'"../../code.png"'),
        (b'"media/code.png"', b'"/etc/passwd"'),
        (b'"media/code.png"', b'"media/big.png"'),
        (b'"course":"pay-safely"', b'"course":"../x"'),
        (b'"course":"pay-safely"', b'"course":""'),
        (b'"course":"pay-safely"', b'"course":"a/b"'),
        (b'"course":"pay-safely"', b'"course":7'),
        (b'"path":"web"', b'"path":"../web"'),
        (b'"index.html"', b'"start.html"'),
        (b'"image/png"', b'"image/png\\r\\nX-Evil: 1"'),
        (b'"format":"web"', b'"format":"other"'),
        (digest_bytes(SITE["media/code.png"]).encode(), b"../../../../etc/passwd"),
        (b'"schema"', b"\xff"),
        (b"{", b"["),
    ],
)
def test_a_hostile_release_file(tmp_path: Path, old: bytes, new: bytes):
    build = write_build(tmp_path)
    path = build / "release.json"
    data = path.read_bytes()
    assert old in data
    path.write_bytes(data.replace(old, new))
    with pytest.raises(UsageError):
        prepare(build)


def test_a_link_out_of_the_build_is_refused(tmp_path: Path):
    secret = tmp_path / "secret.css"
    secret.write_bytes(b"secret{}")
    build = write_build(tmp_path / "b", {"index.html": b"x", "a.css": b"secret{}"})
    (build / "web/a.css").unlink()
    (build / "web/a.css").symlink_to(secret)
    with pytest.raises(TargetError, match="leads out"):
        prepare(build)


def test_no_build(tmp_path: Path):
    with pytest.raises(UsageError, match=r"no release\.json"):
        prepare(tmp_path)


MANIFEST = b'{"icons": [{"src": "../icons/192.png"}, 3], "name": "x", "scope": "../", "start_url": "../index.html?edition=en"}'


def test_the_service_worker_has_one_address_in_all_releases(tmp_path: Path):
    page = b'<script data-worker-src="../sw.js"></script>'
    prepared = made(tmp_path, **{"sw.js": b"self", "m/a.html": page})
    assert address(prepared, "sw.js") == "sw.js"
    worker = next(f for f in prepared.files if f.path == "sw.js")
    assert headers_of(worker).cache_control == "no-cache"
    assert 'data-worker-src="../../../sw.js"' in text(prepared, "m/a.html")


def test_an_installed_course_opens_its_newest_release(tmp_path: Path):
    prepared = made(
        tmp_path,
        **{
            "en/manifest.webmanifest": MANIFEST,
            "icons/192.png": b"PNG",
            "en/index.html": b'<script data-manifest-src="manifest.webmanifest"></script>',
        },
    )
    manifest = msgspec.json.decode(text(prepared, "en/manifest.webmanifest"))
    assert manifest["start_url"] == "../../index.html?edition=en"
    assert manifest["scope"] == "../../"
    at = posixpath.dirname(address(prepared, "en/manifest.webmanifest"))
    icon, odd = manifest["icons"]
    assert posixpath.normpath(posixpath.join(at, icon["src"])) == address(prepared, "icons/192.png")
    assert odd == 3
    assert not prepared.findings
    assert address(prepared, "en/manifest.webmanifest") in text(prepared, "en/index.html")


@pytest.mark.parametrize(
    "odd", [b"", b"[]", b"{", b'{"icons": 3, "start_url": 4}', b"[" * 100_000, b'"\xff"']
)
def test_an_odd_manifest_is_sent_as_it_is(tmp_path: Path, odd: bytes):
    prepared = made(tmp_path, **{"manifest.webmanifest": odd})
    file = next(f for f in prepared.files if f.path == "manifest.webmanifest")
    assert file.address.startswith("b/")
