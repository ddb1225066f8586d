"""Runs recorded days in order into one data folder, and checks what must hold over them.

    python -m benchmarks.days FOLDER [--data DIR] [--between FIRST LAST] [--fresh-largest]

FOLDER holds one file a day, named by it (2025-09-01.jsonl.gz, 2024-09-20.json.gz). Each day is one process of the
command, as cron would start it; seconds and peak memory are the operating system's for that process. Prints a row a
day, the machine, and over all days: papers in two categories, unmarked repeats, days that are not complete. With
--fresh-largest the largest day is run once more alone in an empty folder, and held against the embedding of its papers.
Exits 1 when a check fails.
"""

import argparse
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from domain.papers import Paper
from evals.days import over_all
from publishing.files import published, read_report
from vectorstore.embedders.minilm import MiniLM
from vectorstore.embedding import paper_text

INSIGHTS = [sys.executable, "-c", "from cli.start import main; main()"]


@dataclass(frozen=True)
class Row:
    """One process."""

    day: date
    papers: int
    seconds: float
    cpu: float
    peak_mb: float


def run(day: date, papers: Path, data: Path) -> Row:
    """One day in a process of its own. Raises CalledProcessError when the day is not complete."""
    command = [*INSIGHTS, "run", str(day), "--papers", str(papers), "--model", "offline", "--data", str(data)]
    started = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    output = process.stdout.read()
    _, status, used = os.wait4(process.pid, 0)
    seconds = perf_counter() - started
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, output)
    report = read_report(data / "reports" / str(day) / "report.json")
    return Row(day, len(report.papers), seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def embedding(papers: Sequence[Paper]) -> float:
    """Seconds to load the model and to embed what is embedded of papers."""
    started = perf_counter()
    MiniLM()([paper_text(paper) for paper in papers])
    return perf_counter() - started


def machine() -> str:
    cpu = (
        re.search(r"model name\s*:\s*(.+)", Path("/proc/cpuinfo").read_text())
        if Path("/proc/cpuinfo").exists()
        else None
    )
    name = cpu.group(1) if cpu else platform.processor()
    return (
        f"{name}, {os.cpu_count()} cores, {platform.system()} {platform.machine()}, Python {platform.python_version()}"
    )


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--fresh-largest", action="store_true")
    parser.add_argument("--between", nargs=2, type=date.fromisoformat, default=(date.min, date.max))
    options = parser.parse_args()
    first, last = options.between
    days = sorted(
        (date.fromisoformat(path.name[:10]), path)
        for path in options.folder.iterdir()
        if re.match(r"\d{4}-\d\d-\d\d\.json", path.name) and first <= date.fromisoformat(path.name[:10]) <= last
    )
    with tempfile.TemporaryDirectory() as scratch:
        data = options.data or Path(scratch) / "data"
        print(machine())
        print(f"{'day':10}  {'papers':>6}  {'seconds':>7}  {'cpu s':>6}  {'papers/s':>8}  {'peak MB':>7}")
        rows: list[Row] = []
        for day, path in days:
            rows.append(row := run(day, path, data))
            say(row)
        if options.fresh_largest:
            largest = max(rows, key=lambda r: r.papers).day
            print("the largest day alone, into an empty folder:")
            say(row := run(largest, dict(days)[largest], Path(scratch) / "alone"))
            report = read_report(Path(scratch) / "alone" / "reports" / str(largest) / "report.json")
            print(f"{row.seconds / embedding(report.papers):.2f} times the embedding of its papers alone")
        reports = [read_report(path) for path in published(data / "reports", "ko")]
    told, faults = over_all(reports)
    faults = [*(f"{r.day} is {r.status}: {r.reason}" for r in reports if r.status != "complete"), *faults]
    print(told)
    print("\n".join(faults) if faults else "all checks hold")
    return 1 if faults else 0


def say(row: Row) -> None:
    rate = row.papers / row.seconds
    print(f"{row.day}  {row.papers:6}  {row.seconds:7.1f}  {row.cpu:6.1f}  {rate:8.1f}  {row.peak_mb:7.0f}", flush=True)


if __name__ == "__main__":
    sys.exit(main())
