"""An answer's events on their way to the client."""

import json
from collections.abc import AsyncIterator
from typing import Any

import httpx2
import pytest

from models.openai_client import Http, together
from models.reply import HEARD, Reply


def _event(delta: dict[str, Any], finish: str | None = None, **more: Any) -> bytes:
    choice = {"index": 0, "delta": delta, "finish_reason": finish}
    return b"data: " + json.dumps({"choices": [choice], **more}).encode() + b"\r\n\r\n"


def _events(text: bytes) -> list[Any]:
    told = [line.removeprefix(b"data: ") for line in text.splitlines() if line.strip()]
    return [line if line.startswith((b":", b"[")) else json.loads(line) for line in told]


def test_pieces_of_a_text_become_one_event_that_says_all_of_it() -> None:
    said = b"".join(_event({"role": "assistant", "content": piece}) for piece in ("하나 ", "\ud83d", "\ude00", " 둘"))
    [event] = _events(together(said))
    assert event["choices"][0]["delta"]["content"] == "하나 \U0001f600 둘"


@pytest.mark.parametrize(
    "told",
    [
        _event({"content": "!"}, "stop"),
        _event({"content": "!"}, usage={"prompt_tokens": 1}),
        _event({"content": "", "reasoning_content": "hm"}),
        _event({"content": "", "tool_calls": [{"index": 0}]}),
        _event({"content": None, "refusal": "no"}),
        b'data: {"choices": [], "usage": {"prompt_tokens": 1}}\n\n',
        b'data: {"choices": ["content"]}\n\n',
        b'data: {"error": {"message": "it died"}}\n\n',
        b": waiting\n\n",
        b"data: [DONE]\n\n",
    ],
)
def test_whatever_else_an_event_tells_stays_in_its_place(told: bytes) -> None:
    first, second = _event({"content": "a"}), _event({"content": "b"})
    assert _events(together(first + first + told + second)) == [
        *_events(_event({"content": "aa"})),
        *_events(told),
        *_events(second),
    ]


@pytest.mark.parametrize("last", [b"data: [DONE]\n\n", b'data: {"error": {"message": "it died"}}\n\n'])
async def test_the_end_of_an_answer_is_heard_with_its_last_words_though_the_server_sends_nothing_more(
    last: bytes,
) -> None:
    waited = False

    class Open(httpx2.AsyncByteStream):
        async def __aiter__(self) -> AsyncIterator[bytes]:
            nonlocal waited
            yield _event({"content": "a"})
            yield _event({"content": "b"}) + last[:12]
            yield last[12:]
            waited = True

    HEARD.set(Reply())
    answered = httpx2.Response(200, headers={"content-type": "text/event-stream"}, stream=Open())
    client = Http(transport=httpx2.MockTransport(lambda _: answered))
    async with client, client.stream("POST", "http://model/v1") as response:
        async for heard in response.aiter_raw():
            if last.strip() in heard:
                break
        assert not waited
