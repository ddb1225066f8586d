"""What a figure is said of: the measure, the direction, who is ahead of whom, and how a bound grows."""

import itertools
import re
from collections.abc import Iterator

from .compare import carries, converted, counts_other_things
from .directions import Pointing, better_when, measure_near, measures, merit, pointing, window
from .passage import Fault, Passage
from .quantities import quantities
from .quantity import Quantity
from .reading import readings, sources_of, texts_of

_POINTED = frozenset({"percent", "point", "mark", "multiple", "fraction"})


def metric_swap(passage: Passage) -> Iterator[Fault]:
    """A figure of one measure given to another: 40% lower error is not 40% higher accuracy."""
    for reading in readings(passage):
        figure, other = reading.figure, reading.other
        if reading.code not in ("carried", "bound") or not other or figure.kind not in _POINTED:
            continue
        ours, theirs = measure_near(passage.text, figure), measure_near(reading.source, other)
        if ours == theirs or not (better_when(ours) and better_when(theirs)):
            continue
        if not any(ours in measures(stretch) for stretch in _stretches(passage, figure)):
            yield Fault(
                rule="metric-swap",
                span=figure.text,
                reason=f"the text gives {figure.text} for {ours}; in the cited sentence {other.text} is of {theirs}",
            )


def _stretches(passage: Passage, figure: Quantity) -> Iterator[str]:
    """What the sources say around every figure that may be this one."""
    for source in sources_of(passage):
        for other in source.figures:
            if _same(figure, other):
                yield window(source.text, other, source.figures)


def direction(passage: Passage) -> Iterator[Fault]:
    """A figure that points the other way than in the source: 18% lower for 18% higher."""
    for reading in readings(passage):
        figure = reading.figure
        if reading.code not in ("carried", "bound") or figure.kind not in _POINTED:
            continue
        ours = pointing(passage.text, figure)
        pairs = [(other, source.text) for source in sources_of(passage) for other in source.figures]
        same_figure = [(other, text) for other, text in pairs if _same(figure, other)]
        theirs = [pointing(text, other) for other, text in same_figure]
        if (
            ours.way
            and same_figure
            and all(
                _opposed(passage.text, figure, ours, text, other, way)
                for (other, text), way in zip(same_figure, theirs, strict=True)
            )
        ):
            yield Fault(
                rule="direction",
                span=figure.text,
                reason=f"the text says {figure.text} “{ours.word}”; "
                f"the cited sentence says {same_figure[0][0].text} “{theirs[0].word}”",
            )


def _same(figure: Quantity, other: Quantity) -> bool:
    return (carries(figure, other) or converted(figure, other, "")) and not counts_other_things(figure, other)


def _opposed(text: str, figure: Quantity, ours: Pointing, source: str, other: Quantity, theirs: Pointing) -> bool:
    """Whether the two point apart. Up against down counts only for one measure: less error is more accuracy."""
    if not theirs.way:
        return False
    our_measure, their_measure = measure_near(text, figure), measure_near(source, other)
    if {ours.way, theirs.way} == {"up", "down"} and (
        our_measure == their_measure or not (our_measure and their_measure)
    ):
        return True
    our_merit, their_merit = merit(ours.way, our_measure or their_measure), merit(theirs.way, their_measure)
    return bool(our_merit and their_merit) and our_merit != their_merit


_NAME = r"[A-Z][A-Za-z0-9+.-]*[A-Za-z0-9+]|o\d(?:-\w+)?|[a-z]+[A-Z][A-Za-z0-9-]*"
_NOT_NAMES = frozenset(
    "The This Our We It In On And But These Those With For As At Results Experiments However Notably Moreover "
    "Furthermore "
    "LLM LLMs AI QA SOTA VLM GPU".split()
)
_BEATS = re.compile(
    rf"(?P<first>{_NAME})(?:\s\([^)]*\))?(?:'s)?\s(?:[a-z,-]+\s){{0,6}}?(?:outperform|surpass|exceed|beat"
    rf"|outpac|outscor|excel)(?:s|es|ed|ing)?\b"
    rf"(?P<between>[^.;]{{0,60}}?)(?P<second>{_NAME})"
)
_AHEAD = r"높|우수|뛰어|앞서|앞섰|앞선|능가|나은|나았|낫|빠르|빨랐|빠른|좋"
_BEHIND = r"낮|뒤처|뒤졌|못|느리|느렸|나빴|열등|떨어"
_THAN = re.compile(
    rf"(?P<first>{_NAME})(?:\([^)]*\))?(?:은|는|이|가|의)(?:[^.]"
    rf"|\.\d){{0,60}}?(?P<second>{_NAME})(?:\([^)]*\))?(?:보다|에 비해|대비|를|을)"
    rf"(?P<rest>(?:[^.]|\.\d){{0,50}})"
)
_OBJECT_FIRST = re.compile(
    rf"(?P<second>{_NAME})(?:보다|를|을)\s(?P<first>{_NAME})(?:이|가)\s(?P<rest>(?:[^.]|\.\d){{0,40}})"
)
_LESS_IS_MORE = re.compile(
    r"오류|오차|에러|지연|비용|손실|메모리|시간|환각|error|latency|cost|loss|memory|time", re.IGNORECASE
)


def comparison(passage: Passage) -> Iterator[Fault]:
    """Who is ahead of whom, turned round: “o1 surpasses GPT-4” as GPT-4의 정확도가 o1보다 높았다. Latin names only."""
    if _LESS_IS_MORE.search(passage.text):
        return
    beaten = {pair for text in texts_of(passage) for pair in _pairs_beaten(text)}
    if not beaten:
        return
    for ahead, behind, words in _compared(passage):
        if (behind, ahead) in beaten and (ahead, behind) not in beaten:
            yield Fault(
                rule="comparison",
                span=words,
                reason=f"the text puts {ahead} ahead of {behind}; in the cited sentence {behind} is ahead of {ahead}",
            )


def _pairs_beaten(text: str) -> Iterator[tuple[str, str]]:
    for found in _BEATS.finditer(text):
        first, second = found["first"], found["second"]
        if (
            {first, second} & _NOT_NAMES
            or re.search(r"\b(?:by|on|across|in|with|not)\s$", found["between"] + " ")
            or first == second
        ):
            continue
        yield first, second
        if known_as := re.match(r"\s?(?:[A-Z][A-Za-z]*\s){0,4}\(([A-Z][A-Za-z0-9-]+)\)", text[found.end() :]):
            yield first, known_as[1]


def _compared(passage: Passage) -> Iterator[tuple[str, str, str]]:
    if passage.language == "en":
        for ahead, behind in _pairs_beaten(passage.text):
            yield ahead, behind, f"{ahead} … {behind}"
        return
    for pattern in (_THAN, _OBJECT_FIRST):
        for found in pattern.finditer(passage.text):
            up, down = re.search(_AHEAD, found["rest"]), re.search(_BEHIND, found["rest"])
            first, second = found["first"], found["second"]
            if up and not down:
                yield first, second, found[0]
            elif down and not up:
                yield second, first, found[0]


_ROOT = re.compile(r"제곱근|square[- ]root|\\?sqrt|√|루트", re.IGNORECASE)
_SCALING = re.compile(
    r"비례|스케일|\bscal(?:e|es|ing)\b|proportional|bounded by|bound of"
    r"|(?:합|분산|시간|지평|차원|크기)[^,.]{0,20}(?:상계|상한)",
    re.IGNORECASE,
)
"""The text says what a quantity grows with; that there is a bound says nothing of it."""
_CONTRAST = re.compile(r"대신|아니라|아닌|\bnot\b|\binstead\b|rather than")


def growth(passage: Passage) -> Iterator[Fault]:
    """A square root lost or invented in what a quantity grows with."""
    theirs, ours = sum(len(_ROOT.findall(text)) for text in texts_of(passage)), len(_ROOT.findall(passage.text))
    if ours and not theirs:
        found = _ROOT.search(passage.text)
        yield Fault(
            rule="growth",
            span=found[0] if found else "",
            reason="the text speaks of a square root; no cited sentence does",
        )
    lost = theirs and not ours and _SCALING.search(passage.text)
    halved = ours and theirs > ours and _CONTRAST.search(passage.text) and _SCALING.search(passage.text)
    if lost or halved:
        found = _SCALING.search(passage.text)
        reason = "the cited sentence speaks of the square root of what is named here: say 제곱근 (square root)"
        yield Fault(rule="growth", span=found[0] if found else passage.text, reason=reason)


_COMPLEXITY = (
    (
        "linear",
        r"선형(?:적으로|으로)? ?(?:시간|복잡도|비례|증가|확장)|선형 ?복잡도",
        r"linear(?:ly)?[- ](?:time|complexity|scal\w+|in|with|growth)|O\(n\)|linear complexity|scales linearly",
    ),
    ("quadratic", r"이차(?:적|식)?(?:으로)? ?(?:시간|복잡도|비례|증가)|제곱에 비례", r"quadratic(?:ally)?|O\(n\^?2\)"),
    ("exponential", r"지수(?:적으로|적인|함수적)? ?(?:증가|복잡도|비례|성장)|기하급수", r"exponential(?:ly)?"),
    ("logarithmic", r"로그(?:적으로|함수적)? ?(?:증가|복잡도|비례|시간)", r"logarithmic(?:ally)?|log n|log-"),
)
_COMPLEXITIES = tuple(
    (name, re.compile(f"{korean}|\\b(?:{english})", re.IGNORECASE)) for name, korean, english in _COMPLEXITY
)


def complexity(passage: Passage) -> Iterator[Fault]:
    """Linear for quadratic and the like, where the source names one and the text another."""
    text = " ".join(texts_of(passage))
    theirs = [name for name, pattern in _COMPLEXITIES if pattern.search(text)]
    for name, pattern in _COMPLEXITIES:
        if (found := pattern.search(passage.text)) and theirs and name not in theirs:
            yield Fault(
                rule="complexity",
                span=found[0],
                reason=f"the text says {name}; the cited sentence says {' and '.join(theirs)}",
            )


_COUNT = r"(?:\d+|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)"
_ALL = re.compile(
    r"(?:\d+|[두세네]|다섯|여섯|일곱|여덟|아홉|열)\s?(?:개|가지|종|곳)?\s?[^.,\s]{0,8}(?:\s[^.,\s]{1,8})?\s(?:모두|전부)(?:에서|를|가|의)"
    rf"|모든\s\d+개|\ball\s(?:the\s)?{_COUNT}\b"
)
_SOME = re.compile(
    rf"\b(?:out of|most of|majority|several of|some of|many of|average)\b"
    rf"|\b{_COUNT}\s(?:out )?of\s(?:the\s)?{_COUNT}\b|\b\d+/\d+\b"
)
_EVERY = re.compile(r"\b(?:all|every|each|both|consistently|any|entire|whole)\b", re.IGNORECASE)


def all_of(passage: Passage) -> Iterator[Fault]:
    """*All N* where the source speaks of an average or of some."""
    found = _ALL.search(passage.text)
    texts = " ".join(texts_of(passage))
    if found and _SOME.search(texts) and not _EVERY.search(texts) and "평균" not in passage.text:
        yield Fault(
            rule="all-of",
            span=found[0],
            reason="the text says that it holds for all; the cited sentence says it of an average or of some",
        )


_OF_WHICH = re.compile(r"[^.,]{0,6}\s?(?:중|가운데)(?:에서|에)?(?![가-힣])[^.,\d]{0,20}")


def part_of_whole(passage: Passage) -> Iterator[Fault]:
    """A part that is larger than its whole: 118명 중 212명."""
    counts = [q for q in quantities(passage.text) if q.kind == "count" and q.single]
    for whole, part in itertools.pairwise(counts):
        larger = part.low > whole.low and part.counter and part.counter == whole.counter
        if larger and _OF_WHICH.fullmatch(passage.text, whole.end, part.start):
            yield Fault(rule="part-of-whole", span=part.text, reason=f"{part.text} cannot be a part of {whole.text}")


COMPARISON_RULES = (metric_swap, direction, comparison, growth, complexity, all_of, part_of_whole)
