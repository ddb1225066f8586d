"""What a site consists of: every file, what it is made from, and how."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache, partial
from typing import NamedTuple

from . import days, feeds, paths, search_index, standing, week
from .archive import WINDOW, Archive, Card, Listed
from .render import HERE
from .site import Site


class PlannedFiles(NamedTuple):
    """One file of the site, or several that are made together."""

    paths: tuple[str, ...]
    key: str
    """Of everything it is made from; empty for what is always made."""
    make: Callable[[], tuple[str, ...]]
    """One text for each path."""


def plan(site: Site) -> Iterator[PlannedFiles]:
    """Every file of a site; home comes last, so that it never leads to a page that is not there yet."""
    archive = site.archive
    base = mark_of(code_mark(), site.taxonomy, site.interests, site.language, [other[:3] for other in site.others])
    since = _chained(archive)
    indexed = _Indexed(site, base, since)
    # Month by month, so that each report is at hand for all that is made from it.
    months = list(archive.months)
    for place, (month, cards) in enumerate(archive.months.items()):
        for card in cards:
            yield _one(site, paths.day(card.day), partial(days.day, site, card), base, *_day_inputs(site, card, since))
            for paper in search_index.firsts(archive, card):
                yield _paper(site, paper.paper_id, base, since)
        yield from indexed.month(month, cards)
        inputs = ([card.checksum for card in cards], months[max(0, place - 1) : place + 2])
        yield _one(site, paths.month(month), partial(standing.month, site, month), base, *inputs)
    yield indexed.blocks()
    yield from _categories(site, base)
    for one in site.weeks:
        # Which of its days and papers have a page decides what it leads to.
        made = [since.get(day.day) for day in one.days]
        yield _one(site, paths.week(one.week), partial(week.week_page, site, one), base, one, made)
    for key in ("", *feeds.categories(site)):
        held = feeds.cards(site, key)
        inputs = (base, site.address, [card.checksum for card in held], [since[card.day] for card in held])
        yield PlannedFiles(paths.feeds(key), mark_of(*inputs), partial(feeds.feeds, site, key))
    always: tuple[tuple[str, Callable[[Site], str]], ...] = (
        (paths.ARCHIVE, standing.archive),
        (paths.TRENDS, standing.trends),
        (paths.SEARCH, standing.search),
        (paths.ABOUT, standing.about),
        (paths.HOME, days.home),
    )
    yield from (PlannedFiles((path,), "", partial(_alone, partial(make, site))) for path, make in always)


def _alone(make: Callable[[], str]) -> tuple[str, ...]:
    return (make(),)


def _one(site: Site, path: str, make: Callable[[], str], *inputs: object) -> PlannedFiles:
    elsewhere = [path in other.pages for other in site.others]
    return PlannedFiles((path,), mark_of(*inputs, elsewhere), partial(_alone, make))


def _paper(site: Site, paper_id: str, base: str, since: Mapping[object, str]) -> PlannedFiles:
    held = site.archive.papers[paper_id]
    checksums = [site.archive.by_day[one.day].checksum for one in held]
    inputs = (checksums, since[held[-1].day], site.archive.continued.get(paper_id, ()))
    return _one(site, paths.paper(paper_id), partial(standing.paper, site, paper_id), base, *inputs)


def _day_inputs(site: Site, card: Card, since: Mapping[object, str]) -> tuple[object, ...]:
    before, after = site.archive.beside(card.day)
    window = site.archive.before(card.day, WINDOW)
    placed = sum(1 for one in (*window, card) for paper in one.papers if paper.paper_id in site.vectors)
    return (
        since[card.day],
        [one.checksum for one in (*window, card)],
        [one.day if one else None for one in (before, after)],
        placed,
    )


def _categories(site: Site, base: str) -> Iterator[PlannedFiles]:
    keys = list(site.archive.firsts)
    for key in site.taxonomy.order(category.key for category in site.taxonomy.all):
        held = site.archive.firsts.get(key, ())
        months: dict[str, list[Listed]] = {}
        for one in held:
            months.setdefault(f"{one.day:%Y-%m}", []).append(one)
        inputs = (base, keys, list(months))
        newest = held[-standing.NEWEST :]
        yield _one(site, paths.category(key), partial(standing.category, site, key), *inputs, newest, len(held))
        for month, papers in months.items():
            yield _one(site, paths.category(key, month), partial(standing.category, site, key, month), *inputs, papers)


class _Indexed:
    """The files of the search."""

    def __init__(self, site: Site, base: str, since: Mapping[object, str]) -> None:
        self._archive, self._base, self._since = site.archive, base, since
        self._categories = {category.key: category.name(site.language) for category in site.taxonomy.all}
        held = (name for card in site.archive.cards for paper in card.papers for name in paper.sources)
        self._sources = {name: site.words.source(name) for name in dict.fromkeys(held)}

    def month(self, month: str, cards: Sequence[Card]) -> Iterator[PlannedFiles]:
        archive, since = self._archive, self._since
        files = (f"search/{month}.js", *(f"search/{month}.{n}.js" for n in range(search_index.BUCKETS)))
        key = mark_of(self._base, [card.checksum for card in cards], since[cards[-1].day], tuple(self._sources))
        make = partial(search_index.month, archive, cards, tuple(self._categories), tuple(self._sources))
        yield PlannedFiles(files, key, lambda: tuple(file.text for file in make()))
        for card in cards:
            key = mark_of(self._base, card.checksum, since[card.day])
            yield PlannedFiles(
                (f"search/{card.day}.js",), key, partial(_texts, partial(search_index.day, archive, card))
            )

    def blocks(self) -> PlannedFiles:
        make = partial(search_index.blocks, self._archive, self._categories, self._sources)
        return PlannedFiles(("search/blocks.js",), "", partial(_texts, make))


def _texts(make: Callable[[], search_index.File]) -> tuple[str, ...]:
    return (make().text,)


def _chained(archive: Archive) -> dict[object, str]:
    """For each day a mark of which days stand before it: what a page links to, and which day is a paper's first."""
    marks: dict[object, str] = {}
    mark = ""
    for card in archive.cards:
        mark = marks[card.day] = mark_of(mark, card.day)
    return marks


def mark_of(*inputs: object) -> str:
    """Equal for equal inputs, in every process."""
    return hashlib.sha256(repr(inputs).encode()).hexdigest()[:16]


@cache
def code_mark() -> str:
    """A mark of everything by which pages are made: code, words, templates, styles."""
    held = hashlib.sha256()
    for folder in (HERE.parent, HERE.parents[1] / "domain"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg", ".toml"):
                held.update(path.read_bytes())
    return held.hexdigest()
