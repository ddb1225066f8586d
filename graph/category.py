"""One category: synthesize → critique ⇄ edit → file; quoted instead when the model fails for good."""

from typing import Any, Literal

from langgraph.errors import NodeError
from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime
from langgraph.types import Command

from agents import critic, editor, publisher, synthesizer
from agents.llm import ModelFailed

from .context import Context
from .state import CategoryState, Drafted, Filed, Judged, OneCategory, brief


async def synthesize(state: OneCategory, runtime: Runtime[Context]) -> Drafted:
    category, context = runtime.context.taxonomy[state["assignment"].category], runtime.context
    draft = await synthesizer.synthesize(category, brief(state), language=context.language, llm=context.llm)
    return {"draft": draft, "extractive": context.llm.quotes}


async def extract(state: OneCategory, runtime: Runtime[Context]) -> Drafted:
    category, context = runtime.context.taxonomy[state["assignment"].category], runtime.context
    draft = await synthesizer.synthesize(category, brief(state), language=context.language, llm=context.quoter)
    return {"draft": draft, "extractive": True}


async def critique(state: CategoryState, runtime: Runtime[Context]) -> Judged:
    context = runtime.context
    found = await critic.critique(
        state["draft"],
        brief(state),
        state.get("critique"),
        about=state["assignment"].category,
        language=context.language,
        llm=context.quoter if state["extractive"] else context.llm,
    )
    return {"critique": found, "judged": 1}


def verdict(state: CategoryState, runtime: Runtime[Context]) -> Literal["edit", "file"]:
    return "file" if state["critique"].accepted or state["judged"] > runtime.context.revisions else "edit"


async def edit(state: CategoryState, runtime: Runtime[Context]) -> Drafted:
    category, context = runtime.context.taxonomy[state["assignment"].category], runtime.context
    draft = await editor.edit(
        state["draft"],
        state["critique"],
        category,
        brief(state),
        language=context.language,
        llm=context.quoter if state["extractive"] else context.llm,
    )
    return {"draft": draft, "extractive": state["extractive"]}


def file(state: CategoryState) -> Filed:
    section = publisher.file(
        state["assignment"],
        state["draft"],
        state["critique"],
        brief(state),
        revisions=state["judged"] - 1,
        extractive=state["extractive"],
    )
    return {"sections": [section]}


def quote_instead(state: OneCategory, error: NodeError) -> Command[Literal["extract"]]:
    """The model failed for good: the papers speak for themselves. Anything else is a bug and stays one."""
    if not isinstance(error.error, ModelFailed):
        raise error.error
    return Command(goto="extract")


# LangGraph 1.2 does not type an error handler's second parameter.
on_failure: Any = quote_instead

builder = StateGraph(CategoryState, Context, input_schema=OneCategory, output_schema=Filed)

builder.add_node(synthesize, error_handler=on_failure)
builder.add_node(extract)
builder.add_node(critique, error_handler=on_failure)
builder.add_node(edit, error_handler=on_failure)
builder.add_node(file)

builder.add_edge(START, "synthesize")
builder.add_edge("synthesize", "critique")
builder.add_edge("extract", "critique")
builder.add_conditional_edges("critique", verdict)
builder.add_edge("edit", "critique")
builder.add_edge("file", END)

category = builder.compile(name="category")
