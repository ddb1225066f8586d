"""A figure that is told of something else than in the source: of another rival, benchmark or measure."""

import re
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple, TypeVar

from domain.tongues import by_languages, union

from .anchors import Anchor, anchors, measures, paces, parted
from .compare import carries, same
from .quantities import quantities
from .quantity import Quantity, exact
from .statement import Found, Statement

_Pair = TypeVar("_Pair")
_LISTED = re.compile(r"\s?(?:,|and|,\sand|or|/)\s?")


class _Place(NamedTuple):
    sentence: str
    figure: Quantity


def owners(statement: Statement) -> Iterator[Found]:
    """A figure that one sentence has is told of the rival, the benchmark and the measure that it has there, where both
    sides name one and the paper knows the other."""
    said = [sentence for cited in statement.cited for sentence in cited.sentences]
    for figure in quantities(statement.text):
        places = [_Place(text, q) for text in said for q in quantities(text, source=True) if carries(figure, q)]
        if exact(figure) and len({place.sentence for place in places}) == 1:
            text = statement.text
            # A sentence may have the figure in several places, each told of something else.
            for own, other in (*_named(text, figure, places[0]), *_of_none(_measured, text, figure, places)):
                if any(own.key == anchor.key for sentence in said for anchor in anchors(sentence)):
                    theirs = places[0].sentence[other.start : other.end]
                    ours = statement.text[own.start : own.end]
                    yield Found(figure.text, f"told of {ours}; the cited sentence has it of {theirs}")
            for own, other in _of_none(_mated, text, figure, places):
                yield Found(figure.text, f"told with {own.text}; the cited sentence has {other.text} with that")


def _of_none(
    rule: Callable[[str, Quantity, _Place], Iterator[_Pair]], text: str, figure: Quantity, places: Sequence[_Place]
) -> Sequence[_Pair]:
    """What a rule finds at the first of the places; nothing where one of them is in order."""
    found = [list(rule(text, figure, place)) for place in places]
    return found[0] if all(found) else ()


def _named(text: str, figure: Quantity, place: _Place) -> Iterator[tuple[Anchor, Anchor]]:
    """A rival or benchmark of the text that the sentence does not name, and the one that it has in its place."""
    there = {anchor.key for anchor in anchors(place.sentence)}
    for ours, theirs in _slots():
        own = [a for a in anchors(text) if a.name and ours(text, a) and not parted(text, a, figure)]
        given = [a for a in anchors(place.sentence) if a.name and theirs(place.sentence, a)]
        yield from ((each, given[0]) for each in own if given and each.key not in there)


def _measured(text: str, figure: Quantity, place: _Place) -> Iterator[tuple[Anchor, Anchor]]:
    """What is measured in the text, and in the sentence, where the former has another figure there or none."""
    own, other = _measure(text, figure), _measure(place.sentence, place.figure)
    if not own or not other or own.key == other.key:
        return
    there = {anchor.key for anchor in anchors(place.sentence)}
    rest = [q for q in quantities(place.sentence, source=True) if exact(q) and q.start != place.figure.start]
    taken = {anchor.key for q in rest if (anchor := _measure(place.sentence, q))}
    free = own.key not in there and not (own.key in paces() and there & paces())
    if free or (own.key in taken and other.key not in taken):
        yield own, other


def _mate(text: str, figure: Quantity, among: Sequence[Quantity]) -> Quantity | None:
    """The figure of another kind that stands nearest to one, with nothing between that parts them."""
    near = [q for q in among if exact(q) and q.kind != figure.kind and not parted(text, q, figure)]
    return min(near, key=lambda q: max(q.start - figure.end, figure.start - q.end), default=None)


def _mated(text: str, figure: Quantity, place: _Place) -> Iterator[tuple[Quantity, Quantity]]:
    """What a result is told with, and the result of its kind that the sentence has with that."""
    if figure.kind == "count":
        return
    given = quantities(place.sentence, source=True)
    own = _mate(text, figure, quantities(text))
    theirs = [q for q in given if own and carries(own, q)]
    if own and len(theirs) == 1 and _mate(place.sentence, place.figure, given) != theirs[0]:
        other = _mate(place.sentence, theirs[0], given)
        first, last = sorted((place.figure, other or place.figure), key=lambda q: q.start)
        # 6.2% and 6.6% across 19 and 2: which goes with which is for order to say.
        if _LISTED.fullmatch(place.sentence, first.end, last.start):
            return
        if other and other.kind == place.figure.kind and not same(other.value, place.figure.value):
            yield own, other


def _measure(text: str, figure: Quantity) -> Anchor | None:
    near = [a for a in anchors(text) if a.key in measures() and not parted(text, a, figure)]
    return min(near, key=lambda a: max(a.start - figure.end, figure.start - a.end), default=None)


_Slot = Callable[[str, Anchor], bool]


def _slot(before: str, after: re.Pattern[str] | None = None) -> _Slot:
    head = re.compile(rf"(?:{before})\s$", re.IGNORECASE)
    return lambda text, anchor: bool(
        head.search(text, 0, anchor.start) or (after is not None and after.match(text, anchor.end))
    )


@by_languages
def _slots() -> tuple[tuple[_Slot, _Slot], ...]:
    """How a rival and a benchmark stand in a text, and in a source."""
    rival, benchmark = re.compile(union("rival")), re.compile(union("benchmark"))
    before, on = union("rival_before"), union("benchmark_before")
    return (_slot(before, rival), _slot(before)), (_slot(on, benchmark), _slot(on))
