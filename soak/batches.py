"""Many small trials in a few forks: none costs a process, and one that hangs or kills costs only its own."""

import pickle
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from .children import Place, forked
from .trial import Soak, Trial, sentence
from .world import World, clear

SIZE = 250
"""Trials of one fork."""

Work = Callable[[range, Path], Iterable[tuple[int, str, str, int]]]
"""Trials by number, in a folder of their own, to (number, what went wrong, what was told, of how many answers)."""


@dataclass(frozen=True)
class Batch:
    """Trials of one kind."""

    kind: str
    what: str
    many: int
    size: int = SIZE
    patience: float = 600.0


def in_forks(soak: Soak, world: World, batch: Batch, work: Work) -> None:
    """Runs them all, and counts each."""
    for start in range(0, batch.many, batch.size):
        if soak.over:
            return
        numbers = range(start, min(start + batch.size, batch.many))
        room = world.room()
        place = Place(room.folder, room.env)

        def run(numbers: range = numbers, folder: Path = place.folder) -> None:
            with (folder / "found").open("wb") as told:
                pickle.dump(list(work(numbers, folder)), told)

        ended = forked(run, place, patience=batch.patience).wait()
        found = place.folder / "found"
        if ended.code or not found.exists():
            told = f"{ended.crashed or ended.code}: {ended.err[-1500:]}"
            soak.record(Trial(batch.kind, batch.what, told, seed=f"{batch.what}/{numbers}"))
            continue
        results: list[tuple[int, str, str, int]] = pickle.loads(found.read_bytes())
        fine: dict[str, int] = {}
        for number, bad, seen, many in results:
            if bad:
                soak.record(Trial(batch.kind, batch.what, bad, number=many, seed=f"{batch.what}/{number}"))
            else:
                fine[sentence(seen)[:160]] = fine.get(sentence(seen)[:160], 0) + many
        for seen, number in fine.items():
            soak.record(Trial(batch.kind, batch.what, seen=seen, number=number))
        clear(place)
