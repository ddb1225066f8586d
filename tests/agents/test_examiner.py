"""A judge's exam: sat once, side by side, and not lost to one outage."""

import asyncio
from dataclasses import dataclass
from typing import Any

from agents import bank
from agents.examiner import examine, sittings
from models.llm import ModelFailed
from tests.scripted import ScriptedLLM

PARTS = len(sittings(bank.lines("ko")))


@dataclass
class Flaky(ScriptedLLM):
    """Honest, but for the calls that fail."""

    fails: int = 0
    calls: int = 0
    under_way: int = 0
    peak: int = 0

    async def ask(self, prompt: str, answer: Any, *, about: str | None = None, **values: Any) -> Any:
        self.calls += 1
        self.under_way += 1
        self.peak = max(self.peak, self.under_way)
        failing = self.calls <= self.fails
        await asyncio.sleep(0)
        self.under_way -= 1
        if failing:
            raise ModelFailed("the server is down")
        return await super().ask(prompt, answer, about=about, **values)


async def test_all_parts_of_an_exam_are_asked_side_by_side() -> None:
    llm = Flaky({})
    exam = await examine(language="ko", llm=llm)
    assert PARTS > 1 and llm.peak == llm.calls == PARTS
    assert exam.score == 1.0 and not exam.failure


async def test_what_an_outage_left_without_an_answer_is_asked_once_more() -> None:
    llm = Flaky({}, fails=PARTS)
    exam = await examine(language="ko", llm=llm)
    assert llm.calls == 2 * PARTS and exam.score == 1.0 and not exam.failure


async def test_what_is_never_answered_is_failed_and_says_why() -> None:
    llm = Flaky({}, fails=PARTS + 1)
    exam = await examine(language="ko", llm=llm)
    # The first that fails again is the last that is asked.
    assert llm.calls == PARTS + 1
    assert exam.failure == "the server is down" and exam.score == 0
