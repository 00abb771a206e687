"""CP7xx: publishing."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP702",
        severity="warning",
        message_en="the page refers to {reference}, which is not part of the built site",
        hint_en="mend the link in the source, or add the file, and build again",
        about_en=(
            "Publishing gives every file of the site a new address and rewrites the references to it. This reference "
            "names a file that is not in the build, so it is left as it is and will lead nowhere.\n\n"
            "Learners get an error page or a gap in place of the picture, the video or the file.\n\n"
            "Most often a theme of your own names a file that it does not contain, or the output folder was changed by "
            "hand after the build. Run `coursepack check` on the course first: it finds broken links with their line.\n\n"
            'Example: `<img src="media/map.png">` in a theme template, while the build has `media/map.webp`.'
        ),
        message_zh="页面引用了 {reference},但构建出的网站里没有这个文件",
        hint_zh="请在源文件中改正链接或补上该文件,然后重新构建",
        about_zh=(
            "发布时,网站的每个文件都会得到新地址,页面中的引用随之改写。这个引用所指的文件不在构建结果里,"
            "因此保持原样,打开后会找不到内容。\n\n"
            "学习者会看到错误页面,或者图片、视频、附件的位置是空的。\n\n"
            "常见原因是自定义主题引用了不存在的文件,或构建之后有人手工改动了输出文件夹。请先运行 `coursepack check`,"
            "它会指出坏链接所在的行。\n\n"
            '例如:主题模板里写了 `<img src="media/map.png">`,而构建结果中是 `media/map.webp`。'
        ),
    ),
    CodeDoc(
        code="CP703",
        severity="warning",
        message_en="the reference {reference} leads out of the site",
        hint_en="use a relative path inside the course, or a full address with https://",
        about_en=(
            "A path that starts with `/`, or climbs above the site's own folder with `..`, depends on where the site "
            "happens to be put. A published course may lie below any prefix of any host, beside other courses, so such "
            "a reference is left as it is and will most likely lead to nothing, or into another course.\n\n"
            "Learners who follow it leave the course without wanting to.\n\n"
            "Write the path from the page itself, or the full address of the other site. The same is reported when a "
            "style sheet refers to a page.\n\n"
            "Example: write `../media/map.png`, not `/media/map.png`."
        ),
        message_zh="引用 {reference} 指向网站之外",
        hint_zh="请使用课程内的相对路径,或以 https:// 开头的完整地址",
        about_zh=(
            "以 `/` 开头的路径,或用 `..` 越过网站根目录的路径,取决于网站被放在哪里。发布后的课程可能位于任何主机的任何"
            "目录下,旁边还有别的课程,所以这种引用保持原样,多半找不到内容,甚至进入另一门课程。\n\n"
            "学习者点开后会不知不觉离开课程。\n\n"
            "请从页面本身写相对路径,或写出对方网站的完整地址。样式表引用网页时也会报告这一条。\n\n"
            "例如:写 `../media/map.png`,不要写 `/media/map.png`。"
        ),
    ),
    CodeDoc(
        code="CP704",
        severity="error",
        message_en="the published address of this file is too long",
        hint_en="shorten the names of the folders and the file (object storage: {limit} bytes in all; a disk: 255 a name)",
        about_en=(
            "Object storage allows 1,024 bytes for a whole address, a disk 255 bytes for one name. A Chinese character "
            "takes three bytes, an emoji four.\n\n"
            "The page could not be stored, so the course is not published: learners would find links to a page that is "
            "not there.\n\n"
            "Give the lesson file a short name and write the long title in its front matter or first heading.\n\n"
            "Example: `03-check.md` with `title: ...`, in place of a sentence as the file name."
        ),
        message_zh="这个文件发布后的地址太长",
        hint_zh="请缩短文件夹名和文件名(对象存储:总共 {limit} 字节;磁盘:每个名字 255 字节)",
        about_zh=(
            "对象存储的整个地址最多 1024 字节,磁盘上一个名字最多 255 字节。一个汉字占三个字节,一个表情符号占四个。\n\n"
            "这个页面无法保存,因此课程不会发布,否则学习者会遇到打不开的链接。\n\n"
            "请给课文文件取短名,把长标题写在文首的 `title` 或第一个标题里。\n\n"
            "例如:文件名用 `03-check.md`,标题写在 `title:` 里,不要用一整句话作文件名。"
        ),
    ),
    CodeDoc(
        code="CP705",
        severity="warning",
        message_en="style sheets or playlists refer to each other in a circle, by way of {reference}",
        hint_en="remove one of the references",
        about_en=(
            "A published file is stored under the digest of its bytes, and those hold the addresses of the files it "
            "refers to. Files that refer to each other in a circle can have no such address, so one reference is left "
            "as it is and will lead nowhere.\n\n"
            "Learners may see a page without part of its style, or a video that does not start.\n\n"
            "It can only come from a theme of your own, or from a playlist put among the files for download.\n\n"
            "Example: `a.css` with `@import 'b.css'`, and `b.css` with `@import 'a.css'`."
        ),
        message_zh="样式表或播放列表之间循环引用(经过 {reference})",
        hint_zh="请去掉其中一处引用",
        about_zh=(
            "发布的文件以其内容的摘要作为地址,而内容里又含有所引用文件的地址。互相循环引用的文件无法得到这样的地址,"
            "因此其中一处引用保持原样,将找不到内容。\n\n"
            "学习者可能看到缺少部分样式的页面,或无法播放的视频。\n\n"
            "它只会来自自定义主题,或放在下载文件里的播放列表。\n\n"
            "例如:`a.css` 中有 `@import 'b.css'`,而 `b.css` 中有 `@import 'a.css'`。"
        ),
    ),
    CodeDoc(
        code="CP706",
        severity="warning",
        message_en="the file is not in UTF-8",
        hint_en="save it as UTF-8 and build again",
        about_en=(
            "Pages, style sheets and playlists are sent as UTF-8. This one holds bytes that are not; they are passed on "
            "as they are.\n\n"
            "Learners see wrong characters in that place.\n\n"
            "Pages that coursepack makes are always UTF-8, so the file comes from a theme or from the course's own "
            "files. Open it in an editor and save it as UTF-8.\n\n"
            "Example: a style sheet saved as GB 18030 whose `content:` holds Chinese text."
        ),
        message_zh="文件不是 UTF-8 编码",
        hint_zh="请另存为 UTF-8,然后重新构建",
        about_zh=(
            "网页、样式表和播放列表都以 UTF-8 发送。这个文件含有不是 UTF-8 的字节,原样发送。\n\n"
            "学习者会在那里看到乱码。\n\n"
            "coursepack 自己生成的页面总是 UTF-8,所以这个文件来自主题或课程自带的文件。请用编辑器打开并另存为 UTF-8。\n\n"
            "例如:一个以 GB 18030 保存、`content:` 中含有中文的样式表。"
        ),
    ),
)
