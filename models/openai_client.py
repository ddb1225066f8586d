"""LangChain's client for OpenAI's chat completions, made to understand every server that claims to speak them.

Imported when a model is opened: langchain_openai is slow to import.
"""

import json
import warnings
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import aclosing
from time import monotonic
from typing import Any, ClassVar, cast

import httpx2
from langchain_core.messages import AIMessageChunk
from langchain_core.outputs import ChatGenerationChunk
from langchain_openai import ChatOpenAI

from .loose import as_dict, as_list
from .reply import HEARD, Reply


class OddBody(Exception):
    """An answer with status 200 that is no chat completion; the text says what it is."""


class Http(httpx2.AsyncClient):
    """Hands every answer over as an event stream, also where the server sends one JSON object, whatever it calls it."""

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        """Raises OddBody."""
        response = await super().send(request, **options)
        streamed = "text/event-stream" in response.headers.get("content-type", "")
        heard = HEARD.get()
        if streamed and heard and isinstance(response.stream, httpx2.AsyncByteStream):
            response.stream = _Stream(response.stream, heard)
        if streamed or request.method != "POST" or response.status_code != 200:
            return response
        try:
            body = await response.aread()
        finally:
            await response.aclose()
        headers = {"content-type": "text/event-stream"}
        return httpx2.Response(200, headers=headers, content=_events(body), request=request)


PAUSE = 0.5
"""Seconds of an answer that are handed on at once: a reader does not see a token, and each costs as much as fifty."""

LONG = 16_000
"""Bytes that are handed on without waiting for it, some sixty pieces: who babbles fast is heard before it is over."""


class _Stream(httpx2.AsyncByteStream):
    """The answer's events, many small ones put together. It ends where we hang up, as if the server had: so every
    reader above it comes to its end. One that a reader leaves in the middle, as at an error, ends when it is closed:
    the garbage collector may come from another thread, or after the loop."""

    def __init__(self, stream: httpx2.AsyncByteStream, heard: Reply) -> None:
        self._stream = stream
        self._heard = heard
        self._events = self._put_together()

    def __aiter__(self) -> AsyncIterator[bytes]:
        return self._events

    async def _put_together(self) -> AsyncGenerator[bytes]:
        parts = cast("AsyncGenerator[bytes]", aiter(self._stream))
        held, passed = b"", 0.0
        async with aclosing(parts):
            async for part in parts:
                if self._heard.stopped:
                    return
                held += part
                # What is no piece of a text may be the end, or a fault: nothing need follow.
                pieces = 0 < part.count(b"data:") <= part.count(b'"content"')
                if (now := monotonic()) >= passed + PAUSE or len(held) >= LONG or not pieces:
                    whole, end, held = held.rpartition(b"\n")
                    passed = now
                    yield together(whole + end)
        yield together(held)

    async def aclose(self) -> None:
        await self._events.aclose()
        await self._stream.aclose()


def together(events: bytes) -> bytes:
    """Events of one piece of text each as one event with all of it; whatever else there is stays as it is."""
    made: list[bytes] = []
    first: dict[str, Any] = {}
    said: list[str] = []
    for line in events.splitlines(keepends=True):
        event = _read(line)
        text = _piece(event)
        if text is not None:
            first = first or event
            said.append(text)
        elif line.strip() or not said:  # else it ends an event whose text waits
            made += [_of_text(first, said), line]
            first, said = {}, []
    return b"".join([*made, _of_text(first, said)])


def _of_text(event: dict[str, Any], said: Sequence[str]) -> bytes:
    """The event with all that was said in its place; nothing where nothing was."""
    if not said:
        return b""
    event["choices"][0]["delta"]["content"] = "".join(said)
    return b"data: " + json.dumps(event).encode() + b"\n\n"


def _piece(event: dict[str, Any]) -> str | None:
    """The text of an event that has nothing else to tell."""
    try:
        [choice] = event["choices"]
        delta = choice["delta"]
        text = delta["content"]
        ends = event.get("usage") or choice.get("finish_reason")
        more = any(delta[name] for name in delta if name != "content" and delta[name] != "assistant")
    except (LookupError, TypeError, ValueError, AttributeError):  # servers send anything
        return None
    return text if isinstance(text, str) and not ends and not more else None


def _read(line: bytes) -> dict[str, Any]:
    """The object of an event; empty for every other line."""
    if not line.startswith(b"data: {"):
        return {}
    try:
        return as_dict(json.loads(line[6:]))
    except ValueError:
        return {}


def _events(body: bytes) -> bytes:
    text = body.decode("utf-8-sig", errors="replace").strip()
    if text.startswith(("data:", "event:", "id:", ":")):
        return text.encode() + b"\n\n"  # a stream under another name
    try:
        said: object = json.loads(text)
    except ValueError:
        raise OddBody(_no_json(text)) from None
    answer = as_dict(said)
    if complaint := _complaint(answer):
        answer = {"error": as_dict(answer.get("error")) or {"message": complaint}}
    elif not as_list(answer.get("choices")):
        raise OddBody("it has no choices")
    return f"data: {json.dumps(answer)}\n\ndata: [DONE]\n\n".encode()


def _complaint(body: dict[str, Any]) -> str:
    """What the server complains of in the place of choices; empty when it does not."""
    if body.get("choices") and not body.get("error"):
        return ""
    said = next((body[key] for key in ("error", "message", "detail", "msg") if body.get(key)), "")
    said = as_dict(said).get("message") or said
    return said if isinstance(said, str) else json.dumps(said)


def _no_json(text: str) -> str:
    if not text:
        return "it is empty"
    if text.lstrip()[:1] == "<":
        title = text.partition("<title>")[2].partition("</title>")[0].strip()
        named = f", titled {title[:80]!r}" if title else ""
        return f"it is a web page{named}; check OPENAI_BASE_URL, which mostly ends in /v1"
    return f"it is no JSON: {text[:80]!r}"


class AnyServer(ChatOpenAI):
    """Keeps what ChatOpenAI drops: reasoning in a field of its own, refusals, an answer sent whole in one event."""

    ends_streams: ClassVar[bool] = True
    """See ``models.reply.HEARD``: its ``Http`` does."""

    async def _astream(self, *args: Any, **kwargs: Any) -> AsyncIterator[ChatGenerationChunk]:
        # LangChain turns each chunk into a dict, of which pydantic complains where content comes as a list of parts.
        warnings.filterwarnings("ignore", category=UserWarning, message="Pydantic serializer warnings")
        async for chunk in super()._astream(*args, **kwargs):
            yield chunk

    def _convert_chunk_to_generation_chunk(
        self, chunk: dict[str, Any], default_chunk_class: type, base_generation_info: dict[str, Any] | None
    ) -> ChatGenerationChunk | None:
        chunk, delta = _as_delta(chunk)
        made = super()._convert_chunk_to_generation_chunk(chunk, AIMessageChunk, base_generation_info)
        if made and delta:
            more = made.message.additional_kwargs
            if thoughts := delta.get("reasoning_content") or delta.get("reasoning"):
                more["reasoning_content"] = thoughts
            if refusal := delta.get("refusal"):
                more["refusal"] = refusal
        return made


def _as_delta(chunk: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """The chunk in OpenAI's form, and the delta in it."""
    usage = as_dict(chunk.get("usage"))
    counted = isinstance(usage.get("prompt_tokens"), int) and isinstance(usage.get("completion_tokens"), int)
    chunk = {**chunk, "usage": usage if counted else None}
    choice = as_dict(next(iter(as_list(chunk.get("choices"))), None))
    if not choice:
        return {**chunk, "choices": []}, {}
    said = choice.get("delta") or choice.get("message") or {"content": choice.get("text")}
    delta: dict[str, Any] = {**as_dict(said), "role": "assistant"}
    delta["tool_calls"] = [_call(as_dict(call), at) for at, call in enumerate(as_list(delta.get("tool_calls")))]
    return {**chunk, "choices": [{**choice, "delta": delta}]}, delta


def _call(call: dict[str, Any], at: int) -> dict[str, Any]:
    """One tool call as a chunk, its arguments as text: some servers send them as an object."""
    function = as_dict(call.get("function"))
    arguments = function.get("arguments")
    if arguments is not None and not isinstance(arguments, str):
        arguments = json.dumps(arguments)
    return {**call, "index": call.get("index", at), "function": {**function, "arguments": arguments}}
