"""What a rule is shown, and what it answers."""

from collections.abc import Iterable
from typing import NamedTuple

from domain.claims import ClaimKind
from domain.forms import Form
from domain.value import Value
from domain.vocabulary import Vocabulary, vocabulary


class Cited(Value):
    """One paper that a sentence cites."""

    title: str
    abstract: str
    sentences: tuple[str, ...]
    """The cited sentences of the title and abstract, word for word."""


class Statement(Value):
    """One sentence of a draft with everything it claims to rest on."""

    text: str
    language: str
    """Of the text: ``ko`` or ``en``."""
    kind: ClaimKind = "reported"
    form: Form = "sentence"
    cited: tuple[Cited, ...] = ()
    facts: tuple[str, ...] = ()
    """Texts of the cited trend facts."""


class Found(NamedTuple):
    """What a rule finds."""

    span: str
    """The words of the sentence that offend."""
    reason: str
    """In English, for the editor: what is wrong and what would be right."""


class Fault(Value):
    """Why a sentence may not be published."""

    rule: str
    """Name of the rule, stable: receipts and evals count by it."""
    span: str
    """The words of the sentence that offend."""
    reason: str
    """In English, for the editor: what is wrong and what would be right."""


def cited_vocabulary(statement: Statement) -> Vocabulary:
    """What all cited papers and facts of a statement say, together."""
    return vocabulary((*_papers(statement), *statement.facts))


def _papers(statement: Statement) -> Iterable[str]:
    for paper in statement.cited:
        yield paper.title
        yield paper.abstract or " ".join(paper.sentences)
        # A cited sentence is part of the abstract, unless a caller knows only the sentences.
        yield from (s for s in paper.sentences if s not in paper.abstract and s != paper.title)
