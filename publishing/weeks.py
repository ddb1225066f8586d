"""The published files of a week: its data, and its page as Markdown."""

import shutil
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from domain.languages import HOME
from domain.weeks import Week

from .files import PublishError

JSON, MARKDOWN = "week.json", "week.md"


def place(folder: Path, week: str, language: str) -> Path:
    """The week's own folder, as a day's: other languages lie in it."""
    return folder / week if language == HOME else folder / week / language


def write(week: Week, text: str, folder: Path) -> Path:
    """Publishes a week in the folder of all weeks, in place of what was there; its own folder. Raises PublishError."""
    own = place(folder, week.week, week.language)
    try:
        own.mkdir(parents=True, exist_ok=True)
        for name, content in ((MARKDOWN, text), (JSON, week.model_dump_json(indent=2) + "\n")):
            fresh = own / f".{name}.new"
            fresh.write_text(content, encoding="utf-8", newline="\n")
            shutil.move(fresh, own / name)
    except OSError as error:
        raise PublishError(f"cannot publish the week in {own}: {error.strerror or error}") from error
    return own


def read_weeks(folder: Path, language: str) -> Iterator[Week]:
    """Every published week of a language, the oldest first; one that cannot be understood is left out, as the command
    that made it makes it again."""
    for entry in sorted(folder.iterdir()) if folder.is_dir() else []:
        path = place(folder, entry.name, language) / JSON
        if path.is_file():
            try:
                yield Week.model_validate_json(path.read_bytes())
            except (OSError, ValidationError):
                continue
