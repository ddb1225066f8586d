"""One owner, crashes, damage: what may happen to the folder between two runs."""

import os
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest
from chromadb import Collection
from chromadb.errors import InternalError
from numpy.typing import NDArray

from tests.vectorstore.conftest import HashEmbedder, days, paper, report
from vectorstore.embedding import EmbedderUnavailable
from vectorstore.memory import ForeignMemory, Memory, MemoryBusy, MemoryUnavailable

MON, TUE = days(4, 5)
ROOT = Path(__file__).parents[2]


@contextmanager
def other_process(folder: Path, work: str) -> Iterator[subprocess.Popen[str]]:
    """A process that opens the memory, does ``work``, says so and then waits for its input to end."""
    program = (
        "import sys\n"
        "from datetime import date\n"
        "from pathlib import Path\n"
        "from tests.vectorstore.conftest import HashEmbedder, paper, report\n"
        "from vectorstore.memory import Memory\n"
        "memory = Memory.open(Path(sys.argv[1]), HashEmbedder())\n"
        f"{work}\n"
        "print('done', flush=True)\n"
        "sys.stdin.read()\n"
        "memory.close()\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", program, str(folder)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "done\n"
        yield process
        process.kill()


def damaged_store(folder: Path) -> Path:
    """A memory of 1,100 papers, enough for Chroma to write its vectors to files. Returns the folder of those files."""
    with Memory.open(folder, HashEmbedder()) as memory:
        # Without claims, so that only the papers' vectors reach files.
        memory.remember(report(MON, [paper(n) for n in range(1100)]).model_copy(update={"items": ()}))
    [files] = (path.parent for path in (folder / "chroma").glob("*/data_level0.bin"))
    return files


def mended(folder: Path) -> list[str]:
    """Opens a memory of 1,100 papers, sees that it is whole and that nothing was embedded, and returns its notes."""
    embed = HashEmbedder()
    with Memory.open(folder, embed) as memory:
        assert memory.check() == []
        assert memory.counts()["indexed"] == 1100
        assert embed.embedded == []
        neighbours = memory.recall([paper(2000)], TUE)[paper(2000).id].neighbours
        assert len(neighbours) == 5
        notes = memory.notes
    with Memory.open(folder, embed) as memory:
        assert memory.notes == []
    return notes


def test_what_one_process_remembers_another_recalls(folder: Path, embed: HashEmbedder) -> None:
    with other_process(folder, "memory.remember(report(date(2024, 11, 4), [paper(1), paper(2)]))") as process:
        assert process.stdin
        process.stdin.close()
        assert process.wait() == 0
    with Memory.open(folder, embed) as memory:
        found = memory.recall([paper(1)], TUE)[paper(1).id]
    assert (found.first_day, [n.paper_id for n in found.neighbours]) == (MON, [paper(2).id])
    assert embed.embedded == []


def test_a_second_process_is_refused_by_name_until_the_first_is_killed(folder: Path, embed: HashEmbedder) -> None:
    with other_process(folder, "memory.remember(report(date(2024, 11, 4), [paper(1)]))") as process:
        with pytest.raises(MemoryBusy, match=f"in use by process {process.pid}"):
            Memory.open(folder, embed)
        process.send_signal(signal.SIGKILL)
        process.wait()
        with Memory.open(folder, embed) as memory:
            assert memory.check() == []
            assert memory.recall([paper(1)], TUE)[paper(1).id].first_day == MON


def test_a_process_does_not_open_a_memory_twice(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed), pytest.raises(MemoryBusy, match=f"in use by process {os.getpid()}"):
        Memory.open(folder, embed)
    with Memory.open(folder, embed) as memory:
        memory.close()
        with Memory.open(folder, embed) as again:
            assert again.check() == []


def test_a_memory_may_be_closed_in_another_thread_and_whoever_waits_gets_it(folder: Path, embed: HashEmbedder) -> None:
    first = Memory.open(folder, embed)
    with ThreadPoolExecutor() as threads:
        waiting = threads.submit(Memory.open, folder, HashEmbedder(), wait=60)
        first.remember(report(MON, [paper(1)]))
        threads.submit(first.close).result()
        with waiting.result() as memory:
            assert memory.counts()["indexed"] == 1


def test_a_folder_that_was_deleted_without_closing_can_be_made_again(folder: Path, embed: HashEmbedder) -> None:
    lost = Memory.open(folder, embed)
    lost.remember(report(MON, [paper(1)]))
    shutil.rmtree(folder)
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(2)]))
    lost.close()
    with Memory.open(folder, embed) as memory:
        assert memory.notes == []
        assert memory.counts()["indexed"] == 1


def test_a_day_that_the_index_did_not_get_is_caught_up_on_opening(
    folder: Path, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise InternalError("disk is full")

    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(1), paper(2)]))
        with monkeypatch.context() as patched:
            patched.setattr(Collection, "upsert", fails)
            with pytest.raises(
                MemoryUnavailable, match=r"could not be written \(disk is full\).*ledger has everything"
            ):
                memory.remember(report(MON, [paper(2), paper(3)]))
        assert memory.check() == ["The index is behind by 3 papers.", "The index is behind by 3 passages."]
    with Memory.open(folder, embed) as memory:
        assert memory.check() == []
        assert memory.counts() == {"days": 1, "papers": 2, "sightings": 2, "claims": 2, "vectors": 2, "indexed": 2}


def test_deleted_vector_files_are_rebuilt(folder: Path) -> None:
    shutil.rmtree(damaged_store(folder))
    [note] = mended(folder)
    assert note.startswith("The index was damaged (") and "1100 papers were put back from the ledger" in note


def test_a_vector_file_cut_in_half_is_rebuilt(folder: Path) -> None:
    data = damaged_store(folder) / "data_level0.bin"
    os.truncate(data, data.stat().st_size // 2)
    [note] = mended(folder)
    assert note == "The index was damaged (data_level0.bin is cut off); 1100 papers were put back from the ledger."


def test_a_cut_file_is_damage_also_where_memory_still_holds_what_it_held(folder: Path) -> None:
    files = damaged_store(folder)
    with Memory.open(folder, HashEmbedder()) as memory:
        assert memory.check() == []
        for name, kept in {"data_level0.bin": 0.5, "length.bin": 0.99, "link_lists.bin": 0.99, "header.bin": 0}.items():
            whole = (files / name).read_bytes()
            os.truncate(files / name, int(len(whole) * kept))
            assert memory.check() == [f"The index is damaged: {name} is cut off."]
            (files / name).write_bytes(whole)
        assert memory.check() == []
        (files / "header.bin").rename(files / "away")
        (files / "header.bin").mkdir()
        assert memory.check() == ["The index is damaged: header.bin cannot be read: Is a directory."]


def test_a_vector_file_of_other_vectors_is_rebuilt(folder: Path) -> None:
    damaged_store(folder)
    with Memory.open(folder.with_name("other"), HashEmbedder()) as other:
        others = [paper(n, f"Other {n * 7}", f"words {n * 7}") for n in range(1100)]
        other.remember(report(MON, others).model_copy(update={"items": ()}))
    shutil.rmtree(folder / "chroma")
    shutil.copytree(folder.with_name("other") / "chroma", folder / "chroma")
    [note] = mended(folder)
    assert "are not what was stored" in note


def test_a_graph_that_lost_its_links_is_rebuilt_where_it_is_asked(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = damaged_store(folder)
    _, _, _, number, size = struct.unpack_from("<iQQQQ", (files / "header.bin").read_bytes())
    with (files / "data_level0.bin").open("r+b") as data:
        for element in range(number):
            data.seek(element * size)
            data.write(bytes(4))  # how many links it has
    with Memory.open(folder, HashEmbedder()) as memory:
        assert (memory.notes, memory.check()) == ([], [])
    monkeypatch.setattr("vectorstore.index.EXACT", 1_000)
    [note] = mended(folder)
    assert "papers are not found by their own vector" in note


def test_papers_of_one_text_are_no_damage(
    folder: Path, url: str | None, embed: HashEmbedder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("vectorstore.index.EXACT", 0)
    with Memory.open(folder, embed, url=url) as memory:
        memory.remember(report(MON, [paper(n, "Code", "The code is there.") for n in range(40)]))
        assert memory.check() == []


def test_a_deleted_index_is_filled_from_the_ledger(folder: Path) -> None:
    damaged_store(folder)
    shutil.rmtree(folder / "chroma")
    assert mended(folder) == ["The index lacked 1100 of 1100 papers; they were put back from the ledger."]


def test_an_index_that_is_no_database_is_made_anew(folder: Path) -> None:
    damaged_store(folder)
    (folder / "chroma" / "chroma.sqlite3").write_bytes(b"garbage" * 1000)
    first, second = mended(folder)
    assert first.startswith("The index could not be opened")
    assert second == "The index lacked 1100 of 1100 papers; they were put back from the ledger."


def test_an_index_that_brought_a_run_down_is_not_tried_again(folder: Path) -> None:
    damaged_store(folder)
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("INSERT INTO settings VALUES ('self-check', 'running')")
    ledger.close()
    assert mended(folder)[0] == "The last run ended while it tried the index, so the index is made anew."


def test_the_memory_of_another_embedder_is_refused_with_what_to_run(folder: Path, embed: HashEmbedder) -> None:
    Memory.open(folder, embed).close()
    with pytest.raises(ForeignMemory, match=r"embedder words \(64 .*uses other \(32\).*Run 'insights memory rebuild'"):
        Memory.open(folder, HashEmbedder("other", 32))
    with pytest.raises(ForeignMemory):
        Memory.open(folder, HashEmbedder("words", 32))
    Memory.open(folder, embed).close()


def test_a_memory_is_embedded_anew_on_demand_and_going_back_costs_only_what_claims_rest_on(
    folder: Path, embed: HashEmbedder
) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(1), paper(2)]))
    other = HashEmbedder("other", 32)
    with Memory.open(folder, other, embed_anew=True) as memory:
        memory.rebuild()
        assert memory.check() == []
        assert memory.counts() | {"vectors": 2, "indexed": 2} == memory.counts()
        assert [hit.title for hit in memory.search(paper(2).title, kind="paper", most=1)] == [paper(2).title]
        assert memory.search(paper(2).title, kind="claim", most=1)[0].paper_id == paper(2).id
    Memory.open(folder, other).close()
    back = HashEmbedder()
    with Memory.open(folder, back, embed_anew=True) as memory:
        memory.rebuild()
        assert memory.check() == []
    assert [text for text in back.embedded if "We study" in text] == []


def test_an_embedder_that_cannot_be_reached_takes_over_no_memory(folder: Path, embed: HashEmbedder) -> None:
    class Down(HashEmbedder):
        def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
            raise EmbedderUnavailable("The embedding model m did not answer: 503")

    Memory.open(folder, embed).close()
    with pytest.raises(EmbedderUnavailable):
        Memory.open(folder, Down("other", 32), embed_anew=True)
    Memory.open(folder, embed).close()


def test_a_memory_of_a_newer_version_is_refused(folder: Path, embed: HashEmbedder) -> None:
    Memory.open(folder, embed).close()
    with sqlite3.connect(folder / "ledger.sqlite") as ledger:
        ledger.execute("PRAGMA user_version = 99")
    ledger.close()
    with pytest.raises(ForeignMemory, match=r"newer version .*schema 99.*Update the project"):
        Memory.open(folder, embed)


def test_a_damaged_ledger_is_named_with_the_way_out(folder: Path, embed: HashEmbedder) -> None:
    Memory.open(folder, embed).close()
    (folder / "ledger.sqlite").write_bytes(b"not a database at all" * 500)
    with pytest.raises(MemoryUnavailable, match=r"is damaged .*rebuild the memory from the published reports"):
        Memory.open(folder, embed)


def test_a_folder_that_cannot_be_written_gives_a_sentence(tmp_path: Path, embed: HashEmbedder) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(MemoryUnavailable, match=r"cannot be used: Not a directory\. Name a folder that you may write"):
        Memory.open(tmp_path / "file" / "memory", embed)


def test_a_rebuild_leaves_one_set_of_files(folder: Path) -> None:
    damaged_store(folder)
    with Memory.open(folder, HashEmbedder()) as memory:
        assert memory.rebuild() == 1100
        assert memory.rebuild() == 1100
    assert len(list((folder / "chroma").glob("*/data_level0.bin"))) == 1
    assert not (folder / "chroma-fresh").exists()
    assert mended(folder) == []


def test_claims_that_the_index_lost_are_put_back_without_embedding(folder: Path, embed: HashEmbedder) -> None:
    with Memory.open(folder, embed) as memory:
        memory.remember(report(MON, [paper(1), paper(2)]))
        found = memory.search("subject", kind="claim")
        assert len(found) == 2
        index = memory._index
        index.remove(index.ids("passages"), "passages")
        assert memory.check() == ["The ledger and the index differ in 2 passages."]
    embed.embedded.clear()
    with Memory.open(folder, embed) as memory:
        assert memory.notes == ["The index lacked 2 of 2 passages; they were put back from the ledger."]
        assert (memory.check(), embed.embedded) == ([], [])
        assert memory.search("subject", kind="claim") == found


def test_claims_whose_vectors_a_cut_off_run_did_not_compute_are_embedded_by_the_first_search(
    folder: Path, embed: HashEmbedder
) -> None:
    class Fails(HashEmbedder):
        def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
            if any(text.startswith("Agents") and "\n" not in text for text in texts):
                raise RuntimeError("the power went")
            return super().__call__(texts)

    with Memory.open(folder, Fails()) as memory, pytest.raises(RuntimeError, match="power"):
        memory.remember(report(MON, [paper(1, "Agents plan")]))
    with Memory.open(folder, embed) as memory:
        assert (memory.notes, memory.check()) == ([], [])
        assert [hit.text for hit in memory.search("agents", kind="claim")] == ["ko: Agents plan"]
        assert embed.embedded.count("Agents plan") == 1
        assert memory.check() == []
