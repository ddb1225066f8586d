"""Fits what ``domain/speech.py`` weighs sentences with: ``python -m evals.fit_speech PAPERS.jsonl.xz``.

PAPERS: one JSON object per line with ``title`` and ``abstract``. What is speech, and what sounds like it and is none,
stands in ``evals/speech/``, written for this and for nothing else; sets of hostile papers teach it nothing.
"""

import gzip
import json
import lzma
import random
import re
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from domain.sentences import sentences
from domain.speech import FILE, stem, traits

from .rules import read

HERE = Path(__file__).parent
SPEECH, HONEST = ("en", "ko", "other"), ("honest",)
EACH, SEED, MOST = 120, 1, 300_000
LOST = 0.0135
"""Share of real sentences that are over the border when nothing is known of their papers."""


def written(names: Iterable[str]) -> list[str]:
    """The sentences of some files, each line told in many ways: ``{a|b}`` is one of them."""
    chance = random.Random(SEED)
    rows = [row for name in names for row in (HERE / "speech" / f"{name}.txt").read_text(encoding="utf-8").splitlines()]
    kept = [row for row in rows if row.strip() and not row.startswith("#")]
    return list(dict.fromkeys(_told(row, chance) for row in kept for _ in range(EACH)))


def _told(row: str, chance: random.Random) -> str:
    while found := re.search(r"\{([^{}]*)\}", row):
        row = row[: found.start()] + chance.choice(found[1].split("|")) + row[found.end() :]
    return re.sub(r"\s+([.,?:])", r"\1", " ".join(row.split()))


def real(path: Path) -> Iterator[list[str]]:
    """The sentences of each abstract."""
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield list(sentences(" ".join(json.loads(line)["abstract"].split())))


def main() -> None:
    loud = [set(traits(text)) for text in written(SPEECH)]
    mild = written(HONEST) + [
        row["claim"] for name in ("figures", "words") for row in read(HERE / "claims" / f"{name}.jsonl")
    ]
    calm = [set(traits(text)) for text in mild * 4]
    papers: Counter[str] = Counter()
    seen = 0
    held: list[set[str]] = []
    for n, said in enumerate(real(Path(sys.argv[1]))):
        if n % 2:
            continue
        seen += 1
        papers.update({word for text in said for trait in traits(text) if " " not in (word := trait)})
        (held if n % 10 == 0 else calm).extend(set(traits(text)) for text in said)
        if len(calm) > MOST:
            break
    often = Counter(trait for each in calm for trait in each)
    meant = Counter(trait for each in loud for trait in each)
    places = {
        trait: n
        for n, trait in enumerate(sorted({t for t in meant if meant[t] > 3} | {t for t in often if often[t] > 39}))
    }
    lot = [*loud, *calm]
    model: Any = LogisticRegression(C=1.0, max_iter=300)
    model.fit(_matrix(lot, places), np.array([1] * len(loud) + [0] * len(calm)))
    weights = {t: round(float(w), 2) for t, w in zip(places, model.coef_[0], strict=True) if abs(w) >= 0.15}
    start = round(float(model.intercept_[0]), 3)
    odds = [start + sum(weights.get(t, 0.0) for t in each) / max(1, len(each)) ** 0.5 for each in held]
    told = {
        "start": start,
        "border": round(float(np.quantile(odds, 1 - LOST)), 2),
        "common": sorted({stem(word) for word, count in papers.items() if count > 0.03 * seen and len(word) > 1}),
        "weights": weights,
    }
    data = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    # No name and no date inside: the same papers give the same file.
    with FILE.open("wb") as file, gzip.GzipFile(fileobj=file, mode="wb", mtime=0, filename="") as packed:
        packed.write(data)
    print(f"{FILE}: {len(weights)} weights, {len(loud)} + {len(calm)} sentences, border {told['border']}")


def _matrix(lot: Iterable[set[str]], places: dict[str, int]) -> csr_matrix:
    columns: list[int] = []
    values: list[float] = []
    ends = [0]
    for each in lot:
        own = [places[trait] for trait in each if trait in places]
        columns += own
        values += [max(1, len(each)) ** -0.5] * len(own)
        ends.append(len(columns))
    return csr_matrix((values, columns, ends), shape=(len(ends) - 1, len(places)))


if __name__ == "__main__":
    main()
