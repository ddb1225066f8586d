"""Whose a memory's folder is: one process at a time, under a name of its own on a shared server."""

import os
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import copytree, ignore_patterns
from uuid import uuid4

from filelock import FileLock, Timeout

from .errors import MemoryBusy, MemoryUnavailable


def own(folder: Path, opened: ExitStack, wait: float) -> None:
    """Takes the folder's lock, made now if there is none, until ``opened`` is closed or the process dies.

    ``wait``: seconds to wait for its holder. Raises MemoryBusy with the holder's id, MemoryUnavailable for a folder
    that cannot be used.
    """
    holder = folder / "owner.pid"
    # Not bound to a thread: a run may open the memory in one and close it in another.
    lock = FileLock(folder / "owner.lock", thread_local=False)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock.acquire(timeout=wait)
        opened.callback(lock.release)
        holder.write_text(f"{os.getpid()}\n", encoding="utf-8")
        opened.callback(holder.unlink, missing_ok=True)
    except Timeout as error:
        who = "another process"
        with suppress(OSError):
            who = f"process {holder.read_text(encoding='utf-8').strip()}"
        raise MemoryBusy(
            f"The memory in {folder} is in use by {who}. Two at once would ruin it: wait until that run has ended, "
            f"or stop it."
        ) from error
    except OSError as error:
        raise MemoryUnavailable(
            f"The memory folder {folder} cannot be used: {error.strerror or error}. Name a folder that you may write."
        ) from error


def copy_folder(folder: Path, target: Path) -> None:
    """Copies a memory as it lies there, while nobody else has it open. Where there is none, nothing is copied."""
    if not folder.exists():
        return
    with ExitStack() as held:
        own(folder, held, wait=60)
        copytree(folder, target, ignore=ignore_patterns("owner.*"))


def identity(folder: Path) -> str:
    """Names the memory of a folder on a server that has several; made once, by the folder's owner."""
    file = folder / "memory.id"
    known = file.read_text(encoding="ascii").strip() if file.exists() else ""
    if not known:
        known = uuid4().hex[:12]
        fresh = file.with_suffix(".fresh")
        fresh.write_text(f"{known}\n", encoding="ascii")
        fresh.replace(file)
    return known
