"""How the papers of a day are spread over the report: counted the same way in the text and in the picture."""

from collections import Counter

from domain.reports import Report
from domain.taxonomy import Taxonomy
from domain.trends import DayRow
from domain.value import Value
from domain.volume import FEWEST


class Tally(Value):
    """Ids of one category's papers by what became of them; ``category`` is None for papers that have no place."""

    category: str | None
    synthesised: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    """New papers of a category that could not be written."""
    repeated: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        return len(self.synthesised) + len(self.listed) + len(self.missing) + len(self.repeated)


def tallies(report: Report, taxonomy: Taxonomy) -> tuple[Tally, ...]:
    """One tally per category that has papers, in the taxonomy's order, and one for papers without a place, if any."""
    keys = {taxonomy[s.category].key for s in report.sections} | {taxonomy[g.category].key for g in report.gaps}
    rows: list[Tally] = []
    for key in taxonomy.order(keys):
        sections = [s for s in report.sections if taxonomy[s.category].key == key]
        gaps = [g for g in report.gaps if taxonomy[g.category].key == key]
        rows.append(
            Tally(
                category=key,
                synthesised=tuple(id for s in sections for id in s.papers),
                listed=tuple(id for s in sections for id in s.also),
                missing=tuple(id for g in gaps for id in g.papers),
                repeated=tuple(r.paper_id for part in (*sections, *gaps) for r in part.repeats),
            )
        )
    rows.append(Tally(category=None, listed=unplaced(report)))
    return tuple(row for row in rows if row.total)


def unplaced(report: Report) -> tuple[str, ...]:
    """Ids of the day's papers that no section and no gap names; they are printed all the same."""
    placed = {id for s in report.sections for id in (*s.papers, *s.also, *(r.paper_id for r in s.repeats))}
    placed |= {id for g in report.gaps for id in (*g.papers, *(r.paper_id for r in g.repeats))}
    return tuple(p.id for p in report.papers if p.id not in placed)


def shows_trend(report: Report) -> bool:
    """Whether the days before are drawn: there are enough of them, and there are papers today."""
    return bool(report.papers) and len(report.history) >= FEWEST


def today(report: Report) -> DayRow:
    """The report's own row beside those of its history: the papers that are no repeats, by category."""
    again = {r.paper_id for part in (*report.sections, *report.gaps) for r in part.repeats}
    counts = Counter(filing.category for filing in report.filings if filing.paper_id not in again)
    return DayRow(day=report.day, new=counts.total(), categories=tuple(sorted(counts.items())))
