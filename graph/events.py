"""A run as events: steps that begin and end, and what the agents tell of their work."""

import json
from collections.abc import AsyncGenerator, Callable
from contextlib import aclosing
from datetime import date
from pathlib import Path
from typing import Any, Literal, TextIO

from langchain_core.runnables import RunnableConfig
from langgraph.graph.state import CompiledStateGraph

from domain.value import Value

from .context import Context


class Event(Value):
    """One step of a run began, ended or failed, or its agent told what it does."""

    kind: Literal["begun", "told", "done", "failed"]
    step: str
    agent: str = ""
    """Who tells it."""
    desk: str | None = None
    """Name of the desk, for steps of its section."""
    text: str = ""
    """What is told, or what failed."""


Watch = Callable[[Event], None]


def journal(folder: Path, day: date, edition: str, *, anew: bool) -> TextIO:
    """The day's events on disk, a line each, for whoever looks after the runs; a resumed run adds to them."""
    path = folder / "runs" / f"{day}-{edition}.jsonl"
    return path.open("w" if anew else "a", encoding="utf-8", buffering=1)


async def run(
    graph: CompiledStateGraph[Any, Context, Any, Any],
    request: Any,
    config: RunnableConfig,
    context: Context,
    *,
    lines: TextIO,
    watch: Watch,
) -> None:
    """Runs until the end or a pause, each event in the journal and before whoever watches."""
    async with aclosing(_stream(graph, request, config, context)) as events:
        async for event in events:
            lines.write(json.dumps(event.model_dump(exclude_defaults=True), ensure_ascii=False) + "\n")
            watch(event)


async def _stream(
    graph: CompiledStateGraph[Any, Context, Any, Any], request: Any, config: RunnableConfig, context: Context
) -> AsyncGenerator[Event]:
    """The run as events. Steps inside a section carry the name of its desk."""
    branches: dict[str, str] = {}
    stream: Any = graph.astream(
        request, config, context=context, stream_mode=["tasks", "custom"], subgraphs=True, durability="sync"
    )
    async with aclosing(stream):
        async for namespace, mode, part in stream:
            if mode == "custom":
                yield Event(kind="told", **part)
                continue
            begun = "input" in part
            if begun and part["name"] in ("synthesize", "section"):
                branches[part["id"]] = part["input"]["desk"].name
            branch = namespace[0].rpartition(":")[2] if namespace else part["id"]
            error = part.get("error")
            yield Event(
                kind="begun" if begun else "failed" if error else "done",
                step=part["name"],
                desk=branches.get(branch),
                text=str(error) if error else "",
            )
