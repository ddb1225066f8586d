"""How Chroma is reached: embedded in a folder, or as a server. Whatever it raises becomes a sentence."""

import shutil
from collections.abc import Generator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any, cast
from urllib.parse import urlsplit

from .errors import MemoryUnavailable

if TYPE_CHECKING:
    import httpx
    from chromadb.api.client import Client

_TIMEOUT = 120.0
"""Seconds for one request to a server; Chroma's own client would wait for ever."""

_building = Lock()
"""Chroma's clients race when two are built at once in one process."""


def embedded(folder: Path) -> "Client":
    """Chroma in this process, with its files in ``folder``. Raises whatever Chroma raises for a ruined folder."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    with _building:
        # Chroma keeps one open store per path and process, also one that failed to open or whose files were deleted.
        # We hold the lock of the folder, so whatever is still there is a leftover.
        leftover = SharedSystemClient._identifier_to_system.pop(str(folder), None)  # pyright: ignore[reportPrivateUsage]
        SharedSystemClient._identifier_to_refcount.pop(str(folder), None)  # pyright: ignore[reportPrivateUsage]
        if leftover:
            with suppress(Exception):
                leftover.stop()
        return cast("Client", chromadb.PersistentClient(str(folder), Settings(anonymized_telemetry=False)))


def served(url: str, headers: Mapping[str, str]) -> "Client":
    """A client of the Chroma server at ``url``. Raises MemoryUnavailable when it does not answer or refuses."""
    import chromadb
    from chromadb.config import Settings

    parts = urlsplit(url if "//" in url else f"http://{url}")
    port = parts.port or (443 if parts.scheme == "https" else 8000)
    # A path in front of the server's own (/chroma) is only taken from a whole address.
    host = f"{parts.scheme}://{parts.hostname}:{port}{parts.path}" if parts.path.strip("/") else parts.hostname
    _see_that_it_answers(url, f"{parts.scheme}://{parts.hostname}:{port}{parts.path.rstrip('/')}", headers)
    try:
        with _building:
            client = chromadb.HttpClient(
                host=host or "127.0.0.1",
                port=port,
                ssl=parts.scheme == "https",
                headers=dict(headers),
                settings=Settings(anonymized_telemetry=False),
            )
    except Exception as error:  # Chroma raises a bare ValueError, httpx its own types
        raise MemoryUnavailable(f"The Chroma server at {url} cannot be used ({error}).") from error
    for session in _sessions(client):
        session.timeout = _TIMEOUT
    return cast("Client", client)


def _see_that_it_answers(url: str, address: str, headers: Mapping[str, str]) -> None:
    import httpx

    try:
        answer = httpx.get(f"{address}/api/v2/heartbeat", headers=dict(headers), timeout=20, trust_env=False)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise MemoryUnavailable(
            f"The Chroma server at {url} does not answer ({error}). Start it with `chroma run`, or leave the address "
            f"out to keep the index in the memory folder."
        ) from error
    if answer.status_code in (401, 403):
        raise MemoryUnavailable(
            f"The Chroma server at {url} refuses us ({answer.status_code}): whatever stands before it wants a header "
            f"with a token, or another one than it was given."
        )
    if not answer.is_success:
        raise MemoryUnavailable(
            f"At {url} there is no Chroma server: it answers {answer.status_code} to /api/v2/heartbeat."
        )


def close(client: "Client", *, served: bool) -> None:
    """Gives back files and sockets."""
    if served:
        # Chroma's client leaves its connections open.
        for session in _sessions(client):
            session.close()
    client.close()


def _sessions(client: Any) -> "list[httpx.Client]":
    # The client for collections has one for databases beside it, with connections of its own.
    return [part._server._session for part in (client, client._admin_client)]


def discard(folder: Path) -> None:
    """Removes an embedded index that nobody has open, in whatever state."""
    if folder.is_dir():
        shutil.rmtree(folder)
    else:
        folder.unlink(missing_ok=True)


@contextmanager
def in_words(done: str) -> Generator[None]:
    """Makes a sentence of what Chroma raises while it is ``done`` (read, written)."""
    import httpx
    from chromadb.errors import ChromaError

    try:
        yield
    except (ChromaError, httpx.HTTPError, OSError) as error:
        raise MemoryUnavailable(
            f"The index could not be {done} ({error}). The ledger has everything that was remembered; the index is "
            f"mended from it when the memory is opened again."
        ) from error
