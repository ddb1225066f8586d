"""Two versions of the critic's prompt over labelled lines: what each finds, and what it rejects wrongly."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import aclosing
from pathlib import Path

from pydantic import Field

from domain.errors import UsageError
from domain.value import Value
from graph.settings import Settings

from . import claims
from .bootstrap import OF_A_CRITIC, Effect, effects
from .claims import Judged, LabelledPapers
from .compare import Case, Version, given
from .replay import context_of
from .tally import OUT, ClaimTally, mean


class Labelled(Value):
    """One labelled line and what the two versions made of it."""

    unit: str
    text: str
    label: str
    kind: str
    a: str
    """Empty where it was let pass, else why it was not."""
    b: str

    @property
    def told_apart(self) -> bool:
        return bool(self.a) != bool(self.b)


class CriticComparison(Value):
    """Two versions of a critic's prompt."""

    a: Version
    b: Version
    records: int
    repeat: int
    rows: tuple[Effect, ...]
    kinds: dict[str, tuple[int, int, int]] = Field(default_factory=dict)
    """By kind of error: wrong lines found by A, by B, of how many; over all answers."""
    lines: tuple[Labelled, ...] = ()
    """Of the first answer to each question."""
    asked: int = 0
    recalled: int = 0
    notes: tuple[str, ...] = ()


class _Judging(Value):
    """What one version made of the records."""

    tallies: tuple[ClaimTally, ...]
    judged: tuple[tuple[Judged, ...], ...]
    asked: int
    recalled: int


def records(paths: Sequence[Path], language: str) -> list[tuple[LabelledPapers, ...]]:
    """The labelled lines beside each frozen day. Raises UsageError where there are none at all."""
    found = [claims.path_of(path, language) for path in paths]
    if not any(path.is_file() for path in found):
        raise UsageError(
            f"the critic's bench needs labelled lines, such as {found[0]}; give a file of them with --claims (its form "
            "stands in bench/claims.py)"
        )
    return [tuple(claims.read(path)) if path.is_file() else () for path in found]


async def compare_critics(
    a: Version,
    b: Version,
    days: Sequence[Case],
    lines: Sequence[Sequence[LabelledPapers]],
    settings: Settings,
    *,
    repeat: int = 1,
    say: Callable[[str], None] = lambda _: None,
) -> CriticComparison:
    """``lines``: labelled ones for each of the days. Raises what a run raises."""
    settings = settings.model_copy(update={"language": a.language or settings.language})
    sides: list[list[list[_Judging]]] = []
    for letter, tried in (("A", a), ("B", b)):
        sides.append([])
        for case, held in zip(days, lines, strict=True):
            if held:
                say(f"{letter}: {case.frozen.day}")
                sides[-1].append([await _judge(tried, case, held, settings, draw) for draw in range(repeat)])
    tallies = [[tally for drawn in side for tally in mean([one.tallies for one in drawn])] for side in sides]
    every = [[judging for drawn in side for judging in drawn] for side in sides]
    asked = [judging for side in every for judging in side]
    return CriticComparison(
        a=a,
        b=b,
        records=sum(len(held) for held in lines),
        repeat=repeat,
        rows=tuple(effects(tallies[0], tallies[1], OF_A_CRITIC)),
        kinds=_kinds(every),
        lines=_lines([[drawn[0] for drawn in side] for side in sides], [r for held in lines for r in held]),
        asked=sum(one.asked for one in asked),
        recalled=sum(one.recalled for one in asked),
    )


async def _judge(tried: Version, case: Case, held: Sequence[LabelledPapers], settings: Settings, draw: int) -> _Judging:
    with tempfile.TemporaryDirectory() as folder:
        context = context_of(
            case.frozen,
            settings,
            data=Path(folder),
            edited=given(tried),
            answers=case.answers,
            draw=draw,
            tested=tried.role,
        )
        async with aclosing(context):
            context.meter.start(case.frozen.day, settings.language)
            assert context.judge
            judged: list[list[Judged]] = []
            tallies: list[ClaimTally] = []
            for record in held:  # one after the other, so that each one's calls can be told from the others'
                before = len(context.exchanges)
                judged.append(await claims.by_critic(record, context.judge))
                spent = context.exchanges[before:]
                tokens_in, out = (sum(getattr(e, name) for e in spent) for name in ("tokens_in", "tokens_out"))
                tallies.append(_tally(case, record, judged[-1], tokens_in, out))
            usage = await asyncio.to_thread(context.meter.usage)
    return _Judging(
        tallies=tuple(tallies),
        judged=tuple(map(tuple, judged)),
        asked=sum(one.calls - one.cached for one in usage),
        recalled=sum(one.cached for one in usage),
    )


def _tally(case: Case, record: LabelledPapers, judged: Sequence[Judged], tokens_in: int, out: int) -> ClaimTally:
    """A line that was not answered was not let pass."""
    wrong = [one for one in judged if one.line.label == "bad"]
    right = [one for one in judged if one.line.label == "ok"]
    return ClaimTally(
        day=case.frozen.day.isoformat(),
        unit=record.id,
        wrong=len(wrong),
        found=sum(not one.passed for one in wrong),
        right=len(right),
        rejected=sum(not one.passed for one in right),
        tokens=tokens_in + out,
        money=tokens_in + OUT * out,
    )


def _kinds(sides: Sequence[Sequence[_Judging]]) -> dict[str, tuple[int, int, int]]:
    found: list[Counter[str]] = []
    of: Counter[str] = Counter()
    for side in sides:
        lines = [one for judging in side for judged in judging.judged for one in judged if one.line.label == "bad"]
        found.append(Counter(one.line.kind or "wrong" for one in lines if not one.passed))
        of = Counter(one.line.kind or "wrong" for one in lines)
    return {kind: (found[0][kind], found[1][kind], count) for kind, count in sorted(of.items())}


def _lines(sides: Sequence[Sequence[_Judging]], held: Sequence[LabelledPapers]) -> tuple[Labelled, ...]:
    a, b = ([judged for judging in side for judged in judging.judged] for side in sides)
    return tuple(
        Labelled(
            unit=record.id,
            text=one.line.text,
            label=one.line.label,
            kind=one.line.kind,
            a="" if one.passed else one.why or "not answered",
            b="" if two.passed else two.why or "not answered",
        )
        for record, ours, theirs in zip(held, a, b, strict=True)
        for one, two in zip(ours, theirs, strict=True)
    )
