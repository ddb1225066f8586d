"""Papers that their authors, or arXiv, took back: known by the notice that stands in their own text."""

import re

from .sentences import sentences
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


_PAPER = r"(?:e-?print|preprint|paper|article|manuscript|submission|document|work|report|version|contribution)"
_TAKEN = r"(?:withdrawn|retracted|removed)"
_IS = r"(?:has\s+been|have\s+been|had\s+to\s+be|is\s+being|is\s+now|was|is|were|be)"
_HOW = r"(?:(?:temporarily|permanently|voluntarily|hereby|now|formally|being)\s+)?"
# What a notice goes on with: who took it back and why, or nothing. Anything else tells of some other paper's fate.
_BY_OR_WHY = (
    r"(?=\s*(?:[.,;:!)\]—–-]|$)"
    r"|\s+(?:by|due|because|since|as|owing|pending|until|while|at\s+the\s+request|on\s+request|upon|following|after|"
    r"for|and\s+(?:will|is|has|a)\b|from\s+(?:arxiv|the\s+arxiv|the\s+server|this\s+server))\b)"
)
_LEAD = (
    r"^[\[(*\"'\s]*(?:(?:arxiv\s+)?(?:admin(?:istrators?)?\s+)?(?:note|notice|comments?)\s*:\s*)?"
    r"(?:unfortunately,?\s+)?"
)
_THIS = re.compile(rf"{_LEAD}(?:this|our|the\s+present)\s+{_PAPER}\s+{_IS}\s+{_HOW}{_TAKEN}\b{_BY_OR_WHY}", re.I)
_THE = re.compile(
    rf"{_LEAD}(?:the\s+)?{_PAPER}\s+(?:{_IS}\s+)?{_HOW}(?:withdrawn|retracted|removed)\b"
    r"(?=\s*(?:[.,;!)\]]|$)|\s+(?:by\s+(?:(?:the|its|their|all|both)\s+)?(?:first\s+|corresponding\s+)?(?:authors?|arxiv)|"
    r"due\s+to|because|owing\s+to|pending|from\s+(?:the\s+)?arxiv|for\s+(?:further\s+)?revision)\b)",
    re.I,
)
_AUTHORS = re.compile(
    rf"{_LEAD}(?:we|i|the\s+authors?)(?:\s*,[^,]*,)?\s+(?:(?:have|has|had|hereby|wish|would\s+like|want|need|must|decided|"
    rf"are|is|be|to|forced|withdrawing)\s+)*(?:withdraw(?:n|ing)?|retract(?:ed|ing)?)\s+(?:this|our|the)\s+{_PAPER}\b"
    r"(?!['’]s)",
    re.I,
)
_BARE = re.compile(
    r"^[\[(*\s]*(?:temporarily\s+)?(?:withdrawn|retracted)\b(?=[\s\])*]*(?:[.!]|$)|\s+(?:by|due|because|owing|pending|as|"
    r"since|until)\b|\s*[:;—–]|,\s)",
    re.I,
)
_KOREAN = re.compile(
    r"(?:^|[\[(]\s*)(?:이|본|해당)\s*(?:논문|연구|원고|글)[은는이가]?\s*(?:[^.]{0,40}\s)?(?:자진\s*)?철회(?:되었|됐|됨|함|하였|했|되어|합니다|한다)"
)
_TITLE = re.compile(
    r"^\s*[\[(]\s*(?:withdrawn|retracted|withdrawal|retraction|철회(?:됨)?)\b[^\])]*[\])]"
    r"|[\[(]\s*(?:withdrawn|retracted|철회(?:됨)?)\b[^\])]*[\])]\s*$",
    re.I,
)
# In capitals alone: «Retracted: A Corpus …» is a title like any other.
_SHOUTED = re.compile(r"^\s*(?:WITHDRAWN|RETRACTED)(?:\s+(?:ARTICLE|PAPER|MANUSCRIPT))?\s*[:—–-]")


def notice(title: str, abstract: str, comment: str = "") -> str:
    """The words that say that the paper itself was withdrawn, retracted or removed; empty for one that stands.

    ``comment``: what arXiv shows as its comments. A paper that studies withdrawals, quotes a notice, tells of an
    earlier version or of a conference that it was withdrawn from stands.
    """
    if _TITLE.search(title) or _SHOUTED.match(title):
        return title
    said = [part for sentence in sentences(abstract) for part in re.split(r"\s(?=arXiv admin note:)", sentence)]
    for place, sentence in enumerate(said):
        outer = place in (0, len(said) - 1)
        if _tells(sentence) or (outer and _THE.match(sentence)) or (place == 0 and _BARE.match(sentence)):
            return sentence
    for part in re.split(r"(?<=[.;])\s+|,\s+(?=(?:this|the|paper|article|submission|our|we)\b)", comment, flags=re.I):
        if _tells(part) or _THE.match(part):
            return part.strip()
    return comment.strip() if _BARE.match(comment) else ""


def _tells(sentence: str) -> bool:
    return any(form.match(sentence) for form in (_THIS, _AUTHORS, _KOREAN))
