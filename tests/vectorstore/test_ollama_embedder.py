import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any, ClassVar

import numpy as np
import pytest

from vectorstore.embedding import EmbedderUnavailable, UnknownEmbedder, open_embedder

pytest.importorskip("langchain_ollama", reason="needs the extra: pip install '.[ollama]'")


class Ollama(BaseHTTPRequestHandler):
    """Ollama's /api/embed: a vector for each text, its length and a zero."""

    asked: ClassVar[list[tuple[str, Any]]] = []

    def do_POST(self) -> None:
        request = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((self.path, request["input"]))
        known = request["model"] == "nomic"
        answer = {"model": "nomic", "embeddings": [[len(text), 0] for text in request["input"]]}
        body = json.dumps(answer if known else {"error": "model 'other' not found"}).encode()
        self.send_response(200 if known else 404)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[tuple[str, Any]]]:
    class Handler(Ollama):
        asked: ClassVar[list[tuple[str, Any]]] = []

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("OLLAMA_HOST", f"127.0.0.1:{running.server_port}")
        yield Handler.asked
        running.shutdown()


def test_a_model_of_ollama_embeds_texts(asked: list[tuple[str, Any]]) -> None:
    embed = open_embedder("ollama:nomic")
    assert (embed.name, embed.dimension) == ("ollama-nomic", 2)
    assert np.array_equal(embed(["one", "three"]), np.array([[1, 0], [1, 0]], np.float32))
    assert asked == [("/api/embed", ["dimension"]), ("/api/embed", ["one", "three"])]


def test_what_ollama_does_not_have_is_told_in_a_sentence(
    asked: list[tuple[str, Any]], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(EmbedderUnavailable, match="other of Ollama did not answer: model 'other' not found"):
        open_embedder("ollama:other")(["one"])
    monkeypatch.setenv("OLLAMA_HOST", "127.0.0.1:9")
    with pytest.raises(EmbedderUnavailable, match="nomic of Ollama did not answer"):
        open_embedder("ollama:nomic")(["one"])
    with pytest.raises(UnknownEmbedder, match="write ollama:nomic-embed-text"):
        open_embedder("ollama")
