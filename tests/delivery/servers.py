"""Servers of mail and of webhooks on this machine that do as they are told: take, fail, hang, answer late."""

import asyncio
import threading
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.smtp import SMTP

from delivery.posting import Clock


@dataclass
class Mailbox:
    """What a server of mail took, and what it says."""

    mails: list[Message] = field(default_factory=list[Message])
    to: list[str] = field(default_factory=list[str])
    recipient_answers: list[str] = field(default_factory=list[str])
    """Of the next recipients, before it is content with all."""
    data_answers: list[str] = field(default_factory=list[str])
    """Of the next mails; ``late``: the mail is kept, and the answer comes when the test is over."""
    late: threading.Event = field(default_factory=threading.Event)
    """A mail was kept whose answer comes late."""
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0

    async def handle_RCPT(self, _: Any, session: Any, envelope: Any, address: str, options: Any) -> str:
        if self.recipient_answers:
            return self.recipient_answers.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _: Any, session: Any, envelope: Any) -> str:
        answer = self.data_answers.pop(0) if self.data_answers else "250 taken"
        if answer.startswith("250") or answer == "late":
            self.mails.append(message_from_bytes(envelope.content))
            self.to += envelope.rcpt_tos
        if answer == "late":
            self.late.set()
            await asyncio.to_thread(self.over.wait)
            return "250 taken at last"
        return answer


@contextmanager
def mailbox() -> Generator[Mailbox]:
    box = Mailbox()
    loop = asyncio.new_event_loop()
    made = loop.create_server(lambda: SMTP(box, hostname="localhost", loop=loop), "127.0.0.1", 0)
    server = loop.run_until_complete(made)
    box.port = server.sockets[0].getsockname()[1]
    thread = threading.Thread(target=loop.run_forever, daemon=True)
    thread.start()
    try:
        yield box
    finally:
        box.over.set()
        asyncio.run_coroutine_threadsafe(_ended(server), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _ended(server: asyncio.Server) -> None:
    """Connections that are still open end with the test."""
    server.close()
    others = asyncio.all_tasks() - {asyncio.current_task()}
    for task in others:
        task.cancel()
    await asyncio.gather(*others, return_exceptions=True)


@dataclass
class Hook:
    """What a webhook was sent, and what it answers."""

    bodies: list[bytes] = field(default_factory=list[bytes])
    answers: list[int] = field(default_factory=list[int])
    """HTTP codes of the next answers; 0: what was sent is kept, and the answer comes when the test is over."""
    late: threading.Event = field(default_factory=threading.Event)
    """Something was kept whose answer comes late."""
    over: threading.Event = field(default_factory=threading.Event)
    port: int = 0


@contextmanager
def webhook() -> Generator[Hook]:
    hook = Hook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            code = hook.answers.pop(0) if hook.answers else 200
            if code in (0, 200):
                hook.bodies.append(body)
            if code == 0:
                hook.late.set()
                hook.over.wait()
            self.send_response(code or 200)
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.handle_error = lambda *_: None  # type: ignore[method-assign]  a client that left is what is tested
    hook.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield hook
    finally:
        hook.over.set()
        server.shutdown()
        server.server_close()
        thread.join()


class Hours:
    """A clock that runs only while it is waited for."""

    def __init__(self) -> None:
        self.time = datetime(2026, 11, 18, 6, 0, tzinfo=UTC)
        self.waits: list[float] = []

    def wait(self, seconds: float) -> None:
        self.waits.append(seconds)
        self.time += timedelta(seconds=seconds)

    @property
    def clock(self) -> Clock:
        return Clock(lambda: self.time, self.wait)
