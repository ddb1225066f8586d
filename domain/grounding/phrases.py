"""Quantities in set phrases: fractions, twice, an order of magnitude, first, both."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .numerals import DIGITS, KOREAN_NUMBER, english_number, is_korean, korean_number
from .quantity import Kind


class Phrase(NamedTuple):
    """A quantity that a set phrase names."""

    start: int
    end: int
    kind: Kind
    value: float


_Reading = Callable[[re.Match[str]], float | None]
_ORDINALS = tuple[str, ...]("first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split())
_SMALL = tuple[str, ...]("one two three four five six seven eight nine ten".split())
_PARTS = {
    **{"half": 2, "third": 3, "quarter": 4, "fourth": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10},
    **{"twentieth": 20, "hundredth": 100},
}


def _below(found: re.Match[str]) -> float | None:
    """Of 3분의 1: the first is below."""
    below, above = korean_number(found[1]), korean_number(found[2])
    return above / below if below and above else None


def _share(found: re.Match[str]) -> float | None:
    part, whole = english_number(found[1]), english_number(found[2])
    return part / whole if 0 < part <= whole else None


def _share_ko(found: re.Match[str]) -> float | None:
    whole, part = korean_number(found[1]), korean_number(found[2])
    return part / whole if whole and part and part <= whole else None


def _part(found: re.Match[str]) -> float:
    count = found[1].lower()
    return (_SMALL.index(count) + 1 if count in _SMALL else 1) / _PARTS[found[2].lower()]


def _magnitude(found: re.Match[str]) -> float:
    word = found[1].lower()
    return 10.0 ** (_SMALL.index(word) + 1 if word in _SMALL else int(word) if word.isdigit() else 1)


def _is(value: float) -> _Reading:
    return lambda _: value


def _table(*rows: tuple[str, Kind, _Reading]) -> tuple[tuple[re.Pattern[str], Kind, _Reading], ...]:
    return tuple((re.compile(form, re.IGNORECASE), kind, read) for form, kind, read in rows)


_NUMBER = rf"\d+|{'|'.join(_SMALL)}|eleven|twelve|fifteen|twenty"
_COUNT = "(?:번|명|개|편|건|곳|가지|문제|문항|사람)?"
_SHARE = _table(
    (rf"\b({_NUMBER})(?: [a-z]+)?(?: out)? (?:of|in) (?:the |all |every )?({_NUMBER}|a hundred|a thousand)\b",
     "fraction", _share),
    (r"(?<![\w./-])(\d{1,3})/(\d{1,3})(?![.\d]?\d)", "fraction", _share),
    (rf"(?<![가-힣\d])({KOREAN_NUMBER}) ?{_COUNT} ?(?:에|중|가운데|중에|마다) ?(?:(?:평균|약|거의|고작) )?"
     rf"({KOREAN_NUMBER}) ?{_COUNT}(?![\d.])", "fraction", _share_ko),
)  # fmt: skip
"""Shares: 12 of 15, 열 번에 네 번. The two numbers are figures of their own besides."""
_BOTH = _table(
    (r"(?<![\d.,])((?:19|20)\d\d)년(?!간)", "year", lambda m: float(m[1])),
    (rf"(?<![가-힣\d.])({KOREAN_NUMBER}) ?분의 ?({KOREAN_NUMBER})", "fraction", _below),
    (r"절반|(?<![가-힣])반으로|(?<![가-힣])반(?= (?:이하|미만|수준|가까이))", "fraction", _is(0.5)),
    (r"갑절|곱절", "multiple", _is(2)),
    (r"\b(one|two|three|four|five|an?)[- ](half|third|quarter|fourth|fifth|sixth|eighth|tenth|twentieth|hundredth)s?\b"
     r"(?! (?:stage|step|party|person|phase|time|order))"
     r"(?!(?<=\ba third) (?!of|less|more|fewer|the|lower|higher|smaller|larger|as|to|in|on|by|that|and|or|from)[a-z])",
     "fraction", _part),
    (r"\b(10|100|1000)s(?= of\b)", "order", lambda m: float(m[1])),
    (r"\b(one|two|three|an?|four|\d)(?: or (?:more|two))? orders?[- ]of[- ]magnitude", "multiple", _magnitude),
    (r"\b(?:twice|two ?-?fold|doubl(?:e|es|ed|ing)(?![- ](?:blind|descent|q|dqn|precision)))\b", "multiple", _is(2)),
    (r"\b(?:thrice|tripl(?:ed|ing)|triple(?! (?:extraction|store)))\b", "multiple", _is(3)),
    (r"\bquadrupl(?:e|es|ed|ing)\b", "multiple", _is(4)),
    (rf"\b({'|'.join(_SMALL)})-?fold\b", "multiple", lambda m: _SMALL.index(m[1].lower()) + 1.0),
    (r"\b(?:halv(?:e|es|ed|ing)|half(?! a (?:mill|bill|trill|doz)\w+)(?![- ]precision))\b", "fraction", _is(0.5)),
)  # fmt: skip
_SOURCE = _table(
    (rf"\b({'|'.join(_ORDINALS)})(?:ly)?\b", "count", lambda m: _ORDINALS.index(m[1].lower()) + 1.0),
    (r"\binitial(?:ly)?\b", "count", _is(1)),
    (r"(?<![\w.])\(?([1-9])\)(?=\s)|(?<!\d)(\d+)(?:st|nd|rd|th)\b", "count", lambda m: float(m[1] or m[2])),
    (r"\b(?:stage|phase|step) ?(I{1,3})\b", "count", lambda m: float(len(m[1]))),
    (r"\b(?:both|pair(?:s|ed)?|dual|couple|twin|bilingual|either|binary)\b", "count", _is(2)),
    (r"\b(?:one|single|a|an|unified)\b|\b(?=(?:minute|hour|day|week|month|year)[- ]long\b)", "one", _is(1)),
    (r"\b(?:no|none|zero|binary)\b", "count", _is(0)),
    (r"\bbinary\b", "count", _is(1)),
    (r"(?<![\d.,])((?:19|20)\d\d)(?![\d,]|\.\d)", "year", lambda m: float(m[1])),
    (r"\bper thousand\b", "count", _is(1e3)),
    (r"\bper million\b", "count", _is(1e6)),
    (r"\b(?:trilingual|trimodal|triplets?|triples?|ternary|three-?fold)\b", "count", _is(3)),
    (r"\bquad(?:ruple|rants?)?\b", "count", _is(4)),
    (r"\bmajority\b", "fraction", _is(0.5)),
)
"""What a source may carry and a claim need not account for."""
_PART = re.compile(r"(?<![A-Za-z])[A-Za-z]\s?/\s?([2-9])(?![\d.])|\\frac\s?\{[A-Za-z]\}\s?\{([2-9])\}")
_LOOSE_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_NAME_SIZE = re.compile(rf"(?<![\d.])({DIGITS})([BMK])(?![A-Za-z])")


def _read(tables: tuple[tuple[re.Pattern[str], Kind, _Reading], ...], text: str) -> Iterator[Phrase]:
    for pattern, kind, read in tables:
        for found in pattern.finditer(text):
            if (value := read(found)) is not None:
                yield Phrase(found.start(), found.end(), kind, value)


def phrases(text: str, *, source: bool) -> Iterator[Phrase]:
    """Set phrases of a text; of a ``source`` also those a claim need not account for: first, both, single."""
    yield from _read((*_BOTH, *_SOURCE) if source and not is_korean(text) else _BOTH, text)


def shares(text: str) -> Iterator[Phrase]:
    """What “12 of 15” and 열 번에 네 번 come to."""
    yield from _read(_SHARE, text)


def inside_names(text: str, blanked: str) -> Iterator[Phrase]:
    """Numbers inside the names of a source: what 70B, 4-bit, 3D or 2024 in a name may carry, and the half of N/2."""
    for found in _LOOSE_NUMBER.finditer(text):
        if blanked[found.start()] != text[found.start()]:
            yield Phrase(found.start(), found.end(), "loose", float(found[0]))
    for found in _NAME_SIZE.finditer(text):
        if blanked[found.start()] != text[found.start()]:
            scale = {"K": 1e3, "M": 1e6, "B": 1e9}[found[2]]
            yield Phrase(found.start(), found.end(), "loose", float(found[1].replace(",", "")) * scale)
    for found in _PART.finditer(text):
        yield Phrase(found.start(), found.end(), "fraction", 1 / float(found[1] or found[2]))
