"""Which way a figure points, and of what it is: 40% lower error, 정확도 6.2% 높았다."""

import re
from typing import Literal, NamedTuple

from .quantity import Quantity

Way = Literal["up", "down", "better", "worse", ""]

_WAYS: tuple[tuple[Way, str, str], ...] = (
    (
        "better",
        r"improv\w*|gain\w*|boost\w*|enhanc\w*|outperform\w*|surpass\w*|exceed(?:s|ed)?|beat\w*|better|faster"
        r"|speed[ -]?ups?|speeds?|accelerat\w*|"
        r"sav(?:e|es|ed|ing|ings)|cheaper",
        r"향상|개선|빠르|빠른|빨라|빨랐|빨리|앞서|앞섰|앞선|앞질"
        r"|능가|우수|낫|(?<![가-힣])나[은았]|가속(?!기)|절감|절약|강화(?!학습| 학습)",
    ),
    (
        "worse",
        r"worse\w*|slower|degrad\w*|underperform\w*|deteriorat\w*",
        r"느리|느린|느려|느렸|뒤처|뒤졌|저하|악화|나빠|나빴|밑돌",
    ),
    (
        "up",
        r"higher|increas\w*|rais\w*|more|larger|greater|longer|grow\w*|grew|rise\w*|rose|lift\w*|elevat\w*|expand\w*",
        r"높|증가|(?<![가-힣])늘|상승|끌어올|올렸|올라|올린|(?<![가-힣])오른|올랐|(?<![가-힣])(?:컸|큰|커졌|커)|많|확대|길어|길었",
    ),
    (
        "down",
        r"lower\w*|decreas\w*|reduc\w*|fewer|less|smaller|shorter|drop\w*|declin\w*|fall\w*|fell|cut\w*"
        r"|shr[iu]nk\w*|compress\w*|shorten\w*|"
        r"minimi[sz]\w*|decline",
        r"낮|감소|(?<![가-힣])줄|하락|떨어|내려|내렸|(?<![가-힣])(?:적은|적게|적었|적어|작은|작았|작아|덜)|축소|단축|짧|깎",
    ),
)
_ENGLISH = re.compile("|".join(rf"(?P<{way}>\b(?:{english})\b)" for way, english, _ in _WAYS), re.IGNORECASE)
_KOREAN = re.compile("|".join(rf"(?P<{way}>{korean})" for way, _, korean in _WAYS))
_HANGUL = re.compile(r"[가-힣]")
_BEFORE_FIGURE = re.compile(
    r"(?:\b(?:by|of|up to|an?|to|about|over|average|nearly|than|roughly|approximately|least|as|much|additional"
    r"|absolute|only|just|merely|mere|over|more than)\s?|[~$+≈(]\s?)+$",
    re.I,
)
_OWNER = re.compile(r"[가-힣]*(?<![을를은는이가의와과로])\s$")
_CONDITION = re.compile(r"에서|일\s?때|인\s?(?:경우|조건)")
"""희소성 95%에서: where something was measured, and no result."""
_CLAUSE = re.compile(r"[,;:(]|\.\s|지만|\d|고\s|면서|며\s|\band\b|\bwhile\b|\bbut\b|\bcompared\b|\bthan\b|보다")

_METRICS: dict[str, tuple[str, str, int]] = {
    # measure: English, Korean, 1 when more is better and -1 when less is
    "accuracy": (r"accurac(?:y|ies)", r"정확도|정확률|정답률", 1),
    "f1": (r"F1(?:[- ]scores?)?|F-scores?|F-measure", r"F1", 1),
    "precision": (r"precision", r"정밀도", 1),
    "recall": (r"recall|sensitivity", r"재현율|민감도", 1),
    "success": (r"success(?: rates?)?|pass rates?|win[- ]rates?", r"성공률|통과율|승률", 1),
    "speed": (
        r"speed\w*|faster|slower|throughput|latency|latencies|time|runtime|wall-clock|accelerat\w*|fps|FPS",
        r"속도|빠르|빨라|빨랐|빠른|처리량|지연|시간|느리|느려|가속",
        0,
    ),
    "quality": (r"quality|fidelity", r"품질|충실도", 1),
    "error": (r"errors?|error rates?|WER|CER|mistakes?|RMSE|MAE|MSE", r"오류|오차|에러|오답", -1),
    "loss": (
        r"(?<!accuracy )(?<!performance )(?<!quality )loss(?:es)?|perplexity",
        r"(?<!정확도 )(?<!성능 )(?<!품질 )(?<!정보 )손실|퍼플렉서티|혼잡도",
        -1,
    ),
    "cost": (r"costs?|cheaper|expens\w+|budgets?", r"비용|가격", -1),
    "memory": (r"memory|VRAM|footprint|storage", r"메모리|저장", -1),
    "compute": (r"FLOPs?|compute|computation\w*|GPU[- ]hours?", r"연산|계산", -1),
    "energy": (r"energy|power|carbon|emissions?", r"에너지|전력|탄소", -1),
    "hallucination": (r"hallucinat\w*", r"환각", -1),
    "size": (r"parameters?|model sizes?|tokens?", r"파라미터|매개변수|모델 크기|토큰", 0),
    "diversity": (r"divers\w+", r"다양성", 1),
    "robustness": (r"robust\w*", r"강건", 1),
}
_ENGLISH_METRIC = re.compile(
    "|".join(rf"(?P<{name}>\b(?:{en})\b)" for name, (en, _, _) in _METRICS.items()), re.IGNORECASE
)
_KOREAN_METRIC = re.compile("|".join(rf"(?P<{name}>{ko})" for name, (_, ko, _) in _METRICS.items()))


class Pointing(NamedTuple):
    """The way a figure points."""

    way: Way
    word: str


def pointing(text: str, figure: Quantity) -> Pointing:
    """The comparative or verb that governs the figure; empty where none is plain to see."""
    tail = text[figure.end : figure.end + 48]
    if korean := bool(_HANGUL.search(text)):
        found = _KOREAN.search(_clause(tail, 26))
        return _pointing(found)
    near = re.match(
        r"(?:\s(?:absolute|relative|average|performance|accuracy|(?!than|and|while|but)[a-z-]+)){0,2}?\s", tail
    )
    found = _ENGLISH.match(tail, near.end()) if near else None
    if found or korean:
        return _pointing(found)
    head = text[max(0, figure.start - 90) : figure.start]
    if lead := _BEFORE_FIGURE.search(head):
        head = head[: lead.start()]
        start = max((m.end() for m in re.finditer(r"[,;:()]|\.\s|\d|\band\b|\bwhile\b", head)), default=0)
        if all_found := list(_ENGLISH.finditer(head, start)):
            return _pointing(all_found[-1])
    return Pointing("", "")


def _clause(tail: str, length: int) -> str:
    tail = tail[:length]
    close = _CLAUSE.search(tail)
    return tail[: close.start()] if close else tail


def _pointing(found: re.Match[str] | None) -> Pointing:
    if not found:
        return Pointing("", "")
    for way, _, _ in _WAYS:
        if found.lastgroup == way:
            return Pointing(way, found[0])
    return Pointing("", "")


def measures(text: str) -> frozenset[str]:
    """What a text measures: accuracy, error, memory…"""
    names = {str(found.lastgroup) for pattern in (_ENGLISH_METRIC, _KOREAN_METRIC) for found in pattern.finditer(text)}
    return frozenset(names)


def measure_near(text: str, figure: Quantity) -> str:
    """The measure that the figure is of: in Korean the last one before it in its clause, in English the nearest one in
    the clause after it, or before it. 희소성 95%에서 is of no measure, but a condition."""
    if _HANGUL.search(text):
        head = text[max(0, figure.start - 30) : figure.start]
        owner = _OWNER.search(head)
        if owner and _CONDITION.match(text, figure.end) and not _KOREAN_METRIC.search(owner[0]):
            return ""
        start = max(
            (found.end() for found in re.finditer(r"[,;:]|\d[^\s]*\s|지만|면서|보다\s|으며|고\s", head)), default=0
        )
        found = list(_KOREAN_METRIC.finditer(head, start))
        if not found:
            found = list(_KOREAN_METRIC.finditer(re.split(r"[,;]|\d", text[figure.end : figure.end + 16])[0]))
        return str(found[-1].lastgroup) if found else ""
    tail = re.split(
        r"[,;:()\d]|\.\s|\b(?:and|compared|than|while|at|on|for|with|over|across|by|to|when)\b",
        text[figure.end : figure.end + 60],
    )[0]
    if after := _ENGLISH_METRIC.search(tail):
        return str(after.lastgroup)
    head = text[max(0, figure.start - 70) : figure.start]
    start = max((found.end() for found in re.finditer(r"[,;:()\d]|\.\s|\band\b|\bwhile\b", head)), default=0)
    found = list(_ENGLISH_METRIC.finditer(head, start))
    return str(found[-1].lastgroup) if found else ""


def window(text: str, figure: Quantity, figures: tuple[Quantity, ...]) -> str:
    """The stretch of a sentence that speaks of one figure: from the figure before it to the next comma after it."""
    start = max((q.end for q in figures if q.end <= figure.start and q.kind not in ("one", "loose")), default=0)
    return text[start : figure.end] + re.split(r"[,;]|\.\s|\band\b", text[figure.end :])[0]


def better_when(measure: str) -> int:
    """1 when more of it is better, -1 when less is, 0 when unknown."""
    return _METRICS[measure][2] if measure in _METRICS else 0


def merit(way: Way, measure: str) -> int:
    """1 for a change to the better, -1 to the worse, 0 when it cannot be told."""
    if way in ("better", "worse"):
        return 1 if way == "better" else -1
    return {"up": 1, "down": -1, "": 0}[way] * better_when(measure)
