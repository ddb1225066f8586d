"""What can go wrong in the world, told to whoever runs the program."""

from dataclasses import dataclass
from pathlib import Path


class InsightsError(RuntimeError):
    """Its text is a whole sentence that a user can act on; whatever else is raised is a bug of ours.

    A RuntimeError, because LangGraph's server shows Studio the text of Python's own kinds of error and of no others.
    """


class UsageError(InsightsError):
    """A slip of whoever asked, in a flag, a setting or a file: it has to be mended before anything can be done."""


@dataclass(frozen=True)
class Slip:
    """What is wrong at one place of a file that a person edits, and what was expected there."""

    path: Path
    line: int
    """From 1, which also stands for the file as a whole."""
    text: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.text}"


class FileError(UsageError):
    """A file that a person edits cannot be used as it is; it knows every slip that was found, the first one is told."""

    def __init__(self, first: Slip, *others: Slip) -> None:
        more = f" (and {len(others)} more; 'insights check' lists them)" if others else ""
        super().__init__(f"{first}{more}")
        self.slips = (first, *others)
