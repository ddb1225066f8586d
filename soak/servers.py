"""A server that goes away in the middle and comes back: Chroma's, with the index of the memory."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import httpx

from tests.scripted import DAY

from . import state
from .children import Child, Place, fork
from .trial import Soak, Trial, sentence
from .verbs import FINISHED
from .world import World, clear

RUN = ("run", str(DAY), "--papers", f"{DAY}.jsonl")
VERBS = {"run, offline": RUN, "memory rebuild": ("memory", "rebuild"), "memory check": ("memory", "check")}


class Chroma:
    """``chroma run`` on loopback, started, killed and started again on the same files and port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = int(free.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def up(self) -> None:
        chroma = str(Path(sys.executable).with_name("chroma"))
        command = [chroma, "run", "--path", str(self.folder / "data"), "--host", "127.0.0.1", "--port", str(self.port)]
        with (self.folder / "output").open("ab") as output:
            self.process = subprocess.Popen(
                command, stdout=output, stderr=output, start_new_session=True, cwd=self.folder
            )
        while True:
            with suppress(httpx.TransportError):
                if httpx.get(f"{self.url}/api/v2/heartbeat", trust_env=False).is_success:
                    return
            if self.process.poll() is not None:
                raise RuntimeError((self.folder / "output").read_text(encoding="utf-8"))
            time.sleep(0.05)

    def down(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            self.process = None


def servers(soak: Soak, world: World, full: int) -> None:
    """``full``: times in a full round that the server goes away."""
    chroma = Chroma(world.root / "chroma")
    chroma.up()
    try:
        wanted = {name: _undisturbed(world, argv, chroma) for name, argv in VERBS.items()}
        for number in soak.rounds(full):
            if soak.over:
                return
            name = list(VERBS)[number % len(VERBS)]
            seconds, whole = wanted[name]
            one(soak, world, chroma, name, number, seconds, whole)
    finally:
        chroma.down()


def _place(world: World, chroma: Chroma, argv: tuple[str, ...]) -> Place:
    room = world.room("week" if argv[0] == "run" else "full")
    place = Place(room.folder, {**room.env, "INSIGHTS_CHROMA_URL": chroma.url, "NO_PROXY": "127.0.0.1"})
    fork(("memory", "check"), place).wait()  # the index moves to the server
    shutil.rmtree(place.folder / "data" / "memory" / "chroma", ignore_errors=True)
    return place


def _undisturbed(world: World, argv: tuple[str, ...], chroma: Chroma) -> tuple[float, state.State]:
    place = _place(world, chroma, argv)
    ended = fork(argv, place).wait()
    if ended.crashed or ended.code not in FINISHED:
        raise RuntimeError(f"{argv} ended with {ended.code}: {ended.out}{ended.err}")
    found = _state(place)
    clear(place)
    return ended.seconds, found


def _state(place: Place) -> state.State:
    """Without what stands in the index's own folder, which the server has."""
    return {name: value for name, value in state.read(place).items() if "memory.id" not in name}


def one(soak: Soak, world: World, chroma: Chroma, name: str, number: int, seconds: float, whole: state.State) -> None:
    chance, argv = soak.chance("server", number), VERBS[name]
    place = _place(world, chroma, argv)
    child: Child = fork(argv, place)
    late = chance.random() * seconds
    while time.monotonic() - child.began < late:
        time.sleep(0.001)
    chroma.down()
    ended = child.wait()
    found = [ended.crashed] if ended.crashed else []
    if not found and ended.code not in FINISHED and not ended.err.startswith("insights: "):
        found.append(f"it ended with {ended.code}: {ended.err[-300:]}")
    gone = fork(argv, place).wait()  # still away
    found += [gone.crashed] if gone.crashed else []
    chroma.up()
    last = fork(argv, place).wait()
    if last.crashed or last.code not in FINISHED:
        found.append(f"it cannot be completed: {last.code} {last.told}")
    check = fork(("memory", "check"), place).wait()
    if check.code:
        found.append(f"the memory is not sound: {check.out} {check.err}")
    found += state.differences(_state(place), whole)
    soak.record(
        Trial(
            "the Chroma server goes away and comes back",
            name,
            "; ".join(found),
            sentence(ended.told or gone.told),
            seed=f"server/{number}",
        )
    )
    if not found:
        clear(place)
