"""A day as it is read elsewhere than on its page, in a feed or a mail: the whole text, in HTML that needs no style."""

from collections.abc import Iterable, Iterator
from functools import cache
from textwrap import shorten
from typing import Any, NamedTuple

from jinja2 import Environment

from domain.papers import one_line
from domain.sentences import sentences
from publishing.escape import address
from publishing.page import Page
from publishing.status import footing, missing

from .archive import Card
from .days import At, counts, for_you, listed, opening, ordered, returning, withdrawn
from .render import environment, frame
from .site import Site, Way
from .telling import Block, Teller

LONGEST = 110
"""Characters of what a day was about, in a heading."""


class LetterGroup(NamedTuple):
    """Items under one heading."""

    title: str
    blocks: tuple[Block, ...]


class Quotes(NamedTuple):
    """The sentences of one abstract that carry what is told of it."""

    name: str
    sentences: tuple[str, ...]


def letter(way: Way, card: Card, category: str = "") -> str:
    """A day, or what it has of one category, as a piece of HTML. ``way`` leads to the site from where it is read; where
    it leads nowhere, the sentences that carry the text stand at its end."""
    return _render("letter.html", way, _values(way, card, category))


def plain_text(way: Way, card: Card) -> str:
    """A day as text without markup."""
    text = _plain().get_template("letter.txt").render(frame(way.site, way.here) | _values(way, card))
    return text.strip() + "\n"


def headline(site: Site, card: Card, category: str = "") -> str:
    """What a feed and a mail are headed by: the day, and what it was about, or else what most people liked."""
    held = [one for one in card.papers if not one.again and category in ("", one.category)]
    about = "" if category else card.headline
    if not about and held:
        about = max(held, key=lambda one: one.votes).heading
    day = site.words.day(card.day)
    return (
        f"{day}: {shorten(next(iter(sentences(one_line(about))), about), LONGEST, placeholder=' …')}"
        if about
        else f"{day} ({site.own_words.status[card.status]})"
    )


def summary(way: Way, card: Card, most: int = 3) -> str:
    """A day in a few lines, for a chat: how much there is, what to read first, and where."""
    page = way.site.archive.page(card)
    teller = Teller(way, page)
    lines = [headline(way.site, card), " · ".join((*counts(page, teller), *_missing(page)))]
    ids = list(
        dict.fromkeys((*(lead.paper_id for lead in page.leads), *(id for _, ids in ordered(teller) for id in ids)))
    )
    for id in ids[:most]:
        hook = next((claim.text for claim in page.told[id] if claim.role == "hook"), "")
        name = page.name(id)
        lines.append(f"• {name}: {hook}" if hook else f"• {name}")
        lines.append(way.day(card.day, id) or address(page.paper(id).url))
    if not page.report.papers:
        lines.append(way.site.words.nothing[page.report.status])
    lines.append(way.day(card.day))
    return "\n".join(shown for line in lines if (shown := one_line(line)))


def _values(way: Way, card: Card, category: str = "") -> dict[str, Any]:
    site = way.site
    page = site.archive.page(card)
    teller = Teller(way, page)
    w = site.words

    def of(ids: Iterable[str]) -> list[str]:
        return [id for id in ids if not category or page.categories[id] == category]

    groups = [
        LetterGroup(title, tuple(teller.block(id) for id in held))
        for title, ids in ordered(teller)
        if (held := of(ids))
    ]
    bare = of(paper.id for paper in page.new if paper.id not in page.items)
    again = set(of(page.returning))
    whole: dict[str, Any] = {"overview": [], "leads": []} if category else opening(teller, _told_at(way, page))
    return {
        **{"way": way, "card": card, "report": page.report, "category": category},
        **whole,
        "title": headline(site, card, category),
        "counts": list(counts(page, teller)) if not category else [],
        "missing": list(_missing(page)),
        "checked": " · ".join(footing(page)) if page.told else "",
        "nothing": "" if page.report.papers else w.nothing[page.report.status],
        "for_you": [] if category else list(for_you(site, page, _told_at(way, page))),
        "groups": groups,
        "threads": [] if category else [teller.story(story, "") for story in page.threads],
        "returning": [one for one in returning(teller) if one["id"] in again],
        "flow": [] if category else [teller.line(claim, "") for claim in page.flow],
        "listed": list(listed(page, way, bare)),
        "withdrawn": [] if category else list(withdrawn(teller)),
        "quotes": list(_quotes(teller, groups)) if way.base is None else [],
    }


def _told_at(way: Way, page: Page) -> At:
    def at(paper_id: str) -> str:
        """Where a paper of the day is told: on the site, or else its own address."""
        return way.day(page.report.day, paper_id) or page.paper(paper_id).url

    return at


def _missing(page: Page) -> Iterator[str]:
    return missing(page) if page.report.status != "complete" else iter(())


def _quotes(teller: Teller, groups: list[LetterGroup]) -> Iterator[Quotes]:
    for group in groups:
        for block in group.blocks:
            claims = () if block.quoted else teller.page.told[block.paper_id]
            own = (e for claim in claims for e in claim.evidence if e.paper_id == block.paper_id and e.sentence)
            found = dict.fromkeys(e.quote for e in sorted(own, key=lambda e: e.sentence))
            if found:
                yield Quotes(block.name or block.title, tuple(found))


def _render(template: str, way: Way, values: dict[str, Any]) -> str:
    return environment().get_template(template).render(frame(way.site, way.here) | values)


@cache
def _plain() -> Environment:
    return environment().overlay(autoescape=False)
