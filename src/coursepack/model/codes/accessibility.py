"""CP4xx: accessibility of pages."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        "CP401",
        "warning",
        message_en="The image {target} has no alternative text",
        hint_en='Say in words what it shows: ![words]({name}); for mere decoration write <img src="{name}" alt="">',
        about_en="Whoever cannot see the image, or has switched images off to save data, gets the alternative text in its place "
        "(WCAG 1.1.1). Say what matters for the lesson in a sentence: “The pay button is grey until the amount is filled in.” A chart "
        "needs its message, not its shape. A purely decorative image gets an empty `alt` on purpose.",
        message_zh="图片 {target} 没有替代文字",
        hint_zh='请用文字说明内容：![说明]({name})；纯装饰图写 <img src="{name}" alt="">',
        about_zh="看不到图片的人，或为省流量关闭图片的人，得到的是替代文字（WCAG 1.1.1）。用一句话写出对本课重要的内容："
        "“填好金额之前，付款按钮是灰色的。”图表写结论而不是外形。纯装饰图可有意使用空的 `alt`。",
    ),
    CodeDoc(
        "CP402",
        "warning",
        message_en="The alternative text “{alt}” says nothing about {target}",
        hint_en="Say what the image shows, not that it is an image or how the file is called",
        about_en="A screen reader already says “image”. A file name or a word such as “screenshot” tells its user only that something is "
        "being kept from them (WCAG 1.1.1). Write what a sighted learner takes from it.",
        message_zh="替代文字“{alt}”没有说明 {target} 的内容",
        hint_zh="请写图片的内容，而不是“图片”或文件名",
        about_zh="读屏软件本来就会读出“图片”。文件名或“截图”之类的词只会让使用者知道自己缺了信息（WCAG 1.1.1）。"
        "请写出看得见的学习者从中得到什么。",
    ),
    CodeDoc(
        "CP403",
        "warning",
        message_en="The player of {target} has no label",
        hint_en="Say in a few words what it is: ![How to scan a code]({name})",
        about_en="The words in the brackets name the player for screen readers and in lists (WCAG 1.1.1, 4.1.2). Without them every player "
        "on the page is called the same.",
        message_zh="{target} 的播放器没有名称",
        hint_zh="请用几个字说明它是什么：![怎样扫码]({name})",
        about_zh="方括号里的文字是播放器的名称，供读屏软件和列表使用（WCAG 1.1.1、4.1.2）。没有名称时，页面上的播放器都叫同一个名字。",
    ),
)
