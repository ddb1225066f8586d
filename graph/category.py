"""One category: synthesize → critique ⇄ edit → file."""

from typing import Literal

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from agents import critic, editor, publisher, synthesizer
from agents.llm import LLM, ModelFailed
from domain.reports import Drop

from .context import Context
from .state import CategoryState, Drafted, Filed, Judged, Mended, OneCategory, brief


async def synthesize(state: OneCategory, runtime: Runtime[Context]) -> Drafted:
    context = await runtime.context.ready()
    category = context.taxonomy[state["assignment"].category]
    llm = writer(state, context)
    draft = await synthesizer.synthesize(
        category, brief(state), language=context.language, glossary=context.glossary, llm=llm
    )
    return {"draft": draft}


async def critique(state: CategoryState, runtime: Runtime[Context]) -> Judged:
    context, category = await runtime.context.ready(), state["assignment"].category
    found = await critic.critique(
        state["draft"],
        brief(state),
        state.get("critique"),
        about=category,
        language=context.language,
        glossary=context.glossary,
        llm=writer(state, context),
    )
    return {"critique": found, "judged": 1}


def verdict(state: CategoryState, runtime: Runtime[Context]) -> Literal["edit", "file"]:
    return "file" if state["critique"].accepted or state["judged"] > runtime.context.revisions else "edit"


async def edit(state: CategoryState, runtime: Runtime[Context]) -> Mended:
    """An editor without a model to ask leaves the draft as it is: what passed can be filed all the same."""
    context = await runtime.context.ready()
    category = context.taxonomy[state["assignment"].category]
    llm = writer(state, context)
    try:
        draft = await editor.edit(
            state["draft"],
            state["critique"],
            category,
            brief(state),
            language=context.language,
            glossary=context.glossary,
            llm=llm,
        )
    except ModelFailed as failure:
        return {"draft": state["draft"], "stuck": f"{type(failure).__name__}: {failure}"}
    return {"draft": draft, "stuck": ""}


def mended(state: CategoryState) -> Literal["critique", "file"]:
    return "file" if state["stuck"] else "critique"


def file(state: CategoryState, runtime: Runtime[Context]) -> Filed:
    section = publisher.file(
        state["assignment"],
        state["draft"],
        state["critique"],
        brief(state),
        revisions=state["judged"] - 1,
        extractive=writer(state, runtime.context).quotes,
    )
    stuck = state.get("stuck")
    lost = [Drop(step=f"edit/{section.category}", what="the editor's mending", reason=stuck)] if stuck else []
    return {"sections": [section], "losses": lost}


def writer(state: OneCategory, context: Context) -> LLM:
    """The model, or who quotes in its place."""
    return context.quoter if state["quoted"] else context.llm


builder = StateGraph(CategoryState, Context, input_schema=OneCategory, output_schema=Filed)

builder.add_node(synthesize)
builder.add_node(critique)
builder.add_node(edit)
builder.add_node(file)

builder.add_edge(START, "synthesize")
builder.add_edge("synthesize", "critique")
builder.add_conditional_edges("critique", verdict)
builder.add_conditional_edges("edit", mended)
builder.add_edge("file", END)

category = builder.compile(name="category")
