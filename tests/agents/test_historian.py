"""The facts of a category: which of its papers came again, and which new ones stand close to an earlier one."""

from datetime import date

from agents.historian import NEAR, facts, with_facts
from domain.assignments import Assignment
from domain.reports import Repeat
from domain.trends import Neighbour, Recollection
from tests.scripted import paper

FIRST = date(2026, 11, 10)
OLD, NEW, FAR, LISTED = (paper(n, f"Net{n}") for n in range(1, 5))


def near(name: str, similarity: float) -> Recollection:
    found = Neighbour(paper_id="arxiv:x", title="Old Net", url="", day=FIRST, similarity=similarity)
    return Recollection(paper_id=name, neighbours=(found,))


MEMORY = (
    Recollection(paper_id=OLD.id, first_day=FIRST, days=(FIRST,)),
    near(NEW.id, NEAR + 0.01),
    near(FAR.id, NEAR - 0.01),
    near(LISTED.id, 0.99),
)
ROBOTICS = Assignment(
    category="robotics",
    papers=(FAR, NEW),
    also=(LISTED.id,),
    repeats=(Repeat(paper_id=OLD.id, first_day=FIRST, days=(FIRST,)),),
)


def test_a_category_is_told_its_repeats_then_what_continues() -> None:
    found = facts(ROBOTICS, {p.id: p for p in (OLD, NEW, FAR, LISTED)}, {r.paper_id: r for r in MEMORY})
    assert [(f.id, f.category) for f in found] == [
        (f"repeat:{OLD.id}", "robotics"),
        (f"continuing:{NEW.id}", "robotics"),
    ]


def test_each_assignment_gets_its_own_facts_and_keeps_the_rest() -> None:
    quiet = Assignment(category="audio", papers=(FAR,))
    told, bare = with_facts([ROBOTICS, quiet], (OLD, NEW, FAR, LISTED), MEMORY)
    assert len(told.facts) == 2 and told.model_copy(update={"facts": ()}) == ROBOTICS
    assert bare == quiet
