"""Disturbs the project for as long as it is told, and writes what came of it.

    python -m soak [--minutes 60] [--rounds 1] [--seed 1] [--only KIND ...] [--page docs/faults.md]

One round is what docs/faults.md counts; ``--rounds 0.05`` is a look of some minutes. It ends when its rounds or its
minutes are over, whichever comes first. Every trial has a seed of its own. Rooms of trials that went wrong stay under
the folder that is named at the end. Exits 1 where anything went wrong.
"""

import argparse
import json
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from . import clocks, disks, kills, listings, models, pairs, rights, servers, steps, stops
from .children import reap
from .page import unmended, write_page
from .services import read_once, replace, work_here
from .trial import Soak
from .verbs import Verb, measure, verbs
from .world import World, opened, warm_up

ROOT = Path(__file__).parents[1]
MEMORY = Path("/dev/shm")
"""A disk in memory: kill -9 is no loss of power, so that nothing depends on what the disk has got."""
Part = Callable[[Soak, World, tuple[Verb, ...]], None]
PARTS: dict[str, Part] = {
    "kills": lambda soak, world, them: kills.kills(soak, world, them, 100),
    "real": lambda soak, world, them: kills.real_kills(soak, world, them, 60),
    "stops": lambda soak, world, them: stops.stops(soak, world, them, 20),
    "rights": rights.rights,
    "pairs": lambda soak, world, them: pairs.pairs(soak, world, them, 10),
    "clocks": lambda soak, world, them: clocks.clocks(soak, world, them, 60),
    "listings": lambda soak, world, _: listings.listings(soak, world, 10_000),
    "models": lambda soak, world, _: models.models(soak, world, 10_000),
    "servers": lambda soak, world, _: servers.servers(soak, world, 40),
    "steps": lambda soak, world, _: steps.steps(soak, world, 40),
    "disks": lambda soak, world, them: disks.disks(soak, world, them, soak.pages[:: soak.step]),
}
_QUICK = ("listings", "models")
"""Parts that need no measured verbs."""


def again(soak: Soak, world: World, verbs: tuple[Verb, ...]) -> None:
    """What was bad and has not been well since, once more by its seed: mutated answers of sources, and full disks."""
    for trial in unmended([json.loads(line) for line in soak.log.read_text(encoding="utf-8").splitlines()]):
        seed, _, rest = trial["seed"].partition("/")
        soak.seed = int(seed)
        if not (listings.again(soak, world, trial["what"], rest) or disks.again(soak, world, verbs, rest)):
            print(f"not done again: {trial['kind']}, {trial['seed']}", flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rounds", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="*", choices=list(PARTS), default=[])
    parser.add_argument("--again", action="store_true", help="nothing but what was bad, by its seed")
    parser.add_argument("--verb", nargs="*", default=[], help="only verbs, or sources, that begin so")
    parser.add_argument("--pages", nargs=2, type=int, default=(0, disks.MOST), help="sizes of full disks, FROM TO")
    parser.add_argument("--log", type=Path, default=ROOT / "build" / "soak" / "trials.jsonl", help="added to")
    parser.add_argument("--page", type=Path, default=None, help="written from the whole log")
    parser.add_argument("--rooms", type=Path, default=MEMORY if MEMORY.is_dir() else None, help="where rooms are made")
    given = parser.parse_args()
    given.log.parent.mkdir(parents=True, exist_ok=True)
    until = time.monotonic() + 60 * given.minutes
    soak = Soak(given.log, given.seed, until, given.rounds, only=tuple(given.verb), pages=range(*given.pages))
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    root, began = Path(tempfile.mkdtemp(prefix="soak-", dir=given.rooms)), time.monotonic()
    replace()
    read_once()
    work_here()
    try:
        with opened(root) as world:
            them = [verb for verb in verbs() if soak.wants(verb.name)]
            wanted = [] if given.again else given.only or list(PARTS)
            if given.again or set(wanted) - set(_QUICK):
                warm_up(world)
                for verb in them:
                    measure(verb, world)
                    print(f"{verb.name}: {verb.seconds:.2f} s, {verb.ticks} steps, {verb.asked} calls", flush=True)
            if given.again:
                again(soak, world, tuple(them))
            for name in wanted:
                if soak.over:
                    break
                before = soak.trials, soak.bad
                PARTS[name](soak, world, tuple(them))
                trials, bad = soak.trials - before[0], soak.bad - before[1]
                print(f"{name}: {trials} trials, {bad} bad, {time.monotonic() - began:.0f} s", flush=True)
            reap()
    finally:
        if not soak.bad:
            shutil.rmtree(root, ignore_errors=True)
    if given.page:
        write_page(given.log, given.page)
    left = f"; rooms in {root}" if soak.bad else ""
    print(f"{soak.trials} trials, {soak.bad} bad, {time.monotonic() - began:.0f} s{left}", flush=True)
    return bool(soak.bad)


if __name__ == "__main__":
    sys.exit(main())
