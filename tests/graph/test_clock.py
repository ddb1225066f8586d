"""A clock that is set back between two processes that run a day: the second goes on with what the first did last."""

import types
from pathlib import Path

import pytest
from langgraph.checkpoint.base import id as ids

from graph.events import Event
from graph.runs import run_day
from tests.scripted import DAY, PAPERS, Shelf, scripted


@pytest.mark.parametrize("step", ["retrieve", "section", "publish"])
async def test_a_day_that_was_cut_off_goes_on_when_the_clock_was_set_back(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(event: Event) -> None:
        if (event.step, event.kind) == (step, "done"):
            raise BrokenPipeError

    shelves = (Shelf({DAY: PAPERS}),)
    first, second, third = (scripted(tmp_path, shelves=shelves) for _ in range(3))
    with pytest.raises(BrokenPipeError):
        await run_day(DAY, first, watch=closed)
    newest = ids._last_v6_timestamp  # pyright: ignore[reportPrivateUsage]
    assert newest
    # Another process, a day earlier.
    monkeypatch.setattr(ids, "_last_v6_timestamp", None)
    earlier = (newest - 0x01B21DD213814000) * 100 - 86_400 * 10**9
    monkeypatch.setattr(ids, "time", types.SimpleNamespace(time_ns=lambda: earlier))
    outcome = await run_day(DAY, second)
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    assert (await run_day(DAY, third)).kind == "skipped"
    assert third.llm.asked == []
