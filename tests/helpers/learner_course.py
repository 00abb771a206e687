"""A small course in Chinese, Cantonese and English for what learners do: search, and progress. Text, one recording."""

from pathlib import Path

from tests.helpers.course import build, ffmpeg

SPEECH = """WEBVTT

00:00.000 --> 00:00.900
{first}

00:05.000 --> 00:05.900
{second}
"""

FILES = {
    "course.yaml": """\
id: market
title: 市场里的手机
version: "2"
language: zh-Hans
languages: [zh-Hans, yue, en]
translations:
  en: {title: A phone at the market}
  yue: {title: 街市用手機}
outcomes:
  - {id: pay, text: 会看清收款人}
  - {id: lock, text: 会设密码}
credit: {hours: 1, pass: 60}
""",
    "index.md": "# 市场里的手机\n\n欢迎。\n",
    "index.en.md": "# A phone at the market\n\nWelcome.\n",
    "index.yue.md": "# 街市用手機\n\n歡迎。\n",
    "01-pay/01-check.md": """\
---
title: 看清收款人
outcomes: [pay]
---
# 看清收款人

先看名字，再输入金额。

## 电动车租金

租金每月付一次。

![老板的话](media/talk.wav)

:::{quiz #q1 outcome=pay points=2}
名字不对怎么办？

- [x] 不付款
- [ ] 先付款
:::
""",
    "01-pay/01-check.en.md": """\
---
title: Read the payee's name
outcomes: [pay]
---
# Read the payee's name

Read the name first, then type the amount.

## Renting an e-bike

The rent is paid monthly. Scanned codes can be changed by strangers.

:::{quiz #q1 outcome=pay points=2}
The name is wrong. What now?

- [x] Do not pay
- [ ] Pay first
:::
""",
    "01-pay/01-check.yue.md": "# 睇清楚收款人\n\n先睇個名，再入銀碼。\n\n## 電動車租金\n\n租金每個月畀一次。\n",
    "02-lock/01-password.md": "---\noutcomes: [lock]\n---\n# 设密码\n\n密码不要告诉别人。\n\n## 忘了怎么办\n\n"
    + "到银行柜台去问。" * 60
    + "\n",
    "02-lock/01-password.en.md": "# Set a password\n\nTell nobody your password.\n",
    "02-lock/01-password.yue.md": "# 設密碼\n\n密碼唔好話畀人知。\n",
    "02-lock/02-lost.md": "# 手机丢了\n\n马上打电话给银行。\n",
    "01-pay/media/talk.zh-Hans.vtt": SPEECH.format(first="您好，买点什么？", second="付款码给我扫一下。"),
    "01-pay/media/talk.yue.vtt": SPEECH.format(first="你好，買啲咩呀？", second="俾個付款碼我掃下。"),
}


def make_learner_course(root: Path) -> Path:
    """Writes the course into `root`."""
    for name, text in FILES.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    ffmpeg("-f", "lavfi", "-i", "sine=frequency=330:duration=7", str(root / "01-pay/media/talk.wav"))
    return root


def build_learner_course(folder: Path) -> Path:
    """The built course below `folder`: web/ and the archive."""
    course = make_learner_course(folder / "market")
    result = build(folder / "cache", course, folder / "out")
    assert not [d for d in result["diagnostics"] if d["severity"] == "error"], result["diagnostics"]
    return folder / "out" / "market"
