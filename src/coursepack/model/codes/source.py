"""CP100-CP149: one Markdown file: its bytes, front matter, dialect, links and raw HTML."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        "CP100",
        "warning",
        message_en="This file is not UTF-8; it was read as {encoding}",
        hint_en="Check that the text looks right, then save the file as UTF-8",
        about_en="Text files do not say in which encoding they were written. This one is not valid UTF-8, so the likeliest encoding was "
        "guessed from its bytes. A wrong guess shows learners wrong characters, and other tools (GitHub, editors) may guess differently. "
        "Open the file in an editor that shows it rightly and save it as UTF-8.\n\n"
        "```sh\niconv -f GB18030 -t UTF-8 lesson.md > lesson.utf8.md\n```",
        message_zh="此文件不是 UTF-8 编码，已按 {encoding} 读取",
        hint_zh="请确认文字显示正确，然后把文件另存为 UTF-8",
        about_zh="文本文件本身不说明编码。此文件不是有效的 UTF-8，因此根据字节猜测了最可能的编码。猜错时学员会看到乱码，"
        "其他工具（GitHub、编辑器）的猜测也可能不同。请用能正确显示它的编辑器打开，并另存为 UTF-8。\n\n"
        "```sh\niconv -f GB18030 -t UTF-8 lesson.md > lesson.utf8.md\n```",
    ),
    CodeDoc(
        "CP101",
        "error",
        message_en="This file is not text: it holds NUL bytes",
        hint_en="Replace it by a text file in UTF-8, or give it another extension",
        about_en="A Markdown file must be text. NUL bytes are found in images, archives and office documents, or in UTF-16 text without a byte "
        "order mark. Nothing of the file is shown. Export the text again as UTF-8, or rename the file if it is no lesson.",
        message_zh="此文件不是文本：其中含有 NUL 字节",
        hint_zh="请换成 UTF-8 文本文件，或改用其他扩展名",
        about_zh="Markdown 文件必须是文本。NUL 字节常见于图片、压缩包、办公文档，或没有字节顺序标记的 UTF-16 文本。此文件的内容不会显示。"
        "请重新以 UTF-8 导出文本；如果它不是课文，请改名。",
    ),
    CodeDoc(
        "CP102",
        "error",
        message_en="This file has {size} bytes; the limit is {limit}",
        hint_en="Split it into several lessons",
        about_en="A page of this size cannot be read by learners on a phone and makes every build slow, so it is not read at all. Split it into "
        "lessons of a few minutes each; data that learners should download belongs into a file of its own that the lesson links.",
        message_zh="此文件有 {size} 字节，上限为 {limit}",
        hint_zh="请拆分成多节课",
        about_zh="这么大的页面在手机上无法阅读，也会拖慢每次构建，因此完全不读取。请拆成每节几分钟的课文；供下载的数据请放进单独的文件并在课文中链接。",
    ),
    CodeDoc(
        "CP103",
        "warning",
        message_en="The character {character} is not allowed in a page and was replaced",
        hint_en="Remove the invisible character at this place",
        about_en="HTML forbids control characters and noncharacters; screen readers and search stumble over them. They mostly come from copying out of a "
        "terminal or a PDF. Each was replaced by the sign � so that nothing is hidden; the first place is given here.",
        message_zh="页面中不允许出现字符 {character}，已替换",
        hint_zh="请删除此处的不可见字符",
        about_zh="HTML 禁止控制字符和非字符，读屏软件和搜索也会因此出错。它们多半来自终端或 PDF 的复制。每个都已替换为 �，以免隐藏内容；这里给出第一处的位置。",
    ),
    CodeDoc(
        "CP104",
        "error",
        message_en="Nested more than {limit} levels deep; what is deeper was left out",
        hint_en="Flatten the lists, quotes or boxes at this place",
        about_en="Lists, quotes and boxes inside each other are read down to a fixed depth, because deeper nesting helps no reader and slows every tool. "
        "Text below that depth is missing from the page. Often a marker is repeated by mistake, such as a long row of `>`.",
        message_zh="嵌套超过 {limit} 层，更深的内容已省略",
        hint_zh="请减少此处列表、引用或方框的嵌套",
        about_zh="列表、引用和方框的嵌套只读到固定深度，因为更深的嵌套对读者没有帮助，还会拖慢工具。超出部分不会出现在页面上。常见原因是误写了一长串 `>`。",
    ),
    CodeDoc(
        "CP105",
        "error",
        message_en="This page holds too much markup to be read ({limit} marks); the rest was left out",
        hint_en="Split it, or put a large table into a file to download",
        about_en="Reading time grows with the number of marks (bars of tables, stars, brackets, line ends), and a page with so many is of no use to a learner "
        "on a phone. Everything after this line is missing. Mostly it is a table of data: put it into a CSV file and link it.",
        message_zh="此页标记过多（{limit} 个），其余已省略",
        hint_zh="请拆分，或把大表格放进供下载的文件",
        about_zh="读取时间随标记（表格竖线、星号、括号、换行）的数量增长，标记这么多的页面在手机上也没有用处。此行之后的内容缺失。多半是数据表：请放进 CSV 文件并链接。",
    ),
    CodeDoc(
        "CP110",
        "error",
        message_en="The front matter is never closed",
        hint_en="Put a line with three hyphens, `---`, after the last setting",
        about_en="Settings at the head of a file stand between two lines of three hyphens. The second line is missing, so where the settings end was "
        "guessed: at the first line that is no setting. Other tools, GitHub among them, show the settings as text.\n\n"
        "```yaml\n---\ntitle: Pay safely\n---\n```",
        message_zh="文件头的设置没有结束行",
        hint_zh="请在最后一项设置之后加一行三个连字符 `---`",
        about_zh="文件开头的设置应写在两行三个连字符之间。这里缺少第二行，因此按第一个不是设置的行来判断结束位置。GitHub 等其他工具会把设置当作正文显示。\n\n"
        "```yaml\n---\ntitle: 安全付款\n---\n```",
    ),
    CodeDoc(
        "CP111",
        "error",
        message_en="The front matter is not valid YAML: {problem}",
        hint_en="Mend the YAML at this line; until then none of these settings is used",
        about_en="The settings at the head of the file cannot be read, so title, language and all others fall back to defaults. Usual causes: a `:` "
        'inside an unquoted title, a tab, a missing quote.\n\n```yaml\ntitle: "Git: a first course"\n```',
        message_zh="文件头不是有效的 YAML：{problem}",
        hint_zh="请修正此行的 YAML；在此之前这些设置都不起作用",
        about_zh="无法读取文件开头的设置，标题、语言等全部改用默认值。常见原因：标题里有未加引号的冒号、使用了制表符、缺少引号。\n\n"
        '```yaml\ntitle: "Git：入门"\n```',
    ),
    CodeDoc(
        "CP112",
        "error",
        message_en="The front matter is not a list of settings",
        hint_en="Write one `key: value` on each line",
        about_en="Between the two lines of hyphens there must be settings, each a key, a colon and a value. Here stands plain text or a list, so nothing "
        "is used. If no settings are meant, remove the lines of hyphens.\n\n```yaml\n---\ntitle: Pay safely\nduration: 10\n---\n```",
        message_zh="文件头不是设置列表",
        hint_zh="请每行写一个“键: 值”",
        about_zh="两行连字符之间应是设置，每项由键、冒号和值组成。这里是普通文字或列表，因此不起作用。如果不需要设置，请删除这两行连字符。\n\n"
        "```yaml\n---\ntitle: 安全付款\nduration: 10\n---\n```",
    ),
    CodeDoc(
        "CP113",
        "warning",
        message_en="The setting “{key}” is there twice; line {first} counts",
        hint_en="Keep one of the two",
        about_en="YAML allows each key once. Programs differ in which of the two they use, so the next tool may show another title than this one. "
        "The first is used here; remove the other.",
        message_zh="设置“{key}”出现了两次，以第 {first} 行为准",
        hint_zh="请只保留一个",
        about_zh="YAML 中每个键只能出现一次。不同程序取舍不同，别的工具显示的标题可能与这里不同。这里采用第一个，请删除另一个。",
    ),
    CodeDoc(
        "CP114",
        "warning",
        message_en="Unknown setting “{key}”",
        hint_en="Perhaps you mean: {near}; otherwise remove the line",
        about_en="The key is not one that coursepack reads in a lesson, so it does nothing. Mostly it is a slip of the finger, and what was meant stays at "
        "its default. Known are `title, description, language, duration, outcomes, authors, thumbnail, keywords, draft`; `lang`, `summary`, "
        "`author`, `tags`, `teaching`, `exercises` and `minutes` are understood too. Settings of the whole course belong into `course.yaml`.",
        message_zh="未知的设置“{key}”",
        hint_zh="您是否想写：{near}；否则请删除该行",
        about_zh="coursepack 在课文中不认识这个键，它不起作用。多半是拼写错误，想设置的项仍是默认值。可用的键："
        "`title, description, language, duration, outcomes, authors, thumbnail, keywords, draft`；也认识 `lang`、`summary`、`author`、`tags`、"
        "`teaching`、`exercises` 和 `minutes`。整门课程的设置请写进 `course.yaml`。",
    ),
    CodeDoc(
        "CP115",
        "warning",
        message_en="The setting “{key}” cannot be “{value}”",
        hint_en="Write a value like this: {expected}",
        about_en="The value does not have the form that this setting needs, so it is not used. `duration` is in minutes (`45`, `1 h 30 min`), "
        "`language` a BCP 47 tag (`zh-Hans`, `en`, `yue`), `draft` is `true` or `false`, `authors`, `outcomes` and `keywords` are lists, the "
        "others are text.\n\n```yaml\nduration: 45\nkeywords: [payment, safety]\n```",
        message_zh="设置“{key}”的值不能是“{value}”",
        hint_zh="请写成这样的值：{expected}",
        about_zh="值的形式不对，因此不起作用。`duration` 以分钟计（`45`、`1 h 30 min`），`language` 是 BCP 47 标签（`zh-Hans`、`en`、`yue`），"
        "`draft` 是 `true` 或 `false`，`authors`、`outcomes`、`keywords` 是列表，其余是文本。\n\n```yaml\nduration: 45\nkeywords: [支付, 安全]\n```",
    ),
    CodeDoc(
        "CP116",
        "warning",
        message_en="Front matter in TOML (`+++`) is not read",
        hint_en="Write the settings in YAML between two lines of `---`",
        about_en="Settings at the head of a lesson are written in YAML. This file has them in TOML, as some site generators allow; they are left out of "
        "the page and do nothing.\n\n```yaml\n---\ntitle: Pay safely\n---\n```",
        message_zh="不读取 TOML（`+++`）格式的文件头",
        hint_zh="请在两行 `---` 之间用 YAML 书写设置",
        about_zh="课文开头的设置用 YAML 书写。此文件使用了某些建站工具支持的 TOML；它们不会显示，也不起作用。\n\n"
        "```yaml\n---\ntitle: 安全付款\n---\n```",
    ),
    CodeDoc(
        "CP120",
        "warning",
        message_en="Unknown directive “{name}”",
        hint_en="Perhaps you mean: {near}",
        about_en="A fence of three or more colons names what its contents are. This name is not known, so the contents are shown without a box, and what "
        "was meant (a quiz, a solution that stays folded) is lost. Correct the name.\n\n```markdown\n:::{note}\nKeep the receipt.\n:::\n```",
        message_zh="未知的指令“{name}”",
        hint_zh="您是否想写：{near}",
        about_zh="三个或更多冒号的围栏用名称说明内容是什么。这个名称无法识别，因此内容会直接显示，原本的用意（测验、折叠的答案）就丢失了。请改正名称。\n\n"
        "```markdown\n:::{note}\n请保留收据。\n:::\n```",
    ),
    CodeDoc(
        "CP121",
        "warning",
        message_en="The fence “{name}” that opens here is never closed",
        hint_en="Put a line of colons, `:::`, where it ends",
        about_en="A fence goes from its opening line to a line that holds colons only. There is none, so everything up to the end of the file (or of the "
        "surrounding list or quote) was put into the box. Fences may be nested: each bare line of colons closes the one opened last.",
        message_zh="此处打开的围栏“{name}”没有关闭",
        hint_zh="请在结束处加一行冒号 `:::`",
        about_zh="围栏从打开的行开始，到只含冒号的行结束。这里没有结束行，因此直到文件（或所在列表、引用）末尾的内容都被放进了方框。围栏可以嵌套：每一行冒号关闭最后打开的那一个。",
    ),
    CodeDoc(
        "CP122",
        "warning",
        message_en="This line of colons closes nothing",
        hint_en="Remove it, or mend the opening line above it",
        about_en="A line that holds colons only ends a fence, but none is open here. Often the opening line has a mistake, such as a missing name, so that its "
        "box is missing from the page.",
        message_zh="这一行冒号没有对应的开始",
        hint_zh="请删除它，或修正上方的开始行",
        about_zh="只含冒号的行用来结束围栏，但这里没有打开的围栏。常见原因是开始行写错了（例如缺少名称），因此页面上少了那个方框。",
    ),
    CodeDoc(
        "CP123",
        "error",
        message_en="“{name}” does not say which file it shows",
        hint_en="Add one, for example {example}",
        about_en="This directive shows a file of the course, but neither its opening line nor its contents name one, so learners see nothing there. Give "
        'the path relative to this file.\n\n```markdown\n:::{video src=media/pay.mp4 title="Paying by phone"}\n:::\n```',
        message_zh="“{name}”没有说明要显示哪个文件",
        hint_zh="请补充，例如 {example}",
        about_zh="这个指令用来显示课程中的文件，但开始行和内容都没有给出文件，学员在此处什么也看不到。请写出相对于本文件的路径。\n\n"
        '```markdown\n:::{video src=media/pay.mp4 title="手机付款"}\n:::\n```',
    ),
    CodeDoc(
        "CP124",
        "error",
        message_en="The included file “{target}” does not exist",
        hint_en="Correct the path; it starts from the folder of this file",
        about_en="An include puts the text of another file into this page. The file was not found, so that part of the page is missing. Paths start from the "
        "folder of the file that holds the include; upper and lower case matter.\n\n```markdown\n:::{include} _includes/safety.md\n:::\n```",
        message_zh="要包含的文件“{target}”不存在",
        hint_zh="请改正路径；路径从本文件所在的文件夹算起",
        about_zh="include 把另一个文件的文字放进本页。找不到该文件，因此页面缺少这一部分。路径从包含语句所在文件的文件夹算起，区分大小写。\n\n"
        "```markdown\n:::{include} _includes/safety.md\n:::\n```",
    ),
    CodeDoc(
        "CP125",
        "error",
        message_en="Including “{target}” here goes round in a circle or too deep",
        hint_en="Remove one of the includes",
        about_en="A file that includes itself, directly or through others, has no end. Includes are also limited in depth and number, so that a mistake does not "
        "blow a page up. This include was left out.",
        message_zh="在此处包含“{target}”会形成循环，或层次太深",
        hint_zh="请删除其中一个包含语句",
        about_zh="直接或间接包含自己的文件没有尽头。为避免失误使页面无限膨胀，包含的层数和数量也有限制。此处的包含已省略。",
    ),
    CodeDoc(
        "CP126",
        "warning",
        message_en="Commands of another tool were left out ({count}), the first is {text}",
        hint_en="Write out what they stand for, or use an include",
        about_en="mdBook, Hugo and others replace marks such as `{{#include file}}` by text while building. coursepack does not run them, and learners should not "
        "see them, so they are left out; what they stood for is missing from the page.\n\n```markdown\n:::{include} file.md\n:::\n```",
        message_zh="省略了其他工具的命令（{count} 处），第一处是 {text}",
        hint_zh="请写出它们代表的内容，或使用 include",
        about_zh="mdBook、Hugo 等工具在构建时会把 `{{#include file}}` 之类的标记替换成文字。coursepack 不执行它们，也不应让学员看到，因此已省略；它们代表的内容在页面上缺失。\n\n"
        "```markdown\n:::{include} file.md\n:::\n```",
    ),
    CodeDoc(
        "CP127",
        "error",
        message_en="This quiz has no answers, gaps or pairs",
        hint_en="Add a task list (`- [x]` right, `- [ ]` wrong), a gap `[[answer]]`, or a list of `left -> right`",
        about_en="A question needs something to answer. None was found, so its text is shown in a plain box and cannot be answered. A quiz inside another "
        "quiz is not possible either.\n\n```markdown\n:::{quiz #q1}\nWhom do you show your code to?\n\n- [ ] The caller\n- [x] The cashier\n:::\n```",
        message_zh="这道题没有选项、填空或配对",
        hint_zh="请添加任务列表（`- [x]` 正确，`- [ ]` 错误）、填空 `[[答案]]` 或“左 -> 右”的列表",
        about_zh="题目需要有可以作答的内容。这里没有找到，因此只显示文字，无法作答。测验中也不能再放测验。\n\n"
        "```markdown\n:::{quiz #q1}\n付款码可以给谁看？\n\n- [ ] 来电的人\n- [x] 收银员\n:::\n```",
    ),
    CodeDoc(
        "CP128",
        "error",
        message_en="None of this quiz's answers is marked as right",
        hint_en="Mark the right ones with `- [x]`",
        about_en="Nobody can answer this question rightly. Put an `x` between the brackets of each right answer: with one, learners choose one; with several, "
        "they tick all that apply.",
        message_zh="这道题没有标出正确答案",
        hint_zh="请用 `- [x]` 标出正确的选项",
        about_zh="这道题没有人能答对。请在每个正确选项的方括号中写 `x`：一个表示单选，多个表示多选。",
    ),
    CodeDoc(
        "CP129",
        "warning",
        message_en="“{value}” is no number of points",
        hint_en="Write a number from 0 to 1000, for example points=2",
        about_en="The points of a question are a number. This value is not, so the question counts one point.",
        message_zh="“{value}”不是有效的分数",
        hint_zh="请写 0 到 1000 的数字，例如 points=2",
        about_zh="题目的分数必须是数字。这个值不是，因此按一分计算。",
    ),
    CodeDoc(
        "CP130",
        "error",
        message_en="“{target}” leaves the course folder",
        hint_en="Copy the file into the course and link it with a path relative to this file",
        about_en="Links and embeds must stay inside the course folder: a course is built on any machine and read offline. Absolute paths (`/x`), paths "
        "that climb out by `..`, drive letters and backslashes are refused; the words of the link stay. Percent signs and `#` in a file name are written "
        "`%25` and `%23`.\n\n```markdown\n[The form](../files/form.pdf)\n```",
        message_zh="“{target}”超出了课程文件夹",
        hint_zh="请把文件复制到课程中，并使用相对于本文件的路径",
        about_zh="链接和嵌入的内容必须在课程文件夹内，因为课程可以在任何机器上构建，也可以离线阅读。绝对路径（`/x`）、用 `..` 爬出文件夹的路径、盘符和反斜杠都会被拒绝，"
        "只保留链接文字。文件名中的百分号和 `#` 写作 `%25` 和 `%23`。\n\n```markdown\n[表格](../files/form.pdf)\n```",
    ),
    CodeDoc(
        "CP131",
        "error",
        message_en="Links of the kind “{scheme}:” are not allowed",
        hint_en="Use https:, mailto: or tel:, or a file of the course",
        about_en="Addresses such as `javascript:` or `data:` can run programs in the learner's browser; others open programs that learners may not have. The link was "
        "taken away and its words stay.",
        message_zh="不允许“{scheme}:”类型的链接",
        hint_zh="请使用 https:、mailto:、tel: 或课程中的文件",
        about_zh="`javascript:`、`data:` 之类的地址可以在学员的浏览器中运行程序，另一些会打开学员未必有的软件。链接已去掉，文字保留。",
    ),
    CodeDoc(
        "CP132",
        "warning",
        message_en="Active HTML was removed: {what}",
        hint_en="Use a directive instead, or remove it",
        about_en="Scripts, forms, styles, inline SVG and event attributes in raw HTML could harm learners, break the page's security policy and do not work offline. "
        "They were removed; text around them stays. For a question use `:::{quiz}`, for a picture an SVG file.",
        message_zh="已移除 HTML 中的活动内容：{what}",
        hint_zh="请改用指令，或删除它",
        about_zh="HTML 中的脚本、表单、样式、内联 SVG 和事件属性可能危害学员，违反页面的安全策略，离线时也无法工作，因此已移除，周围的文字保留。出题请用 `:::{quiz}`，插图请用 SVG 文件。",
    ),
    CodeDoc(
        "CP133",
        "warning",
        message_en="Content of another host is not embedded; a link stands in its place: {url}",
        hint_en="Put the file into the course, or leave it as a plain link",
        about_en="Pages of a course ask no other host for anything: that protects learners' privacy and lets the course work offline and where the host is blocked. "
        "A frame, video or audio file from elsewhere becomes a link.",
        message_zh="没有嵌入其他网站的内容，改为链接：{url}",
        hint_zh="请把文件放进课程，或直接写成链接",
        about_zh="课程页面不向其他网站请求任何内容：这保护学员的隐私，也让课程能离线使用、在该网站被屏蔽的地方使用。来自别处的框架、视频或音频会变成链接。",
    ),
    CodeDoc(
        "CP134",
        "warning",
        message_en="The image of another host is not shown; a link stands in its place: {url}",
        hint_en="Download the image into the course and link the file",
        about_en="Pages of a course ask no other host for anything, so an image from elsewhere is shown as a link with its alternative text. Put a copy into the "
        "course, if its licence allows.\n\n```markdown\n![The entrance of the station](media/entrance.jpg)\n```",
        message_zh="没有显示其他网站的图片，改为链接：{url}",
        hint_zh="请把图片下载到课程中并引用该文件",
        about_zh="课程页面不向其他网站请求任何内容，因此别处的图片显示为带替代文字的链接。如许可证允许，请把副本放进课程。\n\n```markdown\n![车站入口](media/entrance.jpg)\n```",
    ),
    CodeDoc(
        "CP135",
        "info",
        message_en="<{tag}> is no HTML element; it is shown as text",
        hint_en="Put it between backticks if it is meant as text, else mend its name",
        about_en="What stands between `<` and `>` is taken for HTML. This element does not exist; mostly a placeholder was meant, as in "
        "`git add <file>`. It is shown as written here, but GitHub and other tools hide it: put it between backticks.",
        message_zh="<{tag}> 不是 HTML 元素，已按文字显示",
        hint_zh="如果是文字，请用反引号括起来；否则请改正名称",
        about_zh="`<` 和 `>` 之间的内容会被当作 HTML。这个元素不存在，多半是想写占位符，如 `git add <file>`。这里按原样显示，但 GitHub 等工具会隐藏它：请用反引号括起来。",
    ),
    CodeDoc(
        "CP136",
        "error",
        message_en="“{target}” is not a valid address",
        hint_en="Write a path relative to this file, or a whole address with https://",
        about_en="The address is empty, points to a page where a picture is needed, or cannot be understood (for example a host name with spaces). The words of the "
        "link stay, without a link.",
        message_zh="“{target}”不是有效的地址",
        hint_zh="请写相对于本文件的路径，或以 https:// 开头的完整地址",
        about_zh="地址为空，或在需要图片的地方指向了页面，或无法理解（例如主机名里有空格）。链接文字保留，但没有链接。",
    ),
    CodeDoc(
        "CP137",
        "error",
        message_en="More than {limit} tags of raw HTML; the rest was left out",
        hint_en="Write this page in Markdown, or split it",
        about_en="Raw HTML is read by a full HTML parser, which hostile input can make very slow, so its amount is limited in each file. What comes after the limit is missing "
        "from the page.",
        message_zh="HTML 标签超过 {limit} 个，其余已省略",
        hint_zh="请用 Markdown 书写此页，或拆分它",
        about_zh="原始 HTML 由完整的 HTML 解析器读取，恶意内容会使它非常缓慢，因此每个文件的数量有限。超出部分不会出现在页面上。",
    ),
    CodeDoc(
        "CP140",
        "warning",
        message_en="The formula cannot be read: {formula}",
        hint_en="Check its braces and commands; until then its source is shown",
        about_en="Formulas between dollar signs are turned from LaTeX into MathML, which screen readers can read aloud. This one has a mistake or uses a command that is not "
        "known, so its source is shown as code. A dollar sign that is meant as money is written `\\$`.",
        message_zh="无法读取公式：{formula}",
        hint_zh="请检查花括号和命令；在此之前显示源代码",
        about_zh="美元符号之间的公式会从 LaTeX 转换成 MathML，读屏软件可以朗读。这个公式有错误，或使用了未知的命令，因此以代码形式显示。表示金额的美元符号请写作 `\\$`。",
    ),
    CodeDoc(
        "CP141",
        "info",
        message_en="A heading of level {level} follows one of level {above}",
        hint_en="Use level {above} or one level more than that",
        about_en="People who use a screen reader move by headings and take a missing level for missing text (WCAG 2.2, 1.3.1). The page was mended: the heading is "
        "shown one level below the one above it. Mend the source, so that it reads the same on GitHub.",
        message_zh="{level} 级标题直接跟在 {above} 级标题之后",
        hint_zh="请使用 {above} 级或下一级",
        about_zh="使用读屏软件的人按标题浏览，会把缺失的级别当作缺失的内容（WCAG 2.2，1.3.1）。页面已修正：该标题显示为上一个标题的下一级。请修正源文件，使它在 GitHub 上也一致。",
    ),
    CodeDoc(
        "CP142",
        "info",
        message_en="An empty heading was left out",
        hint_en="Give it words, or remove the line",
        about_en="A heading without words announces nothing, and is a trap in a screen reader's list of headings. It is not on the page.",
        message_zh="省略了空标题",
        hint_zh="请填写文字，或删除该行",
        about_zh="没有文字的标题不传达任何内容，在读屏软件的标题列表中是个陷阱。它不会出现在页面上。",
    ),
    CodeDoc(
        "CP143",
        "warning",
        message_en="The id “{id}” is used twice on this page",
        hint_en="Give one of the two another id",
        about_en="A link can reach only one place by its id. The second use was renamed by adding a number, so links to it go to the first.",
        message_zh="本页两次使用了标识“{id}”",
        hint_zh="请给其中一个换个标识",
        about_zh="链接只能通过标识到达一个位置。第二个已加数字改名，因此指向它的链接会到达第一个。",
    ),
)
