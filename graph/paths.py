"""What kept a run waiting: the steps and questions in a row without which it would have been over sooner."""

from collections.abc import Iterator, Sequence

from domain.value import Value

from .traces import Span


class Leg(Value):
    """A piece of the way: an answer that was waited for, or work of the program's own."""

    name: str
    """Of the prompt, or of the step."""
    desk: str = ""
    begun: float
    """Seconds after the run began."""
    seconds: float
    asked: bool
    """Whether it is an answer."""


class SlowestPath(Value):
    """All pieces, in order, without gaps."""

    legs: tuple[Leg, ...]

    @property
    def calls(self) -> int:
        """Answers in a row."""
        return sum(leg.asked for leg in self.legs)

    @property
    def waited(self) -> float:
        """Seconds in which an answer was awaited."""
        return sum(leg.seconds for leg in self.legs if leg.asked)

    @property
    def own(self) -> float:
        """Seconds of the program's own."""
        return sum(leg.seconds for leg in self.legs if not leg.asked)


def slowest(spans: Sequence[Span], tops: Sequence[Span]) -> set[str]:
    """The spans without which it would have been over sooner: back from the end, what ended last before it."""
    found: set[str] = set()
    for top in tops:
        found.add(top.id)
        found |= slowest(spans, _path(within(top, spans)))
    return found


def slowest_path(spans: Sequence[Span], top: Span) -> SlowestPath:
    """The slowest path through a run, from its begin to its end."""
    start = _begun(top)
    return SlowestPath(
        legs=tuple(
            Leg(
                name=span.name,
                desk=desk,
                begun=round(begun - start, 6),
                seconds=round(ended - begun, 6),
                asked=span.kind == "model",
            )
            for begun, ended, span, desk in _pieces(top, spans, "")
        )
    )


def within(span: Span, spans: Sequence[Span]) -> list[Span]:
    """What it caused, in the order of beginning."""
    return sorted((one for one in spans if one.parent == span.id), key=_begun)


def _pieces(top: Span, spans: Sequence[Span], desk: str) -> Iterator[tuple[float, float, Span, str]]:
    """(begin, end, of whom, at which desk): what its slowest children took, and between them its own work."""
    desk = top.desk or desk
    at = _begun(top)
    for child in reversed(_path(within(top, spans))):
        if _begun(child) > at:
            yield at, _begun(child), top, desk
        yield from _pieces(child, spans, desk)
        at = max(at, _ended(child))
    if _ended(top) > at:
        yield at, _ended(top), top, desk


def _path(children: Sequence[Span]) -> list[Span]:
    """The last one first."""
    path: list[Span] = []
    for span in sorted(children, key=_ended, reverse=True):
        if not path or _ended(span) <= _begun(path[-1]):
            path.append(span)
    return path


def _begun(span: Span) -> float:
    return span.begun.timestamp()


def _ended(span: Span) -> float:
    return span.begun.timestamp() + span.seconds
