"""Phone screens of the course "用手机安全付款": an invented app, 400 by 800 logical pixels with the phone's edge."""

from __future__ import annotations

from collections.abc import Callable

from draw import (
    AMBER,
    AMBER_PALE,
    BLUE,
    GREY,
    GREY_PALE,
    INK,
    RED,
    RED_PALE,
    SOFT,
    TEAL,
    TEAL_DARK,
    TEAL_PALE,
    WHITE,
    Sheet,
    cross,
    mark,
    qr_pattern,
    tick,
)

WIDTH, HEIGHT = 400, 800
Area = tuple[float, float, float, float]


def phone(fill: str = WHITE, ink: str = INK) -> Sheet:
    """An empty phone with clock, signal and battery."""
    s = Sheet(WIDTH, HEIGHT, "clear")
    s.box(2, 2, 396, 796, "#11181f", 52)
    s.box(14, 14, 372, 772, fill, 42)
    s.text(44, 30, "9:30", 19, ink, True)
    s.box(330, 34, 30, 15, None, 4, ink, 1.6)
    s.box(333, 37, 20, 9, ink, 2)
    for i in range(4):
        s.box(296 + i * 7, 46 - i * 4, 5, 4 + i * 4, ink, 1)
    s.box(150, 770, 100, 5, GREY if ink == INK else "#ffffff", 3)
    return s


def title(s: Sheet, words: str) -> None:
    s.line([(48, 78), (38, 88), (48, 98)], SOFT, 3)
    s.text(200, 88, words, 24, INK, True, "mm")
    s.box(14, 114, 372, 1.5, GREY_PALE)


def button(s: Sheet, y: float, words: str, fill: str = TEAL, ink: str = WHITE) -> Area:
    s.box(44, y, 312, 64, fill, 32)
    s.text(200, y + 31, words, 26, ink, True, "mm")
    return (44, y, 312, 64)


def home() -> Sheet:
    s = phone()
    s.box(14, 70, 372, 190, TEAL)
    s.text(200, 90, "小荷钱包", 24, WHITE, True, "ma")
    for cx, name in ((112, "扫一扫"), (288, "付款码")):
        s.box(cx - 34, 136, 68, 68, WHITE, 16)
        s.text(cx, 218, name, 25, WHITE, True, "ma")
    for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        x, y = 112 + dx * 22, 170 + dy * 22
        s.line([(x, y - dy * 14), (x, y), (x - dx * 14, y)], TEAL, 4)
    s.line([(94, 170), (130, 170)], AMBER, 4)
    for i in range(9):
        s.box(264 + i * 6, 150, 2 + i % 3 * 1.5, 24, TEAL_DARK)
    qr_pattern(s, 278, 180, 18, 3, TEAL_DARK)
    rows = [
        ("转账", "转给家人朋友"),
        ("账单", "看看钱花到哪里"),
        ("缴费", "水费 电费 话费"),
        ("设置", "密码 指纹 安全"),
    ]
    for n, (name, words) in enumerate(rows):
        y = 284 + n * 104
        s.box(34, y, 332, 88, GREY_PALE, 16)
        s.circle(80, y + 44, 26, TEAL_PALE)
        s.text(80, y + 43, name[0], 25, TEAL_DARK, True, "mm")
        s.text(124, y + 14, name, 24, INK, True)
        s.text(124, y + 49, words, 19, SOFT)
    return s


def camera() -> Sheet:
    s = phone("#26323c", WHITE)
    s.text(200, 92, "扫一扫", 26, WHITE, True, "mm")
    s.box(94, 236, 212, 286, WHITE, 18)
    s.text(200, 262, "小李菜店", 24, INK, True, "ma")
    qr_pattern(s, 118, 312, 164, 11)
    s.text(200, 488, "请扫码付款", 18, SOFT, anchor="ma")
    for dx, dy in ((-1, -1), (1, -1), (-1, 1), (1, 1)):
        x, y = 200 + dx * 140, 380 + dy * 170
        s.line([(x, y - dy * 44), (x, y), (x - dx * 44, y)], "#5eead4", 6)
    s.line([(74, 396), (326, 396)], "#5eead4", 3)
    s.text(200, 610, "把二维码放进框里", 24, WHITE, anchor="ma")
    s.circle(120, 706, 30, "#3b4853")
    s.circle(280, 706, 30, "#3b4853")
    s.text(120, 705, "灯", 23, WHITE, True, "mm")
    s.text(280, 705, "相册", 19, WHITE, True, "mm")
    return s


def confirm(amount: str = "12.50", payee: str = "小李菜店") -> Sheet:
    s = phone()
    title(s, "付款")
    s.text(44, 140, "收款人", 21, SOFT)
    s.circle(72, 208, 26, TEAL_PALE)
    s.text(72, 207, payee[0], 25, TEAL_DARK, True, "mm")
    s.text(112, 191, payee, 27, INK, True)
    s.box(34, 256, 332, 2, GREY_PALE)
    s.text(44, 278, "金额（元）", 21, SOFT)
    s.text(44, 316, "¥", 34, INK, True)
    s.text(80, 304, amount, 52, INK, True)
    s.box(44, 380, 312, 2, TEAL)
    button(s, 408, "确认付款")
    for n, key in enumerate("123456789.0←"):
        x, y = 34 + n % 3 * 113, 496 + n // 3 * 66
        s.box(x, y, 106, 58, GREY_PALE, 10)
        s.text(x + 53, y + 28, key, 27, INK, True, "mm")
    return s


def paycode() -> Sheet:
    s = phone(TEAL, WHITE)
    s.text(200, 90, "付款码", 26, WHITE, True, "mm")
    s.box(36, 130, 328, 520, WHITE, 22)
    for i in range(52):
        s.box(66 + i * 5.1, 168, 1.6 + (i * 7 % 4) * 0.9, 84, INK)
    qr_pattern(s, 100, 296, 200, 23)
    s.text(200, 524, "只给收银员扫", 26, TEAL_DARK, True, "ma")
    s.text(200, 566, "每分钟自动换新码", 21, SOFT, anchor="ma")
    s.text(200, 604, "付款方式：零钱", 20, SOFT, anchor="ma")
    s.text(200, 690, "不要截图发给别人", 25, WHITE, True, "ma")
    return s


def done(amount: str = "12.50", payee: str = "小李菜店") -> Sheet:
    s = phone()
    title(s, "付款结果")
    tick(s, 200, 224, 56)
    s.text(200, 304, "付款成功", 32, TEAL_DARK, True, "ma")
    s.text(200, 372, f"¥ {amount}", 50, INK, True, "ma")
    s.box(34, 460, 332, 120, GREY_PALE, 16)
    s.text(56, 480, "收款人", 22, SOFT)
    s.text(344, 480, payee, 22, INK, True, "ra")
    s.text(56, 530, "时间", 22, SOFT)
    s.text(344, 530, "今天 9:30", 22, INK, True, "ra")
    button(s, 650, "完成")
    return s


def password(dots: int = 4) -> Sheet:
    s = phone()
    title(s, "请输入支付密码")
    s.text(200, 160, "付给 小李菜店", 22, SOFT, anchor="ma")
    s.text(200, 196, "¥ 12.50", 42, INK, True, "ma")
    for i in range(6):
        s.box(41 + i * 54, 288, 48, 58, WHITE, 8, GREY, 2)
        if i < dots:
            s.circle(65 + i * 54, 317, 9, INK)
    for n, key in enumerate("123456789 0←"):
        x, y = 34 + n % 3 * 113, 452 + n // 3 * 72
        s.box(x, y, 106, 64, GREY_PALE, 10)
        s.text(x + 53, y + 31, key, 28, INK, True, "mm")
    return s


def bad_password() -> Sheet:
    s = phone()
    title(s, "设置支付密码")
    rows = [
        ("生日", "491001", False),
        ("六个一样", "888888", False),
        ("顺着排", "123456", False),
        ("只有您知道", "＊＊＊＊＊＊", True),
    ]
    for n, (name, digits, good) in enumerate(rows):
        y = 146 + n * 132
        s.box(34, y, 332, 112, TEAL_PALE if good else RED_PALE, 16)
        s.text(56, y + 16, name, 23, SOFT)
        s.text(56, y + 52, digits, 33, INK, True)
        (tick if good else cross)(s, 322, y + 56, 24)
    return s


def fingerprint() -> Sheet:
    s = phone()
    title(s, "指纹付款")
    s.circle(200, 320, 110, TEAL_PALE)
    for n, r in enumerate((18, 36, 54, 72, 90)):
        s.arc(200, 330, r, 180 - n * 8, 360 + n * 6, TEAL, 6)
        s.line([(200 - r, 330), (200 - r, 330 + 34 - n * 5)], TEAL, 6)
        s.line([(200 + r, 330), (200 + r, 330 + 24 - n * 4)], TEAL, 6)
    s.text(200, 462, "把手指放在感应处", 26, INK, True, "ma")
    s.text(200, 506, "只录您自己的手指", 23, SOFT, anchor="ma")
    button(s, 600, "改用密码", GREY_PALE, INK)
    return s


def settings() -> Sheet:
    s = phone()
    title(s, "密码与安全")
    rows = [
        ("锁屏密码", "已打开", True),
        ("支付密码", "已设置", True),
        ("指纹付款", "已打开", True),
        ("免密支付", "已关闭", False),
        ("延迟到账", "24小时", True),
    ]
    for n, (name, state, on) in enumerate(rows):
        y = 140 + n * 104
        s.box(34, y, 332, 88, GREY_PALE, 16)
        s.text(56, y + 13, name, 25, INK, True)
        s.text(56, y + 50, state, 20, SOFT)
        s.box(278, y + 26, 66, 36, TEAL if on else GREY, 18)
        s.circle(326 if on else 296, y + 44, 14, WHITE)
    return s


def code_message() -> Sheet:
    s = phone()
    title(s, "短信")
    s.box(34, 150, 320, 218, TEAL_PALE, 20)
    s.text(56, 168, "【某某银行】", 22, TEAL_DARK, True)
    s.paragraph(56, 206, 262, "验证码 ＊＊＊＊＊＊，您正在转账。验证码请勿告诉任何人，包括银行工作人员。", 23)
    s.box(34, 430, 300, 100, GREY_PALE, 20)
    s.paragraph(56, 446, 270, "陌生号码：把验证码发给我，马上退款", 23)
    cross(s, 352, 480, 24)
    s.box(34, 580, 332, 92, RED_PALE, 16)
    s.text(200, 626, "谁要都不给", 30, RED, True, "mm")
    return s


def incoming_call() -> Sheet:
    s = phone("#26323c", WHITE)
    s.circle(200, 210, 62, "#3b4853")
    s.text(200, 208, "？", 60, WHITE, True, "mm")
    s.text(200, 300, "陌生号码", 34, WHITE, True, "ma")
    s.text(200, 352, "自称：平台客服", 24, "#d5dde4", anchor="ma")
    s.box(44, 420, 312, 128, "#3b4853", 18)
    s.paragraph(66, 438, 272, "“您开通了会员，不取消，每月要扣五百元。”", 23, WHITE)
    for cx, colour, name in ((112, RED, "挂断"), (288, "#2f9e62", "接听")):
        s.circle(cx, 648, 40, colour)
        s.arc(cx, 664, 22, 205, 335, WHITE, 9)
        s.text(cx, 702, name, 24, WHITE, True, "ma")
    return s


def share_request() -> Sheet:
    s = phone("#dfe4e8")
    title(s, "某某会议")
    s.box(36, 250, 328, 330, WHITE, 24)
    s.text(200, 280, "开始共享屏幕？", 28, INK, True, "ma")
    s.paragraph(64, 340, 280, "对方会看到您的屏幕：\n密码、验证码、存款", 24, SOFT)
    s.box(58, 492, 134, 62, GREY_PALE, 31)
    s.text(125, 522, "取消", 25, INK, True, "mm")
    s.box(208, 492, 134, 62, RED, 31)
    s.text(275, 522, "共享", 25, WHITE, True, "mm")
    return s


def sharing() -> Sheet:
    s = password(5)
    s.box(14, 66, 372, 48, RED)
    s.text(200, 89, "● 正在共享屏幕", 24, WHITE, True, "mm")
    s.box(42, 366, 316, 66, RED_PALE, 14)
    s.text(200, 399, "对方全都看得见", 27, RED, True, "mm")
    return s


def hang_up() -> Sheet:
    s = phone("#26323c", WHITE)
    s.text(200, 180, "通话已结束", 34, WHITE, True, "mm")
    s.circle(200, 370, 84, RED)
    s.arc(200, 404, 46, 205, 335, WHITE, 19)
    s.text(200, 490, "挂断", 34, WHITE, True, "ma")
    s.text(200, 610, "先挂电话，再想一想", 26, "#d5dde4", anchor="ma")
    return s


def bank_card() -> Sheet:
    s = phone()
    title(s, "银行卡背面")
    s.box(34, 160, 332, 210, BLUE, 20)
    s.box(34, 190, 332, 44, INK)
    s.box(58, 258, 180, 36, WHITE, 4)
    s.text(58, 312, "客服电话 955XX", 27, WHITE, True)
    s.paragraph(48, 420, 310, "自己照着卡上的号码拨，不要回拨对方给的号码", 27, INK, True)
    button(s, 640, "拨打银行客服", BLUE)
    return s


def dial(number: str = "96110", words: str = "反诈专线") -> Sheet:
    s = phone()
    s.text(200, 150, number, 62, INK, True, "mm")
    s.text(200, 206, words, 26, SOFT, anchor="mm")
    for n, key in enumerate("123456789*0#"):
        cx, cy = 92 + n % 3 * 108, 290 + n // 3 * 98
        s.circle(cx, cy, 40, GREY_PALE)
        s.text(cx, cy - 1, key, 34, INK, True, "mm")
    s.circle(200, 692, 42, "#2f9e62")
    s.arc(200, 686, 22, 25, 155, WHITE, 9)
    return s


def rebate_chat() -> Sheet:
    s = phone("#eef1f4")
    title(s, "“点赞返利”群")
    bubbles = [
        (34, "第一单：点赞返8元", WHITE),
        (34, "第二单：垫200返260", WHITE),
        (34, "第三单：垫5000，做完一起返", AMBER_PALE),
        (34, "操作错误，再垫2万才能提现", RED_PALE),
    ]
    y = 140.0
    for x, words, fill in bubbles:
        s.box(x, y, 312, 96, fill, 18)
        s.paragraph(x + 18, y + 14, 280, words, 24, INK, True)
        y += 116
    s.box(34, 640, 332, 92, RED, 16)
    s.text(200, 686, "垫钱就是骗局", 31, WHITE, True, "mm")
    return s


def evidence() -> Sheet:
    s = phone()
    title(s, "留好证据")
    rows = ["转账记录截图", "聊天记录截图", "对方账号、电话", "对方发来的链接"]
    for n, name in enumerate(rows):
        y = 142 + n * 110
        s.box(34, y, 332, 94, TEAL_PALE, 16)
        tick(s, 76, y + 47, 21)
        s.text(114, y + 29, name, 26, INK, True)
    s.box(34, 596, 332, 92, AMBER_PALE, 16)
    s.text(200, 642, "先别删，也别退群", 27, AMBER, True, "mm")
    return s


SCREENS: dict[str, Callable[[], Sheet]] = {
    "home": home,
    "camera": camera,
    "confirm": confirm,
    "paycode": paycode,
    "done": done,
    "password": password,
    "bad_password": bad_password,
    "fingerprint": fingerprint,
    "settings": settings,
    "code": code_message,
    "call": incoming_call,
    "share": share_request,
    "sharing": sharing,
    "hang_up": hang_up,
    "card": bank_card,
    "dial": dial,
    "police": lambda: dial("110", "报警电话"),
    "rebate": rebate_chat,
    "evidence": evidence,
}

FIGURES: dict[str, tuple[str, list[tuple[float, float, str]]]] = {
    "01-scan/media/home.png": ("home", [(60, 140, "1"), (340, 140, "2")]),
    "01-scan/media/camera.png": ("camera", [(84, 244, "1"), (120, 662, "2")]),
    "01-scan/media/confirm.png": ("confirm", [(348, 208, "1"), (348, 330, "2"), (348, 412, "3")]),
    "01-scan/media/paycode.png": ("paycode", [(356, 210, "1"), (300, 296, "2")]),
    "01-scan/media/done.png": ("done", [(300, 320, "1"), (330, 400, "2")]),
    "02-lock/media/passwords.png": ("bad_password", []),
    "02-lock/media/settings.png": ("settings", [(372, 150, "1"), (372, 462, "2"), (372, 566, "3")]),
    "02-lock/media/code.png": ("code", []),
    "03-scams/media/call.png": ("call", []),
    "03-scams/media/rebate.png": ("rebate", []),
    "03-scams/media/share.png": ("share", [(80, 490, "1"), (330, 490, "2")]),
    "03-scams/media/dial.png": ("dial", []),
    "03-scams/media/evidence.png": ("evidence", []),
}
"""Output in the course folder -> screen and numbered badges."""


def figure(name: str, badges: list[tuple[float, float, str]]) -> Sheet:
    """A phone on the course's paper colour, with badges."""
    s = Sheet(460, 840)
    s.paste_sheet(SCREENS[name](), 30, 20, WIDTH)
    for x, y, number in badges:
        mark(s, x + 30, y + 20, number)
    return s
