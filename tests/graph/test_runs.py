"""When a day is run, skipped, resumed or refused: real checkpoints in real files, and processes that are killed."""

import asyncio
import json
import os
import signal
import sqlite3
import subprocess
import sys
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from filelock import FileLock
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver

from domain.papers import Paper
from graph import runs
from graph.checkpoints import newest_first, open_checkpoints, thread_of
from graph.context import Context
from graph.daily import FutureDay
from graph.runs import DataFolderError, DayBusy, Event, continues, inputs_of, run_day
from graph.settings import Settings
from models.llm import StopRun
from tests.graph.model_days import SEVERAL
from tests.scripted import DAY, NEXT, PAPERS, TODAY, ScriptedContext, ScriptedLLM, Shelf, script, scripted

ROOT = Path(__file__).parents[2]
MANY: dict[str, Any] = {"shelves": (Shelf({DAY: SEVERAL}),), "in_full": len(SEVERAL)}
"""Papers for three desks."""


def published(data: Path) -> bytes:
    return (data / "reports" / str(DAY) / "report.md").read_bytes()


async def test_a_finished_day_is_skipped_with_its_report(tmp_path: Path) -> None:
    context = ScriptedContext(data=str(tmp_path))
    first = await run_day(DAY, context)
    events: list[Event] = []
    second = await run_day(DAY, context, watch=events.append)
    assert (first.kind, second.kind) == ("written", "skipped")
    assert second.report == first.report
    assert events == []


async def test_kept_steps_are_read_back_as_what_they_were_and_without_a_warning(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    await run_day(DAY, ScriptedContext(data=str(tmp_path)))
    async with open_checkpoints(tmp_path) as saver:
        kept = [step async for step in saver.alist(None)]
    held = [paper for step in kept for paper in step.checkpoint["channel_values"].get("papers", ())]
    assert held and {type(paper) for paper in held} == {Paper}
    assert "Blocked" not in caplog.text


async def test_a_finished_day_that_is_run_again_is_the_same_byte_for_byte(tmp_path: Path) -> None:
    context = ScriptedContext(data=str(tmp_path))
    await run_day(DAY, context)
    before = published(tmp_path)
    with context.memory() as memory:
        counts = memory.counts()
    outcome = await run_day(DAY, context, again=True)
    assert outcome.kind == "written"
    assert published(tmp_path) == before
    with context.memory() as memory:
        assert memory.counts() == counts


async def test_a_report_folder_that_is_half_there_is_written_again(tmp_path: Path) -> None:
    context = ScriptedContext(data=str(tmp_path))
    await run_day(DAY, context)
    before = published(tmp_path)
    (tmp_path / "reports" / str(DAY) / "receipt.json").unlink()
    (tmp_path / "reports" / str(DAY) / "report.md").write_text("half a rep", encoding="utf-8")
    outcome = await run_day(DAY, context)
    assert outcome.kind == "written"
    assert published(tmp_path) == before


async def test_a_run_that_stops_in_the_middle_resumes_without_asking_again(tmp_path: Path) -> None:
    stopped = ScriptedContext(data=str(tmp_path), script=script(frame=stops))
    with pytest.raises(StopRun):
        await run_day(DAY, stopped)
    resumed = ScriptedContext(data=str(tmp_path), script=script())
    outcome = await run_day(DAY, resumed)
    assert outcome.kind == "resumed"
    assert resumed.llm.count("frame") == 1 and not resumed.llm.count("synthesize")
    assert len(outcome.report.items) == len(PAPERS)


def stops(**_: object) -> None:
    raise StopRun("the quota is used up")


async def test_a_cut_off_day_that_is_asked_for_with_other_settings_starts_afresh(tmp_path: Path) -> None:
    with pytest.raises(StopRun):
        await run_day(DAY, ScriptedContext(data=str(tmp_path), script=script(frame=stops)))
    other = ScriptedContext(data=str(tmp_path), script=script(), cap=1)
    outcome = await run_day(DAY, other)
    assert outcome.kind == "written"
    assert other.llm.count("synthesize") == 3  # one of each category


async def test_a_cut_off_day_of_a_version_whose_steps_had_other_names_starts_afresh(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    older = SimpleNamespace(nodes=("__start__", "critique", "edit", "file"))
    with monkeypatch.context() as patch, pytest.raises(StopRun):
        patch.setattr(runs, "section", older)
        await run_day(DAY, ScriptedContext(data=str(tmp_path), script=script(frame=stops)))
    now = ScriptedContext(data=str(tmp_path), script=script())
    outcome = await run_day(DAY, now)
    assert outcome.kind == "written"
    assert len(outcome.report.items) == len(PAPERS)


async def test_two_runs_of_one_day_at_the_same_time_are_refused(tmp_path: Path) -> None:
    (tmp_path / "locks").mkdir()
    with FileLock(tmp_path / "locks" / f"{DAY}.lock"), pytest.raises(DayBusy, match="under way"):
        await run_day(DAY, ScriptedContext(data=str(tmp_path)))
    assert (await run_day(DAY, ScriptedContext(data=str(tmp_path)))).kind == "written"


async def test_a_day_in_the_future_leaves_nothing_behind(tmp_path: Path) -> None:
    context = ScriptedContext(data=str(tmp_path / "data"))
    with pytest.raises(FutureDay):
        await run_day(context.today().replace(year=2030), context)
    assert not (tmp_path / "data").exists()


async def test_a_data_folder_that_cannot_be_written_is_said_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("not a folder", encoding="utf-8")
    with pytest.raises(DataFolderError, match="cannot be written"):
        await run_day(DAY, ScriptedContext(data=str(tmp_path / "file")))


# A run in a process of its own, whose model never answers for one desk: it can only be killed.
KILLED = """
import asyncio, sys
from tests.graph.test_runs import hanging
from graph.runs import run_day
from tests.scripted import DAY

asyncio.run(run_day(DAY, hanging(sys.argv[1]), watch=lambda e: print(e.step, e.desk, e.kind, flush=True)))
"""


class Hanging(ScriptedContext):
    """Judges every desk but one, whose answer never comes."""

    @property
    def llm(self):  # type: ignore[no-untyped-def,override]
        return _Waits(script())


class _Waits(ScriptedLLM):
    async def ask(self, prompt: str, answer: Any, *, about: str | None = None, **values: Any) -> Any:
        if about == "quantum" and prompt.endswith("critique"):
            await asyncio.Event().wait()
        return await super().ask(prompt, answer, about=about, **values)


def hanging(data: str) -> Hanging:
    return Hanging(data=data, **MANY)


def finished_branches(data: Path, channel: str = "items") -> int:
    """How many branches of the step under way the checkpoint holds a result of. ``channel``: what they add to, as a
    pattern of SQL; sections add items."""
    with sqlite3.connect(f"file:{data / 'runs.sqlite'}?mode=ro", uri=True) as db:
        rows = db.execute(
            "SELECT count(DISTINCT task_id) FROM writes WHERE channel LIKE ? AND checkpoint_ns = '' "
            "AND checkpoint_id = (SELECT max(checkpoint_id) FROM checkpoints WHERE checkpoint_ns = '')",
            (channel,),
        ).fetchone()
    return int(rows[0])


async def test_a_run_killed_in_the_fan_out_ends_like_an_undisturbed_one_and_repeats_no_section(tmp_path: Path) -> None:
    disturbed, calm = tmp_path / "disturbed", tmp_path / "calm"
    process = subprocess.Popen(
        [sys.executable, "-c", KILLED, str(disturbed)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert process.stdout is not None
        waiting = {"audio", "robotics"}
        for line in process.stdout:
            step, desk, kind = line.split()
            if (step, kind) == ("section", "done"):
                waiting.discard(desk)
            if not waiting:
                break
        assert not waiting
        # The event may be a moment ahead of the write; the file itself says when it is safe to pull the plug.
        for _ in range(1_000_000):
            if finished_branches(disturbed) == 2:
                break
        assert finished_branches(disturbed) == 2
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.communicate()

    context = ScriptedContext(data=str(disturbed), script=script(), **MANY)
    outcome = await run_day(DAY, context)
    await run_day(DAY, ScriptedContext(data=str(calm), script=script(), **MANY))

    assert outcome.kind == "resumed"
    assert published(disturbed) == published(calm)
    assert {about for _, about in context.llm.asked if about} == {"quantum", "frame"}
    journal = (disturbed / "runs" / f"{DAY}-ko.jsonl").read_text(encoding="utf-8").splitlines()
    done = Counter(e["step"] for e in map(json.loads, journal) if e["kind"] == "done")
    assert (done["retrieve"], done["synthesize"], done["section"]) == (1, len(SEVERAL), 3)


async def test_a_changed_abstract_does_not_change_what_a_resumed_run_had_read(tmp_path: Path) -> None:
    with pytest.raises(StopRun):
        await run_day(DAY, ScriptedContext(data=str(tmp_path), script=script(frame=stops)))
    changed: tuple[Paper, ...] = tuple(p.model_copy(update={"abstract": "Gone."}) for p in PAPERS)
    context = ScriptedContext(data=str(tmp_path), script=script(), shelves=(Shelf({DAY: changed}),))
    report = (await run_day(DAY, context)).report
    assert {p.abstract for p in report.papers} == {p.abstract for p in PAPERS}


async def test_a_day_that_breaks_when_run_again_keeps_the_report_and_the_memory_it_had(tmp_path: Path) -> None:
    good = await run_day(DAY, ScriptedContext(data=str(tmp_path)))
    before = published(tmp_path)
    down = ScriptedContext(data=str(tmp_path), shelves=(Shelf({}, fails="it answered 503"),))
    outcome = await run_day(DAY, down, again=True)
    assert (outcome.report.status, outcome.kept, good.kept) == ("broken", True, False)
    assert published(tmp_path) == before
    with down.memory() as memory:
        assert memory.counts()["papers"] == len(PAPERS)


def test_every_setting_that_changes_what_is_written_makes_another_run(tmp_path: Path) -> None:
    changed: dict[str, Any] = {
        "model": "openai:other",
        "language": "en",
        "sources": ("sample",),
        "papers": ("day.jsonl",),
        "cap": 3,
        "critic_model": "openai:judge",
        "exam": 0.8,
        "in_full": 4,
        "papers_at_once": 5,
        "embedder": "openai:text-embedding-3-small",
        "revisions": 1,
        "shape": "five-part",
    }
    others: dict[str, Any] = {
        "data": tmp_path,
        "fallback_model": "openai:second",
        "calls_at_once": 2,
        "attempts": 7,
        "timeout": 9.5,
        "budget_tokens": 1000,
        "budget_usd": 0.5,
        "prices": {"other": (0.25, 2.0)},
        "cache_replies": False,
        "contact": "me@example.org",
        "chroma_url": "http://127.0.0.1:9999",
        "review": "always",
        "interests": "mine.toml",
        "keep_days": 3,
    }
    assert {*changed, *others} == set(Settings.model_fields)
    plain = inputs_of(Context())
    assert [name for name, value in changed.items() if continues(plain, Context(**{name: value}))] == []
    assert [name for name, value in others.items() if not continues(plain, Context(**{name: value}))] == []


def test_a_run_that_an_earlier_version_began_goes_on_unless_a_setting_differs() -> None:
    told = json.loads(inputs_of(Context()))
    del told["shape"]
    assert continues(json.dumps({**told, "arxiv_categories": ["cs.AI"]}), Context())
    assert not continues(json.dumps({**told, "cap": 3}), Context())
    assert not continues(json.dumps(told), Context(shape="five-part"))
    assert not continues("", Context())


async def test_whether_a_run_was_edited_is_asked_of_each_of_its_steps_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: Counter[str] = Counter()
    whole = AsyncSqliteSaver.get_tuple

    def counted(saver: AsyncSqliteSaver, config: Any) -> Any:
        read[config["configurable"].get("checkpoint_id", "the newest")] += 1
        return whole(saver, config)

    monkeypatch.setattr(AsyncSqliteSaver, "get_tuple", counted)
    await run_day(DAY, scripted(tmp_path, **MANY))
    del read["the newest"]
    assert len(read) > 6 and set(read.values()) == {1}


async def test_what_goes_on_from_an_edited_step_in_a_file_is_a_fork_and_the_day_stays_as_it_is(tmp_path: Path) -> None:
    context = scripted(tmp_path, **MANY)
    await run_day(DAY, context)
    before = published(tmp_path)
    async with runs.opened(tmp_path, DAY, "ko") as held:
        thread: Any = {"configurable": thread_of(held.thread)}
        steps = [step async for step in held.graph.aget_state_history(thread)]
        [reviewed] = [step for step in steps if step.next == ("publish",)]
        await held.graph.aupdate_state(reviewed.config, {"warnings": ["mended"]}, as_node="review")
        ended = await held.graph.ainvoke(None, thread, context=scripted(tmp_path, **MANY))
    assert ended["ended"] == "fork" and str(tmp_path / "forks" / "studio-") in ended["folder"]
    assert published(tmp_path) == before


async def test_the_steps_of_so_many_finished_days_are_kept_and_those_of_every_unfinished_one(tmp_path: Path) -> None:
    with pytest.raises(StopRun):
        await run_day(DAY, ScriptedContext(data=str(tmp_path), script=script(frame=stops)))
    for day in (NEXT, TODAY):
        await run_day(day, ScriptedContext(data=str(tmp_path), keep_days=1))
    async with open_checkpoints(tmp_path) as saver:
        assert await newest_first(saver) == [f"{TODAY}:ko", f"{DAY}:ko"]
