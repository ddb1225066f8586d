"""The pictures of a page as plain geometry; templates draw them as SVG and tell the same numbers in a table.

Units are those of a drawing ``WIDTH`` wide, which is also its width on a phone, so that its letters can be read there.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import NamedTuple

from domain.taxonomy import Taxonomy
from domain.trends import DayRow
from publishing.page import Page
from publishing.tally import tallies

WIDTH = 360
_ROOM = 28
"""Right of the longest bar, for its number."""
_PANEL_WIDTH, _PANEL_HEIGHT, _LABEL = 108, 34, 18
_COLUMNS = 2


class BarSegment(NamedTuple):
    """One stretch of a bar."""

    kind: str
    """``told``, ``quoted``, ``listed`` or ``returning``."""
    papers: int
    x: float
    width: float


class Bar(NamedTuple):
    """The papers of one category."""

    category: str | None
    total: int
    parts: tuple[BarSegment, ...]
    end: float


def distribution(page: Page) -> tuple[Bar, ...]:
    """How the papers of a day are spread over the categories, the fullest first."""
    rows = sorted(tallies(page.report, page.taxonomy), key=lambda row: -row.total)
    scale = (WIDTH - _ROOM) / max((row.total for row in rows), default=1)
    bars: list[Bar] = []
    for row in rows:
        counts = {"told": row.told, "quoted": row.quoted, "listed": row.listed, "returning": row.returning}
        x, parts = 0.0, list[BarSegment]()
        for kind, ids in counts.items():
            if ids:
                parts.append(BarSegment(kind, len(ids), round(x, 1), round(len(ids) * scale, 1)))
                x += len(ids) * scale
        bars.append(Bar(row.category, row.total, tuple(parts), round(x, 1)))
    return tuple(bars)


class Panel(NamedTuple):
    """The share of one category over observed days."""

    category: str
    counts: tuple[int, ...]
    """New papers a day."""
    shares: tuple[float, ...]
    """Per cent of the day's new papers."""
    mean: float
    """Of all new papers of the days before the last one, per cent."""
    x: float
    y: float
    """Left upper corner of the panel."""
    line: str
    """Points of the line, as SVG writes them."""
    mean_y: float
    last_x: float
    last_y: float
    top: float
    """The highest share, per cent: the panel's own scale."""


class Trend(NamedTuple):
    """Panels side by side, and how much room they take."""

    rows: tuple[DayRow, ...]
    panels: tuple[Panel, ...]
    height: int

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(row.day for row in self.rows)


def trend(rows: Sequence[DayRow], taxonomy: Taxonomy) -> Trend:
    """Each category's share over observed days, the biggest category first; the last day is the one looked at."""
    counts: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for key, count in row.categories:
            counts.setdefault(taxonomy[key].key, [0] * len(rows))[place] += count
    order = sorted((key for key in taxonomy.order(counts) if sum(counts[key])), key=lambda key: -sum(counts[key]))
    step = _LABEL + _PANEL_HEIGHT + 14
    panels = [
        _panel(key, counts[key], rows, x=place % _COLUMNS * (WIDTH / _COLUMNS), y=place // _COLUMNS * step)
        for place, key in enumerate(order)
    ]
    return Trend(tuple(rows), tuple(panels), -(-len(panels) // _COLUMNS) * step)


def _panel(key: str, counts: Sequence[int], rows: Sequence[DayRow], x: float, y: float) -> Panel:
    shares = [_share(count, row.new) for count, row in zip(counts, rows, strict=True)]
    mean = _share(sum(counts[:-1]), sum(row.new for row in rows[:-1]))
    top = max(*shares, mean)

    def height(share: float) -> float:
        return round(y + _LABEL + _PANEL_HEIGHT * (1 - share / top), 1)

    step = _PANEL_WIDTH / max(1, len(rows) - 1)
    points = [(round(x + 2 + n * step, 1), height(share)) for n, share in enumerate(shares)]
    return Panel(
        category=key,
        counts=tuple(counts),
        shares=tuple(round(share, 1) for share in shares),
        mean=round(mean, 1),
        x=x,
        y=y,
        line=" ".join(f"{px},{py}" for px, py in points),
        mean_y=height(mean),
        last_x=points[-1][0],
        last_y=points[-1][1],
        top=round(top, 1),
    )


def _share(count: int, of: int) -> float:
    return 100 * count / of if of else 0.0


def hues(taxonomy: Taxonomy) -> Mapping[str, int]:
    """A number for each category, the same on every page: its colour in the style sheet."""
    return {category.key: number % 24 for number, category in enumerate(taxonomy.all)}
