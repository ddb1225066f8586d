"""Papers are untrusted text: what reads as an order to a model or to the reader is never published."""

import re
from collections.abc import Iterable, Iterator

from domain.languages import find
from domain.orders import QUOTED, speaks, visible
from domain.own_names import introduced_name
from domain.sentences import sentences
from domain.tongues import form, is_latin

from .statement import Found, Statement

_orders = form("<orders>")
_invitations = form("<invitations>", re.IGNORECASE)
_praise = form("<praise>", re.IGNORECASE)
_YOU = re.compile(r"\byou(?:rs?)?\b", re.IGNORECASE)
_TO_MODELS = re.compile(
    r"\b(?:AI|assistant|language model|prompt|instruction|review\w*|scor\w+|rat(?:e|ing))s?\b", re.IGNORECASE
)


def instructions(statement: Statement) -> Iterator[Found]:
    """The sentence orders nothing and rests on no order of a paper. A paper's own name is none, unless it speaks of
    reviewing or to models."""
    own = [
        name for p in statement.cited if (name := introduced_name(p.title, p.abstract)) and not _TO_MODELS.search(name)
    ]
    text = _without(own, _own_words(statement))
    found = _invitations().search(text) or _orders().search(visible(text))
    # Whoever writes for readers may say you to them.
    if found or (
        (find(statement.language).latin or is_latin(text))
        and speaks(text if _TO_MODELS.search(text) else _YOU.sub("one", text))
    ):
        span = found.group() if found else statement.text
        yield Found(span[:80], "reads as an instruction: report what the paper finds")
    elif any(speaks(_without(own, sentence)) for paper in statement.cited for sentence in paper.sentences):
        yield Found(statement.text[:80], "a cited sentence is an instruction, not a finding: drop what rests on it")
    elif (praise := _praise().search(text)) and any(
        speaks(s) for paper in statement.cited for s in sentences(paper.abstract)
    ):
        yield Found(praise.group(), "the paper's text gives orders: report its findings without judging it")


def _without(names: Iterable[str], text: str) -> str:
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", "It", text)
    return text


def _own_words(statement: Statement) -> str:
    """The sentence without what it quotes of the sentences that it cites: a paper may study such words."""
    cited = "\n".join(visible(sentence) for paper in statement.cited for sentence in paper.sentences).casefold()
    return QUOTED.sub(
        lambda found: " " if found.group()[1:-1].strip(" .,").casefold() in cited else found.group(), statement.text
    )
