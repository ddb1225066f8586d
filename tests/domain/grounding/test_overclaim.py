"""Absolute words and denials stand only where the cited sentences carry them."""

import pytest

from domain.grounding.overclaim import negation, overclaim

from .passages import faults, passage, spans


@pytest.mark.parametrize(
    ("text", "evidence", "span"),
    [
        ("완벽하게 일반화한다.", "It shows promising generalization.", "완벽하게"),
        ("효과가 입증되었다.", "The analysis suggests that it may help.", "입증되었"),
        ("모든 모델을 앞선다.", "It outperforms numerous larger models.", "모든"),
        ("모든 모델을 앞선다.", "They reach numerous other models.", "모든"),
        ("모든 모델을 앞선다.", "However, it outperforms numerous larger models.", "모든"),
        ("전혀 포착하지 못한다.", "Networks can sometimes struggle to capture it.", "전혀"),
        ("항상 더 낫다.", "It is often better.", "항상"),
        ("최초로 시도했다.", "We apply maps to roads.", "최초로"),
        ("지도에만 쓸 수 있다.", "The method is applicable to any image.", "에만"),
        ("효율성은 이미 입증되어 있다.", "Its efficiency remains unknown.", "이미 입증"),
    ],
)
def test_more_than_the_evidence_says_is_a_fault(text: str, evidence: str, span: str) -> None:
    assert span in spans(overclaim, text, evidence)


@pytest.mark.parametrize(
    ("text", "evidence"),
    [
        ("완벽하게 복원한다.", "The signal is recovered perfectly."),
        ("효과를 입증했다.", "Experiments demonstrate that it may help."),
        ("모든 모델을 앞선다.", "It outperforms all of the many models."),
        ("거의 모든 모델을 앞선다.", "It outperforms most models."),
        ("그러한 모든 부분집합에 그런 목표가 있다.", "Wherever a subset is a sphere, some targets cannot be learned."),
        ("전혀 포착하지 못한다.", "Networks fail to capture it."),
        ("최초로 시도했다.", "We are the first to apply maps."),
        ("지도에만 쓸 수 있다.", "It applies only to maps."),
    ],
)
def test_strong_words_pass_where_the_evidence_is_as_strong(text: str, evidence: str) -> None:
    assert spans(overclaim, text, evidence) == []


def test_our_own_analysis_is_not_measured_by_the_words_of_the_paper() -> None:
    assert faults(overclaim, passage("모든 도로에 쓸 수 있다.", "It works on many roads.", kind="analysis")) == []


def test_a_denial_needs_something_in_the_evidence_that_denies() -> None:
    assert spans(negation, "일반화는 개선하지 못했다.", "It is effective in improving generalization.") != []
    assert spans(negation, "일반화는 개선하지 못했다.", "It does not improve generalization.") == []
    assert spans(negation, "정확도가 떨어지지 않았다.", "Accuracy is preserved.") == []
    assert spans(negation, "속도를 높였을 뿐 아니라 오류도 늘지 않았다.", "It is fast and accurate.") == []


def test_the_english_side_is_held_to_its_words_too() -> None:
    assert spans(overclaim, "It always wins.", "It often wins.", language="en") == ["always"]
    assert spans(overclaim, "It beats all existing models.", "It beats numerous models.", language="en") == [
        "all existing"
    ]
