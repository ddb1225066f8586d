"""From a claim to what the rules are shown."""

from collections.abc import Iterable

from domain.claims import Claim
from domain.papers import Paper
from domain.trends import Fact

from .statement import Cited, Statement


def statement_of(claim: Claim, papers: Iterable[Paper], facts: Iterable[Fact], language: str) -> Statement:
    """The claim with its sentences, grouped by paper, and the texts of its facts. ``papers`` and ``facts`` hold all
    that it rests on, and may hold more."""
    by_id = {p.id: p for p in papers}
    sentences: dict[str, list[str]] = {}
    for found in claim.evidence:
        sentences.setdefault(found.paper_id, []).append(found.quote)
    return Statement(
        text=claim.text,
        language=language,
        kind=claim.kind,
        form=claim.form,
        cited=tuple(
            Cited(title=by_id[key].title, abstract=by_id[key].abstract, sentences=tuple(held))
            for key, held in sentences.items()
        ),
        facts=tuple(fact.text(language) for fact in facts if fact.id in claim.facts),
    )
