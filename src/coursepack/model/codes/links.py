"""CP5xx: links and fragments."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        "CP500",
        "error",
        message_en="The page {target} does not exist{maybe}",
        hint_en="Correct the link, or add the page",
        about_en="The link leads to a page that is not in the course, so learners would land on an error. Paths count from the file that "
        "holds the link: `02-pay.md` is beside it, `../index.md` one folder up.",
        message_zh="页面 {target} 不存在{maybe}",
        hint_zh="请改正链接，或添加该页面",
        about_zh="链接指向课程中没有的页面，学习者会看到错误。路径从链接所在的文件算起：`02-pay.md` 在同一文件夹，`../index.md` 在上一级。",
    ),
    CodeDoc(
        "CP501",
        "error",
        message_en="There is no “#{fragment}” in {target}{maybe}",
        hint_en="Link to a heading that is there, or give the place an id: ## Heading {{#{fragment}}}",
        about_en="The page exists, the place in it does not: a heading was probably renamed. The browser then stays at the top, and "
        "learners search in vain. An id of its own survives a change of the heading's words.",
        message_zh="{target} 中没有“#{fragment}”{maybe}",
        hint_zh="请链接到已有的标题，或给该处加 id：## 标题 {{#{fragment}}}",
        about_zh="页面存在，但其中的位置不存在，多半是标题改了名。浏览器会停在页首，学习者找不到内容。自定的 id 不受标题改动影响。",
    ),
    CodeDoc(
        "CP502",
        "error",
        message_en="The file {target} does not exist{maybe}",
        hint_en="Correct the link, or add the file to the course",
        about_en="The link offers a file that is not in the course folder. Files that belong to the lesson must lie inside it; for something "
        "that lives elsewhere, link to its full web address.",
        message_zh="文件 {target} 不存在{maybe}",
        hint_zh="请改正链接，或把文件加入课程",
        about_zh="链接指向课程文件夹中没有的文件。属于课程的文件必须放在其中；放在别处的内容请链接完整网址。",
    ),
    CodeDoc(
        "CP503",
        "error",
        message_en="The image {target} does not exist{maybe}",
        hint_en="Correct the path, or add the image",
        about_en="The page shows a gap with the alternative text. Paths count from the file that holds the image: `media/a.png` is below it, `../media/a.png` one folder up. Look whether the file was added to version control.",
        message_zh="图片 {target} 不存在{maybe}",
        hint_zh="请改正路径，或添加图片",
        about_zh="页面上只显示替代文字，学习者看不到图。路径从引用图片的文件算起：`media/a.png`、`../media/a.png`。",
    ),
    CodeDoc(
        "CP504",
        "error",
        message_en="The video or audio file {target} does not exist{maybe}",
        hint_en="Correct the path, or add the file",
        about_en="The page has no player in this place. Large media are easily forgotten in a commit: look whether the file was added.",
        message_zh="视频或音频 {target} 不存在{maybe}",
        hint_zh="请改正路径，或添加文件",
        about_zh="此处没有播放器。大的媒体文件提交时容易遗漏，请确认已加入。",
    ),
    CodeDoc(
        "CP505",
        "error",
        message_en="{target} is spelt {actual} on disk",
        hint_en="Write {actual}: case and accents count",
        about_en="Web servers, Linux and object storage tell `Image.png` from `image.PNG`; macOS and Windows do not, so the mistake stays "
        "unseen until the course is published.",
        message_zh="{target} 在磁盘上的写法是 {actual}",
        hint_zh="请写成 {actual}：大小写和重音必须一致",
        about_zh="网站、Linux 和对象存储区分 `Image.png` 与 `image.PNG`，macOS 和 Windows 不区分，所以错误在发布后才显现。",
    ),
    CodeDoc(
        "CP506",
        "error",
        message_en="The link leads to {target}, which is left out of the course",
        hint_en="Finish the draft (or take the `_` or `.` from its name), or remove the link",
        about_en="Pages with `draft: true`, and everything below a folder or file name that starts with `_` or `.`, are not built. A link "
        "to one would break for learners.",
        message_zh="链接指向 {target}，而它不在课程之内",
        hint_zh="请完成草稿（或去掉名称开头的 `_` 或 `.`），或删除链接",
        about_zh="带 `draft: true` 的页面，以及名称以 `_` 或 `.` 开头的文件和文件夹都不会构建，指向它们的链接会失效。",
    ),
    CodeDoc(
        "CP507",
        "warning",
        message_en="The link to {target} was understood as {actual}",
        hint_en="Write {actual}: it then works on GitHub and in editors too",
        about_en="Links between pages name the Markdown file. A web address of the built page (`intro.html`, `intro`) holds only until the "
        "layout changes, and cannot be followed where the source is read.",
        message_zh="指向 {target} 的链接已按 {actual} 处理",
        hint_zh="请写成 {actual}，这样在 GitHub 和编辑器里也能使用",
        about_zh="页面之间的链接应写 Markdown 文件名。构建后的网址（`intro.html`、`intro`）会随布局改变，在源文件中也无法跟随。",
    ),
    CodeDoc(
        "CP508",
        "error",
        message_en="The folder {target} has no page of its own",
        hint_en="Add {target}/index.md, or link to a page in it",
        about_en="A link to a folder leads to its `index.md` or `README.md`. This one has neither, so there is nothing that "
        "could be shown. If the folder holds files to download, link to them one by one, or pack them.",
        message_zh="文件夹 {target} 没有自己的页面",
        hint_zh="请添加 {target}/index.md，或链接到其中的页面",
        about_zh="指向文件夹的链接会打开其 `index.md` 或 `README.md`，而这里两者都没有，因此没有可显示的内容。若文件夹里是供下载的文件，请逐个链接或打包。",
    ),
    CodeDoc(
        "CP509",
        "error",
        message_en="The glossary {target} has no term “{fragment}”{maybe}",
        hint_en="Add the term to the glossary, or correct its spelling",
        about_en="A glossary term explains itself where it is used (WCAG 3.1.3). This one has no entry.\n\n"
        "```markdown\nQR code\n: A square pattern that a phone can read.\n```",
        message_zh="术语表 {target} 中没有“{fragment}”{maybe}",
        hint_zh="请把术语加入术语表，或改正拼写",
        about_zh="术语在使用处可以显示解释（WCAG 3.1.3），但术语表里没有这一条。\n\n```markdown\n二维码\n: 手机能识别的方形图案。\n```",
    ),
    CodeDoc(
        "CP510",
        "error",
        message_en="The caption file {target} does not exist{maybe}",
        hint_en="Correct the path, or add the file",
        about_en="A `<track>` names a caption file that is not there, so the player offers a language it does not have.",
        message_zh="字幕文件 {target} 不存在{maybe}",
        hint_zh="请改正路径，或添加文件",
        about_zh="`<track>` 指向不存在的字幕文件，播放器会列出实际没有的语言。",
    ),
)
