"""What a paper's words and its arXiv categories say about where it belongs: a linear model of a bag of words, and log
odds.

``python -m evals.fit_bag`` fits both on papers that readers filed, whose abstracts are no part of the project. What is
kept is how rare each word is and what it counts for each category, and what each arXiv category counts.
"""

import gzip
import hashlib
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Self

import numpy as np
from numpy.typing import NDArray

from domain.papers import Paper

FILE = Path(__file__).with_name("bag_of_words.json.gz")
_WORD = re.compile(r"[a-z][a-z0-9-]*[a-z0-9]")
_TITLE_COUNTS = 2
_ARXIV_WEIGHT = 0.5
"""What the log odds of a paper's arXiv categories count for: less than they say, as one tells much of the next."""


def words_of(paper: Paper) -> Counter[str]:
    """How often each word stands in a paper; in its title it counts double."""
    words = Counter(_WORD.findall(paper.abstract.lower()))
    for word in _WORD.findall(paper.title.lower()):
        words[word] += _TITLE_COUNTS
    return words


@dataclass(frozen=True, eq=False)
class BagOfWords:
    """A fitted model; the project's own is ``load()``, one that knows nothing is ``BagOfWords()``."""

    keys: tuple[str, ...] = ()
    """The categories that it was fitted on."""
    places: Mapping[str, int] = field(default_factory=dict[str, int], repr=False)
    """The place of each word that it knows in the arrays."""
    rarity: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0), repr=False)
    """Inverse document frequency, shaped (words,)."""
    weights: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)), repr=False)
    """Shaped (categories, words)."""
    bias: NDArray[np.float64] = field(default_factory=lambda: np.zeros(0), repr=False)
    """Shaped (categories,)."""
    arxiv: Mapping[str, int] = field(default_factory=dict[str, int], repr=False)
    """The place of each arXiv category in their odds."""
    arxiv_odds: NDArray[np.float64] = field(default_factory=lambda: np.zeros((0, 0)), repr=False)
    """Log of how many more papers of a category list an arXiv category than would by chance, shaped (categories,
    arXiv categories)."""
    version: str = ""
    """8 hex digits over the file that it was read from."""

    @classmethod
    def read(cls, path: Path) -> Self:
        data = path.read_bytes()
        held = json.loads(gzip.decompress(data))
        words = np.array(list(held["words"].values()), np.float64)
        return cls(
            keys=tuple(held["keys"]),
            places={word: place for place, word in enumerate(held["words"])},
            rarity=words[:, 0],
            weights=words[:, 1:].T.copy(),
            bias=np.array(held["bias"], np.float64),
            arxiv={name: place for place, name in enumerate(held["arxiv"])},
            arxiv_odds=np.array(list(held["arxiv"].values()), np.float64).T,
            version=hashlib.sha256(data).hexdigest()[:8],
        )

    def write(self, path: Path) -> None:
        """The same model gives the same bytes: no name and no date stand in the file."""
        words = np.column_stack([self.rarity, self.weights.T]).round(2).tolist()
        told = {
            "keys": self.keys,
            "bias": self.bias.round(2).tolist(),
            "arxiv": dict(zip(self.arxiv, self.arxiv_odds.T.round(2).tolist(), strict=True)),
            "words": dict(zip(self.places, words, strict=True)),
        }
        data = json.dumps(told, separators=(",", ":")).encode()
        with path.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
            packed.write(data)

    def scores(self, papers: Sequence[Paper], keys: Sequence[str]) -> NDArray[np.float64]:
        """Log odds of each category, shaped (papers, keys): 0 for a paper of which it knows neither a word nor an arXiv
        category. One that it was not fitted on gets as much as the likeliest, since nothing is known against it."""
        known = {key: column for column, key in enumerate(self.keys)}
        scores = np.zeros((len(papers), len(keys)))
        for row, paper in enumerate(papers):
            odds = self._words(paper) + self._arxiv(paper)
            most = odds.max() if odds.size else 0.0
            scores[row] = [odds[known[key]] if key in known else most for key in keys]
        return scores

    def _words(self, paper: Paper) -> NDArray[np.float64]:
        known = [(self.places[word], count) for word, count in words_of(paper).items() if word in self.places]
        if not known:
            return np.zeros(len(self.keys))
        places, counts = (np.array(each) for each in zip(*known, strict=True))
        weighed = (1 + np.log(counts)) * self.rarity[places]
        return self.weights[:, places] @ (weighed / np.linalg.norm(weighed)) + self.bias

    def _arxiv(self, paper: Paper) -> NDArray[np.float64]:
        places = [self.arxiv[name] for name in dict.fromkeys(paper.categories) if name in self.arxiv]
        if not places:
            return np.zeros(len(self.keys))
        return _ARXIV_WEIGHT * self.arxiv_odds[:, places].sum(axis=1)


@cache
def load() -> BagOfWords:
    """The one that comes with the project."""
    return BagOfWords.read(FILE)
