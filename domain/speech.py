"""How much a sentence sounds like speech to whoever reads, tells or judges a paper, and how little like an abstract.

A log-linear model over words and pairs of words (of Korean also pieces of words): fitted on sentences written for it,
of many kinds of speech, and on those of many abstracts (``python -m evals.fit_speech``). What a paper speaks of
elsewhere counts for nothing: it may study such speech.
"""

import gzip
import json
import re
from collections.abc import Collection, Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from .languages import every
from .orders import FLAGS, QUOTED, visible
from .speaking import Speaking
from .tongues import by_languages, form, spoken

FILE = Path(__file__).with_name("speech.json.gz")
_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|[가-힣]+|\d+|[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]+")
_spoken_of = form(
    r"""<speaking.spoken_of>
    | \b(?:travaux|articles?|résumés?|lecteurs?|relecteurs?|auteurs|nota|artículos?|trabajos?|lector(?:es)?|revisores
    |autores|Arbeit(?:en)?|Artikel|Leser|Gutachter|Beiträge|artigos?|leitor(?:es)?|resumo|articol[io]|lettori|lavor[io])\b
    | [^\x00-\u024f가-힣]""",
    FLAGS,
)
"""Who reads or judges, what is read or judged, and what is asked; or another script, of which too little was seen."""
_studied = form("<speaking.studied>", FLAGS)
_figures = form(r"\d[ ]?%|\d[.,]\d|<speaking.figures>", FLAGS)
_NONE, _CERTAIN, _LOUDER, _STUDIES = -99.0, 0.5, 1.5, 3.0
"""What is too short; from when on nothing else is asked; how much louder a sentence has to be that gives figures, and
in a paper that studies readers, judges, attacks or the like."""


class SpeechClassifier(NamedTuple):
    """What was fitted."""

    weights: dict[str, float]
    start: float
    border: float
    common: frozenset[str]
    """Stems that many abstracts have."""
    spoken: frozenset[str]
    """Stems of words that speak for speech."""


@cache
def model() -> SpeechClassifier:
    """Read when it is asked for, which takes a tenth of a second."""
    held = json.loads(gzip.decompress(FILE.read_bytes()))
    weights: dict[str, float] = held["weights"]
    loud = frozenset(stem(trait) for trait, weight in weights.items() if weight > 0 and " " not in trait)
    return SpeechClassifier(weights, held["start"], held["border"], frozenset(held["common"]), loud)


def speech(said: Sequence[str], title: str = "") -> tuple[bool, ...]:
    """Of each sentence of an abstract, whether it speaks instead of reporting."""
    border = model().border
    plain = [unquoted(visible(text)) for text in said]
    odds = [strength(text) if _long(text) else _NONE for text in plain]
    least, spoken_of = min(border, _CERTAIN), _spoken_of()
    loud = [
        each > least and each > (border if spoken_of.search(text) else _CERTAIN)
        for text, each in zip(plain, odds, strict=True)
    ]
    if not any(loud):
        return tuple(loud)
    rest = (title, *(text for text, is_loud in zip(plain, loud, strict=True) if not is_loud))
    known = frozenset(stem for text in rest for stem in stems(text)) - model().common
    studied = _STUDIES if any(_studied().search(text) for text in rest) else 0.0
    return tuple(
        is_loud and strength(text, known) > border + studied + louder(text)
        for text, is_loud in zip(plain, loud, strict=True)
    )


def louder(text: str) -> float:
    """How much louder a sentence has to be for the figures that it gives: those who report do that."""
    return _LOUDER if _figures().search(text) else 0.0


def unquoted(text: str) -> str:
    """The text without what it quotes, unless that is nearly all of it."""
    bare = QUOTED.sub(" ", text)
    return bare if len(bare.split()) > 3 else text


def strength(text: str, known: Collection[str] = ()) -> float:
    """The log odds that a sentence is speech; words of ``known`` stems do not speak for it."""
    weights = model().weights
    features = frozenset(traits(text))
    telling = weights.keys() & features
    if known:
        telling = {
            trait for trait in telling if weights[trait] <= 0 or not any(stem(word) in known for word in trait.split())
        }
    return model().start + sum(map(weights.__getitem__, telling)) / max(1, len(features)) ** 0.5


def traits(text: str) -> list[str]:
    """The words of a sentence, its pairs of words with its ends, and of Korean words the pieces of two and three."""
    words = ["0" if word.isdigit() else word for word in _WORD.findall(text.casefold())]
    pairs = [f"{one} {other}" for one, other in zip(["^", *words], [*words, "$"], strict=True)]
    marked = () if text.isascii() else (f"<{word}>" for word in words if "가" <= word[0] <= "힣")
    pieces = [word[n : n + size] for word in marked for size in (2, 3) for n in range(len(word) - size + 1)]
    return [*words, *pairs, *pieces]


@by_languages
def _most() -> int:
    """Words from which on a sentence is long in every language."""
    return max(Speaking.least, *(each.speaking.least for each in every()))


def _long(text: str) -> bool:
    """What is shorter is left to the forms of orders."""
    number = len(text.split())
    if number > _most():
        return True
    least = min((each.speaking.least for each in spoken(text)), default=Speaking.least)
    return number > least or re.search("[\u3040-\u30ff\u3400-\u9fff]{6}", text) is not None


def stems(text: str) -> Iterator[str]:
    """What the longer words of a text share with their other forms."""
    return (stem(word) for word in {*_WORD.findall(text.casefold())} if len(word) > 3 or "가" <= word[0] <= "힣")


def stem(word: str) -> str:
    """What the forms of a word share, roughly."""
    return word[:2] if "가" <= word[0] <= "힣" else word.removesuffix("s")[:6]
