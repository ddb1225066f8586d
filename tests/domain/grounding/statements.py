"""Short ways to say what a test shows to a rule."""

from collections.abc import Callable, Iterator, Sequence

from domain.claims import ClaimKind
from domain.grounding.statement import Cited, Found, Statement

Rule = Callable[[Statement], Iterator[Found]]


def statement(
    text: str, *evidence: str, title: str = "", language: str = "ko", kind: ClaimKind = "reported", abstract: str = ""
) -> Statement:
    """A sentence that cites the given sentences of one paper."""
    paper = Cited(title=title, abstract=abstract or " ".join(evidence), sentences=evidence)
    return Statement(text=text, language=language, kind=kind, cited=(paper,))


def faults(rule: Rule, shown: Statement) -> list[Found]:
    return list(rule(shown))


def spans(rule: Rule, text: str, *evidence: str, title: str = "", language: str = "ko") -> list[str]:
    """The words that the rule finds wrong."""
    return [f.span for f in rule(statement(text, *evidence, title=title, language=language))]


def several(text: str, papers: Sequence[str], language: str = "ko") -> Statement:
    """A sentence that cites one sentence of each of several papers."""
    cited = tuple(Cited(title=f"Paper {n}", abstract=p, sentences=(p,)) for n, p in enumerate(papers, 1))
    return Statement(text=text, language=language, cited=cited)
