"""CP36x and CP37x: captions against what is heard; drafts."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP360",
        severity="warning",
        message_en="the captions come {seconds} s too late: {fit}% of them fit the speech of {media} once moved",
        hint_en="coursepack captions shift {file} --by {by}",
        about_en=(
            "The beginnings of the cues were compared with what sounds like speech in the recording. They fit it clearly "
            "better when all are moved by the same time, as when the recording was trimmed after it was captioned. "
            "Captions that come late are read after the voice has gone on, and learners who lip-read or follow in a second "
            "language lose the thread. Only differences of 0.4 s or more are told, and only when the comparison is sure: "
            "several cues, pauses between them, and no other place where they fit nearly as well."
        ),
        message_zh="字幕晚了 {seconds} 秒：移动后与 {media} 的语音吻合度为 {fit}%",
        hint_zh="coursepack captions shift {file} --by {by}",
        about_zh=(
            "把每条字幕的开始时间与录音里像说话的部分作了比较。全部移动同样的时间后明显更吻合，例如录音在配好字幕之后又剪掉了片头。"
            "字幕来得晚，读到时话已经说过去了，看口型或听第二语言的学员会跟不上。只有相差 0.4 秒以上、而且比较有把握时才提示："
            "字幕够多，中间有停顿，并且没有另一处几乎同样吻合。"
        ),
    ),
    CodeDoc(
        code="CP361",
        severity="warning",
        message_en="the captions come {seconds} s too early: {fit}% of them fit the speech of {media} once moved",
        hint_en="coursepack captions shift {file} --by {by}",
        about_en=(
            "The beginnings of the cues were compared with what sounds like speech in the recording. They fit it clearly "
            "better when all are moved by the same time, as when a title was put before the recording after it was "
            "captioned. Captions that come early give the answer before the question is asked. Only differences of 0.4 s or "
            "more are told, and only when the comparison is sure."
        ),
        message_zh="字幕早了 {seconds} 秒：移动后与 {media} 的语音吻合度为 {fit}%",
        hint_zh="coursepack captions shift {file} --by {by}",
        about_zh=(
            "把每条字幕的开始时间与录音里像说话的部分作了比较。全部移动同样的时间后明显更吻合，例如配好字幕之后又在前面加了片头。"
            "字幕来得太早，问题还没问完答案就出来了。只有相差 0.4 秒以上、而且比较有把握时才提示。"
        ),
    ),
    CodeDoc(
        code="CP362",
        severity="warning",
        message_en="the captions run away from the speech of {media}: {first} s off at the first cue, {last} s at the last",
        hint_en="coursepack captions shift {file} --point {first_point} --point {last_point}",
        about_en=(
            "The cues fit the speech only when their clock is made faster or slower, as when captions for 25 frames a second "
            "are used with a recording of 24 or 23.976. The difference grows: at the end the captions may be minutes away. "
            "The proposed command gives two times of the file and where they belong; all others follow."
        ),
        message_zh="字幕与 {media} 的语音越走越远：第一条相差 {first} 秒，最后一条相差 {last} 秒",
        hint_zh="coursepack captions shift {file} --point {first_point} --point {last_point}",
        about_zh=(
            "字幕的时间要整体放快或放慢才与语音吻合，例如把每秒 25 帧的字幕用在 24 或 23.976 帧的录像上。差别会越来越大，"
            "到结尾可能相差几分钟。建议的命令给出文件中的两个时间和它们应在的位置，其余的随之调整。"
        ),
    ),
    CodeDoc(
        code="CP363",
        severity="info",
        message_en="the speech is only {db} dB louder than what is heard in its pauses",
        hint_en="lower the music or noise under the voice; 20 dB is the goal",
        about_en=(
            "People who are hard of hearing cannot part a voice from music or traffic under it. WCAG 1.4.7 (level AAA) asks "
            "for speech at least 20 dB louder than the background, about four times as loud to the ear. The number is an "
            "estimate: the usual level where somebody speaks against the usual level of the pauses between, in the band of "
            "speech. Short sounds are no matter; music that runs under the whole talk is."
        ),
        message_zh="说话声只比停顿处的背景声响 {db} 分贝",
        hint_zh="降低人声下的音乐或噪声；目标是相差 20 分贝",
        about_zh=(
            "听力不好的人很难把人声和下面的音乐、车声分开。WCAG 1.4.7（AAA 级）要求人声比背景至少响 20 分贝，听起来约四倍响。"
            "这里的数字是估计：说话处的通常音量与停顿处的通常音量之差，只看语音频段。短促的声响不要紧，整段都有的配乐才是问题。"
        ),
    ),
    CodeDoc(
        code="CP364",
        severity="warning",
        message_en="{seconds} s of what sounds like speech in {media} have no caption, from {time} to {end}",
        hint_en="caption what is said there; if it is singing or a radio, a cue such as [music] says so",
        about_en=(
            "For a long stretch no cue is shown although somebody seems to speak, as when captions were made for an excerpt "
            "or a paste was cut short. Learners who cannot hear get nothing there. Detection goes by level and liveliness: "
            "singing and a radio are taken for speech too. A cue that names the sound, `[music]`, is right in that case, and "
            "ends this finding."
        ),
        message_zh="{media} 中有 {seconds} 秒像是说话的声音没有字幕，从 {time} 到 {end}",
        hint_zh="请为这一段配上字幕；如果是唱歌或广播，写一条“（音乐）”即可",
        about_zh=(
            "很长一段没有字幕，却好像有人在说话，例如字幕只配了一部分，或粘贴时被截断。听不见的学员在这里什么也得不到。"
            "判断依据是音量和起伏，唱歌、广播也会被当成说话。那样的话写一条说明声音的字幕，如“（音乐）”，就不再提示。"
        ),
    ),
    CodeDoc(
        code="CP365",
        severity="warning",
        message_en="these captions are a draft by speech recognition that nobody has read through",
        hint_en="read it through against the recording, then delete the note in line {at}",
        about_en=(
            "`coursepack captions draft` writes a note into the file: `NOTE coursepack-draft ...`. Recognition "
            "errs most where it matters most: names, numbers, terms, and the word not. Play the recording, correct the words "
            "and the breaks, name speakers and sounds, then delete the note: the finding goes with it. Until then the "
            "draft is in the course all the same, as it is better than nothing."
        ),
        message_zh="这份字幕是语音识别的草稿，还没有人校对",
        hint_zh="请对着录音通读一遍，然后删去第 {at} 行的注释",
        about_zh=(
            "`coursepack captions draft` 会在文件里写一条注释：`NOTE coursepack-draft ...`。语音识别最容易错的"
            "正是最要紧的：人名、数字、术语和“不”字。请播放录音，改正文字和断句，标出说话人和声音，再删去注释，提示就会消失。"
            "在那之前草稿仍会放进课程，总比没有好。"
        ),
    ),
)
