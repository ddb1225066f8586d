"""What is said, and what it rests on.

A writer sees a ``Brief``: papers labelled P1, P2…, their sentences P1.1, P1.2…, facts about other days T1, T2…. It
answers with a ``Draft`` of ``Statement``s that cite those labels and nothing else, so it cannot invent an id. What
survives the critic is filed as ``Claim``s whose labels have become ``Evidence``.
"""

import re
from collections.abc import Iterator
from typing import Literal

from pydantic import Field

from .papers import Paper
from .sentences import sentences
from .trends import Fact
from .value import Value

Kind = Literal["reported", "analysis", "trend"]
"""``reported``: the paper says so. ``analysis``: we conclude it, from what is cited. ``trend``: rests on a T-fact."""

Part = Literal["headline", "themes", "keywords", "findings", "trend", "impact", "outlook"]
PARTS: tuple[Part, ...] = ("headline", "themes", "keywords", "findings", "trend", "impact", "outlook")

_SENTENCE_LABEL = re.compile(r"P([1-9]\d*)\.(\d+)")
_FACT_LABEL = re.compile(r"T([1-9]\d*)")


class Statement(Value):
    """What a writer says in one piece, and what it rests on."""

    kind: Kind
    text: str = Field(description="one sentence; a keyword is a phrase")
    cites: tuple[str, ...] = Field(description="labels of the sentences (P3.2) and facts (T1) that carry the text")


class Draft(Value):
    """One category as a writer drafts it, and nothing that code knows better: no ids, no titles, no headings."""

    headline: Statement
    themes: tuple[Statement, ...]
    keywords: tuple[Statement, ...]
    findings: tuple[Statement, ...]
    trend: tuple[Statement, ...]
    impact: tuple[Statement, ...]
    outlook: tuple[Statement, ...]

    def statements(self) -> Iterator[tuple[Part, int, Statement]]:
        """Every statement with its part and its place in it, in reading order."""
        yield "headline", 0, self.headline
        for part in PARTS[1:]:
            for place, statement in enumerate(getattr(self, part)):
                yield part, place, statement


class Evidence(Value):
    """One sentence of one paper."""

    paper_id: str
    sentence: int
    """1-based place in the abstract; 0 is the title."""
    quote: str
    """The sentence itself, as it stood when it was cited."""


class Claim(Value):
    """A sentence that may be published."""

    kind: Kind
    text: str
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[str, ...] = ()
    """Ids of the trend facts it rests on."""


class Brief(Value):
    """What a writer, a critic and an editor of one category are shown. Order gives the labels."""

    papers: tuple[Paper, ...]
    facts: tuple[Fact, ...] = ()

    def sentences_of(self, place: int) -> tuple[str, ...]:
        """The sentences of the ``place``-th paper (0-based); index 0 is the title."""
        paper = self.papers[place]
        return (paper.title, *sentences(paper.abstract))

    def evidence(self, label: str) -> Evidence | None:
        """What ``P3.2`` stands for; None for a label that does not exist."""
        if not (found := _SENTENCE_LABEL.fullmatch(label)):
            return None
        place, number = int(found[1]) - 1, int(found[2])
        if place >= len(self.papers) or number >= len(held := self.sentences_of(place)):
            return None
        return Evidence(paper_id=self.papers[place].id, sentence=number, quote=held[number])

    def fact(self, label: str) -> Fact | None:
        """What ``T1`` stands for; None for a label that does not exist."""
        found = _FACT_LABEL.fullmatch(label)
        return self.facts[int(found[1]) - 1] if found and int(found[1]) <= len(self.facts) else None

    def knows(self, label: str) -> bool:
        return self.evidence(label) is not None or self.fact(label) is not None

    def labels(self) -> Iterator[tuple[str, Paper, tuple[tuple[str, str], ...]]]:
        """(``P1``, paper, ((``P1.0``, title), (``P1.1``, first sentence), …)) for every paper."""
        for place, paper in enumerate(self.papers):
            held = self.sentences_of(place)
            yield f"P{place + 1}", paper, tuple((f"P{place + 1}.{n}", text) for n, text in enumerate(held))


def claim(statement: Statement, brief: Brief) -> Claim:
    """The statement with its labels resolved. Labels that do not exist carry nothing and vanish: the critic reports
    them, and a claim that is left with no evidence is never published."""
    evidence = tuple(e for label in dict.fromkeys(statement.cites) if (e := brief.evidence(label)))
    facts = tuple(f.id for label in dict.fromkeys(statement.cites) if (f := brief.fact(label)))
    return Claim(kind=statement.kind, text=statement.text, evidence=evidence, facts=facts)
