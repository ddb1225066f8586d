"""One category: synthesize → critique ⇄ edit → file. Where the model fails for good the papers are quoted: extract.

What may fail in the world is caught by the nodes themselves, and nothing else is: a bug stays one, StopRun stops the
day. LangGraph's error handlers swallow what they raise again, and a run in which they ran is not resumed.
"""

from typing import Literal

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from agents import critic, editor, publisher, synthesizer
from domain.claims import Draft
from domain.critiques import Critique
from domain.reports import Drop, Gap
from models.llm import LLM, ModelFailed
from vectorstore.embedding import EmbedderUnavailable

from .context import Context
from .state import CategoryState, Drafted, Failed, Filed, Judged, Mended, OneCategory, brief

MISFORTUNES = (ModelFailed, EmbedderUnavailable, OSError)


async def synthesize(state: OneCategory, runtime: Runtime[Context]) -> Drafted | Failed:
    context = await runtime.context.ready()
    try:
        return {"draft": await _draft(state, context, context.llm)}
    except MISFORTUNES as failure:
        return {"failure": _say(failure)}


def drafted(state: CategoryState) -> Literal["critique", "extract"]:
    return "extract" if state.get("failure") else "critique"


async def critique(state: CategoryState, runtime: Runtime[Context]) -> Judged | Failed:
    context = await runtime.context.ready()
    try:
        found = await _judge(state, state["draft"], state.get("critique"), context, context.llm)
    except MISFORTUNES as failure:
        return {"failure": _say(failure)}
    return {"critique": found, "judged": 1}


def verdict(state: CategoryState, runtime: Runtime[Context]) -> Literal["edit", "extract", "file"]:
    if state.get("failure"):
        return "extract"
    return "file" if state["critique"].accepted or state["judged"] > runtime.context.revisions else "edit"


async def edit(state: CategoryState, runtime: Runtime[Context]) -> Mended:
    """An editor without a model to ask leaves the draft as it is: what passed can be filed all the same."""
    context = await runtime.context.ready()
    category = context.taxonomy[state["assignment"].category]
    try:
        draft = await editor.edit(
            state["draft"],
            state["critique"],
            category,
            brief(state),
            language=context.language,
            glossary=context.glossary,
            llm=context.llm,
        )
    except ModelFailed as failure:
        return {"draft": state["draft"], "stuck": _say(failure)}
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
        extractive=runtime.context.llm.quotes,
    )
    stuck = state.get("stuck")
    lost = [Drop(step=f"edit/{section.category}", what="the editor's mending", reason=stuck)] if stuck else []
    return {"sections": [section], "gaps": [], "losses": lost}


async def extract(state: CategoryState, runtime: Runtime[Context]) -> Filed:
    """The papers quoted in the model's place; where that fails too, a gap that the report names."""
    context, assignment = await runtime.context.ready(), state["assignment"]
    lost = Drop(step=f"synthesize/{assignment.category}", what="the model's draft", reason=state["failure"])
    try:
        draft = await _draft(state, context, context.quoter)
        found = await _judge(state, draft, None, context, context.quoter)
    except MISFORTUNES as failure:
        gap = Gap(
            category=assignment.category,
            reason=_say(failure),
            papers=(*(p.id for p in assignment.papers), *assignment.also),
            repeats=assignment.repeats,
        )
        return {"sections": [], "gaps": [gap], "losses": [lost]}
    section = publisher.file(assignment, draft, found, brief(state), revisions=0, extractive=True)
    return {"sections": [section], "gaps": [], "losses": [lost]}


async def _draft(state: OneCategory, context: Context, llm: LLM) -> Draft:
    category = context.taxonomy[state["assignment"].category]
    return await synthesizer.synthesize(
        category, brief(state), language=context.language, glossary=context.glossary, llm=llm
    )


async def _judge(state: OneCategory, draft: Draft, before: Critique | None, context: Context, llm: LLM) -> Critique:
    return await critic.critique(
        draft,
        brief(state),
        before,
        about=state["assignment"].category,
        language=context.language,
        glossary=context.glossary,
        llm=llm,
    )


def _say(failure: Exception) -> str:
    return f"{type(failure).__name__}: {failure}"


builder = StateGraph(CategoryState, Context, input_schema=OneCategory, output_schema=Filed)

builder.add_node(synthesize)
builder.add_node(critique)
builder.add_node(edit)
builder.add_node(file)
builder.add_node(extract)

builder.add_edge(START, "synthesize")
builder.add_conditional_edges("synthesize", drafted)
builder.add_conditional_edges("critique", verdict)
builder.add_conditional_edges("edit", mended)
builder.add_edge("file", END)
builder.add_edge("extract", END)

category = builder.compile(name="category")
