"""Files each paper into one category: from memory where it was filed before, else by a small model of its words.

The model adds up two things: a logistic regression on a text's embedding and its similarity to the categories'
descriptions, fitted at the start on the titles of ``examples.jsonl``; and what the paper's words and its arXiv
categories tell (``bag_of_words.py``), fitted on far more papers, once. The same inputs always give the same model; of a
paper it reads the vector that the memory keeps of it, its words and its arXiv categories.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import Any, Protocol, Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from pydantic import ValidationError
from threadpoolctl import threadpool_limits

from domain.errors import FileError, Slip
from domain.papers import Paper, one_line, title_key
from domain.reports import Filing
from domain.taxonomy import Taxonomy
from domain.trends import Recollection
from domain.value import Value
from prompts.texts import read_text
from vectorstore.embedding import paper_text

from . import bag_of_words
from .bag_of_words import BagOfWords

EXAMPLES = Path(__file__).parent / "examples.jsonl"
UNSURE_BELOW = 0.5
"""Certainty under which a filing is a guess."""

# Chosen on the papers of `evals/filed.txt`, in five folds (`python -m evals.fit_bag --folds`); what it then does on
# others `evals/labels.py` counts.
_INVERSE_REGULARISATION = 3.0
_CLASS_WEIGHT = "balanced"
"""Else a category that somebody adds, with a handful of titles, is hardly ever chosen (``fit_bag --added``)."""
_TRUST = 0.65
"""What the sum counts for: its parts tell much of the same, so that it is surer than it may be. By likelihood."""


class ExamplesError(FileError):
    """The classifier cannot be fitted on its examples; each slip says what to add or mend."""


class Embed(Protocol):
    """Text to vector; two with one name give the same vectors."""

    @property
    def name(self) -> str: ...

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of length 1, shaped (number of texts, dimension)."""
        ...


class Example(Value):
    """A title whose category is known."""

    title: str
    category: str
    weight: float = 1.0
    """Less than 1.0 for a title whose category is doubtful."""


def load_examples(path: Path | None = None) -> tuple[Example, ...]:
    """The titles to learn from, of ``path`` or of the file that comes with the project. Raises ExamplesError for a
    line that is not an example."""
    path = path or EXAMPLES
    examples: list[Example] = []
    slips: list[Slip] = []
    for number, line in enumerate(read_text(path, ExamplesError).removesuffix("\n").split("\n"), 1):
        try:
            examples.append(Example.model_validate_json(line))
        except ValidationError as error:
            fault = error.errors()[0]
            reason = ": ".join(filter(None, (".".join(map(str, fault["loc"])), fault["msg"])))
            slips.append(Slip(path, number, f"expected is an example with title, category and weight ({reason})"))
    if slips:
        raise ExamplesError(*slips)
    return tuple(examples)


def fitting_texts(taxonomy: Taxonomy, examples: Sequence[Example]) -> list[str]:
    """The texts whose vectors ``Classifier.fit`` needs: the examples' titles, then the categories' descriptions."""
    return [one_line(e.title) for e in examples] + [c.description for c in taxonomy.categories]


def version_of(taxonomy: Taxonomy, embedder: str, examples: Sequence[Example], bag: BagOfWords | None = None) -> str:
    """8 hex digits over all that the model depends on; known before it is fitted, so vectors can be kept under it."""
    parts = (
        [(e.title, e.category, e.weight) for e in examples],
        [(c.key, c.description) for c in taxonomy.categories],
        embedder,
        (bag_of_words.load() if bag is None else bag).version,
        (_INVERSE_REGULARISATION, _CLASS_WEIGHT, _TRUST),
    )
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()[:8]


@dataclass(frozen=True, eq=False)
class Classifier:
    """A fitted model; make one with ``fit``."""

    version: str
    taxonomy: Taxonomy
    embed: Embed
    weights: NDArray[np.float64] = field(repr=False)
    """Shaped (categories, features)."""
    bias: NDArray[np.float64] = field(repr=False)
    """Shaped (categories,)."""
    descriptions: NDArray[np.float64] = field(repr=False)
    """Vectors of the categories' descriptions, shaped (categories, dimension)."""
    bag: BagOfWords = field(repr=False)

    @property
    def name(self) -> str:
        return f"classifier@{self.version}"

    @classmethod
    def fit(
        cls,
        taxonomy: Taxonomy,
        embed: Embed,
        examples: Sequence[Example] | None = None,
        vectors: NDArray[np.float32] | None = None,
        bag: BagOfWords | None = None,
    ) -> Self:
        """Learns from the examples (the project's own by default) in well under a second, embedding not counted.

        ``bag``: what words and arXiv categories tell (the project's own by default). ``vectors``: those of
        ``fitting_texts``, where the caller kept them. Raises ValueError for vectors of another number, ExamplesError
        for an example of an unknown category and a category without examples.
        """
        examples = load_examples() if examples is None else examples
        keys = [c.key for c in taxonomy.categories]
        if slips := unfit(taxonomy, examples):
            raise ExamplesError(*slips)
        texts = fitting_texts(taxonomy, examples)
        vectors = embed(texts) if vectors is None else vectors
        if len(vectors) != len(texts):
            raise ValueError(f"There are {len(vectors)} vectors for {len(texts)} texts; embed fitting_texts() again.")
        titles, described = vectors[: len(examples)], vectors[len(examples) :].astype(np.float64)
        labels = np.array([keys.index(e.category) for e in examples])
        weights = np.array([e.weight for e in examples])
        from sklearn.linear_model import LogisticRegression  # slow to import, and not needed once fitted

        model: Any = LogisticRegression(C=_INVERSE_REGULARISATION, class_weight=_CLASS_WEIGHT, max_iter=2000)
        # One thread: the matrices are small, and sums over several threads are not the same on every machine.
        with threadpool_limits(limits=1):
            model.fit(_features(titles, described), labels, weights)
        bag = bag_of_words.load() if bag is None else bag
        version = version_of(taxonomy, embed.name, examples, bag)
        return cls(version, taxonomy, embed, model.coef_, model.intercept_, described, bag)

    @classmethod
    def stored(cls, taxonomy: Taxonomy, embed: Embed, folder: Path, examples: Sequence[Example] | None = None) -> Self:
        """As ``folder`` has it, else fitted now on the examples (the project's own by default) and kept there."""
        examples = load_examples() if examples is None else examples
        version = version_of(taxonomy, embed.name, examples)
        path = folder / f"classifier-{version}.npz"
        try:
            with path.open("rb") as file, np.load(file) as kept:
                arrays = {name: kept[name] for name in ("weights", "bias", "descriptions")}
                return cls(version, taxonomy, embed, bag=bag_of_words.load(), **arrays)
        except (OSError, ValueError, KeyError, BadZipFile):  # not there, or cut off when it was written
            fitted = cls.fit(taxonomy, embed, examples)
        folder.mkdir(parents=True, exist_ok=True)
        with NamedTemporaryFile(dir=folder, suffix=".npz", delete=False) as file:
            np.savez(file, weights=fitted.weights, bias=fitted.bias, descriptions=fitted.descriptions)
        Path(file.name).replace(path)
        return fitted

    def rank(self, papers: Sequence[Paper]) -> list[list[tuple[str, float]]]:
        """For each paper every category's key with its probability, the likeliest first."""
        if not papers:
            return []
        categories = self.taxonomy.categories
        features = _features(self.embed([paper_text(p) for p in papers]), self.descriptions)
        with threadpool_limits(limits=1):
            scores = features @ self.weights.T + self.bias
        scores = _TRUST * (scores + self.bag.scores(papers, [c.key for c in categories]))
        odds = np.exp(scores - np.logaddexp.reduce(scores, axis=1, keepdims=True))
        # Rounded: the last digits of a product depend on how many rows stand beside it, and on where they lie.
        keyed = [[(c.key, round(float(p), 6)) for c, p in zip(categories, row, strict=True)] for row in odds]
        return [sorted(row, key=lambda pair: -pair[1]) for row in keyed]


def classify(
    papers: Sequence[Paper],
    recollections: Mapping[str, Recollection],
    classifier: Classifier,
    guesses: Iterable[Filing] = (),
) -> tuple[Filing, ...]:
    """One filing per paper, in their order: where memory filed it, if that category still exists, else the likeliest.

    ``recollections`` are keyed by the paper's id. ``guesses``: what came of papers without any, which is not computed
    again where it is this classifier's.
    """
    remembered = {
        id_: known.category
        for id_, known in recollections.items()
        if known.category is not None and known.category in classifier.taxonomy
    }
    made = {one.paper_id: one for one in guesses if one.decided_by == classifier.name}
    unknown = [p for p in papers if p.id not in remembered and p.id not in made]
    ranked = {p.id: ranking[0] for p, ranking in zip(unknown, classifier.rank(unknown), strict=True)}
    filings: list[Filing] = []
    for paper in papers:
        if paper.id in remembered:
            filing = Filing(paper_id=paper.id, category=remembered[paper.id], certainty=1.0, decided_by="memory")
        elif paper.id in made:
            filing = made[paper.id]
        else:
            key, probability = ranked[paper.id]
            filing = Filing(paper_id=paper.id, category=key, certainty=probability, decided_by=classifier.name)
        filings.append(filing)
    return tuple(filings)


def unfit(taxonomy: Taxonomy, examples: Sequence[Example], path: Path = EXAMPLES) -> list[Slip]:
    """What keeps the examples, a line of the file each, from teaching the taxonomy's categories."""
    keys = [category.key for category in taxonomy.categories]
    slips: list[Slip] = []
    titles: dict[str, int] = {}
    for line, example in enumerate(examples, 1):
        if not (title := title_key(example.title)):
            slips.append(Slip(path, line, "an example needs a title"))
        elif (first := titles.setdefault(title, line)) != line:
            slips.append(Slip(path, line, f"this title stands already in line {first}"))
        if example.category not in keys:
            slips.append(Slip(path, line, f"the taxonomy lacks the category '{example.category}'"))
        if not 0 < example.weight <= 1:
            slips.append(Slip(path, line, f"a weight is above 0 and up to 1, not {example.weight:g}"))
    known = {example.category for example in examples}
    return slips + [
        Slip(path, 1, f"the category '{key}' has no examples, add some titles") for key in keys if key not in known
    ]


def _features(vectors: NDArray[np.float32], descriptions: NDArray[np.float64]) -> NDArray[np.float64]:
    """Shaped (texts, dimension + categories): embedding, cosine to each description."""
    wide = vectors.astype(np.float64)
    return np.hstack([wide, wide @ descriptions.T])


def main() -> None:
    """Fits once and keeps the result beside the embedding model: part of the set-up, so that no run has to."""
    from prompts.taxonomy import load_taxonomy
    from vectorstore.embedding import open_embedder
    from vectorstore.minilm_model import model_folder

    fitted = Classifier.stored(load_taxonomy(), open_embedder("minilm"), model_folder())
    print(f"{fitted.name} is fitted, in {model_folder()}")


if __name__ == "__main__":
    main()
