"""A comparison as one HTML page: the measures, the two texts side by side, and what each made of every paper."""

import difflib
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .bootstrap import Effect
from .compare import Comparison, PaperText, Side
from .critics import CriticComparison

_ENVIRONMENT = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "templates"), undefined=StrictUndefined, autoescape=True
)
_PARTS = re.compile(r"\s+|[^\s]+")

Marked = list[tuple[str, bool]]
"""A text in pieces, each with whether the other side has it not."""


class AlignedRow(NamedTuple):
    """Two lines that stand side by side."""

    left: Marked
    right: Marked


class Problem(NamedTuple):
    """A line that was mended or left out."""

    text: str
    mended: str
    why: str


class Pair(NamedTuple):
    """One paper as both versions told it."""

    day: str
    title: str
    left: Marked
    right: Marked
    left_problems: list[Problem]
    right_problems: list[Problem]
    digest: str


def html(found: Comparison | CriticComparison) -> str:
    """The whole page; whatever models and papers say is escaped."""
    shared: dict[str, Any] = {
        "found": found,
        "rows": [(row, *cells(row)) for row in found.rows],
        "prompt": side_by_side(found.a.text, found.b.text),
    }
    if isinstance(found, CriticComparison):
        return _ENVIRONMENT.get_template("critics.html").render(**shared)
    sides = [(letter, side) for letter, side in zip("AB", found.sides[:2], strict=True) if side]
    return _ENVIRONMENT.get_template("compare.html").render(
        **shared,
        against=[(row, *cells(row)) for row in found.against_digest],
        pairs=_pairs(found),
        kinds=[(letter, side.kinds(mended=True), side.kinds(mended=False)) for letter, side in sides],
    )


def cells(row: Effect) -> tuple[str, str, str]:
    """A, B and their difference with its interval, as they are printed."""
    return shown(row.a, row.share), shown(row.b, row.share), f"{_signed(row.difference, row)} [{_between(row)}]"


def shown(value: float, share: bool) -> str:
    if share:
        return f"{value:.1%}"
    return f"{value:,.0f}" if abs(value) >= 100 else f"{value:.2f}"


def _signed(value: float, row: Effect) -> str:
    if row.share:
        return f"{value * 100:+.1f} points"
    return f"{value:+,.0f}" if max(abs(row.a), abs(row.b)) >= 100 else f"{value:+.2f}"


def _between(row: Effect) -> str:
    return f"{_signed(row.low, row).removesuffix(' points')}, {_signed(row.high, row).removesuffix(' points')}"


def side_by_side(left: str, right: str) -> list[AlignedRow]:
    """Two texts line by line; of lines that differ the words that do are marked."""
    a, b = left.splitlines(), right.splitlines()
    rows: list[AlignedRow] = []
    for tag, start, end, other, last in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if tag == "equal":
            rows += [AlignedRow([(line, False)], [(line, False)]) for line in a[start:end]]
            continue
        ours, theirs = a[start:end], b[other:last]
        for place in range(max(len(ours), len(theirs))):
            one = ours[place] if place < len(ours) else ""
            two = theirs[place] if place < len(theirs) else ""
            rows.append(AlignedRow(*marked(one, two)))
    return rows


def marked(left: str, right: str) -> tuple[Marked, Marked]:
    """The two texts in pieces, marked where the other one does not have them."""
    a, b = _PARTS.findall(left), _PARTS.findall(right)
    ours: Marked = []
    theirs: Marked = []
    for tag, start, end, other, last in difflib.SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if start < end:
            ours.append(("".join(a[start:end]), tag != "equal"))
        if other < last:
            theirs.append(("".join(b[other:last]), tag != "equal"))
    return ours, theirs


def _pairs(found: Comparison) -> list[Pair]:
    a, b, digest = found.sides
    theirs = {(paper.day, paper.unit): paper for paper in b.papers}
    plain = {(paper.day, paper.unit): paper for paper in digest.papers} if digest else {}
    pairs: list[Pair] = []
    for paper in a.papers:
        key = paper.day, paper.unit
        left, right = marked(*(_text([one]) for one in (paper, theirs.get(key))))
        pairs.append(
            Pair(
                paper.day,
                paper.title,
                left,
                right,
                _problems(a, paper),
                _problems(b, paper),
                _text([plain.get(key)]),
            )
        )
    return pairs


def _text(papers: Sequence[PaperText | None]) -> str:
    return "\n".join(line for one in papers if one for line in one.lines)


def _problems(side: Side, paper: PaperText) -> list[Problem]:
    return [
        Problem(one.text, one.mended, f"{one.kind}: {one.why}")
        for one in side.faults
        if (one.day, one.unit) == (paper.day, paper.unit)
    ]
