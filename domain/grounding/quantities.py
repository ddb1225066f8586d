"""Finds the quantities of a Korean or English sentence, and keeps them apart from names that contain digits."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from domain.readings import OVER, UNDER, FigureKind
from domain.tongues import form, spoken

from . import bounds, numerals
from .masks import BLANK, masked, plain_signs
from .phrases import inside_names, phrases, shares
from .quantity import Quantity, counted_to_the_last
from .units import counter, measured, unit

_point = form(r"\s?(?:%\s?[pP](?![A-Za-z])|<point>|[pP][pP](?![A-Za-z])|p\.p\.)")
_percent = form(r"\s?(?:%|<percent>)")
_multiple = form(r"(?!\sX-[A-Za-z])\s?(?:(?:×|[xX](?![A-Za-z0-9]))(?!\s?\d)|<multiple>)")
"""The X of 14 X-English pairs stands for something else."""
_SUB_UNIT = re.compile(r"\bsub-?(second|millisecond|minute|hour)s?\b", re.IGNORECASE)
_SIGNS = {"second": "s", "millisecond": "ms", "minute": "min", "hour": "h"}
_DEVICES = re.compile(r"(?<=\d)\s?[xX×]\s?(?=(?:[ABHLTV]\d{1,3}|GB\d+|MI\d+|RTX|[GT]PU|NVIDIA|Nvidia|AMD)[sS]?\b)")
"""8xH100 and 4× RTX count devices."""
_absolute_before = form(r"(?:<absolute_before>)[^.;,]{0,40}$")
_absolute = form(r"\s?\(?(?:<absolute>)")
_factor_before = form("(?:<factor_before>)$", re.IGNORECASE)
_SIGN_BEFORE = re.compile(r"(?:^|(?<!\d)[\s(~≈])[×x]$")
"""Of ×1.93, and not of 3 × 3 nor of 3x3."""
_NAMED = re.compile(r"\s?[A-Z]")
"""Behind ×4: devices."""
_DIGIT = re.compile(
    r"(?<![\d.,\x1aA-Za-z])\d|(?<=[A-Za-z][-/])\d|(?<=[^\d][.,])(?<!\d[.,])\d|(?<=[xX×])(?<![A-Za-z][xX])\d"
)
_decade = form("<decade>")
_half = form(r"\s?(?:<half>)")
_MONEY = re.compile(r"(?:US|USD)?\$\s?$")
_perhaps_bounds = form(r"(?:<perhaps_bounds>)\s$", re.IGNORECASE)
_RANGE = r"\s?(?:~|–|—|-|−|∼|〜|→|->|⟶|\\to)\s?|<ranges>"
_LIST = r"(?:,\s?|\s?·\s?|\s?/\s?|<lists>)(?:<modifiers>)?"
_joined = form(rf"(?:{_RANGE}|{_LIST})(?:<modifiers>|\$)*")
"""Between figures that may share a unit."""
_same_bound = form(rf"(?:\s(?:in|on|for|at)\s[^\s,.;]+(?:\s[^\s,.;]+)?|\s\([^)]*\))?(?:{_LIST})|{_RANGE}")


class _Atom(NamedTuple):
    start: int
    end: int
    value: float
    kind: FigureKind
    scaled: bool
    word: bool


@lru_cache(maxsize=4096)
def quantities(text: str, *, source: bool = False) -> tuple[Quantity, ...]:
    """All figures in reading order; of a range both ends. A ``source`` is read generously (both, single, first,
    numbers inside names, shares count); a claim only where it really states a figure.

    >>> [(q.kind, q.value) for q in quantities("평균 6.2% 높고 토큰은 2,500억 개")]
    [('percent', 6.2), ('count', 250000000000.0)]
    """
    text = _DEVICES.sub(lambda found: " " * len(found[0]), plain_signs(text))
    if source:
        text = _SUB_UNIT.sub(lambda found: f"under 1 {_SIGNS[found[1].casefold()]}", text)
    blanked = masked(text, source=source)
    found: list[Quantity] = []
    left = blanked
    for phrase in phrases(blanked, source=source):
        if BLANK in left[phrase.start : phrase.end] and phrase.kind != "one":
            continue
        found.append(_from_phrase(text, phrase.start, phrase.end, phrase.kind, phrase.value))
        if not (source and phrase.kind in ("one", "year", "count")):
            left = left[: phrase.start] + BLANK * (phrase.end - phrase.start) + left[phrase.end :]
    found.extend(_together(left, list(_read(text, left)), source=source))
    if source:
        for phrase in (*inside_names(text, blanked), *shares(blanked)):
            found.append(_from_phrase(text, phrase.start, phrase.end, phrase.kind, phrase.value))
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _from_phrase(text: str, start: int, end: int, kind: FigureKind, value: float) -> Quantity:
    head, tail = bounds.before(text, start), bounds.after(text, end, len(text))
    said = head.said | tail.said
    quantity = Quantity(
        text[start:end], start, end, kind, value, value, said=said, near=(head.near | tail.near) - said, word=True
    )
    if kind == "one" and (found := unit().match(text, end)):
        dimension, factor = measured(found)
        return quantity._replace(dimension=dimension, value=factor)
    return quantity


def _atoms(left: str) -> Iterator[_Atom]:
    for language in spoken(left):
        if language.readings.numbers:
            yield from (_Atom(*number, word=True) for number in language.readings.numbers(left))
    for found in _DIGIT.finditer(left):
        if number := numerals.digits(left, found.start()):
            yield _Atom(*number, word=False)


def _read(text: str, left: str) -> Iterator[Quantity]:
    """The figures with units, counters and bounds; of two that overlap the first stays."""
    atoms: list[_Atom] = []
    for atom in sorted(_atoms(left), key=lambda atom: (atom.start, -atom.end)):
        if not atoms or atom.start >= atoms[-1].end:
            atoms.append(atom)
    for place, atom in enumerate(atoms):
        stop = atoms[place + 1].start if place + 1 < len(atoms) else len(text)
        yield _with_unit(text, left, atom, stop)


def _with_unit(text: str, left: str, atom: _Atom, stop: int) -> Quantity:
    end, kind, value = atom.end, atom.kind, atom.value
    dimension = counted = ""
    absolute = False
    if found := _point().match(left, end):
        kind, end = "point" if kind == "count" else kind, found.end()
    elif found := _percent().match(left, end):
        kind, end = "percent", found.end()
        absolute = bool(_absolute().match(left, end) or _absolute_before().search(left[: atom.start]))
    elif found := _multiple().match(left, end):
        kind, end = "multiple" if kind == "count" else kind, found.end()
    elif kind == "count" and (
        _factor_before().search(left[max(0, atom.start - 48) : atom.start])
        or (_SIGN_BEFORE.search(text[max(0, atom.start - 3) : atom.start]) and not _NAMED.match(text, end))
    ):
        kind = "multiple"
    elif _MONEY.search(text[max(0, atom.start - 5) : atom.start]):
        dimension = "dollar"
    elif kind != "order" and (found := unit().match(left, end)):
        dimension, factor = measured(found)
        half = _half().match(left, found.end())
        value, end = (value + (0.5 if half else 0)) * factor, half.end() if half else found.end()
    elif found := counter().match(left, end):
        counted, end = found["counter"], found.end()
    if kind == "count" and atom.word and not dimension and _decade().match(left, end) and math.log10(value) % 1 == 0:
        kind = "order"
    plain_value = atom.value < 1000 or counted_to_the_last(atom.value)
    plain = kind == "count" and not atom.scaled and dimension in ("", "time") and plain_value
    said, near = _bounds(text, atom, end, stop, plain_count=plain)
    word = atom.word or bool(counted and value < 100)
    return Quantity(
        text[atom.start : end], atom.start, end, kind, value, atom.value, dimension, counted, said, near, atom.scaled,
        word, absolute,
    )  # fmt: skip


def _bounds(text: str, atom: _Atom, end: int, stop: int, *, plain_count: bool) -> tuple[frozenset[str], frozenset[str]]:
    head, tail = bounds.before(text, atom.start), bounds.after(text, end, stop)
    inner = bounds.after(text, atom.end, atom.end + 2) if end > atom.end else bounds.Bounds(frozenset(), frozenset())
    said = head.said | tail.said | inner.said
    if plain_count and _perhaps_bounds().search(text[max(0, atom.start - 8) : atom.start]):
        said -= {OVER, UNDER}
        return said, frozenset({OVER, UNDER}) | head.near | tail.near
    return said, (head.near | tail.near | inner.near) - said


def _together(left: str, found: list[Quantity], *, source: bool) -> Iterator[Quantity]:
    """The figures, those of a range or a list with its unit, scale and bounds: 6 and 8 points, 2~3억, 평균 6%, 7%. Of a
    ``source`` the bare figure stays as well."""
    for place in range(len(found) - 2, -1, -1):
        here, following = found[place], found[place + 1]
        gap = left[here.end : following.start]
        year = here.value.is_integer() and 1900 <= here.value <= 2100
        if _like(here, following) is not here and not year and _joined().fullmatch(gap):
            if source:
                yield here
            found[place] = _like(here, following)
    for place, figure in enumerate(found):
        if place and _same_bound().fullmatch(left, found[place - 1].end, figure.start):
            near = found[place - 1].said | found[place - 1].near
            found[place] = figure._replace(near=figure.near | (near - figure.said))
    yield from found


def _like(here: Quantity, following: Quantity) -> Quantity:
    """``here`` with the unit and scale of the figure it shares them with, where it has none of its own."""
    if here.kind != "count" or here.dimension or here.counter or here.scaled:
        return here
    factor = following.value / following.raw if following.dimension and following.raw else 1.0
    scale = numerals.scale_of(following.text) if following.scaled and here.raw < 1000 else 1.0
    if following.kind in ("percent", "point", "multiple") or following.dimension:
        raw = here.raw * scale
        return here._replace(kind=following.kind, dimension=following.dimension, raw=raw, value=raw * factor)
    if scale > 1 and following.kind == "count" and here.raw < 100:
        return here._replace(value=here.raw * scale, raw=here.raw * scale, scaled=True)
    return here
