"""The use case `new`: a small course that builds, to be written over."""

from pathlib import Path

from coursepack.errors import UsageError

_YAML = """\
title: {title}
description: {description}
version: "1"
language: {language}
license: CC-BY-4.0
authors: []
outcomes:
  - id: first
    text: {outcome}
"""

_EN = {
    "description": "What learners will be able to do after this course.",
    "outcome": "Say in your own words what this course is for.",
    "index": "# {title}\n\nWelcome. Say here, in two or three sentences, who this course is for.\n",
    "lesson": """\
---
title: The first lesson
duration: 5
outcomes: [first]
---

Write your lesson in Markdown. Put pictures and videos into `media/` and name them in the text:
`![What the picture shows](media/picture.png)`, `![What the video shows](media/clip.mp4)`.
Captions lie beside the video: `media/clip.{language}.vtt`.

> [!TIP]
> `coursepack preview` shows the page and follows your changes.

:::{{quiz #q1 outcome=first}}
Where do captions go?

- [x] Beside the video, with the same name
- [ ] Into course.yaml
  > Only settings live there.
:::
""",
}
_ZH = {
    "description": "学完这门课，学员能做到什么。",
    "outcome": "用自己的话说出这门课的用处。",
    "index": "# {title}\n\n欢迎。请用两三句话说明这门课适合谁。\n",
    "lesson": """\
---
title: 第一课
duration: 5
outcomes: [first]
---

用 Markdown 写课文。图片和视频放在 `media/` 里，在文中写出文件名：
`![图片的内容](media/picture.png)`、`![视频的内容](media/clip.mp4)`。
字幕放在视频旁边：`media/clip.{language}.vtt`。

> [!TIP]
> `coursepack preview` 会显示页面，并随你的修改更新。

:::{{quiz #q1 outcome=first}}
字幕文件放在哪里？

- [x] 放在视频旁边，文件名相同
- [ ] 写进 course.yaml
  > 那里只放设置。
:::
""",
}


def make_course(folder: Path, title: str, language: str) -> tuple[str, ...]:
    """Writes the files of a new course; gives their names. Raises `UsageError` when something is there already."""
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise UsageError(f"{folder} exists and is not empty", "choose another name; nothing was changed")
    words = _ZH if language.lower().startswith(("zh", "yue")) else _EN
    quoted = '"' + title.replace("\\", "\\\\").replace('"', '\\"') + '"'
    files = {
        "course.yaml": _YAML.format(
            title=quoted,
            language=language,
            description=words["description"],
            outcome=words["outcome"],
        ),
        "index.md": words["index"].format(title=title),
        "01-start/01-first.md": words["lesson"].format(language=language),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return tuple(files)
