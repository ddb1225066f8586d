"""What is wrong with a line, and how grave it is."""

import pytest

from domain.audits import fault_kind, severity_of
from domain.kinds import FaultKind, Role, Severity


@pytest.mark.parametrize(
    ("reason", "kind", "why"),
    [
        ("scope: holds for MATH only", "scope", "holds for MATH only"),
        ("**Figure**: it is 12 %: not 13 %", "figure", "it is 12 %: not 13 %"),
        ("[hedge]: 'may' is gone", "hedge", "'may' is gone"),
        ("the paper: says nothing", "other", "the paper: says nothing"),
        ("nothing carries it", "other", "nothing carries it"),
        ("absent", "other", "absent"),
    ],
)
def test_a_reason_names_the_kind_of_its_fault(reason: str, kind: FaultKind, why: str) -> None:
    assert fault_kind(reason) == (kind, why)


@pytest.mark.parametrize(
    ("kind", "role", "dropped", "severity"),
    [
        ("figure", "result", False, "high"),
        ("direction", "hook", False, "high"),
        ("actor", "thread", True, "high"),
        ("actor", "note", False, "medium"),
        ("absent", "result", True, "high"),
        ("absent", "result", False, "medium"),
        ("absent", "note", True, "medium"),
        ("absent", "note", False, "low"),
        ("scope", "opening", False, "medium"),
        ("hedge", "note", False, "low"),
        ("other", "result", True, "medium"),
        ("praise", "hook", False, "medium"),
        ("praise", "result", False, "low"),
        ("term", "hook", False, "low"),
        ("unclear", "opening", False, "low"),
    ],
)
def test_the_finding_itself_weighs_most_and_a_view_of_the_author_less(
    kind: FaultKind, role: Role, dropped: bool, severity: Severity
) -> None:
    assert severity_of(kind, role, dropped=dropped) == severity
