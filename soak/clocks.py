"""A clock that jumps: back a day or on by one between a kill and the next run, and over midnight while a day is run.

On the true command line the clock is Debian's faketime; forks have a clock of their own put into the modules that read
it (what the project calls today, and the clock of LangGraph's checkpoint ids, by which the newest step is found).
"""

import shutil
import signal
import time
import types
from datetime import timedelta

from graph.context import Context
from publishing import files
from tests.scripted import DAY

from . import kills
from .children import LOADS, Child, Ended, Place, forked, start
from .trial import Soak, Trial, sentence
from .verbs import Verb
from .world import World, clear

AFTER = DAY + timedelta(days=1)
JUMPS = {"back a day": -86_400, "back an hour": -3_600, "on by a day": 86_400}
VERBS = ("run, offline", "run, with a model", "review", "deliver", "memory rebuild", "week")


def clocks(soak: Soak, world: World, verbs: tuple[Verb, ...], full: int) -> None:
    """``full``: jumps in forks in a full round, and a tenth of that on the true command line."""
    chosen = [verb for verb in verbs if verb.name in VERBS]
    for number in soak.rounds(full if chosen else 0):
        if soak.over or not chosen:
            return
        verb, chance = chosen[number % len(chosen)], soak.chance("clock", number)
        name = list(JUMPS)[number // len(chosen) % len(JUMPS)]
        place = verb.place(world)
        world.asked(clear=True)
        ended = verb.begin(place).wait(hit=signal.SIGKILL, after=chance.random() * verb.seconds)
        last = jumped(verb, place, JUMPS[name]).wait()
        _judge(soak, world, verb, place, (ended, last), f"the clock jumps {name}", f"clock/{number}")
    if not shutil.which("faketime"):
        print("clocks on the command line are passed over: there is no faketime")
        return
    for number in soak.rounds(full // 10 if chosen else 0):
        if soak.over:
            return
        verb, chance = chosen[number % 2], soak.chance("faketime", number)
        place = verb.place(world)
        world.asked(clear=True)
        late = chance.random() * (verb.seconds + LOADS)
        name = list(JUMPS)[number % len(JUMPS)]
        ended = start(verb.argv, place).wait(hit=signal.SIGKILL, after=late)
        last = start(verb.argv, place, before=("faketime", "-f", f"{JUMPS[name]:+d}s")).wait()
        _judge(soak, world, verb, place, (ended, last), f"the clock jumps {name}", f"faketime/{number}")
        over_midnight(soak, world, verb, number)


def over_midnight(soak: Soak, world: World, verb: Verb, number: int) -> None:
    """The day is begun a moment before midnight without being named, and ends after it; what it was, is told."""
    argv = (verb.argv[0], *verb.argv[2:])  # without its day: yesterday's
    place = verb.place(world)
    world.asked(clear=True)
    begins = f"@2026-11-21 23:59:{58 - number % 6:02d}"
    ended = start(argv, place, before=("faketime", "-f", begins)).wait()
    kind, seed = "midnight passes in a run", f"midnight/{number}"
    if not (place.folder / "data" / "reports" / str(AFTER)).exists():
        _judge(soak, world, verb, place, (ended,), kind, seed)
        return
    # It was past midnight when the day was settled: then it is that day, and nothing of the other.
    whole = files.is_whole(place.folder / "data" / "reports", AFTER, "ko")
    other = (place.folder / "data" / "reports" / str(DAY)).exists()
    bad = ended.crashed or ("" if whole and not other else "neither day is whole alone")
    soak.record(Trial(kind, verb.name, bad, sentence(ended.out[-100:]), seed=seed))
    clear(place)


def jumped(verb: Verb, place: Place, seconds: int) -> Child:
    """A verb in a fork whose clock is off by so many seconds."""

    def run() -> None:
        import sys

        import langgraph.checkpoint.base.id as ids

        from cli.app import main

        shown = types.SimpleNamespace(time_ns=lambda: time.time_ns() + seconds * 10**9)
        ids.time = shown  # type: ignore[attr-defined]
        today = Context.today
        Context.today = lambda self: today(self) + timedelta(seconds=seconds)  # type: ignore[method-assign]
        sys.argv = ["insights", *verb.argv]
        main()

    return forked(run, place)


def _judge(soak: Soak, world: World, verb: Verb, place: Place, ends: tuple[Ended, ...], kind: str, seed: str) -> None:
    last = ends[-1]
    found = [ended.crashed for ended in ends if ended.crashed]
    if last.code not in verb.codes:
        found.append(f"it ended with {last.code}: {last.told}")
    done = verb.complete(place)
    found += kills.judge(verb, place, world, done, kills=1)
    soak.record(Trial(kind, verb.name, "; ".join(found), sentence(last.told or last.out[-100:]), seed=seed))
    if not found:
        clear(place)
