"""The shape ``papers``: every paper once, in one block, in the groups that the day suggests."""

import re
from collections.abc import Iterator, Sequence
from itertools import groupby

from domain.claims import Claim, Role
from domain.forms import cells
from domain.reports import Report
from domain.taxonomy import Taxonomy
from publishing import blocks
from publishing.document import document
from publishing.escape import bold, emphasised, escape
from publishing.links import continued, own, resources, target, votes
from publishing.page import Page

from . import index

_FIGURE = re.compile(r"(?<![\w-])\d")
"""The 4 of GPT-4 is none."""


def render(report: Report, taxonomy: Taxonomy) -> str:
    page = Page(report, taxonomy)
    return document(page, index.body(page) if report.extractive else body(page))


def body(page: Page) -> Iterator[str]:
    yield blocks.picture(page)
    yield from blocks.opening(page)
    for title, ids in page.groups:
        yield f"## {escape(title)}"
        for id in ids:
            yield from item(page, id)
    yield from blocks.threads(page)
    yield from blocks.returning(page)
    yield from blocks.flow(page, page.flow)
    yield from blocks.listed(page)
    yield from blocks.withdrawn(page)
    yield from blocks.terms(page)
    yield from blocks.note_legend(page)


def item(page: Page, paper_id: str) -> Iterator[str]:
    """One paper: its finding as the heading, where it is, then what stood in the way, how, and what came out, in the
    forms in which it was written. Where no finding held, the title is the heading: a bare name tells nothing."""
    paper, claims = page.paper(paper_id), page.told[paper_id]
    hook = " ".join(claim.text for claim in claims if claim.role == "hook")
    yield f"### {target(paper_id)}{escape(hook or paper.title)}"
    if head := list(_head(page, paper_id, titled=not hook)):
        yield " · ".join(head)
    quoted = [f"*{page.words.quoted_item}*"] if page.items[paper_id].quoted else []
    yield from _body([claim for claim in claims if claim.role in _BODY], quoted)
    yield from _remarks(page, paper_id, claims)


_BODY: tuple[Role, ...] = ("abstract", "problem", "method", "result")
_LONG = 240
"""Characters of a paragraph, above which the results begin another."""


def _body(claims: Sequence[Claim], before: Sequence[str]) -> Iterator[str]:
    prose = sum(len(claim.text) for claim in claims if claim.form == "sentence")
    apart = prose > _LONG
    blocks = groupby(claims, key=lambda claim: (claim.form, apart and claim.role == "result"))
    for n, ((form, _), group) in enumerate(blocks):
        held = list(group)
        if form == "sentence":
            yield " ".join([*(before if n == 0 else ()), *map(emphasis, held)])
        elif form == "row" and (rows := table(held)):
            yield rows
        else:
            yield "\n".join(f"- {emphasis(claim)}" for claim in held)


def emphasis(claim: Claim) -> str:
    """A claim with what stands out in it: the writer's own words, else the measured figures of a result."""
    if claim.emphasis:
        return emphasised(claim.text, claim.emphasis)
    return bold(claim.text) if claim.role == "result" else escape(claim.text)


def table(rows: Sequence[Claim]) -> str:
    """Rows that have the same columns as a table; empty where they have not, since one was mended out of its form."""
    held = [cells(row.text) for row in rows]
    heads = [tuple(name for name, _ in row) for row in held]
    if len(set(heads)) > 1 or len(heads[0]) < 2:
        return ""
    told = [[emphasised(cell, row.emphasis) for _, cell in cells(row.text)] for row in rows]
    lines = [list(map(escape, heads[0])), ["---"] * len(heads[0]), *told]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def _head(page: Page, paper_id: str, *, titled: bool) -> Iterator[str]:
    """Name, title and links, and what is missing in the abstract. ``titled``: the title is the heading already."""
    w, paper, name = page.words, page.paper(paper_id), page.name(paper_id)
    if name != paper.title and not (titled and name.casefold() in paper.title.casefold()):
        yield f"**{escape(name)}**"
    if not titled:
        yield f"*{escape(_rest(paper.title, name))}*"
    yield from resources(paper, w)
    yield from votes(paper, w)
    if paper.breaks_off:
        yield w.breaks_off
    elif _lacks_figures(page, paper_id):
        yield w.no_figures
    if page.told[paper_id] and not page.items[paper_id].quoted:  # the fold has no entry for a paper's own sentences
        yield own(w.evidence, paper_id, "e")


def _rest(title: str, name: str) -> str:
    """A title without the name at its beginning, which stands before it already."""
    head, colon, rest = title.partition(":")
    return rest.strip() if colon and rest.strip() and head.strip().casefold() == name.casefold() else title


def _lacks_figures(page: Page, paper_id: str) -> bool:
    """Whether neither the abstract nor what is told of it gives a number, although results are told."""
    results = [claim for claim in page.told[paper_id] if claim.role == "result"]
    return (
        bool(results)
        and not page.paper(paper_id).has_figures
        and not any(_FIGURE.search(claim.text) for claim in results)
    )


def _remarks(page: Page, paper_id: str, claims: Sequence[Claim]) -> Iterator[str]:
    """What stands beside the telling: the editor's note, and what the paper continues. Paragraphs, because bullets
    would join the list of results."""
    yield from (f"💡 {escape(claim.text)}" for claim in claims if claim.role == "note")
    yield from (f"↩ {continued(page, fact)}" for fact in page.stories(paper_id))
