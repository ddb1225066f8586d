"""The sentence is in the report's language, whole, and nothing of the prompt is left in it."""

import pytest

from domain.grounding.language import garbled, language, leftover, script

from .statements import spans

EVIDENCE = "We present CropSense, which finds leaf diseases in drone images with T5 and P300 signals."


@pytest.mark.parametrize(
    "text",
    [
        "CropSense finds leaf diseases in drone images with high accuracy.",
        "CropSense는 잎의 병을 찾는다. It is the first system that works in the field.",
        "leaf disease detection, drone images",
    ],
)
def test_english_prose_in_a_korean_report_is_a_fault(text: str) -> None:
    assert len(spans(language, text, EVIDENCE)) == 1


@pytest.mark.parametrize(
    "text",
    [
        "CropSense는 드론 영상에서 잎의 병을 찾는다.",
        "잎의 병(leaf disease)과 드론 영상(drone image)을 다룬다.",
        "CropSense, T5, P300을 쓴다.",
    ],
)
def test_names_and_glosses_do_not_make_a_sentence_english(text: str) -> None:
    assert spans(language, text, EVIDENCE) == []


def test_the_title_of_the_paper_may_be_quoted() -> None:
    title = "On the Use of Drones for the Detection of Leaf Diseases in Fields"
    assert spans(language, f"「{title}」은 드론으로 병을 찾는다.", EVIDENCE, title=title) == []


def test_hangul_in_an_english_report_is_a_fault() -> None:
    assert spans(language, "CropSense finds 잎 diseases.", EVIDENCE, language="en") == ["잎"]


@pytest.mark.parametrize(
    ("text", "span"), [("잎의 病을 찾는다.", "病"), ("モデル을 쓴다.", "モデル"), ("дом을 쓴다.", "дом")]
)
def test_letters_of_another_script_are_a_fault(text: str, span: str) -> None:
    assert spans(script, text, EVIDENCE) == [span]


def test_a_foreign_word_that_the_paper_has_may_be_named() -> None:
    assert spans(script, "한자 病의 쓰임을 살핀다.", "We trace the character 病 through time.") == []


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("잎의 병을 찾는ㄷ.", "ㄷ"),
        ("잎의 \ufffd\ufffd을 찾는다.", "\ufffd\ufffd"),
        ("국가 dân족을 다룬다.", "dân"),
        ("학습ing을 한다.", "습ing"),
        ("Сrop을 쓴다.", "Сr"),
        ("매우 좋은 결과 매우 좋은 결과 매우 좋은 결과", "매우 좋은 결과 매우 좋은 결과 매우 좋은 결과"),
    ],
)
def test_broken_words_are_a_fault(text: str, span: str) -> None:
    assert spans(garbled, text, EVIDENCE) == [span]


def test_particles_stuck_to_names_are_not_broken_words() -> None:
    assert spans(garbled, "CropSense는 T5와 비LLM 모델을 비교한다.", EVIDENCE) == []


@pytest.mark.parametrize(
    "text",
    [
        "보고서 요약: 잎의 병을 찾는다.",
        "As an AI language model, I cannot judge this.",
        "Sure! 잎의 병을 찾는다.",
        '{"text": "잎의 병을 찾는다."}',
        "잎의 병을 찾는다 [P3.2].",
        "잎의 병을 찾는다 (P1).",
        "P2.1에 따르면 잎의 병을 찾는다.",
        "저는 AI로서 판단하지 않는다.",
        "주어진 초록에 따르면 잎의 병을 찾는다.",
        "제공된 초록을 바탕으로 정리했다.",
        "Based on the provided abstract, it finds leaves.",
    ],
)
def test_what_is_left_of_the_prompt_is_a_fault(text: str) -> None:
    assert spans(leftover, text, EVIDENCE) != []


@pytest.mark.parametrize(
    "text", ["모델(T5)과 P300 신호를 쓴다.", "주어진 텍스트에서 병명을 뽑는다.", "P300을 쓴다.", "요약 성능을 잰다."]
)
def test_names_that_look_like_labels_and_ordinary_words_pass(text: str) -> None:
    assert spans(leftover, text, EVIDENCE) == []


@pytest.mark.parametrize(
    "text",
    [
        "제공된 초록에는 수치가 나오지 않는다.",
        "제공된 초록만으로는 알 수 없다.",
        "The provided abstract gives no figures.",
    ],
)
def test_that_an_abstract_does_not_say_something_is_no_leftover(text: str) -> None:
    assert spans(leftover, text, EVIDENCE) == []
