"""Memories that older versions wrote: opened, brought up to date in place, and searched as they were."""

import sqlite3
import zipfile
from contextlib import closing
from datetime import date
from importlib import resources
from pathlib import Path

import pytest

from publishing import version_one
from tests.vectorstore.conftest import HashEmbedder, claim, item, report
from tests.vectorstore.test_history import Words
from vectorstore.memory import Memory, MemoryUnavailable, restore

ARCHIVE = Path(__file__).with_name("schema_2.zip")
"""Two sample days, 2024-10-06 and 2024-10-13, as the version before items wrote them (see ``schema_2.py``)."""


@pytest.fixture
def old(folder: Path) -> Path:
    """A memory of schema 2."""
    restore(ARCHIVE, folder)
    return folder


def claims(folder: Path, column: str) -> list[tuple[int, str, str, int, str, str]]:
    """(day, category, part or role, n, text, evidence) of every claim in the ledger."""
    with closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger:
        return ledger.execute(
            f"SELECT day, category, {column}, n, text, evidence FROM claims ORDER BY day, category, {column}, n"
        ).fetchall()


def to_schema_1(folder: Path) -> None:
    """Puts the ledger's rows into one of schema 1."""
    with (
        closing(sqlite3.connect(folder / "ledger.sqlite")) as ledger,
        closing(sqlite3.connect(folder / "older.sqlite")) as older,
    ):
        older.executescript(resources.files("vectorstore").joinpath("schema_1.sql").read_text("utf-8"))
        for table in ("settings", "days", "papers", "sightings", "claims", "vectors"):
            columns = [row[1] for row in older.execute(f"PRAGMA table_info({table})")]
            rows = ledger.execute(f"SELECT {', '.join(columns)} FROM {table}").fetchall()
            older.executemany(f"INSERT INTO {table} VALUES ({', '.join('?' * len(columns))})", rows)
        older.execute("PRAGMA user_version = 1")
        older.commit()
    for left in folder.glob("ledger.sqlite*"):
        left.unlink()
    (folder / "older.sqlite").rename(folder / "ledger.sqlite")


def test_a_memory_of_schema_2_keeps_its_claims_in_the_roles_that_its_reports_have_now(
    old: Path, embed: HashEmbedder
) -> None:
    before = claims(old, "part")
    with Memory.open(old, embed) as memory:
        assert memory.counts() | {"days": 2, "papers": 22, "sightings": 24, "claims": 33} == memory.counts()
        assert memory.check() == []
    after = claims(old, "role")
    # Both days were quoted, and no claim of theirs rests on two papers.
    roles = {"overview": "opening", "headline": "method", "themes": "abstract", "findings": "result", "trend": "flow"}
    roles |= {"impact": "result", "outlook": "result"}
    said = [(day, category, roles[part], text) for day, category, part, _, text, _ in before if part != "keywords"]
    assert sorted((day, category, role, text) for day, category, role, _, text, _ in after) == sorted(said)
    # Parts that became one role are numbered through, the findings first.
    first, *_ = (text for day, _, part, _, text, _ in before if (day, part) == (20241006, "findings"))
    results = [(n, text) for day, _, role, n, text, _ in after if (day, role) == (20241006, "result")]
    assert [n for n, _ in results] == list(range(1, 12))
    assert results[0][1] == first


def test_what_a_model_said_then_of_several_papers_is_about_the_whole_day(old: Path, embed: HashEmbedder) -> None:
    two = '[{"paper_id": "a", "sentence": 1, "quote": "A."}, {"paper_id": "b", "sentence": 1, "quote": "B."}]'
    with closing(sqlite3.connect(old / "ledger.sqlite")) as ledger:
        ledger.execute("UPDATE days SET extractive = 0")
        ledger.execute("UPDATE claims SET evidence = ? WHERE part = 'themes' AND n = 1", (two,))
        ledger.execute("UPDATE claims SET evidence = ?, kind = 'analysis' WHERE part = 'findings' AND n = 2", (two,))
        ledger.execute("UPDATE claims SET kind = 'analysis' WHERE part IN ('impact', 'outlook')")
        ledger.commit()
    before = {(day, part, n): (category, text) for day, category, part, n, text, _ in claims(old, "part")}
    Memory.open(old, embed).close()
    after = {(day, category, role, text) for day, category, role, _, text, _ in claims(old, "role")}
    category, _ = before[20241013, "headline", 1]
    for part, n, *place in (
        ("headline", 1, category, "hook"),
        ("themes", 1, "", "opening"),
        ("themes", 2, category, "problem"),
        ("findings", 1, category, "result"),
        ("findings", 2, "", "thread"),
        ("impact", 1, category, "note"),
        ("outlook", 1, category, "note"),
        ("overview", 1, "", "opening"),
        ("trend", 1, "", "flow"),
    ):
        assert (20241013, *place, before[20241013, part, n][1]) in after, part
    assert len(after) == len(before) - 10  # keywords


def test_a_memory_of_schema_2_says_what_its_reports_say_when_it_is_made_anew_from_them(
    old: Path, embed: HashEmbedder
) -> None:
    with zipfile.ZipFile(ARCHIVE) as archive:
        reports = [version_one.report(archive.read(n)) for n in archive.namelist() if n.startswith("reports/")]
    with Memory.open(old, embed) as memory:
        migrated = {(row[0], row[1], row[2]) for row in claims(old, "role")}
        before, life = memory.counts(), memory.recall(reports[1].papers, reports[1].day)
        assert memory.rebuild_ledger(reports) == 2
        rebuilt = {(row[0], row[1], row[2]) for row in claims(old, "role")}
        after = memory.counts()
        assert memory.recall(reports[1].papers, reports[1].day) == life
        kept = memory.items(reports[0].papers, "ko")
        assert memory.names(reports[0].papers, "ko") == {}
        assert memory.check() == []
    assert rebuilt == migrated
    assert {name: after[name] for name in ("days", "papers", "sightings", "vectors", "indexed")} == {
        name: before[name] for name in ("days", "papers", "sightings", "vectors", "indexed")
    }
    assert kept == {item.paper_id: item for item in reports[0].items}


def test_what_a_memory_of_schema_2_said_is_found_without_embedding_it_again(old: Path, embed: HashEmbedder) -> None:
    with Memory.open(old, embed, lexicon=Words("training")) as memory:
        [hit] = memory.search("Megatron-LM training faster", kind="claim", most=1)
        assert embed.embedded == ["Megatron-LM training faster"]
        assert (hit.text, hit.role) == ("Compared with Megatron-LM, LLM training becomes up to 1.3x faster.", "result")
        life = memory.biography(hit.paper_id)
        assert [row.new for row in memory.history(date.max)] == [12, 10]
    assert life is not None
    assert hit.text in [said.text for said in life.claims]


def test_a_memory_of_schema_2_goes_on_with_items(old: Path, embed: HashEmbedder) -> None:
    with Memory.open(old, embed) as memory:
        [hit] = memory.search("Megatron-LM", kind="claim", most=1)
        [known] = memory.papers([hit.paper_id]).values()
        assert memory.items([known], "ko") == memory.names([known], "ko") == {}
        told = item(known, claim(known, "학습이 1.3배 빨라졌다."), name="Fast")
        memory.remember(report(hit.day, [known], [told]))
        assert memory.items([known], "ko") == {known.id: told}
        assert memory.check() == []


def test_a_memory_of_schema_1_is_brought_up_to_date_with_its_claims(old: Path, embed: HashEmbedder) -> None:
    to_schema_1(old)
    with Memory.open(old, embed, lexicon=Words("training")) as memory:
        [hit] = memory.search("Megatron-LM training faster", kind="claim", most=1)
        assert (hit.text, hit.role) == ("Compared with Megatron-LM, LLM training becomes up to 1.3x faster.", "result")
        assert hit.title
        assert (memory.counts()["claims"], memory.check()) == (33, [])


def test_a_memory_that_is_brought_up_to_date_only_in_part_stays_as_it_was(
    old: Path, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = claims(old, "part")
    read = Path.read_text

    def broken(path: Path, *given: str) -> str:
        text = read(path, *given)
        return f"{text}\nSELECT no_such_thing;" if path.name == "schema_3.sql" else text

    with monkeypatch.context() as patched:
        patched.setattr(Path, "read_text", broken)
        with pytest.raises(MemoryUnavailable, match="no_such_thing"):
            Memory.open(old, embed)
    assert claims(old, "part") == before
    with Memory.open(old, embed) as memory:
        assert memory.counts()["claims"] == 33
