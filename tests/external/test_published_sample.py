"""A real course on a real S3 server, opened from there: pages, pictures, and a video through HLS."""

import re
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest

from coursepack.app.publish import publish_course
from tests.external.test_playback import pages_with, plays
from tests.external.validators.browser import Browser
from tests.external.validators.samples import Sample
from tests.helpers.s3_server import client, new_bucket, s3_server

pytestmark = pytest.mark.external
NOW = datetime(2026, 11, 23, tzinfo=UTC)


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
        entry = client(endpoint).list_objects_v2(Bucket=bucket, Prefix="courses/catalogue/e/")
        assert entry["KeyCount"] == 1
