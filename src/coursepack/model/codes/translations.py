"""CP410-CP412: translations that are missing, or older than what they were made from."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        "CP410",
        "info",
        message_en="{count} of {total} pages are not translated into {language}; there they are shown in {shown}: {pages}",
        hint_en="Add {example}, or leave it: readers are told",
        about_en="Every edition of a course has all of its pages: where one is not translated, its place shows the text in the course "
        "language, marked as such, below a notice. Contents, the way forward and back, and a learner's progress are so the same "
        "in all languages.\n\nA translation stands beside its original with its language in the name: `02-check.md` and "
        "`02-check.en.md`. `coursepack translations` lists what there is.",
        message_zh="{total} 个页面中有 {count} 个没有 {language} 译文，将以 {shown} 显示：{pages}",
        hint_zh="请添加 {example}，或保持不变：页面会向读者说明",
        about_zh="课程的每个语言版本都包含全部页面：没有译文的页面在原位显示课程语言的文字，标明语言，并在上方说明。这样目录、前后页和学习进度在"
        "各语言中都一致。\n\n译文放在原文旁边，文件名带语言：`02-check.md` 和 `02-check.en.md`。`coursepack translations` 列出现有译文。",
    ),
    CodeDoc(
        "CP411",
        "warning",
        message_en="{original} has changed since this was translated from it into {language}",
        hint_en="Bring the translation up to date, then run: coursepack translations --mark {file}",
        about_en="The page says in `translated_from` which text it was made from: a digest of the original's words. The original now says "
        "something else (line ends, the width of paragraphs and other white space do not count). The page is built and tells "
        "its readers that the original is newer.\n\nAfter the translation is brought up to date, `coursepack translations --mark` "
        "writes the new digest. When the change does not matter to the translation, mark it as well.",
        message_zh="{original} 在译成 {language} 之后有改动",
        hint_zh="请更新译文，然后运行：coursepack translations --mark {file}",
        about_zh="此页面用 `translated_from` 写明译自哪一版原文，即原文内容的摘要。现在原文内容已不同（换行、段落宽度等空白不算）。页面仍会构建，"
        "并告诉读者原文较新。\n\n更新译文后，`coursepack translations --mark` 会写入新的摘要；改动与译文无关时，也同样标记即可。",
    ),
    CodeDoc(
        "CP412",
        "info",
        message_en="{count} translations into {language} do not say which text they were made from: {pages}",
        hint_en="When they are up to date, run: coursepack translations --mark {example}",
        about_en="Without `translated_from` in its front matter nobody can tell that an original has changed after it was translated. "
        "`coursepack translations --mark FILE...` writes it.",
        message_zh="{count} 个 {language} 译文没有写明译自哪一版原文：{pages}",
        hint_zh="确认译文与原文一致后，运行：coursepack translations --mark {example}",
        about_zh="前置信息中没有 `translated_from` 时，无法知道原文在翻译之后是否改动过。`coursepack translations --mark FILE...` 会写入。",
    ),
)
