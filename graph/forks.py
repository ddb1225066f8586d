"""Time travel that harms nothing: the steps of a day's run, and another run from one of them, with other settings."""

from contextlib import aclosing
from datetime import date, datetime
from pathlib import Path
from typing import Any

from langgraph.types import StateSnapshot

from domain.errors import UsageError
from domain.value import Value

from .checkpoints import copy_step, thread_of
from .context import Context
from .events import Watch
from .inputs import as_begun, inputs_of
from .runs import Ask, NoRun, Opened, Outcome, finish, opened, outcome_of


class UnknownStep(UsageError):
    """A step that the run of the day does not have."""


class ForkExists(UsageError):
    """There is a fork of that name already."""


class ForkPoint(Value):
    """A place between two steps of a run, from which another run can go on."""

    number: int
    """-1 before the input; one that was gone back to has several of the same number."""
    id: str
    """Of the checkpoint."""
    next: tuple[str, ...]
    """What is to be done next; empty at the end."""
    source: str
    """``input``, ``loop``, ``update`` for an edit, ``fork`` where an older step was gone on from."""
    at: datetime


async def history(day: date, context: Context) -> tuple[ForkPoint, ...]:
    """The steps of the day's run, the oldest first. Raises NoRun where none are kept."""
    async with opened(context.folder, day, context.language) as held:
        steps = await _steps(held)
    if not steps:
        raise NoRun(
            f"no steps of {day} are kept in {context.folder}: it was not run, or its steps were given up (keep_days)"
        )
    return steps


async def fork_day(
    day: date,
    context: Context,
    at: str,
    *,
    name: str,
    publish: bool,
    changes: dict[str, Any],
    watch: Watch = lambda _: None,
    ask: Ask | None = None,
) -> Outcome:
    """Runs a day once more from one of its steps, as it was run but for the ``changes`` (settings and prompts).

    It writes to ``forks/NAME`` and remembers nothing, unless it is to ``publish``: then it takes the day's place.
    Raises NoRun, UnknownStep, ForkExists, UsageError for changes that cannot be, and what the nodes raise.
    """
    async with opened(context.folder, day, context.language) as held:
        step = _find(at, await _steps(held), day)
        own = {"publish": True} if publish else {"fork": name}
        context = as_begun(context, held.begun, **changes, **own)
        if not publish and (context.forks / name).exists():
            raise ForkExists(f"there is a fork {name} in {context.forks} already; choose another name with --name")
        async with aclosing(context):
            context.check()
            inputs = inputs_of(context)
            if publish:
                context.meter.resume(day, context.language)
                ended = await finish(held, None, held.config(inputs, step.id), context, day, watch=watch, ask=ask)
                return outcome_of("forked", ended)
            target = f"{held.thread}:{name}"
            await copy_step(held.saver, held.thread, step.id, target)
            apart = Opened(held.graph, held.saver, target, held.now)
            try:
                ended = await finish(apart, None, apart.config(inputs), context, day, watch=watch, ask=ask)
            finally:
                await held.saver.adelete_thread(target)
            return outcome_of("forked", ended)


def free_name(day: date, forks: Path) -> str:
    """A name for a fork that is not taken: the day and a number."""
    return next(name for n in range(1, 10_000) if not (forks / (name := f"{day}-{n}")).exists())


async def _steps(held: Opened) -> tuple[ForkPoint, ...]:
    found: list[ForkPoint] = []
    async for one in held.graph.aget_state_history({"configurable": thread_of(held.thread)}):
        found.append(_step(one))
    return tuple(reversed(found))


def _step(one: StateSnapshot) -> ForkPoint:
    metadata: dict[str, Any] = dict(one.metadata or {})
    return ForkPoint(
        number=metadata.get("step", -1),
        id=str(one.config.get("configurable", {})["checkpoint_id"]),
        next=tuple(dict.fromkeys(one.next)),
        source=metadata.get("source", ""),
        at=datetime.fromisoformat(one.created_at or "1970-01-01T00:00:00+00:00"),
    )


def _find(at: str, steps: tuple[ForkPoint, ...], day: date) -> ForkPoint:
    """By what comes next, by number, or by the beginning of its id: the newest that fits."""
    fits = [
        one
        for one in steps
        if one.next and (at in one.next or at == str(one.number) or (len(at) > 7 and one.id.startswith(at)))
    ]
    if not fits:
        known = ", ".join(dict.fromkeys(name for one in steps for name in one.next if not name.startswith("__")))
        raise UnknownStep(f"the run of {day} has no step {at}; 'insights history {day}' shows them: {known or 'none'}")
    return fits[-1]
