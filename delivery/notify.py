"""A letter as a few lines, to whatever Apprise speaks to."""

import logging
import re
from typing import Any

import apprise

from domain.deliveries import Letter

from .errors import NotSent, Refused, Unsure

CONNECT, ANSWER = 10.0, 120.0
"""Seconds to be connected, and for an answer after which nobody need wonder whether it arrived."""
_CODE = re.compile(r"\berror=(\d{3})\b")
_CAUSE = re.compile(r"Socket Exception: (.*)")
_NEVER_THERE = re.compile(r"Failed to (?:establish|resolve)|ConnectTimeout|Name or service|refused", re.IGNORECASE)
_AGAIN = (408, 425, 429)


def is_usable(address: str) -> bool:
    """Whether Apprise can make sense of an address."""
    return _opened(address) is not None


def notify(letter: Letter, address: str, *, connect: float = CONNECT, answer: float = ANSWER) -> None:
    """Sends the few lines. Raises NotSent, Refused or Unsure, in none of which the address is told."""
    plugin = _opened(address)
    if plugin is None:
        raise Refused("Apprise does not know this kind of address")
    plugin.socket_connect_timeout, plugin.socket_read_timeout = connect, answer
    # Cut rather than sent in parts, of which some could get lost.
    plugin.overflow_mode = apprise.OverflowMode.TRUNCATE
    to: Any = apprise.Apprise()
    to.add(plugin)
    title, _, body = letter.short.partition("\n")
    heard: Any
    with apprise.LogCapture(level=logging.DEBUG, fmt="%(message)s") as heard:
        done = to.notify(title=title, body=body or title, body_format=apprise.NotifyFormat.TEXT)
        log = str(heard.getvalue())
    if not done:
        raise _failure(log)


def _opened(address: str) -> Any:
    with apprise.LogCapture(level=logging.CRITICAL):
        return apprise.Apprise.instantiate(address, suppress_exceptions=True)


def _failure(log: str) -> NotSent | Unsure:
    """What Apprise said of a failure; its own words may hold a part of the address."""
    if codes := _CODE.findall(log):
        code = int(codes[-1])
        told = f"it was answered with HTTP {code}"
        return NotSent(told) if code >= 500 or code in _AGAIN else Refused(told)
    cause = " ".join(_CAUSE.findall(log))
    if cause and not _NEVER_THERE.search(cause):
        return Unsure("it was handed over, and no answer came")
    return NotSent("the connection failed" if cause else "Apprise could not send it")
