"""The new papers are ranked and shared out to desks: each once, the most notable first."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from domain.assignments import Desk, desks, notability, ranked
from domain.papers import Paper
from domain.reports import Filing
from domain.taxonomy import Category, Taxonomy
from domain.trends import Neighbour, Recollection

FIRST, SECOND = date(2026, 11, 10), date(2026, 11, 12)


def category(key: str) -> Category:
    return Category(key=key, ko=key, en=key, emoji="🔹", description=key)


TAXONOMY = Taxonomy(categories=(category("llm"), category("rl"), category("audio")), fallback=category("other"))


def paper(name: str, **more: Any) -> Paper:
    return Paper(**{"id": name, "title": name, "abstract": "An abstract.", "sources": ("arxiv",), **more})


def filed(name: str, key: str, certainty: float = 0.9) -> Filing:
    return Filing(paper_id=name, category=key, certainty=certainty, decided_by="test")


def near(name: str, *similarities: float) -> Recollection:
    found = tuple(
        Neighbour(paper_id=f"n{n}", title="old", url="", day=FIRST, similarity=s) for n, s in enumerate(similarities)
    )
    return Recollection(paper_id=name, neighbours=found)


def seen(name: str, *days: date) -> Recollection:
    return Recollection(paper_id=name, first_day=min(days), days=days, category="llm")


def order(papers: list[Paper], memory: tuple[Recollection, ...] = (), filings: list[Filing] | None = None) -> list[str]:
    known = {r.paper_id: r for r in memory}
    return [p.id for p in ranked(papers, known, filings or [filed(p.id, "llm") for p in papers])]


def share(papers: list[Paper], filings: list[Filing] | None = None, **sizes: int) -> tuple[Desk, ...]:
    bounds = {"cap": 9, "in_full": 9, "at_once": 5, **sizes}
    return desks(papers, filings or [filed(p.id, "llm") for p in papers], TAXONOMY, **bounds)


def ids(desk: Desk) -> list[str]:
    return [p.id for p in desk.papers]


@pytest.mark.parametrize(
    ("better", "worse", "memory"),
    [
        (paper("z", votes=5), paper("a", votes=4), ()),
        (paper("z", sources=("arxiv", "huggingface")), paper("a"), ()),
        (paper("z"), paper("a"), (near("z", 0.2), near("a", 0.9))),
        (paper("z"), paper("a"), (near("a", 0.1, 0.9), near("z", 0.3, 0.2))),
        # Votes count by their logarithm: what other sources confirm outweighs a few hundred more.
        (
            paper("z", votes=300, sources=("arxiv", "huggingface", "deeplearn")),
            paper("a", votes=900),
            (near("z", 0.5), near("a", 0.9)),
        ),
    ],
)
def test_the_more_notable_paper_comes_first(better: Paper, worse: Paper, memory: tuple[Recollection, ...]) -> None:
    for both in ([better, worse], [worse, better]):
        assert order(both, memory) == ["z", "a"]


def test_of_equally_notable_papers_the_surer_filed_comes_first_then_the_lower_id() -> None:
    papers = [paper("c"), paper("b"), paper("a")]
    filings = [filed("a", "llm", 0.5), filed("b", "llm", 0.5), filed("c", "llm", 0.6)]
    assert order(papers, filings=filings) == ["c", "a", "b"]


def test_a_paper_that_memory_does_not_know_counts_as_new_in_all() -> None:
    one = paper("a")
    assert notability(one, None, 0.5) == notability(one, Recollection(paper_id="a"), 0.5) == (1.0, 0.5)
    assert notability(one, near("a", 0.25), 0.5) == (0.75, 0.5)


def test_papers_that_came_before_and_papers_without_an_abstract_are_not_ranked() -> None:
    papers = [paper("again", votes=9), paper("bare", abstract="", votes=9), paper("new")]
    assert order(papers, (seen("again", FIRST, SECOND),)) == ["new"]


def test_every_paper_within_the_cap_sits_at_exactly_one_desk() -> None:
    papers = [paper(f"p{n:02d}") for n in range(60)]
    filings = [filed(p.id, ("llm", "rl", "audio", "other", "gone")[n % 5]) for n, p in enumerate(papers)]
    shared = share(papers, filings, cap=8)
    seated = Counter(id for desk in shared for id in ids(desk))
    assert set(seated.values()) == {1}
    # 'gone' is no category and falls to 'other', which is full with eight.
    assert Counter(key for desk in shared for key in desk.categories).keys() == {"llm", "rl", "audio", "other"}
    assert len(seated) == 4 * 8
    assert all(1 <= 3 * len(desk.papers) - len(desk.short) <= 5 * 3 for desk in shared)


def test_categories_share_desks_in_printing_order_and_no_desk_is_longer_than_it_has_to_be() -> None:
    papers = [paper(f"l{n}") for n in range(6)] + [paper("r1"), paper("a1"), paper("a2")]
    filings = [filed(p.id, {"l": "llm", "r": "rl", "a": "audio"}[p.id[0]]) for p in papers]
    shared = share(papers, filings)
    assert [(desk.categories, len(desk.papers)) for desk in shared] == [
        (("llm",), 5),
        (("llm", "rl", "audio"), 4),
    ]
    assert shared[-1].name == "llm+rl+audio"


def test_those_beyond_the_most_notable_are_told_short_wherever_they_sit() -> None:
    papers = [paper("a"), paper("r"), paper("b")]
    filings = [filed("a", "llm"), filed("r", "rl"), filed("b", "llm")]
    shared = share(papers, filings, in_full=2)
    assert {id for desk in shared for id in desk.short} == {"b"}


def test_a_desk_holds_half_as_many_again_of_papers_that_are_told_short() -> None:
    papers = [paper(f"p{n}") for n in range(7)]
    shared = share(papers, at_once=2, in_full=0)
    assert [len(desk.papers) for desk in shared] == [3, 3, 1]
    assert [len(desk.papers) for desk in share(papers[:6], at_once=2, in_full=0)] == [3, 3]
    assert [len(desk.papers) for desk in share(papers[:6], at_once=2)] == [2, 2, 2]


def test_desks_are_as_few_as_hold_all_and_the_longest_is_as_short_as_these_allow() -> None:
    told = [paper(f"f{n}", votes=9) for n in range(4)] + [paper(f"s{n}") for n in range(4)]

    def lengths(at_once: int) -> list[int]:
        return [3 * len(desk.papers) - len(desk.short) for desk in share(told, at_once=at_once, in_full=4)]

    assert lengths(4) == [9, 11]
    assert lengths(3) == [6, 8, 6]  # not the 9, 9 and 2 of desks that are filled one by one


def test_a_desk_without_some_of_its_papers_keeps_its_name() -> None:
    (desk,) = share([paper("a"), paper("b")])
    assert ids(desk.without({"a"})) == ["b"]
    assert desk.without({"a"}).name == desk.name


def test_a_day_without_papers_has_no_desks() -> None:
    assert share([]) == ()
