"""Labels go out with the papers and come back as evidence; what they do not name carries nothing."""

import pytest

from domain.claims import Brief, Evidence, resolve
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
            assert BRIEF.fact(label) is None
    assert [BRIEF.fact(label) for label in ("T1", "T2")] == list(FACTS)
    assert BRIEF.evidence("T2") is None


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
            f"P1.{'1' * 5_000}",
            f"P{'1' * 5_000}.1",
        ),
        *("T0", "T3", "T", "t1", "T1.1", "T-1", "C1", "arxiv:2611.00001", f"T{'1' * 5_000}"),
    ],
)
def test_a_label_that_was_never_given_carries_nothing(label: str) -> None:
    assert (BRIEF.evidence(label), BRIEF.fact(label)) == (None, None)
    assert resolve([label], BRIEF) == ((), ())
    evidence, facts = resolve(["P1.2", label, "T1"], BRIEF)
    assert ([e.quote for e in evidence], facts) == (["It gains 3.5% on ImageNet."], ("repeat:a",))


def test_evidence_keeps_the_order_of_its_labels_and_each_once() -> None:
    evidence, facts = resolve(("T2", "P2.1", "P1.0", "T2", "P2.1", "T1"), BRIEF)
    assert facts == ("continuing:b", "repeat:a")
    assert [(e.paper_id, e.sentence) for e in evidence] == [("arxiv:2611.00002", 1), ("arxiv:2611.00001", 0)]


def test_a_paper_is_found_by_its_label_and_a_label_by_its_paper() -> None:
    for label, shown, _ in BRIEF.labels():
        assert BRIEF.label(shown.id) == label
        assert BRIEF.paper(label) == shown
    assert [BRIEF.paper(label) for label in ("P3", "P0", "P", "P1.1", "")] == [None] * 5


def test_an_empty_brief_knows_nothing() -> None:
    empty = Brief(papers=())
    assert list(empty.labels()) == []
    assert resolve(["P1.0", "T1"], empty) == ((), ())
    bare = Brief(papers=(paper(1, "Only a Title", ""),))
    assert bare.evidence("P1.0") and not bare.evidence("P1.1")
