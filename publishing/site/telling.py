"""A report's lines and papers as a template prints them: each line with what it rests on, where it stands."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from domain.claims import Claim, ClaimKind
from domain.forms import Form, cells
from domain.items import Story
from domain.kinds import Role
from domain.papers import Paper, one_line
from domain.quoting import clause, tags
from domain.trends import Fact
from publishing.blocks import stop
from publishing.links import addresses, votes
from publishing.page import Page
from publishing.words import PageWords, counted

from . import paths
from .site import Site, Way
from .words import SiteWords

_AUTHORS = 3
_WORD = 14
"""Letters of a last word that the mark may not be parted from."""


class CitedSentence(NamedTuple):
    """One sentence that carries a line."""

    name: str
    """Of the paper; empty where it stands above."""
    place: str
    quote: str
    href: str
    """The sentence on the page of its paper."""
    source: tuple[str, str]
    """What the paper's own address is called, and the address; empty where it stands above."""


class Based(NamedTuple):
    """A fact of other days that carries a line."""

    text: str
    """Empty where the line says it in the same words."""
    days: tuple[tuple[str, str], ...]
    """(day in words, its page)"""
    papers: tuple[tuple[str, str], ...]


class PrintedLine(NamedTuple):
    """One line and what it rests on."""

    id: str
    kind: ClaimKind
    text: str
    foreign: bool
    """It is a sentence of the paper itself, in its language."""
    cited: tuple[CitedSentence, ...]
    facts: tuple[Based, ...]
    label: str
    """What the mark at its end is called."""
    strong: tuple[str, ...]
    """Words of the text that stand out, by its writer's choice."""

    @property
    def ends(self) -> tuple[str, str]:
        """The text in two: its last word stays with the mark, unless it is too long for a line."""
        start, _, last = self.text.rpartition(" ")
        return (f"{start} ", last) if start and len(last) <= _WORD else (self.text, "")

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of a row of a table."""
        return tuple(cell for _, cell in cells(self.text))


class Printed(NamedTuple):
    """Lines of one form in a row: a paragraph, a list, or a table."""

    form: Form
    heads: tuple[str, ...]
    """What stands over the columns of a table."""
    lines: tuple[PrintedLine, ...]
    label: str
    """What stands over results where two lists would run into one."""


class Continued(NamedTuple):
    """An earlier paper whose subject a paper takes up."""

    day: str
    day_href: str
    title: str
    href: str
    people: str


class AbstractSentence(NamedTuple):
    """One sentence of an abstract, with its number; 0 for what is left out because it speaks to its reader."""

    number: int
    text: str
    cited: bool


class Block(NamedTuple):
    """One paper as a page tells it."""

    paper_id: str
    slug: str
    name_before: str
    """The name that its finding is told behind; empty where it is not."""
    hook: PrintedLine | None
    name: str
    """Empty where the title or the telling says it."""
    title: str
    links: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    """Votes, and what the abstract lacks."""
    category: str
    authors: str
    quoted: bool
    runs: tuple[Printed, ...]
    rows: tuple[tuple[str, tuple[PrintedLine, ...]], ...]
    """(label, sentences) of a paper told in its own words on a page without a model."""
    notes: tuple[PrintedLine, ...]
    continues: tuple[Continued, ...]
    abstract: tuple[AbstractSentence, ...]
    muted: str

    @property
    def lines(self) -> tuple[PrintedLine, ...]:
        """Every line with evidence of its own to open, in reading order."""
        head = (self.hook,) if self.hook else ()
        told = [line for run in self.runs for line in run.lines]
        return tuple(line for line in (*head, *told, *self.notes) if line.cited or line.facts)


@dataclass(frozen=True)
class Teller:
    """Turns one report into what the page at ``way`` prints of it."""

    way: Way
    page: Page

    @property
    def site(self) -> Site:
        return self.way.site

    @cached_property
    def w(self) -> PageWords:
        return self.page.words

    @property
    def s(self) -> SiteWords:
        return self.site.own_words

    def line(self, claim: Claim, id: str, about: str = "", *, quoted: bool = False) -> PrintedLine:
        """A line; ``about``: the paper under whose heading it stands. A quoted line is its own evidence."""
        cited = () if quoted else tuple(self._cited(claim, about))
        facts = tuple(self._based(self.page.facts[fact], claim) for fact in claim.facts if fact in self.page.facts)
        label = counted(self.s.evidence_count, len(cited) + len(facts))
        return PrintedLine(id, claim.kind, one_line(claim.text), quoted, cited, facts, label, claim.emphasis)

    def _cited(self, claim: Claim, about: str) -> Iterator[CitedSentence]:
        seen: set[str] = set()
        for evidence in claim.evidence:
            id = evidence.paper_id
            place = self.w.place.format(number=evidence.sentence) if evidence.sentence else self.s.title_sentence
            part = f"s{evidence.sentence}" if evidence.sentence else ""
            name = "" if id == about else self.page.name(id)
            # One link to the paper itself is enough for all of its sentences.
            source = ("", "") if id in seen else self._source(id)
            seen.add(id)
            yield CitedSentence(name, place, evidence.quote, self.way.paper(id, part), source)

    def _source(self, paper_id: str) -> tuple[str, str]:
        url = self.page.paper(paper_id).url
        return ("arXiv" if paper_id.startswith("arxiv:") else self.w.original, url)

    def _based(self, fact: Fact, claim: Claim) -> Based:
        text = fact.text(self.page.report.language)
        days = tuple((self.day(day), self.way.day(day)) for day in sorted(fact.days))
        papers = tuple(self._of_fact(fact))
        return Based("" if text == claim.text else text, days, papers)

    def _of_fact(self, fact: Fact) -> Iterator[tuple[str, str]]:
        titles = dict(zip(fact.papers, fact.titles, strict=False))
        for id in fact.papers:
            title = titles.get(id, "")
            if id in self.page.papers:
                title = self.page.name(id)
            elif held := self.site.archive.papers.get(id):
                title = held[0].name
            yield title or id.partition(":")[2], self.way.paper(id)

    def day(self, day: date) -> str:
        return self.w.other_day(day, self.page.report.day)

    def story(self, story: Story, id: str) -> tuple[PrintedLine, ...]:
        """Headline and text; a headline before a text is a sentence."""
        headline = self.line(story.headline, f"{id}-0")
        if not story.text:
            return (headline,)
        return headline._replace(text=stop(headline.text)), self.line(story.text, f"{id}-1")

    def block(self, paper_id: str) -> Block:
        """One item. Raises KeyError for a paper of the day that has none."""
        page, slug = self.page, paths.slug(paper_id)
        item, paper, claims = page.items[paper_id], page.paper(paper_id), page.told[paper_id]
        lines = {
            id(claim): self.line(claim, f"e-{slug}-{n}", paper_id, quoted=item.quoted) for n, claim in enumerate(claims)
        }
        hooks = [claim for claim in claims if claim.role == "hook"]
        return Block(
            paper_id=paper_id,
            slug=slug,
            name_before=page.name_before(paper_id),
            hook=lines[id(hooks[0])] if hooks else None,
            name="" if page.is_named(paper_id) else page.name(paper_id),
            title=paper.title,
            links=tuple(addresses(paper, self.w)),
            remarks=tuple(self._remarks(paper)),
            category=page.categories[paper_id],
            authors=self._authors(paper),
            quoted=item.quoted,
            runs=tuple(
                Printed(run.form, run.heads, tuple(lines[id(claim)] for claim in run.claims), run.label)
                for run in page.runs(paper_id)
            ),
            rows=tuple(self._rows(claims, lines)) if page.report.quoted else (),
            notes=tuple(lines[id(claim)] for claim in claims if claim.role == "note"),
            continues=tuple(self.continued(fact) for fact in page.stories(paper_id)),
            abstract=sentences(paper, claims) if item.quoted else (),
            muted=self.site.muted(page, paper_id),
        )

    def _rows(
        self, claims: Iterable[Claim], lines: dict[int, PrintedLine]
    ) -> Iterator[tuple[str, tuple[PrintedLine, ...]]]:
        w = self.w
        labels: tuple[tuple[Role, str], ...] = (
            ("abstract", w.abstract),
            ("problem", w.problem),
            ("method", w.proposal),
            ("result", w.result),
        )
        for role, label in labels:
            if found := tuple(lines[id(claim)] for claim in claims if claim.role == role):
                yield label, found

    def _remarks(self, paper: Paper) -> Iterator[str]:
        yield from votes(paper, self.w)
        if lacks := self.page.lacks(paper.id):
            yield lacks
        if self.page.report.quoted and paper.abstract and not self.page.items[paper.id].of("result"):
            yield self.w.no_result

    def _authors(self, paper: Paper) -> str:
        more = len(paper.authors) - _AUTHORS
        named = ", ".join(paper.authors[:_AUTHORS])
        return f"{named} {self.w.more_authors.format(count=more)}" if more > 0 else named

    def continued(self, fact: Fact) -> Continued:
        """What a fact of kind ``continuing`` ties a paper to."""
        earlier, people = fact.papers[1], int(fact.numbers[3]) if len(fact.numbers) > 3 else 0
        names = [name for name, _ in self._of_fact(fact)]
        return Continued(
            day=self.day(fact.days[0]),
            day_href=self.way.day(fact.days[0], earlier),
            title=names[1],
            href=self.way.paper(earlier) or _elsewhere(earlier),
            people=self.w.same_people.format(count=people) if people > 1 else "",
        )

    def glance(self, paper_id: str) -> tuple[str, tuple[str, ...]]:
        """What a page without a model says beside a title: a clause, and tags."""
        paper = self.page.paper(paper_id)
        return clause(self.page.items[paper_id], paper), tags(paper)


def sentences(paper: Paper, claims: Iterable[Claim]) -> tuple[AbstractSentence, ...]:
    """The abstract, sentence by sentence, with those marked that claims rest on."""
    cited = {e.sentence for claim in claims for e in claim.evidence if e.paper_id == paper.id}
    return tuple(
        AbstractSentence(0, "[…]", False)
        if held.use == "order"
        else AbstractSentence(number, held.text, number in cited)
        for number, held in enumerate(paper.sentences, start=1)
    )


def _elsewhere(paper_id: str) -> str:
    return f"https://arxiv.org/abs/{paper_id.removeprefix('arxiv:')}" if paper_id.startswith("arxiv:") else ""
