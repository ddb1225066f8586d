"""A disk that is full: a small tmpfs, in each trial with room for so many pages more than the folder has: for none, for
one, for two, and so on, until there is enough.

Every write of pages that are new finds it out, whoever makes it: Python, SQLite, Chroma's Rust and C++. What is written
over pages that are there goes on, as on any disk.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from . import kills, state
from .children import Place
from .trial import Soak, Trial, sentence
from .verbs import FINISHED, Verb
from .world import World

PAGE = 4096
ROOMY = 256 * 1024 * 1024
MOST = ROOMY // PAGE
SURE = 3
"""Runs in a row that finish, after which a disk is large enough: threads do not write in the same order twice."""


@contextmanager
def small_disk(folder: Path) -> Generator[Path]:
    """A tmpfs with room to begin with. Raises OSError where none may be mounted."""
    folder.mkdir(parents=True)
    done = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", f"size={ROOMY}", "soak", str(folder)], capture_output=True, text=True
    )
    if done.returncode:
        folder.rmdir()
        raise OSError(f"no disk can be mounted here: {done.stderr.strip()}")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)
        folder.rmdir()


def resize(disk: Path, size: int) -> None:
    subprocess.run(["mount", "-o", f"remount,size={size}", str(disk)], check=True, capture_output=True)


def used(disk: Path) -> int:
    held = os.statvfs(disk)
    return (held.f_blocks - held.f_bfree) * held.f_frsize


def disks(soak: Soak, world: World, verbs: tuple[Verb, ...], rooms: range = range(MOST)) -> None:
    """Each verb on disks with room for ever more pages, until it finishes: every write that takes room fails in its
    turn. ``rooms``: pages, in this order."""
    try:
        with small_disk(world.root / "probe.disk"):
            pass
    except OSError as error:
        print(f"full disks are passed over: {error}")
        return
    for verb in verbs:
        short: list[int] = []
        for room in rooms:
            if soak.over or room - max(short, default=rooms.start) > SURE * rooms.step:
                break
            if one(soak, world, verb, room):
                short.append(room)
        print(f"{verb.name}: {len(short)} disks were too small, the last with room for {short[-1:]} pages", flush=True)


def again(soak: Soak, world: World, verbs: tuple[Verb, ...], seed: str) -> bool:
    """One disk once more, by the seed that stands in the log. False where it is no seed of a disk."""
    found = re.fullmatch(r"disk/(.+)/(\d+) pages", seed)
    verb = next((verb for verb in verbs if found and verb.name == found[1]), None)
    if not found or not verb:
        return False
    one(soak, world, verb, int(found[2]))
    return True


def _place(verb: Verb, world: World, disk: Path) -> Place:
    room = verb.place(world, disk)
    return Place(room.folder, room.env, room.typed, aside=world.root / f"{disk.name}.told")


def one(soak: Soak, world: World, verb: Verb, pages: int) -> bool:
    """One disk with room for so many pages. Returns whether that was too little."""
    with small_disk(world.root / f"{pages}.disk") as disk:
        place = _place(verb, world, disk)
        world.asked(clear=True)
        resize(disk, used(disk) + pages * PAGE)
        ended = verb.begin(place).wait()
        found = [ended.crashed] if ended.crashed else []
        resize(disk, ROOMY)
        if ended.code in FINISHED:
            found += [f"it said nothing, but {one}" for one in state.differences(state.read(place), verb.wanted)]
        elif not found and (ended.code != 1 or not ended.in_words):
            found.append(f"it ended with {ended.code}: {ended.err[-300:]}")
        elif not found and ended.err.count("\n") > 2:
            found.append(f"it said more than a sentence: {ended.err[-600:]}")
        found += [f"on the way: {one}" for one in kills.on_the_way(verb, place, world)]
        last = verb.complete(place)
        found += kills.judge(verb, place, world, last, kills=1)
        if found:
            kept = world.root / "rooms" / f"disk-{place.folder.name}"
            shutil.copytree(place.folder, kept, dirs_exist_ok=True)
            for name in ("out", "err"):
                (kept / name).write_text(getattr(ended, name) + "\n-----\n" + getattr(last, name), encoding="utf-8")
        failed = ended.code not in FINISHED or bool(found)
        soak.record(
            Trial(
                "full disk",
                verb.name,
                "; ".join(found),
                sentence(ended.told),
                number=int(failed),
                seed=f"disk/{verb.name}/{pages} pages",
            )
        )
    return failed
