"""A real S3 server and a real browser: requests counted where they leave, and a published course looked at."""

import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import imageio_ffmpeg
import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from coursepack.app.publish import PublishResult, publish_course
from coursepack.errors import TargetError
from coursepack.model.digest import digest_bytes
from coursepack.publish.addresses import blob_address
from coursepack.publish.s3.multipart import PART_SIZE
from tests.helpers.builds import write_build
from tests.helpers.s3_server import client, new_bucket, s3_server

pytestmark = pytest.mark.external

NOW = datetime(2026, 11, 23, tzinfo=UTC)
HEAD = '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>{0}</title>'
POLICY = (
    "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; media-src 'self' blob:\">"
)


@pytest.fixture(scope="module")
def endpoint() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as p:
        b = p.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--allow-file-access-from-files"]
        )
        yield b
        b.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Two pages, a style sheet with a picture, captions, and an HLS video in two renditions."""
    work = tmp_path_factory.mktemp("media")
    Image.new("RGB", (32, 16), "#336699").save(work / "code.png")
    Image.new("RGB", (7, 5), "#ffffff").save(work / "tile.png")
    _encode_hls(work)
    files = {f"media/{p.relative_to(work).as_posix()}": p.read_bytes() for p in work.rglob("*.*")}
    files["media/master.m3u8"] = (
        b"#EXTM3U\n#EXT-X-VERSION:7\n"
        b'#EXT-X-STREAM-INF:BANDWIDTH=200000,RESOLUTION=160x90,CODECS="avc1.42c00b"\n90p/list.m3u8\n'
        b'#EXT-X-STREAM-INF:BANDWIDTH=100000,RESOLUTION=96x54,CODECS="avc1.42c00b"\n54p/list.m3u8\n'
    )
    files["media/中文 captions.vtt"] = b"WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n"
    files["static/style.css"] = b"body { background: url('../media/tile.png'); color: rgb(1, 2, 3) }"
    files["static/site.js"] = b"document.documentElement.dataset.script = 'ran'"
    lesson = (
        HEAD.format("Lesson")
        + POLICY
        + '<link rel="icon" href="../media/tile.png"><link rel="stylesheet" href="../static/style.css">'
    )
    files["01-扫 码/02 check.html"] = (
        lesson + '<script src="../static/site.js" defer></script></head><body><h1>Lesson</h1>'
        '<a href="../index.html">Home</a><img src="../media/code.png" alt="code">'
        '<video controls muted data-hls="../media/master.m3u8" src="../media/clip.mp4" poster="../media/code.png">'
        '<track default kind="captions" srclang="en" src="../media/%E4%B8%AD%E6%96%87%20captions.vtt"></video>'
        "</body></html>"
    ).encode()
    files["index.html"] = (
        HEAD.format("Home")
        + POLICY
        + '<link rel="icon" href="media/tile.png"><link rel="stylesheet" href="static/style.css"></head><body><h1>Home</h1>'
        + '<img src="media/code.png" alt="code" srcset="media/code.png 1x, media/tile.png 2x">'
        + '<a id="lesson" href="01-%E6%89%AB%20%E7%A0%81/02%20check.html#top">Lesson</a></body></html>'
    ).encode()
    return files


def _encode_hls(work: Path) -> None:
    tool = imageio_ffmpeg.get_ffmpeg_exe()
    source = ["-f", "lavfi", "-i", "testsrc=size=160x90:rate=10:duration=2"]
    codec = ["-c:v", "libx264", "-profile:v", "baseline", "-pix_fmt", "yuv420p", "-g", "10"]
    for height in (90, 54):
        (work / f"{height}p").mkdir()
        hls = ["-f", "hls", "-hls_time", "1", "-hls_playlist_type", "vod", "-hls_segment_type", "fmp4"]
        scale = ["-vf", f"scale=-2:{height}"]
        _run([tool, "-v", "error", *source, *scale, *codec, *hls, "list.m3u8"], work / f"{height}p")
    _run([tool, "-v", "error", *source, *codec, "-movflags", "+faststart", "clip.mp4"], work)


def _run(argv: list[str], folder: Path) -> None:
    subprocess.run(argv, cwd=folder, check=True, timeout=60, stdin=subprocess.DEVNULL)


def _publish(build: Path, bucket: str, endpoint: str, **options) -> PublishResult:
    return publish_course(build, f"s3://{bucket}/学 校", endpoint_url=endpoint, now=NOW, **options)


def _count(result: PublishResult) -> int:
    return sum(result.requests.values())


def test_requests_at_the_floor(site: dict[str, bytes], endpoint: str, tmp_path: Path):
    bucket = new_bucket(endpoint)
    site = site | {f"files/{n}.pdf": b"%d" % n for n in range(100)}
    archives = {"mobile": b"zip" * 1000}
    dry = _publish(write_build(tmp_path / "0", site, archives=archives), bucket, endpoint, dry_run=True)
    assert dry.requests == {"GET": 1}
    build = write_build(tmp_path / "1", site, archives=archives)
    first = _publish(build, bucket, endpoint)
    n = len(site) + 1
    same = _publish(build, bucket, endpoint)
    fresh = _publish(write_build(tmp_path / "2", site, archives=archives), bucket, endpoint)
    for i in range(20):
        site[f"files/{i}.pdf"] = b"changed %d" % i
    changed = _publish(write_build(build, site, archives=archives), bucket, endpoint)
    print(
        f"\n{n} objects: first {_count(first)} requests (N+{_count(first) - n}), no change {_count(same)}, "
        f"fresh checkout {_count(fresh)}, 20 changed {_count(changed)} (k+{_count(changed) - 20})"
    )
    assert first.requests == {"GET": 1, "PUT": n + 4}  # N + 3, and 2 for the catalogue
    assert same.requests == fresh.requests == {"GET": 1}
    assert changed.requests == {"GET": 1, "PUT": 20 + 4}
    assert sum(k.objects for k in dry.kinds) == n == first.sent_objects
    keys = [o["Key"] for o in client(endpoint).list_objects_v2(Bucket=bucket)["Contents"]]
    assert all(k.startswith("学 校/") for k in keys)


def test_types_caching_and_saving(site: dict[str, bytes], endpoint: str, tmp_path: Path):
    bucket = new_bucket(endpoint)
    _publish(write_build(tmp_path, site, archives={"mobile": b"zip"}), bucket, endpoint)
    s3 = client(endpoint)
    keys = [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]]
    heads = {k.removeprefix("学 校/"): s3.head_object(Bucket=bucket, Key=k) for k in keys}
    types = {k.rpartition(".")[2]: h["ContentType"] for k, h in heads.items() if "/b/" in k}
    assert types["css"] == "text/css; charset=utf-8"
    assert types["m3u8"] == "application/vnd.apple.mpegurl"
    assert types["vtt"] == "text/vtt; charset=utf-8"
    for key, head in heads.items():
        mutable = key == "c/pay-safely/index.html" or key.startswith("catalogue/")
        assert head["CacheControl"] == ("no-cache" if mutable else "public, max-age=31536000, immutable"), key
    (zipped,) = [h for k, h in heads.items() if k.endswith(".zip")]
    assert zipped["ContentDisposition"] == "attachment; filename*=UTF-8''pay-safely-1.mobile.zip"


class Watched:
    """A page that notes what went wrong on it."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.wrong: list[str] = []
        self.addresses: list[str] = []
        page.on("console", lambda m: self.wrong.append(m.text) if m.type == "error" else None)
        page.on("pageerror", lambda e: self.wrong.append(str(e)))
        page.on("requestfailed", lambda r: self.wrong.append(f"failed {r.url} {r.failure}"))
        page.on("response", lambda r: self.wrong.append(f"{r.status} {r.url}") if r.status >= 400 else None)
        page.on("request", lambda r: self.addresses.append(r.url))


FETCH_HLS = """async () => {
  const master = new URL(document.querySelector('video').dataset.hls, location.href);
  const read = async (u) => { const r = await fetch(u); if (!r.ok) throw new Error(r.status + ' ' + u); return r; };
  let types = [], bytes = 0;
  const playlist = async (u) => {
    const r = await read(u); types.push(r.headers.get('content-type'));
    const text = await r.text();
    const map = /#EXT-X-MAP:URI="([^"]+)"/.exec(text);
    if (map) bytes += (await (await read(new URL(map[1], u))).arrayBuffer()).byteLength;
    for (const line of text.split('\\n').filter(l => l && !l.startsWith('#'))) {
      const next = new URL(line, u);
      if (line.endsWith('.m3u8')) await playlist(next);
      else bytes += (await (await read(next)).arrayBuffer()).byteLength;
    }
  };
  await playlist(master);
  return {types, bytes};
}"""


def _look_at_home(watched: Watched, address: str) -> None:
    page = watched.page
    page.goto(address)
    assert page.title() == "Home"
    assert page.evaluate("getComputedStyle(document.body).color") == "rgb(1, 2, 3)"
    assert "/b/" in page.evaluate("getComputedStyle(document.body).backgroundImage")
    assert page.evaluate("document.querySelector('img').naturalWidth") == 32
    page.click("#lesson")
    page.wait_for_selector("video")
    assert page.title() == "Lesson"
    assert page.evaluate("document.querySelector('img').naturalWidth") == 32
    assert page.evaluate("document.documentElement.dataset.script") == "ran"
    page.wait_for_function("document.querySelector('video').readyState >= 1")
    assert page.evaluate("document.querySelector('video').videoWidth") == 160


def test_a_course_opened_from_the_server(
    site: dict[str, bytes], endpoint: str, tmp_path: Path, browser: Browser
):
    bucket = new_bucket(endpoint)
    result = _publish(write_build(tmp_path, site), bucket, endpoint)
    watched = Watched(browser.new_page())
    _look_at_home(watched, result.address)
    assert f"/r/{result.release}/01-" in watched.page.url
    page = watched.page
    page.wait_for_function("document.querySelector('video').textTracks[0].cues?.length === 1")
    found = page.evaluate(FETCH_HLS)
    assert found["types"] == ["application/vnd.apple.mpegurl"] * 3
    assert found["bytes"] > 4000
    page.click("text=Home")
    assert page.title() == "Home"
    assert not watched.wrong
    assert {a.split("/")[2] for a in watched.addresses} == {endpoint.removeprefix("http://")}


def test_a_course_opened_from_a_folder(site: dict[str, bytes], tmp_path: Path, browser: Browser):
    build = write_build(tmp_path / "build", site)
    result = publish_course(build, str(tmp_path / "目标 folder"), now=NOW)
    assert result.address.startswith("file:///")
    watched = Watched(browser.new_page())
    _look_at_home(watched, result.address)
    assert not watched.wrong


def test_errors_name_the_bucket_and_what_to_do(site: dict[str, bytes], endpoint: str, tmp_path: Path):
    build = write_build(tmp_path, site)
    with pytest.raises(TargetError) as e:
        _publish(build, "no-such-bucket", endpoint)
    assert "no bucket 'no-such-bucket'" in e.value.message
    assert endpoint in e.value.message
    assert e.value.hint
    assert "test-secret-key" not in repr(e.value)


def test_a_big_file_goes_in_parts(site: dict[str, bytes], endpoint: str, tmp_path: Path):
    bucket = new_bucket(endpoint)
    big = site | {"media/long.mp4": bytes(range(256)) * (132 << 10)}
    result = _publish(write_build(tmp_path, big), bucket, endpoint)
    assert (
        result.requests["MULTIPART"] == 3 + 5
    )  # look for an open upload, create, five parts of 8 MiB, complete
    (stored,) = [
        o
        for o in client(endpoint).list_objects_v2(Bucket=bucket)["Contents"]
        if o["Size"] == len(big["media/long.mp4"])
    ]
    assert stored["Key"].endswith(".mp4")


def test_a_broken_off_upload_goes_on_at_the_part(site: dict[str, bytes], endpoint: str, tmp_path: Path):
    """An earlier run sent three of five parts, one of them damaged; nothing on this machine remembers it."""
    bucket, s3 = new_bucket(endpoint), client(endpoint)
    data = bytes(range(256)) * (132 << 10)
    key = f"学 校/c/pay-safely/{blob_address(digest_bytes(data), 'long.mp4')}"
    upload = s3.create_multipart_upload(Bucket=bucket, Key=key, ContentType="video/mp4")["UploadId"]
    for number in (1, 2, 3):
        part = data[(number - 1) * PART_SIZE : number * PART_SIZE]
        sent = part if number != 3 else b"!" + part[1:]
        s3.upload_part(Bucket=bucket, Key=key, UploadId=upload, PartNumber=number, Body=sent)
    result = _publish(write_build(tmp_path, site | {"media/long.mp4": data}), bucket, endpoint)
    print(f"3 of 5 parts were there, 1 damaged: {result.requests['MULTIPART']} requests in parts")
    assert result.requests["MULTIPART"] == 2 + 3 + 1  # open upload, its parts; parts 3 to 5; complete
    stored = s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    assert stored == data
    assert not s3.list_multipart_uploads(Bucket=bucket).get("Uploads")


def test_bytes_changed_after_the_build_never_stand_at_their_address(
    site: dict[str, bytes], endpoint: str, tmp_path: Path
):
    bucket = new_bucket(endpoint)
    data = bytes(range(256)) * (132 << 10)
    build = write_build(tmp_path, site | {"media/long.mp4": data})
    (build / "web/media/long.mp4").write_bytes(data[:-1] + b"?")
    with pytest.raises(TargetError, match="changed after the build"):
        _publish(build, bucket, endpoint)
    keys = [o["Key"] for o in client(endpoint).list_objects_v2(Bucket=bucket).get("Contents", ())]
    assert not any(
        k.endswith(f"{digest_bytes(data)}.mp4") or (k.endswith("index.html") and "/r/" not in k) for k in keys
    )
