"""Lets a model rewrite a prompt by what the critic and the rules found wrong, and believes the outcome only where it
holds on days that the search has never seen.

The search is GEPA's (the library ``gepa``): it keeps what is best on some day, changes one of these by the reasons for
its faults, and goes on while the budget lasts. The days are split: from some it takes reasons, by some it chooses, and
the others are held back.
"""

import asyncio
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import aclosing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast

from pydantic import Field

import prompts
from domain.errors import InsightsError, UsageError
from domain.value import Value
from graph.settings import Settings
from models.llm import ModelFailed, StopRun
from models.reply import estimate
from prompts import PromptError
from prompts.variables import VARIABLES

from .bootstrap import Effect, Measure, effects
from .compare import Case, Version, rerun
from .replay import Replay, context_of
from .tally import Tally, faults, tallies

SCORE = Measure("score", "score", better="more")
FEWEST = 3
"""Days: one to learn from, one to choose by, one held back."""
IDLE = 6
"""Turns without a new question after which a search is over."""
REASONS = 24
"""That are shown at once."""


class Revised(Value):
    """A prompt as the model has rewritten it."""

    text: str = Field(description="the whole prompt")


class Scored(Tally):
    """A paper's counts with what they come to."""

    score: float = 0
    """0–1: the share of lines that passed at the first check, of headline figures that were told, and whether the paper
    was told at all, multiplied: none makes up for another."""


class Evolution(Value):
    """What came of a search."""

    seed: Version
    candidate: Version | None
    """The best that was found; None where nothing was better on the days that were seen."""
    accepted: bool
    """Better on the days that were held back, by more than chance."""
    seen: tuple[float, float]
    """Mean score of the seed and the candidate on the days that the search saw, 0–1."""
    held_back: Effect | None = None
    seen_days: tuple[str, ...]
    held_days: tuple[str, ...]
    tried: int
    """Texts that were tried on some day."""
    refused: tuple[str, ...] = ()
    """Why texts were not tried: slips."""
    tokens: int
    """In and out, of all questions, whether or not they were asked anew."""

    @property
    def verdict(self) -> str:
        if self.candidate is None:
            return "nothing better was found on the days that the search saw"
        assert self.held_back
        found = f"{self.held_back.a:.3f} became {self.held_back.b:.3f} on days that the search never saw"
        if self.accepted:
            return f"better: {found}"
        return f"refused: {found} ({self.held_back.verdict}), so that what it gained may only fit the days it saw"


def split(days: Sequence[Case]) -> tuple[list[Case], list[Case], list[Case]]:
    """Days to learn from, to choose by, and held back: the same split for the same days. Raises UsageError."""
    if len(days) < FEWEST:
        raise UsageError(f"a search needs {FEWEST} frozen days or more: to learn from, to choose by, and held back")
    held = max(1, round(len(days) * 0.4))
    choose = max(1, (len(days) - held) // 2)
    learn = len(days) - held - choose
    return list(days[:learn]), list(days[learn : learn + choose]), list(days[learn + choose :])


async def score(tried: Version, case: Case, settings: Settings) -> tuple[list[Scored], Replay]:
    """What each paper of a day comes to under a version."""
    run = await rerun(tried, case, settings)
    scored = [
        Scored(**tally.model_dump(), score=(tally.ok / tally.written if tally.written else 0.0) * _told(tally))
        for tally in tallies(run)
    ]
    return scored, run


def _told(tally: Tally) -> float:
    return tally.covered * (tally.carried / tally.headlines if tally.headlines else 1.0)


@dataclass
class _Search:
    """GEPA's view of the bench: what it calls an adapter, and what stops it."""

    seed: Version
    settings: Settings
    carrier: Case
    budget: int
    say: Callable[[str], None]
    loop: asyncio.AbstractEventLoop
    tokens: int = 0
    proposals: int = 0
    tried: set[str] = field(default_factory=set[str])
    refused: list[str] = field(default_factory=list[str])
    stopped: InsightsError | None = None
    scored: dict[tuple[str, str], list[Scored]] = field(default_factory=dict[tuple[str, str], list["Scored"]])
    """What was found so far, by version and day."""
    _idle: int = 0
    _before: tuple[int, int] = (-1, -1)

    def __call__(self, gepa_state: object) -> bool:
        """Whether the search has to stop: the budget is spent, nothing happens any more, or no call makes sense."""
        now = (self.tokens, self.proposals)
        self._idle = self._idle + 1 if now == self._before else 0
        self._before = now
        return self.tokens >= self.budget or self._idle >= IDLE or self.stopped is not None

    def evaluate(self, batch: list[Case], candidate: dict[str, str], capture_traces: bool = False) -> Any:
        """Scores of a candidate on some days; 0 for what cannot be run."""
        from gepa.core.adapter import EvaluationBatch

        tried = self.version(candidate)
        self.tried.add(tried.id)
        scores: list[float] = []
        traces: list[Any] = []
        for case in batch:
            try:
                scored, run = self._wait(score(tried, case, self.settings))
            except StopRun as stop:
                self.stopped = stop
                scores.append(0.0)
                traces.append([str(stop)])
                continue
            self.scored[tried.id, run.day] = scored
            self.tokens += sum(e.tokens_in + e.tokens_out for e in run.exchanges if e.about != "exam")
            scores.append(_mean(scored))
            traces.append(_reasons(scored, run))
            self.say(f"{tried.id} on {case.frozen.day}: {scores[-1]:.3f}")
        return EvaluationBatch(outputs=list(scores), scores=scores, trajectories=traces if capture_traces else None)

    def make_reflective_dataset(
        self, candidate: dict[str, str], eval_batch: Any, components_to_update: list[str]
    ) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The reasons of the critic and the rules."""
        found = [{"Feedback": reason} for trace in eval_batch.trajectories or () for reason in trace]
        return dict.fromkeys(components_to_update, found)

    def propose_new_texts(
        self,
        candidate: dict[str, str],
        reflective_dataset: Mapping[str, Sequence[Mapping[str, Any]]],
        components_to_update: list[str],
    ) -> dict[str, str]:
        """A new text; the old one where the model gives none, or one with slips."""
        name = self.seed.name
        reasons = [str(row["Feedback"]) for row in reflective_dataset.get(name, ())][:REASONS]
        text = candidate[name]
        if not reasons:
            return {name: text}
        self.proposals += 1
        try:
            revised, tokens = self._wait(_revise(text, name, reasons, self.carrier, self.settings, self.proposals))
            self.tokens += tokens
            prompts.edited(name, revised)
        except PromptError as error:
            self.refused.append("; ".join(str(slip) for slip in error.slips))
        except ModelFailed as failure:
            self.tokens += estimate(text)
            self.refused.append(str(failure))
        except StopRun as stop:
            self.stopped = stop
        else:
            return {name: revised}
        return {name: text}

    def version(self, candidate: dict[str, str]) -> Version:
        text = candidate[self.seed.name]
        if text == self.seed.text:
            return self.seed
        held = prompts.edited(self.seed.name, text)
        return Version(name=self.seed.name, where="candidate", id=held.id, text=text)

    def _wait(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()


async def _revise(
    text: str, name: str, reasons: Sequence[str], case: Case, settings: Settings, draw: int
) -> tuple[str, int]:
    """The prompt, rewritten by what was wrong with what it led to, and the tokens that this took. ``draw``: each
    proposal is one more answer, as the same question may come again. Raises ModelFailed and StopRun."""
    with tempfile.TemporaryDirectory() as folder:
        context = context_of(
            case.frozen, settings, data=Path(folder), edited={}, answers=case.answers, draw=draw, tested="revise"
        )
        async with aclosing(context):
            context.meter.start(case.frozen.day, settings.language)
            assert context.llm
            llm = context.llm
            values = sorted(VARIABLES[prompts.bare(name)])
            fence = prompts.fence((text, *reasons))
            said = await llm.ask("revise", Revised, text=text, values=values, reasons=list(reasons), fence=fence)
    spent = sum(e.tokens_in + e.tokens_out for e in context.exchanges)
    return (said.text if said.text.endswith("\n") else f"{said.text}\n"), spent


async def _scored(
    tried: Version, days: Sequence[Case], settings: Settings, known: Mapping[tuple[str, str], list[Scored]]
) -> list[Scored]:
    """The papers of some days, of which some were scored already."""
    found: list[Scored] = []
    for case in days:
        before = known.get((tried.id, case.frozen.day.isoformat()))
        found += (await score(tried, case, settings))[0] if before is None else before
    return found


async def evolve(
    seed: Version,
    days: Sequence[Case],
    settings: Settings,
    *,
    budget: int,
    say: Callable[[str], None] = lambda _: None,
) -> Evolution:
    """Searches for a better text while less than ``budget`` tokens are used. Nothing is written.

    Raises UsageError where days are too few or the library is missing, and what a run raises.
    """
    try:
        from gepa import api as gepa
    except ImportError:
        raise UsageError("a search needs the library gepa; pip install -e '.[evolve]' installs it") from None
    settings = settings.model_copy(update={"language": seed.language or settings.language})
    learn, choose, held = split(days)
    search: Any = _Search(seed, settings, learn[0], budget, say, asyncio.get_running_loop())
    optimize = cast("Any", gepa).optimize
    result: Any = await asyncio.to_thread(
        optimize,
        seed_candidate={seed.name: seed.text},
        trainset=learn,
        valset=choose,
        adapter=search,
        reflection_minibatch_size=len(learn),
        stop_callbacks=search,
        logger=_Quiet(),
        cache_evaluation=True,
        skip_perfect_score=True,
        seed=0,
    )
    if search.stopped:
        raise search.stopped
    best = search.version(dict(result.best_candidate))
    seen = [*learn, *choose]
    scores = [_mean(await _scored(tried, seen, settings, search.scored)) for tried in (seed, best)]
    told = Evolution(
        seed=seed,
        candidate=None if best.text == seed.text or scores[1] <= scores[0] else best,
        accepted=False,
        seen=(scores[0], scores[1]),
        seen_days=tuple(case.frozen.day.isoformat() for case in seen),
        held_days=tuple(case.frozen.day.isoformat() for case in held),
        tried=len(search.tried),
        refused=tuple(search.refused),
        tokens=search.tokens,
    )
    if told.candidate is None:
        return told
    held_back = [await _scored(tried, held, settings, {}) for tried in (seed, best)]
    (row,) = effects(held_back[0], held_back[1], (SCORE,))
    return told.model_copy(update={"held_back": row, "accepted": row.conclusion == "better"})


class _Quiet:
    """GEPA's own log goes nowhere: what matters is told by the bench."""

    def log(self, message: str) -> None:
        """Says nothing."""


def _mean(scored: Sequence[Scored]) -> float:
    return sum(one.score for one in scored) / len(scored) if scored else 0.0


def _reasons(scored: Sequence[Scored], run: Replay) -> list[str]:
    """What was wrong, and what was left out, in words."""
    told = [f"“{one.text}” was {'mended' if one.mended else 'left out'}: {one.why}" for one in faults(run)]
    for one in scored:
        title = run.report.paper(one.unit).title
        if not one.covered:
            told.append(f"of “{title}” nothing held, so that it had to be quoted")
        elif one.carried < one.headlines:
            missing = f"{one.headlines - one.carried:.0f} of {one.headlines:.0f}"
            told.append(f"of “{title}” {missing} headline figures of the abstract are told nowhere")
    return told
