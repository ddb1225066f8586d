"""The shape ``papers``: every paper once, in one block, in the groups that the day suggests."""

from collections.abc import Iterator, Sequence

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
    yield from blocks.by_person_legend(page)


def item(page: Page, paper_id: str) -> Iterator[str]:
    """One paper: its finding as the heading, then what stood in the way, how, and what came out, in the forms in which
    it was written; where it is comes last, so that the finding leads into the telling. Where no finding held, the title
    is the heading: a bare name tells nothing."""
    claims = page.told[paper_id]
    yield f"### {target(paper_id)}{escape(page.heading(paper_id))}"
    told = page.runs(paper_id)
    runs = [_run(run) for run in told]
    for n in reversed(range(1, len(told))):
        if told[n - 1].form == told[n].form == "bullet":  # two lists in a row would be one
            runs.insert(n, f"**{page.words.result}**")
    if runs and page.items[paper_id].quoted:
        runs[0] = f"*{page.words.quoted_item}* {runs[0]}"
    yield from runs
    yield from _remarks(page, paper_id, claims)
    if foot := list(_foot(page, paper_id, titled=not page.hook(paper_id))):
        yield " · ".join(foot)


def _run(run: ClaimRun) -> str:
    if run.form == "sentence":
        return " ".join(map(emphasis, run.claims))
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


def _foot(page: Page, paper_id: str, *, titled: bool) -> Iterator[str]:
    """Title and links, the name where nothing else tells it, and that an abstract breaks off. ``titled``: the title is
    the heading already. That an abstract has no figures stands with its evidence: under every other paper it would be
    in the way."""
    w, paper, name = page.words, page.paper(paper_id), page.name(paper_id)
    if not page.is_named(paper_id):
        yield f"**{escape(name)}**"
    links = resources(paper, w)
    if not titled:
        yield f"*{paper_link(paper)}*"
        links = links[1:] if paper.url else links
    yield from links
    yield from votes(paper, w)
    if paper.breaks_off:
        yield w.breaks_off
    if page.told[paper_id] and not page.items[paper_id].quoted:  # the fold has no entry for a paper's own sentences
        yield own(w.evidence, paper_id, "e")


def _remarks(page: Page, paper_id: str, claims: Sequence[Claim]) -> Iterator[str]:
    """What stands beside the telling: the editor's note, and what the paper continues. Paragraphs, because bullets
    would join the list of results."""
    yield from (f"*{page.words.note}: {escape(claim.text)}*" for claim in claims if claim.role == "note")
    yield from (f"↩ {continued(page, fact)}" for fact in page.stories(paper_id))
