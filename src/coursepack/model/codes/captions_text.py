"""CP317 to CP329: what a cue may hold, and what was taken out of it."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP317",
        severity="info",
        message_en="the cues are not in the order of their times, first at {time}; they were sorted",
        hint_en="nothing to do; `captions fix --rules order --write` sorts the file and silences this",
        about_en=(
            "WebVTT wants cues sorted by their start. Files that were put together from parts, or SubStation Alpha with "
            "several layers, often are not. They were sorted; cues that start together keep their order."
        ),
        message_zh="字幕没有按时间排列，第一处在 {time}；已经排好",
        hint_zh="不必处理；用 `captions fix --rules order --write` 排序后就不再提示",
        about_zh=(
            "WebVTT 要求字幕按开始时间排列。由几部分拼成的文件，或有多个图层的 SubStation Alpha 常常不是这样。"
            "这里已经排好，同时开始的字幕保持原来的先后。"
        ),
        each_en="the cue at {time} stands below a later one; the cues were sorted",
        each_zh="{time} 的一条排在更晚的字幕之后；已按时间排序",
    ),
    CodeDoc(
        code="CP319",
        severity="warning",
        message_en="{count} cue settings are not valid and were ignored, the first is: {text}",
        hint_en="write line:0, line:85%, position:20%,line-left, size:80%, align:start or vertical:rl",
        about_en=(
            "Behind the times WebVTT allows `vertical`, `line`, `position`, `size` and `align`. Others, values out of range "
            "and the words of old drafts (`align:middle`, `position:10%,start`) are ignored by browsers, so the cue stands "
            "at the usual place. `region` is not supported. Percentages go from 0 to 100."
        ),
        message_zh="有 {count} 个字幕位置设置无效，已忽略，第一个是：{text}",
        hint_zh="可以写 line:0、line:85%、position:20%,line-left、size:80%、align:start 或 vertical:rl",
        about_zh=(
            "时间后面可以写 `vertical`、`line`、`position`、`size` 和 `align`。其他名称、超出范围的值，以及旧草案的写法"
            "（`align:middle`、`position:10%,start`）浏览器都会忽略，字幕就显示在通常的位置。`region` 不支持。百分比为 0 到 100。"
        ),
    ),
    CodeDoc(
        code="CP320",
        severity="info",
        message_en="{count} STYLE or REGION blocks were left out",
        hint_en="nothing to do: learners choose size and colours of captions themselves",
        about_en=(
            "Captions look as the learner sets them: large, yellow on black, at the top. Styles of the author would "
            "override that and can load things from elsewhere, so they are left out. Position of single cues is kept."
        ),
        message_zh="去掉了 {count} 个 STYLE 或 REGION 块",
        hint_zh="不必处理：字幕的大小和颜色由学员自己设置",
        about_zh=(
            "字幕的样子由学员决定：放大、黑底黄字、放在上方。作者的样式会妨碍这些设置，还可能从别处加载内容，所以去掉。"
            "单条字幕的位置会保留。"
        ),
    ),
    CodeDoc(
        code="CP321",
        severity="info",
        message_en="{count} tags that captions cannot carry were taken out: {tags}",
        hint_en="nothing to do: the words are kept; speakers are written <v Name>, stress <i> or <b>",
        about_en=(
            "Kept are `<v Name>`, `<i>`, `<b>`, `<u>`, `<ruby><rt>` and `<lang xx>`. Fonts, colours, classes, times inside "
            "a cue, and any HTML are taken out; their words stay. If colour told speakers apart, write who speaks: "
            "`<v Mei>Scan it.`"
        ),
        message_zh="去掉了字幕不能携带的 {count} 个标签：{tags}",
        hint_zh="不必处理：文字都保留；说话人写作 <v 名字>，强调写作 <i> 或 <b>",
        about_zh=(
            "保留的有 `<v 名字>`、`<i>`、`<b>`、`<u>`、`<ruby><rt>` 和 `<lang xx>`。字体、颜色、类名、字幕内的时间和各种 HTML "
            "都会去掉，文字保留。如果原来用颜色区分说话人，请写明是谁：`<v 小梅>扫一下。`"
        ),
    ),
    CodeDoc(
        code="CP322",
        severity="info",
        message_en="the captions scroll and repeat each line; {before} cues became {after} plain ones",
        hint_en="check the text: automatic captions need a person to correct names, numbers and punctuation",
        about_en=(
            "Automatic captions (and roll-up captions of television) repeat the line before in each cue. Read aloud or "
            "printed that is a stutter, so each line is kept once; no word is changed. Captions that nobody has corrected "
            "are rarely good enough for learners who depend on them: read them through."
        ),
        message_zh="字幕是滚动式的，每行都重复；{before} 条已变成 {after} 条普通字幕",
        hint_zh="请检查文字：自动字幕的人名、数字和标点需要人来改正",
        about_zh=(
            "自动字幕（以及电视的滚动字幕）每一条都会重复上一行，朗读或打印出来就像口吃，所以每行只保留一次，文字不变。"
            "没有人校对过的字幕，对依赖字幕的学员来说往往不够好，请通读一遍。"
        ),
    ),
    CodeDoc(
        code="CP323",
        severity="error",
        message_en="the file holds {count} pictures of captions instead of text",
        hint_en="get the captions as text, or type them from the pictures",
        about_en=(
            "Pictures of text cannot be enlarged, recoloured, searched, translated or read aloud, and WebVTT cannot hold "
            "them. Ask the maker for a text version, or run the pictures through text recognition and correct the result."
        ),
        message_zh="文件里是 {count} 张字幕图片，不是文字",
        hint_zh="请取得文字版字幕，或照图片录入",
        about_zh=(
            "图片里的文字不能放大、换颜色、搜索、翻译或朗读，WebVTT 也装不下图片。"
            "请向制作者要文字版，或用文字识别转成文字后校对。"
        ),
    ),
    CodeDoc(
        code="CP325",
        severity="info",
        message_en="{count} pieces in angle brackets are no caption tags and are shown as words, the first is: {text}",
        hint_en="nothing to do if they are meant to be read; in WebVTT write &lt; for <",
        about_en=(
            "`List<String>` or `a < b` are words in a course about programming, but players take them for tags and swallow "
            "them. They are shown as written. In a WebVTT file write `&lt;` for `<` so that other players show them too."
        ),
        message_zh="有 {count} 处尖括号内容不是字幕标签，按文字显示，第一处是：{text}",
        hint_zh="如果本来就是文字，不必处理；在 WebVTT 里请把 < 写成 &lt;",
        about_zh=(
            "编程课里的 `List<String>` 或 `a < b` 是文字，但播放器会当成标签吞掉。这里照原样显示。"
            "在 WebVTT 文件里请把 `<` 写成 `&lt;`，其他播放器才会显示。"
        ),
    ),
    CodeDoc(
        code="CP327",
        severity="info",
        message_en="{count} blocks of text after a blank line were taken as part of the cue before, the first is: {text}",
        hint_en="remove the blank line, or give the text its own times",
        about_en=(
            "In SubRip and SubViewer a blank line ends a cue, but many editors leave blank lines inside the text, and "
            "players differ in what they do. The words are kept with the cue above them. If they are a cue that lost its "
            "times, write the times again."
        ),
        message_zh="空行之后的 {count} 段文字归入了前一条字幕，第一段是：{text}",
        hint_zh="删去空行，或给这段文字写上时间",
        about_zh=(
            "在 SubRip 和 SubViewer 里空行表示一条字幕结束，但很多软件会在文字中间留下空行，各播放器的处理也不同。"
            "这里把文字归入上面那一条。如果它是丢了时间的另一条，请补上时间。"
        ),
    ),
    CodeDoc(
        code="CP329",
        severity="info",
        message_en="{count} more findings {repeated} about this file are not listed",
        hint_en="mend those that are listed and check again; the cause is often the same",
        about_en=(
            "A file in which every line has the same fault would bury all other findings, so each kind is listed at most "
            "20 times for a file, in `captions check` 1,000 times. Mend the first ones; often one search and replace mends all."
        ),
        message_zh="关于此文件还有 {count} 条 {repeated} 没有列出",
        hint_zh="先改正已列出的再检查，原因往往相同",
        about_zh="如果每一行都有同样的错，其他提示就会被淹没，所以同一文件的同一种提示最多列 20 条（`captions check` 为 1000 条）。先改前几条，往往一次查找替换就能全部改好。",
    ),
)
