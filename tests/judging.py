"""What a judge that is honest says of the exam's lines and of canaries, whatever it says of the day's."""

from typing import NamedTuple

from agents import bank


class Key(NamedTuple):
    """The right answer to one line of the exam, or to a canary made of one."""

    right: bool


def key(text: str) -> Key | None:
    """None for a line of the day."""
    right = bank.truth(text)
    return None if right is None else Key(right)
