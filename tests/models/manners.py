"""The manners in which servers really answer, as public bug reports tell of them; each around a good answer.

Tables: answers that hold the good one somewhere, servers that refuse a part of the request, servers from which no
answer can be had, and such as end the run.
"""

import json
from collections.abc import Callable, Mapping
from typing import Any

from tests.model_server import Say

Request = dict[str, Any]
Manner = Callable[[Request, str], Say]
"""(request body, the good answer as JSON) to what the server says."""


def _text(around: Callable[[str], str]) -> Manner:
    return lambda request, good: Say(around(good))


def _message(around: Callable[[str], dict[str, Any]]) -> Manner:
    return lambda request, good: Say(message=around(good))


def _stream(good: str, **delta: Any) -> bytes:
    chunks = [{"role": "assistant", "content": ""}, {"content": good, **delta}]
    events = [{"choices": [{"index": 0, "delta": each, "finish_reason": None}]} for each in chunks]
    events.append({"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]})
    return b"".join(b"data: " + json.dumps(each).encode() + b"\n\n" for each in events) + b"data: [DONE]\n\n"


def _whole(good: str) -> dict[str, Any]:
    message = {"role": "assistant", "content": good}
    return {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]}


FUNCTION = "Draft"
HOLDS: Mapping[str, Manner] = {
    "plain": _text(lambda good: good),
    "closed thoughts before it": _text(lambda good: f'<think>\nA draft: {{"x": 1}}\n</think>\n\n{good}'),
    "thoughts that never close": _text(lambda good: f"<think>\nThe user wants JSON.\n{good}"),
    "thoughts whose opening stood in the prompt": _text(lambda good: f"The user wants JSON.\n</think>\n{good}"),
    "thoughts around a fence": _text(lambda good: f"<think>I answer:\n```json\n{good}\n```\n</think>"),
    "a fence": _text(lambda good: f"```json\n{good}\n```"),
    "a fence named JSON": _text(lambda good: f"```JSON\n{good}\n```"),
    "a fence named json5": _text(lambda good: f"```json5\n{good}\n```"),
    "a fence without a name": _text(lambda good: f"```\n{good}\n```"),
    "a fence that never ends": _text(lambda good: f"```json\n{good}"),
    "a fence of tildes": _text(lambda good: f"~~~json\n{good}\n~~~"),
    "prose before a fence": _text(lambda good: f"Here is the JSON you asked for:\n\n```json\n{good}\n```"),
    "prose after a fence": _text(lambda good: f"```json\n{good}\n```\nLet me know if {{anything}} is missing!"),
    "prose around bare JSON": _text(lambda good: f"Sure! {good} I hope this helps."),
    "a byte order mark": _text(lambda good: f"\ufeff{good}"),
    "a byte order mark before the body": lambda request, good: Say(
        raw=b"\xef\xbb\xbf" + json.dumps(_whole(good)).encode()
    ),
    "an object of one field around it": _text(lambda good: f'{{"{FUNCTION}": {good}}}'),
    "a list around it": _text(lambda good: f"[{good}]"),
    "a call written as text": _text(lambda good: f'{{"name": "{FUNCTION}", "arguments": {good}}}'),
    "reasoning in a field of its own": _message(lambda good: {"content": good, "reasoning_content": "Let me see."}),
    "the answer as reasoning_content, null content": _message(
        lambda good: {"content": None, "reasoning_content": good}
    ),
    "the answer as reasoning, empty content": _message(lambda good: {"content": "", "reasoning": good}),
    "a tool call": _message(
        lambda good: {
            "content": None,
            "tool_calls": [
                {"index": 0, "id": "1", "type": "function", "function": {"name": FUNCTION, "arguments": good}}
            ],
        }
    ),
    "a tool call without an index, its arguments an object": lambda request, good: Say(
        message={
            "content": None,
            "tool_calls": [
                {"id": "1", "type": "function", "function": {"name": FUNCTION, "arguments": json.loads(good)}}
            ],
        },
        streams=False,
    ),
    "a function call of old": _message(
        lambda good: {"content": None, "function_call": {"name": FUNCTION, "arguments": good}}
    ),
    "content as a list of parts": _message(lambda good: {"content": [{"type": "text", "text": good}]}),
    "thinking as a part of the content": _message(
        lambda good: {"content": [{"type": "thinking", "thinking": "Let me see."}, {"type": "text", "text": good}]}
    ),
    "no stream though one was asked for": lambda request, good: Say(good, streams=False),
    "a stream that calls itself JSON": lambda request, good: Say(raw=_stream(good)),
    "a stream that calls itself text": lambda request, good: Say(
        raw=_stream(good), headers={"Content-Type": "text/plain"}
    ),
    "a stream with comments to keep the line open": lambda request, good: Say(
        raw=b": waiting\n\n" * 3 + _stream(good), headers={"Content-Type": "text/event-stream"}
    ),
    "a stream of one whole message": lambda request, good: Say(
        raw=b"data: " + json.dumps(_whole(good)).encode() + b"\n\n", headers={"Content-Type": "text/event-stream"}
    ),
    "a stream of another role": lambda request, good: Say(
        raw=_stream(good, role="user"), headers={"Content-Type": "text/event-stream"}
    ),
    "no usage": lambda request, good: Say(good, usage=False),
    "no reason for its end": lambda request, good: Say(good, finish=None),
}
"""The good answer is there; no second question is needed."""


def _refuses(wrong: Callable[[Request], bool], status: int, text: str) -> Manner:
    return lambda request, good: Say(status=status, text=text) if wrong(request) else Say(good)


def _strict(request: Request) -> bool:
    return "json_schema" in (request.get("response_format") or {})


def _formatted(request: Request) -> bool:
    return "response_format" in request


def _says_system(request: Request) -> bool:
    return any(m["role"] == "system" for m in request["messages"])


def _plain(request: Request) -> bool:
    return set(request) <= {"model", "messages", "stream", "max_tokens"}


def _window(request: Request, good: str) -> Say:
    """4,096 tokens, of which the prompt takes 3,000."""
    if request["max_completion_tokens"] > 1_096:
        text = (
            "This model's maximum context length is 4096 tokens. However, you requested "
            f"{3_000 + request['max_completion_tokens']} tokens (3000 in the messages, "
            f"{request['max_completion_tokens']} in the completion). Please reduce the length of the messages."
        )
        return Say(status=400, text=text)
    return Say(good)


REFUSES: Mapping[str, Manner] = {
    "a strict schema, with 400": _refuses(_strict, 400, "response_format of type json_schema is not supported"),
    "a strict schema, with 422": lambda request, good: (
        Say(status=422, body={"detail": [{"loc": ["body", "response_format"], "msg": "extra fields not permitted"}]})
        if _strict(request)
        else Say(good)
    ),
    "a strict schema, with 404": _refuses(_strict, 404, "No endpoints found that support the requested parameters"),
    "a strict schema, with 500": _refuses(_strict, 500, "failed to parse grammar"),
    "a strict schema, in a 200": lambda request, good: (
        Say(body={"error": {"message": "json_schema is not implemented"}}) if _strict(request) else Say(good)
    ),
    "every response_format": _refuses(_formatted, 400, "response_format: unknown field"),
    "a strict schema, by ignoring it": lambda request, good: (
        Say("Robots have learned to grasp.") if _strict(request) else Say(good)
    ),
    "every response_format, by ignoring it": lambda request, good: (
        Say('{"answer": "Robots have learned to grasp."}') if _strict(request) else Say(good)
    ),
    "max_completion_tokens": _refuses(
        lambda r: "max_completion_tokens" in r, 400, "Unrecognized request argument supplied: max_completion_tokens"
    ),
    "every limit": _refuses(
        lambda r: "max_completion_tokens" in r or "max_tokens" in r, 422, "max_tokens: extra inputs are not permitted"
    ),
    "a limit that is too large": _refuses(
        lambda r: r["max_completion_tokens"] > 500,
        400,
        "`max_completion_tokens` must be less than or equal to `500`, the maximum value for this model",
    ),
    "token counts in a stream": _refuses(lambda r: "stream_options" in r, 400, "stream_options is not supported"),
    "streams": _refuses(lambda r: bool(r.get("stream")), 400, "streaming is not supported by this model"),
    "a system message": _refuses(_says_system, 400, "System role not supported"),
    "everything but the plainest, without a word": lambda request, good: (
        Say(good) if _plain(request) else Say(status=400, text="Bad Request")
    ),
    "more tokens than its window holds": _window,
}
"""The good answer comes to whoever asks in a humbler way."""


def _status(status: int, text: str = "no", **headers: str) -> Manner:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return lambda request, good: Say(status=status, text=text, headers=named)


NEVER: Mapping[str, tuple[Manner, str]] = {
    "400": (_status(400), "refuses the request (HTTP 400: no)"),
    "402": (_status(402, "top up"), "the credit at the model's server is used up (HTTP 402: top up)"),
    "408": (_status(408), "HTTP 408"),
    "409": (_status(409), "HTTP 409"),
    "413": (_status(413), "too large for the model's server (HTTP 413"),
    "415": (_status(415), "HTTP 415"),
    "418": (_status(418), "HTTP 418"),
    "422": (_status(422), "HTTP 422"),
    "429": (_status(429), "too many requests (HTTP 429"),
    "451": (_status(451), "withholds the answer for legal reasons (HTTP 451"),
    "498": (_status(498), "HTTP 498"),
    "500": (_status(500), "HTTP 500"),
    "503": (_status(503), "HTTP 503"),
    "529": (_status(529), "HTTP 529"),
    "a page with status 502": (
        lambda request, good: Say(
            status=502, raw=b"<html><title>Bad gateway</title></html>", headers={"Content-Type": "text/html"}
        ),
        "Bad gateway",
    ),
    "a context window that is too small": (
        _status(400, "request (9000 tokens) exceeds the available context size (2048 tokens), try increasing it"),
        "does not fit into the model's context window of 2,048 tokens",
    ),
    "a pause of 120 s": (_status(429, Retry_After="120"), "it asks for a pause of 120 s"),
    "a pause until a date": (
        _status(503, Date="Thu, 05 Nov 2026 10:00:00 GMT", Retry_After="Thu, 05 Nov 2026 10:05:00 GMT"),
        "it asks for a pause of 300 s",
    ),
    "an error in a 200": (
        lambda request, good: Say(body={"error": {"message": "the GPU fell off the bus"}}),
        "the GPU fell off the bus",
    ),
    "an error in a 200, as a word": (lambda request, good: Say(body={"error": "out of memory"}), "out of memory"),
    "an error in a stream": (
        lambda request, good: Say(
            raw=b'data: {"error": {"message": "worker died"}}\n\n', headers={"Content-Type": "text/event-stream"}
        ),
        "worker died",
    ),
    "a web page": (
        lambda request, good: Say(raw=b"<!doctype html><title>Sign in</title>", headers={"Content-Type": "text/html"}),
        "it is a web page, titled 'Sign in'; check OPENAI_BASE_URL",
    ),
    "nothing at all": (lambda request, good: Say(raw=b""), "it is empty"),
    "an empty stream": (
        lambda request, good: Say(raw=b"data: [DONE]\n\n", headers={"Content-Type": "text/event-stream"}),
        "no chat completion",
    ),
    "no choices": (lambda request, good: Say(body={"choices": []}), "it has no choices"),
    "null choices": (lambda request, good: Say(body={"choices": None}), "it has no choices"),
    "an empty answer": (lambda request, good: Say(""), "it was empty"),
    "a refusal": (lambda request, good: Say(refusal="I cannot help with that."), "it was refused: I cannot help"),
    "a filter": (lambda request, good: Say("", finish="content_filter"), "withheld by the server's filter"),
    "a cut": (lambda request, good: Say(good[: len(good) // 2], finish="length"), "cut off at its length limit"),
    "babble": (lambda request, good: Say(endless="the model of the model of "), "said the same over and over"),
    "a line that breaks": (lambda request, good: Say(good, breaks=True), "cannot be reached, or hung up"),
    "a line that is dropped": (lambda request, good: Say(drop=True), "cannot be reached, or hung up"),
}
"""No answer comes, and the words by which the report says why."""

STOPS: Mapping[str, tuple[Manner, str]] = {
    "401": (_status(401, "no such key"), "refuses the key; check the key"),
    "403": (_status(403, "not yours"), "does not permit this"),
    "404": (_status(404, "the model `scripted` does not exist"), "--model"),
    "405": (_status(405), "OPENAI_BASE_URL"),
    "301": (_status(301, Location="https://example.org/v2"), "has moved"),
    "402": (_status(402, "top up"), "the credit at the model's server is used up"),
    "a used-up quota": (
        lambda request, good: Say(status=429, body={"error": {"message": "used up", "code": "insufficient_quota"}}),
        "used up",
    ),
}
"""No question will ever be answered: the run stops, with one sentence."""
