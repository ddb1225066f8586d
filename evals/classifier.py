"""How well titles are filed by titles alone: ``python -m evals.classifier [--labels FILE] [--day FILE]``.

Agreement is counted in ten folds: each tenth of the labelled titles is filed by a classifier that never saw it, by
titles alone: what words and arXiv categories tell is left out, since it was fitted on the same examples (whole papers
are for `evals/fit_bag.py` and `evals/labels.py`). The labels are the categories of the examples themselves.
``--labels``: headings that reports of an older system gave, JSON Lines with ``title`` and ``headings`` (pairs of day
and heading). That system had few headings, and filed under them what a reader of the taxonomy files elsewhere: they
say what changed rather than what is right. ``--day``: JSON Lines (also gzip) with ``title`` and ``categories``, filed
by the classifier as it is, to see a real day.
"""

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from agents.bag_of_words import BagOfWords
from agents.classifier import UNSURE_BELOW, Classifier, Embed, Example, fitting_texts, load_examples
from domain.papers import Paper, one_line, paper_id, title_key
from domain.taxonomy import Taxonomy
from prompts.taxonomy import load_taxonomy
from vectorstore.embedders.minilm import MiniLM

FOLDS = 10
SEED = 0


class Once:
    """An embedder that embeds each text once."""

    def __init__(self, embed: Embed) -> None:
        self.name = embed.name
        self._embed = embed
        self._vectors: dict[str, NDArray[np.float32]] = {}

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        new = [text for text in dict.fromkeys(texts) if text not in self._vectors]
        if new:
            self._vectors.update(zip(new, self._embed(new), strict=True))
        return np.stack([self._vectors[text] for text in texts])


def read_labels(path: Path, taxonomy: Taxonomy) -> list[Example]:
    """Each title with the category that most of its headings mean; without one such category it is left out."""
    labels: list[Example] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        found = [taxonomy.find(heading) for _, heading in row["headings"]]
        counts = Counter(category.key for category in found if category).most_common(2)
        if counts and (len(counts) == 1 or counts[0][1] > counts[1][1]):
            labels.append(Example(title=one_line(row["title"]), category=counts[0][0]))
    return labels


def read_day(path: Path) -> list[Paper]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    papers = [
        Paper(id=paper_id(title, str(row["id"])), title=title, abstract="", categories=tuple(row["categories"]))
        for row in rows
        for title in (one_line(row["title"]),)
    ]
    return list({paper.id: paper for paper in papers}.values())


def agreement(
    taxonomy: Taxonomy, embed: Embed, labels: Sequence[Example], examples: Sequence[Example]
) -> list[tuple[bool, bool, float]]:
    """For each label: whether the likeliest category, and one of the two likeliest, is the label; and the certainty."""
    rows: list[tuple[bool, bool, float]] = []
    order = np.random.default_rng(SEED).permutation(len(labels))
    for fold in range(FOLDS):
        held_out = [labels[int(i)] for i in order[fold::FOLDS]]
        hidden = {title_key(label.title) for label in held_out}
        others = [example for example in examples if title_key(example.title) not in hidden]
        classifier = Classifier.fit(taxonomy, embed, others, bag=BagOfWords())
        papers = [Paper(id=paper_id(label.title), title=label.title, abstract="") for label in held_out]
        for label, ranking in zip(held_out, classifier.rank(papers), strict=True):
            keys = [key for key, _ in ranking]
            rows.append((keys[0] == label.category, label.category in keys[:2], ranking[0][1]))
    return rows


def coverage(rows: Sequence[tuple[bool, bool, float]], wanted: float) -> tuple[float, float]:
    """The largest share of titles, the surest first, that agrees at least so well, and the certainty it starts at."""
    surest = sorted(rows, key=lambda row: -row[2])
    right = 0
    best = (0.0, 1.0)
    for count, (first, _, certainty) in enumerate(surest, 1):
        right += first
        if right / count >= wanted:
            best = (count / len(surest), certainty)
    return best


def show_agreement(name: str, rows: Sequence[tuple[bool, bool, float]]) -> None:
    sure = [first for first, _, certainty in rows if certainty >= UNSURE_BELOW]
    print(f"{name}: {len(rows)} titles, {FOLDS} folds")
    print(f"  top 1 agrees          {np.mean([first for first, _, _ in rows]):6.1%}")
    print(f"  one of top 2 agrees   {np.mean([second for _, second, _ in rows]):6.1%}")
    print(f"  certainty >= {UNSURE_BELOW:.2f}     {len(sure) / len(rows):6.1%} of titles, {np.mean(sure):.1%} agree")
    for wanted in (0.8, 0.9):
        share, start = coverage(rows, wanted)
        print(f"  {wanted:.0%} agreement         {share:6.1%} of titles (certainty >= {start:.2f})")


def show_day(classifier: Classifier, papers: Sequence[Paper]) -> None:
    first = [ranking[0] for ranking in classifier.rank(papers)]
    counts = Counter(key for key, _ in first)
    sure = sum(certainty >= UNSURE_BELOW for _, certainty in first)
    print(
        f"day: {len(papers)} papers, {len(counts)} of {len(classifier.taxonomy.categories)} categories in use, ", end=""
    )
    print(f"certainty >= {UNSURE_BELOW:.2f} for {sure / len(papers):.1%}")
    for category in classifier.taxonomy.categories:
        certain = [certainty for key, certainty in first if key == category.key]
        print(f"  {category.key:16} {len(certain):4}" + (f"  mean certainty {np.mean(certain):.2f}" if certain else ""))


def main() -> None:
    parser = argparse.ArgumentParser(description="How well titles are filed into categories.")
    parser.add_argument("--labels", type=Path, help="JSON Lines with title and headings")
    parser.add_argument("--day", type=Path, help="JSON Lines of a day's papers with title and categories")
    asked = parser.parse_args()

    taxonomy, examples, embed = load_taxonomy(), load_examples(), Once(MiniLM())
    classifier = Classifier.fit(taxonomy, embed, examples)
    print(f"{classifier.name}: {len(examples)} examples, {len(fitting_texts(taxonomy, examples))} texts, {embed.name}")
    if asked.labels:
        headings = read_labels(asked.labels, taxonomy)
        show_agreement("headings of older reports", agreement(taxonomy, embed, headings, examples))
    show_agreement("examples", agreement(taxonomy, embed, examples, examples))
    if asked.day:
        show_day(classifier, read_day(asked.day))


if __name__ == "__main__":
    main()
