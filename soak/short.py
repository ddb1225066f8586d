"""The fixed part of the soak, which the suite runs: ``python -m soak.short FOLDER``. The same each time, in seconds."""

import math
import sys
from pathlib import Path

from tests.scripted import DAY

from . import disks, kills, steps, stops
from .services import read_once, replace
from .trial import Soak
from .verbs import Verb, measure
from .world import opened, warm_up

VERBS = (
    Verb("run, offline", ("run", str(DAY), "--papers", f"{DAY}.jsonl"), "one"),
    Verb("site build", ("site", "build"), "one"),
    Verb("memory rebuild", ("memory", "rebuild"), "one"),
)


def main(folder: Path) -> int:
    """1 where anything went wrong; each trial is a line of ``trials.jsonl``."""
    soak = Soak(folder / "trials.jsonl", seed=4, until=math.inf, scale=1.0, steps=True)
    replace()
    read_once()
    with opened(folder / "world") as world:
        warm_up(world, ("run", "site", "memory"))
        for verb in VERBS:
            measure(verb, world)
            kills.chain(soak, world, verb, 0)
        stops.stops(soak, world, VERBS[1:2], 1)
        steps.fixed(soak, world, VERBS[0])
        disks.disks(soak, world, VERBS[2:], range(30, 91, 60))
    print(f"{soak.trials} trials, {soak.bad} bad")
    return bool(soak.bad)


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
