"""A step that is cut off between what it gives and its router is run again, and the nodes after it are reached."""

from pathlib import Path
from typing import Any, Literal

import pytest
from langchain_core.runnables import RunnableConfig
from langgraph.graph import END, START, StateGraph
from typing_extensions import TypedDict

from graph.checkpoints import open_checkpoints
from tests.graph.postgres_server import Server
from tests.graph.test_postgres import running, server

__all__ = ["running", "server"]


class State(TypedDict, total=False):
    found: str
    told: str


async def _cut_off_and_gone_on_with(folder: Path) -> Any:
    cuts = [RuntimeError("the run was stopped")]

    def route(state: State) -> Literal["tell"]:
        if cuts:
            raise cuts.pop()
        return "tell"

    builder = StateGraph(State)
    builder.add_node("find", lambda _: {"found": "a fact"})
    builder.add_node("tell", lambda state: {"told": state["found"]})
    builder.add_edge(START, "find")
    builder.add_conditional_edges("find", route)
    builder.add_edge("tell", END)
    config: RunnableConfig = {"configurable": {"thread_id": "day"}}
    async with open_checkpoints(folder) as saver:
        with pytest.raises(RuntimeError, match="stopped"):
            await builder.compile(checkpointer=saver).ainvoke({"found": ""}, config, durability="sync")
    async with open_checkpoints(folder) as saver:
        return await builder.compile(checkpointer=saver).ainvoke(None, config, durability="sync")


async def test_in_a_file(tmp_path: Path) -> None:
    assert await _cut_off_and_gone_on_with(tmp_path) == {"found": "a fact", "told": "a fact"}


async def test_in_postgres(server: Server, tmp_path: Path) -> None:
    assert await _cut_off_and_gone_on_with(tmp_path) == {"found": "a fact", "told": "a fact"}
