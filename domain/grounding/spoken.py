"""What languages bring along for reading figures: words that multiply digits, and words for units."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import TypeVar

from domain.languages import codes, every

_T = TypeVar("_T")


def scales(text: str, end: int) -> Iterator[tuple[float, int]]:
    """The scales that stand one after the other behind digits, each with where it ends: 億 in ``3億``."""
    words = _words(codes())[0]
    while word := next((each for each in words if text.startswith(each, end)), None):
        end += len(word)
        yield words[word], end


def unit(text: str, end: int) -> tuple[str, int] | None:
    """The English word for a unit that stands behind a figure, and where the word that stands there ends."""
    spaced = end + (text[end : end + 1] == " ")
    words = _words(codes())[1]
    word = next((each for each in words if text.startswith(each, spaced)), None)
    return (f" {words[word]}", spaced + len(word)) if word else None


@cache
def _words(known: tuple[str, ...]) -> tuple[Mapping[str, float], Mapping[str, str]]:
    multiply, measure = dict[str, float](), dict[str, str]()
    for language in every():
        multiply |= language.scales
        measure |= language.units
    return _longest_first(multiply), _longest_first(measure)


def _longest_first(words: Mapping[str, _T]) -> dict[str, _T]:
    return dict(sorted(words.items(), key=lambda pair: -len(pair[0])))
