"""Files that a person edits, as text: what cannot be read is told with its place."""

import re
import tomllib
from pathlib import Path
from typing import Any, NamedTuple

from domain.errors import FileError, Slip

_TOKEN = re.compile(
    r'(?P<skip>"""(?:\\.|[^\\])*?"""|\'\'\'.*?\'\'\'|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'|\#[^\n]*)'
    r"|(?P<table>^[ \t]*\[\[?[ \t]*(?P<name>[\w-]+)[ \t]*\]\]?)"
    r"|(?P<key>^[ \t]*(?:[\"'])?(?P<field>[\w-]+)(?:[\"'])?(?=[ \t]*[=.]))"
    r"|(?P<opens>[\[{])|(?P<closes>[\]}])",
    re.MULTILINE | re.DOTALL,
)


class Toml(NamedTuple):
    """A TOML file: its values, and where they stand."""

    path: Path
    values: dict[str, Any]
    lines: dict[str, int]
    """Line of each key, or of the first table of that name."""
    rows: dict[str, list[int]]
    """Lines on which the tables of a list begin, by the list's key."""


def read_text(path: Path, error: type[FileError] = FileError) -> str:
    """The text of a file. Raises ``error`` where it is missing, is not UTF-8 or cannot be read."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as problem:
        line = problem.object[: problem.start].count(b"\n") + 1
        raise error(Slip(path, line, "it is no UTF-8 text")) from None
    except OSError as problem:
        raise error(Slip(path, 1, f"it cannot be read: {problem.strerror or problem}")) from None


def read_toml(path: Path, error: type[FileError] = FileError) -> Toml:
    """The parsed file. Raises ``error`` where it cannot be read or is no TOML."""
    text = read_text(path, error)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as problem:
        found = re.search(r"^(.*?) \(at (?:line (\d+), column \d+|end of document)\)$", str(problem), re.DOTALL)
        said, line = (found[1], found[2]) if found else (str(problem), "1")
        slip = Slip(path, int(line or len(text.splitlines())), f"it is no TOML: {said[:1].lower()}{said[1:]}")
        raise error(slip) from None
    return Toml(path, values, *_places(text))


def _places(text: str) -> tuple[dict[str, int], dict[str, list[int]]]:
    """Lines of the keys, and of the rows of each list, in a text that is TOML."""
    lines: dict[str, int] = {}
    rows: dict[str, list[int]] = {}
    depth, key = 0, ""
    for token in _TOKEN.finditer(text):
        line = text.count("\n", 0, token.end()) + 1
        if depth == 0 and (name := token["name"] or token["field"]):
            key = name
            lines.setdefault(name, line)
            if token["table"]:
                rows.setdefault(name, []).append(line)
        elif token["opens"]:
            if depth == 1 and token["opens"] == "{":
                rows.setdefault(key, []).append(line)
            depth += 1
        elif token["closes"]:
            depth -= 1
    return lines, rows
