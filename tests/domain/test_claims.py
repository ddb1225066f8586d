"""Labels go out with the papers and come back as evidence; what they do not name carries nothing."""

import pytest
from pydantic import ValidationError

from domain.claims import PARTS, Brief, Draft, Evidence, Statement, claim
from domain.papers import Paper
from domain.trends import Fact


def paper(number: int, title: str, abstract: str) -> Paper:
    return Paper(id=f"arxiv:2611.{number:05d}", title=title, abstract=abstract)


FACTS = (
    Fact(id="repeat:a", kind="repeat", category="rl", ko="ㄱ", en="a"),
    Fact(id="continuing:b", kind="continuing", category="rl", ko="ㄴ", en="b"),
)
BRIEF = Brief(
    papers=(
        paper(1, "AlphaNet", "AlphaNet sees. It gains 3.5% on ImageNet. Code is out."),
        paper(2, "BetaNet", "BetaNet hears."),
    ),
    facts=FACTS,
)


def said(*cites: str) -> Statement:
    return Statement(kind="reported", text="A sentence.", cites=cites)


def test_papers_go_out_with_a_label_for_each_sentence_and_the_title_as_the_zeroth() -> None:
    assert [(name, p.id, held) for name, p, held in BRIEF.labels()] == [
        (
            "P1",
            "arxiv:2611.00001",
            (
                ("P1.0", "AlphaNet"),
                ("P1.1", "AlphaNet sees."),
                ("P1.2", "It gains 3.5% on ImageNet."),
                ("P1.3", "Code is out."),
            ),
        ),
        ("P2", "arxiv:2611.00002", (("P2.0", "BetaNet"), ("P2.1", "BetaNet hears."))),
    ]


def test_every_label_that_goes_out_comes_back_as_the_sentence_it_stood_for() -> None:
    for _, shown, held in BRIEF.labels():
        for place, (label, text) in enumerate(held):
            assert BRIEF.evidence(label) == Evidence(paper_id=shown.id, sentence=place, quote=text)
            assert BRIEF.knows(label) and BRIEF.fact(label) is None
    assert [BRIEF.fact(label) for label in ("T1", "T2")] == list(FACTS)
    assert BRIEF.knows("T2") and BRIEF.evidence("T2") is None


@pytest.mark.parametrize(
    "label",
    [
        *(
            "",
            "P0.1",
            "P3.1",
            "P1.4",
            "P2.2",
            "P1",
            "P1.",
            "P1.-1",
            "p1.1",
            "P1.1 ",
            "P1.1.1",
            "P01.1",
            "xP1.1",
            "P1.1x",
        ),
        *("T0", "T3", "T", "t1", "T1.1", "T-1", "C1", "arxiv:2611.00001"),
    ],
)
def test_a_label_that_was_never_given_carries_nothing(label: str) -> None:
    assert not BRIEF.knows(label)
    assert (BRIEF.evidence(label), BRIEF.fact(label)) == (None, None)
    resolved = claim(said(label), BRIEF)
    assert (resolved.evidence, resolved.facts) == ((), ())
    kept = claim(said("P1.2", label, "T1"), BRIEF)
    assert ([e.quote for e in kept.evidence], kept.facts) == (["It gains 3.5% on ImageNet."], ("repeat:a",))


def test_a_claim_keeps_its_words_kind_and_order_of_evidence_and_each_once() -> None:
    statement = Statement(kind="trend", text="Both.", cites=("T2", "P2.1", "P1.0", "T2", "P2.1", "T1"))
    resolved = claim(statement, BRIEF)
    assert (resolved.kind, resolved.text, resolved.facts) == ("trend", "Both.", ("continuing:b", "repeat:a"))
    assert [(e.paper_id, e.sentence) for e in resolved.evidence] == [("arxiv:2611.00002", 1), ("arxiv:2611.00001", 0)]


def test_an_empty_brief_knows_nothing() -> None:
    empty = Brief(papers=())
    assert list(empty.labels()) == []
    assert not empty.knows("P1.0") and not empty.knows("T1")
    bare = Brief(papers=(paper(1, "Only a Title", ""),))
    assert bare.knows("P1.0") and not bare.knows("P1.1")


def test_statements_are_read_part_by_part_each_with_its_place() -> None:
    def some(part: str) -> tuple[Statement, ...]:
        return tuple(Statement(kind="reported", text=f"{part} {n}", cites=()) for n in range(2))

    draft = Draft(headline=said(), **{part: some(part) for part in PARTS[1:]})
    assert [(part, place) for part, place, _ in draft.statements()] == [
        ("headline", 0),
        *((part, place) for part in PARTS[1:] for place in range(2)),
    ]
    assert all(s.text == f"{part} {place}" for part, place, s in draft.statements() if part != "headline")


def test_a_draft_with_a_part_that_does_not_exist_is_refused() -> None:
    with pytest.raises(ValidationError, match="summary"):
        Draft(headline=said(), **dict.fromkeys(PARTS[1:], ()), summary=())  # type: ignore[call-arg]
