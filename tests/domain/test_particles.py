"""Korean particles follow the sound before them, as far as the letters tell it."""

import pytest

from domain.languages.ko.particles import particle


@pytest.mark.parametrize(
    ("word", "told"),
    [
        ("강화 학습", "은"),
        ("언어 모델", "은"),
        ("이미지 생성", "은"),
        ("그래프 이론의 기초", "는"),
        ("가", "는"),
        ("힣", "은"),
        ("무엇이 다른가?", "는"),
        ("거대 모델(축약판)", "은"),
    ],
)
def test_after_a_consonant_and_after_a_vowel_stand_different_particles(word: str, told: str) -> None:
    assert particle(word, "은", "는") == told


@pytest.mark.parametrize("word", ["BERT", "모델 BERT", "학습 2", "한자 模型", "자모 ㅎ", "?", ""])
def test_where_the_letters_do_not_tell_the_sound_both_are_given(word: str) -> None:
    assert particle(word, "과", "와") == "과(와)"
