"""Many papers are written in groups, and joined without losing a statement, a citation or a paper."""

from typing import Any

import pytest

from agents.synthesizer import GROUP, figures, join, synthesize, texts
from domain.claims import PARTS, Brief, Draft, Statement
from domain.papers import Paper
from domain.trends import Fact
from prompts.glossary import load_glossary
from prompts.taxonomy import load_taxonomy
from tests.scripted import ScriptedLLM, paper

FACT = Fact(id="repeat:x", kind="repeat", category="robotics", ko="어제 소개된 논문이다.", en="It came yesterday.")


def brief(papers: int) -> Brief:
    return Brief(papers=tuple(paper(n, f"Net{n}") for n in range(1, papers + 1)), facts=(FACT,))


def said(text: str, *cites: str, kind: Any = "reported") -> Statement:
    return Statement(kind=kind, text=text, cites=cites)


def tells_all(brief: Brief, **_: Any) -> Draft:
    """One statement of each part for each paper, which names the paper that it is about."""
    every: dict[str, Any] = {
        part: tuple(said(f"{part} {p.title}", f"{name}.1", f"{name}.2") for name, p, _ in brief.labels())
        for part in PARTS[1:]
    }
    told = tuple(said(f"fact {f.id}", f"T{n}", kind="trend") for n, f in enumerate(brief.facts, 1))
    return Draft(
        **{**every, "headline": said(f"headline {brief.papers[0].title}", "P1.1"), "trend": (*every["trend"], *told)}
    )


async def written(whole: Brief, answer: Any = tells_all) -> tuple[Draft, list[dict[str, Any]], ScriptedLLM]:
    shown: list[dict[str, Any]] = []

    def answers(**values: Any) -> Any:
        shown.append(values)
        return answer(**values)

    llm = ScriptedLLM({"synthesize": answers})
    draft = await synthesize(load_taxonomy()["robotics"], whole, language="ko", glossary=load_glossary("ko"), llm=llm)
    return draft, shown, llm


async def test_a_small_category_is_written_in_one_call() -> None:
    whole = brief(GROUP)
    draft, shown, llm = await written(whole)
    assert draft == tells_all(whole)
    assert llm.asked == [("synthesize", "robotics")]
    assert shown[0]["brief"] == whole


@pytest.mark.parametrize("papers", [GROUP + 1, 2 * GROUP, 2 * GROUP + 3])
async def test_in_groups_no_paper_statement_or_citation_is_lost(papers: int) -> None:
    whole = brief(papers)
    draft, shown, _ = await written(whole)
    assert [p for values in shown for p in values["brief"].papers] == list(whole.papers)
    assert all(len(values["brief"].papers) <= GROUP for values in shown)
    for part in ("keywords", "findings", "impact", "outlook"):
        assert [s.text for s in getattr(draft, part)] == [f"{part} {p.title}" for p in whole.papers]
    for _, _, statement in draft.statements():
        for label in statement.cites:
            if found := whole.evidence(label):
                title = statement.text.split()[-1]
                assert found.paper_id == next(p.id for p in whole.papers if p.title == title)
    counted = sum(len(list(tells_all(values["brief"]).statements())) for values in shown)
    assert len(list(draft.statements())) == counted


async def test_the_headlines_of_further_groups_become_themes() -> None:
    draft, _, _ = await written(brief(2 * GROUP + 1))
    assert draft.headline == said("headline Net1", "P1.1")
    assert [(s.text, s.cites) for s in draft.themes if s.text.startswith("headline")] == [
        (f"headline Net{GROUP + 1}", (f"P{GROUP + 1}.1",)),
        (f"headline Net{2 * GROUP + 1}", (f"P{2 * GROUP + 1}.1",)),
    ]


async def test_facts_about_other_days_are_told_once() -> None:
    draft, shown, _ = await written(brief(3 * GROUP))
    assert [values["brief"].facts for values in shown] == [(FACT,), (), ()]
    assert [s.cites for s in draft.trend if s.text.startswith("fact")] == [("T1",)]


def test_labels_move_with_their_group_and_others_stay_as_they_are() -> None:
    empty: dict[str, Any] = dict.fromkeys(PARTS[1:], ())
    first = Draft(**{**empty, "headline": said("a", "P1.1")})
    odd = said("b", "P1.0", "P10.12", "T1", "P3", "x P1.1", "P0.1", kind="analysis")
    second = Draft(**{**empty, "headline": said("c", "P2.3"), "findings": (odd,)})
    joined = join([first, second, second])
    assert joined.headline == said("a", "P1.1")
    assert joined.findings == (
        said("b", f"P{GROUP + 1}.0", f"P{GROUP + 10}.12", "T1", "P3", "x P1.1", "P0.1", kind="analysis"),
        said("b", f"P{2 * GROUP + 1}.0", f"P{2 * GROUP + 10}.12", "T1", "P3", "x P1.1", "P0.1", kind="analysis"),
    )
    assert [s.cites for s in joined.themes] == [(f"P{GROUP + 2}.3",), (f"P{2 * GROUP + 2}.3",)]
    assert join([first]) == first


def test_headline_figures_are_named_with_the_label_of_their_sentence() -> None:
    two = Brief(
        papers=(
            Paper(id="arxiv:1", title="A 99% Title", abstract="We see. It gains up to 18.5%."),
            Paper(id="arxiv:2", title="B", abstract="It is 3x faster on 12 large sets. No figure. It costs 40% less."),
        )
    )
    assert figures(two) == [("P1.2", "18.5%"), ("P2.1", "3x"), ("P2.1", "12 large sets"), ("P2.3", "40%")]
    assert list(texts(two)) == ["A 99% Title", two.papers[0].abstract, "B", two.papers[1].abstract]
    assert figures(Brief(papers=())) == []
