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
    """One HTTP answer. ``text`` becomes the assistant's message unless ``body`` is given."""

    text: str = ""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | None = None
    finish: str = "stop"
    refusal: str | None = None
    drop: bool = False
    """Closes the connection without an answer."""
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


@contextmanager
def serve(answer: Answer) -> Iterator[ModelServer]:
    """Serves until the block ends, on a free port of 127.0.0.1."""
    closing, lock = threading.Event(), threading.Lock()
    asked: list[dict[str, Any]] = []
    answered: list[dict[str, Any]] = []

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

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
            if said.status == 200 and said.body is None:
                with lock:
                    answered.append(request)
            body = json.dumps(said.body if said.body is not None else _body(request, said)).encode()
            self.send_response(said.status)
            for name, value in {"Content-Type": "application/json", **said.headers}.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield ModelServer(f"http://127.0.0.1:{server.server_port}/v1", asked, answered)
    finally:
        closing.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _body(request: dict[str, Any], said: Say) -> dict[str, Any]:
    if said.status != 200:
        return {"error": {"message": said.text or "a fault", "type": "server_error", "code": None}}
    sent = sum(len(str(m["content"])) for m in request["messages"])
    usage = {"prompt_tokens": sent // 4, "completion_tokens": len(said.text) // 4}
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "created": 1,
        "model": request["model"],
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": said.text or None, "refusal": said.refusal},
                "finish_reason": said.finish,
                "logprobs": None,
            }
        ],
        "usage": {**usage, "total_tokens": sum(usage.values())},
    }


def asked_for(request: dict[str, Any]) -> str:
    """Which type of answer a request wants: the title of its schema."""
    return str(request["response_format"]["json_schema"]["name"])
