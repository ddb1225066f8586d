"""Builds the site: every page once, and after that only those whose inputs have changed."""

import hashlib
import shutil
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError

from domain.interests import Interests
from domain.taxonomy import Taxonomy
from domain.value import Value
from publishing.files import PublishError

from . import days, feeds, index, paths, standing
from .archive import WINDOW, Archive, Card, Listed, languages, read_archive
from .maps import Vectors
from .render import HERE
from .site import Other, Site
from .words import site_words

RECORD = ".insights-site.json"
"""What was built of what; it also marks a folder as a site that may be built again."""
_STATIC = (paths.STYLE, paths.SCRIPT, paths.SEARCHER, paths.ICON)


class Record(Value):
    """What was built of what."""

    pages: dict[str, str] = Field(default_factory=dict)
    """The mark of everything that each file was made from."""
    mark: str = ""
    """Of the code and the taxonomy that made the cards."""
    cards: dict[str, Card] = Field(default_factory=dict)
    """Days in little, by the digest of their report."""


class Planned(NamedTuple):
    """One file of the site, or several that are made together."""

    paths: tuple[str, ...]
    key: str
    """Of everything it is made from; empty for what is always made."""
    make: Callable[[], tuple[str, ...]]
    """One text for each path."""


class Built(NamedTuple):
    """What a build did."""

    folder: Path
    files: int
    written: int
    removed: int
    days: int
    unread: tuple[str, ...]
    """Reports that could not be read, and why; their days have no page."""


def build(
    reports: Path,
    folder: Path,
    taxonomy: Taxonomy,
    *,
    language: str = "ko",
    interests: Interests | None = None,
    vectors: Vectors | None = None,
    address: str = "",
) -> Built:
    """Makes the site of all published days in ``folder``: ``language`` at its root, or the first one that has a report
    where it has none; the others in folders.

    ``address``: where it will be reached, for its feeds.

    Pages that are up to date are left alone, those that are no longer wanted are removed, files of others stay. Raises
    PublishError where the folder holds something else or cannot be written.
    """
    spoken = languages(reports)
    order = (language, *(code for code in spoken if code != language)) if language in spoken else spoken or (language,)
    try:
        _see_that_it_is_ours(folder)
        folder.mkdir(parents=True, exist_ok=True)
        mark = _hash(_code(), taxonomy)
        known = {code: _known(folder / _place(code, order) / RECORD, mark) for code in order}
        archives = {code: read_archive(reports, code, taxonomy, known[code].cards) for code in order}
        built = Built(folder, 0, 0, 0, 0, ())
        for code, archive in archives.items():
            place = _place(code, order)
            others = tuple(_others(code, archives))
            site = Site(archive, interests or Interests(), vectors or {}, others, paths.address(address, place))
            built = _sum(built, _build(site, folder / place, known[code].pages, mark))
    except OSError as error:
        raise PublishError(f"the site cannot be written in {folder}: {error.strerror or error}") from error
    return built


def _see_that_it_is_ours(folder: Path) -> None:
    if folder.is_dir() and any(folder.iterdir()) and not (folder / RECORD).is_file():
        raise PublishError(f"{folder} holds something that is no site of ours; name an empty folder")


def _place(language: str, order: tuple[str, ...]) -> str:
    return "" if language == order[0] else language


def _others(language: str, archives: Mapping[str, Archive]) -> Iterator[Other]:
    order = tuple(archives)
    up = "../" if _place(language, order) else ""
    for other, archive in archives.items():
        if other != language and archive.cards:
            pages = [*map(paths.day, archive.by_day), *map(paths.paper, archive.papers)]
            way = f"{up}{_place(other, order)}/" if _place(other, order) else up
            yield Other(other, site_words(other).own_name, way, frozenset(pages))


def _sum(one: Built, other: Built) -> Built:
    return Built(
        one.folder,
        one.files + other.files,
        one.written + other.written,
        one.removed + other.removed,
        one.days + other.days,
        one.unread + other.unread,
    )


def _build(site: Site, folder: Path, known: Mapping[str, str], mark: str) -> Built:
    """The site of one language. The record is written last: what a crash left undone is done by the next build."""
    folder.mkdir(parents=True, exist_ok=True)
    record = folder / RECORD
    if not record.is_file():
        _write(record, Record().model_dump_json())
    now: dict[str, str] = {}
    written = 0
    for planned in plan(site):
        now |= dict.fromkeys(planned.paths, planned.key)
        if planned.key and all(known.get(path) == planned.key and (folder / path).is_file() for path in planned.paths):
            continue
        for path, text in zip(planned.paths, planned.make(), strict=True):
            written += _write(folder / path, text)
    gone = [path for path in known if path not in now]
    for path in gone:
        (folder / path).unlink(missing_ok=True)
    for name in _STATIC:
        shutil.copyfile(HERE / "static" / name, folder / name)
    cards = {card.digest: card for card in site.archive.cards}
    _write(record, Record(pages=now, mark=mark, cards=cards).model_dump_json())
    unread = tuple(f"{day}: {why}" for day, why in site.archive.unread)
    return Built(folder, len(now) + len(_STATIC), written, len(gone), len(site.archive.cards), unread)


def _known(record: Path, mark: str) -> Record:
    """What was built before; cards only where the same code made them. A record that cannot be read is none."""
    try:
        found = Record.model_validate_json(record.read_bytes())
    except (OSError, ValidationError):
        return Record()
    return found if found.mark == mark else Record(pages=found.pages)


def _write(path: Path, text: str) -> bool:
    """Whole or not at all; False where it stands there already."""
    content = text.encode()
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_name(f".{path.name}.new")
    fresh.write_bytes(content)
    fresh.replace(path)
    return True


def plan(site: Site) -> Iterator[Planned]:
    """Every file of a site; home comes last, so that it never leads to a page that is not there yet."""
    archive = site.archive
    base = _hash(_code(), site.taxonomy, site.interests, site.language, [other[:3] for other in site.others])
    since = _chained(archive)
    for card in archive.cards:
        yield _one(site, paths.day(card.day), partial(days.day, site, card), base, *_day_inputs(site, card, since))
        # Beside its day, whose report is at hand then.
        for paper in index.firsts(archive, card):
            id = paper.paper_id
            held = archive.papers[id]
            digests = [archive.by_day[one.day].digest for one in held]
            inputs = (digests, since[held[-1].day], archive.continued.get(id, ()))
            yield _one(site, paths.paper(id), partial(standing.paper, site, id), base, *inputs)
    yield from _categories(site, base)
    months = list(archive.months)
    for place, month in enumerate(months):
        inputs = ([card.digest for card in archive.months[month]], months[max(0, place - 1) : place + 2])
        yield _one(site, paths.month(month), partial(standing.month, site, month), base, *inputs)
    yield from _index(site, base, since)
    for key in ("", *feeds.categories(site)):
        held = feeds.cards(site, key)
        inputs = (base, site.address, [card.digest for card in held], [since[card.day] for card in held])
        yield Planned(paths.feeds(key), _hash(*inputs), partial(feeds.feeds, site, key))
    always: tuple[tuple[str, Callable[[Site], str]], ...] = (
        (paths.ARCHIVE, standing.archive),
        (paths.TRENDS, standing.trends),
        (paths.SEARCH, standing.search),
        (paths.ABOUT, standing.about),
        (paths.HOME, days.home),
    )
    yield from (Planned((path,), "", partial(_alone, partial(make, site))) for path, make in always)


def _alone(make: Callable[[], str]) -> tuple[str, ...]:
    return (make(),)


def _one(site: Site, path: str, make: Callable[[], str], *inputs: object) -> Planned:
    elsewhere = [path in other.pages for other in site.others]
    return Planned((path,), _hash(*inputs, elsewhere), partial(_alone, make))


def _day_inputs(site: Site, card: Card, since: Mapping[object, str]) -> tuple[object, ...]:
    before, after = site.archive.beside(card.day)
    window = site.archive.before(card.day, WINDOW)
    placed = sum(1 for one in (*window, card) for paper in one.papers if paper.paper_id in site.vectors)
    return (
        since[card.day],
        [one.digest for one in (*window, card)],
        [one.day if one else None for one in (before, after)],
        placed,
    )


def _categories(site: Site, base: str) -> Iterator[Planned]:
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


def _index(site: Site, base: str, since: Mapping[object, str]) -> Iterator[Planned]:
    archive, words = site.archive, site.words
    names = {c.key: c.name(site.language) for c in site.taxonomy.all}
    sources = tuple(dict.fromkeys(name for card in archive.cards for paper in card.papers for name in paper.sources))
    for month, cards in archive.months.items():
        key = _hash(base, [card.digest for card in cards], since[cards[-1].day], sources)
        files = (f"search/{month}.js", *(f"search/{month}.{n}.js" for n in range(index.BUCKETS)))
        make = partial(index.month, archive, cards, tuple(names), sources)
        yield Planned(files, key, lambda make=make: tuple(file.text for file in make()))
    for card in archive.cards:
        path = f"search/{card.day}.js"
        yield Planned(
            (path,),
            _hash(base, card.digest, since[card.day]),
            lambda card=card: (index.day(archive, card).text,),
        )
    told = {name: words.source(name) for name in sources}
    yield Planned(("search/blocks.js",), "", lambda: (index.blocks(archive, names, told).text,))


def _chained(archive: Archive) -> dict[object, str]:
    """For each day a mark of which days stand before it: what a page links to, and which day is a paper's first."""
    marks: dict[object, str] = {}
    mark = ""
    for card in archive.cards:
        mark = marks[card.day] = _hash(mark, card.day)
    return marks


def _hash(*inputs: object) -> str:
    return hashlib.sha256(repr(inputs).encode()).hexdigest()[:16]


@cache
def _code() -> str:
    """A mark of everything by which pages are made: code, words, templates, styles."""
    held = hashlib.sha256()
    for folder in (HERE.parent, HERE.parents[1] / "domain"):
        for path in sorted(folder.rglob("*")):
            if path.suffix in (".py", ".html", ".css", ".js", ".svg", ".toml"):
                held.update(path.read_bytes())
    return held.hexdigest()
