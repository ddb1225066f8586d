"""Keeps of a file of answered requests what the recorded days ask: ``python -m tests.recordings.collect FILE``.

FILE: JSON Lines with ``request`` (a chat-completions body) and ``reply``. Each day is run against a server that knows
all of them; what it was asked is written to the day's file. A day with an unanswered request is left as it is.
"""

import asyncio
import json
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import Any

from graph.context import Context
from graph.runs import run_day
from tests.graph.test_recordings import RECORDINGS, SEEDS, Replayed, key
from tests.model_server import Say, asked_for, serve

DAYS = ("2024-10-06", "2024-10-13", "2024-11-14")


async def collect(name: str, day: date, known: dict[str, str], data: Path, **settings: Any) -> None:
    used: dict[str, dict[str, str]] = {}
    missing: list[str] = []

    def answer(request: dict[str, Any], number: int) -> Say:
        found = key(request)
        if found not in known:
            missing.append(asked_for(request))
            return Say(status=503)
        used[found] = {"key": found, "prompt": asked_for(request), "reply": known[found]}
        return Say(known[found])

    with serve(answer) as server:
        context = Replayed(url=server.url, data=str(data), **settings)
        await run_day(day, context)
    if missing:
        print(f"{name}: {len(missing)} requests were never answered ({', '.join(sorted(set(missing)))}); left as it is")
        return
    lines = [json.dumps(used[found], ensure_ascii=False) for found in sorted(used)]
    (RECORDINGS / f"{name}.jsonl").write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{name}: {len(lines)} answers")


async def main(path: Path) -> None:
    entries = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    known = {key(entry["request"]): entry["reply"] for entry in entries}
    with tempfile.TemporaryDirectory() as scratch:
        await collect("sample", date(2024, 10, 6), known, Path(scratch) / "sample", sources=("sample",))
        for day in DAYS:
            data = Path(scratch) / day
            for before in (d for d in DAYS[:2] if d < day):
                papers = (str(SEEDS / f"{before}.jsonl"),)
                await run_day(date.fromisoformat(before), Context(papers=papers, data=str(data)))
            await collect(day, date.fromisoformat(day), known, data, papers=(str(SEEDS / f"{day}.jsonl"),))


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
