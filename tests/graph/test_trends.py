"""Seven days through the real graph and a real memory: what is said of them comes out of the stored rows again."""

import asyncio
import shutil
import sqlite3
from datetime import timedelta
from pathlib import Path

import pytest

from domain.papers import Paper
from domain.reports import Report
from evals.days import over_all, recomputed
from graph.runs import run_day
from publishing.files import published, read_report
from tests.scripted import TODAY, ScriptedContext, Shelf, paper

LAST = TODAY - timedelta(days=1)
DAYS = [LAST - timedelta(days=n) for n in reversed(range(8))]
QUIET = DAYS[3]
"""Nothing is listed on this day."""


def listed(place: int) -> tuple[Paper, ...]:
    """Twenty papers of two categories; on the last day three of four are about robots, of which there were few."""
    robots = 15 if place == len(DAYS) - 1 else 2
    start = place * 20
    return tuple(
        paper(start + n, f"Robot Arm Number{start + n}" if n < robots else f"Quantum Circuit Number{start + n}")
        for n in range(20)
    )


def shelf() -> Shelf:
    by_day = {day: listed(place) for place, day in enumerate(DAYS) if day != QUIET}
    # One paper comes again, days later.
    by_day[DAYS[5]] = (*by_day[DAYS[5]], by_day[DAYS[0]][0])
    return Shelf(by_day, state="answered")


def context(folder: Path) -> ScriptedContext:
    return ScriptedContext(data=str(folder), shelves=(shelf(),), cap=3)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The days once, for tests that only read."""
    folder = tmp_path_factory.mktemp("week")

    async def run() -> None:
        for day in DAYS:
            await run_day(day, context(folder))

    asyncio.run(run())
    return folder


@pytest.fixture
def week(data: Path) -> list[Report]:
    return [read_report(path) for path in published(data / "reports", "ko")]


@pytest.fixture
def own(data: Path, tmp_path: Path) -> Path:
    """A copy to write in."""
    return shutil.copytree(data, tmp_path / "data")


def test_before_the_sixth_observed_day_nothing_is_told_of_the_days_before(week: list[Report]) -> None:
    observed = [report for report in week if report.day != QUIET]
    for place, report in enumerate(observed[:5]):
        assert [fact.kind for fact in report.facts if fact.kind != "continuing"] == ["memory"], report.day
        assert len(report.history) == place
        assert report.flow == ()


def test_a_rise_is_told_in_the_words_of_its_fact(week: list[Report]) -> None:
    last = week[-1]
    [risen] = [fact for fact in last.facts if fact.category == "robotics" and fact.kind == "volume"]
    assert (risen.text("ko"), (risen.id,)) in [(claim.text, claim.facts) for claim in last.flow]
    assert all(claim.role == "flow" and claim.kind == "trend" for claim in last.flow)


def test_a_quiet_day_is_no_day_of_no_papers(week: list[Report]) -> None:
    assert [report.status for report in week if report.day == QUIET] == ["quiet"]
    assert QUIET not in [row.day for row in week[-1].history]
    assert len(week[-1].history) == 6


def test_every_fact_recomputes_from_the_stored_rows_and_a_tampered_row_is_found(own: Path, week: list[Report]) -> None:
    ctx = context(own)
    observed = [report for report in week if report.day != QUIET]
    with ctx.memory() as memory:
        for report in observed:
            assert recomputed(report, memory, ctx.taxonomy, ctx.lexicon) == []
    with sqlite3.connect(own / "memory" / "ledger.sqlite") as ledger:
        ledger.execute("UPDATE papers SET category = 'robotics' WHERE first_day = ?", (int(f"{DAYS[0]:%Y%m%d}"),))
    ledger.close()
    with ctx.memory() as memory:
        assert recomputed(observed[-1], memory, ctx.taxonomy, ctx.lexicon)


def test_over_the_days_repeats_are_marked_and_no_paper_moves(week: list[Report]) -> None:
    told, faults = over_all(week)
    assert faults == []
    assert told.endswith("in two categories: 0; returning: 1, marked: 1")
    unmarked = [report.model_copy(update={"returning": ()}) for report in week]
    assert over_all(unmarked)[1]


async def test_a_middle_day_that_is_run_again_says_the_same(own: Path) -> None:
    middle = DAYS[6]
    before = (own / "reports" / str(middle) / "report.json").read_bytes()
    await run_day(middle, context(own), again=True)
    assert (own / "reports" / str(middle) / "report.json").read_bytes() == before
