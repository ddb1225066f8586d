"""Writes the generated half of ``evals/claims/figures.jsonl``: right pairs from templates, each with a mistake made on
purpose. ``python -m evals.make_figure_claims`` keeps the hand-made lines of the file (ids that begin with ``h``) and
writes the others anew; the seed is fixed, so the file only changes when this script does."""

import json
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

PATH = Path(__file__).with_name("claims") / "figures.jsonl"
SEED = 20241006
ROUNDS = 2


class Slots(NamedTuple):
    """What fills a template: a figure in the evidence and the claim's figure in both languages."""

    evidence: str
    ko: str
    en: str


@dataclass(frozen=True)
class Template:
    """A sentence of a source with its Korean and English restatement; ``{x}`` is the figure."""

    evidence: str
    ko: str
    en: str
    draw: Callable[[random.Random], float]
    show: Callable[[float], Slots]
    mistakes: tuple[str, ...]


def large(value: float) -> Slots:
    """2.5e11 as 250 billion and 2,500억."""
    scale, name = next(
        ((s, n) for s, n in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")) if value >= s), (1e3, "thousand")
    )
    return Slots(f"{value / scale:g} {name}", korean(value), f"{value / scale:g} {name}")


def suffixed(value: float) -> Slots:
    """6.6e4 as 66K and 6만 6천."""
    scale, suffix = next(((s, n) for s, n in ((1e9, "B"), (1e6, "M")) if value >= s), (1e3, "K"))
    return Slots(f"{value / scale:g}{suffix}", korean(value), f"{value / scale:g}{suffix}")


def korean(value: float) -> str:
    parts: list[str] = []
    left = round(value)
    for scale, name in ((10**12, "조"), (10**8, "억"), (10**4, "만"), (10**3, "천")):
        if whole := left // scale:
            parts.append(f"{whole:,}{name}")
            left -= whole * scale
    return " ".join(parts + ([str(left)] if left else []))


def percent(value: float) -> Slots:
    return Slots(f"{value:g}%", f"{value:g}%", f"{value:g}%")


def points(value: float) -> Slots:
    return Slots(f"{value:g} percentage points", f"{value:g}%p", f"{value:g} points")


def times(value: float) -> Slots:
    return Slots(f"{value:g}x", f"{value:g}배", f"{value:g} times")


def whole(value: float) -> Slots:
    return Slots(f"{value:g}", f"{value:g}", f"{value:g}")


def hours(value: float) -> Slots:
    return Slots(f"{value:g} hours", f"{value:g}시간", f"{value:g} hours")


def milliseconds(value: float) -> Slots:
    return Slots(f"{value:g} ms", f"{value:g}ms", f"{value:g} milliseconds")


def gigabytes(value: float) -> Slots:
    return Slots(f"{value:g} GB", f"{value:g}GB", f"{value:g} GB")


def small(value: float) -> Slots:
    english = "zero one two three four five six seven eight nine ten".split()[int(value)]
    return Slots(english, "영 한 두 세 네 다섯 여섯 일곱 여덟 아홉 열".split()[int(value)], english)


def _tokens(random_: random.Random) -> float:
    return random_.choice((15, 60, 120, 250, 400, 750, 1.5)) * random_.choice((1e9, 1e10))


TEMPLATES: tuple[Template, ...] = (
    Template(
        "Pretraining covers {x} tokens of permissively licensed text.",
        "허용 라이선스 텍스트 {x} 토큰으로 사전학습했다.",
        "It is pretrained on {x} tokens of permissively licensed text.",
        _tokens,
        large,
        ("value", "scale10", "scale100", "scale1000"),
    ),
    Template(
        "The release holds {x} images with dense captions.",
        "상세한 캡션이 달린 이미지 {x} 장을 공개했다.",
        "{x} images with dense captions are released.",
        lambda r: r.choice((34, 52, 66, 120, 410)) * 1e3,
        suffixed,
        ("value", "scale10", "scale1000"),
    ),
    Template(
        "The smaller student has {x} parameters.",
        "작은 학생 모델의 크기는 {x} 파라미터다.",
        "The smaller student has {x} parameters.",
        lambda r: r.choice((0.5, 1.8, 3.8, 7, 14, 32)) * 1e9,
        suffixed,
        ("value", "scale10", "scale100"),
    ),
    Template(
        "Our decoder lowers the word error rate by {x}.",
        "제안한 디코더는 단어 오류율을 {x} 낮췄다.",
        "The decoder lowers the word error rate by {x}.",
        lambda r: r.randrange(12, 48) + r.choice((0, 0.4)),
        percent,
        ("value", "to_points", "to_times", "add_up_to", "add_over", "add_average"),
    ),
    Template(
        "Routing improves recall by up to {x} on long documents.",
        "라우팅은 긴 문서에서 재현율을 최대 {x} 높인다.",
        "Routing improves recall by up to {x} on long documents.",
        lambda r: r.randrange(3, 29),
        percent,
        ("value", "to_points", "up_to_over", "up_to_average", "drop_up_to"),
    ),
    Template(
        "Accuracy on the audit set increases by {x}.",
        "감사용 세트에서 정확도가 {x} 올랐다.",
        "Accuracy on the audit set increases by {x}.",
        lambda r: r.randrange(2, 19) + r.choice((0.0, 0.3, 0.7)),
        points,
        ("value", "to_percent", "add_up_to", "add_over"),
    ),
    Template(
        "The new kernel runs {x} faster than the reference implementation.",
        "새 커널은 기준 구현보다 {x} 빠르다.",
        "The new kernel is {x} faster than the reference implementation.",
        lambda r: r.choice((1.4, 2.3, 3.5, 6, 11)),
        times,
        ("value", "to_percent_unit", "scale10", "add_up_to", "add_average"),
    ),
    Template(
        "Judges preferred the system in more than {x} of the comparisons.",
        "비교의 {x} 이상에서 심사자가 이 시스템을 선호했다.",
        "Judges preferred it in more than {x} of the comparisons.",
        lambda r: r.randrange(55, 92),
        percent,
        ("value", "over_up_to", "over_under", "to_points"),
    ),
    Template(
        "Fine-tuning takes {x} on a single workstation.",
        "워크스테이션 한 대에서 미세조정에 {x} 걸린다.",
        "Fine-tuning takes {x} on a single workstation.",
        lambda r: r.randrange(6, 40),
        hours,
        ("value", "to_minutes", "to_days"),
    ),
    Template(
        "End-to-end latency is about {x} per utterance.",
        "발화당 종단 지연 시간은 약 {x}다.",
        "End-to-end latency is about {x} per utterance.",
        lambda r: r.choice((35, 80, 120, 240)),
        milliseconds,
        ("value", "to_seconds", "about_over", "scale10"),
    ),
    Template(
        "Serving needs {x} of memory.",
        "서빙에는 메모리 {x}가 필요하다.",
        "Serving needs {x} of memory.",
        lambda r: r.choice((6, 11, 24, 48)),
        gigabytes,
        ("value", "to_megabytes"),
    ),
    Template(
        "We distinguish {x} kinds of reasoning failures.",
        "추론 실패를 {x} 가지 유형으로 나눈다.",
        "Reasoning failures fall into {x} kinds.",
        lambda r: r.randrange(3, 10),
        small,
        ("step",),
    ),
    Template(
        "The survey was answered by {x} clinicians.",
        "임상의 {x}명이 설문에 답했다.",
        "{x} clinicians answered the survey.",
        lambda r: r.randrange(31, 480),
        whole,
        ("value", "scale10", "add_over", "add_up_to"),
    ),
)

_TYPES = {
    "value": "number_value",
    "step": "number_value",
    "scale": "number_scale",
    "to_points": "percent_point",
    "to_percent": "percent_point",
}


def _figure(template: Template, value: float, mistake: str) -> Slots | None:
    """The claim's figure with the mistake made; None when the mistake is not in the figure itself."""
    match mistake:
        case "value":
            return template.show(value + (2e9 if value >= 1e9 else 3e3 if value >= 1e3 else 2 if value >= 1 else 0.2))
        case "step":
            return template.show(value + 1 if value < 10 else value - 1)
        case "scale10" | "scale100" | "scale1000":
            return template.show(value * float(mistake.removeprefix("scale")))
        case "to_points":
            return points(value)
        case "to_percent" | "to_percent_unit":
            return percent(value)
        case "to_times":
            return times(value)
        case "to_minutes":
            return Slots("", f"{value:g}분", f"{value:g} minutes")
        case "to_days":
            return Slots("", f"{value:g}일", f"{value:g} days")
        case "to_seconds":
            return Slots("", f"{value:g}초", f"{value:g} seconds")
        case "to_megabytes":
            return Slots("", f"{value:g}MB", f"{value:g} MB")
        case _:
            return None


_REWORDED: dict[str, tuple[tuple[str, str], tuple[str, str]]] = {
    # mistake: Korean words and their replacement, English words and their replacement
    "add_up_to": (("{x}", "최대 {x}"), ("{x}", "up to {x}")),
    "add_average": (("{x}", "평균 {x}"), ("{x}", "an average of {x}")),
    "add_over": (("{x}", "{x} 이상"), ("{x}", "more than {x}")),
    "up_to_over": (("최대 {x}", "{x} 이상"), ("up to {x}", "at least {x}")),
    "up_to_average": (("최대 {x}", "평균 {x}"), ("up to {x}", "an average of {x}")),
    "drop_up_to": (("최대 {x}", "{x}"), ("up to {x}", "{x}")),
    "over_up_to": (("{x} 이상", "최대 {x}"), ("more than {x}", "up to {x}")),
    "over_under": (("{x} 이상", "{x} 미만"), ("more than {x}", "less than {x}")),
    "about_over": (("약 {x}", "{x} 이상"), ("about {x}", "more than {x}")),
}


def _type(mistake: str) -> str:
    if mistake in _REWORDED:
        return "quantifier"
    return _TYPES.get(mistake.rstrip("0123456789"), "unit")


def single() -> Iterator[dict[str, object]]:
    """One right claim and its wrong ones per template, language and round."""
    draw = random.Random(SEED)
    for _ in range(ROUNDS):
        for template in TEMPLATES:
            value = template.draw(draw)
            right = template.show(value)
            evidence = template.evidence.replace("{x}", right.evidence)
            for language in ("ko", "en"):
                text, shown = getattr(template, language), getattr(right, language)
                yield _row(_filled(text, shown), evidence, "ok", "number", f"{right.evidence} = {shown}", language)
                for mistake in draw.sample(template.mistakes, min(2, len(template.mistakes))):
                    figure = _figure(template, value, mistake)
                    if figure:
                        claim = _filled(text, getattr(figure, language))
                    else:
                        old, new = _REWORDED[mistake][language == "en"]
                        claim = _filled(text.replace(old, new), shown)
                    why = f"{mistake.replace('_', ' ')}: the source says {right.evidence}"
                    yield _row(claim, evidence, "bad", _type(mistake), why, language)


def _filled(text: str, figure: str) -> str:
    filled = text.replace("{x}", figure)
    return filled[0].upper() + filled[1:]


PAIRED = (
    # two nouns, Korean and English, and what the sentence around them says
    (
        "tasks",
        "과제",
        "개",
        "languages",
        "언어",
        "개",
        "The suite spans {a} and {b}.",
        "{a}와 {b}로 이루어진 평가다.",
        "It spans {a} and {b}.",
    ),
    (
        "models",
        "모델",
        "개",
        "datasets",
        "데이터셋",
        "개",
        "We test {a} across {b}.",
        "{a}을 {b}에서 시험했다.",
        "{a} are tested across {b}.",
    ),
    (
        "hospitals",
        "병원",
        "곳",
        "patients",
        "환자",
        "명",
        "Scans come from {a} and {b}.",
        "{a}, {b}에게서 영상을 모았다.",
        "Scans come from {a} and {b}.",
    ),
    (
        "games",
        "게임",
        "개",
        "agents",
        "에이전트",
        "개",
        "It pairs {a} with {b}.",
        "{a}과 {b}를 짝지었다.",
        "It pairs {a} with {b}.",
    ),
)


def swapped() -> Iterator[dict[str, object]]:
    """Counts that change places: 6 tasks and 37 datasets for 37 tasks and 6 datasets."""
    draw = random.Random(SEED + 1)
    for english_a, korean_a, counter_a, english_b, korean_b, counter_b, evidence, ko, en in PAIRED:
        a, b = draw.sample(range(4, 90), 2)
        source = evidence.format(a=f"{a} {english_a}", b=f"{b} {english_b}")
        for label, first, second in (("ok", a, b), ("bad", b, a)):
            kind = "number" if label == "ok" else "number_value"
            why = f"{a} {english_a}, {b} {english_b}"
            korean_claim = ko.format(a=f"{first}{counter_a} {korean_a}", b=f"{second}{counter_b} {korean_b}")
            yield _row(korean_claim, source, label, kind, why, "ko")
            yield _row(en.format(a=f"{first} {english_a}", b=f"{second} {english_b}"), source, label, kind, why, "en")


def _row(claim: str, evidence: str, label: str, kind: str, why: str, language: str) -> dict[str, object]:
    return {"claim": claim, "evidence": [evidence], "label": label, "type": kind, "why": why, "language": language}


def generated() -> list[dict[str, object]]:
    """All generated items, each once, with ids g001, g002…"""
    rows = {(row["claim"], *map(str, (row["evidence"],))): row for row in (*single(), *swapped())}
    return [{"id": f"g{number:03}", **row} for number, row in enumerate(rows.values(), 1)]


def main() -> int:
    kept = [line for line in PATH.read_text(encoding="utf-8").splitlines() if json.loads(line)["id"].startswith("h")]
    made = [json.dumps(row, ensure_ascii=False) for row in generated()]
    PATH.write_text("\n".join((*kept, *made)) + "\n", encoding="utf-8")
    print(f"{len(kept)} hand-made and {len(made)} generated claims in {PATH.name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
