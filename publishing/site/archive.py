"""All published days at once: what each one holds in a line, and how its papers come again and are continued."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, lru_cache
from pathlib import Path
from typing import NamedTuple

from domain.kinds import Status
from domain.languages import HOME
from domain.reports import Health, Report
from domain.taxonomy import Taxonomy
from domain.trends import DayRow
from publishing.files import PublishError, published, read_report
from publishing.page import Page
from publishing.tally import today

WINDOW = 28
"""Observed days that trends look back on."""


class Listed(NamedTuple):
    """One paper on one day."""

    paper_id: str
    day: date
    title: str
    name: str
    """What the page calls it; its title where nobody named it."""
    hook: str
    """Its finding in a line; empty where none is told."""
    category: str
    votes: int
    sources: tuple[str, ...]
    again: bool
    """It came on an earlier day too."""
    quoted: bool

    @property
    def heading(self) -> str:
        return self.hook or self.title


@dataclass(frozen=True)
class Card:
    """One published day, in little."""

    day: date
    path: Path
    checksum: str
    """Of the report's bytes: whatever is made from the day is made anew when it changes."""
    status: Status
    model: str
    quoted: bool
    headline: str
    """What the day was about, in a line; empty where nobody said it."""
    papers: tuple[Listed, ...]
    row: DayRow | None
    """What trends count of it; only a complete day with papers is observed."""
    continues: tuple[tuple[str, str], ...]
    """(paper, earlier paper)"""
    lines: int
    """Lines of the page that were checked and stand."""
    mended: int
    left_out: int
    health: tuple[Health, ...]

    @property
    def month(self) -> str:
        return f"{self.day:%Y-%m}"

    @property
    def new(self) -> int:
        return sum(1 for paper in self.papers if not paper.again)


@dataclass(frozen=True)
class Archive:
    """The days of one language, the oldest first."""

    language: str
    taxonomy: Taxonomy
    cards: tuple[Card, ...]
    unread: tuple[tuple[date, str], ...] = ()
    """Days whose report is there and cannot be read, and why."""

    @cached_property
    def by_day(self) -> dict[date, Card]:
        return {card.day: card for card in self.cards}

    @cached_property
    def papers(self) -> dict[str, tuple[Listed, ...]]:
        """Each paper with the days on which it came, the oldest first."""
        found: dict[str, list[Listed]] = {}
        for card in self.cards:
            for paper in card.papers:
                found.setdefault(paper.paper_id, []).append(paper)
        return {id: tuple(days) for id, days in found.items()}

    @cached_property
    def continued(self) -> dict[str, tuple[Listed, ...]]:
        """The later papers that take up the subject of an earlier one."""
        found: dict[str, list[Listed]] = {}
        for card in self.cards:
            held = {paper.paper_id: paper for paper in card.papers}
            for later, earlier in card.continues:
                if later in held:
                    found.setdefault(earlier, []).append(held[later])
        return {id: tuple(papers) for id, papers in found.items()}

    @cached_property
    def observed(self) -> tuple[DayRow, ...]:
        return tuple(card.row for card in self.cards if card.row)

    @cached_property
    def months(self) -> dict[str, tuple[Card, ...]]:
        """The days by month (``2026-11``), the oldest first."""
        found: dict[str, list[Card]] = {}
        for card in self.cards:
            found.setdefault(card.month, []).append(card)
        return {month: tuple(cards) for month, cards in found.items()}

    @cached_property
    def firsts(self) -> dict[str, tuple[Listed, ...]]:
        """Papers by category, each on the first day on which the site has it, the oldest first."""
        found: dict[str, list[Listed]] = {}
        for days in self.papers.values():
            found.setdefault(days[0].category, []).append(days[0])
        return {key: tuple(sorted(found[key], key=lambda one: one.day)) for key in self.taxonomy.order(found)}

    @cached_property
    def _places(self) -> dict[date, int]:
        return {card.day: place for place, card in enumerate(self.cards)}

    def beside(self, day: date) -> tuple[Card | None, Card | None]:
        """The published days before and after a published one."""
        place = self._places[day]
        after = self.cards[place + 1] if place + 1 < len(self.cards) else None
        return (self.cards[place - 1] if place else None), after

    def before(self, day: date, days: int) -> tuple[Card, ...]:
        """The last ``days`` published days before a published one."""
        place = self._places[day]
        return self.cards[max(0, place - days) : place]

    def page(self, card: Card) -> Page:
        """The report of a day, read again; the last ones are kept."""
        return self._pages(card.path)

    @cached_property
    def _pages(self) -> Callable[[Path], Page]:
        def read(path: Path) -> Page:
            return Page(read_report(path), self.taxonomy)

        return lru_cache(maxsize=64)(read)


def read_archive(reports: Path, language: str, taxonomy: Taxonomy, known: Mapping[str, Card] | None = None) -> Archive:
    """Every published day of a language in the folder of all reports. ``known``: cards of before, by checksum; a report
    that has one is not read again."""
    cards: list[Card] = []
    unread: list[tuple[date, str]] = []
    for path in published(reports, language):
        try:
            checksum = hashlib.sha256(path.read_bytes()).hexdigest()[:16]
            card = (known or {}).get(checksum) or _card(Page(read_report(path), taxonomy), path, checksum)
        except (PublishError, OSError) as error:
            day = path.relative_to(reports).parts[0]
            unread.append((date.fromisoformat(day), str(error)))
        else:
            cards.append(replace(card, path=path))
    return Archive(language=language, taxonomy=taxonomy, cards=tuple(cards), unread=tuple(unread))


def languages(reports: Path) -> tuple[str, ...]:
    """Languages in which some day is published, that of the house first."""
    folders = {entry.parent.name for entry in reports.glob("*/*/report.json")} if reports.is_dir() else set[str]()
    return tuple(code for code in (HOME, *sorted(folders)) if next(published(reports, code), None))


def _card(page: Page, path: Path, checksum: str) -> Card:
    report = page.report
    claims = sum(len(claims) for id, claims in page.told.items() if not page.items[id].quoted)
    return Card(
        day=report.day,
        path=path,
        checksum=checksum,
        status=report.status,
        model=report.model,
        quoted=report.quoted,
        headline=_headline(page),
        papers=tuple(_listed(page)),
        row=today(report) if report.status == "complete" and page.new else None,
        continues=tuple(_continues(report)),
        lines=claims,
        mended=sum(1 for change in report.changes if change.after),
        left_out=sum(1 for change in report.changes if not change.after),
        health=report.health,
    )


def _headline(page: Page) -> str:
    if page.opening:
        return page.opening[0].headline.text
    return next((lead.story.text for lead in page.leads if lead.story), "")


def _listed(page: Page) -> Iterator[Listed]:
    for paper in page.report.papers:
        item, again = page.items.get(paper.id), page.returning.get(paper.id)
        told = page.told.get(paper.id, ())
        line = again.line.text if again and again.line else ""
        yield Listed(
            paper_id=paper.id,
            day=page.report.day,
            title=paper.title,
            name=page.name(paper.id),
            hook=next((claim.text for claim in told if claim.role == "hook"), line),
            category=page.categories[paper.id],
            votes=paper.votes,
            sources=paper.sources,
            again=again is not None,
            quoted=item is None or item.quoted,
        )


def _continues(report: Report) -> Iterator[tuple[str, str]]:
    for fact in report.facts:
        if fact.kind == "continuing" and len(fact.papers) > 1:
            yield fact.papers[0], fact.papers[1]


def newest_first(cards: Iterable[Card]) -> Sequence[Card]:
    return sorted(cards, key=lambda card: card.day, reverse=True)
