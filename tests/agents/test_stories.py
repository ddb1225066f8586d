"""Which papers continue the story of an earlier one, and how that is told."""

import math
from collections.abc import Sequence
from datetime import date

import pytest

from agents.stories import NEAREST, THRESHOLDS, Likeness, Thresholds, compare, content_words, continuing, near, rarity
from domain.papers import Paper
from domain.trends import Fact, Neighbour, Recollection

FIRST, SECOND = date(2026, 11, 10), date(2026, 11, 12)
PEOPLE = ("Ada Kim", "Bo Lee", "Cy Park", "Di Choi")


def paper(name: str, title: str, abstract: str = "", authors: tuple[str, ...] = ()) -> Paper:
    return Paper(id=name, title=title, abstract=abstract, authors=authors)


def recalled(name: str, *neighbours: tuple[Paper, float], first_day: date | None = None) -> Recollection:
    return Recollection(
        paper_id=name,
        first_day=first_day,
        neighbours=tuple(
            Neighbour(paper_id=p.id, title=p.title, url="https://x.example", day=SECOND, similarity=cosine)
            for p, cosine in neighbours
        ),
    )


NEW = paper("new", "Tooth Segmentation in CBCT Scans", "We segment teeth in cone-beam scans with a voxel network.")
OLD = paper(
    "old", "A Voxel Network for Tooth Segmentation", "Cone-beam CBCT scans show teeth that a voxel network finds."
)
SAME_FIELD = paper("field", "Radiology Reports Written by Language Models", "We write radiology reports.")
EARLIER = {p.id: p for p in (OLD, SAME_FIELD)}


def told(
    memory: Sequence[Recollection], *papers: Paper, most: int = 3, earlier: dict[str, Paper] = EARLIER
) -> list[Fact]:
    return continuing(papers, {r.paper_id: r for r in memory}, earlier, "medical", most=most)


def test_a_paper_that_continues_an_earlier_one_is_told_with_that_one_its_day_and_the_numbers() -> None:
    (fact,) = told([recalled("new", (OLD, 0.71239))], NEW)
    likeness = compare(NEW, OLD, 0.71239)
    assert (fact.id, fact.kind, fact.category) == ("continuing:new", "continuing", "medical")
    assert (fact.papers, fact.days) == (("new", "old"), (SECOND,))
    assert fact.numbers == (0.712, round(likeness.title_rarity, 1), round(likeness.word_cosine, 3), 0)
    assert fact.text("ko") == (
        "「Tooth Segmentation in CBCT Scans」은(는) 2026-11-12에 소개된 "
        "「A Voxel Network for Tooth Segmentation」과(와) 이어지는 주제를 다룬다."
    )
    assert fact.text("en") == (
        "“Tooth Segmentation in CBCT Scans” continues the subject of “A Voxel Network for Tooth Segmentation”, "
        "listed on 2026-11-12."
    )


def test_korean_titles_get_the_particles_that_their_last_letters_ask_for() -> None:
    new = paper("new", "치아 분할의 기초", authors=PEOPLE)
    old = paper("old", "치아 분할", authors=PEOPLE)
    (fact,) = told([recalled("new", (old, 0.7))], new, earlier={"old": old})
    assert fact.text("ko").startswith("「치아 분할의 기초」는 2026-11-12에 소개된 「치아 분할」과 이어지는")


def test_papers_of_the_same_people_are_told_with_how_many_they_are() -> None:
    new, old = paper("new", "Radiology Agents", authors=PEOPLE), paper("old", "Chest Films", authors=PEOPLE[:3])
    (fact,) = told([recalled("new", (old, 0.66))], new, earlier={"old": old})
    assert fact.text("ko").endswith("이어지는 주제를 다루며, 저자 3명이 같다.")
    assert fact.text("en").endswith("listed on 2026-11-12, and shares 3 of its authors.")
    assert fact.numbers[-1] == 3
    assert not told([recalled("new", (old, 0.64))], new, earlier={"old": old})
    two = old.model_copy(update={"authors": PEOPLE[:2]})
    assert not told([recalled("new", (two, 0.66))], new, earlier={"old": two})


def test_a_few_of_the_many_people_of_a_laboratory_make_no_story() -> None:
    new = paper("new", "Radiology Agents", authors=PEOPLE[:3])
    half, fewer = (
        paper("old", "Chest Films", authors=(*PEOPLE[:3], *(f"Colleague {n}" for n in range(others))))
        for others in (3, 4)
    )
    assert told([recalled("new", (half, 0.7))], new, earlier={"old": half})
    assert not told([recalled("new", (fewer, 0.7))], new, earlier={"old": fewer})


def test_nearness_alone_is_no_story_and_neither_are_shared_words_of_papers_that_are_far() -> None:
    assert not told([recalled("new", (SAME_FIELD, 0.95))], NEW)
    assert not told([recalled("new", (OLD, THRESHOLDS.similarity - 0.001))], NEW)
    assert told([recalled("new", (OLD, THRESHOLDS.similarity))], NEW)


def test_a_nearer_paper_that_is_no_story_does_not_hide_one_that_is() -> None:
    (fact,) = told([recalled("new", (SAME_FIELD, 0.9), (OLD, 0.7))], NEW)
    assert fact.papers == ("new", "old")


def test_each_paper_is_told_once_with_the_nearest_that_it_continues() -> None:
    again = OLD.model_copy(update={"id": "older"})
    (fact,) = told([recalled("new", (again, 0.8), (OLD, 0.7))], NEW, earlier=EARLIER | {"older": again})
    assert fact.papers == ("new", "older")


def test_the_nearest_pairs_are_told_first_and_no_more_than_asked_for() -> None:
    papers = [NEW.model_copy(update={"id": name}) for name in "dcba"]
    memory = [recalled(name, (OLD, cosine)) for name, cosine in zip("abcd", (0.7, 0.9, 0.9, 0.8), strict=True)]
    assert [f.papers[0] for f in told(memory, *papers)] == ["b", "c", "d"]
    assert [f.papers[0] for f in told(memory, *papers, most=1)] == ["b"]
    assert [f.papers[0] for f in told(memory, *papers, most=9)] == ["b", "c", "d", "a"]


def test_a_paper_that_came_before_continues_nothing_and_asks_for_no_text() -> None:
    known = recalled("new", (OLD, 0.99), first_day=FIRST)
    assert told([known], NEW) == [] and near([known]) == set()


def test_without_memory_or_without_the_earlier_text_there_is_nothing_to_tell() -> None:
    assert told([], NEW) == []
    assert told([recalled("new")], NEW) == []
    assert told([recalled("new", (OLD, 0.9))], NEW, earlier={}) == []


def test_the_texts_that_are_asked_for_are_those_near_enough_to_count() -> None:
    crowd = [paper(f"p{n}", "Title") for n in range(NEAREST + 2)]
    one = recalled("new", *((p, 0.9 - n / 100) for n, p in enumerate(crowd)))
    other = recalled("other", (OLD, THRESHOLDS.similarity), (SAME_FIELD, THRESHOLDS.similarity - 0.001))
    assert near([one, other]) == {p.id for p in crowd[:NEAREST]} | {"old"}


def test_two_texts_are_alike_by_their_rare_words_whatever_the_case() -> None:
    assert content_words("Teeth of the CBCT Scan, and teeth.") == {"teeth", "cbct", "scan"}
    likeness = compare(paper("a", "TOOTH Models", "CBCT"), paper("b", "A Tooth", "cbct"), 0.5)
    assert likeness.similarity == 0.5
    assert likeness.title_rarity == pytest.approx(rarity("tooth"))
    assert likeness.word_cosine == pytest.approx(1.0)
    assert compare(paper("a", "Tooth"), paper("b", "Wind"), 0.5) == Likeness(0.5)
    assert compare(paper("a", "???"), paper("b", "We use it"), 0.5) == Likeness(0.5)


def test_a_rare_word_weighs_more_than_a_common_one() -> None:
    assert rarity("a-word-nobody-wrote") > rarity("segmentation") > rarity("learning") > 0
    one, other = "tooth learning", "tooth wind"
    assert 0.5 < compare(paper("a", one), paper("b", other), 0).word_cosine < 1
    assert compare(paper("a", "learning tooth"), paper("b", "learning wind"), 0).word_cosine < 0.5


def test_an_author_counts_once_whatever_the_case() -> None:
    one, other = paper("a", "T", authors=("ADA KIM", "Bo Lee", "Bo Lee")), paper("b", "T", authors=PEOPLE)
    likeness = compare(one, other, 0)
    assert (likeness.authors, likeness.author_share) == (2, 0.5)


def test_a_rule_wants_the_cosine_and_either_both_kinds_of_words_or_both_counts_of_authors() -> None:
    rule = Thresholds(similarity=0.6, title_rarity=10, word_cosine=0.1, authors=3, author_share=0.5)
    assert rule.shows(Likeness(0.6, 10, 0.1)) and rule.shows(Likeness(0.6, authors=3, author_share=0.5))
    for short in (
        Likeness(0.59, 10, 0.1, 3, 1),
        Likeness(0.6, 9.9, 0.1, 2, 1),
        Likeness(0.6, 10, 0.09, 2, 1),
        Likeness(0.6, 9.9, 0.1, 3, 0.4),
    ):
        assert not rule.shows(short)
    assert Thresholds(similarity=0.6).shows(Likeness(0.6)) and Thresholds(similarity=0.6).authors == math.inf
