"""A folder without rights: the command may not write, or not read, a part of its folder."""

import stat
from pathlib import Path

from . import kills
from .children import Place, fork
from .trial import Soak, Trial, sentence
from .verbs import FINISHED, Verb
from .world import World, clear

PARTS = (
    *("data", "data/reports", "data/memory", "data/memory/ledger.sqlite", "data/memory/chroma", "data/runs"),
    *("data/runs.sqlite", "data/locks", "data/cache", "data/traces", "data/calls.sqlite", "data/outbox.sqlite"),
    *("data/outbox.sqlite.lock", "data/memory/owner.lock", "data/site", "data/weeks", "data/reports/2026-11-19"),
    *("insights.toml", "2026-11-20.jsonl", "data/memory/chroma/chroma.sqlite3", "data/reports/2026-11-19/report.json"),
)
WAYS = {"may not be written": ~(stat.S_IWUSR | stat.S_IWGRP | stat.S_IWOTH), "may not be read": 0}


def rights(soak: Soak, world: World, verbs: tuple[Verb, ...]) -> None:
    """Every verb, every part of its folder that is there, in both ways."""
    for verb in verbs:
        for part in PARTS:
            for way, mask in WAYS.items():
                if soak.over:
                    return
                number = PARTS.index(part) * len(WAYS) + list(WAYS).index(way)
                if soak.scale >= 1 or number % round(1 / soak.scale) == 0:
                    one(soak, world, verb, part, way, mask)


def one(soak: Soak, world: World, verb: Verb, part: str, way: str, mask: int) -> None:
    room = verb.place(world)
    place = Place(room.folder, room.env, room.typed, plain=True)
    taken = place.folder / part
    if not taken.exists():
        clear(place)
        return
    world.asked(clear=True)
    before = {path: path.stat().st_mode for path in (taken, *taken.rglob("*"))}
    for path, mode in reversed(before.items()):
        path.chmod(mode & mask)
    ended = verb.begin(place).wait()
    _give_back(before)
    found = [ended.crashed] if ended.crashed else []
    in_words = ended.code in (1, 2, 4) and ended.in_words
    if not (found or ended.code in FINISHED or in_words):
        found.append(f"it ended with {ended.code}: {ended.err[-300:]}")
    found += [f"on the way: {one}" for one in kills.on_the_way(verb, place, world)]
    last = fork(verb.goes_on or verb.argv, place).wait()
    found += kills.judge(verb, place, world, last, kills=1)
    soak.record(
        Trial(
            f"rights: it {way}",
            verb.name,
            "; ".join(found),
            sentence(ended.told),
            seed=f"rights/{verb.name}/{part} {way}",
        )
    )
    if not found:
        clear(place)


def _give_back(before: dict[Path, int]) -> None:
    for path, mode in before.items():
        if path.exists():
            path.chmod(mode)
