"""Where the files of a report lie: ``DAY/`` for Korean, ``DAY/<language>/`` for every other language."""

from datetime import date
from pathlib import PurePosixPath

from domain.languages import HOME

MARKDOWN = "report.md"
REPORT = "report.json"
RECEIPT = "receipt.json"


def picture_name(day: date) -> str:
    return f"paper_{day.isoformat()}.png"


def trend_name(day: date) -> str:
    """The picture of the days before; only a report that tells of enough of them has one."""
    return f"trend_{day.isoformat()}.png"


def place(day: date, language: str) -> PurePosixPath:
    """The report's own folder, relative to the folder of all reports."""
    return PurePosixPath(day.isoformat(), *([] if language == HOME else [language]))


def way_to(day: date, language: str) -> str:
    """Relative link from any report to the report of another day in the same language."""
    own = place(day, language)
    return str(PurePosixPath(*[".."] * len(own.parts), own, MARKDOWN))
