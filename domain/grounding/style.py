"""Sentences that would fit any paper, and sentences about several papers that cite one."""

import re
from collections.abc import Iterator

from .passage import Fault, Passage
from .stock import STEMS_KO, STOCK_EN, STOCK_KO, WORDS_EN, WORDS_KO

_LONGEST_ENDING = 6
"""Syllables."""
_SEPARATORS = re.compile(r"[^가-힣A-Za-z0-9]+")
_TOPIC = r"(?:들)?(?:은|는|이|가|의|에서|에|을|를|과|와|에서는)?(?![가-힣])"
_SEVERAL_KO = re.compile(
    rf"(?<![가-힣])(두|세|네|다섯|여섯|[2-9])\s*(?:편의\s*|개의\s*)?(?:논문|연구){_TOPIC}(?:\s*(?:모두|다|공히)(?![가-힣]))?"
)
_ALL_KO = re.compile(
    rf"(?<![가-힣])(?:모든|각|여러)\s*논문{_TOPIC}|(?:논문|연구)들(?:은|이)?\s*모두|(?<![가-힣])(?:이|위|해당)\s*(?:논문|연구)들(?:은|이|의|에서)"
)
_SEVERAL_EN = re.compile(
    r"\b(?:both|(?:the|these|all)\s+(two|three|four|five|six)|these|all(?:\s+(?:of\s+)?(?:the|these))?)\s+"
    r"(?:papers|works|articles)\b",
    re.IGNORECASE,
)
_COUNT = {"두": 2, "세": 3, "네": 4, "다섯": 5, "여섯": 6, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}


def generic(passage: Passage) -> Iterator[Fault]:
    """A stock sentence (a hope, a need for more research) that names nothing of its paper.

    What is left after the vocabulary that any paper's praise uses must be something: a name, a figure, a task, a field.
    """
    text = passage.text
    stock = (STOCK_KO if passage.language == "ko" else STOCK_EN).search(text)
    if stock and not (_left_ko(text) if passage.language == "ko" else _left_en(text)):
        yield Fault(
            rule="generic",
            span=stock.group().strip(),
            reason="would fit any paper: say what this paper's finding changes, for whom, or drop the sentence",
        )


def plural(passage: Passage) -> Iterator[Fault]:
    """A sentence about 'both papers' or 'these studies' cites as many papers as it speaks of."""
    if passage.language == "ko":
        found = _SEVERAL_KO.search(text := passage.text) or _ALL_KO.search(text)
    else:
        found = _SEVERAL_EN.search(passage.text)
    if not found:
        return
    word = (found.group(1) or "").lower() if found.re.groups else ""
    least = _COUNT.get(word, int(word) if word.isdigit() else 2)
    if len(passage.cited) < least and not passage.facts:
        yield Fault(
            rule="plural",
            span=found.group().strip(),
            reason=f"speaks of at least {least} papers and cites {len(passage.cited)}: cite each, or speak of one",
        )


def _left_ko(text: str) -> list[str]:
    words = (w for w in _SEPARATORS.split(text) if w and w not in WORDS_KO)
    return [w for w in words if not any(w.startswith(s) and len(w) - len(s) <= _LONGEST_ENDING for s in STEMS_KO)]


def _left_en(text: str) -> list[str]:
    return [w for w in re.findall(r"[A-Za-z0-9]+(?:'[a-z]+)?", text) if w.lower() not in WORDS_EN]
