"""What may be done about one place in a caption file: a proposal with its numbers, in place of the code's hint."""

import msgspec


class Mend(msgspec.Struct, frozen=True):
    """`str.format` templates over the diagnostic's `args`."""

    en: str
    zh: str


MENDS: dict[str, Mend] = {
    "end-later": Mend("end it at {to}: there is room", "可在 {to} 结束：后面有空"),
    "start-earlier": Mend("begin at {to}: there is room before", "可从 {to} 开始：前面有空"),
    "both": Mend(
        "show it from {to} to {until}: there is room on both sides", "可从 {to} 显示到 {until}：前后都有空"
    ),
    "shorten": Mend(
        "there is no room to show it longer: shorten it to {room} characters without changing its sense",
        "前后没有空：在不改变意思的前提下精简到 {room} 字",
    ),
    "join": Mend("join it with the cue at {other}", "与 {other} 的一条合并"),
    "break": Mend(
        "break after “{after}”: lines of {first} and {second}",
        "在“{after}”后换行：两行各 {first}、{second} 字",
    ),
    "one-line": Mend("it fits into one line", "一行放得下"),
    "split": Mend(
        "split after “{after}”: 2 cues of {first} s and {second} s",
        "在“{after}”后分成两条：{first} 秒和 {second} 秒",
    ),
    "reword": Mend(
        "it can be split nowhere without leaving a cue too short: shorten it",
        "分开后会有一条太短：请精简文字",
    ),
    "end-sooner": Mend("end it at {to}", "在 {to} 结束"),
    "end-gap": Mend("end it at {to}, which leaves {frames} frames", "在 {to} 结束，留出 {frames} 帧"),
    "close-gap": Mend(
        "end it at {to}, which leaves {frames} frames, or leave half a second",
        "在 {to} 结束（留 {frames} 帧），或留出半秒",
    ),
    "end-before": Mend(
        "end the cue before it at {to}, which leaves {frames} frames",
        "让前一条在 {to} 结束，留出 {frames} 帧",
    ),
    "together": Mend(
        "if two people speak at once, write one cue of two lines: `- …`, `- …`",
        "如果两人同时说话，写成一条两行：“－……”“－……”",
    ),
    "end-with-media": Mend("end it at {to}, with the media", "在 {to} 与媒体同时结束"),
    "never-seen": Mend(
        "nobody sees it: delete it, or move the whole file with `coursepack captions shift`",
        "没有人看得到：删去它，或用 `coursepack captions shift` 整体移动",
    ),
    "as": Mend(
        "write “{mended}”, or run `captions fix --rules encoding`",
        "改为“{mended}”，或运行 `captions fix --rules encoding`",
    ),
    "lost": Mend("the characters are lost: take them from the original file", "原字已丢失：请从原文件取回"),
    "voice": Mend(
        "in WebVTT write `<v {name}>` in place of “{name}:”", "在 WebVTT 里写 `<v {name}>` 代替“{name}：”"
    ),
    "rebreak": Mend("break the lines as “{first}” and “{second}”", "改为“{first}”“{second}”两行"),
    "lost-times": Mend("times: the words are kept as paragraphs", "时间：文字保留为段落"),
    "lost-positions": Mend(
        "positions: the cues stand at the bottom or nearest place", "位置：字幕放在底部或最近的位置"
    ),
    "lost-speakers": Mend("speakers: the name stands in front of the words", "说话人：名字写在文字前面"),
    "lost-ruby": Mend("ruby: it stands in brackets", "注音：写在括号里"),
    "lost-emphasis": Mend("emphasis: the words are plain", "强调：文字不带样式"),
    "lost-languages": Mend("marks of language: the words are kept", "语言标记：文字保留"),
}
