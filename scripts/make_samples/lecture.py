"""The lecture of "Breathing in numbers": eight slides, English speech, captions in English and Chinese.

Facts: WHO fact sheets on COPD (3.5 million deaths in 2021, fourth leading cause) and asthma (262 million
people in 2019); GOLD report (FEV1/FVC below 0.7 after a bronchodilator); zones as in common action plans.
"""

from __future__ import annotations

import math
from collections.abc import Callable

from draw import (
    AMBER,
    AMBER_PALE,
    GREY,
    INK,
    PAPER,
    RED,
    RED_PALE,
    SOFT,
    TEAL,
    TEAL_DARK,
    TEAL_PALE,
    WHITE,
    Sheet,
)
from film import Line
from PIL import Image


def slide(number: int, heading: str) -> Sheet:
    """An empty slide with its heading."""
    s = Sheet(1280, 720, PAPER)
    s.box(0, 0, 1280, 118, TEAL_DARK)
    s.text(64, 57, heading, 50, WHITE, True, "lm", "en")
    s.text(1216, 57, f"{number} / 8", 28, "#bfe3dc", anchor="rm", language="en")
    return s


def lungs(s: Sheet, cx: float, cy: float, k: float, fill: str, line: str) -> None:
    """A plain drawing of windpipe and lungs."""
    for side in (-1, 1):
        points = []
        for n in range(41):
            a = math.pi * n / 20
            x = 62 * math.cos(a) * (1 - 0.18 * math.sin(a))
            points.append((cx + side * (84 + x) * k, cy + (70 - 118 * math.sin(a)) * k))
        s.shape(points, fill)
        s.line(
            [(cx, cy - 60 * k), (cx + side * 58 * k, cy + 4 * k), (cx + side * 88 * k, cy + 70 * k)],
            line,
            13 * k,
        )
        s.line([(cx + side * 58 * k, cy + 4 * k), (cx + side * 108 * k, cy + 10 * k)], line, 9 * k)
    s.line([(cx, cy - 150 * k), (cx, cy - 60 * k)], line, 18 * k)


def title_slide() -> Sheet:
    s = Sheet(1280, 720, TEAL_DARK)
    lungs(s, 1000, 380, 1.7, "#2b6b64", "#9fd8cd")
    y = s.paragraph(80, 190, 600, "How hard\ncan you blow?", 84, WHITE, True, 1.25, "en")
    s.text(84, y + 26, "Spirometry and peak flow in three minutes", 32, "#bfe3dc", language="en")
    return s


def why() -> Sheet:
    s = slide(2, "Why it matters")
    rows = [
        ("262 million", "people had asthma in 2019", TEAL),
        ("3.5 million", "people died of COPD in 2021", RED),
        ("4th", "COPD's place among causes of death", AMBER),
    ]
    for n, (figure, words, colour) in enumerate(rows):
        y = 160 + n * 166
        s.box(64, y, 1152, 142, WHITE, 20)
        s.box(64, y, 16, 142, colour, 8)
        s.text(116, y + 68, figure, 62, colour, True, "lm", "en")
        s.text(540, y + 70, words, 36, INK, anchor="lm", language="en")
    s.text(64, 678, "Source: World Health Organization fact sheets", 24, SOFT, anchor="lm", language="en")
    return s


def airways() -> Sheet:
    s = slide(3, "Wide airways, narrow airways")
    for cx, wall, hole, name, words, colour in (
        (350, 170, 128, "Healthy", "Air leaves quickly", TEAL),
        (930, 170, 58, "Narrowed", "Air leaves slowly", RED),
    ):
        s.circle(cx, 360, wall, "#e9b9ad")
        s.circle(cx, 360, (wall + hole) / 2, "#d98f80")
        s.circle(cx, 360, hole, WHITE)
        s.text(cx, 360, "air", 34, colour, True, "mm", "en")
        s.text(cx, 580, name, 42, colour, True, "mm", "en")
        s.text(cx, 640, words, 32, SOFT, anchor="mm", language="en")
    return s


def curve(s: Sheet, fvc: float, first: float, colour: str) -> None:
    """Volume blown out over six seconds: an exponential through FEV1 at one second."""
    rate = -math.log(1 - first / fvc)
    points = [(150 + t * 16.5, 620 - 92 * fvc * (1 - math.exp(-rate * t / 10))) for t in range(61)]
    s.line(points, colour, 8)


def axes(s: Sheet) -> None:
    s.line([(150, 160), (150, 620), (1180, 620)], INK, 4)
    for second in range(1, 7):
        x = 150 + second * 165
        s.line([(x, 612), (x, 628)], INK, 3)
        s.text(x, 650, str(second), 26, SOFT, anchor="mm", language="en")
    for litre in range(1, 6):
        y = 620 - litre * 92
        s.line([(142, y), (158, y)], INK, 3)
        s.text(126, y, str(litre), 26, SOFT, anchor="rm", language="en")
    s.text(1180, 690, "seconds", 26, SOFT, anchor="rm", language="en")
    s.text(64, 140, "litres", 26, SOFT, anchor="lm", language="en")


def spirometry() -> Sheet:
    s = slide(4, "One breath, two numbers")
    axes(s)
    s.line([(315, 620), (315, 289)], AMBER, 4)
    s.line([(150, 289), (315, 289)], AMBER, 4)
    curve(s, 4.5, 3.6, TEAL)
    s.circle(315, 289, 12, AMBER)
    s.text(350, 320, "FEV1 = 3.6 L", 40, AMBER, True, "lm", "en")
    s.text(350, 368, "blown out in the first second", 28, SOFT, anchor="lm", language="en")
    s.text(1140, 170, "FVC = 4.5 L", 40, TEAL, True, "rm", "en")
    s.text(1140, 246, "all the air blown out", 28, SOFT, anchor="rm", language="en")
    return s


def ratio() -> Sheet:
    s = slide(5, "The ratio")
    axes(s)
    curve(s, 4.5, 3.6, TEAL)
    curve(s, 3.8, 1.9, RED)
    s.text(1150, 168, "3.6 / 4.5 = 0.80", 36, TEAL, True, "rm", "en")
    s.text(1150, 330, "1.9 / 3.8 = 0.50", 36, RED, True, "rm", "en")
    s.box(560, 456, 610, 110, AMBER_PALE, 18)
    s.text(865, 492, "FEV1 / FVC below 0.70", 36, AMBER, True, "mm", "en")
    s.text(865, 538, "after a bronchodilator: obstruction", 27, INK, anchor="mm", language="en")
    return s


def peak_flow() -> Sheet:
    s = slide(6, "Peak flow at home")
    s.box(110, 300, 560, 150, TEAL_PALE, 70, TEAL, 5)
    s.box(60, 326, 90, 98, WHITE, 20, TEAL, 5)
    for n in range(9):
        x = 200 + n * 52
        s.line([(x, 330), (x, 366 if n % 2 else 380)], INK, 3)
        if n % 2 == 0:
            s.text(x, 404, str(100 + n * 75), 24, INK, anchor="mm", language="en")
    s.shape([(428, 452), (410, 492), (446, 492)], RED)
    s.text(428, 524, "about 430", 30, RED, True, "mm", "en")
    steps = [
        "Stand up, pointer at zero",
        "Breathe in fully",
        "Blow once, hard and fast",
        "Do it three times",
        "Write down the best",
    ]
    for n, words in enumerate(steps):
        y = 196 + n * 100
        s.circle(770, y, 30, TEAL)
        s.text(770, y - 1, str(n + 1), 32, WHITE, True, "mm", "en")
        s.text(822, y, words, 34, INK, anchor="lm", language="en")
    return s


def zones() -> Sheet:
    s = slide(7, "Three zones")
    rows = [
        ("Green", "80 to 100%", "Carry on as planned", TEAL, TEAL_PALE),
        ("Yellow", "50 to 79%", "Follow your action plan", AMBER, AMBER_PALE),
        ("Red", "below 50%", "Get medical help now", RED, RED_PALE),
    ]
    for n, (name, share, words, colour, pale) in enumerate(rows):
        y = 158 + n * 158
        s.box(64, y, 1152, 134, pale, 20)
        s.circle(136, y + 67, 38, colour)
        s.text(206, y + 65, name, 44, colour, True, "lm", "en")
        s.text(440, y + 65, share, 40, INK, True, "lm", "en")
        s.text(740, y + 65, words, 36, INK, anchor="lm", language="en")
    s.text(
        64,
        666,
        "Percent of your own best. Your doctor may set other limits.",
        28,
        SOFT,
        anchor="lm",
        language="en",
    )
    return s


def end() -> Sheet:
    s = slide(8, "To take home")
    rows = [
        "Spirometry shows how fast the lungs empty",
        "A low ratio is a question for a doctor",
        "Know your own best peak flow",
        "Clean air and no smoke protect lungs",
    ]
    for n, words in enumerate(rows):
        y = 186 + n * 104
        s.circle(104, y, 28, TEAL)
        s.line([(92, y + 1), (101, y + 11), (118, y - 10)], WHITE, 6)
        s.text(160, y, words, 40, INK, anchor="lm", language="en")
    s.box(64, 600, 1152, 80, "#eef1f4", 16)
    s.text(
        640,
        639,
        "For learning only. It does not replace medical advice.",
        30,
        SOFT,
        anchor="mm",
        language="en",
    )
    s.line([(64, 596), (1216, 596)], GREY, 1)
    return s


SLIDES: dict[str, Callable[[], Sheet]] = {
    "1": title_slide,
    "2": why,
    "3": airways,
    "4": spirometry,
    "5": ratio,
    "6": peak_flow,
    "7": zones,
    "8": end,
}


def scenes() -> dict[str, Callable[[], Image.Image]]:
    """Slide pictures for the film."""
    return {name: (lambda make=make: make().image()) for name, make in SLIDES.items()}  # type: ignore[misc]


def _l(say: str, zh: str, scene: str, **more: object) -> Line:
    return Line(say, {"zh-Hans": zh}, scene, **more)  # type: ignore[arg-type]


_GAP = 650
LECTURE: list[Line] = [
    _l(
        "How hard can you blow?",
        "您能吹多大劲？",
        "1",
        chapter={"en": "Why it matters", "zh-Hans": "为什么要紧"},
    ),
    _l("It sounds like a party game, but it is a medical test.", "听起来像游戏，其实是一项检查。", "1"),
    _l(
        "In this short talk we look at two ways to measure breathing.",
        "这段短课讲两种测量呼吸的办法。",
        "1",
        pause_ms=_GAP,
    ),
    _l("Why measure at all? Because lung disease is common.", "为什么要测？因为肺病很常见。", "2"),
    _l(
        "Some {262|two hundred and sixty two} million people had asthma in {2019|twenty nineteen}.",
        "2019年，约有2.62亿人患哮喘。",
        "2",
        focus=(64, 160, 1152, 142),
    ),
    _l(
        "{COPD|C O P D} caused {3.5|three and a half} million deaths in {2021|twenty twenty one}.",
        "2021年，慢阻肺造成350万人死亡。",
        "2",
        focus=(64, 326, 1152, 142),
    ),
    _l(
        "That made it the fourth leading cause of death in the world.",
        "它是全球第四大死因。",
        "2",
        focus=(64, 492, 1152, 142),
        pause_ms=1000,
    ),
    _l(
        "Think of an airway as a pipe.",
        "把气道想成一根管子。",
        "3",
        chapter={"en": "How air moves", "zh-Hans": "空气怎样流动"},
        pause_ms=800,
    ),
    _l(
        "When the pipe is wide, air leaves the lungs quickly.",
        "管子宽，气就出得快。",
        "3",
        focus=(170, 180, 360, 360),
    ),
    _l(
        "When its wall swells, the opening shrinks, and air leaves slowly.",
        "管壁肿了，口子变小，气就出得慢。",
        "3",
        focus=(750, 180, 360, 360),
    ),
    _l(
        "In asthma this comes and goes. In {COPD|C O P D} it stays.",
        "哮喘时好时坏，慢阻肺则一直存在。",
        "3",
        pause_ms=_GAP,
    ),
    _l(
        "Spirometry puts numbers on it.",
        "肺功能检查把它变成数字。",
        "4",
        chapter={"en": "Spirometry", "zh-Hans": "肺功能检查"},
    ),
    _l(
        "You fill your lungs, then blow as hard and as long as you can.",
        "吸足气，再尽力、尽量久地吹出来。",
        "4",
    ),
    _l(
        "All the air you blow out is the forced vital capacity, {FVC|F V C}.",
        "吹出的全部气量叫用力肺活量，FVC。",
        "4",
        focus=(820, 140, 340, 130),
    ),
    _l(
        "The part in the first second is called {FEV1|F E V one}.",
        "第一秒吹出的那部分叫FEV1。",
        "4",
        focus=(300, 270, 500, 120),
        pause_ms=_GAP,
    ),
    _l("Now divide the one by the other.", "现在用后一个除以前一个。", "5"),
    _l(
        "The green curve gives {0.8|nought point eight}. Most of the air is out at once.",
        "绿线得0.8，大部分气一下就出来了。",
        "5",
        focus=(840, 140, 330, 60),
    ),
    _l(
        "The red curve gives {0.5|nought point five}. The air is still coming.",
        "红线得0.5，气还在慢慢往外出。",
        "5",
        focus=(840, 300, 330, 60),
    ),
    _l(
        "Below {0.7|nought point seven}, after a bronchodilator, doctors speak of obstruction.",
        "用支气管扩张剂后低于0.7，医生称为气流受限。",
        "5",
        focus=(560, 456, 610, 110),
        pause_ms=_GAP,
    ),
    _l(
        "At home you can use a small peak flow meter.",
        "在家可以用小小的峰流速仪。",
        "6",
        focus=(60, 290, 620, 170),
        chapter={"en": "Peak flow at home", "zh-Hans": "在家测峰流速"},
    ),
    _l(
        "Stand up, breathe in fully, and blow once, hard and fast.",
        "站直，吸足气，又快又猛地吹一口。",
        "6",
        focus=(730, 160, 480, 280),
    ),
    _l(
        "Do it three times and write down the best.",
        "吹三次，记下最好的一次。",
        "6",
        focus=(730, 460, 480, 180),
        pause_ms=_GAP,
    ),
    _l("Compare it with your own best, not with a neighbour's.", "跟自己的最好值比，不跟邻居比。", "7"),
    _l(
        "Eighty percent or more is the green zone: carry on.",
        "八成以上是绿区：照常生活。",
        "7",
        focus=(64, 158, 1152, 134),
    ),
    _l(
        "Fifty to seventy nine percent is yellow: follow your action plan.",
        "五成到七成九是黄区：按行动计划做。",
        "7",
        focus=(64, 316, 1152, 134),
    ),
    _l(
        "Below fifty percent is red: get medical help now.",
        "不到五成是红区：马上就医。",
        "7",
        focus=(64, 474, 1152, 134),
        pause_ms=_GAP,
    ),
    _l("Take four things home.", "请记住四件事。", "8", chapter={"en": "To take home", "zh-Hans": "小结"}),
    _l(
        "How fast your lungs empty. A low ratio needs a doctor.",
        "肺排空有多快；比值低，要看医生。",
        "8",
        focus=(64, 146, 1152, 184),
    ),
    _l(
        "Know your own best. And keep the air clean, without smoke.",
        "知道自己的最好值；空气干净、无烟。",
        "8",
        focus=(64, 354, 1152, 184),
    ),
    _l(
        "This talk is for learning. It does not replace medical advice.",
        "本课供学习，不能代替医生的意见。",
        "8",
        focus=(64, 600, 1152, 80),
    ),
]
