"""Reads ``interests.toml``: what its reader wants to see first. There may be none."""

from pathlib import Path
from typing import cast

from domain.errors import FileError, Slip
from domain.interests import Interests
from domain.taxonomy import Taxonomy

from .texts import read_toml

_LISTS = tuple(Interests.model_fields)


class InterestsError(FileError):
    """The file of interests cannot be used."""


def load_interests(path: Path, taxonomy: Taxonomy) -> Interests:
    """What the file asks for; categories may be written as key, name or alias.

    Raises InterestsError where the file is missing or not TOML, for a list that is not known, for what is no list of
    texts, and for a category that the taxonomy does not have.
    """
    file = read_toml(path, InterestsError)
    slips: list[Slip] = []
    found: dict[str, tuple[str, ...]] = {}
    for name, value in file.values.items():
        line = file.lines.get(name, 1)
        texts = cast("list[object]", value) if isinstance(value, list) else None
        if name not in _LISTS:
            slips.append(Slip(path, line, f"there is no list '{name}'; expected are {', '.join(_LISTS)}"))
        elif texts is None or not all(isinstance(text, str) and text.strip() for text in texts):
            slips.append(Slip(path, line, f"'{name}' should be a list of texts, such as {name} = [\"…\"]"))
        else:
            found[name] = tuple(str(text).strip() for text in texts)
    keys: list[str] = []
    for named in found.get("categories", ()):
        if category := taxonomy.find(named):
            keys.append(category.key)
        else:
            known = ", ".join(c.key for c in taxonomy.all)
            slips.append(Slip(path, file.lines["categories"], f"there is no category '{named}'; known: {known}"))
    if slips:
        raise InterestsError(*slips)
    return Interests.model_validate(found | {"categories": tuple(keys)})
