"""Holds every figure of a passage against the sentences it cites, and says what became of it."""

import re
from collections.abc import Iterable, Sequence
from typing import Literal, NamedTuple

from .bounds import OVER, UNDER, UP_TO
from .compare import bound_fault, carries, converted, counts_other_things, rounded, same
from .derive import Derived, derived
from .directions import pointing
from .lists import lists_of
from .passage import Passage
from .quantities import quantities
from .quantity import Quantity
from .units import UNKNOWN, UNLISTED

Code = Literal[
    "carried",
    "bound",
    "counted",
    "range",
    "sign",
    "point",
    "unit",
    "scale",
    "value",
    "elsewhere",
    "arithmetic",
    "absent",
]


_IN_A_ROW = re.compile(
    r"(?!.*\b(?:with|reduc|demonstrat|enabl|while|but|than|compared))[^.;:]{0,24}(?:,|\band\b|\bor\b|/)[^.;:]{0,20}"
)


class Source(NamedTuple):
    """One sentence that may carry figures, with the figures it has."""

    text: str
    figures: tuple[Quantity, ...]


class Reading(NamedTuple):
    """What became of one figure of the text."""

    figure: Quantity
    code: Code
    other: Quantity | None = None
    """The figure of the source that it was held against."""
    source: str = ""
    """The sentence in which that stands."""
    note: str = ""


def readings(passage: Passage) -> tuple[Reading, ...]:
    """One reading per figure of the text, in order."""
    figures = quantities(passage.text)
    if not figures:
        return ()
    sources = sources_of(passage)
    found = [
        Reading(figure, "carried") if _counts_papers(passage, figure) else _exact(passage, figure, sources)
        for figure in figures
    ]
    used = {id(reading.other) for reading in found if reading}
    return tuple(
        reading or _inexact(passage, figure, figures, sources, used)
        for figure, reading in zip(figures, found, strict=True)
    )


def texts_of(passage: Passage) -> tuple[str, ...]:
    """What the passage may rest on: the cited sentences, the titles of the cited papers, the trend facts."""
    texts = [text for cited in passage.cited for text in cited.sentences]
    return tuple(dict.fromkeys(texts + [cited.title for cited in passage.cited] + list(passage.facts)))


def sources_of(passage: Passage) -> tuple[Source, ...]:
    """The same with their figures."""
    return tuple(Source(text, quantities(text, source=True)) for text in texts_of(passage))


def _pairs(sources: Iterable[Source]) -> list[tuple[Quantity, str]]:
    return [(figure, source.text) for source in sources for figure in source.figures]


def _exact(passage: Passage, figure: Quantity, sources: Sequence[Source]) -> Reading | None:
    """The reading of a figure that the source has as it is; None when it has not."""
    pairs = _pairs(sources)
    same_figure = [(other, text) for other, text in pairs if carries(figure, other)]
    if figure.dimension and any(q.dimension == figure.dimension for q, _ in pairs):
        same_figure = [(other, text) for other, text in same_figure if other.kind != "loose"]
    if not same_figure and not figure.single:
        return _ends(passage, figure, sources)
    if not same_figure:
        return _range_end(figure, pairs)
    fitting = [(other, text) for other, text in same_figure if not counts_other_things(figure, other)]
    rival = _rival(passage, figure, fitting, pairs)
    if not fitting or rival:
        other, text = same_figure[0]
        return Reading(figure, "counted", other, text, _counted(other, rival if fitting else None))
    faults = [(_bound(passage, figure, other, text, pairs), other, text) for other, text in fitting]
    note, other, text = min(faults, key=lambda fault: (bool(fault[0]), not figure.nouns & fault[1].nouns))
    return Reading(figure, "bound" if note else "carried", other, text, note)


def _counted(other: Quantity, rival: Quantity | None) -> str:
    things = " or ".join(sorted(other.nouns)).replace("unknown", "another thing")
    return f"{other.text} of {things}" + (
        f", while {rival.text} is of {' or '.join(sorted(rival.nouns))}" if rival else ""
    )


def _bound(passage: Passage, figure: Quantity, other: Quantity, text: str, pairs: list[tuple[Quantity, str]]) -> str:
    average = bool(re.search(r"\b(?:average[sd]?|averaging|mean|avg|on average)\b|평균", text, re.IGNORECASE))
    values = {value for q in _run(other, text) for value in (q.low, q.high)}
    others = values - {figure.low, figure.high}
    stated = any(
        same(q.low, value) for q in quantities(passage.text) if not q.said & {UP_TO, OVER, UNDER} for value in others
    )
    fair = {UP_TO: other.high == max(values), OVER: other.low == min(values), UNDER: other.high == max(values)}
    extreme = frozenset(bound for bound, is_end in fair.items() if is_end and others and not stated)
    return bound_fault(figure, other, average_said=average, extreme=extreme)


def _run(other: Quantity, text: str) -> list[Quantity]:
    """The figures of one kind that stand in a row with ``other``: 3%, 7% (dev) and 11%."""
    figures = [q for q in quantities(text, source=True) if q.kind == other.kind and q.single and q.start != other.start]
    run = [other]
    for figure in figures:
        if figure.start >= run[-1].end and _IN_A_ROW.fullmatch(text, run[-1].end, figure.start):
            run.append(figure)
    for figure in reversed(figures):
        if figure.end <= run[0].start and _IN_A_ROW.fullmatch(text, figure.end, run[0].start):
            run.insert(0, figure)
    return run


def _rival(
    passage: Passage, figure: Quantity, fitting: list[tuple[Quantity, str]], pairs: list[tuple[Quantity, str]]
) -> Quantity | None:
    """A figure of the source that counts what the claim counts, when the one of equal value counts something else."""
    ours = (figure.nouns or figure.hints) - UNKNOWN
    if not ours or figure.kind != "count" or any(not q.nouns or q.nouns & (ours | figure.hints) for q, _ in fitting):
        return None
    said = [q.low for q in quantities(passage.text) if (q.nouns or q.hints) & ours]
    return next(
        (q for q, _ in pairs if q.kind == "count" and q.nouns & ours and not any(same(q.low, v) for v in said)), None
    )


def _ends(passage: Passage, figure: Quantity, sources: Sequence[Source]) -> Reading | None:
    """A range or change whose ends the source states apart: fair for a change and for the extremes of three or more."""
    low, high = (figure.model_copy(update={"spread": "", "low": end, "high": end}) for end in (figure.low, figure.high))
    for source in sources:
        ends = [[q for q in source.figures if carries(end, q)] for end in (low, high)]
        if not all(ends):
            continue
        peers = {q.low for q in source.figures if q.kind == figure.kind and q.single}
        reverse = any(q.spread == "change" and same(q.low, figure.high) for q in source.figures)
        if figure.spread == "change" and reverse:
            return Reading(figure, "range", ends[0][0], source.text, "turns the change round")
        outer = peers and {figure.low, figure.high} == {min(peers), max(peers)}
        if figure.spread == "change" or figure.kind == "order" or (len(peers) > 2 and outer):
            return Reading(figure, "carried", ends[0][0], source.text)
        return Reading(figure, "range", ends[0][0], source.text, "makes one range of two separate figures")
    if figure.spread == "change":
        apart = [_exact(passage, end, sources) for end in (low, high)]
        if all(apart):
            return Reading(figure, "carried", apart[0].other if apart[0] else None)
    return None


def _range_end(figure: Quantity, pairs: list[tuple[Quantity, str]]) -> Reading | None:
    """A figure that is one end of a range in the source: fair as 최대 or 최소, not alone."""
    for other, text in pairs:
        if other.spread != "range" or other.kind != figure.kind:
            continue
        words = figure.said | figure.near
        if same(figure.low, other.high):
            fair = {"up to", "less than"} & words
        elif same(figure.low, other.low):
            fair = {"at least"} & words
        else:
            continue
        return Reading(
            figure, "carried" if fair else "range", other, text, "" if fair else "gives one end of a range alone"
        )
    return None


def _inexact(
    passage: Passage, figure: Quantity, figures: Sequence[Quantity], sources: Sequence[Source], used: set[int]
) -> Reading:
    """The reading of a figure that the source does not have as it is."""
    pairs = _pairs(sources)
    if any(_other_unit(figure, other) for other, _ in pairs):
        return _diagnosis(passage, figure, pairs, [], Derived(right=False))
    way = pointing(passage.text, figure).way
    direction = "up" if way in ("up", "better") else "down" if way == "down" else ""
    if re.search(
        r"줄|감소|단축|절감|절약|낮|적은|적게|reduc|fewer|less|lower|cut|sav|shrink|decreas",
        passage.text[figure.end :][:24],
    ):
        direction = "down"
    for other, text in pairs:
        if converted(figure, other, direction):
            note = bound_fault(figure, other, average_said=True)
            return Reading(figure, "bound" if note else "carried", other, text, note)
    if near := next(((other, text) for other, text in pairs if rounded(figure, other)), None):
        return Reading(figure, "carried", *near)
    left = [(other, text) for other, text in pairs if id(other) not in used and other.kind == figure.kind]
    left = [
        (other, text) for other, text in left if not counts_other_things(figure, other) and _comparable(figure, other)
    ]
    peers = [q for q in figures if q is not figure and not (q.start <= figure.start < q.end)]
    answer = derived(figure, [q for q, _ in pairs], peers, passage.text, alone=not left)
    if answer.right:
        return Reading(figure, "carried", note=answer.note)
    if _counts_a_list(passage, figure, sources, left):
        return Reading(figure, "carried")
    return _diagnosis(passage, figure, pairs, left, answer)


def _other_unit(figure: Quantity, other: Quantity) -> bool:
    """Whether the source has the very number with another unit: then nothing else is meant."""
    kinds = {"percent", "point", "multiple"}
    return (
        figure.kind in kinds and other.kind in kinds - {figure.kind} and figure.single and same(figure.raw, other.raw)
    )


def _counts_a_list(
    passage: Passage, figure: Quantity, sources: Sequence[Source], left: list[tuple[Quantity, str]]
) -> bool:
    """두 데이터셋 for “on A and B”: a small count that the source does not state but shows."""
    if (
        figure.kind not in ("count", "stage")
        or not figure.word
        or not 2 <= figure.low <= 12
        or figure.counter in UNLISTED
    ):
        return False
    if any(2 <= q.low <= 20 and not q.dimension and float(q.low).is_integer() and _may_be(figure, q) for q, _ in left):
        return False
    lengths = {length for source in sources for length in lists_of(source.text)}
    return int(figure.low) in lengths


def _comparable(figure: Quantity, other: Quantity) -> bool:
    """Whether a leftover figure of the source is of a sort with the figure: of one unit, both small counts or not."""
    small = figure.word and figure.low < 100
    return other.low != 1 and other.dimension == figure.dimension and not (small and other.scaled)


def _may_be(figure: Quantity, other: Quantity) -> bool:
    """Whether ``other`` may be what the figure was meant to repeat: nothing says that they count different things."""
    ours = figure.nouns or figure.hints
    return not ours or not other.nouns - UNKNOWN or bool(ours & other.nouns)


def _counts_papers(passage: Passage, figure: Quantity) -> bool:
    """두 논문은: the papers that the sentence itself cites."""
    return figure.kind == "count" and figure.low == len(passage.cited) and "document" in figure.nouns | figure.hints


def _diagnosis(
    passage: Passage,
    figure: Quantity,
    pairs: list[tuple[Quantity, str]],
    left: list[tuple[Quantity, str]],
    answer: Derived,
) -> Reading:
    """What is wrong with a figure that nothing carries, the likeliest mistake first."""
    for other, text in pairs:
        if other.kind in ("one", "loose") or not same(abs(figure.raw), abs(other.raw)):
            continue
        if figure.kind == other.kind and figure.dimension == other.dimension and figure.single and other.single:
            if figure.low == -other.low:
                return Reading(figure, "sign", other, text)
            if not same(figure.low, other.low):
                return Reading(figure, "unit", other, text)
            continue
        points = {"percent", "point", "mark"}
        return Reading(figure, "point" if {figure.kind, other.kind} <= points else "unit", other, text)
    if answer.note:
        return Reading(figure, "point" if answer.points else "arithmetic", note=answer.note)
    for other, text in pairs:
        if other.kind == figure.kind and _comparable(figure, other) and _power_of_ten(figure.low, other.low):
            return Reading(figure, "scale", other, text)
    for cited in passage.cited:
        elsewhere = quantities(cited.abstract, source=True)
        if other := next((q for q in elsewhere if carries(figure, q)), None):
            return Reading(figure, "elsewhere", other, cited.title)
    if left:
        other, text = min(left, key=lambda pair: (not pair[0].nouns & figure.nouns, abs(pair[0].low - figure.low)))
        return Reading(figure, "value", other, text)
    return Reading(figure, "absent")


def _power_of_ten(one: float, other: float) -> bool:
    ratio = max(abs(one), abs(other)) / (min(abs(one), abs(other)) or 1.0)
    return any(same(ratio, 10.0**n, tolerance=1e-6) for n in range(1, 13))
