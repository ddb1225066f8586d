"""What workers are forked from: it is imported once, in a process that does nothing else."""

import atexit
import gc
import os
import shutil
from importlib import import_module
from multiprocessing import forkserver
from pathlib import Path
from typing import Any

# Read when numpy is loaded. A worker computes on one thread, and a process that has several is not to be forked.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# All of this stays: workers are not to look through it for circles again and again, nor copy the pages it lies on.
gc.disable()
for needed in ("distributed.nanny", "graph.backfill.tasks", "publishing.trend_picture"):
    import_module(needed)
gc.freeze()
gc.set_threshold(100_000, 50, 100)
gc.enable()


@atexit.register
def _leave_nothing() -> None:
    """Takes away the folder of the socket by which workers are asked for: a command that was killed could not. In a
    process that has started one and has loaded this too, Python does so itself."""
    known: Any = forkserver
    if known._forkserver._forkserver_pid is None and (address := known._forkserver._forkserver_address):
        shutil.rmtree(Path(address).parent, ignore_errors=True)
