"""A writer of days that is killed again and again. Run as a process of its own: ``killed.py FOLDER KILLS [bulk]``.

Each round forks a child that opens the memory and goes on with the day that the last one did not finish. The child dies
by SIGKILL, in two rounds of three by its own hand before the n-th statement to the ledger or call to Chroma, in the
third by its parent's, who has heard of the n-th and hits wherever the child has come to by then. A last child finishes.
"""

import os
import random
import signal
import sqlite3
import sys
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from chromadb import Collection

from domain.reports import Proposal, Report
from tests.vectorstore.conftest import HashEmbedder, paper, report
from vectorstore.memory import Memory

DAYS = 45


def day_report(number: int) -> Report:
    """A small day that repeats a paper of the day before; every third is an earlier one again, filed elsewhere."""
    place = number - 2 if number % 3 == 2 else number
    day = date(2024, 11, 1) + timedelta(days=place)
    papers = [paper(4 * place + n) for n in range(5)]
    language = "en" if place % 7 == 6 else "ko"
    proposals = (Proposal(paper_id=papers[0].id, name="Games"),)
    return report(day, papers, category=f"c{number % 5}", language=language).model_copy(update={"proposals": proposals})


class Letters:
    """A lexicon."""

    version = "1"

    def topics_of(self, text: str) -> tuple[str, ...]:
        return tuple(sorted({word[-1] for word in text.split() if word[-1].isdigit()}))


def write(folder: Path, progress: Path, tick: Callable[[], None], *, bulk: bool) -> None:
    """Writes the days that are not written yet, and notes each that is. ``tick`` is called at every step."""
    connect = sqlite3.connect

    def traced(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(lambda _: tick())
        return connection

    def counted(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            tick()
            answer = method(*given, **named)
            tick()
            return answer

        return call

    sqlite3.connect = traced
    for name in ("upsert", "delete"):
        setattr(Collection, name, counted(getattr(Collection, name)))
    with Memory.open(folder, HashEmbedder(), lexicon=Letters()) as memory, memory.bulk() if bulk else nullcontext():
        for number in range(progress.stat().st_size if progress.exists() else 0, DAYS):
            memory.remember(day_report(number))
            with progress.open("ab") as done:
                done.write(b".")


def forked(folder: Path, progress: Path, steps: int | None, *, by_itself: bool, bulk: bool) -> bool:
    """Runs one child that dies at a step. Returns whether it was killed."""
    heard, told = os.pipe()
    child = os.fork()
    if not child:
        left = steps

        def tick() -> None:
            nonlocal left
            os.write(told, b".")
            if left is not None and by_itself:
                left -= 1
                if not left:
                    os.kill(os.getpid(), signal.SIGKILL)

        code = 1
        try:
            write(folder, progress, tick, bulk=bulk)
            code = 0
        finally:
            os._exit(code)
    os.close(told)
    while said := os.read(heard, 1):
        if steps is not None and not by_itself:
            steps -= len(said)
            if not steps:
                os.kill(child, signal.SIGKILL)
    os.close(heard)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("the child failed")
    return os.WIFSIGNALED(status)


def main(folder: Path, kills: int, *, bulk: bool) -> None:
    chance = random.Random(20241114)
    progress = folder.with_name(f"{folder.name}.progress")
    killed = sum(
        forked(folder, progress, chance.randint(1, 130), by_itself=bool(number % 3), bulk=bulk)
        for number in range(kills)
    )
    forked(folder, progress, None, by_itself=True, bulk=bulk)
    print(killed, progress.stat().st_size)


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), bulk="bulk" in sys.argv)
