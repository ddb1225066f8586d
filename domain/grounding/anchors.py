"""What figures belong to: names in Latin letters, and what is often measured or counted, in both languages."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from .quantity import Quantity
from .vocabulary import squash


class _Thing(NamedTuple):
    key: str
    form: re.Pattern[str]
    mark: str
    measured: bool


def _read() -> Iterator[_Thing]:
    measured = True
    for row in Path(__file__).with_name("things.txt").read_text(encoding="utf-8").splitlines():
        measured &= bool(row)
        if row and not row.startswith("#"):
            mark, rest = (row[0], row[2:]) if row[0] in "*-" else ("", row)
            words = [rf"(?<![A-Za-z])(?:{word})(?![A-Za-z])" if word.isascii() else word for word in rest.split("|")]
            yield _Thing(rest.partition("|")[0], re.compile("|".join(words), re.IGNORECASE), mark, measured)


_THINGS = tuple(_read())
PACE = frozenset(thing.key for thing in _THINGS if thing.mark == "*")
"""Keys of what tells how fast something is."""
MEASURES = frozenset(thing.key for thing in _THINGS if thing.measured and thing.mark != "-")
"""Keys of what is measured, but for costs and the like, which can be of anything."""
_NAME = re.compile(
    r"(?<![A-Za-z0-9])(?=[\w.+'’@-]*[A-Z0-9])[A-Za-z](?:[\w+@]|['’](?!s\b))*(?:[.-][A-Za-z0-9+'’]+)*", re.ASCII
)
_WORD = re.compile(r"[A-Z][a-z]+")
_LONG = re.compile(
    r"\b(?!with|from|that|this|than|were|have|been|when|while|which|their|over|under|about|more|less|only|both|each|also|into)"
    r"[a-z][a-z-]{3,}"
)
_PARTS = re.compile(
    r"[.!?;,]\s|\d|\b(?:and|but|while|whereas)\b|[와과]\s|\s및\s|.{40}|(?:[^가-힣]*[가-힣]){18}", re.DOTALL
)


class Anchor(NamedTuple):
    """Something that a figure may belong to."""

    start: int
    end: int
    key: str
    """The same for the same thing in both languages."""
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
        for thing in _THINGS
        for m in thing.form.finditer(text)
        if m.start() not in inner or inner[m.start()][:2] == m.span()
    ]
    starts = {thing.start for thing in things}
    return tuple(sorted((*things, *(each for each in names if each.key and each.start not in starts))))


def words(text: str) -> tuple[Anchor, ...]:
    """The longer words of an English text, for a text of the same language."""
    return tuple(Anchor(m.start(), m.end(), m.group()[:6].lower(), name=False) for m in _LONG.finditer(text))


def parted(text: str, one: Anchor | Quantity, other: Quantity) -> bool:
    """Whether something stands between the two that keeps them apart: another figure, a comma, many words."""
    return _PARTS.search(text[min(one.end, other.end) : max(one.start, other.start)]) is not None
