"""The model is asked only where the classifier is unsure, and its silence costs nothing."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from agents.second_look import BATCH, LOOK_BELOW, SecondLook, second_look
from domain.papers import Paper
from domain.reports import Filing
from models.llm import ModelFailed, StopRun
from prompts.taxonomy import load_taxonomy
from tests.scripted import ScriptedLLM, paper


class Guesser:
    """A classifier whose guesses are made."""

    name = "guesser"
    taxonomy = load_taxonomy()


def day(certainties: Sequence[float], decided_by: str = "guesser") -> tuple[list[Paper], list[Filing]]:
    papers = [paper(n, f"Net{n}") for n in range(1, len(certainties) + 1)]
    return papers, [
        Filing(paper_id=p.id, category="llm", certainty=c, decided_by=decided_by)
        for p, c in zip(papers, certainties, strict=True)
    ]


class Chooser:
    """A model that chooses by title, and remembers the batches it was asked about."""

    def __init__(self, choose: Any) -> None:
        self.batches: list[list[Any]] = []

        def answers(items: Sequence[Any], **_: Any) -> Any:
            self.batches.append(list(items))
            return {"choices": [c for item in items for c in choose(item)]}

        self.llm = ScriptedLLM({"classify": answers})


def always(category: str, proposal: str | None = None) -> Any:
    return lambda item: [{"id": item.id, "category": category, "proposal": proposal}]


async def look(papers: Sequence[Paper], filings: Sequence[Filing], llm: Any) -> SecondLook:
    guesser: Any = Guesser()
    return await second_look(papers, filings, guesser, llm=llm)


async def test_only_unsure_guesses_are_asked_about_and_decided_by_the_model() -> None:
    papers, filings = day([0.95, LOOK_BELOW - 0.01, LOOK_BELOW, 0.1])
    model = Chooser(always("robotics"))
    looked = await look(papers, filings, model.llm)
    assert [i.title for batch in model.batches for i in batch] == ["Net2", "Net4"]
    assert [(f.paper_id, f.category, f.decided_by) for f in looked.filings] == [
        (papers[0].id, "llm", "guesser"),
        (papers[1].id, "robotics", "scripted"),
        (papers[2].id, "llm", "guesser"),
        (papers[3].id, "robotics", "scripted"),
    ]
    assert [f.certainty for f in looked.filings] == [0.95, 1.0, LOOK_BELOW, 1.0]
    assert (looked.asked, looked.drops, looked.proposals) == (2, (), ())


async def test_what_memory_decided_is_never_asked_again() -> None:
    papers, filings = day([0.1, 0.1], decided_by="memory")
    model = Chooser(always("robotics"))
    looked = await look(papers, filings, model.llm)
    assert looked == SecondLook(filings=tuple(filings)) and model.batches == []


async def test_a_day_on_which_all_is_sure_asks_nothing() -> None:
    papers, filings = day([0.9])
    model = Chooser(always("robotics"))
    looked = await look(papers, filings, model.llm)
    assert (looked.filings, looked.asked, model.batches) == (tuple(filings), 0, [])


async def test_without_a_model_nothing_is_asked() -> None:
    papers, filings = day([0.1])
    looked = await look(papers, filings, None)
    assert looked == SecondLook(filings=tuple(filings))


async def test_papers_are_asked_about_in_batches_with_the_guess() -> None:
    papers, filings = day([0.1] * (2 * BATCH + 1))
    # Each batch counts from P1, so that an answer must find the paper of its own batch.
    keys = [c.key for c in load_taxonomy().all]
    model = Chooser(lambda item: [{"id": item.id, "category": keys[int(item.title[3:]) % len(keys)], "proposal": None}])
    looked = await look(papers, filings, model.llm)
    assert [len(batch) for batch in model.batches] == [BATCH, BATCH, 1]
    for batch in model.batches:
        assert [i.id for i in batch] == [f"P{n}" for n in range(1, len(batch) + 1)]
    assert {i.guess for batch in model.batches for i in batch} == {"llm"}
    assert [f.category for f in looked.filings] == [keys[n % len(keys)] for n in range(1, len(papers) + 1)]
    assert looked.asked == len(papers)


async def test_the_model_is_shown_every_category_with_what_belongs_there() -> None:
    papers, filings = day([0.1])
    shown: list[Any] = []

    def answers(items: Sequence[Any], categories: Sequence[Any], **_: Any) -> Any:
        shown.extend(categories)
        return {"choices": []}

    await look(papers, filings, ScriptedLLM({"classify": answers}))
    assert shown == list(load_taxonomy().all)
    text = (Path(__file__).parents[2] / "prompts" / "classify.md").read_text(encoding="utf-8")
    assert "{{ category.key }}: {{ category.description }}" in text


async def test_a_paper_is_shown_with_its_idea_and_not_with_its_background_alone() -> None:
    papers, filings = day([0.1])
    first, rest = "Networks have many layers.", "Layers cost a lot. Nobody needs all of these layers."
    idea = "We propose SlimNet, which prunes layers of networks."
    rest += " We find that depth is rarely what matters."  # of themselves as well, but not what they made
    papers[0] = papers[0].model_copy(update={"title": "Pruning Layers", "abstract": f"{first} {rest} {idea}"})
    model = Chooser(always("rl"))
    await look(papers, filings, model.llm)
    assert model.batches[0][0].opening == f"{first} {idea}"


async def test_where_no_sentence_tells_a_method_the_first_is_shown_in_which_the_authors_speak_of_themselves() -> None:
    first, second = "Bounds on covering radii are decades old.", "Many of these bounds are loose."
    own = "We ask which of them can be tightened."
    for rest, shown in ((f"{second} {own} Some turn out to be new.", own), (f"{second} Few are tight.", second)):
        papers, filings = day([0.1])
        model = Chooser(always("rl"))
        await look([papers[0].model_copy(update={"abstract": f"{first} {rest}"})], filings, model.llm)
        assert model.batches[0][0].opening == f"{first} {shown}"


async def test_a_paper_is_shown_with_the_opening_of_its_abstract_if_it_has_one() -> None:
    papers, filings = day([0.1, 0.1])
    papers[1] = papers[1].model_copy(update={"abstract": ""})
    model = Chooser(always("rl"))
    await look(papers, filings, model.llm)
    full, bare = model.batches[0]
    assert full.opening.startswith("We propose Net1, a method.") and bare.opening == ""


@pytest.mark.parametrize(
    "choices",
    [
        [],
        [{"id": "P1", "category": "astrology", "proposal": None}],
        [{"id": "P1", "category": "Robotics", "proposal": None}],
        [{"id": "P2", "category": "robotics", "proposal": None}],
        [{"id": "arxiv:2611.00001", "category": "robotics", "proposal": None}],
    ],
)
async def test_an_unknown_key_or_id_leaves_the_guess_as_it_was(choices: list[Any]) -> None:
    papers, filings = day([0.1])
    model = Chooser(lambda item: choices)
    looked = await look(papers, filings, model.llm)
    assert looked.filings == tuple(filings)
    assert looked.asked == 1


@pytest.mark.parametrize(
    ("proposal", "recorded"),
    [
        ("Brain Interfaces", "Brain Interfaces"),
        ("  Brain \n Interfaces ", "Brain Interfaces"),
        ("x" * 100, "x" * 60),
        (None, None),
        ("", None),
        ("  \n", None),
        # The taxonomy has these, under one of its names.
        ("robotics", None),
        ("Large Language Model", None),
        ("강화학습", None),
    ],
)
async def test_a_proposal_is_recorded_only_for_what_the_taxonomy_lacks(
    proposal: str | None, recorded: str | None
) -> None:
    papers, filings = day([0.1, 0.9])
    looked = await look(papers, filings, Chooser(always("other", proposal)).llm)
    expected = [(papers[0].id, recorded)] if recorded else []
    assert [(p.paper_id, p.name) for p in looked.proposals] == expected


async def test_a_model_that_fails_leaves_the_guesses_of_its_batch_and_is_named() -> None:
    papers, filings = day([0.1] * (BATCH + 2))

    def fails_first(items: Sequence[Any], **_: Any) -> Any:
        if len(items) == BATCH:
            raise ModelFailed("the server said 500")
        return {"choices": [{"id": i.id, "category": "rl", "proposal": None} for i in items]}

    looked = await look(papers, filings, ScriptedLLM({"classify": fails_first}))
    assert [f.category for f in looked.filings] == ["llm"] * BATCH + ["rl"] * 2
    (drop,) = looked.drops
    assert (drop.step, drop.reason) == ("classify", "the server said 500")
    assert str(BATCH) in drop.what


async def test_a_run_that_must_stop_stops() -> None:
    def stops(**_: Any) -> Any:
        raise StopRun("the key is refused")

    papers, filings = day([0.1])
    with pytest.raises(StopRun):
        await look(papers, filings, ScriptedLLM({"classify": stops}))
