"""What stand-in writers wrote rightly and an earlier rule rejected: it must never come back."""

import pytest

from domain.grounding.rules import check_line
from domain.grounding.statement import Cited, Statement

REGRET = "We give the first algorithms whose regret scales with the square root of the sum of measurement variances."
FLOW = "We explore models with two parameters learned by gradient flow."
COST = "Training a large language model has a communication overhead."


def shown(text: str, *sentences: str) -> Statement:
    cited = tuple(Cited(title=f"Paper {chr(65 + n)}", abstract=s, sentences=(s,)) for n, s in enumerate(sentences))
    return Statement(text=text, language="ko", kind="analysis", cited=cited)


@pytest.mark.parametrize(
    "statement",
    [
        shown("이 연구는 후회 상한으로 알고리즘의 효율을 이론적으로 뒷받침한다.", REGRET),
        shown("두 논문은 각각 기울기 흐름으로 학습하는 모델과 대규모 언어 모델 학습의 통신 비용을 다룬다.", FLOW, COST),
    ],
    ids=["a bound that names no growth", "two papers, counted"],
)
def test_a_right_sentence_passes(statement: Statement) -> None:
    assert check_line(statement) == ()


def test_its_wrong_neighbour_does_not() -> None:
    text = "세 논문은 각각 기울기 흐름으로 학습하는 모델과 대규모 언어 모델 학습의 통신 비용을 다룬다."
    assert [fault.span for fault in check_line(shown(text, FLOW, COST))] == ["세"]


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("지연이 1초 미만이다.", "It streams with sub-second latency."),
        ("수백 시간의 영상을 썼다.", "We use hundreds of hours of video."),
        ("수십 프레임을 썼다.", "It uses 10s of frames."),
        ("3분의 1이 줄었다.", "A third of the tokens are gone."),
        ("재현율은 60% 위를 지켰다.", "It keeps recall above 60%."),
        ("재현율이 50% 위로 뛰었다.", "Recall rises to more than 50%."),
        ("5겹 교차 검증을 했다.", "Experiments employed 5 fold cross validation."),
        ("1.93배 빨라졌다.", "It brings a ×1.93 speedup."),
        ("GPU 4개로 학습했다.", "We train on ×4 A100 GPUs."),
        ("교차 언어 전이가 5배 늘었다.", "It brings a 5-fold increase in cross-lingual transfer."),
        ("다섯 겹 교차 검증을 했다.", "We use stratified five-fold cross-validation."),
    ],
)
def test_a_figure_in_another_right_form_passes(text: str, sentence: str) -> None:
    assert check_line(shown(text, sentence)) == ()


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("지연이 2초 미만이다.", "It streams with sub-second latency."),
        ("수천 시간의 영상을 썼다.", "We use hundreds of hours of video."),
        ("3분의 1이 줄었다.", "It takes a third road and cuts a quarter of the tokens."),
        ("5배 늘었다.", "Experiments employed 5 fold cross validation."),
        ("3배 빨라졌다.", "It takes a 3 × 3 grid and a 3x3 one."),
        ("10겹 교차 검증을 했다.", "We use stratified five-fold cross-validation."),
    ],
)
def test_another_figure_in_such_a_form_does_not(text: str, sentence: str) -> None:
    assert check_line(shown(text, sentence)) != ()


def test_a_share_of_two_counts_passes_where_they_are_of_a_size_and_is_none_where_they_are_not() -> None:
    counts = "Seven abilities are rated by 8,400 judgements of 4,200 answers."
    assert check_line(shown("평가의 50%가 그렇다.", counts)) == ()
    assert [fault.rule for fault in check_line(shown("성능이 99.9% 올랐다.", counts))] == ["figure-absent"]
