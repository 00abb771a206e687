"""Codes of videos put together for streaming."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP245",
        severity="warning",
        message_en="the described sound lasts {sound} s, but its video {video} s",
        hint_en="export it over the whole length of the video, from its first picture on",
        about_en=(
            "A described sound track (`pay.described.mp3` beside `pay.mp4`) is played in place of the video's own sound, by those who cannot see the picture. It must begin with the first picture and last as long as the video, or what is described no longer fits what is said.\n\n"
            "It is offered all the same. Export it again from the project of the video, speech and sounds included."
        ),
        message_zh="口述影像声音长 {sound} 秒，而视频长 {video} 秒",
        hint_zh="请从第一个画面开始，按视频的全长重新导出",
        about_zh=(
            "口述影像音轨（`pay.mp4` 旁边的 `pay.described.mp3`）供看不见画面的人代替视频原声收听。它必须从第一个画面开始，并与视频一样长，否则描述与讲话对不上。\n\n"
            "它仍会提供给学习者。请从视频工程中重新导出，包括原有的讲话和声音。"
        ),
    ),
    CodeDoc(
        code="CP260",
        severity="warning",
        message_en="the sign-language video lasts {sign} s, but its video {video} s",
        hint_en="export it over the whole length of the video, from its first picture on",
        about_en=(
            "A sign-language video (`pay.sign.mp4` beside `pay.mp4`) is shown in a window of its own, in step with the video. It must begin with the first picture and last as long as the video, or hands and words no longer fit together.\n\n"
            "It is offered all the same. Where signing takes longer than speech, let the last picture of the video stand, or sign a shorter text."
        ),
        message_zh="手语视频长 {sign} 秒，而视频长 {video} 秒",
        hint_zh="请从第一个画面开始，按视频的全长重新导出",
        about_zh=(
            "手语视频（`pay.mp4` 旁边的 `pay.sign.mp4`）在单独的小窗口里与视频同步播放。它必须从第一个画面开始，并与视频一样长，否则手语与讲话对不上。\n\n"
            "它仍会提供给学习者。如果手语比讲话长，可以让视频的最后一个画面多停留一会儿，或者精简手语的内容。"
        ),
    ),
)
