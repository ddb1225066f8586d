"""What one version of a prompt made of each paper, counted: papers are what two versions are compared on."""

from collections.abc import Iterable, Sequence
from typing import TypeVar

from domain.claims import ITEM_ROLES
from domain.headlines import carried, headlines
from domain.lines import Line
from domain.papers import Paper
from domain.sentences import sentences
from domain.value import Value

from .digest import Digest
from .measures import headlines_of, often, reason_kind
from .overheard import Exchange
from .replay import Replay

T = TypeVar("T", bound=Value)

OUT = 8
"""What a token out costs in tokens in, where no prices are set."""


class Tally(Value):
    """The counts of one paper, or of sums and means over several answers."""

    day: str
    unit: str
    """The paper's id; of a frame the day."""
    desk: str = ""
    """Papers of one desk are written and judged in the same calls."""
    written: float = 0
    """Lines that were written."""
    ok: float = 0
    """Those of them that passed the first check as they stood."""
    mended: float = 0
    dropped: float = 0
    headlines: float = 0
    """Headline figures of the abstract."""
    carried: float = 0
    """Those of them that the page says."""
    covered: float = 0
    """1 where the paper was told, 0 where it had to be quoted."""
    characters: float = 0
    """Of the text as written, before anything was mended or left out."""
    often: float = 0
    """Figures told more than twice."""
    tokens: float = 0
    """In and out, estimated alike for whoever answered: its share of the calls that it was part of."""
    money: float = 0
    """In tokens in; one out costs eight."""


class ClaimTally(Value):
    """What a critic made of the labelled lines of one record."""

    day: str
    unit: str
    desk: str = ""
    wrong: float = 0
    """Lines that are wrong."""
    found: float = 0
    """Those of them that were not let pass."""
    right: float = 0
    rejected: float = 0
    """Right lines that were not let pass."""
    tokens: float = 0
    money: float = 0


class FaultyLine(Value):
    """One line that was mended or left out."""

    day: str
    unit: str
    text: str
    mended: str
    """Empty for a line that was left out."""
    why: str
    kind: str


def tallies(run: Replay) -> list[Tally]:
    """The counts of each paper that the writers had."""
    spent = _shared(run)
    told = {item.paper_id: item for item in run.report.items}
    figures = headlines_of(run.report)
    repeated = [id for id, *_ in often(run.report)]
    found: list[Tally] = []
    for desk, paper in ((one.name, paper) for one in run.desks for paper in one.papers):
        item = told[paper.id]
        own = [line for line in run.first if line.papers == (paper.id,) and not line.added]
        said = [text for id, _, text in figures if id == paper.id]
        found.append(
            _tally(
                run.day,
                paper.id,
                own,
                desk,
                mended=sum(1 for change in item.changes if change.before and change.after),
                dropped=sum(1 for change in item.changes if not change.after),
                headlines=len(said),
                carried=sum(said),
                covered=float(not item.quoted),
                often=repeated.count(paper.id),
                **spent[paper.id],
            )
        )
    return found


def frame_tally(run: Replay) -> Tally:
    """The counts of what stands around the items, of a whole day."""
    lines = run.first_frame
    changes = [change for change in run.report.changes if change.role not in ITEM_ROLES]
    asked = [e for e in run.exchanges if e.name.endswith("/frame") or e.about == "frame"]
    around = (*run.report.opening, *run.report.threads)
    covered = {id for story in around for id in story.papers} | {pick.paper_id for pick in run.report.picks}
    return _tally(
        run.day,
        run.day,
        lines,
        mended=sum(1 for change in changes if change.before and change.after),
        dropped=sum(1 for change in changes if not change.after),
        covered=len(covered),
        tokens=sum(e.tokens_in + e.tokens_out for e in asked),
        money=sum(e.tokens_in + OUT * e.tokens_out for e in asked),
    )


def digest_tallies(
    day: str, said: Digest, papers: Sequence[Paper], lines: Sequence[Line], asked: Iterable[Exchange]
) -> list[Tally]:
    """The same counts of a one-prompt digest. ``lines``: its sentences as the critic left them."""
    texts = {section.paper: section.text for section in said.papers}
    exchanges = list(asked)
    share = 1 / max(len(papers), 1)
    found: list[Tally] = []
    for paper in papers:
        text = texts.get(paper.id, "")
        own = [line for line in lines if line.papers == (paper.id,)]
        figures = headlines(sentences(paper.abstract))
        found.append(
            _tally(
                day,
                paper.id,
                own,
                mended=sum(1 for line in own if line.proposal),
                dropped=sum(1 for line in own if line.state != "accepted" and not line.proposal),
                headlines=len(figures),
                carried=sum(carried(figure, [text]) for figure in figures),
                covered=float(bool(text)),
                tokens=share * sum(e.tokens_in + e.tokens_out for e in exchanges),
                money=share * sum(e.tokens_in + OUT * e.tokens_out for e in exchanges),
            )
        )
    return found


def faults(run: Replay) -> list[FaultyLine]:
    """Every line that was mended or left out, with its reason."""
    return [
        FaultyLine(
            day=run.day,
            unit=change.paper_id,
            text=change.before,
            mended=change.after,
            why=change.why,
            kind=reason_kind(change.why),
        )
        for change in run.report.changes
        if change.before
    ]


def mean(several: Sequence[Sequence[T]]) -> list[T]:
    """The mean over several answers to the same questions, paper by paper."""
    if len(several) == 1:
        return list(several[0])
    counted = [name for name, field in type(several[0][0]).model_fields.items() if field.annotation is float]
    return [
        same[0].model_copy(update={name: sum(getattr(one, name) for one in same) / len(same) for name in counted})
        for same in zip(*several, strict=True)
    ]


def _tally(day: str, unit: str, lines: Sequence[Line], desk: str = "", **counts: float) -> Tally:
    return Tally(
        day=day,
        unit=unit,
        desk=desk,
        written=len(lines),
        ok=sum(1 for line in lines if line.state == "accepted"),
        characters=sum(len(line.written or line.text) for line in lines),
        **counts,
    )


def _shared(run: Replay) -> dict[str, dict[str, float]]:
    """What each paper's writing and judging took: calls about its desk, shared evenly, without the exam."""
    spent: dict[str, dict[str, float]] = {}
    for desk in run.desks:
        asked = [e for e in run.exchanges if e.about == desk.name]
        share = 1 / len(desk.papers)
        tokens = share * sum(e.tokens_in + e.tokens_out for e in asked)
        money = share * sum(e.tokens_in + OUT * e.tokens_out for e in asked)
        spent |= {paper.id: {"tokens": tokens, "money": money} for paper in desk.papers}
    return spent
