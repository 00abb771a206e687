"""Language tags: shape (BCP 47, RFC 5646), spelling, and which of two tags mean the same reader.

No registry look-ups beyond a short list of language codes: it only has to tell `check.en.md` from `notes.to.md`.
"""

import re

_SHAPE = re.compile(
    r"""^(?:[a-z]{2,3}(?:-[a-z]{3}){0,3}|[a-z]{5,8})   # language, extended language
    (?:-[a-z]{4})?                                     # script
    (?:-(?:[a-z]{2}|[0-9]{3}))?                        # region
    (?:-(?:[a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*           # variants
    (?:-[0-9a-wy-z](?:-[a-z0-9]{2,8})+)*               # extensions
    (?:-x(?:-[a-z0-9]{1,8})+)?$                        # private use
    """,
    re.VERBOSE | re.IGNORECASE,
)

# ISO 639-1 in full; of ISO 639-2/3 those that courses are met in, and the sign languages that videos are met in.
_KNOWN_WORDS = """aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de
dv dz ee el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id
ie ig ii ik io is it iu ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu
lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu
rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk tl tn to tr
ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu yue cmn nan hak wuu hsn cjy gan lzh cdo mnp
pcm fil haw ceb ast sco gsw bar nds vec scn lmo hmn bug min ace mai bho awa hne kok doi mni sat brx
ckb kmr prs pnb skr nqo kab tzm zgh din dyo fon luo mos nso tpi und mul ase bfi csl jsl fsl gsg isr
lsf mfs nzs psr ssp swl ise dse asf hks tss"""
_KNOWN = frozenset(_KNOWN_WORDS.split())

# File name endings that are also words or file types: believed only where the course shows it means a language.
_WORDLIKE_WORDS = """am an as be he hi ho id ie io is it la my na no or os so to ts cs la st se id ii md li"""
WORDLIKE = frozenset(_WORDLIKE_WORDS.split())

# Regions that people use as if they were languages, in names of folders and files.
_NICKNAMES = {
    "cn": "zh-Hans",
    "tw": "zh-Hant-TW",
    "hk": "zh-Hant-HK",
    "mo": "zh-Hant-MO",
    "chs": "zh-Hans",
    "cht": "zh-Hant",
}

_HANT_REGIONS = frozenset({"TW", "HK", "MO"})


def well_formed(tag: str) -> bool:
    """Whether `tag` has the shape of a BCP 47 tag (an underscore for a hyphen is not forgiven)."""
    return len(tag) <= 35 and _SHAPE.match(tag) is not None


def canonical(tag: str) -> str:
    """The usual spelling of a well-formed tag: "ZH_hans-cn" gives "zh-Hans-CN". Subtags are not replaced."""
    parts = tag.replace("_", "-").split("-")
    out = [parts[0].lower()]
    single = False
    for part in parts[1:]:
        if single or len(part) == 1:
            single = True
            out.append(part.lower())
        elif len(part) == 4 and part.isalpha():
            out.append(part.title())
        elif len(part) == 2 and part.isalpha():
            out.append(part.upper())
        else:
            out.append(part.lower())
    return "-".join(out)


def from_name(part: str) -> str:
    """The language that one dotted part of a file name, or a folder name, may stand for; "" for none.

    "zh_hans" gives "zh-Hans", "tw" "zh-Hant-TW" (as a name that is Taiwan, not Twi), "v2" and "final" give "".
    """
    if not (2 <= len(part) <= 35 and part.isascii()):
        return ""
    nickname = _NICKNAMES.get(part.lower())
    if nickname:
        return nickname
    tag = part.replace("_", "-")
    if tag.split("-", 1)[0].lower() not in _KNOWN or not well_formed(tag):
        return ""
    return canonical(tag)


def reader(tag: str) -> tuple[str, str]:
    """(language, script) that decide whether somebody can read a text: regions are left out.

    Only for Chinese is a missing script filled in: zh and zh-CN are zh-Hans, zh-TW is zh-Hant; cmn is zh.
    """
    parts = canonical(tag).split("-")
    language = "zh" if parts[0] == "cmn" else parts[0]
    script = next((p for p in parts[1:] if len(p) == 4 and p.isalpha()), "")
    if language == "zh" and not script:
        script = "Hant" if _HANT_REGIONS & set(parts[1:]) else "Hans"
    return language, script


def same_reader(a: str, b: str) -> bool:
    """Whether who reads `a` reads `b`: "en" and "en-GB", "zh" and "zh-Hans"; not "zh-Hans" and "zh-Hant"."""
    return reader(a) == reader(b)


def as_declared(tag: str, declared: tuple[str, ...]) -> str:
    """`tag`, or the one of `declared` that is meant by it: "zh" is "zh-Hans" where only that is declared.

    A region is never dropped in favour of another region: "en-GB" is not "en-US".
    """
    if tag in declared:
        return tag
    short = [d for d in declared if same_reader(tag, d) and (_bare(tag) or _bare(d))]
    return short[0] if len(short) == 1 else tag


def _bare(tag: str) -> bool:
    return not any(len(p) == 2 or p.isdigit() for p in tag.split("-")[1:])
