"""The editor's answer reaches only what was rejected."""

from typing import Any

import pytest

from domain.claims import PARTS, Draft, Part, Statement
from domain.critiques import Critique, Edit, Rejection, Replacement, mend
from domain.grounding.passage import Fault

FAULT = Fault(rule="figures", span="3%", reason="it is 4%")


def said(text: str, *cites: str) -> Statement:
    return Statement(kind="reported", text=text, cites=cites or ("P1.1",))


DRAFT = Draft(
    headline=said("head"),
    themes=(said("theme a"), said("theme b")),
    keywords=(said("key"),),
    findings=(said("find a"), said("find b"), said("find c")),
    trend=(said("trend"),),
    impact=(said("impact"),),
    outlook=(said("look"),),
)


def rejecting(*places: tuple[Part, int], uncovered: tuple[str, ...] = ()) -> Critique:
    held = {(part, place): s for part, place, s in DRAFT.statements()}
    return Critique(
        rejections=tuple(Rejection(part=p, place=n, statement=held[p, n], faults=(FAULT,)) for p, n in places),
        uncovered=uncovered,
    )


def answering(*answers: tuple[Part, int, str | None], findings: tuple[Statement, ...] = ()) -> Edit:
    return Edit(
        replacements=tuple(
            Replacement(part=part, place=place, statement=said(text) if text else None) for part, place, text in answers
        ),
        findings=findings,
    )


def texts(draft: Draft) -> list[str]:
    return [s.text for _, _, s in draft.statements()]


ALL = [s.text for _, _, s in DRAFT.statements()]


@pytest.mark.parametrize(("part", "place"), [(part, place) for part, place, _ in DRAFT.statements()])
def test_a_rejected_statement_is_replaced_in_its_place_and_no_other_changes(part: Part, place: int) -> None:
    mended = mend(DRAFT, rejecting((part, place)), answering((part, place, "new")))
    held = {(p, n): s.text for p, n, s in mended.statements()}
    assert held == {(p, n): "new" if (p, n) == (part, place) else s.text for p, n, s in DRAFT.statements()}


def test_what_was_not_rejected_is_out_of_the_editors_reach() -> None:
    everything = answering(*((part, place, "changed") for part, place, _ in DRAFT.statements()))
    assert mend(DRAFT, Critique(), everything) == DRAFT
    mended = mend(DRAFT, rejecting(("findings", 1)), everything)
    assert texts(mended) == ["changed" if t == "find b" else t for t in ALL]
    nowhere = answering(("findings", 9, "more"), ("outlook", 1, "more"))
    assert mend(DRAFT, rejecting(("findings", 1)), nowhere) == DRAFT


def test_null_takes_a_rejected_statement_out_and_the_others_stay_in_order() -> None:
    rejected = rejecting(("findings", 0), ("findings", 2), ("trend", 0), ("themes", 1))
    answer = answering(("findings", 0, None), ("findings", 2, "find C"), ("trend", 0, None), ("impact", 0, None))
    mended = mend(DRAFT, rejected, answer)
    assert [s.text for s in mended.findings] == ["find b", "find C"]
    assert mended.trend == ()
    assert [s.text for s in mended.themes] == ["theme a", "theme b"]
    assert mended.impact == DRAFT.impact


def test_a_rejected_statement_that_the_editor_forgets_stays_to_be_rejected_again() -> None:
    rejected = rejecting(("findings", 0), ("outlook", 0), ("headline", 0))
    assert mend(DRAFT, rejected, answering()) == DRAFT


def test_a_headline_cannot_be_taken_out() -> None:
    assert mend(DRAFT, rejecting(("headline", 0)), answering(("headline", 0, None))).headline == DRAFT.headline


def test_findings_are_added_for_uncovered_papers_only() -> None:
    several = (
        said("on 2", "P2.1"),
        said("on 3", "P3.2"),
        said("on 1 and 2", "P1.1", "P2.4"),
        said("on 20", "P20.1"),
        said("on a fact", "T2"),
        Statement(kind="reported", text="on nothing", cites=()),
    )
    mended = mend(DRAFT, rejecting(uncovered=("P2",)), answering(findings=several))
    assert [s.text for s in mended.findings] == ["find a", "find b", "find c", "on 2", "on 1 and 2"]
    assert mend(DRAFT, rejecting(("findings", 0)), answering(findings=several)) == DRAFT


def test_a_draft_of_which_all_is_taken_out_keeps_its_headline_alone() -> None:
    places = [(part, place) for part, place, _ in DRAFT.statements()]
    mended = mend(DRAFT, rejecting(*places), answering(*((part, place, None) for part, place in places)))
    assert texts(mended) == ["head"]
    empty: dict[str, Any] = dict.fromkeys(PARTS[1:], ())
    assert mended == Draft(headline=DRAFT.headline, **empty)


def test_a_draft_is_accepted_only_when_nothing_is_rejected_and_no_paper_is_left_out() -> None:
    assert Critique(passed=(said("x"),)).accepted
    assert not rejecting(("themes", 0)).accepted
    assert not Critique(uncovered=("P2",)).accepted
