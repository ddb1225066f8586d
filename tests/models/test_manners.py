"""Servers of every manner, asked by the real client through the door."""

import asyncio
from pathlib import Path
from typing import Any

import pytest
from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.runnables import RunnableLambda

from models.llm import AnswerCut, ModelFailed, PromptTooLong, StopRun
from models.manners import Known, Manners
from tests.model_server import ModelServer, Say
from tests.models.conftest import GOOD
from tests.models.manners import HOLDS, NEVER, REFUSES, STOPS, Manner


def answers(manner: Manner) -> Any:
    return lambda request, number: manner(request, GOOD)


@pytest.mark.parametrize("name", HOLDS)
async def test_an_answer_is_found_wherever_it_stands_without_asking_again(name: str, served: Any, door: Any) -> None:
    server: ModelServer = served(answers(HOLDS[name]))
    llm = door(server)
    assert (await llm.ask()).ok == ("L1 P1.1",)
    assert len(server.asked) == 1
    (usage,) = llm.meter.usage()
    assert (usage.calls, usage.failed) == (1, 0) and usage.input_tokens > 0


@pytest.mark.parametrize("name", REFUSES)
async def test_a_server_that_refuses_a_part_of_the_request_is_asked_in_a_humbler_way_now_and_in_the_next_run(
    name: str, served: Any, door: Any, tmp_path: Path
) -> None:
    server: ModelServer = served(answers(REFUSES[name]))
    path = tmp_path / "servers.json"
    llm = door(server, known=Known(path))
    assert (await llm.ask(answer_tokens=2_000)).ok == ("L1 P1.1",)
    found = len(server.asked)
    assert found > 1
    assert (await llm.ask()).ok == ("L1 P1.1",)
    if name != "more tokens than its window holds":  # which depends on the question
        assert len(server.asked) == found + 1
        later = door(server, known=Known(path))
        assert (await later.ask()).ok == ("L1 P1.1",)
        assert len(server.asked) == found + 2
    assert len(llm.meter.usage()) == 1
    assert llm.pauses == []


async def test_one_who_is_still_finding_out_a_servers_manners_goes_on_when_another_has_found_them(
    served: Any, door: Any
) -> None:
    class Slow(Known):
        """Of a question that had begun before anything was learned."""

        def of(self, key: str) -> Manners:
            return Manners()

    server: ModelServer = served(answers(REFUSES["everything but the plainest, without a word"]))
    llm = door(server, known=Slow())
    assert (await llm.ask()).ok == ("L1 P1.1",)
    assert (await llm.ask(again=False)).ok == ("L1 P1.1",)


@pytest.mark.parametrize("name", NEVER)
async def test_where_no_answer_comes_the_asker_is_told_why_in_a_sentence(name: str, served: Any, door: Any) -> None:
    manner, words = NEVER[name]
    server: ModelServer = served(answers(manner))
    llm = door(server, attempts=2)
    kind = StopRun if name == "402" else ModelFailed
    with pytest.raises(kind) as failed:
        await llm.ask()
    assert words in str(failed.value)
    (usage,) = llm.meter.usage()
    assert (usage.calls, usage.failed) == (len(server.asked), len(server.asked))


@pytest.mark.parametrize("name", STOPS)
async def test_where_no_answer_will_ever_come_the_run_stops_in_a_sentence(name: str, served: Any, door: Any) -> None:
    manner, words = STOPS[name]
    server: ModelServer = served(answers(manner))
    with pytest.raises(StopRun, match=words):
        await door(server).ask()
    assert len(server.asked) == 1


@pytest.mark.parametrize("name", ["402", "a used-up quota"])
async def test_with_its_credit_used_up_a_model_is_left_to_its_fallback_and_asked_no_more(
    name: str, served: Any, door: Any
) -> None:
    manner, words = STOPS[name]
    server: ModelServer = served(lambda r, n: manner(r, GOOD) if r["model"] == "first" else Say(GOOD))
    llm = door(server, names=("first", "second"))
    assert (await llm.ask()).ok and (await llm.ask(fence="=")).ok
    assert [r["model"] for r in server.asked] == ["first", "second", "second"]
    assert any("first was given up" in note and words in note for note in llm.llm.notes)
    assert "2 questions were answered by a fallback model" in llm.llm.notes


async def test_a_model_that_answered_before_does_not_end_the_run_by_one_odd_status(served: Any, door: Any) -> None:
    """A filter refuses one question with 403; a gateway loses another one with 404."""
    server: ModelServer = served(lambda r, n: Say(GOOD) if n == 0 else Say(status=(403, 404, 405)[n - 1]))
    llm = door(server)
    await llm.ask()
    for fence in ("=1=", "=2=", "=3="):
        with pytest.raises(ModelFailed):
            await llm.ask(fence=fence)


async def test_each_rung_asks_as_it_is_told_and_the_receipt_names_it(served: Any, door: Any) -> None:
    server: ModelServer = served(answers(REFUSES["every response_format"]))
    llm = door(server)
    await llm.ask()
    strict, mode, plain = server.asked
    assert strict["response_format"]["json_schema"]["strict"] is True
    assert "schema" not in strict["messages"][0]["content"]
    assert mode["response_format"] == {"type": "json_object"}
    assert "response_format" not in plain
    for request in (mode, plain):
        assert '"ok"' in request["messages"][0]["content"] and "JSON" in request["messages"][0]["content"]
    (note,) = llm.llm.notes
    assert "first at 127.0.0.1" in note and "plain text, with the schema in the prompt" in note


async def test_a_limit_is_sent_with_each_call_by_the_name_that_the_server_takes(served: Any, door: Any) -> None:
    server: ModelServer = served(answers(REFUSES["max_completion_tokens"]))
    llm = door(server)
    await llm.ask()
    await llm.ask(fence="=", answer_tokens=77)
    first, second, third = server.asked
    assert first["max_completion_tokens"] == second["max_tokens"] > 600
    assert "max_completion_tokens" not in second
    assert third["max_tokens"] == 77


async def test_an_answer_that_was_cut_is_not_asked_for_again_as_it_was(served: Any, door: Any) -> None:
    server: ModelServer = served(answers(NEVER["a cut"][0]))
    llm = door(server)
    with pytest.raises(AnswerCut, match=r"critique@[0-9a-f]{8}: it was cut off"):
        await llm.ask()
    assert len(server.asked) == 1
    assert llm.llm.notes[-1] == "first: 1 answer was cut off at its length limit"


async def test_an_answer_that_was_complete_when_it_was_cut_is_used(served: Any, door: Any) -> None:
    server: ModelServer = served(answers(lambda request, good: Say(good + "\n\n\n", finish="length")))
    assert (await door(server).ask()).ok


async def test_a_model_that_thinks_gets_room_for_it_once_it_was_cut_while_thinking(served: Any, door: Any) -> None:
    def manner(request: dict[str, Any], good: str) -> Say:
        if request["max_completion_tokens"] < 5_000:
            return Say(message={"content": None, "reasoning_content": "Let me see."}, finish="length")
        return Say(message={"content": good, "reasoning_content": "Let me see. So."})

    server: ModelServer = served(answers(manner))
    llm = door(server)
    assert (await llm.ask()).ok
    assert (await llm.ask(fence="=")).ok
    limits = [r["max_completion_tokens"] for r in server.asked]
    assert len(limits) == 3 and limits[0] < 5_000 < limits[1]


async def test_a_model_that_babbles_is_left_in_the_middle_and_counted(served: Any, door: Any) -> None:
    server: ModelServer = served(lambda r, n: NEVER["babble"][0](r, GOOD) if n else Say(GOOD))
    llm = door(server)
    await llm.ask()
    with pytest.raises(AnswerCut, match="over and over"):
        await llm.ask(fence="=")
    assert await asyncio.to_thread(server.hung_up.wait, 60)
    assert len(server.asked) == 2
    (usage,) = llm.meter.usage()
    assert (usage.calls, usage.failed) == (2, 1) and 100 < usage.output_tokens < 3_000
    assert "first: 1 answer was stopped as babble and 1 answer came without token counts" in llm.llm.notes[-1]


async def test_a_server_that_keeps_to_no_limit_is_left_far_beyond_it(served: Any, door: Any) -> None:
    words = " ".join(f"word{n}" for n in range(400))
    server: ModelServer = served(answers(lambda request, good: Say(endless=words)))
    with pytest.raises(AnswerCut, match="far beyond its length limit"):
        await door(server).ask(answer_tokens=50)
    assert await asyncio.to_thread(server.hung_up.wait, 60)


async def test_missing_usage_is_estimated_and_marked(served: Any, door: Any) -> None:
    server: ModelServer = served(answers(HOLDS["no usage"]))
    llm = door(server)
    await llm.ask()
    (usage,) = llm.meter.usage()
    assert usage.input_tokens > 100 and usage.output_tokens > 5
    assert llm.llm.notes[-1] == "first: 1 answer came without token counts: estimated"


async def test_a_prompt_that_does_not_fit_is_told_apart_and_asked_once(served: Any, door: Any) -> None:
    server: ModelServer = served(answers(NEVER["a context window that is too small"][0]))
    with pytest.raises(PromptTooLong, match="2,048 tokens"):
        await door(server).ask()
    assert len(server.asked) == 1


async def test_a_window_that_fits_the_prompt_only_just_gives_a_shorter_answer(served: Any, door: Any) -> None:
    server: ModelServer = served(answers(REFUSES["more tokens than its window holds"]))
    await door(server).ask(answer_tokens=2_000)
    assert [r["max_completion_tokens"] for r in server.asked] == [2_000, 1_032]


async def test_a_fallback_is_asked_where_the_first_model_is_cut_and_else_the_asker_may_ask_for_less(
    served: Any, door: Any
) -> None:
    cut = NEVER["a cut"][0]
    server: ModelServer = served(lambda r, n: cut(r, GOOD) if r["model"] == "first" else Say(status=418))
    with pytest.raises(AnswerCut, match=r"first: .*cut off.*second: .*418"):
        await door(server, names=("first", "second")).ask()


async def test_a_strange_file_of_manners_is_no_hindrance(served: Any, door: Any, tmp_path: Path) -> None:
    path = tmp_path / "servers.json"
    path.write_text('{"127.0.0.1 first": {"rung": "telepathy"}}', encoding="utf-8")
    server: ModelServer = served(answers(HOLDS["plain"]))
    assert (await door(server, known=Known(path)).ask()).ok


class Counting(AsyncCallbackHandler):
    """A tracer, or Studio."""

    def __init__(self) -> None:
        self.tokens = 0

    async def on_llm_new_token(self, token: Any, **_: Any) -> None:
        self.tokens += 1


async def test_whoever_watches_the_run_sees_the_tokens_too(served: Any, door: Any) -> None:
    server: ModelServer = served(answers(HOLDS["plain"]))
    llm, watching = door(server), Counting()

    async def step(_: object) -> object:
        return await llm.ask()

    await RunnableLambda(step).ainvoke(None, {"callbacks": [watching]})
    assert watching.tokens > 1
