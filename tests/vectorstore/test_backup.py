"""A copy of the memory in one file, and the way back."""

import sqlite3
import zipfile
from contextlib import closing
from pathlib import Path

import pytest

from tests.vectorstore.conftest import HashEmbedder, days, paper, report
from vectorstore.memory import ForeignMemory, Memory, MemoryBusy, MemoryUnavailable, restore

MON, TUE, WED = days(4, 5, 6)


@pytest.fixture
def archive(folder: Path, embed: HashEmbedder, tmp_path: Path) -> Path:
    """The copy of a memory of one day, made while it was open; the memory went on afterwards."""
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(1), paper(2)]))
        made = memory.backup(tmp_path / "copies" / "memory.zip")
        memory.remember(report(TUE, [paper(3)]))
    return made


def test_a_copy_becomes_the_memory_that_it_was_made_of_without_embedding(
    archive: Path, url: str | None, folder: Path, tmp_path: Path
) -> None:
    embed = HashEmbedder()
    restore(archive, tmp_path / "restored")
    with Memory.open(tmp_path / "restored", embed, url=url) as memory:
        assert memory.notes == ["The index lacked 2 of 2 papers; they were put back from the ledger."]
        assert memory.counts() == {"days": 1, "papers": 2, "sightings": 2, "claims": 2, "vectors": 2, "indexed": 2}
        found = memory.recall([paper(1)], TUE)[paper(1).id]
        assert (found.first_day, [n.paper_id for n in found.neighbours]) == (MON, [paper(2).id])
        assert memory.check() == []
        assert embed.embedded == []
        assert memory.search("subject", kind="claim")
    with Memory.open(folder, embed) as memory:
        assert (memory.notes, memory.counts()["days"]) == ([], 2)
    assert [path.name for path in archive.parent.iterdir()] == [archive.name]


def test_a_copy_takes_no_others_place(archive: Path, folder: Path, embed: HashEmbedder) -> None:
    before = archive.read_bytes()
    with Memory.open(folder, embed) as memory, pytest.raises(MemoryUnavailable, match=r"is there already.*name a new"):
        memory.backup(archive)
    assert archive.read_bytes() == before


def test_a_memory_that_holds_something_is_not_restored_over(archive: Path, folder: Path, embed: HashEmbedder) -> None:
    with pytest.raises(MemoryUnavailable, match=r"holds 2 days.*Move it away, or name another folder"):
        restore(archive, folder)
    with Memory.open(folder, embed) as memory:
        assert (memory.counts()["days"], memory.notes, memory.check()) == (2, [], [])


def test_an_empty_memory_may_be_restored_over_but_not_while_it_is_open(
    archive: Path, tmp_path: Path, embed: HashEmbedder
) -> None:
    with Memory.open(tmp_path / "empty", embed), pytest.raises(MemoryBusy):
        restore(archive, tmp_path / "empty")
    restore(archive, tmp_path / "empty")
    with Memory.open(tmp_path / "empty", embed) as memory:
        assert (memory.counts()["indexed"], memory.check()) == (2, [])


def test_what_is_no_copy_of_a_memory_is_refused_and_leaves_nothing(archive: Path, tmp_path: Path) -> None:
    text, other, cut = tmp_path / "text.zip", tmp_path / "other.zip", tmp_path / "cut.zip"
    text.write_text("not an archive")
    with zipfile.ZipFile(other, "w") as zipped:
        zipped.writestr("ledger.sqlite", b"not a database" * 1000)
    cut.write_bytes(archive.read_bytes()[:-2000])
    for wrong in (text, other, cut):
        with pytest.raises(MemoryUnavailable, match="is not a copy of a memory, or is damaged"):
            restore(wrong, tmp_path / "new")
    with pytest.raises(MemoryUnavailable, match="There is no file"):
        restore(tmp_path / "nothing.zip", tmp_path / "new")
    assert {path.name for path in (tmp_path / "new").iterdir()} <= {"owner.lock"}


def test_a_copy_of_a_newer_version_or_of_another_embedder_is_refused(archive: Path, tmp_path: Path) -> None:
    restore(archive, tmp_path / "other")
    with pytest.raises(ForeignMemory, match="made with the embedder words"):
        Memory.open(tmp_path / "other", HashEmbedder("letters"))
    ledger = tmp_path / "ledger.sqlite"
    ledger.write_bytes(zipfile.ZipFile(archive).read("ledger.sqlite"))
    with closing(sqlite3.connect(ledger)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with zipfile.ZipFile(tmp_path / "newer.zip", "w") as zipped:
        zipped.write(ledger, "ledger.sqlite")
    with pytest.raises(ForeignMemory, match=r"newer version .*schema 99"):
        restore(tmp_path / "newer.zip", tmp_path / "new")
