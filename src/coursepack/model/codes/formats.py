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
