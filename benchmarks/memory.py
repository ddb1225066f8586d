"""The memory at the size of years: taken in, rebuilt, asked.

    python -m benchmarks.memory PAPERS.jsonl.xz [--vectors FILE.npy] [--sizes 5000 20000 75000] [--repeats 20]

PAPERS holds a paper a line (day, id, title, abstract, categories), in the order of days. Vectors are those of the
titles, computed once and kept in ``--vectors``; embedding is in no figure. Each day is remembered as a report without
claims, filed under its first arXiv category. Every part runs in a process of its own, whose peak memory is the
operating system's. Prints

- papers a second of ``remember``, ledger and topics included, beside plain Chroma upserts of the same vectors and
  metadata: in the same daily batches, and in batches of 2,000;
- bytes a paper in Chroma and in the ledger, peak memory, and the time to make Chroma's part anew from the ledger;
- at each size the median and 95th percentile of: ``recall`` for a day of 500 papers, one filtered search, and the
  rows of 28 days from which trends are told. A size grows less than linearly when its time grows by less than it does.
"""

import argparse
import json
import lzma
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from domain.papers import Paper
from domain.reports import Filing, Report
from prompts.topics import load_topics
from vectorstore.embedders.minilm import MiniLM
from vectorstore.memory import Memory

DAY = 500
"""Papers of the day that is recalled."""
BULK = 2_000


class Row(NamedTuple):
    """A paper of the file."""

    day: date
    paper: Paper
    category: str


class Prepared:
    """Vectors prepared once, found by title; a title that begins with « is asked near the one that it names."""

    dimension = 384
    name = "prepared-titles"

    def __init__(self, rows: Sequence[Row], vectors: NDArray[np.float32]) -> None:
        self._places = {row.paper.title: place for place, row in enumerate(rows)}
        self._vectors = vectors
        self._random = np.random.default_rng(7)

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        titles = [text.partition("\n")[0] for text in texts]
        vectors = self._vectors[[self._places.get(title.lstrip("«"), 0) for title in titles]].copy()
        asked = [place for place, title in enumerate(titles) if title.startswith("«")]
        vectors[asked] += self._random.normal(0, 0.02, (len(asked), self.dimension)).astype(np.float32)
        return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def read(path: Path, most: int | None = None) -> list[Row]:
    rows: list[Row] = []
    with lzma.open(path, "rt", encoding="utf-8") as file:
        for line in file:
            raw = json.loads(line)
            paper = Paper(
                id=f"arxiv:{raw['id']}",
                title=raw["title"],
                abstract=raw["abstract"],
                categories=tuple(raw["categories"]),
                sources=("files",),
            )
            rows.append(Row(date.fromisoformat(raw["day"]), paper, raw["categories"][0] if raw["categories"] else ""))
            if len(rows) == most:
                break
    return sorted(rows, key=lambda row: row.day)


def prepare(rows: Sequence[Row], path: Path) -> NDArray[np.float32]:
    """The vectors of the titles, computed where the file lacks them."""
    if path.exists() and len(held := np.load(path)) == len(rows):
        return held
    embed, started = MiniLM(), perf_counter()
    vectors = embed([row.paper.title for row in rows])
    print(f"{len(rows)} titles embedded in {perf_counter() - started:.0f} s", flush=True)
    np.save(path, vectors)
    return vectors


def days(rows: Sequence[Row]) -> Iterator[Report]:
    for day, group in groupby(rows, key=lambda row: row.day):
        held = list(group)
        yield Report(
            day=day,
            language="en",
            status="complete",
            model="none",
            extractive=True,
            papers=tuple(row.paper for row in held),
            filings=tuple(
                Filing(paper_id=row.paper.id, category=row.category, certainty=1.0, decided_by="arXiv") for row in held
            ),
        )


def take_in(rows: Sequence[Row], embed: Prepared, folder: Path) -> dict[str, Any]:
    """Remembers every day; seconds are those of ``remember`` alone."""
    seconds, reports = 0.0, list(days(rows))
    with Memory.open(folder, embed, lexicon=load_topics()) as memory:
        for report in reports:
            embed_first(memory, report)
            started = perf_counter()
            memory.remember(report)
            seconds += perf_counter() - started
    return {"seconds": seconds, "peak": _peak()}


def embed_first(memory: Memory, report: Report) -> None:
    """As in a run, where the papers are recalled, and so embedded, before they are remembered."""
    memory._vectors(report.papers, {})  # pyright: ignore[reportPrivateUsage]


def plain(rows: Sequence[Row], embed: Prepared, folder: Path, batch: int | None) -> dict[str, Any]:
    """The same into Chroma alone: a batch a day, or of ``batch`` papers."""
    import chromadb
    from chromadb.config import Settings

    client = chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False))
    collection = client.create_collection("plain", embedding_function=None, configuration={"hnsw": {"space": "cosine"}})
    if batch:
        batches = [list(rows[start : start + batch]) for start in range(0, len(rows), batch)]
    else:
        batches = [list(group) for _, group in groupby(rows, key=lambda row: row.day)]
    seconds = 0.0
    for held in batches:
        vectors = embed([row.paper.title for row in held])
        started = perf_counter()
        collection.upsert(
            ids=[row.paper.id for row in held],
            embeddings=vectors,
            metadatas=[{"day": int(row.day.strftime("%Y%m%d")), "category": row.category} for row in held],
        )
        seconds += perf_counter() - started
    return {"seconds": seconds, "peak": _peak()}


def rebuild(_: Sequence[Row], embed: Prepared, folder: Path) -> dict[str, Any]:
    with Memory.open(folder, embed, lexicon=load_topics()) as memory:
        started = perf_counter()
        memory.rebuild()
        return {"seconds": perf_counter() - started, "peak": _peak()}


def ask(rows: Sequence[Row], embed: Prepared, folder: Path, repeats: int) -> dict[str, Any]:
    """Seconds of every repeat, by what was asked."""
    random, last = np.random.default_rng(3), rows[-1].day
    taken: dict[str, list[float]] = {}

    def clock(name: str, call: Callable[[], object]) -> None:
        started = perf_counter()
        call()
        taken.setdefault(name, []).append(perf_counter() - started)

    with Memory.open(folder, embed, lexicon=load_topics()) as memory:
        for turn in range(repeats + 1):
            new = [
                row.paper.model_copy(update={"id": f"arxiv:9{turn:03}.{n:05}", "title": f"«{row.paper.title}"})
                for n, row in enumerate(rows[place] for place in random.choice(len(rows), DAY, replace=False))
            ]
            tomorrow, month = last + timedelta(days=1), last - timedelta(days=28)
            category = rows[int(random.integers(len(rows)))].category
            near = "«" + rows[int(random.integers(len(rows)))].paper.title
            clock("recall, 500 papers", lambda: memory.recall(new, tomorrow))  # noqa: B023
            clock("search, 28 days of a category", lambda: memory.search(near, since=month, categories=[category]))  # noqa: B023
            clock("trends, 28 days", lambda: memory.history(tomorrow))  # noqa: B023
    return {"taken": {name: seconds[1:] for name, seconds in taken.items()}, "peak": _peak()}


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def size(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


PARTS: dict[str, Callable[[Sequence[Row], Prepared, Path, int], dict[str, Any]]] = {
    "take_in": lambda rows, embed, folder, _: take_in(rows, embed, folder),
    "daily": lambda rows, embed, folder, _: plain(rows, embed, folder, None),
    "bulk": lambda rows, embed, folder, _: plain(rows, embed, folder, BULK),
    "rebuild": lambda rows, embed, folder, _: rebuild(rows, embed, folder),
    "ask": ask,
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.memory", description="The memory at the size of years.")
    parser.add_argument("papers", type=Path)
    parser.add_argument("--vectors", type=Path, default=Path(tempfile.gettempdir()) / "insights-title-vectors.npy")
    parser.add_argument("--sizes", type=int, nargs="+", default=[5_000, 20_000, 75_000])
    parser.add_argument("--repeats", type=int, default=20)
    parser.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    parser.add_argument("--folder", type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    rows = read(asked.papers)
    vectors = prepare(rows, asked.vectors)
    if asked.part:
        rows = rows[: asked.sizes[0]]
        print(json.dumps(PARTS[asked.part](rows, Prepared(rows, vectors), asked.folder, asked.repeats)))
        return

    def part(name: str, folder: Path, papers: int) -> dict[str, Any]:
        command = [sys.executable, "-m", "benchmarks.memory", str(asked.papers), "--vectors", str(asked.vectors)]
        command += ["--part", name, "--folder", str(folder), "--sizes", str(papers), "--repeats", str(asked.repeats)]
        return json.loads(
            subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout.splitlines()[-1]
        )

    medians: dict[str, list[tuple[int, float]]] = {}
    with tempfile.TemporaryDirectory() as work:
        for wanted in asked.sizes:
            papers, folder = min(wanted, len(rows)), Path(work) / str(wanted)
            ours = part("take_in", folder, papers)
            print(f"\n{papers} papers of {len({row.day for row in rows[:papers]})} days")
            print(f"  remember       {papers / ours['seconds']:7.0f} papers/s, peak {ours['peak']:.0f} MB")
            for name, what in (("daily", "daily batches"), ("bulk", f"batches of {BULK}")):
                other = part(name, Path(work) / name, papers)
                shutil.rmtree(Path(work) / name)
                speed, ratio = papers / other["seconds"], other["seconds"] / ours["seconds"]
                print(
                    f"  plain Chroma   {speed:7.0f} papers/s in {what}, peak {other['peak']:.0f} MB: ratio {ratio:.2f}"
                )
            chroma, ledger = size(folder / "chroma"), sum(p.stat().st_size for p in folder.glob("ledger.sqlite*"))
            print(f"  bytes a paper  {chroma / papers:.0f} in Chroma, {ledger / papers:.0f} in the ledger")
            anew = part("rebuild", folder, papers)
            print(f"  rebuild        {anew['seconds']:.1f} s, peak {anew['peak']:.0f} MB", flush=True)
            answers = part("ask", folder, papers)
            for name, seconds in answers["taken"].items():
                p50, p95 = np.percentile(seconds, [50, 95])
                medians.setdefault(name, []).append((papers, float(p50)))
                print(f"  {name:30} p50 {p50 * 1000:7.1f} ms, p95 {p95 * 1000:7.1f} ms", flush=True)
            shutil.rmtree(folder)
    if len(asked.sizes) > 1:
        print("\ngrowth from the smallest to the largest store (below 1 of linear: less than linear)")
        for name, points in medians.items():
            (few, quick), (many, slow) = points[0], points[-1]
            print(
                f"  {name:30} time x {slow / quick:.1f}, papers x {many / few:.1f}: {slow / quick / (many / few):.2f}"
            )


if __name__ == "__main__":
    main()
