"""What the YAML files of this folder have in common: rows of fields, and for every slip the line on which it stands."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

from domain import languages
from domain.errors import FileError, Slip

from .texts import read_text

T = TypeVar("T", bound=BaseModel)
_Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The one in C, where PyYAML was built with it: the other takes a tenth of a second for our files."""
RowPath = tuple[str | int, ...]
"""Keys and numbers that lead to a part of the file."""


@dataclass
class Document:
    """A YAML file, and what was found wrong with it."""

    path: Path
    value: Any
    root: yaml.Node | None
    slips: list[Slip] = field(default_factory=list[Slip])

    def slip(self, text: str, *place: str | int) -> None:
        """Notes what is wrong at a place; where there is no such place, at the nearest one above it."""
        self.slips.append(Slip(self.path, _line(self.root, place), text))

    def row(self, shape: type[T], place: RowPath, name: str, texts: Iterable[str]) -> T | None:
        """The row at a place as ``shape``, or None with its slips noted. ``name`` is that of a row without a key;
        ``texts`` are fields that may not be empty."""
        value: Any = self.value
        for step in place:
            value = value[step]
        noun = shape.__name__.lower()
        if not isinstance(value, dict):
            self.slip(f"{noun} {name} is not a mapping of fields; expected are {_fields(shape)}", *place)
            return None
        fields = cast("dict[str, Any]", value)
        name = f"'{fields['key']}'" if isinstance(fields.get("key"), str) and fields["key"] else name
        try:
            made = shape.model_validate(fields)
        except ValidationError as problem:
            for fault in problem.errors():
                wrong = fault["loc"][0]
                told = {
                    "missing": f"has no '{wrong}'; expected are {_fields(shape)}",
                    "extra_forbidden": f"has a field '{wrong}' that is not known; expected are {_fields(shape)}",
                }.get(fault["type"], f"has a field '{wrong}' that cannot be used ({fault['msg']})")
                self.slip(f"{noun} {name} {told}", *place, wrong)
            return None
        for wanted in texts:
            held: str | dict[str, str] = getattr(made, wanted)
            for step, text in ((wanted, held),) if isinstance(held, str) else held.items():
                if not text.strip():
                    self.slip(f"{noun} {name} has an empty '{step}'", *place, wanted, step)
        return made


def named(given: Mapping[str, str], key: str) -> dict[str, str]:
    """The names of a category or topic, with those that languages bring along for its key."""
    brought = {language.code: language.names[key] for language in languages.every() if key in language.names}
    return {**brought, **given}


def read(path: Path, error: type[FileError]) -> Document:
    """The parsed file. Raises ``error`` where it is missing, is not YAML, or has a key twice."""
    text = read_text(path, error)
    try:
        loader = _Loader(text)
        root = loader.get_single_node()
        document = Document(path, loader.construct_document(root) if root else None, root)
    except (yaml.YAMLError, RecursionError) as problem:
        mark = getattr(problem, "problem_mark", None)
        said = getattr(problem, "problem", None) or " ".join(str(problem).split()) or "it is nested too deep"
        raise error(Slip(path, mark.line + 1 if mark else 1, f"it is not valid YAML: {said}")) from None
    if doubles := [Slip(path, line, f"the key '{key}' stands here a second time") for key, line in _doubles(root)]:
        raise error(*doubles)
    return document


def _fields(shape: type[BaseModel]) -> str:
    needed = [name for name, held in shape.model_fields.items() if held.is_required()]
    more = [name for name, held in shape.model_fields.items() if not held.is_required()]
    return ", ".join(needed) + (f" and perhaps {', '.join(more)}" if more else "")


def _line(node: yaml.Node | None, place: Iterable[str | int]) -> int:
    line = 1
    for step in place:
        if isinstance(node, yaml.MappingNode):
            pairs = cast("list[tuple[yaml.Node, yaml.Node]]", node.value)
            key, node = next(((key, held) for key, held in pairs if key.value == step), (None, None))
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            key = node = cast("list[yaml.Node]", node.value)[step]
        else:
            key = None
        if key is None:
            break
        line = key.start_mark.line + 1
    return line


def _doubles(node: yaml.Node | None) -> Iterator[tuple[str, int]]:
    """(key, line) of the keys that stand again in one mapping: YAML would take the last of them without a word."""
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, held in cast("list[tuple[yaml.Node, yaml.Node]]", node.value):
            if isinstance(key, yaml.ScalarNode):
                if key.value in seen:
                    yield str(key.value), key.start_mark.line + 1
                seen.add(str(key.value))
            yield from _doubles(held)
    elif isinstance(node, yaml.SequenceNode):
        for held in cast("list[yaml.Node]", node.value):
            yield from _doubles(held)
