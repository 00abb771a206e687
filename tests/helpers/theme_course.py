"""A small course with every kind of page and block, in English, Chinese and Uyghur (right to left), for looking at themes."""

from pathlib import Path

from PIL import Image, ImageDraw

from tests.helpers.course import ffmpeg

_LESSON = """\
---
title: {title}
duration: 12
outcomes: [check]
---

{first} {{ruby}}`支|zhī 付|fù` {{abbr}}`QR (quick response)` {{term}}`payee` *{first}*

![{label}](media/pay.mp4)

## {section}

| A | B | C | D | E | F |
|---|---|---|---|---|---|
| a long cell of words | 1000 | another long cell | 5000 | more and more words | 1 |

### Code

```python {{2}}
import bank
bank.pay("the name", 12, currency="CNY", note="a line that is too long for any phone or any paper, on purpose")
```

$$E = mc^2$$

> [!NOTE]
> {first}

> [!WARNING]
> {first}

:::{{objectives}}
- {first}
:::

::::{{tabs}}
:::{{tab}} Android
One.
:::
:::{{tab}} iPhone
Two.
:::
::::

:::{{details}} {section}
Folded away.
:::

![A red square](media/red.png)

:::{{quiz #q1 outcome=check points=2}}
{first}

- [x] {label}
- [ ] {section}
  > {first}
:::

## {section} 2

{first} [{label}](02-more.md), [](02-more.md).[^1]

[^1]: {label}
"""
_WORDS = {
    "en": ("Check the name first", "Look at the name before you pay.", "Paying at a stall", "Why it matters"),
    "zh-Hans": ("先看清收款人", "付款之前，先看清“收款人”的名字……不对就别付。", "在菜市场扫码付款", "为什么要看名字"),
    "ug": ("ئاۋۋال ئىسىمغا قاراڭ", "پۇل تۆلەشتىن بۇرۇن ئىسىمغا قاراڭ.", "بازاردا پۇل تۆلەش", "نېمە ئۈچۈن"),
}  # fmt: skip
_CAPTIONS = "WEBVTT\n\n00:00.100 --> 00:00.900\nOpen the payment app.\n"

PAGES = ("index.html", "contents.html", "01-pay/index.html", "01-pay/01-check.html", "01-pay/02-more.html")
"""The pages of the English edition; the others have theirs below "zh-Hans/" and "ug/"."""


def make_theme_course(root: Path, theme: str = "default", more: str = "") -> Path:
    """Writes the course into `root`; `theme` is YAML for that key."""
    files = {
        "course.yaml": f"id: themed\ntitle: Pay safely\nlanguage: en\nlanguages: [en, zh-Hans, ug]\ntheme: {theme}\n"
        "license: CC-BY-4.0\nprovider: A school\nauthors: [Ada]\noutcomes: [{id: check, text: Check the name.}]\n"
        f"media: {{ladder: [180]}}\nbundles: [web]\n{more}",
        "glossary.md": "# Words\n\npayee\n: Who gets the money.\n",
        "02-after/01-other.md": "# Afterwards\n\nNothing but text.\n",
    }
    for tag, (title, first, label, section) in _WORDS.items():
        suffix = "" if tag == "en" else f".{tag}"
        files[f"index{suffix}.md"] = f"# {title}\n\n{first}\n"
        files[f"01-pay/index{suffix}.md"] = f"# {label}\n\n{first}\n"
        files[f"01-pay/01-check{suffix}.md"] = _LESSON.format(
            title=title, first=first, label=label, section=section
        )
        files[f"01-pay/02-more{suffix}.md"] = f"# {section}\n\n{first}\n"
        files[f"01-pay/media/pay.{tag}.vtt"] = _CAPTIONS
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    media = root / "01-pay" / "media"
    picture = Image.new("RGB", (640, 400), "white")
    ImageDraw.Draw(picture).rectangle((100, 100, 500, 300), fill="red")
    picture.save(media / "red.png")
    video, tone = "testsrc2=size=320x180:rate=10:duration=1", "sine=frequency=440:duration=1"
    inputs = ("-f", "lavfi", "-i", video, "-f", "lavfi", "-i", tone)
    ffmpeg(*inputs, "-pix_fmt", "yuv420p", "-c:v", "libx264", "-preset", "ultrafast", str(media / "pay.mp4"))
    return root
