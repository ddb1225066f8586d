"""Reads the glossaries, ``glossary.toml`` in the folder of a language: what it calls the terms of the field."""

from functools import lru_cache
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from domain.errors import FileError, Slip
from domain.languages import codes, folder
from domain.value import Value

from .texts import Toml, read_toml


class GlossaryEntry(Value):
    """One entry. The notation of the wordings is explained at the head of the file."""

    en: tuple[str, ...]
    """English wordings, the plain one first."""
    accepted: tuple[str, ...]
    """Those of the language."""

    @property
    def name(self) -> str:
        return self.en[0]


_FIELDS = ", ".join(GlossaryEntry.model_fields)


class GlossaryError(FileError):
    """A glossary cannot be used."""


def files() -> tuple[Path, ...]:
    """Every glossary there is."""
    paths = (home / "glossary.toml" for code in codes() if (home := folder(code)))
    return tuple(path for path in paths if path.exists())


def load_glossary() -> tuple[GlossaryEntry, ...]:
    """The terms of all languages. Raises GlossaryError for a file that is no glossary."""
    return _load(files())


@lru_cache(maxsize=8)
def _load(paths: tuple[Path, ...]) -> tuple[GlossaryEntry, ...]:
    return tuple(term for path in paths for term in read_terms(path))


def read_terms(path: Path) -> tuple[GlossaryEntry, ...]:
    """The terms of one file. Raises GlossaryError with every slip: what is no term, and what stands twice."""
    file = read_toml(path, GlossaryError)
    slips: list[Slip] = []
    found: dict[str, GlossaryEntry] = {}
    for subject, listed in file.values.items():
        if not isinstance(listed, list):
            slips.append(Slip(path, file.lines.get(subject, 1), f"'{subject}' is no list of terms ({_FIELDS})"))
            continue
        for number, raw in enumerate(listed):  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]
            line = _line(file, subject, number)
            term = _term(path, line, raw, slips)
            if term and found.setdefault(term.name.casefold(), term) is not term:
                slips.append(Slip(path, line, f"the term '{term.name}' stands here a second time"))
    if slips:
        raise GlossaryError(*slips)
    return tuple(found.values())


def _term(path: Path, line: int, raw: Any, slips: list[Slip]) -> GlossaryEntry | None:
    try:
        term = GlossaryEntry.model_validate(raw)
    except ValidationError as problem:
        for fault in problem.errors():
            name = ".".join(str(step) for step in fault["loc"]) or "the row"
            slips.append(Slip(path, line, f"it is no term: {name}: {fault['msg']}; expected are {_FIELDS}"))
        return None
    if not term.en or not all(word.strip() for word in (*term.en, *term.accepted)):
        slips.append(Slip(path, line, "it is no term: expected is at least one wording under 'en', and none empty"))
        return None
    return term


def _line(file: Toml, subject: str, number: int) -> int:
    rows = file.rows.get(subject, [])
    return rows[number] if number < len(rows) else file.lines.get(subject, 1)
