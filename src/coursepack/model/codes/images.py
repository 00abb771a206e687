"""CP25x-CP29x: images and SVG."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP250",
        severity="error",
        message_en="this is not an image that a web page can show (its content is: {kind})",
        hint_en="export it as JPEG, PNG, WebP, AVIF, GIF or SVG",
        about_en="""The content of a file decides what it is, not its name: an HTML page called `photo.jpg` is
still an HTML page. JPEG, PNG, GIF, WebP, AVIF, BMP, TIFF and SVG are read. HEIC (iPhone), PSD, PDF, ICO, JPEG XL and
camera raw files are not: browsers cannot show them.

The picture is missing from the page, so learners see only its text alternative. Open the file in an image program and
export it, for example `photo.heic` as `photo.jpg`. On an iPhone, *Settings > Camera > Formats > Most Compatible*
makes JPEG from the start.""",
        message_zh="这不是网页能显示的图片（文件内容是：{kind}）",
        hint_zh="请另存为 JPEG、PNG、WebP、AVIF、GIF 或 SVG",
        about_zh="""文件是什么由内容决定，与文件名无关：名为 `photo.jpg` 的网页仍然是网页。可读取 JPEG、PNG、GIF、WebP、
AVIF、BMP、TIFF 和 SVG；不能读取 HEIC（iPhone）、PSD、PDF、ICO、JPEG XL 和相机原始格式，因为浏览器显示不了它们。

页面上会缺少这张图片，学习者只能看到替代文字。请用图片软件打开后另存，例如把 `photo.heic` 存为 `photo.jpg`。
在 iPhone 上选“设置 > 相机 > 格式 > 兼容性最佳”，以后拍的照片就是 JPEG。""",
    ),
    CodeDoc(
        code="CP251",
        severity="error",
        message_en="the image is damaged or incomplete ({reason})",
        hint_en="open it in an image program; if it shows there, save it again, else fetch the original",
        about_en="""The file begins like an image but cannot be decoded to its end: a download or copy that broke off,
an empty file, or a Git LFS pointer in place of the file. Half a picture would mislead, so nothing is shown.

Copy the file again from where it came from. If an image program still opens it, *Save as* writes a sound file.
For Git LFS run `git lfs pull`.""",
        message_zh="图片已损坏或不完整（{reason}）",
        hint_zh="请用图片软件打开：能显示就重新保存，不能显示就重新获取原文件",
        about_zh="""文件开头像图片，却无法完整解码：下载或复制中断、空文件，或者只是 Git LFS 的指针文件。半张图片会误导人，
所以不显示。

请从原处重新复制。如果图片软件还能打开，用“另存为”保存一份完好的文件。使用 Git LFS 时请运行 `git lfs pull`。""",
    ),
    CodeDoc(
        code="CP252",
        severity="error",
        message_en="the image is too large ({size}; the limit is {limit})",
        hint_en="scale it down: 1920 pixels of width are enough for a page",
        about_en="""A small file can unfold into gigabytes of pixels (a *decompression bomb*), so the size is read from the
header and the rest is left alone above 50 million pixels, 65,500 pixels of one side, or 300 MB.

No screen shows so much. Scale the picture to at most 1920 pixels of width, or cut out the part that the lesson is
about. For a map or a poster to be studied closely, offer a PDF to download beside a small picture.""",
        message_zh="图片太大（{size}；上限为 {limit}）",
        hint_zh="请缩小图片：网页用 1920 像素宽就够了",
        about_zh="""很小的文件可能展开成数 GB 的像素（“解压炸弹”），所以先从文件头读取尺寸；超过 5000 万像素、单边 65500 像素
或 300 MB 的图片不再解码。

屏幕显示不了这么大的图。请缩小到 1920 像素宽以内，或只截取课程要讲的部分。需要细看的地图或海报，可在小图旁边提供 PDF 下载。""",
    ),
    CodeDoc(
        code="CP253",
        severity="error",
        message_en="the animation is too long ({frames} frames of {size}; about {limit} are possible)",
        hint_en="save it as a video (MP4): far smaller, and learners can pause it",
        about_en="""An animated GIF, WebP or PNG keeps every frame as a picture. This one is beyond 150 million pixels in all,
or took more than a minute to decode. As a video it is a tenth of the size, can be paused and can carry captions.

Convert it, for example `ffmpeg -i demo.gif -pix_fmt yuv420p demo.mp4`, and write `![what it shows](demo.mp4)`.""",
        message_zh="动图太长（{frames} 帧，每帧 {size}；大约只能有 {limit} 帧）",
        hint_zh="请保存为视频（MP4）：小得多，学习者还能暂停",
        about_zh="""动态 GIF、WebP 或 PNG 把每一帧都存成一张图片。这个动图总共超过 1.5 亿像素，或者解码超过一分钟。改成视频后大约
只有十分之一大小，可以暂停，也可以加字幕。

转换示例：`ffmpeg -i demo.gif -pix_fmt yuv420p demo.mp4`，然后写 `![内容说明](demo.mp4)`。""",
    ),
    CodeDoc(
        code="CP254",
        severity="error",
        message_en="the SVG drawing cannot be read ({reason})",
        hint_en="open it in a drawing program and save it as plain SVG",
        about_en="""SVG is XML, and XML forgives no slip: one missing quote or end tag and browsers show nothing. The same goes
for a file whose outermost element is not `<svg>`. The reason above names the place (line, column).

In Inkscape choose *Save as > Plain SVG*; in Illustrator *Export > SVG*.""",
        message_zh="无法读取 SVG 图形（{reason}）",
        hint_zh="请用绘图软件打开，另存为普通 SVG",
        about_zh="""SVG 是 XML，而 XML 不容许任何差错：少一个引号或结束标签，浏览器就什么也不显示。最外层元素不是 `<svg>` 的文件也一样。
上面的原因里有出错的位置（行、列）。

在 Inkscape 中选“另存为 > 普通 SVG”；在 Illustrator 中选“导出 > SVG”。""",
    ),
    CodeDoc(
        code="CP255",
        severity="error",
        message_en="the SVG drawing declares XML entities ({name}), which are not read",
        hint_en="save it as plain SVG, without the drawing program's own editing data",
        about_en="""Entities in the `<!DOCTYPE svg [ <!ENTITY ...> ]>` of a file can unfold into gigabytes or pull in other
files of the machine, so no file with them is read. Older versions of Illustrator write harmless ones.

In Illustrator switch *Preserve Illustrator Editing Capabilities* off when saving; in Inkscape choose *Plain SVG*.""",
        message_zh="SVG 图形声明了 XML 实体（{name}），不予读取",
        hint_zh="请另存为普通 SVG，不要带绘图软件自己的编辑数据",
        about_zh="""文件的 `<!DOCTYPE svg [ <!ENTITY ...> ]>` 里的实体可以展开成数 GB，或读入本机的其他文件，所以带实体的文件一律不读。
旧版 Illustrator 会写入一些无害的实体。

在 Illustrator 保存时取消“保留 Illustrator 编辑功能”；在 Inkscape 中选“普通 SVG”。""",
    ),
    CodeDoc(
        code="CP256",
        severity="error",
        message_en="the SVG drawing is too large or too deep ({what})",
        hint_en="simplify it, or export it as PNG",
        about_en="""Drawings beyond 20 MB, 200,000 elements, 256 levels or 500,000 drawn elements (each `<use>` counts what
it repeats) freeze phones. Charts with a point for every measurement are the usual cause.

Draw fewer points, or export the chart as PNG at twice its shown width.""",
        message_zh="SVG 图形太大或嵌套太深（{what}）",
        hint_zh="请简化图形，或导出为 PNG",
        about_zh="""超过 20 MB、20 万个元素、256 层嵌套或 50 万个实际绘制元素（每个 `<use>` 按所重复的内容计）的图形会让手机卡死。
常见原因是给每个测量值都画一个点的图表。

请减少点数，或按显示宽度的两倍导出为 PNG。""",
    ),
    CodeDoc(
        code="CP257",
        severity="warning",
        message_en="active or outside content was removed from the SVG drawing: {removed}",
        hint_en="check that it still looks right; draw text with <text>, embed pictures as PNG or JPEG",
        about_en="""An SVG file can hold scripts, web pages (`<foreignObject>`) and addresses of other hosts. On a course site these
could read what learners do, so only what draws is kept. Most drawings lose nothing by it.

What may be missing: labels made of HTML (draw.io: *Format > Text > Formatted text* off), linked pictures (embed them),
fonts from the web (convert the text to paths, with a `<title>` that says it), links.""",
        message_zh="已从 SVG 图形中移除活动内容或外部内容：{removed}",
        hint_zh="请检查图形是否仍然正确；文字用 <text> 绘制，图片以 PNG 或 JPEG 嵌入",
        about_zh="""SVG 文件里可以有脚本、网页（`<foreignObject>`）和其他网站的地址。在课程网站上它们可能窥探学习者，所以只保留用于绘图的
内容。大多数图形不受影响。

可能缺失的有：HTML 标签文字（draw.io：关闭“格式 > 文本 > 格式化文本”）、链接的图片（请改为嵌入）、网络字体
（请把文字转为路径，并用 `<title>` 写明）、链接。""",
    ),
    CodeDoc(
        code="CP258",
        severity="warning",
        message_en="the animation moves for more than 5 seconds ({seconds} s, {loops} times) and cannot be paused",
        hint_en="save it as a video (MP4), or let it end within 5 seconds",
        about_en="""Movement beside text keeps many people from reading it; WCAG 2.2 (2.2.2 *Pause, Stop, Hide*) asks that
anything that moves for more than five seconds can be paused. Animations are turned into videos that learners start
and stop; this one is transparent somewhere, or too small for controls, and stays an image without a pause button.
Where a learner's device asks for reduced motion, the first frame is shown in its place.

Convert it to a video: `ffmpeg -i demo.gif -pix_fmt yuv420p demo.mp4`, then `![what it shows](demo.mp4)`.""",
        message_zh="动图持续超过 5 秒（{seconds} 秒，{loops} 次），且无法暂停",
        hint_zh="请保存为视频（MP4），或让它在 5 秒内结束",
        about_zh="""文字旁边有东西在动，很多人就读不下去；WCAG 2.2（2.2.2“暂停、停止、隐藏”）要求持续五秒以上的动态内容可以暂停，
动图会自动转成由学习者播放和暂停的视频；但这个动图含有透明部分，或者小得放不下控制按钮，所以仍是没有暂停按钮的图片。
学习者的设备要求减少动态效果时，会改为显示第一帧。

请转换为视频：`ffmpeg -i demo.gif -pix_fmt yuv420p demo.mp4`，然后写 `![内容说明](demo.mp4)`。""",
    ),
    CodeDoc(
        code="CP259",
        severity="info",
        message_en="the image's colour profile cannot be used; its colours are taken as sRGB",
        hint_en="if the colours look wrong, save the image with an sRGB profile",
        about_en="""A colour profile says what the numbers in a file mean. All images are turned into sRGB, which every screen
knows; here the profile is broken or belongs to another kind of image, so the numbers were taken as they are. Photos may
look a little pale or too strong.

In an image program choose *Convert to profile > sRGB* and save again.""",
        message_zh="图片的颜色配置文件无法使用，按 sRGB 处理颜色",
        hint_zh="如果颜色不对，请用 sRGB 配置文件重新保存图片",
        about_zh="""颜色配置文件说明文件中的数值代表什么颜色。所有图片都会转换为各种屏幕都支持的 sRGB；这张图片的配置文件已损坏，或属于
另一种图片，所以数值按原样使用。照片可能略显苍白或过于浓艳。

请在图片软件中选“转换为配置文件 > sRGB”，再重新保存。""",
    ),
)
