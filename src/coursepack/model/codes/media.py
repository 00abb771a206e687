"""CP210-CP249: video and audio files that are read and built (their presence rules are in `presence`)."""

from coursepack.model.diagnostic import CodeDoc

CODES: tuple[CodeDoc, ...] = (
    CodeDoc(
        code="CP210",
        severity="error",
        message_en="the media file is empty (0 bytes)",
        hint_en="copy or export it again",
        about_en=(
            "The file has a name but no content. This happens when a copy or a download was broken off, or a disk was full.\n\n"
            "Learners would see a player that never starts. Copy the file again from the camera, phone or editor and look at its size before you build."
        ),
        message_zh="媒体文件是空的（0 字节）",
        hint_zh="请重新复制或重新导出该文件",
        about_zh=(
            "文件只有名字，没有内容。通常是复制或下载中断，或磁盘已满造成的。\n\n"
            "学习者只会看到一个无法播放的播放器。请从相机、手机或剪辑软件重新复制，构建前先看一下文件大小。"
        ),
    ),
    CodeDoc(
        code="CP211",
        severity="error",
        message_en="this is a playlist or a list of other files, not a recording",
        hint_en="put the recording itself (MP4, MOV, MKV, MP3 ...) into the course folder",
        about_en=(
            "HLS (`.m3u8`), DASH (`.mpd`), ffconcat, SDP and similar files hold no picture and no sound: they name other files or addresses. They are never followed, whatever their extension, since they could pull in files from outside the course.\n\n"
            "Export or download the recording as one file, for example MP4, and use that."
        ),
        message_zh="这是播放列表（指向其他文件的清单），不是录像或录音",
        hint_zh="请把真正的录制文件（MP4、MOV、MKV、MP3 等）放进课程文件夹",
        about_zh=(
            "HLS（`.m3u8`）、DASH（`.mpd`）、ffconcat、SDP 等文件里没有画面和声音，只写着其他文件或地址。无论扩展名是什么，都不会跟随它们，因为它们可能引入课程之外的文件。\n\n"
            "请把录像导出或下载成一个文件（例如 MP4）再使用。"
        ),
    ),
    CodeDoc(
        code="CP212",
        severity="error",
        message_en="this is a still image, not a video or sound file",
        hint_en="give it an image extension and use it as an image, or replace it with the recording",
        about_en=(
            "The content of the file is a picture (PNG, JPEG, GIF ...), whatever its name says. Rename it, for example from `chart.mp4` to `chart.png`, and write `![what it shows](chart.png)`. If a recording was meant, the wrong file was copied."
        ),
        message_zh="这是静态图片，不是视频或音频文件",
        hint_zh="请改为图片扩展名并作为图片使用，或换成真正的录制文件",
        about_zh=(
            "无论文件名怎样写，它的内容是一张图片（PNG、JPEG、GIF 等）。请改名，例如把 `chart.mp4` 改成 `chart.png`，并写成 `![图片说明](chart.png)`。如果本来应是录像，那就是复制错了文件。"
        ),
    ),
    CodeDoc(
        code="CP213",
        severity="error",
        message_en="this is a text file, not a video or sound file",
        hint_en="put the recording itself here; with Git LFS, run `git lfs pull` first",
        about_en=(
            "The file begins with text. Often it is a web page saved in place of the video, a subtitle file with the wrong extension, or a Git LFS pointer (`version https://git-lfs...`) whose content was never fetched.\n\n"
            "Open it in a text editor to see what it is, then fetch the real recording."
        ),
        message_zh="这是文本文件，不是视频或音频文件",
        hint_zh="请放入真正的录制文件；如果使用 Git LFS，请先运行 `git lfs pull`",
        about_zh=(
            "文件开头是文字。常见情况：把网页当成视频保存了、字幕文件用错了扩展名、或是还没取回内容的 Git LFS 指针（`version https://git-lfs...`）。\n\n"
            "用文本编辑器打开看看，再取得真正的录制文件。"
        ),
    ),
    CodeDoc(
        code="CP214",
        severity="error",
        message_en="the file has no index (moov): the recording or the copy was cut off",
        hint_en="copy the file again from its source; if the camera stopped early, repair or record it again",
        about_en=(
            "MP4 and MOV files keep the list of their pictures in a part called `moov`, often at the very end. It is missing here, so nothing can be played, by any program.\n\n"
            "Copy or upload the file again and compare the sizes. If the original is cut off too (battery, full card), a recovery tool with a good recording from the same camera can sometimes rebuild it."
        ),
        message_zh="文件缺少索引（moov）：录制或复制被中断",
        hint_zh="请从来源重新复制；如果是相机提前停止，请修复或重新录制",
        about_zh=(
            "MP4 和 MOV 把画面的目录放在名为 `moov` 的部分里，常在文件末尾。这里没有它，任何程序都无法播放。\n\n"
            "请重新复制或上传，并比较文件大小。如果原文件也是断的（没电、存储卡已满），有时可用修复工具配合同一相机的正常录像恢复。"
        ),
    ),
    CodeDoc(
        code="CP215",
        severity="error",
        message_en="this is not a video or sound file that can be read ({detail})",
        hint_en="open it in a player to check it, then export it as MP4 (H.264 and AAC) or MP3",
        about_en=(
            "The content is none of the formats that are read: MP4, MOV, MKV, WebM, AVI, MPEG, FLV, WMV, MXF, Ogg, MP3, M4A, AAC, FLAC, WAV, AIFF, AMR and their kin. The extension plays no part; the content decides.\n\n"
            "If a player on your machine plays it, export it from there or from an editor as MP4."
        ),
        message_zh="这不是可以读取的视频或音频文件（{detail}）",
        hint_zh="请先用播放器检查，再导出为 MP4（H.264 和 AAC）或 MP3",
        about_zh=(
            "文件内容不属于可读取的格式：MP4、MOV、MKV、WebM、AVI、MPEG、FLV、WMV、MXF、Ogg、MP3、M4A、AAC、FLAC、WAV、AIFF、AMR 等。起作用的是内容，不是扩展名。\n\n"
            "如果你的播放器能播放它，请用播放器或剪辑软件导出为 MP4。"
        ),
    ),
    CodeDoc(
        code="CP216",
        severity="error",
        message_en="the file is so damaged that reading its header failed ({detail})",
        hint_en="export or convert it again, for example to MP4",
        about_en=(
            "The part of the file that says what is inside made the reader stop, run out of memory or run out of time. The build goes on without it. Honest files do this only when they are badly damaged.\n\n"
            "Export the recording again from the program that made it."
        ),
        message_zh="文件损坏严重，无法读取文件头（{detail}）",
        hint_zh="请重新导出或转换，例如转为 MP4",
        about_zh=(
            "说明文件内容的部分使读取程序停止、内存不足或超时。构建会跳过它继续进行。正常文件只有在严重损坏时才会这样。\n\n"
            "请用制作它的软件重新导出。"
        ),
    ),
    CodeDoc(
        code="CP217",
        severity="error",
        message_en="the file has sound but no moving picture",
        hint_en="use it as audio: give it an audio extension (.m4a, .mp3 ...), or link a file with a picture",
        about_en=(
            "A video was asked for, but the file holds sound only; cover art does not count as a video. Learners would see an empty frame.\n\n"
            "Rename the file, for example `talk.mp4` to `talk.m4a`, and write `![what it is](talk.m4a)`: it then gets an audio player. Or export the video again with its picture track switched on."
        ),
        message_zh="文件只有声音，没有活动画面",
        hint_zh="请作为音频使用：改为音频扩展名（.m4a、.mp3 等），或换成有画面的文件",
        about_zh=(
            "这里需要视频，但文件只有声音；封面图片不算视频。学习者会看到一个空框。\n\n"
            "请改名，例如把 `talk.mp4` 改成 `talk.m4a`，写成 `![说明](talk.m4a)`，就会得到音频播放器。或者打开画面轨道重新导出视频。"
        ),
    ),
    CodeDoc(
        code="CP218",
        severity="error",
        message_en="the file cannot be decoded: {detail}",
        hint_en="play it to the end in a player; if that fails too, export it again",
        about_en=(
            "The header is readable but the pictures or the sound behind it are not. The words in the message are the decoder's own. Most often the file is damaged, or it was made with a rare option of an old program.\n\n"
            "Export it again as MP4 (H.264, AAC)."
        ),
        message_zh="文件无法解码：{detail}",
        hint_zh="请用播放器完整播放一遍；如果也失败，请重新导出",
        about_zh=(
            "文件头可以读取，但后面的画面或声音无法解码。消息里的文字来自解码器。多数情况是文件损坏，或由旧软件的少见选项制作。\n\n"
            "请重新导出为 MP4（H.264、AAC）。"
        ),
    ),
    CodeDoc(
        code="CP219",
        severity="error",
        message_en="the {kind} track cannot be decoded (codec: {codec})",
        hint_en="export it as MP4 with H.264 and AAC, without copy protection",
        about_en=(
            "The track uses a codec that is not known here, or it is encrypted (DRM), as in films and songs bought from a shop. Protected content cannot be put into a course.\n\n"
            "For your own recording, export it again with H.264 video and AAC sound."
        ),
        message_zh="{kind} 轨道无法解码（编码：{codec}）",
        hint_zh="请导出为不带版权保护的 MP4（H.264 和 AAC）",
        about_zh=(
            "该轨道使用了不认识的编码，或经过加密（DRM），例如从商店购买的影片和歌曲。受保护的内容不能放进课程。\n\n"
            "如果是自己的录制，请用 H.264 视频和 AAC 声音重新导出。"
        ),
    ),
    CodeDoc(
        code="CP220",
        severity="error",
        message_en="the recording is {hours} hours long; the limit is {limit}",
        hint_en="cut it into lessons",
        about_en=(
            "Either the recording is truly that long, or its header states a wrong duration. Short pieces are also much easier to learn from: six to fifteen minutes a video is a good size."
        ),
        message_zh="录制时长 {hours} 小时，超过上限 {limit} 小时",
        hint_zh="请剪成多个课时",
        about_zh=("要么录制确实这么长，要么文件头写错了时长。短视频也更利于学习：每段六到十五分钟较合适。"),
    ),
    CodeDoc(
        code="CP221",
        severity="error",
        message_en="converting the file did not finish within {seconds} s",
        hint_en="export it again at 1920 x 1080 and at most 60 frames a second, or cut it into parts",
        about_en=(
            "Every conversion has a time limit far above what such a recording needs. A file that reaches it is damaged in a way that makes the decoder hang, states false times, or the machine is extremely loaded.\n\n"
            "Export the recording again and build once more."
        ),
        message_zh="转换在 {seconds} 秒内没有完成",
        hint_zh="请以 1920 x 1080、每秒不超过 60 帧重新导出，或分成几段",
        about_zh=(
            "每次转换都有时间上限，远高于这样的录制所需。达到上限说明文件损坏使解码器卡住、时间信息错误，或机器负载过高。\n\n"
            "请重新导出后再构建。"
        ),
    ),
    CodeDoc(
        code="CP222",
        severity="error",
        message_en="the picture is too large to be decoded within the memory limit",
        hint_en="export it at 3840 x 2160 or smaller",
        about_en=(
            "A picture of more than 50 million pixels, or a file that asks for several gigabytes of memory, is refused: it is either a mistake or an attack. No learner's screen shows that much."
        ),
        message_zh="画面太大，超出内存限制，无法解码",
        hint_zh="请以 3840 x 2160 或更小的尺寸导出",
        about_zh=(
            "超过五千万像素的画面，或需要数 GB 内存的文件会被拒绝：那不是失误就是攻击。学习者的屏幕也显示不了这么大的画面。"
        ),
    ),
    CodeDoc(
        code="CP223",
        severity="error",
        message_en="the file has no sound",
        hint_en="record or export it with its sound track, or use it as a video",
        about_en=(
            "An audio player was asked for, but there is no sound track in the file. Check the microphone and the export settings. If it is a video without sound, give it a video extension."
        ),
        message_zh="文件没有声音",
        hint_zh="请连同声音轨道重新录制或导出，或把它作为视频使用",
        about_zh=(
            "这里需要音频播放器，但文件里没有声音轨道。请检查麦克风和导出设置。如果它是无声视频，请使用视频扩展名。"
        ),
    ),
    CodeDoc(
        code="CP224",
        severity="error",
        message_en="the file ends early: {played} s of {whole} s can be played",
        hint_en="copy the file again and compare its size with the original",
        about_en=(
            "The header promises more than the file holds. The part that is there has been built, so the lesson works up to that point, but learners miss the rest.\n\n"
            "Usually a copy, an upload or a recording was cut off."
        ),
        message_zh="文件提前结束：{whole} 秒中只有 {played} 秒可以播放",
        hint_zh="请重新复制，并与原文件比较大小",
        about_zh=(
            "文件头写的内容比实际的多。已有的部分已经构建，课程能播放到那里，但学习者会缺少其余内容。\n\n"
            "通常是复制、上传或录制被中断。"
        ),
    ),
    CodeDoc(
        code="CP225",
        severity="warning",
        message_en="parts of the file are damaged ({detail})",
        hint_en="watch it once in full; if you see blocks or hear gaps, copy or export it again",
        about_en=(
            "The decoder met errors and went on. Learners may see smeared blocks or hear short gaps. The words in the message are the decoder's, for the first error."
        ),
        message_zh="文件有部分损坏（{detail}）",
        hint_zh="请完整看一遍；如果有花屏或断音，请重新复制或导出",
        about_zh=(
            "解码器遇到错误后继续。学习者可能看到花屏或听到短暂断音。消息里的文字是解码器对第一个错误的说明。"
        ),
    ),
    CodeDoc(
        code="CP226",
        severity="info",
        message_en="the video has no sound",
        hint_en="if that is on purpose, say so in the text beside it, or write a description of what happens",
        about_en=(
            "There is nothing to hear, and no captions are needed. Learners who cannot see the picture get nothing at all from it, so a text or a described version is needed (WCAG 1.2.1).\n\n"
            "Tell learners that it is silent, or they will look for the fault in their device."
        ),
        message_zh="视频没有声音",
        hint_zh="如果是有意的，请在旁边文字中说明，或写出画面内容的描述",
        about_zh=(
            "没有可听的内容，也不需要字幕。但看不到画面的学习者得不到任何信息，因此需要文字或口述影像版本（WCAG 1.2.1）。\n\n"
            "请说明视频是无声的，否则学习者会以为设备有问题。"
        ),
    ),
    CodeDoc(
        code="CP227",
        severity="warning",
        message_en="the sound track is silent from start to end",
        hint_en="check the microphone and export again, or export without a sound track",
        about_en=(
            "There is a sound track, but nothing on it rises above silence. Most often the wrong microphone was chosen. Learners would turn up the volume and hear nothing."
        ),
        message_zh="声音轨道从头到尾都是静音",
        hint_zh="请检查麦克风后重新导出，或导出时不带声音轨道",
        about_zh=(
            "文件有声音轨道，但没有任何可听的声音。多半是选错了麦克风。学习者会把音量调大却什么也听不到。"
        ),
    ),
    CodeDoc(
        code="CP228",
        severity="warning",
        message_en="the sound is very quiet ({lufs} LUFS); it was raised by {gain} dB to {result} LUFS, and its hiss with it",
        hint_en="record closer to the microphone or with more gain",
        about_en=(
            "Lessons are brought to -18 LUFS so that learners need not touch the volume. This recording lies far below, so background noise becomes audible together with the speech. At most 30 dB are added, or 45 where the level rises and falls as speech does; what lies lower stays too quiet.\n\n"
            "A microphone a hand's width from the mouth gives -25 to -15 LUFS."
        ),
        message_zh="声音非常小（{lufs} LUFS），已提升 {gain} dB 到 {result} LUFS，噪声也随之变大",
        hint_zh="请靠近麦克风或提高增益重新录制",
        about_zh=(
            "课程声音统一到 -18 LUFS，学习者不必调节音量。这段录音远低于此，提升后背景噪声也会听得见。最多提升 30 dB（音量像讲话一样起伏时为 45 dB），更低的录音仍会偏小。\n\n"
            "麦克风离嘴一掌宽时，通常在 -25 到 -15 LUFS 之间。"
        ),
    ),
    CodeDoc(
        code="CP229",
        severity="info",
        message_en="the file has {count} sound tracks; the default one ({used}) is used, not {others}",
        hint_en="export the other languages as files of their own, beside a translated lesson",
        about_en=(
            "Only the default track of the file is played. The others may be translations or a described version: export each as its own file, for example `talk.described.mp3`, or link it in the lesson's translation."
        ),
        message_zh="文件有 {count} 条声音轨道；使用默认的一条（{used}），未使用 {others}",
        hint_zh="请把其他语言导出为单独的文件，放在翻译的课时中",
        about_zh=(
            "只播放文件的默认声音轨道。其他轨道可能是译音或口述影像：请分别导出，例如 `talk.described.mp3`，或在该课时的译文里链接。"
        ),
    ),
    CodeDoc(
        code="CP230",
        severity="info",
        message_en="the video is HDR ({transfer}); it was converted to ordinary colours",
        hint_en="look at the result once; export in SDR (BT.709) if the colours matter",
        about_en=(
            "Most phones and projectors show ordinary colours (BT.709) only, and HDR shown there looks grey and flat. The picture was tone-mapped. Skin and skies may look slightly different from the original."
        ),
        message_zh="视频是 HDR（{transfer}），已转换为普通色彩",
        hint_zh="请看一下效果；如果颜色很重要，请以 SDR（BT.709）导出",
        about_zh=(
            "多数手机和投影仪只能显示普通色彩（BT.709），直接显示 HDR 会发灰。画面已做色调映射，肤色和天空可能与原片略有不同。"
        ),
    ),
    CodeDoc(
        code="CP231",
        severity="warning",
        message_en="the picture is very small ({width} x {height})",
        hint_en="export it at 1280 x 720 or larger when the original allows",
        about_en=(
            "Text on slides and screens is unreadable below about 360 lines, above all for people with low vision. The video is never enlarged by the build, since that adds bytes and no detail."
        ),
        message_zh="画面很小（{width} x {height}）",
        hint_zh="如果原片允许，请以 1280 x 720 或更大尺寸导出",
        about_zh=(
            "低于约 360 行时，幻灯片和屏幕上的文字难以辨认，对低视力者尤其如此。构建不会放大视频，因为那只增加字节而不增加细节。"
        ),
    ),
    CodeDoc(
        code="CP232",
        severity="info",
        message_en="the file carries {count} text track(s) inside ({languages}); they are used as captions",
        hint_en="read them once; a file beside the video in the same language, for example talk.en.vtt, wins over them",
        about_en=(
            "Text tracks inside a video are made into captions and subtitles, since browsers do not play them from the file. A track in the language that is spoken, or marked for people who do not hear, counts as captions; others are subtitles. Forced tracks, which translate signs alone, are left out, and of two tracks alike one is taken.\n\n"
            "What lies beside the video is more likely to have been checked, so it wins: where `talk.mp4` has `talk.en.vtt`, the English track inside is not shown."
        ),
        message_zh="文件内含 {count} 条文字轨道（{languages}），已用作字幕",
        hint_zh="请通读一遍；视频旁边同语言的文件（例如 talk.en.vtt）优先",
        about_zh=(
            "浏览器不会播放视频文件内部的文字轨道，因此会把它们做成字幕。与讲话语言相同或标记为听障用途的轨道作为听障字幕，其余作为翻译字幕。只翻译画面文字的强制轨道不用；两条相同的轨道只取一条。\n\n"
            "放在视频旁边的文件更可能经过检查，因此优先：`talk.mp4` 旁边有 `talk.en.vtt` 时，内部的英文轨道不显示。"
        ),
    ),
    CodeDoc(
        code="CP233",
        severity="warning",
        message_en="the cover picture inside the file cannot be used ({detail})",
        hint_en="put a picture beside the file with the same name (.jpg, .png)",
        about_en=(
            "The sound was built; only its embedded cover is damaged or too large. A picture beside it, such as `talk.jpg` for `talk.mp3`, is used in its place."
        ),
        message_zh="文件内的封面图片无法使用（{detail}）",
        hint_zh="请在旁边放一张同名图片（.jpg、.png）",
        about_zh=(
            "声音已经构建，只是内嵌封面损坏或过大。可以在旁边放一张图片代替，例如 `talk.mp3` 对应 `talk.jpg`。"
        ),
    ),
    CodeDoc(
        code="CP237",
        severity="info",
        message_en="the sound stays at {result} LUFS, below the wished {target}: short peaks stand far above all else",
        hint_en="listen to it once beside another lesson; lower the loudest moments in an editor if speech is too quiet",
        about_en=(
            "Loudness is raised until a limiter would have to take more than about 6 dB off the whole. Lone beeps, claps and drum beats reach that point: they have no length that could be loud. Speech is not affected by a few such peaks.\n\n"
            "If it is speech, a compressor in the editor that made the recording brings it to the level of the other lessons."
        ),
        message_zh="声音停在 {result} LUFS，低于期望的 {target}：个别峰值远高于其余部分",
        hint_zh="请与其他课时对比听一遍；如果讲话太小，请在剪辑软件中压低最响的瞬间",
        about_zh=(
            "响度会一直提升，直到限幅器需要从整体上压掉约 6 dB 以上为止。单独的提示音、拍手和鼓点会达到这一点：它们太短，无法显得更响。讲话中偶尔出现的这类峰值没有影响。\n\n"
            "如果这是讲话录音，请在剪辑软件中使用压缩器，使它与其他课时的音量一致。"
        ),
    ),
    CodeDoc(
        code="CP239",
        severity="info",
        message_en="the subtitle track #{index} inside is not text that can be read ({codec}); it is left out",
        hint_en="export it as text with a program that recognises pictures of letters, and put it beside the video, for example talk.en.vtt",
        about_en=(
            "Subtitles of DVDs, Blu-rays and broadcasts are pictures of letters. They cannot be enlarged, searched, translated or read aloud, and browsers do not show them. A few text formats inside videos are not understood either.\n\n"
            "Export the track, turn it into text with a subtitle editor, check it, and save it beside the video, one file a language."
        ),
        message_zh="文件内的字幕轨道 #{index} 不是可读取的文字（{codec}），未使用",
        hint_zh="请用能识别图片文字的程序导出成文字，放在视频旁边，例如 talk.en.vtt",
        about_zh=(
            "DVD、蓝光和电视广播的字幕是文字的图片，不能放大、检索、翻译或朗读，浏览器也不显示。视频内部还有少数文字格式无法识别。\n\n"
            "请导出该轨道，用字幕编辑软件转成文字，检查后放在视频旁边，每种语言一个文件。"
        ),
    ),
    CodeDoc(
        code="CP240",
        severity="warning",
        message_en="the text track #{index} inside cannot be read ({detail}); it is left out",
        hint_en="put the captions beside the video, for example talk.en.vtt for talk.mp4",
        about_en=(
            "The track is damaged, or larger than any caption file (10 MiB). Picture and sound are not affected. Export the captions again from the program that made them, and save them beside the video."
        ),
        message_zh="文件内的文字轨道 #{index} 无法读取（{detail}），未使用",
        hint_zh="请把字幕放在视频旁边，例如 talk.mp4 旁边放 talk.en.vtt",
        about_zh=(
            "该轨道已损坏，或超过字幕文件的上限（10 MiB）。画面和声音不受影响。请从制作软件重新导出字幕，放在视频旁边。"
        ),
    ),
    CodeDoc(
        code="CP241",
        severity="error",
        message_en="the video is Dolby Vision alone (profile 5): its colours cannot be converted",
        hint_en="export it as HDR10, HLG or SDR, or record with HDR switched off",
        about_en=(
            "Dolby Vision profile 5 has no ordinary picture inside: shown without Dolby's own decoder, faces are green and skies purple. Phones record profile 8, whose base is HLG; that is converted like any HDR video. Profile 5 comes from streaming services and some editors.\n\n"
            "Export the recording again as HDR10, HLG or SDR (BT.709)."
        ),
        message_zh="视频只有杜比视界（profile 5），颜色无法转换",
        hint_zh="请导出为 HDR10、HLG 或 SDR，或在录制时关闭 HDR",
        about_zh=(
            "杜比视界 profile 5 内部没有普通画面：不用杜比的解码器播放时，人脸发绿、天空发紫。手机录制的是 profile 8，基础画面为 HLG，会像其他 HDR 视频一样转换。profile 5 来自流媒体服务和某些剪辑软件。\n\n"
            "请重新导出为 HDR10、HLG 或 SDR（BT.709）。"
        ),
    ),
    CodeDoc(
        code="CP242",
        severity="error",
        message_en="converting the file was stopped: what came out grew beyond all measure",
        hint_en="export it again, and compare the duration that your player shows with the true one",
        about_en=(
            "What one conversion may write is limited, far above what an honest recording needs. A file that reaches the limit states false times, or was made to fill the disk.\n\n"
            "Export the recording again from the program that made it."
        ),
        message_zh="转换已停止：输出大到不合情理",
        hint_zh="请重新导出，并比较播放器显示的时长与真实时长",
        about_zh=(
            "每次转换能写出的数据有上限，远高于正常录制所需。达到上限说明文件里的时间信息是错的，或文件是为占满磁盘而制作的。\n\n"
            "请用制作它的软件重新导出。"
        ),
    ),
)
