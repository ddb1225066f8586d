"""The trace of a run: who asked whom, for how long, and what kept the day waiting."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from graph.paths import slowest, slowest_path
from graph.traces import Span
from tests.cli.test_forks import Insights, insights, server
from tests.cli.test_review import COMMAND, ROOT
from tests.scripted import DAY

__all__ = ["insights", "server"]


def spans(insights: Insights, *more: str) -> list[dict[str, Any]]:
    return json.loads(insights("trace", str(DAY), "--json", *more).output)


def test_every_question_hangs_on_the_step_that_asked_with_prompt_tokens_and_time(insights: Insights) -> None:
    held = {span["id"]: span for span in spans(insights)}

    def way(span: dict[str, Any]) -> str:
        above = held.get(span.get("parent", ""))
        return f"{way(above)} > {span['name']}" if above else span["name"]

    ways = {way(span) for span in held.values()}
    assert {"daily > retrieve", "daily > synthesize > ko/synthesize", "daily > frame > ko/frame"} <= ways
    assert {"daily > section > critique > ko/critique", "daily > look > classify", "daily > remember"} <= ways
    asked = [span for span in held.values() if span["kind"] == "model"]
    assert all(span["input_tokens"] and span["prompt"].startswith(f"{span['name']}@") for span in asked)
    assert all(span["seconds"] > 0 and span["begun"] for span in held.values())
    assert {span["desk"] for span in held.values() if span["name"] == "section"}
    shown = insights("trace", str(DAY)).output
    assert "▶ daily" in shown and "ko/frame@" in shown and "answers in a row took" in shown


def test_a_fork_and_a_second_run_have_traces_of_their_own_and_tell_what_was_answered_before(
    insights: Insights,
) -> None:
    before = spans(insights)
    insights("fork", str(DAY), "--at", "frame", "--name", "calm")
    forked = spans(insights, "--fork", "calm")
    assert [span["name"] for span in forked if span["kind"] == "node"][-3:] == ["review", "publish", "remember"]
    assert all(span["cached"] for span in forked if span["kind"] == "model")
    assert spans(insights) == before
    assert "'insights run 2001-01-01' writes one" in insights("trace", "2001-01-01", code=1).output


def test_the_slowest_path_is_what_ended_last_before_what_it_kept_waiting() -> None:
    start = datetime(2026, 11, 20, tzinfo=UTC)

    def span(id: str, begun: float, seconds: float, parent: str = "day", kind: str = "node") -> Span:
        at = start + timedelta(seconds=begun)
        return Span(id=id, parent=parent, kind=kind, name=id, begun=at, seconds=seconds)

    day = span("day", 0, 10, "")
    held = [day, span("read", 0, 2), span("exam", 0, 1), span("slow", 2, 7), span("fast", 2, 3), span("write", 9, 1)]
    held += [span("asked", 3, 5, "slow", "model"), span("also", 3, 1, "slow", "model"), span("quick", 2, 1, "fast")]
    assert slowest(held, [day]) == {"day", "read", "slow", "asked", "write"}
    way = slowest_path(held, day)
    assert [(leg.name, leg.begun, leg.seconds) for leg in way.legs] == [
        ("read", 0, 2),
        ("slow", 2, 1),
        ("asked", 3, 5),
        ("slow", 8, 1),
        ("write", 9, 1),
    ]
    assert (way.calls, way.waited, way.own) == (1, 5, 5)


@contextmanager
def collector() -> Iterator[tuple[str, list[bytes]]]:
    """A server on loopback that takes whatever it is sent: its address, and what came."""
    came: list[bytes] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            came.append(self.path.encode() + b" " + self.rfile.read(int(self.headers["Content-Length"])))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", came
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.mark.parametrize(
    ("variable", "told"),
    [("LANGSMITH_ENDPOINT", False), ("OTEL_EXPORTER_OTLP_ENDPOINT", True)],
    ids=["off unless set", "OpenTelemetry"],
)
def test_a_run_is_told_to_others_only_where_the_usual_variables_say_so(
    variable: str, told: bool, tmp_path: Path
) -> None:
    with collector() as (address, came):
        command = [sys.executable, "-c", COMMAND, "run", "2024-10-06", "--source", "sample", "--data", str(tmp_path)]
        environment = {**os.environ, variable: address, "LANGSMITH_API_KEY": "test"}
        done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        assert all(one.startswith(b"/v1/traces ") for one in came)  # in one message, or in several on a busy machine
        assert bool(came) == any(b"classify" in one for one in came) == told
