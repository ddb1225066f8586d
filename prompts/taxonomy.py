"""Reads ``taxonomy.yaml``: the one list of categories."""

from pathlib import Path
from typing import Any, cast

from domain.errors import FileError, Slip
from domain.taxonomy import Category, Taxonomy

from . import rows

FILE = Path(__file__).parent / "taxonomy.yaml"


class TaxonomyError(FileError):
    """The taxonomy file cannot be used."""


def load_taxonomy(path: Path | None = None) -> Taxonomy:
    """The categories of ``path``, or of the file that comes with the project.

    Raises TaxonomyError where the file is missing or not YAML, where a category lacks a name, and where two
    categories share a key, an emoji or a name.
    """
    path = path or FILE
    document = rows.read(path, TaxonomyError)
    match document.value:
        case {"categories": [_, *_] as listed, "fallback": _}:
            number = len(cast("list[Any]", listed))
        case _:
            raise TaxonomyError(Slip(path, 1, "expected are a list 'categories' and one category 'fallback'"))
    places: list[rows.RowPath] = [*(("categories", n) for n in range(number)), ("fallback",)]
    made: list[tuple[rows.RowPath, Category]] = []
    for n, place in enumerate(places, 1):
        name = f"number {n}" if n <= number else "fallback"
        if category := document.row(Category, place, name, ("key", "names", "emoji", "description")):
            made.append((place, category.model_copy(update={"names": rows.named(category.names, category.key)})))
    _note_doubles(document, made)
    if document.slips:
        raise TaxonomyError(*document.slips)
    *categories, fallback = (category for _, category in made)
    return Taxonomy(categories=tuple(categories), fallback=fallback)


def _note_doubles(document: rows.Document, made: list[tuple[rows.RowPath, Category]]) -> None:
    for unique in ("key", "emoji"):
        seen: set[str] = set()
        for place, category in made:
            value = getattr(category, unique)
            if value in seen:
                document.slip(f"the {unique} '{value}' is used by two categories", *place, unique)
            seen.add(value)
    if not made:
        return
    *categories, last = (category for _, category in made)
    known = Taxonomy(categories=tuple(categories), fallback=last)
    for place, category in made:
        for name in category.called:
            if (first := known.find(name)) and first.key != category.key:
                document.slip(f"'{name}' means both '{first.key}' and '{category.key}'", *place)
