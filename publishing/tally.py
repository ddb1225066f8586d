"""How the papers of a day are spread over the categories: what the picture shows."""

from collections import Counter

from domain.reports import Report
from domain.taxonomy import Taxonomy
from domain.trends import DayRow
from domain.value import Value
from domain.volume import FEWEST


class CategoryTally(Value):
    """Ids of one category's papers by what became of them; ``category`` is None for papers that were not filed."""

    category: str | None
    told: tuple[str, ...] = ()
    quoted: tuple[str, ...] = ()
    """Told in sentences of their abstracts."""
    listed: tuple[str, ...] = ()
    returning: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return len(self.told) + len(self.quoted) + len(self.listed) + len(self.returning)


def tallies(report: Report, taxonomy: Taxonomy) -> tuple[CategoryTally, ...]:
    """One tally per category that has papers, in the taxonomy's order, and one for papers that were not filed, if
    any."""
    again = {paper.paper_id for paper in report.returning}
    items = {item.paper_id: item.quoted for item in report.items}
    places = {filing.paper_id: taxonomy[filing.category].key for filing in report.filings}
    rows: list[CategoryTally] = []
    for key in (*(category.key for category in taxonomy.all), None):
        held = [paper.id for paper in report.papers if places.get(paper.id) == key]
        rows.append(
            CategoryTally(
                category=key,
                told=tuple(id for id in held if items.get(id) is False),
                quoted=tuple(id for id in held if items.get(id) is True),
                listed=tuple(id for id in held if id not in items and id not in again),
                returning=tuple(id for id in held if id in again),
            )
        )
    return tuple(row for row in rows if row.total)


def shows_trend(report: Report) -> bool:
    """Whether the days before are drawn: there are enough of them, and there are papers today."""
    return bool(report.papers) and len(report.history) >= FEWEST


def today(report: Report) -> DayRow:
    """The report's own row beside those of its history: the papers that are new, by category."""
    again = {paper.paper_id for paper in report.returning}
    counts = Counter(filing.category for filing in report.filings if filing.paper_id not in again)
    return DayRow(day=report.day, new=counts.total(), categories=tuple(sorted(counts.items())))


def percent(share: float) -> str:
    """A share in per cent as it is printed: without a point from 10 on."""
    return f"{share:.0f}%" if share >= 10 or not share else f"{share:.1f}%"
