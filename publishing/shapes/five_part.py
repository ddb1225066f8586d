"""The shape ``five-part``: the categories in the order of the older reports, each in up to five parts.

The same claims as in every shape. The parts hold what their titles say: what it is about and what came of it in a line
(hook, problem), the words and the course of the days (names, facts about other days), what was done and found (method,
results), what follows for more than one paper (threads), what to keep in mind (notes). A part without a claim is not
printed.
"""

from collections.abc import Iterator

from domain.claims import Claim
from domain.quoting import tags
from domain.reports import Report
from domain.taxonomy import Taxonomy
from publishing import blocks
from publishing.document import document
from publishing.escape import address, escape
from publishing.links import continued, own, paper_link, target
from publishing.page import Page

_KEYWORDS = 8


def render(report: Report, taxonomy: Taxonomy) -> str:
    page = Page(report, taxonomy)
    return document(page, body(page))


def body(page: Page) -> Iterator[str]:
    sections = page.by_category(page.papers)
    yield blocks.picture(page)
    yield from blocks.opening(page)
    yield from blocks.flow(page, tuple(claim for claim in page.flow if not _of(page, claim, *sections)))
    for key, ids in sections.items():
        yield from _section(page, key, ids)
    yield from blocks.withdrawn(page)
    yield from blocks.terms(page)
    yield from blocks.note_legend(page)
    yield from blocks.by_person_legend(page)


def _of(page: Page, claim: Claim, *keys: str) -> bool:
    """Whether a trend is one of these categories."""
    return any(page.facts[id].category in keys for id in claim.facts if id in page.facts)


def _section(page: Page, key: str, ids: list[str]) -> Iterator[str]:
    w, category = page.words, page.taxonomy[key]
    told = [id for id in ids if id in page.items]
    new = {paper.id for paper in page.new}
    name, english = category.name(page.report.language), category.name("en")
    yield f"## {category.emoji} {escape(name)}" + (f" ({escape(english)})" if name != english else "")
    parts = [(title, lines) for title, lines in zip(w.parts, _parts(page, key, told), strict=True) if lines]
    if parts:
        yield "".join(map(target, told)) + f"**{w.summary}:**"
        yield "\n\n".join(
            "\n".join([f"{number}. **{title}**", *(f"   - {line}" for line in lines)])
            for number, (title, lines) in enumerate(parts, start=1)
        )
    if told:
        yield f"**{w.source_list}:**"
        yield "\n".join(_source(page, id) for id in told)
    if also := [id for id in ids if id in new and id not in page.items]:
        yield f"**{w.also}:**"
        yield "\n".join(f"- {paper_link(page.paper(id))}" for id in also)
    if again := [page.returning[id] for id in ids if id in page.returning]:
        yield f"**{w.returning}:**"
        yield "\n".join(f"- {blocks.returned(page, one)}" for one in again)


def _parts(page: Page, key: str, ids: list[str]) -> tuple[list[str], ...]:
    """The lines of the five parts."""
    w = page.words
    words = dict.fromkeys(tag for id in ids for tag in tags(page.paper(id)) if not tag[0].isdigit())
    course = [claim for claim in page.flow if _of(page, claim, key)]
    keywords = [f"{w.keywords}: {', '.join(escape(word) for word in list(words)[:_KEYWORDS])}"] if words else []
    leading = [story for story in page.threads if story.papers[0] in ids]
    return (
        [line for id in ids if (line := _line(page, id, "hook", "abstract", "problem"))],
        keywords
        + [escape(claim.text) for claim in course]
        + [f"**{escape(page.name(id))}:** {continued(page, fact)}" for id in ids for fact in page.stories(id)],
        [f"{line}{_remarks(page, id)}" for id in ids if (line := _line(page, id, "method", "result"))],
        [f"{blocks.told(page, story)} {w.editors}" for story in leading],
        [f"💡 {line}" for id in ids if (line := _line(page, id, "note"))],
    )


def _line(page: Page, paper_id: str, *roles: str) -> str:
    """What is told of a paper in some roles, in one line under its name."""
    claims: list[Claim] = [claim for role in roles for claim in page.told[paper_id] if claim.role == role]
    texts = [blocks.stop(claim.text) if claim.role == "hook" else claim.text for claim in claims]
    return f"**{escape(page.name(paper_id))}:** {' '.join(map(escape, texts))}" if texts else ""


def _remarks(page: Page, paper_id: str) -> str:
    """What stands behind the telling of a paper: what is missing, and where its evidence is."""
    w, told = page.words, list[str]()
    if page.paper(paper_id).breaks_off:
        told.append(f"*{w.breaks_off}*")
    if not page.items[paper_id].quoted:
        told.append(own(w.evidence, paper_id, "e"))
    elif not page.report.quoted:
        told.append(f"*{w.quoted_item}*")
    return "".join(f" {one}" for one in told)


def _source(page: Page, paper_id: str) -> str:
    paper = page.paper(paper_id)
    safe = address(paper.url)
    return f" - {escape(paper.title)}" + (f" ({safe})" if safe else "")
