"""A chat-completions server on loopback that answers as it is told to, well or badly, and counts what it was asked."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True)
class Say:
    """One HTTP answer. ``text`` becomes the assistant's message unless ``message``, ``body`` or ``raw`` is given."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: Any = None
    """The whole JSON body."""
    raw: bytes | None = None
    """The whole body, of whatever ``headers`` call it."""
    message: dict[str, Any] | None = None
    """The assistant's message, or what a stream tells of it."""
    finish: str | None = "stop"
    refusal: str | None = None
    usage: bool = True
    """Tells token counts, in a stream only where it is asked to."""
    had: int = 0
    """Tokens of the prompt that it tells to have had in its cache."""
    streams: bool = True
    """Streams where it is asked to; else it answers with one object all the same."""
    endless: str = ""
    """Streams this over and over until the caller hangs up."""
    drop: bool = False
    """Closes the connection without an answer."""
    breaks: bool = False
    """Closes the connection in the middle of a stream."""
    hang: bool = False
    """Keeps the caller waiting until the server is closed."""


Answer = Callable[[dict[str, Any], int], Say]
"""(request body, how many requests came before) to an answer."""


@dataclass
class ModelServer:
    """The running server: its address, and every request body it got."""

    url: str
    asked: list[dict[str, Any]]
    answered: list[dict[str, Any]]
    """The requests that were given an assistant's message."""
    hung_up: threading.Event
    """Set when a caller has left an endless answer."""


@contextmanager
def serve(answer: Answer, pages: Callable[[str], Any] = lambda path: None) -> Iterator[ModelServer]:
    """Serves until the block ends, on a free port of 127.0.0.1. ``pages``: a path to the JSON that GET finds there."""
    closing, lock, hung_up = threading.Event(), threading.Lock(), threading.Event()
    asked: list[dict[str, Any]] = []
    answered: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            found = pages(self.path)
            self._whole(404 if found is None else 200, {}, json.dumps(found).encode())

        def do_POST(self) -> None:
            request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            with lock:
                number = len(asked)
                asked.append(request)
            said = answer(request, number)
            if said.hang:
                closing.wait()
            if said.drop or said.hang:
                self.close_connection = True
                return
            if said.status == 200 and said.body is None and said.raw is None:
                with lock:
                    answered.append(request)
                if request.get("stream") and said.streams:
                    self._stream(request, said)
                    return
            body = json.dumps(said.body if said.body is not None else _body(request, said)).encode()
            self._whole(said.status, said.headers, body if said.raw is None else said.raw)

        def _whole(self, status: int, headers: dict[str, str], body: bytes) -> None:
            self.send_response_only(status)  # a date is sent where a test gives one
            for name, value in {"Content-Type": "application/json", **headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def _stream(self, request: dict[str, Any], said: Say) -> None:
            self.send_response(200)
            for name, value in {"Content-Type": "text/event-stream", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Transfer-Encoding", "chunked")
            self.end_headers()
            try:
                if said.endless:
                    while not closing.is_set():
                        self._piece(server_event(request, {"content": said.endless}))
                if said.breaks:
                    self._piece(server_event(request, {"content": said.text[:10]}))
                    self.close_connection = True
                    return
                for event in events(request, said):
                    self._piece(event)
                self._piece(b"")
            except OSError:  # the caller has hung up
                self.close_connection = True
                hung_up.set()

        def _piece(self, data: bytes) -> None:
            self.wfile.write(f"{len(data):x}\r\n".encode() + data + b"\r\n")

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield ModelServer(f"http://127.0.0.1:{server.server_port}/v1", asked, answered, hung_up)
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def events(request: dict[str, Any], said: Say) -> list[bytes]:
    """The answer as a stream: a role, the message in two pieces, why it ended, and the usage where it is wanted."""
    whole = _message(said)
    text = whole.pop("content", None)
    told: list[dict[str, Any]] = [{"role": "assistant", **whole, "content": None if isinstance(text, str) else text}]
    if isinstance(text, str):
        told += [{"content": text[: len(text) // 2]}, {"content": text[len(text) // 2 :]}]
    sent = [server_event(request, delta) for delta in told]
    sent.append(server_event(request, {}, said.finish))
    if said.usage and request.get("stream_options", {}).get("include_usage"):
        sent.append(server_event(request, None, usage=_usage(request, said)))
    return [*sent, b"data: [DONE]\n\n"]


def server_event(
    request: dict[str, Any], delta: dict[str, Any] | None, finish: str | None = None, usage: Any = None
) -> bytes:
    """One event of a streamed answer; without ``delta`` one that tells the usage."""
    choices = [] if delta is None else [{"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}]
    chunk = {"id": "chatcmpl-1", "object": "chat.completion.chunk", "created": 1, "model": request["model"]}
    return b"data: " + json.dumps({**chunk, "choices": choices, "usage": usage}).encode() + b"\n\n"


def _message(said: Say) -> dict[str, Any]:
    if said.message is not None:
        return dict(said.message)
    return {"content": said.text or None, "refusal": said.refusal}


def _usage(request: dict[str, Any], said: Say) -> dict[str, Any]:
    sent = sum(len(str(m["content"])) for m in request["messages"])
    usage = {"prompt_tokens": sent // 4, "completion_tokens": len(str(_message(said))) // 4}
    details = {"prompt_tokens_details": {"cached_tokens": said.had}} if said.had else {}
    return {**usage, "total_tokens": sum(usage.values()), **details}


def _body(request: dict[str, Any], said: Say) -> dict[str, Any]:
    if said.status != 200:
        return {"error": {"message": said.text or "a fault", "type": "server_error", "code": None}}
    choice = {"index": 0, "message": {"role": "assistant", **_message(said)}, "finish_reason": said.finish}
    told = {"usage": _usage(request, said)} if said.usage else {}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": request["model"],
        "choices": [{**choice, "logprobs": None}],
        **told,
    }


def asked_for(request: dict[str, Any]) -> str:
    """Which type of answer a request wants: the title of its schema, which stands in the request or in the prompt;
    empty where it wants none."""
    form = request.get("response_format") or {}
    if "json_schema" in form:
        return str(form["json_schema"]["name"])
    prompt = str(request["messages"][0]["content"])
    if "schema, with values" not in prompt:
        return ""
    schema, _ = json.JSONDecoder().raw_decode(prompt, prompt.index("{", prompt.index("schema, with values")))
    return str(schema["title"])
