"""How a video was made and what that saved, in figures."""

from collections.abc import Sequence

from coursepack.model.media import LookFacts, Rendition, SearchFacts, SoundFacts, VideoReport
from coursepack.model.recipe import Work
from coursepack.recipes.fixed_ladder import fixed_ladder_bytes


def report(
    work: Work,
    look: LookFacts,
    searches: Sequence[SearchFacts],
    renditions: Sequence[Rendition],
    sound: SoundFacts | None,
    target: float,
    duration_ms: int,
) -> VideoReport:
    """The figures of `VideoReport`; `renditions` are those that were kept, H.264 first."""
    plain = [r for r in renditions if r.codec == "h264"]
    heard = sum(r.size for r in sound.renditions) if sound else 0
    best_sound = sound.renditions[0].size if sound and sound.renditions else 0
    top = plain[0]
    return VideoReport(
        video_class=look.video_class,
        target=target,
        crf=top.crf,
        vmaf=searches[0].vmaf,
        vmaf_p5=searches[0].vmaf_p5,
        remuxed=top.crf == 0,
        bytes_per_minute=round((top.size + best_sound) * 60_000 / max(1, duration_ms)),
        ladder_bytes=sum(r.size for r in plain) + heard,
        fixed_ladder_bytes=fixed_ladder_bytes([min(r.width, r.height) for r in plain], duration_ms) + heard,
        source_bytes=work.source_path("source").stat().st_size,
        av1_bytes=sum(r.size for r in renditions if r.codec == "av1"),
    )
