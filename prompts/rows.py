"""What the YAML files of this folder have in common: a list of rows, refused in a sentence that names the place."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, TypeVar, cast

import yaml
from pydantic import BaseModel, ValidationError

T = TypeVar("T", bound=BaseModel)


def read(path: Path, error: type[ValueError]) -> Any:
    """The parsed file. Raises ``error`` where it is missing or not YAML."""
    try:
        return yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as problem:
        raise error(f"{path} cannot be read: {problem.strerror or problem}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as problem:
        raise error(f"{path} is not valid YAML: {' '.join(str(problem).split())}.") from None


def row(path: Path, value: object, shape: type[T], place: str, error: type[ValueError], texts: Iterable[str]) -> T:
    """One row as ``shape``. ``place`` names a row without a key; ``texts`` are fields that may not be empty."""
    noun = shape.__name__.lower()
    if not isinstance(value, dict):
        raise error(f"{path}: {noun} {place} is not a mapping of fields.")
    fields = cast("dict[str, Any]", value)
    place = f"'{fields['key']}'" if isinstance(fields.get("key"), str) and fields["key"] else place
    try:
        made = shape.model_validate(fields)
    except ValidationError as problem:
        fault = problem.errors()[0]
        field = fault["loc"][0]
        problems = {"missing": f"has no '{field}'", "extra_forbidden": f"has a field '{field}' that is not known"}
        told = problems.get(fault["type"], f"has a field '{field}' that cannot be used ({fault['msg']})")
        raise error(f"{path}: {noun} {place} {told}.") from None
    for field in texts:
        if not getattr(made, field).strip():
            raise error(f"{path}: {noun} {place} has an empty '{field}'.")
    return made
