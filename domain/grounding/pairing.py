"""Which figure belongs to which name: 6.2% on 19 datasets and 6.6% on two scenarios must not change places."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from .compare import same
from .passage import Fault, Passage
from .quantities import quantities
from .quantity import Quantity
from .reading import Source, sources_of

_PAIRED = frozenset({"percent", "point", "mark", "multiple", "count"})
_NAME = re.compile(r"[A-Z][A-Za-z0-9_.@+-]*[A-Za-z0-9_+]|[a-z]+[A-Z][A-Za-z0-9-]*")
_LIST_GAP = re.compile(r"(?:\s?%)?\s?(?:,\s(?:and\s)?|\sand\s|\s?/\s?)")
_THEN = re.compile(r"[^.;:\d]{0,60}?\b(?:on|across|for|in|over|at|with|of)\s(?:the\s|both\s)?")
_DIRECT = re.compile(r"\s(?:[a-z]+\s){0,2}?(?:on|for|in|over|against|than)\s(?:the\s)?$")


class Anchor(NamedTuple):
    """What a figure is given for: a name, or a count of things."""

    start: int
    end: int
    name: str = ""
    number: float = 0.0


def figure_pairing(passage: Passage) -> Iterator[Fault]:
    """Two figures of the source whose names or sets changed places."""
    for source in sources_of(passage):
        pairs = _pairs(source)
        if len(set(pairs.values())) > 1:
            yield from _crossed(passage, pairs)


def _crossed(passage: Passage, pairs: dict[float, Anchor]) -> Iterator[Fault]:
    figures = [q for q in quantities(passage.text) if q.single and q.kind in _PAIRED]
    said = (
        _pairs(Source(passage.text, tuple(figures)))
        if passage.language == "en"
        else _korean_pairs(passage.text, figures, pairs)
    )
    for figure in figures:
        right = next((anchor for value, anchor in pairs.items() if same(value, figure.low)), None)
        given = said.get(figure.low)
        other = next((value for value, anchor in pairs.items() if given and _is(given, anchor)), None)
        if not right or not given or other is None or _is(given, right):
            continue
        shown = given.name or f"{given.number:g}"
        reason = f"the text gives {figure.text} for {shown}; in the cited sentence {shown} has {other:g}"
        yield Fault(rule="figure-pairing", span=figure.text, reason=reason)


def _korean_pairs(text: str, figures: list[Quantity], pairs: dict[float, Anchor]) -> dict[float, Anchor]:
    """Figure → the one known anchor between it and the figure before: DRIVE에서 84%, STARE에서 88%."""
    anchors = [a for a in _anchors(text, figures) if any(_is(a, other) for other in pairs.values())]
    said: dict[float, Anchor] = {}
    last = 0
    for figure in figures:
        if any(same(value, figure.low) for value in pairs):
            here = [a for a in anchors if last <= a.start < figure.start]
            last = figure.end
            if len(here) == 1:
                said[figure.low] = here[0]
    return said


def _is(one: Anchor, other: Anchor) -> bool:
    return one.name == other.name and same(one.number, other.number)


def _pairs(source: Source) -> dict[float, Anchor]:
    """Figure → anchor, from “A and B on X and Y” and from “A on X, B on Y”; a figure seen twice is left out."""
    figures = [q for q in source.figures if q.single and q.kind in _PAIRED]
    anchors = _anchors(source.text, figures)
    found: list[tuple[float, Anchor]] = []
    for run in _runs(source.text, figures):
        then = _THEN.match(source.text, run[-1].end)
        group = _group(source.text, anchors, then.end()) if then and len(run) > 1 else []
        if len(group) == len(run):
            found += [(q.low, anchor) for q, anchor in zip(run, group, strict=True)]
    for figure in figures:
        if figure.kind != "count" and not any(same(figure.low, value) for value, _ in found):
            gap = next(
                (a for a in anchors if a.start >= figure.end and _DIRECT.fullmatch(source.text[figure.end : a.start])),
                None,
            )
            if gap and gap.name:
                found.append((figure.low, gap))
    values = [value for value, _ in found]
    return {value: anchor for value, anchor in found if values.count(value) == 1}


def _runs(text: str, figures: list[Quantity]) -> Iterator[list[Quantity]]:
    """Figures of one kind in a row: “84.3%, 88.4%, and 85.5%”."""
    run: list[Quantity] = []
    for figure in figures:
        near = run and figure.kind == run[-1].kind and _LIST_GAP.fullmatch(text[run[-1].end : figure.start])
        if run and not near:
            yield run
            run = []
        run.append(figure)
    if run:
        yield run


def _anchors(text: str, figures: list[Quantity]) -> list[Anchor]:
    names = [Anchor(found.start(), found.end(), name=found[0]) for found in _NAME.finditer(text)]
    counts = [
        Anchor(q.start, q.end, number=q.low)
        for q in figures
        if q.kind == "count" and not q.scaled and (q.nouns or q.hints)
    ]
    return sorted([*names, *counts])


def _group(text: str, anchors: list[Anchor], start: int) -> list[Anchor]:
    """The anchors in a row from ``start`` on: “DRIVE, STARE, and CHASE”, “19 datasets and two new scenarios”."""
    group: list[Anchor] = []
    for anchor in anchors:
        if anchor.start < start:
            continue
        gap = text[group[-1].end if group else start : anchor.start]
        counted = group and group[-1].number and re.fullmatch(r"\s[a-z]+(?:,\s|\sand\s)", gap)
        if not (gap == "" if not group else counted or _LIST_GAP.fullmatch(gap)):
            break
        group.append(anchor)
    return group


PAIRING_RULES = (figure_pairing,)
