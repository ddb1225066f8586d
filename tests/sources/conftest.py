"""A loopback site that answers as it is told, and a time that only passes when someone sleeps."""

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from sources.reading.http import Web


@dataclass(frozen=True)
class Reply:
    """One answer. ``missing``: bytes that are promised and never sent. ``held``: no answer before the test ends."""

    body: str | bytes = ""
    kind: str = "application/json; charset=utf-8"
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict[str, str])
    missing: int = 0
    held: bool = False


@dataclass
class Site:
    """A web site on 127.0.0.1. ``script`` maps a path to its replies in order, of which the last one stays."""

    base: str
    released: threading.Event
    script: dict[str, list[Reply]] = field(default_factory=dict[str, list[Reply]])
    asked: list[str] = field(default_factory=list[str])
    agents: set[str] = field(default_factory=set[str])

    def answers(self, path: str, *replies: Reply) -> None:
        self.script[path] = list(replies)

    def reply(self, target: str) -> Reply:
        self.asked.append(target)
        for known in (target, target.partition("?")[0]):
            if replies := self.script.get(known):
                return replies.pop(0) if len(replies) > 1 else replies[0]
        return Reply("nothing here", kind="text/plain", status=404)


class _Quiet(ThreadingHTTPServer):
    def handle_error(self, request: object, client_address: object) -> None:
        """A client that gave up is what some tests are about."""


class Time:
    """Seconds since 1970, moved on by ``sleep`` alone."""

    def __init__(self) -> None:
        self.now = 1_800_000_000.0
        self.slept: list[float] = []

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.now += seconds


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def open_site() -> Iterator[Callable[[], Site]]:
    released = threading.Event()
    servers: list[tuple[_Quiet, threading.Thread]] = []

    def opened() -> Site:
        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                site.agents.add(self.headers["User-Agent"])
                reply = site.reply(self.path)
                if reply.held:
                    released.wait()
                    return
                body = reply.body.encode() if isinstance(reply.body, str) else reply.body
                self.send_response(reply.status)
                self.send_header("Content-Type", reply.kind)
                self.send_header("Content-Length", str(len(body) + reply.missing))
                for name, value in reply.headers.items():
                    self.send_header(name, value)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, format: str, *args: Any) -> None:
                pass

        server = _Quiet(("127.0.0.1", 0), Handler)
        site = Site(f"http://127.0.0.1:{server.server_port}", released)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        servers.append((server, thread))
        return site

    yield opened
    released.set()
    for server, thread in servers:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture
def site(open_site: Callable[[], Site]) -> Site:
    return open_site()


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def web(time: Time) -> Web:
    return Web(contact="reader@example.org", sleep=time.sleep, clock=time.clock)
