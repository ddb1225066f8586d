"""The day's papers are shared out: each once, the repeats apart, the best of the new ones chosen."""

from collections import Counter
from datetime import date
from typing import Any

import pytest

from domain.assignments import Assignment, assign, notability
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


def share(
    papers: list[Paper],
    *,
    memory: tuple[Recollection, ...] = (),
    filings: list[Filing] | None = None,
    cap: int = 9,
) -> dict[str, Assignment]:
    held = assign(
        papers, {r.paper_id: r for r in memory}, filings or [filed(p.id, "llm") for p in papers], TAXONOMY, cap=cap
    )
    return {a.category: a for a in held}


def ids(assignment: Assignment) -> list[str]:
    return [p.id for p in assignment.papers]


def test_every_paper_of_the_day_stands_in_exactly_one_place() -> None:
    papers = [paper(f"p{n:02d}", votes=n % 5, abstract="" if n % 7 == 0 else "Text.") for n in range(40)]
    filings = [filed(p.id, ("llm", "rl", "audio", "other", "gone")[n % 5]) for n, p in enumerate(papers)]
    memory = tuple(seen(p.id, FIRST) for p in papers[::3])
    shared = share(papers, memory=memory, filings=filings, cap=4)
    placed = Counter(id for a in shared.values() for id in (*ids(a), *a.also, *(r.paper_id for r in a.repeats)))
    assert placed == Counter(p.id for p in papers)
    assert all(len(a.papers) <= 4 for a in shared.values())


def test_categories_come_in_printing_order_and_an_unknown_one_is_the_fallback() -> None:
    papers = [paper(n) for n in ("a", "b", "c", "d")]
    filings = [filed("a", "audio"), filed("b", "gone"), filed("c", "llm"), filed("d", "other")]
    shared = share(papers, filings=filings)
    assert list(shared) == ["llm", "audio", "other"]
    assert ids(shared["other"]) == ["b", "d"]


def test_no_more_than_the_cap_are_written_about_and_the_others_are_listed_in_order() -> None:
    papers = [paper(f"p{n}", votes=n) for n in range(5)]
    shared = share(papers, cap=2)["llm"]
    assert (ids(shared), shared.also) == (["p4", "p3"], ("p2", "p1", "p0"))


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
    for order in ([better, worse], [worse, better]):
        assert ids(share(order, memory=memory)["llm"]) == ["z", "a"]


def test_of_equally_notable_papers_the_surer_filed_comes_first_then_the_lower_id() -> None:
    papers = [paper("c"), paper("b"), paper("a")]
    filings = [filed("a", "llm", 0.5), filed("b", "llm", 0.5), filed("c", "llm", 0.6)]
    assert ids(share(papers, filings=filings)["llm"]) == ["c", "a", "b"]


def test_a_paper_that_memory_does_not_know_counts_as_new_in_all() -> None:
    one = paper("a")
    assert notability(one, None, 0.5) == notability(one, Recollection(paper_id="a"), 0.5) == (1.0, 0.5)
    assert notability(one, near("a", 0.25), 0.5) == (0.75, 0.5)


def test_repeats_stand_apart_the_oldest_first_and_take_no_room_of_new_papers() -> None:
    papers = [paper("r2", votes=99), paper("new"), paper("r1"), paper("r0", abstract="")]
    memory = (seen("r2", SECOND), seen("r1", FIRST, SECOND), seen("r0", FIRST), near("new", 0.9))
    shared = share(papers, memory=memory, cap=1)["llm"]
    assert (ids(shared), shared.also) == (["new"], ())
    assert [(r.paper_id, r.first_day, r.days) for r in shared.repeats] == [
        ("r0", FIRST, (FIRST,)),
        ("r1", FIRST, (FIRST, SECOND)),
        ("r2", SECOND, (SECOND,)),
    ]


def test_a_paper_without_an_abstract_is_listed_and_takes_no_room() -> None:
    papers = [paper("bare", abstract="", votes=1000), paper("a"), paper("b")]
    shared = share(papers, cap=2)["llm"]
    assert (ids(shared), shared.also) == (["a", "b"], ("bare",))
    alone = share([papers[0]])["llm"]
    assert (alone.papers, alone.also) == ((), ("bare",))


def test_a_day_without_papers_has_no_assignments() -> None:
    assert share([]) == {}
