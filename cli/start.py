"""Where the command starts: it can be stopped in a sentence before the rest of it is loaded."""

import gc
import os
import signal
import sys
from types import FrameType

GARBAGE = 1_000_000, 50, 100
"""How much is made before Python looks for circles in it. A run loads some 350,000 things that all stay, and makes few
circles, 50,000 on a day of 60 papers: looking through all of it again and again, at the usual 700, takes a tenth of the
time that loading takes, and a day of 587 papers needs as much memory without."""


def main() -> None:
    """The console script: ``insights``."""
    gc.set_threshold(*GARBAGE)
    signal.signal(signal.SIGTERM, _at_once)
    try:
        from .app import main as begun
    except KeyboardInterrupt:
        sys.stderr.write("insights: stopped by Ctrl-C; nothing was begun\n")
        sys.exit(130)
    try:
        begun()
    finally:
        # When it ends, Python would look through all of it once more, and take it apart: a second of a short run. All
        # files are closed by then.
        gc.freeze()


def _at_once(_: int, __: FrameType | None) -> None:
    """Ends the process where it stands: a library that is being loaded might take an exception for a failure of its
    own, and there is nothing yet that has to be closed."""
    sys.stderr.write("insights: stopped by SIGTERM; nothing was begun\n")
    sys.stderr.flush()
    os._exit(143)
