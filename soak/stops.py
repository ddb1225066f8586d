"""SIGTERM and Ctrl-C at random moments: the command ends in order, says what is left, and goes on."""

import signal
from dataclasses import replace

from . import kills
from .children import LOADS, Ended, start
from .trial import Soak, Trial, sentence
from .verbs import Verb
from .world import World, clear

SIGNALS = {signal.SIGINT: ("Ctrl-C", 130), signal.SIGTERM: ("SIGTERM", 143)}
_FIRST = 0.05
"""Seconds until a command that has begun listens, where that cannot be seen."""


def stops(soak: Soak, world: World, verbs: tuple[Verb, ...], full: int) -> None:
    """``full``: signals of each kind for each verb in a full round; every tenth on the true command line."""
    for verb in verbs:
        for number, (name, code) in SIGNALS.items():
            for round_ in soak.rounds(full):
                if soak.over:
                    return
                chance = soak.chance("stop", verb.name, name, round_)
                real = round_ % 10 == 9 and not verb.typed
                place = verb.place(world)
                if number == signal.SIGTERM and round_ % 2:
                    place = replace(place, background=True)
                world.asked(clear=True)
                child = start(verb.argv, place) if real else verb.begin(place)
                first = _FIRST if real else child.listens()
                after = first + chance.random() * (verb.seconds + (LOADS if real else 0.0))
                ended = child.wait(hit=number, after=after)
                found = _order(ended, name, code, verb)
                found += kills.on_the_way(verb, place, world)
                last = verb.complete(place)
                found += kills.judge(verb, place, world, last, kills=1)
                soak.record(
                    Trial(
                        name,
                        verb.name,
                        "; ".join(found),
                        sentence(ended.told),
                        number=int(ended.code == code or bool(found)),
                        seed=f"stop/{verb.name}/{name}/{round_} after {after:.3f} s",
                    )
                )
                if not found:
                    clear(place)


def _order(ended: Ended, name: str, code: int, verb: Verb) -> list[str]:
    if ended.crashed:
        return [ended.crashed]
    if ended.code in verb.codes:  # it came too late
        return []
    if ended.code != code:
        return [f"it ended with {ended.code}: {ended.told}"]
    if "insights: stopped by" not in ended.err or len(ended.err.strip().splitlines()) > 1:
        return [f"it says {ended.err[-300:]!r}"]
    return [] if name in ended.told else [f"it does not say that it was {name}"]
