"""From single sentences to a whole draft: what each statement rests on, and what the draft as a whole lacks."""

from collections.abc import Iterable, Iterator

from domain.claims import Brief, Claim, Draft, Part, Statement, claim
from domain.papers import Paper
from domain.trends import Fact

from .passage import Cited, Fault, Passage


def passage(statement: Statement, brief: Brief, language: str) -> Passage:
    """The statement with what its labels stand for. Labels that do not exist carry nothing."""
    return passage_of(claim(statement, brief), brief.papers, brief.facts, language)


def passage_of(claim: Claim, papers: Iterable[Paper], facts: Iterable[Fact], language: str) -> Passage:
    """The claim with its sentences, grouped by paper, and the texts of its facts. ``papers`` and ``facts`` hold all
    that it rests on, and may hold more."""
    by_id = {p.id: p for p in papers}
    sentences: dict[str, list[str]] = {}
    for found in claim.evidence:
        sentences.setdefault(found.paper_id, []).append(found.quote)
    return Passage(
        text=claim.text,
        language=language,
        kind=claim.kind,
        cited=tuple(
            Cited(title=by_id[key].title, abstract=by_id[key].abstract, sentences=tuple(held))
            for key, held in sentences.items()
        ),
        facts=tuple(fact.text(language) for fact in facts if fact.id in claim.facts),
    )


def labels(statement: Statement, brief: Brief) -> Iterator[Fault]:
    """Every label exists, there is at least one, and a trend rests on a fact."""
    unknown = [label for label in statement.cites if not brief.knows(label)]
    for label in unknown:
        yield Fault(rule="unknown-label", span=label, reason=f"{label} is not a label of this brief")
    if not statement.cites:
        yield Fault(rule="no-evidence", span=statement.text, reason="it cites nothing")
    if statement.kind == "trend" and not any(brief.fact(label) for label in statement.cites):
        yield Fault(rule="trend-without-fact", span=statement.text, reason="a trend must cite a T-fact")
    if statement.kind == "reported" and not any(brief.evidence(label) for label in statement.cites):
        yield Fault(rule="report-without-sentence", span=statement.text, reason="it must cite a sentence of a paper")


def verbatim(statement: Statement, brief: Brief, part: Part, language: str) -> Iterator[Fault]:
    """What a draft that quotes must keep: each text stands word for word in every sentence or fact that it cites."""
    shown = passage(statement, brief, language)
    text = statement.text.casefold()
    for source in (*(s for c in shown.cited for s in c.sentences), *shown.facts):
        held = text in source.casefold() if part == "keywords" else statement.text == source
        if not held:
            yield Fault(rule="not-verbatim", span=statement.text, reason=f"it does not stand so in: {source}")


def uncovered(draft: Draft, brief: Brief) -> tuple[str, ...]:
    """Labels of the papers that no finding cites."""
    cited = {label.split(".")[0] for statement in draft.findings for label in statement.cites}
    return tuple(name for name, _, _ in brief.labels() if name not in cited)


def twice(draft: Draft) -> dict[tuple[Part, int], Fault]:
    """Statements that say word for word what an earlier one of the draft says. Keywords are no sentences."""
    seen: set[str] = set()
    found: dict[tuple[Part, int], Fault] = {}
    for part, place, statement in draft.statements():
        key = "".join(c for c in statement.text.casefold() if c.isalnum())
        if part != "keywords" and key in seen:
            found[part, place] = Fault(rule="said-twice", span=statement.text, reason="the draft says this already")
        seen.add(key)
    return found
