"""Steps for the media of a course, and how pages refer to them."""

import posixpath
from collections.abc import Iterable, Mapping

import msgspec

from coursepack.model.course import Asset, Course, Sidecar, Source
from coursepack.model.digest import Digest
from coursepack.model.site import AssetRef
from coursepack.model.step import BlobInput, Input, Lane, SourceInput, Step, StepInput

IMAGE_WIDTHS = (360, 684, 1080, 1368, 1920)
"""Widths of the `srcset`, in pixels. The theme's column is 684 CSS pixels wide, that of a phone 324 to 394: these are
half the column, the column and phones of density 2, phones of density 3, the column at density 2, and the rest."""

_CHILDREN = frozenset(
    {"children", "kids", "pupils", "primary-school", "young-learners", "儿童", "兒童", "小学生", "小學生"}
)

_CUE_ROLES = ("captions", "descriptions", "chapters", "sentences")
_STREAMED_CUES = ("captions", "chapters")

SIGN_LADDER = (360,)
"""A sign-language video is a window beside the film: one rung, as a file."""


def _step(kind: str, asset_path: str, digest: Digest, params: dict[str, object]) -> Step:
    name = posixpath.basename(asset_path)
    source = SourceInput("source", asset_path, digest)
    lane: Lane = "video" if kind == "video" else "media"
    return Step(f"{kind}:{asset_path}", kind, f"{kind} {name}", params, (source,), lane)


def _cue_kind(sidecar: Sidecar, language: str, course_language: str) -> str:
    if sidecar.role == "sentences":
        return "metadata"
    if sidecar.role != "captions":
        return sidecar.role
    # HTML: "captions" also transcribe sounds for those who cannot hear; in another language they are "subtitles".
    return "captions" if language == course_language else "subtitles"


def _cue_step(sidecar: Sidecar, course_language: str, *, children: bool = False) -> Step:
    language = sidecar.language or course_language
    extension = posixpath.splitext(sidecar.source.path)[1].lstrip(".").lower()
    params = {
        "kind": _cue_kind(sidecar, language, course_language),
        "language": language,
        "format": extension,
        "duration_ms": 0,
        **({"children": True} if children else {}),
    }
    step = _step("captions", sidecar.source.path, sidecar.source.digest, dict(params))
    return msgspec.structs.replace(step, id=f"captions:{sidecar.source.path}:{params['kind']}:{language}")


def for_children(audience: Iterable[str]) -> bool:
    """Whether a course's audience reads as slowly as children do."""
    return any(a.lower() in _CHILDREN for a in audience)


def _image_step(path: str, digest: Digest) -> Step:
    return _step("image", path, digest, {"widths": list(IMAGE_WIDTHS), "variant": "web"})


def asset_steps(course: Course, *, streamed: bool = True) -> tuple[Step, ...]:
    """One step for each asset and each of its cue files; the same file is built once.

    `streamed`: also what only streaming takes, which offline bundles leave out.
    """
    steps: dict[str, Step] = {}
    for path, asset in sorted(course.assets.items()):
        for step in (_main_step(course, path, asset), *_sidecar_steps(course, asset), *_speech_steps(asset)):
            steps.setdefault(step.id, step)
        if streamed and asset.role == "video":
            for step in (*_described_steps(course, asset), _stream_step(course, asset)):
                steps.setdefault(step.id, step)
    return tuple(steps.values())


def _main_step(course: Course, path: str, asset: Asset) -> Step:
    digest = asset.source.digest
    if asset.role == "image":
        return _image_step(path, digest)
    if asset.role == "video":
        return _step("video", path, digest, _video_params(course))
    if asset.role == "audio":
        return _step("audio", path, digest, {"loudness": course.info.media.loudness})
    extension = posixpath.splitext(path)[1].lower()
    name = (asset.slug or "file") + (extension if extension.isascii() else "")
    return _step("file", path, digest, {"name": name})


def _video_params(course: Course) -> dict[str, object]:
    media = course.info.media
    return {
        "ladder": list(media.ladder),
        "quality": media.quality,
        "codecs": list(media.codecs),
        "offline_codec": media.offline_codec,
        "loudness": media.loudness,
        "language": course.info.language,
    }


def _sidecar_steps(course: Course, asset: Asset) -> Iterable[Step]:
    for s in asset.sidecars:
        if s.role in _CUE_ROLES:
            yield _cue_step(s, course.info.language, children=for_children(course.info.audience))
        elif s.role == "poster":
            yield _image_step(s.source.path, s.source.digest)
    yield from _sign_steps(course, asset)


def _sign_steps(course: Course, asset: Asset) -> Iterable[Step]:
    for s in _signs(asset):
        params = {**_video_params(course), "ladder": list(SIGN_LADDER), "codecs": ["h264"]}
        params["offline_codec"] = "h264"
        step = _step("video", s.source.path, s.source.digest, params)
        # The same file may be a video of its own on a page, with the whole ladder.
        yield msgspec.structs.replace(step, id=f"sign:{s.source.path}")


def _signs(asset: Asset) -> list[Sidecar]:
    return [s for s in asset.sidecars if s.role == "sign" and asset.role == "video"]


def _speech_steps(asset: Asset) -> Iterable[Step]:
    """What is heard in it: no page takes it, the checks of its captions do."""
    if asset.role in ("video", "audio"):
        yield _step("speech", asset.source.path, asset.source.digest, {})


def _described_steps(course: Course, asset: Asset) -> Iterable[Step]:
    for s in asset.sidecars:
        if s.role == "described":
            params = {"loudness": course.info.media.loudness, "hls": True}
            step = _step("audio", s.source.path, s.source.digest, dict(params))
            # The same file may be a recording of its own on a page, without segments.
            yield msgspec.structs.replace(step, id=f"described:{s.source.path}")


def _stream_step(course: Course, asset: Asset) -> Step:
    """The playlists of a video: they name files of the artefacts they are made from, so those are its inputs."""
    path, language = asset.source.path, course.info.language
    base = _base(asset.slug, path)
    cues = [_cue_step(s, language).id for s in asset.sidecars if s.role in _STREAMED_CUES]
    described = [s for s in asset.sidecars if s.role == "described"]
    params = {
        "base": _stream_base(base),
        "video": base,
        "cues": [base for _ in cues],
        "described": [
            {"base": _described_base(base), "language": s.language or language, "path": s.source.path}
            for s in described
        ],
        "language": language,
    }
    inputs = (
        StepInput("video", _main_step(course, path, asset).id),
        *(StepInput(f"cues/{n}", cue) for n, cue in enumerate(cues)),
        *(StepInput(f"described/{n}", s.id) for n, s in enumerate(_described_steps(course, asset))),
        *(StepInput("poster", _image_step(s.path, s.digest).id) for s in _posters(asset)[:1]),
    )
    name = posixpath.basename(path)
    return Step(f"stream:{path}", "stream", f"stream {name}", params, inputs, "media")


def _posters(asset: Asset) -> list[Source]:
    return [s.source for s in asset.sidecars if s.role == "poster"]


def _base(slug: str, path: str) -> str:
    return f"media/{slug or posixpath.basename(path)}"


def _stream_base(base: str) -> str:
    return f"{base}-stream"


def _described_base(base: str) -> str:
    return f"{base}-described"


def references(
    course: Course, paths: Iterable[str], transcripts: Mapping[str, Digest], *, streamed: bool
) -> tuple[tuple[AssetRef, ...], tuple[Input, ...]]:
    """How pages that use the assets `paths` find them, and the step inputs that this takes.

    `transcripts`: path of each authored transcript -> digest of its `Blocks`.
    """
    refs: dict[str, AssetRef] = {}
    inputs: dict[str, Input] = {}
    for path in paths:
        asset = course.assets.get(path)
        if asset is None or path in refs:
            continue
        ref = _reference(course, asset, transcripts, inputs)
        refs[path] = _with_stream(course, asset, ref, inputs) if streamed and asset.role == "video" else ref
        for s in asset.sidecars:
            if s.role == "poster" and s.source.path not in refs:
                step = _image_step(s.source.path, s.source.digest)
                inputs[step.id] = StepInput(step.id, step.id)
                poster_base = _base(f"{asset.slug}-poster", s.source.path)
                refs[s.source.path] = AssetRef(s.source.path, "image", poster_base, step.id)
    return tuple(refs.values()), tuple(inputs.values())


def _reference(
    course: Course, asset: Asset, transcripts: Mapping[str, Digest], inputs: dict[str, Input]
) -> AssetRef:
    path = asset.source.path
    main = _main_step(course, path, asset).id
    cues = [_cue_step(s, course.info.language).id for s in asset.sidecars if s.role in _CUE_ROLES]
    signs = [step.id for step in _sign_steps(course, asset)]
    for step in (main, *cues, *signs):
        inputs[step] = StepInput(step, step)
    written = [s for s in asset.sidecars if s.role == "transcript" and s.source.path in transcripts]
    for s in written:
        name = f"transcript:{s.source.path}"
        inputs[name] = BlobInput(name, transcripts[s.source.path])
    poster = next((s.source.path for s in asset.sidecars if s.role == "poster"), "")
    base = _base(asset.slug, path)
    return AssetRef(
        path=path,
        role=asset.role,
        base=base,
        input=main,
        cues=tuple(cues),
        cue_bases=tuple(base for _ in cues),
        transcripts=tuple(f"transcript:{s.source.path}" for s in written),
        transcript_languages=tuple(s.language or course.info.language for s in written),
        poster=poster,
        download_name=posixpath.basename(path) if asset.role == "file" else "",
        signs=tuple(signs),
        sign_bases=tuple(f"{base}-sign" for _ in signs),
        sign_languages=tuple(s.language for s in _signs(asset)),
    )


def _with_stream(course: Course, asset: Asset, ref: AssetRef, inputs: dict[str, Input]) -> AssetRef:
    stream = _stream_step(course, asset).id
    described = {s.id: s for s in _described_steps(course, asset)}
    for step in (stream, *described):
        inputs[step] = StepInput(step, step)
    return msgspec.structs.replace(
        ref,
        stream=stream,
        stream_base=_stream_base(ref.base),
        described=tuple(described),
        described_bases=tuple(_described_base(ref.base) for _ in described),
        described_languages=tuple(
            s.language or course.info.language for s in asset.sidecars if s.role == "described"
        ),
    )
