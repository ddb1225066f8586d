"""What figures belong to: names in Latin letters, and what is often measured or counted, in every language."""

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import NamedTuple

from domain.languages.en.words import NO_ANCHORS
from domain.tongues import by_languages, form, readings
from domain.vocabulary import squash

from .quantity import Quantity


class _Thing(NamedTuple):
    key: str
    form: re.Pattern[str]
    mark: str
    measured: bool


_NOT_BEHIND, _NOT_BEFORE = "(?-i:(?<![A-Za-z]))", "(?-i:(?![A-Za-z]))"
"""A letter, in both cases as it is: made to fit any case, such a set takes as long to compile as all else in a row."""


def _read(rows: Iterable[str]) -> Iterator[_Thing]:
    measured = True
    for row in rows:
        measured &= bool(row)
        if row and not row.startswith("#"):
            mark, rest = (row[0], row[2:]) if row[0] in "*-" else ("", row)
            forms = rest.split("|")
            words = [f"{_NOT_BEHIND}(?:{form}){_NOT_BEFORE}" if form.isascii() else form for form in forms]
            # The English form is the same in all languages.
            key = next((form for form in forms if form.isascii()), forms[0])
            yield _Thing(key, re.compile("|".join(words), re.IGNORECASE), mark, measured)


@by_languages
def _things() -> tuple[_Thing, ...]:
    return tuple(thing for each in readings() for thing in _read(each.things))


@by_languages
def paces() -> frozenset[str]:
    """Keys of what tells how fast something is."""
    return frozenset(thing.key for thing in _things() if thing.mark == "*")


@by_languages
def measures() -> frozenset[str]:
    """Keys of what is measured, but for costs and the like, which can be of anything."""
    return frozenset(thing.key for thing in _things() if thing.measured and thing.mark != "-")


_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?=[\w.+'’@-]*[A-Z0-9])[A-Za-z](?:[\w+@]|['’](?!s\b))*(?:[.-][A-Za-z0-9+'’]+)*", re.ASCII
)
_WORD = re.compile(r"[A-Z][a-z]+")
_LONG = re.compile(rf"\b(?!{NO_ANCHORS})[a-z][a-z-]{{3,}}")
_separators = form(r"[.!?;,]\s|\d|<separators>|.{40}", re.DOTALL)


class Anchor(NamedTuple):
    """Something that a figure may belong to."""

    start: int
    end: int
    key: str
    """The same for the same thing in every language."""
    name: bool


def _key(name: str) -> str:
    return squash(name.removesuffix("s") if name[:-1].isupper() else name)


@lru_cache(maxsize=2048)
def anchors(text: str) -> tuple[Anchor, ...]:
    """The anchors of a text, in reading order."""
    names = [Anchor(m.start(), m.end(), _key(m.group()), name=True) for m in _NAME.finditer(text)]
    inner = {place: each for each in names for place in range(*each[:2]) if not _WORD.fullmatch(text, *each[:2])}
    things = [
        Anchor(m.start(), m.end(), thing.key, name=False)
        for thing in _things()
        for m in thing.form.finditer(text)
        if m.start() not in inner or inner[m.start()][:2] == m.span()
    ]
    starts = {thing.start for thing in things}
    return tuple(sorted((*things, *(each for each in names if each.key and each.start not in starts))))


def word_anchors(text: str) -> tuple[Anchor, ...]:
    """The longer words of an English text, for a text of the same language."""
    return tuple(Anchor(m.start(), m.end(), m.group()[:6].lower(), name=False) for m in _LONG.finditer(text))


def parted(text: str, one: Anchor | Quantity, other: Quantity) -> bool:
    """Whether something stands between the two that keeps them apart: another figure, a comma, many words."""
    return _separators().search(text[min(one.end, other.end) : max(one.start, other.start)]) is not None
