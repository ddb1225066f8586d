"""A local trace of every run: a span for each node and each question to a model, with who caused it.

It hangs on LangChain's callbacks, as LangSmith and OpenTelemetry do, which are on where their usual variables are set.
"""

import json
import threading
import time
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from uuid import UUID

from langchain_core.callbacks import BaseCallbackHandler, BaseCallbackManager
from langgraph.config import get_config

from domain.value import Value
from models.chat import CACHED


class Span(Value):
    """Something that took time."""

    id: str
    parent: str = ""
    """Of the span that caused it; empty for a whole run."""
    kind: str
    """``run``, ``node`` or ``model``."""
    name: str
    """Of the graph, the node or the prompt."""
    desk: str = ""
    """Of the section, where it is in one."""
    prompt: str = ""
    """``name@version``."""
    model: str = ""
    cached: bool = False
    begun: datetime
    seconds: float
    input_tokens: int = 0
    output_tokens: int = 0
    error: str = ""


class Tracer(BaseCallbackHandler):
    """Writes spans as they end, a line of JSON each, once the run has told where (``tell_place``)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._open: dict[str, dict[str, Any]] = {}
        self._kept: dict[str, str] = {}
        """Of every callback that is under way the span that it is, or that it is in."""
        self._root: dict[str, str] = {}
        self._places: dict[str, Path] = {}
        self._waiting: dict[str, list[Span]] = {}

    # LangChain's own names.

    def on_chain_start(
        self,
        serialized: dict[str, Any],
        inputs: dict[str, Any],
        *,
        run_id: UUID,
        parent_run_id: UUID | None = None,
        tags: list[str] | None = None,
        metadata: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        name, node = str(kwargs.get("name") or ""), (metadata or {}).get("langgraph_node")
        if parent_run_id is None:
            self._begin(run_id, None, kind="run", name=name)
        elif name == node and not self._is_inside(parent_run_id, name):  # a section is a node, and a graph too
            self._begin(run_id, parent_run_id, kind="node", name=name, desk=_desk(inputs))
        else:
            self._pass_on(run_id, parent_run_id)

    def on_chain_end(self, outputs: dict[str, Any], *, run_id: UUID, **kwargs: Any) -> None:
        self._end(run_id)

    def on_chain_error(self, error: BaseException, *, run_id: UUID, **kwargs: Any) -> None:
        self._end(run_id, error=f"{type(error).__name__}: {error}")

    def on_chat_model_start(
        self,
        serialized: dict[str, Any],
        messages: list[list[Any]],
        *,
        run_id: UUID,
        parent_run_id: UUID | None = None,
        tags: list[str] | None = None,
        metadata: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        told = metadata or {}
        prompt, model = str(told.get("prompt", "")), str(told.get("ls_model_name", ""))
        self._begin(run_id, parent_run_id, kind="model", name=prompt.partition("@")[0], prompt=prompt, model=model)

    async def on_llm_new_token(self, token: str | list[str | dict[str, Any]], **_: Any) -> None:
        """Nothing; said because LangChain calls what is no coroutine in a thread, and this for every piece."""

    def on_llm_end(self, response: Any, *, run_id: UUID, **kwargs: Any) -> None:
        message = getattr(response.generations[0][0], "message", None) if response.generations else None
        usage: dict[str, int] = getattr(message, "usage_metadata", None) or {}
        self._end(run_id, input_tokens=usage.get("input_tokens", 0), output_tokens=usage.get("output_tokens", 0))

    def on_llm_error(self, error: BaseException, *, run_id: UUID, **kwargs: Any) -> None:
        self._end(run_id, error=f"{type(error).__name__}: {error}")

    def on_custom_event(self, name: str, data: Any, *, run_id: UUID, **kwargs: Any) -> None:
        if name == CACHED:
            own = UUID(int=run_id.int ^ time.perf_counter_ns())
            self._begin(own, run_id, kind="model", name=data["prompt"].partition("@")[0], cached=True, **data)
            self._end(own)

    def locate(self, run_id: UUID, place: Path) -> None:
        """Where the spans of a run go: those that have ended, with the next one that does, and all others."""
        with self._lock:
            if root := self._root.get(str(run_id)):
                self._places[root] = place

    def _is_inside(self, parent: UUID, name: str) -> bool:
        with self._lock:
            return self._open.get(self._kept.get(str(parent), ""), {}).get("name") == name

    def _begin(self, run_id: UUID, parent: UUID | None, **told: Any) -> None:
        own = str(run_id)
        with self._lock:
            above = self._kept.get(str(parent), "") if parent else ""
            self._kept[own], self._root[own] = own, self._root.get(above, own)
            self._open[own] = {
                "id": own,
                "parent": above,
                "begun": datetime.now(UTC),
                "clock": time.perf_counter(),
                **told,
            }

    def _pass_on(self, run_id: UUID, parent: UUID) -> None:
        with self._lock:
            above = self._kept.get(str(parent), "")
            self._kept[str(run_id)], self._root[str(run_id)] = above, self._root.get(above, "")

    def _end(self, run_id: UUID, **told: Any) -> None:
        own = str(run_id)
        with self._lock:
            self._kept.pop(own, None)
            root = self._root.pop(own, "")
            begun = self._open.pop(own, None)
            if begun is None:
                return
            seconds = time.perf_counter() - begun.pop("clock")
            span = Span(**begun, seconds=round(seconds, 6), **told)
            self._waiting.setdefault(root, []).append(span)
            place = self._places.pop(root, None) if own == root else self._places.get(root)
            ended = self._waiting.pop(root, []) if place or own == root else []
        if place is not None:
            self._write(place, ended)

    def _write(self, place: Path, spans: list[Span]) -> None:
        # A disk that is full ends the run elsewhere, and in words.
        with self._lock, suppress(OSError):
            place.parent.mkdir(parents=True, exist_ok=True)
            with place.open("a", encoding="utf-8") as lines:
                for span in spans:
                    lines.write(span.model_dump_json(exclude_defaults=True) + "\n")


def _desk(inputs: Any) -> str:
    desk = cast("dict[str, Any]", inputs).get("desk") if isinstance(inputs, dict) else getattr(inputs, "desk", None)
    return str(getattr(desk, "name", ""))


TRACER = Tracer()
"""Hangs on the graph, whoever runs it: it is told of each run where its trace belongs."""


def place_of(folder: Path, day: date, edition: str) -> Path:
    return folder / "traces" / f"{day}-{edition}.jsonl"


def tell_place(folder: Path, day: date, edition: str) -> None:
    """Says where the trace of the run belongs in which this is called; outside of one it says nothing."""
    with suppress(RuntimeError):
        callbacks = get_config().get("callbacks")
        if isinstance(callbacks, BaseCallbackManager) and callbacks.parent_run_id:
            TRACER.locate(callbacks.parent_run_id, place_of(folder, day, edition))


def read(place: Path) -> list[Span]:
    """The spans in the order in which they ended. Raises FileNotFoundError."""
    return [Span(**json.loads(line)) for line in place.read_text(encoding="utf-8").splitlines() if line.strip()]
