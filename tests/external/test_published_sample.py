"""A real course on a real S3 server, opened from there: pages, pictures, and a video through HLS."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import msgspec
import pytest

from coursepack.app.publish import publish_course
from coursepack.app.releases import rollback
from coursepack.model.bundle import Release
from coursepack.model.digest import digest_bytes
from coursepack.publish.targets import open_target
from tests.external.test_playback import pages_with, plays
from tests.external.validators.browser import Browser
from tests.external.validators.samples import Sample
from tests.helpers.s3_server import client, new_bucket, s3_server

pytestmark = pytest.mark.external
NOW = datetime(2026, 11, 23, tzinfo=UTC)


def as_next_version(built: Path, path: str) -> None:
    """Changes the title of the page `path`, as an author and a build would: the release is version "next"."""
    page = built / "web" / path
    page.write_text(page.read_text("utf-8").replace("</title>", " (next)</title>", 1), "utf-8")
    data = page.read_bytes()
    release = msgspec.json.decode((built / "release.json").read_bytes(), type=Release)
    (web,) = [b for b in release.bundles if b.format == "web"]
    entries = tuple(
        msgspec.structs.replace(e, digest=digest_bytes(data), size=len(data)) if e.path == path else e
        for e in web.entries
    )
    bundles = tuple(
        msgspec.structs.replace(b, entries=entries) if b.format == "web" else b for b in release.bundles
    )
    changed = msgspec.structs.replace(release, version="next", bundles=bundles)
    (built / "release.json").write_bytes(msgspec.json.encode(changed))


def test_a_published_course_plays_from_the_server(
    samples: dict[str, Sample], browser: Browser, tmp_path: Path
) -> None:
    sample, path = pages_with(samples, r"<video[^>]*data-hls")[0]
    built = tmp_path / sample.id
    shutil.copytree(sample.folder, built)
    with s3_server() as endpoint:
        bucket = new_bucket(endpoint)
        target = f"s3://{bucket}/courses"
        first = publish_course(built, target, endpoint_url=endpoint, now=NOW)
        again = publish_course(built, target, endpoint_url=endpoint, now=NOW)
        assert (
            sum(first.requests.values()) == first.objects + 5
        )  # pointer twice, manifest, two catalogue objects
        assert sum(again.requests.values()) == 1
        print(f"first publish: {first.objects} objects, {sum(first.requests.values())} requests; again: 1")
        with browser.page() as page:
            asked: list[str] = []
            page.on("response", lambda r: asked.append(f"{r.status} {r.url}"))
            page.goto(first.address)
            assert page.locator("h1").inner_text().strip()
            page.goto(first.address.replace("index.html", f"r/{first.release}/{path}"))
            video = page.locator("video[data-hls]").first
            plays(video, 2)
            assert video.evaluate("v => v.currentSrc").startswith("blob:"), "HLS gave way to the MP4"
            assert sum(1 for a in asked if re.search(r"^20\d .*\.m4s$", a)) >= 2
            assert [a for a in asked if not a.startswith(("200", "206"))] == []

        # Another release comes, does not please, and is taken back: each plays, and the pages are those of one release.
        as_next_version(built, path)
        second = publish_course(built, target, endpoint_url=endpoint, now=NOW)
        back = rollback(open_target(target, endpoint_url=endpoint), sample.id, now=NOW)
        assert (back.serial, back.to.release) == (3, first.release)
        for release, is_next in ((second.release, True), (first.release, False)):
            with browser.page() as page:
                page.goto(first.address)
                current = page.locator('meta[name="coursepack-release"]').get_attribute("content") or ""
                assert msgspec.json.decode(current)["release"] == first.release
                page.goto(first.address.replace("index.html", f"r/{release}/{path}"))
                assert page.title().endswith("(next)") == is_next
                plays(page.locator("video[data-hls]").first, 2)
        print(
            f"release 2: {sum(second.requests.values())} requests; back to release 1 as 3: plays before and after"
        )
        entry = client(endpoint).list_objects_v2(Bucket=bucket, Prefix="courses/catalogue/e/")
        assert entry["KeyCount"] == 1
