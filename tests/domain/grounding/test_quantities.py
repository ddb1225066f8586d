"""Quantities are read out of Korean and English as a reader reads them, and names with digits are left alone."""

import pytest

from domain.grounding.quantities import quantities


def read(text: str, *, source: bool = False) -> list[tuple[str, float]]:
    return [(q.kind, round(q.value, 6)) for q in quantities(text, source=source) if q.kind not in ("one", "loose")]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("2,500억 토큰", 2.5e11),
        ("0.25조 토큰", 2.5e11),
        ("1조 2천억 토큰", 1.2e12),
        ("1억 8천만 파라미터", 1.8e8),
        ("8억 4,300만 파라미터", 8.43e8),
        ("2억 1천8백만 쌍", 2.18e8),
        ("6만 6천 개의 객체", 6.6e4),
        ("7만 2,413개의 과제", 72413),
        ("66K개의 객체", 6.6e4),
        ("삼만 오천 개의 문장", 35000),
        ("이십 명의 의사", 20),
        ("서른두 명의 의사", 32),
        ("열다섯 가지 물건", 15),
        ("두 모델을 비교했다", 2),
        ("10^6개의 표본", 1e6),
        ("256의 세제곱 크기", 256**3),
        ("250 billion tokens", 2.5e11),
        ("250B tokens", 2.5e11),
        ("40, 000 pairs", 4e4),
        ("two hundred and five people", 205),
        ("half a million words", 5e5),
        ("a dozen tools", 12),
        ("1.5e4 steps", 15000),
    ],
)
def test_scales_compounds_and_number_words_give_one_value(text: str, value: float) -> None:
    assert read(text) == [("count", pytest.approx(value))]


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        ("18% 높았다", "percent", 18),
        ("18 퍼센트 높았다", "percent", 18),
        ("18%p 높았다", "point", 18),
        ("18퍼센트포인트 높았다", "point", 18),
        ("3.2점 올랐다", "point", 3.2),
        ("1.3배 빨라졌다", "multiple", 1.3),
        ("두 배 빨라졌다", "multiple", 2),
        ("3분의 1로 줄었다", "fraction", 0.333333),
        ("절반으로 줄었다", "fraction", 0.5),
        ("수백만 장의 사진", "order", 1e6),
        ("2024년 논문", "year", 2024),
        ("백만 건대", "order", 1e6),
        ("18 per cent more", "percent", 18),
        (r"27.4\% more", "percent", 27.4),
        ("by 3 percentage points", "point", 3),
        ("2.3 BLEU points higher", "point", 2.3),
        (r"a $3\times$ speedup", "multiple", 3),
        ("a 2-fold gain", "multiple", 2),
        ("two orders of magnitude faster", "multiple", 100),
        ("speed doubles", "multiple", 2),
        ("a quarter of them", "fraction", 0.25),
        ("tens of thousands of queries", "order", 1e4),
    ],
)
def test_the_unit_tells_what_kind_of_figure_it_is(text: str, kind: str, value: float) -> None:
    assert read(text) == [(kind, pytest.approx(value))]


@pytest.mark.parametrize("text", ["8xH100", "8 × A100", "8x RTX 4090", "8x NVIDIA B200", "8×GPUs"])
def test_a_number_of_devices_is_a_count_however_it_is_written(text: str) -> None:
    assert ("count", 8) in [(q.kind, q.value) for q in quantities(f"trained on {text}", source=True)]


@pytest.mark.parametrize("text", ["8x faster", "8x GPT-4's speed", "8× HIGHER"])
def test_a_multiple_before_a_word_stays_one(text: str) -> None:
    assert ("multiple", 8) in [(q.kind, q.value) for q in quantities(text, source=True)]


@pytest.mark.parametrize(
    ("text", "dimension", "seconds_bytes_or_dollars"),
    [
        ("12시간", "time", 43200),
        ("80밀리초", "time", 0.08),
        ("80 ms", "time", 0.08),
        ("10 GPU-hours", "time", 36000),
        ("12GB의 메모리", "bytes", 12e9),
        ("$0.5 per call", "dollar", 0.5),
        ("0.5달러다", "dollar", 0.5),
        ("4-bit weights", "bits", 4),
    ],
)
def test_units_of_measure_are_brought_to_one_base(text: str, dimension: str, seconds_bytes_or_dollars: float) -> None:
    (found,) = quantities(text)
    assert (found.dimension, found.value) == (dimension, pytest.approx(seconds_bytes_or_dollars))


@pytest.mark.parametrize(
    "text",
    [
        "GPT-4와 Llama-3-70B, ResNet-50, o1을 비교했다.",
        "Mistral 7B와 Mixtral 8x7B, Llama 3.1 8B를 썼다.",
        "3D 장면과 F1, top-1, R², K-12, COVID-19를 다룬다.",
        "LLaMA 2 and Gemini 1.5 with H100 nodes, arXiv:2410.03665.",
        "구조를 조건으로 삼아 기반으로 이미지만 다룬다.",
        "이상 탐지와 배치 정규화를 처음으로 합쳤다.",
        "세 번째 단계와 1단계, 2차 평가는 1인칭 시점이다.",
        "In stage 2 of October 3 the 2nd model of the first kind.",
    ],
)
def test_names_and_ordinary_words_are_no_figures(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "kind", "ends"),
    [
        ("70~80% 회복", "percent", (70, 80)),
        ("2~3억 개", "count", (2e8, 3e8)),
        ("6.2%에서 6.6% 향상", "percent", (6.2, 6.6)),
        ("수백 개에서 수천 개까지", "order", (100, 1000)),
        ("3 to 5 times faster", "multiple", (3, 5)),
        ("between 70% and 80%", "percent", (70, 80)),
        ("from 0.685 to 0.778", "count", (0.685, 0.778)),
        ("1.1B-14B parameters", "count", (1.1e9, 1.4e10)),
        ("6 and 8 percentage points", "point", (6, 8)),
        ("512×512 해상도", "count", (512, 512)),
        ("연구 51편에서 네 가지 범주를 도출했다.", "count", (51, 4)),
    ],
)
def test_the_ends_of_a_range_and_of_a_list_share_their_unit(text: str, kind: str, ends: tuple[float, float]) -> None:
    assert read(text) == [(kind, pytest.approx(end)) for end in ends]


@pytest.mark.parametrize(
    ("text", "bounds"),
    [
        ("최대 18% 높였다", {"up to"}),
        ("18% 이상 높였다", {"at least"}),
        ("2,500억 토큰을 넘는 학습", {"at least"}),
        ("40% 넘게 줄었다", {"at least"}),
        ("30여 개 언어", {"at least"}),
        ("오류가 2% 미만이다", {"less than"}),
        ("10%도 안 되는 토큰", {"less than"}),
        ("최대 약 3배", {"up to", "about"}),
        ("19개 이상 탐지 벤치마크", set[str]()),
        ("17%를 크게 웃돌았다", set[str]()),
        ("up to 18%", {"up to"}),
        ("more than 30 languages", {"at least"}),
        ("sub-10 ms control", {"less than"}),
        ("an average of about 6%", {"about"}),
        ("tested over 5 runs", set[str]()),
    ],
)
def test_bounds_are_read_with_the_figure_that_they_belong_to(text: str, bounds: set[str]) -> None:
    assert quantities(text)[0].said == bounds


@pytest.mark.parametrize("source", [False, True])
@pytest.mark.parametrize("part", ["a", "A", "a-", "A_", "1", "²", "가"])
def test_a_word_of_a_hundred_thousand_characters_keeps_no_figure_from_being_read(part: str, source: bool) -> None:
    word = (part * 100_000)[:100_000]
    assert ("percent", 5.0) in [(q.kind, q.value) for q in quantities(f"{word} 5% faster", source=source)]


def test_a_size_right_after_another_is_one_of_a_name_too() -> None:
    assert read("Llama 7B.Bigger 13B") == []
