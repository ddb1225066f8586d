"""A review that was answered in a run that was cut off: what was decided is done, and nobody is asked again."""

from pathlib import Path
from typing import Any

import pytest

from graph.events import Event
from graph.runs import review_day, run_day
from tests.graph.test_runs import published
from tests.scripted import DAY, scripted


def approves(question: dict[str, Any]) -> dict[str, Any]:
    return {"decisions": [{"type": "approve"} for _ in question["action_requests"]]}


def nobody(question: dict[str, Any]) -> None:
    raise AssertionError("a person is asked once more")


@pytest.mark.parametrize("step", ["review", "publish"])
@pytest.mark.parametrize("again", [False, True], ids=["first review", "opened once more"])
async def test_an_answered_review_that_was_cut_off_goes_on_without_being_asked_again(
    step: str, again: bool, tmp_path: Path
) -> None:
    answered = list[bool]()

    def answers(question: dict[str, Any]) -> dict[str, Any]:
        answered.append(True)
        return approves(question)

    def closed(event: Event) -> None:
        if answered and (event.step, event.kind) == (step, "done"):
            raise BrokenPipeError

    calm, cut = tmp_path / "calm", tmp_path / "cut"
    await run_day(DAY, scripted(calm, review="always"), ask=approves)
    if again:
        await run_day(DAY, scripted(cut, review="always"), ask=approves)
    with pytest.raises(BrokenPipeError):
        if again:
            await review_day(DAY, scripted(cut), ask=answers, watch=closed)
        else:
            await run_day(DAY, scripted(cut, review="always"), ask=answers, watch=closed)
    outcome = await review_day(DAY, scripted(cut), ask=nobody)
    assert (outcome.kind, outcome.report.status) == ("resumed", "complete")
    assert published(cut) == published(calm)
