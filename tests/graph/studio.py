"""A real development server of LangGraph's for a module's tests, and all that is needed to speak to it."""

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from langgraph_sdk import get_sync_client
from langgraph_sdk.client import SyncLangGraphClient

from tests import answering
from tests.answering import Question
from tests.graph.model_days import model
from tests.model_server import ModelServer, serve
from tests.ports import kept_port
from tests.scripted import DAY, PAPERS

ROOT = Path(__file__).parents[2]
# Python's own record of every address that the server looks up or connects to.
WATCH = """
import sys

def note(event, arguments):
    if event in ("socket.connect", "socket.sendto", "socket.getaddrinfo"):
        address = arguments[0] if event == "socket.getaddrinfo" else arguments[1]
        host = address[0] if isinstance(address, tuple) else address
        with open(__file__ + ".log", "a") as log:
            print(event, host, file=log)

sys.addaudithook(note)
"""


def item(question: Question) -> dict[str, Any]:
    """What is to be said of a paper; louder where the prompt says so."""
    told = answering.item(question)
    return {**told, "hook": told["hook"] + ("!" if question.system.startswith("Shout.") else "")}


def verdicts(question: Question) -> dict[str, Any]:
    """A critic that finds one line too bold."""
    return answering.verdicts(question, doubts=lambda text: "too bold" if "Legs" in text and "한계" in text else "")


@dataclass
class Studio:
    """The server, its model, its data folder."""

    client: SyncLangGraphClient
    assistant: str
    model: ModelServer
    data: Path
    papers: Path
    printed: list[str]
    watched: Path

    def context(self, **settings: Any) -> dict[str, Any]:
        """A day of ``PAPERS`` that a model writes."""
        return {"model": "openai:test", "papers": [str(self.papers)], "data": str(self.data), **settings}

    def thread(self) -> str:
        return str(self.client.threads.create()["thread_id"])

    def run(self, thread: str, context: dict[str, Any], **more: Any) -> Any:
        """The state at the end of a run, or what stopped it."""
        return self.client.runs.wait(thread, self.assistant, context=context, raise_error=False, **more)

    def history(self, thread: str) -> list[Any]:
        """All checkpoints, the oldest first."""
        return list(self.client.threads.get_history(thread, limit=100))[::-1]

    def before(self, thread: str, node: str) -> Any:
        """The newest checkpoint from which a run goes on with a node."""
        return next(one for one in self.history(thread)[::-1] if node in one["next"])

    def addresses(self) -> set[str]:
        """Hosts that the server has looked up or connected to."""
        lines = self.watched.read_text(encoding="utf-8").splitlines()
        return {line.split(" ", 1)[1] for line in lines}


@contextmanager
def studio(folder: Path) -> Iterator[Studio]:
    """``insights studio`` in a process group of its own, until the block ends."""
    (folder / "watch").mkdir()
    (folder / "watch" / "sitecustomize.py").write_text(WATCH, encoding="utf-8")
    papers = folder / "day.jsonl"
    rows = [{"id": paper.id[6:], "title": paper.title, "summary": paper.abstract} for paper in PAPERS]
    papers.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    own = {n: v for n, v in os.environ.items() if not re.match("INSIGHTS_(?!MODEL_DIR)|OPENAI_|LANG|OTEL_", n)}
    with kept_port() as port, serve(model(Written=item, Verdicts=verdicts)) as server:
        process = subprocess.Popen(
            [
                sys.executable,
                "-c",
                "from cli.app import main; main()",
                "studio",
                "--port",
                str(port),
                "--data",
                str(folder / "data"),
            ],
            cwd=folder,
            env={
                **own,
                "PYTHONPATH": f"{folder / 'watch'}{os.pathsep}{ROOT}",
                "OPENAI_BASE_URL": server.url,
                "OPENAI_API_KEY": "test",
                "LANGGRAPH_DISABLE_FILE_PERSISTENCE": "true",
            },
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )
        printed: list[str] = []
        ready = threading.Event()

        def read() -> None:
            assert process.stdout is not None
            for line in process.stdout:
                printed.append(line)
                if "after use" in line:
                    ready.set()
            ready.set()

        reader = threading.Thread(target=read)
        reader.start()
        try:
            ready.wait()
            assert process.poll() is None, "".join(printed)
            client = get_sync_client(url=f"http://127.0.0.1:{port}")
            assistant = str(client.assistants.search(graph_id="daily")[0]["assistant_id"])
            log = folder / "watch" / "sitecustomize.py.log"
            yield Studio(client, assistant, server, folder / "data", papers, printed, log)
            client.http.client.close()
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGTERM)
            process.wait()
            reader.join()
            assert process.stdout is not None
            process.stdout.close()


def named(day: Any = DAY) -> dict[str, Any]:
    return {"day": str(day)}
