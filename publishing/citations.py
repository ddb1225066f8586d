"""Numbers for what the claims rest on: one per sentence of a paper, one per trend fact, in the order of first use."""

from collections.abc import Iterable

from domain.claims import Claim, Evidence
from domain.papers import one_line
from domain.value import Value

Key = tuple[str, int]
"""Paper id and sentence number."""


class Citations(Value):
    """Every cited sentence and fact of a report; places are numbers less one."""

    sentences: tuple[Evidence, ...]
    quoted: frozenset[Key]
    """The sentences that the report prints word for word as a claim."""
    facts: tuple[str, ...]
    numbers: dict[Key, int]

    def marks(self, claim: Claim) -> str:
        """Markdown links to the entries of the claim's evidence: ``[[1]](#e1) [[T2]](#t2)``."""
        numbers = dict.fromkeys(self.numbers[_key(evidence)] for evidence in claim.evidence)
        facts = dict.fromkeys(self.facts.index(id) + 1 for id in claim.facts)
        return " ".join([*(f"[[{n}]](#e{n})" for n in numbers), *(f"[[T{n}]](#t{n})" for n in facts)])

    def is_quoted(self, evidence: Evidence) -> bool:
        return _key(evidence) in self.quoted


def cite(claims: Iterable[Claim]) -> Citations:
    """Numbers the evidence and the facts of claims that are given in printing order."""
    claims = tuple(claims)
    cited = [(claim, evidence) for claim in claims for evidence in claim.evidence]
    # A dict keeps the place of a key's first use.
    sentences = {_key(evidence): evidence for _, evidence in cited}
    return Citations(
        sentences=tuple(sentences.values()),
        quoted=frozenset(
            _key(evidence) for claim, evidence in cited if one_line(claim.text) == one_line(evidence.quote)
        ),
        facts=tuple(dict.fromkeys(id for claim in claims for id in claim.facts)),
        numbers={key: number for number, key in enumerate(sentences, start=1)},
    )


def _key(evidence: Evidence) -> Key:
    return evidence.paper_id, evidence.sentence
