"""``insights studio``: LangGraph's development server with this graph, on this machine and for it alone."""

import asyncio
import os
import signal
import socket
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import httpx
from langgraph_sdk import get_client

from domain.errors import InsightsError, UsageError
from sources.sample import DAYS

from .console import open_console, print_lines
from .exit_codes import COMPLETE, WRONG
from .settings import DEFAULT, Loaded

HOST = "127.0.0.1"
QUIET = {
    "LANGGRAPH_CLI_NO_ANALYTICS": "1",
    "LANGGRAPH_NO_VERSION_CHECK": "1",
    "LANGSMITH_TRACING": "false",
    "LANGGRAPH_STRICT_MSGPACK": "true",
}
"""What keeps the server from calling anybody, and a checkpoint from making anything but the state's own types, unless
whoever starts it has set otherwise."""
PAGE = "https://smith.langchain.com/studio/?baseUrl="
_CONFIG = Path(__file__).parents[1] / "langgraph.json"


def serve_studio(loaded: Loaded, *, port: int) -> int:
    """Serves until it is stopped. Raises UsageError where the server is not installed, InsightsError where the port is
    taken."""
    if find_spec("langgraph_api") is None:
        raise UsageError("LangGraph's development server is not installed; pip install -e '.[dev]' installs it")
    _free(port)
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # or the server would outlive this process
    address = f"http://{HOST}:{port}"
    arguments = ["dev", "--config", _CONFIG, "--host", HOST, "--port", str(port), "--no-browser", "--no-reload"]
    server = subprocess.Popen(  # noqa: S603  this Python, and nothing that anybody hands over
        [sys.executable, "-m", "langgraph_cli", *arguments], env={**QUIET, **os.environ}
    )
    try:
        asyncio.run(_prepare(server, address, _form(loaded)))
        print_lines(open_console(), *_told(address))
        return WRONG if server.wait() else COMPLETE
    except KeyboardInterrupt:  # the server has got it too
        return COMPLETE
    finally:
        server.terminate()
        server.wait()


def _free(port: int) -> None:
    with socket.socket() as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            tried.bind((HOST, port))
        except OSError as error:
            raise InsightsError(f"port {port} cannot be used ({error.strerror}); choose another with --port") from None


def _form(loaded: Loaded) -> dict[str, Any]:
    """What the form is filled with: the settings of this machine, and the bundled days where no source is set."""
    settings = loaded.settings
    form = settings.model_dump(mode="json", exclude_defaults=True) | {"data": str(settings.data.absolute())}
    if loaded.origins["sources"] == loaded.origins["papers"] == DEFAULT:
        form["sources"] = ["sample"]
    return form


async def _prepare(server: "subprocess.Popen[bytes]", address: str, form: dict[str, Any]) -> None:
    """Waits until the server answers, and fills in the form that its assistant begins with."""
    async with httpx.AsyncClient() as web:
        while True:
            if server.poll() is not None:
                raise InsightsError("the server ended before it answered; what it said stands above")
            try:
                await web.get(f"{address}/ok")
                break
            except httpx.TransportError:
                await asyncio.sleep(0.2)
    client = get_client(url=address)
    for assistant in await client.assistants.search(graph_id="daily", metadata={"created_by": "system"}):
        await client.assistants.update(assistant["assistant_id"], context=form)


def _told(address: str) -> tuple[str, ...]:
    return (
        f"API     {address}   (described at {address}/docs)",
        f"Studio  {PAGE}{address}   (a page of LangChain's: needs the internet and an account)",
        f"Graph   daily; the bundled days {', '.join(map(str, DAYS))} need neither network nor key",
        "The server asks nobody for a password and answers to pages of any origin (CORS *): while it runs, every web",
        "page that is open on this machine can drive it. It listens on 127.0.0.1 alone; end it (Ctrl-C) after use.",
    )
