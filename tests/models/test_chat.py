"""The door to a chat model, with the real client against a server on loopback that misbehaves on purpose."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import Any

import httpx2
import pytest

from agents.critic import Item
from domain.critiques import Verdicts
from models.chat import ChatLLM, open_model
from models.llm import BadAnswer, ModelFailed, StopRun, UnknownModel
from models.meter import BudgetSpent, Meter, Price
from models.replies import Replies
from tests.model_server import Answer, ModelServer, Say, serve

GOOD = '{"supported": ["S1"], "rejected": []}'
VALUES: dict[str, Any] = {
    "language": "ko",
    "items": [Item(id="S1", text="정확도를 높였다.", cites=("E1",))],
    "sentences": [("E1", "It improves accuracy.")],
    "fence": "====",
}


class Door:
    """A ChatLLM on the server, with the pauses it made instead of real ones."""

    def __init__(self, url: str, folder: Path, **settings: Any) -> None:
        self.pauses: list[float] = []
        meter = settings.pop("meter", None) or Meter(folder / "calls.sqlite")
        meter.start(date(2026, 11, 20), "ko")
        names = settings.pop("names", ("first",))
        self.llm = ChatLLM(
            models=[open_model(f"openai:{name}", timeout=120.0, url=url, key="test") for name in names],
            meter=meter,
            sleep=self._pause,
            **settings,
        )
        self.meter = meter

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)

    async def ask(self, **changes: Any) -> Verdicts:
        return await self.llm.ask("critique", Verdicts, about="robotics", **{**VALUES, **changes})


@pytest.fixture
def served() -> Iterator[Any]:
    """Starts servers for a test and stops them after it."""
    with ExitStack() as running:
        yield lambda answer: running.enter_context(serve(answer))


@pytest.fixture
async def door(tmp_path: Path) -> AsyncIterator[Any]:
    """Makes doors for a test and closes them after it."""
    opened: list[Door] = []

    def make(server: ModelServer, **settings: Any) -> Door:
        opened.append(Door(server.url, tmp_path, **settings))
        return opened[-1]

    yield make
    for each in opened:
        await each.llm.aclose()


def always(said: Say) -> Answer:
    return lambda request, number: said


def then(*said: Say) -> Answer:
    """Each answer once, the last one for ever."""
    return lambda request, number: said[min(number, len(said) - 1)]


async def test_a_good_answer_is_validated_and_its_tokens_are_counted(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    llm = door(server)
    assert (await llm.ask()).supported == ("S1",)
    (usage,) = llm.meter.usage()
    assert (usage.agent, usage.category, usage.calls, usage.failed) == ("critique", "robotics", 1, 0)
    assert usage.prompt.startswith("critique@")
    assert usage.input_tokens > 100 and usage.output_tokens > 5
    (request,) = server.asked
    assert request["response_format"]["json_schema"]["strict"] is True


@pytest.mark.parametrize(
    "bad",
    [
        Say("not json"),
        Say('{"supported": "S1"}'),
        Say(GOOD[:20], finish="length"),
        Say("", refusal="I cannot help with that."),
        Say(""),
    ],
    ids=["invalid JSON", "another shape", "cut off", "refusal", "empty"],
)
async def test_a_bad_answer_is_repaired_once_with_the_fault_quoted(
    bad: Say, served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(then(bad, Say(GOOD)))
    llm = door(server)
    assert (await llm.ask()).supported
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
    assert (await door(server).ask()).supported


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
    assert (await llm.ask()).supported
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
    assert (await llm.ask()).supported
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
        (Say(status=429, body={"error": {"message": "used up", "code": "insufficient_quota"}}), "quota"),
    ],
    ids=["key", "permission", "model", "quota"],
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
    assert (await llm.ask()).supported
    assert [r["model"] for r in server.asked] == ["first", "first", "second"]
    assert {u.model: (u.calls, u.failed) for u in llm.meter.usage()} == {"first": (2, 2), "second": (1, 0)}


async def test_no_more_calls_than_allowed_are_under_way_at_once(served: Any, door: Any, tmp_path: Path) -> None:
    under_way, most = 0, 0

    class Counting(Meter):
        def reserve(self, model: str, input_tokens: int, output_tokens: int) -> int:
            nonlocal under_way, most
            under_way += 1
            most = max(most, under_way)
            return super().reserve(model, input_tokens, output_tokens)

        def settle(self, ticket: int, call: Any) -> None:
            nonlocal under_way
            under_way -= 1
            super().settle(ticket, call)

    server: ModelServer = served(always(Say(GOOD)))
    llm = door(server, at_once=3, meter=Counting(tmp_path / "calls.sqlite"))
    await asyncio.gather(*(llm.ask(fence=f"=={n}==") for n in range(12)))
    assert len(server.asked) == 12
    assert 1 < most <= 3


async def test_a_budget_in_tokens_stops_before_the_call_that_could_exceed_it(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    meter = Meter(tmp_path / "calls.sqlite", budget_tokens=4_000)
    llm = door(server, meter=meter, longest_answer=3_000)
    await llm.ask()
    with pytest.raises(BudgetSpent, match="budget is 4,000"):
        for n in range(10):
            await llm.ask(fence=f"=={n}==")
    spent = sum(u.input_tokens + u.output_tokens for u in meter.usage())
    assert spent <= 4_000
    assert len(server.asked) == sum(u.calls for u in meter.usage())


async def test_a_budget_in_money_needs_prices_and_then_holds(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    unpriced = door(server, meter=Meter(tmp_path / "1.sqlite", budget_usd=1.0))
    with pytest.raises(StopRun, match="price of first"):
        await unpriced.ask()
    prices = {"first": Price(input=1.0, output=10.0)}
    priced = door(server, meter=Meter(tmp_path / "2.sqlite", budget_usd=0.0001, prices=prices))
    with pytest.raises(BudgetSpent, match=r"\$0\.0001"):
        await priced.ask()
    assert server.asked == []


async def test_the_cost_is_known_where_the_price_is(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    meter = Meter(tmp_path / "calls.sqlite", prices={"first": Price(input=2.0, output=10.0)})
    llm = door(server, meter=meter)
    await llm.ask()
    (usage,) = meter.usage()
    assert usage.cost == pytest.approx((usage.input_tokens * 2 + usage.output_tokens * 10) / 1e6)


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
    assert (await llm.ask()).supported


class Full(Replies):
    """Its disk has no room for another answer."""

    def keep(self, *_: object) -> None:
        raise OSError("no space left on device")


async def test_an_answer_that_cannot_be_kept_is_counted_and_a_later_stop_does_not_wait_for_it(
    served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(then(Say(GOOD), Say(status=401)))
    llm = door(server, replies=Full(tmp_path / "replies.sqlite"))
    with pytest.raises(OSError, match="no space"):
        await llm.ask()
    (usage,) = llm.meter.usage()
    assert (usage.calls, usage.failed) == (1, 0) and usage.input_tokens > 0
    with pytest.raises(StopRun):
        await llm.ask()


async def test_a_run_that_was_cut_off_goes_on_counting(served: Any, door: Any, tmp_path: Path) -> None:
    server: ModelServer = served(always(Say(GOOD)))
    await door(server).ask()
    later = Meter(tmp_path / "calls.sqlite")
    later.resume(date(2026, 11, 20), "ko")
    assert sum(u.calls for u in later.usage()) == 1


def test_a_model_is_named_by_provider_and_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownModel, match="openai:NAME"):
        open_model("gpt-5", timeout=1.0)
    with pytest.raises(StopRun, match="OPENAI_API_KEY"):
        open_model("openai:gpt-5", timeout=1.0)
    monkeypatch.setenv("OPENAI_API_KEY", "a key")
    assert open_model("openai:gpt-5", timeout=1.0).name == "gpt-5"
