"""The shape ``papers``: every paper once, in one block, in the groups that the day suggests."""

from collections.abc import Iterator

from domain.claims import Claim
from domain.forms import cells
from domain.reports import Report
from domain.taxonomy import Taxonomy
from publishing import blocks
from publishing.document import document
from publishing.escape import bold, emphasised, escape
from publishing.links import continued, own, paper_link, resources, target, votes
from publishing.page import ClaimRun, Page

from . import quoted


def render(report: Report, taxonomy: Taxonomy) -> str:
    page = Page(report, taxonomy)
    return document(page, quoted.body(page) if report.quoted else body(page))


def body(page: Page) -> Iterator[str]:
    yield blocks.picture(page)
    yield from blocks.opening(page)
    yield from blocks.terms(page)
    for title, ids in page.groups:
        yield f"## {escape(title)}"
        for id in ids:
            yield from item(page, id)
    yield from blocks.threads(page)
    yield from blocks.returning(page)
    yield from blocks.flow(page, page.flow)
    yield from blocks.listed(page)
    yield from blocks.withdrawn(page)
    yield from blocks.by_person_legend(page)


def item(page: Page, paper_id: str) -> Iterator[str]:
    """One paper: its finding as the heading, what it is about, what came out, and what to keep in mind, in the forms in
    which it was written; then what it is called and where it is, which nobody wants between a headline and its story.
    Where no finding held, the title is the heading: a bare name tells nothing."""
    yield f"### {target(paper_id)}{escape(page.heading(paper_id))}"
    for run in page.runs(paper_id):
        if run.label:
            yield f"**{escape(run.label)}**"
        yield " ".join(map(emphasis, run.claims)) if run.form == "sentence" else _list(run)
    notes = (claim for claim in page.told[paper_id] if claim.role == "note")
    yield from (f"**{page.words.note}** *{escape(claim.text)}*" for claim in notes)
    yield from (f"↩ {continued(page, fact)}" for fact in page.stories(paper_id))
    if source := list(_source(page, paper_id, titled=not page.hook(paper_id))):
        yield " · ".join(source)


def _list(run: ClaimRun) -> str:
    if run.form == "bullet":
        return "\n".join(f"- {emphasis(claim)}" for claim in run.claims)
    told = [[emphasised(cell, row.emphasis) for _, cell in cells(row.text)] for row in run.claims]
    lines = [list(map(escape, run.heads)), ["---"] * len(run.heads), *told]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)


def emphasis(claim: Claim) -> str:
    """A claim with what stands out in it: the writer's own words, else the measured figures of a result."""
    if claim.emphasis:
        return emphasised(claim.text, claim.emphasis)
    return bold(claim.text) if claim.role == "result" else escape(claim.text)


def _source(page: Page, paper_id: str, *, titled: bool) -> Iterator[str]:
    """Title and links, and what the abstract lacks. ``titled``: the title is the heading already."""
    w, paper = page.words, page.paper(paper_id)
    links = resources(paper, w)
    if not titled:
        yield f"*{paper_link(paper)}*"
        links = links[1:] if paper.url else links
    yield from links
    yield from votes(paper, w)
    if lacks := page.lacks(paper_id):
        yield lacks
    if page.items[paper_id].quoted:  # the fold has no entry for a paper's own sentences
        yield f"*{w.quoted_item}*"
    elif page.told[paper_id]:
        yield own(w.evidence, paper_id, "e")
