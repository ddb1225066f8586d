"""The page of a day, and the home page: the newest day, within a bound of its size."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from domain.exams import Exam
from domain.items import Change
from publishing.fold import changed, changed_about
from publishing.page import Page
from publishing.shapes.quoted import order
from publishing.status import footing, minutes, missing
from publishing.words import counted

from . import paths
from .archive import WINDOW, Card
from .pictures import pictures
from .render import render
from .site import Site, Way
from .telling import Block, PrintedLine, Teller
from .words import SiteWords

LIMIT, ROOM = 97_000, 50_000
"""Bytes of the home page, and of its items where the whole day would exceed it: what has no room then is named there
and told on the page of its day."""
NAMED = 40
"""Papers that the home page names without telling them; of a greater day the page of the day has the others."""
EARLIER = 5
"""Days that the home page names."""


class PrintedGroup(NamedTuple):
    """Items under one heading, printed already."""

    title: str
    blocks: tuple[Block, ...]
    html: tuple[Markup, ...]


class PaperLink(NamedTuple):
    """A paper in a list: what it is headed by, and the way to it."""

    paper_id: str
    heading: str
    foreign: bool
    name: str
    href: str
    reasons: tuple[str, ...] = ()


class Left(NamedTuple):
    """A line that was mended or left out."""

    what: str
    about: tuple[str, ...]
    before: str
    after: str
    why: str
    rule: str


def day(site: Site, card: Card) -> str:
    return _page(site, card, paths.day(card.day), Cut())


def home(site: Site) -> str:
    """The newest report; where there is none, a word."""
    if site.newest is None:
        return render(
            "archive.html",
            site,
            paths.HOME,
            **{"title": site.own_words.today, "description": site.own_words.about_lead, "section": "today"},
            **{"months": (), "unread": site.archive.unread, "categories": ()},
        )
    for cut in (Cut(), Cut(folds=False), Cut(folds=False, map=False), Cut(folds=False, map=False, room=ROOM)):
        text = _page(site, site.newest, paths.HOME, cut)
        if len(text.encode()) <= LIMIT:
            break
    return text


class Cut(NamedTuple):
    """How much of a day is printed: all of it, or less on the home page, where that would exceed its bound."""

    folds: bool = True
    """The abstracts of papers that are quoted."""
    map: bool = True
    room: int | None = None
    """Bytes of items; the others are named."""


def _page(site: Site, card: Card, here: str, cut: Cut) -> str:
    page, way, is_home = site.archive.page(card), Way(site, here), here == paths.HOME
    teller, report, w, s = Teller(way, page), page.report, site.words, site.own_words
    groups, rest = _groups(teller, cut)
    bare = [paper.id for paper in page.new if paper.id not in page.items]
    whole = cut.room is None or len(rest) + len(bare) <= NAMED
    before, after = site.archive.beside(card.day)
    elsewhere = {line.paper_id for line in rest}

    def at(paper_id: str) -> str:
        """Where a paper of the day is told: on this page, or on the whole one."""
        return way.day(report.day, paper_id) if paper_id in elsewhere else f"#p-{paths.slug(paper_id)}"

    return render(
        "day.html",
        site,
        here,
        title=s.today if is_home else w.day(report.day),
        description=card.headline or " · ".join(counts(page, teller)),
        section="today" if is_home else "archive",
        is_home=is_home,
        report=report,
        card=card,
        before=before,
        after=after,
        counts=list(counts(page, teller)),
        missing=list(missing(page)) if report.status != "complete" else [],
        checked=" · ".join(footing(page)) if page.told else "",
        nothing=w.nothing[report.status],
        last_full=_last_full(site, card),
        for_you=list(for_you(site, page, at)),
        **opening(teller, at),
        glance=list(_glance(teller)) if report.quoted and not is_home else [],
        groups=groups,
        is_cut=cut != Cut(),
        rest=rest[:NAMED],
        rest_title=counted(s.rest, len(rest) + (0 if whole else len(bare))),
        threads=[teller.story(story, f"e-t{n}") for n, story in enumerate(page.threads)],
        returning=list(returning(teller)),
        flow=[teller.line(claim, f"e-f{n}") for n, claim in enumerate(page.flow)],
        listed=list(listed(page, way, bare)) if whole else [],
        withdrawn=list(withdrawn(teller)),
        earlier=list(reversed(site.archive.before(card.day, EARLIER))) if is_home else [],
        **record(site, page),
        **pictures(site, page, way, with_map=cut.map),
    )


def record(site: Site, page: Page) -> dict[str, Any]:
    """What ``record.html`` is told: changes, model and judge."""
    report, s = page.report, site.own_words
    mended = sum(1 for change in report.changes if change.after)
    numbers = [counted(s.mended, mended)] if mended else []
    numbers += [counted(s.left_out, len(report.changes) - mended)] if len(report.changes) > mended else []
    return {
        "changes_summary": " · ".join(numbers) or s.nothing_changed,
        "changes": [left(page, change) for change in report.changes],
        "model": report.model,
        "made": tuple(dict.fromkeys(item.made_by for item in report.items if item.made_by)),
        "judge": exam_in_words(s, report.judge) if report.judge else s.no_judge,
    }


def left(page: Page, change: Change) -> Left:
    rule = page.words.rule.format(name=change.rule) if change.rule else ""
    return Left(
        changed(change, page.words),
        tuple(changed_about(page, change)),
        change.before,
        change.after,
        change.why,
        rule,
    )


def exam_in_words(s: SiteWords, exam: Exam) -> str:
    numbers = {"planted": exam.planted, "caught": exam.caught, "right": exam.right, "passed": exam.passed}
    return s.judge_passed.format(model=exam.model, prompt=exam.prompt, **numbers)


def counts(page: Page, teller: Teller) -> Iterator[str]:
    w, report = page.words, page.report
    if page.new:
        yield counted(w.new, len(page.new))
    if report.returning:
        yield counted(w.returning_count, len(report.returning))
    if report.papers:
        told = (claim.text for claims in page.told.values() for claim in claims)
        stories = (claim.text for story in page.opening for claim in (story.headline, story.text) if claim)
        yield counted(w.minutes, minutes([*told, *stories]))


def _last_full(site: Site, card: Card) -> Card | None:
    held = (one for one in reversed(site.archive.before(card.day, WINDOW)) if one.papers)
    return next(held, None) if not card.papers else None


At = Callable[[str], str]
"""Where a paper of the day is told, by its id."""


def for_you(site: Site, page: Page, at: At) -> Iterator[PaperLink]:
    s = site.own_words
    for paper in page.new:
        if found := site.why(page, paper.id):
            reasons = tuple(
                s.reasons[one.kind].format(what=page.category_name(one.what) if one.kind == "category" else one.what)
                for one in found
            )
            yield _paper_link(page, paper.id, at(paper.id), reasons)


def _paper_link(page: Page, paper_id: str, href: str, reasons: tuple[str, ...] = ()) -> PaperLink:
    hook = next((claim.text for claim in page.told.get(paper_id, ()) if claim.role == "hook"), "")
    name, title = page.name(paper_id), page.paper(paper_id).title
    return PaperLink(paper_id, hook or title, not hook, name if name != title else "", href, reasons)


def opening(teller: Teller, at: At) -> dict[str, Any]:
    """The day in paragraphs and the papers to read first. A paragraph is sentences that run on, or a headline with its
    text (``headed``) and the paper to read that it begins with."""
    leads = {lead["id"]: lead for lead in _leads(teller, at)}
    paragraphs: list[dict[str, Any]] = []
    numbered = [(n, story) for n, story in enumerate(teller.page.overview)]
    for headed, stories in groupby(numbered, key=lambda held: held[1].text is not None):
        told = [(teller.story(story, f"e-o{n}"), story.papers[0]) for n, story in stories]
        if headed:
            paragraphs += [{"headed": True, "lines": lines, "lead": leads.pop(id, None)} for lines, id in told]
        else:
            paragraphs.append({"headed": False, "lines": [one for lines, _ in told for one in lines], "lead": None})
    return {"overview": paragraphs, "leads": list(leads.values())}


def _leads(teller: Teller, at: At) -> Iterator[dict[str, Any]]:
    page = teller.page
    for n, lead in enumerate(page.leads):
        story = teller.line(lead.story, f"e-l{n}", lead.paper_id) if lead.story else None
        why = teller.line(lead.why, f"e-w{n}", lead.paper_id) if lead.why else None
        yield {
            "id": lead.paper_id,
            "name": page.name(lead.paper_id),
            "href": at(lead.paper_id),
            "story": story,
            "why": why,
            "lines": [told for told in (story, why) if told],
        }


def _glance(teller: Teller) -> Iterator[dict[str, Any]]:
    page = teller.page
    for id in order(page):
        told, tags = teller.glance(id)
        yield {
            "href": f"#p-{paths.slug(id)}",
            "title": page.paper(id).title,
            "clause": told,
            "category": page.category_name(page.categories[id]),
            "tags": tags,
        }


def ordered(teller: Teller) -> Iterable[tuple[str, Sequence[str]]]:
    """(title, ids of items) of the day's groups; a day without a model is one list, what most people liked first."""
    page = teller.page
    if not page.report.quoted:
        return page.groups
    return [(teller.s.papers, order(page))] if page.items else []


def _groups(teller: Teller, cut: Cut) -> tuple[list[PrintedGroup], list[PaperLink]]:
    """The items in their groups, printed, as far as there is room; and the other ones."""
    page, way = teller.page, teller.way
    groups: list[PrintedGroup] = []
    rest: list[PaperLink] = []
    used = 0
    for title, ids in ordered(teller):
        blocks, printed = list[Block](), list[Markup]()
        for id in ids:
            block = teller.block(id) if cut.folds else teller.block(id)._replace(abstract=())
            text = render("item.html", teller.site, way.here, block=block)
            used += len(text.encode())
            if cut.room is not None and used > cut.room and (groups or blocks):
                rest.append(_paper_link(page, id, way.day(page.report.day, id)))
            else:
                blocks.append(block)
                printed.append(Markup(text))  # noqa: S704  made by a template, with everything in it escaped
        if blocks:
            groups.append(PrintedGroup(title, tuple(blocks), tuple(printed)))
    return groups, rest


def returning(teller: Teller) -> Iterator[dict[str, Any]]:
    page, way, w = teller.page, teller.way, teller.w
    for n, one in enumerate(page.report.returning):
        paper = page.paper(one.paper_id)
        line: PrintedLine | None = teller.line(one.line, f"e-r{n}", one.paper_id) if one.line else None
        sources = ", ".join(w.source(name) for name in paper.sources)
        yield {
            "id": one.paper_id,
            "slug": paths.slug(one.paper_id),
            "href": way.paper(one.paper_id),
            "name": one.name or paper.title,
            "foreign": not one.name or one.name == paper.title,
            "day": teller.day(one.first_day),
            "day_href": way.day(one.first_day, one.paper_id),
            "line": line,
            "brought": w.brought_back.format(sources=sources) if sources else "",
        }


def listed(page: Page, way: Way, ids: Iterable[str]) -> Iterator[tuple[str, list[dict[str, str]]]]:
    for key, held in page.by_category(ids).items():
        yield (
            key,
            [
                {"slug": paths.slug(id), "href": way.paper(id) or page.paper(id).url, "title": page.paper(id).title}
                for id in held
            ],
        )


def withdrawn(teller: Teller) -> Iterator[dict[str, Any]]:
    for one in teller.page.report.withdrawn:
        since = one.first_day
        yield {
            "url": one.url,
            "title": one.title,
            "note": one.note,
            "day": teller.day(since) if since else "",
            "day_href": teller.way.day(since, one.paper_id) if since else "",
        }
