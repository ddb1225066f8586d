"""Tells in a few sentences what rose, fell and stayed away today, from facts about other days and nothing else."""

from collections.abc import Sequence

from pydantic import Field

import prompts
from domain.claims import Brief, Claim, Statement, claim
from domain.grounding import drafts, rules
from domain.grounding.glossary import Glossary
from domain.grounding.passage import Fault
from domain.grounding.trends import TREND_RULES
from domain.reports import Drop
from domain.trends import Fact
from domain.value import Value
from models.llm import LLM, ModelFailed

from .overview import Opening

LONGEST = 5
"""Sentences."""


class Told(Value):
    """One sentence as drafted."""

    text: str
    cites: tuple[str, ...] = Field(description="labels of the facts (T1) that carry the text")


class Flow(Value):
    """What the days before say, as drafted."""

    sentences: tuple[Told, ...]


async def flow(facts: Sequence[Fact], *, language: str, glossary: Glossary, llm: LLM, quoter: LLM) -> Opening:
    """Two to five sentences on the whole day; by the quoter, which gives the facts in their own words, when the model
    fails for good.

    A single fact is its own sentence, and nobody is asked.
    """
    if len(facts) < 2:
        return Opening(claims=tuple(_own(fact, language) for fact in facts))
    try:
        return await _tell(facts, language, glossary, llm)
    except ModelFailed as failure:
        quoted = await _tell(facts, language, glossary, quoter)
        lost = Drop(step="flow", what="the model's trends", reason=f"{failure}; the facts are given as they are")
        return quoted.model_copy(update={"drops": (*quoted.drops, lost)})


def telling(facts: Sequence[Fact]) -> list[int]:
    """Places (0-based, in order) of the facts that stand for all: each kind in turn, so that none hides another."""
    by_kind: dict[str, list[int]] = {}
    for place, fact in enumerate(facts):
        by_kind.setdefault(fact.kind, []).append(place)
    turns = sorted((turn, place) for places in by_kind.values() for turn, place in enumerate(places))
    return sorted(place for _, place in turns[:LONGEST])


async def _tell(facts: Sequence[Fact], language: str, glossary: Glossary, llm: LLM) -> Opening:
    brief = Brief(papers=(), facts=tuple(facts))
    fence = prompts.fence(fact.text(language) for fact in facts)
    answer = await llm.ask("flow", Flow, language=language, facts=facts, fence=fence)
    drafted = [Statement(kind="trend", text=told.text, cites=told.cites) for told in answer.sentences]
    if llm.quotes:
        return Opening(claims=tuple(claim(statement, brief) for statement in drafted))
    return _screened(drafted, brief, language, glossary)


def _screened(drafted: Sequence[Statement], brief: Brief, language: str, glossary: Glossary) -> Opening:
    """What holds; in the place of what does not, the facts that it cites and nothing else speaks of, as they are."""
    kept, drops = (
        drafted[:LONGEST],
        [_drop(s.text, f"the section has at most {LONGEST} sentences") for s in drafted[LONGEST:]],
    )
    faults = [_faults(statement, brief, language, glossary) for statement in kept]
    claims: list[Claim] = []
    held = [statement for statement, found in zip(kept, faults, strict=True) if not found]
    told = {id for statement in held for id in claim(statement, brief).facts}
    for statement, found in zip(kept, faults, strict=True):
        resolved = claim(statement, brief)
        if not found:
            claims.append(resolved)
            continue
        drops.append(_drop(statement.text, "; ".join(f"{fault.rule}: {fault.reason}" for fault in found)))
        claims += [_own(fact, language) for fact in brief.facts if fact.id in resolved.facts and fact.id not in told]
        told |= set(resolved.facts)
    if not claims:
        claims = [_own(brief.facts[place], language) for place in telling(brief.facts)]
    drops += [_drop(one.text, f"the section has at most {LONGEST} sentences") for one in claims[LONGEST:]]
    return Opening(claims=tuple(claims[:LONGEST]), drops=tuple(drops))


def _faults(statement: Statement, brief: Brief, language: str, glossary: Glossary) -> tuple[Fault, ...]:
    """No model judges these: figures, names, direction and every single word are held against the facts by rules."""
    if found := tuple(drafts.labels(statement, brief)):
        return found
    passage = drafts.passage(statement, brief, language)
    if statement.text in passage.facts:
        return ()
    return (*rules.check(passage, glossary), *(fault for rule in TREND_RULES for fault in rule(passage)))


def _own(fact: Fact, language: str) -> Claim:
    return Claim(kind="trend", text=fact.text(language), facts=(fact.id,))


def _drop(what: str, reason: str) -> Drop:
    return Drop(step="flow", what=what, reason=reason)
