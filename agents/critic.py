"""Judges a draft: rules first, free and certain; then the model, sentence by sentence, on what the rules let pass."""

from collections.abc import Mapping, Sequence

import prompts
from domain.claims import Brief, Claim, Draft, Part, Statement
from domain.critiques import Critique, Objection, Rejection, Verdicts
from domain.grounding import drafts, rules
from domain.grounding.glossary import Glossary
from domain.grounding.passage import Fault, Passage
from domain.papers import Paper
from domain.trends import Fact
from domain.value import Value

from .llm import LLM


class Item(Value):
    """One statement as the judging model sees it."""

    id: str
    text: str
    cites: tuple[str, ...]
    """Names of the sentences, as they are listed above the statements."""


async def critique(
    draft: Draft,
    brief: Brief,
    before: Critique | None = None,
    *,
    about: str,
    language: str,
    glossary: Glossary,
    llm: LLM,
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
        found = _rules(statement, brief, part, language, None if llm.quotes else glossary)
        if twice := repeated.get((part, place)):
            found = (*found, twice)
        if found:
            faults[part, place] = found
        elif statement in passed_before or part == "keywords":
            passed.append(statement)  # a keyword claims nothing that the rules have not looked at
        else:
            pending[f"S{len(pending) + 1}"] = (part, place, statement)
    if pending:
        shown = {id: drafts.passage(statement, brief, language) for id, (_, _, statement) in pending.items()}
        verdicts = await _judge(shown, about, language, llm)
        for id, (part, place, statement) in pending.items():
            if verdicts[id]:
                faults[part, place] = verdicts[id]
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


async def screen(
    claims: Sequence[Claim],
    papers: Sequence[Paper],
    facts: Sequence[Fact],
    *,
    language: str,
    glossary: Glossary,
    llm: LLM,
) -> list[tuple[Fault, ...]]:
    """What is wrong with each claim, by the same rules and the same judge as a draft's statements."""
    shown = [drafts.passage_of(claim, papers, facts, language) for claim in claims]
    faults = [_unfounded(passage) or rules.check(passage, glossary) for passage in shown]
    pending = {f"S{n}": passage for n, passage in enumerate(shown, start=1) if not faults[n - 1]}
    if pending:
        verdicts = await _judge(pending, None, language, llm)
        faults = [found or verdicts.get(f"S{n}", ()) for n, found in enumerate(faults, start=1)]
    return faults


def _unfounded(passage: Passage) -> tuple[Fault, ...]:
    if passage.cited or passage.facts:
        return ()
    return (Fault(rule="no-evidence", span=passage.text, reason="it cites nothing that exists"),)


def _rules(
    statement: Statement, brief: Brief, part: Part, language: str, glossary: Glossary | None
) -> tuple[Fault, ...]:
    """Every fault that needs no model. Without a glossary the statement is a quotation, and judged as one."""
    if found := tuple(drafts.labels(statement, brief)):
        return found
    if glossary is None:
        return tuple(drafts.verbatim(statement, brief, part, language))
    found = rules.check(drafts.passage(statement, brief, language), glossary)
    # A keyword is a phrase, often a name: it need not read as a sentence of the language.
    return tuple(f for f in found if part != "keywords" or f.rule not in ("language", "generic"))


async def _judge(
    pending: Mapping[str, Passage], about: str | None, language: str, llm: LLM
) -> dict[str, tuple[Fault, ...]]:
    """The model's fault with each passage, by id; none when supported. What has no verdict is not supported.

    Each cited sentence is shown once, under a name of its own: several statements often rest on one.
    """
    names: dict[str, str] = {}
    items: list[Item] = []
    for id, passage in pending.items():
        cited = [*(sentence for paper in passage.cited for sentence in paper.sentences), *passage.facts]
        for sentence in cited:
            names.setdefault(sentence, f"E{len(names) + 1}")
        items.append(Item(id=id, text=passage.text, cites=tuple(names[sentence] for sentence in cited)))
    sentences = [(name, sentence) for sentence, name in names.items()]
    fence = prompts.fence([*names, *(item.text for item in items)])
    answer = await llm.ask(
        "critique", Verdicts, about=about, language=language, sentences=sentences, items=items, fence=fence
    )
    objections = {o.id: o for o in answer.rejected}
    return {id: _fault(passage, id in answer.supported, objections.get(id)) for id, passage in pending.items()}


def _fault(passage: Passage, supported: bool, objection: Objection | None) -> tuple[Fault, ...]:
    """An objection outweighs an approval of the same statement."""
    if objection:
        return (Fault(rule=objection.verdict, span=passage.text, reason=objection.reason or objection.verdict),)
    if not supported:
        return (Fault(rule="no-verdict", span=passage.text, reason="the critic gave no verdict on it"),)
    return ()
