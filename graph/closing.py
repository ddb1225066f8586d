"""The end of a day: review → publish → remember."""

import asyncio
from collections.abc import Mapping, Sequence
from typing import Any, Literal, NamedTuple

from langgraph.runtime import Runtime
from langgraph.types import Overwrite, interrupt

from agents import decisions, framer, historian, publisher, retriever, reviewer
from agents.reviewer import Reviewed, ReviewPart
from domain.languages import find
from domain.reports import Drop, Receipt, Report, Usage
from publishing.shapes import render

from . import telling
from .branches import branch
from .context import Context
from .edits import consistent, day_of
from .state import Ended, Published, ToPublish, ToRemember, ToVerdictOfReview, in_order
from .telling import tell


def composed(state: ToPublish, context: Context) -> Report:
    """The day as it stands, as a report."""
    items = in_order(state.items, state.ranking)
    filed = {filing.paper_id: filing.category for filing in state.filings}
    around = framer.settle(state.frame, items, filed, context.taxonomy, context.language)
    return publisher.compose(
        day_of(state),
        context.language,
        context.model,
        writes=context.has_model,
        exam=state.exam,
        believed=state.believed,
        papers=state.papers,
        withdrawn=state.gone,
        health=state.health,
        filings=state.filings,
        proposals=state.second_look.proposals,
        items=items,
        framed=around,
        frame=state.frame,
        returning=state.returning,
        terms=publisher.terms(around, items, context.terms),
        facts=state.facts,
        flow=historian.flow(state.facts, context.language),
        history=state.history,
    )


async def review(state: ToPublish, runtime: Runtime[Context]) -> dict[str, Any]:
    """A person decides, where the settings ask for one. What they wrote and the critic sent back is asked once more."""
    consistent(state)
    context = await runtime.context.ready(day_of(state))
    report = await asyncio.to_thread(composed, state, context)
    asked = _asked(state, report, context)
    if not asked:
        return {"reviewed": Reviewed()}
    names = _names(report)
    page = await asyncio.to_thread(render, report, context.taxonomy, context.shape)
    answer = interrupt(reviewer.request(asked, names, page))
    while fault := reviewer.fault(asked, answer):
        answer = interrupt(reviewer.request(asked, names, page, fault))
    decided = decisions.decide(asked, answer)
    if decided.rejected is not None:
        tell(runtime, "review", f"the day is not to be published: {decided.rejected}")
        return {"reviewed": Reviewed(state="rejected", why=decided.rejected), "ended": "rejected"}
    judge = context.judge if state.believed else None
    judged = await decisions.judge_edits(decided.edits, state.papers, language=context.language, llm=judge)
    items, frame, drops = decisions.settle(decided, judged, state.items, state.frame, names)
    sent_back = decisions.open_edits(judged)
    reviewed = Reviewed(
        state="open" if sent_back else "done",
        open=sent_back,
        edited=state.reviewed.edited + len(judged) - len(sent_back),
        rejected=state.reviewed.rejected + decided.rejections,
    )
    tell(runtime, "review", telling.reviewed(reviewed))
    return {"items": Overwrite(list(items)), "frame": frame, "losses": list(drops), "reviewed": reviewed}


def _asked(state: ToPublish, report: Report, context: Context) -> tuple[ReviewPart, ...]:
    """Nothing where nobody is to be asked."""
    if state.reviewed.state == "open":
        return reviewer.once_more(state.reviewed.open)
    left_out = any(not change.after for change in report.changes)
    problems = left_out or report.status in ("partial", "broken")
    if context.review == "never" or (context.review == "problems" and not problems):
        return ()
    groups = [(group.title, group.papers) for group in report.groups]
    return reviewer.parts(report.items, groups, state.frame, find(context.language).page.opening)


def _names(report: Report) -> Mapping[str, str]:
    told = {item.paper_id: item.name for item in report.items}
    return {paper.id: told.get(paper.id) or paper.title for paper in report.papers}


def reviewed(state: ToVerdictOfReview) -> Literal["review", "publish", "__end__"]:
    match state.reviewed.state:
        case "open":
            return "review"
        case "rejected":
            return "__end__"
        case _:
            return "publish"


class Asked(NamedTuple):
    """What a model was asked for a day."""

    usage: tuple[Usage, ...]
    notes: tuple[str, ...]
    """How, and what was particular about that."""


def accounted(state: ToPublish, report: Report, context: Context, asked: Asked, notes: Sequence[str] = ()) -> Receipt:
    """The receipt of a report that was composed of a state."""
    lost = [
        Drop(step=step, what="the model's answer", reason=why)
        for step, why in (("exam", state.exam.failure if state.exam else ""), ("frame", state.frame.failure))
        if why
    ]
    return publisher.receipt(
        report,
        records=state.records,
        drops=(*state.drops, *retriever.set_aside(state.gone), *state.second_look.drops, *state.losses, *lost),
        asked_to_classify=state.second_look.asked,
        usage=asked.usage,
        prompts=context.prompt_versions,
        notes=(
            *state.warnings,
            *state.notes,
            *asked.notes,
            *([state.reviewed.in_words] if state.reviewed.state else []),
            *notes,
        ),
    )


def publish(state: ToPublish, runtime: Runtime[Context]) -> Published:
    consistent(state)
    context = runtime.context.at(day_of(state))
    report = composed(state, context)
    apart = branch(runtime)
    asked = Asked(context.meter.usage(), context.model_notes)
    receipt = accounted(state, report, context, asked, [f"a fork: {apart}"] if apart else [])
    place = context.forks / apart if apart else context.reports
    with context.writing:
        folder = publisher.publish(report, receipt, context.taxonomy, place, shape=context.shape)
    tell(runtime, "publish", telling.published(report, str(folder)))
    return {"report": report, "folder": str(folder)}


def remember(state: ToRemember, runtime: Runtime[Context]) -> Ended:
    if branch(runtime):
        tell(runtime, "remember", "not remembered: this run began from an older or edited step")
        return {"ended": "fork"}
    if state.report.status == "broken":
        tell(runtime, "remember", "not remembered: what was not seen is not what was not there")
        return {"ended": "published"}
    runtime.context.remember(state.report)
    tell(runtime, "remember", f"{state.report.day} is remembered")
    return {"ended": "published"}
