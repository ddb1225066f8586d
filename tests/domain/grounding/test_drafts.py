"""What each statement of a draft rests on, and what the draft as a whole lacks."""

from typing import Any

import pytest

from domain.claims import PARTS, Brief, Draft, Kind, Part, Statement, claim
from domain.grounding.drafts import labels, passage, passage_of, twice, uncovered, verbatim
from domain.papers import Paper
from domain.trends import Fact

ALPHA = Paper(id="arxiv:1", title="AlphaNet", abstract="AlphaNet sees. It gains 3.5%. Code is out.")
BETA = Paper(id="arxiv:2", title="BetaNet", abstract="BetaNet hears well.")
FACT = Fact(id="repeat:1", kind="repeat", category="rl", ko="처음 소개된 논문이다.", en="It was listed first.")
BRIEF = Brief(papers=(ALPHA, BETA), facts=(FACT,))


def said(text: str, *cites: str, kind: Kind = "reported") -> Statement:
    return Statement(kind=kind, text=text, cites=cites)


def draft(**parts: Any) -> Draft:
    empty: dict[str, Any] = {"headline": said("Head.", "P1.1"), **dict.fromkeys(PARTS[1:], ())}
    return Draft(**{**empty, **parts})


def test_a_statement_is_shown_with_its_sentences_by_paper_and_its_facts_in_the_language() -> None:
    shown = passage(said("셋.", "P2.1", "P1.2", "T1", "P1.0", kind="analysis"), BRIEF, "ko")
    assert (shown.text, shown.language, shown.kind, shown.facts) == ("셋.", "ko", "analysis", (FACT.ko,))
    assert [(c.title, c.abstract, c.sentences) for c in shown.cited] == [
        ("BetaNet", BETA.abstract, ("BetaNet hears well.",)),
        ("AlphaNet", ALPHA.abstract, ("It gains 3.5%.", "AlphaNet")),
    ]
    assert passage(said("One.", "T1"), BRIEF, "en").facts == (FACT.en,)


def test_labels_that_do_not_exist_carry_nothing() -> None:
    shown = passage(said("A.", "P9.1", "P1.9", "T9", "nonsense"), BRIEF, "ko")
    assert (shown.cited, shown.facts) == ((), ())


def test_a_filed_claim_is_shown_as_its_statement_was_also_among_other_papers_and_facts() -> None:
    statement = said("A.", "P1.2", "T1")
    other = Paper(id="arxiv:3", title="GammaNet", abstract="Other.")
    more = Fact(id="repeat:9", kind="repeat", category="rl", ko="ㄴ", en="n")
    assert passage_of(claim(statement, BRIEF), (other, BETA, ALPHA), (more, FACT), "ko") == passage(
        statement, BRIEF, "ko"
    )


@pytest.mark.parametrize(
    ("kind", "cites", "rules"),
    [
        ("reported", ("P1.1",), []),
        ("reported", ("P1.0", "T1"), []),
        ("analysis", ("P1.1", "P2.1"), []),
        ("analysis", ("T1",), []),
        ("trend", ("T1",), []),
        ("trend", ("T1", "P1.1"), []),
        ("reported", (), ["no-evidence", "report-without-sentence"]),
        ("analysis", (), ["no-evidence"]),
        ("trend", (), ["no-evidence", "trend-without-fact"]),
        ("trend", ("P1.1",), ["trend-without-fact"]),
        ("reported", ("T1",), ["report-without-sentence"]),
        ("reported", ("P1.1", "P1.4"), ["unknown-label"]),
        ("reported", ("P3.1",), ["unknown-label", "report-without-sentence"]),
        ("trend", ("T2",), ["unknown-label", "trend-without-fact"]),
        ("analysis", ("x", "y"), ["unknown-label", "unknown-label"]),
    ],
)
def test_every_label_must_exist_and_carry_the_kind(kind: Kind, cites: tuple[str, ...], rules: list[str]) -> None:
    assert [f.rule for f in labels(said("A.", *cites, kind=kind), BRIEF)] == rules


def test_an_unknown_label_is_named() -> None:
    (fault,) = labels(said("A.", "P1.1", "P7.1"), BRIEF)
    assert fault.span == "P7.1" and "P7.1" in fault.reason


@pytest.mark.parametrize(
    ("part", "text", "cites", "wrong"),
    [
        ("findings", "It gains 3.5%.", ("P1.2",), 0),
        ("headline", "AlphaNet", ("P1.0",), 0),
        ("trend", FACT.ko, ("T1",), 0),
        ("keywords", "gains", ("P1.2",), 0),
        ("keywords", "alphanet", ("P1.0", "P1.1"), 0),
        ("findings", "It gains 4.5%.", ("P1.2",), 1),
        ("findings", "it gains 3.5%.", ("P1.2",), 1),
        ("findings", "gains 3.5%", ("P1.2",), 1),
        ("findings", "It gains 3.5%.", ("P1.2", "P2.1"), 1),
        ("trend", FACT.en, ("T1",), 1),
        ("keywords", "alphanet", ("P1.0", "P2.0"), 1),
        ("keywords", "hearing", ("P2.1",), 1),
    ],
)
def test_a_quotation_stands_word_for_word_in_everything_it_cites(
    part: Part, text: str, cites: tuple[str, ...], wrong: int
) -> None:
    found = list(verbatim(said(text, *cites), BRIEF, part, "ko"))
    assert [f.rule for f in found] == ["not-verbatim"] * wrong


def test_a_paper_is_covered_by_a_finding_and_by_nothing_else() -> None:
    elsewhere = draft(themes=(said("T.", "P2.1"),), findings=(said("F.", "P1.2"),))
    assert uncovered(elsewhere, BRIEF) == ("P2",)
    assert uncovered(draft(findings=(said("F.", "P1.2", "P2.0"),)), BRIEF) == ()
    assert uncovered(draft(), BRIEF) == ("P1", "P2")


def test_the_tenth_paper_does_not_cover_the_first() -> None:
    many = Brief(papers=tuple(ALPHA.model_copy(update={"id": f"arxiv:{n}"}) for n in range(1, 12)))
    left = uncovered(draft(findings=(said("F.", "P10.1"), said("G.", "P11.1"))), many)
    assert left == tuple(f"P{n}" for n in range(1, 10))


def test_what_a_draft_says_twice_is_found_whatever_its_case_spaces_and_punctuation() -> None:
    found = twice(
        draft(
            headline=said("이 방법은 빠르다.", "P1.1"),
            themes=(said("Another thing.", "P1.1"), said("이 방법은  빠르다", "P2.1")),
            findings=(said("ANOTHER thing!", "P1.2"), said("A third thing.", "P1.2")),
            outlook=(said("A third thing.", "P1.2"),),
        )
    )
    assert {place: fault.rule for place, fault in found.items()} == {
        ("themes", 1): "said-twice",
        ("findings", 0): "said-twice",
        ("outlook", 0): "said-twice",
    }


def test_a_keyword_may_stand_as_often_as_it_likes() -> None:
    assert twice(draft(headline=said("AlphaNet", "P1.0"), keywords=(said("AlphaNet", "P1.0"),) * 2)) == {}
