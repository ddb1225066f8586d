"""What came of holding a report, whoever wrote it, against its papers."""

from collections import Counter
from typing import Literal, get_args

from .claims import Evidence
from .exams import Exam
from .kinds import FaultKind, Role, Severity, Standing
from .reports import Drop, Usage
from .value import Value

SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")

PROMINENT: frozenset[Role] = frozenset(("hook", "opening", "pick"))
"""What most readers read, and many read alone."""
_GRAVE: frozenset[FaultKind] = frozenset(("figure", "direction", "actor", "absent"))
_PARTIAL: frozenset[FaultKind] = frozenset(("cause", "scope", "hedge", "other"))


class Objection(Value):
    """What a rule says of a line."""

    rule: str
    span: str
    """The words that offend."""
    reason: str


class Verdict(Value):
    """What was found of one line."""

    standing: Standing
    evidence: tuple[Evidence, ...] = ()
    """The sentences that carry it, or its mended words."""
    mended: str = ""
    """How it would be right, in as few changed words as possible."""
    confirmed: bool = False
    """Whether the judge found the mended words carried when it saw them again."""
    why: str = ""
    """In a sentence: what is wrong, or why nobody judged it."""
    kind: FaultKind | None = None
    severity: Severity | None = None
    objections: tuple[Objection, ...] = ()
    """Of rules."""

    @property
    def faulty(self) -> bool:
        return self.standing in ("mended", "dropped", "objected")


class Audited(Value):
    """One line of the report, and what was found of it."""

    text: str
    number: int
    """1-based line of the report's file on which its block begins."""
    headings: tuple[str, ...]
    """Above it, the outermost first."""
    role: Role
    papers: tuple[str, ...]
    """Ids of the papers that it was held against."""
    found_by: str
    """How these were found: mention, heading, section or nearness; empty where none was."""
    verdict: Verdict


class Aside(Value):
    """What stands in the report and asserts nothing of a paper."""

    text: str
    number: int
    kind: str


class Untold(Value):
    """A headline figure that no line tells."""

    sentence: int
    """1-based place in the abstract."""
    figure: str
    quote: str


class AuditedPaper(Value):
    """One paper that the report was held against."""

    id: str
    title: str
    url: str
    lines: int
    """How many lines may be about it; 0 for a paper that the report does not tell."""
    figures: int
    """Headline figures of its abstract."""
    untold: tuple[Untold, ...] = ()
    """Those of them that no line tells."""


class Audit(Value):
    """A whole report, judged."""

    schema_version: Literal[1] = 1
    report: str
    """Its file."""
    language: str
    asked: str = ""
    """The model that was asked to judge; empty for an audit by rules alone."""
    exam: Exam | None = None
    """How that model did before it judged."""
    believed: bool = False
    """Whether its verdicts count; where not, rules alone say what is said here."""
    lines: tuple[Audited, ...]
    """In reading order."""
    papers: tuple[AuditedPaper, ...]
    asides: tuple[Aside, ...] = ()
    unusable: tuple[Drop, ...] = ()
    """Records in the file of papers that give no paper."""
    usage: tuple[Usage, ...] = ()

    @property
    def faults(self) -> tuple[Audited, ...]:
        """The faulty lines, the gravest first."""
        return tuple(
            line
            for severity in SEVERITIES
            for line in self.lines
            if line.verdict.faulty and line.verdict.severity == severity
        )

    def count(self, standing: Standing) -> int:
        return sum(1 for line in self.lines if line.verdict.standing == standing)

    @property
    def severities(self) -> dict[str, int]:
        """Faulty lines by severity."""
        counted = Counter(line.verdict.severity for line in self.faults)
        return {severity: counted[severity] for severity in ("high", "medium", "low")}


def fault_kind(reason: str) -> tuple[FaultKind, str]:
    """The kind of fault that a judge's reason begins with, and the reason without it.

    >>> kind_of("scope: holds for MATH only")
    ('scope', 'holds for MATH only')
    """
    named, colon, rest = reason.partition(":")
    known = _KINDS.get(named.strip(" *[]\"'").casefold())
    return (known, rest.strip() or reason) if colon and known else ("other", reason)


_KINDS: dict[str, FaultKind] = {kind: kind for kind in get_args(FaultKind)}


def severity_of(kind: FaultKind, role: Role, *, dropped: bool) -> Severity:
    """How grave a judge's finding is.

    A wrong figure, direction or actor is the finding itself. What a paper does not say is that where the whole line had
    to go, and an addition where a few words had. A view of the report's author weighs one step less.
    """
    view = role == "note"
    if kind in _GRAVE and (kind != "absent" or dropped):
        return "medium" if view else "high"
    if kind in _PARTIAL or kind == "absent":
        return "low" if view else "medium"
    return "medium" if kind == "praise" and role in PROMINENT else "low"
