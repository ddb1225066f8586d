"""A command that is told to stop, by Ctrl-C or by SIGTERM, ends in order and says what is left and how it goes on.

SIGTERM does what Ctrl-C does: what is awaited is given up, what is being written is waited for. A second one ends the
waiting too; what it cuts off is mended when the same thing is begun again, as after a crash.
"""

import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from domain.errors import InsightsError

from .exit_codes import INTERRUPTED, TERMINATED

AGAIN = "what was done until then is kept, and the same command can be given again"
_by: list[int] = []
_said: list[str] = []


class Stopped(InsightsError):
    """Somebody stopped the command; the text says what is left."""

    def __init__(self, left: str) -> None:
        by, self.code = ("SIGTERM", TERMINATED) if _by else ("Ctrl-C", INTERRUPTED)
        super().__init__(f"stopped by {by}; {left}")
        _said.append(left)


def listen() -> None:
    """From here on SIGTERM stops the command as Ctrl-C does, also in the background, where Ctrl-C is ignored: there it
    is blocked instead, since asyncio cancels in order only what would hear it."""
    if signal.getsignal(signal.SIGINT) == signal.SIG_IGN:
        signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
        signal.signal(signal.SIGINT, signal.default_int_handler)
    signal.signal(signal.SIGTERM, _terminated)


def deafen() -> None:
    """The command has ended, and need not be stopped any more."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)


@contextmanager
def stoppable(left: str | Callable[[], str]) -> Generator[None]:
    """Says what is left of the block when it is stopped, and how that goes on."""
    try:
        yield
    except (KeyboardInterrupt, Exception) as error:
        # A library in C that is interrupted within a call of ours may make an error of its own of that.
        if isinstance(error, KeyboardInterrupt) or (_by and not isinstance(error, Stopped)):
            raise Stopped(left if isinstance(left, str) else left()) from None
        raise


def told(end: KeyboardInterrupt | SystemExit) -> Any:
    """The exit code of a command that has ended; that it was stopped is told where nobody has told it: Typer is silent
    when that happens between its own lines."""
    if _said or not (isinstance(end, KeyboardInterrupt) or end.code == INTERRUPTED):
        return end.code if isinstance(end, SystemExit) else Stopped(AGAIN).code
    stopped = Stopped(AGAIN)
    sys.stderr.write(f"insights: {stopped}\n")
    return stopped.code


def _terminated(_: int, frame: FrameType | None) -> None:
    _by.append(signal.SIGTERM)
    handler = signal.getsignal(signal.SIGINT)  # asyncio has one of its own, which cancels
    (handler if callable(handler) else signal.default_int_handler)(signal.SIGINT, frame)
