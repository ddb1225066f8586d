"""Facts about other days say what memory holds, with all that is needed to compute them again."""

from datetime import date

from domain.papers import Paper
from domain.trends import Neighbour, Recollection, by_id, repeats

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


def test_a_repeat_with_a_korean_title_is_told_with_the_particle_that_its_last_letter_asks_for() -> None:
    memory = by_id(Recollection(paper_id=name, first_day=FIRST, days=(FIRST,)) for name in ("a", "b"))
    titled = [
        PAPERS[0].model_copy(update={"title": "강화 학습"}),
        PAPERS[1].model_copy(update={"title": "학습 이론의 기초"}),
    ]
    first, second = repeats(titled, memory, "rl")
    assert first.ko == "「강화 학습」은 2026-11-10에 처음 소개된 논문이다."
    assert second.ko == "「학습 이론의 기초」는 2026-11-10에 처음 소개된 논문이다."


def test_without_memory_there_is_nothing_to_tell() -> None:
    assert repeats(PAPERS, {}, "rl") == []
