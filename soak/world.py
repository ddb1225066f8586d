"""The days that are run, the folders they lie in, and the servers they talk to."""

import json
import os
import shutil
import signal
import time
from collections.abc import Callable, Collection, Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date, timedelta
from http.server import ThreadingHTTPServer
from pathlib import Path
from typing import Any

import httpx

from domain.papers import Paper
from tests.scripted import DAY, paper

from .children import Place, fork, warm

BEFORE = tuple(DAY - timedelta(days=n) for n in range(6, 0, -1))
"""Days that are remembered already; with the sixth, trends are told."""
SUBJECTS = ("Speech", "Robot", "Quantum")
WEEK = "2026-W47"
CALLS_AT_ONCE = 8
"""Calls under way when a run is killed: nobody can know their answers, and they are made again."""
MAILS = ("ada@mail.example", "ben@mail.example", "cy@mail.example")


def papers_of(day: date) -> list[Paper]:
    """Three papers of each subject, and from the second day on one of the day before that comes again."""
    place = (DAY - day).days
    told = [
        paper(100 * (place + 1) + 10 * s + n, f"{subject} Study {place}{s}{n}", f"a {subject} method {place}{n}")
        for s, subject in enumerate(SUBJECTS)
        for n in range(3)
    ]
    return told + (papers_of(day - timedelta(days=1))[:1] if day > BEFORE[0] else [])


def write_papers(day: date, folder: Path) -> Path:
    rows = [{"id": p.id[6:], "title": p.title, "summary": p.abstract, "authors": [*p.authors]} for p in papers_of(day)]
    path = folder / f"{day}.jsonl"
    path.write_text("\n".join(json.dumps(row) for row in rows) + "\n", encoding="utf-8")
    return path


@dataclass
class World:
    """Everything that a trial begins with. Each of ``bases`` is a data folder that trials copy."""

    root: Path
    model_url: str
    smtp_port: int
    mails: Path
    """A line for each mail that was taken: its Message-ID and its address."""
    bases: dict[str, Path] = field(default_factory=dict[str, Path])
    _made: int = 0

    def base(self, name: str) -> Path:
        """A folder of ``RECIPES``, made when it is first asked for."""
        if name not in self.bases:
            start, commands, codes = RECIPES[name]
            place = self.room(start)
            for argv in commands:
                ended = fork(argv, place).wait()
                if ended.crashed or ended.code not in codes:
                    raise RuntimeError(f"{argv} ended with {ended.code}: {ended.out}{ended.err}")
            if name == "lost":
                shutil.rmtree(place.folder / "data" / "memory")
            self.bases[name] = self.root / "bases" / name
            self.bases[name].parent.mkdir(exist_ok=True)
            shutil.move(place.folder / "data", self.bases[name])
            clear(place)
        return self.bases[name]

    def room(self, base: str = "", root: Path | None = None) -> Place:
        """A fresh working directory; its ``data`` is a copy of a base, and the papers of all days lie beside it."""
        self._made += 1
        folder = (root or self.root / "rooms") / f"{self._made:05d}"
        folder.mkdir(parents=True)
        for day in (*BEFORE, DAY):
            write_papers(day, folder)
        (folder / "insights.toml").write_text(self._settings(folder.name), encoding="utf-8")
        if base:
            shutil.copytree(self.base(base), folder / "data")
        env = {
            "OPENAI_BASE_URL": self.model_url,
            "OPENAI_API_KEY": "none",
            "INSIGHTS_ATTEMPTS": "2",
            "INSIGHTS_CALLS_AT_ONCE": str(CALLS_AT_ONCE),
            "COLUMNS": "160",
            "LINES": "60",
            "TERM": "xterm",
        }
        return Place(folder, env)

    def _settings(self, room: str) -> str:
        to = ", ".join(f'"{room}-{mail}"' for mail in MAILS)
        return (
            f'smtp = "smtp+plain://127.0.0.1:{self.smtp_port}"\nsender = "Insights <news@mail.example>"\n'
            f"[channels.readers]\nto = [{to}]\n"
        )

    def mailed(self, place: Place) -> list[str]:
        """The mails that were taken for a room, in the order in which they came."""
        lines = self.mails.read_text(encoding="utf-8").splitlines() if self.mails.exists() else []
        return [line for line in lines if f"{place.folder.name}-" in line]

    def asked(self, clear: bool = False) -> dict[str, Any]:
        """What the model was asked since it was last cleared."""
        path = "/clear" if clear else "/asked"
        root = self.model_url.removesuffix("/v1")
        return httpx.get(f"{root}{path}", timeout=30, trust_env=False).json()


def clear(place: Place) -> None:
    shutil.rmtree(place.folder, ignore_errors=True)
    shutil.rmtree(place.folder.with_name(f"{place.folder.name}.told"), ignore_errors=True)


@contextmanager
def opened(root: Path) -> Generator[World]:
    """The servers run as processes of their own, ended by their ids."""
    root.mkdir(parents=True, exist_ok=True)
    with ExitStack() as held:
        url = held.enter_context(_process(root / "model.address", _serve_model))
        mails = root / "mails.txt"
        port = held.enter_context(_process(root / "smtp.address", lambda told: _serve_mail(told, mails)))
        yield World(root, url, int(port), mails)


@contextmanager
def _process(address: Path, serve: Callable[[Path], None]) -> Generator[str]:
    """A server in a fork of this process; what it writes into the file ``address`` once it serves."""
    address.unlink(missing_ok=True)
    child = os.fork()
    if not child:
        try:
            serve(address)
        finally:
            os._exit(1)
    try:
        while not address.exists() or not address.read_text(encoding="utf-8").endswith("\n"):
            time.sleep(0.01)
        yield address.read_text(encoding="utf-8").strip()
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def _serve_model(address: Path) -> None:
    from tests import answering
    from tests.graph.model_days import well
    from tests.model_server import ModelServer, serve

    held: list[ModelServer] = []
    ThreadingHTTPServer.handle_error = lambda *_: None  # type: ignore[method-assign]  a client was killed

    def pages(path: str) -> Any:
        server = held[0]
        if path == "/clear":
            server.asked.clear()
            server.answered.clear()
        answered = [json.dumps(request, sort_keys=True) for request in list(server.answered)]
        return {"asked": len(server.asked), "answered": len(answered), "different": len(set(answered))}

    with serve(lambda request, _: well(answering.read(request)), pages) as server:
        held.append(server)
        address.write_text(f"{server.url}\n", encoding="utf-8")
        signal.pause()


def _serve_mail(address: Path, mails: Path) -> None:
    from tests.delivery import servers

    taken = mails.open("a", encoding="utf-8", buffering=1)

    class Box(servers.Mailbox):
        async def handle_DATA(self, _: Any, session: Any, envelope: Any) -> str:
            mail = servers.message_from_bytes(envelope.content)
            for to in envelope.rcpt_tos:
                taken.write(f"{mail['Message-ID']} {to}\n")
            return "250 taken"

    servers.Mailbox = Box  # type: ignore[misc]
    with servers.mailbox() as box:
        address.write_text(f"{box.port}\n", encoding="utf-8")
        signal.pause()


def _run(day: date, *more: str) -> tuple[str, ...]:
    return ("run", str(day), "--papers", f"{day}.jsonl", *more)


RECIPES: dict[str, tuple[str, tuple[tuple[str, ...], ...], tuple[int, ...]]] = {
    "begun": ("", tuple(map(_run, BEFORE[:3])), (0,)),
    "week": ("begun", tuple(map(_run, BEFORE[3:])), (0,)),
    "full": ("week", (_run(DAY),), (0,)),
    "review": ("week", (_run(DAY, "--review"),), (5,)),
    "weekly": ("full", (("week", WEEK),), (0, 3)),
    "sited": ("week", (("site", "build"),), (0,)),
    "lost": ("full", (), (0,)),
    "one": ("", (_run(BEFORE[0]),), (0,)),
}
"""A folder that trials begin with, by name: with which other it begins, what is run there, and how that ends. Six days
are remembered in ``week``, the day too in ``full``; in ``review`` it waits for a person; ``lost`` has no memory."""


def warm_up(world: World, verbs: Collection[str] = ()) -> None:
    """Runs the verbs once (all, where none are named), so that forks find all that they need loaded."""
    place = world.room()
    day, papers = str(DAY), f"{DAY}.jsonl"
    model = ("--model", "openai:scripted")
    commands = (
        ("run", day, "--papers", papers),
        ("run", day, "--papers", papers, *model, "--again"),
        ("backfill", day, day, "--papers", papers, *model, "--data", "other"),
        ("week", WEEK),
        ("site", "build"),
        ("memory", "rebuild", "--from-reports"),
        ("deliver", day),
        ("deliver", WEEK),
    )
    warm([(argv, place) for argv in commands if not verbs or (argv[0] in verbs and "--model" not in argv)])
    clear(place)
