"""What an agent is told of other days: what came again, what continues, and what the whole day is like."""

from datetime import date, timedelta

from agents.historian import facts, today, with_facts
from domain.assignments import Assignment
from domain.papers import Paper
from domain.reports import Filing, Repeat
from domain.trends import DayRow, Fact, Neighbour, Recollection
from prompts.taxonomy import load_taxonomy
from prompts.topics import load_topics
from tests.scripted import paper

FIRST = date(2026, 11, 10)
DAY = date(2026, 11, 20)
OLD, NEW, LISTED = (paper(n, f"Net{n}") for n in range(1, 4))
STORY = Paper(
    id="arxiv:x",
    title="Old Net for Tooth Segmentation",
    abstract="We segment teeth.",
    authors=("Ada Kim", "Bo Lee", "Cy Park"),
)
CONTINUES = NEW.model_copy(update={"authors": STORY.authors})
MEMORY = (
    Recollection(paper_id=OLD.id, first_day=FIRST, days=(FIRST,)),
    Recollection(
        paper_id=NEW.id,
        neighbours=(Neighbour(paper_id=STORY.id, title=STORY.title, url="", day=FIRST, similarity=0.9),),
    ),
)
ROBOTICS = Assignment(
    category="robotics",
    papers=(CONTINUES,),
    also=(LISTED.id,),
    repeats=(Repeat(paper_id=OLD.id, first_day=FIRST, days=(FIRST,)),),
)
RISE = Fact(id="volume:robotics", kind="volume", category="robotics", ko="늘었다.", en="Rose.")
ABSENT = Fact(id="absent:audio", kind="absent", category="audio", ko="없다.", en="None.")


def rows(*counts: dict[str, int]) -> list[DayRow]:
    return [
        DayRow(day=DAY - timedelta(days=len(counts) - n), new=sum(row.values()), categories=tuple(row.items()))
        for n, row in enumerate(counts)
    ]


def test_a_category_is_told_what_came_again_what_continues_and_what_its_share_is() -> None:
    [told] = with_facts([ROBOTICS], (OLD, CONTINUES, LISTED), MEMORY, [STORY], [RISE, ABSENT])
    assert [(f.id, f.category) for f in told.facts] == [
        (f"repeat:{OLD.id}", "robotics"),
        (f"continuing:{NEW.id}", "robotics"),
        ("volume:robotics", "robotics"),
    ]
    assert told.model_copy(update={"facts": ()}) == ROBOTICS


def test_a_paper_that_is_only_listed_may_continue_a_story_too() -> None:
    listed = Assignment(category="robotics", papers=(OLD,), also=(NEW.id,))
    [told] = with_facts([listed], (OLD, CONTINUES, LISTED), MEMORY[1:], [STORY], [])
    assert [f.id for f in told.facts] == [f"continuing:{NEW.id}"]


def test_the_row_of_today_counts_new_papers_only_by_category_and_topic() -> None:
    again, new = (paper(n, f"A study {n}", "a method for speculative decoding") for n in (8, 9))
    known = Recollection(paper_id=again.id, first_day=FIRST, days=(FIRST,))
    filings = [Filing(paper_id=p.id, category="llm", certainty=1.0, decided_by="test") for p in (again, new)]
    row = today(DAY, [again, new], [known], filings, load_topics())
    assert (row.day, row.new, row.categories) == (DAY, 1, (("llm", 1),))
    assert {n for _, n in row.topics} == {1}


def test_of_few_days_it_is_told_that_nothing_can_be_told() -> None:
    now = DayRow(day=DAY, new=40, categories=(("llm", 40),))
    [only] = facts(now, rows(*[{"audio": 40}] * 4), load_taxonomy(), load_topics())
    assert (only.kind, only.numbers) == ("memory", (4.0,))


def test_a_day_like_the_others_is_told_to_be_one() -> None:
    now = DayRow(day=DAY, new=40, categories=(("llm", 20), ("audio", 20)))
    [only] = facts(now, rows(*[{"llm": 20, "audio": 20}] * 6), load_taxonomy(), load_topics())
    assert only.id == "memory:calm"


def test_a_day_unlike_the_others_is_told_by_category() -> None:
    now = DayRow(day=DAY, new=40, categories=(("llm", 40),))
    found = facts(now, rows(*[{"llm": 20, "audio": 20}] * 6), load_taxonomy(), load_topics())
    assert {(f.kind, f.category) for f in found} == {("volume", "llm"), ("absent", "audio")}


def test_a_day_without_new_papers_has_no_facts() -> None:
    assert facts(DayRow(day=DAY, new=0, categories=()), rows(*[{"llm": 20}] * 6), load_taxonomy(), load_topics()) == ()
