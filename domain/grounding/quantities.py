"""Finds the quantities of a Korean or English sentence, and keeps them apart from names that contain digits."""

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from . import bounds, numerals
from .counted import english_after, korean_after, korean_before
from .masks import BLANK, masked, plain
from .phrases import inside_names, parts, phrases, shares
from .quantity import Quantity
from .series import joined, shared
from .units import COUNTER, COUNTER_NOUNS, UNIT, UNIT_FACTORS

_POINT = re.compile(
    r"\s?(?:%\s?[pP](?![A-Za-z])|%\s?포인트|퍼센트\s?포인트|[\s-]?percentage[\s-]points?|%[\s-]?(?:age )?(?:points?"
    r"|pts?)\b|[pP][pP](?![A-Za-z])|p\.p\.)"
)
_PERCENT = re.compile(r"\s?(?:%|퍼센트|percent\b|per cent\b|프로(?![가-힣A-Za-z]))")
_MARK = re.compile(
    r"\s?(?:점(?!수|검|진|프|자|유|차|군)|포인트)|(?:[\s-](?:[A-Z][\w@.-]*|absolute|accuracy)){0,3}[\s-](?:points?"
    r"|pts?)\b(?! cloud)"
)
_MULTIPLE = re.compile(
    r"\s?(?:배(?![치경포열터율합제우양분정달송출기관선])|곱절|(?:×|[xX](?![A-Za-z0-9]))(?!\s?\d)|[\s-]?[Ff]old\b"
    r"|[\s-]?times\b(?! \d))"
)
_COUNTER = re.compile(rf"(?:여)?\s?(?P<counter>{COUNTER})")
_ABSOLUTE_BEFORE = re.compile(r"\babsolute(?:ly)?\b[^.;,]{0,40}$")
_ABSOLUTE_AFTER = re.compile(r"\s?\(?(?:absolute|in absolute|절대)")
_FACTOR_BEFORE = re.compile(
    r"(?:factor|speed-?ups?|ratio|accelerations?)\s(?:of|by|as)\s(?:[a-z~]+\s){0,3}$", re.IGNORECASE
)
_SHAPE = re.compile(r"(?<![\d.^])\d+(?:\s?[x×X]\s?\d+)+(?!\d|\.\d|\s?[MB]\b)")
_DIGIT = re.compile(
    r"(?<![\d.,\x1aA-Za-z])\d|(?<=[A-Za-z][-/])\d|(?<=[^\d][.,])(?<!\d[.,])\d|(?<=[xX])(?<![A-Za-z][xX])\d"
)
_MINUS = re.compile(r"(?:^|[\s(=~])(?:[-−–]|마이너스\s|minus\s)$")
_MONEY = re.compile(r"(?:US|USD)?\$\s?$")
_PARTICLE_FOLLOWS = re.compile(r"(?!의 )[가-힣]")
_MAYBE_PREPOSITION = re.compile(r"\b(?:over|under)\s$", re.IGNORECASE)


class _Atom(NamedTuple):
    start: int
    end: int
    value: float
    kind: str = "count"
    scaled: bool = False
    word: bool = False


@lru_cache(maxsize=4096)
def quantities(text: str, *, source: bool = False) -> tuple[Quantity, ...]:
    """All figures in reading order. A ``source`` is read generously (both, single, first, numbers inside names count);
    a claim only where it really states a figure.

    >>> [(q.kind, q.low) for q in quantities("평균 6.2% 높고 토큰은 2,500억 개")]
    [('percent', 6.2), ('count', 250000000000.0)]
    """
    written, text = text, plain(text)
    blanked = masked(text, source=source)
    found: list[Quantity] = []
    taken = bytearray(len(text))
    for phrase in phrases(blanked, source=source):
        if (phrase.kind in ("one", "month") and source) or not any(taken[phrase.start : phrase.end]):
            found.append(_from_phrase(text, phrase.start, phrase.end, phrase.kind, phrase.value))
            if phrase.kind != "one" and not (source and phrase.kind in ("year", "ordinal", "stage")):
                taken[phrase.start : phrase.end] = b"\1" * (phrase.end - phrase.start)
    left = (
        "".join(BLANK if used else char for char, used in zip(blanked, taken, strict=True)) if any(taken) else blanked
    )
    for shape in _SHAPE.finditer(left):
        sides = [float(side) for side in re.split(r"\s?[x×X]\s?", shape[0])]
        whole = _quantity(text, _Atom(shape.start(), shape.end(), sides[0], "shape"), shape.end(), high=sides[-1])
        found.append(whole.model_copy(update={"raw": math.prod(sides)}))
    left = _SHAPE.sub(lambda shape: BLANK * len(shape[0]), left)
    found.extend(shared(left, list(joined(text, left, list(_read(text, left)))), source=source))
    if source:
        for phrase in (*inside_names(text, blanked), *shares(blanked)):
            found.append(_from_phrase(text, phrase.start, phrase.end, phrase.kind, phrase.value))
        for phrase in parts(written):  # what bounds it in a formula is a sign, not a word
            part = _from_phrase(text, phrase.start, phrase.end, phrase.kind, phrase.value)
            found.append(
                part.model_copy(
                    update={"said": frozenset(), "near": frozenset({bounds.OVER, bounds.UNDER, bounds.UP_TO})}
                )
            )
    return tuple(sorted(found, key=lambda quantity: quantity.start))


def _from_phrase(text: str, start: int, end: int, kind: str, value: float) -> Quantity:
    if kind == "decade":
        atom = _Atom(start, end, 315576000.0)
        return _quantity(text, atom, end).model_copy(update={"dimension": "time"})
    atom = _Atom(start, end, value, kind, word=True)
    said = bounds.before(text, start), bounds.after(text, end, len(text))
    quantity = _quantity(text, atom, end)
    near = said[0].near | said[1].near
    nouns = english_after(text, end) if kind in ("count", "one") else frozenset[str]()
    if kind == "one" and (unit := UNIT.match(text, end)):
        dimension, factor = UNIT_FACTORS[int((unit.lastgroup or "u0")[1:])]
        quantity = quantity.model_copy(update={"dimension": dimension, "low": factor, "high": factor})
    return quantity.model_copy(update={"said": said[0].said | said[1].said, "near": near, "nouns": nouns})


def _quantity(text: str, atom: _Atom, end: int, *, high: float | None = None) -> Quantity:
    return Quantity(
        text=text[atom.start : end],
        start=atom.start,
        end=end,
        kind=atom.kind,
        low=atom.value,
        high=atom.value if high is None else high,
        raw=atom.value,
        scaled=atom.scaled,
        word=atom.word,
    )


def _atoms(left: str) -> Iterator[_Atom]:
    yield from _korean_atoms(left) if numerals.is_korean(left) else _english_atoms(left)
    for found in _DIGIT.finditer(left):
        if number := numerals.digits(left, found.start()):
            yield _Atom(found.start(), number.end, number.value, scaled=number.scaled)


def _korean_atoms(left: str) -> Iterator[_Atom]:
    for found in numerals.KOREAN_ORDER.finditer(left):
        yield _Atom(found.start(), found.end(), numerals.korean_order(found), "order", word=True)
    for found in numerals.KOREAN_SINO.finditer(left):
        if (value := numerals.korean_sino(found[0])) is not None:
            yield _Atom(found.start(), found.end(), value, scaled=value >= 1e4, word=True)
    for found in numerals.KOREAN_NATIVE.finditer(left):
        if value := numerals.korean_native(found):
            yield _Atom(found.start(), found.end(), value, word=True)


def _english_atoms(left: str) -> Iterator[_Atom]:
    for found in numerals.ENGLISH_ORDER.finditer(left):
        yield _Atom(found.start(), found.end(), numerals.english_order(found), "order", word=True)
    for found in numerals.ENGLISH_WORDS.finditer(left):
        value = numerals.english(found)
        yield _Atom(found.start(), found.end(), value, scaled=value >= 1e3, word=True)


def _read(text: str, left: str) -> Iterator[Quantity]:
    """The figures with units, counters and bounds, before ranges are joined; of two that overlap the first stays."""
    atoms: list[_Atom] = []
    for atom in sorted(_atoms(left), key=lambda atom: (atom.start, -atom.end)):
        if not atoms or atom.start >= atoms[-1].end:
            atoms.append(atom)
    for place, atom in enumerate(atoms):
        stop = atoms[place + 1].start if place + 1 < len(atoms) else len(text)
        yield _with_unit(text, left, atom, stop)


def _with_unit(text: str, left: str, atom: _Atom, stop: int) -> Quantity:
    update: dict[str, object] = {}
    end, kind, value = atom.end, atom.kind, atom.value
    if _MINUS.search(text[max(0, atom.start - 6) : atom.start]):
        value = -value
    update["raw"] = value
    if found := _POINT.match(left, end):
        kind, end = "point", found.end()
    elif found := _PERCENT.match(left, end):
        kind, end = "percent", found.end()
        update["absolute"] = bool(_ABSOLUTE_AFTER.match(left, end) or _ABSOLUTE_BEFORE.search(left[: atom.start]))
    elif kind == "count" and (found := _MULTIPLE.match(left, end)):
        kind, end = "multiple", found.end()
    elif kind == "order" and (found := _MULTIPLE.match(left, end)):
        end = found.end()
    elif found := _MARK.match(left, end):
        kind, end = ("mark", found.end()) if kind == "count" else (kind, end)
    elif kind == "count" and _FACTOR_BEFORE.search(left[max(0, atom.start - 48) : atom.start]):
        kind = "multiple"
    elif _MONEY.search(text[max(0, atom.start - 5) : atom.start]):
        update["dimension"] = "dollar"
    elif found := UNIT.match(left, end):
        dimension, factor = UNIT_FACTORS[int((found.lastgroup or "u0")[1:])]
        update["dimension"], value, end = dimension, value * factor, found.end()
    elif found := _COUNTER.match(left, end):
        update["counter"], end = found["counter"], found.end()
    small = kind == "count" and not atom.scaled and atom.value < 1000
    said, near = _bounds(text, atom, end, stop, plain_count=small)
    counted = kind in ("count", "order") and not update.get("dimension")
    counter = str(update.get("counter", ""))
    nouns = _nouns(text, atom, end, stop, counter) if counted else frozenset[str]()
    if counter == "번째":
        kind = "ordinal"
    update |= {"said": said, "near": near, "nouns": nouns, "kind": kind, "low": value, "high": value}
    if counted and (counter or atom.scaled):
        update["hints"] = korean_before(text, atom.start)
    update["word"] = atom.word or bool(counter and value < 100)
    return _quantity(text, atom, end).model_copy(update=update)


def _bounds(text: str, atom: _Atom, end: int, stop: int, *, plain_count: bool) -> tuple[frozenset[str], frozenset[str]]:
    head, tail = bounds.before(text, atom.start), bounds.after(text, end, stop)
    inner = bounds.after(text, atom.end, atom.end + 2) if end > atom.end else bounds.Bounds(frozenset(), frozenset())
    said = head.said | tail.said | inner.said
    if plain_count and _MAYBE_PREPOSITION.search(text[max(0, atom.start - 8) : atom.start]):
        said -= {bounds.OVER, bounds.UNDER}
        return said, frozenset({bounds.OVER, bounds.UNDER}) | head.near | tail.near
    return said, (head.near | tail.near | inner.near) - said


def _nouns(text: str, atom: _Atom, end: int, stop: int, counter: str) -> frozenset[str]:
    if counter in COUNTER_NOUNS:
        return COUNTER_NOUNS[counter]
    if counter and _PARTICLE_FOLLOWS.match(text, end):
        return frozenset()
    if numerals.is_korean(text[end : end + 8]) or counter:
        return korean_after(text, end, stop)
    return english_after(text, end)
