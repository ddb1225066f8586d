"""The frame editor: reads the day's checked items and puts an opening, picks, groups and threads around them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from pydantic import Field

import prompts
from domain.claims import Claim
from domain.forms import unmarked
from domain.items import Group, Item, Pick, Story, Term
from domain.lines import Line
from domain.taxonomy import Taxonomy
from domain.value import Value
from models.llm import LLM

from .critic import ShownSentences

MOST = 24
"""Items that one frame holds; the others stand under their categories."""
SENTENCES, STORIES, THREADS = 4, 4, 2


class Overview(Value):
    """One sentence of what kind of day it is, or two that belong together."""

    text: str
    papers: tuple[str, ...] = Field(description="labels of all papers that it speaks of, such as P3")


class Lead(Value):
    """A paper to read first."""

    paper: str
    text: str
    reader: str = Field(description="who should read it")


class Thread(Value):
    """A headline, what it tells, and of which papers."""

    headline: str
    text: str
    papers: tuple[str, ...]


class Together(Value):
    title: str
    papers: tuple[str, ...] = Field(description="labels, in reading order")


class Outline(Value):
    """The frame as the model drafts it."""

    day: tuple[Overview, ...] = Field(description="what several papers share, in reading order; may be empty")
    stories: tuple[Lead, ...]
    groups: tuple[Together, ...]
    threads: tuple[Thread, ...]
    terms: tuple[str, ...] | None = Field(default=None, description="of the terms given, those to explain")


class Frame(Value):
    """What stands around the items: lines, in the order in which they are printed, and the groups' papers."""

    lines: tuple[Line, ...] = ()
    groups: tuple[tuple[str, ...], ...] = ()
    """Ids of the papers of each group; the line of its title says which it is."""
    terms: tuple[str, ...] | None = None
    """Which of the terms it was given are meant on the page as their list explains them; None where it did not say."""
    failure: str = ""
    """Why the model gave none, or no judgement of it."""


async def frame(
    items: Sequence[Item],
    categories: Mapping[str, str],
    votes: Mapping[str, int],
    *,
    terms: Sequence[Term] = (),
    language: str,
    llm: LLM,
) -> Frame:
    """The frame, none of its lines judged yet. ``items``: the most notable first. ``categories``: names, and readers'
    ``votes``, by paper id. ``terms``: those of the list that occur, of which it chooses.

    Raises ModelFailed where the model gives none.
    """
    framed = items[:MOST]
    labels = {f"P{n}": item.paper_id for n, item in enumerate(framed, start=1)}
    shown = [
        (label, item, categories.get(item.paper_id, ""), votes.get(item.paper_id, 0))
        for label, item in zip(labels, framed, strict=True)
    ]
    outline = await llm.ask(
        f"{language}/frame",
        Outline,
        items=shown,
        terms=[(term.term, term.meaning) for term in terms],
        fence=prompts.fence(claim.text for item in framed for claim in item.claims),
    )
    return _frame(outline, labels)


def carrying(told: Iterable[tuple[str, Iterable[Claim]]]) -> ShownSentences:
    """The sentences on which papers are told: what is written from that can rest on no others. The title of a group is
    about what each of its papers found, and rests on that. ``told``: (paper, claims)."""
    whole: dict[str, set[int]] = {}
    found: dict[str, set[int]] = {}
    for id, claims in told:
        for claim in claims:
            places = {evidence.sentence for evidence in claim.evidence}
            whole.setdefault(id, set()).update(places)
            found.setdefault(id, set()).update(places if claim.role == "hook" else ())
    return lambda line: found if line.role == "group" else whole


def standing(frame: Frame, items: Iterable[Item]) -> Frame:
    """A frame that was drafted while its items were checked, once they are: what speaks of a paper that is not told
    after all falls with it, and a group goes on without it."""
    told = {item.paper_id for item in items if not item.quoted}
    groups: list[tuple[str, ...]] = []
    lines: list[Line] = []
    for line in frame.lines:
        held = tuple(id for id in line.papers if id in told)
        if line.role == "group" and held:
            groups.append(held)
            lines.append(line.model_copy(update={"papers": held}))
        elif line.role != "group" and held != line.papers and line.state != "dropped":
            lines.append(line.model_copy(update={"state": "dropped", "proposal": "", "objection": _FALLEN}))
        elif line.role != "group":
            lines.append(line)
    return frame.model_copy(update={"lines": tuple(lines), "groups": tuple(groups)})


_FALLEN = "it speaks of a paper of which no line was accepted"


def _frame(outline: Outline, labels: Mapping[str, str]) -> Frame:
    """The outline in lines; what it says of papers that are not there is nothing, and each paper has one group."""

    def ids(papers: Sequence[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(labels[label] for label in papers if label in labels))

    lines: list[Line] = []
    for overview in outline.day[:SENTENCES]:
        if unmarked(overview.text) and (papers := ids(overview.papers)):
            lines.append(Line(papers=papers, role="opening", text=unmarked(overview.text)))
    for lead in outline.stories[:STORIES]:
        if papers := ids((lead.paper,)):
            lines.append(Line(papers=papers, role="opening", text=unmarked(lead.text)))
            lines.append(Line(papers=papers, role="pick", text=unmarked(lead.reader)))
    for thread in outline.threads[:THREADS]:
        if papers := ids(thread.papers):
            lines += [
                Line(papers=papers, role="thread", text=unmarked(text)) for text in (thread.headline, thread.text)
            ]
    groups: list[tuple[str, ...]] = []
    placed: set[str] = set()
    for group in outline.groups:
        if papers := tuple(id for id in ids(group.papers) if id not in placed):
            placed |= set(papers)
            groups.append(papers)
            lines.append(Line(papers=papers, role="group", text=unmarked(group.title)))
    return Frame(lines=tuple(lines), groups=tuple(groups), terms=outline.terms)


class Framed(Value):
    """The frame as it is published."""

    opening: tuple[Story, ...] = ()
    picks: tuple[Pick, ...] = ()
    groups: tuple[Group, ...] = ()
    threads: tuple[Story, ...] = ()
    terms: tuple[str, ...] | None = None


def settle(
    frame: Frame, items: Sequence[Item], categories: Mapping[str, str], taxonomy: Taxonomy, language: str
) -> Framed:
    """What of a frame was accepted. Every item has one group: under a title that does not hold, and outside of all
    groups, items stand under the names of their categories (``categories``: keys, by paper id)."""
    told = {item.paper_id for item in items}
    titles = {line.papers: line for line in frame.lines if line.role == "group"}
    groups = [
        Group(title=titles[papers].text, papers=tuple(id for id in papers if id in told))
        for papers in frame.groups
        if titles[papers].state == "accepted"
    ]
    placed = {id for group in groups for id in group.papers}
    left: dict[str, list[str]] = {}
    for item in items:
        if item.paper_id not in placed:
            left.setdefault(taxonomy[categories[item.paper_id]].key, []).append(item.paper_id)
    groups += [Group(title=taxonomy[key].name(language), papers=tuple(left[key])) for key in taxonomy.order(left)]
    return Framed(
        opening=tuple(
            Story(headline=line.claim, papers=line.papers)
            for line in frame.lines
            if line.role == "opening" and line.state == "accepted"
        ),
        picks=tuple(_picks(frame.lines)),
        groups=tuple(groups),
        threads=_threads(frame.lines),
        terms=frame.terms,
    )


def _picks(lines: Sequence[Line]) -> Iterator[Pick]:
    """The papers to read first, of which one of two lines holds: what is told of each, and next to it for whom. By them
    a page knows what is told of one paper from a sentence on the day that names no other."""
    for before, line in pairwise((None, *lines)):
        if line and line.role == "pick":
            why = line.claim if line.state == "accepted" else None
            if why or (before and before.role == "opening" and before.state == "accepted"):
                yield Pick(paper_id=line.papers[0], why=why)


def _threads(lines: Sequence[Line]) -> tuple[Story, ...]:
    """Headlines with their texts. A headline that does not hold leaves its text; alone it would say nothing."""
    own = [line for line in lines if line.role == "thread"]
    threads: list[Story] = []
    for headline, text in zip(own[::2], own[1::2], strict=True):
        if text.state == "accepted":
            held = [line.claim for line in (headline, text) if line.state == "accepted"]
            threads.append(Story(headline=held[0], text=held[1] if len(held) > 1 else None, papers=headline.papers))
    return tuple(threads)
