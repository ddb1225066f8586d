"""The door to a chat model, with the real client against a server on loopback that misbehaves on purpose."""

import asyncio
import gc
import sqlite3
import threading
from collections import Counter
from datetime import date
from pathlib import Path
from types import AsyncGeneratorType
from typing import Any

import httpx2
import pytest
from sqlalchemy import Engine, event

from agents.verdicts import Verdicts
from models.gate import Gate
from models.llm import BadAnswer, ModelFailed, StopRun
from models.meter import BudgetSpent, Call, Meter
from models.prices import Price
from models.replies import NoRoom, Replies
from tests.model_server import Answer, ModelServer, Say
from tests.models.conftest import GOOD
from tests.threads import Told


def always(said: Say) -> Answer:
    return lambda request, number: said


def then(*said: Say) -> Answer:
    """Each answer once, the last one for ever."""
    return lambda request, number: said[min(number, len(said) - 1)]


async def test_a_good_answer_is_validated_and_its_tokens_are_counted(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    llm = door(server)
    assert (await llm.ask()).ok == ("L1 P1.1",)
    (usage,) = llm.meter.usage()
    assert (usage.agent, usage.category, usage.calls, usage.failed) == ("critique", "robotics", 1, 0)
    assert usage.prompt.startswith("ko/critique@")
    assert usage.input_tokens > 100 and usage.output_tokens > 5
    (request,) = server.asked
    assert request["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize(
    "bad",
    [
        Say("not json"),
        Say('{"ok": "L1"}'),
        Say("", refusal="I cannot help with that."),
        Say(""),
    ],
    ids=["invalid JSON", "another shape", "refusal", "empty"],
)
async def test_a_bad_answer_is_repaired_once_with_the_fault_quoted(
    bad: Say, served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(then(bad, Say(GOOD)))
    llm = door(server)
    assert (await llm.ask()).ok
    assert len(server.asked) == 2
    assert "cannot be used" in server.asked[1]["messages"][-1]["content"]
    (usage,) = llm.meter.usage()
    assert (usage.calls, usage.failed) == (2, 1)
    assert usage.input_tokens > 0


async def test_a_second_bad_answer_ends_in_an_error_that_names_the_prompt(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(always(Say("never json")))
    llm = door(server)
    with pytest.raises(BadAnswer, match=r"critique@[0-9a-f]{8}.*Verdicts"):
        await llm.ask()
    assert len(server.asked) == 2


async def test_an_answer_in_a_code_fence_is_read(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(f"```json\n{GOOD}\n```")))
    assert (await door(server).ask()).ok


@pytest.mark.parametrize(
    ("fault", "pauses"),
    [
        (Say(status=500), [1.0, 2.0]),
        (Say(status=429), [1.0, 2.0]),
        (Say(status=429, headers={"Retry-After": "7"}), [7.0, 7.0]),
        (Say(drop=True), [1.0, 2.0]),
    ],
    ids=["500", "429", "429 with Retry-After", "dropped"],
)
async def test_what_may_pass_is_tried_again_after_a_pause(
    fault: Say, pauses: list[float], served: Any, door: Any
) -> None:
    server: ModelServer = served(then(fault, fault, Say(GOOD)))
    llm = door(server)
    assert (await llm.ask()).ok
    assert (len(server.asked), llm.pauses) == (3, pauses)
    (usage,) = llm.meter.usage()
    assert (usage.calls, usage.failed) == (3, 2)


async def test_a_server_that_never_recovers_is_given_up_after_the_allowed_attempts(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(always(Say(status=503)))
    llm = door(server, attempts=3)
    with pytest.raises(ModelFailed, match="3 attempts"):
        await llm.ask()
    assert len(server.asked) == 3


async def test_a_call_without_an_answer_times_out_and_is_tried_again(served: Any, door: Any, tmp_path: Path) -> None:
    sent: list[httpx2.Request] = []

    async def hurry(request: httpx2.Request) -> None:
        sent.append(request)
        if len(sent) == 1:
            request.extensions["timeout"]["read"] = 0.1

    llm = door(served(lambda request, number: Say(hang=True) if len(sent) == 1 else Say(GOOD)))
    llm.llm.models[0].http.event_hooks = {"request": [hurry]}
    assert (await llm.ask()).ok
    assert len(sent) == 2
    (usage,) = llm.meter.usage()
    assert (usage.calls, usage.failed) == (2, 1)


async def test_a_pause_that_is_too_long_is_not_waited_for(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(status=429, headers={"Retry-After": "3600"})))
    llm = door(server)
    with pytest.raises(ModelFailed):
        await llm.ask()
    assert (len(server.asked), llm.pauses) == (1, [])


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Say(status=401, text="no such key"), "OPENAI_API_KEY"),
        (Say(status=403, text="not yours"), "OPENAI_API_KEY"),
        (Say(status=404, text="no such model"), "--model"),
    ],
    ids=["key", "permission", "model"],
)
async def test_what_no_attempt_can_help_stops_the_run_at_once(said: Say, words: str, served: Any, door: Any) -> None:
    server: ModelServer = served(always(said))
    llm = door(server, names=("first", "second"))
    with pytest.raises(StopRun, match=words):
        await llm.ask()
    assert len(server.asked) == 1


async def test_the_fallback_is_asked_when_the_first_model_fails_for_good(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(lambda r, n: Say(GOOD) if r["model"] == "second" else Say(status=500))
    llm = door(server, names=("first", "second"), attempts=2)
    assert (await llm.ask()).ok
    assert [r["model"] for r in server.asked] == ["first", "first", "second"]
    assert {u.model: (u.calls, u.failed) for u in llm.meter.usage()} == {"first": (2, 2), "second": (1, 0)}


class Counting(Gate):
    """Tells how many places are taken."""

    under_way = most = 0

    async def __aenter__(self) -> None:
        await super().__aenter__()
        self.under_way += 1
        self.most = max(self.most, self.under_way)

    async def __aexit__(self, *about: object) -> None:
        self.under_way -= 1
        await super().__aexit__(*about)


async def test_no_more_calls_than_allowed_are_under_way_at_once(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    llm = door(server, free=(gate := Counting(3)))
    await asyncio.gather(*(llm.ask(fence=f"=={n}==") for n in range(12)))
    assert len(server.asked) == 12
    assert 1 < gate.most <= 3


async def test_on_a_full_disk_no_more_answers_are_lost_than_calls_may_be_under_way(
    served: Any, door: Any, tmp_path: Path
) -> None:
    held: list[int] = []

    class Small(Replies):
        """Has room for one answer."""

        def keep(self, model: str, messages: Any, schema: object, text: str) -> None:
            held.append(gate.under_way)
            if len(held) > 1:
                raise NoRoom("the disk is full")
            super().keep(model, messages, schema, text)

    gate, server = Counting(1), served(always(Say(GOOD)))
    llm = door(server, free=gate, replies=Small(tmp_path / "replies.sqlite"))
    ends = await asyncio.gather(*(llm.ask(fence=f"=={n}==") for n in range(6)), return_exceptions=True)
    assert Counter(map(type, ends)) == {Verdicts: 1, StopRun: 5}
    assert len(server.asked) == 2 and held == [1, 1]  # a place that was given on before would let in one more


async def test_a_budget_in_tokens_stops_before_the_call_that_could_exceed_it(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    meter = Meter(tmp_path / "calls.sqlite", budget_tokens=6_000)
    llm = door(server, meter=meter, longest_answer=3_000)
    await llm.ask()
    with pytest.raises(BudgetSpent, match="budget is 6,000"):
        for n in range(40):
            await llm.ask(fence=f"=={n}==")
    spent = sum(u.input_tokens + u.output_tokens for u in meter.usage())
    assert spent <= 6_000
    assert len(server.asked) == sum(u.calls for u in meter.usage())


async def test_a_budget_in_money_needs_prices_and_then_holds(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    unpriced = door(server, meter=Meter(tmp_path / "1.sqlite", budget_usd=1.0))
    with pytest.raises(StopRun, match="price of first"):
        await unpriced.ask()
    prices = {"first": Price(input=1.0, cached=0.1, output=10.0)}
    priced = door(server, meter=Meter(tmp_path / "2.sqlite", budget_usd=0.0001, prices=prices))
    with pytest.raises(BudgetSpent, match=r"\$0\.0001"):
        await priced.ask()
    assert server.asked == []


async def test_the_cost_is_known_where_the_price_is(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    meter = Meter(tmp_path / "calls.sqlite", prices={"first": Price(input=2.0, cached=0.2, output=10.0)})
    llm = door(server, meter=meter)
    await llm.ask()
    (usage,) = meter.usage()
    assert usage.cost == pytest.approx((usage.input_tokens * 2 + usage.output_tokens * 10) / 1e6)


async def test_tokens_that_the_server_had_in_its_cache_are_counted_apart_and_cost_what_they_cost(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(always(Say(GOOD, had=100)))
    prices = {"first": Price(input=2.0, cached=0.2, output=10.0)}
    llm = door(server, meter=Meter(tmp_path / "calls.sqlite", prices=prices))
    await llm.ask()
    (usage,) = llm.meter.usage()
    assert usage.cached_tokens == 100 < usage.input_tokens
    dear, cheap = (usage.input_tokens - 100) * 2, 100 * 0.2
    assert usage.cost == pytest.approx((dear + cheap + usage.output_tokens * 10) / 1e6)


async def test_the_same_question_is_answered_from_the_cache_and_not_paid_again(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    first = door(server, replies=Replies(tmp_path / "replies.sqlite"))
    answer = await first.ask()
    second = door(server, replies=Replies(tmp_path / "replies.sqlite"))
    assert await second.ask() == answer
    assert len(server.asked) == 1
    (usage,) = second.meter.usage()
    assert (usage.calls, usage.cached, usage.input_tokens, usage.output_tokens) == (1, 1, 0, 0)
    await second.ask(fence="another question")
    assert len(server.asked) == 2


async def test_a_bad_answer_is_not_remembered(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(then(Say("bad"), Say("bad"), Say(GOOD)))
    llm = door(server, replies=Replies(tmp_path / "replies.sqlite"))
    with pytest.raises(BadAnswer):
        await llm.ask()
    assert (await llm.ask()).ok


async def test_an_answer_that_cannot_be_kept_is_an_answer_and_a_note_says_so(
    served: Any, door: Any, tmp_path: Path
) -> None:
    (tmp_path / "replies.sqlite").mkdir()  # no file can be opened there
    server: ModelServer = served(always(Say(GOOD)))
    llm = door(server, replies=Replies(tmp_path / "replies.sqlite"))
    assert (await llm.ask()).ok
    (usage,) = llm.meter.usage()
    assert (usage.calls, usage.failed) == (1, 0)
    assert any("answers cannot be remembered in" in note and "unable to open" in note for note in llm.llm.notes)


async def test_a_run_that_cannot_count_what_it_costs_stops_in_a_sentence(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    llm = door(server)
    with pytest.raises(StopRun, match=r"cannot be counted in .*calls\.sqlite"):
        Meter(tmp_path / "calls.sqlite" / "calls.sqlite").start(date(2026, 11, 20), "ko")
    (tmp_path / "calls.sqlite").write_bytes(b"no database" * 100)
    with pytest.raises(StopRun, match="not a database"):
        await llm.ask()
    assert server.asked == []


async def test_a_stop_comes_when_the_calls_under_way_are_settled(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(then(Say(GOOD), Say(status=401)))
    llm = door(server)
    await llm.ask()
    with pytest.raises(StopRun):
        await llm.ask(fence="=")


async def test_a_stop_waits_for_a_call_that_began_while_the_one_before_it_was_counted(
    served: Any, door: Any, tmp_path: Path
) -> None:
    counted, arrived = Told(), threading.Event()
    order: list[str] = []

    class Overtaken(Meter):
        def settle(self, ticket: int, call: Call) -> None:
            super().settle(ticket, call)
            order.append(call.outcome)
            if call.outcome == "failed":
                counted.set()  # its ticket is free, and nobody has heard of it yet
                arrived.wait()

    def answer(request: dict[str, Any], number: int) -> Say:
        if number == 0:
            return Say(status=401)
        arrived.set()
        return Say(GOOD)

    llm = door(served(answer), meter=Overtaken(tmp_path / "calls.sqlite"))

    async def stopped() -> None:
        with pytest.raises(StopRun):
            await llm.ask()
        order.append("stopped")

    first = asyncio.create_task(stopped())
    try:
        await counted.wait()
        assert (await llm.ask(fence="=")).ok
    finally:
        arrived.set()
    await first
    assert order == ["failed", "answered", "stopped"]


async def test_a_file_of_counts_from_before_estimates_were_marked_is_read_on(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "calls.sqlite") as db:
        db.execute(
            "CREATE TABLE calls (run TEXT, agent TEXT, prompt TEXT, model TEXT, category TEXT, outcome TEXT, "
            "input INTEGER, output INTEGER)"
        )
        db.execute("INSERT INTO calls VALUES ('2026-11-20:ko', 'edit', 'edit@1', 'first', '', 'answered', 10, 5)")
    db.close()
    meter = Meter(tmp_path / "calls.sqlite")
    meter.resume(date(2026, 11, 20), "ko")
    meter.record(Call(agent="edit", prompt="edit@1", model="first", category=None, outcome="cut", estimated=True))
    (usage,) = meter.usage()
    assert (usage.calls, usage.failed, usage.input_tokens) == (2, 1, 10)
    assert meter.outcomes() == {"answered": 1, "cut": 1}
    (note,) = meter.notes()
    assert note.startswith("first: 1 answer was cut off") and note.endswith(
        "1 answer came without token counts: estimated"
    )


async def test_a_run_that_was_cut_off_goes_on_counting(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    await door(server).ask()
    later = Meter(tmp_path / "calls.sqlite")
    later.resume(date(2026, 11, 20), "ko")
    assert sum(u.calls for u in later.usage()) == 1


async def test_a_count_that_fails_while_its_branch_is_cancelled_is_no_traceback(
    served: Any, door: Any, tmp_path: Path
) -> None:
    begun, cancelled = Told(), threading.Event()

    class Full(Meter):
        def settle(self, ticket: int, call: Call) -> None:
            begun.set()
            cancelled.wait()
            raise StopRun("the disk is full")

    told: list[dict[str, Any]] = []
    loop = asyncio.get_running_loop()
    loop.set_exception_handler(lambda _, context: told.append(context))
    llm = door(served(always(Say(GOOD))), meter=Full(tmp_path / "calls.sqlite"))
    asked = asyncio.create_task(llm.ask())
    try:
        await begun.wait()
        asked.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asked
        counting = asyncio.all_tasks() - {asyncio.current_task()}
    finally:
        cancelled.set()
    await asyncio.wait(counting)
    del asked, counting
    gc.collect()
    assert told == []


async def test_an_answer_that_breaks_off_with_an_error_leaves_no_stream_to_the_garbage_collector(
    served: Any, door: Any
) -> None:
    def left() -> list[AsyncGeneratorType[Any, Any]]:
        found = (held for held in gc.get_objects() if isinstance(held, AsyncGeneratorType))
        return [held for held in found if held.ag_frame and "openai_client" in held.ag_code.co_filename]

    broken = Say(raw=b'data: {"error": {"message": "it died"}}\n\n', headers={"Content-Type": "text/event-stream"})
    gc.collect()  # what tests before this one have left
    gc.disable()
    try:
        assert left() == []
        with pytest.raises(ModelFailed, match="it died"):
            await door(served(always(broken))).ask()
        assert left() == []
    finally:
        gc.enable()


async def test_an_answer_that_cannot_be_kept_because_the_disk_is_full_ends_the_run(
    served: Any, door: Any, tmp_path: Path
) -> None:
    def small(connection: Any, _: object) -> None:
        connection.execute("PRAGMA max_page_count = 1")

    server: ModelServer = served(always(Say(GOOD)))
    event.listen(Engine, "connect", small)
    try:
        with pytest.raises(StopRun, match="database or disk is full; make room and run again"):
            await door(server, replies=Replies(tmp_path / "replies.sqlite")).ask()
    finally:
        event.remove(Engine, "connect", small)
    assert len(server.asked) == 1
