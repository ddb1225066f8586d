"""The languages as one: each form of all of them together, for texts that may be in any."""

import re
from collections.abc import Callable, Iterable, Iterator
from operator import attrgetter
from typing import TypeVar

from .language import Language
from .languages import codes, every
from .readings import NEVER, Readings

_T = TypeVar("_T")
_SLOT = re.compile(r"(?<!\(\?P)<([a-z_]+(?:\.[a-z_]+)*)>")


def by_languages(build: Callable[[], _T]) -> Callable[[], _T]:
    """What ``build`` makes of the languages that there are, made when it is asked for, once for them."""
    held: dict[tuple[str, ...], _T] = {}

    def built() -> _T:
        known = codes()
        if known not in held:
            held[known] = build()
        return held[known]

    return built


def readings() -> Iterator[Readings]:
    """How each of them writes figures."""
    return (language.readings for language in every())


def any_of(forms: Iterable[str]) -> str:
    """One regular expression for what any of some finds, each once; of none that finds nothing."""
    return "|".join(f"(?:{form})" for form in dict.fromkeys(forms) if form) or NEVER


def union(name: str) -> str:
    """A form of all languages by its name: ``prose.ends`` is the ``ends`` of each one's ``prose``, ``percent`` that of
    its ``readings``."""
    own = attrgetter(name if "." in name else f"readings.{name}")
    return any_of(own(each) for each in every())


def form(pattern: str, flags: re.RegexFlag = re.NOFLAG) -> Callable[[], re.Pattern[str]]:
    """A regular expression with ``<name>`` for forms of all languages: ``(?:%|<percent>)``."""
    return by_languages(lambda: re.compile(_SLOT.sub(lambda found: union(found[1]), pattern), flags))


def letters(language: Language) -> str:
    """One letter of a language, as a regular expression."""
    return language.letters.pattern.removesuffix("+")


@by_languages
def other_letters() -> re.Pattern[str]:
    """A run of letters of a language that is not written in Latin ones."""
    return re.compile("|".join(each.letters.pattern for each in every() if not each.latin))


def is_latin(text: str) -> bool:
    """Whether a text has letters of no language that is written in others: what tells English prose from Korean with
    Latin names in it."""
    return other_letters().search(text) is None


def spoken(text: str) -> Iterator[Language]:
    """The languages in which a text may be written."""
    latin = is_latin(text)
    return (each for each in every() if (latin if each.latin else each.letters.search(text)))
