"""What workers are forked from: it is imported once, in a process that does nothing else."""

import gc
import os
from importlib import import_module

# Read when numpy is loaded. A worker computes on one thread, and a process that has several is not to be forked.
os.environ.setdefault("OMP_NUM_THREADS", "1")
# All of this stays: workers are not to look through it for circles again and again, nor copy the pages it lies on.
gc.disable()
for needed in ("distributed.nanny", "graph.backfill.tasks", "publishing.trend_picture"):
    import_module(needed)
gc.freeze()
gc.set_threshold(100_000, 50, 100)
gc.enable()
