"""Sends what is due, tries again what may still go out, and writes down what came of it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from domain.deliveries import Letter

from .errors import NotSent, Refused, Unsure
from .outbox import DeliveryStatus, Outbox, Post

TRIES = 6
"""Of one letter in one call; the next call begins anew."""
FIRST_WAIT = timedelta(seconds=30)
"""Before the second try; twice as long before each one after it."""
CUT_OFF = "the process ended while it was being sent"


class Parcel(NamedTuple):
    """A letter on its way."""

    post: Post
    letter: Letter
    to: str = ""
    """Address of mail."""


@dataclass(frozen=True)
class Clock:
    """The time, and waiting for it."""

    now: Callable[[], datetime]
    wait: Callable[[float], None]
    """For so many seconds."""


Send = Callable[[Parcel], None]
"""Sends one letter once. Raises NotSent, Refused or Unsure."""
Tell = Callable[[Post, str], None]


def deliver(
    parcels: Sequence[Parcel], outbox: Outbox, send: Send, clock: Clock, tell: Tell
) -> tuple[DeliveryStatus, ...]:
    """Sends each parcel that was not sent before; what became of each, in their order.

    What fails for a while is tried again after waits that double, other letters in the meantime. Returns when every
    letter was sent, refused, or tried often enough.
    """
    open_parcels = [parcel for parcel in parcels if _is_open(parcel.post, outbox, clock, tell)]
    due = dict.fromkeys((parcel.post for parcel in open_parcels), clock.now())
    tries = dict.fromkeys(due, 0)
    while due:
        now = clock.now()
        for parcel in open_parcels:
            if parcel.post not in due or due[parcel.post] > now:
                continue
            tries[parcel.post] += 1
            again = _try(parcel, outbox, send, clock, tell, tries[parcel.post])
            if again and tries[parcel.post] < TRIES:
                due[parcel.post] = again
            else:
                del due[parcel.post]
        if due:
            clock.wait(max(0.0, (min(due.values()) - clock.now()).total_seconds()))
    return tuple(entry for parcel in parcels if (entry := outbox.entry(parcel.post)))


def _is_open(post: Post, outbox: Outbox, clock: Clock, tell: Tell) -> bool:
    """Whether it is to be sent."""
    entry = outbox.entry(post)
    if entry is None or entry.state in ("waiting", "refused"):
        return True
    if entry.state == "sending" and not entry.doubted:
        told = f"{CUT_OFF}, and it is sent once more: it may arrive twice"
        outbox.note(post, told, clock.now())
        tell(post, told)
        return True
    if entry.state == "sending":
        outbox.end(post, "unsure", clock.now(), f"{CUT_OFF} a second time, and it is not sent again")
    elif entry.state == "sent":
        tell(post, f"sent already, on {entry.changed:%Y-%m-%d at %H:%M}")
        return False
    if found := outbox.entry(post):
        tell(post, f"perhaps sent: {found.said}")
    return False


def _try(parcel: Parcel, outbox: Outbox, send: Send, clock: Clock, tell: Tell, tried: int) -> datetime | None:
    """One try; when to try again, if that may help."""
    post = parcel.post
    known = outbox.entry(post)
    outbox.begin(post, clock.now(), doubted=known is not None and known.state == "sending")
    try:
        send(parcel)
    except Refused as error:
        outbox.end(post, "refused", clock.now(), str(error))
        tell(post, f"not sent: {error}")
    except NotSent as error:
        now = clock.now()
        due = now + FIRST_WAIT * 2 ** (tried - 1)
        outbox.end(post, "waiting", now, str(error), due)
        tell(post, f"not sent yet: {error}")
        return due
    except Unsure as error:
        outbox.end(post, "unsure", clock.now(), str(error))
        tell(post, f"perhaps sent: {error}")
    else:
        outbox.end(post, "sent", clock.now())
        tell(post, "sent")
    return None
