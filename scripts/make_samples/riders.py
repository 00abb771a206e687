"""Talks and pictures of "骑手安全上路"."""

from __future__ import annotations

from draw import (
    AMBER,
    AMBER_PALE,
    BLUE,
    GREY,
    INK,
    PAPER,
    RED,
    SOFT,
    TEAL,
    TEAL_DARK,
    TEAL_PALE,
    WHITE,
    Sheet,
    mark,
)
from film import Line
from PIL import Image


def _l(say: str, en: str = "") -> Line:
    return Line(say, {"en": en} if en else {})


CHECK: list[Line] = [
    _l(
        "骑手朋友，你好。出车之前，花两分钟看看车。",
        "Hello, riders. Before you set off, spend two minutes on the bike.",
    ),
    _l(
        "先捏刹车。前刹、后刹，各捏一次，推不动才算好。",
        "Brakes first, front and rear: squeeze, and push. It must not roll.",
    ),
    _l(
        "再按轮胎。软了就打气，有裂口就换。",
        "Then press the tyres. Soft: pump them up. Cracked: change them.",
    ),
    _l(
        "打开车灯，按一下喇叭，看看尾灯亮不亮。",
        "Switch on the lights, try the horn, look at the tail light.",
    ),
    _l(
        "看电池。锁好了没有？够不够跑这一趟？", "The battery: is it locked in? Is there enough for this trip?"
    ),
    _l("摸一摸餐箱。绑紧了，左右不晃。", "Shake the box. It should be tied down and not sway."),
    _l("最后，戴好头盔，扣紧带子。", "Last, put on your helmet and fasten the strap."),
    _l("带子和下巴之间，只能放进两根手指。", "Between strap and chin there is room for two fingers."),
    _l("两分钟，换一天的安心。一路平安。", "Two minutes, for a day without worry. Ride safely."),
]
CROSSING: list[Line] = [
    _l("路口，是最容易出事的地方。"),
    _l("绿灯亮了，先看左，再看右，再起步。"),
    _l("黄灯不抢，红灯不闯。抢下的几秒钟，不值得。"),
    _l("遇到右转的大车，千万别跟它并排。"),
    _l("大车转弯，后轮比前轮更靠里，这叫内轮差。"),
    _l("司机坐得高，车的右边有一大片看不见。"),
    _l("所以，停在它后面，等它转完，您再走。"),
    _l("左转弯，靠路口中心点的右侧转，或者分两次过街。"),
    _l("过人行横道，有行人就让一让。"),
    _l("宁停三分，不抢一秒。"),
]
RAIN: list[Line] = [
    _l("下雨天，路滑，刹车的距离变长。"),
    _l("速度放慢，和前车的距离加一倍。"),
    _l("先用后刹，再轻轻带前刹，不要猛捏。"),
    _l("井盖、斑马线、落叶，都比路面滑。"),
    _l("积水看不见底，就下来推，或者绕开。"),
    _l("穿亮色的雨衣，袖口裤脚收紧，不要卷进车轮。"),
    _l("晚上打开车灯，不要开着远光对着人。"),
    _l("雨太大，就靠边停下，跟平台报备。"),
    _l("单子可以晚一点，人要平平安安。"),
]
CRASH: list[Line] = [
    _l("万一出了事故，先别慌，也别走。"),
    _l("第一步，看人。有人受伤，马上打{120|幺二零}。"),
    _l("第二步，打{122|幺二二}，报告地点和情况。"),
    _l("第三步，打开双闪或者车灯，人站到路边安全的地方。"),
    _l("第四步，拍照。拍全景，拍车牌，拍碰撞的地方。"),
    _l("第五步，告诉站点和平台，问清保险怎么报。"),
    _l("头痛、恶心、想睡，哪怕没有伤口，也要去医院。"),
    _l("不要私下签字，不要马上拿钱走人。"),
    _l("人没事，才是最大的事。"),
]


def helmet() -> Sheet:
    """A portrait picture: a rider's head with a helmet worn right, three numbered points."""
    s = Sheet(720, 960, PAPER)
    s.box(0, 0, 720, 120, TEAL_DARK)
    s.text(360, 58, "头盔这样戴", 54, WHITE, True, "mm")
    s.box(170, 740, 380, 220, "#f2b134", 90)
    s.box(170, 850, 380, 110, "#f2b134")
    s.box(300, 650, 120, 140, "#e8b48f", 30)
    s.circle(360, 520, 170, "#f0c3a0")
    s.circle(298, 540, 13, INK)
    s.circle(422, 540, 13, INK)
    s.arc(360, 590, 52, 30, 150, "#a5563c", 8)
    s.pixels.paste(_shell(), (0, 0), _shell())
    s.line([(196, 480), (236, 640), (360, 706), (484, 640), (524, 480)], INK, 13)
    s.box(326, 684, 68, 38, RED, 10)
    for x, y, n in ((360, 452, "1"), (540, 600, "2"), (420, 744, "3")):
        mark(s, x, y, n)
    return s


def _shell() -> Image.Image:
    s = Sheet(720, 960, "clear")
    s.circle(360, 460, 214, TEAL)
    s.box(140, 470, 440, 240, (0, 0, 0, 0))  # type: ignore[arg-type]
    s.box(134, 430, 452, 50, TEAL_DARK, 24)
    s.box(340, 250, 40, 180, "#ffffff", 18)
    return s.pixels


def bike() -> Sheet:
    """The six points of the check on a delivery bike."""
    s = Sheet(960, 640, PAPER)
    s.box(0, 556, 960, 84, "#e4e7eb")
    for cx in (240, 720):
        s.circle(cx, 470, 96, INK)
        s.circle(cx, 470, 70, PAPER)
        s.circle(cx, 470, 16, SOFT)
    s.line([(240, 470), (390, 470), (560, 470), (660, 250)], TEAL, 26)
    s.line([(720, 470), (648, 210)], SOFT, 16)
    s.line([(648, 210), (570, 190)], INK, 14)
    s.box(350, 420, 200, 64, TEAL_DARK, 14)
    s.text(450, 451, "电池", 28, WHITE, True, "mm")
    s.line([(330, 470), (340, 350)], TEAL, 22)
    s.box(280, 320, 210, 40, INK, 18)
    s.box(100, 150, 200, 190, BLUE, 16)
    s.text(200, 244, "餐箱", 36, WHITE, True, "mm")
    s.line([(160, 340), (160, 440)], SOFT, 12)
    s.circle(690, 268, 26, "#f2b134", INK, 4)
    s.box(96, 372, 40, 26, RED, 6)
    for x, y, n in (
        (560, 150, "1"),
        (826, 470, "2"),
        (744, 250, "3"),
        (450, 524, "4"),
        (200, 120, "5"),
        (66, 384, "3"),
    ):
        mark(s, x, y, n)
    return s


def truck() -> Sheet:
    """Cover: a lorry's blind side."""
    s = Sheet(1280, 720, "#9aa5b1")
    s.box(0, 0, 1280, 720, TEAL_PALE)
    s.box(0, 420, 1280, 300, "#7b8794")
    for x in range(0, 1280, 160):
        s.box(x + 20, 560, 90, 12, WHITE, 4)
    s.box(120, 140, 560, 310, WHITE, 14, GREY, 4)
    s.box(690, 220, 210, 230, AMBER, 20)
    s.box(780, 250, 100, 90, "#d6ecf5", 10)
    for cx in (240, 360, 800):
        s.circle(cx, 460, 58, INK)
        s.circle(cx, 460, 26, GREY)
    s.box(160, 200, 480, 180, AMBER_PALE, 12)
    s.text(400, 288, "右转大车", 64, AMBER, True, "mm")
    s.shape([(900, 300), (1240, 700), (700, 700)], "#f3d9d4")
    s.text(960, 610, "看不见", 54, RED, True, "mm")
    return s


_STYLE = 'font-family="Noto Sans CJK SC, Noto Sans SC, PingFang SC, Microsoft YaHei, sans-serif"'

TURNING_SVG = f"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 640" width="720" height="640" {_STYLE}>
  <title>右转大车的内轮差</title>
  <desc>从上往下看路口。大车从下方驶来，向右转弯；右前轮走外面的弧线，右后轮走里面的弧线，两条弧线之间是危险区。骑手停在停止线后面、大车的后方。</desc>
  <rect width="720" height="640" fill="#dfe9df"/>
  <rect x="120" y="0" width="280" height="640" fill="#7b8794"/>
  <rect x="0" y="90" width="720" height="250" fill="#7b8794"/>
  <g stroke="#ffffff" stroke-width="6" fill="none">
    <path d="M260 640V360M260 80V0" stroke-dasharray="34 26"/>
    <path d="M0 215H110M410 215H720" stroke-dasharray="34 26"/>
    <path d="M262 362H398"/>
  </g>
  <path d="M384 380C384 270 440 216 640 210L640 322C400 326 390 350 390 440L384 440Z" fill="#fbe3df"/>
  <path d="M384 380C384 270 440 216 640 210" fill="none" stroke="#1d4ed8" stroke-width="7"/>
  <path d="M390 460C390 350 400 326 640 322" fill="none" stroke="#b42318" stroke-width="7"/>
  <g transform="translate(290 372)">
    <rect width="100" height="170" rx="10" fill="#ffffff" stroke="#1f2933" stroke-width="4"/>
    <rect y="-2" width="100" height="52" rx="10" fill="#b45309" stroke="#1f2933" stroke-width="4"/>
    <text x="50" y="116" font-size="30" font-weight="700" text-anchor="middle" fill="#1f2933">大车</text>
  </g>
  <g transform="translate(340 590)">
    <circle r="26" fill="#0f766e" stroke="#ffffff" stroke-width="4"/>
    <text y="9" font-size="24" font-weight="700" text-anchor="middle" fill="#ffffff">您</text>
  </g>
  <text x="470" y="284" font-size="34" font-weight="700" fill="#b42318">危险区</text>
  <text x="640" y="194" font-size="26" text-anchor="middle" fill="#ffffff" font-weight="700">前轮</text>
  <text x="682" y="330" font-size="26" text-anchor="middle" fill="#ffffff" font-weight="700">后轮</text>
  <g fill="#1f2933" font-size="26">
    <text x="430" y="440">蓝线：右前轮走的路</text>
    <text x="430" y="484">红线：右后轮走的路</text>
    <text x="430" y="528">后轮更靠里，会扫进来</text>
    <text x="430" y="604" font-weight="700" fill="#134e4a">停在大车后面，最安全</text>
  </g>
</svg>
"""

FLOW_SVG = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 720 240" width="720" height="240" font-family="sans-serif">
  <title>From a folder to a web site</title>
  <rect width="720" height="240" fill="#faf7f2"/>
  <g fill="#ffffff" stroke="#0f766e" stroke-width="4">
    <rect x="30" y="60" width="180" height="120" rx="14"/>
    <rect x="270" y="60" width="180" height="120" rx="14" fill="#d9f0ec"/>
    <rect x="510" y="60" width="180" height="120" rx="14"/>
  </g>
  <g stroke="#b45309" stroke-width="6" fill="none" stroke-linecap="round">
    <path d="M218 120H256M244 108L258 120L244 132M458 120H496M484 108L498 120L484 132"/>
  </g>
  <g font-size="28" font-weight="700" text-anchor="middle" fill="#1f2933">
    <text x="120" y="116">Markdown</text><text x="360" y="116">coursepack</text><text x="600" y="116">Web site</text>
  </g>
  <g font-size="22" text-anchor="middle" fill="#52606d">
    <text x="120" y="150">your folder</text><text x="360" y="150">one command</text><text x="600" y="150">phone or desk</text>
  </g>
</svg>
"""
