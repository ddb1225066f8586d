"""When a paper of today continues the story of an earlier one: ``python -m evals.stories [--papers DIR]``.

Ten days of arXiv listings gave 1,788 pairs of a new paper and its nearest earlier paper. Labels were given by reading
titles and abstracts, without the similarity: 1 when the reader is well served by 'this continues what was reported on
that day', 0 when the two merely share a field; where one could argue, ``why`` begins with 'close call'.
``stories/pairs.jsonl`` is a sample over the whole range: every pair from 0.72 up, the rest drawn per bin.
``stories/candidates.jsonl`` holds pairs outside the sample: all that share rare title words (rarity 9 or more at cosine
0.55 or more), all whose words are alike (word cosine 0.115 or more at cosine 0.58 or more, one word or more shared by
the titles), those with two authors in common, and some others that hid them from who labelled. With both, every one
of the 1,788 pairs that a rule of the grid shows is labelled.

The files hold ids only. ``--papers``: the folder of the day files (JSON Lines, also gzip, with ``id``, ``title`` and
``summary``) from which the texts are read; without it only the cosine is measured.
"""

import argparse
import gzip
import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import astuple, dataclass
from functools import cached_property
from hashlib import sha256
from itertools import product
from pathlib import Path

from agents.extract import PHRASES, phrases
from domain.papers import one_line
from domain.value import Value

FOLDER = Path(__file__).with_suffix("")
WANTED = 0.9
COMPLETE_FROM = 0.72
NEAREST = {
    0.35: 5,
    0.40: 13,
    0.45: 69,
    0.50: 138,
    0.55: 288,
    0.60: 456,
    0.65: 416,
    0.70: 289,
    0.75: 91,
    0.80: 21,
    0.85: 2,
}
"""How many of the nearest pairs lie in each bin of similarity, ``round(20 * similarity) / 20``."""


class Pair(Value):
    """A labelled pair."""

    today: str
    earlier: str
    similarity: float
    label: int
    why: str

    @property
    def bin(self) -> float:
        return round(20 * self.similarity) / 20

    @property
    def half(self) -> int:
        """0 or 1; all pairs of one earlier paper are in one half."""
        return sha256(self.earlier.encode()).digest()[-1] % 2


@dataclass(frozen=True)
class Evidence:
    """What the texts of a pair have in common."""

    title_rarity: float
    """How rare the words are that both titles hold: the sum of ln(papers / papers with the word)."""
    word_cosine: float
    """Cosine of the two texts as sets of words weighted by rarity."""


@dataclass(frozen=True)
class Rule:
    """What a pair needs to be shown: each of the three at least so much."""

    similarity: float
    title_rarity: float = 0.0
    word_cosine: float = 0.0

    def shows(self, pair: Pair, evidence: Mapping[Pair, Evidence]) -> bool:
        if pair.similarity < self.similarity:
            return False
        if not (self.title_rarity or self.word_cosine):
            return True
        found = evidence[pair]
        return found.title_rarity >= self.title_rarity and found.word_cosine >= self.word_cosine

    def differs_once(self, other: "Rule") -> bool:
        mine, theirs = astuple(self), astuple(other)
        return sum(a != b for a, b in zip(mine, theirs, strict=True)) == 1

    def __str__(self) -> str:
        parts = [f"cosine >= {self.similarity:.2f}"]
        if self.title_rarity:
            parts.append(f"title rarity >= {self.title_rarity:.0f}")
        if self.word_cosine:
            parts.append(f"word cosine >= {self.word_cosine:.2f}")
        return ", ".join(parts)


RULE = Rule(similarity=0.65, title_rarity=10, word_cosine=0.10)
"""The rule we recommend. It was chosen with all labels in view: its counts flatter it a little, the halves do not."""
COSINES = tuple(Rule(similarity=n / 100) for n in range(50, 92, 2))
GRID = tuple(Rule(*three) for three in product((0.60, 0.65, 0.70), (9, 10, 11), (0.0, 0.08, 0.10, 0.12)))
"""Rules to choose from, the recommended one among them."""


class Rarity:
    """How rare a word is in the background of the keyphrases; a word too rare for the table counts as its rarest."""

    @cached_property
    def _table(self) -> tuple[int, Mapping[str, int], float]:
        with gzip.open(PHRASES, "rt", encoding="utf-8") as file:
            table = json.load(file)
        return table["papers"], table["phrases"], min(table["phrases"].values()) / 4

    def __call__(self, word: str) -> float:
        papers, counts, rarest = self._table
        return math.log(papers / counts.get(word, rarest))


def words(text: str) -> set[str]:
    """The content words of a text, case folded."""
    return {phrase.casefold() for phrase in phrases(text) if " " not in phrase}


def compare(today: tuple[str, str], earlier: tuple[str, str], rarity: Callable[[str], float]) -> Evidence:
    """``today`` and ``earlier`` are titles and abstracts."""
    titles = words(today[0]) & words(earlier[0])
    one, other = words(today[0]) | words(today[1]), words(earlier[0]) | words(earlier[1])

    def mass(some: Iterable[str]) -> float:
        return sum(rarity(word) ** 2 for word in some)

    return Evidence(
        title_rarity=sum(map(rarity, titles)),
        word_cosine=mass(one & other) / math.sqrt(mass(one) * mass(other) or 1.0),
    )


def read_pairs(path: Path) -> list[Pair]:
    return [Pair.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_papers(folder: Path) -> dict[str, tuple[str, str]]:
    """Title and abstract of every paper of the day files, by id."""
    papers: dict[str, tuple[str, str]] = {}
    for path in sorted([*folder.glob("*.jsonl"), *folder.glob("*.jsonl.gz")]):
        opened = gzip.open if path.suffix == ".gz" else open
        with opened(path, "rt", encoding="utf-8") as file:
            for row in map(json.loads, file):
                papers[f"arxiv:{row['id']}"] = (one_line(row["title"]), one_line(row["summary"]))
    return papers


def weights(pairs: Sequence[Pair]) -> dict[Pair, float]:
    """How many of the nearest pairs each pair of the sample stands for."""
    complete = Counter(pair.bin for pair in pairs if pair.similarity >= COMPLETE_FROM)
    drawn = Counter(pair.bin for pair in pairs if pair.similarity < COMPLETE_FROM)
    return {
        pair: 1.0 if pair.similarity >= COMPLETE_FROM else (NEAREST[pair.bin] - complete[pair.bin]) / drawn[pair.bin]
        for pair in pairs
    }


def wilson(right: int, of: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % score interval of a share (Wilson 1927); (0, 1) of nothing."""
    if not of:
        return 0.0, 1.0
    share, more = right / of, z * z / of
    middle, reach = share + more / 2, z * math.sqrt(share * (1 - share) / of + more / (4 * of))
    return (middle - reach) / (1 + more), (middle + reach) / (1 + more)


def tell(right: int, of: int) -> str:
    """A share with its counts and its interval."""
    low, high = wilson(right, of)
    return f"{right:3}/{of:<3} {right / of if of else 0:6.1%} [{low:4.0%}, {high:4.0%}]"


def count(rule: Rule, pairs: Iterable[Pair], evidence: Mapping[Pair, Evidence]) -> tuple[int, int]:
    """(right, shown) of a rule."""
    shown = [pair.label for pair in pairs if rule.shows(pair, evidence)]
    return sum(shown), len(shown)


def show_cosine(pairs: Sequence[Pair]) -> None:
    weight = weights(pairs)
    stories = sum(pair.label for pair in pairs)
    all_stories = sum(weight[pair] * pair.label for pair in pairs)
    close = sum(pair.why.startswith("close call") for pair in pairs)
    print(f"sample: {len(pairs)} pairs, {stories} continue a story, {close} close calls;", end=" ")
    print(f"of all {sum(NEAREST.values())} nearest pairs about {all_stories:.0f} do")
    print("cosine      precision                 recall: sample             all pairs")
    for rule in COSINES:
        right, shown = count(rule, pairs, {})
        caught = sum(weight[pair] * pair.label for pair in pairs if rule.shows(pair, {}))
        print(f">= {rule.similarity:.2f}  {tell(right, shown)}  {tell(right, stories)}  {caught / all_stories:6.1%}")
    enough = [rule for rule in COSINES if (c := count(rule, pairs, {}))[1] and c[0] >= WANTED * c[1]]
    print(
        f"smallest with precision {WANTED:.0%}: {enough[0].similarity:.2f}" if enough else f"none reaches {WANTED:.0%}"
    )


def best(rules: Sequence[Rule], pairs: Sequence[Pair], evidence: Mapping[Pair, Evidence]) -> Rule | None:
    """The rule that shows the most stories with the wanted precision, from at least eight pairs shown."""
    counts = {rule: count(rule, pairs, evidence) for rule in rules}
    enough = [rule for rule, (right, shown) in counts.items() if shown >= 8 and right >= WANTED * shown]
    return max(enough, key=lambda rule: counts[rule][0], default=None)


def show_rules(sample: Sequence[Pair], candidates: Sequence[Pair], evidence: Mapping[Pair, Evidence]) -> None:
    weight, every = weights(sample), [*sample, *candidates]
    all_stories = sum(weight[pair] * pair.label for pair in sample)
    stories = sum(pair.label for pair in sample)
    print(f"\n{len(every)} pairs with texts; a rule chosen on one half, counted on the other")
    families = {
        "cosine alone": COSINES,
        "cosine and title words": [rule for rule in GRID if not rule.word_cosine],
        "cosine, title words and words": GRID,
    }
    for name, rules in families.items():
        for half in (0, 1):
            chosen = best(rules, [pair for pair in every if pair.half == half], evidence)
            rest = [pair for pair in every if pair.half != half]
            there = f"{chosen}: {tell(*count(chosen, rest, evidence))}" if chosen else f"none reaches {WANTED:.0%}"
            print(f"  {name}, half {half}: {there}")
    print(f"recommended: {RULE}")
    right, shown = count(RULE, every, evidence)
    close = sum(RULE.shows(pair, evidence) and pair.why.startswith("close call") for pair in every)
    sure = sum(RULE.shows(pair, evidence) and pair.label and not pair.why.startswith("close") for pair in every)
    for name, some in (("sample", sample), ("outside the sample", candidates), ("all that it shows", every)):
        print(f"  precision, {name:19} {tell(*count(RULE, some, evidence))}")
    for half in (0, 1):
        there = [pair for pair in every if pair.half == half]
        print(f"  precision, half {half}              {tell(*count(RULE, there, evidence))}")
    print(f"  of {shown} shown {close} are close calls; none of them counted as right: {tell(sure, shown)}")
    print(f"  recall, sample                 {tell(count(RULE, sample, evidence)[0], stories)}")
    print(f"  recall, all nearest pairs      {right} of about {all_stories:.0f}: {right / all_stories:.1%}")
    print("  its neighbours:")
    for rule in GRID:
        if rule.differs_once(RULE):
            print(f"    {rule}: {tell(*count(rule, every, evidence))}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.stories", description="When a paper continues a story.")
    parser.add_argument("--papers", type=Path, help="folder of day files with the texts of the pairs")
    asked = parser.parse_args()
    sample, candidates = read_pairs(FOLDER / "pairs.jsonl"), read_pairs(FOLDER / "candidates.jsonl")
    show_cosine(sample)
    if not asked.papers:
        print("\nrules that read the texts are left out: give --papers DIR")
        return
    try:
        texts, rarity = read_papers(asked.papers), Rarity()
    except (json.JSONDecodeError, KeyError) as error:
        parser.error(
            f"{asked.papers} holds a file that is no day file of papers ({error}): give a folder of those alone"
        )
    missing = {i for pair in (*sample, *candidates) for i in (pair.today, pair.earlier)} - texts.keys()
    if missing:
        parser.error(f"{asked.papers} lacks {len(missing)} papers of the pairs, {min(missing)} among them")
    evidence = {p: compare(texts[p.today], texts[p.earlier], rarity) for p in (*sample, *candidates)}
    show_rules(sample, candidates, evidence)


if __name__ == "__main__":
    main()
