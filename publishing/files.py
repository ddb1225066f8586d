"""The published files of a report: written whole or not at all, and read back."""

import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from importlib import import_module
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from domain.errors import InsightsError
from domain.reports import Receipt, Report
from domain.taxonomy import Taxonomy

from . import layout, version_one
from .shapes import DEFAULT, render
from .tally import shows_trend

_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")
_PNG_START, _PNG_END = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"


T = TypeVar("T")


class PublishError(InsightsError):
    """Published files could not be written or read; the message is a sentence for the user."""


def load_pictures() -> None:
    """Imports what pictures are drawn with, which takes half a second: beside something that waits nobody feels it."""
    import_module(".trend_picture", __package__)


def pages(report: Report, taxonomy: Taxonomy, shape: str = DEFAULT) -> dict[str, bytes]:
    """What a reader sees of a report, by the name of the file: its text and its pictures. Of the same report they are
    the same bytes, wherever they are made. Raises UnknownShape for a shape that is not declared."""
    from .picture import distribution
    from .trend_picture import trend

    made = {layout.MARKDOWN: render(report, taxonomy, shape).encode()}
    distribution(report, taxonomy, picture := BytesIO())
    made[layout.picture_name(report.day)] = picture.getvalue()
    if shows_trend(report):
        trend(report, taxonomy, picture := BytesIO())
        made[layout.trend_name(report.day)] = picture.getvalue()
    return made


def write(
    report: Report,
    receipt: Receipt,
    taxonomy: Taxonomy,
    folder: Path,
    shape: str = DEFAULT,
    made: Mapping[str, bytes] | None = None,
) -> Path:
    """Publishes a report and its receipt; the report of the same day and language that was there is replaced.
    ``made``: its ``pages``, where they were made before.

    Everything is written beside its place first and then renamed into it: a crash leaves the old report or the new one,
    or for the moment between two renames neither, but never a mixture. What a crash left behind is put in order by the
    next call for that day and language. Reports of the day in other languages
    stay. One process at a time. Returns the report's own folder. Raises PublishError where files cannot be written,
    ValueError where report and receipt are not of one day and language, UnknownShape for a shape that is not declared.
    """
    if (report.day, report.language) != (receipt.day, receipt.language):
        raise ValueError(f"the report is of {report.day} {report.language}, its receipt is not")
    if not _LANGUAGE.fullmatch(report.language):
        raise ValueError(f"{report.language!r} is no language code")
    place = folder / layout.place(report.day, report.language)
    staged = folder / f".{report.day}.{report.language}.new"
    retired = folder / f".{report.day}.{report.language}.old"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _recover(place, staged, retired)
        made = made or pages(report, taxonomy, shape)
        staged.mkdir()
        for name, content in made.items():
            (staged / name).write_bytes(content)
        (staged / layout.REPORT).write_text(report.model_dump_json(indent=2) + "\n", encoding="utf-8", newline="\n")
        (staged / layout.RECEIPT).write_text(receipt.model_dump_json(indent=2) + "\n", encoding="utf-8", newline="\n")
        place.parent.mkdir(exist_ok=True)
        if place.exists():
            place.rename(retired)
        staged.rename(place)
        _recover(place, staged, retired)
    except OSError as error:
        why = error.strerror or str(error)
        raise PublishError(
            f"cannot publish the report of {report.day} in {folder}: {why}; make the folder writable or choose another"
        ) from error
    finally:
        shutil.rmtree(staged, ignore_errors=True)
    return place


def _recover(place: Path, staged: Path, retired: Path) -> None:
    """Brings order into any state in which a crash may have left the three folders."""
    if staged.exists():
        shutil.rmtree(staged)
    if not retired.exists():
        return
    if not place.exists():
        retired.rename(place)
        return
    # The Korean folder holds those of the other languages.
    for other in retired.iterdir():
        if other.is_dir() and not (place / other.name).exists():
            other.rename(place / other.name)
    shutil.rmtree(retired)


def is_whole(folder: Path, day: date, language: str) -> bool:
    """Whether the report of a day is there with all its files, each of them readable and of that day and language."""
    place = folder / layout.place(day, language)
    try:
        report = _report((place / layout.REPORT).read_bytes())
        receipt = _receipt((place / layout.RECEIPT).read_bytes())
        text = (place / layout.MARKDOWN).read_text(encoding="utf-8")
        names = [layout.picture_name(day), *([layout.trend_name(day)] if shows_trend(report) else [])]
        pictures = [(place / name).read_bytes() for name in names]
    except (OSError, ValueError):
        return False
    of_the_day = {(report.day, report.language), (receipt.day, receipt.language)} == {(day, language)}
    return of_the_day and bool(text) and all(p.startswith(_PNG_START) and p.endswith(_PNG_END) for p in pictures)


def read_report(path: Path) -> Report:
    """The report in a ``report.json`` of any version. Raises PublishError where there is none or it cannot be
    understood."""
    return _read(path, _report, "report")


def read_receipt(path: Path) -> Receipt:
    """The receipt in a ``receipt.json`` of any version. Raises PublishError, as ``read_report`` does."""
    return _read(path, _receipt, "receipt")


def _read(path: Path, parse: Callable[[bytes], T], what: str) -> T:
    try:
        return parse(path.read_bytes())
    except OSError as error:
        raise PublishError(f"cannot read {path}: {error.strerror or error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(step) for step in first["loc"]) or "the file"
        raise PublishError(f"{path} is not a {what} that this version understands: {where}: {first['msg']}") from error


class _Versioned(BaseModel):
    schema_version: int = 1


def _report(text: bytes) -> Report:
    return version_one.report(text) if _is_old(text) else Report.model_validate_json(text)


def _receipt(text: bytes) -> Receipt:
    return version_one.receipt(text) if _is_old(text) else Receipt.model_validate_json(text)


def _is_old(text: bytes) -> bool:
    return _Versioned.model_validate_json(text).schema_version == 1


def published(folder: Path, language: str) -> Iterator[Path]:
    """The ``report.json`` of every day that has one in ``language``, the oldest first; unread, so perhaps damaged."""
    days = sorted(day for entry in folder.iterdir() if (day := _day(entry.name))) if folder.is_dir() else []
    for day in days:
        path = folder / layout.place(day, language) / layout.REPORT
        if path.is_file():
            yield path


def _day(name: str) -> date | None:
    try:
        return date.fromisoformat(name)
    except ValueError:
        return None
