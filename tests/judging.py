"""What a judge that is honest says of the exam's lines and of canaries, whatever it says of the day's."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from agents import bank
from agents.verdicts import Shown, Verdicts


class Key(NamedTuple):
    """The right answer to one line of the exam, or to a canary made of one."""

    right: bool


def key(text: str) -> Key | None:
    """None for a line of the day."""
    right = bank.truth(text)
    return None if right is None else Key(right)


def labelled(verdicts: Verdicts, lines: Sequence[Shown], sentences: Sequence[tuple[str, str]]) -> Verdicts:
    """Verdicts on L1, L2… and P1, P2…, counted without canaries, under the labels that these have in a call."""
    planted = {paper.title for paper in bank.papers()}
    papers = [label[:-2] for label, text in sentences if label.endswith(".0") and text not in planted]
    own = [line.id for line in lines if key(line.text) is None]
    labels = {f"P{n}": label for n, label in enumerate(papers, 1)} | {f"L{n}": id for n, id in enumerate(own, 1)}
    return Verdicts.model_validate_json(
        re.sub(r"\b[LP][1-9]\d*\b", lambda found: labels.get(found[0], f"{found[0]}00"), verdicts.model_dump_json())
    )
