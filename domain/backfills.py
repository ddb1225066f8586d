"""A span of days that was run at once: what became of each, and of all together."""

from collections.abc import Iterable
from typing import Literal

from .kinds import Status
from .reports import Drop, Receipt
from .value import Day, Value

Fate = Literal["written", "skipped", "failed", "not given", "not begun"]
"""``skipped``: it was finished before. ``not given``: there are files of other days, and none of this one. ``not
begun``: what stopped the whole came first."""


class DayFate(Value):
    """What became of one day."""

    day: Day
    fate: Fate
    status: Status | None = None
    why: str = ""
    """Why it failed, or is not complete."""
    papers: int = 0
    drops: tuple[Drop, ...] = ()
    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    cost: float | None = 0.0
    """In US dollars; None where no price is known."""


class Backfill(Value):
    """The receipt of the whole."""

    schema_version: int = 1
    first: Day
    last: Day
    language: str
    model: str
    days: tuple[DayFate, ...]
    stopped: str = ""
    """What ended it before its time; the same command goes on."""

    def of(self, *fates: Fate) -> tuple[DayFate, ...]:
        return tuple(one for one in self.days if one.fate in fates)

    @property
    def papers(self) -> int:
        return sum(one.papers for one in self.days)

    @property
    def drops(self) -> int:
        return sum(len(one.drops) for one in self.days)

    @property
    def cost(self) -> float | None:
        costs = [one.cost for one in self.days]
        return None if None in costs else sum(cost or 0.0 for cost in costs)

    @property
    def tokens(self) -> tuple[int, int]:
        """In and out."""
        return sum(one.input_tokens for one in self.days), sum(one.output_tokens for one in self.days)


def written(receipt: Receipt, papers: int) -> DayFate:
    """The fate of a day that has a report."""
    return DayFate(
        day=receipt.day,
        fate="written",
        status=receipt.status,
        why=receipt.reason,
        papers=papers,
        drops=receipt.drops,
        calls=sum(one.calls - one.cached for one in receipt.usage),
        input_tokens=sum(one.input_tokens for one in receipt.usage),
        output_tokens=sum(one.output_tokens for one in receipt.usage),
        cost=_sum(one.cost for one in receipt.usage),
    )


def _sum(costs: Iterable[float | None]) -> float | None:
    known = list(costs)
    return None if None in known else sum(cost or 0.0 for cost in known)
