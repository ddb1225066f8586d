"""What LangGraph Studio does with the graph, done to the real development server through its own client."""

import ipaddress
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from langgraph_sdk.errors import BadRequestError

import prompts
from graph.daily import graph
from graph.settings import Secrets, Settings
from tests.graph.studio import Studio, named, studio
from tests.scripted import DAY


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Studio]:
    with studio(tmp_path_factory.mktemp("studio")) as running:
        yield running


@pytest.fixture(scope="module")
def day(server: Studio) -> str:
    """The thread of a day that a model wrote, run to its end."""
    thread = server.thread()
    ended = server.run(thread, server.context(), input=named())
    assert ended["report"]["status"] == "complete"
    return thread


def test_the_server_says_where_it_is_and_who_else_can_drive_it(server: Studio) -> None:
    said = "".join(server.printed)
    assert "API     http://127.0.0.1:" in said
    assert "https://smith.langchain.com/studio/?baseUrl=http://127.0.0.1:" in said
    assert "CORS *" in said


def test_the_newsroom_can_be_opened_down_to_each_agent(server: Studio) -> None:
    drawn = server.client.assistants.get_graph(server.assistant, xray=True)
    nodes = {node["id"] for node in drawn["nodes"]}
    assert {"retrieve", "synthesize", "section:critique", "frame", "publish"} <= nodes
    schemas = server.client.assistants.get_schemas(server.assistant)
    wanted = ("input_schema", "output_schema", "state_schema", "context_schema")
    assert [name for name in wanted if not (schemas[name] or {}).get("properties")] == []


def test_the_form_explains_each_field_and_shows_each_prompt_at_its_nodes(server: Studio) -> None:
    form = server.client.assistants.get_schemas(server.assistant)["context_schema"]["properties"]
    assert [name for name, shape in form.items() if not shape.get("description")] == []
    assert list(form)[: len(Settings.model_fields)] == list(Settings.model_fields)
    assert not form.keys() & Secrets.model_fields.keys()
    prompts = {name: shape for name, shape in form.items() if shape.get("langgraph_type") == "prompt"}
    assert prompts.keys() == {f"prompt_{role}" for role in ("classify", "synthesize", "critique", "frame")}
    inner = {node.rpartition(":")[2] for node in graph.get_graph(xray=True).nodes} | set(graph.get_graph().nodes)
    assert [name for name, shape in prompts.items() if not set(shape["langgraph_nodes"]) <= inner] == []


def test_the_form_begins_with_the_bundled_days_and_no_model(server: Studio) -> None:
    begun = server.client.assistants.get(server.assistant)["context"]
    assert begun == {"sources": ["sample"], "data": str(server.data)}


def test_a_bundled_day_runs_from_the_empty_form_and_each_step_shows_what_it_brought(server: Studio) -> None:
    thread = server.thread()
    parts = list(
        server.client.runs.stream(
            thread,
            server.assistant,
            input=named("2024-10-06"),
            stream_mode=["updates", "custom"],
            stream_subgraphs=True,
        )
    )
    assert [part.data for part in parts if part.event == "error"] == []
    told = [part.data for part in parts if part.event.startswith("custom")]
    assert {one["agent"] for one in told} >= {"retriever", "historian", "classifier", "editor", "publisher"}
    assert next(one["text"] for one in told if one["step"] == "retrieve") == "12 papers from 1 source"
    brought = [(name, added) for part in parts if part.event == "updates" for name, added in part.data.items()]
    order = ("begin", "retrieve", "recall", "classify", "plan", "trends", "publish")
    assert [name for name, added in brought if added and name in order] == [*order]
    assert {"section", "frame"} <= {name for name, added in brought if added}
    assert (server.data / "reports" / "2024-10-06" / "report.md").exists()
    trace = (server.data / "traces" / "2024-10-06-ko.jsonl").read_text("utf-8")
    assert {"retrieve", "section", "publish"} <= {json.loads(line)["name"] for line in trace.splitlines()}
    went_on = [one["next"] for one in server.history(thread)]
    assert went_on[0] == ["__start__"] and went_on[-2:] == [["remember"], []]
    assert len(went_on) == 14 and [] not in went_on[:-1]


def test_every_channel_takes_back_what_it_shows_and_the_published_day_stays_as_it_is(server: Studio, day: str) -> None:
    published = contents(server.data)
    shown = server.before(day, "publish")
    assert set(shown["values"]) >= {"papers", "memory", "desks", "items", "frame", "judged", "reviewed"}
    server.client.threads.update_state(day, shown["values"], as_node="critique", checkpoint=shown["checkpoint"])
    assert server.history(day)[-1]["values"] == shown["values"]
    ended = server.run(day, server.context())
    assert ended["ended"] == "fork" and f"{server.data}/forks/studio-" in ended["folder"]
    assert ended["report"] == json.loads((server.data / "reports" / str(DAY) / "report.json").read_text("utf-8"))
    assert contents(server.data) == published


def test_an_older_step_differs_only_where_it_was_edited_and_publishes_only_if_it_is_told_to(
    server: Studio, day: str
) -> None:
    published = contents(server.data)
    older = server.before(day, "review")
    item = older["values"]["items"][0]
    edited = {**item, "name": "Another Name"}
    asked = len(server.model.asked)
    fork = server.client.threads.update_state(
        day, {"items": [edited]}, as_node="critique", checkpoint=older["checkpoint"]
    )
    ended = server.run(day, server.context(), checkpoint=fork["checkpoint"])
    report = json.loads((server.data / "reports" / str(DAY) / "report.json").read_text("utf-8"))
    names = [{one["paper_id"]: one["name"] for one in each["items"]} for each in (report, ended["report"])]
    assert names[1] == {**names[0], item["paper_id"]: "Another Name"}
    assert {**ended["report"], "items": report["items"]} == report
    assert len(server.model.asked) == asked
    recalled = server.run(day, server.context(), checkpoint=server.before(day, "recall")["checkpoint"])
    assert recalled["ended"] == "fork" and recalled["report"] == report
    assert contents(server.data) == published
    told = server.run(day, server.context(publish=True), checkpoint=fork["checkpoint"])
    assert told["ended"] == "published" and told["folder"] == str(server.data / "reports" / str(DAY))
    assert contents(server.data) != published


def contents(data: Path) -> dict[str, bytes]:
    """The published files and the memory, byte for byte."""
    held = [path for name in ("reports", "memory") for path in sorted((data / name).rglob("*")) if path.is_file()]
    return {str(path.relative_to(data)): path.read_bytes() for path in held}


def test_every_channel_refuses_what_it_cannot_hold_by_its_name(server: Studio, day: str) -> None:
    last = server.history(day)[-1]
    for channel in last["values"]:
        with pytest.raises(BadRequestError, match=channel):
            server.client.threads.update_state(day, {channel: {"no": 3}}, as_node="critique")
    assert server.history(day)[-1]["checkpoint"] == last["checkpoint"]


def test_parts_of_an_edited_state_that_do_not_fit_together_are_told_and_the_thread_can_still_be_read(
    server: Studio, day: str
) -> None:
    before = server.before(day, "plan")
    edited = server.client.threads.update_state(
        day, {"filings": []}, as_node="classify", checkpoint=before["checkpoint"]
    )
    ended = server.run(day, server.context(), checkpoint=edited["checkpoint"])
    assert "filings has no category for arxiv:2611.00001" in str(ended)
    assert server.history(day)[-1]["next"] == ["plan"]


def test_a_day_that_an_edit_took_away_is_asked_for_and_the_thread_can_still_be_read(server: Studio, day: str) -> None:
    before = server.before(day, "recall")
    edited = server.client.threads.update_state(day, {"day": None}, as_node="retrieve", checkpoint=before["checkpoint"])
    assert "day is empty" in str(server.run(day, server.context(), checkpoint=edited["checkpoint"]))
    assert server.history(day)[-1]["next"] == ["recall"]


def test_a_prompt_edited_in_the_form_changes_the_text_and_is_named_in_the_receipt(server: Studio, day: str) -> None:
    source = prompts.load("ko/synthesize").source
    thread = server.thread()
    context = server.context(prompt_synthesize=f"Shout.\n{source}", data=str(server.data.parent / "shouted"))
    ended = server.run(thread, context, input=named())
    calm = json.loads((server.data / "reports" / str(DAY) / "report.json").read_text("utf-8"))
    hooks = [{item["paper_id"]: item["claims"][0]["text"] for item in one["items"]} for one in (ended["report"], calm)]
    assert hooks[0] == {paper: f"{hook}!" for paper, hook in hooks[1].items()}
    receipt = json.loads((server.data.parent / "shouted/reports" / str(DAY) / "receipt.json").read_text("utf-8"))
    version = dict(receipt["prompts"])["ko/synthesize"]
    assert version == f"{prompts.edited('ko/synthesize', context['prompt_synthesize']).version} edited in this run"
    assert f"ko/synthesize@{version[:8]}" in {usage["prompt"] for usage in receipt["usage"]}


def test_a_prompt_that_does_not_fit_is_refused_before_a_run_begins(server: Studio) -> None:
    thread = server.thread()
    text = prompts.load("ko/frame").source.replace("{{ fence }}", "{{ fense }}")
    ended = server.run(thread, server.context(prompt_frame=text), input=named())
    assert "prompt_frame" in str(ended) and "did you mean fence" in str(ended)
    assert server.history(thread) == []


def test_a_day_waits_for_its_review_and_what_a_person_writes_is_held_against_the_papers(server: Studio) -> None:
    thread, data = server.thread(), server.data.parent / "reviewed"
    context = server.context(review="always", exam=0, data=str(data))
    paused = server.run(thread, context, input=named())
    (question,) = [one["value"] for one in paused["__interrupt__"]]
    requests = question["action_requests"]
    assert len(question["review_configs"]) == len(requests)
    assert {request["name"] for request in requests} == {"publish_day", "publish_section", "publish_claim", "leave_out"}
    assert not (data / "reports").exists()
    left_out = next(n for n, one in enumerate(requests) if one["name"] == "leave_out")
    assert "left out: too bold" in requests[left_out]["description"]
    first = next(n for n, one in enumerate(requests) if one["args"].get("text", "").endswith("방법을 제안합니다."))

    def decide(**texts: str) -> dict[str, Any]:
        decisions: list[dict[str, Any]] = [{"type": "approve"} for _ in requests]
        for n, text in zip((first, left_out), texts.values(), strict=False):
            decisions[n] = {"type": "edit", "edited_action": {"name": requests[n]["name"], "args": {"text": text}}}
        return {"decisions": decisions}

    short = server.run(thread, context, command={"resume": {"decisions": [{"type": "approve"}] * 2}})
    assert "2 decisions" in short["__interrupt__"][0]["value"]["action_requests"][0]["description"]
    words = requests[first]["args"]["text"].replace("방법을 제안합니다", "방법을 새로 내놓습니다")
    again = server.run(thread, context, command={"resume": decide(mine=words, wrong="정확도가 99.9% 올랐습니다.")})
    (back,) = [one["value"]["action_requests"] for one in again["__interrupt__"]]
    assert [one["args"].get("text") for one in back] == [None, "정확도가 99.9% 올랐습니다."]
    assert "sent back: " in back[1]["description"] and "99.9" in back[1]["description"]
    ended = server.run(thread, context, command={"resume": {"decisions": [{"type": "approve"}, {"type": "reject"}]}})
    claims = [claim for item in ended["report"]["items"] for claim in item["claims"] if claim["by_person"]]
    assert [claim["text"] for claim in claims] == [words] and claims[0]["evidence"]
    assert ended["ended"] == "published"
    page = (data / "reports" / str(DAY) / "report.md").read_text("utf-8")
    assert f"{words} ✎" in page and "99.9" not in page


def test_a_day_that_is_rejected_in_its_review_is_not_published(server: Studio) -> None:
    thread, data = server.thread(), server.data.parent / "rejected"
    context = server.context(review="problems", exam=0, data=str(data))
    server.run(thread, context, input=named())
    ended = server.run(thread, context, command={"resume": {"decisions": [{"type": "reject", "message": "not today"}]}})
    assert (ended["ended"], ended["reviewed"]["why"]) == ("rejected", "not today")
    assert not (data / "reports").exists()


def test_an_answer_that_edits_the_state_in_passing_does_not_publish(server: Studio) -> None:
    thread, data = server.thread(), server.data.parent / "in-passing"
    context = server.context(review="always", exam=0, data=str(data))
    server.run(thread, context, input=named())
    command: Any = {"resume": {"decisions": [{"type": "approve"}]}, "update": {"notes": ["mine"]}}
    ended = server.run(thread, context, command=command)
    assert ended["ended"] == "fork" and "mine" in ended["notes"]
    assert not (data / "reports").exists()


def test_no_connection_leaves_this_machine(server: Studio, day: str) -> None:
    outside = [host for host in server.addresses() if host not in ("None", "localhost") and not _is_here(host)]
    assert outside == []
    assert "127.0.0.1" in server.addresses()


def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
