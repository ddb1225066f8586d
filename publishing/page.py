"""A report with what is looked up while it is printed: the papers behind ids, what they are called, what is told."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from domain.claims import Claim
from domain.forms import Form, cells
from domain.items import Item, Returning, Story
from domain.kinds import Role
from domain.papers import Paper
from domain.quoting.items import quote
from domain.reports import Report
from domain.taxonomy import Taxonomy
from domain.trends import Fact

from .words import PageWords, words

BY_PERSON = "✎"
"""Marks a line that a person wrote."""


def printable(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """A claim that rests on nothing is never printed, whatever came before. One that a person wrote is marked."""
    return tuple(
        claim.model_copy(update={"text": f"{claim.text} {BY_PERSON}"}) if claim.by_person else claim
        for claim in claims
        if claim.evidence or claim.facts
    )


_BODY: tuple[Role, ...] = ("abstract", "problem", "method", "result")


class PrintedLead(NamedTuple):
    """One of the papers to read first."""

    paper_id: str
    story: Claim | None
    """What the opening says of it."""
    why: Claim | None
    """Who should read it."""


class ClaimRun(NamedTuple):
    """Claims of one role and form in a row: a paragraph, a list, or a table."""

    form: Form
    claims: tuple[Claim, ...]
    heads: tuple[str, ...] = ()
    """What stands over the columns of a table."""
    label: str = ""
    """What stands over results where two lists would run into one; empty elsewhere."""


@dataclass(frozen=True)
class Page:
    """One report on its way to text. A sentence that stands in an item is told there and nowhere else."""

    report: Report
    taxonomy: Taxonomy

    @cached_property
    def words(self) -> PageWords:
        return words(self.report.language)

    @cached_property
    def papers(self) -> dict[str, Paper]:
        return {paper.id: paper for paper in self.report.papers}

    @cached_property
    def items(self) -> dict[str, Item]:
        return {item.paper_id: item for item in self.report.items}

    @cached_property
    def returning(self) -> dict[str, Returning]:
        return {paper.paper_id: paper for paper in self.report.returning}

    @cached_property
    def facts(self) -> dict[str, Fact]:
        return {fact.id: fact for fact in self.report.facts}

    @cached_property
    def new(self) -> tuple[Paper, ...]:
        """The papers that came for the first time."""
        return tuple(paper for paper in self.report.papers if paper.id not in self.returning)

    @cached_property
    def categories(self) -> dict[str, str]:
        """Key of the category under which each paper is printed; one that was not filed stands under the last."""
        filed = {filing.paper_id: filing.category for filing in self.report.filings}
        return {id: self.taxonomy[filed.get(id, self.taxonomy.fallback.key)].key for id in self.papers}

    @cached_property
    def groups(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """(title, ids of items): the groups of the day, then what is in none of them under its category."""
        placed: set[str] = set()
        found: list[tuple[str, tuple[str, ...]]] = []
        for group in self.report.groups:
            ids = tuple(id for id in dict.fromkeys(group.papers) if id in self.items and id not in placed)
            placed.update(ids)
            found.append((group.title, ids))
        rest = self.by_category(id for id in self.items if id not in placed)
        found += [(f"{self.taxonomy[key].emoji} {self.category_name(key)}", tuple(ids)) for key, ids in rest.items()]
        return tuple((title, ids) for title, ids in found if ids)

    @cached_property
    def told(self) -> dict[str, tuple[Claim, ...]]:
        """What is printed of each item, by paper: every sentence once."""
        seen: set[str] = set()
        kept: dict[str, tuple[Claim, ...]] = {}
        for id in (id for _, ids in self.groups for id in ids):
            fresh: list[Claim] = []
            for claim in printable(self.items[id].claims):
                if (key := _said(claim)) not in seen:
                    seen.add(key)
                    fresh.append(claim)
            kept[id] = tuple(fresh)
        return kept

    @cached_property
    def opening(self) -> tuple[Story, ...]:
        return tuple(self._fresh(self.report.opening))

    @cached_property
    def leads(self) -> tuple[PrintedLead, ...]:
        """The papers to read first: those of which the opening speaks alone, then the other picks. Where what it said
        of one did not hold, what the paper found stands for it."""
        why = {pick.paper_id: pick.why for pick in self.report.picks if pick.paper_id in self.items}
        found = [PrintedLead(id, story.headline, why.pop(id)) for id, story in self._lead_stories.items()]
        found += [PrintedLead(id, self._found(id), reader) for id, reader in why.items()]
        return tuple(lead._replace(why=next(iter(printable([lead.why] if lead.why else [])), None)) for lead in found)

    def _found(self, id: str) -> Claim | None:
        return next((claim for claim in self.told[id] if claim.role == "hook"), None)

    @cached_property
    def overview(self) -> tuple[Story, ...]:
        """What the opening says of the day as a whole."""
        leads = list(self._lead_stories.values())
        return tuple(story for story in self.opening if story not in leads)

    @cached_property
    def _lead_stories(self) -> dict[str, Story]:
        """What the opening tells of each pick alone. Sentences on the day come before, and one of them may name a
        single paper too."""
        picks = {pick.paper_id for pick in self.report.picks if pick.paper_id in self.items}
        found: dict[str, Story] = {}
        for story in self.opening:
            if story.text is None and len(story.papers) == 1 and story.papers[0] in picks:
                found.pop(story.papers[0], None)
                found[story.papers[0]] = story
        return found

    @cached_property
    def threads(self) -> tuple[Story, ...]:
        return tuple(self._fresh(self.report.threads))

    @cached_property
    def flow(self) -> tuple[Claim, ...]:
        """What there is to tell of other days; that there are too few of them yet is nothing to tell."""
        return tuple(
            claim
            for claim in printable(self.report.flow)
            if any(id in self.facts and self.facts[id].kind != "memory" for id in claim.facts)
        )

    def _fresh(self, stories: Iterable[Story]) -> Iterator[Story]:
        said = {_said(claim) for claims in self.told.values() for claim in claims}
        for story in stories:
            claims = [c for c in printable(c for c in (story.headline, story.text) if c) if _said(c) not in said]
            if claims:
                yield story.model_copy(update={"headline": claims[0], "text": claims[1] if len(claims) > 1 else None})

    def paper(self, paper_id: str) -> Paper:
        """Raises KeyError for a paper that is not of this day."""
        return self.papers[paper_id]

    def name(self, paper_id: str) -> str:
        """What the page calls a paper: always the same, and its title where nobody named it."""
        held = self.items.get(paper_id) or self.returning.get(paper_id)
        return (held.name if held else "") or self.paper(paper_id).title

    def hook(self, paper_id: str) -> str:
        return " ".join(claim.text for claim in self.told[paper_id] if claim.role == "hook")

    def heading(self, paper_id: str) -> str:
        """What was found, behind the name that the paper gives itself; its title where no finding held."""
        hook, name = self.hook(paper_id), self.name_before(paper_id)
        return (f"{name}: {hook}" if name else hook) or self.paper(paper_id).title

    def name_before(self, paper_id: str) -> str:
        """The name that its finding is told behind: one that the paper gives itself, and the finding does not say."""
        hook, name, paper = self.hook(paper_id), self.name(paper_id), self.paper(paper_id)
        own = name != paper.title and any(name in text for text in (paper.title, *(t for _, t in paper.evidence)))
        return name if hook and own and name.casefold() not in hook.casefold() else ""

    def is_named(self, paper_id: str) -> bool:
        """Whether a reader meets the name anyway: in the title, or in what is told of the paper."""
        said = [self.heading(paper_id), self.paper(paper_id).title, *(claim.text for claim in self.told[paper_id])]
        return any(self.name(paper_id).casefold() in text.casefold() for text in said)

    def runs(self, paper_id: str) -> tuple[ClaimRun, ...]:
        """What is told of a paper below its heading, in the forms in which it was written: what it is about in one go,
        then what came out. Ten labels a page read like a form, so that is found as the second paragraph or list."""
        claims = [claim for claim in self.told[paper_id] if claim.role in _BODY]
        found: list[ClaimRun] = []
        for results, part in groupby(claims, key=lambda claim: claim.role == "result"):
            first, *others = [_run(form, tuple(held)) for form, held in groupby(part, key=_form)]
            labelled = results and found and "sentence" not in (found[-1].form, first.form)
            found += [first._replace(label=self.words.result if labelled else ""), *others]
        return tuple(found)

    def lacks(self, paper_id: str) -> str:
        """What a reader may look for and not find, in the words of the page; empty where nothing is missed."""
        w, item, paper = self.words, self.items[paper_id], self.paper(paper_id)
        if paper.breaks_off:
            return w.breaks_off
        if not self.told[paper_id] or item.quoted or item.of("result"):
            return ""
        if any(c.paper_id == paper_id and c.role == "result" and not c.after for c in self.report.changes):
            return w.result_left_out
        return "" if quote(paper).of("result") else w.no_results

    def category_name(self, key: str) -> str:
        return self.taxonomy[key].name(self.report.language)

    def by_category(self, ids: Iterable[str]) -> dict[str, list[str]]:
        """Ids by key of their category, in the taxonomy's order."""
        held: dict[str, list[str]] = {}
        for id in ids:
            held.setdefault(self.categories[id], []).append(id)
        return {key: held[key] for key in self.taxonomy.order(held)}

    def stories(self, paper_id: str) -> tuple[Fact, ...]:
        """The earlier papers that a paper continues, where the trends do not tell of it."""
        elsewhere = {id for claim in self.flow for id in claim.facts}
        return tuple(
            fact
            for fact in self.report.facts
            if fact.kind == "continuing" and fact.papers[:1] == (paper_id,) and fact.id not in elsewhere
        )


def _form(claim: Claim) -> Form:
    return claim.form


def _run(form: Form, claims: tuple[Claim, ...]) -> ClaimRun:
    """Rows are a table where they have the same columns; they have not, where one was mended out of its form."""
    if form != "row":
        return ClaimRun(form, claims)
    heads = {tuple(name for name, _ in cells(claim.text)) for claim in claims}
    columns = heads.pop()
    return ClaimRun("bullet", claims) if heads or len(columns) < 2 else ClaimRun("row", claims, columns)


def _said(claim: Claim) -> str:
    return re.sub(r"[\W_]+", "", claim.text.casefold())
