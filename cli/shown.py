"""``insights settings``: each value, and where it comes from."""

import os
from typing import Any

from rich.table import Table
from rich.text import Text

from .console import open_console, print_json
from .exit_codes import COMPLETE
from .settings import DEFAULT, Loaded, origin_of_key

HIDDEN = "***"
KEYS = ("OPENAI_API_KEY", "OPENAI_BASE_URL")
"""Read by the model's client itself."""


def show_settings(loaded: Loaded, *, as_json: bool) -> int:
    """Prints a line or a JSON object per setting; of a secret only that it is set."""
    values: dict[str, Any] = loaded.settings.model_dump(mode="json") | loaded.delivery.model_dump(mode="json")
    values |= {name: None if loaded.origins[name] == DEFAULT else HIDDEN for name in sorted(loaded.secrets)}
    origins = dict(loaded.origins)
    for name in KEYS:
        origins[name] = origin_of_key(name) or DEFAULT
        shown = os.environ.get(name) if name == "OPENAI_BASE_URL" else HIDDEN
        values[name] = shown if origins[name] != DEFAULT else None
    console = open_console()
    if as_json:
        print_json(console, {name: {"value": value, "origin": origins[name]} for name, value in values.items()})
        return COMPLETE
    table = Table("setting", "value", "from", box=None, padding=(0, 2, 0, 0))
    for name, value in values.items():
        plain = "dim" if origins[name] == DEFAULT else ""
        table.add_row(name, Text(_text(value), plain), Text(origins[name], plain))
    console.print(table)
    return COMPLETE


def _text(value: Any) -> str:
    match value:
        case None | "" | [] | {}:
            return "–"
        case bool():
            return "yes" if value else "no"
        case list():
            return ", ".join(map(str, value))  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
        case _:
            return str(value)
