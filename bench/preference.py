"""Which of two pages a reader would rather have: a model is asked blind, in both orders, and held to its own word."""

import asyncio
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import aclosing
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from pydantic import Field
from scipy.stats import binomtest  # pyright: ignore[reportUnknownVariableType]

import prompts
from domain.languages import find
from domain.value import Value
from graph.settings import Settings
from models.llm import LLM

from .as_read import SIGNS, as_read, blind
from .compare import Case, Comparison
from .replay import context_of

DIGEST = "digest"


class Preference(Value):
    """What the reading model answers."""

    why: str = Field(description="one or two sentences")
    choice: Literal["first", "second"]


class DayChoice(Value):
    """One day's pages of two versions, read in both orders."""

    day: str
    pair: tuple[str, str]
    """``A``, ``B`` or ``digest``."""
    chosen: tuple[str, str]
    """By order: as named, and the other way round."""
    why: tuple[str, str]

    @property
    def agrees(self) -> bool:
        """It chose the same page, wherever that stood."""
        return self.chosen[0] == self.chosen[1]


class HeadToHead(Value):
    """Two versions over all days."""

    pair: tuple[str, str]
    wins: tuple[int, int]
    """Days on which the page was chosen in both orders."""
    undecided: int
    """Days on which the choice followed the order."""
    low: float
    """Bounds of Wilson's 95 % interval of the second one's share of the decided days."""
    high: float

    @property
    def verdict(self) -> str:
        first, second = self.pair
        if self.low > 0.5:
            return f"{second} is preferred"
        if self.high < 0.5:
            return f"{first} is preferred"
        return "cannot tell"


class Preferences(Value):
    """All that was asked."""

    reader: str
    """The model."""
    choices: tuple[DayChoice, ...]
    asked: int
    recalled: int

    @property
    def agreement(self) -> float:
        """How often it agreed with itself, 0–1."""
        return sum(choice.agrees for choice in self.choices) / len(self.choices)

    @property
    def first_places(self) -> tuple[int, int]:
        """How often it chose the page that it was shown first, of how many times."""
        first = sum((c.chosen[0] == c.pair[0]) + (c.chosen[1] == c.pair[1]) for c in self.choices)
        return first, 2 * len(self.choices)

    @property
    def standings(self) -> tuple[HeadToHead, ...]:
        return tuple(
            _standing(pair, [c for c in self.choices if c.pair == pair])
            for pair in dict.fromkeys(choice.pair for choice in self.choices)
        )


async def prefer(
    found: Comparison, days: Sequence[Case], settings: Settings, *, say: Callable[[str], None] = lambda _: None
) -> Preferences:
    """Asks about the pages of a comparison: A, B and the digest, each with each. Raises ModelFailed and StopRun."""
    settings = settings.model_copy(update={"language": found.a.language or settings.language})
    named = {"A": found.sides[0], "B": found.sides[1]} | ({DIGEST: found.sides[2]} if found.sides[2] else {})
    words = find(settings.language)
    choices: list[DayChoice] = []
    asked = recalled = 0
    reader = ""
    for case in days:
        say(f"reading {case.frozen.day}")
        day = case.frozen.day.isoformat()
        pages = {
            name: as_read(blind(side.pages[day], words.heading, promise=words.page.checked, hide=SIGNS).text)
            for name, side in named.items()
            if side
        }
        with tempfile.TemporaryDirectory() as folder:
            context = context_of(case.frozen, settings, data=Path(folder), edited={}, answers=case.answers)
            async with aclosing(context):
                context.meter.start(case.frozen.day, settings.language)
                assert context.judge
                reader = context.judge.name
                pairs = list(combinations(pages, 2))
                choices += await asyncio.gather(
                    *(_choose(day, pair, pages, settings.language, context.judge) for pair in pairs)
                )
                usage = await asyncio.to_thread(context.meter.usage)
        asked += sum(one.calls - one.cached for one in usage)
        recalled += sum(one.cached for one in usage)
    return Preferences(reader=reader, choices=tuple(choices), asked=asked, recalled=recalled)


async def _choose(day: str, pair: tuple[str, str], pages: dict[str, str], language: str, llm: LLM) -> DayChoice:
    chosen: list[str] = []
    why: list[str] = []
    for order in (pair, pair[::-1]):
        first, second = (pages[name] for name in order)
        said = await llm.ask(
            f"{language}/prefer", Preference, first=first, second=second, fence=prompts.fence((first, second))
        )
        chosen.append(order[0] if said.choice == "first" else order[1])
        why.append(said.why)
    return DayChoice(day=day, pair=pair, chosen=(chosen[0], chosen[1]), why=(why[0], why[1]))


def _standing(pair: tuple[str, str], choices: Sequence[DayChoice]) -> HeadToHead:
    wins = Counter(choice.chosen[0] for choice in choices if choice.agrees)
    decided = wins[pair[0]] + wins[pair[1]]
    low, high = 0.0, 1.0
    if decided:
        interval: Any = binomtest(wins[pair[1]], decided).proportion_ci(0.95, "wilson")
        low, high = float(interval.low), float(interval.high)
    return HeadToHead(
        pair=pair, wins=(wins[pair[0]], wins[pair[1]]), undecided=len(choices) - decided, low=low, high=high
    )
