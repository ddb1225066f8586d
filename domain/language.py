"""What a language of reports consists of."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple, Protocol

from .boilerplate import Boilerplate
from .prose import Prose
from .rates import RateRatio
from .readings import Readings
from .site_wording import SiteWords
from .speaking import Speaking
from .wording import AuditWords, PageWords, Shell


class Facts(Protocol):
    """The sentences of facts about other days: what was counted, over which days, and how sure that is."""

    def moved(
        self,
        name: str,
        now: int,
        of_now: int,
        before: int,
        of_before: int,
        days: int,
        found: RateRatio,
        week: RateRatio,
        week_days: int,
    ) -> str:
        """A category that has papers today and had some before; ``week`` is told where it is not all the days
        before."""
        ...

    def first(self, name: str, now: int, of_now: int, of_before: int, days: int, found: RateRatio) -> str:
        """A category that had no paper before."""
        ...

    def absent(
        self, name: str, of_now: int, before: int, of_before: int, days: int, present: int, found: RateRatio
    ) -> str:
        """A regular category without a paper today."""
        ...

    def topic(
        self,
        name: str,
        now: int,
        of_now: int,
        days: int,
        before: int,
        of_before: int,
        earlier: int,
        z: float,
        p: float,
    ) -> str:
        """A topic that moved: papers with it, all papers and days of the later window, then of the earlier."""
        ...

    def few(self, held: int, needed: int) -> str:
        """Too little memory for trends."""
        ...

    def calm(self, days: int) -> str:
        """A day on which nothing stands out."""
        ...

    def continuing(self, title: str, earlier: str, day: date, authors: int) -> str:
        """A paper that takes up the subject of an earlier one; ``authors``: how many they share, where that is what
        ties them, else 0."""
        ...


class Tone(NamedTuple):
    """On what the sentences of a page end, so that all speak alike."""

    sentences: tuple[str, ...]
    headlines: tuple[str, ...]
    """Those of a headline, which is no such sentence."""


@dataclass(frozen=True)
class Language:
    """One language. Its code is the name of its folder."""

    code: str
    name: str
    """Its name in English, as models and rules are told it."""
    script: str
    """What its letters are called, in English."""
    letters: re.Pattern[str]
    """A run of them."""
    page: PageWords
    audit: AuditWords
    shell: Shell
    facts: Facts
    site: SiteWords | None = None
    """Words of the site; the English ones stand in."""
    drawn: bool = True
    """The font of the pictures has its letters."""
    papers: tuple[str, str] = ("the paper", "papers")
    """What one paper of a report, and several, are called in it."""
    readings: Readings = field(default_factory=Readings)
    """How it writes figures, and what it says of them."""
    prose: Prose = field(default_factory=Prose)
    """How abstracts in it are written."""
    boilerplate: Boilerplate = field(default_factory=Boilerplate)
    """How reports in it are built, whoever wrote them."""
    speaking: Speaking = field(default_factory=Speaking)
    """How people speak in it to who reads a paper, and how papers report."""
    names: Mapping[str, str] = field(default_factory=dict[str, str])
    """Of categories and topics, by key, where the lists in ``prompts/`` do not name them in it."""
    question_endings: str = ""
    """What is cut off the words of a question before they are looked up, as a regular expression."""
    question_words: frozenset[str] = frozenset()
    """Words of a question that are not looked up."""
    pace: int = 450
    """Letters of it that are read in a minute; Latin ones are read in words."""
    tone: Tone | None = None
    """How the sentences of its pages end, where that is one way."""
    heading: str = "Today's AI papers"
    """Above a page of which nobody is to see who made it."""
    lengths: tuple[int, int, str] = field(default=(6, 16, "words"))
    """How long the explanation of a term is: from, to, of what."""

    @property
    def latin(self) -> bool:
        """Whether it is written in Latin letters, as names are in every language."""
        return self.letters.match("a") is not None
