"""Quantities in set phrases: dates, fractions, twice, an order of magnitude, first, both."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .numerals import DIGITS, KOREAN_NUMBER, english_number, is_korean, korean_number


class Phrase(NamedTuple):
    """A quantity that a set phrase names."""

    start: int
    end: int
    kind: str
    value: float
    noun: str = ""


_MONTHS = """
    january february march april may june july august september october november december
    """.split()
_MONTH = "|".join([*(m.capitalize() for m in _MONTHS), *(rf"{m[:3].capitalize()}(?![a-z])\.?" for m in _MONTHS)])
_ORDINALS: list[str] = [
    *("first", "second", "third", "fourth", "fifth", "sixth"),
    *("seventh", "eighth", "ninth", "tenth", "eleventh", "twelfth"),
]

_KOREAN_ORDINALS = {"첫": 1, "두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "일곱": 7, "여덟": 8, "아홉": 9, "열": 10}
_SMALL = ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"]
_PARTS = {
    "half": 2,
    "halves": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "eighth": 8,
    "tenth": 10,
}
_FOLD = {
    "single": 1,
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}


def _date(found: re.Match[str]) -> tuple[str, float]:
    year, month, day = found[1], found[2], found[3]
    return "date", int(year) * 10000 + int(month) * 100 + int(day)


def _fraction(found: re.Match[str]) -> tuple[str, float] | None:
    below, above = korean_number(found[1]), korean_number(found[2])
    return ("fraction", above / below) if below and above else None


def _slash(found: re.Match[str]) -> tuple[str, float] | None:
    above, below = int(found[1]), int(found[2])
    return ("fraction", above / below) if 0 < above < below else None


def _english_fraction(found: re.Match[str]) -> tuple[str, float]:
    count, part = found[1].lower(), found[2].lower().removesuffix("s")
    above = _SMALL.index(count) + 1 if count in _SMALL else 1
    return "fraction", above / _PARTS[part if part in _PARTS else found[2].lower()]


def _magnitude(found: re.Match[str]) -> tuple[str, float]:
    word = (found[1] or "one").lower()
    return "multiple", 10.0 ** (_SMALL.index(word) + 1 if word in _SMALL else int(word) if word.isdigit() else 1)


def _constant(kind: str, value: float) -> Callable[[re.Match[str]], tuple[str, float]]:
    return lambda _: (kind, value)


_Reading = Callable[[re.Match[str]], tuple[str, float] | None]
_ANY: tuple[tuple[re.Pattern[str], _Reading], ...] = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)-(\d\d)-(\d\d)(?!\d)"), _date),
    (re.compile(r"(?<![\w./-])(\d{1,3})/(\d{1,3})(?![\w/]|\.\d)"), _slash),
)
_KOREAN: tuple[tuple[re.Pattern[str], _Reading], ...] = (
    (re.compile(r"(?<!\d)((?:19|20)\d\d)년 ?(\d{1,2})월 ?(\d{1,2})일"), _date),
    (re.compile(r"(?<!\d)((?:19|20)\d\d)(?:년(?!간)|년대)"), lambda m: ("year", float(m[1]))),
    (re.compile(r"(?<!\d)(\d{1,2})월(?!드|등)"), lambda m: ("month", float(m[1]))),
    (re.compile(rf"(?<![가-힣])({KOREAN_NUMBER}) ?분의 ?({KOREAN_NUMBER})"), _fraction),
    (re.compile(r"절반|(?<![가-힣])반으로|(?<![가-힣])반(?= (?:이하|미만|수준|가까이))"), _constant("fraction", 0.5)),
    (re.compile(r"(?:갑절|곱절)"), _constant("multiple", 2)),
    (
        re.compile(r"(?<![가-힣])(첫|두|세|네|다섯|여섯|일곱|여덟|아홉|열) ?번째"),
        lambda m: ("ordinal", _KOREAN_ORDINALS[m[1]]),
    ),
    (re.compile(r"(\d+) ?번째|(?<!\d)(\d+)(?:st|nd|rd|th)\b"), lambda m: ("ordinal", float(m[1] or m[2]))),
    (re.compile(r"(?<![가-힣])(?:첫째|첫 단계)"), _constant("ordinal", 1)),
    (re.compile(r"(?<![\d.])([1-9])(?=·[1-9]차)"), lambda m: ("ordinal", float(m[1]))),
    (re.compile(r"(?<![\d.,])([1-9])차(?![가-힣]?원|로|량|이|례|감)"), lambda m: ("ordinal", float(m[1]))),
    (
        re.compile(r"(?<![가-힣\d])(\d)단계(?=에서|에선|는|의 |에 |로 |와 |, | 모델| 훈련| 학습)"),
        lambda m: ("stage", float(m[1])),
    ),
)
_ENGLISH: tuple[tuple[re.Pattern[str], _Reading], ...] = (
    (re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}}),? (?P<year>(?:19|20)\d\d)"), lambda m: _english_date(m)),
    (re.compile(rf"\b(?P<day>\d{{1,2}}) (?P<month>{_MONTH}),? (?P<year>(?:19|20)\d\d)"), lambda m: _english_date(m)),
    (
        re.compile(r"\b(?:Stage|Phase|Step|stage|phase|step) ?(?:(\d)|(I{1,3}))\b(?!-)"),
        lambda m: ("ordinal", float(m[1] or len(m[2]))),
    ),
    (
        re.compile(
            r"\b(one|two|three|four|five|a|an)[- ](third|quarter|fourth|fifth|sixth|eighth|tenth)"
            r"(?:s\b|\b(?=\s(?:of|the|as|fewer|less|more)\b|[.,;)]|$))",
            re.I,
        ),
        _english_fraction,
    ),
    (
        re.compile(rf"\b({'|'.join(_ORDINALS[2:])})\b(?![- ](?:of|the)\b)", re.I),
        lambda m: ("ordinal", 1.0 + _ORDINALS.index(m[1].lower())),
    ),
    (
        re.compile(r"(?<!per )(?<!per-)(?<!a )(?<!\d )(?<!every )(?<!one )\bsecond(?:ly)?\b(?!s)", re.I),
        _constant("ordinal", 2),
    ),
    (re.compile(r"\b(one|two|three|an?|four)(?: or (?:more|two))? orders?[- ]of[- ]magnitude", re.I), _magnitude),
    (re.compile(r"\b(\d) orders?[- ]of[- ]magnitude", re.I), _magnitude),
    (
        re.compile(
            r"\b(?:twice|twofold|two ?-?fold|doubl(?:e|es|ed|ing)(?![- ](?:blind|descent|q|dqn|precision)))\b", re.I
        ),
        _constant("multiple", 2),
    ),
    (
        re.compile(r"\b(?:thrice|threefold|tripl(?:ed|ing)|triple(?! (?:extraction|store)))\b", re.I),
        _constant("multiple", 3),
    ),
    (re.compile(r"\bquadrupl(?:e|es|ed|ing)\b|\bfourfold\b", re.I), _constant("multiple", 4)),
    (
        re.compile(
            r"\b(five|six|seven|eight|nine"
            r"|ten)fold\b",
            re.I,
        ),
        lambda m: ("multiple", float(_FOLD[m[1].lower()])),
    ),
    (
        re.compile(
            r"\b(?:halv(?:e|es|ed|ing)|half(?! a (?:million|billion|trillion"
            r"|dozen))(?![- ]precision))\b",
            re.I,
        ),
        _constant("fraction", 0.5),
    ),
)
_SOURCE: tuple[tuple[re.Pattern[str], _Reading], ...] = (
    (re.compile(r"\bfirst(?:ly)?\b|\binitial(?:ly)?\b", re.I), _constant("ordinal", 1)),
    (re.compile(r"(?<![\w.])\(?([1-9])\)(?=\s)"), lambda m: ("ordinal", float(m[1]))),
    (
        re.compile(r"\b(?:both|pair(?:s|ed)?|dual|couple|twin|bilingual|either|binary|two-?fold)\b", re.I),
        _constant("count", 2),
    ),
    (re.compile(r"\b(?:one|single|a|an|unified)\b", re.I), _constant("one", 1)),
    (re.compile(r"\b(?:no|none|zero)\b", re.I), _constant("count", 0)),
    (re.compile(rf"\b({_MONTH})\b"), lambda m: ("month", _month(m[1]))),
    (re.compile(r"(?<![\d.,])((?:19|20)\d\d)(?![\d,]|\.\d)"), lambda m: ("year", float(m[1]))),
    (re.compile(r"\bper (thousand|million|billion)\b"), lambda m: ("count", {"t": 1e3, "m": 1e6, "b": 1e9}[m[1][0]])),
    (re.compile(r"\ba decade\b", re.I), _constant("decade", 1)),
    (re.compile(r"\b(?:trilingual|trimodal|triplets?|triples?|threefold)\b", re.I), _constant("count", 3)),
    (re.compile(r"\bfourfold|quad(?:ruple|rants?)?\b", re.I), _constant("count", 4)),
    (re.compile(r"\b(?:majority)\b", re.I), _constant("fraction", 0.5)),
)
_NUMBER = rf"\d+|{'|'.join(_SMALL)}|eleven|twelve|fifteen|twenty"
_SHARE = re.compile(rf"\b({_NUMBER}) (?:out )?of (?:the |all )?({_NUMBER})\b", re.IGNORECASE)
_PART = re.compile(r"(?<![A-Za-z])[A-Za-z]\s?/\s?([2-9])(?![\d.])|\\frac\s?\{[A-Za-z]\}\s?\{([2-9])\}")
_LOOSE_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_NAME_SIZE = re.compile(rf"(?<![\d.])({DIGITS})([BMK])(?![A-Za-z])")


def _month(name: str) -> float:
    return 1.0 + next(place for place, month in enumerate(_MONTHS) if month.startswith(name[:3].lower()))


def _english_date(found: re.Match[str]) -> tuple[str, float]:
    return "date", int(found["year"]) * 10000 + _month(found["month"]) * 100 + int(found["day"])


def phrases(text: str, *, source: bool) -> Iterator[Phrase]:
    """Set phrases of a text; of a ``source`` also those a claim need not account for: first, both, single, a month."""
    language = (_KOREAN,) if is_korean(text) else (_ENGLISH, _SOURCE) if source else (_ENGLISH,)
    for table in (_ANY, *language):
        for pattern, read in table:
            for found in pattern.finditer(text):
                if meant := read(found):
                    yield Phrase(found.start(), found.end(), meant[0], meant[1])


def shares(text: str) -> Iterator[Phrase]:
    """What “12 of 15” comes to."""
    for found in _SHARE.finditer(text):
        part, whole = (english_number(word) for word in found.groups())
        if 0 < part <= whole:
            yield Phrase(found.start(), found.end(), "fraction", part / whole)


def parts(text: str) -> Iterator[Phrase]:
    """What N/2 in a formula comes to: a half."""
    for found in _PART.finditer(text):
        yield Phrase(found.start(), found.end(), "fraction", 1 / float(found[1] or found[2]))


def inside_names(text: str, blanked: str) -> Iterator[Phrase]:
    """Numbers inside the names of a source: what 70B, 4-bit, 3D or 2024 in a name may carry."""
    for found in _LOOSE_NUMBER.finditer(text):
        if blanked[found.start()] != text[found.start()]:
            yield Phrase(found.start(), found.end(), "loose", float(found[0]))
    for found in _NAME_SIZE.finditer(text):
        if blanked[found.start()] != text[found.start()]:
            scale = {"K": 1e3, "M": 1e6, "B": 1e9}[found[2]]
            yield Phrase(found.start(), found.end(), "loose", float(found[1].replace(",", "")) * scale)
