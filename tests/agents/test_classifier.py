"""Papers are filed from memory first, then by a small model that is the same each time it is fitted."""

import hashlib
import re
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from agents.bag_of_words import BagOfWords
from agents.classifier import (
    UNSURE_BELOW,
    Classifier,
    Example,
    ExamplesError,
    classify,
    fitting_texts,
    load_examples,
    unfit,
    version_of,
)
from domain.papers import Paper, title_key
from domain.reports import Filing
from domain.taxonomy import Category, Taxonomy
from domain.trends import Recollection
from prompts.taxonomy import load_taxonomy
from vectorstore.embedding import paper_text


class Words:
    """Counts words into 256 hashed places, to length 1; remembers how many texts it was asked for."""

    def __init__(self, name: str = "words-256") -> None:
        self.name = name
        self.asked = 0
        self.last: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.asked += len(texts)
        self.last = list(texts)
        vectors = np.full((len(texts), 256), 1e-3, np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                vectors[row, int(hashlib.md5(word.encode()).hexdigest(), 16) % 256] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def category(key: str, description: str) -> Category:
    return Category(key=key, names={"ko": key, "en": key}, emoji=key, description=description)


SMALL = Taxonomy(
    categories=(
        category("audio", "speech and music"),
        category("quantum", "qubits and circuits"),
        category("retrieval", "search and ranking"),
    ),
    fallback=category("other", "the rest"),
)
SMALL_EXAMPLES = (
    Example(title="Speech recognition for noisy rooms", category="audio"),
    Example(title="Generating music from text", category="audio"),
    Example(title="Variational quantum circuits", category="quantum"),
    Example(title="How many qubits does an algorithm need", category="quantum"),
    Example(title="Dense retrieval with hard negatives", category="retrieval"),
    Example(title="Ranking documents for a search engine", category="retrieval", weight=0.3),
)

BAG = BagOfWords(
    keys=("quantum", "audio"),
    places={"music": 0, "qubits": 1, "speech": 2},
    rarity=np.array([3.0, 4.0, 3.0]),
    weights=np.array([[-1.0, 2.0, -1.0], [1.0, -2.0, 1.0]]),
    bias=np.array([0.1, -0.1]),
    arxiv={"quant-ph": 0},
    arxiv_odds=np.array([[2.0], [-1.0]]),
    version="abcd0123",
)


def paper(title: str, *categories: str) -> Paper:
    return Paper(id=f"title:{title_key(title)}", title=title, abstract="", categories=categories)


@pytest.fixture
def small() -> Classifier:
    return Classifier.fit(SMALL, Words(), SMALL_EXAMPLES)


@pytest.fixture(scope="module")
def whole() -> Classifier:
    return Classifier.fit(load_taxonomy(), Words())


def test_every_paper_is_ranked_over_all_categories_with_probabilities_likeliest_first(whole: Classifier) -> None:
    papers = [paper("A music codec"), paper("Quantum kernels on four qubits", "quant-ph")]
    for ranking in whole.rank(papers):
        probabilities = [p for _, p in ranking]
        assert {key for key, _ in ranking} == {c.key for c in load_taxonomy().categories}
        assert sum(probabilities) == pytest.approx(1, abs=1e-5)
        assert probabilities == sorted(probabilities, reverse=True)


@pytest.mark.parametrize(
    ("title", "key"),
    [
        ("Robust speech recognition with speaker adaptation", "audio"),
        ("Quantum circuits with fewer qubits", "quantum"),
        ("Sequential recommendation and reranking for e-commerce", "retrieval"),
        ("Robot manipulation and grasping with a quadruped", "robotics"),
        ("Jailbreak attacks and backdoor defences", "security"),
        ("Post-training quantization and KV cache compression", "inference"),
    ],
)
def test_a_title_full_of_a_subjects_words_is_filed_under_it(whole: Classifier, title: str, key: str) -> None:
    assert whole.rank([paper(title)])[0][0][0] == key


def test_no_papers_are_ranked_without_asking_the_embedder() -> None:
    embed = Words()
    classifier = Classifier.fit(SMALL, embed, SMALL_EXAMPLES)
    before = embed.asked
    assert classifier.rank([]) == []
    assert embed.asked == before


def test_a_paper_is_classified_by_the_text_that_memory_embeds_too_and_by_its_words_the_titles_twice() -> None:
    embed = Words()
    small, deaf = (Classifier.fit(SMALL, embed, SMALL_EXAMPLES, bag=bag) for bag in (BAG, BagOfWords()))

    def told(title: str, abstract: str = "", by: Classifier = small) -> dict[str, float]:
        asked = Paper(id="title:x", title=title, abstract=abstract)
        ranking = by.rank([asked])[0]
        assert embed.last == [paper_text(asked)]
        return dict(ranking)

    one, other = ("Qubits at work", "Music and speech."), ("Music and speech.", "Qubits at work")
    # The same words to the embedder, and so the same to a classifier without a bag of words.
    assert told(*one, deaf) == pytest.approx(told(*other, deaf), abs=2e-6)
    assert told(*one)["quantum"] > told(*other)["quantum"] and told(*other)["audio"] > told(*one)["audio"]
    assert told(*one)["quantum"] > told(*one, deaf)["quantum"]


def test_titles_and_bag_add_up_to_odds_that_are_taken_back_a_third() -> None:
    asked = paper("Music for qubits", "quant-ph")
    ranked = [
        dict(Classifier.fit(SMALL, Words(), SMALL_EXAMPLES, bag=bag).rank([asked])[0]) for bag in (BagOfWords(), BAG)
    ]
    title, both = (np.array([np.log(told[c.key]) for c in SMALL.categories]) for told in ranked)
    wanted = title + 0.65 * BAG.scores([asked], [c.key for c in SMALL.categories])[0]
    assert both - both[0] == pytest.approx(wanted - wanted[0], abs=1e-4)


def test_a_paper_gets_the_same_answer_alone_and_among_others(small: Classifier) -> None:
    asked = paper("Searching music with qubits")
    alone = small.rank([asked])[0]
    among = small.rank([paper("Speech"), asked, paper("Ranking")])[1]
    assert [key for key, _ in alone] == [key for key, _ in among]
    assert [p for _, p in alone] == pytest.approx([p for _, p in among], abs=2e-6)


def test_a_category_that_somebody_adds_with_a_handful_of_titles_is_chosen_and_takes_nothing_from_others() -> None:
    taxonomy, titles = load_taxonomy(), ["Proof of stake", "Smart contracts audited", "A ledger of blocks and coins"]
    added = (*taxonomy.categories, category("blockchain", "ledgers, smart contracts, coins, proof of stake"))
    examples = (*load_examples(), *(Example(title=title, category="blockchain") for title in titles))
    wider = Classifier.fit(taxonomy.model_copy(update={"categories": added}), Words(), examples)
    asked = [paper("Smart contracts and coins on a ledger", "cs.CR"), paper("Speech recognition in noise", "cs.SD")]
    assert [ranking[0][0] for ranking in wider.rank(asked)] == ["blockchain", "audio"]


def test_a_category_that_is_known_is_kept_and_a_new_paper_gets_the_likeliest(small: Classifier) -> None:
    seen, new = paper("Speech and music"), paper("Quantum circuits of qubits")
    memory = {
        seen.id: Recollection(paper_id=seen.id, first_day=date(2024, 10, 6), category="retrieval"),
        new.id: Recollection(paper_id=new.id),
    }
    first, second = classify([seen, new], memory, small)
    assert first == Filing(paper_id=seen.id, category="retrieval", certainty=1.0, decided_by="memory")
    key, probability = small.rank([new])[0][0]
    assert key == "quantum"
    decided_by = f"classifier@{small.version}"
    assert second == Filing(paper_id=new.id, category=key, certainty=probability, decided_by=decided_by)


def test_a_remembered_category_that_no_longer_exists_is_decided_anew(small: Classifier) -> None:
    seen = paper("Speech and music")
    memory = {seen.id: Recollection(paper_id=seen.id, first_day=date(2024, 10, 6), category="blockchain")}
    assert classify([seen], memory, small)[0].category == "audio"


def test_the_fallback_is_kept_where_memory_says_so(small: Classifier) -> None:
    seen = paper("Speech and music")
    memory = {seen.id: Recollection(paper_id=seen.id, first_day=date(2024, 10, 6), category="other")}
    assert classify([seen], memory, small)[0].category == "other"


def test_a_day_that_memory_knows_whole_asks_the_embedder_nothing() -> None:
    embed = Words()
    classifier = Classifier.fit(SMALL, embed, SMALL_EXAMPLES)
    before = embed.asked
    seen = paper("Speech and music")
    classify([seen], {seen.id: Recollection(paper_id=seen.id, category="audio")}, classifier)
    assert embed.asked == before


def test_what_was_guessed_before_is_not_computed_again_but_what_another_classifier_guessed_is() -> None:
    embed = Words()
    classifier = Classifier.fit(SMALL, embed, SMALL_EXAMPLES)
    seen, new = paper("Speech and music"), paper("Quantum circuits of qubits")
    memory = {seen.id: Recollection(paper_id=seen.id, category="retrieval")}
    guesses = classify([seen, new], {}, classifier)
    before = embed.asked
    filings = classify([seen, new], memory, classifier, guesses)
    assert [(one.category, one.decided_by) for one in filings] == [
        ("retrieval", "memory"),
        ("quantum", classifier.name),
    ]
    assert embed.asked == before
    foreign = [one.model_copy(update={"category": "audio", "decided_by": "classifier@other"}) for one in guesses]
    assert classify([seen, new], memory, classifier, foreign) == filings


def test_a_title_without_any_clue_is_unsure(small: Classifier) -> None:
    assert classify([paper("Xyzzy")], {}, small)[0].certainty < UNSURE_BELOW


def test_two_fits_are_one_model(small: Classifier) -> None:
    again = Classifier.fit(SMALL, Words(), SMALL_EXAMPLES)
    papers = [paper("Searching music with qubits"), paper("Xyzzy")]
    assert again.version == small.version
    assert again.rank(papers) == small.rank(papers)


def test_vectors_that_were_kept_give_the_same_model_without_embedding_again(small: Classifier) -> None:
    embed = Words()
    kept = Words()(fitting_texts(SMALL, SMALL_EXAMPLES))
    classifier = Classifier.fit(SMALL, embed, SMALL_EXAMPLES, kept)
    assert embed.asked == 0
    assert classifier.rank([paper("Music search")]) == small.rank([paper("Music search")])


def test_vectors_of_other_texts_are_refused() -> None:
    with pytest.raises(ValueError, match="There are 6 vectors for 9 texts"):
        Classifier.fit(SMALL, Words(), SMALL_EXAMPLES, Words()([e.title for e in SMALL_EXAMPLES]))


def test_the_version_changes_with_everything_the_model_depends_on() -> None:
    fewer = Taxonomy(categories=SMALL.categories[:2], fallback=SMALL.fallback)
    described = SMALL.categories[0].model_copy(update={"description": "sounds"})
    versions = {
        version_of(SMALL, "words-256", SMALL_EXAMPLES),
        version_of(SMALL, "words-512", SMALL_EXAMPLES),
        version_of(SMALL, "words-256", SMALL_EXAMPLES[1:]),
        version_of(SMALL, "words-256", (*SMALL_EXAMPLES[:5], SMALL_EXAMPLES[5].model_copy(update={"weight": 1.0}))),
        version_of(fewer, "words-256", SMALL_EXAMPLES),
        version_of(Taxonomy(categories=(described, *SMALL.categories[1:]), fallback=SMALL.fallback), "words-256", ()),
        version_of(SMALL, "words-256", ()),
        version_of(SMALL, "words-256", SMALL_EXAMPLES, BAG),
    }
    assert len(versions) == 8
    assert all(re.fullmatch(r"[0-9a-f]{8}", version) for version in versions)


def test_the_version_is_known_before_fitting(small: Classifier) -> None:
    assert small.version == version_of(SMALL, "words-256", SMALL_EXAMPLES)


def test_an_example_of_an_unknown_category_is_named() -> None:
    with pytest.raises(ExamplesError, match=r"examples\.jsonl:7: the taxonomy lacks the category 'blockchain'"):
        Classifier.fit(SMALL, Words(), (*SMALL_EXAMPLES, Example(title="Coins", category="blockchain")))


def test_a_category_without_examples_is_named() -> None:
    with pytest.raises(ExamplesError, match=r"examples\.jsonl:1: the category 'retrieval' has no examples, add some"):
        Classifier.fit(SMALL, Words(), SMALL_EXAMPLES[:4])


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ('{"title": "B"}', "expected is an example with title, category and weight (category: Field required)"),
        ('{"title": "B", "category": "llm", "wait": 1}', "wait: Extra inputs are not permitted"),
        ('{"title": "B", "category": "llm"', "Invalid JSON"),
        ("", "Invalid JSON"),
    ],
)
def test_a_line_that_is_no_example_is_named(line: str, problem: str, tmp_path: Path) -> None:
    path = tmp_path / "examples.jsonl"
    good = '{"title": "A\u2028B", "category": "llm", "weight": 1.0}'
    path.write_text(f"{good}\n{line}\n{good}\n", encoding="utf-8")
    with pytest.raises(ExamplesError) as raised:
        load_examples(path)
    assert str(raised.value).startswith(f"{path}:2: ") and problem in str(raised.value)


@pytest.mark.parametrize(
    ("changes", "problem"),
    [
        ({"title": " "}, "an example needs a title"),
        ({"title": SMALL_EXAMPLES[0].title}, "this title stands already in line 1"),
        ({"weight": 0}, "a weight is above 0 and up to 1, not 0"),
    ],
)
def test_an_example_that_teaches_nothing_is_named(changes: dict[str, Any], problem: str) -> None:
    wrong = Example(title="Another tune", category="audio").model_copy(update=changes)
    assert [(slip.line, slip.text) for slip in unfit(SMALL, (*SMALL_EXAMPLES, wrong))] == [(7, problem)]


def test_the_projects_examples_cover_every_category_and_name_no_title_twice() -> None:
    examples, keys = load_examples(), {c.key for c in load_taxonomy().categories}
    titles = [title_key(e.title) for e in examples]
    assert len(set(titles)) == len(titles) > 1000
    assert all(sum(e.category == key for e in examples) >= 20 for key in keys)
    assert {e.category for e in examples} == keys


def test_a_fitted_classifier_is_kept_and_taken_up_again_and_a_damaged_one_is_fitted_anew(tmp_path: Path) -> None:
    embed = Words()
    first = Classifier.stored(load_taxonomy(), embed, tmp_path)
    asked = embed.asked
    again = Classifier.stored(load_taxonomy(), embed, tmp_path)
    assert embed.asked == asked
    papers = [paper("Variational quantum circuits for chemistry"), paper("A new speech codec", "cs.SD")]
    assert again.rank(papers) == first.rank(papers)
    (kept,) = tmp_path.glob("*.npz")
    kept.write_bytes(kept.read_bytes()[:1000])
    assert Classifier.stored(load_taxonomy(), embed, tmp_path).rank(papers) == first.rank(papers)


def test_what_is_kept_was_fitted_on_the_examples_that_it_was_asked_with(tmp_path: Path) -> None:
    kept = Classifier.stored(SMALL, Words(), tmp_path, SMALL_EXAMPLES)
    assert kept.version == version_of(SMALL, "words-256", SMALL_EXAMPLES)
    assert kept.rank([paper("Music search")]) == Classifier.fit(SMALL, Words(), SMALL_EXAMPLES).rank(
        [paper("Music search")]
    )
    assert [path.stem for path in tmp_path.glob("*.npz")] == [f"classifier-{kept.version}"]
