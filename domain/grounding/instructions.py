"""Papers are untrusted text: what reads as an order to a model or to the reader is never published."""

import re
from collections.abc import Iterable, Iterator

from domain.languages import find
from domain.orders import FLAGS, QUOTED, speaks, visible
from domain.own_names import introduced_name, stand_in
from domain.sentences import sentences
from domain.tongues import form, is_latin, spoken

from .statement import Found, Statement

_orders = form("<orders>")
_invitations = form("<invitations>", re.IGNORECASE)
_praise = form("<praise>", re.IGNORECASE)
_to_models = form("<speaking.to_models>", FLAGS)


def instructions(statement: Statement) -> Iterator[Found]:
    """The sentence orders nothing and rests on no order of a paper. A paper's own name is none, unless it speaks of
    reviewing or to models."""
    own = [
        name
        for p in statement.cited
        if (name := introduced_name(p.title, p.abstract)) and not _to_models().search(name)
    ]
    text = _without(own, _own_words(statement))
    if statement.form == "row":  # "System: Ours" is a cell under its head, and no one's turn to speak
        text = text.replace(": ", " ")
    found = _invitations().search(text) or _orders().search(visible(text))
    if found or (
        (find(statement.language).latin or is_latin(text))
        and speaks(text if _to_models().search(text) else _impersonal(text, statement.language))
    ):
        span = found.group() if found else statement.text
        yield Found(span[:80], "reads as an instruction: report what the paper finds")
    elif any(speaks(_without(own, sentence)) for paper in statement.cited for sentence in paper.sentences):
        yield Found(statement.text[:80], "a cited sentence is an instruction, not a finding: drop what rests on it")
    elif (praise := _praise().search(text)) and any(
        speaks(s) for paper in statement.cited for s in sentences(paper.abstract)
    ):
        yield Found(praise.group(), "the paper's text gives orders: report its findings without judging it")


def _impersonal(text: str, language: str) -> str:
    """A text to readers as one to nobody."""
    for each in (find(language), *spoken(text)):
        text = re.sub(each.speaking.you, each.speaking.one, text, flags=FLAGS)
    return text


def _without(names: Iterable[str], text: str) -> str:
    for name in names:
        text = re.sub(rf"(?<!\w){re.escape(name)}(?!\w)", stand_in(text), text)
    return text


def _own_words(statement: Statement) -> str:
    """The sentence without what it quotes of the sentences that it cites: a paper may study such words."""
    cited = "\n".join(visible(sentence) for paper in statement.cited for sentence in paper.sentences).casefold()
    return QUOTED.sub(
        lambda found: " " if found.group()[1:-1].strip(" .,").casefold() in cited else found.group(), statement.text
    )
