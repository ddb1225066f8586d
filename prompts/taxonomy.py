"""Reads ``taxonomy.yaml``: the one list of categories."""

from pathlib import Path
from typing import Any, cast

from domain.taxonomy import Category, Taxonomy

from . import rows

FILE = Path(__file__).parent / "taxonomy.yaml"


class TaxonomyError(ValueError):
    """The taxonomy file cannot be used; the message names the file, the place and the fault."""


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The categories of ``path``, or of the file that comes with the project.

    Raises TaxonomyError where the file is missing or not YAML, where a category lacks a name, and where two
    categories share a key, an emoji or a name.
    """
    path = path or FILE
    data = rows.read(path, TaxonomyError)
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
    return rows.row(path, row, Category, place, TaxonomyError, ("key", "ko", "en", "emoji", "description"))


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
