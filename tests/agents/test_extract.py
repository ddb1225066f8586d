"""The phrases of a sentence, and how many papers share them."""

from agents.extract import background_table, phrases


def test_phrases_are_runs_of_content_words_as_they_stand() -> None:
    assert phrases("We propose Tactile Sensor Arrays, and grasp-learning.") == [
        *("Tactile", "Sensor", "Arrays", "Tactile Sensor", "Sensor Arrays", "Tactile Sensor Arrays"),
        "grasp-learning",
    ]
    assert phrases("Hands, skins (arrays) - grippers") == ["Hands", "skins", "arrays", "grippers"]
    assert phrases("We use it, and the other.") == [] == phrases("")


def test_the_background_counts_papers_and_not_occurrences() -> None:
    table = background_table(["Robot hands grasp. Robot hands hold.", "Robot hands.", "Weather radar."], at_least=2)
    assert table == {"papers": 3, "phrases": {"hands": 2, "robot": 2, "robot hands": 2}}
