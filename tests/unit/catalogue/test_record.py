import json
from datetime import UTC, datetime, timedelta, timezone

import pytest

from coursepack.catalogue.accessibility import MediaFeatures, accessibility
from coursepack.catalogue.entry import Download, Publication, compact_utc, entry, journal, utc
from coursepack.catalogue.record import check_record, iso_minutes, license_address, record
from coursepack.model.course import (
    Author,
    Course,
    CourseInfo,
    Credit,
    Edition,
    Lesson,
    Module,
    Outcome,
    Source,
)
from coursepack.model.digest import Digest


def lesson(name: str, minutes: int = 0) -> Lesson:
    source = Source(f"{name}.md", Digest("0" * 64), 1)
    return Lesson(
        id=name, language="zh-Hans", source=source, title=name, url=f"{name}.html", duration_min=minutes
    )


def course(**info) -> Course:
    defaults = {"id": "pay-safely", "title": "用手机安全付款", "language": "zh-Hans"}
    lessons = (lesson("a", 20), lesson("b", 25))
    return Course(
        info=CourseInfo(**(defaults | info)),
        editions=(
            Edition("zh-Hans", "用手机安全付款", "", None, (Module("m", "扫码", None, lessons),), ""),
            Edition("en", "Pay safely", "How to pay", None, (), "en/"),
        ),
        assets={},
        links={},
    )


FULL = course(
    description="学会付款",
    version="3",
    authors=(Author("李老师", "https://example.org/li", "社区学院"),),
    license="CC-BY-SA-4.0",
    provider="湖滨区",
    keywords=("支付",),
    subjects=("数字技能",),
    audience=("older-people",),
    series="数字生活",
    level="beginner",
    outcomes=(Outcome("scan", "能分辨真假收款码", "https://example.org/framework"),),
    credit=Credit(hours=2, points=1.5, scheme="学分银行"),
)


def test_everything_that_the_course_says():
    r = record(FULL, MediaFeatures(duration_ms=1000))
    assert (r["@context"], r["@type"]) == ("https://schema.org", "Course")
    assert (r["name"], r["description"], r["version"]) == ("用手机安全付款", "学会付款", "3")
    assert r["inLanguage"] == ["zh-Hans", "en"]
    assert r["workTranslation"] == [
        {
            "@type": "Course",
            "inLanguage": "en",
            "name": "Pay safely",
            "description": "How to pay",
            "url": "en/index.html",
        }
    ]
    assert r["timeRequired"] == "PT45M"
    assert r["hasCourseInstance"]["courseWorkload"] == "PT2H"  # what the credit counts
    assert "Online" in r["hasCourseInstance"]["courseMode"]
    assert r["about"] == [{"@type": "Thing", "name": "数字技能"}]
    assert r["keywords"] == ["支付"]
    assert [a["audienceType"] for a in r["audience"]] == ["older-people"]
    assert r["teaches"] == [
        {
            "@type": "DefinedTerm",
            "termCode": "scan",
            "name": "能分辨真假收款码",
            "inDefinedTermSet": "https://example.org/framework",
        }
    ]
    assert r["numberOfCredits"] == {"@type": "QuantitativeValue", "value": 1.5, "unitText": "学分银行"}
    assert r["educationalCredentialAwarded"]["name"] == "学分银行"
    assert r["license"] == "https://creativecommons.org/licenses/by-sa/4.0/"
    assert r["provider"] == {"@type": "Organization", "name": "湖滨区"}
    assert r["author"][0]["affiliation"]["name"] == "社区学院"
    assert r["isPartOf"]["name"] == "数字生活"
    assert r["offers"]["category"] == "Free"
    assert [x["name"] for x in r["syllabusSections"]] == ["扫码"]
    assert [x["timeRequired"] for x in r["syllabusSections"][0]["hasPart"]] == ["PT20M", "PT25M"]
    assert r["educationalAlignment"][0]["targetUrl"] == "https://example.org/framework"
    assert not list(check_record(FULL))


def test_the_record_holds_no_time_and_is_plain_json():
    r = record(FULL, MediaFeatures())
    assert json.loads(json.dumps(r)) == r
    assert not {"dateModified", "datePublished", "url", "@id"} & set(r)


def test_a_bare_course_still_has_what_is_required():
    bare = Course(info=CourseInfo(id="x", title="X"), editions=(), assets={}, links={})
    r = record(bare, MediaFeatures())
    assert r["description"] == "X"
    assert r["inLanguage"] == ["en"]
    assert {"name", "description", "offers", "hasCourseInstance"} <= set(r)
    assert "" not in r.values()
    assert [] not in r.values()
    assert [d.code for d in check_record(bare)] == ["CP801", "CP802", "CP804", "CP805"]
    assert all(d.severity == "info" for d in check_record(bare))


@pytest.mark.parametrize(
    ("hours", "duration_ms", "expected"),
    [(0, 0, "PT1M"), (1.5, 999_999, "PT1H30M"), (0, 61_000, "PT2M"), (0, 3_600_000, "PT1H")],
)
def test_working_time(hours: float, duration_ms: int, expected: str):
    c = Course(
        info=CourseInfo(id="x", title="X", credit=Credit(hours=hours)), editions=(), assets={}, links={}
    )
    assert record(c, MediaFeatures(duration_ms=duration_ms)).get("timeRequired") == expected


def test_iso_minutes():
    assert [iso_minutes(m) for m in (0, 1, 59, 60, 61, 600)] == [
        "PT0M",
        "PT1M",
        "PT59M",
        "PT1H",
        "PT1H1M",
        "PT10H",
    ]


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("CC-BY-4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("cc-by-nc-sa-3.0", "https://creativecommons.org/licenses/by-nc-sa/3.0/"),
        ("CC-BY-3.0-CN", "https://creativecommons.org/licenses/by/3.0/cn/"),
        ("CC0-1.0", "https://creativecommons.org/publicdomain/zero/1.0/"),
        ("Apache-2.0", "https://spdx.org/licenses/Apache-2.0.html"),
        ("https://example.org/terms", "https://example.org/terms"),
        ("保留所有权利", "保留所有权利"),
        ("", ""),
    ],
)
def test_licences(name: str, address: str):
    assert license_address(name) == address


def test_an_unknown_licence_is_said():
    c = course(description="d", license="mine", provider="p", keywords=("k",))
    assert [(d.code, d.args) for d in check_record(c)] == [("CP803", {"license": "mine"})]


def modes(f: MediaFeatures) -> list[list[str]]:
    return [s["itemListElement"] for s in accessibility(f)["accessModeSufficient"]]


def test_a_course_of_text():
    a = accessibility(MediaFeatures(mathml=True))
    assert a["accessMode"] == ["textual"]
    assert modes(MediaFeatures()) == [["textual"]]
    assert "MathML" in a["accessibilityFeature"]
    assert "alternativeText" not in a["accessibilityFeature"]
    assert a["accessibilityHazard"] == ["none"]


def test_nothing_is_claimed_that_is_only_partly_there():
    a = accessibility(MediaFeatures(images=2, images_with_alt=1, videos=1, duration_ms=1))
    assert "alternativeText" not in a["accessibilityFeature"]
    assert "captions" not in a["accessibilityFeature"]
    assert a["accessibilityHazard"] == ["unknown"]
    assert modes(MediaFeatures(images=2, images_with_alt=1, videos=1)) == [["textual", "visual", "auditory"]]


def test_a_course_with_everything():
    f = MediaFeatures(
        images=2, images_with_alt=2, videos=1, audios=1, captioned=2, transcribed=2, described=1, sign=True,
        captions=("zh-Hans", "en"), transcripts=("en",), descriptions=("en",),
    )  # fmt: skip
    a = accessibility(f)
    assert a["accessMode"] == ["textual", "visual", "auditory"]
    assert modes(f)[:3] == [["textual"], ["textual", "visual"], ["textual", "auditory"]]
    wanted = {"alternativeText", "captions", "transcript", "audioDescription", "signLanguage"}
    assert wanted <= set(a["accessibilityFeature"])


def test_captioned_video_without_description_can_be_seen_but_not_only_read():
    f = MediaFeatures(videos=1, captioned=1, transcribed=1, captions=("en",))
    assert modes(f) == [["textual", "visual"], ["textual", "visual", "auditory"]]


def test_a_silent_video_has_nothing_to_caption():
    f = MediaFeatures(videos=1, silent_videos=1)
    assert accessibility(f)["accessMode"] == ["textual", "visual"]
    assert ["textual", "visual"] in modes(f)


NOW = datetime(2026, 11, 24, 0, 30, 5, 999, tzinfo=timezone(timedelta(hours=8)))


def test_entry_and_journal():
    p = Publication(
        course="pay-safely", version="3", serial=7, manifest="m" * 64, release="r" * 16, nonce="n" * 32,
        home="../c/index.html", manifest_address="../m.json", now=NOW,
        downloads=(Download("mobile", "x.zip", "../b/x.zip", "application/zip", 5, "d" * 64),),
    )  # fmt: skip
    before = record(FULL, MediaFeatures())
    document = entry(before, p)
    assert before == record(FULL, MediaFeatures())  # the release's own record is not touched
    assert document["hasCourseInstance"]["courseWorkload"] == "PT2H"
    assert document["hasCourseInstance"]["url"] == "../c/index.html"
    assert document["encoding"][1]["sha256"] == "d" * 64
    assert document["dateModified"] == "2026-11-23T16:30:05Z"
    values = {i["propertyID"]: i["value"] for i in document["identifier"][1:]}
    assert values["coursepack:serial"] == 7
    j = journal(document, p)
    assert (j["action"], j["serial"], j["entry"]) == ("publish", 7, document)


def test_times_are_utc():
    assert utc(NOW) == "2026-11-23T16:30:05Z"
    assert compact_utc(NOW) == "20261123T163005Z"
    assert compact_utc(datetime(2026, 1, 2, tzinfo=UTC)) == "20260102T000000Z"
