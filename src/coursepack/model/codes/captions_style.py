"""CP339, CP341 to CP353: language, encoding, labels and marks in captions; what converting and mending tell."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP339",
        severity="info",
        message_en="no sound and no speaker is named in these captions",
        hint_en="write sounds that matter in brackets, [phone rings], and who speaks where it is not seen: <v Mei>",
        about_en="Captions are for those who do not hear: a phone that rings, laughter, an alarm, and who speaks when nobody is in the picture have to be written. In WebVTT a speaker is `<v Mei>Scan it.`, a sound `[phone rings]`, Chinese `（电话铃响）`. If there is nothing but one voice that is seen, nothing is missing.",
        message_zh="字幕里没有写出任何声音，也没有写出说话人",
        hint_zh="重要的声音写在括号里：（电话铃响）；画面上看不出是谁时写明说话人：<v 小梅>",
        about_zh="字幕是给听不见的人看的：电话铃、笑声、警报声，以及画面上没有人时是谁在说话，都要写出来。WebVTT 里说话人写作 `<v 小梅>扫一下。`，声音写作 `（电话铃响）` 或 `[phone rings]`。如果自始至终只有画面上的一个人在说话，就什么也不缺。",
    ),
    CodeDoc(
        code="CP341",
        severity="info",
        message_en="{count} cues repeat the words of the one before: at {places}",
        hint_en="if it is said once, make one cue of both; `coursepack captions fix --rules repeats` does it",
        about_en="The same words twice, one directly after the other, are mostly a cue that was cut in two or pasted twice: it flickers, and is printed and read aloud twice. Two of equal words are right where they are said twice.",
        message_zh="有 {count} 条字幕与前一条文字相同：{places}",
        hint_zh="如果只说了一遍，请合成一条；`coursepack captions fix --rules repeats` 可以代劳",
        about_zh="紧接着出现两遍相同的文字，多半是一条被切成两条，或者粘贴了两次：它会闪一下，在文字稿里出现两遍，也会被朗读两遍。如果确实说了两遍，就没有错。",
        each_en="the cue at {time} repeats the words of the one before: {text}",
        each_zh="{time} 的一条与前一条文字相同：{text}",
    ),
    CodeDoc(
        code="CP342",
        severity="warning",
        message_en="the file is for {expected}, but its text looks like {found} ({proof})",
        hint_en="if so, rename the file: `.{tag}` before the extension; if not, put the right text into it",
        about_en="A caption file says its language in its name (`pay.zh-Hans.vtt`). Players choose by it, screen readers choose the voice by it, and fonts choose the shapes of characters. The text was looked at: its script, characters that are only Simplified or only Traditional, words that only Cantonese has (嘅 咗 唔 係 冇 啲 喺), and the commonest short words of European languages.",
        message_zh="文件是给 {expected} 的，内容看起来却是 {found}（{proof}）",
        hint_zh="如果确实如此，请改文件名：扩展名之前写 `.{tag}`；否则请换成正确的文字",
        about_zh="字幕文件用名字说明语言（`pay.zh-Hans.vtt`）。播放器按它选字幕，读屏软件按它选语音，字体按它选字形。这里看的是文字本身：用的是哪种文字，有没有只属于简体或只属于繁体的字，有没有粤语特有的字（嘅咗唔係冇啲喺），以及欧洲语言里最常见的短词。",
    ),
    CodeDoc(
        code="CP343",
        severity="info",
        message_en="{count} cues have characters of the other Chinese script ({text}): at {places}",
        hint_en="write them as the rest of the file; names may stay",
        about_en="A file in Simplified characters with a few Traditional ones, or the other way round, comes from text that was converted in part or typed with another keyboard. Speech that reads it aloud and search stumble over them. Names and quotations may be meant. `coursepack captions check` tells it; a build does not.",
        message_zh="有 {count} 条字幕里有另一种汉字（{text}）：{places}",
        hint_zh="与全文统一；人名可以保留",
        about_zh="简体文件里夹着几个繁体字，或者反过来，往往是只转换了一部分，或换了输入法。朗读和搜索都会受影响。人名和引文可能是有意的。这一条只由 `coursepack captions check` 提示，构建时不提示。",
        each_en="“{text}” at {time} is of the other Chinese script",
        each_zh="{time} 的“{text}”是另一种汉字",
    ),
    CodeDoc(
        code="CP344",
        severity="warning",
        message_en="{count} cues were decoded wrongly before they were saved, such as “{text}”: at {places}",
        hint_en="take the captions from the original file; `coursepack captions fix --rules encoding` writes “{mended}”",
        about_en="The file is UTF-8, but its words were once read in the wrong encoding and saved so: `cafÃ©` for `café`, `浣犲ソ` for `你好`. Where nothing was lost it can be undone exactly, which `coursepack captions fix --rules encoding` does. `锟斤拷` and question marks in a row are what is left of lost characters.",
        message_zh="有 {count} 条字幕在保存之前就解错了编码，例如“{text}”：{places}",
        hint_zh="请从原文件重新导出；`coursepack captions fix --rules encoding` 会改为“{mended}”",
        about_zh="文件本身是 UTF-8，但里面的文字曾按错误的编码读取并保存：`café` 成了 `cafÃ©`，`你好` 成了 `浣犲ソ`。没有丢失信息时可以准确还原，用 `coursepack captions fix --rules encoding`。“锟斤拷”和连续的问号则是丢失的字。",
        each_en="“{text}” at {time} was decoded wrongly before it was saved",
        each_zh="{time} 的“{text}”在保存之前就解错了编码",
    ),
    CodeDoc(
        code="CP345",
        severity="warning",
        message_en="the file is in two encodings: {count} lines are {encoding}, the rest is UTF-8; the first of them is here",
        hint_en="look at these lines; `coursepack captions fix --rules encoding` writes all of it as UTF-8",
        about_en="Two files in different encodings were put together, or lines were pasted by a program that uses another encoding. Each line was read in its own. Other programs show half of it as nonsense.",
        message_zh="文件里有两种编码：{count} 行是 {encoding}，其余是 UTF-8；第一行在这里",
        hint_zh="请看一下这些行；`coursepack captions fix --rules encoding` 会全部写成 UTF-8",
        about_zh="不同编码的文件被拼在一起，或者有几行是从使用另一种编码的软件里粘贴来的。这里逐行按各自的编码读取。其他软件会把其中一半显示成乱码。",
    ),
    CodeDoc(
        code="CP346",
        severity="info",
        message_en="{count} cues have a line that begins or ends with the wrong punctuation: at {places}",
        hint_en="move the mark to the other line; `coursepack captions fix --rules long-lines` does it",
        about_en="In Chinese and Japanese no line begins with a closing mark (，。！？、」）) and none ends with an opening one (「（《“): the eye stumbles over it (W3C, Requirements for Chinese Text Layout). `coursepack captions check` tells it; a build does not.",
        message_zh="有 {count} 条字幕的行首或行尾标点不对：{places}",
        hint_zh="把标点移到另一行；`coursepack captions fix --rules long-lines` 可以代劳",
        about_zh="中文和日文的行首不能是点号或后括号（，。！？、」）），行尾不能是前括号（「（《“），否则读起来会顿一下（W3C《中文排版需求》）。这一条只由 `coursepack captions check` 提示，构建时不提示。",
        each_en="the line “{text}” at {time} begins or ends with the wrong punctuation",
        each_zh="{time} 的“{text}”一行，行首或行尾标点不对",
    ),
    CodeDoc(
        code="CP347",
        severity="info",
        message_en="{count} cues name the speaker in the text, such as “{name}:”: at {places}",
        hint_en="in WebVTT write <v {name}>: the name can then be shown, styled and read as a name",
        about_en="`Mei: Scan it.` is how SubRip names a speaker. WebVTT has a tag for it, `<v Mei>Scan it.`, from which transcripts make a list of who says what, and the name does not count as words to be read in time. `coursepack captions check` tells it; a build does not.",
        message_zh="有 {count} 条字幕把说话人写在文字里，例如“{name}：”：{places}",
        hint_zh="在 WebVTT 里写 <v {name}>：这样名字可以单独显示、设样式、当作名字朗读",
        about_zh="`小梅：扫一下。` 是 SubRip 的写法。WebVTT 有专门的标签 `<v 小梅>扫一下。`，文字稿可以据此列出谁说了什么，名字也不算进要读的字数。这一条只由 `coursepack captions check` 提示，构建时不提示。",
        each_en="the cue at {time} names the speaker in its text: {name}",
        each_zh="{time} 的一条把说话人写在文字里：{name}",
    ),
    CodeDoc(
        code="CP350",
        severity="info",
        message_en="{format} has no place for {count} things that the captions say",
        hint_en="keep the file that it was made from",
        about_en="Formats differ in what they can say. Words and times are always kept; what the new format has no place for is named here, so that nothing is lost unseen. WebVTT and TTML hold the most; SubRip has no speakers and no ruby; SubViewer and plain text have neither positions nor emphasis.",
        message_zh="{format} 装不下字幕里的 {count} 处内容",
        hint_zh="请保留原文件",
        about_zh="各种格式能表达的东西不同。文字和时间总是保留；新格式装不下的在这里列出，以免不知不觉地丢失。WebVTT 和 TTML 能装得最多；SubRip 没有说话人和注音；SubViewer 和纯文本既没有位置也没有强调。",
    ),
    CodeDoc(
        code="CP351",
        severity="error",
        message_en="{format} cannot be mended in place",
        hint_en="make WebVTT of it first: `coursepack captions convert {file} --to vtt`; or name a file to write: `-o {name}`",
        about_en="`captions fix` and `captions shift` change nothing but the lines that need it: comments, styles and identifiers of a WebVTT, SubRip or SubViewer file stay as the author wrote them. In the other formats that is not possible. Write the result into a new file with `-o`, in any format that can be written.",
        message_zh="{format} 不能就地修改",
        hint_zh="先转换成 WebVTT：`coursepack captions convert {file} --to vtt`；或用 `-o {name}` 写到新文件",
        about_zh="`captions fix` 和 `captions shift` 只改需要改的行：WebVTT、SubRip 或 SubViewer 文件里的注释、样式和标识都保持作者的原样。其他格式做不到这一点，请用 `-o` 写到新文件，可以是任何能写出的格式。",
    ),
    CodeDoc(
        code="CP352",
        severity="error",
        message_en="{count} cues would begin before the start of the media, the first is the one at {time}",
        hint_en="shift by less, or add --cut, which leaves out what would end before the start",
        about_en="A caption cannot be shown before the video begins, and players refuse negative times. Nothing was written. If the beginning of the recording was cut away, `--cut` leaves out the cues of that part.",
        message_zh="有 {count} 条字幕会早于媒体的开头，第一条在 {time}",
        hint_zh="少移一些，或加上 --cut：去掉会在开头之前结束的部分",
        about_zh="字幕不能在视频开始之前出现，播放器也不接受负的时间。文件没有改动。如果录像的开头被剪掉了，`--cut` 会去掉那一段的字幕。",
    ),
    CodeDoc(
        code="CP353",
        severity="info",
        message_en="there is something to mend by rule: {changes}",
        hint_en="the changes are shown above; `--write` makes them",
        about_en="`captions fix` shows what it would change and writes nothing. With `--write` the file is written. Words are never changed: only when cues come and go, where lines break, where a cue is split or joined.",
        message_zh="可以按规则修改：{changes}",
        hint_zh="改动见上；加 `--write` 才写入",
        about_zh="`captions fix` 只显示会改什么，不写文件；加 `--write` 才写入。文字从不改动，只改何时出现和消失、在哪里换行、在哪里分开或合并。",
    ),
    CodeDoc(
        code="CP354",
        severity="error",
        message_en="the captions scroll, each line is written two or three times; that is mended by the rule `repeats` only",
        hint_en="name it: `--rules repeats,...`, or make plain WebVTT first with `captions convert --force`",
        about_en=(
            "Automatic captions (YouTube) and roll-up captions repeat the line before in each cue. Before anything else can "
            "be mended each line has to be written once, which takes cues away. `captions fix` does that only when the "
            "rule `repeats` is named."
        ),
        message_zh="字幕是滚动式的，每行都写了两三遍；只有规则 `repeats` 会处理",
        hint_zh="请指明：`--rules repeats,...`，或先用 `captions convert --force` 转成普通 WebVTT",
        about_zh=(
            "自动字幕（YouTube）和滚动字幕的每一条都会重复上一行。要先让每行只出现一次，才能改别的，而这会减少条数。"
            "只有指明规则 `repeats`，`captions fix` 才会这样做。"
        ),
    ),
    CodeDoc(
        code="CP355",
        severity="error",
        message_en="the file cannot be mended in place without altering more than was meant: {reason}",
        hint_en="write a new file: `-o NAME.vtt`, and compare",
        about_en=(
            "After mending, the result is read again and compared with what was meant. Here it came out differently, "
            "mostly because two cues stand together without a blank line or the file has lines that no program understands. "
            "Nothing was written. A new file with `-o` holds the mended cues and nothing else."
        ),
        message_zh="就地修改会改动别的内容：{reason}",
        hint_zh="请写到新文件：`-o 文件名.vtt`，再作比较",
        about_zh=(
            "修改之后会重新读取，与预期比较。这里读出的结果不同，多半是因为两条字幕之间没有空行，或者文件里有无法理解的行。"
            "文件没有改动。用 `-o` 写到新文件，里面只有改好的字幕。"
        ),
    ),
)
