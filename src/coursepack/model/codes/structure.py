"""CP15x-CP19x: the course folder, course.yaml and how files fit together."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        "CP150",
        "error",
        message_en="The settings file cannot be read: {problem}",
        hint_en="Mend the YAML at this line; until then the defaults are used",
        about_en="The file is not valid YAML, so nothing of it is used: title, language, order and levels of checks all fall "
        "back to defaults. Usual causes are a tab used for indentation, a `:` inside an unquoted title, or a missing quote.\n\n"
        '```yaml\ntitle: "Git: a first course"   # quotes, because of the colon\n```',
        message_zh="无法读取设置文件：{problem}",
        hint_zh="请修正此行的 YAML；在此之前使用默认值",
        about_zh="该文件不是有效的 YAML，因此其中的标题、语言、顺序和检查级别全部改用默认值。常见原因：用制表符缩进、"
        '标题里有未加引号的冒号、缺少引号。\n\n```yaml\ntitle: "Git：入门"\n```',
    ),
    CodeDoc(
        "CP151",
        "warning",
        message_en="Unknown key “{key}”{maybe}",
        hint_en="Known keys here: {known}",
        about_en="The key is not one that coursepack reads, so its value has no effect. Mostly it is a slip of the finger, and what "
        "you meant to set keeps its default without a word. Correct the spelling, or remove the line. Editors that know the JSON "
        "Schema (`docs/reference/course.schema.json`) show this while you type.",
        message_zh="未知的键“{key}”{maybe}",
        hint_zh="这里可用的键：{known}",
        about_zh="coursepack 不认识这个键，它的值不起作用。多半是拼写错误，而您想设置的项仍是默认值。请改正拼写或删除该行。"
        "支持 JSON Schema 的编辑器（`docs/reference/course.schema.json`）会在输入时提示。",
    ),
    CodeDoc(
        "CP152",
        "error",
        message_en="“{key}” should be {expected}",
        hint_en="Change the value to {expected}; until then its default is used",
        about_en="The value has the wrong shape: for instance a list where one text is expected. It is not used.\n\n"
        "```yaml\nkeywords: [payment, safety]   # a list\ntitle: Pay safely             # a text\n```",
        message_zh="“{key}”应为{expected}",
        hint_zh="请把值改为{expected}；在此之前使用默认值",
        about_zh="值的类型不对，例如应为一段文本却写成了列表。该值不会被使用。\n\n"
        "```yaml\nkeywords: [支付, 安全]   # 列表\ntitle: 安全付款          # 文本\n```",
    ),
    CodeDoc(
        "CP153",
        "warning",
        message_en="The key “{key}” is there twice; line {first} counts",
        hint_en="Keep one of the two",
        about_en="YAML allows a key once in a mapping. Which of two wins differs between programs, so what you see may not be what "
        "the next tool sees. The first is used here; remove the other.",
        message_zh="键“{key}”出现了两次，以第 {first} 行为准",
        hint_zh="请只保留一个",
        about_zh="YAML 中同一映射的键只能出现一次。不同程序取舍不同，因此结果可能因工具而异。这里采用第一个，请删除另一个。",
    ),
    CodeDoc(
        "CP154",
        "error",
        message_en="“{key}” cannot be “{value}”: allowed is {expected}",
        hint_en="Use a value that is allowed: {expected}",
        about_en="The value has the right type but lies outside what is allowed, so the default is used in its place. The reference of "
        "`course.yaml` lists ranges and words for every key.",
        message_zh="“{key}”不能是“{value}”，允许的是：{expected}",
        hint_zh="请改用允许的值：{expected}",
        about_zh="值的类型正确，但超出允许范围，因此使用默认值。`course.yaml` 的参考文档列出了每个键的范围和可用的词。",
    ),
    CodeDoc(
        "CP155",
        "error",
        message_en="The settings file goes beyond what is read: {limit}",
        hint_en="Make the file smaller or flatter, and write values out in place of aliases",
        about_en="Settings are read within limits of size, depth and number of values, and without YAML aliases, so that a hostile file "
        "cannot use up the machine. A course's own settings are far below them. Nothing of the file is used.",
        message_zh="设置文件超出读取限制：{limit}",
        hint_zh="请缩小文件或减少层级，并把别名改为直接写出的值",
        about_zh="为防止恶意文件耗尽机器资源，设置文件的大小、层级、值的数量都有上限，也不支持 YAML 别名。正常课程远低于这些限制。"
        "该文件的内容全部不会使用。",
    ),
    CodeDoc(
        "CP156",
        "error",
        message_en="The id “{value}” is not safe as a folder name; “{safe}” is used",
        hint_en="Write `id: {safe}`, or another of letters, digits and single hyphens",
        about_en="The id becomes a folder, a part of file names and of web addresses, so it holds only letters and digits of any script "
        "and single hyphens. It must also never change, for published addresses hang on it: write down the one you want.",
        message_zh="id“{value}”不能安全地用作文件夹名，已改用“{safe}”",
        hint_zh="请写成 `id: {safe}`，或只含字母、数字和单个连字符的其他名称",
        about_zh="id 会成为文件夹名、文件名和网址的一部分，因此只能含各种文字的字母、数字和单个连字符。发布后的网址依赖它，"
        "请写定后不再更改。",
    ),
    CodeDoc(
        "CP157",
        "error",
        message_en="“{value}” in “{key}” is not a language tag",
        hint_en="Use a BCP 47 tag: en, zh-Hans, zh-Hant, yue, fr-FR",
        about_en="Browsers and screen readers choose fonts, hyphenation and a voice by the language tag (BCP 47). A word such as "
        "`chinese` or `English` gives them nothing, and text is read out in the wrong voice. Write `zh-Hans` for Simplified, `zh-Hant` "
        "for Traditional Chinese, `yue` for Cantonese.",
        message_zh="“{key}”中的“{value}”不是语言标签",
        hint_zh="请使用 BCP 47 标签：en、zh-Hans、zh-Hant、yue、fr-FR",
        about_zh="浏览器和读屏软件按语言标签（BCP 47）选择字体、断行和语音。写成 `chinese` 或“中文”时无法识别，会用错误的语音朗读。"
        "简体中文写 `zh-Hans`，繁体写 `zh-Hant`，粤语写 `yue`。",
    ),
    CodeDoc(
        "CP158",
        "warning",
        message_en="“{value}” under `checks` is not a code{maybe}",
        hint_en="Use codes as they are printed, such as CP201; `coursepack explain CP201` shows one",
        about_en="`checks` sets the level of single findings by their code. An unknown code changes nothing.\n\n"
        "```yaml\nchecks:\n  CP201: error   # videos must have captions\n  CP208: off\n```",
        message_zh="`checks` 中的“{value}”不是诊断代码{maybe}",
        hint_zh="请使用报告中的代码，如 CP201；可用 `coursepack explain CP201` 查看",
        about_zh="`checks` 按代码设置各项检查的级别，未知代码不起作用。\n\n"
        "```yaml\nchecks:\n  CP201: error   # 视频必须有字幕\n  CP208: off\n```",
    ),
    CodeDoc(
        "CP159",
        "error",
        message_en="`lessons` names “{name}”, which is no page or folder of this course{maybe}",
        hint_en="Correct the path: it counts from the course folder",
        about_en="The explicit order names a file or a folder that holds no page. The entry is skipped, so its lesson may stand in the "
        "wrong place, at the end. Paths count from the course folder: `01-scan/02-check.md`, or `01-scan` for a whole module.",
        message_zh="`lessons` 中的“{name}”不是本课程的页面或文件夹{maybe}",
        hint_zh="请改正路径：路径从课程文件夹算起",
        about_zh="指定顺序中的文件不存在，或文件夹中没有页面。该项被跳过，相应的课可能排到最后。路径从课程文件夹算起："
        "`01-scan/02-check.md`，整个模块写 `01-scan`。",
    ),
    CodeDoc(
        "CP160",
        "info",
        message_en="This page is not in the list `lessons`; it comes after those that are",
        hint_en="Add it to `lessons`, or move it below `_drafts`",
        about_en="The course has an explicit order and this page is not part of it. It is still built and stands behind the listed ones, "
        "in the order of names. Pages whose folder is listed are covered.",
        message_zh="此页面不在 `lessons` 列表中，排在列表之后",
        hint_zh="请把它加入 `lessons`，或移到 `_drafts` 下",
        about_zh="课程指定了顺序，而此页面不在其中。它仍会构建，按名称排在列表之后。所在文件夹已列出的页面不受影响。",
    ),
    CodeDoc(
        "CP161",
        "info",
        message_en="The course language is not given; {language} was taken from the script of the titles",
        hint_en="Write `language: {language}` (or the right one) into course.yaml",
        about_en="Without `language` in `course.yaml` or in the front matter of the index page, the language is guessed from the script "
        "of the titles. That tells Chinese from English, but not English from French. Screen readers choose their voice by it.",
        message_zh="没有写明课程语言，已根据标题的文字取 {language}",
        hint_zh="请在 course.yaml 中写 `language: {language}`（或正确的语言）",
        about_zh="`course.yaml` 和首页的元数据都没有写 `language` 时，按标题的文字猜测。这能区分中文和英文，但不能区分英文和法文。"
        "读屏软件据此选择语音。",
    ),
    CodeDoc(
        "CP162",
        "info",
        message_en="This folder has an index page too, so README is a plain page here",
        hint_en="Nothing to do if that is meant; else remove one of the two, or move it below `_drafts`",
        about_en="A folder's own page is `index.md`, or `README.md` when there is no index. With both, the index wins. At the top of the "
        "course, a README is mostly about the repository; it is put last.",
        message_zh="此文件夹另有 index 页，README 因此作为普通页面",
        hint_zh="如属有意则无需处理；否则请删除其一，或移到 `_drafts` 下",
        about_zh="文件夹自己的页面是 `index.md`；没有时用 `README.md`。两者都有时以 index 为准。课程最上层的 README 多半介绍代码仓库，"
        "所以排在最后。",
    ),
    CodeDoc(
        "CP163",
        "error",
        message_en="This page is left out: {first} is the same page in {language} already",
        hint_en="Keep one of the two, or give one another language suffix",
        about_en="Two files have the same name but for their extension or a language suffix that means the same: `02-check.md` and "
        "`02-check.zh-Hans.md` in a course in Simplified Chinese. A page can be there once in each language.",
        message_zh="此页面被略过：{first} 已是该页面的 {language} 版",
        hint_zh="请只保留一个，或改用别的语言后缀",
        about_zh="两个文件除扩展名或含义相同的语言后缀外同名，例如简体中文课程里的 `02-check.md` 和 `02-check.zh-Hans.md`。"
        "每种语言只能有一个同名页面。",
    ),
    CodeDoc(
        "CP164",
        "error",
        message_en="The course has no page",
        hint_en="Add a Markdown file, for example index.md",
        about_en="No Markdown file was found that is a page. Files whose name, or whose folder's name, starts with `_` or `.` are left "
        "out, and so are pages with `draft: true`. Did you name the right folder?",
        message_zh="课程中没有页面",
        hint_zh="请添加 Markdown 文件，例如 index.md",
        about_zh="没有找到可作为页面的 Markdown 文件。名称以 `_` 或 `.` 开头的文件和文件夹、带 `draft: true` 的页面都会略过。"
        "请确认文件夹是否正确。",
    ),
    CodeDoc(
        "CP165",
        "warning",
        message_en="The course declares {language}, but no page is in that language",
        hint_en="Add a page such as index.{language}.md, or remove {language} from course.yaml",
        about_en="A declared language promises learners a translation. There is none, so the language is not offered. When it is the "
        "course language itself that has no page, the first language with pages takes its place.",
        message_zh="课程声明了 {language}，但没有该语言的页面",
        hint_zh="请添加页面，如 index.{language}.md，或从 course.yaml 删除 {language}",
        about_zh="声明的语言意味着有相应译文。因为没有页面，所以不提供该语言。若课程语言本身没有页面，则由第一个有页面的语言代替。",
    ),
    CodeDoc(
        "CP166",
        "info",
        message_en="The title “{title}” is also that of {other}",
        hint_en="Give each page of a module a title of its own",
        about_en="In menus, browser tabs, search results and screen reader lists two pages with one title cannot be told apart "
        "(WCAG 2.4.2). Only pages of one module in one language are compared.",
        message_zh="标题“{title}”与 {other} 相同",
        hint_zh="请让同一模块的每个页面有自己的标题",
        about_zh="在菜单、浏览器标签、搜索结果和读屏列表中，同名页面无法区分（WCAG 2.4.2）。只比较同一模块、同一语言的页面。",
    ),
    CodeDoc(
        "CP167",
        "warning",
        message_en="The outcome “{outcome}” is not one of course.yaml{maybe}",
        hint_en="Correct the id, or add the outcome to `outcomes` in course.yaml",
        about_en="A lesson names the learning outcomes it works towards by the ids that `course.yaml` gives them. An unknown id is not "
        "shown and counts for no credit.\n\n```yaml\noutcomes:\n  - id: pay-safely\n    text: Checks a payment before confirming it\n```",
        message_zh="学习成果“{outcome}”不在 course.yaml 中{maybe}",
        hint_zh="请改正 id，或把该成果加入 course.yaml 的 `outcomes`",
        about_zh="课通过 `course.yaml` 中的 id 指明所对应的学习成果。未知的 id 不会显示，也不计学分。\n\n"
        "```yaml\noutcomes:\n  - id: pay-safely\n    text: 付款前会核对信息\n```",
    ),
    CodeDoc(
        "CP168",
        "info",
        message_en="This page is there in {language} only, not in the course language",
        hint_en="Add the page in the course language, or check the spelling of the name: translations share it",
        about_en="A translation and its original have the same name but for the language suffix. This one has no original, so readers of "
        "the course language cannot see it, and no link leads from one to the other. Mostly one of the two was renamed.",
        message_zh="此页面只有 {language} 版，没有课程语言版",
        hint_zh="请添加课程语言的页面，或检查名称拼写：译文与原文同名",
        about_zh="译文与原文除语言后缀外同名。此页面没有原文，课程语言的读者看不到它，两种语言之间也没有链接。多半是其中一个改了名。",
    ),
    CodeDoc(
        "CP169",
        "info",
        message_en="The file name cannot be used on every system, because of “{what}”",
        hint_en="Rename it with letters, digits, hyphens and dots",
        about_en='Windows does not allow `< > : " | ? * \\`, names such as `CON`, or a dot or space at the end; control and direction '
        "characters hide what a name is. A colleague may be unable to check the course out. The built course is not harmed: addresses "
        "are made safe.",
        message_zh="此文件名因“{what}”而并非在所有系统上都能使用",
        hint_zh="请改用字母、数字、连字符和点",
        about_zh='Windows 不允许 `< > : " | ? * \\`、`CON` 之类的名称以及结尾的点或空格；控制字符和方向字符会掩盖真实名称。'
        "同事可能无法取出课程。构建结果不受影响，网址会自动改为安全形式。",
    ),
    CodeDoc(
        "CP170",
        "error",
        message_en="This link leads out of the course folder, to {target}; it is not followed",
        hint_en="Copy the file into the course",
        about_en="A course is built from its own folder only. A symbolic link to elsewhere would put a file of this machine into a public "
        "course, and would not exist for anybody else. Copy what is needed.",
        message_zh="此符号链接指向课程文件夹之外的 {target}，不会跟随",
        hint_zh="请把文件复制到课程中",
        about_zh="课程只从自己的文件夹构建。指向别处的符号链接会把本机文件放进公开课程，而且在别人的机器上并不存在。请复制所需文件。",
    ),
    CodeDoc(
        "CP171",
        "warning",
        message_en="This link leads nowhere ({target}): {problem}",
        hint_en="Remove the link, or mend its target",
        about_en="The symbolic link points to nothing, or to itself. What refers to it in a lesson cannot be built.",
        message_zh="此符号链接无效（{target}）：{problem}",
        hint_zh="请删除该链接或修正其目标",
        about_zh="符号链接指向不存在的文件或指向自身。课中引用它的内容无法构建。",
    ),
    CodeDoc(
        "CP172",
        "info",
        message_en="This is a link to the folder {target}; links to folders are not followed",
        hint_en="Refer to the files where they are, or copy the folder",
        about_en="Following links to folders could read files twice or without end. A link to a single file inside the course is followed.",
        message_zh="这是指向文件夹 {target} 的链接，不会跟随",
        hint_zh="请直接引用原处的文件，或复制该文件夹",
        about_zh="跟随指向文件夹的链接可能重复甚至无休止地读取文件。指向课程内单个文件的链接会被跟随。",
    ),
    CodeDoc(
        "CP173",
        "warning",
        message_en="This is no regular file (a device, a pipe or a socket); it is left out",
        hint_en="Remove it from the course folder",
        about_en="Reading from a device or a pipe may never end. Such things do not belong into a course; mostly a program left them behind.",
        message_zh="这不是普通文件（设备、管道或套接字），已略过",
        hint_zh="请从课程文件夹中删除",
        about_zh="读取设备或管道可能永不结束。它们不属于课程，多半是程序遗留的。",
    ),
    CodeDoc(
        "CP174",
        "error",
        message_en="The file name is not valid Unicode; the file is left out",
        hint_en="Rename it; names are UTF-8",
        about_en="The bytes of the name are not UTF-8, often because an archive made on Windows was unpacked with the wrong encoding "
        "(GBK, Big5). Such a name cannot be written into a page or a link. `convmv -f gbk -t utf8` mends whole folders.",
        message_zh="文件名不是有效的 Unicode，已略过该文件",
        hint_zh="请重命名；文件名使用 UTF-8",
        about_zh="文件名的字节不是 UTF-8，常见原因是用错误编码（GBK、Big5）解压了 Windows 上的压缩包。这样的名称无法写进页面或链接。"
        "可用 `convmv -f gbk -t utf8` 批量修复。",
    ),
    CodeDoc(
        "CP175",
        "error",
        message_en="The course goes deeper than {limit} folders; what lies below is left out",
        hint_en="Point coursepack at the course folder itself, or move what does not belong to it elsewhere",
        about_en="A course folder is read down to 64 levels. More than that is nearly always a wrong folder, or an archive that was "
        "unpacked into itself. The files down there are missing from the course.",
        message_zh="课程文件夹超过 {limit} 层，更深处已略过",
        hint_zh="请指定课程文件夹本身，或移走不属于课程的内容",
        about_zh="课程文件夹最多读取 64 层。超过时几乎总是选错了文件夹，或压缩包解压到了自身之中。更深处的文件不会出现在课程里。",
    ),
    CodeDoc(
        "CP176",
        "error",
        message_en="This cannot be read: {problem}",
        hint_en="Give yourself the right to read it, or remove it",
        about_en="The system refused to list the folder or to look at the file. What is in it is missing from the course.",
        message_zh="无法读取：{problem}",
        hint_zh="请为自己添加读取权限，或删除它",
        about_zh="系统拒绝列出该文件夹或查看该文件，其中的内容不会出现在课程中。",
    ),
    CodeDoc(
        "CP177",
        "warning",
        message_en="The name differs from {other} only in case or in the way accents are written",
        hint_en="Rename one of the two",
        about_en="macOS and Windows keep such names as one file: whoever copies or checks out the course there loses one of them, and "
        "which one is chance.",
        message_zh="此名称与 {other} 只有大小写或重音写法不同",
        hint_zh="请重命名其中一个",
        about_zh="macOS 和 Windows 把它们当作同一个文件：在那里复制或取出课程会丢失其中之一，丢失哪个不确定。",
    ),
    CodeDoc(
        "CP178",
        "warning",
        message_en="`lessons` names “{name}” twice; the first place counts",
        hint_en="Remove the second entry",
        about_en="A page has one place in the course. To send learners back to a lesson, link to it.",
        message_zh="`lessons` 中“{name}”出现两次，以第一次为准",
        hint_zh="请删除第二处",
        about_zh="一个页面在课程中只有一个位置。若要让学习者回看，请使用链接。",
    ),
    CodeDoc(
        "CP179",
        "error",
        message_en="The course holds more than {limit} files; the rest is left out",
        hint_en="Point coursepack at the course folder itself, or move what does not belong to it elsewhere",
        about_en="A course folder is read up to 200,000 files. More than that is nearly always a wrong folder: a home directory, a whole "
        "disk, or the output of another program inside the course. Which files are missing is chance, so mend this first.",
        message_zh="课程文件超过 {limit} 个，其余已略过",
        hint_zh="请指定课程文件夹本身，或移走不属于课程的内容",
        about_zh="课程文件夹最多读取 200,000 个文件。超过时几乎总是选错了文件夹：主目录、整个磁盘，或课程里混入了其他程序的输出。"
        "缺少哪些文件并不确定，请先处理此问题。",
    ),
)
