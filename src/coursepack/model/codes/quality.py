"""Codes of the search for a quality."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP234",
        severity="info",
        message_en="the picture stays below the wished quality {target}: {mean} in the mean, {low} in its worst moments (VMAF)",
        hint_en="look at the result once; a recording with more light has less noise and needs fewer bytes",
        about_en=(
            "The build looks for the smallest file whose picture reaches the wished quality, within bounds. Grain and the noise of a camera in a dark room cannot be compressed without loss: to keep them, the file would have to grow to many times the size of a clean recording, and learners on slow lines would wait for noise. So the search stops at its finest setting.\n\n"
            "Usually nothing is missed. If faces or text look soft, record again with more light, or clean the recording in an editor first."
        ),
        message_zh="画质低于期望的 {target}：平均 {mean}，最差时 {low}（VMAF）",
        hint_zh="请看一遍结果；录制时光线更充足，噪点更少，文件也更小",
        about_zh=(
            "构建会在一定范围内寻找画质达到期望的最小文件。胶片颗粒和暗处拍摄的噪点无法无损压缩：若要保留，文件会比干净的录像大许多倍，慢速网络上的学习者要为噪点等待。因此搜索停在最精细的一档。\n\n"
            "通常看不出差别。如果人脸或文字模糊，请在更亮的地方重新录制，或先用编辑软件降噪。"
        ),
    ),
)
