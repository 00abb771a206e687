"""CP8xx: the catalogue."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP801",
        severity="info",
        message_en="the course has no description",
        hint_en="add `description:` to course.yaml: one or two sentences that say what people can do afterwards",
        about_en=(
            "The description is shown in the catalogue, in search results and when the course is shared. Without one "
            "the title stands in its place.\n\n"
            "People decide by it whether a course is for them.\n\n"
            "Example:\n\n```yaml\ndescription: How to pay with a phone, and how to tell a false code from a true one.\n```"
        ),
        message_zh="课程没有简介",
        hint_zh="请在 course.yaml 中写 `description:`,用一两句话说明学完能做什么",
        about_zh=(
            "简介会出现在课程目录、搜索结果和分享卡片里。没有简介时用标题代替。\n\n"
            "人们靠它判断这门课是否适合自己。\n\n"
            "例如:\n\n```yaml\ndescription: 学会用手机付款,并分辨真假收款码。\n```"
        ),
    ),
    CodeDoc(
        code="CP802",
        severity="info",
        message_en="the course does not say under which licence it may be used",
        hint_en="add `license:` to course.yaml, for example CC-BY-4.0",
        about_en=(
            "Without a licence nobody else may copy, translate or adapt the course, not even a teacher who wants to hand "
            "it out. Catalogues leave such courses out of what may be reused.\n\n"
            "Name it by its SPDX name or by the address of its text.\n\n"
            "Example:\n\n```yaml\nlicense: CC-BY-SA-4.0\n```"
        ),
        message_zh="课程没有说明使用许可",
        hint_zh="请在 course.yaml 中写 `license:`,例如 CC-BY-4.0",
        about_zh=(
            "没有许可声明,别人就不能复制、翻译或改编这门课,连想把它发给学员的老师也不行;目录也不会把它列入可再利用的课程。\n\n"
            "请写许可的 SPDX 名称,或许可全文的网址。\n\n"
            "例如:\n\n```yaml\nlicense: CC-BY-SA-4.0\n```"
        ),
    ),
    CodeDoc(
        code="CP803",
        severity="info",
        message_en="the licence {license} is not one that catalogues know",
        hint_en="use an SPDX name such as CC-BY-4.0, or the address of the licence's text",
        about_en=(
            "Catalogues compare licences by address. This text has none, so it is passed on as it stands and nobody can "
            "filter by it.\n\n"
            "People who look for courses they may reuse will not find this one.\n\n"
            "Example: `CC-BY-4.0` in place of `Creative Commons`; `https://example.org/terms` for terms of your own."
        ),
        message_zh="目录不认识许可 {license}",
        hint_zh="请使用 SPDX 名称(如 CC-BY-4.0),或许可全文的网址",
        about_zh=(
            "目录用网址来比较许可。这段文字没有对应的网址,只能原样保留,无法用来筛选。\n\n"
            "寻找可再利用课程的人就找不到它。\n\n"
            "例如:写 `CC-BY-4.0`,不要只写 `知识共享`;自定的条款请写 `https://example.org/terms` 这样的网址。"
        ),
    ),
    CodeDoc(
        code="CP804",
        severity="info",
        message_en="the course names neither a provider nor an author",
        hint_en="add `provider:` or `authors:` to course.yaml",
        about_en=(
            "A catalogue entry needs somebody who offers the course: schema.org's `provider`. Without one the entry is "
            "incomplete and search engines do not show it as a course.\n\n"
            "Learners want to know whose word they are taking.\n\n"
            "Example:\n\n```yaml\nprovider: Community College of the Lakeside District\n```"
        ),
        message_zh="课程既没有提供机构,也没有作者",
        hint_zh="请在 course.yaml 中写 `provider:` 或 `authors:`",
        about_zh=(
            "目录条目需要说明由谁提供课程,即 schema.org 的 `provider`。缺少时条目不完整,搜索引擎不会把它当作课程显示。\n\n"
            "学习者也想知道内容出自谁手。\n\n"
            "例如:\n\n```yaml\nprovider: 湖滨区社区学院\n```"
        ),
    ),
    CodeDoc(
        code="CP805",
        severity="info",
        message_en="the course has neither subjects nor keywords",
        hint_en="add `subjects:` or `keywords:` to course.yaml",
        about_en=(
            "Subjects and keywords are how a course is found when its title does not hold the word that people look "
            "for. Without them it can only be found by its title and description.\n\n"
            "Example:\n\n```yaml\nsubjects: [digital skills]\nkeywords: [mobile payment, QR code, fraud]\n```"
        ),
        message_zh="课程没有主题,也没有关键词",
        hint_zh="请在 course.yaml 中写 `subjects:` 或 `keywords:`",
        about_zh=(
            "当标题里没有人们搜索的词时,要靠主题和关键词找到课程。没有它们,就只能凭标题和简介查找。\n\n"
            "例如:\n\n```yaml\nsubjects: [数字技能]\nkeywords: [手机支付, 二维码, 防骗]\n```"
        ),
    ),
)
