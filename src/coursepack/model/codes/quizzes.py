"""CP180-CP199: questions. CP127 to CP129 are in `source`."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        "CP180",
        "warning",
        message_en="A question has no setting “{name}”{maybe}",
        hint_en="Use one of: {known}",
        about_en="What stands in braces after `quiz` or `quiz-set` sets how the question is asked and scored. This name is not known, so it does nothing.\n\n"
        "```markdown\n:::{quiz #q1 points=2 outcome=check attempts=3 shuffle=true}\n```",
        message_zh="题目没有“{name}”这项设置{maybe}",
        hint_zh="可用的有：{known}",
        about_zh="`quiz` 或 `quiz-set` 后面花括号里的内容决定题目怎样出、怎样计分。这个名称无法识别，因此不起作用。\n\n"
        "```markdown\n:::{quiz #q1 points=2 outcome=check attempts=3 shuffle=true}\n```",
    ),
    CodeDoc(
        "CP181",
        "warning",
        message_en="“{kind}” is no kind of question{maybe}",
        hint_en="Use one of: {known}; or leave `kind` out, the contents decide",
        about_en="The kind follows from what stands in the question: a task list is a choice, a gap is filled in, a list of `left -> right` is matched. "
        "Only an order needs `kind=order`, because a numbered list may also belong to the question's words. This kind is not known and was ignored.",
        message_zh="没有“{kind}”这种题型{maybe}",
        hint_zh="可用的有：{known}；也可以不写 `kind`，由内容决定",
        about_zh="题型由内容决定：任务列表是选择题，有空的是填空题，“左 -> 右”的列表是配对题。只有排序题需要写 `kind=order`，因为编号列表也可能是题目的文字。这个题型无法识别，已忽略。",
    ),
    CodeDoc(
        "CP182",
        "error",
        message_en="A question of kind “{kind}” needs {needs}",
        hint_en="Add it, or take `kind={kind}` away",
        about_en="The opening line asks for one kind of question, but its contents make another. The contents were followed.\n\n"
        "```markdown\n:::{quiz kind=order}\nPut the steps in order.\n\n1. Look at the name\n2. Look at the amount\n3. Tap Confirm\n:::\n```",
        message_zh="“{kind}”题需要 {needs}",
        hint_zh="请补上，或去掉 `kind={kind}`",
        about_zh="开始行要求的题型和内容不符，已按内容处理。\n\n"
        "```markdown\n:::{quiz kind=order}\n把步骤排好。\n\n1. 看名字\n2. 看金额\n3. 按确认\n:::\n```",
    ),
    CodeDoc(
        "CP183",
        "error",
        message_en="Two answers of this question are the same: {answer}",
        hint_en="Change or remove one of them",
        about_en="Nobody can tell which of the two is meant, and when only one is marked as right the same words are right and wrong. Capital letters, spaces and "
        "full-width forms make no difference. In a matching question the left sides must differ; several of them may have the same partner.",
        message_zh="这道题有两个相同的选项：{answer}",
        hint_zh="请修改或删除其中一个",
        about_zh="没有人能分清是哪一个；如果只有一个标为正确，同样的文字就既对又错。大小写、空格、全角半角都不算区别。配对题的左边不能重复，右边可以。",
    ),
    CodeDoc(
        "CP184",
        "error",
        message_en="A gap has no answer",
        hint_en="Write what is right between the brackets: `[[answer]]`",
        about_en="Between the double brackets stands what the learner should write; `|` parts several right answers. Here is nothing, so no gap was made.\n\n"
        "```markdown\nThe capital is [[Beijing|Peking]].\n```",
        message_zh="有一个空没有答案",
        hint_zh="请在括号里写上正确答案：`[[答案]]`",
        about_zh="双方括号里写学员应填的内容，多个正确答案用 `|` 隔开。这里什么都没有，因此没有做成填空。\n\n```markdown\n首都是[[北京|北京市]]。\n```",
    ),
    CodeDoc(
        "CP185",
        "error",
        message_en="There is nothing to put in order: {count} item",
        hint_en="Write two or more items as a numbered list, in the right order",
        about_en="A question of kind `order` shows its numbered list in another order for the learner to mend. It needs at least two items.\n\n"
        "```markdown\n:::{quiz kind=order}\nWhat comes first?\n\n1. Look\n2. Tap\n:::\n```",
        message_zh="没有可以排序的内容：只有 {count} 项",
        hint_zh="请用编号列表按正确顺序写出两项以上",
        about_zh="`order` 题会把编号列表打乱，让学员排好，因此至少要有两项。\n\n"
        "```markdown\n:::{quiz kind=order}\n先做哪一步？\n\n1. 看\n2. 按\n:::\n```",
    ),
    CodeDoc(
        "CP186",
        "error",
        message_en="“{part}” is no number, in the gap [[{answer}]]",
        hint_en="Write it like [[= 42 ± 1 kg]]; plain words are written without `=` and `±`",
        about_en="A gap that begins with `=` and a space, or that holds `±` (also `+-`), takes a number: the value, how far off an answer may be, and a unit. "
        "`[[= 10..12]]` is a range, `± 5%` a share of the value. This one cannot be read, so it takes exactly these words.\n\n"
        "```markdown\nA litre of water weighs [[= 1 ± 0.05 kg]].\n```",
        message_zh="填空 [[{answer}]] 中的“{part}”不是数字",
        hint_zh="请写成 [[= 42 ± 1 kg]]；普通文字不要用 `=` 和 `±`",
        about_zh="以 `=` 加空格开头，或含有 `±`（也可写 `+-`）的空要填数字：数值、允许的误差和单位。`[[= 10..12]]` 是范围，`± 5%` 是按比例的误差。"
        "这里无法读取，因此只接受原文。\n\n```markdown\n一升水重 [[= 1 ± 0.05 kg]]。\n```",
    ),
    CodeDoc(
        "CP187",
        "warning",
        message_en="This question is answered in two ways ({used} and {also}); the first counts",
        hint_en="Make two questions of it, in a `quiz-set` if they belong together",
        about_en="One question has one way to answer: choosing, filling gaps, matching or putting in order. The other was left in the question's words.\n\n"
        "```markdown\n::::{quiz-set} Two questions\n:::{quiz}\n…\n:::\n:::{quiz}\n…\n:::\n::::\n```",
        message_zh="这道题有两种作答方式（{used} 和 {also}），以前者为准",
        hint_zh="请拆成两道题；如果属于一组，可以放进 `quiz-set`",
        about_zh="一道题只有一种作答方式：选择、填空、配对或排序。另一种只作为题目的文字显示。\n\n"
        "```markdown\n::::{quiz-set} 两道题\n:::{quiz}\n…\n:::\n:::{quiz}\n…\n:::\n::::\n```",
    ),
    CodeDoc(
        "CP188",
        "warning",
        message_en="“{value}” is no value for {name}",
        hint_en="Write one like this: {expected}",
        about_en="The setting was ignored. `attempts` is how often an answer may be checked (1 to 100), `shuffle` and `case` are true or false, `pass` of a `quiz-set` is "
        "the share of the points that is needed, in per cent.",
        message_zh="“{value}”不是 {name} 的有效值",
        hint_zh="请写成这样：{expected}",
        about_zh="这项设置已忽略。`attempts` 是可以检查答案的次数（1 到 100），`shuffle` 和 `case` 是 true 或 false，`quiz-set` 的 `pass` 是及格所需分数的百分比。",
    ),
    CodeDoc(
        "CP190",
        "warning",
        message_en="The outcome “{outcome}” of this question is not one of course.yaml{maybe}",
        hint_en="Correct the id, or add the outcome to `outcomes` in course.yaml",
        about_en="A question may name the learning outcome that it tests, by the id that `course.yaml` gives it. With an unknown id its points count towards no outcome.\n\n"
        "```yaml\noutcomes:\n  - id: check\n    text: Checks a payment before confirming it\n```",
        message_zh="这道题的学习成果“{outcome}”不在 course.yaml 中{maybe}",
        hint_zh="请改正 id，或把该成果加入 course.yaml 的 `outcomes`",
        about_zh="题目可以用 `course.yaml` 中的 id 指明所考查的学习成果。id 未知时，分数不计入任何成果。\n\n"
        "```yaml\noutcomes:\n  - id: check\n    text: 付款前会核对信息\n```",
    ),
    CodeDoc(
        "CP191",
        "warning",
        message_en="This set of questions holds none",
        hint_en="Put `:::{quiz}` fences inside; the outer fence needs more colons",
        about_en="A `quiz-set` holds questions and shows one score for all. None was found inside, so its contents stand in the page without it. Often the "
        "set was closed too early: each bare line of colons closes the fence opened last.\n\n"
        "```markdown\n::::{quiz-set pass=60} What do you know?\n:::{quiz}\n…\n:::\n::::\n```",
        message_zh="这组题里没有题目",
        hint_zh="请把 `:::{quiz}` 放在里面；外层围栏要多一个冒号",
        about_zh="`quiz-set` 里放几道题，并显示总分。这里没有找到题目，因此内容直接显示。常见原因是过早关闭：每一行冒号关闭最后打开的围栏。\n\n"
        "```markdown\n::::{quiz-set pass=60} 学会了吗？\n:::{quiz}\n…\n:::\n::::\n```",
    ),
    CodeDoc(
        "CP192",
        "warning",
        message_en="A set of questions cannot stand inside another set or question",
        hint_en="Close the outer one first",
        about_en="Each question counts towards one total. The inner set was dissolved: its questions belong to the outer one.",
        message_zh="一组题不能放在另一组题或题目里",
        hint_zh="请先关闭外层",
        about_zh="每道题只计入一个总分。内层已取消，其中的题目归入外层。",
    ),
)
