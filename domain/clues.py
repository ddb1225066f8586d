"""What a text needs for a form to find anything in it: of ``\\breaders?\\s(?:must|should)`` one of four pairs of words.

These are the clues of the form. They are read off it as the parser of ``re`` sees it, so that nobody writes them down
beside it, and looked for in the words of a text alone, in lower case. A clue may be there where the form finds nothing;
where the form finds something, a clue is there.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from importlib import import_module
from itertools import groupby
from typing import Any, NamedTuple


def _parser() -> Any:
    """It has no public name since sre_parse was given up; a Python without it reads the same, only slower."""
    try:
        return import_module("re._parser")
    except ImportError:
        return None


_PARSER = _parser()
_Tree = Sequence[tuple[Any, Any]]
"""A form in its steps, each with its kind and what belongs to that."""
_START = "^ "
_WORD = re.compile(r"\w+")
_DIGIT = re.compile(r"\d")
_SPACES = re.compile(" +")
_DOTTED = str.maketrans("İı", "ii")
"""An i where case is apart, though they do not have its two cases."""
_MOST = 200
"""Endings that are followed at once."""


def folded(text: str) -> str:
    """The words of a text in lower case, one space around each, behind a sign for its start; all digits are one."""
    return f"{_START}{_lower(' '.join(_WORD.findall(text)))} "


def _lower(text: str) -> str:
    return _DIGIT.sub("0", text if text.isascii() else text.translate(_DOTTED)).casefold()


def clues(forms: Iterable[str], flags: int = 0) -> frozenset[str] | None:
    """Of which a folded text has one wherever all of the forms find something; None where that may be in any text."""
    return _rarer(*(_clues(form, flags) for form in forms))


@cache
def _clues(form: str, flags: int) -> frozenset[str] | None:
    if _PARSER is None:
        return None
    tree = _PARSER.parse(form, flags)
    return None if tree.state.flags & (re.MULTILINE | re.ASCII) else _certain(_walk(tree, _ANYWHERE))


class _Walked(NamedTuple):
    """What is certain of a match up to some step of its form."""

    clues: frozenset[str] | None
    """One of them is in it, or in its text; None where no such are known."""
    endings: frozenset[str]
    """On one of them it ends."""


_ANYWHERE = _Walked(None, frozenset([""]))


def _certain(walked: _Walked) -> frozenset[str] | None:
    return _rarer(walked.clues, walked.endings if all(map(_WORD.search, walked.endings)) else None)


def _rarer(*known: frozenset[str] | None) -> frozenset[str] | None:
    return min((each for each in known if each is not None), key=_frequency, default=None)


def _frequency(clues: frozenset[str]) -> float:
    """How often one of some will be there, roughly: what is long is rare."""
    return len(clues) / 4 ** min(map(len, clues), default=0)


def _walk(tree: _Tree, walked: _Walked) -> _Walked:
    for kind, steps in groupby(tree, key=lambda step: str(step[0])):
        if kind == "LITERAL":
            walked = _then(walked, [_SPACES.sub(" ", "".join(_piece(code) for _, code in steps))])
        else:
            for _, given in steps:
                walked = _STEPS.get(kind, _whatever)(walked, given)
                walked = walked if len(walked.endings) <= _MOST else _whatever(walked)
    return walked


def _whatever(walked: _Walked, _: Any = None) -> _Walked:
    """Behind a step that may be anything, a clue begins anew."""
    return _Walked(_certain(walked), _ANYWHERE.endings)


def _then(walked: _Walked, pieces: Iterable[str]) -> _Walked:
    """What stands between two words is one space, whatever it is."""
    both = [(ending + piece).replace("  ", " ") for piece in pieces for ending in walked.endings]
    return _Walked(walked.clues, frozenset(both))


@cache
def _piece(code: int) -> str:
    letter = chr(code)
    return _lower(letter) if _WORD.match(letter) else " "


_CATEGORIES = {"CATEGORY_SPACE": " ", "CATEGORY_NOT_WORD": " ", "CATEGORY_DIGIT": "0"}


def _one_of(walked: _Walked, members: _Tree) -> _Walked:
    pieces: set[str | None] = {
        _piece(given) if str(kind) == "LITERAL" else _CATEGORIES.get(str(given)) for kind, given in members
    }
    return _whatever(walked) if None in pieces else _then(walked, [piece for piece in pieces if piece])


def _at(walked: _Walked, place: Any) -> _Walked:
    match str(place):
        case "AT_BEGINNING" | "AT_BEGINNING_STRING":
            return _Walked(_certain(walked), frozenset([_START]))
        case "AT_BOUNDARY":  # on one side of it is a word, on the other none
            return _then(walked, [" "])
        case _:
            return walked


def _group(walked: _Walked, given: tuple[Any, int, int, _Tree]) -> _Walked:
    _, added, _, body = given
    return _whatever(walked) if added & (re.MULTILINE | re.ASCII) else _walk(body, walked)


def _either(walked: _Walked, given: tuple[None, Sequence[_Tree]]) -> _Walked:
    _, branches = given
    if len(walked.endings) * len(branches) > _MOST:
        walked = _whatever(walked)
    return _joined(walked, [_walk(branch, walked) for branch in branches])


def _joined(walked: _Walked, ends: Sequence[_Walked]) -> _Walked:
    """One of several ways on from the same step."""
    known = [each for end in ends if (each := _certain(end)) is not None]
    either = frozenset[str]().union(*known) if len(known) == len(ends) else None
    endings = frozenset[str]().union(*(end.endings for end in ends))
    least = min(map(len, endings), default=0)
    shortest = tuple(each for each in endings if len(each) == least)
    others = (each for each in endings if not each.endswith(shortest))  # else it tells nothing more
    return _Walked(_rarer(walked.clues, either), frozenset([*shortest, *others]))


def _repeated(walked: _Walked, given: tuple[int, int, _Tree]) -> _Walked:
    least, most, body = given
    once = _walk(body, walked)
    if int(most) > 1 and once.endings != _then(walked, [" "]).endings:  # one space more is none more
        once = _Walked(_certain(once), _walk(body, _ANYWHERE).endings)
    return once if least else _joined(walked, [walked, once])


def _beside(walked: _Walked, given: tuple[int, _Tree]) -> _Walked:
    """What has to stand before or behind is in the text too."""
    return _Walked(_rarer(walked.clues, _certain(_walk(given[1], _ANYWHERE))), walked.endings)


def _unless(walked: _Walked, given: tuple[int, _Tree]) -> _Walked:
    """What must not stand there tells nothing, but that nothing must not is a form that finds nothing."""
    return walked if given[1] else _never(walked)


def _never(_walked: _Walked, _: Any = None) -> _Walked:
    return _Walked(frozenset(), frozenset())


_STEPS: dict[str, Callable[[_Walked, Any], _Walked]] = {
    "IN": _one_of,
    "AT": _at,
    "SUBPATTERN": _group,
    "BRANCH": _either,
    "MAX_REPEAT": _repeated,
    "MIN_REPEAT": _repeated,
    "ASSERT": _beside,
    "ASSERT_NOT": _unless,
    "FAILURE": _never,
}
"""By kind; of a step of any other kind nothing is known."""
