"""What is told of other days: what came again, what continues, and what the whole day is like."""

from datetime import date, timedelta
from typing import Any

import pytest

from agents.historian import MOST, connections, day_facts, flow, returning, today
from domain.claims import Claim, Evidence
from domain.items import Item
from domain.kinds import Role
from domain.papers import Paper
from domain.reports import Filing
from domain.trends import DayRow, Fact, Neighbour, Recollection
from prompts.taxonomy import load_taxonomy
from prompts.topics import load_topics
from tests.scripted import paper

FIRST, SECOND = date(2026, 11, 10), date(2026, 11, 12)
DAY = date(2026, 11, 20)
OLD, NEW, LISTED = (paper(n, f"Net{n}") for n in range(1, 4))
STORY = Paper(
    id="arxiv:x",
    title="Old Net for Tooth Segmentation",
    abstract="We segment teeth.",
    authors=("Ada Kim", "Bo Lee", "Cy Park"),
)
CONTINUES = NEW.model_copy(update={"authors": STORY.authors})
AGAIN = Recollection(paper_id=OLD.id, first_day=FIRST, days=(FIRST, SECOND))
NEAR = Recollection(
    paper_id=NEW.id,
    neighbours=(Neighbour(paper_id=STORY.id, title=STORY.title, url="", day=FIRST, similarity=0.9),),
)
FILED = (Filing(paper_id=NEW.id, category="robotics", certainty=1.0, decided_by="test"),)


def rows(*counts: dict[str, int]) -> list[DayRow]:
    return [
        DayRow(day=DAY - timedelta(days=len(counts) - n), new=sum(row.values()), categories=tuple(row.items()))
        for n, row in enumerate(counts)
    ]


def test_a_new_paper_that_continues_an_earlier_one_is_told_with_its_category_and_day() -> None:
    (fact,) = connections((LISTED, CONTINUES), FILED, (AGAIN, NEAR), (STORY,))
    assert (fact.kind, fact.category, fact.papers, fact.days) == (
        "continuing",
        "robotics",
        (NEW.id, STORY.id),
        (FIRST,),
    )


def test_nothing_continues_without_the_text_of_the_earlier_paper_or_where_it_only_shares_the_field() -> None:
    assert connections((CONTINUES,), FILED, (NEAR,), ()) == ()
    assert connections((NEW,), FILED, (NEAR,), (STORY,)) == ()


def item(*claims: tuple[Role, str], name: str = "OldNet") -> Item:
    held = (Evidence(paper_id=OLD.id, sentence=1, quote="We propose Net1, a method."),)
    return Item(
        paper_id=OLD.id,
        name=name,
        claims=tuple(Claim(kind="reported", role=role, text=text, evidence=held) for role, text in claims),
    )


@pytest.mark.parametrize(
    ("told", "line"),
    [
        (item(("hook", "h"), ("method", "m"), ("result", "r")), "h"),
        (item(("method", "m"), ("result", "r"), ("note", "n")), "r"),
        (item(("method", "m"), ("note", "n")), "m"),
        (item(("note", "n")), None),
    ],
)
def test_a_paper_that_came_before_is_one_line_of_what_was_told_of_it_then(told: Item, line: str | None) -> None:
    (again,) = returning((NEW, OLD), (AGAIN, NEAR), {OLD.id: told}, {})
    assert (again.paper_id, again.first_day, again.days, again.name) == (OLD.id, FIRST, (FIRST, SECOND), "OldNet")
    assert (again.line.text if again.line else None) == line
    assert again.line is None or (again.line.role == "returning" and again.line.evidence)


def test_of_a_paper_that_nothing_was_told_of_a_sentence_of_its_own_is_told_under_the_name_it_has() -> None:
    (again,) = returning((OLD,), (AGAIN,), {}, {OLD.id: "Its Name"})
    assert again.name == "Its Name"
    assert again.line and again.line.text in OLD.abstract


def test_what_came_first_first_is_told_first() -> None:
    later = Recollection(paper_id=NEW.id, first_day=SECOND, days=(SECOND,))
    assert [one.paper_id for one in returning((NEW, OLD), (later, AGAIN), {}, {})] == [OLD.id, NEW.id]


def fact(id: str, kind: Any) -> Fact:
    return Fact(id=id, kind=kind, category="", ko=id, en=id)


def test_of_the_whole_day_a_few_facts_are_told_each_kind_in_turn_in_the_order_in_which_they_were_found() -> None:
    found = (fact("a", "volume"), fact("b", "volume"), fact("c", "volume"), fact("d", "absent"), fact("e", "topic"))
    assert [one.facts[0] for one in flow(found, "en")] == ["a", "d", "e"]
    assert [one.facts[0] for one in flow(found[:4], "en")] == ["a", "b", "d"]
    assert len(flow(tuple(fact(str(n), "topic") for n in range(9)), "en")) == MOST


def test_what_only_says_that_nothing_stands_out_or_is_of_single_papers_is_not_told_of_the_day() -> None:
    assert flow((fact("memory:calm", "memory"), fact("c", "continuing"), fact("r", "repeat")), "en") == ()


def test_the_row_of_today_counts_new_papers_only_by_category_and_topic() -> None:
    again, new = (paper(n, f"A study {n}", "a method for speculative decoding") for n in (8, 9))
    known = Recollection(paper_id=again.id, first_day=FIRST, days=(FIRST,))
    filings = [Filing(paper_id=p.id, category="llm", certainty=1.0, decided_by="test") for p in (again, new)]
    row = today(DAY, [again, new], [known], filings, load_topics())
    assert (row.day, row.new, row.categories) == (DAY, 1, (("llm", 1),))
    assert {n for _, n in row.topics} == {1}


def test_of_few_days_it_is_told_that_nothing_can_be_told() -> None:
    now = DayRow(day=DAY, new=40, categories=(("llm", 40),))
    [only] = day_facts(now, rows(*[{"audio": 40}] * 4), load_taxonomy(), load_topics())
    assert (only.kind, only.numbers) == ("memory", (4.0,))


def test_a_day_like_the_others_is_told_to_be_one() -> None:
    now = DayRow(day=DAY, new=40, categories=(("llm", 20), ("audio", 20)))
    [only] = day_facts(now, rows(*[{"llm": 20, "audio": 20}] * 6), load_taxonomy(), load_topics())
    assert only.id == "memory:calm"


def test_a_day_unlike_the_others_is_told_by_category() -> None:
    now = DayRow(day=DAY, new=40, categories=(("llm", 40),))
    found = day_facts(now, rows(*[{"llm": 20, "audio": 20}] * 6), load_taxonomy(), load_topics())
    assert {(f.kind, f.category) for f in found} == {("volume", "llm"), ("absent", "audio")}


def test_a_day_without_new_papers_has_no_facts() -> None:
    assert (
        day_facts(DayRow(day=DAY, new=0, categories=()), rows(*[{"llm": 20}] * 6), load_taxonomy(), load_topics()) == ()
    )
