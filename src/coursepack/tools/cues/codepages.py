"""Which legacy code page a few lines of text are in: short subtitles, with the expected language as a prior.

General detectors want a page of prose. Subtitles give a dozen short lines, but we know which encodings subtitles
come in, which characters are common in each language, and mostly the language. Each candidate decodes the sample
and is scored by how common its characters are; a wrong code page gives rare ones.
"""

import unicodedata
from collections.abc import Callable
from typing import Literal

import msgspec

_PRIOR = 0.12
"""What the expected language is worth: enough to break near ties, not to overrule plain evidence."""
_LATIN_PRIOR = 0.25
"""The pages of Europe share most letters: what is a French e is a Polish one, and only the language tells."""
_ENOUGH = 0.5

_HANS = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经"
    "么去法学如都同现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三"
    "又关点正业外将两高间由问很最重并物手应向头文体政美相见被利什二等产或新己制身果加西月话合回特代内信表化老给世位次度门任常先海"
    "通教儿原东声提立及比员解水名真论处走义各入几口认条平系气题活更别打女变四总何电数安少报才结反受目太量再感建务做接必场件计管期"
    "市直资命山金指许统区保至形社便空决治展马科司五基眼书非则听白却界达光放强即像难且思完设式色路记南品住告类求据程北边该交规万取"
    "望觉术领共确传师观清今切院让识候带导争运请谢您吗呢吧啊哪谁每课视频字幕音乐练习"
)
_HANT = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經"
    "麼去法學如都同現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三"
    "又關點正業外將兩高間由問很最重並物手應向頭文體政美相見被利什二等產或新己制身果加西月話合回特代內信表化老給世位次度門任常先海"
    "通教兒原東聲提立及比員解水名真論處走義各入幾口認條平系氣題活更別打女變四總何電數安少報才結反受目太量再感建務做接必場件計管期"
    "市直資命山金指許統區保至形社便空決治展馬科司五基眼書非則聽白卻界達光放強即像難且思完設式色路記南品住告類求據程北邊該交規萬取"
    "望覺術領共確傳師觀清今切院讓識候帶導爭運請謝您嗎呢吧啊哪誰每課視頻字幕音樂練習嘅咗喺唔佢哋冇啲嚟咁"
)
_HANGUL = frozenset(
    "이다는에의을가고하지로사은를도한기어나아서자시리라인그수있것해정대일들으전과제상부장보스여만원조주구년간게면적동성국공유세계비했합"
    "니습요안네우경학생중관위당마무내말오경연분방용선신교화진개통입문소회치미모야거단되된운때없같히까던두결심영재현식실물발바음감급저"
)
_CJK_MARKS = frozenset("，。？！“”‘’—…《》、：；（）·「」『』【】～　・ー")
_KANJI_LEAD = range(0x88, 0x98)


class CodePage(msgspec.Struct, frozen=True):
    """A candidate: a Python codec, the languages that use it, and how likely one of its characters is (0 to 1)."""

    codec: str
    languages: tuple[str, ...]
    weight: Callable[[str], float]
    letters: Literal["", "latin", "other"] = ""
    """Single-byte pages: whether its letters stand among ASCII letters or never do."""
    bias: float = 0


def _lead(character: str, codec: str) -> int:
    try:
        return character.encode(codec)[0]
    except UnicodeEncodeError:
        return 0


def _hans(c: str) -> float:
    if c in _HANS:
        return 1
    lead = _lead(c, "gb2312")
    if 0xB0 <= lead <= 0xD7:
        return 0.7
    return 0.8 if c in _CJK_MARKS else 0.3 if lead > 0xD7 else 0.05


def _hant(c: str) -> float:
    if c in _HANT:
        return 1
    lead = _lead(c, "big5")
    if 0xA4 <= lead <= 0xC6:
        return 0.7
    return 0.8 if c in _CJK_MARKS else 0.3 if lead > 0xC8 else 0.2 if _lead(c, "big5hkscs") else 0


def _japanese(c: str) -> float:
    if "ぁ" <= c <= "ん":
        return 1
    if "ァ" <= c <= "ヶ" or c in _CJK_MARKS:
        return 0.85
    lead = _lead(c, "shift_jis")
    return 0.7 if lead in _KANJI_LEAD else 0.3 if lead > 0x97 and not "\uff61" <= c <= "\uff9f" else 0.05


def _korean(c: str) -> float:
    if c in _HANGUL:
        return 1
    return 0.65 if _lead(c, "euc_kr") in range(0xB0, 0xC9) else 0.5 if c in _CJK_MARKS else 0.05


def _letters(
    common: str, alphabet: str, marks: str = "«»“”„‘’–—…№\u00a0", *, best: float = 1.0, other: float = 0.8
) -> Callable[[str], float]:
    def weight(c: str) -> float:
        if c in common:
            return best
        if c in alphabet:
            return min(best, other)
        if c.lower() in alphabet or c.lower() in common:
            return 0.6
        return 0.6 if c in marks else 0

    return weight


_LATIN_MARKS = "«»“”„‘’–—…¿¡°€£©®·•\u00a0"
_CYRILLIC = "абвгдежзийклмнопрстуфхцчшщъыьэюяёіїєґўђјљњћџ"
_THAI = "".join(chr(c) for c in range(0x0E01, 0x0E5C))
_ARABIC = "ابتثجحخدذرزسشصضطظعغفقكلمنهويىةءآأؤإئپچژگ"

# Order breaks ties: the commonest first.
PAGES: tuple[CodePage, ...] = (
    CodePage("gb18030", ("zh", "zh-hans", "zh-cn", "zh-sg"), _hans),
    CodePage("big5hkscs", ("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue"), _hant),
    CodePage("cp932", ("ja",), _japanese),
    CodePage("euc_jp", ("ja",), _japanese),
    CodePage("cp949", ("ko",), _korean),
    CodePage(
        "cp1252",
        (
            "en",
            "fr",
            "de",
            "es",
            "it",
            "pt",
            "nl",
            "sv",
            "da",
            "nb",
            "nn",
            "no",
            "fi",
            "is",
            "ca",
            "gl",
            "eu",
            "af",
            "id",
            "ms",
        ),
        _letters("éèàüöäñçóáíãêõ¿¡", "âåæëìîïòôøœúùûÿß", _LATIN_MARKS + "þðý"),
        letters="latin",
    ),
    # Their letters share bytes with those of western Europe: without a word about the language, western is meant.
    CodePage(
        "cp1250",
        ("pl", "cs", "sk", "hu", "hr", "sl", "ro", "bs", "sq"),
        _letters("áíéóěščřžýąęłśż", "ćńźďňťúůőűöüäâîăşţđľĺŕßô", _LATIN_MARKS, best=0.78),
        letters="latin",
    ),
    CodePage("cp1254", ("tr", "az"), _letters("ıışğüöçİ", "âîû", _LATIN_MARKS), letters="latin"),
    CodePage(
        "cp1257",
        ("lt", "lv", "et"),
        _letters("āēīšžųėąčū", "ęįģķļņōõäöü", _LATIN_MARKS, best=0.78),
        letters="latin",
    ),
    CodePage(
        "cp1258",
        ("vi",),
        _letters("đêôơưăâ", "áàéèíìóòúùý\u0300\u0301\u0303\u0309\u0323", _LATIN_MARKS, best=0.78),
        letters="latin",
    ),
    CodePage(
        "cp1251",
        ("ru", "uk", "bg", "sr", "be", "mk"),
        _letters("оеаинтслрв", _CYRILLIC),
        letters="other",
    ),
    CodePage("koi8-r", ("ru",), _letters("оеаинтслрв", _CYRILLIC), letters="other", bias=-0.1),
    CodePage("cp866", ("ru",), _letters("оеаинтслрв", _CYRILLIC), letters="other", bias=-0.1),
    CodePage(
        "cp1256",
        ("ar", "fa", "ur", "ug"),
        _letters("اليمونرتبةعدسفه", _ARABIC, "،؛؟«»“”–—…\u00a0\u200cـًٌٍَُِّْ"),
        letters="other",
    ),
    CodePage("cp1253", ("el",), _letters("αοιετσνηυρπκμλς", "άέήίόύώβγδζθξφχψωϊϋ"), letters="other"),
    CodePage(
        "cp1255",
        ("he",),
        _letters("יוהלאמרתבנש", "גדזחטכסעפצקךםןףץ\u05b0\u05b1\u05b4\u05b7\u05b8"),
        letters="other",
    ),
    CodePage("cp874", ("th",), _letters("านรกอเงมยลวดทสต", _THAI, other=0.5), letters="other"),
)


def guess_codec(sample: bytes, language: str) -> str:
    """The likeliest codec of `sample` (lines that are not UTF-8), or "" when none is likely. Deterministic."""
    best, best_score = "", _ENOUGH
    for page in PAGES:
        score = _score(sample.decode(page.codec, "replace"), page) + page.bias + _prior(page, language)
        if score > best_score + 1e-9:
            best, best_score = page.codec, score
    return best


def _prior(page: CodePage, language: str) -> float:
    tag = language.lower()
    if tag.startswith(("zh-hant", "zh-tw", "zh-hk", "zh-mo", "yue")):
        matches = "yue" in page.languages
    else:
        matches = tag.split("-")[0] in page.languages
    return (_LATIN_PRIOR if page.letters == "latin" else _PRIOR) if matches else 0


def _score(text: str, page: CodePage) -> float:
    """Mean weight of the characters outside ASCII; replacement characters count against the page."""
    total = count = 0.0
    for at, c in enumerate(text):
        if c < "\x80":
            continue
        count += 1
        if c == "\ufffd" or unicodedata.category(c) in ("Cc", "Co", "Cn"):
            total -= 1
        elif page.letters and c.isalpha() and _misplaced(text, at, latin=page.letters == "latin"):
            total += page.weight(c) * 0.3
        else:
            total += page.weight(c)
    return total / count if count else 0.0


def _misplaced(text: str, at: int, *, latin: bool) -> bool:
    """Whether the letter at `at` has neighbours that it has in no language.

    Latin words have one accent or two, not a row of them, and no capital after a small letter. Other alphabets do
    not mix with ASCII letters inside a word.
    """
    before, after = text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if text[at].islower() and after.isupper():
        return True
    if latin:
        near = [n for n in (before, after) if n.isalpha()]
        return bool(near) and not any(n.isascii() for n in near)
    return any(n.isascii() and n.isalpha() for n in (before, after) if n)
