"""Workers of this machine are forked from a process that has loaded all they need: the second costs next to nothing,
and one that takes the place of a dead one is there at once."""

import multiprocessing
import sys

METHOD = "forkserver" if sys.platform == "linux" else "spawn"
"""How Python makes a process: what else a Mac has loaded may not stand to be forked, and Windows forks nothing."""


def begin() -> None:
    """Starts that process unless it runs already. It loads beside whatever is done meanwhile, and ends with this one
    and its workers."""
    if METHOD == "forkserver":
        from multiprocessing import forkserver

        multiprocessing.set_forkserver_preload(["graph.backfill.forked"])
        forkserver.ensure_running()
