"""How abstracts in a language are written: where a sentence ends, what only says where something lies, that a paper was
taken back. Regular expressions where nothing else is said, case apart; what a language does not have is left out."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from .kinds import ResourceKind
from .readings import NEVER


@dataclass(frozen=True)
class Resources:
    """What abstracts say of what comes with their papers."""

    kinds: Mapping[ResourceKind, str] = field(default_factory=dict[ResourceKind, str])
    """The words for each kind."""
    coming: str = NEVER
    """It will come."""
    releases: str = NEVER
    """Somebody gives it out; what it is stands behind."""
    lies: str = NEVER
    """It is out; what it is stands before."""
    at_once: str = NEVER
    """It is out, whatever else will come."""
    of_others: str = NEVER
    """Said of others' things, or of their absence."""
    hosts: str = NEVER
    """Where something lies, which is not what lies there."""
    clauses: str = NEVER
    """Between clauses that each speak of their own things."""
    placeholder: str = NEVER
    """What stands in an address that leads nowhere yet."""


@dataclass(frozen=True)
class Withdrawal:
    """The notices of papers that were taken back; each stands at the beginning of its sentence."""

    notice: str = NEVER
    """That the paper itself was, in so many words."""
    outer: str = NEVER
    """That the paper was: a notice only as the first or last sentence, or as a comment."""
    bare: str = NEVER
    """That something was: a notice only as the first sentence, or as a comment."""
    shouted: str = NEVER
    """Before a title. Here case counts."""
    marks: str = NEVER
    """In brackets before or behind a title."""
    marks_before: str = NEVER
    """In brackets before one alone."""
    begins: str = NEVER
    """With what a notice begins behind a comma."""


@dataclass(frozen=True)
class Prose:
    """All of it."""

    abbreviations: tuple[str, ...] = ()
    """With their stop, behind which a sentence goes on."""
    ends: str = NEVER
    """On what sentences end that lack their stop. Here case counts."""
    leads_on: frozenset[str] = frozenset()
    """Words on which no sentence ends."""
    commonest: frozenset[str] = frozenset()
    """Words of which hardly a longer sentence has none."""
    foreign: frozenset[str] = frozenset()
    """Such words of other languages in the same letters: two of them, and none of its own, and a sentence is in one of
    those."""
    things: str = NEVER
    """What lies somewhere."""
    lies: str = NEVER
    """That it lies there."""
    pointing: frozenset[str] = frozenset()
    """The words of sentences that only say where something lies."""
    pointing_pieces: str = NEVER
    """The pieces of such words, in a language that joins them to words."""
    resources: Resources = field(default_factory=Resources)
    withdrawal: Withdrawal = field(default_factory=Withdrawal)
