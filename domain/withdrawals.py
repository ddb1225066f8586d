"""Papers that their authors, or arXiv, took back: known by the notice that stands in their own text."""

import re
from collections.abc import Sequence

from .sentences import sentences
from .tongues import form
from .value import Day, Value


class Withdrawn(Value):
    """A paper of the day that is named as withdrawn and never told."""

    paper_id: str
    title: str
    url: str = ""
    note: str
    """The notice, in the words in which it came."""
    day: Day
    """The day on which the notice came first."""
    first_day: Day | None = None
    """The earlier day on which the paper was reported as news; None where it never was."""


_notice = form("<prose.withdrawal.notice>", re.IGNORECASE)
_outer = form("<prose.withdrawal.outer>", re.IGNORECASE)
_bare = form("<prose.withdrawal.bare>", re.IGNORECASE)
_title = form(
    r"^\s*[\[(]\s*(?:<prose.withdrawal.marks>|<prose.withdrawal.marks_before>)\b[^\])]*[\])]"
    r"|[\[(]\s*(?:<prose.withdrawal.marks>)\b[^\])]*[\])]\s*$",
    re.IGNORECASE,
)
# In capitals alone: «Retracted: A Corpus …» is a title like any other.
_shouted = form(r"^\s*(?:<prose.withdrawal.shouted>)\s*[:—–-]")
_ADMIN = "arXiv admin note:"
_parts = form(r"(?<=[.;])\s+|,\s+(?=(?:<prose.withdrawal.begins>)\b)", re.IGNORECASE)


def notice(title: str, abstract: str, comment: str = "") -> str:
    """The words that say that the paper itself was withdrawn, retracted or removed; empty for one that stands.

    ``comment``: what arXiv shows as its comments. A paper that studies withdrawals, quotes a notice, tells of an
    earlier version or of a conference that it was withdrawn from stands.
    """
    if _title().search(title) or _shouted().match(title):
        return title
    said: Sequence[str] = sentences(abstract)
    if _ADMIN in abstract:
        said = [part for sentence in said for part in re.split(rf"\s(?={_ADMIN})", sentence)]
    told, outer, bare = _notice(), _outer(), _bare()
    for place, sentence in enumerate(said):
        at_the_edge = place in (0, len(said) - 1)
        if told.match(sentence) or (at_the_edge and outer.match(sentence)) or (place == 0 and bare.match(sentence)):
            return sentence
    for part in _parts().split(comment):
        if told.match(part) or outer.match(part):
            return part.strip()
    return comment.strip() if bare.match(comment) else ""
