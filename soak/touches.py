"""Every step of a process that touches a file, so that it can be disturbed there."""

import sqlite3
import sys
import threading
from collections.abc import Callable
from typing import Any

_TOUCHES = ("open", "os.", "shutil.", "sqlite3.connect", "socket.")


def watch_files(tick: Callable[[], None]) -> None:
    """Calls ``tick`` before every file that is opened, moved or removed, every statement to a database, and around
    every write to the index."""
    from chromadb import Collection

    connect = sqlite3.connect
    busy = threading.local()

    def once() -> None:
        if not getattr(busy, "ticking", False):
            busy.ticking = True
            try:
                tick()
            finally:
                busy.ticking = False

    def traced(*given: Any, **named: Any) -> sqlite3.Connection:
        connection = connect(*given, **named)
        connection.set_trace_callback(lambda _: once())
        return connection

    def counted(method: Callable[..., Any]) -> Callable[..., Any]:
        def call(*given: Any, **named: Any) -> Any:
            once()
            answer = method(*given, **named)
            once()
            return answer

        return call

    sqlite3.connect = traced
    for name in ("upsert", "delete"):
        setattr(Collection, name, counted(getattr(Collection, name)))

    def hook(event: str, _: Any) -> None:
        if event.startswith(_TOUCHES) and event != "os.listdir" and event != "os.scandir":
            once()

    sys.addaudithook(hook)
