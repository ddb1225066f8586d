"""The languages in which a report can be written. Each folder in here is one: its words, its sentences of facts, its
letters and quotation marks, as data that the rest of the program asks for by the language's code, and the forms by
which texts are read, of all languages at once (``domain/tongues.py``).

A language is a folder whose package has ``LANGUAGE``. Nothing else names it: a new folder is a new language, and so is
a package that another distribution declares as an entry point of ``insights.domain.languages``. What a model is told in
it stands in ``prompts/CODE``.
"""

from functools import cache
from pathlib import Path
from typing import cast

from domain import registry
from domain.language import Language

HOME = "ko"
"""Whose reports lie in the day's own folder, and which comes first where several say the same."""
_ELSE = "en"


def codes() -> tuple[str, ...]:
    """The codes of all languages, ``HOME`` first."""
    return _home_first(registry.names(__name__, folders=True))


@cache
def _home_first(names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(sorted(names, key=lambda code: (code != HOME, code)))


def find(code: str) -> Language:
    """The language of a code; English for one that is not there."""
    known = registry.has(__name__, code, folders=True)
    return cast(Language, registry.load(__name__, code if known else _ELSE, folders=True).LANGUAGE)


def folder(code: str) -> Path | None:
    """Where what people edit of a language lies: its terms, its glossary. None for a code that is no language."""
    if not registry.has(__name__, code, folders=True):
        return None
    return Path(str(registry.load(__name__, code, folders=True).__file__)).parent


def every() -> tuple[Language, ...]:
    """All languages, in the order of ``codes``."""
    return _found(codes())


@cache
def _found(known: tuple[str, ...]) -> tuple[Language, ...]:
    return tuple(map(find, known))
