"""Ctrl-C and SIGTERM: the command ends in order, says what is left, and the same command goes on."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from cli.progress import Progress
from graph.events import Event
from tests import answering
from tests.graph.model_days import SEVERAL, well
from tests.model_server import Answer, ModelServer, Say
from tests.scripted import DAY

ROOT = Path(__file__).parents[2]
COMMAND = """
from graph.context import Context
from tests.answering import Unsure
from tests.scripted import HashEmbedder
Context.embed, Context.classifier = HashEmbedder(), Unsure()
from cli.app import main
main()
"""
"""The command, but for the embedding model and the classifier fitted on it."""


def begun(arguments: Sequence[str], folder: Path, ctrl_c: Any = signal.SIG_DFL) -> "subprocess.Popen[str]":
    """``ctrl_c``: what it finds set for SIGINT; the suite may run in the background itself."""
    return subprocess.Popen(
        [sys.executable, "-c", COMMAND, *arguments],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, ctrl_c),
    )


@pytest.mark.parametrize(
    ("number", "name", "code", "ctrl_c"),
    [
        (signal.SIGINT, "Ctrl-C", 130, signal.SIG_DFL),
        (signal.SIGTERM, "SIGTERM", 143, signal.SIG_DFL),
        (signal.SIGTERM, "SIGTERM", 143, signal.SIG_IGN),
    ],
    ids=["Ctrl-C", "SIGTERM", "SIGTERM in the background"],
)
def test_a_run_that_is_stopped_says_what_is_left_and_goes_on_without_asking_again(
    number: int, name: str, code: int, ctrl_c: Any, day_server: Callable[[Answer], ModelServer], tmp_path: Path
) -> None:
    asked, over = threading.Event(), threading.Event()

    def answer(request: Any, _: int) -> Say:
        # The frame is drafted while the sections check; what is answered when the signal comes may not be heard.
        question = answering.read(request)
        if (question.schema == "Outline" or question.own) and not over.is_set():
            if question.schema == "Outline":
                asked.set()
            return Say(hang=True)
        return well(question)

    server = day_server(answer)
    rows = [{"id": p.id[6:], "title": p.title, "summary": p.abstract} for p in SEVERAL]
    (tmp_path / "day.jsonl").write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    run = ["run", str(DAY), "--papers", "day.jsonl", "--model", "openai:scripted", "--data", "d"]
    first = begun(run, tmp_path, ctrl_c)
    try:
        asked.wait()
        first.send_signal(number)
        _, told = first.communicate()
    finally:
        first.kill()
    assert first.returncode == code
    assert re.fullmatch(
        rf"insights: stopped by {name}; left to do: (all|(\d) of \2) sections, frame, review, publish, remember. What "
        "is done is kept in d, and the same command goes on from there\n",
        told,
    )
    assert not (tmp_path / "d" / "reports").exists()
    over.set()
    second = begun(run, tmp_path)
    shown, told = second.communicate()
    assert second.returncode == 0, told
    assert "resumed where it was cut off" in shown
    answered = [json.dumps(request, sort_keys=True) for request in server.answered]
    assert len(answered) == len(set(answered))


def test_a_command_that_is_stopped_before_it_has_begun_says_so(tmp_path: Path) -> None:
    """Ctrl-C while it loads: a file that is read before everything else never ends."""
    os.mkfifo(tmp_path / ".env")
    process = begun(["memory", "info"], tmp_path)
    try:
        with (tmp_path / ".env").open("w", encoding="utf-8"):  # somebody reads it
            process.send_signal(signal.SIGINT)
            _, told = process.communicate()
    finally:
        process.kill()
    assert (process.returncode, told) == (
        130,
        "insights: stopped by Ctrl-C; what was done until then is kept, and the same command can be given again\n",
    )


def test_what_is_left_of_a_day_counts_its_sections_and_begins_where_it_has_come_to() -> None:
    progress = Progress()
    assert progress.left() == (
        "retrieve, recall, classify, plan, synthesize, trends, all sections, frame, review, publish, remember"
    )
    for step in ("retrieve", "recall", "classify", "plan", "trends"):
        progress.see(Event(kind="done", step=step))
    for desk in ("audio", "robotics"):
        progress.see(Event(kind="begun", step="section", desk=desk))
    progress.see(Event(kind="done", step="critique", desk="audio"))
    progress.see(Event(kind="done", step="section", desk="audio"))
    assert progress.left() == "1 of 2 sections, frame, review, publish, remember"
    progress.see(Event(kind="done", step="frame"))
    assert progress.left() == "1 of 2 sections, review, publish, remember"
    progress.done.remove("frame")
    progress.see(Event(kind="done", step="section", desk="robotics"))
    assert progress.left() == "frame, review, publish, remember"
    progress.see(Event(kind="done", step="remember"))
    assert progress.left() == "nothing"
