"""One section: critique ⇄ edit → settle. What the model fails to give is quoted from the papers.

What may fail in the world is caught by agents and nodes themselves, and nothing else is: a bug stays one, StopRun stops
the day. LangGraph's error handlers swallow what they raise again, and a run in which they ran is not resumed.
"""

from typing import Literal

from langgraph.graph import END, START, StateGraph
from langgraph.runtime import Runtime

from agents import critic, editor, publisher
from models.llm import ModelFailed

from . import telling
from .context import Context
from .edits import day_of
from .state import Checked, Edited, Failed, SectionState, Settled, ToCheck, ToSection
from .telling import tell


def drafted(state: ToSection) -> Literal["critique", "settle"]:
    return "critique" if state.draft.lines else "settle"


async def critique(state: ToCheck, runtime: Runtime[Context]) -> Checked | Failed:
    """What is not judged is not accepted: a critic that fails leaves the lines that it accepted before."""
    context = await runtime.context.ready(day_of(state))
    assert context.judge
    try:
        lines = await critic.critique(
            state.draft.lines, state.desk.papers, about=state.desk.name, language=context.language, llm=context.judge
        )
    except ModelFailed as failure:
        text = f"{telling.named(state.desk, context.taxonomy)} is not judged: {failure}"
        tell(runtime, "critique", text, state.desk.name)
        return {"failure": str(failure), "again": False}
    text = telling.judged(state.draft.lines, lines, telling.named(state.desk, context.taxonomy))
    tell(runtime, "critique", text, state.desk.name)
    again = critic.is_open(lines) and state.judged < context.revisions
    return {"draft": state.draft.model_copy(update={"lines": lines}), "judged": state.judged + 1, "again": again}


def verdict(state: ToCheck) -> Literal["edit", "settle"]:
    return "edit" if state.again else "settle"


def edit(state: ToCheck, runtime: Runtime[Context]) -> Edited:
    lines = editor.edit(state.draft.lines)
    text = telling.mended(state.draft.lines, lines, telling.named(state.desk, runtime.context.taxonomy))
    tell(runtime, "edit", text, state.desk.name)
    return {"draft": state.draft.model_copy(update={"lines": lines})}


def settle(state: ToCheck, runtime: Runtime[Context]) -> Settled:
    desk = state.desk.without(state.kept)
    items = publisher.settle(desk, state.draft, made_by=runtime.context.made_by)
    runtime.context.expect_claims(items)
    text = telling.settled(items, len(state.kept), telling.named(state.desk, runtime.context.taxonomy))
    tell(runtime, "settle", text, state.desk.name)
    return {
        "items": [*items, *state.kept.values()],
        "losses": publisher.losses(desk, state.draft.failures, state.failure),
    }


builder = StateGraph(SectionState, Context, input_schema=ToSection, output_schema=Settled)

builder.add_node(critique)
builder.add_node(edit)
builder.add_node(settle)

builder.add_conditional_edges(START, drafted)
builder.add_conditional_edges("critique", verdict)
builder.add_edge("edit", "critique")
builder.add_edge("settle", END)

section = builder.compile(name="section")
