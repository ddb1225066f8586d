"""One agent on one frozen case: what it is asked, what it answers, and what is wrong with that."""

from domain.errors import UsageError
from domain.value import Value
from graph.settings import OFFLINE, Settings

from .compare import Case, Version, rerun
from .frozen import FrozenDay
from .overheard import Exchange
from .replay import replay
from .tally import FaultyLine, faults


class Trial(Value):
    """One try of a version."""

    version: str
    exchanges: tuple[Exchange, ...]
    """Those of the prompt that is tried."""
    problems: tuple[FaultyLine, ...]
    """Lines that the critic or a rule mended or left out."""
    asked: int
    recalled: int


async def trial(tried: Version, case: Case, settings: Settings, *, desk: int = 1) -> Trial:
    """Runs the agent on one desk's papers of the day; those who see the whole day on all of them. Raises UsageError
    for a desk that the day has not, NotRecorded, and what a run raises."""
    own = case
    if tried.role in ("synthesize", "critique"):
        own = case.model_copy(update={"frozen": await _one_desk(case.frozen, settings, desk)})
    run = await rerun(tried, own, settings)
    asked = [e for e in run.exchanges if e.prompt == tried.id and e.about != "exam"]
    around = tried.role == "frame"
    return Trial(
        version=tried.id,
        exchanges=tuple(asked),
        problems=tuple(fault for fault in faults(run) if around == (not fault.unit)),
        asked=run.asked,
        recalled=run.recalled,
    )


async def _one_desk(frozen: FrozenDay, settings: Settings, number: int) -> FrozenDay:
    """The day with no more papers than one desk has."""
    alone = settings.model_copy(update={"model": OFFLINE, "critic_model": "", "fallback_model": ""})
    desks = (await replay(frozen, alone, edited={})).desks
    if number > len(desks):
        raise UsageError(f"{frozen.day} has {len(desks)} desks ({', '.join(d.name for d in desks)}), and no {number}")
    ids = {paper.id for paper in desks[number - 1].papers}
    return frozen.model_copy(
        update={
            "papers": tuple(paper for paper in frozen.papers if paper.id in ids),
            "memory": tuple(known for known in frozen.memory if known.paper_id in ids),
            "filings": tuple(filing for filing in frozen.filings if filing.paper_id in ids),
        }
    )
