"""Sentences that would fit any paper, and sentences about more papers than they cite."""

import pytest

from domain.grounding.style import generic, plural

from .passages import faults, passage, several, spans

EVIDENCE = "We present CropSense, which finds leaf diseases in drone images."


@pytest.mark.parametrize(
    "text",
    [
        "다양한 산업에서 활용이 기대된다.",
        "이 연구는 인공지능 분야에 새로운 지평을 열 것으로 예상된다.",
        "큰 변화를 야기할 수 있다.",
        "데이터의 중요성이 강조된다.",
        "향후 추가적인 연구가 필요하다.",
        "이러한 기술의 발전은 여러 산업에 긍정적인 영향을 미칠 것으로 전망된다.",
    ],
)
def test_a_korean_sentence_that_fits_any_paper_is_a_fault(text: str) -> None:
    assert len(spans(generic, text, EVIDENCE)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "This work has great potential.",
        "The proposed method paves the way for future research.",
        "These results highlight the importance of further studies in the field.",
        "It is expected to have a significant impact on various industries.",
    ],
)
def test_an_english_sentence_that_fits_any_paper_is_a_fault(text: str) -> None:
    assert len(spans(generic, text, EVIDENCE, language="en")) == 1


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("농가가 드론 영상만으로 잎의 병을 찾아 농약을 줄이는 데 기여할 수 있다.", "ko"),
        ("CropSense는 다양한 산업에서 활용이 기대된다.", "ko"),
        ("의료 영상 판독에 도움이 될 것으로 기대된다.", "ko"),
        ("기존 방법보다 성능이 우수하다.", "ko"),
        ("It could help farmers spray less.", "en"),
        ("The method works.", "en"),
    ],
)
def test_a_sentence_that_says_something_of_its_paper_passes(text: str, language: str) -> None:
    assert spans(generic, text, EVIDENCE, language=language) == []


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("두 논문 모두 드론을 쓴다.", "ko"),
        ("모든 논문이 드론을 쓴다.", "ko"),
        ("두 연구는 드론을 쓴다.", "ko"),
        ("이 논문들은 드론을 쓴다.", "ko"),
        ("Both papers use drones.", "en"),
        ("All the papers use drones.", "en"),
    ],
)
def test_a_sentence_about_several_papers_cites_several(text: str, language: str) -> None:
    assert len(faults(plural, passage(text, EVIDENCE, language=language))) == 1
    assert faults(plural, several(text, ["Drones fly.", "Drones see."], language)) == []


def test_three_papers_need_three_citations() -> None:
    text = "세 논문 모두 드론을 쓴다."
    assert len(faults(plural, several(text, ["Drones fly.", "Drones see."]))) == 1
    assert faults(plural, several(text, ["Drones fly.", "Drones see.", "Drones land."])) == []


@pytest.mark.parametrize(
    "text", ["두 연구팀이 함께 썼다.", "두 모델 모두 드론을 쓴다.", "이 논문은 두 가지 연구 질문을 다룬다."]
)
def test_two_of_something_else_is_no_matter(text: str) -> None:
    assert spans(plural, text, EVIDENCE) == []
