"""A week: what its page shows. A model may add a few lines of opening; all else was accepted on its day."""

from datetime import date, timedelta
from typing import Literal, NamedTuple

from .claims import Claim
from .items import Story
from .kinds import Reason, Status
from .reports import Drop
from .trends import Fact
from .value import Day, Value
from .withdrawals import Withdrawn


class WeekId(NamedTuple):
    """A week of the ISO calendar."""

    year: int
    number: int

    def __str__(self) -> str:
        return f"{self.year}-W{self.number:02d}"

    @property
    def days(self) -> tuple[date, ...]:
        """Monday to Sunday."""
        first = date.fromisocalendar(self.year, self.number, 1)
        return tuple(first + timedelta(n) for n in range(7))

    @classmethod
    def of(cls, day: date) -> "WeekId":
        return cls(*day.isocalendar()[:2])

    @classmethod
    def read(cls, text: str) -> "WeekId":
        """``2026-W47``. Raises ValueError for what is no week."""
        year, mark, number = text.upper().partition("-W")
        if not (mark and year.isdigit() and number.isdigit()):
            raise ValueError(f"{text!r} is no week; write it as 2026-W47")
        week = cls(int(year), int(number))
        date.fromisocalendar(*week, 1)
        return week


class WeekDay(Value):
    """One day of the week."""

    day: Day
    status: Status | Literal["missing"]
    papers: int = 0
    """That came for the first time."""


class Highlight(Value):
    """A paper of the week, as its day told it."""

    paper_id: str
    name: str
    title: str
    url: str
    category: str
    day: Day
    """Whose report tells it."""
    days: tuple[Day, ...]
    """On which it came, as far as the week's reports know."""
    votes: int
    reasons: tuple[Reason, ...]
    claims: tuple[Claim, ...]
    quoted: bool = False


class Instalment(Value):
    """One paper of a story, on its day."""

    paper_id: str
    name: str
    day: Day
    line: Claim | None = None
    """None for a paper of an earlier week, whose report is not of this one."""


class WeekThread(Value):
    """A story over several days: papers of which each takes up an earlier one."""

    steps: tuple[Instalment, ...]
    facts: tuple[str, ...]


class Share(Value):
    """How much of the week one category had, against the days before it."""

    category: str
    new: int
    before: int
    of_before: int
    """All new papers of the observed days before the week."""
    moved: Literal["more", "less", ""] = ""
    """Where chance is told from change."""


class DatedClaim(Value):
    """A line about trends, and the day whose report says it."""

    day: Day
    claim: Claim


class Week(Value):
    """The week as data: everything that its page shows."""

    schema_version: int = 1
    week: str
    language: str
    model: str
    """``offline`` where it was arranged by rule alone."""
    days: tuple[WeekDay, ...]
    opening: tuple[Story, ...] = ()
    highlights: tuple[Highlight, ...] = ()
    threads: tuple[WeekThread, ...] = ()
    flow: tuple[DatedClaim, ...] = ()
    shares: tuple[Share, ...] = ()
    observed: int = 0
    """Complete days with papers before the week that its shares are held against."""
    facts: tuple[Fact, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    """Papers of the week that were taken back since; none of them is told."""
    left_out: tuple[Drop, ...] = ()
    """Lines that were accepted on their day and do not pass now."""

    @property
    def days_told(self) -> tuple[WeekDay, ...]:
        return tuple(day for day in self.days if day.status not in ("missing", "broken"))
