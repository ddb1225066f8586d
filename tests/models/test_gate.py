"""The gate before a model's server: how many calls it lets in, by how the server answers."""

import asyncio
import threading
from typing import Any

import pytest

from models.gate import Gate
from tests.model_server import ModelServer, Say
from tests.models.conftest import GOOD


async def held(gate: Gate, calls: int) -> int:
    """How many of that many calls are let in, while none of them ends."""
    entered = 0
    over = asyncio.Event()

    async def call() -> None:
        nonlocal entered
        async with gate:
            entered += 1
            await over.wait()

    tasks = [asyncio.create_task(call()) for _ in range(calls)]
    await asyncio.sleep(0)
    await asyncio.sleep(0)
    let_in = entered
    over.set()
    await asyncio.gather(*tasks)
    assert entered == calls
    return let_in


async def test_a_server_that_answers_side_by_side_is_given_more_calls_up_to_what_is_allowed() -> None:
    gate = Gate(20, begin=4)
    assert await held(gate, 30) == 4
    for _ in range(9):
        gate.begun(0.4)
    assert await held(gate, 30) == 13
    for _ in range(20):
        gate.begun(1.2)
    assert await held(gate, 30) == 20


async def test_a_server_that_lets_answers_wait_for_each_other_is_given_no_more() -> None:
    gate = Gate(20, begin=4)
    gate.begun(0.4)
    for waited in (4.0, 8.0, 12.0):
        gate.begun(waited)
    assert await held(gate, 30) == 5


async def test_calls_that_are_refused_together_halve_the_room_once_and_it_grows_back_slowly() -> None:
    gate = Gate(16, begin=16)

    async def refused() -> tuple[bool, int]:
        async with gate:
            turn = gate.turn
            await asyncio.sleep(0)
            return gate.crowded(turn), gate.room

    assert await asyncio.gather(*(refused() for _ in range(16))) == [(True, 8)] * 16
    for _ in range(8):
        gate.begun(0.4)
    assert gate.room == 9
    assert await refused() == (False, 9)  # alone it cannot have been one too many


async def test_a_call_that_is_cancelled_while_it_waits_takes_no_place() -> None:
    gate = Gate(1)

    async def call() -> None:
        async with gate:
            pass

    async with gate:
        waiting = asyncio.create_task(call())
        await asyncio.sleep(0)
        waiting.cancel()
        with pytest.raises(asyncio.CancelledError):
            await waiting
    assert await held(gate, 1) == 1


async def test_a_question_is_not_given_up_while_fewer_at_once_may_be_answered(served: Any, door: Any) -> None:
    together = threading.Barrier(8)

    def answer(_: object, number: int) -> Say:
        if number < 8:
            together.wait()  # all of them are there before the first is refused
        return Say(GOOD) if number >= 12 else Say("too many", status=429)

    server: ModelServer = served(answer)
    llm = door(server, free=Gate(16, begin=16), attempts=2)
    answers = await asyncio.gather(*(llm.ask(fence=f"=={n}==") for n in range(8)))
    assert all(one.ok for one in answers) and len(server.asked) == 20
    assert llm.llm.free.turn and llm.llm.free.room < 8
