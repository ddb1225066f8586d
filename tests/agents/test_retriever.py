"""All sources are asked, each paper comes once, and every loss is named."""

import asyncio
from dataclasses import dataclass, field
from datetime import date

import pytest

from agents.retriever import retrieve
from domain.papers import Paper, paper_id
from domain.reports import Drop, Listing
from tests.scripted import DAY, NEXT, PAPERS, Shelf, paper


def hot(title: str) -> Paper:
    return Paper(id=paper_id(title), title=title, abstract="", sources=("deeplearn",), links=("https://d.example",))


def hot_list(*titles: str) -> Shelf:
    return Shelf({DAY: tuple(hot(t) for t in titles)}, name="deeplearn", signal=True)


@dataclass
class Losing(Shelf):
    """A source that could not use some of its records."""

    lost: tuple[Drop, ...] = field(default=())

    async def listing(self, day: date) -> Listing:
        return (await super().listing(day)).model_copy(update={"drops": self.lost})


async def test_a_day_holds_the_papers_of_all_sources_each_once() -> None:
    again = paper(2, "Robot Legs That Walk", sources=("huggingface",), votes=8)
    more = paper(9, "Another Paper", sources=("huggingface",))
    caught = await retrieve(DAY, [Shelf({DAY: PAPERS[:2]}), Shelf({DAY: (again, more)}, name="huggingface")])
    assert [p.title for p in caught.papers] == ["Robot Arms That Grasp", "Robot Legs That Walk", "Another Paper"]
    assert (caught.papers[1].votes, caught.papers[1].sources) == (8, ("shelf", "huggingface"))
    assert caught.records == 4
    assert caught.drops == ()
    assert [(h.source, h.state, h.held) for h in caught.health] == [
        ("shelf", "answered", 2),
        ("huggingface", "answered", 2),
    ]


async def test_only_the_day_that_was_asked_for_is_read() -> None:
    caught = await retrieve(NEXT, [Shelf({DAY: PAPERS[:2], NEXT: PAPERS[2:]})])
    assert caught.papers == PAPERS[2:]


@pytest.mark.parametrize("signal", [False, True])
async def test_a_source_that_is_down_costs_its_papers_only(signal: bool) -> None:
    down = Shelf({DAY: PAPERS[2:]}, name="huggingface", signal=signal, fails="huggingface.co answered 503")
    for order in ([down, Shelf({DAY: PAPERS[:2]})], [Shelf({DAY: PAPERS[:2]}), down]):
        caught = await retrieve(DAY, order)
        assert caught.papers == PAPERS[:2]
        assert [h.source for h in caught.health] == [s.name for s in order]
        (ill,) = (h for h in caught.health if h.source == "huggingface")
        assert (ill.state, ill.note, ill.signal, ill.held) == ("unavailable", "huggingface.co answered 503", signal, 0)
        assert str(DAY) in ill.asked


async def test_when_all_sources_are_down_all_of_them_say_why() -> None:
    caught = await retrieve(DAY, [Shelf({}, name="a", fails="no route"), Shelf({}, name="b", fails="HTTP 500")])
    assert (caught.papers, caught.records) == ((), 0)
    assert [(h.source, h.note) for h in caught.health] == [("a", "no route"), ("b", "HTTP 500")]


async def test_a_fault_in_a_source_is_no_outage() -> None:
    class Faulty(Shelf):
        async def listing(self, day: date) -> Listing:
            raise KeyError("a bug")

    with pytest.raises(KeyError):
        await retrieve(DAY, [Faulty({})])


async def test_a_hot_list_confirms_papers_and_brings_none() -> None:
    caught = await retrieve(
        DAY, [Shelf({DAY: PAPERS[:1]}), hot_list("robot arms, that grasp!", "An Old Favourite of Theirs")]
    )
    (only,) = caught.papers
    assert (only.title, only.sources, only.abstract) == (
        "Robot Arms That Grasp",
        ("shelf", "deeplearn"),
        PAPERS[0].abstract,
    )
    (drop,) = caught.drops
    assert (drop.step, drop.what) == ("retrieve", "An Old Favourite of Theirs")
    assert drop.reason == "only on a hot list (deeplearn), in no listing"
    assert caught.records == 3


async def test_records_that_a_source_could_not_use_are_counted_and_named() -> None:
    lost = Drop(step="retrieve", what="shelf: Untitled", reason="no abstract")
    again = paper(1, "Robot Arms That Grasp", sources=("huggingface",))
    caught = await retrieve(
        DAY, [Losing({DAY: PAPERS[:2]}, lost=(lost,)), Shelf({DAY: (again,)}, name="huggingface"), hot_list("Old One")]
    )
    assert [d.what for d in caught.drops] == ["shelf: Untitled", "Old One"]
    # All that came in is a paper, a drop, or was merged into a paper.
    assert (caught.records, len(caught.papers), len(caught.drops)) == (5, 2, 2)


async def test_sources_are_asked_side_by_side() -> None:
    met = asyncio.Barrier(2)

    class Meeting(Shelf):
        async def listing(self, day: date) -> Listing:
            await met.wait()
            return await super().listing(day)

    caught = await retrieve(DAY, [Meeting({DAY: PAPERS[:1]}), Meeting({DAY: PAPERS[1:]}, name="other")])
    assert caught.papers == PAPERS


async def test_a_paper_is_no_evidence_about_the_fate_of_another_of_the_day() -> None:
    accuser = paper(
        7,
        "Speech Fields",
        abstract="We model speech. Others noted that robot arms that grasp was invalidated. It gains 7.5%.",
    )
    caught = await retrieve(DAY, [Shelf({DAY: (*PAPERS[:2], accuser)})])
    assert [s.use for s in caught.papers[2].sentences] == ["evidence", "order", "evidence"]
    (warning,) = caught.warnings
    assert "Speech Fields" in warning and "is no evidence" in warning
    alone = await retrieve(DAY, [Shelf({DAY: (accuser,)})])
    assert [s.use for s in alone.papers[0].sentences] == ["evidence"] * 3


async def test_a_withdrawn_paper_is_kept_apart_and_not_held() -> None:
    gone = PAPERS[0].model_copy(update={"withdrawn": "This paper has been withdrawn."})
    caught = await retrieve(DAY, [Shelf({DAY: (gone, PAPERS[1])})])
    assert (caught.papers, caught.withdrawn) == ((PAPERS[1],), (gone,))
    assert [(h.held, h.withdrawn) for h in caught.health] == [(1, 1)]
