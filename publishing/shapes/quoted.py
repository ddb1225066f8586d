"""The shape ``papers`` of a quoted page, as a day has it without a model: first all titles at a glance, then a block
per paper in its own sentences, the whole abstract folded beneath: it is the evidence."""

from collections.abc import Iterator

from domain.claims import Claim
from domain.kinds import Role
from domain.papers import Paper
from domain.quoting import clause, tags
from publishing import blocks
from publishing.escape import bold, escape
from publishing.links import continued, own, resources, target, votes
from publishing.page import Page

_AUTHORS = 3


def body(page: Page) -> Iterator[str]:
    ordered = order(page)
    if ordered:
        yield f"## {page.words.glance}"
        yield f"*{page.words.order.format(keys=' → '.join(_keys(page)))}*"
        yield "\n".join(f"{n}. {_line(page, id)}" for n, id in enumerate(ordered, start=1))
    # Below the titles, so that these fit on the first screen.
    yield blocks.picture(page)
    for number, id in enumerate(ordered, start=1):
        yield from _block(page, number, id)
    yield from blocks.returning(page)
    yield from blocks.flow(page, page.flow)
    yield from blocks.listed(page)
    yield from blocks.withdrawn(page)


def order(page: Page) -> list[str]:
    """Ids of the items: by votes, then by how many sources list the paper, then as the taxonomy has it."""
    by_category = [id for ids in page.by_category(page.items).values() for id in ids]
    return sorted(by_category, key=lambda id: (-page.paper(id).votes, -len(page.paper(id).sources)))


def _keys(page: Page) -> Iterator[str]:
    """The keys of the order that tell any two papers apart."""
    w, papers = page.words, [page.paper(id) for id in page.items]
    if any(paper.votes for paper in papers):
        yield w.by_votes
    if len({len(paper.sources) for paper in papers}) > 1:
        yield w.by_sources
    yield w.by_category


def _line(page: Page, paper_id: str) -> str:
    paper = page.paper(paper_id)
    told = clause(page.items[paper_id], paper)
    about = [page.category_name(page.categories[paper_id]), *tags(paper)]
    title = own(paper.title, paper_id) + (f": {bold(told)}" if told else "")
    return f"{title}<br>\n   {' · '.join(escape(tag) for tag in about)}"


def _block(page: Page, number: int, paper_id: str) -> Iterator[str]:
    w, paper, claims = page.words, page.paper(paper_id), page.told[paper_id]
    yield f"### {target(paper_id)}{number}. {escape(paper.title)}"
    if head := [*_authors(page, paper), *resources(paper, w), *votes(paper, w)]:
        yield " · ".join(head)
    labels: tuple[tuple[Role, str], ...] = (
        ("abstract", w.abstract),
        ("problem", w.problem),
        ("method", w.proposal),
        ("result", w.result),
    )
    lines = [f"- **{label}** {text}" for role, label in labels if (text := _quoted(claims, role))]
    if paper.abstract and not any(claim.role == "result" for claim in claims):
        lines.append(f"- *{w.no_result}*")
    lines += [f"- *{w.breaks_off}*"] if paper.breaks_off else []
    lines += [f"- ↩ {continued(page, fact)}" for fact in page.stories(paper_id)]
    if lines:
        yield "\n".join(lines)
    if paper.abstract:
        yield f"<details><summary>{w.whole_abstract}</summary>"
        yield escape(paper.reported)
        yield "</details>"


def _quoted(claims: tuple[Claim, ...], role: Role) -> str:
    """The sentences of one role in the paper's order; the figures of a result stand out."""
    texts = [claim.text for claim in claims if claim.role == role]
    return " ".join(bold(text) if role == "result" else escape(text) for text in texts)


def _authors(page: Page, paper: Paper) -> list[str]:
    if not paper.authors:
        return []
    named = [escape(name) for name in paper.authors[:_AUTHORS]]
    more = len(paper.authors) - len(named)
    return [", ".join(named) + (f" {page.words.more_authors.format(count=more)}" if more else "")]
