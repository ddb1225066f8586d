"""Reads the glossaries that lie beside the prompts, ``glossary.<language>.toml``."""

import tomllib
from functools import lru_cache
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from domain.grounding.glossary import Glossary, Term

_FOLDER = Path(__file__).parent
_SUBJECTS = TypeAdapter(dict[str, tuple[Term, ...]])


@lru_cache(maxsize=8)
def load_glossary(language: str, folder: Path = _FOLDER) -> Glossary:
    """The glossary of a language.

    A language without a file of its own, such as English, gets the English side of the others: enough to see which
    term of the field a sentence uses. Raises ValueError for a file that is not a glossary.
    """
    own = folder / f"glossary.{language}.toml"
    if own.exists():
        return Glossary(language=language, terms=_read(own))
    others = [term for file in sorted(folder.glob("glossary.*.toml")) for term in _read(file)]
    return Glossary(language=language, terms=tuple(Term(en=t.en, near=t.near, specific=t.specific) for t in others))


def _read(file: Path) -> tuple[Term, ...]:
    try:
        subjects = _SUBJECTS.validate_python(tomllib.loads(file.read_text(encoding="utf-8")))
    except (tomllib.TOMLDecodeError, ValidationError) as error:
        raise ValueError(f"{file.name} is not a glossary: {error}") from error
    return tuple(term for held in subjects.values() for term in held)
