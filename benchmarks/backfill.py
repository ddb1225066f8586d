"""Days at once against the same days one after the other, and with workers that die.

    python -m benchmarks.backfill FOLDER [--workers 2] [--kill-every SECONDS] [--in-turn DATA] [--into DIR]

FOLDER holds one file a day, named by it (2025-09-01.jsonl.gz). The days are run by ``insights run``, a process each as
cron would start it (``--in-turn DATA`` takes a data folder where that was done), then by one ``insights backfill`` on
so many workers, offline, each time into an empty folder. With --kill-every one worker, drawn with a fixed seed, is
killed (-9) each so many seconds. Prints seconds, processor seconds of all processes and the machine's load, and exits
1 unless every published file but the receipts is byte for byte the same.
"""

import argparse
import ctypes
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import NamedTuple

import psutil

from .days import INSIGHTS, machine, run


class Took(NamedTuple):
    seconds: float
    processor: float
    load: float
    kills: int = 0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--kill-every", type=float, default=0.0)
    parser.add_argument("--in-turn", type=Path)
    parser.add_argument("--into", type=Path)
    options = parser.parse_args()
    adopt()
    print(f"{machine()}; load before {os.getloadavg()[0]:.1f}", flush=True)
    with tempfile.TemporaryDirectory() as scratch:
        place = options.into or Path(scratch)
        in_turn = options.in_turn or place / "in-turn"
        alone = None
        if not options.in_turn:
            alone = timed(lambda: one_after_the_other(options.folder, in_turn))
            say("one after the other", alone)
        at_once = timed(lambda: backfill(options.folder, place / "at-once", options.workers))
        say(f"backfill, {options.workers} workers", at_once)
        if alone:
            print(
                f"{alone.seconds / at_once.seconds:.2f} times as fast; {alone.processor / at_once.processor:.2f} "
                "times less of the processor"
            )
        same = published(place / "at-once") == published(in_turn)
        print("the same reports" if same else "the reports differ")
        if options.kill_every:
            kills = [0]
            took = timed(
                lambda: kills.append(backfill(options.folder, place / "killed", options.workers, options.kill_every))
            )
            say(f"a worker killed every {options.kill_every:g} s", took._replace(kills=kills[-1]))
            whole = published(place / "killed") == published(in_turn)
            print("the same reports" if whole else "the reports differ")
            same = same and whole
    return 0 if same else 1


def one_after_the_other(folder: Path, data: Path) -> None:
    for path in days(folder):
        run(date.fromisoformat(path.name[:10]), path, data)


def backfill(folder: Path, data: Path, workers: int, kill_every: float = 0.0) -> int:
    """Returns how many workers were killed. Raises CalledProcessError unless every day is complete."""
    first, last = (path.name[:10] for path in (days(folder)[0], days(folder)[-1]))
    command = [*INSIGHTS, "backfill", first, last, "--papers", str(folder), "--workers", str(workers)]
    command += ["--model", "offline", "--data", str(data)]
    drawn, kills = random.Random(7), 0
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
        while True:
            try:
                process.wait(kill_every or None)
                break
            except subprocess.TimeoutExpired:
                kills += kill_one(process.pid, drawn)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command)
    return kills


def kill_one(parent: int, drawn: random.Random) -> int:
    workers = [worker for child in psutil.Process(parent).children() for worker in child.children()]
    if workers:
        drawn.choice(workers).kill()
    return len(workers[:1])


def days(folder: Path) -> list[Path]:
    return sorted(path for path in folder.iterdir() if re.match(r"\d{4}-\d\d-\d\d\.json", path.name))


def published(data: Path) -> dict[str, bytes]:
    files = (path for path in (data / "reports").rglob("*") if path.is_file() and path.name != "receipt.json")
    return {str(path.relative_to(data)): path.read_bytes() for path in files}


def timed(work: Callable[[], object]) -> Took:
    before, begun = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    work()
    seconds = time.perf_counter() - begun
    with suppress(ChildProcessError):
        while True:
            os.wait()  # those that outlived their parents for a moment count too
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(seconds, used, os.getloadavg()[0])


def adopt() -> None:
    """Processes whose parent ends before them become this one's, and are counted: on Linux, without which fewer are."""
    if sys.platform == "linux":
        set_child_subreaper = 36
        ctypes.CDLL(None).prctl(set_child_subreaper, 1, 0, 0, 0)


def say(what: str, took: Took) -> None:
    kills = f", {took.kills} kills" if took.kills else ""
    print(
        f"{what}: {took.seconds:.1f} s, {took.processor:.1f} s of the processor, load {took.load:.1f}{kills}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
