"""The day: begin → retrieve → recall → classify → plan → writers → trends → sections → critique ⇄ edit → review →
publish → remember.

A step of a graph ends with its slowest node. So whatever waits for a model runs beside something else that does: the
judge's exam and the second look at doubtful filings beside the writers, as an item needs no category, and the frame
editor beside the sections that check the items.
"""

import asyncio
from collections.abc import Mapping
from typing import Any, Literal, TypeVar

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Overwrite, Send

from agents import classifier, critic, editor, examiner, framer, historian, publisher, second_look
from agents import synthesizer as writer
from agents.framer import Frame
from agents.reviewer import Reviewed
from domain.assignments import Desk, desks, ranked
from domain.errors import UsageError
from domain.lines import Draft
from domain.trends import by_id
from models.llm import ModelFailed
from publishing.files import load_pictures

from . import telling
from .branches import branch
from .closing import publish, remember, review, reviewed
from .context import Context
from .edits import consistent, day_of
from .section import section
from .state import (
    Classified,
    DailyState,
    Drafted,
    DraftOfPaper,
    Examined,
    Framing,
    LookedAgain,
    OfDay,
    OnePaper,
    Planned,
    Recalled,
    Request,
    Retrieved,
    ToClassify,
    ToEdit,
    ToFrame,
    ToHandOn,
    ToLookAgain,
    ToPlan,
    ToRecall,
    ToSection,
    ToShare,
    ToTrend,
    ToVerdict,
    Trended,
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
        "drafts": Overwrite([]),
        "items": Overwrite([]),
        "losses": Overwrite([]),
        "judged": 0,
        "reviewed": Reviewed(),
        "ended": "",
    }


async def retrieve(state: OfDay, runtime: Runtime[Context]) -> Retrieved:
    context = await runtime.context.ready(day_of(state))
    catch = await context.catch(day_of(state))
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
    known = by_id(state.memory)
    filings = await asyncio.to_thread(classifier.classify, state.papers, known, fitted, context.guesses)
    tell(runtime, "classify", telling.classified(filings, context.taxonomy))
    return {"filings": filings}


def plan(state: ToPlan, runtime: Runtime[Context]) -> Planned:
    consistent(state)
    context = runtime.context
    ranking = ranked(state.papers, by_id(state.memory), state.filings)
    seated = desks(
        ranking,
        state.filings,
        context.taxonomy,
        cap=context.cap,
        in_full=context.in_full,
        at_once=context.at_one_desk,
    )
    returning = historian.returning(state.papers, state.memory, state.kept, state.names)
    tell(runtime, "plan", telling.planned(seated, len(returning)))
    return {
        "ranking": tuple(paper.id for paper in ranking),
        "desks": seated,
        "kept": {id: item for id, item in state.kept.items() if item.made_by and item.made_by == context.made_by},
        "returning": returning,
    }


def by_paper(state: ToShare, runtime: Runtime[Context]) -> list[Send | Literal["examine", "look"]]:
    """A writer for every paper that has to be written: the longest answer is one item, and none is lost with others.
    None without a model: every paper is quoted when its section is settled."""
    if runtime.context.llm is None:
        return ["examine", "look"]
    sent = [
        Send("synthesize", {"day": day_of(state), "desk": own, "name": state.names.get(own.ids[0], "")})
        for desk in state.desks
        for own in desk.without(state.kept).by_paper()
    ]
    return ["examine", "look", *sent]


def _of(desk: Desk, held: Mapping[str, T]) -> dict[str, T]:
    return {paper.id: held[paper.id] for paper in desk.papers if paper.id in held}


async def examine(state: OfDay, runtime: Runtime[Context]) -> Examined:
    """The judge sits its exam while the writers write; what it answered once is kept with the replies."""
    context = await runtime.context.ready(day_of(state))
    exam = None
    if context.judge is not None and context.exam:
        exam = await examiner.examine(language=context.language, llm=context.judge)
    tell(runtime, "examine", telling.examined(exam, context.believes(exam)))
    return {"exam": exam, "believed": context.believes(exam)}


async def look(state: ToLookAgain, runtime: Runtime[Context]) -> LookedAgain:
    """The model's second look at doubtful filings. Who writes about what is settled by then; where it stands is not."""
    context = await runtime.context.ready(day_of(state))
    fitted = await asyncio.to_thread(lambda: context.classifier)
    second = await second_look.second_look(state.papers, state.filings, fitted, llm=context.llm)
    tell(runtime, "look", telling.looked(state.filings, second))
    return {"filings": second.filings, "second_look": second}


async def synthesize(state: OnePaper, runtime: Runtime[Context]) -> Drafted:
    state = OnePaper.model_validate(state)  # what is sent to a function comes as it was sent
    context = await runtime.context.ready(day_of(state))
    assert context.llm
    (paper,), about = state.desk.papers, state.desk.name
    draft = await writer.synthesize(
        paper,
        name=state.name,
        short=paper.id in state.desk.short,
        about=about,
        language=context.language,
        llm=context.llm,
    )
    tell(runtime, "synthesize", telling.written(draft, paper), about)
    return {"drafts": [DraftOfPaper(paper=paper.id, draft=draft)]}


def trends(state: ToTrend, runtime: Runtime[Context]) -> Trended:
    consistent(state)
    papers = {paper.id: paper for paper in state.papers}
    facts = historian.facts(
        *(day_of(state), state.papers, state.memory, state.filings),
        ranking=[papers[id] for id in state.ranking],
        history=state.history,
        earlier=state.earlier,
        taxonomy=runtime.context.taxonomy,
        lexicon=runtime.context.lexicon,
    )
    tell(runtime, "trends", telling.trended(len(facts)))
    return {"facts": facts}


def to_sections(state: ToHandOn) -> list[Send | Literal["frame"]]:
    """A section for what was written of every desk's papers; where the judge is not believed, without it."""
    drafts = {one.paper: one.draft for one in state.drafts if state.believed}
    sent = [
        Send(
            "section",
            {
                "day": day_of(state),
                "desk": desk,
                "kept": _of(desk, state.kept),
                "draft": _drafted(desk, drafts),
            },
        )
        for desk in state.desks
    ]
    return ["frame", *sent]


def _drafted(desk: Desk, drafts: Mapping[str, Draft]) -> Draft:
    return sum((drafts[id] for id in desk.ids if id in drafts), Draft())


async def frame(state: ToFrame, runtime: Runtime[Context]) -> Framing:
    """Drafted from the items as they were written, while they are checked: its lines are judged when that is done, by
    what was accepted. Without a model, and where it fails, the items stand under the names of their categories."""
    consistent(state)
    context = await runtime.context.ready(day_of(state))
    # What pictures are drawn with takes half a second to load; beside calls of models nobody waits for it.
    drafted, _ = await asyncio.gather(_framed(state, context), asyncio.to_thread(load_pictures))
    tell(runtime, "frame", telling.framed(drafted))
    return {"frame": drafted, "judged": 0, "again": False}


async def _framed(state: ToFrame, context: Context) -> Frame:
    if context.llm is None or not state.believed:
        return Frame()
    drafts = {one.paper: one.draft for one in state.drafts}
    each = (publisher.as_written(desk, _drafted(desk, drafts), state.kept) for desk in state.desks)
    written = in_order([item for items in each for item in items], state.ranking)
    if not written:
        return Frame()
    named = {f.paper_id: context.taxonomy[f.category].name(context.language) for f in state.filings}
    votes = {paper.id: paper.votes for paper in state.papers}
    terms = publisher.candidates(written, context.terms)
    try:
        return await framer.frame(written, named, votes, terms=terms, language=context.language, llm=context.llm)
    except ModelFailed as failure:
        return Frame(failure=str(failure))


async def critique(state: ToEdit, runtime: Runtime[Context]) -> Framing:
    """The frame's lines, judged by what carries the items that were accepted."""
    context = await runtime.context.ready(day_of(state))
    standing = framer.standing(state.frame, state.items)
    if not critic.is_open(standing.lines):
        return {"frame": standing, "judged": state.judged, "again": False}
    assert context.judge
    try:
        lines = await critic.critique(
            standing.lines,
            state.papers,
            about="frame",
            language=context.language,
            llm=context.judge,
            shown=framer.carrying((item.paper_id, item.claims) for item in state.items),
        )
    except ModelFailed as failure:
        failed = standing.model_copy(update={"failure": str(failure)})
        tell(runtime, "critique", f"the frame is not judged: {failure}")
        return {"frame": failed, "judged": state.judged + 1, "again": False}
    tell(runtime, "critique", telling.judged(standing.lines, lines, "the frame"))
    again = critic.is_open(lines) and state.judged < context.revisions
    return {"frame": standing.model_copy(update={"lines": lines}), "judged": state.judged + 1, "again": again}


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
builder.add_node(plan)
builder.add_node(examine)
builder.add_node(look)
builder.add_node(synthesize, input_schema=OnePaper)
builder.add_node(trends)
builder.add_node("section", section, input_schema=ToSection)
builder.add_node(frame)
builder.add_node(critique)
builder.add_node(edit)
builder.add_node(review)
builder.add_node(publish)
builder.add_node(remember)

builder.add_edge(START, "begin")
builder.add_edge("begin", "retrieve")
builder.add_edge("retrieve", "recall")
builder.add_edge("recall", "classify")
builder.add_edge("classify", "plan")
builder.add_conditional_edges("plan", by_paper, ["examine", "look", "synthesize"])
builder.add_edge("examine", "trends")
builder.add_edge("look", "trends")
builder.add_edge("synthesize", "trends")
builder.add_conditional_edges("trends", to_sections, ["frame", "section"])
builder.add_edge("section", "critique")
builder.add_edge("frame", "critique")
builder.add_conditional_edges("critique", verdict)
builder.add_edge("edit", "critique")
builder.add_conditional_edges("review", reviewed)
builder.add_edge("publish", "remember")
builder.add_edge("remember", END)

# Compiled bare: the LangGraph server brings its own checkpointer and refuses a graph that has one.
graph = builder.compile(name="daily").with_config(callbacks=[TRACER])
