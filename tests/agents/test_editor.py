"""The editor sees what was rejected and what that rests on, and reaches nothing else."""

from typing import Any

import pytest

from agents.editor import edit
from domain.claims import PARTS, Brief, Draft, Statement
from domain.critiques import Critique, Edit, Rejection, Replacement
from domain.grounding.passage import Fault
from models.llm import ModelFailed
from prompts.glossary import load_glossary
from prompts.taxonomy import load_taxonomy
from tests.scripted import ScriptedLLM, paper

BRIEF = Brief(papers=(paper(1, "AlphaGrip"), paper(2, "BetaWalk"), paper(3, "GammaSwim")))


def said(text: str, *cites: str) -> Statement:
    return Statement(kind="reported", text=text, cites=cites)


EMPTY: dict[str, Any] = dict.fromkeys(PARTS[1:], ())
DRAFT = Draft(
    **{
        **EMPTY,
        "headline": said("머리 문장이다.", "P1.1"),
        "findings": (said("틀린 문장이다.", "P2.2"), said("맞는 문장이다.", "P1.2")),
    }
)
CRITIQUE = Critique(
    rejections=(
        Rejection(
            part="findings",
            place=0,
            statement=DRAFT.findings[0],
            faults=(Fault(rule="figures", span="3%", reason="3% is not in the cited sentence"),),
        ),
    ),
    passed=(DRAFT.headline, DRAFT.findings[1]),
)


async def edited(critique: Critique, answer: Any) -> tuple[Draft, dict[str, Any], ScriptedLLM]:
    shown: dict[str, Any] = {}

    def answers(**values: Any) -> Any:
        shown.update(values)
        return answer

    llm = ScriptedLLM({"edit": answers})
    category = load_taxonomy()["robotics"]
    draft = await edit(DRAFT, critique, category, BRIEF, language="ko", glossary=load_glossary("ko"), llm=llm)
    return draft, shown, llm


async def test_the_editor_mends_the_rejected_statement_and_nothing_else() -> None:
    mended = said("바른 문장이다.", "P2.2")
    answer = Edit(
        replacements=(
            Replacement(part="findings", place=0, statement=mended),
            Replacement(part="findings", place=1, statement=None),
            Replacement(part="headline", place=0, statement=mended),
        ),
        findings=(said("남의 문장이다.", "P3.2"),),
    )
    draft, _, llm = await edited(CRITIQUE, answer)
    assert draft == DRAFT.model_copy(update={"findings": (mended, DRAFT.findings[1])})
    assert llm.asked == [("edit", "robotics")]


async def test_an_editor_that_answers_nothing_changes_nothing() -> None:
    draft, _, _ = await edited(CRITIQUE, Edit(replacements=(), findings=()))
    assert draft == DRAFT


async def test_only_the_papers_that_are_spoken_of_are_shown_and_all_of_their_sentences() -> None:
    _, shown, _ = await edited(CRITIQUE, Edit(replacements=(), findings=()))
    assert [name for name, _ in shown["sentences"]] == ["P2.0", "P2.1", "P2.2", "P2.3"]
    assert dict(shown["sentences"])["P2.2"] == BRIEF.sentences_of(1)[2]
    _, shown, _ = await edited(CRITIQUE.model_copy(update={"uncovered": ("P3",)}), Edit(replacements=(), findings=()))
    assert {name.split(".")[0] for name, _ in shown["sentences"]} == {"P2", "P3"}


@pytest.mark.parametrize("cites", [(), ("P9.9",), ("P2.2", "P2.9")])
async def test_for_a_statement_that_cites_what_does_not_exist_every_paper_is_shown(cites: tuple[str, ...]) -> None:
    (rejection,) = CRITIQUE.rejections
    lost = rejection.model_copy(update={"statement": said("틀린 문장이다.", *cites)})
    _, shown, _ = await edited(Critique(rejections=(lost,)), Edit(replacements=(), findings=()))
    assert [name for name, _ in shown["sentences"]] == [name for _, _, held in BRIEF.labels() for name, _ in held]


async def test_a_finding_is_added_for_a_paper_that_has_none() -> None:
    added = said("헤엄치는 문장이다.", "P3.2")
    answer = Edit(replacements=(), findings=(added, said("또 다른 문장이다.", "P1.2")))
    draft, _, _ = await edited(Critique(uncovered=("P3",)), answer)
    assert draft.findings == (*DRAFT.findings, added)


async def test_an_editor_whose_model_fails_says_so() -> None:
    def fails(**_: Any) -> Any:
        raise ModelFailed("no answer")

    with pytest.raises(ModelFailed, match="no answer"):
        await edit(
            *(DRAFT, CRITIQUE, load_taxonomy()["robotics"], BRIEF),
            language="ko",
            glossary=load_glossary("ko"),
            llm=ScriptedLLM({"edit": fails}),
        )


async def test_of_a_long_paper_the_editor_sees_what_is_cited_beside_it_and_what_has_its_figures_and_names() -> None:
    sentences = (
        "It opens.",
        "It goes on.",
        "We gain 2%.",
        "It is 7% faster.",
        "It rests.",
        "We test on CIFAR.",
        "It ends.",
    )
    long = paper(4, "DeltaFly", abstract=" ".join(sentences))
    whole = Brief(papers=(*BRIEF.papers, long))
    (rejection,) = CRITIQUE.rejections
    wrong = rejection.model_copy(update={"statement": said("CIFAR에서 2% 빠르다.", "P4.4")})
    shown: dict[str, Any] = {}

    def answers(**values: Any) -> Any:
        shown.update(values)
        return Edit(replacements=(), findings=())

    async def labels(critique: Critique) -> list[str]:
        llm = ScriptedLLM({"edit": answers})
        category = load_taxonomy()["robotics"]
        await edit(DRAFT, critique, category, whole, language="ko", glossary=load_glossary("ko"), llm=llm)
        return [name for name, _ in shown["sentences"]]

    assert await labels(Critique(rejections=(wrong,))) == ["P4.0", "P4.3", "P4.4", "P4.5", "P4.6"]
    assert await labels(Critique(rejections=(wrong,), uncovered=("P4",))) == [f"P4.{n}" for n in range(8)]


async def test_the_fence_of_the_editor_counts_the_reasons_too() -> None:
    _, shown, _ = await edited(CRITIQUE, Edit(replacements=(), findings=()))
    (rejection,) = CRITIQUE.rejections
    fault = rejection.faults[0].model_copy(update={"reason": shown["fence"]})
    _, again, _ = await edited(
        CRITIQUE.model_copy(update={"rejections": (rejection.model_copy(update={"faults": (fault,)}),)}),
        Edit(replacements=(), findings=()),
    )
    assert again["fence"] != shown["fence"]
