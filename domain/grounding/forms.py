"""What the languages bring along for reading figures, as one: each form of all of them together."""

import re
from collections.abc import Callable, Iterator
from typing import TypeVar

from domain.language import Language
from domain.languages import codes, every
from domain.readings import Readings

_T = TypeVar("_T")
_Form = re.Pattern[str]


def by_languages(build: Callable[[], _T]) -> Callable[[], _T]:
    """What ``build`` makes of the languages that there are, made once for them."""
    held: dict[tuple[str, ...], _T] = {}

    def built() -> _T:
        known = codes()
        if known not in held:
            held[known] = build()
        return held[known]

    return built


def readings() -> Iterator[Readings]:
    return (language.readings for language in every())


def union(name: str) -> str:
    """A form of all languages, by its name in ``Readings``."""
    return "|".join(f"(?:{form})" for each in readings() if (form := getattr(each, name)))


def form(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[], _Form]:
    """A regular expression with ``<name>`` for forms of all languages: ``(?:%|<percent>)``."""
    return by_languages(lambda: re.compile(re.sub(r"(?<!P)<([a-z_]+)>", lambda found: union(found[1]), pattern), flags))


@by_languages
def _of_others() -> _Form:
    return re.compile("|".join(each.letters.pattern for each in every() if not each.latin))


def is_latin(text: str) -> bool:
    """Whether a text has letters of no language that is written in others: what tells English prose from Korean with
    Latin names in it."""
    return _of_others().search(text) is None


def spoken(text: str) -> Iterator[Language]:
    """The languages in which a text may be written."""
    latin = is_latin(text)
    return (each for each in every() if (latin if each.latin else each.letters.search(text)))


@by_languages
def _multipliers() -> dict[str, float]:
    return _longest_first({word: scale for each in every() for word, scale in each.scales.items()})


@by_languages
def _unit_words() -> dict[str, str]:
    return _longest_first({word: english for each in every() for word, english in each.units.items()})


def scales(text: str, end: int) -> Iterator[tuple[float, int]]:
    """The scales that stand one after the other behind digits, each with where it ends: 億 in ``3億``."""
    words = _multipliers()
    while word := next((each for each in words if text.startswith(each, end)), None):
        end += len(word)
        yield words[word], end


def unit_word(text: str, end: int) -> tuple[str, int] | None:
    """The English word for a unit that stands behind a figure, and where the word that stands there ends."""
    spaced, words = end + (text[end : end + 1] == " "), _unit_words()
    word = next((each for each in words if text.startswith(each, spaced)), None)
    return (f" {words[word]}", spaced + len(word)) if word else None


def _longest_first(words: dict[str, _T]) -> dict[str, _T]:
    return dict(sorted(words.items(), key=lambda pair: -len(pair[0])))
