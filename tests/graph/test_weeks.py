"""A week that a model opens: its lines pass the critic of every day, or are left out and named."""

from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from agents.framer import Overview
from agents.verdicts import Refusal, Shown, Verdicts
from agents.weekly import WeekOutline
from domain.exams import Exam
from domain.weeks import Week, WeekId
from graph.runs import run_day
from graph.weeks import compose
from models.llm import ModelFailed
from tests.scripted import DAY, PAPERS, ScriptedContext, ScriptedLLM, Shelf, approves, script

WEEK = WeekId.of(DAY)
GOOD = "기준 방법보다 정확도가 높아진 논문들입니다."


def opens(items: Sequence[tuple[str, str, str, Any]], **_: Any) -> WeekOutline:
    labels = tuple(label for label, *_ in items)
    return WeekOutline(
        lines=(Overview(text=GOOD, papers=labels[:1]), Overview(text="없는 논문입니다.", papers=("P99",)))
    )


@pytest.fixture
async def reviewed(tmp_path: Path) -> Callable[..., Any]:
    """Runs two days of the week, the second with papers of the first, and then reviews it."""
    days = {DAY: PAPERS, DAY + timedelta(days=1): PAPERS[:2]}

    def context(agents: dict[str, Callable[..., Any]] | None) -> ScriptedContext:
        model = "offline" if agents is None else "openai:scripted"
        return ScriptedContext(data=str(tmp_path / "data"), model=model, script=agents, shelves=(Shelf(days),))

    for day in days:
        ctx = context(script())
        await run_day(day, ctx)
        await ctx.aclose()

    async def run(agents: dict[str, Callable[..., Any]] | None) -> tuple[Week, ScriptedContext]:
        ctx = context(agents)
        try:
            return await compose(WEEK, ctx), ctx
        finally:
            await ctx.aclose()

    return run


async def test_an_opening_is_published_when_the_critic_accepts_it_and_rests_on_what_was_told(
    reviewed: Callable[..., Any],
) -> None:
    week, ctx = await reviewed(script(week=opens))
    (story,) = week.opening
    assert story.headline.text == GOOD and week.model == "openai:scripted"
    cited = {(e.paper_id, e.sentence) for e in story.headline.evidence}
    told = {(e.paper_id, e.sentence) for one in week.highlights for claim in one.claims for e in claim.evidence}
    assert cited and cited <= told
    assert isinstance(ctx.llm, ScriptedLLM) and ctx.llm.count("critique", "week") == 1
    assert any("again" in one.reasons for one in week.highlights)


async def test_without_a_model_a_week_is_arranged_and_nobody_is_asked(reviewed: Callable[..., Any]) -> None:
    week, _ = await reviewed(None)
    assert (week.model, week.opening, week.left_out) == ("offline", (), ()) and week.highlights


async def test_what_the_critic_rejects_is_left_out_and_named(reviewed: Callable[..., Any]) -> None:
    def rejects(lines: Sequence[Shown], **_: Any) -> Verdicts:
        if any(line.role == "opening" for line in lines):
            return Verdicts(ok=(), mend=(), drop=tuple(Refusal(id=one.id, why="unproven") for one in lines), missing=())
        return approves(lines)

    week, _ = await reviewed(script(week=opens, critique=rejects))
    assert week.opening == () and [(d.what, d.reason) for d in week.left_out] == [(GOOD, "unproven")]


async def test_a_critic_that_is_silent_accepts_nothing_within_its_bound(reviewed: Callable[..., Any]) -> None:
    def silent(lines: Sequence[Shown], **_: Any) -> Verdicts:
        return Verdicts(ok=(), mend=(), drop=(), missing=())

    week, ctx = await reviewed(script(week=opens, critique=silent))
    assert week.opening == () and [drop.what for drop in week.left_out] == [GOOD]
    assert ctx.llm.count("critique", "week") == ctx.revisions + 1


async def test_a_model_that_fails_costs_the_opening_and_nothing_else(reviewed: Callable[..., Any]) -> None:
    def fails(**_: Any) -> WeekOutline:
        raise ModelFailed("the server is gone")

    by_rule, _ = await reviewed(None)
    week, _ = await reviewed(script(week=fails))
    assert week.highlights == by_rule.highlights and week.opening == ()
    assert [drop.reason for drop in week.left_out] == ["the server is gone"]


async def test_a_judge_that_failed_its_exam_opens_no_week(
    reviewed: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ScriptedContext, "believes", lambda self, exam: not isinstance(exam, Exam))  # pyright: ignore
    week, ctx = await reviewed(script(week=opens))
    assert week.opening == () and "it may not judge" in week.left_out[0].reason and ctx.llm.count("week") == 0
