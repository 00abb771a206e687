"""CP470-CP479: pages that somebody reads aloud."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP470",
        severity="warning",
        message_en="no page goes with this recording of a page read aloud",
        hint_en="name it after its page: {page} is read by its own name, then .read and, for a translation, the language",
        about_en=(
            "A recording of somebody who reads a page aloud is found by its name: `02-check.read.mp3` beside `02-check.md`, `02-check.read.en.mp3` beside `02-check.en.md`. This file has `.read` in its name and no such page beside it, so learners never hear it.\n\n"
            "Rename the file, or move it into the folder of its page. A recording that is not a page read aloud should have another name."
        ),
        message_zh="没有与这个课文录音对应的页面",
        hint_zh="请按页面命名：{page} 的录音用它自己的文件名加 .read，译文再加语言",
        about_zh=(
            "朗读课文的录音按名称匹配：`02-check.md` 旁的 `02-check.read.mp3`，`02-check.en.md` 旁的 `02-check.read.en.mp3`。这个文件名里有 `.read`，旁边却没有这样的页面，学习者听不到它。\n\n"
            "请改名，或把它移到页面所在的文件夹。如果它不是朗读课文的录音，请换一个名称。"
        ),
    ),
    CodeDoc(
        code="CP471",
        severity="warning",
        message_en="{missed} of {count} sentences of the recording {recording} are not in the text of the page, the first at {clock}: “{text}”",
        hint_en="record the page again, or write in {cues} what the page says",
        about_en=(
            "Beside the recording of a page lie the times of its sentences (`02-check.read.vtt`). Each is looked for in the text of the page so that it can be marked while it is read. Some of them are not there: most often the page was changed after it was recorded.\n\n"
            "Learners then hear something other than what they read. Record the page again, or correct the words of the cue file. Punctuation, case and spaces do not count."
        ),
        message_zh="录音 {recording} 的 {count} 句中有 {missed} 句不在页面文字里，第一处在 {clock}：“{text}”",
        hint_zh="请重新录音，或在 {cues} 中写明页面上的文字",
        about_zh=(
            "录音旁边放着各句的时间（`02-check.read.vtt`）。系统会在页面文字里找到每一句，读到时标出来。有几句找不到：多半是录音以后又改了页面。\n\n"
            "这样学习者听到的和看到的就不一样。请重新录音，或改正字幕文件里的文字。标点、大小写和空格不影响匹配。"
        ),
    ),
)
