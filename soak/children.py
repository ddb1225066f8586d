"""The command as a process: forked from one that has loaded everything, or started as a user would start it.

A start costs two to three seconds, nearly all of it imports; a fork costs some hundredths. What a fork leaves out is
the import itself, so a part of the soak starts the command for real (``REAL``).
"""

import atexit
import ctypes
import gc
import importlib
import os
import pty
import signal
import sys
import threading
import time
import traceback
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .touches import watch_files

ROOT = Path(__file__).parents[1]
REAL = (
    sys.executable,
    "-c",
    "import os; from soak.services import replace; replace(); from cli.start import main; "
    "open(os.environ['SOAK_BEGUN'], 'w').close(); main()",
)
"""The command, but for embedder and classifier, which would take seconds of every start. It makes a file when it
begins: what loads these is the soak's, and to stop that is no stop of the command."""
DASK = {"DASK_DISTRIBUTED__WORKER__PRELOAD": "soak.preload"}
"""So that the workers of a backfill have these services too."""
LOADS = 1.0
"""Seconds that its own modules take, which a fork has already."""
PATIENCE = 90.0
"""Seconds after which a child that has not ended counts as hanging."""


@dataclass(frozen=True)
class Ended:
    """How a child ended."""

    code: int
    """Its exit code; the signal, negative, that ended it."""
    out: str
    err: str
    seconds: float
    killed: bool = False
    """By us, and before it had ended."""

    @property
    def told(self) -> str:
        """What it told of the fault: the last line on standard error, which a user sees."""
        lines = [line for line in self.err.splitlines() if line.strip()]
        return lines[-1] if lines else ""

    @property
    def in_words(self) -> bool:
        """Whether it tells what ended it. A backfill has told its days on standard output by then."""
        return self.err.startswith(("insights: ", "stopped: ", "the same command tries the days again"))

    @property
    def crashed(self) -> str:
        """Why this is no end that a user should see; empty where it is."""
        if self.killed:
            return ""
        if self.code == -signal.SIGALRM:
            return f"it hung for {self.seconds:.0f} seconds: {self.told}"
        if "Traceback (most recent call last)" in self.err + self.out or "Fatal Python error" in self.err:
            return f"a traceback: {self.told}"
        if self.code < 0:
            return f"it died of signal {-self.code}"
        if "panicked at" in self.err:
            return f"a panic: {self.told}"
        return ""


@dataclass
class Child:
    """A command that runs."""

    pid: int
    place: Path
    began: float
    patience: float = PATIENCE
    begins: Path | None = None
    """Is there as soon as the command itself has begun; None where it began with the process."""
    ended: Ended | None = None

    def signal(self, number: int) -> None:
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)

    def listens(self) -> float:
        """Waits until it does something of its own about SIGTERM, or has ended; how many seconds that took."""
        of_sigterm, stat = 1 << signal.SIGTERM - 1, Path(f"/proc/{self.pid}/status")
        while True:
            status = dict(line.split(":\t", 1) for line in stat.read_text().splitlines())
            heeded = int(status["SigCgt"], 16) | int(status["SigIgn"], 16)
            passed = time.monotonic() - self.began
            if heeded & of_sigterm or status["State"].startswith("Z") or passed > self.patience:
                return passed
            time.sleep(0.002)

    def wait(self, *, hit: int = 0, after: float | None = None) -> Ended:
        """Waits for the end; sends the signal ``hit`` once ``after`` seconds have passed since the command began."""
        if self.ended:
            return self.ended
        sent, begun = False, None if self.begins else self.began
        while True:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            now = time.monotonic()
            passed = now - self.began
            if pid:
                break
            if begun is None and self.begins and self.begins.exists():
                begun = now
            left = None if after is None or sent or begun is None else after - (now - begun)
            if left is not None and left <= 0:
                self.signal(hit)
                sent, left = True, None
            if passed > self.patience:
                self.signal(signal.SIGABRT)  # faulthandler tells where it hung
                time.sleep(0.5)
                self.signal(signal.SIGKILL)
                _, status = os.waitpid(self.pid, 0)
                status = signal.SIGALRM
                break
            time.sleep(0.002 if left is None else min(0.002, left))
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.pid, signal.SIGKILL)  # whatever it started
        code = os.waitstatus_to_exitcode(status)
        told = {name: _read(self.place / name) for name in ("out", "err")}
        self.ended = Ended(code, told["out"], told["err"], passed, killed=code == -signal.SIGKILL)
        return self.ended


def _read(path: Path) -> str:
    """Nothing where the process died before it was there."""
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


@dataclass(frozen=True)
class Place:
    """Where a command runs and what it finds there."""

    folder: Path
    """Its working directory; what it prints is kept beside it."""
    env: Mapping[str, str]
    typed: str = ""
    """What a person types, where it is to run at a terminal."""
    plain: bool = False
    """It has no more rights than whoever owns its files: root's power over them is taken away."""
    background: bool = False
    """Ctrl-C is ignored, as in a shell's background."""
    aside: Path | None = None
    """Where what it prints is kept, if not beside the folder."""

    @property
    def told(self) -> Path:
        return self.aside or self.folder.with_name(f"{self.folder.name}.told")


def fork(argv: Sequence[str], place: Place, *, tick: Callable[[], None] | None = None) -> Child:
    """Runs ``insights ARGV`` in a fork of this process, which must have no threads. ``tick`` is called, in the child,
    at every step that touches a file."""

    def run() -> None:
        from cli.app import main

        sys.argv = ["insights", *argv]
        if tick:
            watch_files(tick)
        main()

    return forked(run, place)


def start(argv: Sequence[str], place: Place, *, before: Sequence[str] = ()) -> Child:
    """Runs it as a process of its own, imports and all. ``before``: a command that runs it, such as faketime."""

    begins = place.told / "begun"
    own = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "SOAK_BEGUN": str(begins), **DASK}

    def run() -> None:
        os.execvpe([*before, *REAL][0], [*before, *REAL, *argv], {**os.environ, **own})

    begins.unlink(missing_ok=True)  # of the command before it in the same place
    child = forked(run, place)
    child.begins = begins
    return child


def forked(run: Callable[[], Any], place: Place, *, patience: float = PATIENCE) -> Child:
    """Runs a function as a process with output of its own, and ends it as the interpreter would."""
    told = place.told
    told.mkdir(parents=True, exist_ok=True)
    if threading.active_count() > 1:
        raise RuntimeError("a process with threads cannot be forked")
    terminal = pty.openpty() if place.typed else ()
    began, child = time.monotonic(), os.fork()
    if child:
        if terminal:
            os.write(terminal[0], place.typed.encode())
            os.close(terminal[1])
            _drain(terminal[0])
        return Child(child, told, began, patience)
    code = 1
    try:
        os.setsid()
        signal.signal(signal.SIGINT, signal.SIG_IGN if place.background else signal.default_int_handler)
        _into(told, terminal)
        os.chdir(place.folder)
        os.environ.update(place.env)
        if place.plain:
            give_up_power()
        run()
        code = 0
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else int(bool(end.code))
    except KeyboardInterrupt:
        traceback.print_exc()
        code = 130
    except BaseException:
        traceback.print_exc()
    finally:
        with suppress(BaseException):
            threading._shutdown()  # pyright: ignore[reportAttributeAccessIssue, reportUnknownMemberType]  as the interpreter does
            atexit._run_exitfuncs()  # pyright: ignore[reportPrivateUsage]
            sys.stdout.flush()
            sys.stderr.flush()
        os._exit(code)


class _Header(ctypes.Structure):
    _fields_ = (("version", ctypes.c_uint32), ("pid", ctypes.c_int))


class _Sets(ctypes.Structure):
    _fields_ = (("effective", ctypes.c_uint32), ("permitted", ctypes.c_uint32), ("inheritable", ctypes.c_uint32))


def give_up_power() -> None:
    """Takes from root what lets it write and read files whatever their modes say (CAP_DAC_OVERRIDE and
    CAP_DAC_READ_SEARCH), so that it is to them what any user is to their own. Another user could not read Python's
    library where that lies in root's home."""
    if os.geteuid():
        return
    libc = ctypes.CDLL(None, use_errno=True)
    header, sets = _Header(0x20080522, 0), (_Sets * 2)()
    libc.capget(ctypes.byref(header), ctypes.byref(sets))
    for name in ("effective", "permitted", "inheritable"):
        setattr(sets[0], name, getattr(sets[0], name) & ~0b110)
    if libc.capset(ctypes.byref(header), ctypes.byref(sets)):
        raise OSError(ctypes.get_errno(), "root's power over files cannot be given up")


_terminals: list[int] = []


def _drain(fd: int) -> None:
    """A terminal is kept open, and what is shown on it thrown away by a process of its own."""
    reader = os.fork()
    if not reader:
        with suppress(OSError):
            while os.read(fd, 65536):
                pass
        os._exit(0)
    _terminals.append(reader)
    os.close(fd)


def reap() -> None:
    """Ends the processes that read terminals."""
    for reader in _terminals:
        with suppress(ProcessLookupError):
            os.kill(reader, signal.SIGKILL)
        with suppress(ChildProcessError):
            os.waitpid(reader, 0)
    _terminals.clear()


def _into(told: Path, terminal: Sequence[int]) -> None:
    out = os.open(told / "out", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    err = os.open(told / "err", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    null = os.open(os.devnull, os.O_RDONLY)
    os.dup2(terminal[1] if terminal else null, 0)
    os.dup2(terminal[1] if terminal else out, 1)
    os.dup2(err, 2)
    sys.stdin = open(0, encoding="utf-8", closefd=False)  # noqa: SIM115
    sys.stdout = open(1, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    sys.stderr = open(2, "w", encoding="utf-8", closefd=False, buffering=1)  # noqa: SIM115
    import faulthandler

    faulthandler.enable()


def warm(commands: Sequence[tuple[Sequence[str], Place]]) -> None:
    """Loads here what a fork loads that runs these commands, so that the next ones need not; what is loaded is not
    looked through for garbage again."""
    for argv, place in commands:
        list_of = place.folder / "modules"

        def told(file: Path = list_of) -> None:
            file.write_text("\n".join(sys.modules), encoding="utf-8")

        def run(argv: Sequence[str] = argv, told: Callable[[], None] = told) -> None:
            from cli.app import main

            sys.argv = ["insights", *argv]
            try:
                main()
            finally:
                told()

        forked(run, place).wait()
        for name in list_of.read_text(encoding="utf-8").split("\n"):
            if name not in sys.modules and name != "__mp_main__":
                with suppress(Exception):
                    importlib.import_module(name)
    gc.collect()
    gc.freeze()
