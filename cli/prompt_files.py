"""``insights prompts list``, ``show`` and ``check``: the prompts as files."""

from pathlib import Path

from rich.table import Table

import prompts
from domain.errors import FileError, UsageError
from graph.settings import Settings
from prompts.texts import read_text
from prompts.variables import VARIABLES

from .console import open_console, print_json, print_lines
from .exit_codes import COMPLETE, USAGE


def list_all(*, as_json: bool) -> int:
    rows = [(name, prompts.load(name)) for name in prompts.names()]
    console = open_console()
    if as_json:
        told = [
            {
                "name": name,
                "version": prompt.version,
                "characters": len(prompt.source),
                "values": sorted(prompt.variables),
                "includes": list(prompts.included(prompt.source)),
            }
            for name, prompt in rows
        ]
        print_json(console, told)
        return COMPLETE
    table = Table(box=None, pad_edge=False)
    for column in ("prompt", "version", "characters", "filled with"):
        table.add_column(column, justify="right" if column == "characters" else "left")
    for name, prompt in rows:
        table.add_row(name, prompt.version, f"{len(prompt.source):,}", ", ".join(sorted(prompt.variables)))
    console.print(table)
    return COMPLETE


def show_one(name: str, settings: Settings) -> int:
    loaded = prompts.load(full_name(name, settings.language))
    console = open_console()
    included = ", ".join(prompts.included(loaded.source))
    print_lines(console, f"{loaded.path}", f"{loaded.id}{f', includes {included}' if included else ''}", "")
    console.file.write(loaded.source)
    return COMPLETE


def check_prompts(name: str | None, file: Path | None, settings: Settings) -> int:
    """Every prompt, one, or a text that is to take one's place; prints each slip, or what is sound."""
    console = open_console()
    names = prompts.names() if name is None else (full_name(name, settings.language),)
    slips: list[str] = []
    for one in names:
        try:
            if file is not None:
                prompts.edited(one, read_text(file), file)
            else:
                prompts.load(one)
        except FileError as error:
            slips += [str(slip) for slip in error.slips]
    print_lines(console, *slips)
    if slips:
        return USAGE
    sound = f"{file} is sound as {names[0]}" if file is not None else f"{len(names)} sound: {', '.join(names)}"
    print_lines(console, sound)
    return COMPLETE


def full_name(name: str, language: str) -> str:
    """A prompt's whole name; without a folder one of the language is meant. Raises UsageError."""
    known = prompts.names()
    for one in (name, f"{language}/{name}"):
        if one in known and prompts.bare(one) in VARIABLES:
            return one
    raise UsageError(f"there is no prompt {name}; known: {', '.join(known)}")
