"""How much a sentence sounds like speech to whoever reads, tells or judges a paper, and how little like an abstract.

A log-linear model over words and pairs of words (of Korean also pieces of words): fitted on sentences written for it,
of many kinds of speech, and on those of many abstracts (``python -m evals.fit_speech``). What a paper speaks of
elsewhere counts for nothing: it may study such speech.
"""

import gzip
import json
import re
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from .orders import QUOTED, visible

FILE = Path(__file__).with_name("speech.json.gz")
_MODEL = json.loads(gzip.decompress(FILE.read_bytes()))
_WEIGHTS: dict[str, float] = _MODEL["weights"]
_START: float = _MODEL["start"]
_BORDER: float = _MODEL["border"]
COMMON = frozenset[str](_MODEL["common"])
"""Stems that many abstracts have."""

_WORD = re.compile(r"[a-z]+(?:['’][a-z]+)?|[가-힣]+|\d+|[\u3040-\u30ff\u3400-\u9fff]|[^\W\d_]+")
_SPOKEN_OF = re.compile(
    r"""\b(?:papers?|articles?|manuscripts?|submissions?|abstracts?|preprints?|works?|stud(?:y|ies)|authors?|entr(?:y|ies)
    |items?|texts?|lines?|sentences?|paragraphs?|statements?|claims?|results?|page|listing|list
    |today(?:['’]s)?|issue|headlines?|digests?|newsletters?|bulletins?|reports?|coverage|news|summar\w+|read(?:er|ers|s|ing)?
    |review\w*|referees?|editors?|chairs?|committees?|jury|judges?|critics?|graders?|raters?|assistants?|models?
    |bots?|you|your|please|us|we\s(?:ask|urge|request)|scores?|ranks?|ranking|ratings?|grades?|verdicts?
    |accept\w*|recommend\w*|prais\w*|cit(?:e|es|ed|ing)|mention\w*|trust\w*|retract\w*|withdr\w+|fabricat\w*|fake[ds]?
    |instruct\w*|prompts?|rules|sign\sup|subscribe|donate|order|share)\b
    | 독자|심사|편집|요약|소개|평가|논문|연구|초록|글[은을이]|문장|저자|오늘|목록|페이지|항목|소식|기사|판정|점수|등급
    | 만점
    | 추천|지시|명령|규칙|당신|너[는희]|저희|주세요|십시오|바랍|바란|구독|가입|후원|철회|조작|표절|허위|읽는|정리
    | \b(?:travaux|articles?|résumés?|lecteurs?|relecteurs?|auteurs|nota|artículos?|trabajos?|lector(?:es)?|revisores
    |autores|Arbeit(?:en)?|Artikel|Leser|Gutachter|Beiträge|artigos?|leitor(?:es)?|resumo|articol[io]|lettori|lavor[io])\b
    | [^\x00-\u024f가-힣]""",
    re.IGNORECASE | re.VERBOSE,
)
"""Who reads or judges, what is read or judged, and what is asked; or another script, of which too little was seen."""
_STUDIED = re.compile(
    r"""\b(?:readers?|review\w*|referee\w*|summar\w+|digests?|news\w*|recommend\w*|ranking|citations?|cited|instruct\w+|prompts?
    |inject\w*|attack\w*|annotat\w+|retract\w+|plagiar\w+|peer|headlines?|captions?|misinformation|persua\w+|judges?|fact-check\w*)\b
    | 심사|요약|추천|지시|인용|독자|평가자|철회|표절|공격|주입|뉴스|기사|허위""",
    re.IGNORECASE | re.VERBOSE,
)
_SHORTEST = 5
"""Words from which on a sentence can be told; what is shorter is left to the forms of orders."""
_REPORTS = re.compile(r"\d ?%|\d[.,]\d|\b(?:times|twice) as\b|\bone (?:of|in) (?:every )?\w+|\bhalf of|절반|\d배|분의")
_NONE, _CERTAIN, _LOUDER, _STUDIES = -99.0, 0.5, 1.5, 3.0
"""What is too short; from when on nothing else is asked; how much louder a sentence has to be that gives figures, and
in a paper that studies readers, judges, attacks or the like."""


def speech(said: Sequence[str], title: str = "") -> tuple[bool, ...]:
    """Of each sentence of an abstract, whether it speaks instead of reporting."""
    plain = [unquoted(visible(text)) for text in said]
    odds = [strength(text) if _long(text) else _NONE for text in plain]
    loud = [each > (_BORDER if _SPOKEN_OF.search(text) else _CERTAIN) for text, each in zip(plain, odds, strict=True)]
    if not any(loud):
        return tuple(loud)
    rest = (title, *(text for text, is_loud in zip(plain, loud, strict=True) if not is_loud))
    known = frozenset(stem for text in rest for stem in stems(text)) - COMMON
    studied = _STUDIES if any(_STUDIED.search(text) for text in rest) else 0.0
    return tuple(
        is_loud and strength(text, known) > _BORDER + studied + (_LOUDER if _REPORTS.search(text) else 0)
        for text, is_loud in zip(plain, loud, strict=True)
    )


def unquoted(text: str) -> str:
    """The text without what it quotes, unless that is nearly all of it."""
    bare = QUOTED.sub(" ", text)
    return bare if len(bare.split()) > 3 else text


def strength(text: str, known: Collection[str] = ()) -> float:
    """The log odds that a sentence is speech; words of ``known`` stems do not speak for it."""
    features = set(traits(text))
    total = sum(
        weight
        for trait in features
        if (weight := _WEIGHTS.get(trait, 0.0)) <= 0 or not any(stem(word) in known for word in trait.split())
    )
    return _START + total / max(1, len(features)) ** 0.5


def traits(text: str) -> Iterator[str]:
    """The words of a sentence, its pairs of words with its ends, and of Korean words the pieces of two and three."""
    words = ["0" if word.isdigit() else word for word in _WORD.findall(text.casefold())]
    yield from words
    yield from (f"{one} {other}" for one, other in zip(["^", *words], [*words, "$"], strict=True))
    for word in words:
        if "가" <= word[0] <= "힣":
            whole = f"<{word}>"
            yield from (whole[n : n + size] for size in (2, 3) for n in range(len(whole) - size + 1))


def _long(text: str) -> bool:
    least = _SHORTEST - 1 if re.search("[가-힣]", text) else _SHORTEST
    return len(text.split()) > least or re.search("[\u3040-\u30ff\u3400-\u9fff]{6}", text) is not None


def stems(text: str) -> Iterator[str]:
    """What the longer words of a text share with their other forms."""
    return (stem(word) for word in _WORD.findall(text.casefold()) if len(word) > 3 or "가" <= word[0] <= "힣")


def stem(word: str) -> str:
    """What the forms of a word share, roughly."""
    return word[:2] if "가" <= word[0] <= "힣" else word.removesuffix("s")[:6]


SPOKEN = frozenset(stem(trait) for trait, weight in _WEIGHTS.items() if weight > 0 and " " not in trait)
"""Stems of words that speak for speech."""
