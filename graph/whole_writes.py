"""What a step that was cut off had written by then, and what a saver is to keep of it: nothing."""

from collections.abc import Sequence
from typing import Any

from langgraph.checkpoint.serde.types import ERROR


def whole(writes: Sequence[tuple[str, Any]]) -> Sequence[tuple[str, Any]]:
    """The writes of a step that ended; of one that failed or was cancelled that it did, and no more.

    LangGraph gives them to its saver together, and when it goes on it takes a step that wrote something for one that
    ended: cut off between its values and its router, it would not be run again, and the nodes after it never.
    """
    return [write for write in writes if write[0] == ERROR] or writes
