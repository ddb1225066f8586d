"""Reads English numbers: two hundred and five, half a million, tens of thousands, 250 billion, 198K."""

import re
from collections.abc import Iterator

from domain.readings import Number

_SCALES: dict[str, float] = {
    **{"hundred": 1e2, "thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "mn": 1e6, "bn": 1e9},
    **{"k": 1e3, "K": 1e3, "M": 1e6, "B": 1e9, "b": 1e9, "T": 1e12},
}
_SCALE = re.compile(
    r"[\s-]?(hundred|thousand|million|billion|trillion)s?\b|\s?(mn|bn)\b|([kKMBbT])(?![A-Za-z0-9/])"
    r"|\s([MBK])(?![A-Za-z0-9/-])"
)
_ONES = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
)
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety"
_WORDS: dict[str, float] = {
    **{word: float(n) for n, word in enumerate(f"{_ONES} eighteen nineteen".split())},
    **{word: 10.0 * n for n, word in enumerate(_TENS.split(), 2)},
}
_MULTIPLIERS = {
    "hundred": 1e2,
    "thousand": 1e3,
    "million": 1e6,
    "billion": 1e9,
    "trillion": 1e12,
    "dozen": 12.0,
}
_E_UNIT = "|".join(sorted(_WORDS, key=len, reverse=True))
_E_MULTIPLIER = "|".join(_MULTIPLIERS)
_NUMBER = re.compile(
    rf"\b(?:half a (?P<half>million|billion|trillion|dozen)|(?:(?:{_E_UNIT})|a(?=[\s-](?:{_E_MULTIPLIER})\b))"
    rf"(?:[\s-](?:and )?(?:{_E_UNIT}|{_E_MULTIPLIER})(?![A-Za-z]))*)\b",
    re.IGNORECASE,
)
_ORDER = re.compile(
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


def scale(text: str, value: float, end: int) -> Number | None:
    """The number with the scales behind its digits."""
    scaled = False
    while found := _SCALE.match(text, end):
        value *= _SCALES[next(group for group in found.groups() if group)]
        end, scaled = found.end(), True
    return Number(end, end, value, scaled=True) if scaled else None


def numbers(text: str) -> Iterator[Number]:
    """The numbers in words of a text."""
    for found in _ORDER.finditer(text):
        yield Number(found.start(), found.end(), _order(found), "order")
    for found in _NUMBER.finditer(text):
        value = _value(found)
        yield Number(found.start(), found.end(), value, scaled=value >= 1e3)


def number(words: str) -> float:
    """The value of digits or of words; 0 for anything else."""
    found = _NUMBER.fullmatch(words)
    return _value(found) if found else float(words) if words.isdigit() else 0.0


def _value(found: re.Match[str]) -> float:
    if half := found["half"]:
        return 0.5 * _MULTIPLIERS[half.lower()]
    total, section = 0.0, 0.0
    for word in re.split(r"[\s-]+", found[0].lower()):
        if word == "a":
            section = 1.0
        elif word in _WORDS:
            section += _WORDS[word]
        elif word in ("hundred", "dozen"):
            section = (section or 1.0) * _MULTIPLIERS[word]
        elif word != "and":
            total, section = total + (section or 1.0) * _MULTIPLIERS[word], 0.0
    return total + section


def _order(found: re.Match[str]) -> float:
    """The order of magnitude that is named: 1e4 for tens of thousands."""
    outer, inner, alone, several, scale = (group.lower() if group else "" for group in found.groups())
    return (
        _ORDERS[outer or "hundreds"] * (_ORDERS[inner] if outer else 0.01 * _ORDERS[inner])
        if inner
        else _ORDERS[alone or several or scale]
    )
