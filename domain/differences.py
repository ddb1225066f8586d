"""How two reports of one day differ, claim by claim."""

from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal

from .claims import Claim
from .kinds import Role
from .reports import Report
from .value import Value

LinePlace = Role | Literal["status", "group title"]


class Difference(Value):
    """One line that is not the same in both."""

    paper: str
    """Title of the paper; empty for a line about several, or the whole day."""
    place: LinePlace
    before: str
    """Empty for a line that only the second has."""
    after: str
    """Empty for a line that only the first has."""


def differences(before: Report, after: Report) -> tuple[Difference, ...]:
    """In the order of the first report's page, then what only the second one tells. A line that was reworded is one
    difference; one that stands elsewhere in the same words is none."""
    found: list[Difference] = []
    if before.status != after.status:
        found.append(Difference(paper="", place="status", before=before.status, after=after.status))
    titles = {paper.id: paper.title for report in (before, after) for paper in report.papers}
    told = [_told(before), _told(after)]
    for key in dict.fromkeys((*told[0], *told[1])):
        about, place = key
        for old, new in _paired(told[0].get(key, []), told[1].get(key, [])):
            found.append(Difference(paper=titles.get(about, ""), place=place, before=old, after=new))
    return tuple(found)


def _told(report: Report) -> dict[tuple[str, LinePlace], list[str]]:
    """The lines by what they are about and where they stand."""
    held: dict[tuple[str, LinePlace], list[str]] = {}
    for about, place, text in _lines(report):
        held.setdefault((about, place), []).append(text)
    return held


def _lines(report: Report) -> Iterator[tuple[str, LinePlace, str]]:
    def of(claims: Iterable[Claim | None], about: str = "") -> Iterator[tuple[str, LinePlace, str]]:
        for claim in claims:
            if claim:
                yield about, claim.role, claim.text

    for story in report.opening:
        yield from of((story.headline, story.text))
    for pick in report.picks:
        yield from of((pick.why,), pick.paper_id)
    for group in report.groups:
        yield "", "group title", group.title
    for item in report.items:
        yield from of(item.claims, item.paper_id)
    for story in report.threads:
        yield from of((story.headline, story.text))
    for again in report.returning:
        yield from of((again.line,), again.paper_id)
    yield from of(report.flow)


def _paired(before: list[str], after: list[str]) -> Iterator[tuple[str, str]]:
    """What only one of two lists has, the lines that stand in each other's place together."""
    old, new = [text for text in before if text not in after], [text for text in after if text not in before]
    for kind, a, b, c, d in SequenceMatcher(a=before, b=after, autojunk=False).get_opcodes():
        if kind == "replace":
            for first, second in zip(before[a:b], after[c:d], strict=False):
                if first in old and second in new:
                    old.remove(first)
                    new.remove(second)
                    yield first, second
    yield from ((text, "") for text in old)
    yield from (("", text) for text in new)
