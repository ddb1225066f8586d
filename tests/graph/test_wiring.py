"""The graph as an object: what Studio, the server and a resumed run need of it."""

import importlib
import itertools
import json
import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from blockbuster import blockbuster_ctx
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from pydantic import BaseModel

import agents
from graph.context import Context
from graph.daily import builder, graph
from tests.scripted import DAY, HashEmbedder, KeyedClassifier, ScriptedContext, script

ROOT = Path(__file__).parents[2]


def test_studio_gets_a_form_for_the_input_and_for_the_settings() -> None:
    assert set(graph.get_input_jsonschema()["properties"]) == {"day"}
    assert set(graph.get_output_jsonschema()["properties"]) == {"report", "folder"}
    settings = graph.get_context_jsonschema()
    assert settings is not None
    assert {"model", "language", "sources", "cap", "revisions", "data"} <= set(settings["properties"])


def test_langgraph_json_names_the_object_that_the_command_runs() -> None:
    spec = json.loads((ROOT / "langgraph.json").read_text(encoding="utf-8"))["graphs"]["daily"]
    module, name = spec.split(":")
    assert getattr(importlib.import_module(module), name) is graph
    assert graph.builder is builder


def test_the_exported_graph_has_no_checkpointer_of_its_own() -> None:
    assert graph.checkpointer is None


def test_the_day_reads_as_drawn() -> None:
    edges = {(e.source, e.target) for e in graph.get_graph().edges}
    path = [
        "__start__",
        "begin",
        "retrieve",
        "recall",
        "classify",
        "trends",
        "category",
        "overview",
        "flow",
        "publish",
    ]
    assert set(itertools.pairwise(path)) | {("publish", "remember"), ("remember", "__end__")} <= edges
    assert ("trends", "overview") in edges  # a day without new papers


def test_a_category_opens_into_its_own_loop() -> None:
    edges = {(e.source, e.target) for e in graph.get_graph(xray=True).edges}
    steps = "synthesize critique, critique edit, edit critique, critique file, synthesize extract, critique extract"
    for pair in (step.split() for step in steps.split(", ")):
        assert tuple(f"category:{name}" for name in pair) in edges


def test_our_agents_are_not_shadowed_by_another_package() -> None:
    assert Path(agents.__file__).is_relative_to(ROOT)


async def test_every_value_of_the_state_comes_back_from_a_checkpoint_as_itself(tmp_path: Path) -> None:
    assert os.environ["LANGGRAPH_STRICT_MSGPACK"] == "true"
    thread: Any = {"configurable": {"thread_id": "one"}}
    for attempt in ("run", "read again"):
        async with AsyncSqliteSaver.from_conn_string(str(tmp_path / "runs.sqlite")) as saver:
            stopped = builder.compile(checkpointer=saver, interrupt_before=["publish"])
            if attempt == "run":
                await stopped.ainvoke(
                    {"day": DAY}, thread, context=ScriptedContext(data=str(tmp_path), script=script())
                )
            values = (await stopped.aget_state(thread)).values
    assert values["sections"] and values["assignments"] and values["memory"] and values["overview"]
    assert [type(v) for v in plain_parts(values) if not isinstance(v, BaseModel)] == []


def plain_parts(values: dict[str, Any]) -> list[Any]:
    """The items of every list in the state: each should be a value of ours, not the dict it was stored as."""
    return [item for held in values.values() if isinstance(held, list | tuple) for item in held if held != ()]


async def test_no_node_blocks_the_event_loop(tmp_path: Path) -> None:
    """What ``langgraph dev`` refuses: the real context, on the bundled day."""
    context = LightContext(sources=("sample",), data=str(tmp_path))
    with blockbuster_ctx():
        result = await graph.ainvoke({"day": "2024-10-06"}, context=context)
    assert result["report"].status == "complete"


@dataclass(frozen=True, kw_only=True)
class LightContext(Context):
    """The real context but for the embedding model and the classifier fitted on it."""

    @cached_property
    def embed(self) -> HashEmbedder:  # type: ignore[override]
        return HashEmbedder()

    @cached_property
    def classifier(self) -> Any:
        return KeyedClassifier()
