"""The data folder while a run is in it: held by one run of a day at a time, and found writable or told why not."""

import errno
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from domain.errors import InsightsError

_SQLITE_FULL = re.compile(r"disk I/O error|database or disk is full")


class DayBusy(InsightsError):
    """Another process is running the same day."""


class DataFolderError(InsightsError):
    """The data folder cannot be used; the text says why."""


@contextmanager
def one_run(folder: Path, day: date, wait: float = 0) -> Generator[None]:
    """Holds the day's lock; the system frees it when the process dies, however it dies. ``wait``: seconds for whoever
    has it."""
    try:
        for name in ("locks", "runs"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        lock = FileLock(folder / "locks" / f"{day}.lock")
        lock.acquire(timeout=wait)
    except Timeout:
        raise DayBusy(f"another run of {day} is under way in {folder}; wait for it, or stop it") from None
    except OSError as error:
        raise DataFolderError(
            f"the data folder {folder} cannot be written ({error.strerror or error}); "
            "make it writable or choose another with --data"
        ) from None
    try:
        yield
    finally:
        lock.release()


@contextmanager
def room(folder: Path) -> Generator[None]:
    """Says that the disk is full or broken, whoever found that out: a node, a checkpoint, the journal, the index."""
    try:
        yield
    except InsightsError:
        raise
    except Exception as error:
        for cause in _behind(error):
            if reason := _unwritable(cause):
                raise DataFolderError(
                    f"nothing more can be written in {folder} ({reason}); make room, and the same command goes on from "
                    "there"
                ) from error
        raise


def _behind(error: BaseException) -> Iterator[BaseException]:
    """An error, and all that led to it."""
    yield error
    for cause in (error.__cause__, error.__context__, *getattr(error, "exceptions", ())):
        if cause:
            yield from _behind(cause)


def _unwritable(error: BaseException) -> str:
    if isinstance(error, OSError):
        full = error.errno in (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)
        return error.strerror or str(error) if full else ""
    told = _SQLITE_FULL.search(str(error))  # Chroma raises SQLite's words in errors of its own
    return told[0] if told else ""
