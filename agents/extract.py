"""The phrases of a sentence, and how common each is among all papers: what stories are weighed against."""

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from domain.languages.en.words import WORDS_OF_ABSTRACTS

PHRASES = Path(__file__).with_name("phrases.json.gz")

_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+)*")


@cache
def background(path: Path) -> tuple[int, Mapping[str, int]]:
    """(number of papers, papers that contain each common phrase), counted over 74,728 arXiv papers of 2025 and 2026."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        table = json.load(file)
    return table["papers"], table["phrases"]


def phrases(sentence: str) -> list[str]:
    """The runs of one to three content words that stand side by side in a sentence, as they are written there."""
    found: list[str] = []
    run: list[re.Match[str]] = []

    def flush() -> None:
        for length in (1, 2, 3):
            for start in range(len(run) - length + 1):
                words = run[start : start + length]
                found.append(sentence[words[0].start() : words[-1].end()])
        run.clear()

    for word in _WORD.finditer(sentence):
        if run and sentence[run[-1].end() : word.start()] != " ":
            flush()
        if word.group(0).casefold() in WORDS_OF_ABSTRACTS or len(word.group(0)) < 2:
            flush()
        else:
            run.append(word)
    flush()
    return found


def background_table(abstracts: Iterable[str], *, at_least: int) -> dict[str, object]:
    """What ``phrases.json.gz`` holds: the phrases that stand in ``at_least`` papers, with their number of papers."""
    counts: Counter[str] = Counter()
    papers = 0
    for abstract in abstracts:
        papers += 1
        counts.update({phrase.casefold() for phrase in phrases(abstract)})
    kept = {phrase: n for phrase, n in sorted(counts.items()) if n >= at_least}
    return {"papers": papers, "phrases": kept}
