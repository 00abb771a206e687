"""CP201-CP209: what should stand beside media: captions, transcripts, sidecars."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        "CP201",
        "warning",
        message_en="The video {media} has no captions",
        hint_en="Add {wanted} beside it",
        about_en="Learners who are deaf or hard of hearing, or who sit in a noisy bus without earphones, get nothing from speech without "
        "captions (WCAG 1.2.2). Put a caption file beside the video, with the video's stem and a language: `pay.mp4` and "
        "`pay.zh-Hans.vtt`. SRT, ASS, TTML and SBV are read too. `coursepack captions` makes a draft from the sound.\n\n"
        "A course that insists sets `checks: {CP201: error}`; one whose videos have no speech sets `off`.",
        message_zh="视频 {media} 没有字幕",
        hint_zh="请在旁边添加 {wanted}",
        about_zh="听障或重听的学习者，以及在嘈杂车厢里没有耳机的人，没有字幕就听不到讲解（WCAG 1.2.2）。请在视频旁放置同名且带语言的"
        "字幕文件：`pay.mp4` 和 `pay.zh-Hans.vtt`。也支持 SRT、ASS、TTML、SBV。`coursepack captions` 可由声音生成草稿。\n\n"
        "要求严格的课程可设 `checks: {CP201: error}`；视频没有人声的可设为 `off`。",
    ),
    CodeDoc(
        "CP202",
        "warning",
        message_en="The video {media} has no captions in {language}, the language of this page (there are: {present})",
        hint_en="Add {wanted} beside it",
        about_en="There are captions, but none that readers of this page can be sure to read. Regions do not matter (`en-GB` serves `en`), "
        "scripts do: `zh-Hant` does not serve `zh-Hans`, and written Chinese does not serve `yue`.",
        message_zh="视频 {media} 没有本页语言 {language} 的字幕（现有：{present}）",
        hint_zh="请在旁边添加 {wanted}",
        about_zh="已有字幕，但没有本页读者一定能读的语言。地区不影响（`en-GB` 可用于 `en`），文字有影响：`zh-Hant` 不能代替 `zh-Hans`，"
        "书面中文不能代替 `yue`。",
    ),
    CodeDoc(
        "CP203",
        "warning",
        message_en="The audio {media} has neither transcript nor captions",
        hint_en="Add {wanted} beside it, or {transcript}",
        about_en="Audio alone needs its words in writing (WCAG 1.2.1): for deaf learners, for reading faster than listening, and for search. "
        "Timed captions are best, since the transcript then follows the sound; a Markdown transcript will do.",
        message_zh="音频 {media} 既没有文字稿也没有字幕",
        hint_zh="请在旁边添加 {wanted} 或 {transcript}",
        about_zh="纯音频需要文字版（WCAG 1.2.1）：供听障学习者使用，阅读比收听更快，也便于搜索。带时间的字幕最好，文字稿可随声音移动；"
        "Markdown 文字稿也可以。",
    ),
    CodeDoc(
        "CP204",
        "warning",
        message_en="No video or audio file goes with this caption file{maybe}",
        hint_en="Name it after the media file: stem, dot, language, as in pay.zh-Hans.vtt beside pay.mp4",
        about_en="A caption file is found by its name: the stem of a media file in the same folder, then a dot and a language. "
        "`pay_zh.vtt` or `Pay video.vtt` belong to nothing, so the video is shown without captions.",
        message_zh="没有与此字幕文件对应的视频或音频{maybe}",
        hint_zh="请按媒体文件命名：主名、点、语言，如 pay.mp4 旁的 pay.zh-Hans.vtt",
        about_zh="字幕文件按名称匹配：同一文件夹中媒体文件的主名，加点和语言。`pay_zh.vtt` 之类的名称不属于任何媒体，视频因此没有字幕。",
    ),
    CodeDoc(
        "CP205",
        "warning",
        message_en="The name differs from {media} in case or in the way accents are written; it is used all the same",
        hint_en="Spell both names alike",
        about_en="The file was taken as belonging to the media file although the names are not the same. Other tools and systems compare "
        "names exactly, and will not find it.",
        message_zh="此名称与 {media} 的大小写或重音写法不同，但仍会使用",
        hint_zh="请让两个名称写法一致",
        about_zh="虽然名称不完全相同，仍把它当作该媒体的附属文件。其他工具和系统按原样比较名称，会找不到它。",
    ),
    CodeDoc(
        "CP206",
        "warning",
        message_en="This file is not used: {kept} already gives the {role} of {media} in {language}",
        hint_en="Remove one of the two, or name the right language",
        about_en="Two files offer the same thing in the same language. The better format is used: WebVTT, then SRT, TTML, ASS, SBV. A file "
        "without a language in its name counts as the course language.",
        message_zh="此文件未使用：{kept} 已提供 {media} 的 {language} {role}",
        hint_zh="请删除其一，或写明正确的语言",
        about_zh="两个文件提供同一语言的同一内容。优先采用较好的格式：WebVTT，其次 SRT、TTML、ASS、SBV。名称中没有语言的视为课程语言。",
    ),
    CodeDoc(
        "CP207",
        "warning",
        message_en="“{words}” in this name says neither a language nor a role; the file is not used for {media}",
        hint_en="Use a language tag, as in {stem}.zh-Hans.vtt, or a role: descriptions, chapters",
        about_en="Between the media file's stem and the extension stand a language (BCP 47) and a role, in any order: "
        "`pay.zh-Hans.vtt`, `pay.descriptions.en.vtt`, `pay.chapters.vtt`, `pay.metadata.vtt`. Anything else cannot be placed.",
        message_zh="名称中的“{words}”既不是语言也不是角色，此文件没有用于 {media}",
        hint_zh="请使用语言标签，如 {stem}.zh-Hans.vtt，或角色：descriptions、chapters",
        about_zh="媒体主名和扩展名之间写语言（BCP 47）和角色，次序不限：`pay.zh-Hans.vtt`、`pay.descriptions.en.vtt`、"
        "`pay.chapters.vtt`、`pay.metadata.vtt`。其他内容无法识别。",
    ),
    CodeDoc(
        "CP208",
        "info",
        message_en="No page uses this media file",
        hint_en="Embed it, as in ![what it shows]({name}), or remove it",
        about_en="The file lies in the course folder but nothing embeds or links it, so it is not part of the built course. Mostly it is a "
        "leftover, or the link to it has a typing error.",
        message_zh="没有页面使用此媒体文件",
        hint_zh="请嵌入它，如 ![内容说明]({name})，或删除它",
        about_zh="文件在课程文件夹中，但没有被嵌入或链接，因此不会进入构建结果。多半是遗留文件，或链接写错了。",
    ),
    CodeDoc(
        "CP209",
        "warning",
        message_en="The file is {size} GB; more than 2 GB is hard to store and to send",
        hint_en="Compress or split it before you add it",
        about_en="Many file systems, archives and hosts stop at 2 or 4 GB, and every author has to fetch the file. A lecture of an hour at "
        "1080 lines needs about 1 GB at most as a source; learners get much smaller renditions.",
        message_zh="文件大小为 {size} GB，超过 2 GB 难以存储和传输",
        hint_zh="请先压缩或拆分再加入",
        about_zh="许多文件系统、压缩格式和托管服务的上限是 2 或 4 GB，每位作者也都要下载它。一小时 1080 线的讲课源文件最多约 1 GB；"
        "学习者得到的版本小得多。",
    ),
)
