"""Prompts are the .md files in this folder; this module only reads and fills them.

A file is a Jinja template in two parts, system and user, separated by a line ``---``. It is read at each run: edit it,
run again. What papers say enters as data, fenced, and is never read as template.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, meta

HERE = Path(__file__).parent


class PromptError(ValueError):
    """A prompt file and the agent that fills it do not fit together."""


@dataclass(frozen=True)
class Prompt:
    """One prompt file as it was read."""

    name: str
    source: str

    @property
    def version(self) -> str:
        """The first 8 hex digits of the file's sha256: goes into traces, receipts and errors."""
        return hashlib.sha256(self.source.encode()).hexdigest()[:8]

    @property
    def id(self) -> str:
        return f"{self.name}@{self.version}"

    @property
    def variables(self) -> set[str]:
        return meta.find_undeclared_variables(_ENVIRONMENT.parse(self.source))

    def render(self, **values: object) -> list[tuple[str, str]]:
        """The (role, text) messages. Raises PromptError for a value that is missing and for one the file never uses."""
        if unused := values.keys() - self.variables:
            raise PromptError(f"prompts/{self.name}.md does not use {', '.join(sorted(unused))}")
        if missing := self.variables - values.keys():
            raise PromptError(f"prompts/{self.name}.md needs a value for {', '.join(sorted(missing))}")
        # The parts are separated in the file, before filling, so that no paper can contain the separator.
        system, separator, user = self.source.partition("\n---\n")
        if not separator:
            raise PromptError(f"prompts/{self.name}.md has no line '---' between its system and its user part")
        roles = (("system", system), ("user", user))
        return [(role, _ENVIRONMENT.from_string(part).render(**values).strip()) for role, part in roles]


def load(name: str, folder: Path = HERE) -> Prompt:
    """Reads ``name.md``. Raises PromptError where there is no such file."""
    try:
        return Prompt(name, (folder / f"{name}.md").read_text(encoding="utf-8"))
    except FileNotFoundError:
        known = ", ".join(sorted(p.stem for p in folder.glob("*.md")))
        raise PromptError(f"there is no prompt {name!r}; known: {known}") from None


def versions(folder: Path = HERE) -> tuple[tuple[str, str], ...]:
    """Name and version of every prompt file."""
    return tuple((path.stem, load(path.stem, folder).version) for path in sorted(folder.glob("*.md")))


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
