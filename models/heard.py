"""What an answer says, and what it tells of its server."""

from dataclasses import dataclass
from typing import Generic, TypeVar

from pydantic import BaseModel

from . import answers
from .answers import Unreadable
from .manners import Manners
from .meter import CallOutcome
from .reply import Reply

T = TypeVar("T", bound=BaseModel)


@dataclass(frozen=True)
class Heard(Generic[T]):
    """An answer that came, usable or not."""

    reply: Reply
    """As it came."""
    value: T | None
    """What it says; None where it cannot be used."""
    outcome: CallOutcome
    fault: str
    """Why it cannot be used."""
    manners: Manners
    """Those that brought the answer."""
    learned: Manners
    """Those to ask in from now on."""


def hear(reply: Reply, manners: Manners, answer: type[T]) -> Heard[T]:
    """Reads a reply that came when it was asked for in these manners."""
    try:
        value = answers.read(reply.texts, answer)
    except Unreadable as unreadable:
        fault, outcome = _fault(reply, unreadable)
        return Heard(reply, None, outcome, fault, manners, _learned(manners, reply, unreadable, outcome))
    proved = manners.model_copy(update={"proved": True, **_thinking(reply)})
    return Heard(reply, value, "answered", "", manners, proved)


def _fault(reply: Reply, unreadable: Unreadable) -> tuple[str, CallOutcome]:
    """Why an answer cannot be used."""
    if reply.refusal:
        return f"it was refused: {reply.refusal}", "bad"
    if reply.withheld:
        return "it was withheld by the server's filter", "bad"
    if reply.stopped == "babble":
        return "it was stopped, as it said the same over and over", "babbled"
    if reply.stopped == "endless":
        return "it was stopped, as it went on far beyond its length limit", "babbled"
    if reply.cut:
        return "it was cut off at its length limit", "cut"
    return str(unreadable), "bad"


def _thinking(reply: Reply) -> dict[str, bool]:
    """That the model thinks, where the answer shows it."""
    return {"thinks": True} if reply.thoughts or reply.reasoning or answers.thought(reply.text) else {}


def _learned(manners: Manners, reply: Reply, unreadable: Unreadable, outcome: CallOutcome) -> Manners:
    """What an answer that cannot be used tells of its server."""
    manners = manners.model_copy(update=_thinking(reply))
    if reply.stopped == "endless" and manners.limit == "max_completion_tokens":
        manners = manners.without("limit") or manners  # it ignores that name
    if manners.proved or reply.refusal or reply.withheld or not answers.said(reply.text):
        return manners
    if outcome == "bad":
        ignored = not unreadable.shaped if manners.rung == "json_schema" else not unreadable.json
    else:
        ignored = "{" not in reply.text  # prose that was cut off
    return (manners.without("rung") or manners) if ignored else manners
