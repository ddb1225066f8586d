"""Opens the report: a few sentences on the day, resting on claims that were checked already, and checked again."""

from collections.abc import Sequence

from pydantic import Field

import prompts
from domain.claims import Claim, Evidence, Kind, Part
from domain.grounding.glossary import Glossary
from domain.papers import Paper
from domain.reports import Drop, Section
from domain.taxonomy import Taxonomy
from domain.value import Value
from models.llm import LLM, ModelFailed

from . import critic, extract

LONGEST = 5
"""Sentences."""
FINDINGS = 2
"""Of a section, for the overview to choose from."""


class Line(Value):
    """One filed claim as the writer of the overview sees it."""

    id: str
    section: str
    papers: tuple[int, ...]
    """Numbers of the papers it rests on: claims of one paper may be joined."""
    part: Part
    kind: Kind
    text: str


class Sentence(Value):
    """A sentence of the opening as it is drafted."""

    kind: Kind
    text: str | None = Field(description="one sentence, or null to take the cited claim as it stands")
    cites: tuple[str, ...] = Field(description="ids of the claims (C3) that carry the sentence")


class Overview(Value):
    """The opening as drafted: sentences that cite filed claims."""

    statements: tuple[Sentence, ...]


class Opening(Value):
    """The opening as filed, and what was left out of it."""

    claims: tuple[Claim, ...] = ()
    drops: tuple[Drop, ...] = ()


async def overview(
    sections: Sequence[Section],
    papers: Sequence[Paper],
    taxonomy: Taxonomy,
    *,
    language: str,
    glossary: Glossary,
    llm: LLM,
    quoter: LLM,
) -> Opening:
    """Three to five sentences on what mattered; by the quoter when the model fails for good."""
    if not any(section.findings for section in sections):
        return Opening()
    try:
        return await _open(sections, papers, taxonomy, language, glossary, llm)
    except ModelFailed as failure:
        quoted = await _open(sections, papers, taxonomy, language, glossary, quoter)
        lost = Drop(step="overview", what="the model's overview", reason=f"{failure}; findings are quoted instead")
        return quoted.model_copy(update={"drops": (*quoted.drops, lost)})


def _lines(
    sections: Sequence[Section], papers: Sequence[Paper], taxonomy: Taxonomy, language: str, *, quotes: bool
) -> tuple[list[Line], dict[str, Claim]]:
    """What an overview may choose from, in printing order, and the claims by the ids of the lines."""
    filed: dict[str, Claim] = {}
    lines: list[Line] = []
    by_category = {s.category: s for s in sections}
    numbers = {paper.id: n for n, paper in enumerate(papers, start=1)}
    for key in taxonomy.order(by_category):
        for part, claim in _notable(by_category[key], crowded=len(sections) > LONGEST and not quotes):
            id = f"C{len(filed) + 1}"
            filed[id] = claim
            section = taxonomy[key].name(language)
            about = tuple(dict.fromkeys(numbers[e.paper_id] for e in claim.evidence))
            lines.append(Line(id=id, section=section, papers=about, part=part, kind=claim.kind, text=claim.text))
    return lines, filed


def _notable(section: Section, *, crowded: bool) -> list[tuple[Part, Claim]]:
    """The headline, and the findings richest in figures.

    Where there are more sections than an overview has sentences, a headline speaks for its paper, and one finding may
    speak for the others.
    """
    findings, most = section.findings, FINDINGS
    if crowded and section.headline:
        told = {e.paper_id for e in section.headline.evidence}
        findings, most = [c for c in findings if not told & {e.paper_id for e in c.evidence}], 1
    richest = sorted(findings, key=lambda claim: -extract.figures(claim.text))[:most]
    head: list[tuple[Part, Claim]] = [("headline", section.headline)] if section.headline else []
    return head + [("findings", claim) for claim in findings if claim in richest]


async def _open(
    sections: Sequence[Section],
    papers: Sequence[Paper],
    taxonomy: Taxonomy,
    language: str,
    glossary: Glossary,
    llm: LLM,
) -> Opening:
    lines, filed = _lines(sections, papers, taxonomy, language, quotes=llm.quotes)
    fence = prompts.fence(line.text for line in lines)
    draft = await llm.ask("overview", Overview, language=language, lines=lines, fence=fence)
    drafted = list(dict.fromkeys(claim for sentence in draft.statements for claim in _claims(sentence, filed)))
    claims = drafted[:LONGEST]
    if llm.quotes:
        return Opening(claims=tuple(c for c in claims if c.evidence or c.facts))
    facts = [fact for section in sections for fact in section.facts]
    faults = await critic.screen(
        claims, papers, facts, filed=filed.values(), language=language, glossary=glossary, llm=llm
    )
    return Opening(
        claims=tuple(claim for claim, found in zip(claims, faults, strict=True) if not found),
        drops=(
            *(
                Drop(step="overview", what=claim.text, reason="; ".join(f"{f.rule}: {f.reason}" for f in found))
                for claim, found in zip(claims, faults, strict=True)
                if found
            ),
            *(
                Drop(step="overview", what=claim.text, reason=f"an overview has at most {LONGEST} sentences")
                for claim in drafted[LONGEST:]
            ),
        ),
    )


def _claims(sentence: Sentence, filed: dict[str, Claim]) -> list[Claim]:
    """The sentence with the evidence of the claims that it cites; without a text of its own those claims themselves."""
    cited = [filed[label] for label in dict.fromkeys(sentence.cites) if label in filed]
    if not sentence.text and cited:
        return cited
    evidence: dict[tuple[str, int], Evidence] = {(e.paper_id, e.sentence): e for claim in cited for e in claim.evidence}
    facts = tuple(dict.fromkeys(fact for claim in cited for fact in claim.facts))
    text = sentence.text or "a claim that is not listed"
    return [Claim(kind=sentence.kind, text=text, evidence=tuple(evidence.values()), facts=facts)]
