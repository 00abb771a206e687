"""CP301 to CP316, CP324: reading a caption file: its bytes, its format, its times."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP301",
        severity="error",
        message_en="the caption file is empty",
        hint_en="export the captions again, or delete the file",
        about_en=(
            "The file has no bytes, or only zeros and blanks. A failed export or an interrupted copy leaves such files. "
            "Learners who cannot hear get nothing. Export the captions again from the editor, or delete the file so that "
            "the video is reported as having no captions."
        ),
        message_zh="字幕文件是空的",
        hint_zh="重新导出字幕，或删除这个文件",
        about_zh=(
            "文件里没有内容，或者只有零字节和空白。导出失败或复制中断常会留下这样的文件，听不见声音的学员就什么也看不到。"
            "请从字幕软件重新导出；如果本来就没有字幕，请删除它，这样视频会被如实报告为缺少字幕。"
        ),
    ),
    CodeDoc(
        code="CP302",
        severity="error",
        message_en="this is not a caption format that can be read",
        hint_en="save it as WebVTT (.vtt) or SubRip (.srt); read are: {formats}",
        about_en=(
            "Neither the content nor the extension of the file is one that is known. Formats are told by their content: "
            "WebVTT, SubRip, SubStation Alpha, TTML, SubViewer, Scenarist SCC, and plain chapter lists (`00:00 Opening`). "
            "Most caption editors can save as WebVTT:\n\n```\nWEBVTT\n\n00:00:01.000 --> 00:00:03.500\nWelcome.\n```"
        ),
        message_zh="无法识别这种字幕格式",
        hint_zh="请另存为 WebVTT（.vtt）或 SubRip（.srt）；可读取的有：{formats}",
        about_zh=(
            "文件的内容和扩展名都不是已知的格式。格式由内容判断：WebVTT、SubRip、SubStation Alpha、TTML、SubViewer、"
            "Scenarist SCC，以及简单的章节表（`00:00 开场`）。多数字幕软件都能另存为 WebVTT：\n\n"
            "```\nWEBVTT\n\n00:00:01.000 --> 00:00:03.500\n欢迎学习。\n```"
        ),
    ),
    CodeDoc(
        code="CP303",
        severity="error",
        message_en="the file is not text in any known encoding",
        hint_en="open it in the program that made it and save it as UTF-8",
        about_en=(
            "The bytes are no text: perhaps a picture, an archive or a subtitle format of pictures (VobSub, PGS) with the "
            "wrong extension, or a damaged file. Captions must be text so that they can be enlarged, searched and read "
            "aloud. Open the file in the program that made it and save it as WebVTT in UTF-8."
        ),
        message_zh="文件不是任何已知编码的文本",
        hint_zh="用制作它的软件打开，另存为 UTF-8",
        about_zh=(
            "文件内容不是文本：可能是图片、压缩包、图形字幕（VobSub、PGS）用错了扩展名，或者文件已损坏。"
            "字幕必须是文本，才能放大、搜索和朗读。请用制作它的软件打开，另存为 UTF-8 编码的 WebVTT。"
        ),
    ),
    CodeDoc(
        code="CP304",
        severity="warning",
        message_en="the file is not UTF-8; it was read as {encoding}",
        hint_en="look at the result; if the words are right, `captions fix --rules encoding --write` makes it UTF-8",
        about_en=(
            "The file does not say its encoding, so it was guessed from how common the resulting characters are, with the "
            "language of the course as a hint. A wrong guess turns every word into nonsense (`ÄãºÃ` for `你好`). Look at "
            "the captions on the page, then save the file as UTF-8: in most editors it is *Save as*, *Encoding*, *UTF-8*."
        ),
        message_zh="文件不是 UTF-8，按 {encoding} 读取",
        hint_zh="请看一下结果；如果文字正确，`captions fix --rules encoding --write` 会把它改成 UTF-8",
        about_zh=(
            "文件没有注明编码，这里根据解出的文字是否常用来推测，并参考课程的语言。猜错时所有文字都会变成乱码"
            "（`你好` 变成 `ÄãºÃ`）。请在页面上看一下字幕，然后把文件另存为 UTF-8：多数编辑器在“另存为”里可以选择编码。"
        ),
    ),
    CodeDoc(
        code="CP305",
        severity="warning",
        message_en="{count} characters could not be read as {encoding} and show as \ufffd, the first in this line",
        hint_en="type the missing characters again and save the file as UTF-8",
        about_en=(
            "Some bytes mean nothing in the file's encoding: it was cut in the middle of a character, or parts of it were "
            "pasted in another encoding. Learners see a black diamond or an empty box there. Open the file, type these "
            "characters again and save as UTF-8."
        ),
        message_zh="有 {count} 个字符无法按 {encoding} 读取，显示为 \ufffd，第一个在这一行",
        hint_zh="补上这些字符，把文件另存为 UTF-8",
        about_zh=(
            "有些字节在文件的编码里没有意义：可能文件在一个字符中间被截断，也可能混入了另一种编码的文字。"
            "学员在那里只会看到方块或菱形。请打开文件补上这些字符，再另存为 UTF-8。"
        ),
    ),
    CodeDoc(
        code="CP306",
        severity="error",
        message_en="no cue with words could be read from this {format} file",
        hint_en="check that the file has times and text; other findings about it say which lines are wrong",
        about_en=(
            "The format was recognised, but not one cue with a time and words was found. Other findings about the file "
            "name the lines that could not be read. A cue needs a line with times and at least one line of text:\n\n"
            "```\n00:00:01.000 --> 00:00:03.500\nWelcome.\n```"
        ),
        message_zh="在这个 {format} 文件里读不出任何一条带文字的字幕",
        hint_zh="检查文件里是否有时间和文字；其他提示会说明哪些行有错",
        about_zh=(
            "格式已识别，但没有找到一条既有时间又有文字的字幕。关于此文件的其他提示会指出读不懂的行。"
            "一条字幕需要一行时间和至少一行文字：\n\n```\n00:00:01.000 --> 00:00:03.500\n欢迎学习。\n```"
        ),
    ),
    CodeDoc(
        code="CP307",
        severity="error",
        message_en="the caption file is too large: {size}, the limit is {limit}",
        hint_en="remove attached fonts and pictures or karaoke effects, or split the recording",
        about_en=(
            "Captions of a whole working day are about 1 MB. A larger file carries attached fonts, pictures or an effect "
            "that writes each syllable many times, and would make phones slow. Export it again as plain WebVTT or SubRip."
        ),
        message_zh="字幕文件太大：{size}，上限是 {limit}",
        hint_zh="去掉附带的字体、图片或卡拉 OK 特效，或者把录像分段",
        about_zh=(
            "一整天录像的字幕也只有 1 MB 左右。更大的文件通常附带字体、图片，或者有把每个字写很多遍的特效，"
            "会让手机变慢。请重新导出为普通的 WebVTT 或 SubRip。"
        ),
    ),
    CodeDoc(
        code="CP308",
        severity="info",
        message_en="the file is called .{extension} but is {format}; it was read as {format}",
        hint_en="rename the file if other programs are to read it too",
        about_en=(
            "Formats are told by their content, so the captions are right. Other programs go by the extension and may "
            "refuse the file. Rename it to the extension of its format."
        ),
        message_zh="文件扩展名是 .{extension}，内容却是 {format}，已按 {format} 读取",
        hint_zh="如果其他软件也要读取它，请改扩展名",
        about_zh="格式由内容判断，所以字幕没有问题。但其他软件会看扩展名，可能打不开它。请改成对应的扩展名。",
    ),
    CodeDoc(
        code="CP309",
        severity="warning",
        message_en="the first line is not WEBVTT, so no browser would read this file; it was read as SubRip",
        hint_en='write "WEBVTT" in the first line and leave the second one blank',
        about_en=(
            "A WebVTT file must begin with the word `WEBVTT`; without it browsers drop the whole file without a word. "
            "Here it was read all the same. Write the signature and a blank line at the top:\n\n"
            "```\nWEBVTT\n\n00:00:01.000 --> 00:00:03.500\nWelcome.\n```"
        ),
        message_zh="第一行不是 WEBVTT，浏览器不会读取这个文件；已按 SubRip 读取",
        hint_zh="在第一行写上“WEBVTT”，第二行留空",
        about_zh=(
            "WebVTT 文件必须以 `WEBVTT` 开头，否则浏览器会不作声地丢弃整个文件。这里仍然读取了它。"
            "请在开头加上标记和一个空行：\n\n```\nWEBVTT\n\n00:00:01.000 --> 00:00:03.500\n欢迎学习。\n```"
        ),
    ),
    CodeDoc(
        code="CP310",
        severity="error",
        message_en="this cue has no times that can be read, so its words are lost: {text}",
        hint_en="write the times as 00:01:02.500 --> 00:01:04.000",
        about_en=(
            "A cue needs one line with its start and its end. Minutes and seconds have two digits and go to 59, "
            "milliseconds have three; an arrow `-->` with blanks around it stands between. The words below a line that "
            "cannot be read are not shown to anybody.\n\n```\n00:01:02.500 --> 00:01:04.000\nLook at the code first.\n```"
        ),
        message_zh="这条字幕的时间读不懂，文字因此丢失：{text}",
        hint_zh="时间应写成 00:01:02.500 --> 00:01:04.000",
        about_zh=(
            "每条字幕需要一行开始和结束时间。分和秒是两位数、不超过 59，毫秒是三位数，中间是两边带空格的箭头 `-->`。"
            "时间读不懂时，下面的文字谁也看不到。\n\n```\n00:01:02.500 --> 00:01:04.000\n先看清二维码。\n```"
        ),
    ),
    CodeDoc(
        code="CP311",
        severity="error",
        message_en="this cue ends at {end}, not after its start at {start}, so it is never shown: {text}",
        hint_en="set the end after the start; perhaps the two are swapped or a digit is wrong",
        about_en=(
            "A cue whose end is before or at its start has no moment in which to be seen; players skip it, and so does "
            "this build. Mostly two times are swapped or one digit is wrong:\n\n"
            "```\n00:00:17.484 --> 00:00:16.543   wrong\n00:00:16.543 --> 00:00:17.484   right\n```"
        ),
        message_zh="这条字幕在 {end} 结束，不晚于开始时间 {start}，永远不会显示：{text}",
        hint_zh="把结束时间改到开始之后；可能两个时间写反了，或有一位数字错了",
        about_zh=(
            "结束时间不晚于开始时间的字幕没有可显示的时刻，播放器会跳过它，这里也会去掉。多半是两个时间写反了，"
            "或一位数字错了：\n\n```\n00:00:17.484 --> 00:00:16.543   错\n00:00:16.543 --> 00:00:17.484   对\n```"
        ),
    ),
    CodeDoc(
        code="CP312",
        severity="info",
        message_en="{count} cues without words were left out, the first at {time}",
        hint_en="nothing to do, or write what is heard there, such as [music]",
        about_en=(
            "A cue with times but without words shows nothing. Editors leave them behind, and some people use them to mark "
            "silence. If something is heard there that matters, write it: `[music]`, `[applause]`."
        ),
        message_zh="去掉了 {count} 条没有文字的字幕，第一条在 {time}",
        hint_zh="不必处理；如果那里有声音，可以写上，例如［音乐］",
        about_zh=(
            "只有时间、没有文字的字幕什么也不显示。字幕软件常会留下它们，也有人用来标记静音。"
            "如果那里有值得知道的声音，请写出来：`［音乐］`、`［掌声］`。"
        ),
        each_en="the cue at {time} has no words and was left out",
        each_zh="{time} 的一条没有文字，已略去",
    ),
    CodeDoc(
        code="CP313",
        severity="info",
        message_en="{count} cues are repeated with the same times and words and were written once, the first at {time}",
        hint_en="nothing to do; `captions fix --rules repeats --write` deletes them and silences this",
        about_en=(
            "The same words at the same time occur twice: a paste too many, or layers of a drawing effect in SubStation "
            "Alpha. Shown twice they cover the picture, and a screen reader says them twice. One of each is kept."
        ),
        message_zh="有 {count} 条字幕的时间和文字与别的完全相同，只保留一条，第一处在 {time}",
        hint_zh="不必处理；用 `captions fix --rules repeats --write` 删掉后就不再提示",
        about_zh=(
            "同样的文字在同样的时间出现了两次：可能多粘贴了一次，也可能是 SubStation Alpha 特效的图层。"
            "显示两遍会遮住画面，读屏软件也会念两遍，所以只保留一条。"
        ),
        each_en="the cue at {time} repeats an earlier one with the same times and words; it was written once",
        each_zh="{time} 的一条与前面的时间和文字都相同，只写一次",
    ),
    CodeDoc(
        code="CP314",
        severity="warning",
        message_en="these words belong to no cue and are not shown: {text}",
        hint_en="put times above them, or NOTE if they are a comment",
        about_en=(
            "In WebVTT a blank line ends a cue; what follows it without times belongs to nothing, and players drop it. If "
            "the words are part of the cue above, remove the blank line; if they are a cue, give them times; if they are a "
            "remark, begin the block with `NOTE`."
        ),
        message_zh="这些文字不属于任何一条字幕，不会显示：{text}",
        hint_zh="在上面加上时间；如果是注释，请以 NOTE 开头",
        about_zh=(
            "在 WebVTT 里，空行表示一条字幕结束；空行后没有时间的文字不属于任何字幕，播放器会丢弃它。"
            "如果它是上一条的一部分，请删去空行；如果是单独一条，请加上时间；如果是备注，请让这一段以 `NOTE` 开头。"
        ),
    ),
    CodeDoc(
        code="CP315",
        severity="info",
        message_en="{count} lines with times are not written as the format asks; they were understood, the first is: {text}",
        hint_en="write 00:00:05.000 --> 00:00:06.000 (in .srt with commas) so that other players read them too",
        about_en=(
            "Some players read `0:0:5,0 -> 0:0:6`, many do not: browsers drop a WebVTT cue with a comma in its time. The "
            "times were understood and are written correctly in the course. Mend the source if it is used elsewhere."
        ),
        message_zh="有 {count} 行时间的写法不合格式，但能看懂，第一行是：{text}",
        hint_zh="写成 00:00:05.000 --> 00:00:06.000（.srt 用逗号），其他播放器才能读取",
        about_zh=(
            "`0:0:5,0 -> 0:0:6` 有的播放器能读，很多不能；时间里写逗号的 WebVTT 字幕会被浏览器丢弃。"
            "这里已经看懂，并在课程里写成正确的形式。如果源文件还要用在别处，请改正它。"
        ),
    ),
    CodeDoc(
        code="CP316",
        severity="warning",
        message_en="{count} cues have no end and were ended at the next cue or after {seconds} seconds",
        hint_en="give each paragraph an end or a dur attribute",
        about_en=(
            "In TTML a paragraph without an end stays until the end of the video, on top of what comes later. It was ended "
            'where the next one begins, at the latest after a few seconds. Write `<p begin="10s" end="14s">`.'
        ),
        message_zh="有 {count} 条字幕没有结束时间，已在下一条开始时或 {seconds} 秒后结束",
        hint_zh="给每个段落加上 end 或 dur 属性",
        about_zh=(
            "在 TTML 里，没有结束时间的段落会一直显示到视频结束，盖住后面的内容。这里让它在下一条开始时结束，"
            '最多几秒。请写成 `<p begin="10s" end="14s">`。'
        ),
    ),
    CodeDoc(
        code="CP324",
        severity="error",
        message_en="the XML cannot be read: {reason}",
        hint_en="export the file again; check quotes, end tags and namespace declarations in this line",
        about_en=(
            "TTML is XML: one missing quote, tag or namespace makes the whole file unreadable, and all its captions are "
            "lost. Entities of one's own and references to other files are refused, because they can be used to read other "
            "files or fill the memory. Export the file again, or mend the named line."
        ),
        message_zh="XML 无法读取：{reason}",
        hint_zh="重新导出文件；检查这一行的引号、结束标签和命名空间声明",
        about_zh=(
            "TTML 是 XML：少一个引号、标签或命名空间，整个文件就读不出来，字幕全部丢失。自定义实体和对其他文件的引用不予读取，"
            "因为它们可能被用来读取别的文件或耗尽内存。请重新导出，或改正所指的那一行。"
        ),
    ),
)
