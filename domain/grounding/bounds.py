"""How exact a figure says it is: up to, at least, under, about."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from domain.readings import Bound
from domain.tongues import by_languages, form, readings


class Bounds(NamedTuple):
    """What stands with a figure."""

    said: frozenset[str]
    """Said of this figure and no other."""
    near: frozenset[str]
    """May be meant for it: 까지, or what stands before the first figure of a list. Meets a bound, asks for none."""


_Form = tuple[str, re.Pattern[str], bool]


@by_languages
def _before() -> tuple[_Form, ...]:
    return tuple(_compiled((one for each in readings() for one in each.before), _BEFORE, re.IGNORECASE))


@by_languages
def _behind() -> tuple[_Form, ...]:
    return tuple(_compiled((one for each in readings() for one in each.behind), "{}"))


def _compiled(bounds: Iterable[Bound], around: str, flags: re.RegexFlag = re.NOFLAG) -> Iterator[_Form]:
    return ((one.bound, re.compile(around.replace("{}", one.form), flags), one.sure) for one in bounds)


_BEFORE = r"(?:(?<![^\W\d_])(?<!\\)|(?=[~∼≈<>≤≥\\]))(?:{})(?:\s(?:a|an|the|by|of))?\s*[($+]*$"
_ANY_BEFORE = re.compile(r"(?:[^\W\d_]|[.,~∼≈<>≤≥=-]|\\[a-z]+)[\s($+]*$")
_end_of_clause = form(r"[,;:(){}\d]|\.\s|…|<clause_ends>")


def before(text: str, start: int) -> Bounds:
    """The bounds that stand right before the figure at ``start``, several in a row included (최대 약 3배)."""
    said, near = set[str](), set[str]()
    head = text[max(0, start - 44) : start]
    for _ in range(3):
        if not _ANY_BEFORE.search(head):
            break
        found = [(bound, match, sure) for bound, pattern, sure in _before() if (match := pattern.search(head))]
        if not found:
            break
        for bound, _, sure in found:
            (said if sure else near).add(bound)
        head = head[: min(match.start() for _, match, _ in found)]
    return Bounds(frozenset(said), frozenset(near - said))


def after(text: str, end: int, stop: int) -> Bounds:
    """The bounds that follow the figure that ends at ``end``, within its clause and before ``stop``."""
    tail = text[end : min(stop, end + 24)]
    if close := _end_of_clause().search(tail):
        tail = tail[: close.start()]
    said, near = set[str](), set[str]()
    for bound, pattern, sure in _behind():
        if pattern.match(tail):
            (said if sure else near).add(bound)
    return Bounds(frozenset(said), frozenset(near - said))
