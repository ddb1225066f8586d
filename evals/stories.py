"""When a paper of today continues the story of an earlier one: ``python -m evals.stories [--papers DIR ...]``.

Measures ``agents.stories.THRESHOLDS``, which decide what a report shows. Ten days of arXiv listings gave 1,788 pairs
of a new paper and its nearest earlier paper. Labels were given by reading titles and abstracts, without the
similarity: 1 when the reader is well served by 'this continues what was reported on that day', 0 when the two merely
share a field; where one could argue, ``why`` begins with 'close call'. In ``stories/``:

- ``pairs.jsonl`` is a sample over the whole range: every pair from 0.72 up, the rest drawn per bin.
- ``candidates.jsonl`` holds pairs outside the sample: all that share rare title words (rarity 9 or more at cosine 0.55
  or more), all whose words are alike (word cosine 0.115 or more at cosine 0.58 or more, one word or more shared by the
  titles), those with two authors in common, and some others that hid them from who labelled. With both, every one of
  the 1,788 pairs that one of the grid shows is labelled.
- ``further.jsonl`` holds pairs of the same days with the second to fifth nearest paper: all that these words show, all
  with two authors in common from cosine 0.55 up, and others that hid them.
- ``fresh.jsonl`` holds pairs of days on which nothing was chosen but ``author_share``: fourteen arXiv days of February
  2026 and the Hugging Face days of 2024 and 2025, all of the five nearest that are shown without that share, and
  others that hid them.

The files hold ids only. ``--papers``: folders of day files from which the texts are read (JSON Lines, also gzip or xz,
with ``id``, ``title``, ``summary`` or ``abstract``, and ``authors`` where known; or recorded answers of Hugging Face);
without it only the cosine is measured, and the fresh pairs are counted as far as their texts are there.
"""

import argparse
import gzip
import json
import lzma
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, replace
from hashlib import sha256
from itertools import product
from pathlib import Path
from typing import Any

from agents.stories import THRESHOLDS, Likeness, Thresholds, compare
from domain.papers import Paper, one_line
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


COSINES = tuple(Thresholds(similarity=n / 100) for n in range(50, 92, 2))
GRID = tuple(Thresholds(*three) for three in product((0.60, 0.65, 0.70), (9, 10, 11), (0.0, 0.08, 0.10, 0.12)))
PEOPLE = tuple(replace(limits, authors=THRESHOLDS.authors, author_share=THRESHOLDS.author_share) for limits in GRID)
"""Rules to choose from, the one that is used among them: it was chosen with the labels of the ten days in view, so that
their counts flatter it a little; the fresh pairs do not."""
OTHERS = (
    *(replace(THRESHOLDS, authors=n) for n in (2, 4, math.inf)),
    *(replace(THRESHOLDS, author_share=n) for n in (0, 1 / 3, 2 / 3)),
)


def read_pairs(path: Path) -> list[Pair]:
    return [Pair.model_validate_json(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    opened = {".gz": gzip.open, ".xz": lzma.open}.get(path.suffix, open)
    with opened(path, "rt", encoding="utf-8") as file:
        yield from map(json.loads, file) if ".jsonl" in path.suffixes else json.load(file)


def read_papers(folders: Sequence[Path], wanted: set[str]) -> dict[str, Paper]:
    """The papers of the day files whose ids are wanted, each from a file that knows its authors where there is one."""
    papers: dict[str, Paper] = {}
    for path in (path for folder in folders for path in sorted(folder.glob("*.json*"))):
        for row in read_rows(path):
            entry = row.get("paper", row)
            paper_id = f"arxiv:{entry['id']}"
            people = tuple(one_line(a if isinstance(a, str) else a["name"]) for a in entry.get("authors", ()))
            if paper_id in wanted and (people or paper_id not in papers):
                text = entry["summary"] if "summary" in entry else entry["abstract"]
                papers[paper_id] = Paper(
                    id=paper_id, title=one_line(entry["title"]), abstract=one_line(text), authors=people
                )
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


def name(limits: Thresholds) -> str:
    parts = [f"cosine >= {limits.similarity:.2f}"]
    parts += [f"title rarity >= {limits.title_rarity:.0f}"] if limits.title_rarity else []
    parts += [f"word cosine >= {limits.word_cosine:.2f}"] if limits.word_cosine else []
    people = f" or {limits.authors} authors and {limits.author_share:.0%} of them in common"
    return ", ".join(parts) + (people if limits.authors < math.inf else "")


def neighbours(limits: Thresholds) -> list[Thresholds]:
    """Those of the grid that differ from one in a single number."""
    return [
        other
        for other in (*PEOPLE, *OTHERS)
        if sum(a != b for a, b in zip(astuple(limits), astuple(other), strict=True)) == 1
    ]


Likenesses = Mapping[Pair, Likeness]


def shows(limits: Thresholds, pair: Pair, likenesses: Likenesses) -> bool:
    return limits.shows(likenesses.get(pair) or Likeness(pair.similarity))


def count(limits: Thresholds, pairs: Iterable[Pair], likenesses: Likenesses) -> tuple[int, int]:
    """(right, shown) of some thresholds."""
    shown = [pair.label for pair in pairs if shows(limits, pair, likenesses)]
    return sum(shown), len(shown)


def told_of(pairs: Iterable[Pair], likenesses: Likenesses) -> list[Pair]:
    """What a report tells: of the pairs that are shown, the nearest of each paper."""
    shown = sorted((pair for pair in pairs if shows(THRESHOLDS, pair, likenesses)), key=lambda pair: pair.similarity)
    return list({pair.today: pair for pair in shown}.values())


def show_cosine(pairs: Sequence[Pair]) -> None:
    weight = weights(pairs)
    stories = sum(pair.label for pair in pairs)
    all_stories = sum(weight[pair] * pair.label for pair in pairs)
    close = sum(pair.why.startswith("close call") for pair in pairs)
    print(f"sample: {len(pairs)} pairs, {stories} continue a story, {close} close calls;", end=" ")
    print(f"of all {sum(NEAREST.values())} nearest pairs about {all_stories:.0f} do")
    print("cosine      precision                 recall: sample             all pairs")
    for limits in COSINES:
        right, shown = count(limits, pairs, {})
        caught = sum(weight[pair] * pair.label for pair in pairs if shows(limits, pair, {}))
        print(f">= {limits.similarity:.2f}  {tell(right, shown)}  {tell(right, stories)}  {caught / all_stories:6.1%}")
    enough = [limits for limits in COSINES if (c := count(limits, pairs, {}))[1] and c[0] >= WANTED * c[1]]
    print(
        f"smallest with precision {WANTED:.0%}: {enough[0].similarity:.2f}" if enough else f"none reaches {WANTED:.0%}"
    )


def best(tried: Sequence[Thresholds], pairs: Sequence[Pair], likenesses: Likenesses) -> Thresholds | None:
    """The thresholds that show the most stories with the wanted precision, from at least eight pairs shown."""
    counts = {limits: count(limits, pairs, likenesses) for limits in tried}
    enough = [limits for limits, (right, shown) in counts.items() if shown >= 8 and right >= WANTED * shown]
    return max(enough, key=lambda limits: counts[limits][0], default=None)


def show_choice(pairs: Sequence[Pair], likenesses: Likenesses) -> None:
    print(f"\n{len(pairs)} nearest pairs with texts; thresholds chosen on one half, counted on the other")
    families = {
        "cosine alone": COSINES,
        "cosine and title words": [limits for limits in GRID if not limits.word_cosine],
        "cosine, title words and words": GRID,
        "these or the same people": PEOPLE,
    }
    for family, tried in families.items():
        for half in (0, 1):
            chosen = best(tried, [pair for pair in pairs if pair.half == half], likenesses)
            rest = [pair for pair in pairs if pair.half != half]
            there = (
                f"{name(chosen)}: {tell(*count(chosen, rest, likenesses))}" if chosen else f"none reaches {WANTED:.0%}"
            )
            print(f"  {family}, half {half}: {there}")


def show_rule(pairs: Mapping[str, Sequence[Pair]], likenesses: Likenesses) -> None:
    nearest, ten_days = (
        [*pairs["pairs"], *pairs["candidates"]],
        [*pairs["pairs"], *pairs["candidates"], *pairs["further"]],
    )
    read = [pair for pair in pairs["fresh"] if pair in likenesses]
    every = [*ten_days, *read]
    sets = {
        "the sample": pairs["pairs"],
        "other nearest pairs": pairs["candidates"],
        "second to fifth nearest": pairs["further"],
        "all of the ten days": ten_days,
        "- half 0": [pair for pair in ten_days if pair.half == 0],
        "- half 1": [pair for pair in ten_days if pair.half == 1],
        "fresh pairs": read,
        "everything": every,
    }
    print(f"\nwhat reports show: {name(THRESHOLDS)}")
    for some, there in sets.items():
        if there:
            precision = tell(*count(THRESHOLDS, there, likenesses))
            print(f"  precision, {some:23} {precision} of {len(there)} labelled pairs")
    told = told_of(every, likenesses)
    print(f"  precision, one for each paper      {tell(sum(pair.label for pair in told), len(told))}")
    words = replace(THRESHOLDS, authors=math.inf)
    if read:
        print(f"  - by words, fresh pairs            {tell(*count(words, read, likenesses))}")
    by_people = [pair for pair in every if shows(THRESHOLDS, pair, likenesses) and not shows(words, pair, likenesses)]
    print(f"  - by the same people alone         {tell(sum(pair.label for pair in by_people), len(by_people))}")
    shown = [pair for pair in every if shows(THRESHOLDS, pair, likenesses)]
    sure = sum(pair.label for pair in shown if not pair.why.startswith("close call"))
    print(f"  - no close call counted as right   {tell(sure, len(shown))}")
    if missing := len(pairs["fresh"]) - len(read):
        print(f"  {missing} fresh pairs are left out: --papers lacks their texts")
    weight = weights(pairs["pairs"])
    stories, all_stories = (sum(w * pair.label for pair, w in by.items()) for by in (dict.fromkeys(weight, 1), weight))
    found = count(THRESHOLDS, nearest, likenesses)[0]
    right = sum(pair.label for pair in told_of(ten_days, likenesses))
    sampled = count(THRESHOLDS, pairs["pairs"], likenesses)[0]
    print(f"  recall, the sample                 {tell(sampled, int(stories))}")
    print(f"  recall, all nearest pairs          {found} of about {all_stories:.0f}: {found / all_stories:.1%}")
    print(f"  told rightly in the ten days       {right} papers, of five nearest each")
    print("  its neighbours, on the nearest pairs:")
    for limits in neighbours(THRESHOLDS):
        print(f"    {name(limits)}: {tell(*count(limits, nearest, likenesses))}")


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m evals.stories", description="When a paper continues a story.")
    parser.add_argument("--papers", type=Path, nargs="+", help="folders of day files with the texts of the pairs")
    asked = parser.parse_args()
    pairs = {some: read_pairs(FOLDER / f"{some}.jsonl") for some in ("pairs", "candidates", "further", "fresh")}
    show_cosine(pairs["pairs"])
    if not asked.papers:
        print("\nrules that read the texts are left out: give --papers DIR")
        return
    ids = {some: {i for pair in found for i in (pair.today, pair.earlier)} for some, found in pairs.items()}
    folders = ", ".join(map(str, asked.papers))
    try:
        texts = read_papers(asked.papers, set[str]().union(*ids.values()))
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        parser.error(f"{folders}: a file there is no day file of papers ({error}); give folders of those alone")
    if missing := (ids["pairs"] | ids["candidates"] | ids["further"]) - texts.keys():
        parser.error(f"{folders}: {len(missing)} papers of the pairs are not there, {min(missing)} among them")
    likenesses = {
        pair: compare(texts[pair.today], texts[pair.earlier], pair.similarity)
        for pair in (pair for found in pairs.values() for pair in found)
        if pair.today in texts and pair.earlier in texts
    }
    show_choice([*pairs["pairs"], *pairs["candidates"]], likenesses)
    show_rule(pairs, likenesses)


if __name__ == "__main__":
    main()
