"""The line of a paper in the glance of a quoted page: what came out, in a clause that stands alone."""

import re
from collections.abc import Sequence

from domain.items import Item
from domain.papers import Paper

from . import roles
from .kinds import COMPARED, FIGURE
from .names import introduced, mentioned, names_it
from .standing import hangs

_LONGEST = 165
"""Characters that stand beside a title on one line or two."""
_LEAD = re.compile(
    r"^(?:[A-Z]\w+ly|For\s+(?:instance|example)|Moreover|Furthermore|Meanwhile|Further|Overall|Also|(?:Most|More)\s+\w+ly"
    r"|In\s+(?:particular|addition|summary|conclusion)|To\s+sum\s+up"
    r"|(?:In|Through|From|Across|After|Upon|By|Via)\s+(?:our\s+|the\s+)?(?:\w+\s+){0,3}?(?:experiments?"
    r"|experimentation|evaluations?|analys[ei]s)(?:\s+(?:on|across|with|using|of)\s[^,]{0,80})?),\s+"
)
_FRAME = re.compile(
    r"^(?:[^;]{0,160}?)\b(?:show(?:s|ed|ing)?|demonstrat(?:e|es|ed|ing)|reveal(?:s|ed|ing)?|find|found|observe"
    r"|observed|confirm(?:s|ed)?"
    r"|indicat(?:e|es|ed|ing)|suggest(?:s|ed|ing)?|prove|proved|conclude|discover|discovered|verify|validate|establish)\s+that[,:]?\s+(?!\(|\d\))",
    re.IGNORECASE,
)
_VERB = (
    r"(?:outperform|surpass|exceed|achiev|attain|reach|yield|improv|reduc|increas|boost|accelerat|lower|match"
    r"|rival|deliver|obtain|gain|beat|demonstrat"
    r"|show|reveal|indicat|confirm|exhibit|sav|scor|rank|generali[sz]|perform|drop|degrad|fail|struggl|lag|solv|enhanc|maintain"
    r"|preserv|produc|provid|retain|clos|narrow"
    r"|doubl|excel|correlat|suffer|remain|requir|converg|emerg|transfer|predict|declin|benefit|hinder|hurt|help"
    r"|lead|depend|varies|var|differ|scal)"
    r"(?:s|es|ed|e|ies)?|sets|led|is|are|was|were|cannot|can|has|have|do|does|did|not"
)
_STATES = re.compile(rf"\b(?:{_VERB})\b")
_FOLLOWS = re.compile(
    r"(?:;|,\s+(?:thereby\s+|thus\s+|further\s+)?(?:achieving|including|demonstrating|highlighting|indicating"
    r"|suggesting|underscoring|showcasing|making|paving"
    r"|establishing|providing|offering|enabling|revealing|exposing|emphasizing|opening|positioning|validating"
    r"|confirming|proving|showing"
    r"|setting|underlining|propelling|e\.g\.|i\.e\.|especially|particularly)\b|\s[-–—]{1,3}\s).*$"
)
# What may be left for the block below when the line gets too long: a further result, never a condition or an exception.
_FURTHER = re.compile(
    r"(?:,?\s+while|,\s+and)\s+(?:also\s+)?\w+ing\b(?!.*\b(?:but|except)).*$"
    rf"|,\s+and\s+(?:\w+\s+){{0,3}}?(?:{_VERB})\b(?!.*\b(?:but|except)).*$"
    r"|,\s+with\s[^,]*\b(?:gains?|improvements?|increase|reduction|speed-?up)\b.*$"
)
_LISTING = re.compile(r",\s+[\w-]+(?:\s[\w-]+){0,3}$")
_NO_START = re.compile(
    r"^(?:we|it|its|they|their|this|these|those|such|both|he|she|each|there|to\s+our\s+knowledge|the\s+(?:former|latter|two|second"
    r"|first|resulting|same|(?:\w+\s+)?(?:framework|model|models|system|method|approach|pipeline))(?!\s+of))\b",
    re.IGNORECASE,
)
_ON_WHAT = re.compile(
    r"\b(?:on|across|with|over|of|in)\s+(?:(?!our\b)[\w-]+\s+){0,3}?(?-i:(?!(?:M?LL?M|VLM|LVLM|LMM|AI|NLP)s?\b)(?:[A-Z][\w-]*[A-Z\d][\w-]*|[A-Z][a-z][\w-]+))",
    re.IGNORECASE,
)
# Nothing says of what, unless the paper's name does: 'Results reveal wide gaps'.
_EVIDENCE_SHOWS = re.compile(
    r"^(?:(?:Extensive|Comprehensive|Experimental|Empirical|Our|The|Evaluation|Further)\s+){0,3}"
    r"(?:experiments?|results?|evaluations?|analys[ei]s|studies|study|findings)\s+(?:\w+\s+)?"
    r"(?:reveals?|shows?|demonstrates?|highlights?|indicates?|confirms?|validates?)\b(?!.*\bthat\b)",
    re.IGNORECASE,
)
# 'Models trained so surpass others', 'improves baseline performances'.
_OF_WHAT = re.compile(
    r"^(?:models|agents|methods|systems|networks|results|those)\s"
    r"|^by\s+\w+ing\s+the\b|.*\b(?:demonstrates?|shows?)\s+(?:our\s+)?[\w-]+['’]s\s+superior\b|.*\bbaseline\s+performances?\b",
    re.IGNORECASE,
)
# What stands for the paper itself, whose title is before the clause already.
_OWN = (
    r"(?:our|this|the\s+proposed)\s+(?:(?:proposed|new|novel|final|full|simple|best)\s+)?"
    r"(?:method|approach|framework|model|system|algorithm|technique|pipeline|strategy)"
)
_OWN_SUBJECT = re.compile(
    rf"^(?:{_OWN}(?:,\s+[\w-]+,)?|it)\s+(?=(?:(?:also|even|further|\w+ly)\s+)*(?:{_VERB})\b)", re.IGNORECASE
)
_OF_ITSELF = re.compile(rf"\b(?:{_OWN}|we|our)\b", re.IGNORECASE)


def clause(item: Item, paper: Paper) -> str:
    """A clause of the paper's result that can stand behind its title; empty where none can.

    It is cut out of a sentence, of the item's results if one of them serves: the frame before it and what follows from
    it may go, and a subject that is the paper itself, never a condition.
    """
    texts = [text for _, text in paper.evidence]
    told = [claim.text for claim in item.of("result")]
    own = next((n for n, text in enumerate(texts) if roles.makes(text) or roles.studies(text)), len(texts))
    further = [text for text in texts[own + 1 :] if text not in told and roles.quotable(text) and _measured(text)]
    for some in (told, further):
        found = [cut for text in some if (cut := _alone(text, item.name, paper, texts))]
        if found:
            return max(found, key=lambda cut: roles.result(cut) + bool(FIGURE.search(cut)))
    return ""


def _measured(text: str) -> bool:
    """A result with a figure or a comparison, whoever has not chosen it for the block."""
    return bool(roles.result(text) and (FIGURE.search(text) or COMPARED.search(text)))


def _alone(text: str, name: str, paper: Paper, texts: Sequence[str]) -> str:
    """The clause of a sentence, without a subject that is the paper itself; empty where it cannot stand."""
    cut = _cut(text)
    if subject := _OWN_SUBJECT.match(cut):
        before = texts[place - 1] if (place := texts.index(text) if text in texts else 0) else ""
        itself = bool(_OF_ITSELF.search(before)) or bool(name and names_it(name, before))
        if subject[0].split()[0].casefold() != "it" or itself:
            cut = cut[subject.end() :]
            if cut.startswith(("can ", "could ", "may ")) and not (FIGURE.search(cut) or COMPARED.search(cut)):
                return ""
    return cut if _stands(cut, name, paper) else ""


def _cut(text: str) -> str:
    led = _without(_LEAD, text)
    text = _without(_FRAME, led)
    short = _FOLLOWS.sub("", text)
    if len(text.strip()) <= _LONGEST and FIGURE.search(text, len(short)):
        short = text
    # What stands after 'show that' is a clause; elsewhere the part that stays must be one.
    whole = text != led or (_STATES.search(short))
    text = short if whole else text
    while len(text) > _LONGEST and (shorter := _FURTHER.sub("", text)) != text and not _LISTING.search(shorter):
        text = shorter
    return text.strip().rstrip(".,")


def _without(frame: re.Pattern[str], text: str) -> str:
    """The text without its frame, unless this tells on what it was found: 'Tests in the Bath office show that …'."""
    found = frame.match(text)
    rest = text[found.end() :] if found else text
    measured = FIGURE.search(rest) or COMPARED.search(rest)
    return text if found and measured and _ON_WHAT.search(found.group()) else rest


def _stands(text: str, name: str, paper: Paper) -> bool:
    if not 25 <= len(text) <= _LONGEST or _NO_START.match(text):
        return False
    named = name and names_it(name, text)
    if not FIGURE.search(text) and (_OF_WHAT.match(text) or (_EVIDENCE_SHOWS.match(text) and not named)):
        return False
    if roles.vague(text) or hangs(text[0].upper() + text[1:]) or text.count("(") != text.count(")"):
        return False
    told = introduced(paper.abstract) - introduced(paper.title) - {name, *mentioned(paper.title)}
    return not any(names_it(other, text) and not names_it(other, paper.title) for other in told)
