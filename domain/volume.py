"""What rose, fell or stayed away today: shares of the new papers against those of the observed days before.

Every fact carries the numbers it was made from, and ``recompute`` makes them again from the rows. How often chance
alone makes a fact, and how often a true rise makes none, is measured by ``python -m evals.trends``.
"""

from collections.abc import Callable, Sequence
from datetime import date
from math import erfc, isfinite, log, sqrt
from typing import Literal, NamedTuple

from . import languages
from .language import Language
from .rates import CERTAINTY, RateRatio, rate_ratio
from .taxonomy import Category, Taxonomy
from .topics import Lexicon, Topic
from .trends import DayRow, Fact

FEWEST = 5
"""Observed days before today below which nothing is said of trends."""
MONTH, WEEK = 28, 7
"""The two windows, in observed days: today is held against the longer one."""
RATIO = 1.5
"""How many times larger or smaller a share must be before a reader cares."""
LEAST = 5
"""Papers of a category today, or expected today, below which its counts are too small to tell of."""
REGULAR = 0.9
"""Share of the observed days with a paper from which a category counts as regular, so that its absence is news."""

Z = 4.0
"""Standard deviations of the log-odds ratio from which a topic is told of: up to 150 topics are tested each day."""
TOPIC_PAPERS, TOPIC_DAYS = 8, 3
"""Papers, and days with one, that a topic must have in the window in which it is the more frequent."""
PRIOR = 50
"""Papers that the prior of a topic is worth."""

NO_BOUND = -1.0
"""Stands in ``Fact.numbers`` for what is infinite."""


def volume(today: DayRow, history: Sequence[DayRow], taxonomy: Taxonomy) -> tuple[Fact, ...]:
    """At most one fact for each category of which today's share is another one, the surest first.

    ``history``: the observed days before today, oldest first; today is held against the last 28 of them. Nothing is
    said with fewer than 5, nor of the fallback category. ``Fact.days`` are the first and the last of the days before;
    ``Fact.numbers`` are, in this order:

    0-1   new papers of the category today, all new papers today
    2-4   the same over the last 28 observed days, and how many days these are (all there are, up to 28)
    5-7   the same over the last 7
    8-11  ratio of today's share to that of 2-4, its lower and upper 95 % bound (-1 for infinite), p
    12    days of 2-4 on which the category had a new paper
    13-16 the same as 8-11 against the shares of 5-7
    """
    if len(history) < FEWEST:
        return ()
    facts: list[tuple[float, Fact]] = []
    for category in taxonomy.categories:
        told = _Shares.of(category.key, today, history)
        if told and (fact := _about_a_category(category, told)):
            facts.append((told.comparison.p, fact))
    return tuple(fact for _, fact in sorted(facts, key=lambda pair: pair[0]))


def topic_facts(today: DayRow, history: Sequence[DayRow], lexicon: Lexicon, *, most: int = 5) -> tuple[Fact, ...]:
    """The topics of which the last days speak more, less or for the first time, the surest first.

    New topics come first. The last 7 observed days, today included, are held against up to 21 before them; with less
    memory the later half of the days against the earlier. A topic that is more frequent must also stand in a paper of
    today. ``Fact.days`` are the first and last day of the earlier window, then of the later; ``Fact.numbers`` are, in
    this order:

    0-3   papers with the topic in the later window, all new papers in it, its days, and those of them with the topic
    4-7   the same for the earlier window
    8     papers with the topic today
    9-10  log-odds ratio and its z-score
    11    p of the exact test that decides for a topic without a paper before, where the z-score is of little use
    """
    if len(history) < FEWEST:
        return ()
    found: list[tuple[tuple[bool, float], Fact]] = []
    for topic in lexicon.topics:
        told = _Moved.of(topic.key, today, history)
        if told and told.notable():
            found.append((told.rank(), _about_a_topic(topic, told)))
    return tuple(fact for _, fact in sorted(found, key=lambda pair: pair[0])[:most])


def memory_fact(history: Sequence[DayRow]) -> Fact | None:
    """What is said instead of trends while fewer than 5 observed days are held; its number is how many there are."""
    if len(history) >= FEWEST:
        return None
    texts = _told(lambda language: language.facts.few(len(history), FEWEST))
    numbers = (float(len(history)),)
    return Fact(id="memory:few", kind="memory", category=None, texts=texts, days=_span(history), numbers=numbers)


def calm_fact(history: Sequence[DayRow]) -> Fact:
    """What is said of a day on which nothing stands out. Its numbers: the days it was held against, their papers."""
    before = history[-MONTH:]
    texts = _told(lambda language: language.facts.calm(len(before)))
    numbers = (float(len(before)), float(_all(before)))
    return Fact(id="memory:calm", kind="memory", category=None, texts=texts, days=_span(before), numbers=numbers)


def recompute(fact: Fact, today: DayRow, history: Sequence[DayRow]) -> tuple[float, ...]:
    """The numbers of a fact of this module, made again from the rows. Raises ValueError for another fact."""
    kind, _, key = fact.id.partition(":")
    match kind:
        case "volume" | "absent":
            told = _Shares.of(key, today, history)
        case "topic":
            told = _Moved.of(key, today, history)
        case "memory":
            before = history[-MONTH:]
            return (float(len(before)), float(_all(before)))[: len(fact.numbers)]
        case _:
            raise ValueError(f"'{fact.id}' is no fact about volume.")
    return told.numbers() if told else ()


class _Shares(NamedTuple):
    """The counts of one category, and what they say."""

    counts: tuple[int, ...]
    """numbers 0-7"""
    present: int
    comparison: RateRatio
    week: RateRatio
    days: tuple[date, ...]

    @classmethod
    def of(cls, key: str, today: DayRow, history: Sequence[DayRow]) -> "_Shares | None":
        """None where one of the sides has no papers at all."""
        month, week = history[-MONTH:], history[-WEEK:]
        if not today.new or not _all(month):
            return None
        (now,), by_day = _in(key, (today,)), _in(key, month)
        counts = (now, today.new, sum(by_day), _all(month), len(month), sum(_in(key, week)), _all(week), len(week))
        found = rate_ratio(*counts[:4])
        # Observed days whose papers were all repeats have no share to compare with.
        late = rate_ratio(*counts[:2], *counts[5:7]) if counts[6] else found
        return cls(counts, sum(1 for n in by_day if n), found, late, _span(month))

    def change(self) -> Literal["moved", "first", "absent", ""]:
        """What there is to tell; empty where it could be chance, or is too small to care for."""
        now, of_now, before, of_before, days, *_ = self.counts
        if self.comparison.p >= 1 - CERTAINTY:
            return ""
        if self.comparison.ratio >= RATIO and now >= LEAST:
            return "moved" if before else "first"
        if self.comparison.ratio <= 1 / RATIO and of_now * before / of_before >= LEAST:
            if now:
                return "moved"
            return "absent" if self.present >= REGULAR * days else ""
        return ""

    def numbers(self) -> tuple[float, ...]:
        present = float(self.present)
        return (*map(float, self.counts), *map(_finite, self.comparison), present, *map(_finite, self.week))


class _Moved(NamedTuple):
    """The counts of one topic in two windows, and the log-odds ratio between them."""

    counts: tuple[int, ...]
    """numbers 0-8"""
    delta: float
    z: float
    p: float
    days: tuple[date, ...]

    @classmethod
    def of(cls, key: str, today: DayRow, history: Sequence[DayRow]) -> "_Moved | None":
        """None where no paper of either window speaks of the topic."""
        rows = (*history[-(MONTH - 1) :], today)
        late = rows[-min(WEEK, len(rows) // 2) :]
        early = rows[: -len(late)]
        seen = [[dict(row.topics).get(key, 0) for row in window] for window in (late, early)]
        now, before = map(sum, seen)
        if not now + before:
            return None
        delta, z = _log_odds(now, _all(late), before, _all(early))
        p = rate_ratio(now, _all(late), before, _all(early)).p if _all(late) and _all(early) else 1.0
        windows = [(sum(c), _all(w), len(w), sum(1 for n in c if n)) for c, w in zip(seen, (late, early), strict=True)]
        return cls((*windows[0], *windows[1], seen[0][-1]), delta, z, p, _span(early) + _span(late))

    def notable(self) -> bool:
        now, of_now, _, now_days, before, of_before, _, before_days, today = self.counts
        if self.z > 0:
            # Nothing before leaves the z-score small however many come now: its variance is that of the prior alone.
            sure = self.z >= Z or (not before and self.p <= erfc(Z / sqrt(2)))
            frequent = now >= TOPIC_PAPERS and now_days >= TOPIC_DAYS and today > 0
            return sure and frequent and now * of_before >= RATIO * before * of_now
        frequent = before >= TOPIC_PAPERS and before_days >= TOPIC_DAYS
        return self.z <= -Z and frequent and RATIO * now * of_before <= before * of_now

    def rank(self) -> tuple[bool, float]:
        """New topics first, then the surest."""
        return self.counts[4] > 0, -abs(self.z)

    def numbers(self) -> tuple[float, ...]:
        return (*map(float, self.counts), *map(_finite, (self.delta, self.z, self.p)))


def _log_odds(now: int, of_now: int, before: int, of_before: int) -> tuple[float, float]:
    """Log-odds ratio with an informative Dirichlet prior, and its z-score (Monroe, Colaresi and Quinn, 2008, equations
    16, 20 and 22), over papers that have a topic or have it not. The prior is the share of both windows together, so it
    pulls towards no change."""
    prior = PRIOR * (now + before) / (of_now + of_before)
    have, had = now + prior, before + prior
    delta = log(have / (of_now + PRIOR - have)) - log(had / (of_before + PRIOR - had))
    return delta, delta / sqrt(1 / have + 1 / had)


def _about_a_category(category: Category, told: _Shares) -> Fact | None:
    """The sentence for what the counts say; None where they say nothing."""
    now, of_now, before, of_before, days, *_ = told.counts
    change, found = told.change(), told.comparison
    if not change:
        return None

    def sentence(language: Language) -> str:
        name, facts = category.name(language.code), language.facts
        match change:
            case "moved":
                return facts.moved(name, now, of_now, before, of_before, days, found, told.week, told.counts[7])
            case "first":
                return facts.first(name, now, of_now, of_before, days, found)
            case "absent":
                return facts.absent(name, of_now, before, of_before, days, told.present, found)

    kind = "volume" if now else "absent"
    return Fact(
        id=f"{kind}:{category.key}",
        kind=kind,
        category=category.key,
        texts=_told(sentence),
        days=told.days,
        numbers=told.numbers(),
    )


def _about_a_topic(topic: Topic, told: _Moved) -> Fact:
    now, of_now, days, _, before, of_before, earlier, *_ = told.counts
    counts = (now, of_now, days, before, of_before, earlier)
    return Fact(
        id=f"topic:{topic.key}",
        kind="topic",
        category=None,
        texts=_told(lambda language: language.facts.topic(topic.name(language.code), *counts, told.z, told.p)),
        days=told.days,
        numbers=told.numbers(),
    )


def _told(sentence: Callable[[Language], str]) -> dict[str, str]:
    """A sentence in every language."""
    return {language.code: sentence(language) for language in languages.every()}


def _in(key: str, rows: Sequence[DayRow]) -> list[int]:
    """New papers of a category on each day."""
    return [dict(row.categories).get(key, 0) for row in rows]


def _all(rows: Sequence[DayRow]) -> int:
    return sum(row.new for row in rows)


def _span(rows: Sequence[DayRow]) -> tuple[date, ...]:
    return tuple(dict.fromkeys((rows[0].day, rows[-1].day))) if rows else ()


def _finite(value: float) -> float:
    return round(value, 6) if isfinite(value) else NO_BOUND
