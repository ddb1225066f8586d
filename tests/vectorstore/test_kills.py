"""Nothing is lost: a writer that is killed at any moment leaves a memory that goes on as if nothing had happened."""

import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import chromadb
import pytest
from chromadb.config import Settings

from tests.vectorstore.conftest import HashEmbedder
from tests.vectorstore.killed import DAYS, Letters
from vectorstore.memory import Memory

ROOT = Path(__file__).parents[2]


def written(folder: Path, kills: int, *how: str) -> str:
    """Writes the days, with so many kills on the way. Returns how many kills and days there were."""
    return subprocess.run(
        [sys.executable, "-m", "tests.vectorstore.killed", str(folder), str(kills), *how],
        check=True,
        capture_output=True,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ).stdout.strip()


def ledger_of(folder: Path) -> dict[str, list[tuple[Any, ...]]]:
    """All rows of all tables."""
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        tables = [row[0] for row in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        return {table: sorted(ledger.execute(f"SELECT * FROM {table}"), key=repr) for table in tables}


def index_of(folder: Path) -> dict[str, dict[str, tuple[list[float], Any]]]:
    """Vector and fields of every id in every collection."""
    client = chromadb.PersistentClient(str(folder / "chroma"), Settings(anonymized_telemetry=False))
    try:
        found: dict[str, dict[str, tuple[list[float], Any]]] = {}
        for collection in client.list_collections():
            held = collection.get(include=["embeddings", "metadatas"])
            rows, fields = held["embeddings"], held["metadatas"]
            assert rows is not None and fields is not None
            found[collection.name] = {
                one: (list(row), field) for one, row, field in zip(held["ids"], rows, fields, strict=True)
            }
        return found
    finally:
        client.close()


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("undisturbed") / "memory"
    assert written(folder, 0) == f"0 {DAYS}"
    return folder


@pytest.mark.parametrize(("kills", "how"), [(30, ()), (10, ("bulk",))], ids=["day by day", "in bulk"])
def test_after_many_kills_the_memory_is_the_one_of_an_undisturbed_writer(
    kills: int, how: tuple[str, ...], undisturbed: Path, folder: Path
) -> None:
    assert written(folder, kills, *how) == f"{kills} {DAYS}"
    assert ledger_of(folder) == ledger_of(undisturbed)
    assert index_of(folder) == index_of(undisturbed)
    for place in (undisturbed, folder):
        with Memory.open(place, HashEmbedder(), lexicon=Letters()) as memory:
            assert (memory.notes, memory.check()) == ([], [])
            assert memory.counts()["days"] == DAYS * 2 // 3
