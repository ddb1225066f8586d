"""The shapes in which a report can be printed. A shape is one file with one function; this is where it is named."""

from collections.abc import Callable

from domain.errors import UsageError
from domain.reports import Report
from domain.taxonomy import Taxonomy

from . import five_part, papers

Shape = Callable[[Report, Taxonomy], str]
"""Arranges the accepted claims of a report as one Markdown document, and writes none of its own."""

SHAPES: dict[str, Shape] = {
    "papers": papers.render,
    "five-part": five_part.render,
}
"""By the name that settings give; the first is the default."""
DEFAULT = next(iter(SHAPES))


class UnknownShape(UsageError):
    """A shape that nobody has declared."""


def render(report: Report, taxonomy: Taxonomy, shape: str = DEFAULT) -> str:
    """The report in one of the shapes. Raises UnknownShape for another, KeyError as ``document`` does."""
    return known(shape)(report, taxonomy)


def known(shape: str) -> Shape:
    """The shape of a name. Raises UnknownShape."""
    if shape not in SHAPES:
        raise UnknownShape(f"there is no shape {shape!r}; choose one of: {', '.join(SHAPES)}")
    return SHAPES[shape]
