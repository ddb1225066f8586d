"""A figure that is said twice is one figure."""

import pytest

from domain.grounding import rules
from domain.grounding.glosses import unglossed
from domain.grounding.statement import Cited, Statement


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("최대 1.3배(1.3x)의 속도 향상", "최대 1.3배의 속도 향상"),
        ("2,500억(250 billion) 토큰을 넘는", "2,500억 토큰을 넘는"),
        ("2억 1,800만 개(218 million)의 쌍", "2억 1,800만 개의 쌍"),
        ("정확도 90%(90%)", "정확도 90%"),
    ],
)
def test_a_bracket_that_says_the_figure_again_is_taken_out(text: str, plain: str) -> None:
    assert unglossed(text) == plain


@pytest.mark.parametrize(
    "text",
    [
        "3배(4x) 빠르다",
        "2,500억(25 billion) 토큰",
        "정확도 90%(3개 데이터셋)",
        "BERT(3)",
        "6편(19.4%)",
        "5개 과제 가운데 3개(5개)",
    ],
)
def test_a_bracket_that_says_anything_else_stays(text: str) -> None:
    assert unglossed(text) == text


def test_what_bounds_the_figure_bounds_its_bracket() -> None:
    def found(text: str) -> list[str]:
        sentence = "Domino achieves up to 1.3x speedup over Megatron-LM."
        cited = Cited(title="Domino", abstract=sentence, sentences=(sentence,))
        return [f.rule for f in rules.check_line(Statement(text=text, cited=(cited,), language="ko"))]

    assert found("Domino는 Megatron-LM보다 최대 1.3배(1.3x) 빠르다.") == []
    assert found("Domino는 Megatron-LM보다 최대 1.3배(1.4x) 빠르다.") != []
    assert found("Domino는 Megatron-LM보다 1.3배(1.3x) 빠르다.") != []
