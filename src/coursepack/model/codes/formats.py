"""CP6xx: bundle formats; CP69x: the engine itself."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        "CP601",
        "warning",
        "the mobile bundle has {size_mb} MB, more than the {budget_mb} MB of `media.budget_mb`",
        "shorten the longest videos, lower `media.ladder`, or raise the budget in course.yaml",
        "The course sets a size that its offline bundle should not exceed, because learners download it over a "
        "thin or paid line. The bundle was built all the same. The largest files are named in "
        "`release.json`; one long video usually makes most of it.",
        "移动包有 {size_mb} MB，超过了 `media.budget_mb` 的 {budget_mb} MB",
        "缩短最长的视频、降低 `media.ladder`，或在 course.yaml 中提高上限",
        "课程规定了离线包的大小上限，因为学员要通过流量或较慢的网络下载。离线包仍然已生成。最大的文件见 "
        "`release.json`，通常一段长视频占了大部分。",
    ),
    CodeDoc(
        "CP602",
        "error",
        "another course of this run has the id {id}, so this one was not built",
        "give each course an `id` of its own in course.yaml",
        "The id names the output folder and the published address. Two courses with one id would write over each "
        "other, so the first one of the run is built and the others are left alone.",
        "本次构建中已有另一门课程使用 id {id}，因此没有构建这一门",
        "请在 course.yaml 中给每门课程不同的 `id`",
        "id 决定输出文件夹和发布地址。两门课程用同一个 id 会互相覆盖，所以只构建第一门，其余保持原样。",
    ),
    CodeDoc(
        "CP603",
        "error",
        "there is no theme {theme}; there are: {known}",
        "correct `theme` in course.yaml; the course was built with the default theme",
        "A theme is a folder of templates and styles that comes with coursepack or lies in `themes/` beside "
        "`coursepack.yaml`. The name in `theme:` is not one of them, so the default theme was used in its place.",
        "没有名为 {theme} 的主题；可用的有：{known}",
        "请更正 course.yaml 中的 `theme`；本次使用了默认主题",
        "主题是 coursepack 自带的、或 `coursepack.yaml` 旁 `themes/` 中的模板和样式文件夹。`theme:` 中的名称不在其中，所以改用默认主题"
        "构建。",
    ),
    CodeDoc(
        "CP604",
        "error",
        "there is no bundle format {format}; there are: {known}",
        "correct `bundles` in course.yaml; the other bundles were built",
        "`bundles:` lists the formats that a course is built into, such as `web` and `mobile`. A name that is not "
        "known (perhaps a plug-in that is not installed here) is passed over.",
        "没有名为 {format} 的打包格式；可用的有：{known}",
        "请更正 course.yaml 中的 `bundles`；其余格式已生成",
        "`bundles:` 列出课程要生成的格式，例如 `web` 和 `mobile`。不认识的名称（可能是这里没有安装的插件）会被跳过。",
    ),
    CodeDoc(
        "CP605",
        "error",
        "the theme {theme} extends {parent}, which is not there or leads back to it; there are: {known}",
        "correct `extends` in theme.yaml; the course was built with the default theme",
        "A theme builds on another one, which builds on another, down to the theme `default`. A name on this way is not "
        "that of a theme in the package or in `themes/` beside `coursepack.yaml`, or the way goes in a circle.",
        "主题 {theme} 继承 {parent}，但后者不存在或又回到自身；可用的有：{known}",
        "请更正 theme.yaml 中的 `extends`；本次使用了默认主题",
        "主题可以建立在另一个主题之上，一直到 `default`。其中某个名称不是程序自带的主题，也不在 `coursepack.yaml` 旁的 "
        "`themes/` 中，或者继承关系成了环。",
    ),
    CodeDoc(
        "CP606",
        "error",
        "{token} {colour} on {ground} has a contrast of only {ratio}:1 in the {scheme} scheme",
        "use {better}, or set `contrast: mend`",
        "Letters need a contrast of 4.5:1 at least (WCAG 2.2, 1.4.3), or many people cannot read them: older people, "
        "people who see little, everybody in the sun. The colour is that of `colours` in theme.yaml or course.yaml, or of a "
        "theme's styles. With `contrast: mend` a colour of the same hue is taken that has 7:1.",
        "{token} {colour} 在 {ground} 上的对比度只有 {ratio}:1（{scheme} 模式）",
        "请改用 {better}，或设置 `contrast: mend`",
        "文字的对比度至少要有 4.5:1（WCAG 2.2，1.4.3），否则老年人、视力不好的人、在阳光下的人都看不清。颜色来自 theme.yaml "
        "或 course.yaml 的 `colours`，或主题的样式。设置 `contrast: mend` 后，会改用同一色相、对比度达 7:1 的颜色。",
    ),
    CodeDoc(
        "CP607",
        "warning",
        "{token} {colour} on {ground} has a contrast of {ratio}:1 in the {scheme} scheme; 7:1 is wanted",
        "use {better}, or set `contrast: mend`",
        "The colour can be read by most people (4.5:1) but not by all who learn here: the house asks for 7:1 (WCAG 2.2, "
        "1.4.6), which older people need. With `contrast: mend` a colour of the same hue is taken that has it.",
        "{token} {colour} 在 {ground} 上的对比度为 {ratio}:1（{scheme} 模式），应达到 7:1",
        "请改用 {better}，或设置 `contrast: mend`",
        "多数人能看清这个颜色（4.5:1），但不是所有学员：这里要求 7:1（WCAG 2.2，1.4.6），老年人需要这样的对比度。设置 "
        "`contrast: mend` 后，会改用同一色相、对比度足够的颜色。",
    ),
    CodeDoc(
        "CP608",
        "warning",
        "{file} of the theme: {problem} is left out",
        "put the file into the theme's folder, in a format that pages can use",
        "Pages load nothing from other hosts and nothing from outside of the theme's folder. Left out are: `@import` and "
        "`url()` of what the theme does not hold, a logo that is not there, links in the file system, files over 4 MiB, "
        "and types that a page cannot use.",
        "主题中的 {file}：已忽略 {problem}",
        "请把文件放进主题文件夹，并使用网页可用的格式",
        "页面不从其他主机、也不从主题文件夹之外加载任何内容。被忽略的有：`@import`、指向主题中没有的文件的 `url()`、不存在的标志图、"
        "文件系统链接、超过 4 MiB 的文件，以及网页不能使用的类型。",
    ),
    CodeDoc(
        "CP609",
        "error",
        "this template of the theme cannot be used: {problem}",
        "correct the template",
        "The template is not valid Jinja, or it asks for something that there is not. When it cannot be read at all, the "
        "course is built with the default theme; when it fails on a page, that page's module is missing from the output.",
        "无法使用主题的这个模板：{problem}",
        "请更正模板",
        "模板不是有效的 Jinja，或用到了不存在的内容。完全无法读取时，改用默认主题构建；在某一页上出错时，输出中缺少该页所在的模块。",
    ),
    CodeDoc(
        "CP690",
        "error",
        "coursepack itself failed at {step} ({error}, {where})",
        "this is a fault of coursepack: please report it with this line and, if you may share it, the file",
        "A step met a situation that its code did not foresee. The rest of the course was built; this file's "
        "output is missing. The result is not kept, so the step runs again at the next build. Please report it.",
        "coursepack 自身在 {step} 处出错（{error}，{where}）",
        "这是 coursepack 的缺陷：请附上本行信息（若允许，也附上该文件）向我们报告",
        "某一步遇到了代码没有预料到的情况。课程其余部分已生成，只缺这个文件的输出。结果不会被缓存，下次构建会重试。请向我们报告。",
    ),
    CodeDoc(
        "CP691",
        "error",
        "the file changed while it was being built",
        "run the build again",
        "The bytes on disk were no longer those that the plan was made for: an editor, a copy or a synchroniser "
        "was still writing. Its result was thrown away so that nothing wrong is kept.",
        "文件在构建过程中被改动",
        "请重新构建",
        "磁盘上的内容与制订计划时不同：可能编辑器、复制或同步程序仍在写入。为避免留下错误结果，已丢弃该结果。",
    ),
)
