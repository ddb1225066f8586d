"""How much of the days each category had, and how that moved."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from domain.trends import DayRow

LATELY = 7
"""Observed days at the end that are held against the ones before."""
_BARS = "▁▂▃▄▅▆▇█"


class CategoryShare(NamedTuple):
    """One category over some observed days. Shares are of all new papers, 0-1."""

    category: str
    counts: tuple[int, ...]
    """New papers by day, the oldest first."""
    by_day: tuple[float | None, ...]
    """Share by day; None for a day without new papers."""
    share: float | None
    before: float | None
    """Share in the earlier days; None without new papers in them."""
    lately: float | None
    """Share in the later days; None without new papers in them."""

    @property
    def total(self) -> int:
        return sum(self.counts)

    @property
    def change(self) -> float | None:
        """How far the share moved from the earlier to the later days."""
        return None if self.before is None or self.lately is None else self.lately - self.before


def shares(rows: Sequence[DayRow], order: Sequence[str], *, lately: int = LATELY) -> list[CategoryShare]:
    """One share per category of ``order`` and per other one that has papers, the largest first.

    ``lately``: how many days at the end are the later ones; the rest are the earlier ones.
    """
    new = [row.new for row in rows]
    counted = [dict(row.categories) for row in rows]
    others: Collection[str] = sorted({key for counts in counted for key in counts}.difference(order))
    cut = max(0, len(rows) - lately)
    found: list[CategoryShare] = []
    for key in (*order, *others):
        counts = tuple(day.get(key, 0) for day in counted)
        found.append(
            CategoryShare(
                category=key,
                counts=counts,
                by_day=tuple(_ratio(n, all_) for n, all_ in zip(counts, new, strict=True)),
                share=_ratio(sum(counts), sum(new)),
                before=_ratio(sum(counts[:cut]), sum(new[:cut])),
                lately=_ratio(sum(counts[cut:]), sum(new[cut:])),
            )
        )
    return sorted(found, key=lambda share: -share.total)


def sparkline(values: Sequence[float | None]) -> str:
    """One bar per value, from nothing to the largest; a space where there is no value."""
    top = max((value for value in values if value is not None), default=0.0)
    return "".join(_bar(value, top) for value in values)


def points(change: float | None) -> str:
    """A change of share in percentage points."""
    if change is None:
        return "–"
    return f"{rounded:+.1f}" if (rounded := round(100 * change, 1)) else "0.0"


def percent(share: float | None) -> str:
    return "–" if share is None else f"{100 * share:.1f} %"


def _bar(value: float | None, top: float) -> str:
    if value is None:
        return " "
    return _BARS[round(value / top * (len(_BARS) - 1))] if top else _BARS[0]


def _ratio(part: int, whole: int) -> float | None:
    return part / whole if whole else None
