"""Small courses for reading: text in several languages, a table, a quiz, and a page that somebody reads aloud."""

from pathlib import Path

from PIL import Image

from tests.helpers.course import ffmpeg

SETTINGS = """\
id: {id}
title: 看得清
description: 一门小课。
version: "1"
language: zh-Hans
languages: [zh-Hans, en, yue]
license: CC-BY-4.0
{audience}
bundles: [web]
"""

STEPS = """\
# 三步付款

先看，再付！要是不对，就停。粤语说[睇清楚先]{lang=yue}，英语说 [Look first.]{lang=en}

## 第一步 {#one}

看收款人。

![一部手机](media/phone.png)

## 第二步 {#two}

看金额：**12.50** 元。别看错“小数点”！

| 想付多少 | 应该输入 | 容易错成 | 差了多少 |
|---|---|---|---|
| 三块 | 3.00 | 33 | 30元 |

<details><summary>为什么</summary>

折起来的文字。

</details>

## 第三步 {#three}

再按“确认”。

1. 看。
2. 付。

:::{quiz #q1 points=1}
先看什么？

- [x] 名字
- [ ] 颜色
:::
"""

ENGLISH = """\
# Three steps

Look first, e.g. at the name. Mr. Li has one shop; see Fig. 3 for it. Then pay 12.50 yuan. Done?

## Step one

Look at the payee.

## Step two

Look at the amount.
"""

READ = "# 读给您听\n\n先看名字。再看金额。\n\n最后才按。\n"
TIMES = """WEBVTT

00:00.000 --> 00:00.600
读给您听

00:00.600 --> 00:01.600
先看名字。

00:01.600 --> 00:02.600
再看金额，

00:02.600 --> 00:04.000
最后才按。
"""


def make_reading_course(root: Path, course_id: str, audience: str = "") -> Path:
    """Writes the course into `root`; `audience` as course.yaml has it, "[older-people]"."""
    files = {
        "course.yaml": SETTINGS.format(id=course_id, audience=f"audience: {audience}" if audience else ""),
        "index.md": "# 看得清\n\n欢迎。\n",
        "index.en.md": "# See clearly\n\nWelcome.\n",
        "index.yue.md": "# 睇得清\n\n歡迎。\n",
        "01-a/01-steps.md": STEPS,
        "01-a/01-steps.en.md": ENGLISH,
        "01-a/01-steps.yue.md": "# 三步俾錢\n\n睇清楚先。$a^2 = \\frac{1}{2}$\n\n## 第一步\n\n睇個名。\n",
        "01-a/02-read.md": READ,
        "01-a/02-read.read.vtt": TIMES,
    }
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    (root / "01-a" / "media").mkdir()
    Image.new("RGB", (320, 480), "#0b5750").save(root / "01-a" / "media" / "phone.png")
    ffmpeg("-f", "lavfi", "-i", "sine=frequency=330:duration=4", str(root / "01-a" / "02-read.read.wav"))
    return root
