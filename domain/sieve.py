"""Which of many forms may find something in a text: one cheap question before many expensive ones."""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Generic, TypeVar

from .clues import clues, folded

_K = TypeVar("_K")
_BEGINNING = re.compile(r"(?<= )(?:\S{4}|\S{1,3} )")
_FIRST = re.compile(r"\^ (?:\S{4}|\S{1,3} )")
_NOWHERE = "*"
"""For a clue without any piece by which it could be looked up."""


class Sieve(Generic[_K]):
    """Forms under keys, of which a text leaves those whose clues it has."""

    def __init__(self, forms: Mapping[_K, Sequence[str]], flags: int = 0) -> None:
        """``forms``: under each key those that count only where all of them find something. ``flags``: as they are
        compiled with."""
        known = {key: clues(together, flags) for key, together in forms.items()}
        self._always = frozenset(key for key, own in known.items() if own is None)
        told = [(clue, key, _pieces(clue) or [_NOWHERE]) for key, own in known.items() for clue in own or ()]
        common = Counter(piece for _, _, pieces in told for piece in pieces)
        self._by_piece: dict[str, list[tuple[str, _K]]] = defaultdict(list)
        for clue, key, pieces in told:
            rarest = min(pieces, key=lambda piece: (piece[0] != "^", piece[-1] == " ", common[piece]))
            self._by_piece[rarest].append((clue, key))

    def left(self, text: str) -> set[_K]:
        """The keys of which all forms may find something in a text; of any other one finds nothing in it."""
        words, pieces = _words(text)
        by_piece = self._by_piece
        found = set(self._always)
        for piece in by_piece.keys() & pieces:
            found.update([key for clue, key in by_piece[piece] if clue in words])
        return found


@lru_cache(maxsize=64)
def _words(text: str) -> tuple[str, frozenset[str]]:
    """A text folded, with its pieces; kept for as long as its paper is read, since several sieves ask for them."""
    words = folded(text)
    return words, frozenset([_NOWHERE, *_pieces(words)])


def _pieces(folded: str) -> list[str]:
    """The beginnings of its words, that of the first one with the sign for the start too, and letters that are no
    Latin ones."""
    beginnings: list[str] = [*_FIRST.findall(folded), *_BEGINNING.findall(folded)]
    return beginnings if folded.isascii() else [*beginnings, *(c for c in folded if c > "\x7f")]
