"""The figures of an abstract that a reader would want to hear, and whether a text says them."""

import pytest

from domain.headlines import MOST, carried, headlines


def figures(*sentences: str) -> list[tuple[int, str]]:
    return [(h.sentence, h.text) for h in headlines(sentences)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It improves accuracy by 18.5% over the baseline.", ["18.5%"]),
        ("It improves accuracy by up to 18.5% over the baseline.", ["18.5%"]),
        ("It gains 4.2 points on average.", ["4.2 points"]),
        ("It gains 4.2 percentage points.", ["4.2 percentage points"]),
        ("It is 3.5x faster and 40% cheaper.", ["3.5x", "40%"]),
        ("We train on 2.5 billion tokens.", ["2.5 billion"]),
        ("The set has at least 12 datasets.", ["12"]),
        ("We label 1,000 hours of speech.", ["1,000 hours"]),
    ],
)
def test_results_and_sizes_are_headline_figures(sentence: str, expected: list[str]) -> None:
    assert figures(sentence) == [(1, text) for text in expected]


@pytest.mark.parametrize(
    "sentence",
    [
        *("We propose a method for two tasks.", "It beats GPT-4 and Llama 2.", "It was listed in 2024.", "No figure."),
        *("We use three seeds and one model.", "See Section 5.", "We fix 3 seeds.", ""),
    ],
)
def test_small_counts_years_and_names_are_none(sentence: str) -> None:
    assert figures(sentence) == []


def test_figures_stand_in_the_order_of_the_abstract_with_their_sentence() -> None:
    abstract = ("We see 5% of it.", "Nothing here.", "It gains 7% and 9 points.", "Of 120 images, 3% fail.")
    assert figures(*abstract) == [
        *((1, "5%"), (3, "7%"), (3, "9 points"), (4, "120"), (4, "3%")),
    ]
    assert headlines(()) == ()


def test_a_large_count_is_a_size_and_goes_before_counts_of_things() -> None:
    counts = "We use 10 images, 20 videos, 30 songs, 40 texts, 50 graphs, 60 tables, 70 maps and 80 books."
    assert figures(counts, "We train on 2.5 billion tokens.")[-2:] == [(1, "70"), (2, "2.5 billion")]


def test_where_there_are_too_many_results_go_before_counts_of_things() -> None:
    counts = "We use 10 images, 20 videos, 30 songs, 40 texts and 50 graphs."
    results = [f"Step {word} gains {n}.5%." for n, word in enumerate(("one", "two", "six", "ten", "all"), start=11)]
    kept = figures(counts, *results)
    assert len(kept) == MOST
    assert [text for place, text in kept if place > 1] == [f"{n}.5%" for n in range(11, 16)]
    assert [text for place, text in kept if place == 1] == ["10", "20", "30"]


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("It improves accuracy by 18.5%.", "정확도가 18.5% 높아졌다."),
        ("It improves accuracy by up to 18.5%.", "정확도가 최대 18.5% 높아졌다."),
        ("We train on 2.5 billion tokens.", "25억 개의 토큰으로 학습한다."),
        ("We train on 2.5 billion tokens.", "The model reads 2.5B tokens."),
        ("It gains 4.2 points.", "4.2점 올랐다."),
        ("It is 3x faster.", "3배 빠르다."),
    ],
)
def test_a_figure_is_carried_in_either_language_and_in_any_right_form(sentence: str, text: str) -> None:
    (headline,) = headlines((sentence,))
    assert carried(headline, ["딴말이다.", text])


@pytest.mark.parametrize(
    ("sentence", "text"),
    [
        ("It improves accuracy by 18.5%.", "정확도가 높아졌다."),
        ("It improves accuracy by 18.5%.", "정확도가 19.5% 높아졌다."),
        ("We train on 2.5 billion tokens.", "250억 개의 토큰으로 학습한다."),
        ("It is 3x faster.", "3% 빠르다."),
    ],
)
def test_another_figure_does_not_carry_it(sentence: str, text: str) -> None:
    (headline,) = headlines((sentence,))
    assert not carried(headline, [text])
    assert not carried(headline, [])


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("We use 37 medical datasets.", "37 medical datasets"),
        ("We render 66K unique 3D objects.", "66K unique 3D objects"),
        ("It holds 218 million image-text pairs that bridge a gap.", "218 million image-text pairs"),
        ("It reaches 5 TOPS/W of energy efficiency.", "5 TOPS/W"),
        ("We shrink it to a 12^3 times 4 latent grid.", "12^3 times 4"),
        ("It is trained on 250 billion of them.", "250 billion"),
        ("It has 7B parameters.", "7B parameters"),
        ("It gains 18.5% accuracy.", "18.5%"),
        ("It takes 12 hours.", "12 hours"),
    ],
)
def test_a_figure_is_given_with_what_it_counts(sentence: str, expected: str) -> None:
    assert expected in [h.counts for h in headlines((sentence,))]
