"""What a page is made of: items, one per paper, and what stands around them. Shapes arrange these; none writes more."""

from .claims import Claim
from .kinds import Role
from .value import Day, Value


class Change(Value):
    """What the critic mended or left out, for whoever wants to know."""

    paper_id: str
    """Empty for a line about several papers."""
    role: Role
    before: str
    after: str
    """Empty for a line that was left out."""
    why: str
    rule: str = ""
    """Name of the rule that left it out; empty for the judge's own verdict."""


class Item(Value):
    """One paper as it is told: once, in one place. A function of its paper alone."""

    paper_id: str
    name: str
    """What the paper is called everywhere: its own name, or one given once."""
    claims: tuple[Claim, ...]
    """In reading order: hook, abstract, problem, method, results, note; each role but ``result`` at most once."""
    quoted: bool = False
    """Sentences of the paper itself, chosen without a model."""
    made_by: str = ""
    """Model, prompts and their versions; an item is taken over as long as this stays the same."""
    changes: tuple[Change, ...] = ()
    """What the critic mended in it and left out of it."""

    def of(self, role: Role) -> tuple[Claim, ...]:
        return tuple(claim for claim in self.claims if claim.role == role)

    def one(self, role: Role) -> Claim | None:
        return next(iter(self.of(role)), None)


class Story(Value):
    """A headline and a sentence or two: of the opening, or a thread across papers."""

    headline: Claim
    text: Claim | None = None
    papers: tuple[str, ...]
    """Ids of the papers it names, the leading one first."""


class Pick(Value):
    """A paper for those who have no time, and who should read it for what."""

    paper_id: str
    why: Claim | None = None


class Group(Value):
    """Items that stand together today."""

    title: str
    papers: tuple[str, ...]
    """Ids, in printing order."""


class Returning(Value):
    """A paper of an earlier day that came again: one line from memory."""

    paper_id: str
    first_day: Day
    days: tuple[Day, ...]
    """All earlier days on which it came."""
    name: str = ""
    line: Claim | None = None
    """What it is, as it was told then."""


class Term(Value):
    """A word of the day, explained from the list that a person edits."""

    term: str
    meaning: str
