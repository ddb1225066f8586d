"""The pages beside the days: papers, categories, the archive, trends, search, and what this is."""

from calendar import Calendar
from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from publishing.links import addresses, votes
from publishing.page import Page

from . import charts, paths
from .archive import WINDOW, Card, Listed, newest_first
from .days import exam_in_words, left
from .pictures import trend_text
from .render import render
from .site import Site, Way
from .telling import Teller, sentences

NEWEST = 60
"""Papers on the page of a category; its months have all of them."""
RECENT = 7
"""Days whose trends are told again."""


def paper(site: Site, paper_id: str) -> str:
    """Everything that the site has of one paper: what was told last, its abstract, its days and relatives."""
    here, archive = paths.paper(paper_id), site.archive
    days = archive.papers[paper_id]
    pages = {one.day: archive.page(archive.by_day[one.day]) for one in days}
    # What was written of it says more than what was quoted, and that more than its title.
    items = {day: page.items[paper_id] for day, page in pages.items() if paper_id in page.items}
    told_on = max(items, key=lambda day: (not items[day].quoted, day), default=days[-1].day)
    page = pages[told_on]
    teller, record, w = Teller(Way(site, here), page), page.paper(paper_id), site.words
    block = teller.block(paper_id) if paper_id in page.items else None
    again = next((one for one in page.report.returning if one.paper_id == paper_id and one.line), None)
    claims = page.told.get(paper_id, ())
    held = sentences(record, claims)
    return render(
        "paper.html",
        site,
        here,
        title=record.title,
        description=days[-1].heading,
        section="",
        paper=record,
        category=page.categories[paper_id],
        links=addresses(record, w),
        remarks=votes(record, w),
        block=block,
        told_on=told_on,
        returned=teller.line(again.line, "e-returned", paper_id) if again and again.line else None,
        sentences=held,
        cited=any(one.cited for one in held),
        continues=[teller.continued(fact) for fact in _continuing(page, paper_id)],
        continued_by=archive.continued.get(paper_id, ()),
        last_day=days[-1].day,
        days=days,
        seen_in={one.day: ", ".join(map(w.source, one.sources)) for one in days},
        changes=[left(page, change) for change in page.report.changes if change.paper_id == paper_id],
    )


def _continuing(page: Page, paper_id: str) -> Iterator[Any]:
    for fact in page.report.facts:
        if fact.kind == "continuing" and fact.papers[:1] == (paper_id,):
            yield fact


def category(site: Site, key: str, month: str = "") -> str:
    """The newest papers of a category, or all of one month."""
    held = site.archive.firsts.get(key, ())
    months = {name: list(papers) for name, papers in groupby(held, key=lambda one: f"{one.day:%Y-%m}")}
    shown = months[month] if month else held[-NEWEST:]
    found, s = site.taxonomy[key], site.own_words
    name = found.name(site.language)
    title = s.in_month.format(name=name, month=site.month_name(month)) if month else name
    return render(
        "category.html",
        site,
        paths.category(key, month),
        title=title,
        description=s.to_category.format(name=name),
        section="",
        category=found,
        month=month,
        this_month=month,
        total=len(shown) if month else len(held),
        days=_by_day(shown),
        months=list(reversed(months)),
        categories=list(site.archive.firsts),
    )


def _by_day(papers: Sequence[Listed]) -> list[tuple[date, list[Listed]]]:
    """The newest day first, and in it what most people liked."""
    days = groupby(reversed(papers), key=lambda one: one.day)
    return [(day, sorted(held, key=lambda one: -one.votes)) for day, held in days]


class Cell(NamedTuple):
    """One day of a calendar."""

    day: date
    within: bool
    """It belongs to the month."""
    card: Card | None
    unread: bool


def _weeks(site: Site, month: str) -> list[list[Cell]]:
    year, number = map(int, month.split("-"))
    unread = {day for day, _ in site.archive.unread}
    return [
        [
            Cell(day, within := day.month == number, site.archive.by_day.get(day) if within else None, day in unread)
            for day in week
        ]
        for week in Calendar().monthdatescalendar(year, number)
    ]


def archive(site: Site) -> str:
    """All days as calendars, the newest month first."""
    s = site.own_words
    months = sorted({*site.archive.months, *(f"{day:%Y-%m}" for day, _ in site.archive.unread)}, reverse=True)
    years = [(year, [(m, _weeks(site, m)) for m in held]) for year, held in groupby(months, key=lambda m: m[:4])]
    return render(
        "archive.html",
        site,
        paths.ARCHIVE,
        title=s.archive,
        description=s.archive_lead,
        section="archive",
        months=years,
        unread=site.archive.unread,
        categories=list(site.archive.firsts),
    )


def month(site: Site, name: str) -> str:
    """One month: its calendar and what each day was about."""
    months = list(site.archive.months)
    place = months.index(name)
    return render(
        "month.html",
        site,
        paths.month(name),
        title=site.month_name(name),
        description=site.own_words.archive_lead,
        section="archive",
        name=name,
        weeks=_weeks(site, name),
        cards=newest_first(site.archive.months[name]),
        before=months[place - 1] if place else "",
        after=months[place + 1] if place + 1 < len(months) else "",
    )


def trends(site: Site) -> str:
    """The last observed days, and which changes were told lately."""
    s, way = site.own_words, Way(site, paths.TRENDS)
    rows = site.archive.observed[-WINDOW - 1 :]
    drawn = charts.trend(rows, site.taxonomy) if len(rows) > 1 else None
    recent: list[tuple[date, list[Any]]] = []
    for card in newest_first(site.archive.cards[-RECENT:]):
        page = site.archive.page(card)
        teller = Teller(way, page)
        if told := [teller.line(claim, f"e-{card.day}-{n}") for n, claim in enumerate(page.flow)]:
            recent.append((card.day, told))
    return render(
        "trends.html",
        site,
        paths.TRENDS,
        title=s.trends,
        description=s.trends_lead,
        section="trends",
        trend=drawn,
        trend_text=trend_text(site, drawn) if drawn else "",
        recent=recent,
        observed=len(rows[-RECENT:]),
        categories=list(site.archive.firsts),
    )


def search(site: Site) -> str:
    s = site.own_words
    return render("search.html", site, paths.SEARCH, title=s.search, description=s.search_lead, section="search")


def about(site: Site) -> str:
    """How a report is made and checked, and how that went."""
    s, cards = site.own_words, site.archive.cards
    pages = [site.archive.page(card) for card in newest_first(cards[-WINDOW:])]
    judged = next((page.report for page in pages if page.report.judge), None)
    exam = judged.judge if judged else None
    recent = newest_first(cards[-14:])
    sources = list(dict.fromkeys(one.source for card in recent for one in card.health))
    record = s.record.format(
        days=len(cards),
        papers=len(site.archive.papers),
        lines=sum(card.lines for card in cards),
        mended=sum(card.mended for card in cards),
        left_out=sum(card.left_out for card in cards),
    )
    return render(
        "about.html",
        site,
        paths.ABOUT,
        title=s.about,
        description=s.about_lead,
        section="about",
        exam=exam,
        exam_day=judged.day if judged else None,
        exam_in_words=exam_in_words(s, exam) if exam else "",
        missed=Markup('<span lang="en">{}</span>').format(", ".join(dict.fromkeys(exam.missed))) if exam else "",
        record=record,
        health=[
            (card, [next((one for one in card.health if one.source == name), None) for name in sources])
            for card in recent
        ],
        health_sources=sources,
        made=list(dict.fromkeys(item.made_by for page in pages for item in page.report.items if item.made_by)),
    )
