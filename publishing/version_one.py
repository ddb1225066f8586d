"""Opens what was published before there were items: ``report.json`` and ``receipt.json`` of schema version 1.

The first version told a category in parts. Here each claim finds its paper again and becomes a part of its item: the
headline its hook, themes its problem, findings its results, impact and outlook its note where they were marked as
analysis. What was quoted without a model keeps only labels that are true of a quotation. A claim about several papers
is a story of the opening, or a thread where it was analysis. Every claim keeps its text and evidence; keywords were no
sentences and stay in the old file.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from domain.claims import ITEM_ROLES, Claim, ClaimKind, Evidence
from domain.items import Change, Item, Returning, Story
from domain.kinds import Role, Status
from domain.papers import Paper
from domain.reports import Cause, Drop, Filing, Health, Proposal, Receipt, Report, Step, Usage
from domain.trends import DayRow, Fact
from domain.value import Value


class _Claim(Value):
    kind: ClaimKind
    text: str
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[str, ...] = ()

    def papers(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(evidence.paper_id for evidence in self.evidence))

    def now(self, role: Role) -> Claim:
        return Claim(kind=self.kind, role=role, text=self.text, evidence=self.evidence, facts=self.facts)


class _Repeat(Value):
    paper_id: str
    first_day: date
    days: tuple[date, ...]

    def now(self) -> Returning:
        return Returning(paper_id=self.paper_id, first_day=self.first_day, days=self.days)


class _Gap(Value):
    category: str
    reason: str
    papers: tuple[str, ...] = ()
    repeats: tuple[_Repeat, ...] = ()


class _Section(Value):
    category: str
    papers: tuple[str, ...] = ()
    headline: _Claim | None = None
    themes: tuple[_Claim, ...] = ()
    keywords: tuple[_Claim, ...] = ()
    findings: tuple[_Claim, ...] = ()
    trend: tuple[_Claim, ...] = ()
    impact: tuple[_Claim, ...] = ()
    outlook: tuple[_Claim, ...] = ()
    also: tuple[str, ...] = ()
    repeats: tuple[_Repeat, ...] = ()
    extractive: bool = False
    facts: tuple[Fact, ...] = ()
    drops: tuple[Drop, ...] = ()
    revisions: int = 0

    def claims(self) -> Iterator[Claim]:
        """Every sentence about papers, in the role that it has now. Sentences that were quoted as headline told what
        the authors do, those quoted as themes stood where the abstract begins."""
        quoted = self.extractive
        yield from (claim.now("method" if quoted else "hook") for claim in filter(None, [self.headline]))
        yield from (claim.now("abstract" if quoted else "problem") for claim in self.themes)
        yield from (claim.now("result") for claim in self.findings)
        for claim in (*self.impact, *self.outlook):
            yield claim.now("note" if claim.kind == "analysis" else "result")


class _Old(Value):
    """What both files had."""

    schema_version: int = 1
    day: date
    language: str
    status: Status
    reason: str = ""
    model: str
    health: tuple[Health, ...] = ()
    gaps: tuple[_Gap, ...] = ()
    filings: tuple[Filing, ...] = ()
    proposals: tuple[Proposal, ...] = ()


class _OldReport(_Old):
    causes: tuple[Cause, ...] = ()
    extractive: bool
    overview: tuple[_Claim, ...] = ()
    sections: tuple[_Section, ...] = ()
    papers: tuple[Paper, ...] = ()
    facts: tuple[Fact, ...] = ()
    trend: tuple[_Claim, ...] = ()
    history: tuple[DayRow, ...] = ()


class _OldReceipt(_Old):
    steps: tuple[Step, ...] = ()
    drops: tuple[Drop, ...] = ()
    merged: int = 0
    repeats: tuple[_Repeat, ...] = ()
    asked_to_classify: float = 0.0
    usage: tuple[Usage, ...] = ()
    prompts: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


def report(text: bytes) -> Report:
    """The report of a file of version 1, as it would be held now. Raises pydantic's ValidationError for another."""
    old = _OldReport.model_validate_json(text)
    told = [claim for section in old.sections for claim in section.claims() if claim.evidence]
    shared = [claim for claim in told if len(_papers(claim)) > 1]
    again = [repeat for part in (*old.sections, *old.gaps) for repeat in part.repeats]
    facts = [fact for section in old.sections for fact in section.facts]
    trends = [claim for section in old.sections for claim in section.trend]
    return Report(
        day=old.day,
        language=old.language,
        status=old.status,
        reason=old.reason,
        causes=tuple(_causes(old)),
        model=old.model,
        quoted=old.extractive,
        opening=(
            *(Story(headline=claim.now("opening"), papers=claim.papers()) for claim in old.overview),
            *(_story(claim, "opening") for claim in shared if claim.kind != "analysis"),
        ),
        items=tuple(_items(old)),
        threads=tuple(_story(claim, "thread") for claim in shared if claim.kind == "analysis"),
        returning=tuple(repeat.now() for repeat in again),
        flow=tuple(claim.now("flow") for claim in (*old.trend, *trends)),
        changes=tuple(
            Change(paper_id="", role="result", before=drop.what, after="", why=drop.reason)
            for section in old.sections
            for drop in section.drops
        ),
        papers=old.papers,
        filings=tuple(_filings(old)),
        proposals=old.proposals,
        health=old.health,
        facts=tuple({fact.id: fact for fact in (*old.facts, *facts)}.values()),
        history=old.history,
    )


def receipt(text: bytes) -> Receipt:
    """The receipt of a file of version 1, as it would be held now. Raises pydantic's ValidationError for another."""
    old = _OldReceipt.model_validate_json(text)
    same = old.model_dump(exclude={"schema_version", "repeats", "gaps", "notes"})
    return Receipt(
        **same,
        returning=tuple(repeat.now() for repeat in old.repeats),
        notes=(*old.notes, *(f"category {gap.category} could not be written: {gap.reason}" for gap in old.gaps)),
    )


def _papers(claim: Claim) -> tuple[str, ...]:
    return tuple(dict.fromkeys(evidence.paper_id for evidence in claim.evidence))


def _story(claim: Claim, role: Role) -> Story:
    return Story(headline=claim.model_copy(update={"role": role}), papers=_papers(claim))


def _items(old: _OldReport) -> Iterator[Item]:
    for section in old.sections:
        own: dict[str, list[Claim]] = {id: [] for id in section.papers}
        for claim in section.claims():
            if len(papers := _papers(claim)) == 1 and papers[0] in own:
                own[papers[0]].append(claim)
        for id, claims in own.items():
            if claims or section.extractive:
                yield Item(paper_id=id, name="", claims=tuple(_ordered(claims)), quoted=section.extractive)


def _ordered(claims: Iterable[Claim]) -> Iterator[Claim]:
    """The claims of one item in reading order; those of one role become one, but for results."""
    claims = list(claims)
    for role in ITEM_ROLES:
        alike = [claim for claim in claims if claim.role == role]
        if role == "result" or len(alike) < 2:
            yield from alike
            continue
        evidence = dict.fromkeys(one for claim in alike for one in claim.evidence)
        text = " ".join(dict.fromkeys(claim.text for claim in alike))
        yield alike[0].model_copy(update={"text": text, "evidence": tuple(evidence)})


def _causes(old: _OldReport) -> Iterator[Cause]:
    """Categories that could not be written, whether the file told of them among its causes or not yet."""
    named = {key for cause in old.causes if cause.kind in ("missing", "unwritten") for key, _ in cause.about}
    for cause in old.causes:
        # Then a category of which nothing could be confirmed; now it would mean the stories of the day.
        yield cause if cause.kind != "bare" else Cause(kind="missing", about=cause.about)
    for gap in old.gaps:
        if gap.category not in named:
            yield Cause(kind="missing", about=((gap.category, gap.reason),))


def _filings(old: _OldReport) -> Iterator[Filing]:
    """The filings of the file; where it has none of a paper, the category under which the paper stood."""
    yield from old.filings
    known = {filing.paper_id for filing in old.filings}
    for part in (*old.sections, *old.gaps):
        also = part.also if isinstance(part, _Section) else ()
        for id in (*part.papers, *also, *(repeat.paper_id for repeat in part.repeats)):
            if id not in known:
                known.add(id)
                yield Filing(paper_id=id, category=part.category, certainty=0.0, decided_by="report")
