"""Two versions are told apart where they differ, and hardly ever where they do not."""

import numpy as np
import pytest
from numpy.random import Generator

from bench.bootstrap import MEASURES, effects
from bench.tally import Tally

DAYS, PAPERS = 5, 6


def version(rng: Generator, hard: list[float], *, slips: float = 1.0, length: float = 1.0) -> list[Tally]:
    """What one version makes of the papers, of which each is as hard as it is for every version. Papers of a desk share
    the noise of their calls' tokens."""
    tallies: list[Tally] = []
    for place, share in enumerate(hard):
        desk = place // 3
        written = int(rng.integers(4, 8))
        dropped = int(rng.binomial(written, min(0.5, share * slips / 2)))
        mended = int(rng.binomial(written - dropped, min(0.5, share * slips)))
        noise = np.random.default_rng([int(rng.integers(1_000_000)), desk]).normal(0, 40) if place % 3 == 0 else 0.0
        tallies.append(
            Tally(
                day=str(place // PAPERS),
                unit=str(place),
                desk=str(desk),
                written=written,
                ok=written - dropped - mended,
                mended=mended,
                dropped=dropped,
                headlines=3,
                carried=int(rng.binomial(3, 0.9)),
                covered=1,
                characters=length * float(rng.normal(440, 60)),
                often=float(rng.random() < 0.05),
                tokens=1_700 + noise,
                money=3_400 + 8 * noise,
            )
        )
    return tallies


def test_of_200_comparisons_of_equal_versions_no_more_than_one_in_twenty_tells_them_apart() -> None:
    rng = np.random.default_rng(7)
    apart: list[list[str]] = []
    for _ in range(200):
        hard = [float(share) for share in rng.uniform(0, 0.25, DAYS * PAPERS)]
        rows = effects(version(rng, hard), version(rng, hard), draws=1_000)
        if found := [row.measure for row in rows if row.conclusion not in ("cannot tell", "the same")]:
            apart.append(found)
    assert len(apart) <= 10, apart


def test_a_version_with_three_times_the_slips_and_twice_the_length_is_told_as_worse_in_both() -> None:
    rng = np.random.default_rng(8)
    told = 0
    for _ in range(20):
        hard = [0.1] * DAYS * PAPERS
        rows = {r.measure: r for r in effects(version(rng, hard), version(rng, hard, slips=3.0, length=2.0))}
        told += rows["ok at the first check"].conclusion == rows["characters"].conclusion == "worse"
        assert rows["characters"].low < rows["characters"].difference < rows["characters"].high
    assert told >= 18


def test_what_cannot_be_told_says_how_many_more_days_would() -> None:
    # Of thirty papers four have one line less that is left out: no accident would be, ten would be enough.
    hard = [Tally(day=str(n // 6), unit=str(n), dropped=1, written=5) for n in range(30)]
    better = [one.model_copy(update={"dropped": 0}) if n < 4 else one for n, one in enumerate(hard)]
    (row,) = [row for row in effects(hard, better) if row.measure == "dropped"]
    assert row.conclusion == "cannot tell" and row.days and 3 <= row.days <= 25
    assert row.verdict == f"cannot tell; about {row.days} more days would"
    more = [one.model_copy(update={"unit": f"{one.unit}-{again}"}) for again in range(6) for one in hard]
    most = [one.model_copy(update={"unit": f"{one.unit}-{again}"}) for again in range(6) for one in better]
    (row,) = [row for row in effects(more, most) if row.measure == "dropped"]
    assert row.conclusion == "better"


def test_versions_that_are_counted_on_other_papers_are_not_compared() -> None:
    one = Tally(day="1", unit="a")
    with pytest.raises(ValueError, match="same papers"):
        effects([one], [one.model_copy(update={"unit": "b"})], MEASURES)
