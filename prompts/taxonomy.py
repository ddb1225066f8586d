"""Reads ``taxonomy.yaml``: the one list of categories."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import yaml
from pydantic import ValidationError

from domain.taxonomy import Category, Taxonomy

FILE = Path(__file__).parent / "taxonomy.yaml"


class TaxonomyError(ValueError):
    """The taxonomy file cannot be used; the message names the file, the place and the fault."""


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The categories of ``path``, or of the file that comes with the project.

    Raises TaxonomyError where the file is missing or not YAML, where a category lacks a name, and where two
    categories share a key, an emoji or a name.
    """
    path = path or FILE
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise TaxonomyError(f"{path} cannot be read: {error.strerror or error}.") from None
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise TaxonomyError(f"{path} is not valid YAML: {' '.join(str(error).split())}.") from None
    match data:
        case {"categories": [_, *_] as listed, "fallback": fallback}:
            taxonomy = Taxonomy(
                categories=tuple(_category(path, row, f"number {n}") for n, row in enumerate(cast(Any, listed), 1)),
                fallback=_category(path, fallback, "fallback"),
            )
        case _:
            raise TaxonomyError(f"{path} needs a list 'categories' and one category 'fallback'.")
    _refuse_doubles(path, taxonomy)
    return taxonomy


def _category(path: Path, row: object, place: str) -> Category:
    if not isinstance(row, dict):
        raise TaxonomyError(f"{path}: category {place} is not a mapping of fields.")
    fields = cast(Mapping[str, object], row)
    place = repr(fields["key"]) if fields.get("key") else place
    try:
        category = Category.model_validate(fields)
    except ValidationError as error:
        fault = error.errors()[0]
        field = fault["loc"][0]
        problems = {"missing": f"has no '{field}'", "extra_forbidden": f"has a field '{field}' that is not known"}
        problem = problems.get(fault["type"], f"has a field '{field}' that cannot be used ({fault['msg']})")
        raise TaxonomyError(f"{path}: category {place} {problem}.") from None
    for field in ("key", "ko", "en", "emoji", "description"):
        if not getattr(category, field).strip():
            raise TaxonomyError(f"{path}: category {place} has an empty '{field}'.")
    return category


def _refuse_doubles(path: Path, taxonomy: Taxonomy) -> None:
    for unique in ("key", "emoji"):
        seen: set[str] = set()
        for category in taxonomy.all:
            value = getattr(category, unique)
            if value in seen:
                raise TaxonomyError(f"{path}: the {unique} '{value}' is used by two categories.")
            seen.add(value)
    for category in taxonomy.all:
        for name in (category.key, category.ko, category.en, *category.aliases):
            if (first := taxonomy.find(name)) and first.key != category.key:
                raise TaxonomyError(f"{path}: '{name}' means both '{first.key}' and '{category.key}'.")
