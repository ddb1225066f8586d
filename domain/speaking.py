"""How people speak in a language to whoever reads, judges or retells a paper, and how papers in it report instead: what
its folder brings along to tell the two apart, as regular expressions in verbose form, case apart."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from .readings import NEVER

Theme = Literal["speech", "retellers", "beside", "judges", "text", "rivals", "page", "offer"]
"""What a paper does not rule on. ``speech``: an order, a wish, a promise, whatever it is about. ``retellers``: those of
whom only speech to them speaks. ``beside``: what stands beside the paper. ``judges``: who reads, tells or judges it.
``text``: this text. ``rivals``: other papers. ``page``: the page on which it is told. ``offer``: something to be had.
"""


class Gated(NamedTuple):
    """Forms that are only tried where their gate is there."""

    gate: str
    forms: tuple[str, ...]


class Subject(NamedTuple):
    """The words of a theme."""

    named: str
    studied: str = NEVER
    """What other sentences or the title have where the paper studies it."""


@dataclass(frozen=True)
class Speaking:
    """All of it; what a language does not have is left out."""

    orders: tuple[Gated, ...] = ()
    """Words to a second person, requests, imperatives and verdicts, and what is said of other papers."""
    chats: tuple[Gated, ...] = ()
    """Words of a chat, in quotation marks or not."""
    about_itself: str = NEVER
    """How papers speak of themselves when they report."""
    of_orders: str = NEVER
    """Speech about an order: «telling a model to ignore …»."""
    condemned: str = NEVER
    """What is said of a paper that was taken back or made up."""
    subjects: Mapping[Theme, Subject] = field(default_factory=dict[Theme, Subject])
    ought: str = NEVER
    """Said of what ought to be done."""
    fate: str = NEVER
    """Said of what became of a paper."""
    wrong: str = NEVER
    """Said of what is not to be trusted."""
    best: str = NEVER
    """Said in praise of a text."""
    spoken_of: str = NEVER
    """Who reads or judges, what is read or judged, and what is asked."""
    studied: str = NEVER
    """Words of papers that study readers, judges, attacks or the like."""
    figures: str = NEVER
    """Words of a sentence that gives figures."""
    least: int = 5
    """Words up to which a sentence is too short to be told by its words."""
    reports: str = NEVER
    """The forms in which papers report."""
    introduces: str = NEVER
    """Before the name that a paper gives to something."""
    it: str = ""
    """What stands for such a name in its sentence."""
    you: str = NEVER
    """Words to a second person."""
    one: str = ""
    """What stands for them where they are no order: whoever writes for readers may say you to them."""
    to_models: str = NEVER
    """Words of what is said to models, or of reviewing."""
    no_ties: frozenset[str] = frozenset()
    """Beginnings of words that tie a sentence to no other."""
