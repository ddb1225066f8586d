"""The blocks that shapes share: each gives Markdown blocks, which blank lines will part, and nothing where there is
nothing to tell."""

from collections.abc import Iterator
from itertools import groupby

from domain.claims import Claim
from domain.items import Returning, Story

from .escape import escape, link
from .layout import picture_name, trend_name
from .links import mentions, other_day, own, paper_link
from .page import BY_PERSON, Page, PrintedLead, printable
from .tally import shows_trend

_STOPS = (".", "!", "?", "…")


def stop(text: str) -> str:
    """A headline as a sentence before others."""
    return text if text.rstrip().endswith(_STOPS) else f"{text.rstrip()}."


def told(page: Page, story: Story) -> str:
    """Headline and text in one line. A headline that is a whole sentence with nothing behind it needs no weight."""
    if story.text:
        return f"**{escape(stop(story.headline.text))}** {mentions(page, story.text.text, story.papers)}"
    if story.headline.text.rstrip().endswith(_STOPS):
        return mentions(page, story.headline.text, story.papers)
    return f"**{escape(story.headline.text)}**"


def picture(page: Page) -> str:
    """How the papers of the day are spread over the categories."""
    return f"![{page.words.picture}]({picture_name(page.report.day)})"


def opening(page: Page) -> Iterator[str]:
    """What kind of day it is, then the papers to read first, each with who should read it."""
    if page.opening or page.leads:
        yield f"## {page.words.opening}"
    for whole, stories in groupby(page.overview, key=lambda story: story.text is None):
        # Sentences of the day run on as one paragraph; a headline with its text is one by itself.
        paragraphs = [told(page, one) for one in stories]
        yield from [" ".join(paragraphs)] if whole else paragraphs
    if page.leads:
        yield "\n".join(_lead(page, lead) for lead in page.leads)


def _lead(page: Page, lead: PrintedLead) -> str:
    name = f"**{own(page.name(lead.paper_id), lead.paper_id)}**"
    reader = [f"*→ {escape(lead.why.text)}*"] if lead.why else []
    return " ".join(["-", f"{name}: {escape(lead.story.text)}" if lead.story else name, *reader])


def threads(page: Page) -> Iterator[str]:
    if page.threads:
        yield f"## {page.words.threads} *{page.words.editors}*"
        several = len(page.threads) > 1
        yield "\n".join(
            f"{n}. {told(page, one)}" if several else told(page, one) for n, one in enumerate(page.threads, start=1)
        )


def returning(page: Page) -> Iterator[str]:
    if page.report.returning:
        yield f"## {page.words.returning}"
        yield "\n".join(f"- {returned(page, paper)}" for paper in page.report.returning)


def returned(page: Page, one: Returning) -> str:
    """One paper of an earlier day: what it is, since when it is known, and what brought it back."""
    w, paper = page.words, page.paper(one.paper_id)
    head = f"**{link(one.name or paper.title, paper.url)}**"
    line = printable([one.line] if one.line else [])
    sources = ", ".join(escape(w.source(name)) for name in paper.sources)
    parts = [
        f"{head} ({w.first_day.format(day=other_day(page, one.first_day, one.paper_id))})",
        *(escape(stop(claim.text)) for claim in line),
        *([w.brought_back.format(sources=sources)] if sources else []),
    ]
    return " ".join(parts)


def flow(page: Page, some: tuple[Claim, ...]) -> Iterator[str]:
    """What rose, fell, came back or stayed away, with its picture."""
    if some:
        yield f"## {page.words.flow}"
        yield "\n".join(f"- {escape(claim.text)}" for claim in some)
        yield from trend_picture(page)


def trend_picture(page: Page) -> Iterator[str]:
    if shows_trend(page.report):
        yield f"![{page.words.trend_picture}]({trend_name(page.report.day)})"


def listed(page: Page) -> Iterator[str]:
    """New papers that are named and not told, under their categories."""
    if ids_listed := [paper.id for paper in page.new if paper.id not in page.items]:
        yield f"## {page.words.listed}"
        lines: list[str] = []
        for key, ids in page.by_category(ids_listed).items():
            lines.append(f"- {page.taxonomy[key].emoji} {escape(page.category_name(key))}")
            lines += [f"  - {paper_link(page.paper(id))}" for id in ids]
        yield "\n".join(lines)


def withdrawn(page: Page) -> Iterator[str]:
    """Papers that were taken back; the notices themselves stand in the fold."""
    w = page.words
    if page.report.withdrawn:
        yield f"## {w.withdrawn}"
        lines: list[str] = []
        for one in page.report.withdrawn:
            since = one.first_day and w.withdrawn_since.format(day=other_day(page, one.first_day, one.paper_id))
            lines.append(f"- {link(one.title, one.url)}: {since or w.withdrawn_now}")
        yield "\n".join(lines)


def terms(page: Page) -> Iterator[str]:
    if page.report.terms:
        told = (f"{escape(term.term)}: {escape(term.meaning)}" for term in page.report.terms)
        yield f"**{page.words.terms}** " + " · ".join(told)


def note_legend(page: Page) -> Iterator[str]:
    """What the mark of a note means, where there are any."""
    if any(claim.role == "note" for claims in page.told.values() for claim in claims):
        yield page.words.note_legend


def by_person_legend(page: Page) -> Iterator[str]:
    """What the mark of a person's line means, where there are any."""
    if any(claim.by_person for claim in page.report.claims()):
        yield page.words.by_person_legend.format(mark=BY_PERSON)
