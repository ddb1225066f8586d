"""The day: begin → retrieve → recall → classify → trends → one category each → overview → flow → publish → remember."""

import asyncio
from typing import Any, Literal

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Overwrite, Send

from agents import classifier, historian, publisher, retriever, stories
from agents import flow as flows
from agents import overview as overviews
from agents.second_look import second_look
from domain.assignments import assign
from domain.trends import by_id

from .category import category
from .context import Context
from .state import (
    Assigned,
    Classified,
    DailyState,
    Day,
    OneCategory,
    Opened,
    Published,
    Recalled,
    Request,
    Retrieved,
    ToAssign,
    ToClassify,
    Told,
    ToRecall,
)

# Nodes that only wait (model, HTTP) are async; those that work or touch files are not, and LangGraph runs them in a
# thread, so that the event loop never blocks.


class FutureDay(ValueError):
    """Nobody has listed anything on that day yet."""


def begin(state: Request, runtime: Runtime[Context]) -> dict[str, Any]:
    """A day that is run again starts empty: a thread keeps what its reducers gathered last time."""
    day = state.day or runtime.context.default_day()
    if day > runtime.context.today():
        raise FutureDay(f"{day} lies in the future; the newest day that can have listings is {runtime.context.today()}")
    runtime.context.meter.start(day, runtime.context.language)
    return {"day": day, "sections": Overwrite([]), "gaps": Overwrite([]), "losses": Overwrite([])}


async def retrieve(state: Day, runtime: Runtime[Context]) -> Retrieved:
    context = await runtime.context.ready()
    catch = await retriever.retrieve(state["day"], context.opened_sources)
    return {
        "papers": catch.papers,
        "health": catch.health,
        "drops": catch.drops,
        "records": catch.records,
        "warnings": catch.warnings,
    }


def recall(state: ToRecall, runtime: Runtime[Context]) -> Recalled:
    with runtime.context.memory() as memory:
        known = tuple(memory.recall(state["papers"], before=state["day"]).values())
        return {
            "memory": known,
            "earlier": tuple(memory.papers(stories.near(known)).values()),
            "history": memory.history(before=state["day"]),
            "notes": tuple(memory.notes),
        }


async def classify(state: ToClassify, runtime: Runtime[Context]) -> Classified:
    context = await runtime.context.ready()
    fitted = await asyncio.to_thread(lambda: context.classifier)
    first = await asyncio.to_thread(classifier.classify, state["papers"], by_id(state["memory"]), fitted)
    second = await second_look(state["papers"], first, fitted, llm=context.llm)
    return {"filings": second.filings, "second_look": second}


def trends(state: ToAssign, runtime: Runtime[Context]) -> Assigned:
    papers, memory, context = state["papers"], state["memory"], runtime.context
    assignments = assign(papers, by_id(memory), state["filings"], context.taxonomy, cap=context.cap)
    today = historian.today(state["day"], papers, memory, state["filings"], context.lexicon)
    facts = historian.facts(today, state["history"], context.taxonomy, context.lexicon)
    return {"assignments": historian.with_facts(assignments, papers, memory, state["earlier"], facts), "facts": facts}


def by_category(state: Assigned) -> list[Send] | Literal["overview"]:
    wanted = [a for a in state["assignments"] if a.papers]
    return [Send("category", OneCategory(assignment=a)) for a in wanted] or "overview"


async def overview(state: DailyState, runtime: Runtime[Context]) -> Opened:
    context = await runtime.context.ready()
    opening = await overviews.overview(
        state["sections"],
        state["papers"],
        context.taxonomy,
        language=context.language,
        glossary=context.glossary,
        llm=context.llm,
        quoter=context.quoter,
    )
    return {"overview": opening}


async def flow(state: DailyState, runtime: Runtime[Context]) -> Told:
    context = await runtime.context.ready()
    told = await flows.flow(
        state["facts"], language=context.language, glossary=context.glossary, llm=context.llm, quoter=context.quoter
    )
    return {"flow": told}


def publish(state: DailyState, runtime: Runtime[Context]) -> Published:
    context = runtime.context
    report = publisher.compose(
        state["day"],
        context.language,
        context.llm.name,
        quotes=context.llm.quotes,
        papers=state["papers"],
        health=state["health"],
        filings=state["filings"],
        proposals=state["second_look"].proposals,
        assignments=state["assignments"],
        sections=state["sections"],
        gaps=state["gaps"],
        overview=state["overview"].claims,
        trend=state["flow"].claims,
        facts=state["facts"],
        history=state["history"],
        taxonomy=context.taxonomy,
    )
    receipt = publisher.receipt(
        report,
        records=state["records"],
        drops=(
            *state["drops"],
            *state["second_look"].drops,
            *state["losses"],
            *state["overview"].drops,
            *state["flow"].drops,
        ),
        asked_to_classify=state["second_look"].asked,
        usage=context.meter.usage(),
        notes=(*state["warnings"], *state["notes"]),
    )
    with context.writing:
        folder = publisher.publish(report, receipt, context.taxonomy, context.reports)
    return {"report": report, "folder": str(folder)}


def remember(state: Published, runtime: Runtime[Context]) -> None:
    if state["report"].status == "broken":
        return  # what was not seen must not be remembered as not there
    with runtime.context.writing, runtime.context.memory() as memory:
        memory.remember(state["report"])


# LangGraph 1.2 does not type a compiled graph as a node with its own input.
builder: StateGraph[Any, Context, Any, Any] = StateGraph(
    DailyState, Context, input_schema=Request, output_schema=Published
)

builder.add_node(begin)
builder.add_node(retrieve)
builder.add_node(recall)
builder.add_node(classify)
builder.add_node(trends)
builder.add_node("category", category, input_schema=OneCategory)
builder.add_node(overview)
builder.add_node(flow)
builder.add_node(publish)  # a review pause will stand before it
builder.add_node(remember)

builder.add_edge(START, "begin")
builder.add_edge("begin", "retrieve")
builder.add_edge("retrieve", "recall")
builder.add_edge("recall", "classify")
builder.add_edge("classify", "trends")
builder.add_conditional_edges("trends", by_category, ["category", "overview"])
builder.add_edge("category", "overview")
builder.add_edge("overview", "flow")
builder.add_edge("flow", "publish")
builder.add_edge("publish", "remember")
builder.add_edge("remember", END)

# Compiled bare: the LangGraph server brings its own checkpointer and refuses a graph that has one.
graph = builder.compile(name="daily")
