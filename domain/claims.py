"""What is said, and what it rests on.

Nobody cites while writing. The critic sees a ``Brief``: papers labelled P1, P2…, their sentences P1.1, P1.2… (P1.0 is
the title), facts about other days T1, T2…; it answers with labels, which become the ``Evidence`` of a ``Claim`` here,
so that no id can be invented.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Literal

from .forms import Form
from .kinds import Role
from .papers import Paper
from .trends import Fact
from .value import Value

ClaimKind = Literal["reported", "analysis", "trend"]
"""``reported``: the papers say so. ``analysis``: a view or advice of ours. ``trend``: rests on facts of other days."""

ITEM_ROLES: tuple[Role, ...] = ("hook", "abstract", "problem", "method", "result", "note")
ANALYSIS_ROLES: frozenset[Role] = frozenset(("note", "pick", "group", "thread"))
"""What is ours by its place: the page marks it so."""

_SENTENCE_LABEL = re.compile(r"P([1-9]\d{0,5})\.(\d{1,6})")
_FACT_LABEL = re.compile(r"T([1-9]\d{0,5})")


class Evidence(Value):
    """One sentence of one paper."""

    paper_id: str
    sentence: int
    """1-based place in the abstract; 0 is the title."""
    quote: str
    """The sentence itself, as it stood when it was cited."""


class Claim(Value):
    """A line that may be published."""

    kind: ClaimKind
    role: Role
    text: str
    evidence: tuple[Evidence, ...] = ()
    facts: tuple[str, ...] = ()
    """Ids of the trend facts it rests on."""
    form: Form = "sentence"
    """How it stands among the others of its paper."""
    emphasis: tuple[str, ...] = ()
    """Words of the text that stand out."""
    by_person: bool = False
    """Written in a review, by a person."""


class Brief(Value):
    """What a writer and a critic are shown. Order gives the labels."""

    papers: tuple[Paper, ...]
    facts: tuple[Fact, ...] = ()

    def evidence(self, label: str) -> Evidence | None:
        """What ``P3.2`` stands for; None for a label that does not exist, and for a sentence that is no evidence."""
        if not (found := _SENTENCE_LABEL.fullmatch(label)) or (paper := self.paper(f"P{found[1]}")) is None:
            return None
        quote = dict(_held(paper)).get(int(found[2]))
        return Evidence(paper_id=paper.id, sentence=int(found[2]), quote=quote) if quote else None

    def fact(self, label: str) -> Fact | None:
        """What ``T1`` stands for; None for a label that does not exist."""
        found = _FACT_LABEL.fullmatch(label)
        return self.facts[int(found[1]) - 1] if found and int(found[1]) <= len(self.facts) else None

    def label(self, paper_id: str) -> str:
        """``P3`` for the third paper. Raises StopIteration for a paper that is not shown."""
        return next(f"P{n}" for n, paper in enumerate(self.papers, start=1) if paper.id == paper_id)

    def paper(self, label: str) -> Paper | None:
        """What ``P3`` stands for; None for a label that does not exist."""
        place = int(label[1:]) - 1 if re.fullmatch(r"P[1-9]\d{0,5}", label) else len(self.papers)
        return self.papers[place] if place < len(self.papers) else None

    def labels(self) -> Iterator[tuple[str, Paper, tuple[tuple[str, str], ...]]]:
        """(``P1``, paper, ((``P1.0``, title), (``P1.1``, first sentence), …)) for every paper. A sentence that is no
        evidence has no label, and shifts none."""
        for number, paper in enumerate(self.papers, start=1):
            yield f"P{number}", paper, tuple((f"P{number}.{place}", text) for place, text in _held(paper))

    def texts(self) -> Iterator[str]:
        """Everything that papers have written and that is shown."""
        for paper in self.papers:
            yield from (text for _, text in _held(paper))


def _held(paper: Paper) -> tuple[tuple[int, str], ...]:
    """Place and text of what may be cited."""
    return ((0, paper.title), *paper.evidence)


def resolve(labels: Iterable[str], brief: Brief) -> tuple[tuple[Evidence, ...], tuple[str, ...]]:
    """Evidence and ids of facts behind labels. Labels that do not exist carry nothing and vanish: a line that is left
    with nothing is never published."""
    labels = tuple(dict.fromkeys(labels))
    return (
        tuple(e for label in labels if (e := brief.evidence(label))),
        tuple(f.id for label in labels if (f := brief.fact(label))),
    )
