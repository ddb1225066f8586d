"""How exact a figure says it is: up to, at least, under, about."""

import re
from typing import NamedTuple

from .units import COUNTER

UP_TO, OVER, UNDER, ABOUT = "up to", "at least", "less than", "about"


class Bounds(NamedTuple):
    """What stands with a figure."""

    said: frozenset[str]
    """Said of this figure and no other."""
    near: frozenset[str]
    """May be meant for it: 까지, or what stands before the first figure of a list. Meets a bound, asks for none."""


_BEFORE: tuple[tuple[str, str, bool], ...] = (
    # bound, what stands right before the number, whether it is certain
    (
        UP_TO,
        r"최대|많게는|up[\s-]?to|as (?:much|many|high|large|long|far) as|at most|(?:a )?maximum(?: of)?"
        r"|no more than|max\.?",
        True,
    ),
    (UP_TO, r"최고|≤|<=|\\leq?|\\lesssim|within", False),
    (UNDER, r"≤|<=|\\leq?|within|at most|no more than|최대", False),
    (
        OVER,
        r"최소|적어도|more than|at least|exceed(?:s|ing|ed)?|surpass(?:es|ing|ed)?|greater than|higher than"
        r"|no (?:fewer|less) than|"
        r"(?:a )?minimum(?: of)?|upwards of|in excess of|above|well over|>=?|≥|\\geq?|\\gtrsim",
        True,
    ),
    (OVER, r"as (?:few|low|little|small) as|past|beyond", False),
    (
        OVER,
        r"(?<!improvement )(?<!improvements )(?<!gain )(?<!gains )(?<!increase )(?<!advantage )over(?!\sthe\b)",
        True,
    ),
    (OVER, r"over", False),
    (
        UNDER,
        r"under|below|(?:no|never \w+|not) (?:longer|more|higher|larger) than|not exceed(?:ing)?|less than|fewer than"
        r"|lower than|sub-?|<|≲|불과|고작",
        True,
    ),
    (UP_TO, r"under|below|less than|fewer than|lower than|<", False),
    (UNDER, r"as (?:few|low|little|small) as|only|just|merely|a mere|near|nearly|almost", False),
    (
        ABOUT,
        r"약|대략|거의|얼추|about|around|approximately|roughly|nearly|almost|near|close to|some|circa|approx\.?"
        r"|an estimated|[~∼≈]|\\sim|\\approx|"
        r"ca\.|on the order of",
        True,
    ),
)
_BEFORE_RE = tuple(
    (
        bound,
        re.compile(
            rf"(?:^|(?<=[^A-Za-z가-힣\\])|(?=[~∼≈<>≤≥\\]))(?:{words})(?:\s(?:a|an|the|by|of))?\s*[($]*$", re.IGNORECASE
        ),
        sure,
    )
    for bound, words, sure in _BEFORE
)
_ANY_BEFORE = re.compile(r"(?:[A-Za-z가-힣.,]+-?|[~∼≈<>≤≥=]+|\\[a-z]+)[\s($]*$")
_NOT_FAR = r"(?!크게|훨씬|월등|대폭)"
_WORDS = rf"(?:\s?{_NOT_FAR}[가-힣A-Za-z·-]+){{0,2}}?"
_OBJECT = rf"(?:\s?여)?{_WORDS}(?:\s?[을를이가은는도에])?(?:\s?(?:조금|약간|살짝))?\s?{_NOT_FAR}"
_NOT_ANOMALY = r"(?!\s?(?:탐지|치|징후|행동|감지|현상|거래|상황|데이터|패턴|여부|적|한|하|음성))"
_AFTER: tuple[tuple[str, re.Pattern[str], bool], ...] = (
    (
        OVER,
        re.compile(rf"{_OBJECT}(?:이상{_NOT_ANOMALY}|초과(?!학습)|넘(?!지\s?(?:않|못|는))|웃도|웃돌|상회|뛰어넘)"),
        True,
    ),
    # 'A가 B를 4% 능가' tells by how much; only '90%를 능가' goes beyond the figure.
    (OVER, re.compile(rf"{_OBJECT}(?<=[을를])\s?능가"), True),
    (
        OVER,
        re.compile(
            rf"여\s?{COUNTER}|여(?=\s)|\+|\s?(?:or (?:more|better|higher|above)|plus\b|and (?:more|above|up)\b)|-plus\b"
        ),
        True,
    ),
    (OVER, re.compile(rf"{_OBJECT}남짓"), False),
    (
        UNDER,
        re.compile(
            rf"{_OBJECT}(?:미만|이하|이내|못 ?미[치친쳐쳤]|밑도|밑돌|하회|불과|안에|아래"
            rf"|도 (?:채 |안 |[가-힣]{{1,4}} )?(?:안|못|않)|넘지\s?(?:않|못)|\s?or (?:less|fewer))"
        ),
        True,
    ),
    (UP_TO, re.compile(rf"{_OBJECT}(?:이하|이내|미만|한도|안에)|\s?at most|\s?or (?:less|fewer)"), False),
    (UP_TO, re.compile(r"\s?[가-힣A-Za-z]{0,6}(?:\s[가-힣]{1,6})?까지"), False),
    (
        ABOUT,
        re.compile(
            rf"{_OBJECT}(?:대(?=[의는가로에를였이\s,.])|가량|정도|쯤|안팎|내외|남짓|가까이|가까운|육박|수준)|여"
        ),
        False,
    ),
    (UNDER, re.compile(rf"{_OBJECT}(?:가까이|가까운|육박)"), False),
)
_END_OF_CLAUSE = re.compile(r"[,;:(){}\d]|\.\s|…|지만|면서|으며|이며|\sand\s|\sbut\s|\swith\s|\swhile\s")


def before(text: str, start: int) -> Bounds:
    """The bounds that stand right before the figure at ``start``, several in a row included (최대 약 3배)."""
    said, near = set[str](), set[str]()
    head = text[max(0, start - 44) : start]
    for _ in range(3):
        if not _ANY_BEFORE.search(head):
            break
        found = [(bound, match, sure) for bound, pattern, sure in _BEFORE_RE if (match := pattern.search(head))]
        if not found:
            break
        for bound, _, sure in found:
            (said if sure else near).add(bound)
        head = head[: min(match.start() for _, match, _ in found)]
    return Bounds(frozenset(said), frozenset(near - said))


def after(text: str, end: int, stop: int) -> Bounds:
    """The bounds that follow the figure that ends at ``end``, within its clause and before ``stop``."""
    tail = text[end : min(stop, end + 24)]
    if close := _END_OF_CLAUSE.search(tail):
        tail = tail[: close.start()]
    said, near = set[str](), set[str]()
    for bound, pattern, sure in _AFTER:
        if pattern.match(tail):
            (said if sure else near).add(bound)
    return Bounds(frozenset(said), frozenset(near - said))
