"""What an abstract shows without a model: the role of a sentence, the figures in it, the phrases of a group."""

import numpy as np
import pytest

from agents.extract import background_table, centrality, cue, figures, keyphrases, phrases


@pytest.mark.parametrize(
    ("role", "sentence"),
    [
        ("method", "We propose a memory for language models."),
        ("method", "This paper studies tactile sensors."),
        ("result", "Experiments show that it outperforms all baselines."),
        ("result", "It achieves state-of-the-art accuracy."),
        ("impact", "It enables real-world deployment."),
        ("outlook", "However, long inputs remain a challenge for future work."),
    ],
)
def test_a_sentence_shows_its_role_by_its_cue_words(role: str, sentence: str) -> None:
    assert cue(role, sentence) >= 1
    assert cue(role, "The sky over the harbour was grey.") == 0


def test_cue_words_count_once_each_and_no_more_than_three() -> None:
    assert cue("result", "It improves, improves and improves.") == 1
    assert cue("result", "It improves and reduces.") == 2
    assert cue("result", "It improves, reduces, exceeds, attains and yields more.") == 3


@pytest.mark.parametrize(
    "sentence",
    [
        *("We release our code at https://example.org/x.", "We present it on GitHub.com/x.", "See our project page."),
        "https://example.org",
    ],
)
def test_an_address_plays_no_role(sentence: str) -> None:
    assert [cue(role, sentence) for role in ("method", "result", "impact", "outlook")] == [0, 0, 0, 0]


@pytest.mark.parametrize(
    ("sentence", "number"),
    [
        ("It gains 3.5% and 4 points on 1,000 images.", 3),
        ("It is 2× faster and 3x smaller.", 2),
        ("We train on ~2B tokens.", 1),
        ("GPT-4 and Llama3 lose.", 0),
        ("", 0),
    ],
)
def test_figures_are_counted_and_names_are_none(sentence: str, number: int) -> None:
    assert figures(sentence) == number


def test_the_most_central_sentence_is_the_one_nearest_to_all() -> None:
    vectors = np.array([[1, 0], [0.8, 0.6], [0, 1], [0.6, 0.8]], np.float32)
    central = centrality(vectors)
    assert central.shape == (4,)
    assert central[1] == pytest.approx(central[3]) and central[1] > central[0]
    assert centrality(np.array([[0.6, 0.8]], np.float32)) == pytest.approx([1.0])


def test_vectors_that_cancel_out_are_all_equally_central() -> None:
    assert centrality(np.array([[1, 0], [-1, 0]], np.float32)).tolist() == [0.0, 0.0]


def test_phrases_are_runs_of_content_words_as_they_stand() -> None:
    assert phrases("We propose Tactile Sensor Arrays, and grasp-learning.") == [
        *("Tactile", "Sensor", "Arrays", "Tactile Sensor", "Sensor Arrays", "Tactile Sensor Arrays"),
        "grasp-learning",
    ]
    assert phrases("Hands, skins (arrays) - grippers") == ["Hands", "skins", "arrays", "grippers"]
    assert phrases("We use it, and the other.") == [] == phrases("")


SENSORS = (
    ("Tactile Sensing for Robot Hands", "Tactile sensing helps robot hands.", "We fit tactile sensing to a finger."),
    ("A Skin with Tactile Sensing", "Our skin has tactile sensing.", "GRIPNET uses it.", "GRIPNET is fast."),
    (
        "Weather Radar",
        "Weather radar is hard.",
        "We see weather radar.",
        "Weather radar, weather radar, weather radar.",
    ),
)


def test_keyphrases_stand_where_they_are_said_to_stand_once_for_each_paper() -> None:
    found = keyphrases(SENSORS)
    assert found
    for phrase, places in found:
        assert len({paper for paper, _ in places}) == len(places) >= 1
        for paper, sentence in places:
            assert phrase.casefold() in SENSORS[paper][sentence].casefold()


def test_what_several_papers_share_comes_first() -> None:
    (first, places), *_ = keyphrases(SENSORS)
    assert first.casefold() == "tactile sensing"
    assert [paper for paper, _ in places] == [0, 1]


def test_a_word_alone_is_a_keyphrase_only_as_a_name_that_returns() -> None:
    names = [phrase for phrase, _ in keyphrases(SENSORS)]
    assert "GRIPNET" in names
    assert all(" " in name or not name.islower() for name in names)
    once = [("Untitled", "GRIPNET uses it.")]
    assert keyphrases(once) == []


def test_keyphrases_share_no_word_and_are_no_more_than_asked_for() -> None:
    words = [set(phrase.casefold().split()) for phrase, _ in keyphrases(SENSORS)]
    assert all(not one & other for n, one in enumerate(words) for other in words[:n])
    assert len(keyphrases(SENSORS, most=1)) == 1


@pytest.mark.parametrize("papers", [[], [("",)], [("Title", "")], [("???",)], [("We use it", "And the other.")]])
def test_where_nothing_is_said_there_are_no_keyphrases(papers: list[tuple[str, ...]]) -> None:
    assert keyphrases(papers) == []


def test_the_background_counts_papers_and_not_occurrences() -> None:
    table = background_table(["Robot hands grasp. Robot hands hold.", "Robot hands.", "Weather radar."], at_least=2)
    assert table == {"papers": 3, "phrases": {"hands": 2, "robot": 2, "robot hands": 2}}
