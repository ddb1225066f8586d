"""Facts about other days say what memory holds, with all that is needed to compute them again."""

from datetime import date

from domain.papers import Paper
from domain.trends import Neighbour, Recollection, by_id, continuing, repeats

FIRST, SECOND = date(2026, 11, 10), date(2026, 11, 12)


def paper(name: str) -> Paper:
    return Paper(id=name, title=f"Title {name}", abstract="")


def neighbour(name: str, similarity: float, day: date = FIRST) -> Neighbour:
    return Neighbour(paper_id=name, title=f"Old {name}", url="https://x.example", day=day, similarity=similarity)


PAPERS = [paper(n) for n in ("a", "b", "c", "d")]


def test_a_paper_that_came_before_is_told_with_the_day_it_first_came() -> None:
    memory = by_id(
        [
            Recollection(paper_id="b", first_day=FIRST, days=(FIRST, SECOND), neighbours=(neighbour("x", 0.9),)),
            Recollection(paper_id="c", neighbours=(neighbour("y", 0.9),)),
        ]
    )
    (fact,) = repeats(PAPERS, memory, "rl")
    assert (fact.id, fact.kind, fact.category) == ("repeat:b", "repeat", "rl")
    assert (fact.papers, fact.days, fact.numbers) == (("b",), (FIRST, SECOND), ())
    assert fact.text("ko") == "「Title b」은(는) 2026-11-10에 처음 소개된 논문이다."
    assert fact.text("en") == "“Title b” was first listed on 2026-11-10."


def test_a_new_paper_close_to_an_earlier_one_is_told_with_that_one_its_day_and_the_cosine() -> None:
    memory = by_id(
        [
            Recollection(paper_id="a", neighbours=(neighbour("x", 0.87654, SECOND), neighbour("y", 0.8))),
            Recollection(paper_id="b", neighbours=(neighbour("z", 0.5),)),
            Recollection(paper_id="c", first_day=FIRST, days=(FIRST,), neighbours=(neighbour("w", 1.0),)),
        ]
    )
    (fact,) = continuing(PAPERS, memory, "rl", threshold=0.7)
    assert (fact.id, fact.kind, fact.category) == ("continuing:a", "continuing", "rl")
    assert (fact.papers, fact.days, fact.numbers) == (("a", "x"), (SECOND,), (0.877,))
    assert fact.text("ko") == "「Title a」은(는) 2026-11-12에 소개된 「Old x」과(와) 가까운 주제이다."
    assert fact.text("en") == "“Title a” is close in subject to “Old x”, listed on 2026-11-12."


def test_the_nearest_pairs_are_told_first_and_no_more_than_asked_for() -> None:
    memory = by_id(
        Recollection(paper_id=name, neighbours=(neighbour("x", similarity),))
        for name, similarity in (("a", 0.8), ("b", 0.9), ("c", 0.9), ("d", 0.75))
    )
    assert [f.papers[0] for f in continuing(PAPERS[::-1], memory, "rl", threshold=0.7)] == ["b", "c", "a"]
    assert [f.papers[0] for f in continuing(PAPERS, memory, "rl", threshold=0.7, most=1)] == ["b"]
    assert [f.papers[0] for f in continuing(PAPERS, memory, "rl", threshold=0.85, most=9)] == ["b", "c"]
    assert len(continuing(PAPERS, memory, "rl", threshold=0.9)) == 2


def test_without_memory_there_is_nothing_to_tell() -> None:
    assert repeats(PAPERS, {}, "rl") == []
    assert continuing(PAPERS, {}, "rl", threshold=0.0) == []
    assert continuing(PAPERS, by_id([Recollection(paper_id="a")]), "rl", threshold=0.0) == []
