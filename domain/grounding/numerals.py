"""Reads numbers written as digits or words, Korean and English."""

import re
from typing import NamedTuple

from . import spoken
from .units import COUNTED, COUNTER, MYRIADS, SCALES, SMALL_MYRIADS

DIGITS = r"\d{1,3}(?:,\d{3}|, 000(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?"
_DIGITS = re.compile(DIGITS)
_POWER = re.compile(
    r"(?P<ten>\s?[×x*]\s?10|)(?:\s?\^\s?\{?\s?([-−]?\d+)\s?\}?|([⁻⁰¹²³⁴-⁹]+))|e([-+]?\d{1,2})(?![A-Za-z0-9])"
    r"|의 (?P<root>세제곱|제곱)(?!근)"
)
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
_ENGLISH_SCALE = re.compile(
    r"[\s-]?(hundred|thousand|million|billion|trillion)s?\b|\s?(mn|bn)\b|([kKMBbT])(?![A-Za-z0-9/])"
    r"|\s([MBK])(?![A-Za-z0-9/-])"
)
_SMALL = re.compile(r"([십백천])(?!문|체|연)")
_MYRIAD = re.compile(r"\s?(경|조(?!건|합|각|정|직|작|기)|억|만(?!족|큼|약|화))")
_NEXT_GROUP = re.compile(rf"\s?(?=(?:{DIGITS})\s?[십백천만억조])|\s?(?=\d{{3,4}}(?!\d)|\d,\d{{3}}(?![\d,]))|(?=\d)")

_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_ENGLISH: dict[str, float] = {
    **{word: float(n) for n, word in enumerate(f"{_ONES} eighteen nineteen".split())},
    **{word: 10.0 * n for n, word in enumerate(_TENS.split(), 2)},
}
_ENGLISH_MULTIPLIERS = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_E_UNIT = "|".join(sorted(_ENGLISH, key=len, reverse=True))
_E_MULTIPLIER = "|".join(_ENGLISH_MULTIPLIERS)
ENGLISH_WORDS = re.compile(
    rf"\b(?:half a (?P<half>million|billion|trillion|dozen)|(?:(?:{_E_UNIT})|a(?=[\s-](?:{_E_MULTIPLIER})\b))"
    rf"(?:[\s-](?:and )?(?:{_E_UNIT}|{_E_MULTIPLIER})(?![A-Za-z]))*)\b",
    re.IGNORECASE,
)
ENGLISH_ORDER = re.compile(
    r"\b(?:(tens|dozens|hundreds|thousands) of )?(thousands|millions|billions|trillions)\b"
    r"|\b(tens|dozens|hundreds)\b(?! of (?:thousand|million|billion|trillion))"
    r"|\b(?:several|a few) (hundred|thousand|million|billion|trillion)\b"
    r"|\b(hundred|thousand|million|billion|trillion)-(?:scale|level|token|parameter)",
    re.IGNORECASE,
)
_ORDERS = {
    **{"tens": 1e1, "dozens": 1e1, "hundreds": 1e2, "thousands": 1e3, "millions": 1e6, "billions": 1e9},
    **{"trillions": 1e12, "hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12},
}

_NATIVE_ONES = {
    **{"하나": 1, "한": 1, "둘": 2, "두": 2, "셋": 3, "세": 3, "석": 3, "넷": 4, "네": 4, "넉": 4, "다섯": 5},
    **{"여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9},
}
_NATIVE_TENS = {
    **{"열": 10, "스물": 20, "스무": 20, "서른": 30, "마흔": 40, "쉰": 50, "예순": 60, "일흔": 70},
    **{"여든": 80, "아흔": 90},
}
_HANGUL = "가-힣"
_WORD_START = r"(?<![^\s(\[\"'‘“「·,~–/])"
KOREAN_NATIVE = re.compile(
    rf"{_WORD_START}(?P<tens>{'|'.join(_NATIVE_TENS)})?(?P<ones>{'|'.join(_NATIVE_ONES)})?"
    rf"(?:(?=여?\s?(?:{COUNTER}|배(?!치|경|포|열)|배수|곱절|토큰|시간|달(?!러)))|(?<=[두세네섯곱덟홉])(?=\s(?:[{_HANGUL}A-Za-z])))"
)
_SINO_DIGITS = {c: float(n) for n, c in enumerate("영일이삼사오육칠팔구")}
_SINO = "일이삼사오육칠팔구십백천만억조"
_NOT_NUMERALS = frozenset(
    """
    구조 이조 사조 일조 삼조 오조 만일 백일 천일 만이 조이 천이 백이 만사 이만 오만 천만 조사 일만
    """.split()
)
KOREAN_SINO = re.compile(
    rf"{_WORD_START}(?![천만백](?:장|번|회|대|차|건)"
    rf"|조[{_HANGUL}])(?=[{_SINO}\s]*[십백천만억조])[{_SINO}]+(?:\s[{_SINO}]*[십백천만억조][{_SINO}]*)*"
    rf"(?=여?\s?(?:{COUNTER}|배(?!치|경|포|열)|{COUNTED}|시간|달러|퍼센트|[%]|년|분의))"
)
KOREAN_ORDER = re.compile(
    rf"{_WORD_START}(?:수|몇\s?)(십만|백만|천만|십억|백억|천억|십|백|천|만|억|조)(?![{_HANGUL}]?적|직|정|집)"
)
KOREAN_NUMBER = rf"(?:{DIGITS}|{'|'.join((*_NATIVE_TENS, *_NATIVE_ONES))}|[{_SINO}]+)"


_ANY_HANGUL = re.compile("[가-힣]")


def is_korean(text: str) -> bool:
    """Whether a text has any Hangul: what tells Korean prose, Latin names and all, from English."""
    return _ANY_HANGUL.search(text) is not None


class Numeral(NamedTuple):
    """A number and where it ends in the text."""

    value: float
    end: int
    scaled: bool
    """Whether a scale (만, 억, million, K…) was written."""


def digits(text: str, start: int) -> Numeral | None:
    """The number whose digits begin at ``start``, with scale: ``1억 8천만``, ``2,500억``, ``250 billion``, ``198K``."""
    if not (found := _DIGITS.match(text, start)):
        return None
    value, end = float(found[0].replace(",", "").replace(" ", "")), found.end()
    if power := _POWER.match(text, end):
        if power["root"]:
            return Numeral(value ** (3 if power["root"] == "세제곱" else 2), power.end(), scaled=False)
        exponent = int((power[2] or power[3] or power[4]).translate(_SUPERSCRIPTS))
        plain = not power["ten"] and not power[4]
        value = value**exponent if plain and abs(exponent) <= 64 else value * 10.0**exponent
        return Numeral(value, power.end(), scaled=False)
    if korean := _korean_scale(text, value, end):
        return korean
    scaled = False
    for scale, after in spoken.scales(text, end):
        value, end, scaled = value * scale, after, True
    while scale := _ENGLISH_SCALE.match(text, end):
        value *= SCALES[next(group for group in scale.groups() if group)]
        end, scaled = scale.end(), True
    return Numeral(value, end, scaled)


def scale_of(text: str) -> float:
    """The scale that a figure carries after its digits: 1e8 for ``3억``; 1 for words."""
    whole, number = digits(text, 0), _DIGITS.match(text)
    value = float(number[0].replace(",", "").replace(" ", "")) if number else 0.0
    return whole.value / value if whole and value else 1.0


def _korean_scale(text: str, value: float, end: int) -> Numeral | None:
    """``value`` with the 십·백·천·만·억·조 after it, and the smaller groups that follow: 1억 8천만, 6만 6천, 3천5백."""
    total, section, last, scaled = 0.0, 0.0, float("inf"), False
    while True:
        if small := _SMALL.match(text, end):
            section, end, scaled = section + value * SMALL_MYRIADS[small[1]], small.end(), True
        else:
            section += value
        if big := _MYRIAD.match(text, end):
            if MYRIADS[big[1]] >= last:
                break
            last = MYRIADS[big[1]]
            total, section, end, scaled = total + section * last, 0.0, big.end(), True
        following = _NEXT_GROUP.match(text, end) if scaled else None
        number = _DIGITS.match(text, following.end()) if following else None
        if not number or not (_smaller(text, number, last) if not section else _smaller_part(text, number, section)):
            break
        value, end = float(number[0].replace(",", "")), number.end()
    return Numeral(total + section, end, scaled) if scaled else None


def _smaller(text: str, number: re.Match[str], last: float) -> bool:
    """Whether the next group really continues the number: 6만 6천, not 5억 18억 or 3만 70억."""
    small, value = _SMALL.match(text, number.end()), float(number[0].replace(",", ""))
    value *= SMALL_MYRIADS[small[1]] if small else 1.0
    big = _MYRIAD.match(text, small.end() if small else number.end())
    return value * (MYRIADS[big[1]] if big else 1.0) < last


def _smaller_part(text: str, number: re.Match[str], section: float) -> bool:
    """Whether the next group continues the thousands of a group: 1천8백만."""
    small, value = _SMALL.match(text, number.end()), float(number[0].replace(",", ""))
    return (
        bool(small or _MYRIAD.match(text, number.end())) and value * (SMALL_MYRIADS[small[1]] if small else 1) < section
    )


def english(found: re.Match[str]) -> float:
    """The value of a match of ``ENGLISH_WORDS``.

    >>> english(ENGLISH_WORDS.search("two hundred and five"))
    205.0
    """
    if half := found["half"]:
        return 0.5 * _ENGLISH_MULTIPLIERS[half.lower()]
    total, section = 0.0, 0.0
    for word in re.split(r"[\s-]+", found[0].lower()):
        if word == "a":
            section = 1.0
        elif word in _ENGLISH:
            section += _ENGLISH[word]
        elif word in ("hundred", "dozen"):
            section = (section or 1.0) * _ENGLISH_MULTIPLIERS[word]
        elif word != "and":
            total, section = total + (section or 1.0) * _ENGLISH_MULTIPLIERS[word], 0.0
    return total + section


def english_number(words: str) -> float:
    """The value of digits or English words; 0 for anything else."""
    found = ENGLISH_WORDS.fullmatch(words)
    return english(found) if found else float(words) if words.isdigit() else 0.0


def english_order(found: re.Match[str]) -> float:
    """The order of magnitude that ``ENGLISH_ORDER`` names: tens of thousands = 1e4."""
    outer, inner, alone, several, scale = (group.lower() if group else "" for group in found.groups())
    return (
        _ORDERS[outer or "hundreds"] * (_ORDERS[inner] if outer else 0.01 * _ORDERS[inner])
        if inner
        else _ORDERS[alone or several or scale]
    )


def korean_native(found: re.Match[str]) -> float:
    """The value of a match of ``KOREAN_NATIVE`` (0 for an empty one): 서른두 = 32."""
    return float(_NATIVE_TENS.get(found["tens"] or "", 0) + _NATIVE_ONES.get(found["ones"] or "", 0))


def korean_sino(words: str) -> float | None:
    """The value of 삼만 오천, 이십, 백만; None for what only looks like a number (구조).

    >>> korean_sino("삼만 오천")
    35000.0
    """
    if words in _NOT_NUMERALS or words == "조":
        return None
    total, section, digit = 0.0, 0.0, 0.0
    for char in words.replace(" ", ""):
        if char in SMALL_MYRIADS:
            section, digit = section + (digit or 1.0) * SMALL_MYRIADS[char], 0.0
        elif char in MYRIADS:
            total, section, digit = total + ((section + digit) or 1.0) * MYRIADS[char], 0.0, 0.0
        else:
            digit = _SINO_DIGITS[char]
    return total + section + digit


def korean_order(found: re.Match[str]) -> float:
    """The order of magnitude that ``KOREAN_ORDER`` names: 수십만 = 1e5."""
    return korean_sino(found[1]) or 0.0


def korean_number(words: str) -> float | None:
    """The value of a match of ``KOREAN_NUMBER``."""
    if _DIGITS.fullmatch(words):
        return float(words.replace(",", ""))
    if words in _NATIVE_ONES or words in _NATIVE_TENS:
        return float({**_NATIVE_ONES, **_NATIVE_TENS}[words])
    return _SINO_DIGITS[words] if words in _SINO_DIGITS else korean_sino(words)
