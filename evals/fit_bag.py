"""Fits ``agents/bag_of_words.json.gz``, what a paper's words and arXiv categories tell of its category.

    python -m evals.fit_bag PAPERS.jsonl.xz [--folds | --added KEY]

PAPERS: one JSON object per line with ``id``, ``title``, ``abstract`` and ``categories``. ``filed.txt`` says where
they belong: each was filed by one reader, who had the categories' descriptions, the title and the beginning of the
abstract, and knew nothing else. ``--folds`` writes nothing: it counts how many of the papers the whole classifier
files as their readers did, and how likely it finds them, each fifth by one that was fitted without it. (No measure at
first sight: what was chosen was chosen so.) ``--added`` writes nothing either: it takes a category out, adds it again
as somebody would who has a description and a handful of titles, and counts how many of its papers are then filed
there, and how many of others.
"""

import argparse
import json
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.bag_of_words import FILE, BagOfWords, words_of
from agents.classifier import Classifier, load_examples
from domain.papers import Paper, one_line, title_key
from prompts.taxonomy import load_taxonomy
from vectorstore.embedding import open_embedder

from .classifier import Once

FILED = Path(__file__).with_name("filed.txt")
_IN_PAPERS, _IN_SHARE = 10, 0.3
"""A word is learned that stands in so many papers, and in no larger share of them."""
_INVERSE_REGULARISATION = 10.0
_ARXIV_CATEGORY = re.compile(r"[a-z-]+(?:\.[A-Za-z-]+)?")
"""Such as cs.CL; beside them, papers list the classes of other schemes."""
FOLDS, SEED = 5, 0
HANDFULS, TRIED = (5, 10, 30), 200


def fit(papers: Sequence[Paper], labels: Sequence[str]) -> BagOfWords:
    """A logistic regression on TF-IDF, with the logarithm of how often a word stands there; and arXiv odds."""
    from sklearn.feature_extraction.text import ENGLISH_STOP_WORDS, TfidfVectorizer
    from sklearn.linear_model import LogisticRegression

    def words(bag: Counter[str]) -> list[str]:
        return [word for word in bag.elements() if word not in ENGLISH_STOP_WORDS]

    analyzer: Any = words
    table: Any = TfidfVectorizer(analyzer=analyzer, sublinear_tf=True, min_df=_IN_PAPERS, max_df=_IN_SHARE)
    model: Any = LogisticRegression(C=_INVERSE_REGULARISATION, max_iter=500)
    model.fit(table.fit_transform([words_of(paper) for paper in papers]), np.array(labels))
    keys = tuple(map(str, model.classes_))
    places = {str(word): int(place) for word, place in sorted(table.vocabulary_.items())}
    names = sorted({name for paper in papers for name in paper.categories if _ARXIV_CATEGORY.fullmatch(name)})
    arxiv = {name: place for place, name in enumerate(names)}
    odds = _odds(papers, labels, keys, names)
    return BagOfWords(keys, places, table.idf_, model.coef_, model.intercept_, arxiv, odds)


def _odds(
    papers: Sequence[Paper], labels: Sequence[str], keys: Sequence[str], names: Sequence[str]
) -> NDArray[np.float64]:
    """For each key the log of how many of its papers list an arXiv category, over how many would by chance, both with
    one more: what is seldom listed says little. Shaped (keys, names)."""
    listed = np.array([[name in paper.categories for name in names] for paper in papers], np.float64)
    filed = np.array([[key == label for key in keys] for label in labels], np.float64)
    by_chance = np.outer(filed.mean(axis=0), listed.sum(axis=0))
    return np.log((filed.T @ listed + 1) / (by_chance + 1))


def read_filed(path: Path = FILED) -> dict[str, str]:
    """By arXiv id, the category that a reader chose, without papers that fit none: they teach nothing."""
    rows = (line.split() for line in path.read_text(encoding="utf-8").splitlines())
    return {id_: key for id_, key in rows if key != "other"}


def found(path: Path, filed: dict[str, str]) -> Iterator[tuple[Paper, str]]:
    """The papers of a file that a reader has filed, and where."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            if key := filed.get(row["id"]):
                title, abstract = one_line(row["title"]), one_line(row["abstract"])
                yield Paper(id=f"arxiv:{row['id']}", title=title, abstract=abstract, categories=row["categories"]), key


def folds(rows: Sequence[tuple[Paper, str]]) -> None:
    """Prints how many papers are filed right by what was fitted without them."""
    taxonomy, embed, examples = load_taxonomy(), Once(open_embedder("minilm")), load_examples()
    right: Counter[str] = Counter()
    likelihood: dict[str, float] = defaultdict(float)
    order = np.random.default_rng(SEED).permutation(len(rows))
    for fold in range(FOLDS):
        held = [rows[int(n)] for n in order[fold::FOLDS]]
        others = [rows[int(n)] for k in range(FOLDS) if k != fold for n in order[k::FOLDS]]
        hidden = {title_key(paper.title) for paper, _ in held}
        known = [example for example in examples if title_key(example.title) not in hidden]
        own = fit([paper for paper, _ in others], [key for _, key in others])
        unlisted = [paper.model_copy(update={"categories": ()}) for paper, _ in held]
        for label, bag, papers in (
            ("titles of the examples alone", BagOfWords(), unlisted),
            ("and words", own, unlisted),
            ("and arXiv categories", own, [paper for paper, _ in held]),
        ):
            for ranking, (_, key) in zip(
                Classifier.fit(taxonomy, embed, known, bag=bag).rank(papers), held, strict=True
            ):
                right[label] += ranking[0][0] == key
                likelihood[label] += float(np.log(max(dict(ranking)[key], 1e-6)))
    for label, count in right.items():
        share, mean = count / len(rows), likelihood[label] / len(rows)
        print(f"{label:30} {count} of {len(rows)}, {share:.1%}; log likelihood {mean:.3f}")


def added(key: str, rows: Sequence[tuple[Paper, str]]) -> None:
    """Prints what comes of a category that the bag of words was fitted without, by how many titles it has."""
    taxonomy, embed, examples = load_taxonomy(), Once(open_embedder("minilm")), load_examples()
    bag = fit([paper for paper, label in rows if label != key], [label for _, label in rows if label != key])
    own, others = [e for e in examples if e.category == key], [e for e in examples if e.category != key]
    titles = {title_key(example.title) for example in examples}
    unseen = [(paper, label) for paper, label in rows if title_key(paper.title) not in titles]
    of_it = [paper for paper, label in unseen if label == key][:TRIED]
    foreign = [paper for paper, label in unseen if label != key][:TRIED]
    for number in HANDFULS:
        classifier = Classifier.fit(taxonomy, embed, [*others, *own[:number]], bag=bag)
        there, wrong = (sum(r[0][0] == key for r in classifier.rank(papers)) for papers in (of_it, foreign))
        print(f"{key} by {number} titles: {there} of its {len(of_it)} papers, {wrong} of {len(foreign)} others")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("papers", type=Path)
    parser.add_argument("--folds", action="store_true", help="count instead, and write nothing")
    parser.add_argument("--added", metavar="KEY", help="count what comes of a category that somebody adds")
    asked = parser.parse_args()
    filed = read_filed()
    rows = list(found(asked.papers, filed))
    print(f"{len(rows)} of {len(filed)} filed papers are there")
    if asked.folds:
        folds(rows)
        return
    if asked.added:
        added(asked.added, rows)
        return
    bag = fit([paper for paper, _ in rows], [key for _, key in rows])
    bag.write(FILE)
    print(f"{FILE}: {len(bag.places)} words, {len(bag.arxiv)} arXiv categories, {FILE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
