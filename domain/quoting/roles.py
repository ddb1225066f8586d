"""What a sentence of an abstract does there: names a problem, says what was made or done, how it works, what came out.

Rules over English, each for a kind of sentence. A sentence may do two of these; one that does none is background.
"""

import re
from functools import lru_cache

from . import kinds, thin

_CLEAR = 1.5
"""From here on a sentence is a result, whatever else it may be."""
_SAYS_MORE = 12
"""Words from which on praise says of what and where: 'experiments show the effectiveness of X' has fewer."""
_once = lru_cache(maxsize=256)
"""What a sentence is asked several times while its abstract is read."""


def tellable(text: str) -> bool:
    """Whether a sentence says something of the paper, and not only where its code lies."""
    if kinds.ENDLESS.search(text) or kinds.ELEMENT.search(text):
        return False
    if kinds.ADDRESS.search(text):
        return makes(text) and len(text.split()) > 15
    return not kinds.RELEASE.search(text)


def quotable(text: str) -> bool:
    """Whether it may also stand under a label: one whole statement, no question, nor half a list."""
    glued = kinds.GLUED.search(text) and len(text.split()) > 45
    whole = not (
        glued or re.search(r"\?\W*$|[:;,]\s*$", text) or kinds.CUT_LIST.search(text) or kinds.UNTOLD.search(text)
    )
    return whole and tellable(text) and len(text.split()) >= 5


def _says(text: str, verbs: re.Pattern[str]) -> bool:
    """Whether the authors, as the subject, do what one of the verbs says."""
    return any(verbs.match(text, who.end()) for who in kinds.SAYS_WHO.finditer(text))


@_once
def makes(text: str) -> bool:
    """It says what the paper made: 'we propose …'."""
    made = (
        _says(text, kinds.MADE)
        or (_says(text, kinds.DONE) and kinds.AND_MAKES.search(text))
        or kinds.PASSIVE.search(text)
    )
    return bool(made) and not kinds.WISHES.search(text)


def studies(text: str) -> bool:
    """It says what the paper did: 'we investigate …', 'in this paper, we …', 'our method …'."""
    return (
        _says(text, kinds.DONE)
        or bool(kinds.OWN_WORK.match(text))
        or (bool(kinds.IN_THIS_WORK.match(text)) and not finds(text))
    )


def defines(text: str, name: str) -> bool:
    """It says what the thing called ``name`` is: 'WetMail is a set of letters', 'The WetMail corpus is …'."""
    return (
        bool(name)
        and re.match(rf"(?:The\s+)?{re.escape(name)}\b(?:\s+[\w-]+){{0,2}}\s+is\s+(?:an?|the)\b", text) is not None
    )


@_once
def evaluates(text: str) -> bool:
    """It says no more than that something was tried out: 'we conduct experiments on …'."""
    return bool(kinds.EVALUATES.search(text))


@_once
def finds(text: str) -> bool:
    """It says what the authors found: 'we show that …'."""
    if _says(text, kinds.FOUND):
        return not kinds.BY_MEANS.search(text)
    return _says(text, kinds.DONE) and bool(kinds.AND_FINDS.search(text))


def vague(text: str) -> bool:
    """It praises and says no more: 'experiments demonstrate the effectiveness of X'."""
    return bool(kinds.VAGUE.search(text)) and not (kinds.FIGURE.search(text) or kinds.COMPARED.search(text))


@_once
def praises(text: str) -> bool:
    """It speaks well of the paper's own work and measures or compares nothing, whatever its participles add."""
    if kinds.FIGURE.search(text) or thin.AGAINST.search(text) or thin.IN_DOING.search(text):
        return False
    said = thin.IN_PASSING.sub("", text)
    return bool(thin.OF_ITSELF.search(text) or (kinds.VAGUE.search(said) and not re.search(r"\bthat\b", said)))


def explains(text: str) -> bool:
    """It tells what a thing does, how, or of what it is made, and not only its name and what it is good for."""
    if aims(text) or evaluates(text) or praises(text) or problem(text) or result(text) >= _CLEAR:
        return False
    said = thin.PROMISE.sub("", text)
    return bool(thin.HOW.search(said) or kinds.SIZE.search(said))


@_once
def aims(text: str) -> bool:
    """It says what the authors are after, and not what they made or did about it."""
    return not makes(text) and _says(text, thin.AIM) and not thin.AND_DOES.search(text)


def opens(text: str) -> bool:
    """It says what comes first and not what comes then: 'Firstly, …', 'we first …'."""
    first = thin.FIRST.search(text)
    return bool(first) and not thin.SECOND.search(text, first.end() if first else 0)


def follows(text: str) -> bool:
    """It says what comes after a first: 'Then, we …', 'Second, …'."""
    return bool(thin.SECOND.search(text[:80]))


def bridges(text: str) -> bool:
    """It may tell more of the thing although it says nothing by itself: neither others' work, trouble nor a hope."""
    otherwise = (kinds.FIGURE, kinds.OTHERS, kinds.EFFECT, kinds.COMPARED, kinds.HOPE, kinds.HOPEFUL)
    return not (kinds.ASIDE.match(text) or any(kind.search(text) for kind in otherwise) or finds(text))


def lists(text: str, following: str) -> bool:
    """It begins a list that a sentence behind it goes on with: 'two contributions: First, …' 'Second, …'."""
    begins = kinds.CUT_LIST.search(text) or kinds.COUNTED.search(text) or kinds.FIRST_OF_LIST.match(text)
    if opens(text) and follows(following):
        return True
    return bool(begins) and (goes_on_listing(following) or bool(kinds.FIRST_OF_LIST.match(following)))


def goes_on_listing(text: str) -> bool:
    """It is a further part of a list: 'Second, …', '(2) …'."""
    return bool(kinds.GOES_ON_LISTING.match(text))


@_once
def problem(text: str) -> float:
    """How clearly it tells what is wrong or missing, not yet by this paper: 0 (not at all) to 3."""
    if (kinds.WE.search(text) and not kinds.DIAGNOSIS.search(text)) or (
        kinds.HOPEFUL.search(text) and not kinds.TURN.search(text)
    ):
        return 0.0
    if kinds.ONLY_COUNTED.search(text) or kinds.UNNAMED_TROUBLE.search(text):
        return 0.0
    # What is granted in passing is not the trouble: 'Despite lacking light, clerks sort well'.
    granted = kinds.GRANTS.match(text)
    said = thin.TO_ADDRESS.sub("", text[granted.end() if granted else 0 :])
    found = {match.group().casefold() for match in kinds.LACK.finditer(said)}
    if not found and kinds.BUT.match(text):
        return 1.0  # what follows a 'however' before the paper speaks of itself
    return min(3.0, 1.0 + 0.5 * len(found)) if found else 0.0


@_once
def result(text: str) -> float:
    """How much it tells of what came out: 0 (it is no result) to about 7 (figures, the main or a negative finding)."""
    if kinds.OTHERS.search(text) or kinds.CONSISTS.match(text) or praises(text) or aims(text):
        return 0.0
    if kinds.OPINION.search(text) and not kinds.FIGURE.search(text):
        return 0.0
    if makes(text) and not kinds.AND_FINDS_THAT.search(text):
        return 0.0
    measured = bool(kinds.FIGURE.search(text) or kinds.SCORED.search(text))
    compared = _compares(text)
    reported = _reports(text)
    effect = bool(kinds.IMPROVED.search(text)) or _takes_effect(text)
    stated = (measured or compared or (reported and effect)) and bool(kinds.STATES.search(text))
    if kinds.SETUP.search(text) and not (stated or reported):
        return 0.0
    if evaluates(text) and not (stated or _says(text, kinds.FOUND) or re.search(r"\b(?:that|how)\b", text)):
        return 0.0  # 'we test machines on it, showing that …' has a finding; 'showing its worth' has none
    if not (reported or effect or (measured and compared) or ((measured or compared) and kinds.STATES.search(text))):
        return 0.0
    if _says(text, kinds.DONE) and not (reported or measured or compared):
        return 0.0
    if kinds.BUT.match(text) and not (finds(text) or measured):
        return 0.0  # 'However, copying X degrades Y' is why the paper does otherwise
    if (kinds.DIAGNOSIS.search(text) and not measured) or (
        not (reported or measured or compared) and kinds.ABLE.search(text)
    ):
        return 0.0
    telling = {match.group().casefold() for match in kinds.TELLING.finditer(text)}
    score = 1.0 + 1.6 * measured + 0.4 * (len(kinds.FIGURE.findall(text)) > 1) + 1.2 * compared + 0.8 * reported
    score += 0.4 * min(3, len(telling)) * (reported or measured or compared)
    said = thin.IN_PASSING.sub("", text)  # what is hung on says less, and takes nothing from what is said
    if vague(text) and (kinds.VAGUE.search(said) or not _reports(said)):
        score -= 1.6 if len(text.split()) > _SAYS_MORE else score
    if kinds.HOPE.search(said) and not measured:
        score -= 1.6
    return max(score, 0.0)


def _reports(text: str) -> bool:
    """It tells what was found: by whom, by what evidence or how it was tried, or of its subject."""
    evidence = kinds.EVIDENCE.search(text)
    return bool(
        finds(text)
        or (evidence and kinds.SHOWS.search(text, evidence.end()))
        or kinds.RESULT_SAYS.match(text)
        or (kinds.EVIDENCE_COMPARES.match(text) and kinds.COMPARED.search(text))
        or kinds.TRIED.match(text)
        or kinds.FOUND_OF_IT.search(text)
    )


def _compares(text: str) -> bool:
    """It sets what came out beside something, and does not only say what was done 'to match the sketch'."""
    return any(not kinds.IN_ORDER_TO.search(text[: found.start()]) for found in kinds.COMPARED.finditer(text))


def _takes_effect(text: str) -> bool:
    """Something did change for the better or worse: not what is done 'to enhance capabilities'."""
    found = kinds.EFFECT.search(text)
    return bool(found) and not kinds.NO_EFFECT.search(text[: found.start()])


def mechanism(text: str, name: str) -> float:
    """How much it tells of how the thing called ``name`` works: 0 to 3."""
    own = kinds.BEGINS_OWN.match(text) or (name and re.match(rf"(?:\w+ly,\s+)?{re.escape(name)}", text, re.I))
    if (
        not own
        or kinds.IMPROVED.search(text)
        or kinds.EVALUATES.search(text)
        or finds(text)
        or result(text) >= _CLEAR
        or kinds.HOPE.search(text)
    ):
        return 0.0
    works = len({match.group().casefold() for match in kinds.WORKS.finditer(text)})
    # How much of it there is tells what a data set or a benchmark is.
    return min(3.0, 0.5 * works + 1.5 * bool(works and kinds.SIZE.search(text)))
