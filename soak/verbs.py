"""What is disturbed: each verb with the folder it begins with, and how its work is known to be done."""

from collections.abc import Callable
from dataclasses import dataclass, field

from tests.scripted import DAY

from . import state
from .children import Child, Ended, Place, fork
from .state import State
from .world import BEFORE, WEEK, World, clear

LATER = BEFORE[3:]
"""What a backfill makes, with the day itself."""
FINISHED = (0, 3)
"""Exit codes of a command that did all that it could."""


@dataclass
class Verb:
    """A command that does something which must be whole in the end, however often it is begun."""

    name: str
    argv: tuple[str, ...]
    base: str
    codes: tuple[int, ...] = (0,)
    typed: str = ""
    goes_on: tuple[str, ...] = ()
    """The command that goes on after a cut, where it is another."""
    seconds: float = 0.0
    ticks: int = 0
    wanted: State = field(default_factory=dict[str, object])
    asked: int = 0
    """Calls of an undisturbed run to the model."""

    def place(self, world: World, root: "object | None" = None) -> Place:
        room = world.room(self.base, root)  # type: ignore[arg-type]
        return Place(room.folder, room.env, self.typed)

    def begin(self, place: Place, tick: Callable[[], None] | None = None) -> Child:
        return fork(self.argv, place, tick=tick)

    def complete(self, place: Place) -> Ended:
        return fork(self.goes_on or self.argv, place).wait()


def verbs() -> tuple[Verb, ...]:
    run = ("run", str(DAY), "--papers", f"{DAY}.jsonl")
    given = tuple(part for day in (*LATER, DAY) for part in ("--papers", f"{day}.jsonl"))
    backfill = ("backfill", str(LATER[0]), str(DAY), *given)
    return (
        Verb("run, offline", run, "week"),
        Verb("run, with a model", (*run, "--model", "openai:scripted"), "week"),
        Verb("backfill, four days", backfill, "begun"),
        Verb("backfill, with a model", (*backfill, "--model", "openai:scripted"), "begun"),
        Verb("memory rebuild", ("memory", "rebuild"), "full"),
        Verb("memory rebuild --from-reports", ("memory", "rebuild", "--from-reports"), "lost"),
        Verb("review", ("review", str(DAY)), "review", typed="r 1 dull\na\n"),
        Verb("week", ("week", WEEK), "full", codes=(0, 3)),
        Verb("site build", ("site", "build"), "full"),
        Verb("site build, one day more", ("site", "build"), "sited"),
        Verb("deliver", ("deliver", str(DAY)), "full"),
        Verb("deliver, the week", ("deliver", WEEK), "weekly"),
    )


def measure(verb: Verb, world: World) -> None:
    """Runs it undisturbed, twice: what it does, how long it takes, how many steps it has. Raises RuntimeError where it
    does not do the same both times."""
    world.asked(clear=True)
    first = verb.place(world)
    ended = verb.begin(first).wait()
    if ended.crashed or ended.code not in verb.codes:
        raise RuntimeError(f"{verb.name} ended with {ended.code}: {ended.out}{ended.err}")
    verb.asked = world.asked()["asked"]
    verb.seconds, verb.wanted = ended.seconds, state.read(first)
    second = verb.place(world)
    count = second.folder / "ticks"

    with count.open("wb", buffering=0) as steps:

        def tick() -> None:
            steps.write(b".")

        verb.begin(second, tick).wait()
    verb.ticks = count.stat().st_size
    if told := state.differences(state.read(second), verb.wanted):
        raise RuntimeError(f"{verb.name} does not do the same twice: {'; '.join(told)}")
    clear(first)
    clear(second)
