"""What an edit in Studio may have broken: parts of the state that are gone, or do not fit together."""

from collections.abc import Iterator

from domain.errors import InsightsError
from domain.value import Day

from .state import OfDay


class Inconsistent(InsightsError):
    """Parts of an edited state that do not fit together."""


def day_of(state: OfDay) -> Day:
    """The day. Raises Inconsistent where an edit took it away: the channel holds None too, until a run has begun."""
    if state.day is None:
        raise Inconsistent("day is empty: an edit took it away; give it as in 2026-11-20")
    return state.day


def consistent(state: OfDay) -> None:
    """Raises Inconsistent where a part of the state speaks of papers that it does not hold, or files one nowhere.

    Nodes ask for this: a slice that refused to be made would take every look at the thread with it.
    """
    papers = {paper.id for paper in getattr(state, "papers", ())}
    for field, ids in _spoken_of(state):
        if unknown := [id for id in ids if id not in papers]:
            raise Inconsistent(f"{field} speaks of {', '.join(unknown)}, which is not among the papers")
    filed = {filing.paper_id for filing in getattr(state, "filings", ())}
    if "filings" in type(state).model_fields and (bare := papers - filed):
        raise Inconsistent(f"filings has no category for {', '.join(sorted(bare))}")


def _spoken_of(state: OfDay) -> Iterator[tuple[str, list[str]]]:
    """(field, ids of papers) of what a slice holds besides the papers."""
    yield "ranking", list(getattr(state, "ranking", ()))
    for field in ("items", "filings", "returning"):
        yield field, [one.paper_id for one in getattr(state, field, ())]
