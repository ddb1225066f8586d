"""The history of the evals as one HTML page: a line for each measure over the commits."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from .history import Measured, Result

WIDTH, HEIGHT = 280, 60
"""Of one plot, in pixels."""
_ENVIRONMENT = Environment(loader=FileSystemLoader(Path(__file__).parent), undefined=StrictUndefined, autoescape=True)


class Dot(NamedTuple):
    """One commit on a plot."""

    x: float
    y: float
    told: str


class Plot(NamedTuple):
    """One measure over the commits."""

    measure: str
    dots: list[Dot]
    first: str
    last: str

    @property
    def points(self) -> str:
        return " ".join(f"{dot.x:.1f},{dot.y:.1f}" for dot in self.dots)


def html(measured: Sequence[Measured], sights: Sequence[Result]) -> str:
    """The whole page. ``sights``: first sights of sets of claims, as a table."""
    series: dict[str, dict[str, list[tuple[str, float]]]] = defaultdict(lambda: defaultdict(list))
    for one in measured:
        for name, value in one.values.items():
            series[f"{one.eval} {one.model}".strip()][name].append((f"{one.commit} {one.day}", value))
    plots = {eval: [_plot(name, values) for name, values in held.items()] for eval, held in series.items()}
    return _ENVIRONMENT.get_template("history.html.j2").render(plots=plots, sights=sights, width=WIDTH, height=HEIGHT)


def _plot(measure: str, values: Sequence[tuple[str, float]]) -> Plot:
    numbers = [value for _, value in values]
    low, spread = min(numbers), (max(numbers) - min(numbers)) or 1.0
    step = (WIDTH - 20) / max(len(values) - 1, 1)
    dots = [
        Dot(10 + place * step, HEIGHT - 10 - (HEIGHT - 20) * (value - low) / spread, f"{when}: {value:,.4g}")
        for place, (when, value) in enumerate(values)
    ]
    return Plot(measure, dots, f"{numbers[0]:,.4g}", f"{numbers[-1]:,.4g}")
