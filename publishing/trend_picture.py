"""The picture of the days before: each category's share of the new papers, one small line each, today marked."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.lines import Line2D

from domain.reports import Report
from domain.taxonomy import Taxonomy
from domain.trends import DayRow

from .picture import DPI, INK, WIDTH, columns, drawn, font
from .tally import percent, today
from .words import words

_WINDOW = 28
"""Observed days before today."""
_MOST = 20
"""Categories, the biggest of the window."""
_COLUMNS = 2
_LONGEST = 30
"""Latin letters of a name that fit above a panel at full size."""
_PANEL, _HEAD, _FOOT = 0.94, 0.98, 0.42
"""Inches of one row of panels, of what stands above all panels and of what stands below."""
_LINE, _MEAN, _TODAY = "#1f5a94", "#8a939c", "#c2410c"


def trend(report: Report, taxonomy: Taxonomy, path: Path | IO[bytes]) -> None:
    """Writes the picture of the days before and of the report's own to ``path`` as PNG, the same bytes each time.

    Raises OSError where ``path`` cannot be written.
    """
    rows = (*report.history[-_WINDOW:], today(report))
    draw(rows, taxonomy, path, language=report.language, complete=report.status == "complete")


def draw(
    rows: Sequence[DayRow], taxonomy: Taxonomy, path: Path | IO[bytes], *, language: str, complete: bool = True
) -> None:
    """Writes the picture of at least two observed days; the last one is marked, ``complete`` when nothing of it lacks.

    Days stand side by side as they were observed: a day that was not has no place. Each panel has its own scale, from
    zero to the category's highest share. Raises OSError where ``path`` cannot be written.
    """
    language = drawn(language)
    w = words(language)
    series = _biggest(rows, taxonomy)
    lines = -(-len(series) // _COLUMNS)
    height = _HEAD + _PANEL * max(lines, 1) + _FOOT
    figure = Figure(figsize=(WIDTH, height), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    title = w.trend_title.format(days=len(rows) - 1)
    figure.text(0.02, 1 - 0.12 / height, title, va="top", color=INK, fontproperties=font(15, "GothicBold"))
    figure.legend(
        handles=_legend(w.trend_today if complete else w.trend_today_partial, w.trend_mean),
        loc="upper left",
        bbox_to_anchor=(0.0, 1 - 0.36 / height),
        ncols=2,
        frameon=False,
        prop=font(12),
        labelcolor=INK,
        handlelength=1.4,
        columnspacing=1.4,
    )
    grid = figure.add_gridspec(
        *(max(lines, 1), _COLUMNS),
        left=0.1,
        right=0.985,
        top=1 - _HEAD / height,
        bottom=_FOOT / height,
        hspace=0.75,
        wspace=0.24,
    )
    for place, (key, counts) in enumerate(series):
        axes = figure.add_subplot(grid[place // _COLUMNS, place % _COLUMNS])
        # Of all papers of the days before, as the sentences of the report tell it: not a mean of daily shares.
        mean = _share(sum(counts[:-1]), sum(row.new for row in rows[:-1]))
        shares = [_share(count, row.new) for count, row in zip(counts, rows, strict=True)]
        _panel(axes, taxonomy[key].name(language), shares, mean)
        if place + _COLUMNS >= len(series):
            _days(axes, rows)
    figure.savefig(path, format="png", metadata={"Software": None})


def _biggest(rows: Sequence[DayRow], taxonomy: Taxonomy) -> list[tuple[str, list[int]]]:
    """(key, new papers per row) of the categories with the most papers in all rows, the biggest first."""
    series: dict[str, list[int]] = {}
    for place, row in enumerate(rows):
        for key, count in row.categories:
            series.setdefault(taxonomy[key].key, [0] * len(rows))[place] += count
    kept = [(key, series[key]) for key in taxonomy.order(series) if sum(series[key])]
    return sorted(kept, key=lambda one: -sum(one[1]))[:_MOST]


def _share(count: int, of: int) -> float:
    """Per cent; 0 of nothing."""
    return 100 * count / of if of else 0.0


def _panel(axes: Axes, name: str, shares: Sequence[float], mean: float) -> None:
    last, end, top = shares[-1], len(shares) - 1, max(shares)
    axes.plot([0, end], [mean, mean], color=_MEAN, linewidth=1.1, linestyle=(0, (3, 2)))
    axes.plot(range(len(shares)), shares, color=_LINE, linewidth=1.5, solid_joinstyle="round", clip_on=False)
    axes.plot([end], [last], marker="o", markersize=6, color=_TODAY, clip_on=False)
    beside = end + 0.035 * len(shares)
    axes.text(beside, last, percent(last), va="center", color=_TODAY, fontproperties=font(13, "GothicBold"))
    size = 12 * min(1.0, _LONGEST / columns(name))
    axes.set_title(name, loc="left", pad=2, color=INK, fontproperties=font(size))
    axes.set_xlim(-0.02 * len(shares), end + 0.24 * len(shares))
    axes.set_ylim(0, top * 1.25)
    axes.set_yticks([top], [percent(top)], color=_MEAN, fontproperties=font(10))
    axes.set_xticks([])
    axes.tick_params(length=0, pad=2)
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color("#c3c9cf")
    axes.spines["bottom"].set_bounds(0, end)


def _days(axes: Axes, rows: Sequence[DayRow]) -> None:
    """The first and the last day below the last panel of a column."""
    ends = (0, len(rows) - 1)
    axes.tick_params(axis="x", pad=8)
    axes.set_xticks(ends, [f"{rows[n].day:%m-%d}" for n in ends], color=INK, fontproperties=font(11))


def _legend(today: str, mean: str) -> list[Line2D]:
    return [
        Line2D([], [], color=_TODAY, linestyle="none", marker="o", markersize=6, label=today),
        Line2D([], [], color=_MEAN, linewidth=1.1, linestyle=(0, (3, 2)), label=mean),
    ]
