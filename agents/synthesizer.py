"""Writes: the first draft of a category, and the overview of the day."""

from collections.abc import Sequence

import prompts
from domain.claims import Brief, Claim, Draft, Evidence, Kind, Part, Statement
from domain.reports import Section
from domain.taxonomy import Category, Taxonomy
from domain.value import Value

from .llm import LLM, ModelFailed


class Line(Value):
    """One filed claim as the writer of the overview sees it."""

    id: str
    section: str
    part: Part
    kind: Kind
    text: str


class Overview(Value):
    """The opening of the report, as drafted: statements that cite filed claims (C3)."""

    statements: tuple[Statement, ...]


async def synthesize(category: Category, brief: Brief, *, language: str, llm: LLM) -> Draft:
    """The category's first draft: statements that cite the brief's labels."""
    return await llm.ask(
        "synthesize",
        Draft,
        about=category.key,
        language=language,
        category=category,
        brief=brief,
        fence=prompts.fence(texts(brief)),
    )


def texts(brief: Brief) -> Sequence[str]:
    """Everything in a brief that papers have written."""
    return [text for paper in brief.papers for text in (paper.title, paper.abstract)]


async def overview(
    sections: Sequence[Section], taxonomy: Taxonomy, *, language: str, llm: LLM, quoter: LLM
) -> tuple[Claim, ...]:
    """Three to five sentences on the day, each resting on claims already filed; quoted when the model fails."""
    if not any(section.findings for section in sections):
        return ()
    try:
        return await _overview(sections, taxonomy, language=language, llm=llm)
    except ModelFailed:
        return await _overview(sections, taxonomy, language=language, llm=quoter)


async def _overview(sections: Sequence[Section], taxonomy: Taxonomy, *, language: str, llm: LLM) -> tuple[Claim, ...]:
    filed: dict[str, Claim] = {}
    lines: list[Line] = []
    for key in taxonomy.order(s.category for s in sections):
        section = next(s for s in sections if s.category == key)
        for part, claim in section.claims():
            if part in ("headline", "findings", "impact"):
                id = f"C{len(filed) + 1}"
                filed[id] = claim
                name = taxonomy[key].name(language)
                lines.append(Line(id=id, section=name, part=part, kind=claim.kind, text=claim.text))
    fence = prompts.fence(line.text for line in lines)
    draft = await llm.ask("overview", Overview, language=language, lines=lines, fence=fence)
    claims = (_claim(statement, filed) for statement in draft.statements[:5])
    return tuple(claim for claim in claims if claim.evidence)


def _claim(statement: Statement, filed: dict[str, Claim]) -> Claim:
    """The statement with the evidence of the claims that it cites."""
    cited = [filed[label] for label in dict.fromkeys(statement.cites) if label in filed]
    evidence: dict[tuple[str, int], Evidence] = {(e.paper_id, e.sentence): e for claim in cited for e in claim.evidence}
    facts = tuple(dict.fromkeys(fact for claim in cited for fact in claim.facts))
    return Claim(kind=statement.kind, text=statement.text, evidence=tuple(evidence.values()), facts=facts)
