"""Which noun a figure counts: ``37 medical datasets``, ``37개 의료 데이터셋``, ``데이터셋 37개``."""

import re

from .units import UNKNOWN, english_noun, korean_nouns

_WORD = re.compile(r"[1-4]D\b|[A-Za-z][A-Za-z'-]*|[,.;:()]|[가-힣]+|\d+")
_STOP = frozenset(
    """
    across on for with in from to by that which using at over per than when while is are was were as via into
    under through showing covering including collected having has have can each we , . ; :
    """.split()
)
_PARTICLE = re.compile(r"(?:으로|에서|에게|보다|부터|까지|이며|이고|라는|이라는|을|를|은|는|이|가|로|에|와|과|도)$")
_LISTED = re.compile(r"(?:(?<=\s)\d[\d.]*[KMBT]?(?:,\s?|와\s|과\s|\s및\s))+$")
_KOREAN_WORD = re.compile(r"\s?([가-힣A-Za-z0-9-]+)")


def english_after(text: str, end: int) -> frozenset[str]:
    """Nouns of the phrase after an English figure, up to a preposition or a verb."""
    if compound := re.match(r"-([a-z]+)", text[end : end + 24]):
        return english_noun(compound[1])
    found, words = frozenset[str](), 0
    for place, word in enumerate(_WORD.finditer(text, end, min(len(text), end + 90))):
        term = word[0].lower()
        if term in ("of", "and", "or") and (found or (term == "of" and place)):
            break
        if term in _STOP or place > 9 or term.isdigit():
            break
        for part in term.split("-"):
            found |= english_noun(part)
        words += term.isalpha() and term not in ("of", "and", "or")
    return found or (UNKNOWN if words else found)


def korean_after(text: str, end: int, stop: int) -> frozenset[str]:
    """Nouns of up to three words after a Korean figure and its counter; the word that carries a particle ends them."""
    found, place = frozenset[str](), end
    for _ in range(3):
        word = _KOREAN_WORD.match(text, place)
        if not word or word.end() > stop:
            break
        bare = _PARTICLE.sub("", word[1])
        found |= korean_nouns(bare)
        place = word.end()
        if bare != word[1]:
            break
    return found


def korean_before(text: str, start: int) -> frozenset[str]:
    """The noun right before a Korean figure with a counter or a scale: 데이터셋 37개, GPU를 수백 개, 매개변수 수가 7B,
    매개변수 0.5B, 1.8B."""
    head = _LISTED.sub("", text[max(0, start - 40) : start])
    word = re.search(
        r"([가-힣A-Za-z]+)(?:\s(?:수|규모|크기)(?:가|는|도)?)?\s(?:약\s|최대\s|총\s|모두\s|무려\s|각각\s|평균\s)?$",
        head,
    )
    return korean_nouns(_PARTICLE.sub("", word[1])) if word else frozenset()
