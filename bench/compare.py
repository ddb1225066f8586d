"""Two versions of a prompt over frozen days: replayed, counted paper by paper, and told apart or not."""

import tempfile
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from pathlib import Path

from pydantic import Field

import prompts
from agents import critic
from domain.errors import InsightsError, UsageError
from domain.lines import Line
from domain.papers import Paper
from domain.sentences import sentences
from domain.value import Value
from graph.settings import Settings
from models.llm import ModelFailed

from . import digest, recorded
from .bootstrap import Effect, effects
from .frozen import FrozenDay, load
from .recorded import Answers
from .replay import EDITABLE, Replay, Replayed, context_of, replay
from .tally import FaultyLine, Tally, digest_tallies, faults, frame_tally, mean, tallies

NOW = "now"
"""The file as it stands in ``prompts/``."""
Say = Callable[[str], None]


class Version(Value):
    """One text of a prompt."""

    name: str
    """Such as ``en/synthesize``."""
    where: str
    """The file that it was read from, or ``now``."""
    id: str
    """``name@version``."""
    text: str

    @property
    def role(self) -> str:
        return prompts.bare(self.name)

    @property
    def language(self) -> str:
        return self.name.rpartition("/")[0]


class Case(Value):
    """One frozen day to try a prompt on."""

    frozen: FrozenDay
    answers: Answers | None = None
    """Recorded ones, where no model is to be asked."""


class PaperText(Value):
    """One paper as one version told it."""

    day: str
    unit: str
    title: str
    lines: tuple[str, ...]


class Side(Value):
    """What became of one version."""

    version: str
    tallies: tuple[Tally, ...]
    faults: tuple[FaultyLine, ...] = ()
    papers: tuple[PaperText, ...] = ()
    pages: dict[str, str] = Field(default_factory=dict)
    """Markdown by day."""
    asked: int = 0
    recalled: int = 0
    cost: float | None = None

    def kinds(self, *, mended: bool) -> dict[str, int]:
        """Lines that were mended, or left out, by kind of reason, the most frequent first."""
        return dict(Counter(one.kind for one in self.faults if bool(one.mended) == mended).most_common())


class Comparison(Value):
    """Two versions, and the one-prompt digest of the same days."""

    name: str
    a: Version
    b: Version
    days: tuple[str, ...]
    repeat: int
    sides: tuple[Side, Side, Side | None]
    """A, B and the digest, which a frame is not compared with."""
    rows: tuple[Effect, ...]
    """B against A."""
    against_digest: tuple[Effect, ...] = ()
    """B against the digest."""
    notes: tuple[str, ...] = ()

    @property
    def asked(self) -> int:
        """Calls that a model was really asked."""
        return sum(side.asked for side in self.sides if side)

    @property
    def recalled(self) -> int:
        return sum(side.recalled for side in self.sides if side)


def named(name: str, language: str) -> str:
    """The full name of a prompt that a run asks with; one without a folder is of the run's language. Raises UsageError
    for every other."""
    known = [one for one in prompts.names() if prompts.bare(one) in EDITABLE]
    full = name if name in known else f"{language}/{name}"
    if full not in known:
        raise UsageError(f"there is no prompt {name} that a run asks with; known: {', '.join(known)}")
    return full


def version(name: str, where: str) -> Version:
    """``where``: ``now`` or a file. Raises PromptError for a text with slips, UsageError for a file that is missing."""
    if where == NOW:
        held = prompts.load(name)
    else:
        path = Path(where)
        if not path.is_file():
            raise UsageError(f"there is no file {where}; give a file, or '{NOW}' for the prompt as it stands")
        held = prompts.edited(name, prompts.read_text(path, prompts.PromptError), path)
    return Version(name=name, where=where, id=held.id, text=held.source)


def cases(paths: Sequence[Path], language: str, settings: Settings) -> list[Case]:
    """The frozen days with what was recorded of them, where no model is set. Raises UsageError where there is
    neither."""
    found: list[Case] = []
    for path in paths:
        answers = None if settings.has_model else recorded.load(path, language)
        if answers is None and not settings.has_model:
            raise UsageError(
                f"nobody can answer for {path}: no model is set, and no answers are recorded in "
                f"{recorded.path_of(path, language).name}; set one with --model, as in openai:gpt-5-mini"
            )
        found.append(Case(frozen=load(path), answers=answers))
    return found


def given(tried: Version) -> Mapping[str, str]:
    """What a run is handed of a version: the file as it stands is left to the run."""
    return {} if tried.where == NOW else {tried.role: tried.text}


async def compare(
    a: Version, b: Version, days: Sequence[Case], settings: Settings, *, repeat: int = 1, say: Say = lambda _: None
) -> Comparison:
    """Replays both versions. ``repeat``: how many answers are drawn to each question, where a model answers differently
    each time. Raises what a run raises."""
    settings = settings.model_copy(update={"language": a.language or settings.language})
    ours: list[Side] = []
    for letter, tried in (("A", a), ("B", b)):
        runs: list[list[Replay]] = []
        for case in days:
            say(f"{letter}: {case.frozen.day}")
            runs.append([await rerun(tried, case, settings, draw) for draw in range(repeat)])
        ours.append(_side(tried, runs))
    other = None
    if a.role != "frame":
        parts: list[Side] = []
        for case in days:
            say(f"digest: {case.frozen.day}")
            told = {tally.unit for tally in ours[0].tallies if tally.day == case.frozen.day.isoformat()}
            parts.append(await digested(case, [p for p in case.frozen.papers if p.id in told], settings))
        other = _joined(parts)
    return Comparison(
        name=a.name,
        a=a,
        b=b,
        days=tuple(case.frozen.day.isoformat() for case in days),
        repeat=repeat,
        sides=(ours[0], ours[1], other),
        rows=tuple(effects(ours[0].tallies, ours[1].tallies)),
        against_digest=tuple(effects(*_shared(other, ours[1]))) if other else (),
        notes=_notes(days),
    )


async def rerun(tried: Version, case: Case, settings: Settings, draw: int = 0) -> Replay:
    """One replay with a version. Raises InsightsError where the judge is not believed: nothing would be compared."""
    run = await replay(case.frozen, settings, edited=given(tried), answers=case.answers, draw=draw, tested=tried.role)
    if any(cause.kind == "unfit judge" for cause in run.report.causes) and run.report.judge:
        raise InsightsError(
            f"{run.report.judge.model} failed its exam as a judge ({run.report.judge.in_words}), so that nothing was "
            "written; choose another critic_model, or set exam lower"
        )
    return run


async def digested(case: Case, papers: Sequence[Paper], settings: Settings) -> Side:
    """The one-prompt digest of a day, asked once and kept with all other answers, and judged by the same critic."""
    with tempfile.TemporaryDirectory() as folder:
        context = context_of(case.frozen, settings, data=Path(folder), edited={}, answers=case.answers)
        async with aclosing(context):
            context.meter.start(case.frozen.day, settings.language)
            return await _digested(context, papers)


async def _digested(context: Replayed, papers: Sequence[Paper]) -> Side:
    assert context.llm and context.judge
    day = context.frozen.day.isoformat()
    said = await digest.digest(papers, language=context.language, llm=context.llm)
    asked = context.exchanges
    lines = [
        Line(papers=(section.paper,), role="result", text=text)
        for section in said.papers
        for text in sentences(section.text)
    ]
    try:
        found = await critic.critique(lines, papers, about="digest", language=context.language, llm=context.judge)
    except ModelFailed as failure:
        raise InsightsError(f"the digest of {day} was not judged: {failure}") from None
    judged = [line for line in found if not line.added]
    titles = {paper.id: paper.title for paper in papers}
    usage = context.meter.usage()
    return Side(
        version=context.llm.prompt(f"{context.language}/digest").id,
        tallies=tuple(digest_tallies(day, said, papers, judged, asked)),
        papers=tuple(
            PaperText(day=day, unit=s.paper, title=titles[s.paper], lines=tuple(sentences(s.text))) for s in said.papers
        ),
        pages={day: digest.page(said, papers, "Digest")},
        asked=sum(one.calls - one.cached for one in usage),
        recalled=sum(one.cached for one in usage),
    )


def _side(tried: Version, runs: Sequence[Sequence[Replay]]) -> Side:
    every = [run for several in runs for run in several]
    counted: list[Tally] = []
    for several in runs:
        counted += mean([[frame_tally(run)] if tried.role == "frame" else tallies(run) for run in several])
    costs = [run.cost for run in every]
    return Side(
        version=tried.id,
        tallies=tuple(counted),
        faults=tuple(fault for run in every for fault in faults(run)),
        papers=tuple(told for several in runs for told in _papers(several[0])),
        pages={several[0].day: several[0].markdown for several in runs},
        asked=sum(run.asked for run in every),
        recalled=sum(run.recalled for run in every),
        cost=None if None in costs else sum(cost or 0.0 for cost in costs),
    )


def _papers(run: Replay) -> list[PaperText]:
    return [
        PaperText(
            day=run.day,
            unit=item.paper_id,
            title=run.report.paper(item.paper_id).title,
            lines=tuple(claim.text for claim in item.claims),
        )
        for item in run.report.items
    ]


def _joined(parts: Sequence[Side]) -> Side:
    return Side(
        version=parts[0].version,
        tallies=tuple(tally for part in parts for tally in part.tallies),
        papers=tuple(told for part in parts for told in part.papers),
        pages={day: page for part in parts for day, page in part.pages.items()},
        asked=sum(part.asked for part in parts),
        recalled=sum(part.recalled for part in parts),
    )


def _shared(one: Side, other: Side) -> tuple[list[Tally], list[Tally]]:
    """The tallies of two sides in the same order."""
    held = {(tally.day, tally.unit): tally for tally in one.tallies}
    pairs = [(held[tally.day, tally.unit], tally) for tally in other.tallies if (tally.day, tally.unit) in held]
    return [first for first, _ in pairs], [second for _, second in pairs]


def _notes(days: Sequence[Case]) -> tuple[str, ...]:
    if any(case.answers for case in days):
        return ("answered as recorded: no model was asked, and tokens are estimated",)
    return ("tokens are estimated, alike for every version and whether or not an answer was kept from before",)
