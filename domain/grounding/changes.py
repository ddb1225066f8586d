"""By how much and to what something changed, and from what: a figure of the one is not told as the other."""

import re
from collections.abc import Iterator

from .compare import carries
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
    forms = {"by": by, "to": to, "from": origin, "away": gone, "left": left}
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
_CHANGED = (
    "(?:줄|낮|늘|높[였이아여]|올[렸라랐리]|떨어|감소|증가|개선|향상|끌어|단축|절감|하락|상승|내[려렸리]|뛰었|뛰어|깎"
    "|불어)"
)
_KOREAN = _forms(
    gone=r"[^.,\d]{0,14}(?:걸러[졌지냈내]|버[려렸]|제거|솎아|탈락)",
    left=r"[^.,\d]{0,14}(?:살아남|남[았겼는]|통과)",
    by=rf"(?:씩|만큼|나|이나|를|을|가량|\s이상|\s넘게|쯤|\s정도)?\s(?:더\s|크게\s)?{_CHANGED}",
    to=rf"(?:\s?(?:수준|선))?(?:으로|로|까지)\s(?:크게\s|뚝\s|확\s|대폭\s|더\s)?{_CHANGED}|(?:나|에|밖에)\s(?:됐|되었|달했|이르)"
    r"|에 불과|밖에\s(?:안|들지|쓰지|되지)|만(?:으로|\s(?:쓰|써|들|있으면))",
    origin=r"(?:에서(?=\s(?:약\s)?\d)|였던|이던|이었던)\s",
)


def changes(passage: Passage) -> Iterator[Found]:
    """A figure by which something changed is not told as what it came to, or came from; nor back."""
    given = [(sentence, quantities(sentence, source=True)) for cited in passage.cited for sentence in cited.sentences]
    for figure in quantities(passage.text):
        own = part(passage.text, figure, korean=passage.language == "ko")
        if not own or figure.kind == "multiple" or not exact(figure):
            continue
        theirs = {part(text, q) for text, held in given for q in held if carries(figure, q)}
        if len(theirs) == 1 and (other := theirs.pop()) and other != own:
            yield Found(
                figure.text, f"told as what it changed {own}; the cited sentence has it as what it changed {other}"
            )


def part(text: str, figure: Quantity, *, korean: bool = False) -> str | None:
    """``by``, ``to`` or ``from``: what a figure is in a change; None where the text does not say."""
    if korean:
        return next((name for name, form in _KOREAN.items() if form.match(text, figure.end)), None)
    head = text[max(0, figure.start - 110) : figure.start]
    before = next((name for name, form in _BEFORE.items() if form.search(head)), None)
    return before or next((name for name, form in _AFTER.items() if form.match(text, figure.end)), None)
