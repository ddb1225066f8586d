"""The one list of categories. Keys are for ever; names, emoji and descriptions may change."""

import re
from collections.abc import Iterable
from functools import cached_property
from typing import Any

from pydantic import model_validator

from .value import Names, Value, in_language, keyed


class Category(Value):
    """One section of the report."""

    key: str
    names: Names
    emoji: str
    description: str
    """What belongs here, in English: read by the classifier and by the model."""
    aliases: tuple[str, ...] = ()
    """Other names under which it was or may be known, in any language."""

    @model_validator(mode="before")
    @classmethod
    def _keyed_by_language(cls, given: Any) -> Any:
        return keyed(given, "names")

    def name(self, language: str) -> str:
        return in_language(self.names, language)

    @property
    def called(self) -> tuple[str, ...]:
        """Everything that it can be called: its key, its names, its aliases."""
        return (self.key, *self.names.values(), *self.aliases)


class Taxonomy(Value):
    """The categories in the order in which a report prints them; ``fallback`` comes last and takes the rest."""

    categories: tuple[Category, ...]
    fallback: Category

    @property
    def all(self) -> tuple[Category, ...]:
        return (*self.categories, self.fallback)

    def __getitem__(self, key: str) -> Category:
        """The category of a key; the fallback for a key that is no longer known."""
        return next((c for c in self.all if c.key == key), self.fallback)

    def __contains__(self, key: str) -> bool:
        return any(c.key == key for c in self.all)

    def find(self, name: str) -> Category | None:
        """The category that a heading means: key, name or alias, whatever its case, spaces, emoji and plural."""
        return self._named.get(_fold(name))

    @cached_property
    def _named(self) -> dict[str, Category]:
        """By every name; of two categories with one name the first."""
        return {_fold(name): category for category in reversed(self.all) for name in category.called}

    def order(self, keys: Iterable[str]) -> list[str]:
        """The keys in printing order."""
        places = {c.key: i for i, c in enumerate(self.all)}
        return sorted(keys, key=lambda key: (places.get(key, len(places)), key))


def _fold(name: str) -> str:
    """Letters and digits, without the plural s of each word."""
    return "".join(re.sub(r"s$", "", word) for word in re.findall(r"[^\W_]+", name.casefold()))
