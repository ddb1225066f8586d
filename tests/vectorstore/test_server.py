"""A Chroma server instead of files: who may share it, what goes with each request, what is said when it fails."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from tests.vectorstore.conftest import HashEmbedder, days, paper, report
from vectorstore.memory import Memory, MemoryUnavailable

MON, TUE = days(4, 5)
TOKEN = {"X-Token": "open sesame"}


@contextmanager
def proxy(server: str, path: str = "") -> Iterator[tuple[str, list[int]]]:
    """A proxy before the server, under ``path``, that wants a token. Gives its address and the answers it gave."""
    answers: list[int] = []

    class Guard(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def handle_any(self) -> None:
            sent = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            status, body = 403, b"no"
            if self.headers.get("X-Token") == TOKEN["X-Token"] and self.path.startswith(path):
                answer = httpx.request(
                    self.command,
                    server + self.path.removeprefix(path),
                    content=sent,
                    headers={"Content-Type": "application/json"},
                    timeout=60,
                    trust_env=False,
                )
                status, body = answer.status_code, answer.content
            answers.append(status)
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        do_GET = do_POST = do_PUT = do_DELETE = handle_any

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Guard) as guard:
        guard.daemon_threads = True
        thread = threading.Thread(target=guard.serve_forever)
        thread.start()
        try:
            yield f"http://127.0.0.1:{guard.server_port}{path}", answers
        finally:
            guard.shutdown()
            thread.join()


@pytest.mark.parametrize("path", ["", "/chroma"])
def test_headers_go_with_every_request_to_a_proxy(server: str, folder: Path, embed: HashEmbedder, path: str) -> None:
    with proxy(server, path) as (url, answers):
        with Memory.open(folder, embed, url=url, headers=TOKEN) as memory:
            memory.remember(report(MON, [paper(1), paper(2)]))
            assert memory.rebuild() == 2
            assert memory.check() == []
        assert answers and 403 not in answers
        with pytest.raises(MemoryUnavailable, match=r"refuses us \(403\).*header with a token") as refused:
            Memory.open(folder, embed, url=url, headers={"X-Token": "guess"})
        assert "guess" not in str(refused.value)
    with Memory.open(folder, embed, url=server) as memory:
        assert memory.notes == []


def test_two_memories_on_one_server_do_not_see_each_other(server: str, tmp_path: Path, embed: HashEmbedder) -> None:
    with (
        Memory.open(tmp_path / "one", embed, url=server) as one,
        Memory.open(tmp_path / "two", embed, url=server) as two,
    ):
        one.remember(report(MON, [paper(1), paper(2)]))
        two.remember(report(MON, [paper(3)]))
        assert (one.counts()["indexed"], two.counts()["indexed"]) == (2, 1)
    with Memory.open(tmp_path / "one", embed, url=server) as one:
        assert (one.notes, one.check()) == ([], [])


def test_a_memory_moves_from_files_to_a_server_and_back_without_embedding(
    server: str, folder: Path, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(1), paper(2)]))
    embed.embedded.clear()
    with Memory.open(folder, embed, url=server) as memory:
        assert memory.notes == ["The index lacked 2 of 2 papers; they were put back from the ledger."]
        memory.remember(report(TUE, [paper(1)]).model_copy(update={"items": ()}))
        memory.remember(report(MON, [paper(2)]))
    with Memory.open(folder, embed) as memory:
        assert (memory.check(), memory.counts()["indexed"]) == ([], 2)
    assert embed.embedded == []


def test_a_server_that_is_not_there_is_named_with_the_way_out(folder: Path, embed: HashEmbedder) -> None:
    with pytest.raises(MemoryUnavailable, match=r"127\.0\.0\.1:9 does not answer .*`chroma run`"):
        Memory.open(folder, embed, url="http://127.0.0.1:9")
    with Memory.open(folder, embed) as memory:
        assert memory.notes == []


def test_an_address_without_a_chroma_server_is_named(server: str, folder: Path, embed: HashEmbedder) -> None:
    with pytest.raises(MemoryUnavailable, match=r"there is no Chroma server: it answers 404"):
        Memory.open(folder, embed, url=f"{server}/elsewhere")
