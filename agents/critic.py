"""Judges a draft: rules first, free and certain; then the model, sentence by sentence, on what the rules let pass."""

from collections.abc import Collection, Mapping, Sequence

import prompts
from domain.claims import Brief, Claim, Draft, Part, Statement, claim
from domain.critiques import Critique, Objection, Rejection, Verdicts
from domain.grounding import drafts, rules
from domain.grounding.glossary import Glossary
from domain.grounding.passage import Fault, Passage
from domain.papers import Paper
from domain.trends import Fact
from domain.value import Value
from models.llm import LLM


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
    passed_before = set(before.passed) - set(before.unjudged) if before else set[Statement]()
    passed: list[Statement] = []
    unjudged: list[Statement] = []
    repeated = drafts.twice(draft)
    for part, place, statement in draft.statements():
        found = _rules(statement, brief, part, language, None if llm.quotes else glossary)
        if twice := repeated.get((part, place)):
            found = (*found, twice)
        if found:
            faults[part, place] = found
        elif part == "keywords":
            passed.append(statement)
            unjudged.append(statement)  # it claims nothing that the rules have not looked at
        elif statement in passed_before:
            passed.append(statement)
        else:
            pending[f"S{len(pending) + 1}"] = (part, place, statement)
    if pending:
        claims = {id: claim(statement, brief) for id, (_, _, statement) in pending.items()}
        verdicts = await _judge(claims, brief.papers, brief.facts, about, language, llm)
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
        unjudged=tuple(unjudged),
    )


async def screen(
    claims: Sequence[Claim],
    papers: Sequence[Paper],
    facts: Sequence[Fact],
    *,
    filed: Collection[Claim] = (),
    language: str,
    glossary: Glossary,
    llm: LLM,
) -> list[tuple[Fault, ...]]:
    """What is wrong with each claim, by the same rules and the same judge as a draft's statements.

    A claim that stands among the ``filed`` ones, evidence included, was judged there and is not asked again.
    """
    shown = [drafts.passage_of(each, papers, facts, language) for each in claims]
    faults = [_unfounded(passage) or rules.check(passage, glossary) for passage in shown]
    pending = {f"S{n}": c for n, c in enumerate(claims, start=1) if not faults[n - 1] and c not in filed}
    if pending:
        verdicts = await _judge(pending, papers, facts, None, language, llm)
        faults = [found or verdicts.get(f"S{n}", ()) for n, found in enumerate(faults, start=1)]
    return faults


def _unfounded(passage: Passage) -> tuple[Fault, ...]:
    """What a claim of its kind must rest on."""
    if not passage.cited and not passage.facts:
        return (Fault(rule="no-evidence", span=passage.text, reason="it cites nothing that exists"),)
    if passage.kind == "trend" and not passage.facts:
        return (Fault(rule="trend-without-fact", span=passage.text, reason="a trend must rest on a T-fact"),)
    if passage.kind == "reported" and not passage.cited:
        return (Fault(rule="report-without-sentence", span=passage.text, reason="it must rest on a paper's sentence"),)
    return ()


def _rules(
    statement: Statement, brief: Brief, part: Part, language: str, glossary: Glossary | None
) -> tuple[Fault, ...]:
    """Every fault that needs no model. Without a glossary the statement is a quotation, and judged as one."""
    if found := tuple(drafts.labels(statement, brief)):
        return found
    if glossary is None:
        return tuple(drafts.verbatim(statement, brief, part, language))
    return of_part(part, rules.check(drafts.passage(statement, brief, language), glossary))


def of_part(part: Part, faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults that count in a part: a keyword is a phrase, often a name, and need not read as a sentence."""
    return tuple(f for f in faults if part != "keywords" or f.rule not in ("language", "generic"))


async def _judge(
    pending: Mapping[str, Claim],
    papers: Sequence[Paper],
    facts: Sequence[Fact],
    about: str | None,
    language: str,
    llm: LLM,
) -> dict[str, tuple[Fault, ...]]:
    """The model's fault with each claim, by id; none when supported. What has no verdict is not supported.

    Each cited sentence is shown once, under its label: several claims often rest on one. Above them stands the title of
    their paper, where they do not say by themselves what 'our method' is.
    """
    numbers = {paper.id: n for n, paper in enumerate(papers, start=1)}
    shown: dict[tuple[int, int], str] = {}
    told: dict[int, str] = {}
    items: list[Item] = []
    for id, judged in pending.items():
        places = [(numbers[e.paper_id], e.sentence) for e in judged.evidence]
        shown |= {place: e.quote for place, e in zip(places, judged.evidence, strict=True)}
        trends = [n for n, fact in enumerate(facts, start=1) if fact.id in judged.facts]
        told |= {n: facts[n - 1].text(language) for n in trends}
        cites = (*(f"P{number}.{sentence}" for number, sentence in places), *(f"T{n}" for n in trends))
        items.append(Item(id=id, text=judged.text, cites=cites))
    for number in {number for number, _ in shown}:
        if _needs_title(
            title := papers[number - 1].title, [text for place, text in shown.items() if place[0] == number]
        ):
            shown[number, 0] = title
    sentences = [(f"P{number}.{sentence}", shown[number, sentence]) for number, sentence in sorted(shown)]
    sentences += [(f"T{n}", told[n]) for n in sorted(told)]
    fence = prompts.fence([*(text for _, text in sentences), *(item.text for item in items)])
    answer = await llm.ask(
        "critique", Verdicts, about=about, language=language, sentences=sentences, items=items, fence=fence
    )
    objections = {o.id: o for o in answer.rejected}
    return {id: _fault(judged, id in answer.supported, objections.get(id)) for id, judged in pending.items()}


def _needs_title(title: str, sentences: Sequence[str]) -> bool:
    """Few sentences rarely name their subject, and none that lacks the name before the title's colon does."""
    name, colon, _ = title.partition(":")
    named = colon and len(name.split()) <= 3
    return bool(title) and (
        len(sentences) < 3 or bool(named and not any(name.casefold() in text.casefold() for text in sentences))
    )


def _fault(judged: Claim, supported: bool, objection: Objection | None) -> tuple[Fault, ...]:
    """An objection outweighs an approval of the same statement."""
    if objection:
        return (Fault(rule=objection.verdict, span=judged.text, reason=objection.reason or objection.verdict),)
    if not supported:
        return (Fault(rule="no-verdict", span=judged.text, reason="the critic gave no verdict on it"),)
    return ()
