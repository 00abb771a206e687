"""CP318, CP326, CP330 to CP338, CP340: when cues come and go, and how much is in them."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP318",
        severity="warning",
        message_en="{count} cues go on after the media's end at {end} ({unseen} are never seen): at {places}",
        hint_en="check that the captions belong to this cut of the video, and shift or shorten them",
        about_en=(
            "Words after the last second are never shown, and drifting times are the usual cause: the captions were made "
            "for another cut, another frame rate, or with a title in front. Play the last minute with captions on. If all "
            "cues are late by the same time, shift the file."
        ),
        message_zh="有 {count} 条字幕超出媒体的结尾 {end}（其中 {unseen} 条根本看不到）：{places}",
        hint_zh="检查字幕是否属于这个版本的视频，再平移或缩短",
        about_zh=(
            "结尾之后的文字不会显示。常见原因是时间整体偏移：字幕是为另一个剪辑、另一种帧率或带片头的版本做的。"
            "请打开字幕播放最后一分钟；如果所有字幕都晚同样的时间，把整个文件平移即可。"
        ),
        each_en="the cue at {time} goes on {over} s after the media's end at {end}",
        each_zh="{time} 的一条在媒体于 {end} 结束之后还有 {over} 秒",
    ),
    CodeDoc(
        code="CP326",
        severity="warning",
        message_en="{count} cues begin before an earlier one has ended: at {places}",
        hint_en="end each cue before the next begins, unless two people speak at once; `captions fix --rules overlaps` does it",
        about_en=(
            "Cues that overlap are stacked on the picture, jump up and down, and are read aloud in a jumble. Mostly an end "
            "is a little late: end each cue where the next begins, or two frames (80 ms) before. Where two people speak at "
            "once, one cue with two lines reads better. Nothing was changed."
        ),
        message_zh="有 {count} 条字幕在前一条结束之前就开始：{places}",
        hint_zh="让每条在下一条开始之前结束，除非有两人同时说话；`captions fix --rules overlaps` 可以代劳",
        about_zh=(
            "重叠的字幕会叠在画面上、上下跳动，朗读时也会混在一起。多半是结束时间晚了一点：让每条在下一条开始时，"
            "或提前两帧（80 毫秒）结束。两人同时说话时，写成一条两行更好读。这里没有改动。"
        ),
        each_en="the cue at {time} begins {over} s before the one before has ended",
        each_zh="{time} 的一条在前一条结束前 {over} 秒就开始",
    ),
    CodeDoc(
        code="CP330",
        severity="info",
        message_en="{count} of {total} cues have a line over {limit} characters (longest {worst}): at {places}",
        hint_en="break lines at a pause in the sentence, or make two cues; `captions fix --rules long-lines,split` does it",
        about_en=(
            "Long lines wrap on phones and when captions are enlarged, and then cover the picture. Usual limits are 42 "
            "characters a line, 16 for Chinese and Korean, 13 for Japanese (Netflix Timed Text Style Guides). Break before "
            "a conjunction or after a comma, or split the cue."
        ),
        message_zh="{total} 条字幕中有 {count} 条的行超过 {limit} 字（最长 {worst}）：{places}",
        hint_zh="在句中停顿处换行，或分成两条；`captions fix --rules long-lines,split` 可以代劳",
        about_zh=(
            "行太长，在手机上或放大字幕时会折行、遮住画面。通常每行不超过 42 个字符，中文和韩文 16 个，日文 13 个"
            "（Netflix 字幕规范）。请在逗号后或连词前换行，或分成两条。"
        ),
        each_en="a line of {worst} characters at {time}, over {limit}: {text}",
        each_zh="{time} 有一行 {worst} 字，超过 {limit}：{text}",
    ),
    CodeDoc(
        code="CP331",
        severity="info",
        message_en="{count} of {total} cues have more than {limit} lines (most {worst}): at {places}",
        hint_en="split them into cues of one or two lines; `captions fix --rules split` does it",
        about_en=(
            "Three and more lines cover the part of the picture that is being talked about, and are hard to read in time. "
            "Split the cue where the speaker breathes."
        ),
        message_zh="{total} 条字幕中有 {count} 条多于 {limit} 行（最多 {worst} 行）：{places}",
        hint_zh="分成一两行一条；`captions fix --rules split` 可以代劳",
        about_zh="三行以上会遮住正在讲解的画面，也来不及读。请在说话人换气的地方分成几条。",
        each_en="{worst} lines at {time}, over {limit}",
        each_zh="{time} 的一条有 {worst} 行，超过 {limit} 行",
    ),
    CodeDoc(
        code="CP332",
        severity="warning",
        message_en="{count} of {total} cues are faster than {limit} characters a second (fastest {worst}): at {places}",
        hint_en="show them longer (`captions fix --rules durations` where there is room), or shorten the words without changing their sense",
        about_en=(
            "What is shown too briefly is not read to the end, above all by older people, children and those who learn in "
            "a second language. Usual limits are 20 characters a second for adults in English, 17 in other languages, 9 in "
            "Chinese, 12 in Korean, 4 in Japanese. Let the cue begin a little earlier or end later, join short cues, or "
            "leave out filler words."
        ),
        message_zh="{total} 条字幕中有 {count} 条每秒超过 {limit} 字（最快 {worst}）：{places}",
        hint_zh="延长显示时间（有空时用 `captions fix --rules durations`），或在不改变意思的前提下精简文字",
        about_zh=(
            "显示太短就读不完，老年人、儿童和使用第二语言学习的人尤其如此。通常中文每秒不超过 9 字，韩文 12 字，日文 4 字，"
            "英文成人 20 个字符，其他语言 17 个。可以提前一点开始、晚一点结束，合并短字幕，或去掉口头语。"
        ),
        each_en="{worst} characters a second at {time}, over {limit}",
        each_zh="{time} 的一条每秒 {worst} 字，超过 {limit}",
    ),
    CodeDoc(
        code="CP333",
        severity="warning",
        message_en="{count} of {total} cues are shown for less than {limit} s (shortest {worst} s): at {places}",
        hint_en="join them with a neighbour or let them stand longer; `captions fix --rules merge,durations` does it",
        about_en=(
            "A cue under five sixths of a second is a flash: the eye notices that something was there and no more. Join it "
            "with the cue before or after, or let it stand longer."
        ),
        message_zh="{total} 条字幕中有 {count} 条显示不到 {limit} 秒（最短 {worst} 秒）：{places}",
        hint_zh="与相邻的合并，或延长显示；`captions fix --rules merge,durations` 可以代劳",
        about_zh="不到六分之五秒的字幕只是一闪，眼睛只知道有过东西。请与前后合并，或延长显示时间。",
        each_en="the cue at {time} is shown {worst} s, under {limit} s",
        each_zh="{time} 的一条只显示 {worst} 秒，不到 {limit} 秒",
    ),
    CodeDoc(
        code="CP334",
        severity="info",
        message_en="{count} of {total} cues are shown for more than {limit} s (longest {worst} s): at {places}",
        hint_en="split them so that the words come when they are spoken; `captions fix --rules split` does it",
        about_en=(
            "A cue that stands longer than seven seconds is read twice or runs ahead of the voice. Split it where the "
            "speaker breathes. Words on a title card or a sound that goes on may stay longer."
        ),
        message_zh="{total} 条字幕中有 {count} 条显示超过 {limit} 秒（最长 {worst} 秒）：{places}",
        hint_zh="分成几条，让文字与说话同步；`captions fix --rules split` 可以代劳",
        about_zh="显示超过七秒的字幕会被读两遍，或者跑在声音前面。请在换气处分开。片头文字或持续的声音可以更长。",
        each_en="the cue at {time} stands {worst} s, over {limit} s",
        each_zh="{time} 的一条显示 {worst} 秒，超过 {limit} 秒",
    ),
    CodeDoc(
        code="CP340",
        severity="warning",
        message_en="{count} chapters begin before the one before has ended: at {places}; each was ended at the next",
        hint_en="let each chapter end exactly where the next begins",
        about_en=(
            "Players show one chapter at a time, so chapters must follow one another. Each was cut where the next begins; "
            "of two that begin together only the first was kept. Chapters inside chapters are not supported: write "
            "`Part 1: Scan`, `Part 1: Check`."
        ),
        message_zh="有 {count} 个章节在前一章结束之前就开始：{places}；每章已在下一章开始时结束",
        hint_zh="让每章正好在下一章开始时结束",
        about_zh=(
            "播放器一次只显示一个章节，所以章节必须前后相接。这里让每章在下一章开始时结束；同时开始的只保留第一个。"
            "不支持章节里再套章节，可以写成“第一部分：扫码”“第一部分：核对”。"
        ),
        each_en="the chapter at {time} begins {over} s before the one before has ended",
        each_zh="{time} 的章节在前一章结束前 {over} 秒就开始",
    ),
    CodeDoc(
        code="CP335",
        severity="info",
        message_en="{count} of {total} cues end less than {frames} frames before the next: at {places}",
        hint_en="end each cue two frames before the next begins; `captions fix --rules gaps` does it",
        about_en="Without a short gap the eye does not notice that the words have changed, above all when both cues have the same shape. Two frames are the usual least (Netflix Timed Text Style Guide, general requirements): 80 ms at 25 frames a second. `coursepack captions check` names each place and the time to end at.",
        message_zh="{total} 条字幕中有 {count} 条与下一条相隔不到 {frames} 帧：{places}",
        hint_zh="让每条在下一条开始前两帧结束；`captions fix --rules gaps` 可以代劳",
        about_zh="两条之间没有短暂的空隙，眼睛看不出文字已经换了，两条形状相同时更是如此。通常至少留两帧（Netflix 字幕规范的通用要求）：每秒 25 帧时是 80 毫秒。`coursepack captions check` 会列出每一处和应当结束的时间。",
        each_en="{gap} s between the cue at {time} and the next, under {frames} frames",
        each_zh="{time} 的一条与下一条只隔 {gap} 秒，不到 {frames} 帧",
    ),
    CodeDoc(
        code="CP336",
        severity="info",
        message_en="{count} of {total} cues leave a gap of under half a second: at {places}",
        hint_en="end the cue two frames before the next, or leave half a second; `captions fix --rules gaps` does it",
        about_en="A gap of a few frames up to half a second makes the captions flicker. They should follow one another after two frames, or be half a second or more apart (Netflix Timed Text Style Guide, general requirements). `coursepack captions check` tells it; a build does not.",
        message_zh="{total} 条字幕中有 {count} 条与下一条相隔不到半秒：{places}",
        hint_zh="在下一条前两帧结束，或留出半秒；`captions fix --rules gaps` 可以代劳",
        about_zh="几帧到半秒的空隙会让字幕闪烁。应当隔两帧接上，或者相隔半秒以上（Netflix 字幕规范的通用要求）。这一条只由 `coursepack captions check` 提示，构建时不提示。",
        each_en="a gap of {gap} s after the cue at {time}",
        each_zh="{time} 的一条之后空 {gap} 秒",
    ),
    CodeDoc(
        code="CP337",
        severity="info",
        message_en="{count} of {total} cues are spoken faster than {limit} words a minute (fastest {worst}): at {places}",
        hint_en="let the words stand a little longer, or shorten them without changing their sense",
        about_en="The BBC's guide for subtitles recommends 160 to 180 words a minute. This is a note about single cues that keep to the limit of characters a second; `coursepack captions check` tells it, a build does not.",
        message_zh="{total} 条字幕中有 {count} 条每分钟超过 {limit} 个词（最快 {worst}）：{places}",
        hint_zh="让文字多停一会儿，或在不改变意思的前提下精简",
        about_zh="BBC 字幕指南建议每分钟 160 到 180 个词。这里说的是字符速度没有超限的单条字幕，只由 `coursepack captions check` 提示，构建时不提示。",
        each_en="{worst} words a minute at {time}, over {limit}",
        each_zh="{time} 的一条每分钟 {worst} 个词，超过 {limit}",
    ),
    CodeDoc(
        code="CP338",
        severity="info",
        message_en="the captions as a whole come at {worst} words a minute; up to {limit} are easy to follow",
        hint_en="speak more slowly when recording again, or shorten the captions without changing their sense",
        about_en="The Described and Captioned Media Program asks for at most 120 words a minute for the lowest classes, 130 for the middle ones, and 160 for adults. Whoever reads in a second language, or has to watch the hands of the teacher as well, needs more time. It is a note: exact words are worth more than a number.",
        message_zh="字幕总体每分钟 {worst} 个词；不超过 {limit} 个才容易跟上",
        hint_zh="重新录制时放慢语速，或在不改变意思的前提下精简字幕",
        about_zh="美国“有字幕与描述的媒体项目”（DCMP）要求低年级每分钟不超过 120 个词，中年级 130 个，成人 160 个。用第二语言阅读的人，以及同时要看老师双手操作的人，需要更多时间。这只是提示：文字准确比数字更重要。",
    ),
)
