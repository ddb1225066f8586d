"""Builds the site: every page once, and after that only those whose inputs have changed."""

import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import Field, ValidationError

from domain.interests import Interests
from domain.languages import HOME
from domain.taxonomy import Taxonomy
from domain.value import Value
from publishing.files import PublishError
from publishing.weeks import read_weeks

from . import paths
from .archive import Archive, Card, languages, read_archive
from .maps import PaperVectors
from .plan import code_mark, mark_of, plan
from .render import HERE
from .site import Other, Site
from .words import site_words

MANIFEST = ".insights-site.json"
"""What was built of what; it also marks a folder as a site that may be built again."""
_STATIC = (paths.STYLE, paths.SCRIPT, paths.SEARCHER, paths.ICON)


class Manifest(Value):
    """What was built of what."""

    pages: dict[str, str] = Field(default_factory=dict)
    """The mark of everything that each file was made from."""
    mark: str = ""
    """Of the code and the taxonomy that made the cards."""
    cards: dict[str, Card] = Field(default_factory=dict)
    """Days in little, by the checksum of their report."""


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
    language: str = HOME,
    interests: Interests | None = None,
    vectors: PaperVectors | None = None,
    weeks: Path | None = None,
    address: str = "",
) -> Built:
    """Makes the site of all published days in ``folder``: ``language`` at its root, or the first one that has a report
    where it has none; the others in folders.

    ``weeks``: folder of all weeks in review. ``address``: where the site will be reached, for its feeds.

    Pages that are up to date are left alone, those that are no longer wanted are removed, files of others stay. Raises
    PublishError where the folder holds something else or cannot be written.
    """
    order = in_order(reports, language)
    try:
        _see_that_it_is_ours(folder)
        folder.mkdir(parents=True, exist_ok=True)
        mark = mark_of(code_mark(), taxonomy)
        known = {code: _known(folder / place_of(code, order) / MANIFEST, mark) for code in order}
        archives = {code: read_archive(reports, code, taxonomy, known[code].cards) for code in order}
        built = Built(folder, 0, 0, 0, 0, ())
        for code, archive in archives.items():
            place = place_of(code, order)
            site = Site(
                archive=archive,
                interests=interests or Interests(),
                vectors=vectors or {},
                others=tuple(_others(code, archives)),
                weeks=tuple(read_weeks(weeks, code)) if weeks else (),
                address=paths.address(address, place),
            )
            built = _sum(built, _build(site, folder / place, known[code].pages, mark))
    except OSError as error:
        raise PublishError(f"the site cannot be written in {folder}: {error.strerror or error}") from error
    return built


def in_order(reports: Path, language: str) -> tuple[str, ...]:
    """The languages of a site, the one at its root first."""
    spoken = languages(reports)
    return (language, *(code for code in spoken if code != language)) if language in spoken else spoken or (language,)


def _see_that_it_is_ours(folder: Path) -> None:
    manifest = folder / MANIFEST
    # The draft alone is of a build that ended before its first file was whole.
    held = set(folder.iterdir()) - {_draft(manifest)} if folder.is_dir() else ()
    if held and not manifest.is_file():
        raise PublishError(f"{folder} holds something that is no site of ours; name an empty folder")


def place_of(language: str, order: tuple[str, ...]) -> str:
    """The folder of a language in its site; empty for the root."""
    return "" if language == order[0] else language


def _others(language: str, archives: Mapping[str, Archive]) -> Iterator[Other]:
    order = tuple(archives)
    up = "../" if place_of(language, order) else ""
    for other, archive in archives.items():
        if other != language and archive.cards:
            pages = [*map(paths.day, archive.by_day), *map(paths.paper, archive.papers)]
            way = f"{up}{place_of(other, order)}/" if place_of(other, order) else up
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
    """The site of one language. Its manifest is empty while files are written: after a crash all of them are made
    again."""
    folder.mkdir(parents=True, exist_ok=True)
    manifest = folder / MANIFEST
    now: dict[str, str] = {}
    written = 0
    for planned in plan(site):
        now |= dict.fromkeys(planned.paths, planned.key)
        if planned.key and all(known.get(path) == planned.key and (folder / path).is_file() for path in planned.paths):
            continue
        if planned.key and not written:
            _write(manifest, Manifest().model_dump_json())
        for path, text in zip(planned.paths, planned.make(), strict=True):
            written += _write(folder / path, text)
    gone = [path for path in known if path not in now]
    for path in gone:
        (folder / path).unlink(missing_ok=True)
    for name in _STATIC:
        shutil.copyfile(HERE / "static" / name, folder / name)
    cards = {card.checksum: card for card in site.archive.cards}
    _write(manifest, Manifest(pages=now, mark=mark, cards=cards).model_dump_json())
    unread = tuple(f"{day}: {why}" for day, why in site.archive.unread)
    return Built(folder, len(now) + len(_STATIC), written, len(gone), len(site.archive.cards), unread)


def _known(manifest: Path, mark: str) -> Manifest:
    """What was built before; cards only where the same code made them. One that cannot be read is none."""
    try:
        found = Manifest.model_validate_json(manifest.read_bytes())
    except (OSError, ValidationError):
        return Manifest()
    return found if found.mark == mark else Manifest(pages=found.pages)


def _write(path: Path, text: str) -> bool:
    """Whole or not at all; False where it stands there already."""
    content = text.encode()
    if path.is_file() and path.stat().st_size == len(content) and path.read_bytes() == content:
        return False
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = _draft(path)
    fresh.write_bytes(content)
    fresh.replace(path)
    return True


def _draft(path: Path) -> Path:
    return path.with_name(f".{path.name}.new")
