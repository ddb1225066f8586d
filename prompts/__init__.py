"""Prompts are the .md files in this folder; this module only reads and fills them.

A file is a Jinja template in two parts, system and user, separated by a line ``---``. It is read at each run: edit it,
run again. What papers say enters as data, fenced, and is never read as template. What two prompts share lies in a .txt
file, which both include.
"""

import hashlib
import traceback
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType

from jinja2 import (
    Environment,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateSyntaxError,
    meta,
    nodes,
)

from domain import languages
from domain.errors import FileError, Slip

from .texts import read_text
from .variables import VARIABLES

HERE = Path(__file__).parent
_SEPARATOR = "\n---\n"


class PromptError(FileError):
    """A prompt file cannot be used, or it and the agent that fills it do not fit together."""


@dataclass(frozen=True)
class Prompt:
    """One prompt file as it was read."""

    name: str
    source: str
    folder: Path = HERE
    edited: bool = False
    """A text that was given for one run, in the place of the file."""
    read_from: Path | None = None
    """The file that such a text stands in, where it stands in one."""

    @property
    def path(self) -> Path:
        """The file; of a text without one what errors call it."""
        if self.edited:
            return self.read_from or Path(f"{self.name}, as edited in this run")
        return self.folder / f"{self.name}.md"

    @property
    def version(self) -> str:
        """The first 8 hex digits of the sha256 of the file and what it includes: goes into traces, receipts, errors."""
        whole = "".join((self.source, *(read_text(HERE / name, PromptError) for name in included(self.source))))
        return hashlib.sha256(whole.encode()).hexdigest()[:8]

    @property
    def id(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def variables(self) -> set[str]:
        return set(_variables(self.source))

    def render(self, **values: object) -> list[tuple[str, str]]:
        """The (role, text) messages. Raises PromptError for a value that is missing, for one that the file never uses,
        and for a part of a value that does not exist."""
        if unused := values.keys() - self.variables:
            raise PromptError(Slip(self.path, 1, f"it does not use {', '.join(sorted(unused))}"))
        if missing := self.variables - values.keys():
            raise PromptError(Slip(self.path, 1, f"it needs a value for {', '.join(sorted(missing))}"))
        if _SEPARATOR not in self.source:
            raise PromptError(_without_parts(self.path))
        return [(role, self._fill(part, values)) for role, part in _parts(self.source)]

    def _fill(self, part: str, values: dict[str, object]) -> str:
        try:
            return _template(part).render(**values).strip()
        except (TemplateError, TypeError) as error:
            frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
            line = getattr(error, "lineno", None) or (frames[-1].lineno if frames else None) or 1
            raise PromptError(Slip(self.path, line, f"it cannot be filled: {error}")) from error


def load(name: str, folder: Path = HERE) -> Prompt:
    """Reads ``name.md``. In a language that has no such file, the English one with a word on that. Raises
    PromptError where there is none and where it has slips."""
    path = folder / f"{name}.md"
    code, slash, role = name.partition("/")
    if slash and code in languages.codes() and not path.exists():
        return _in_language(code, role, folder)
    if not path.exists():
        raise PromptError(Slip(path, 1, f"there is no such prompt; known: {', '.join(names(folder))}"))
    return _checked(Prompt(name, read_text(path, PromptError), folder))


def _in_language(code: str, role: str, folder: Path) -> Prompt:
    """The English prompt for a language that has none of its own, with a word on the language at its head."""
    language = languages.find(code).name
    head = f"The page is in {language}: write in {language} whatever its readers see. The papers are in English."
    return _checked(Prompt(f"{code}/{role}", f"{head}\n\n{load(f'en/{role}', folder).source}", folder))


def edited(name: str, text: str, read_from: Path | None = None) -> Prompt:
    """A text that takes the place of ``name.md`` for one run. Raises PromptError, as ``load`` does."""
    return _checked(Prompt(name, text, edited=True, read_from=read_from))


def _checked(prompt: Prompt) -> Prompt:
    if found := slips(prompt):
        raise PromptError(*found)
    if missing := [name for name in included(prompt.source) if not (HERE / name).is_file()]:
        raise PromptError(*(Slip(prompt.path, 1, f"it includes {name}, which is not there") for name in missing))
    return prompt


@lru_cache(maxsize=64)
def slips(prompt: Prompt) -> tuple[Slip, ...]:
    """What is wrong with a file, whatever it is filled with: its parts, its template, its variables."""
    found: list[Slip] = [] if _SEPARATOR in prompt.source else [_without_parts(prompt.path)]
    for _, part in _parts(prompt.source):
        try:
            _template(part)
        except TemplateSyntaxError as error:
            found.append(Slip(prompt.path, error.lineno, f"it is no Jinja template: {error.message}"))
    if not found and (given := VARIABLES.get(bare(prompt.name))):
        used = prompt.variables
        for name, line in _first_uses(prompt.source, used - given):
            near = get_close_matches(name, given, n=1)
            hint = f"did you mean {near[0]}?" if near else f"it is given {', '.join(sorted(given))}"
            found.append(Slip(prompt.path, line, f"there is no value {name}; {hint}"))
        if unused := given - used:
            found.append(Slip(prompt.path, 1, f"it has to use {', '.join(sorted(unused))}, which it is given"))
    return tuple(found)


@lru_cache(maxsize=64)
def _template(part: str) -> Template:
    return _ENVIRONMENT.from_string(part)


@lru_cache(maxsize=64)
def _variables(source: str) -> frozenset[str]:
    return frozenset(meta.find_undeclared_variables(_ENVIRONMENT.parse(source)))


@lru_cache(maxsize=64)
def included(source: str) -> tuple[str, ...]:
    """The files that a template includes by name, relative to the folder of the prompts, in order."""
    return tuple(name for name in meta.find_referenced_templates(_ENVIRONMENT.parse(source)) if name)


def _parts(source: str) -> list[tuple[str, str]]:
    """(role, template): separated in the file, before filling, so that no paper can contain the separator. The second
    one begins with as many empty lines as stand before it, so that its lines have the file's numbers."""
    system, separator, user = source.partition(_SEPARATOR)
    return [("system", system), ("user", "\n" * (system + separator).count("\n") + user)]


def _without_parts(path: Path) -> Slip:
    return Slip(path, 1, "expected is a line '---' between its system and its user part")


def _first_uses(source: str, names: Set[str]) -> list[tuple[str, int]]:
    """(name, line) of each of the names, where it is first used."""
    found: dict[str, int] = {}
    for used in _ENVIRONMENT.parse(source).find_all(nodes.Name) if names else ():
        if used.ctx == "load" and used.name in names:
            found[used.name] = min(used.lineno, found.get(used.name, used.lineno))
    return sorted(found.items(), key=lambda pair: pair[1])


def versions(which: Iterable[str], edited: Mapping[str, Prompt] = MappingProxyType({})) -> tuple[tuple[str, str], ...]:
    """Name and version of prompts; of one in whose place a text was given that text's, and that it was. Raises
    PromptError, as ``load`` does."""
    held = {name: edited.get(name) or load(name) for name in which}
    return tuple(
        (name, f"{one.version} edited in this run" if one.edited else one.version) for name, one in held.items()
    )


def names(folder: Path = HERE) -> tuple[str, ...]:
    """The names of all prompt files, with those of the folders that they lie in."""
    return tuple(path.relative_to(folder).with_suffix("").as_posix() for path in sorted(folder.rglob("*.md")))


def bare(name: str) -> str:
    """The name of a prompt without its folder, such as that of its language."""
    return name.rpartition("/")[2]


def fence(texts: Iterable[str]) -> str:
    """A delimiter that none of the texts contains: it is made from their own hash, so it is also the same tomorrow."""
    held = "\x00".join(texts)
    delimiter = ""
    while delimiter in held:  # an empty one is in every text; one that is found is hashed on
        delimiter = f"=={hashlib.sha256((delimiter + held).encode()).hexdigest()[:10]}=="
    return delimiter


_ENVIRONMENT = Environment(  # noqa: S701  the output is a prompt, not HTML
    loader=FileSystemLoader(HERE), undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
)
