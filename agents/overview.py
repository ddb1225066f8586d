"""Opens the report: a few sentences on the day, resting on claims that were checked already, and checked again."""

from collections.abc import Iterable, Sequence

import prompts
from domain.claims import Claim, Evidence, Kind, Part, Statement
from domain.grounding.glossary import Glossary
from domain.papers import Paper
from domain.reports import Drop, Section
from domain.taxonomy import Taxonomy
from domain.value import Value

from . import critic, extract
from .llm import LLM, ModelFailed

LONGEST = 5
"""Sentences."""


class Line(Value):
    """One filed claim as the writer of the overview sees it."""

    id: str
    section: str
    papers: tuple[int, ...]
    """Numbers of the papers it rests on: claims of one paper may be joined."""
    part: Part
    kind: Kind
    text: str


class Overview(Value):
    """The opening as drafted: statements that cite filed claims (C3)."""

    statements: tuple[Statement, ...]


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
    filed: dict[str, Claim] = {}
    lines: list[Line] = []
    by_category = {s.category: s for s in sections}
    numbers = {paper.id: n for n, paper in enumerate(papers, start=1)}
    for key in taxonomy.order(by_category):
        for part, claim in _notable(by_category[key]):
            id = f"C{len(filed) + 1}"
            filed[id] = claim
            section = taxonomy[key].name(language)
            about = tuple(dict.fromkeys(numbers[e.paper_id] for e in claim.evidence))
            lines.append(Line(id=id, section=section, papers=about, part=part, kind=claim.kind, text=claim.text))
    if not any(line.part == "findings" for line in lines):
        return Opening()
    try:
        return await _open(lines, filed, sections, papers, language, glossary, llm)
    except ModelFailed as failure:
        quoted = await _open(lines, filed, sections, papers, language, glossary, quoter)
        lost = Drop(step="overview", what="the model's overview", reason=f"{failure}; findings are quoted instead")
        return quoted.model_copy(update={"drops": (*quoted.drops, lost)})


def _notable(section: Section) -> list[tuple[Part, Claim]]:
    """What an overview may choose from: the headline, and the two findings richest in figures."""
    head: list[tuple[Part, Claim]] = [("headline", section.headline)] if section.headline else []
    richest = sorted(section.findings, key=lambda claim: -extract.figures(claim.text))[:2]
    return head + [("findings", claim) for claim in section.findings if claim in richest]


async def _open(
    lines: Sequence[Line],
    filed: dict[str, Claim],
    sections: Iterable[Section],
    papers: Sequence[Paper],
    language: str,
    glossary: Glossary,
    llm: LLM,
) -> Opening:
    fence = prompts.fence(line.text for line in lines)
    draft = await llm.ask("overview", Overview, language=language, lines=lines, fence=fence)
    claims = [_claim(statement, filed) for statement in draft.statements[:LONGEST]]
    if llm.quotes:
        return Opening(claims=tuple(c for c in claims if c.evidence or c.facts))
    facts = [fact for section in sections for fact in section.facts]
    faults = await critic.screen(claims, papers, facts, language=language, glossary=glossary, llm=llm)
    return Opening(
        claims=tuple(claim for claim, found in zip(claims, faults, strict=True) if not found),
        drops=(
            *(
                Drop(step="overview", what=claim.text, reason="; ".join(f"{f.rule}: {f.reason}" for f in found))
                for claim, found in zip(claims, faults, strict=True)
                if found
            ),
            *(
                Drop(step="overview", what=statement.text, reason=f"an overview has at most {LONGEST} sentences")
                for statement in draft.statements[LONGEST:]
            ),
        ),
    )


def _claim(statement: Statement, filed: dict[str, Claim]) -> Claim:
    """The statement with the evidence of the claims that it cites."""
    cited = [filed[label] for label in dict.fromkeys(statement.cites) if label in filed]
    evidence: dict[tuple[str, int], Evidence] = {(e.paper_id, e.sentence): e for claim in cited for e in claim.evidence}
    facts = tuple(dict.fromkeys(fact for claim in cited for fact in claim.facts))
    return Claim(kind=statement.kind, text=statement.text, evidence=tuple(evidence.values()), facts=facts)
