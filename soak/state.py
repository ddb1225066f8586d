"""What a data folder holds, in a form that can be compared: all that must be the same whatever happened on the way."""

import hashlib
import json
import os
import pickle
import re
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

from .children import Place

State = dict[str, Any]

_CHANGING = re.compile(
    r"^(cache|traces|locks|runs|backfills)/|receipt\.json$|\.sqlite(-wal|-shm|-journal)?$|^memory/chroma/|\.lock$|^memory/owner\."
)
"""Files that tell how a day came to be, and not what it is; databases are compared by their rows."""


def read(place: Place) -> State:
    """The state of a room's data folder, read in a fork: opening the index starts threads."""
    ours, theirs = os.pipe()
    child = os.fork()
    if not child:
        code = 1
        try:
            os.close(ours)
            with os.fdopen(theirs, "wb") as told:
                pickle.dump(_read(place.folder / "data") | _steps(place.env.get("INSIGHTS_CHECKPOINTS", "")), told)
            code = 0
        finally:
            os._exit(code)
    os.close(theirs)
    with os.fdopen(ours, "rb") as told:
        content = told.read()
    _, status = os.waitpid(child, 0)
    return pickle.loads(content) if not status else {"state": f"it could not be read ({status})"}


def differences(found: State, wanted: State) -> list[str]:
    """How they differ, a sentence for each part."""
    told: list[str] = []
    for name in sorted(found.keys() | wanted.keys()):
        if name not in wanted:
            told.append(f"{name} is there and should not be")
        elif name not in found:
            told.append(f"{name} is missing")
        elif found[name] != wanted[name]:
            told.append(f"{name} differs: {_shown(found[name])} instead of {_shown(wanted[name])}")
    return told


def _shown(value: Any) -> str:
    text = repr(value)
    return text if len(text) < 200 else f"{text[:90]} … {text[-90:]}"


def _read(data: Path) -> State:
    state: State = {}
    if not data.is_dir():
        return state
    for path in sorted(data.rglob("*")):
        name = str(path.relative_to(data))
        if path.is_file() and not _CHANGING.search(name):
            state[name] = hashlib.sha256(path.read_bytes()).hexdigest()
        elif path.is_file() and name.endswith("receipt.json"):
            state[name] = sorted(json.loads(path.read_bytes()))
    state |= _ledger(data / "memory") if (data / "memory").is_dir() else {}
    state |= _runs(data / "runs.sqlite") if (data / "runs.sqlite").exists() else {}
    state |= _outbox(data / "outbox.sqlite") if (data / "outbox.sqlite").exists() else {}
    return state


def _rows(path: Path, tables: dict[str, str]) -> State:
    with closing(sqlite3.connect(path)) as database:
        return {name: sorted(database.execute(query).fetchall(), key=repr) for name, query in tables.items()}


def _ledger(folder: Path) -> State:
    from graph.context import Context
    from tests.scripted import HashEmbedder
    from vectorstore.memory import Memory

    with Memory.open(folder, HashEmbedder(), lexicon=Context().lexicon, wait=5) as memory:
        # What was mended on opening is no loss, but is told.
        state: State = {"memory: faults": memory.check(), "memory: counts": memory.counts()}
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        tables = [row[0] for row in ledger.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        for table in tables:
            rows = sorted(repr(tuple(row)) for row in ledger.execute(f"SELECT * FROM {table}"))
            state[f"ledger: {table}"] = (len(rows), hashlib.sha256("\n".join(rows).encode()).hexdigest()[:12])
    return state


def _runs(path: Path) -> State:
    with closing(sqlite3.connect(path)) as runs:
        whole = runs.execute("PRAGMA quick_check").fetchone()[0]
        tables = {row[0] for row in runs.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        threads = runs.execute("SELECT DISTINCT thread_id FROM checkpoints").fetchall() if tables else []
    return {"runs: check": whole, "runs: threads": sorted(row[0] for row in threads)}


def _steps(url: str) -> State:
    if not url:
        return {}
    import psycopg

    with psycopg.connect(url) as steps:
        return {"postgres: threads": sorted(steps.execute("SELECT DISTINCT thread_id FROM checkpoints").fetchall())}


def _outbox(path: Path) -> State:
    # Addresses are of the room; what is left is how many of each.
    letters = _rows(path, {"outbox": "SELECT issue, edition, channel, state FROM letters"})
    return letters
