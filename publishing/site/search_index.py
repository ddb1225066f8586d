"""The index that the search reads in the browser: a block for each month, cut into files of which few are needed.

    search/blocks.js        the months, and what the filters offer; read when the search page opens
    search/MONTH.js         day, category, sources and votes of each paper of the month, for the filters
    search/MONTH.N.js       the terms of one bucket: papers, and how much each speaks of the term
    search/DAY.js           what is shown of the papers of a day

They are scripts and no JSON, because a page that was opened from a folder may read no other files. A paper stands in
the index once, on the first day on which the site has it, so a new day changes only the files of its month.
"""

import json
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from domain.papers import one_line
from publishing.page import Page

from . import paths
from .archive import Archive, Card, Listed
from .tokens import bucket, weigh

BUCKETS = 32
_TITLE, _HEADLINE, _NAMES, _TOLD, _ABSTRACT = 6.0, 5.0, 3.0, 2.0, 1.0
"""How much a mention weighs."""


class File(NamedTuple):
    """One file of the index."""

    path: str
    text: str


def blocks(archive: Archive, category_names: dict[str, str], source_names: dict[str, str]) -> File:
    """What the search page needs first. Names are by key."""
    found = _new(archive)
    categories = list(category_names)
    value = {
        "months": [[month, len(found[month])] for month in sorted(found, reverse=True)],
        "categories": [[key, category_names[key]] for key in categories],
        "sources": [[key, source_names[key]] for key in source_names],
        "buckets": BUCKETS,
    }
    return File("search/blocks.js", _script("blocks", value))


def _new(archive: Archive) -> dict[str, list[Listed]]:
    """By month the papers that the site has on a day of it for the first time, in the order of days and pages."""
    found: dict[str, list[Listed]] = {month: [] for month in archive.months}
    for month, cards in archive.months.items():
        found[month] = [paper for card in cards for paper in firsts(archive, card)]
    return {month: papers for month, papers in found.items() if papers}


def firsts(archive: Archive, card: Card) -> list[Listed]:
    """The papers of a day that the site has on no earlier day."""
    return [paper for paper in card.papers if archive.papers[paper.paper_id][0].day == card.day]


def month(archive: Archive, cards: Sequence[Card], categories: Sequence[str], sources: Sequence[str]) -> Iterator[File]:
    """The files of one month: its papers, its terms. ``categories`` and ``sources`` as ``blocks`` lists them."""
    name = cards[0].month
    terms: list[dict[str, list[int]]] = [{} for _ in range(BUCKETS)]
    rows: list[list[int]] = []
    for card in cards:
        page = archive.page(card)
        for place, paper in enumerate(firsts(archive, card)):
            listed = sum(1 << sources.index(source) for source in paper.sources if source in sources)
            rows.append([card.day.day, place, categories.index(paper.category), listed, paper.votes])
            for term, weight in weigh(_fields(page, paper)).items():
                terms[bucket(term, BUCKETS)].setdefault(term, []).extend((len(rows) - 1, weight))
    yield File(f"search/{name}.js", _script(name, rows))
    for number, held in enumerate(terms):
        ordered = {term: held[term] for term in sorted(held)}
        yield File(f"search/{name}.{number}.js", _script(f"{name}.{number}", ordered))


def day(archive: Archive, card: Card) -> File:
    """What is shown of the papers of a day: the file of its page, its headline, its name and title."""
    rows = [
        [
            paths.slug(paper.paper_id),
            one_line(paper.heading),
            "" if paper.name == paper.title else one_line(paper.name),
            "" if paper.heading == paper.title else one_line(paper.title),
        ]
        for paper in firsts(archive, card)
    ]
    return File(f"search/{card.day}.js", _script(str(card.day), rows))


def _fields(page: Page, listed: Listed) -> Iterator[tuple[str, float]]:
    paper = page.paper(listed.paper_id)
    yield paper.title, _TITLE
    yield listed.hook, _HEADLINE
    yield (listed.name if listed.name != listed.title else ""), _NAMES
    yield " ".join(paper.authors), _NAMES
    yield page.category_name(listed.category), _TOLD
    if not listed.quoted:
        told = (claim.text for claim in page.told.get(listed.paper_id, ()) if claim.role != "hook")
        yield " ".join(told), _TOLD
    yield " ".join(text for _, text in paper.evidence), _ABSTRACT


def _script(name: str, value: Any) -> str:
    # No tag in it, should anybody ever put it into a page.
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")
    return f"insights.take({json.dumps(name)},{text})\n"
