"""How far trend facts can be trusted: ``python -m evals.trends --days FOLDER`` and ``--memory FOLDER``.

FOLDER is a data folder that ``insights run`` filled, or the memory in it; it is only read. ``--days`` asks how often
chance makes a fact: the papers are put onto the observed days at random, each day keeping its number (``--shuffles``,
200), so that every statement about such a history is false. Then, in each shuffled day, the share of one category is
made ``--plant`` (3) times as large, and it is counted how often that is told. ``--memory`` replays the real days and
counts every fact again from the papers themselves, with other code than the facts were made with.
"""

import argparse
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import NamedTuple, cast

import numpy as np
from scipy.stats import binomtest  # pyright: ignore[reportUnknownVariableType]

from domain.taxonomy import Taxonomy
from domain.topics import Lexicon
from domain.trends import DayRow, Fact
from domain.volume import (
    FEWEST,
    LEAST,
    MONTH,
    NO_BOUND,
    REGULAR,
    Z,
    calm_fact,
    memory_fact,
    recompute,
    topic_facts,
    volume,
)
from prompts.taxonomy import load_taxonomy
from prompts.topics import load_topics

SEED = 0
PLANTED = 20
"""Shuffled histories in which rises are planted, in every category of every day, one at a time."""
BANDS = (0, 1, 2, 3, 4, 5, 8, 16)
"""Papers that a category may expect on a day, for the table of what is detected."""


class Work(NamedTuple):
    """A paper as it stands on the day on which it first came."""

    day: date
    category: str
    topics: tuple[str, ...]


def read(folder: Path, lexicon: Lexicon) -> list[Work]:
    """The new papers of all observed days: complete ones that have papers. A work under two ids counts once a day."""
    file = next((f for f in (folder / "ledger.sqlite", folder / "memory" / "ledger.sqlite") if f.exists()), None)
    if not file:
        raise SystemExit(f"There is no memory in {folder}: name a data folder that `insights run` filled.")
    ledger = sqlite3.connect(f"{file.resolve().as_uri()}?mode=ro", uri=True)
    rows = ledger.execute(
        "SELECT p.first_day, coalesce(p.category, ''), p.title, p.abstract FROM papers AS p "
        "WHERE p.first_day = (SELECT min(w.first_day) FROM papers AS w WHERE w.title_key = p.title_key) "
        "AND p.first_day IN (SELECT day FROM days WHERE status = 'complete' AND papers > 0) ORDER BY p.first_day, p.id"
    ).fetchall()
    ledger.close()
    return [
        Work(date(day // 10_000, day // 100 % 100, day % 100), category, lexicon.topics_of(f"{title}\n{abstract}"))
        for day, category, title, abstract in rows
    ]


def day_rows(works: Iterable[Work]) -> list[DayRow]:
    """The works as rows, the earliest day first."""
    days: defaultdict[date, list[Work]] = defaultdict(list)
    for work in works:
        days[work.day].append(work)
    return [
        DayRow(
            day=day,
            new=len(held),
            categories=tuple(Counter(work.category for work in held).items()),
            topics=tuple(Counter(topic for work in held for topic in work.topics).items()),
        )
        for day, held in sorted(days.items())
    ]


def shuffled(works: Sequence[Work], random: np.random.Generator) -> list[DayRow]:
    """The same papers on the same days, each day with as many as it had, but chance chose which."""
    order = random.permutation(len(works))
    return day_rows(works[int(at)]._replace(day=work.day) for at, work in zip(order, works, strict=True))


def told_days(rows: Sequence[DayRow]) -> Iterator[tuple[DayRow, Sequence[DayRow]]]:
    """Every day of which trends may be told, with the days before it."""
    for at in range(FEWEST, len(rows)):
        yield rows[at], rows[max(0, at - MONTH) : at]


def planted(today: DayRow, share: float, key: str, factor: float, random: np.random.Generator) -> DayRow:
    """The day with a category whose share is ``factor`` times as large; the others give way in proportion."""
    now = int(random.binomial(today.new, min(1.0, factor * share)))
    return today.model_copy(update={"categories": ((key, now),)})


def direction(fact: Fact) -> str:
    if fact.kind == "absent":
        return "absent"
    return "rising" if fact.numbers[8] > 1 or fact.numbers[8] == NO_BOUND else "falling"


def false_trends(works: Sequence[Work], taxonomy: Taxonomy, lexicon: Lexicon, shuffles: int) -> None:
    random = np.random.default_rng(SEED)
    told: Counter[str] = Counter()
    of_category: Counter[str | None] = Counter()
    topics = days = 0
    for _ in range(shuffles):
        for today, history in told_days(shuffled(works, random)):
            days += 1
            topics += len(topic_facts(today, history, lexicon))
            for fact in volume(today, history, taxonomy):
                told[direction(fact)] += 1
                of_category[fact.category] += 1
    category_days = days * len(taxonomy.categories)
    print(f"false trends in {shuffles} shuffled histories: {days} days, {category_days} category-days")
    print(f"  with a statement    {told.total() / category_days:7.2%} of category-days")
    for kind, count in told.most_common():
        print(f"    {kind:17} {count / category_days:7.2%}")
    for key, count in of_category.most_common(1):
        print(f"  the most in one     {count / days:7.2%} of the days of {key}")
    print(f"  statements a day    {told.total() / days:7.2f}")
    print(f"  topics a day        {topics / days:7.3f}  (|z| >= {Z:.0f})")


def detection(works: Sequence[Work], taxonomy: Taxonomy, factor: float) -> None:
    random = np.random.default_rng(SEED)
    shares = {key: count / len(works) for key, count in Counter(work.category for work in works).items()}
    found: list[tuple[float, bool, bool]] = []
    """Papers to be expected without the rise, whether the category is regular, whether the rise was told."""
    for _ in range(PLANTED):
        for today, history in told_days(shuffled(works, random)):
            for category in taxonomy.categories:
                share = shares.get(category.key, 0)
                if not 0 < share < 1 / factor:
                    continue
                there = sum(bool(dict(row.categories).get(category.key)) for row in history) / len(history)
                alone = Taxonomy(categories=(category,), fallback=taxonomy.fallback)
                facts = volume(planted(today, share, category.key, factor, random), history, alone)
                found.append((today.new * share, there >= REGULAR, any(direction(f) == "rising" for f in facts)))
    regular = [told for expected, steady, told in found if steady and expected >= LEAST]
    print(f"share of one category made {factor:g} times as large, {PLANTED} shuffled histories, told of as rising:")
    print(f"  regular ones with {LEAST} or more papers to be expected: {_rate(regular)}")
    for low, high in zip(BANDS, (*BANDS[1:], float("inf")), strict=True):
        band = [told for expected, _, told in found if low <= expected < high]
        if band:
            print(f"    {low:>3} to {high:<4} expected   {_rate(band)}")


def replay(works: Sequence[Work], taxonomy: Taxonomy, lexicon: Lexicon) -> int:
    """Prints what is told of each observed day. Returns how many facts could not be counted again."""
    rows = day_rows(works)
    wrong = 0
    total: Counter[str] = Counter()
    for at, today in enumerate(rows):
        history = rows[max(0, at - MONTH) : at]
        few = memory_fact(history)
        facts = (few,) if few else (*volume(today, history, taxonomy), *topic_facts(today, history, lexicon))
        facts = facts or (calm_fact(history),)
        failed = [
            fact.id
            for fact in facts
            if fact.numbers != recompute(fact, today, history) or not counted_again(fact, today.day, works)
        ]
        wrong += len(failed)
        kinds = Counter("calm" if fact.id == "memory:calm" else fact.kind for fact in facts)
        total.update(kinds)
        print(f"{today.day}  {today.new:4} new  " + ", ".join(f"{kind} {count}" for kind, count in kinds.items()))
        for fact in facts:
            if fact.kind != "memory":
                print(*(f"    {text}" for text in fact.texts.values()), sep="\n")
        if failed:
            print(f"    NOT COUNTED AGAIN: {', '.join(failed)}")
    told_of = max(1, len(rows) - FEWEST)
    statements = total["volume"] + total["absent"]
    print(f"all days: {dict(total)}; {wrong} facts could not be counted again")
    print(f"  {statements / told_of / len(taxonomy.categories):.2%} of category-days carry a statement")
    return wrong


def counted_again(fact: Fact, today: date, works: Sequence[Work]) -> bool:
    """Whether a fact's counts, and what follows from them, come out of the papers themselves."""
    key = fact.id.partition(":")[2]
    observed = sorted({work.day for work in works})

    def count(first: date, last: date) -> tuple[int, int]:
        held = [work for work in works if first <= work.day <= last]
        return sum(key == work.category or key in work.topics for work in held), len(held)

    if fact.kind == "memory":
        days = [day for day in observed if day < today][-MONTH:]
        whole = sum(work.day in days for work in works)
        return fact.numbers == (float(len(days)), float(whole))[: len(fact.numbers)]
    if fact.kind == "topic":
        return (*count(fact.days[2], fact.days[3]), *count(fact.days[0], fact.days[1])) == (
            *fact.numbers[:2],
            *fact.numbers[4:6],
        )
    (now, of_now), (before, of_before) = count(today, today), count(fact.days[0], fact.days[-1])
    if (now, of_now, before, of_before) != fact.numbers[:4]:
        return False
    ratio, low, high, p = fact.numbers[8:12]
    parts = [binomtest(now, now + before, of_now / (of_now + of_before), side) for side in ("less", "greater")]
    bounds = cast("tuple[float, float]", binomtest(now, now + before).proportion_ci(0.95, "exact"))
    wanted = [2 * min(float(part.pvalue) for part in parts), *(b / (1 - b) * of_before / of_now for b in bounds)]
    return bool(
        np.allclose(wanted, [p, low, high], atol=1e-5) and abs(ratio - now * of_before / before / of_now) < 1e-5
    )


def _rate(told: Sequence[bool]) -> str:
    return f"{np.mean(told):6.1%} of {len(told)} category-days" if told else "none"


def main() -> None:
    parser = argparse.ArgumentParser(description="How far trend facts can be trusted.")
    parser.add_argument("--days", type=Path, metavar="FOLDER", help="data folder to shuffle")
    parser.add_argument("--memory", type=Path, metavar="FOLDER", help="data folder to replay day by day")
    parser.add_argument("--shuffles", type=int, default=200)
    parser.add_argument("--plant", type=float, default=3.0, metavar="FACTOR")
    asked = parser.parse_args()
    if not asked.days and not asked.memory:
        parser.error("name a data folder with --days, --memory or both")

    taxonomy, lexicon = load_taxonomy(), load_topics()
    if asked.days:
        works = read(asked.days, lexicon)
        print(f"{asked.days}: {len(works)} new papers on {len({work.day for work in works})} observed days")
        false_trends(works, taxonomy, lexicon, asked.shuffles)
        detection(works, taxonomy, asked.plant)
    if asked.memory and replay(read(asked.memory, lexicon), taxonomy, lexicon):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
