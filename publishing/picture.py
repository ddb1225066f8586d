"""The picture that heads a report: how the papers of the day are spread over the categories."""

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import IO, Literal

from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

from domain.languages import find
from domain.reports import Report
from domain.taxonomy import Taxonomy

from .tally import CategoryTally, tallies
from .words import PageWords, words

WIDTH, DPI = 6.0, 180
"""Inches and dots per inch: as many pixels across as a phone has, so that 13 points can be read on one."""
_ROW = 0.48
"""Inches per category."""
INK = "#1f2933"
_COLOURS = ("#1f5a94", "#8fbbe3", "#e2a15f", "#c3c9cf")
"""Of the told, quoted, listed and returning papers; told apart without seeing red or green."""
_COLUMNS = 24
"""Latin letters in one line of a category's name."""


def distribution(report: Report, taxonomy: Taxonomy, path: Path | IO[bytes]) -> None:
    """Writes the picture of ``report`` to ``path`` as PNG, the same bytes for the same report.

    A day without papers gets a picture that says so. Raises OSError where ``path`` cannot be written.
    """
    language = drawn(report.language)
    w = words(language)
    rows = sorted(tallies(report, taxonomy), key=lambda row: row.total, reverse=True)
    title = w.picture_title.format(day=report.day.isoformat(), total=sum(row.total for row in rows))
    figure = Figure(figsize=(WIDTH, 1.3 + _ROW * (len(rows) or 2)), dpi=DPI, layout="constrained", facecolor="white")
    FigureCanvasAgg(figure)
    figure.suptitle(title, x=0.02, horizontalalignment="left", color=INK, fontproperties=font(16, "GothicBold"))
    axes = figure.add_subplot()
    axes.set_frame_on(False)
    axes.set_xticks([])
    axes.set_yticks([])
    if rows:
        _bars(axes, rows, [_name(row, taxonomy, language, w) for row in rows], w)
    else:
        axes.text(0.5, 0.5, w.picture_empty, ha="center", va="center", color=INK, fontproperties=font(18))
    figure.savefig(path, format="png", metadata={"Software": None})


def _bars(axes: Axes, rows: list[CategoryTally], names: list[str], w: PageWords) -> None:
    kinds = (
        (w.told, [len(row.told) for row in rows]),
        (w.told_quoted, [len(row.quoted) for row in rows]),
        (w.told_listed, [len(row.listed) for row in rows]),
        (w.told_returning, [len(row.returning) for row in rows]),
    )
    places = range(len(rows))
    starts = [0] * len(rows)
    for (label, counts), colour in zip(kinds, _COLOURS, strict=True):
        if any(counts):
            axes.barh(places, counts, left=starts, height=0.66, color=colour, label=f"{label} {sum(counts)}")
        starts = [start + count for start, count in zip(starts, counts, strict=True)]
    longest = max(starts)
    for place, total in zip(places, starts, strict=True):
        axes.text(
            total + longest * 0.015, place, str(total), va="center", color=INK, fontproperties=font(13, "GothicBold")
        )
    axes.set_yticks(places, names, color=INK, fontproperties=font(13), linespacing=1.2, va="center")
    axes.tick_params(axis="y", length=0)
    axes.set_xlim(0, longest * 1.1)
    axes.set_ylim(len(rows) - 0.5, -0.5)
    axes.legend(
        loc="lower right",
        bbox_to_anchor=(1.0, 1.0),
        ncols=2,
        frameon=False,
        prop=font(12),
        labelcolor=INK,
        borderaxespad=0.2,
        handlelength=1.0,
        columnspacing=1.2,
    )


def _name(row: CategoryTally, taxonomy: Taxonomy, language: str, w: PageWords) -> str:
    """The category's name, in two lines where one would be too long."""
    name = taxonomy[row.category].name(language) if row.category else w.no_category
    if columns(name) <= _COLUMNS or " " not in name:
        return name
    parts = name.split()
    cut = min(range(1, len(parts)), key=lambda n: max(columns(" ".join(parts[:n])), columns(" ".join(parts[n:]))))
    return " ".join(parts[:cut]) + "\n" + " ".join(parts[cut:])


def columns(text: str) -> int:
    """How wide a text is, in Latin letters; a Hangul syllable is as wide as two."""
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def drawn(language: str) -> str:
    """The language in which a report's pictures are lettered: English where their font lacks its letters."""
    return language if find(language).drawn else "en"


def font(size: float, weight: Literal["Gothic", "GothicBold"] = "Gothic") -> FontProperties:
    """A font that has Hangul, in points."""
    return FontProperties(fname=_fonts() / f"Nanum{weight}.ttf", size=size)


@cache
def _fonts() -> Path:
    """The folder of the Hangul fonts. Importing the package that ships them would change pyplot for everyone."""
    spec = find_spec("koreanize_matplotlib")
    if spec is None or not spec.submodule_search_locations:
        raise ModuleNotFoundError("the Hangul font is missing: install the package koreanize-matplotlib")
    return Path(spec.submodule_search_locations[0], "fonts")
