"""``insights history``, ``fork``, ``diff``: the steps of a day, another run from one of them, and what that changed."""

import asyncio
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from pydantic import ValidationError
from rich.table import Table
from rich.text import Text

import prompts
from domain.differences import differences
from domain.errors import UsageError
from graph.context import Context
from graph.forks import fork_day, free_name, history
from graph.runs import Outcome
from graph.settings import Settings
from prompts.texts import read_text
from publishing import files, layout

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE
from .run import watched
from .settings import Loaded, SettingsError, flag_of, load_settings

_SOURCES = {"input": "the day was asked for", "loop": "", "update": "edited", "fork": "gone on from an older step"}


def show_history(day: date, settings: Settings, *, as_json: bool) -> int:
    """Prints a line or a JSON object per step, the oldest first."""
    steps = asyncio.run(history(day, Context.of(settings)))
    console = open_console()
    if as_json:
        print_json(console, [step.model_dump(mode="json") for step in steps])
        return COMPLETE
    table = Table("step", "next", "when", "", "checkpoint", box=None, padding=(0, 2, 0, 0))
    for one in steps:
        after = ", ".join(one.next) or "the end"
        when = one.at.astimezone().strftime("%Y-%m-%d %H:%M:%S")
        table.add_row(str(one.number), after, when, _SOURCES.get(one.source, one.source), Text(one.id, "dim"))
    console.print(table)
    return COMPLETE


def run_fork(
    day: date,
    loaded: Loaded,
    *,
    at: str,
    name: str,
    prompt_files: Sequence[str],
    given: Sequence[str],
    publish: bool,
) -> int:
    """Runs a fork and says where it lies; the exit code is that of a run."""
    ctx = Context.of(loaded.settings)
    changes = {**_flagged(loaded), **_set(given), **dict(map(_prompt, prompt_files))}
    fork = name or free_name(day, ctx.forks)

    async def run(watch: Any, ask: Any) -> Outcome:
        try:
            return await fork_day(day, ctx, at, name=fork, publish=publish, changes=changes, watch=watch, ask=ask)
        except ValidationError as error:
            raise UsageError("; ".join(_faults(error))) from None

    return watched(ctx, run, day, goes_on="the same command begins it again")


def _faults(error: ValidationError) -> Iterator[str]:
    for fault in error.errors():
        yield f"{'.'.join(map(str, fault['loc']))}: {fault['msg'].removeprefix('Value error, ')}"


def _flagged(loaded: Loaded) -> dict[str, Any]:
    """The settings that were given as flags: all others are those of the run that is forked."""
    where = ("data", "language")
    given = [name for name in Settings.model_fields if loaded.origins[name] == flag_of(name) and name not in where]
    return {name: getattr(loaded.settings, name) for name in given}


def _set(given: Sequence[str]) -> dict[str, Any]:
    """``cap=3`` as ``--cap 3`` would be taken."""
    pairs = [text.partition("=") for text in given]
    if wrong := [name for name, equals, _ in pairs if not equals or name not in Settings.model_fields]:
        raise SettingsError(f"--set takes SETTING=VALUE; there is no setting {wrong[0]} ('insights settings' has them)")
    read = load_settings(**{name: value for name, _, value in pairs})
    return {name: getattr(read.settings, name) for name, _, _ in pairs}


def _prompt(given: str) -> tuple[str, str]:
    """``candidate/frame.md`` or ``frame=candidate.md``: the field of the context, and the text."""
    role, equals, file = given.partition("=")
    path = Path(file if equals else given)
    role = role if equals else path.stem
    field = f"prompt_{role}"
    if field not in Context.model_fields:
        known = sorted(name.removeprefix("prompt_") for name in Context.model_fields if name.startswith("prompt_"))
        raise UsageError(f"{given}: no agent has a prompt {role}; name it, as in ROLE=FILE: {', '.join(known)}")
    text = read_text(path)
    prompts.edited(role, text, path)
    return field, text


def show_differences(day: date, fork: str, settings: Settings, *, as_json: bool) -> int:
    """Prints what differs, claim by claim, or that nothing does."""
    place = layout.place(day, settings.language) / layout.REPORT
    before, after = settings.data / "reports" / place, settings.data / "forks" / fork / place
    found = differences(files.read_report(before), files.read_report(after))
    console = open_console()
    if as_json:
        print_json(console, [one.model_dump(mode="json") for one in found])
        return COMPLETE
    paper: str | None = None
    for one in found:
        if one.paper != paper:
            paper = one.paper
            print_lines(console, "", Text(paper or "The day", "bold"))
        lines = [Text(f"- {one.before}", "red")] if one.before else []
        lines += [Text(f"+ {one.after}", "green")] if one.after else []
        print_lines(console, Text(one.place, "dim"), indent=2)
        print_lines(console, *lines, indent=4)
    print_lines(console, "", f"{len(found)} lines differ" if found else f"{day} and {fork} tell the same")
    return COMPLETE
