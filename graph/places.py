"""The data folder while a run is in it: held by one run of a day at a time, and found writable or told why not."""

import errno
import re
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

from filelock import FileLock, Timeout

from domain.errors import InsightsError

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EIO)
_DENIED = (errno.EACCES, errno.EPERM, errno.EROFS)
_SQLITE_FULL = re.compile(r"disk I/O error|database or disk is full")
_SQLITE_DENIED = re.compile(r"attempt to write a readonly database|unable to open database file")


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
    """Says that the disk is full or broken, or lets nobody write, whoever found that out: a node, a checkpoint, the
    journal, the index."""
    try:
        yield
    except InsightsError:
        raise
    except Exception as error:
        if told := trouble(error, folder):
            raise DataFolderError(f"{told}, and the same command goes on from there") from error
        raise


def trouble(error: BaseException, folder: Path | None = None) -> str:
    """What is wrong with the disk and what to do about it, where that is behind an error; empty where something else
    is. ``folder``: where it is thought to be."""
    where = f" in {folder}" if folder else ""
    for cause in _behind(error):
        told = str(cause)  # Chroma raises SQLite's words in errors of its own
        number = cause.errno if isinstance(cause, OSError) else None
        reason = (cause.strerror or told) if isinstance(cause, OSError) else told
        if number in _FULL or ((found := _SQLITE_FULL.search(told)) and (reason := found[0])):
            return f"nothing more can be written{where} ({reason}); make room"
        if number in _DENIED or ((found := _SQLITE_DENIED.search(told)) and (reason := found[0])):
            what = cause.filename if isinstance(cause, OSError) and cause.filename else f"a file{where}"
            return f"{what} cannot be used ({reason}); make it readable and writable"
    return ""


def _behind(error: BaseException) -> Iterator[BaseException]:
    """An error, and all that led to it."""
    yield error
    for cause in (error.__cause__, error.__context__, *getattr(error, "exceptions", ())):
        if cause:
            yield from _behind(cause)
