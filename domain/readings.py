"""How a language writes figures and what it says of them: what its folder brings along, as regular expressions where
nothing else is said. The rules read a text by the forms of all languages together; names and papers are English."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

FigureKind = Literal["count", "percent", "point", "multiple", "fraction", "order", "year", "one", "loose"]
"""``point``: of percentage or of a scale (점). ``multiple``: 배, ×. ``order``: 수천, thousands. ``one``: a, single.
``loose``: a number inside a name, which may carry a count."""

UP_TO, OVER, UNDER, ABOUT = "up to", "at least", "less than", "about"
"""How exact a figure says it is."""
DIGITS = r"\d{1,3}(?:,\d{3}|, 000(?!\d))+(?:\.\d+)?|\d+(?:\.\d+)?"


class Number(NamedTuple):
    """A number and where it stands."""

    start: int
    end: int
    value: float
    kind: FigureKind = "count"
    scaled: bool = False
    """Whether a scale (만, 억, million, K…) was written."""


class Phrase(NamedTuple):
    """A set phrase that is a figure, and what it comes to; None where a match is none."""

    form: str
    kind: FigureKind
    value: Callable[[re.Match[str]], float | None]


class Bound(NamedTuple):
    """What stands with a figure and bounds it."""

    bound: str
    form: str
    sure: bool = True
    """Said of this figure and no other; else it may be meant for it, and asks for nothing."""


def is_(value: float) -> Callable[[re.Match[str]], float]:
    return lambda _: value


def scaled_by(scales: Mapping[str, float]) -> Callable[[str, float, int], Number | None]:
    """Reads scales that stand one after the other behind digits and multiply them, as 億 does.

    >>> scaled_by({"千": 1e3, "万": 1e4})("3千万", 3, 1)
    Number(start=3, end=3, value=30000000.0, kind='count', scaled=True)
    """
    words = sorted(scales, key=len, reverse=True)

    def scale(text: str, value: float, end: int) -> Number | None:
        start = end
        while word := next((each for each in words if text.startswith(each, end)), None):
            value, end = value * scales[word], end + len(word)
        return Number(end, end, value, scaled=True) if end > start else None

    return scale


NEVER = "(?!)"
"""A regular expression that finds nothing: of what a language does not have."""


class ChangeCues(NamedTuple):
    """What tells what a figure is in a change."""

    by: str = NEVER
    to: str = NEVER
    away: str = NEVER
    left: str = NEVER
    origin: str = NEVER


@dataclass(frozen=True)
class Readings:
    """All of it; what a language does not have is left out."""

    scale: Callable[[str, float, int], Number | None] | None = None
    """The number of which the digits end at a place, with the scales behind them and the groups that follow;
    ``scaled_by`` makes it of words that only multiply."""
    scales: str = NEVER
    """One of those scales."""
    numbers: Callable[[str], Iterator[Number]] | None = None
    """The numbers in words of a text."""
    written: Callable[[float], str] | None = None
    """A large number as it is written."""
    phrases: tuple[Phrase, ...] = ()
    shares: tuple[Phrase, ...] = ()
    """12 of 15, 열 번에 네 번: the two numbers are figures of their own besides."""
    loosely: tuple[Phrase, ...] = ()
    """What a source may carry and a claim need not account for: first, both, single."""
    units: Mapping[str, str] = field(default_factory=dict[str, str])
    """By the English word for each (``domain/grounding/units.py``)."""
    counters: str = NEVER
    """What stands between a number and what it counts."""
    in_names: tuple[str, ...] = ()
    """Those counters of which the number may stand in a name."""
    times: tuple[str, ...] = ()
    """Those of how often."""
    unlisted: tuple[str, ...] = ()
    """Those of what no list shows the number of."""
    some: str = NEVER
    """Between the two: and some more (여)."""
    quantity: str = NEVER
    """What behind a number tells that it is no part of the name before it."""
    sized: str = NEVER
    """What behind the size of a model tells the same."""
    percent: str = NEVER
    absolute: str = NEVER
    """Behind a per cent: of the whole."""
    absolute_before: str = NEVER
    """Some way before one."""
    point: str = NEVER
    multiple: str = NEVER
    factor_before: str = NEVER
    """Before a multiple that says no more than its number, white space included."""
    perhaps_bounds: str = NEVER
    """Before a small number: a bound, or where something is (over, under)."""
    decade: str = NEVER
    """Behind a round number: so many and some more of that size (백만 건대)."""
    half: str = NEVER
    """Behind a unit: and a half."""
    ranges: str = NEVER
    """Between the ends of a range."""
    spans: str = NEVER
    """Between the ends of a range or of a change, which have no other order."""
    lists: str = NEVER
    """Between the members of a list, white space included."""
    modifiers: str = NEVER
    """Before a member of a list: about, up to."""
    no_numbers: str = NEVER
    """Words that begin or end like numbers, and idioms."""
    ordinals: str = NEVER
    """A place in an order counts nothing."""
    before: tuple[Bound, ...] = ()
    behind: tuple[Bound, ...] = ()
    clause_ends: str = NEVER
    change_before: ChangeCues = field(default_factory=ChangeCues)
    change: ChangeCues = field(default_factory=ChangeCues)
    """What stands before, and behind, a figure of something that changed."""
    together: str = NEVER
    """Said of sums."""
    each: str = NEVER
    """Said of ratios."""
    goes_on: str = NEVER
    """How a sentence begins that goes on from the one before, and could begin without: so, but."""
    and_: str = NEVER
    """Before the last of a list."""
    respectively: str = NEVER
    joined: str = NEVER
    """Between two that are told together."""
    at_most: str = NEVER
    average: str = NEVER
    averaged: str = NEVER
    """Before a figure that is an average."""
    on_average: str = NEVER
    """Behind one."""
    beaten: str = NEVER
    """Behind a figure that was beaten, which is none that is larger."""
    beats: str = NEVER
    """Before one."""
    papers: str = NEVER
    """Behind the number of the papers that a sentence is about."""
    separators: str = NEVER
    """What keeps a figure and what it may belong to apart."""
    rival: str = NEVER
    """Behind the name of what was beaten."""
    rival_before: str = NEVER
    """Before it."""
    benchmark: str = NEVER
    """Behind the name of where it was beaten."""
    benchmark_before: str = NEVER
    """Before it."""
    no_things: str = NEVER
    """Behind a count, before what it no longer counts."""
    things: tuple[str, ...] = ()
    """What figures are told of: a row for each thing, in the form of ``ko/things.txt``."""
    names: Mapping[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]])
    """Names that it spells in its own letters, each with Latin forms of which one has to stand in the paper; ``Gauss*``
    stands for every word that begins so."""
    halves: Mapping[str, str] = field(default_factory=dict[str, str])
    """What it spells of names that go on in Latin letters, each with the Latin form (챗GPT)."""
    endings: str = ""
    """What may stand behind a name or a term in one word with it."""
    verb_endings: str = NEVER
    """What makes a verb of a term, in one word with it."""
    shown: str = NEVER
    """Behind digits: units with which a measured figure stands out on a page. Here case counts."""
    mixed: str = NEVER
    """Its letters and Latin ones in a broken word."""
    leftovers: str = NEVER
    """Words of a prompt or a chat."""
    given: str = NEVER
    """Words of a prompt about what was given with it, unless they tell of a lack."""
    orders: str = NEVER
    """To a model; advice to the reader is the writer's own."""
    invitations: str = NEVER
    praise: str = NEVER
