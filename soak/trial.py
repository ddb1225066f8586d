"""What is counted: one disturbance, what it was done to, and what came of it."""

import json
import random
import re
import time
from dataclasses import asdict, dataclass, replace
from pathlib import Path


@dataclass(frozen=True)
class Trial:
    """One disturbance. ``bad`` says what went wrong; empty where nothing did."""

    kind: str
    what: str
    """The verb, the source, the pair that was disturbed."""
    bad: str = ""
    seen: str = ""
    """What a user saw of it."""
    number: int = 1
    """How many disturbances it stands for."""
    seed: str = ""
    """By which it is done again. In the log the run's own, ``--seed``, comes first."""


@dataclass
class Soak:
    """One run: its chance, its log, and when it has to end."""

    log: Path
    seed: int
    until: float
    """On the monotonic clock."""
    scale: float = 1.0
    """How many rounds of everything, in full ones."""
    steps: bool = False
    """Kills come at steps alone, and not by the clock: then a trial is the same each time."""
    only: tuple[str, ...] = ()
    """Of verbs and sources those alone whose names begin so; all where none are given."""
    pages: range = range(0)
    """Sizes of full disks that are gone through."""
    trials: int = 0
    bad: int = 0

    def chance(self, *of: object) -> random.Random:
        """Its own for each trial, so that one can be done again alone."""
        return random.Random(f"{self.seed}/{'/'.join(map(str, of))}")

    def wants(self, name: str) -> bool:
        return not self.only or name.startswith(self.only)

    def rounds(self, full: int) -> range:
        return range(max(1, round(full * self.scale)))

    @property
    def step(self) -> int:
        """Of what is gone through in order: in a full round nothing is passed over."""
        return max(1, round(1 / self.scale))

    @property
    def over(self) -> bool:
        return time.monotonic() > self.until

    def record(self, trial: Trial) -> None:
        trial = replace(trial, seed=f"{self.seed}/{trial.seed}" if trial.seed else "")
        self.trials += trial.number
        self.bad += bool(trial.bad)
        with self.log.open("a", encoding="utf-8") as lines:
            lines.write(json.dumps(asdict(trial), ensure_ascii=False) + "\n")
        if trial.bad:
            print(f"BAD {trial.kind}, {trial.what} ({trial.seed}): {trial.bad[:2000]}", flush=True)


_ROOM = re.compile(r"/[^\s:'\"]*/rooms?/[^\s/:'\"]+|/[^\s:'\"]*\.disk[^\s/:'\"]*")
_NUMBER = re.compile(r"\b\d+([.,]\d+)*\b")


def sentence(text: str) -> str:
    """A line as it can be counted: without the room and the numbers that are of one trial."""
    return _NUMBER.sub("N", _ROOM.sub("…", text)).strip()
