"""Only what was accepted is told, and the receipt accounts for everything that came in."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.framer import Frame, Framed
from agents.historian import flow
from agents.publisher import TERMS, candidates, compose, losses, publish, receipt, settle, terms
from domain.assignments import Desk
from domain.claims import Claim, Evidence
from domain.exams import Exam
from domain.items import Group, Item, Returning, Story
from domain.kinds import Role
from domain.lines import Draft, Line, LineState
from domain.papers import Paper
from domain.reports import Drop, Filing, Health, Receipt, Report, reason
from domain.terms import TermEntry
from domain.trends import DayRow, Fact
from prompts.taxonomy import load_taxonomy
from publishing.files import is_whole, read_report
from tests.scripted import DAY, PAPERS, paper

FIRST = date(2026, 11, 10)
TAXONOMY = load_taxonomy()
WELL = Health(source="shelf", asked="shelf", state="answered", held=4)
ARMS, LEGS = PAPERS[:2]
DESK = Desk(categories=("robotics",), papers=(ARMS, LEGS))


def evidence(about: Paper, place: int = 2) -> Evidence:
    return Evidence(paper_id=about.id, sentence=place, quote=dict(about.evidence)[place])


def line(about: Paper, role: Role, text: str, state: LineState = "accepted", **more: Any) -> Line:
    held = (evidence(about),) if state == "accepted" else ()
    return Line(**{"papers": (about.id,), "role": role, "text": text, "state": state, "evidence": held, **more})


LINES = (
    line(ARMS, "result", "r1"),
    line(ARMS, "hook", "h"),
    line(ARMS, "result", "r2", written="R2", objection="too much is said"),
    line(ARMS, "method", "m", "dropped", objection="nothing carries it"),
    line(ARMS, "note", "n", "pending", objection="it says 9 %", rule="figure-value"),
    line(LEGS, "note", "only a note"),
    line(LEGS, "result", "r", "dropped", objection="no"),
)
DRAFT = Draft(names={ARMS.id: "Arms", LEGS.id: "Legs"}, lines=LINES)


def test_what_was_accepted_is_told_in_reading_order_and_nothing_else() -> None:
    item, _ = settle(DESK, DRAFT, made_by="m1")
    assert [(claim.role, claim.text) for claim in item.claims] == [("hook", "h"), ("result", "r1"), ("result", "r2")]
    assert all(claim.evidence for claim in item.claims)
    assert (item.paper_id, item.name, item.made_by, item.quoted) == (ARMS.id, "Arms", "m1", False)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("So a model is trained to predict it.", "A model is trained to predict it."),
        ("So far nothing was cut.", "So far nothing was cut."),
        ("Instead of words it reads signs.", "Instead of words it reads signs."),
        ("That's why, in short, it reads signs.", "In short, it reads signs."),
        ("그래서 이 연구는 글자를 읽습니다.", "이 연구는 글자를 읽습니다."),
        ("또한, 글자를 읽습니다.", "글자를 읽습니다."),
        ("다만들기는 글자를 읽습니다.", "다만들기는 글자를 읽습니다."),
        ("이어 붙인 글자를 읽습니다.", "이어 붙인 글자를 읽습니다."),
    ],
)
def test_a_sentence_whose_forerunner_fell_does_not_go_on_from_it(written: str, told: str) -> None:
    fell, stands = line(ARMS, "problem", "It is slow.", "dropped"), line(ARMS, "method", written)
    items = [settle(DESK, Draft(lines=(one, stands)), made_by="m1")[0] for one in (fell, line(ARMS, "problem", "It."))]
    assert [item.claims[-1].text for item in items] == [told, written]


def test_what_was_mended_and_left_out_is_kept_with_its_item_with_the_reason_and_the_rule() -> None:
    item, _ = settle(DESK, DRAFT, made_by="m1")
    assert [(c.role, c.before, c.after, c.why, c.rule) for c in item.changes] == [
        ("result", "R2", "r2", "too much is said", ""),
        ("method", "m", "", "nothing carries it", ""),
        ("note", "n", "", "it says 9 %", "figure-value"),
    ]


def test_a_paper_of_which_only_a_note_was_accepted_is_quoted() -> None:
    _, item = settle(DESK, DRAFT, made_by="m1")
    assert item.quoted and item.made_by == ""
    assert item.claims and all(claim.text in LEGS.abstract for claim in item.claims)
    assert [change.before for change in item.changes] == ["r"]


def test_a_paper_that_nobody_wrote_about_is_quoted() -> None:
    items = settle(DESK, Draft(), made_by="m1")
    assert [item.paper_id for item in items] == [ARMS.id, LEGS.id]
    assert all(item.quoted and item.changes == () for item in items)


def test_each_reason_for_which_the_model_gave_nothing_is_a_loss_with_the_papers_it_cost() -> None:
    desk = DESK.model_copy(update={"papers": PAPERS})
    down, long = "it fell over", "it does not fit"
    lost = losses(desk, {ARMS.id: down, LEGS.id: long, PAPERS[2].id: down}, "nobody answered")
    assert [(drop.step, drop.what, drop.reason) for drop in lost] == [
        ("synthesize/robotics", f"the model's text on {ARMS.title}, {PAPERS[2].title}", down),
        ("synthesize/robotics", f"the model's text on {LEGS.title}", long),
        ("synthesize/robotics", "the model's judgement", "nobody answered"),
    ]
    assert losses(desk, {}, "") == []


def claim(role: Role, text: str, about: Paper = ARMS) -> Claim:
    return Claim(kind="reported", role=role, text=text, evidence=(evidence(about),))


LISTED, AGAIN = paper(8, "Robot Also"), paper(9, "Robot Again")
OPENING = Story(headline=claim("opening", "Arms grasp"), text=claim("opening", "They do."), papers=(ARMS.id,))
FRAMED = Framed(opening=(OPENING,), groups=(Group(title="Robots", papers=(ARMS.id, LEGS.id)),))
FRAME = Frame(
    lines=(
        line(ARMS, "opening", "Arms grasp", written="Arms grasp all", objection="not all"),
        line(ARMS, "thread", "gone", "dropped", objection="no sentence"),
    )
)


def day(**more: Any) -> Report:
    """A day on which of two papers that were told one is quoted, one paper is only listed and one came again."""
    papers = (ARMS, LEGS, LISTED, AGAIN)
    values: dict[str, Any] = {
        "writes": True,
        "papers": papers,
        "health": [WELL],
        "filings": [
            Filing(
                paper_id=p.id,
                category="robotics",
                certainty=1.0,
                decided_by="memory" if p is AGAIN else "classifier@1",
            )
            for p in papers
        ],
        "proposals": [],
        "items": settle(DESK, DRAFT, made_by="m1"),
        "framed": FRAMED,
        "frame": FRAME,
        "returning": [Returning(paper_id=AGAIN.id, first_day=FIRST, days=(FIRST,), name="Again")],
        "terms": [],
        "facts": [],
        "flow": [],
        "history": [],
        **more,
    }
    return compose(DAY, "ko", "scripted", **values)


EMPTY: dict[str, Any] = {
    **dict.fromkeys(("papers", "filings", "items", "returning"), ()),
    "framed": Framed(),
    "frame": Frame(),
}


def accounted(report: Report, **more: Any) -> Receipt:
    return receipt(report, **{"records": len(report.papers), "drops": [], **more})


def test_the_changes_of_the_items_and_of_the_frame_stand_in_the_report() -> None:
    report = day()
    assert [change.before for change in report.changes] == ["R2", "m", "n", "r", "Arms grasp all", "gone"]
    assert report.listed == (LISTED,)


def test_a_paper_that_was_to_be_written_and_is_quoted_makes_the_day_partial_and_is_named() -> None:
    report = day()
    assert (report.status, [cause.kind for cause in report.causes]) == ("partial", ["quoted"])
    assert report.reason == reason(report.causes)
    assert LEGS.title in report.reason or report.items[1].name in report.reason
    assert not report.quoted


def test_a_day_without_an_opening_that_was_to_have_one_is_partial() -> None:
    written = day().items[:1]
    report = day(items=written, framed=Framed())
    assert [cause.kind for cause in report.causes] == ["bare"]
    assert day(items=written).status == "complete"


def test_where_everything_is_quoted_the_missing_opening_is_no_cause_of_its_own() -> None:
    quoted = settle(DESK, Draft(), made_by="m1")
    report = day(items=quoted, framed=Framed(), frame=Frame())
    assert report.quoted
    assert [cause.kind for cause in report.causes] == ["quoted"]


def test_a_run_that_was_meant_to_quote_is_complete() -> None:
    quoted = settle(DESK, Draft(), made_by="")
    report = day(writes=False, items=quoted, framed=Framed(), frame=Frame())
    assert (report.status, report.quoted) == ("complete", True)


def test_a_judge_that_is_not_believed_is_the_one_cause_and_its_marks_are_told() -> None:
    exam = Exam(model="m", prompt="p", language="ko", planted=2, caught=0, right=2, passed=2)
    quoted = settle(DESK, Draft(), made_by="m1")
    report = day(items=quoted, framed=Framed(), frame=Frame(), exam=exam, believed=False)
    assert [cause.kind for cause in report.causes] == ["unfit judge"]
    assert exam.in_words in report.reason and report.judge == exam


def test_facts_about_the_day_are_told_in_their_own_words_and_rest_on_themselves() -> None:
    fact = Fact(id="volume:audio", kind="volume", category="audio", ko="늘었다.", en="Rose.")
    (told,) = day(facts=[fact], flow=flow([fact], "ko")).flow
    assert (told.text, told.facts, told.kind, told.role) == ("늘었다.", (fact.id,), "trend", "flow")


def test_a_report_keeps_what_trends_were_computed_from_but_for_the_topics() -> None:
    row = DayRow(day=DAY, new=3, categories=(("audio", 3),), topics=(("rlhf", 2),))
    assert day(history=[row]).history == (row.model_copy(update={"topics": ()}),)


def test_words_of_the_page_that_are_listed_are_explained_up_to_a_few() -> None:
    listed = [TermEntry(names=(f"Term{n}",), means=f"meaning {n}") for n in range(TERMS + 3)]
    text = " ".join(entry.names[0] for entry in listed)
    told = terms(Framed(opening=(Story(headline=claim("opening", text), papers=()),)), (), listed)
    assert len(told) == TERMS
    assert terms(Framed(), (), listed) == ()


def test_the_counts_of_the_receipt_add_up() -> None:
    report = day()
    made = accounted(report)
    steps = {s.step: s for s in made.steps}
    papers = len(report.papers)
    assert (steps["retrieve"].came_in, steps["retrieve"].went_out) == (papers, papers)
    assert (steps["recall"].went_out, steps["recall"].note) == (papers, "1 came on an earlier day")
    assert (steps["classify"].went_out, steps["classify"].note) == (papers, "3 by classifier@1, 1 by memory")
    # Every paper is told, listed or came again.
    assign = steps["assign"]
    assert (assign.came_in, assign.went_out, assign.note) == (papers, 2, "1 listed only, 1 came again")
    assert assign.came_in - assign.went_out == len(report.listed) + len(made.returning)
    synthesize = steps["synthesize"]
    assert (synthesize.came_in, synthesize.went_out, synthesize.note) == (2, 1, "1 quoted")
    # Every line is printed, or dropped with a reason.
    critique = steps["critique"]
    dropped = [drop for drop in made.drops if drop.step.startswith("critique/")]
    assert critique.came_in - critique.went_out == len(dropped) == 4
    assert critique.note == "2 mended or added, 4 left out"


@pytest.mark.parametrize(("records", "retrieved", "merged"), [(4, 0, 0), (7, 0, 3), (9, 2, 3), (6, 2, 0), (5, 2, 0)])
def test_records_are_papers_drops_or_merged_into_papers(records: int, retrieved: int, merged: int) -> None:
    drops = [Drop(step="retrieve", what=f"x{n}", reason="no abstract") for n in range(retrieved)]
    drops.append(Drop(step="frame", what="y", reason="z"))
    made = accounted(day(), records=records, drops=drops)
    assert made.merged == merged
    assert made.steps[0].note == f"{merged} records merged into others"


def test_every_drop_of_every_step_is_in_the_receipt() -> None:
    early = Drop(step="retrieve", what="x", reason="no abstract")
    report = day()
    versions = (("ko/synthesize", "3f21ab90"), ("classify", "0a"))
    made = accounted(report, drops=[early], records=5, prompts=versions)
    assert [(d.step, d.what, d.reason) for d in made.drops] == [
        ("retrieve", "x", "no abstract"),
        ("critique/method", "m", "nothing carries it"),
        ("critique/note", "n", "it says 9 %"),
        ("critique/result", "r", "no"),
        ("critique/thread", "gone", "no sentence"),
    ]
    assert (made.day, made.language, made.status, made.reason) == (DAY, "ko", report.status, report.reason)
    assert (made.filings, made.health, made.model) == (report.filings, (WELL,), "scripted")
    assert made.prompts == versions


def test_the_share_that_the_model_was_asked_about_is_of_the_new_papers() -> None:
    assert accounted(day(), asked_to_classify=2).asked_to_classify == 0.667  # 4 papers, 1 of them again
    assert accounted(day()).asked_to_classify == 0.0
    assert accounted(day(**EMPTY), asked_to_classify=0).asked_to_classify == 0.0


def put(report: Report, folder: Path, shape: str = "papers") -> Path:
    return publish(report, accounted(report), TAXONOMY, folder, shape=shape)


def test_a_day_is_published_and_published_again(tmp_path: Path) -> None:
    report = day()
    place = put(report, tmp_path)
    assert is_whole(tmp_path, DAY, "ko") and read_report(place / "report.json") == report
    again = day(items=report.items[:1])
    assert put(again, tmp_path) == place
    assert read_report(place / "report.json") == again


def test_the_shape_changes_the_page_and_not_the_data(tmp_path: Path) -> None:
    first = put(day(), tmp_path)
    page, data = (first / "report.md").read_text(encoding="utf-8"), (first / "report.json").read_bytes()
    put(day(), tmp_path, "five-part")
    assert (first / "report.md").read_text(encoding="utf-8") != page
    assert (first / "report.json").read_bytes() == data


def broken(reason: str) -> Report:
    return day(**EMPTY, health=[Health(source="shelf", asked="shelf", state="unavailable", note=reason)])


def test_a_day_that_breaks_when_it_is_run_again_keeps_the_earlier_report(tmp_path: Path) -> None:
    place = put(day(), tmp_path)
    held = {f.name: f.read_bytes() for f in place.iterdir()}
    assert put(broken("no route"), tmp_path) == place
    assert {f.name: f.read_bytes() for f in place.iterdir()} == held


def test_a_broken_day_is_published_where_nothing_better_is_there(tmp_path: Path) -> None:
    for why in ("no route", "HTTP 500"):
        place = put(broken(why), tmp_path)
        assert read_report(place / "report.json").reason == f"no papers: shelf ({why})"
    (place / "receipt.json").unlink()
    put(broken("third"), tmp_path)
    assert is_whole(tmp_path, DAY, "ko")


def test_a_broken_day_takes_the_place_of_a_report_that_is_not_whole(tmp_path: Path) -> None:
    place = put(day(), tmp_path)
    (place / "receipt.json").unlink()
    put(broken("no route"), tmp_path)
    assert is_whole(tmp_path, DAY, "ko") and read_report(place / "report.json").status == "broken"


def test_a_broken_day_in_one_language_does_not_touch_another(tmp_path: Path) -> None:
    good = day()
    place = put(good, tmp_path)
    there = put(broken("no route").model_copy(update={"language": "en"}), tmp_path)
    assert there != place and read_report(there / "report.json").status == "broken"
    assert read_report(place / "report.json") == good


def test_the_frame_editor_says_which_terms_the_page_uses_in_the_sense_of_the_list() -> None:
    listed = [TermEntry(names=(f"Term{n}",), means=f"meaning {n}") for n in range(3)]
    items = [Item(paper_id="a", name="A", claims=(claim("method", "Term0, Term1 and Term2 are used."),))]
    assert [term.term for term in candidates(items, listed)] == ["Term0", "Term1", "Term2"]
    known = [listed[0].model_copy(update={"familiar": True}), *listed[1:]]
    glossed = [
        items[0].model_copy(update={"claims": (claim("method", "Term0, Term1 (a way to learn) and Term2 are used."),)})
    ]
    assert [term.term for term in candidates(glossed, known)] == ["Term2"]
    assert [term.term for term in terms(Framed(terms=("Term2", "Term9", "Term1")), items, listed)] == ["Term1", "Term2"]
    assert terms(Framed(terms=("Term2",)), items, listed) == ()  # a list of one
    assert terms(Framed(terms=()), items, listed) == ()
    assert len(terms(Framed(), items, listed)) == 3
