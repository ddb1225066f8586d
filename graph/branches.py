"""Whether a run goes on from a checkpoint that was edited, or from an older one: such a run is an experiment.

It writes to a folder of its own and remembers nothing, so that a published day stays as it is. ``insights fork`` names
the folder; what is tried out in Studio is told apart here, by what LangGraph's checkpoints say of where they come from.
"""

from typing import Any

from langchain_core.runnables import RunnableConfig
from langgraph.config import get_config
from langgraph.runtime import Runtime

from .checkpoints import plain
from .context import Context

_SAVER, _REPLAYS = "__pregel_checkpointer", "__pregel_replay_state"
"""Names under which LangGraph 1.2 hands a node its checkpointer, and says that it replays an older checkpoint."""
_APART = ("update", "fork")
"""Sources of checkpoints that were edited, and of those with which an older one is gone on from."""
_NOBODY = "00000000-0000-0000-0000-000000000000"
"""The task to which LangGraph ascribes what no step has written."""


def branch(runtime: Runtime[Context]) -> str:
    """The name of the fork that a run writes to; empty where it publishes. For nodes that run in a thread."""
    context = runtime.context
    if context.fork or context.publish:
        return context.fork
    configurable: dict[str, Any] = get_config().get("configurable", {})
    saver, here = configurable.get(_SAVER), runtime.execution_info
    if saver is None or here is None or here.thread_id is None:
        return ""
    known = context.unedited
    if configurable.get(_REPLAYS) is None and not _comes_from_an_edit(saver, here.thread_id, here.checkpoint_id, known):
        return ""
    return f"studio-{here.checkpoint_id[:18]}"


def _is_an_edit(write: tuple[str, str, Any]) -> bool:
    """Whether it was written by no step, but by whoever went on with the run: ``Command(update=…)``, ``goto``."""
    task, channel, _ = write
    return task == _NOBODY and not channel.startswith("__")


def _comes_from_an_edit(saver: Any, thread: str, checkpoint: str, known: set[str]) -> bool:
    """Looks back to where the run was given its input, or to a step of which it is ``known`` that nobody edited
    before."""
    saver, seen = plain(saver), list[str]()
    at: RunnableConfig = {"configurable": {"thread_id": thread, "checkpoint_ns": "", "checkpoint_id": checkpoint}}
    held = saver.get_tuple(at)
    if held is None:  # it is being written: its parent is the newest that is there
        held = saver.get_tuple({"configurable": {"thread_id": thread, "checkpoint_ns": ""}})
    while held is not None:
        if (source := held.metadata.get("source")) in _APART or any(map(_is_an_edit, held.pending_writes or ())):
            return True
        seen.append(held.config["configurable"]["checkpoint_id"])
        before = held.parent_config if source != "input" else None
        ends = before is None or before["configurable"]["checkpoint_id"] in known
        held = None if ends else saver.get_tuple(before)
    known.update(seen)
    return False
