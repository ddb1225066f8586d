"""Judges a draft: rules first, free and certain; then the model, sentence by sentence, on what the rules let pass."""

from collections.abc import Iterator

import prompts
from domain.claims import Brief, Draft, Part, Statement
from domain.critiques import Critique, Judgements, Rejection
from domain.grounding import drafts
from domain.grounding.passage import Fault, Passage
from domain.value import Value

from .llm import LLM
from .synthesizer import texts


class Item(Value):
    """One statement as the judging model sees it."""

    id: str
    text: str
    kind: str
    evidence: tuple[str, ...]


async def critique(
    draft: Draft, brief: Brief, before: Critique | None = None, *, about: str, language: str, llm: LLM
) -> Critique:
    """Every statement of the draft is passed or rejected; none is passed by silence.

    ``before`` is the judgement of the previous draft: what passed there and stands unchanged is not asked again.
    """
    faults: dict[tuple[Part, int], tuple[Fault, ...]] = {}
    pending: dict[str, tuple[Part, int, Statement]] = {}
    passed_before = set(before.passed) if before else set[Statement]()
    passed: list[Statement] = []
    repeated = drafts.twice(draft)
    for part, place, statement in draft.statements():
        found = tuple(_rules(statement, brief, part, language, quotes=llm.quotes))
        if twice := repeated.get((part, place)):
            found = (*found, twice)
        if found:
            faults[part, place] = found
        elif statement in passed_before:
            passed.append(statement)
        else:
            pending[f"S{len(pending) + 1}"] = (part, place, statement)
    if pending:
        verdicts = await _judge(pending, brief, about, language, llm)
        for id, (part, place, statement) in pending.items():
            if fault := verdicts[id]:
                faults[part, place] = (fault,)
            else:
                passed.append(statement)
    return Critique(
        rejections=tuple(
            Rejection(part=part, place=place, statement=statement, faults=faults[part, place])
            for part, place, statement in draft.statements()
            if (part, place) in faults
        ),
        uncovered=drafts.uncovered(draft, brief),
        passed=tuple(passed),
    )


def _rules(statement: Statement, brief: Brief, part: Part, language: str, *, quotes: bool) -> Iterator[Fault]:
    yield from drafts.labels(statement, brief)
    if quotes:
        yield from drafts.verbatim(statement, brief, part, language)


async def _judge(
    pending: dict[str, tuple[Part, int, Statement]], brief: Brief, about: str, language: str, llm: LLM
) -> dict[str, Fault | None]:
    """The model's verdict for each id: None when supported. A statement without a verdict is not supported."""
    items = [
        _item(id, statement, drafts.passage(statement, brief, language)) for id, (_, _, statement) in pending.items()
    ]
    answer = await llm.ask(
        "critique", Judgements, about=about, language=language, items=items, fence=prompts.fence(texts(brief))
    )
    verdicts = {j.id: j for j in answer.judgements}
    found: dict[str, Fault | None] = {}
    for id, (_, _, statement) in pending.items():
        verdict = verdicts.get(id)
        if verdict is None:
            found[id] = Fault(rule="no-verdict", span=statement.text, reason="the critic gave no verdict on it")
        elif verdict.verdict != "supported":
            found[id] = Fault(rule=verdict.verdict, span=statement.text, reason=verdict.reason or verdict.verdict)
        else:
            found[id] = None
    return found


def _item(id: str, statement: Statement, shown: Passage) -> Item:
    evidence = (*(sentence for cited in shown.cited for sentence in cited.sentences), *shown.facts)
    return Item(id=id, text=statement.text, kind=statement.kind, evidence=evidence)
