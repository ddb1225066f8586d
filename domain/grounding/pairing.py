"""Two figures of one line that are exchanged: each is told of what the other belongs to.

Names and things are looked up on both sides. Whatever the language, pairs told one after the other keep their order:
whose owner comes first has the first figure. So where one side turns the owners round it has to turn the figures round.
"""

import itertools
from collections.abc import Collection, Iterator, Sequence, Set

from domain.tongues import form, is_latin

from .anchors import Anchor, anchors, parted, word_anchors
from .compare import MOST, carries, same
from .masks import plain_signs
from .quantities import quantities
from .quantity import Quantity
from .statement import Found, Statement

_KINDS = ("count", "percent", "point", "multiple")
_respectively = form("<respectively>")
_listed = form(r"[^,.;]{0,24}?(?:,|&|<joined>)[^,.;]{0,16}")


def swaps(statement: Statement) -> Iterator[Found]:
    """Figures of one kind belong to the names, or to what is counted or measured, that they have in the source."""
    for cited in statement.cited:
        for sentence in map(plain_signs, cited.sentences):
            for one, other in _exchanged(statement.text, sentence):
                both = f"{one.text.strip()} and {other.text.strip()}"
                yield Found(both, f"{both} seem exchanged: the cited sentence gives each to what the other is told of")


def _exchanged(text: str, sentence: str) -> Iterator[tuple[Quantity, Quantity]]:
    for (a, theirs_a), (b, theirs_b) in itertools.combinations(_matched(text, sentence)[:MOST], 2):
        if a.kind != b.kind or a.dimension != b.dimension or theirs_a is theirs_b:
            continue
        english = is_latin(text)
        ours, theirs = _nearest(text, (a, b), english), _nearest(sentence, (theirs_a, theirs_b), english)
        shared = ours.keys() & theirs.keys()
        votes = [
            (ours[x].start < ours[y].start) == (theirs[x].start < theirs[y].start)
            for x, y in itertools.combinations(sorted(shared), 2)
            if _parallel(text, (ours[x], ours[y]), (a, b), shared)
            and _parallel(sentence, (theirs[x], theirs[y]), (theirs_a, theirs_b), shared)
        ]
        kept = (a.start < b.start) == (theirs_a.start < theirs_b.start)
        if votes and kept not in votes:
            yield a, b


def _matched(text: str, sentence: str) -> list[tuple[Quantity, Quantity]]:
    """The figures of the text that the sentence has exactly once, each with that."""
    own = [q for q in quantities(text) if q.kind in _KINDS and (q.raw > 1 or "." in q.text)]
    given = [q for q in quantities(sentence, source=True) if q.kind in _KINDS]
    found: list[tuple[Quantity, Quantity]] = []
    for q in own:
        theirs = list({other.start: other for other in given if carries(q, other)}.values())
        if len(theirs) == 1 and sum(same(q.value, other.value) for other in own) == 1:
            found.append((q, theirs[0]))
    return found


def _nearest(text: str, figures: Sequence[Quantity], english: bool) -> dict[str, Anchor]:
    """Of each thing that the text speaks of, where it stands nearest to one of the figures; not of what stands beside
    both of them."""

    def far(anchor: Anchor) -> int:
        return min(max(anchor.start - q.end, q.start - anchor.end) for q in figures)

    held = sorted((*anchors(text), *(word_anchors(text) if english else ())), key=far, reverse=True)
    beside = [[each for each in held if not parted(text, each, figure)] for figure in figures]
    both = {one.key for one, other in itertools.product(*beside) if one.key == other.key and one.start != other.start}
    return {each.key: each for each in held if each.key not in both}


def _parallel(text: str, owners: Sequence[Anchor], figures: Sequence[Quantity], shared: Set[str]) -> bool:
    """Whether owners and figures take turns, each owner next to its figure, or stand in two lists."""
    owners, figures = sorted(owners, key=lambda each: each.start), sorted(figures, key=lambda each: each.start)
    things: list[Anchor | Quantity] = sorted((*owners, *figures), key=lambda each: each.start)
    order = "".join("o" if isinstance(thing, Anchor) else "f" for thing in things)
    if order in ("ofof", "fofo", "foof") or (order == "offo" and len(text[things[2].end : things[3].start]) < 2):
        couples = list(zip(owners, figures, strict=True))
        # English puts the next owner behind a figure's own: 1.7x faster with 2.4x less memory.
        others = frozenset[str]() if is_latin(text) else shared
        return not any(parted(text, owner, figure) or _nearer(text, owner, figure, others) for owner, figure in couples)
    if order not in ("ooff", "ffoo"):
        return False
    listed = _listed().match if _respectively().search(text) else _listed().fullmatch
    return all(listed(text[things[n].end : things[n + 1].start]) for n in (0, 2))


def _nearer(text: str, owner: Anchor, figure: Quantity, shared: Collection[str]) -> bool:
    """Whether on the figure's other side something that both texts speak of stands nearer to it."""
    before = owner.start < figure.start
    held = [each for each in anchors(text) if each.key in shared and each.name == owner.name]
    others = [each for each in held if (each.start >= figure.end if before else each.end <= figure.start)]
    return any(
        _gap(text, each, figure) < _gap(text, owner, figure) for each in others if not parted(text, each, figure)
    )


def _gap(text: str, one: Anchor, other: Quantity) -> int:
    return len(text[min(one.end, other.end) : max(one.start, other.start)].strip())
