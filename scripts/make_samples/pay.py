"""The three films of "用手机安全付款": Mandarin speech, captions in zh-Hans, yue and en."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from draw import PAPER, RED, SOFT, TEAL, TEAL_DARK, WHITE, Sheet
from film import Area, Line
from PIL import Image
from screens import SCREENS

PHONE_X, PHONE_Y, PHONE_W = 110, 14, 340
PORTRAIT_X, PORTRAIT_Y, PORTRAIT_W = 105, 170, 510


def wide(x: float, y: float, w: float, h: float) -> Area:
    """An area of a phone screen in the landscape film."""
    k = PHONE_W / 400
    return (PHONE_X + x * k, PHONE_Y + y * k, w * k, h * k)


def tall(x: float, y: float, w: float, h: float) -> Area:
    """An area of a phone screen in the portrait film."""
    k = PORTRAIT_W / 400
    return (PORTRAIT_X + x * k, PORTRAIT_Y + y * k, w * k, h * k)


def landscape(screen: str, heading: str, words: str, colour: str = TEAL_DARK) -> Image.Image:
    """1280 by 720: phone at the left, the point in large type at the right."""
    s = Sheet(1280, 720, PAPER)
    s.box(0, 0, 560, 720, "#d9f0ec" if colour != RED else "#fbe3df")
    s.paste_sheet(SCREENS[screen](), PHONE_X, PHONE_Y, PHONE_W)
    s.box(620, 200, 10, 300, colour, 5)
    y = s.paragraph(664, 196, 560, heading, 56, colour, True, 1.35)
    s.paragraph(664, y + 22, 560, words, 36, SOFT, leading=1.5)
    return s.image()


def portrait(screen: str, heading: str, colour: str = TEAL) -> Image.Image:
    """720 by 1280: heading above, phone below."""
    s = Sheet(720, 1280, PAPER)
    s.box(0, 0, 720, 140, colour)
    s.text(360, 68, heading, 50, WHITE, True, "mm")
    s.paste_sheet(SCREENS[screen](), PORTRAIT_X, PORTRAIT_Y, PORTRAIT_W)
    return s.image()


Scenes = dict[str, Callable[[], Image.Image]]


def _l(say: str, yue: str, en: str, scene: str, **more: object) -> Line:
    return Line(say, {"yue": yue, "en": en}, scene, **more)  # type: ignore[arg-type]


def _chapter(zh: str, yue: str, en: str) -> dict[str, str]:
    return {"zh-Hans": zh, "yue": yue, "en": en}


SCAN_SCENES: Scenes = {
    "home": partial(landscape, "home", "扫码付款\n有两种办法", "您扫商家，或者商家扫您"),
    "camera": partial(landscape, "camera", "第一种\n您扫商家", "点“扫一扫”，对准二维码"),
    "confirm": partial(landscape, "confirm", "看名字\n看金额", "两样都对，再按“确认付款”"),
    "paycode": partial(landscape, "paycode", "第二种\n商家扫您", "付款码就是钱，只给收银员扫"),
    "warn": partial(landscape, "paycode", "不要截图\n不要发给别人", "谁拿到付款码，谁就能扣钱", RED),
    "done": partial(landscape, "done", "看结果", "金额对不对？收款人对不对？"),
}
SCAN: list[Line] = [
    _l(
        "用手机付款，有两种办法。",
        "用手機畀錢，有兩個方法。",
        "There are two ways to pay by phone.",
        "home",
        chapter=_chapter("两种办法", "兩個方法", "Two ways"),
        describe="画面上是付款软件的首页，左边是扫一扫，右边是付款码。",
    ),
    _l(
        "第一种，您扫商家的二维码。",
        "第一個，係你掃舖頭個二維碼。",
        "One: you scan the shop's QR code.",
        "home",
        focus=wide(66, 128, 92, 128),
        chapter=_chapter("您扫商家", "你掃舖頭", "You scan the shop"),
    ),
    _l(
        "打开付款软件，点“扫一扫”。",
        "開個付款App，撳「掃一掃」。",
        "Open the payment app and tap Scan.",
        "home",
        focus=wide(66, 128, 92, 128),
    ),
    _l(
        "把镜头对准商家的二维码。",
        "將鏡頭對準舖頭嘅二維碼。",
        "Point the camera at the shop's code.",
        "camera",
        focus=wide(94, 236, 212, 286),
    ),
    _l(
        "先看收款人，是不是这家店。",
        "睇清楚收錢嗰個，係咪呢間舖。",
        "Check the payee: is it this shop?",
        "confirm",
        focus=wide(34, 176, 332, 66),
        describe="付款页面上，收款人写着小李菜店，金额是十二块五。",
    ),
    _l(
        "再看金额，一个小数点也别错。",
        "再睇銀碼，一個小數點都唔好錯。",
        "Then the amount, down to the decimal point.",
        "confirm",
        focus=wide(34, 300, 332, 76),
    ),
    _l(
        "都对了，再按“确认付款”。",
        "都啱晒，先至撳「確認付款」。",
        "Both right? Then tap Confirm.",
        "confirm",
        focus=wide(44, 408, 312, 64),
    ),
    _l(
        "第二种，商家扫您的付款码。",
        "第二個，係舖頭掃你個付款碼。",
        "Two: the shop scans your payment code.",
        "paycode",
        focus=wide(92, 288, 216, 216),
        chapter=_chapter("商家扫您", "舖頭掃你", "The shop scans you"),
        describe="屏幕上出现付款码，上面是条形码，下面是二维码。",
    ),
    _l(
        "到了收银台，再打开付款码。",
        "去到收銀處，先至打開付款碼。",
        "Open the code only at the till.",
        "paycode",
        focus=wide(36, 130, 328, 520),
    ),
    _l(
        "付款码就是钱，千万不要截图发给别人。",
        "付款碼即係錢，千祈唔好截圖傳畀人。",
        "That code is money. Never send anyone a picture of it.",
        "warn",
        focus=wide(60, 680, 280, 50),
    ),
    _l(
        "听到提示音，还要看一眼付款结果。",
        "聽到提示聲，仲要睇一睇付款結果。",
        "After the beep, still look at the result.",
        "done",
        focus=wide(60, 296, 280, 140),
        chapter=_chapter("看结果", "睇結果", "Look at the result"),
    ),
    _l(
        "不着急，看清楚，再付款。",
        "唔使急，睇清楚，先至畀錢。",
        "Take your time. Look first, then pay.",
        "done",
    ),
]

LOCK_SCENES: Scenes = {
    "bad": partial(portrait, "bad_password", "选一个好密码"),
    "type": partial(portrait, "password", "挡一挡再输"),
    "finger": partial(portrait, "fingerprint", "指纹付款"),
    "settings": partial(portrait, "settings", "打开这几把锁"),
    "code": partial(portrait, "code", "验证码不给人", RED),
}
LOCK: list[Line] = [
    _l(
        "支付密码，是您钱包的锁。",
        "支付密碼，就係你銀包把鎖。",
        "Your payment PIN is the lock on your purse.",
        "bad",
    ),
    _l(
        "不要用生日，也不要用六个相同的数字。",
        "唔好用生日，亦唔好用六個一樣嘅數字。",
        "Do not use a birthday, or six equal digits.",
        "bad",
        focus=tall(34, 146, 332, 244),
    ),
    _l(
        "选一个只有您自己知道的。",
        "揀一個得你自己知嘅。",
        "Choose one that only you know.",
        "bad",
        focus=tall(34, 542, 332, 112),
    ),
    _l(
        "输密码的时候，用手挡一挡。",
        "入密碼嗰陣，用手遮一遮。",
        "Cover the keys while you type it.",
        "type",
        focus=tall(34, 452, 332, 280),
    ),
    _l(
        "指纹付款，只录您自己的手指。",
        "指紋付款，只可以錄你自己嘅手指。",
        "For fingerprint payment, record only your own fingers.",
        "finger",
        focus=tall(90, 210, 220, 220),
    ),
    _l(
        "给手机也加一个锁屏密码。",
        "部手機都要加個鎖屏密碼。",
        "Give the phone itself a screen lock too.",
        "settings",
        focus=tall(34, 140, 332, 88),
    ),
    _l(
        "免密支付，用不着就关掉。",
        "免密支付，用唔着就閂咗佢。",
        "Payment without a PIN: switch it off if you do not need it.",
        "settings",
        focus=tall(34, 452, 332, 88),
    ),
    _l(
        "转账可以设成{24|二十四}小时后到账。",
        "轉數可以校做24小時後先到。",
        "Transfers can be set to arrive 24 hours later.",
        "settings",
        focus=tall(34, 556, 332, 88),
    ),
    _l(
        "短信验证码，谁要都不给。",
        "短訊驗證碼，邊個問都唔好畀。",
        "A text-message code: give it to nobody.",
        "code",
        focus=tall(34, 580, 332, 92),
    ),
]

SHARE_SCENES: Scenes = {
    "call": partial(landscape, "call", "陌生来电\n自称客服", "说要帮您退款，或取消会员"),
    "share": partial(landscape, "share", "让您打开\n屏幕共享", "这一步最危险", RED),
    "sharing": partial(landscape, "sharing", "一共享\n全看见", "密码、验证码、余额，都给人看了", RED),
    "hang_up": partial(landscape, "hang_up", "马上\n挂电话", "不用客气，不用解释"),
    "card": partial(landscape, "card", "自己打\n银行电话", "号码在银行卡背面"),
    "dial": partial(landscape, "dial", "拿不准\n打96110", "全国反诈专线"),
    "police": partial(landscape, "police", "已经转钱\n马上打110", "越快报警，越有机会止付"),
}
SHARE: list[Line] = [
    _l(
        "有人打来电话，说自己是客服。",
        "有人打電話嚟，話自己係客服。",
        "Someone calls and says: I am customer service.",
        "call",
        focus=wide(60, 296, 280, 86),
    ),
    _l(
        "他说您开通了会员，不取消就要扣钱。",
        "佢話你開咗會員，唔取消就要扣錢。",
        "You joined a plan, he says. Cancel, or you will be charged.",
        "call",
        focus=wide(44, 420, 312, 128),
    ),
    _l(
        "接着，让您下载一个会议软件。",
        "跟住，叫你下載一個開會用嘅App。",
        "Next he has you install a meeting app.",
        "share",
    ),
    _l(
        "再让您点“共享屏幕”。",
        "再叫你撳「共享螢幕」。",
        "Then he tells you to tap Share screen.",
        "share",
        focus=wide(208, 492, 134, 62),
    ),
    _l(
        "屏幕一共享，您的密码和验证码，他都能看到。",
        "螢幕一共享，你啲密碼同驗證碼，佢乜都睇到。",
        "Once you share, he sees it all: your PIN and your codes.",
        "sharing",
        focus=wide(36, 280, 328, 74),
    ),
    _l(
        "这时候，只做一件事：挂电话。",
        "呢個時候，只做一件事：收線。",
        "Now do one thing only: hang up.",
        "hang_up",
        focus=wide(110, 280, 180, 250),
    ),
    _l(
        "再找出银行卡，自己拨打背面的电话。",
        "再搵返張銀行卡，自己打後面個電話。",
        "Then find your bank card and call the number on the back.",
        "card",
        focus=wide(50, 304, 290, 50),
    ),
    _l(
        "拿不准，就拨打{96110|九六幺幺零}问问。",
        "拿唔定主意，就打96110問吓。",
        "Not sure? Call 96110 and ask.",
        "dial",
        focus=wide(90, 110, 220, 120),
    ),
    _l(
        "要是已经转了钱，马上拨打{110|幺幺零}。",
        "如果已經過咗數，即刻打110。",
        "If money has already gone, call 110 at once.",
        "police",
        focus=wide(90, 110, 220, 120),
    ),
    _l(
        "请记住：真客服，不会让您共享屏幕。",
        "記住：真客服，唔會叫你共享螢幕。",
        "Remember: real staff never ask you to share your screen.",
        "hang_up",
    ),
]
