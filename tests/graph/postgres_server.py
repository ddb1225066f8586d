"""A PostgreSQL of a test's own, on a socket in a folder of its own: it listens to no network."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Generator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Server:
    """A server that can be stopped and started again, with what it holds."""

    programs: Path
    folder: Path
    user: str | None
    """Who runs it where we are root, which PostgreSQL refuses to be."""

    @property
    def url(self) -> str:
        return f"postgresql://insights@/postgres?host={self.folder}"

    def start(self) -> None:
        options = f"-k {self.folder} -c listen_addresses= -c fsync=off"
        self.call("pg_ctl", "-w", "-D", self.folder / "data", "-l", self.folder / "log", "-o", options, "start")

    def stop(self, mode: str = "fast") -> None:
        """``immediate``: as if it crashed."""
        self.call("pg_ctl", "-w", "-m", mode, "-D", self.folder / "data", "stop")

    def freeze(self) -> None:
        """It goes on listening, and whoever is connected stays so, but nobody is answered."""
        self._signal(signal.SIGSTOP)

    def thaw(self) -> None:
        self._signal(signal.SIGCONT)

    def _signal(self, number: int) -> None:
        """To the server, and then to the processes that it has started."""
        server = int((self.folder / "data" / "postmaster.pid").read_text(encoding="utf-8").split()[0])
        os.kill(server, number)
        for process in Path(f"/proc/{server}/task/{server}/children").read_text(encoding="utf-8").split():
            with suppress(ProcessLookupError):
                os.kill(int(process), number)

    def call(self, program: str, *given: object) -> None:
        command = [str(self.programs / program), *map(str, given)]
        subprocess.run(
            command, check=True, user=self.user, cwd=self.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )


def programs() -> Path | None:
    """Where the newest PostgreSQL of this machine has its programs."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    path = found[-1] if found else shutil.which("initdb")
    return Path(path).parent if path else None


@contextmanager
def postgres() -> Generator[Server]:
    """Skips the test where there is no PostgreSQL."""
    found = programs()
    if not found:
        pytest.skip("there is no PostgreSQL on this machine (Debian: apt-get install postgresql)")
    # Not in tmp_path: the way to a socket has at most 107 characters, and another user is to walk it.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    user = next((name for name in ("postgres", "nobody") if _is_there(name)), None) if os.geteuid() == 0 else None
    if user:
        os.chown(folder, pwd.getpwnam(user).pw_uid, -1)
    server = Server(found, folder, user)
    try:
        server.call(
            "initdb", "-D", folder / "data", "-A", "trust", "-U", "insights", "--no-sync", "-E", "UTF8", "--no-locale"
        )
        server.start()
        yield server
    finally:
        if (folder / "data" / "postmaster.pid").exists():
            server.thaw()
            server.stop()
        shutil.rmtree(folder)


def _is_there(name: str) -> bool:
    try:
        return bool(pwd.getpwnam(name))
    except KeyError:
        return False
