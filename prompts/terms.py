"""Reads the lists of explained terms, ``terms.toml`` in the folder of each language."""

import re
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any, cast

from pydantic import ValidationError

from domain.errors import FileError, Slip
from domain.languages import codes, find, folder
from domain.terms import TermEntry

_NAME = "terms.toml"
_ROW = re.compile(r"^\s*\{", re.MULTILINE)


class TermsError(FileError):
    """A list of terms cannot be used; the message names file, line and what was expected there."""


@lru_cache(maxsize=8)
def load_terms(language: str, place: Path | None = None) -> tuple[TermEntry, ...]:
    """The explained terms of a language, in the order of the file; none where nobody wrote one. ``place``: a folder
    other than the language's own.

    Raises TermsError where the file cannot be read or is no TOML, where a row is no term or its explanation too short
    or too long, and where two terms share a spelling without saying by ``near`` how to tell them apart.
    """
    home = place or folder(language)
    if home is None or not (file := home / _NAME).exists():
        return ()
    entries: list[TermEntry] = []
    owners: dict[str, tuple[int, TermEntry]] = {}
    for line, row in _rows(file):
        entry = _entry(file, line, row, language)
        for spelling in (*entry.names, *entry.also):
            first, other = owners.setdefault(spelling, (line, entry))
            if other is not entry and not (entry.near and other.near):
                told = (
                    f"'{spelling}' stands in line {first} too: expected a spelling of its own, or 'near' words in both"
                )
                raise TermsError(Slip(file, line, told))
        entries.append(entry)
    return tuple(entries)


def _rows(file: Path) -> Iterator[tuple[int, object]]:
    """The rows of all subjects, each with its line, 1-based."""
    try:
        text = file.read_text(encoding="utf-8")
    except OSError as error:
        raise TermsError(Slip(file, 1, f"it cannot be read ({error.strerror}): expected a list of terms")) from None
    try:
        subjects = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        place = re.search(r"line (\d+)", str(error))
        line = int(place[1]) if place else text.count("\n") + 1
        raise TermsError(Slip(file, line, f"it is no TOML ({error})")) from None
    lines = [text.count("\n", 0, found.end()) + 1 for found in _ROW.finditer(text)]
    held: list[object] = []
    for subject, value in subjects.items():
        if not isinstance(value, list):
            line = next(n for n, told in enumerate(text.splitlines(), 1) if told.lstrip("[ ").startswith(subject))
            raise TermsError(Slip(file, line, f"expected '{subject} = [' and one term a line"))
        held += cast("list[object]", value)
    if len(lines) != len(held):
        raise TermsError(Slip(file, 1, f"it has {len(held)} terms in {len(lines)} lines: expected one term a line"))
    yield from zip(lines, held, strict=True)


def _entry(file: Path, line: int, row: object, language: str) -> TermEntry:
    try:
        entry = TermEntry.model_validate(row)
    except ValidationError as error:
        fault = error.errors()[0]
        field = str(fault["loc"][0]) if fault["loc"] else "row"
        told = {"missing": "is missing", "extra_forbidden": "is not known"}.get(fault["type"], f"is {_shown(fault)}")
        expected = 'expected names = ["…"], means = "…" and perhaps also, near, familiar'
        raise TermsError(Slip(file, line, f"'{field}' {told}: {expected}")) from None
    if not entry.names or not all(text.strip() for text in (*entry.names, *entry.also, *entry.near)):
        raise TermsError(Slip(file, line, "a name is empty: expected at least one spelling, and words in every list"))
    if starred := next((name for name in entry.names if "*" in name), ""):
        raise TermsError(Slip(file, line, f"'{starred}' has a '*': expected under 'also', which is not shown"))
    least, most, unit = find(language).lengths
    size = len(entry.means) if unit == "characters" else len(entry.means.split())
    if not least <= size <= most:
        raise TermsError(
            Slip(file, line, f"'{entry.names[0]}' is explained in {size} {unit}: expected {least} to {most}")
        )
    return entry


def _shown(fault: Any) -> str:
    return f"'{fault['input']}'"[:40]


def files() -> tuple[tuple[Path, str], ...]:
    """Every list there is, with its language."""
    lists = ((home / _NAME, code) for code in codes() if (home := folder(code)))
    return tuple((path, code) for path, code in lists if path.exists())
