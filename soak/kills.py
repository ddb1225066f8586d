"""kill -9 at random moments: by the clock, and at steps that touch a file."""

import os
import random
import signal
import sqlite3
from collections import Counter
from contextlib import closing
from pathlib import Path

from publishing import files
from tests.scripted import DAY

from . import state
from .children import LOADS, Ended, Place, start
from .trial import Soak, Trial, sentence
from .verbs import FINISHED, Verb
from .world import BEFORE, CALLS_AT_ONCE, World, clear

MOST_IN_A_ROW = 6
REMEMBERED = {"begun": 3, "one": 1}
"""Days in a base, where they are not all of those before."""


def kills(soak: Soak, world: World, verbs: tuple[Verb, ...], full: int) -> None:
    """``full``: kills of each verb in a full round."""
    for verb in verbs:
        done = chains = 0
        while done < len(soak.rounds(full)) and not soak.over:
            done += chain(soak, world, verb, chains)
            chains += 1


def chain(soak: Soak, world: World, verb: Verb, number: int) -> int:
    """Begins a verb, kills it, up to six times in a row; then it is completed and compared. Returns the kills."""
    chance, seed = soak.chance("kill", verb.name, number), f"kill/{verb.name}/{number}"
    place, many, done = verb.place(world), chance.randint(1, MOST_IN_A_ROW), 0
    world.asked(clear=True)
    found: list[str] = []
    while done < many:
        ended, how = one(soak, verb, place, chance)
        if not ended.killed:
            found += [ended.crashed] if ended.crashed else []
            break
        done += 1
        if wrong := [*on_the_way(verb, place, world)]:
            found += [f"after kill {done} ({how}): {one}" for one in wrong]
    last = verb.complete(place)
    found += judge(verb, place, world, last, kills=done)
    told = "; ".join(found)
    for each in range(done):
        soak.record(Trial("kill -9", verb.name, told if each == done - 1 else "", sentence(_word(last)), seed=seed))
    if not done and told:
        soak.record(Trial("kill -9", verb.name, told, seed=seed, number=0))
    if not told:
        clear(place)
    return done or 1


def one(soak: Soak, verb: Verb, place: Place, chance: random.Random) -> tuple[Ended, str]:
    """One run with one kill, at a moment or at a step."""
    if chance.random() < 0.5 and not soak.steps:
        after = chance.random() * verb.seconds * 1.05
        return verb.begin(place).wait(hit=signal.SIGKILL, after=after), f"after {after:.3f} s"
    left = at = chance.randint(1, verb.ticks)

    def tick() -> None:
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)

    return verb.begin(place, tick).wait(), f"at step {at}"


def real_kills(soak: Soak, world: World, verbs: tuple[Verb, ...], full: int) -> None:
    """The same on the true command line, imports and all, one kill each."""
    for number in soak.rounds(full):
        if soak.over:
            return
        verb = verbs[number % len(verbs)]
        if verb.typed:
            continue
        chance, place = soak.chance("real", number), verb.place(world)
        world.asked(clear=True)
        after = chance.random() * (verb.seconds + LOADS)
        ended = start(verb.argv, place).wait(hit=signal.SIGKILL, after=after)
        found = [ended.crashed] if ended.crashed else [*on_the_way(verb, place, world)] if ended.killed else []
        last = start(verb.argv, place).wait()
        found += judge(verb, place, world, last, kills=int(ended.killed))
        soak.record(
            Trial(
                "kill -9, command line",
                verb.name,
                "; ".join(found),
                sentence(_word(last)),
                number=int(ended.killed),
                seed=f"real/{number}",
            )
        )
        if not found:
            clear(place)


def judge(verb: Verb, place: Place, world: World, last: Ended, *, kills: int) -> list[str]:
    """What is wrong when it was completed: how it ended, what it left, what was sent or asked twice."""
    found = [last.crashed] if last.crashed else []
    if last.code not in (*verb.codes, *FINISHED):
        found.append(f"it cannot be completed: {last.code} {last.told or last.out[-300:]}")
    left = state.read(place)
    unsure = kills > 1 and any(row[3] == "unsure" for row in left.get("outbox", ()))
    if unsure:  # killed twice in the same letter: it is left to a person, who is told
        left["outbox"] = verb.wanted["outbox"]
        found += [] if last.code == 3 and "a second time" in last.out else ["a letter is unsure, and nobody is told"]
    found += state.differences(left, verb.wanted)
    mails = Counter(world.mailed(place))
    if (verb.argv[0] == "deliver") != bool(mails) or (mails and len(mails) != 3 and not unsure):
        found.append(f"{len(mails)} mails arrived")
    if sum(mails.values()) - len(mails) > kills:
        found.append(f"mails came twice more often than it was killed: {mails}")
    if doubled := sum(mails.values()) - len(mails):
        found += [] if _logged(place, doubled) else ["a mail came twice, and the log of the outbox does not say so"]
    if verb.asked:
        asked = world.asked()
        if asked["answered"] - asked["different"] > CALLS_AT_ONCE * kills:
            found.append(f"answered calls were made again: {asked}")
    return found


def on_the_way(verb: Verb, place: Place, world: World) -> list[str]:
    """What a reader finds between a kill and the next run: nothing that was there is lost, nothing is half-written."""
    data, found = place.folder / "data", list[str]()
    for day in (*BEFORE, DAY):
        folder, base = data / "reports" / str(day), world.base(verb.base) / "reports" / str(day)
        if folder.exists() and not files.is_whole(data / "reports", day, "ko"):
            found.append(f"the report of {day} is not whole")
        if not folder.exists() and base.exists() and not _between_renames(data, str(day)):
            found.append(f"the report of {day} is gone")
    for page in (data / "site").rglob("*.html"):
        if not page.read_text(encoding="utf-8").rstrip().endswith("</html>"):
            found.append(f"{page.name} is half a page")
    ledger = data / "memory" / "ledger.sqlite"
    if ledger.exists():
        with closing(sqlite3.connect(ledger)) as database:
            if (said := database.execute("PRAGMA quick_check").fetchone()[0]) != "ok":
                found.append(f"the ledger is damaged: {said}")
            held = database.execute("SELECT count(*) FROM sqlite_master WHERE name = 'days'").fetchone()[0]
            days = database.execute("SELECT count(*) FROM days").fetchone()[0] if held else 0
        if days < REMEMBERED.get(verb.base, len(BEFORE)) and verb.base != "lost":
            found.append(f"only {days} days are remembered")
    return found


def _between_renames(data: Path, day: str) -> bool:
    """For that moment neither the old report nor the new one is in its place; the next run puts it there."""
    return (data / "reports" / f".{day}.ko.old").exists()


def _logged(place: Place, times: int) -> bool:
    with closing(sqlite3.connect(place.folder / "data" / "outbox.sqlite")) as outbox:
        rows = outbox.execute("SELECT count(*) FROM log WHERE told LIKE '%may arrive twice%'").fetchone()
    return int(rows[0]) >= times


def _word(ended: Ended) -> str:
    """What the run says that goes on: its line about the day, or its last one."""
    lines = [line for line in ended.out.splitlines() if line.strip()]
    told = [line for line in lines if "resumed" in line or "finished already" in line or "sent" in line]
    return next(iter(told or lines[-1:]), "")
