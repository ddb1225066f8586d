"""The benchmark of a written day: a server at a writer's speed, and what it tells of one run."""

import asyncio
from pathlib import Path

from benchmarks.day import answer, bundled, measure
from benchmarks.paced import serve, tokens
from models.provider import open_model
from models.reply import listen


def test_a_written_day_is_measured_with_its_calls_its_tokens_and_its_slowest_path(tmp_path: Path) -> None:
    with serve(answer, first=0.0, rate=1e6) as paced:
        told = measure(bundled(2), ["--exam", "0"], "en", paced, tmp_path)
    kinds = [one.schema for one in paced.answers]
    assert "2 papers, complete: 2 items, 0 of them quoted" in told
    assert {"Written", "Verdicts", "Outline"} <= set(kinds) and " calls" in told
    assert any(one.tokens_out for one in paced.answers) and " out" in told
    assert "  answer  en/" in told and "  own     " in told


def test_the_server_streams_a_token_an_event_and_tells_what_it_had_read_before() -> None:
    async def twice() -> list[int]:
        model = open_model("openai:paced", timeout=60, url=paced.url, key="none")
        heard: list[int] = []
        for end in ("one", "another"):
            asked = {"extra_body": {"response_format": {"type": "json_schema", "json_schema": {"name": "Any"}}}}
            reply = await listen(
                model.chat,
                [("system", "s" * 6_000), ("user", end)],
                asked=asked,
                most=9_000,
                sums=False,
            )
            assert reply.text == '{"said": "로봇이 배운다"}'
            assert reply.usage
            heard.append(reply.usage[-1])
        await model.aclose()
        return heard

    with serve(lambda request: {"said": "로봇이 배운다"}, first=0.0, rate=1e6) as paced:
        assert asyncio.run(twice()) == [len(tokens('{"said": "로봇이 배운다"}'))] * 2
    assert [one.cached for one in paced.answers] == [0, 1_408]
