"""One language's site: what all of its pages are made from, and the ways between them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import NamedTuple

from domain.interests import Interests, Match, matches, muted
from domain.papers import Paper
from domain.taxonomy import Taxonomy
from domain.weeks import Week, WeekId
from publishing.page import Page
from publishing.words import PageWords, words

from . import paths
from .archive import Archive, Card
from .charts import hues
from .maps import PaperVectors
from .words import SiteWords, site_words


class Other(NamedTuple):
    """The site of another language, beside this one."""

    language: str
    name: str
    """What the language calls itself."""
    way: str
    """From this site's root to its root."""
    pages: frozenset[str]
    """Paths of its days and papers."""


@dataclass(frozen=True)
class Site:
    """Everything the pages of one language are made from."""

    archive: Archive
    interests: Interests
    vectors: PaperVectors
    others: tuple[Other, ...] = ()
    weeks: tuple[Week, ...] = ()
    """The weeks in review that are published, the oldest first."""
    address: str = ""
    """Where its root can be reached, with a ``/`` at its end; empty where nobody said."""

    @property
    def language(self) -> str:
        return self.archive.language

    @property
    def taxonomy(self) -> Taxonomy:
        return self.archive.taxonomy

    @cached_property
    def words(self) -> PageWords:
        return words(self.language)

    @cached_property
    def own_words(self) -> SiteWords:
        return site_words(self.language)

    @cached_property
    def hues(self) -> Mapping[str, int]:
        return hues(self.taxonomy)

    @property
    def newest(self) -> Card | None:
        return self.archive.cards[-1] if self.archive.cards else None

    def why(self, page: Page, paper_id: str) -> tuple[Match, ...]:
        """Why a paper of a day is for this reader; the papers that come again are known already."""
        if paper_id in page.returning:
            return ()
        return matches(self.interests, *self._judged(page, paper_id))

    def muted(self, page: Page, paper_id: str) -> str:
        """The word by which this reader has a paper folded; empty where there is none."""
        paper, _, told = self._judged(page, paper_id)
        return muted(self.interests, paper, told)

    def _judged(self, page: Page, paper_id: str) -> tuple[Paper, str, Iterable[str]]:
        told = (page.name(paper_id), *(claim.text for claim in page.told.get(paper_id, ())))
        return page.paper(paper_id), page.categories[paper_id], told

    def week_name(self, week: str) -> str:
        """``2026-W47`` in words."""
        year, number = WeekId.read(week)
        return self.own_words.week_title.format(year=year, number=number)

    def month_name(self, month: str) -> str:
        """``2026-11`` in words."""
        year, number = month.split("-")
        return self.own_words.month.format(year=year, month=self.words.months[int(number) - 1])


@dataclass(frozen=True)
class Way:
    """The links from one page of a site; empty where the site has no page to lead to."""

    site: Site
    here: str
    base: str | None = ""
    """The site's address with a ``/`` at its end, for what is read elsewhere; None where no site can be reached."""

    @cached_property
    def root(self) -> str:
        return self.base or paths.root(self.here)

    def to(self, path: str) -> str:
        return self.root + path

    def day(self, day: date, paper_id: str = "") -> str:
        if self.base is None or day not in self.site.archive.by_day:
            return ""
        return self.to(paths.day(day)) + (f"#p-{paths.slug(paper_id)}" if paper_id else "")

    def paper(self, paper_id: str, part: str = "") -> str:
        if self.base is None or paper_id not in self.site.archive.papers:
            return ""
        return self.to(paths.paper(paper_id)) + (f"#{part}" if part else "")

    def category(self, key: str, month: str = "") -> str:
        return self.to(paths.category(key, month)) if self.base is not None else ""

    def month(self, month: str) -> str:
        return self.to(paths.month(month))

    def other(self, other: Other) -> str:
        """This page in another language, or that language's newest report."""
        standing = (paths.ARCHIVE, paths.TRENDS, paths.SEARCH, paths.ABOUT)
        there = self.here in other.pages or self.here in standing
        return self.root + other.way + (self.here if there else paths.HOME)
