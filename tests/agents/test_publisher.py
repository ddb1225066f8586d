"""Only what passed is filed, and the receipt accounts for everything that came in."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.publisher import compose, file, publish, receipt
from domain.assignments import Assignment
from domain.claims import PARTS, Brief, Claim, Draft, Part, Statement
from domain.critiques import Critique, Rejection
from domain.grounding.passage import Fault
from domain.reports import Drop, Filing, Gap, Health, Receipt, Repeat, Report, Section, reason
from domain.trends import DayRow, Fact
from prompts.taxonomy import load_taxonomy
from publishing.files import is_whole, read_report
from tests.scripted import DAY, PAPERS, paper

FIRST = date(2026, 11, 10)
TAXONOMY = load_taxonomy()
FACT = Fact(id="repeat:x", kind="repeat", category="robotics", ko="ㄱ", en="a")
WELL = Health(source="shelf", asked="shelf", state="answered", held=4)


def said(text: str, *cites: str) -> Statement:
    return Statement(kind="reported", text=text, cites=cites)


EMPTY: dict[str, Any] = dict.fromkeys(PARTS[1:], ())
ROBOTICS = Assignment(
    category="robotics",
    papers=PAPERS[:2],
    also=("arxiv:2611.00008",),
    repeats=(Repeat(paper_id="arxiv:2611.00009", first_day=FIRST, days=(FIRST,)),),
    facts=(FACT,),
)
BRIEF = Brief(papers=ROBOTICS.papers, facts=ROBOTICS.facts)
DRAFT = Draft(
    **{
        **EMPTY,
        "headline": said("head", "P1.1"),
        "keywords": (said("Robot", "P1.0"),),
        "findings": (said("find 1", "P1.2"), said("find 2", "P2.2"), said("find 3", "P2.3")),
        "trend": (Statement(kind="trend", text="trend", cites=("T1",)),),
        "outlook": (said("look", "P2.3"),),
    }
)


def judged(*bad: tuple[Part, int], draft: Draft = DRAFT) -> Critique:
    fault = Fault(rule="figures", span="9%", reason="it is 1.5%")
    return Critique(
        rejections=tuple(
            Rejection(part=p, place=n, statement=s, faults=(fault, fault))
            for p, n, s in draft.statements()
            if (p, n) in bad
        ),
        passed=tuple(s for p, n, s in draft.statements() if (p, n) not in bad),
    )


def filed(critique: Critique, draft: Draft = DRAFT) -> Section:
    return file(ROBOTICS, draft, critique, BRIEF, revisions=1, extractive=False)


def texts(section: Section) -> list[tuple[str, str]]:
    return [(part, claim.text) for part, claim in section.claims()]


def test_what_passed_is_filed_with_its_evidence_part_by_part() -> None:
    section = filed(judged())
    assert texts(section) == [(part, s.text) for part, _, s in DRAFT.statements()]
    assert all(c.evidence or c.facts for _, c in section.claims())
    assert section.findings[0].evidence[0].quote == BRIEF.sentences_of(0)[2]
    assert section.trend[0].facts == (FACT.id,)
    assert section.drops == ()
    assert (section.category, section.papers) == ("robotics", tuple(p.id for p in PAPERS[:2]))
    assert (section.also, section.repeats, section.facts) == (ROBOTICS.also, ROBOTICS.repeats, (FACT,))
    assert (section.revisions, section.extractive) == (1, False)


def test_what_was_rejected_is_left_out_with_every_reason() -> None:
    section = filed(judged(("findings", 2), ("headline", 0)))
    assert section.headline is None
    assert [c.text for c in section.findings] == ["find 1", "find 2"]
    assert [(d.step, d.what, d.reason) for d in section.drops] == [
        ("critique/robotics", "head", "figures: it is 1.5%; figures: it is 1.5%"),
        ("critique/robotics", "find 3", "figures: it is 1.5%; figures: it is 1.5%"),
    ]


def test_a_paper_that_is_left_without_a_finding_is_named() -> None:
    section = filed(judged(("findings", 1), ("findings", 2)))
    named = [d for d in section.drops if d.what == PAPERS[1].title]
    assert len(named) == 1 and "no finding" in named[0].reason
    assert section.papers == tuple(p.id for p in PAPERS[:2])


def test_a_statement_that_nobody_passed_is_not_printed_even_when_nobody_rejected_it() -> None:
    assert texts(filed(Critique(passed=(DRAFT.headline,)))) == [("headline", "head")]


def test_a_claim_without_evidence_is_not_printed_even_when_it_passed() -> None:
    lost = DRAFT.model_copy(update={"outlook": (said("look", "P9.9"), said("bare"))})
    assert filed(judged(draft=lost), lost).outlook == ()


def test_a_sentence_that_is_said_twice_is_printed_once() -> None:
    twice = DRAFT.model_copy(update={"findings": (*DRAFT.findings, DRAFT.findings[0])})
    section = filed(judged(("findings", 3), draft=twice), twice)
    assert [c.text for c in section.findings] == ["find 1", "find 2", "find 3"]
    assert [d.what for d in section.drops] == ["find 1"]


def day(**more: Any) -> Report:
    """A day on which one category is written, one is lost and one only lists."""
    lost = paper(5, "Quantum Lost"), paper(6, "Quantum Listed"), paper(7, "Quantum Repeated")
    several = (*PAPERS[:2], paper(8, "Robot Also"), paper(9, "Robot Again"), *lost, paper(10, "Speech Again"))
    seen = Repeat(paper_id=lost[2].id, first_day=FIRST, days=(FIRST,))
    audio = Repeat(paper_id="arxiv:2611.00010", first_day=FIRST, days=(FIRST,))
    keys = {"Robot": "robotics", "Quantum": "quantum", "Speech": "audio"}
    values: dict[str, Any] = {
        "papers": several,
        "health": [WELL],
        "filings": [
            Filing(
                paper_id=p.id,
                category=keys[p.title.split()[0]],
                certainty=1.0,
                decided_by="memory" if "Again" in p.title or "Repeated" in p.title else "classifier@1",
            )
            for p in several
        ],
        "proposals": [],
        "assignments": [
            Assignment(category="audio", papers=(), repeats=(audio,)),
            ROBOTICS,
            Assignment(category="quantum", papers=lost[:1], also=(lost[1].id,), repeats=(seen,)),
        ],
        "sections": [filed(judged(("outlook", 0), ("findings", 1), ("findings", 2)))],
        "gaps": [Gap(category="quantum", reason="ModelFailed: no", papers=(lost[0].id, lost[1].id), repeats=(seen,))],
        "overview": [],
        "trend": [],
        "facts": [],
        "history": [],
        "taxonomy": TAXONOMY,
    }
    return compose(DAY, "ko", "scripted", quotes=False, **{**values, **more})


def accounted(report: Report, **more: Any) -> Receipt:
    values: dict[str, Any] = {"records": len(report.papers), "drops": ()}
    return receipt(report, **{**values, **more})


def test_a_report_holds_written_and_listing_sections_in_printing_order_and_no_lost_one() -> None:
    report = day()
    keys = [s.category for s in report.sections]
    assert set(keys) == {"robotics", "audio"} and keys == TAXONOMY.order(keys)
    assert [g.category for g in report.gaps] == ["quantum"]
    assert (report.status, report.reason) == ("partial", "category quantum is missing: ModelFailed: no")
    (audio,) = (s for s in report.sections if s.category == "audio")
    assert audio.papers == () and len(audio.repeats) == 1


def test_missing_categories_are_named_in_printing_order_however_they_failed() -> None:
    gaps = [Gap(category=key, reason="no", papers=("x",)) for key in ("quantum", "other", "audio", "llm", "rl")]
    for order in (gaps, gaps[::-1]):
        assert [g.category for g in day(gaps=order).gaps] == TAXONOMY.order(g.category for g in gaps)


def test_the_whole_report_quotes_only_when_every_written_section_does() -> None:
    written = day().sections
    quoted = [s.model_copy(update={"extractive": True}) for s in written if s.papers]
    report = day(sections=quoted, gaps=[])
    assert report.extractive
    assert (report.status, report.reason) == ("partial", "quoted only, because the model failed: robotics")
    plain = filed(judged()).model_copy(update={"category": "quantum"})
    assert not day(sections=[*quoted, plain], gaps=[]).extractive
    assert not day(sections=[], gaps=[]).extractive


def test_a_run_that_was_meant_to_quote_is_complete() -> None:
    quoted = [filed(judged()).model_copy(update={"extractive": True})]
    report = compose(
        *(DAY, "ko", "offline"),
        quotes=True,
        **{
            **dict.fromkeys(("filings", "proposals", "gaps", "overview", "trend", "facts", "history"), ()),
            **{"papers": PAPERS[:2], "health": [WELL], "assignments": [ROBOTICS], "sections": quoted},
            "taxonomy": TAXONOMY,
        },
    )
    assert (report.status, report.extractive) == ("complete", True)


def test_a_report_keeps_what_trends_were_computed_from_but_for_the_topics() -> None:
    row = DayRow(day=DAY, new=3, categories=(("audio", 3),), topics=(("rlhf", 2),))
    fact = Fact(id="volume:audio", kind="volume", category="audio", ko="늘었다.", en="Rose.")
    said = Claim(kind="trend", text="늘었다.", facts=(fact.id,))
    report = day(history=[row], facts=[fact], trend=[said])
    assert report.history == (row.model_copy(update={"topics": ()}),)
    assert (report.facts, report.trend) == ((fact,), (said,))


def test_what_keeps_a_day_from_being_complete_is_told_as_data_and_as_a_sentence() -> None:
    report = day()
    assert {cause.kind for cause in report.causes} == {"missing"}
    assert report.reason == reason(report.causes)


def test_the_counts_of_the_receipt_add_up() -> None:
    report = day()
    made = accounted(report)
    steps = {s.step: s for s in made.steps}
    papers = len(report.papers)
    assert (steps["retrieve"].came_in, steps["retrieve"].went_out) == (papers, papers)
    assert (steps["recall"].went_out, steps["recall"].note) == (papers, "3 came on an earlier day")
    assert (steps["classify"].went_out, steps["classify"].note) == (papers, "5 by classifier@1, 3 by memory")
    # Every paper is written about, left in a gap, listed or a repeat.
    assign = steps["assign"]
    assert (assign.came_in, assign.went_out, assign.note) == (papers, 4, "1 listed only, 3 repeats listed")
    assert assign.came_in - assign.went_out == 1 + len(made.repeats)
    assert (steps["synthesize"].came_in, steps["synthesize"].went_out) == (4, 2)
    assert steps["synthesize"].note == "1 categories written, 1 missing"
    # Every statement is printed, or dropped with a reason.
    statements = len(list(DRAFT.statements()))
    critique = steps["critique"]
    assert (critique.came_in, critique.went_out, critique.note) == (statements, statements - 3, "1 revisions")
    assert critique.came_in - critique.went_out == sum(1 for d in made.drops if d.step == "critique/robotics")


@pytest.mark.parametrize(("records", "retrieved", "merged"), [(8, 0, 0), (11, 0, 3), (13, 2, 3), (10, 2, 0), (9, 2, 0)])
def test_records_are_papers_drops_or_merged_into_papers(records: int, retrieved: int, merged: int) -> None:
    drops = [Drop(step="retrieve", what=f"x{n}", reason="no abstract") for n in range(retrieved)]
    drops.append(Drop(step="overview", what="y", reason="z"))
    made = accounted(day(), records=records, drops=drops)
    assert made.merged == merged
    assert made.steps[0].note == f"{merged} records merged into others"


def test_every_drop_of_every_step_is_in_the_receipt() -> None:
    early = Drop(step="retrieve", what="x", reason="no abstract")
    report = day()
    made = accounted(report, drops=[early], records=9)
    assert made.drops == (early, *(d for s in report.sections for d in s.drops))
    assert [d.what for d in made.drops] == ["x", "find 2", "find 3", "look", PAPERS[1].title]
    assert {r.paper_id for r in made.repeats} == {f"arxiv:2611.{n:05d}" for n in (7, 9, 10)}
    assert (made.day, made.language, made.status, made.reason) == (DAY, "ko", report.status, report.reason)
    assert (made.gaps, made.filings, made.health, made.model) == (report.gaps, report.filings, (WELL,), "scripted")
    assert {name for name, _ in made.prompts} >= {"synthesize", "critique", "edit", "overview", "classify"}


def test_the_share_that_the_model_was_asked_about_is_of_the_new_papers() -> None:
    assert accounted(day(), asked_to_classify=2).asked_to_classify == 0.4  # 8 papers, 3 of them repeats
    assert accounted(day()).asked_to_classify == 0.0
    nothing = day(**dict.fromkeys(("papers", "filings", "assignments", "sections", "gaps"), ()))
    assert accounted(nothing, asked_to_classify=0).asked_to_classify == 0.0


def test_a_day_is_published_and_published_again(tmp_path: Path) -> None:
    report = day()
    place = publish(report, accounted(report), TAXONOMY, tmp_path)
    assert is_whole(tmp_path, DAY, "ko") and read_report(place / "report.json") == report
    again = day(gaps=[])
    assert publish(again, accounted(again), TAXONOMY, tmp_path) == place
    assert read_report(place / "report.json") == again


def broken(reason: str) -> Report:
    down = Health(source="shelf", asked="shelf", state="unavailable", note=reason)
    return day(health=[down], **dict.fromkeys(("papers", "filings", "assignments", "sections", "gaps"), ()))


def test_a_day_that_breaks_when_it_is_run_again_keeps_the_earlier_report(tmp_path: Path) -> None:
    good = day()
    place = publish(good, accounted(good), TAXONOMY, tmp_path)
    held = {f.name: f.read_bytes() for f in place.iterdir()}
    worse = broken("no route")
    assert publish(worse, accounted(worse), TAXONOMY, tmp_path) == place
    assert {f.name: f.read_bytes() for f in place.iterdir()} == held


def test_a_broken_day_is_published_where_nothing_better_is_there(tmp_path: Path) -> None:
    for why in ("no route", "HTTP 500"):
        report = broken(why)
        place = publish(report, accounted(report), TAXONOMY, tmp_path)
        assert read_report(place / "report.json").reason == f"no papers: shelf ({why})"
    (place / "receipt.json").unlink()
    report = broken("third")
    publish(report, accounted(report), TAXONOMY, tmp_path)
    assert is_whole(tmp_path, DAY, "ko")


def test_a_broken_day_takes_the_place_of_a_report_that_is_not_whole(tmp_path: Path) -> None:
    good, report = day(), broken("no route")
    place = publish(good, accounted(good), TAXONOMY, tmp_path)
    (place / "receipt.json").unlink()
    publish(report, accounted(report), TAXONOMY, tmp_path)
    assert is_whole(tmp_path, DAY, "ko") and read_report(place / "report.json").status == "broken"


def test_a_broken_day_in_one_language_does_not_touch_another(tmp_path: Path) -> None:
    good = day()
    place = publish(good, accounted(good), TAXONOMY, tmp_path)
    english = broken("no route").model_copy(update={"language": "en"})
    there = publish(english, accounted(english), TAXONOMY, tmp_path)
    assert there != place and read_report(there / "report.json").status == "broken"
    assert read_report(place / "report.json") == good
