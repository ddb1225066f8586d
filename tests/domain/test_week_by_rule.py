"""A week holds what its days were right to say, checked again, and names what it leaves out."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.claims import Claim
from domain.reports import Report
from domain.trends import DayRow
from domain.week_by_rule import MOST, arrange, fault
from domain.weeks import WeekId
from domain.withdrawals import Withdrawn
from tests.publishing.day import DAY, FED, RACER, SCALE, TRENDING, WAVELETS
from tests.publishing.site import days

WEEK = WeekId(2026, 47)
KOREAN = [report for report in days.reports() if report.language == "ko"]


def tampered(change: Callable[[Claim], Claim]) -> Report:
    """The hand-made day with every line about RACER changed."""
    items = tuple(
        item.model_copy(update={"claims": tuple(map(change, item.claims))}) if item.paper_id == RACER else item
        for item in TRENDING.items
    )
    return TRENDING.model_copy(update={"items": items})


def test_a_week_is_written_as_it_is_read_and_what_is_none_is_refused() -> None:
    assert str(WeekId.read("2026-w47")) == "2026-W47" == str(WeekId.of(DAY))
    assert (WEEK.days[0], WEEK.days[-1]) == (date(2026, 11, 16), date(2026, 11, 22))
    for text in ("2026-47", "2026-W54", "2026-W0", "W47", "2026-W5x"):
        with pytest.raises(ValueError, match="week"):
            WeekId.read(text)


def test_each_day_of_the_week_is_there_with_its_state() -> None:
    found = arrange(WEEK, KOREAN, "ko")
    assert [day.status for day in found.days] == ["broken", "partial", "complete", *["missing"] * 4]
    assert [day.day for day in found.days_told] == [DAY, days.PLAIN_DAY]


def test_what_mattered_comes_first_and_every_line_is_one_of_its_days() -> None:
    found = arrange(WEEK, [TRENDING], "ko")
    # Both are among their day's stories and among the most liked; RACER has more votes.
    assert [one.paper_id for one in found.highlights[:3]] == [RACER, SCALE, FED]
    assert found.highlights[0].reasons == ("opening", "votes") and found.highlights[2].reasons == ("opening",)
    said = {(claim.text, claim.evidence) for claim in TRENDING.claims()}
    for one in found.highlights:
        assert {(claim.text, claim.evidence) for claim in one.claims} <= said
        assert all(claim.evidence for claim in one.claims) and one.claims[0].role in ("hook", "abstract", "method")
    assert found.left_out == () and found.model == "offline" and found.opening == ()


def test_the_same_reports_in_any_order_are_the_same_week() -> None:
    assert arrange(WEEK, KOREAN, "ko") == arrange(WEEK, KOREAN[::-1], "ko")


def test_a_paper_is_told_once_however_often_it_came_and_that_is_a_reason() -> None:
    later = TRENDING.model_copy(update={"day": DAY + timedelta(days=2)})
    found = arrange(WEEK, [TRENDING, later], "ko")
    told = {one.paper_id: one for one in found.highlights}
    assert len(told) == len(found.highlights) and told[RACER].day == later.day
    assert told[RACER].days == (DAY, later.day) and "again" in told[RACER].reasons
    assert WAVELETS not in told


def test_a_story_leads_from_an_earlier_paper_to_the_one_that_takes_it_up() -> None:
    (thread,) = arrange(WEEK, [TRENDING], "ko").threads
    assert [(step.name, step.day) for step in thread.steps] == [
        ("Diffusion Depth", date(2026, 11, 12)),
        ("인식용 확산 모델", DAY),
    ]
    assert thread.steps[0].line is None and thread.steps[1].line is not None
    # Within one week the earlier paper has its line too.
    moved = days.earlier().model_copy(update={"day": DAY - timedelta(days=1)})
    fact = TRENDING.facts[0].model_copy(update={"days": (moved.day,)})
    day = TRENDING.model_copy(update={"facts": (fact, *TRENDING.facts[1:])})
    (thread,) = arrange(WEEK, [day, moved], "ko").threads
    assert next(step.line.text for step in thread.steps if step.line) == "확산이 깊이를 잰다"


def test_a_line_whose_sentence_has_changed_since_is_left_out_and_named() -> None:
    changed = tampered(
        lambda c: c.model_copy(update={"evidence": tuple(e.model_copy(update={"quote": "Else."}) for e in c.evidence)})
    )
    found = arrange(WEEK, [changed], "ko")
    assert RACER not in [one.paper_id for one in found.highlights]
    assert {drop.step for drop in found.left_out} >= {"week/hook", "week/result"}
    assert all("is not in arxiv:2611.00002 any more" in drop.reason for drop in found.left_out)


def test_a_line_that_no_rule_would_let_pass_today_is_left_out_with_the_rule() -> None:
    wrong = tampered(lambda c: c.model_copy(update={"text": c.text.replace("18.5%", "28.5%")}))
    found = arrange(WEEK, [wrong], "ko")
    (drop,) = found.left_out
    assert drop.what == "RLBench에서 성공률이 28.5% 올랐습니다." and "figure-value" in drop.reason
    assert RACER in [one.paper_id for one in found.highlights]
    unproven = TRENDING.items[0].claims[0].model_copy(update={"evidence": ()})
    assert fault(unproven, TRENDING) == "it rests on nothing"


def test_a_paper_that_was_withdrawn_since_is_named_and_not_told() -> None:
    gone = Withdrawn(paper_id=RACER, title="RACER", note="This paper has been withdrawn.", day=DAY + timedelta(days=3))
    found = arrange(WEEK, [TRENDING], "ko", withdrawn=[gone])
    assert RACER not in [one.paper_id for one in found.highlights] and found.withdrawn == (gone,)


def test_shares_are_marked_only_where_they_are_told_from_chance() -> None:
    before = [
        DayRow(day=date(2026, 11, n), new=20, categories=(("cv", 10), ("rl", 9), ("audio", 1))) for n in (9, 10, 11, 12)
    ]
    now = [DayRow(day=date(2026, 11, n), new=20, categories=(("cv", 9), ("audio", 11))) for n in (16, 17)]
    old = [DayRow(day=date(2026, 9, 1), new=500, categories=(("rl", 500),))]
    found = arrange(WEEK, [TRENDING], "ko", rows=[*old, *before, *now])
    assert {share.category: (share.new, share.before, share.of_before, share.moved) for share in found.shares} == {
        "audio": (22, 4, 80, "more"),
        "cv": (18, 40, 80, ""),
        "rl": (0, 36, 80, "less"),
    }
    assert found.observed == 4
    assert arrange(WEEK, [TRENDING], "ko", rows=before).shares == ()


def test_trends_of_the_days_are_told_once_each_with_their_day() -> None:
    later = TRENDING.model_copy(update={"day": DAY + timedelta(days=1)})
    found = arrange(WEEK, [TRENDING, later], "ko")
    assert [one.day for one in found.flow] == [later.day] * len(TRENDING.flow)
    assert {fact.id for fact in found.facts} >= {id for one in found.flow for id in one.claim.facts}


def test_a_great_week_tells_only_the_papers_with_the_best_reasons() -> None:
    papers = [days.paper(f"2611.3{n:04d}", f"Paper {n}", votes=n) for n in range(30)]
    found = arrange(WEEK, [days.day(DAY, [(one, f"{n}번째 결과가 나왔다") for n, one in enumerate(papers)])], "ko")
    votes = [one.votes for one in found.highlights]
    assert len(votes) == MOST or found.left_out
    assert votes == sorted(votes, reverse=True)
