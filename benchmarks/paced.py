"""A chat-completions server on loopback that streams what it is told to at a writer's speed: one event a token."""

import asyncio
import json
import threading
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

from tests.model_server import server_event

FIRST = 0.4
"""Seconds until the first token."""
RATE = 80
"""Tokens a second."""
BYTES = 4
"""Of UTF-8 in a token: what English has, and nearly what Hangul has."""
_TICK = 0.025
"""Seconds between two writes to one caller."""


@dataclass
class TimedAnswer:
    """One answer."""

    schema: str
    begun: float
    """Seconds on the server's clock."""
    ended: float
    tokens_in: int
    cached: int
    """Of those in: what an earlier question had begun with, in whole blocks, as servers that cache count it."""
    tokens_out: int


@dataclass
class Paced:
    """The running server."""

    url: str
    answers: list[TimedAnswer] = field(default_factory=list[TimedAnswer])
    most: int = 0
    """Answers under way at once."""


Answer = Callable[[dict[str, Any]], object]
_BLOCK = 128 * BYTES


@contextmanager
def serve(answer: Answer, *, first: float = FIRST, rate: float = RATE) -> Generator[Paced]:
    """Serves on a free port of 127.0.0.1 until the block ends. ``answer``: a request's body to a value."""
    paced = Paced("")
    prefixes: set[str] = set()
    under_way: set[int] = set()

    async def handle(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while request := await _request(reader):
                begun = perf_counter()
                text = json.dumps(answer(request), ensure_ascii=False)
                under_way.add(id(writer))
                paced.most = max(paced.most, len(under_way))
                asked = "".join(str(message["content"]) for message in request["messages"])
                known = _known(asked, prefixes)
                usage = (len(asked.encode()) // BYTES, known, len(tokens(text)))
                await _stream(writer, request, text, usage, begun + first, rate)
                under_way.discard(id(writer))
                schema = request["response_format"]["json_schema"]["name"]
                paced.answers.append(TimedAnswer(schema, begun, perf_counter(), *usage))
        except (ConnectionError, asyncio.IncompleteReadError):
            pass
        finally:
            under_way.discard(id(writer))
            writer.close()

    ready: Future[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = Future()

    async def run() -> None:
        closing = asyncio.Event()
        async with await asyncio.start_server(handle, "127.0.0.1", 0) as server:
            paced.url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
            ready.set_result((asyncio.get_running_loop(), closing))
            await closing.wait()

    thread = threading.Thread(target=asyncio.run, args=(run(),), daemon=True)
    thread.start()
    loop, closing = ready.result()
    try:
        yield paced
    finally:
        loop.call_soon_threadsafe(closing.set)
        thread.join()


def tokens(text: str) -> list[str]:
    """The text in pieces of about four bytes."""
    pieces, piece, size = [], "", 0
    for character in text:
        width = len(character.encode())
        if piece and size + width > BYTES:
            pieces.append(piece)
            piece, size = "", 0
        piece, size = piece + character, size + width
    return [*pieces, piece] if piece else pieces


async def _request(reader: asyncio.StreamReader) -> dict[str, Any] | None:
    """The body of the next request; None where the caller has gone."""
    head = await reader.readuntil(b"\r\n\r\n")
    length = next(
        int(line.partition(b":")[2]) for line in head.split(b"\r\n") if line.lower().startswith(b"content-length:")
    )
    return json.loads(await reader.readexactly(length))


async def _stream(
    writer: asyncio.StreamWriter,
    request: dict[str, Any],
    text: str,
    usage: tuple[int, int, int],
    starts: float,
    rate: float,
) -> None:
    writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n")
    pieces, sent = tokens(text), 0
    await asyncio.sleep(max(0.0, starts - perf_counter()))
    while sent < len(pieces):
        due = min(len(pieces), 1 + int((perf_counter() - starts) * rate))
        _write(writer, [server_event(request, {"content": piece}) for piece in pieces[sent:due]])
        sent = max(sent, due)
        await writer.drain()
        await asyncio.sleep(_TICK)
    tokens_in, cached, out = usage
    counts = {
        "prompt_tokens": tokens_in,
        "completion_tokens": out,
        "total_tokens": tokens_in + out,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
    _write(writer, [server_event(request, {}, "stop"), server_event(request, None, usage=counts), b"data: [DONE]\n\n"])
    writer.write(b"0\r\n\r\n")
    await writer.drain()


def _write(writer: asyncio.StreamWriter, events: Sequence[bytes]) -> None:
    for event in events:
        writer.write(f"{len(event):x}\r\n".encode() + event + b"\r\n")


def _known(asked: str, prefixes: set[str]) -> int:
    """Tokens with which an earlier question began too; remembers this one. Servers cache from 1,024 on."""
    raw = asked.encode()
    cuts = [raw[:end].decode(errors="ignore") for end in range(_BLOCK, len(raw) + 1, _BLOCK)]
    known = next((n for n in range(len(cuts), 0, -1) if cuts[n - 1] in prefixes), 0)
    prefixes.update(cuts)
    return known * 128 if known * 128 >= 1_024 else 0
