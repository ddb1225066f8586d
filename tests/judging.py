"""What a judge that is honest says of the exam's lines and of canaries, whatever it says of the day's."""

import re
from functools import cache
from typing import NamedTuple

from agents import bank


class Key(NamedTuple):
    """The right answer to one line of the exam, or to a canary made of one."""

    right: bool


@cache
def _answers() -> dict[str, bool]:
    return {one.text: not one.fault for language in ("ko", "en") for one in bank.questions(language)}


@cache
def _shapes() -> frozenset[str]:
    return frozenset(map(_shape, _answers()))


def _shape(text: str) -> str:
    """A line without its figures: what a spoiled one shares with the line that it was made of."""
    return re.sub(r"\d+", "#", text)


def key(text: str) -> Key | None:
    """None for a line of the day."""
    if text in _answers():
        return Key(_answers()[text])
    return Key(False) if _shape(text) in _shapes() else None
