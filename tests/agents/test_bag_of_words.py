"""What words and arXiv categories tell of a paper is what was fitted, and nothing where neither is known."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from agents.bag_of_words import FILE, BagOfWords, load, words_of
from domain.papers import Paper
from evals.fit_bag import fit, read_filed
from prompts.taxonomy import load_taxonomy


def paper(title: str, abstract: str = "", *categories: str) -> Paper:
    return Paper(id=f"title:{title}", title=title, abstract=abstract, categories=categories)


PAPERS = [
    paper("Speech in noise", "Speech and speakers in noisy rooms.", "cs.SD", "cs.LG"),
    paper("Music codecs", "Music and speech at low rates.", "cs.SD"),
    paper("Qubits", "Circuits of qubits, few qubits.", "quant-ph", "cs.LG", "81P68"),
    paper("Circuits", "How deep are circuits of qubits?", "quant-ph"),
    paper("Ranking", "Search engines rank documents."),
    paper("Search", "Documents that search engines rank."),
]
LABELS = ["audio", "audio", "quantum", "quantum", "retrieval", "retrieval"]


@pytest.fixture
def bag(monkeypatch: pytest.MonkeyPatch) -> BagOfWords:
    monkeypatch.setattr("evals.fit_bag._IN_PAPERS", 1)
    monkeypatch.setattr("evals.fit_bag._IN_SHARE", 0.9)
    return fit(PAPERS, LABELS)


def test_words_are_counted_without_case_and_those_of_a_title_double() -> None:
    counted = words_of(paper("State-of-the-art LLMs", "An LLMs' state: GPT-4, 80% of llms."))
    assert counted == {"state-of-the-art": 2, "llms": 4, "an": 1, "state": 1, "gpt-4": 1, "of": 1}


def test_scores_of_words_are_those_of_the_library_that_fitted_them(bag: BagOfWords) -> None:
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    unlisted = [one.model_copy(update={"categories": ()}) for one in PAPERS]
    texts = [f"{one.title} {one.title} {one.abstract}" for one in PAPERS]
    pattern, stop = r"[a-z][a-z0-9-]*[a-z0-9]", list(ENGLISH_STOP_WORDS)
    table: Any = TfidfVectorizer(token_pattern=pattern, stop_words=stop, sublinear_tf=True, max_df=0.9)
    model: Any = LogisticRegression(C=10.0, max_iter=500).fit(table.fit_transform(texts), LABELS)
    scores = bag.scores(unlisted, list(model.classes_))
    assert scores == pytest.approx(model.decision_function(table.transform(texts)), abs=1e-6)


def test_an_arxiv_category_counts_half_the_log_of_how_much_oftener_than_by_chance_it_is_listed(bag: BagOfWords) -> None:
    keys = ["audio", "quantum", "retrieval"]
    # Both papers of quantum list quant-ph and none of the others, where by chance each category would have two thirds.
    told = bag.scores([paper("Xyzzy", "", "quant-ph", "quant-ph", "math.NT")], keys)[0]
    assert told == pytest.approx(np.log([1 / (5 / 3), 3 / (5 / 3), 1 / (5 / 3)]) / 2)
    assert list(bag.arxiv) == ["cs.LG", "cs.SD", "quant-ph"]  # 81P68 is of another scheme
    both = bag.scores([paper("Speech", "", "quant-ph")], keys)[0]
    assert both == pytest.approx(told + bag.scores([paper("Speech")], keys)[0])


def test_nothing_is_said_of_a_paper_without_a_known_word_and_nothing_against_a_category_that_was_not_fitted(
    bag: BagOfWords,
) -> None:
    scores = bag.scores([paper("Xyzzy"), paper("Qubits")], ["audio", "blockchain", "quantum"])
    assert scores[0].tolist() == [0.0, 0.0, 0.0]
    assert scores[1, 1] == scores[1, 2] > 0 > scores[1, 0]
    # Where all are unlikely, what it was not fitted on is no likelier than the likeliest.
    grim = replace(bag, arxiv={"cs.CL": 0}, arxiv_odds=np.array([[-1.0], [-2.0], [-3.0]]))
    assert grim.scores([paper("Xyzzy", "", "cs.CL")], ["audio", "blockchain"])[0].tolist() == [-0.5, -0.5]
    assert BagOfWords().scores([paper("Qubits", "", "quant-ph")], ["quantum"]).tolist() == [[0.0]]
    assert bag.scores([], ["audio", "quantum"]).shape == (0, 2)


def test_what_is_written_is_read_again_and_the_same_model_gives_the_same_bytes(bag: BagOfWords, tmp_path: Path) -> None:
    one, two = tmp_path / "one.json.gz", tmp_path / "two.json.gz"
    bag.write(one)
    bag.write(two)
    assert one.read_bytes() == two.read_bytes()
    again = BagOfWords.read(one)
    assert again.scores(PAPERS, bag.keys) == pytest.approx(bag.scores(PAPERS, bag.keys), abs=0.03)
    assert (again.keys, list(again.places), list(again.arxiv)) == (bag.keys, list(bag.places), list(bag.arxiv))
    assert len(again.version) == 8


def test_the_projects_own_knows_every_category_and_points_from_its_words_to_it() -> None:
    own, keys = load(), [category.key for category in load_taxonomy().categories]
    assert sorted(own.keys) == sorted(keys) and set(read_filed().values()) == set(keys)
    for word, key in (("quantum", "quantum"), ("speech", "audio"), ("jailbreak", "security"), ("robot", "robotics")):
        assert keys[int(np.argmax(own.scores([paper(word)], keys)))] == key
    assert keys[int(np.argmax(own.scores([paper("Xyzzy", "", "cs.RO")], keys)))] == "robotics"
    assert FILE.stat().st_size < 500_000
