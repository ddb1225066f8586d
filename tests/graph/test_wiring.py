"""The graph as an object: what Studio, the server and a resumed run need of it."""

import importlib
import itertools
import json
import os
from datetime import date
from functools import cached_property
from pathlib import Path
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

import pytest
from blockbuster import blockbuster_ctx
from langgraph._internal._typing import MISSING
from langgraph.checkpoint.memory import InMemorySaver
from langgraph.checkpoint.sqlite.aio import AsyncSqliteSaver
from pydantic import BaseModel, ValidationError
from typing_extensions import is_typeddict

import agents
from domain import languages
from graph import daily, section
from graph.context import Context
from graph.daily import builder, graph
from graph.settings import Settings
from tests.scripted import DAY, HashEmbedder, KeyedClassifier, ScriptedContext, script

ROOT = Path(__file__).parents[2]


def test_studio_gets_a_form_for_the_input_and_for_the_settings() -> None:
    assert set(graph.get_input_jsonschema()["properties"]) == {"day"}
    assert {"report", "folder", "items", "frame"} <= set(graph.get_output_jsonschema()["properties"])
    settings = graph.get_context_jsonschema()
    assert settings is not None
    assert {"model", "language", "sources", "cap", "revisions", "data"} <= set(settings["properties"])


def test_the_form_has_bounds_and_choices_and_refuses_what_is_beyond_them() -> None:
    settings = graph.get_context_jsonschema()
    assert settings is not None
    fields = settings["properties"]
    assert (fields["cap"]["minimum"], fields["cap"]["maximum"]) == (1, 50)
    assert fields["language"]["enum"] == list(languages.codes())
    assert "arxiv" in fields["sources"]["items"]["examples"]
    assert [name for name, field in fields.items() if "default" not in field] == []


@pytest.mark.parametrize("wrong", [{"cap": -1}, {"language": "zz"}, {"sources": ["newspaper"]}, {"colour": "red"}])
async def test_a_run_that_is_asked_for_with_a_wrong_form_does_not_begin(wrong: dict[str, Any], tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match=next(iter(wrong))):
        await graph.ainvoke({"day": DAY}, context={"data": str(tmp_path), **wrong})  # type: ignore[arg-type]
    assert list(tmp_path.iterdir()) == []


async def test_a_run_is_asked_for_by_the_json_of_the_form(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    form: Any = {"data": str(tmp_path), "sources": ["sample"], "language": "en", "prices": {"m": [1, 2]}}
    result = await graph.ainvoke({"day": "2024-10-06"}, context=form)
    assert (result["report"].status, result["report"].language) == ("complete", "en")
    shown = Context().model_dump()
    assert {name: shown.pop(name) for name in Settings.model_fields} == Settings().model_dump()
    assert not any(shown.values())


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
        "plan",
        "synthesize",
        "trends",
        "section",
        "critique",
        "review",
        "publish",
        "remember",
        "__end__",
    ]
    loop = {("critique", "edit"), ("edit", "critique"), ("review", "review"), ("review", "__end__")}
    beside = {("plan", "examine"), ("plan", "look")}
    beside |= {("examine", "trends"), ("look", "trends"), ("trends", "frame"), ("frame", "critique")}
    assert edges == set(itertools.pairwise(path)) | beside | loop


def test_a_section_opens_into_its_own_loop() -> None:
    edges = {(e.source, e.target) for e in graph.get_graph(xray=True).edges}
    steps = "__start__ critique, __start__ settle, critique edit, edit critique, critique settle"
    own = {tuple(f"section:{name}" for name in step.split()) for step in steps.split(", ")}
    assert {edge for edge in edges if all(end.startswith("section:") for end in edge)} == own


NODES = [(module, name) for module in (daily, section) for name in module.builder.nodes if name != "section"]


@pytest.mark.parametrize(("module", "name"), NODES)
def test_what_a_node_reads_is_validated_and_comes_back_from_a_checkpoint_as_what_it_adds_does(
    module: Any, name: str
) -> None:
    reads, adds = module.builder.nodes[name].input_schema, get_type_hints(getattr(module, name))["return"]
    assert issubclass(reads, BaseModel)
    serde = module.builder.compile(checkpointer=InMemorySaver()).checkpointer.serde
    kinds = get_args(adds) if get_origin(adds) is UnionType else (adds,)
    for kind in (reads, *(kind for kind in kinds if is_typeddict(kind))):
        value = sample(kind)
        assert serde.loads_typed(serde.dumps_typed(value)) == value, kind


def sample(kind: Any) -> Any:
    """A value of a type, nothing in it left out."""
    origin, args = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType, Annotated):
        return sample(args[0])
    if origin is Literal:
        return args[0]
    if origin is tuple:
        return tuple(sample(each) for each in args if each is not ...)
    if origin is list:
        return [sample(args[0])]
    if origin is dict:
        return {sample(args[0]): sample(args[1])}
    if is_typeddict(kind):
        held = {name: sample(each) for name, each in get_type_hints(kind).items()}
        # A tuple comes back as a list, which the node that reads it makes a tuple again.
        return {name: list(value) if isinstance(value, tuple) else value for name, value in held.items()}
    if issubclass(kind, BaseModel):
        hints = get_type_hints(kind)
        return kind(**{name: sample(hints[name]) for name in kind.model_fields})
    return {str: "x", int: 1, float: 0.5, bool: True, date: DAY}[kind]


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
    assert values["items"] and values["desks"] and values["memory"] and values["frame"].lines
    assert [type(v) for v in plain_parts(values) if not isinstance(v, BaseModel)] == []


def test_no_channel_of_day_or_section_keeps_what_it_cannot_hold() -> None:
    own = {**graph.channels, **section.section.channels}
    state = {**get_type_hints(daily.DailyState), **get_type_hints(section.SectionState)}
    for name in state:
        with pytest.raises(ValidationError, match=name):
            own[name].from_checkpoint(MISSING).update([{"no": 3}])  # type: ignore[union-attr]


def plain_parts(values: dict[str, Any]) -> list[Any]:
    """What the lists of the state hold: each should be a value of ours, not the dict it was stored as."""
    held = [values[name] for name in ("papers", "filings", "memory", "desks", "items", "facts", "health")]
    return [item for one in held for item in one]


async def test_no_node_blocks_the_event_loop(tmp_path: Path) -> None:
    """What ``langgraph dev`` refuses: the real context, on the bundled day."""
    context = LightContext(sources=("sample",), data=str(tmp_path))
    with blockbuster_ctx():
        result = await graph.ainvoke({"day": "2024-10-06"}, context=context)
    assert result["report"].status == "complete"


class LightContext(Context):
    """The real context but for the embedding model and the classifier fitted on it."""

    @cached_property
    def embed(self) -> HashEmbedder:  # type: ignore[override]
        return HashEmbedder()

    @cached_property
    def classifier(self) -> Any:
        return KeyedClassifier()
