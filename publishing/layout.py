"""Where the files of a report lie: ``DAY/`` for Korean, ``DAY/<language>/`` for every other language."""

from datetime import date
from pathlib import PurePosixPath

MARKDOWN = "report.md"
REPORT = "report.json"
RECEIPT = "receipt.json"


def picture_name(day: date) -> str:
    return f"paper_{day.isoformat()}.png"


def file_names(day: date) -> tuple[str, ...]:
    """Every file of a whole report."""
    return MARKDOWN, REPORT, RECEIPT, picture_name(day)


def place(day: date, language: str) -> PurePosixPath:
    """The report's own folder, relative to the folder of all reports."""
    return PurePosixPath(day.isoformat(), *([] if language == "ko" else [language]))


def way_to(day: date, language: str) -> str:
    """Relative link from any report to the report of another day in the same language."""
    own = place(day, language)
    return str(PurePosixPath(*[".."] * len(own.parts), own, MARKDOWN))
