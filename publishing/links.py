"""Where a page leads: to papers, to what comes with them (named for what it is), to other days and its own places."""

import re
from collections.abc import Iterable
from datetime import date
from urllib.parse import urlsplit

from domain.papers import Paper
from domain.resources import Resource
from domain.trends import Fact

from .escape import address, escape, link, piece
from .layout import way_to
from .page import Page
from .words import PageWords, counted


def anchor(paper_id: str, kind: str = "p") -> str:
    """The name of a paper's place on a page, the same in every shape and on every day; ``e`` for its evidence."""
    return f"{kind}-{re.sub(r'[^A-Za-z0-9.-]+', '-', paper_id.removeprefix('arxiv:').removeprefix('title:'))}"


def target(paper_id: str, kind: str = "p") -> str:
    """What a link to ``anchor`` leads to."""
    return f'<a id="{anchor(paper_id, kind)}"></a>'


def own(text: str, paper_id: str, kind: str = "p") -> str:
    """A link to a paper's place on the same page."""
    return f"[{escape(text)}](#{anchor(paper_id, kind)})"


def other_day(page: Page, day: date, paper_id: str = "") -> str:
    """A link to the page of another day, and there to a paper."""
    report = page.report
    place = f"#{anchor(paper_id)}" if paper_id else ""
    return f"[{page.words.other_day(day, report.day)}]({way_to(day, report.language)}{place})"


def paper_link(paper: Paper) -> str:
    return link(paper.title, paper.url)


def resource_label(resource: Resource, words: PageWords) -> str:
    """What a resource is called wherever it is linked."""
    name = "/".join(words.resources[kind] for kind in (resource.kind, *resource.also))
    if resource.announced:
        return words.announced.format(what=name)
    return name if address(resource.url) else words.released.format(what=name)


def resources(paper: Paper, words: PageWords) -> list[str]:
    """The paper and what it comes with, as links; what has no address has a word and no link."""
    return [link(name, url) for name, url in addresses(paper, words)]


def addresses(paper: Paper, words: PageWords) -> list[tuple[str, str]]:
    """(name, address) of the paper and of what it comes with, each address once; empty for what has none."""
    found = [("arXiv" if paper.id.startswith("arxiv:") else words.original, paper.url)] if paper.url else []
    there = {resource.kind for resource in paper.resources if not resource.announced and address(resource.url)}
    known = {_place(paper.url)}
    names: list[str] = []
    for resource in paper.resources:
        if resource.announced and resource.kind in there:
            continue
        place, name = _place(resource.url), resource_label(resource, words)
        if (place in known) if place else (name in names or bool(resource.url)):
            continue
        known.add(place)
        names.append(name)
        count = names.count(name)
        found.append((name if count == 1 else f"{name} {count}", resource.url))
    return found


def _place(url: str) -> str:
    """What an address leads to, however it is written; empty for one that is not usable."""
    parts = urlsplit(address(url))
    path = parts.path.rstrip("/").removesuffix(".git") + (f"?{parts.query}" if parts.query else "")
    return f"{(parts.hostname or '').removeprefix('www.')}{path}"


def mentions(page: Page, text: str, paper_ids: Iterable[str]) -> str:
    """Escaped text in which the name of each of the papers leads to its place on the page, where it comes first."""
    found = {page.name(id): id for id in paper_ids if id in page.items}
    if not found:
        return escape(text)
    parts: list[str] = []
    names = "|".join(re.escape(name) for name in sorted(found, key=len, reverse=True))
    for part in re.split(rf"(?<![A-Za-z0-9-])({names})(?![A-Za-z0-9-])", text):
        id = found.pop(part, None)
        parts.append(own(part, id) if id else piece(part))
    return "".join(parts)


def votes(paper: Paper, words: PageWords) -> list[str]:
    if not paper.votes:
        return []
    return [counted(words.hub_votes if "huggingface" in paper.sources else words.votes, paper.votes)]


def continued(page: Page, fact: Fact) -> str:
    """The quiet line that ties a paper to an earlier one: a fact of kind ``continuing``."""
    w = page.words
    earlier = fact.papers[1]
    known = page.papers.get(earlier) or Paper(
        id=earlier,
        title=fact.titles[1] if len(fact.titles) > 1 else earlier.replace("arxiv:", "arXiv:"),
        abstract="",
    )
    told = w.continues.format(day=other_day(page, fact.days[0], earlier), paper=paper_link(known))
    people = int(fact.numbers[3]) if len(fact.numbers) > 3 else 0
    return f"{told} {w.same_people.format(count=people)}" if people > 1 else told
