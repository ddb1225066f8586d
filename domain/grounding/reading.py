"""Holds every figure of a statement against the sentences it cites, and says what became of it."""

import itertools
import re
from collections.abc import Sequence
from typing import Literal, NamedTuple

from domain.readings import OVER, UNDER, UP_TO
from domain.tongues import by_languages, form
from domain.tongues import readings as languages

from .arguable import arguable
from .compare import MOST, carries, converted, follows, follows_told, rounded, same
from .lists import lists_of
from .phrases import shares
from .quantities import quantities
from .quantity import Quantity
from .statement import Statement

Code = Literal["carried", "bound", "point", "unit", "scale", "elsewhere", "value", "absent"]

_papers = form("<papers>")
_beaten = form("<beaten>")
_beats = form("(?:<beats>)$", re.IGNORECASE)
_at_most = form("<at_most>", re.IGNORECASE)
_counted = form(r"\s(?!<no_things>)[A-Za-z]{3,}")
_average = form("<average>", re.IGNORECASE)
_averaged_before = form(r"(?:<averaged>)[^\d.;,]{0,24}$", re.IGNORECASE)
_on_average = form("<on_average>", re.IGNORECASE)


@by_languages
def _unlisted() -> frozenset[str]:
    """Counters of what no list shows the number of."""
    return frozenset(word for each in languages() for word in each.unlisted)


class Reading(NamedTuple):
    """What became of one figure of the text."""

    figure: Quantity
    code: Code
    other: Quantity | None = None
    """The figure of the source that it was held against."""
    source: str = ""
    """The sentence in which that stands."""


class _Source(NamedTuple):
    text: str
    figures: tuple[Quantity, ...]


def readings(statement: Statement) -> tuple[Reading, ...]:
    """One reading per figure of the text, in order."""
    figures = quantities(statement.text)
    if not figures:
        return ()
    texts = [text for cited in statement.cited for text in cited.sentences]
    texts = dict.fromkeys([*texts, *(cited.title for cited in statement.cited), *statement.facts])
    sources = [_Source(text, quantities(text, source=True)) for text in texts]
    found = [_carried(statement, figure, sources) for figure in figures]
    used = {id(reading.other) for reading in found if reading}
    read = [
        reading or _diagnosis(statement, figure, sources, used) for figure, reading in zip(figures, found, strict=True)
    ]
    return tuple(one._replace(code="carried") if _arguable(statement.text, one) else one for one in read)


def _arguable(text: str, reading: Reading) -> bool:
    if reading.code in ("carried", "bound", "elsewhere"):
        return False
    return not _counts_papers_at(text, reading.figure) and arguable(text, reading.figure, reading.other, reading.source)


def _carried(statement: Statement, figure: Quantity, sources: Sequence[_Source]) -> Reading | None:
    """The reading of a figure that the sources carry; None where they do not."""
    if figure.value == 1 and figure.word:
        return Reading(figure, "carried")
    exact = [(q, source) for source in sources for q in source.figures if carries(figure, q)]
    if figure.dimension and any(q.dimension for q, _ in exact):
        exact = [(q, source) for q, source in exact if q.dimension]
    elif figure.dimension and any(_larger_unit(figure, q) for source in sources for q in source.figures):
        return None
    if exact:
        fair = next(
            (
                (q, s)
                for q, s in exact
                if not _turned(statement.text, figure, q, s) and not _averaged(statement, figure, q, s)
            ),
            None,
        )
        q, source = fair or exact[0]
        return Reading(figure, "carried" if fair else "bound", q, source.text)
    if any(_other_unit(figure, q) for source in sources for q in source.figures):
        return None
    for source in sources:
        for q in source.figures:
            if converted(figure, q) or rounded(figure, q):
                return Reading(figure, "carried", q, source.text)
        if follows(figure, source.figures, statement.text) or _in_a_share(statement.text, figure, source.figures):
            return Reading(figure, "carried", None, source.text)
    counted = (
        _counts_papers(statement, figure)
        or _counts_a_list(statement.text, figure, sources)
        or _adds_up(statement, figure)
        or follows_told(figure, [q for source in sources for q in source.figures], statement.text)
    )
    return Reading(figure, "carried") if counted else None


def _turned(text: str, figure: Quantity, source: Quantity, given: _Source) -> bool:
    """Whether an upper bound is told as a lower one, the other way round, or a bound is lost or made."""
    ours, theirs = figure.said | figure.near, source.said | source.near
    upper, lower = {UP_TO, UNDER}, {OVER}
    if source.said & upper and not theirs & lower and figure.said & lower and not ours & upper:
        return True
    if source.said & lower and not theirs & upper and figure.said & upper and not ours & lower:
        return True
    if OVER in source.said and (not ours or (UNDER in ours and not ours & lower)):
        return True
    if UP_TO in source.said and not ours & upper and not _at_most().search(text):
        return True
    alike = [q.value for q in given.figures if (q.kind, q.dimension) == (source.kind, source.dimension)]
    if theirs or (
        OVER in figure.said and (_beaten().match(text, figure.end) or _beats().search(text, 0, figure.start))
    ):
        return False
    # Of several the largest is what all are up to.
    made_upper = UP_TO in figure.said and source.value == min(alike, default=source.value)
    return made_upper or (OVER in figure.said and source.value == max(alike, default=source.value))


def _averaged(statement: Statement, figure: Quantity, source: Quantity, given: _Source) -> bool:
    """Whether an average is made, or is lost."""
    text = statement.text
    own = _averaged_before().search(text, 0, figure.start) or _on_average().match(text, figure.end)
    lost = _averaged_before().search(given.text, 0, source.start) or _on_average().match(given.text, source.end)
    return bool(own and not _average().search(given.text)) or bool(lost and not _average().search(text))


def _larger_unit(figure: Quantity, other: Quantity) -> bool:
    """Whether the source has the very number with a larger or smaller unit: GB for TB."""
    alike = figure.dimension == other.dimension and same(figure.raw, other.raw)
    return alike and not same(figure.value, other.value)


def _other_unit(figure: Quantity, other: Quantity) -> bool:
    """Whether the source has the very number with another unit: then nothing else is meant."""
    kinds = {"percent", "point", "multiple"}
    return figure.kind in kinds and other.kind in kinds - {figure.kind} and same(figure.raw, other.raw)


def _in_a_share(text: str, figure: Quantity, given: Sequence[Quantity]) -> bool:
    """열 번에 네 번 for 40 %, 다섯 건에 세 건꼴 for 62 %."""
    for share in shares(text):
        if share.start <= figure.start < share.end and share.kind == "fraction":
            whole = max(q.value for q in quantities(text) if share.start <= q.start < share.end)
            said = [q.value / 100 for q in given if q.kind == "percent"]
            if any(abs(share.value - each) <= 0.5 / whole for part in said for each in (part, 1 - part)):
                return True
    return False


def _adds_up(statement: Statement, figure: Quantity) -> bool:
    """Ten, four of them and six: the sum of what the claim itself counts."""
    if figure.kind != "count":
        return False
    parts = [q.value for q in quantities(statement.text) if q.kind == "count" and q.start != figure.start]
    sums = (sum(some) for size in (2, 3) for some in itertools.combinations(parts[:MOST], size))
    return any(same(figure.value, value) for value in sums)


def _counts_papers(statement: Statement, figure: Quantity) -> bool:
    """두 논문은: the papers that the sentence itself cites."""
    return figure.value == len(statement.cited) and _counts_papers_at(statement.text, figure)


def _counts_papers_at(text: str, figure: Quantity) -> bool:
    return _papers().match(text, figure.end - len(figure.counter)) is not None


def _counts_a_list(text: str, figure: Quantity, sources: Sequence[_Source]) -> bool:
    """두 데이터셋 for “on A and B”: a small count that the source does not state but shows."""
    counts = figure.word or (figure.text.isdecimal() and _counted().match(text, figure.end))
    if figure.kind != "count" or not counts or not 2 <= figure.value <= 12 or figure.counter in _unlisted():
        return False
    return any(int(figure.value) in lists_of(source.text) for source in sources)


def _diagnosis(statement: Statement, figure: Quantity, sources: Sequence[_Source], used: set[int]) -> Reading:
    """What is wrong with a figure that nothing carries, the likeliest mistake first."""
    pairs = [(q, source.text) for source in sources for q in source.figures if q.kind not in ("one", "loose")]
    for other, text in pairs:
        if same(figure.raw, other.raw):
            points = {figure.kind, other.kind} == {"percent", "point"}
            return Reading(figure, "point" if points else "unit", other, text)
    alike = [(q, text) for q, text in pairs if q.kind == figure.kind and q.dimension == figure.dimension]
    if figure.word and figure.value < 100:
        alike = [(q, text) for q, text in alike if not q.scaled]
    if figure.kind == "percent":
        for source in sources:
            if follows(figure._replace(kind="point"), [q for q in source.figures if q.kind == "percent"], ""):
                return Reading(figure, "point", None, source.text)
    for other, text in alike:
        if _power_of_ten(figure.value, other.value):
            return Reading(figure, "scale", other, text)
    for cited in statement.cited:
        if other := next((q for q in quantities(cited.abstract, source=True) if carries(figure, q)), None):
            return Reading(figure, "elsewhere", other, cited.title)
    if left := [(q, text) for q, text in alike if id(q) not in used]:
        return Reading(figure, "value", *min(left, key=lambda pair: abs(pair[0].value - figure.value)))
    return Reading(figure, "absent")


def _power_of_ten(one: float, other: float) -> bool:
    ratio = max(one, other) / (min(one, other) or 1.0)
    return any(same(ratio, 10.0**n) for n in range(1, 13))
