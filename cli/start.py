"""Where the command starts: it can be stopped in a sentence before the rest of it is loaded."""

import sys


def main() -> None:
    """The console script: ``insights``."""
    try:
        from .app import main as begun
    except KeyboardInterrupt:
        sys.stderr.write("insights: stopped by Ctrl-C; nothing was begun\n")
        sys.exit(130)
    begun()
