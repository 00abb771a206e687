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
        "A theme is a folder of templates and styles that comes with coursepack. The name in `theme:` is not one of "
        "them, so the default theme was used in its place.",
        "没有名为 {theme} 的主题；可用的有：{known}",
        "请更正 course.yaml 中的 `theme`；本次使用了默认主题",
        "主题是 coursepack 自带的模板和样式文件夹。`theme:` 中的名称不在其中，所以改用默认主题构建。",
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
