"""Two processes at once in one data folder: each does its work or says that another is at it; then both are done."""

from . import state
from .children import Place, fork
from .trial import Soak, Trial, sentence
from .verbs import FINISHED, Verb
from .world import World, clear

PAIRS = (
    ("run, offline", "run, offline"),
    ("run, offline", "memory rebuild"),
    ("run, offline", "week"),
    ("run, offline", "site build, one day more"),
    ("run, offline", "deliver"),
    ("review", "review"),
    ("memory rebuild", "memory rebuild"),
    ("memory rebuild", "week"),
    ("memory rebuild", "site build"),
    ("site build", "site build"),
    ("site build", "week"),
    ("week", "week"),
    ("deliver", "deliver"),
    ("deliver", "site build"),
)


def pairs(soak: Soak, world: World, verbs: tuple[Verb, ...], full: int) -> None:
    """``full``: times that each pair meets in a full round."""
    named = {verb.name: verb for verb in verbs}
    for one, other in PAIRS:
        if one not in named or other not in named:
            continue
        first, second = named[one], named[other]
        base = first.base
        wanted = _in_turn(first, second, base, world)
        for number in soak.rounds(full):
            if soak.over:
                return
            chance = soak.chance("pair", one, other, number)
            room = world.room(base)
            place = Place(room.folder, room.env, first.typed or second.typed)
            beside = Place(room.folder, room.env, second.typed, aside=place.told / "second")
            a = fork(first.argv, place)
            late = chance.random() * first.seconds
            while not a.ended and _passed(a) < late:
                pass
            b = fork(second.argv, beside)
            ends = (a.wait(), b.wait())
            found = [end.crashed for end in ends if end.crashed]
            for end in ends:
                if not end.crashed and end.code not in FINISHED and not _busy(end.err):
                    found.append(f"it ended with {end.code}: {end.err[-300:]}")
            for verb, where in ((first, place), (second, beside)):
                last = fork(verb.argv, where).wait()
                if last.crashed or last.code not in FINISHED:
                    found.append(f"{verb.name} cannot be completed: {last.code} {last.told}")
            found += state.differences(state.read(place), wanted)
            mails = world.mailed(place)
            if len(mails) != len(set(mails)) or len(mails) not in (0, 3):
                found.append(f"mails: {mails}")
            seen = "; ".join(sorted({sentence(end.told) for end in ends if end.told}))
            soak.record(
                Trial("two at once", f"{one} + {other}", "; ".join(found), seen, seed=f"pair/{one}/{other}/{number}")
            )
            if not found:
                clear(place)


def _passed(child: object) -> float:
    import time

    time.sleep(0.002)
    return time.monotonic() - child.began  # type: ignore[attr-defined]


def _in_turn(first: Verb, second: Verb, base: str, world: World) -> state.State:
    room = world.room(base)
    for verb in (first, second, first, second):
        place = Place(room.folder, room.env, verb.typed)
        ended = fork(verb.argv, place).wait()
        if ended.crashed:
            raise RuntimeError(f"{verb.name}: {ended.err}")
    found = state.read(room)
    clear(room)
    return found


def _busy(err: str) -> bool:
    """It says so: that the other is at it, or that what it needs is not there yet."""
    return bool(err) and all(line.startswith("insights: ") for line in err.splitlines())
