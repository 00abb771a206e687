"""Which steps a video takes, and how pages find their artefacts."""

import msgspec

from coursepack.model.course import Asset, Course, CourseInfo, Sidecar, Source
from coursepack.model.digest import Digest, digest_bytes
from coursepack.model.step import Step, StepInput
from coursepack.plan.assets import asset_steps, references


def source(path: str) -> Source:
    return Source(path, digest_bytes(path.encode()), 1)


def course(*sidecars: Sidecar) -> Course:
    video = Asset(source("01/pay.mp4"), "video", sidecars, "pay")
    return Course(CourseInfo("c", "C", language="en"), editions=(), assets={"01/pay.mp4": video}, links={})


ALL = (
    Sidecar(source("01/pay.en.vtt"), "captions", "en"),
    Sidecar(source("01/pay.zh-Hans.vtt"), "captions", "zh-Hans"),
    Sidecar(source("01/pay.descriptions.vtt"), "descriptions"),
    Sidecar(source("01/pay.chapters.vtt"), "chapters"),
    Sidecar(source("01/pay.described.mp3"), "described"),
    Sidecar(source("01/pay.jpg"), "poster"),
)


def by_kind(steps: tuple[Step, ...]) -> dict[str, list[Step]]:
    found: dict[str, list[Step]] = {}
    for step in steps:
        found.setdefault(step.kind, []).append(step)
    return found


def test_a_video_is_streamed_from_all_that_belongs_to_it() -> None:
    steps = asset_steps(course(*ALL))
    kinds = by_kind(steps)
    assert {k: len(v) for k, v in kinds.items()} == {
        "video": 1,
        "captions": 4,
        "audio": 1,
        "image": 1,
        "stream": 1,
        "speech": 1,
    }
    stream = kinds["stream"][0]
    assert kinds["audio"][0].params["hls"] is True
    wanted = {i.name: i.step for i in stream.inputs if isinstance(i, StepInput)}
    assert wanted == {
        "video": "video:01/pay.mp4",
        "cues/0": "captions:01/pay.en.vtt:captions:en",
        "cues/1": "captions:01/pay.zh-Hans.vtt:subtitles:zh-Hans",
        "cues/2": "captions:01/pay.chapters.vtt:chapters:en",
        "described/0": "described:01/pay.described.mp3",
        "poster": "image:01/pay.jpg",
    }
    order = [s.id for s in steps]
    assert all(order.index(step) < order.index(stream.id) for step in wanted.values())
    assert stream.params["cues"] == ["media/pay"] * 3
    folders = {stream.params["base"], stream.params["video"], stream.params["described"][0]["base"]}
    assert {f.rpartition("/")[0] for f in folders} == {"media"}, (
        "references go from folder to folder beside it"
    )
    assert len(folders) == 3


def test_a_described_recording_that_a_page_plays_too_is_built_for_both() -> None:
    made = course(*ALL)
    own = Asset(source("01/pay.described.mp3"), "audio", (), "talk")
    made = msgspec.structs.replace(made, assets={**made.assets, "01/pay.described.mp3": own})
    assert {s.id for s in asset_steps(made) if s.kind == "audio"} == {
        "audio:01/pay.described.mp3",
        "described:01/pay.described.mp3",
    }


def test_an_offline_bundle_takes_nothing_of_streaming() -> None:
    kinds = by_kind(asset_steps(course(*ALL), streamed=False))
    assert set(kinds) == {"video", "captions", "image", "speech"}
    refs, inputs = references(course(*ALL), ["01/pay.mp4"], {}, streamed=False)
    assert refs[0].stream == ""
    assert refs[0].described == ()
    assert {i.step.partition(":")[0] for i in inputs if isinstance(i, StepInput)} == {
        "video",
        "captions",
        "image",
    }


def test_a_page_refers_to_what_the_plan_makes() -> None:
    # What is heard is for the checks alone.
    made = {s.id for s in asset_steps(course(*ALL)) if s.kind != "speech"}
    refs, inputs = references(course(*ALL), ["01/pay.mp4"], {"x": Digest("0")}, streamed=True)
    ref = refs[0]
    assert {i.step for i in inputs if isinstance(i, StepInput)} == made
    assert ref.stream == "stream:01/pay.mp4"
    assert ref.described == ("described:01/pay.described.mp3",)
    assert ref.described_languages == ("en",)
    step = next(s for s in asset_steps(course(*ALL)) if s.id == ref.stream)
    assert (ref.base, ref.stream_base) == (step.params["video"], step.params["base"])
    assert ref.described_bases == (step.params["described"][0]["base"],)


def test_a_sign_language_video_is_one_file_beside_its_video() -> None:
    made = course(
        *ALL, Sidecar(source("01/pay.sign.mp4"), "sign"), Sidecar(source("01/pay.sign.en.mp4"), "sign", "en")
    )
    for streamed in (True, False):
        steps = {s.id: s for s in asset_steps(made, streamed=streamed)}
        sign = steps["sign:01/pay.sign.mp4"]
        assert (sign.kind, sign.params["ladder"], sign.params["codecs"]) == ("video", [360], ["h264"])
        refs, inputs = references(made, ["01/pay.mp4"], {}, streamed=streamed)
        assert refs[0].signs == ("sign:01/pay.sign.mp4", "sign:01/pay.sign.en.mp4")
        assert refs[0].sign_languages == ("", "en")
        assert set(refs[0].signs) <= {i.step for i in inputs if isinstance(i, StepInput)}


def test_captions_of_a_childrens_course_are_for_children() -> None:
    young = msgspec.structs.replace(
        course(*ALL), info=CourseInfo("c", "C", language="en", audience=("Children",))
    )
    for made, expected in ((course(*ALL), None), (young, True)):
        steps = by_kind(asset_steps(made))["captions"]
        assert {s.params.get("children") for s in steps} == {expected}
