"""The day: begin → retrieve → recall → classify → trends → sections → frame → critique ⇄ edit → review → publish →
remember."""

import asyncio
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Overwrite, Send

from agents import classifier, critic, editor, examiner, framer, historian, publisher, retriever
from agents.framer import Frame
from agents.reviewer import Reviewed
from agents.second_look import second_look
from domain.assignments import Desk, desks, ranked
from domain.errors import UsageError
from domain.trends import by_id
from models.llm import ModelFailed

from . import telling
from .branches import branch
from .closing import publish, remember, review, reviewed
from .context import Context
from .section import section
from .state import (
    Classified,
    DailyState,
    Examined,
    Framing,
    OfDay,
    OneDesk,
    Planned,
    Recalled,
    Request,
    Retrieved,
    ToClassify,
    ToEdit,
    ToFrame,
    ToJudge,
    ToPlan,
    ToRecall,
    ToShare,
    ToVerdict,
    consistent,
    day_of,
    in_order,
)
from .telling import tell
from .traces import TRACER

T = TypeVar("T")

# Nodes that only wait (model, HTTP) are async; those that work or touch files are not, and LangGraph runs them in a
# thread, so that the event loop never blocks.


class FutureDay(UsageError):
    """Nobody has listed anything on that day yet."""


def begin(state: Request, runtime: Runtime[Context]) -> dict[str, Any]:
    """A day that is run again starts empty: a thread keeps what its reducers gathered last time."""
    day = state.day or runtime.context.default_day()
    if day > runtime.context.today():
        raise FutureDay(f"{day} lies in the future; the newest day that can have listings is {runtime.context.today()}")
    runtime.context.meter.start(day, runtime.context.edition)
    return {
        "day": day,
        "items": Overwrite([]),
        "losses": Overwrite([]),
        "judged": 0,
        "reviewed": Reviewed(),
        "ended": "",
    }


async def retrieve(state: OfDay, runtime: Runtime[Context]) -> Retrieved:
    context = await runtime.context.ready(day_of(state))
    catch = await retriever.retrieve(day_of(state), context.opened_sources)
    tell(runtime, "retrieve", telling.caught(catch))
    return {
        "papers": catch.papers,
        "withdrawn": catch.withdrawn,
        "health": catch.health,
        "drops": catch.drops,
        "records": catch.records,
        "warnings": catch.warnings,
    }


def recall(state: ToRecall, runtime: Runtime[Context]) -> Recalled:
    context = runtime.context
    before = context.look_back(day_of(state), state.papers, state.withdrawn, apart=bool(branch(runtime)))
    gone = {paper.paper_id for paper in before.gone}
    tell(runtime, "recall", telling.recalled(before.memory, len(gone), len(before.history)))
    return {
        "papers": tuple(paper for paper in state.papers if paper.id not in gone),
        "gone": before.gone,
        "memory": before.memory,
        "earlier": before.earlier,
        "history": before.history,
        "kept": before.kept,
        "names": before.names,
        "notes": before.notes,
    }


async def classify(state: ToClassify, runtime: Runtime[Context]) -> Classified:
    context = await runtime.context.ready(day_of(state))
    fitted = await asyncio.to_thread(lambda: context.classifier)
    first = await asyncio.to_thread(classifier.classify, state.papers, by_id(state.memory), fitted)
    second = await second_look(state.papers, first, fitted, llm=context.llm)
    tell(runtime, "classify", telling.classified(second.filings, second, context.taxonomy))
    return {"filings": second.filings, "second_look": second}


async def examine(state: OfDay, runtime: Runtime[Context]) -> Examined:
    """The judge sits its exam while the papers come in; what it answered once is kept with the replies."""
    context = await runtime.context.ready(day_of(state))
    exam = None
    if context.judge is not None and context.exam:
        exam = await examiner.examine(language=context.language, llm=context.judge)
    tell(runtime, "examine", telling.examined(exam, context.believes(exam)))
    return {"exam": exam}


def trends(state: ToPlan, runtime: Runtime[Context]) -> Planned:
    consistent(state)
    context, known = runtime.context, by_id(state.memory)
    ranking = ranked(state.papers, known, state.filings)
    seated = desks(ranking, state.filings, context.taxonomy, cap=context.cap, in_full=context.in_full)
    returning = historian.returning(state.papers, state.memory, state.kept, state.names)
    facts = historian.told(
        *(day_of(state), state.papers, state.memory, state.filings),
        ranking=ranking,
        history=state.history,
        earlier=state.earlier,
        taxonomy=context.taxonomy,
        lexicon=context.lexicon,
    )
    tell(runtime, "trends", telling.planned(seated, len(facts), len(returning)))
    return {
        "ranking": tuple(paper.id for paper in ranking),
        "desks": seated,
        "kept": {id: item for id, item in state.kept.items() if item.made_by and item.made_by == context.made_by},
        "believed": context.believes(state.exam),
        "returning": returning,
        "facts": facts,
    }


def by_desk(state: ToShare) -> list[Send] | Literal["frame"]:
    """A section for every desk, with the items that it need not write again."""
    return [
        Send(
            "section",
            {
                "day": day_of(state),
                "believed": state.believed,
                "desk": desk,
                "kept": _of(desk, state.kept),
                "names": _of(desk, state.names),
            },
        )
        for desk in state.desks
    ] or "frame"


def _of(desk: Desk, held: Mapping[str, T]) -> dict[str, T]:
    return {paper.id: held[paper.id] for paper in desk.papers if paper.id in held}


async def frame(state: ToFrame, runtime: Runtime[Context]) -> Framing:
    """Without a model, and where it fails, the items stand under the names of their categories."""
    consistent(state)
    context = await runtime.context.ready(day_of(state))
    written = [item for item in in_order(state.items, state.ranking) if not item.quoted]
    drafted = Frame()
    if context.llm is not None and written and state.believed:
        named = {f.paper_id: context.taxonomy[f.category].name(context.language) for f in state.filings}
        votes = {paper.id: paper.votes for paper in state.papers}
        try:
            drafted = await framer.frame(
                written,
                named,
                votes,
                terms=publisher.candidates(written, context.terms),
                language=context.language,
                llm=context.llm,
            )
        except ModelFailed as failure:
            drafted = Frame(failure=str(failure))
    tell(runtime, "frame", telling.framed(drafted))
    return {"frame": drafted, "judged": 0, "again": False}


def framed(state: ToJudge) -> Literal["critique", "review"]:
    return "critique" if state.frame.lines else "review"


async def critique(state: ToEdit, runtime: Runtime[Context]) -> Framing:
    context = await runtime.context.ready(day_of(state))
    assert context.judge
    try:
        lines = await critic.critique(
            state.frame.lines,
            state.papers,
            about="frame",
            language=context.language,
            llm=context.judge,
            shown=framer.carrying((item.paper_id, item.claims) for item in state.items),
        )
    except ModelFailed as failure:
        failed = state.frame.model_copy(update={"failure": str(failure)})
        tell(runtime, "critique", f"the frame is not judged: {failure}")
        return {"frame": failed, "judged": state.judged + 1, "again": False}
    tell(runtime, "critique", telling.judged(state.frame.lines, lines, "the frame"))
    again = critic.is_open(lines) and state.judged < context.revisions
    return {"frame": state.frame.model_copy(update={"lines": lines}), "judged": state.judged + 1, "again": again}


def verdict(state: ToVerdict) -> Literal["edit", "review"]:
    return "edit" if state.again else "review"


def edit(state: ToEdit, runtime: Runtime[Context]) -> Framing:
    lines = editor.edit(state.frame.lines)
    tell(runtime, "edit", telling.mended(state.frame.lines, lines, "the frame"))
    return {"frame": state.frame.model_copy(update={"lines": lines}), "judged": state.judged, "again": False}


# LangGraph 1.2 does not type a compiled graph as a node with its own input.
# Its output is the whole state: the server streams of a node's update only what belongs to the output.
builder: StateGraph[Any, Context, Any, Any] = StateGraph(DailyState, Context, input_schema=Request)

builder.add_node(begin)
builder.add_node(retrieve)
builder.add_node(recall)
builder.add_node(classify)
builder.add_node(examine)
builder.add_node(trends, defer=True)  # waits for the exam too; Studio cannot read the state of a barrier
builder.add_node("section", section, input_schema=OneDesk)
builder.add_node(frame)
builder.add_node(critique)
builder.add_node(edit)
builder.add_node(review)
builder.add_node(publish)
builder.add_node(remember)

builder.add_edge(START, "begin")
builder.add_edge("begin", "retrieve")
builder.add_edge("begin", "examine")
builder.add_edge("retrieve", "recall")
builder.add_edge("recall", "classify")
builder.add_edge("classify", "trends")
builder.add_edge("examine", "trends")
builder.add_conditional_edges("trends", by_desk, ["section", "frame"])
builder.add_edge("section", "frame")
builder.add_conditional_edges("frame", framed)
builder.add_conditional_edges("critique", verdict)
builder.add_edge("edit", "critique")
builder.add_conditional_edges("review", reviewed)
builder.add_edge("publish", "remember")
builder.add_edge("remember", END)

# Compiled bare: the LangGraph server brings its own checkpointer and refuses a graph that has one.
graph = builder.compile(name="daily").with_config(callbacks=[TRACER])
