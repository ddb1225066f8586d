"""No sentence twice in a draft."""

from domain.repeats import duplicates


def test_a_repeated_sentence_is_found_whatever_its_spaces_and_punctuation() -> None:
    texts = ["CropSense는 잎의 병을 찾는다.", "다른 문장이다.", "CropSense는  잎의 병을 찾는다"]
    assert list(duplicates(texts)) == [(2, 0)]


def test_a_sentence_with_one_syllable_changed_is_a_repeat() -> None:
    first = "이 방법은 드론 영상에서 잎의 병을 찾아 농가가 넓은 밭을 살피는 부담을 덜어 준다."
    assert list(duplicates([first, first.replace("덜어 준다", "덜어준다"), first.replace("찾아", "찾고")])) == [
        (1, 0),
        (2, 0),
    ]


def test_one_pattern_with_another_name_or_figure_is_another_sentence() -> None:
    texts = [
        "AlphaNet은 세 벤치마크에서 기준 모델을 앞서며 정확도는 평균 71.2%이다.",
        "BetaNet은 세 벤치마크에서 기준 모델을 앞서며 정확도는 평균 71.2%이다.",
        "AlphaNet은 세 벤치마크에서 기준 모델을 앞서며 정확도는 평균 74.9%이다.",
    ]
    assert list(duplicates(texts)) == []


def test_each_repeat_points_to_the_first_of_its_kind() -> None:
    assert list(duplicates(["같은 말이다.", "같은 말이다.", "같은 말이다!"])) == [(1, 0), (2, 0)]
