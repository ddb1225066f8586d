"""One file that holds a whole memory: its ledger. The index is made from it again, with nothing embedded anew."""

import os
import shutil
import sqlite3
import tempfile
import zipfile
from contextlib import ExitStack, closing
from pathlib import Path

from .chroma import discard
from .database import SCHEMA, Database
from .errors import ForeignMemory, MemoryUnavailable
from .owner import own

LEDGER = "ledger.sqlite"


def pack(database: Database, target: Path) -> Path:
    """Writes the archive, whole or not at all. Raises MemoryUnavailable where there is a file already, and OSError."""
    target = target.expanduser()
    if target.exists():
        raise MemoryUnavailable(f"{target} is there already, and a copy never takes another's place: name a new file.")
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{target.name}-", dir=target.parent) as beside:
        copy, archive = Path(beside) / LEDGER, Path(beside) / "archive"
        database.copy(copy)
        with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as zipped:
            zipped.write(copy, LEDGER)
        with archive.open("rb+") as written:
            os.fsync(written.fileno())
        archive.replace(target)
    return target


def restore(archive: Path, folder: Path) -> None:
    """Makes the memory in ``folder`` from an archive; whoever opens it next finds its index filled from the ledger.

    Raises MemoryUnavailable for a folder whose memory holds something and for a file that is no archive of a memory,
    ForeignMemory for an archive of a newer version, MemoryBusy while the folder is in use, OSError for the disk's own
    troubles.
    """
    archive, folder = archive.expanduser(), folder.expanduser().resolve()
    if not archive.is_file():
        raise MemoryUnavailable(f"There is no file {archive}.")
    with ExitStack() as opened:
        own(folder, opened, 0)
        _see_that_it_is_empty(folder)
        fresh = folder / f"{LEDGER}.restored"
        opened.callback(fresh.unlink, missing_ok=True)
        _unpack(archive, fresh)
        for old in (folder / LEDGER, folder / f"{LEDGER}-wal", folder / f"{LEDGER}-shm"):
            old.unlink(missing_ok=True)
        discard(folder / "chroma")
        fresh.replace(folder / LEDGER)


def _see_that_it_is_empty(folder: Path) -> None:
    ledger = folder / LEDGER
    if not ledger.exists():
        return
    try:
        with closing(sqlite3.connect(ledger)) as there:
            days = there.execute("SELECT count(DISTINCT day) FROM days").fetchone()[0]
    except sqlite3.Error as error:
        raise MemoryUnavailable(
            f"{folder} holds a ledger that cannot be read ({error}). Move it away, or name another folder."
        ) from error
    if days:
        raise MemoryUnavailable(
            f"The memory in {folder} holds {days} days, which a restored copy would replace. Move it away, or name "
            f"another folder."
        )


def _unpack(archive: Path, ledger: Path) -> None:
    no_archive = f"{archive} is not a copy of a memory"
    try:
        with zipfile.ZipFile(archive) as zipped, zipped.open(LEDGER) as source, ledger.open("wb") as target:
            shutil.copyfileobj(source, target)
            target.flush()
            os.fsync(target.fileno())
        with closing(sqlite3.connect(ledger)) as copy:
            schema = copy.execute("PRAGMA user_version").fetchone()[0]
            if schema > SCHEMA:
                raise ForeignMemory(
                    f"{archive} was written by a newer version of this project (schema {schema}; this one knows "
                    f"{SCHEMA}). Update the project."
                )
            [found] = copy.execute("PRAGMA quick_check(1)").fetchone()
            if found != "ok" or not schema:
                raise MemoryUnavailable(f"{no_archive}, or is damaged: {found}.")
    except (zipfile.BadZipFile, KeyError, EOFError, sqlite3.Error) as error:
        raise MemoryUnavailable(f"{no_archive}, or is damaged: {error}.") from error
