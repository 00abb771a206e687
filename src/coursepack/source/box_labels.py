"""The words that boxes and markers carry when the author gave no title: English and Chinese."""

_EN = {
    "note": "Note", "tip": "Tip", "important": "Important", "warning": "Warning", "caution": "Caution",
    "danger": "Danger", "hint": "Hint", "objectives": "Objectives", "keypoints": "Key points",
    "questions": "Questions", "prereq": "Before you start", "callout": "Callout",
    "discussion": "Discussion", "testimonial": "Testimonial", "spoiler": "More", "exercise": "Exercise",
    "solution": "Solution", "details": "Details", "question": "Question", "tab": "Tab",
    "footnotes": "Footnotes", "back": "Back to reference", "formula": "Formula", "done": "Done",
    "open": "To do", "embed": "Embedded page", "image": "Image", "footnote": "Footnote", "video": "Video",
    "audio": "Audio", "feedback": "Feedback", "quiz-set": "Questions",
}  # fmt: skip
_HANS = {
    "note": "注意", "tip": "提示", "important": "重要", "warning": "警告", "caution": "小心", "danger": "危险",
    "hint": "提示", "objectives": "学习目标", "keypoints": "要点", "questions": "问题", "prereq": "开始之前",
    "callout": "说明", "discussion": "讨论", "testimonial": "学员的话", "spoiler": "更多", "exercise": "练习",
    "solution": "答案", "details": "详情", "question": "问题", "tab": "选项", "footnotes": "脚注",
    "back": "返回正文", "formula": "公式", "done": "已完成", "open": "未完成", "embed": "嵌入的网页",
    "image": "图片", "footnote": "脚注", "video": "视频", "audio": "音频", "feedback": "反馈", "quiz-set": "练习题",
}  # fmt: skip
_HANT = {
    **_HANS,
    "danger": "危險", "objectives": "學習目標", "keypoints": "要點", "questions": "問題", "prereq": "開始之前",
    "callout": "說明", "discussion": "討論", "testimonial": "學員的話", "exercise": "練習", "details": "詳情",
    "question": "問題", "tab": "選項", "footnotes": "註腳", "formula": "公式", "embed": "嵌入的網頁",
    "image": "圖片", "footnote": "註腳", "video": "影片", "audio": "音訊", "feedback": "回饋", "quiz-set": "練習題",
    "note": "注意", "back": "返回正文",
}  # fmt: skip


def label(key: str, language: str) -> tuple[str, str]:
    """(words, language of the words): the second is "" when it is the page's own, else "en"."""
    tag = language.lower()
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue")):
        return _HANT[key], ""
    if tag.startswith("zh"):
        return _HANS[key], ""
    return _EN[key], "" if tag.startswith("en") or not tag else "en"
