"""How the verbs print: a table or lines for a reader, wide where they go into a pipe, or one JSON object."""

import json
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

_WIDTH = 160
"""Characters, where the output is a pipe or a file."""


def open_console() -> Console:
    """Standard output."""
    console = Console(highlight=False)
    if not console.is_terminal:
        console.width = _WIDTH
    return console


def counted(number: int, things: str) -> str:
    """``1 story`` of ``stories``, ``2 days`` of ``days``."""
    if number == 1:
        things = f"{things[:-3]}y" if things.endswith("ies") else things.removesuffix("s")
    return f"{number} {things}"


def print_json(console: Console, value: Any) -> None:
    """One JSON object and nothing else."""
    console.file.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def print_lines(console: Console, *lines: Text | str, indent: int = 0) -> None:
    """Lines of text, taken literally: wrapped at words on a terminal, whole in a pipe, so that ``grep`` finds them."""
    for line in lines:
        text = Text(line) if isinstance(line, str) else line
        if console.is_terminal:
            console.print(Padding(text, (0, 0, 0, indent)))
        else:
            console.print(Text(" " * indent).append_text(text), soft_wrap=True)
