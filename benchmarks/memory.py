"""The memory at the size of years: taken in, rebuilt, asked.

    python -m benchmarks.memory PAPERS.jsonl.xz [--work FOLDER] [--sizes 5000 20000 75000] [--repeats 20] [--keep]

PAPERS holds a paper a line (day, id, title, abstract, categories), in the order of days. A size beyond theirs is made
of copies (see ``copies.py``). Vectors are those of the titles, computed once and kept in ``--work``; embedding is in no
figure. Each day is remembered as a report without claims, filed under its first arXiv category; its sentences are split
at full stops. Every part runs in a process of its own, whose peak memory is the operating system's. Prints, in wall
time and in seconds of the processor (the steadier figure where others work on the machine too),

- papers a second of ``remember``, day by day and in bulk, ledger and topics included, beside plain Chroma upserts of
  the same vectors and metadata: in the same daily batches, and in batches of 2,000;
- bytes a paper in Chroma and in the ledger, peak memory, and the time to make Chroma's part anew from the ledger;
- at each size how long opening takes and the first recall after it, and the median and 95th percentile of: ``recall``
  for a day of 500 papers, one filtered search, and the rows of 28 days from which trends are told. A size grows less
  than linearly when its time grows by less than it does;
- which share of the five papers that an exact comparison with every earlier one finds, a recall finds too.

``--keep`` leaves each store in ``--work`` and takes up what is there; of a size with a store only what is asked of it
is measured.
"""

import argparse
import gc
import json
import os
import resource
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, nullcontext
from datetime import timedelta
from itertools import groupby, islice
from pathlib import Path
from time import perf_counter, process_time
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from domain.reports import Filing, Report
from domain.trends import Recollection
from prompts.topics import load_topics
from vectorstore.memory import Memory

from .copies import Prepared, Row, Rows, like, prepare, read

DAY = 500
"""Papers of the day that is recalled."""
BULK = 2_000
T = TypeVar("T")


def days(rows: Iterable[Row]) -> Iterator[Report]:
    for day, group in groupby(rows, key=lambda row: row.day):
        held = list(group)
        yield Report(
            day=day,
            language="en",
            status="complete",
            model="none",
            quoted=True,
            papers=tuple(row.paper for row in held),
            filings=tuple(
                Filing(paper_id=row.paper.id, category=row.category, certainty=1.0, decided_by="arXiv") for row in held
            ),
        )


class Clock:
    """Wall and processor seconds of what runs within it, all told."""

    def __init__(self) -> None:
        self.wall = self.processor = 0.0

    def __enter__(self) -> None:
        self._begun = perf_counter(), process_time()

    def __exit__(self, *_: object) -> None:
        self.wall += perf_counter() - self._begun[0]
        self.processor += process_time() - self._begun[1]

    def told(self, **more: Any) -> dict[str, Any]:
        return {"seconds": self.wall, "processor": self.processor, "peak": _peak(), **more}


def take_in(rows: Rows, embed: Prepared, folder: Path, *, bulk: bool) -> dict[str, Any]:
    """Remembers every day; the time is that of ``remember``, and of ending the bulk."""
    clock = Clock()
    with Memory.open(folder, embed, lexicon=load_topics()) as memory, ExitStack() as ending:
        at_once = memory.bulk() if bulk else nullcontext()
        at_once.__enter__()
        for report in days(rows):
            embed_first(memory, report)
            with clock:
                memory.remember(report)
        ending.enter_context(clock)
        at_once.__exit__(None, None, None)
    return clock.told()


def embed_first(memory: Memory, report: Report) -> None:
    """As in a run, where the papers are recalled, and so embedded, before they are remembered."""
    memory._vectors(report.papers, {})  # pyright: ignore[reportPrivateUsage]


def plain(rows: Rows, embed: Prepared, folder: Path, batch: int | None) -> dict[str, Any]:
    """The same into Chroma alone: a batch a day, or of ``batch`` papers."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection("plain", embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    clock = Clock()
    for held in _batches(rows, batch):
        vectors = embed([row.paper.title for row in held])
        with clock:
            collection.upsert(
                ids=[row.paper.id for row in held],
                embeddings=vectors,
                metadatas=[{"day": int(row.day.strftime("%Y%m%d")), "category": row.category} for row in held],
            )
    return clock.told()


def _batches(rows: Rows, batch: int | None) -> Iterator[list[Row]]:
    if batch is None:
        yield from (list(group) for _, group in groupby(rows, key=lambda row: row.day))
        return
    rest = iter(rows)
    while held := list(islice(rest, batch)):
        yield held


def rebuild(embed: Prepared, folder: Path) -> dict[str, Any]:
    clock = Clock()
    with Memory.open(folder, embed, lexicon=load_topics()) as memory, clock:
        memory.rebuild()
    return clock.told()


def ask(rows: Rows, embed: Prepared, vectors: NDArray[np.float32], folder: Path, repeats: int) -> dict[str, Any]:
    """Wall and processor seconds of every repeat, by what was asked, and what a recall found of what is nearest."""
    random, last = np.random.default_rng(3), rows[len(rows) - 1].day
    taken: dict[str, list[tuple[float, float]]] = {}
    shares: list[float] = []

    def timed(name: str, call: Callable[[], T]) -> T:
        clock = Clock()
        with clock:
            answer = call()
        taken.setdefault(name, []).append((clock.wall, clock.processor))
        return answer

    gc.freeze()  # these papers are the benchmark's: no run has so many to look through for garbage
    memory = timed("opening", lambda: Memory.open(folder, embed, lexicon=load_topics()))
    with memory:
        for turn in range(repeats + 1):
            new = [
                row.paper.model_copy(update={"id": f"arxiv:9{turn:03}.{n:05}", "title": like(row.paper.title)})
                for n, row in enumerate(rows[int(at)] for at in random.choice(len(rows), DAY, replace=False))
            ]
            tomorrow, month = last + timedelta(days=1), last - timedelta(days=28)
            category = rows[int(random.integers(len(rows)))].category
            near = like(rows[int(random.integers(len(rows)))].paper.title)
            name = f"recall, {DAY} papers" if turn else f"first recall, {DAY} papers"
            found = timed(name, lambda: memory.recall(new, tomorrow))  # noqa: B023
            timed("search, 28 days of a category", lambda: memory.search(near, since=month, categories=[category]))  # noqa: B023
            timed("trends, 28 days", lambda: memory.history(tomorrow))  # noqa: B023
            if turn < 3:
                asked = memory._vectors(new, {})  # pyright: ignore[reportPrivateUsage]
                shares.append(_found_of_nearest(rows, vectors, asked, found))
    return {"taken": taken, "found": float(np.mean(shares)), "peak": _peak()}


def _found_of_nearest(
    rows: Rows,
    vectors: NDArray[np.float32],
    asked: Mapping[str, NDArray[np.float32]],
    found: Mapping[str, Recollection],
) -> float:
    """Share of the five nearest of all works, compared one by one, that were found; 0-1. Of equally near ones any."""
    questions = np.stack(list(asked.values()))
    near = np.concatenate(
        [
            np.sort(questions @ np.asarray(vectors[start : start + 50_000]).T, axis=1)[:, -8:]
            for start in range(0, len(rows), 50_000)
        ],
        axis=1,
    )
    fifth = np.sort(near, axis=1)[:, -5]
    return float(
        np.mean(
            [
                sum(one.similarity >= least - 1e-5 for one in found[id].neighbours) / 5
                for id, least in zip(asked, fifth, strict=True)
            ]
        )
    )


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


PARTS = ("take_in", "in_bulk", "daily", "batches", "rebuild", "ask")


def measure(part: str, rows: Rows, embed: Prepared, vectors: NDArray[np.float32], folder: Path, repeats: int) -> Any:
    match part:
        case "take_in" | "in_bulk":
            return take_in(rows, embed, folder, bulk=part == "in_bulk")
        case "daily" | "batches":
            return plain(rows, embed, folder, BULK if part == "batches" else None)
        case "rebuild":
            return rebuild(embed, folder)
        case _:
            return ask(rows, embed, vectors, folder, repeats)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description="The memory at the size of years.")
    parser.add_argument("papers", type=Path)
    parser.add_argument("--work", type=Path, default=Path("build") / "memory")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 20_000, 75_000])
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--keep", action="store_true")
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    first = read(asked.papers)
    if asked.part:
        [papers] = asked.sizes
        vectors = prepare(first, papers, asked.work)
        rows, embed = Rows(first, papers), Prepared(first, vectors)
        print(json.dumps(measure(asked.part, rows, embed, vectors, asked.folder, asked.repeats)))
        return

    def part(name: str, folder: Path, papers: int) -> dict[str, Any]:
        command = [sys.executable, "-m", "benchmarks.memory", str(asked.papers), "--work", str(asked.work)]
        command += ["--part", name, "--folder", str(folder), "--sizes", str(papers), "--repeats", str(asked.repeats)]
        said = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout
        return json.loads(said.splitlines()[-1])

    medians: dict[str, list[tuple[int, float]]] = {}
    for wanted in asked.sizes:
        # A file that holds nearly as many papers as are wanted is taken as it is.
        papers = len(first) if abs(wanted - len(first)) < 1_000 else wanted
        folder = asked.work / f"store-{papers}"
        print(f"\n{papers} papers; load of the machine {os.getloadavg()[0]:.1f}", flush=True)
        if not folder.exists():
            _take_in(part, folder, papers)
        chroma, ledger = size(folder / "chroma"), sum(p.stat().st_size for p in folder.glob("ledger.sqlite*"))
        print(f"  bytes a paper  {chroma / papers:.0f} in Chroma, {ledger / papers:.0f} in the ledger", flush=True)
        answers = part("ask", folder, papers)
        for name, seconds in answers["taken"].items():
            (p50, p50_own), (p95, p95_own) = np.percentile(seconds, [50, 95], axis=0)
            medians.setdefault(name, []).append((papers, float(p50_own)))
            if len(seconds) == 1:
                print(f"  {name:30} {p50 * 1000:.0f} ms, {p50_own * 1000:.0f} of the processor")
            else:
                print(
                    f"  {name:30} p50 {p50 * 1000:.0f} ms, p95 {p95 * 1000:.0f} ms; of the processor "
                    f"{p50_own * 1000:.0f} and {p95_own * 1000:.0f}"
                )
        print(f"  found          {answers['found']:.4f} of the five nearest by exact comparison", flush=True)
        print(f"  peak           {answers['peak']:.0f} MB, load {os.getloadavg()[0]:.1f}", flush=True)
        if not asked.keep:
            shutil.rmtree(folder)
    if len(asked.sizes) > 1:
        print("\ngrowth of processor time from the smallest to the largest store (below 1 of linear: less than linear)")
        for name, points in medians.items():
            (few, quick), (many, slow) = points[0], points[-1]
            print(
                f"  {name:30} time x {slow / quick:.1f}, papers x {many / few:.1f}: {slow / quick / (many / few):.2f}"
            )


def _take_in(part: Callable[[str, Path, int], dict[str, Any]], folder: Path, papers: int) -> None:
    aside = folder.with_name("aside")
    plain: list[dict[str, Any]] = []
    for name, what in (
        ("daily", "plain Chroma, daily batches"),
        ("batches", f"plain Chroma, batches of {BULK}"),
        ("take_in", "remember, day by day"),
        ("in_bulk", "remember, in bulk"),
    ):
        shutil.rmtree(aside, ignore_errors=True)
        taken = part(name, aside, papers)
        wall, own = papers / taken["seconds"], papers / taken["processor"]
        print(
            f"  {what:31}{wall:6.0f} papers/s, {own:6.0f} a processor second, peak {taken['peak']:.0f} MB", flush=True
        )
        if name in ("daily", "batches"):
            plain.append(taken)
            continue
        for base, batches in zip(plain, ("daily batches", f"batches of {BULK}"), strict=True):
            wall, own = (base[kind] / taken[kind] for kind in ("seconds", "processor"))
            print(f"{'':33}{wall:6.2f} of plain Chroma in {batches}; by the processor {own:.2f}", flush=True)
    aside.rename(folder)
    anew = part("rebuild", folder, papers)
    seconds = f"{anew['seconds']:.1f} s, {anew['processor']:.1f} of the processor"
    print(f"  rebuild        {seconds}, peak {anew['peak']:.0f} MB", flush=True)


if __name__ == "__main__":
    main()
