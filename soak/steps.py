"""A Postgres that goes away in the middle and comes back, or is frozen and goes on, with the steps of the runs that are
under way."""

import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass, replace

from tests.graph.postgres_server import Server, postgres, programs

from . import kills, state
from .children import Ended, Place, fork, start
from .trial import Soak, Trial, sentence
from .verbs import FINISHED, Verb, verbs
from .world import World, clear

NAMES = ("run, offline", "run, with a model", "backfill, with a model")
AWAY = "the Postgres server goes away and comes back"
_REAL = 4
"""One in so many trials is of the true command line, with workers of Dask."""
_STARTS = 4.0
"""Seconds that such a command takes to begin."""


def steps(soak: Soak, world: World, full: int) -> None:
    """``full``: times in a full round that the server goes away."""
    with _there() as server:
        if server:
            them = [measured(verb, world, server) for verb in verbs() if verb.name in NAMES]
            for number in soak.rounds(full):
                if soak.over:
                    return
                one(soak, world, server, them[number % len(them)], number)


def fixed(soak: Soak, world: World, verb: Verb) -> None:
    """The server goes away in the second half of a command, and comes back when it has been given once more."""
    with _there() as server:
        if server:
            verb = measured(verb, world, server)
            disturb(soak, world, server, verb, Absence(0.6 * verb.seconds, "immediate", None), "steps/fixed")


@contextmanager
def _there() -> Generator[Server | None]:
    if programs():
        with postgres() as server:
            yield server
    else:
        print("Postgres is passed over: there is none on this machine")
        yield None


def measured(verb: Verb, world: World, server: Server) -> Verb:
    """What it does undisturbed with its steps in Postgres."""
    place = _place(verb, world, server)
    world.asked(clear=True)
    ended = verb.begin(place).wait()
    if ended.crashed or ended.code not in FINISHED:
        raise RuntimeError(f"{verb.name} ended with {ended.code}: {ended.out}{ended.err}")
    verb = replace(verb, seconds=ended.seconds, asked=world.asked()["asked"], wanted=state.read(place))
    clear(place)
    return verb


def _place(verb: Verb, world: World, server: Server) -> Place:
    """A room, and a schema of its own for its steps."""
    import psycopg

    room = world.room(verb.base)
    schema = f"room_{room.folder.name}"
    with psycopg.connect(server.url, autocommit=True) as connection:
        connection.execute(f"CREATE SCHEMA {schema}".encode())
    return Place(
        room.folder, {**room.env, "INSIGHTS_CHECKPOINTS": f"{server.url}&options=-csearch_path%3D{schema}"}, verb.typed
    )


@dataclass(frozen=True)
class Absence:
    """When the server goes, how, and for how long."""

    after: float
    """Seconds into the command."""
    mode: str
    """``frozen``: it is there, and answers nobody; else pg_ctl's word for how it stops."""
    back: float | None
    """Seconds until it is back; None where it stays away until the command has ended, and is given once more."""
    real: bool = False


def one(soak: Soak, world: World, server: Server, verb: Verb, number: int) -> None:
    chance, real = soak.chance("steps", number), number % _REAL == _REAL - 1
    absence = Absence(
        chance.random() * (verb.seconds + (_STARTS if real else 0.0)),
        chance.choice(("fast", "immediate", "frozen")),
        chance.choice((None, chance.random())),
        real,
    )
    disturb(soak, world, server, verb, absence, f"steps/{number}")


def disturb(soak: Soak, world: World, server: Server, verb: Verb, absence: Absence, seed: str) -> None:
    """The command without its server, once more where that stays away, and with it again."""
    run = start if absence.real else fork
    place = _place(verb, world, server)
    world.asked(clear=True)
    child = run(verb.argv, place)
    while time.monotonic() - child.began < absence.after:
        time.sleep(0.001)
    back = _away(server, absence.mode)
    ends: list[Ended] = []
    if absence.back is not None:
        time.sleep(absence.back)
        back()
        ends.append(child.wait())
    else:
        ends.append(child.wait())
        ends.append(run(verb.argv, place).wait())
        back()
    found = [wrong for ended in ends for wrong in _told(ended)]
    found += kills.on_the_way(verb, place, world)
    found += kills.judge(verb, place, world, run(verb.argv, place).wait(), kills=1)
    seen = "; ".join(dict.fromkeys(sentence(ended.told) for ended in ends if ended.told))
    kind = "the Postgres server is frozen and goes on" if absence.mode == "frozen" else AWAY
    soak.record(Trial(kind, verb.name, "; ".join(found), seen, seed=seed))
    if not found:
        clear(place)


def _away(server: Server, mode: str) -> Callable[[], None]:
    """Takes it away; returns what brings it back."""
    if mode == "frozen":
        server.freeze()
        return server.thaw
    server.stop(mode)
    return server.start


def _told(ended: Ended) -> list[str]:
    """What is wrong with how a command ended whose server was away."""
    if ended.crashed:
        return [ended.crashed]
    if ended.code not in FINISHED and "cannot be kept in Postgres" not in ended.out + ended.err:
        return [f"it ended with {ended.code}: {ended.err[-300:]}"]
    return [f"it said more than a sentence: {ended.err[-600:]}"] if ended.err.count("\n") > 1 else []
