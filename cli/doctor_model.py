"""``insights doctor --model``: what a model can do, what it cannot, and what a day would cost, by asking it."""

import asyncio
import tempfile
from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path

from rich.table import Table

from domain.errors import UsageError
from graph.settings import OFFLINE, Settings
from models.chat import ChatLLM
from models.llm import ModelFailed, StopRun
from models.manners import Known
from models.meter import Meter
from models.probe import ShapeProbe, Speed, shape, speed, window
from models.provider import Model, open_model
from sources.sample import DAYS, Sample

from .bill import bill, typical
from .console import open_console
from .exit_codes import COMPLETE, WRONG
from .findings import Finding

LONGEST_PROMPT = 8_192
"""Tokens that a window must hold at least: ten abstracts, what is asked of them, and the answer."""


def check_model(spec: str, settings: Settings) -> int:
    """Prints what asking the model showed; 0 when a day could be written with it."""
    if spec == OFFLINE:
        raise UsageError("offline asks no model; name one, such as openai:gpt-5-mini")
    model = open_model(spec, timeout=settings.timeout)
    findings = asyncio.run(_examined(spec, model, settings))
    table = Table.grid(padding=(0, 2))
    marks = {True: "[green]ok[/]", False: "[red]wrong[/]", None: "[dim]note[/]"}
    for fine, what, words in findings:
        table.add_row(marks[fine], what, words)
    open_console().print(table)
    return WRONG if any(fine is False for fine, _, _ in findings) else COMPLETE


async def _examined(spec: str, model: Model, settings: Settings) -> list[Finding]:
    with tempfile.TemporaryDirectory() as scratch:
        meter = Meter(Path(scratch) / "calls.sqlite")
        meter.start(date.today(), "doctor")
        # Its manners are found afresh, and kept for the runs to come.
        known = Known(settings.data / "cache" / "servers.json")
        known.forget(model.key)
        llm = ChatLLM(models=[model], meter=meter, known=known, attempts=min(2, settings.attempts))
        try:
            return [finding async for finding in _findings(spec, llm, settings)]
        finally:
            await llm.aclose()


async def _findings(spec: str, llm: ChatLLM, settings: Settings) -> AsyncIterator[Finding]:
    model = llm.models[0]
    yield None, "asked", f"{model.name} at {model.address}"
    try:
        found = await shape(llm)
    except StopRun as error:
        yield False, "answers", str(error)
        return
    except ModelFailed as error:
        yield False, "answers", f"no answer of the asked-for shape: {error}"
    else:
        for finding in _shaped(found):
            yield finding
    manners = llm.known.of(model.key)
    try:
        fast = await speed(model, await _abstracts(), manners)
    except ModelFailed as error:
        yield False, "speed", str(error)
    else:
        yield None, "first token", f"after {fast.first:.1f} s"
        yield None, "speed", f"{fast.rate:.0f} tokens a second{'' if fast.counted else ' (tokens estimated)'}"
        for finding in _cost(spec, fast, settings, thinks=manners.thinks):
            yield finding
    if told := await window(model, manners):
        yield told[0] >= LONGEST_PROMPT or None, "context window", f"{told[0]:,} tokens, {told[1]}"
        if told[0] < LONGEST_PROMPT:
            yield None, "", f"less than {LONGEST_PROMPT:,}: days are asked about in smaller pieces"
    else:
        yield None, "context window", "not told"
    for note in llm.meter.notes():
        yield None, "noted", note


def _shaped(found: ShapeProbe) -> list[Finding]:
    korean = found.hangul >= 0.5
    return [
        (True, "answers", f"by {found.in_words}"),
        (korean, "Korean", f"{found.korean!r}" if korean else f"was asked for and did not come: {found.korean[:80]!r}"),
    ]


def _cost(spec: str, fast: Speed, settings: Settings, *, thinks: bool) -> list[Finding]:
    """What a day takes, one question after the other and several at once, and what a month of days costs."""
    day = typical(settings)
    asked, *prices = bill(spec, day, settings)
    told: list[Finding] = [(None, "a day", asked)]
    if thinks:
        told.append((None, "", "and the tokens of its thoughts, which may be several times as many"))
    told += [(None, "" if n else "its price", words) for n, words in enumerate(prices)]
    minutes = (day.calls * fast.first + day.tokens_out / fast.rate) / 60
    at_once = min(settings.calls_at_once, day.calls)
    words = f"{minutes:.1f} minutes one question after the other"
    told.append((None, "its time", f"{words}, {minutes / at_once:.1f} where {at_once} at once are as fast as one"))
    return told


async def _abstracts() -> str:
    """About as much text as one question of a day."""
    papers = (await Sample().listing(DAYS[0])).papers
    return "\n\n".join(paper.abstract for paper in papers[:3])
