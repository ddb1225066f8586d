"""What the pictures of a day's page are told: geometry, names, links, and the sentences that stand for them."""

from collections.abc import Sequence
from datetime import date
from typing import Any, NamedTuple

from publishing.page import Page
from publishing.tally import shows_trend, today
from publishing.words import counted

from . import charts, maps
from .archive import WINDOW, Listed
from .site import Site, Way

_NO_MAP: dict[str, Any] = {"map": None, "map_rows": [], "map_missing": ""}


class Near(NamedTuple):
    """The nearest earlier paper of one of today's."""

    x: float
    y: float
    hue: int
    name: str
    foreign: bool
    href: str
    day: date
    likeness: float


class PaperOnMap(NamedTuple):
    """One of today's papers on the map."""

    x: float
    y: float
    hue: int
    name: str
    foreign: bool
    """The name is its title, in the paper's language."""
    href: str
    category: str
    near: Near | None

    @property
    def key(self) -> tuple[int, str]:
        return self.hue, self.category


def pictures(site: Site, page: Page, way: Way, *, with_map: bool) -> dict[str, Any]:
    """What ``charts.html`` is told of a day. The map has a row for each paper, for which a great day has no room."""
    report, s, w = page.report, site.own_words, site.words
    bars = charts.distribution(page)

    def bar_name(bar: charts.Bar) -> str:
        return page.category_name(bar.category) if bar.category else w.no_category

    rows = ", ".join(s.distribution_one.format(name=bar_name(bar), total=bar.total) for bar in bars)
    kinds = (
        ("told", w.told),
        ("quoted", w.told_quoted),
        ("listed", w.told_listed),
        ("returning", w.told_returning),
    )
    there = {part.kind for bar in bars for part in bar.parts}
    drawn = charts.trend((*report.history[-WINDOW:], today(report)), site.taxonomy) if shows_trend(report) else None
    return {
        "bars": bars,
        "bar_name": bar_name,
        "kinds": [kind for kind in kinds if kind[0] in there],
        "distribution_text": s.distribution_text.format(rows=rows),
        "trend": drawn,
        "trend_text": trend_text(site, drawn) if drawn else "",
        **(_map(site, page, way) if with_map else _NO_MAP),
    }


def trend_text(site: Site, trend: charts.Trend) -> str:
    """The text alternative of the trends' picture."""
    s, mean = site.own_words, site.words.trend_mean
    rows = ", ".join(
        f"{site.taxonomy[panel.category].name(site.language)} {panel.shares[-1]:g}% ({mean} {panel.mean:g}%)"
        for panel in trend.panels
    )
    return s.trend_text.format(days=len(trend.days) - 1, day=trend.days[-1], rows=rows)


def _map(site: Site, page: Page, way: Way) -> dict[str, Any]:
    earlier = {
        paper.paper_id: paper
        for card in site.archive.before(page.report.day, WINDOW)
        for paper in card.papers
        if not paper.again
    }
    ids = [id for _, held in page.groups for id in held]
    ids += [paper.id for paper in page.new if paper.id not in page.items]
    drawn = maps.chart(ids[: maps.MOST], list(earlier), site.vectors)
    if drawn is None:
        return _NO_MAP
    rows = _rows(site, page, way, drawn, earlier)
    missing = len(ids) - len(rows)
    told = counted(site.own_words.map_missing, missing) if missing else ""
    return {"map": drawn, "map_rows": rows, "map_missing": told}


def _rows(site: Site, page: Page, way: Way, drawn: maps.Map, earlier: dict[str, Listed]) -> Sequence[PaperOnMap]:
    near = {point.near: point for point in drawn.earlier}
    rows: list[PaperOnMap] = []
    for point in drawn.today:
        id, name = point.paper_id, page.name(point.paper_id)
        beside: Near | None = None
        if held := near.get(id):
            old = earlier[held.paper_id]
            beside = Near(
                *(held.x, held.y, site.hues[old.category], old.name, old.name == old.title),
                *(way.paper(old.paper_id), old.day, held.likeness),
            )
        rows.append(
            PaperOnMap(
                *(point.x, point.y, site.hues[page.categories[id]], name, name == page.paper(id).title),
                *(way.paper(id), page.category_name(page.categories[id]), beside),
            )
        )
    return rows
