"""By how much and to what something changed, and from what: a figure of the one is not told as the other."""

import re
from collections.abc import Iterator

from .compare import carries
from .forms import by_languages, is_latin, union
from .passage import Found, Passage
from .quantities import quantities
from .quantity import Quantity, exact

_VERB = (
    r"(?:reduc|improv|increas|decreas|cut|rais|boost|lower|drop|ris|rose|grow|grew|shr[iau]nk|gain|fall|fell|declin|trim|slash"
    r"|lift)"
)
_BOUND = (
    r"(?:(?:up to|as much as|over|more than|about|around|roughly|approximately|nearly|almost|just|only|at least"
    r"|an average of|a)\s)*[~$]?$"
)
_COMPARED = r"\b(?:up|compared|relative|equal|close|similar|than)\b"


def _forms(by: str, gone: str, left: str, to: str = r"(?!)", origin: str = r"(?!)") -> dict[str, re.Pattern[str]]:
    forms = {"by": by, "to": to, "origin": origin, "gone": gone, "left": left}
    return {part: re.compile(form, re.IGNORECASE) for part, form in forms.items()}


_BEFORE = _forms(
    by=rf"\b(?:by|(?:improv|reduc|increas|decreas|rais|boost|lower|cut)\w*)\s{_BOUND}",
    to=rf"\b{_VERB}\w*\b(?:(?!{_COMPARED})[^.;,]){{0,60}}?\bto\s{_BOUND}",
    gone=rf"\b(?:remov|discard|prun|eliminat|filter)\w*\s(?:out\s)?{_BOUND}",
    left=rf"\b(?:retain|keep|preserv|kept)\w*\s{_BOUND}",
    origin=rf"\bfrom\s{_BOUND}",
)
_SIZED = "original|full|time|cost|memory|compute|computation|parameters|size|data|tokens|budget|FLOPs|energy|training"
_AFTER = _forms(
    to=rf"\sof (?:the|its|their) (?:\w+\s)?(?:{_SIZED})\b",
    gone=r"[^.;,\d]{0,40}\b(?:removed|discarded|pruned|eliminated|filtered out)\b",
    left=r"[^.;,\d]{0,40}\b(?:remain\w*|retained|kept|survive\w*|preserved)\b",
    by=rf"(?:\s(?:relative|absolute|average|points?|[a-z-]+(?=\sreduc)))*\s(?:{_VERB}\w*|fewer|less|faster|higher|smaller|better|cheaper|lower|shorter|lighter)\b",
)
_PARTS = ("by", "to", "origin", "gone", "left")


@by_languages
def _behind() -> dict[str, re.Pattern[str]]:
    """What languages say behind a figure; of English both sides tell."""
    return {part: re.compile(union(part), re.IGNORECASE) for part in _PARTS}


def changes(passage: Passage) -> Iterator[Found]:
    """A figure by which something changed is not told as what it came to, or came from; nor back."""
    given = [(sentence, quantities(sentence, source=True)) for cited in passage.cited for sentence in cited.sentences]
    for figure in quantities(passage.text):
        own = part(passage.text, figure)
        if not own or figure.kind == "multiple" or not exact(figure):
            continue
        theirs = {part(text, q) for text, held in given for q in held if carries(figure, q)}
        if len(theirs) == 1 and (other := theirs.pop()) and other != own:
            yield Found(
                figure.text, f"told as what it changed {own}; the cited sentence has it as what it changed {other}"
            )


_TOLD = {"gone": "away", "origin": "from"}


def part(text: str, figure: Quantity) -> str | None:
    """What a figure is in a change: what something changed ``by``, ``to`` or ``from``, what went ``away`` or was
    ``left``; None where the text does not say."""
    if not is_latin(text):
        found = next((name for name, form in _behind().items() if form.match(text, figure.end)), None)
    else:
        head = text[max(0, figure.start - 110) : figure.start]
        before = next((name for name, form in _BEFORE.items() if form.search(head)), None)
        found = before or next((name for name, form in _AFTER.items() if form.match(text, figure.end)), None)
    return _TOLD.get(found, found) if found else None
