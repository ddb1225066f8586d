"""A day kept in a file is run again from it as it was run, and leaves no trace."""

import gzip
from pathlib import Path

import pytest

from bench.freezing import freeze
from bench.frozen import FrozenDay, find, load, save
from bench.replay import context_of
from domain.errors import UsageError
from graph.runs import run_day
from tests.scripted import DAY, NEXT, PAPERS, ScriptedLLM, Shelf, paper, script, scripted

WEEK = {DAY: PAPERS, NEXT: (PAPERS[0], paper(9, "Robot Arms That Grasp Cups", "a robot manipulation policy"))}


async def test_a_replay_of_a_frozen_day_is_the_day_again_and_touches_no_memory(tmp_path: Path) -> None:
    data = tmp_path / "data"
    for day in WEEK:
        await run_day(day, scripted(data, shelves=(Shelf(WEEK),)))
    context = scripted(data, shelves=(Shelf(WEEK),))
    before = {path: path.read_bytes() for path in (data / "reports").rglob("*") if path.is_file()}
    original = (await run_day(NEXT, context)).report
    frozen = freeze(NEXT, context)
    assert original.returning and frozen.memory[0].first_day == DAY
    path = save(frozen, tmp_path)
    replayed = context_of(load(path), context, data=tmp_path / "replayed", edited={}, fresh=False)
    replayed.__dict__["llm"] = ScriptedLLM(script())
    outcome = await run_day(NEXT, replayed)
    assert outcome.report == original
    assert {path: path.read_bytes() for path in (data / "reports").rglob("*") if path.is_file()} == before
    assert not (tmp_path / "replayed" / "memory").exists()


async def test_a_large_day_is_kept_compressed_and_the_same_day_is_the_same_file(tmp_path: Path) -> None:
    many = tuple(paper(n, f"Robot Arms Number {n}", "a robot policy " * 20) for n in range(1, 90))
    frozen = FrozenDay(day=DAY, language="ko", papers=many)
    path = save(frozen, tmp_path)
    assert path.name == f"{DAY}.json.gz" and gzip.decompress(path.read_bytes())
    first = path.read_bytes()
    assert save(frozen, tmp_path).read_bytes() == first and load(path) == frozen
    assert save(frozen.model_copy(update={"papers": many[:2]}), tmp_path).name == f"{DAY}.json"
    assert find([], [tmp_path]) == [tmp_path / f"{DAY}.json"], "two files of one day would be two days"


def test_what_is_no_frozen_day_is_told_with_its_place(tmp_path: Path) -> None:
    wrong = tmp_path / "2026-11-20.json"
    wrong.write_text('{"day": "2026-11-20", "language": "ko", "papers": [{"id": 3}]}')
    with pytest.raises(UsageError, match=r"is no frozen day .*papers\.0\.id"):
        load(wrong)
    with pytest.raises(UsageError, match="there is no frozen day 2026-11-21; known: 2026-11-20"):
        find(["2026-11-21"], [tmp_path])
