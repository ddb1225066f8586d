"""Serves a built site on this machine, for looking at it: files only, under the same strict policy as the pages."""

import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from publishing.files import PublishError

from .render import CSP

_HEADERS = {
    "Content-Security-Policy": f"{CSP}; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-cache",
}


class _Handler(SimpleHTTPRequestHandler):
    """Hides what is no page, and lists no folder."""

    def send_head(self) -> Any:
        parts = unquote(urlsplit(self.path).path).split("/")
        if any(part.startswith(".") for part in parts):
            self.send_error(404)
            return None
        return super().send_head()

    def list_directory(self, path: Any) -> None:
        self.send_error(404)

    def end_headers(self) -> None:
        for name, value in _HEADERS.items():
            self.send_header(name, value)
        super().end_headers()

    def log_message(self, format: str, *args: Any) -> None:
        """Looking at pages leaves no log."""


class _Server(ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:
        """A browser that goes on before it has all of a page is nothing to tell its reader of."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def open_server(folder: Path, host: str = "127.0.0.1", port: int = 8000) -> ThreadingHTTPServer:
    """A server of the folder, listening; ``serve_forever`` answers. Raises PublishError where the port is taken."""
    try:
        return _Server((host, port), partial(_Handler, directory=str(folder)))
    except OSError as error:
        raise PublishError(
            f"cannot listen on {host}:{port}: {error.strerror or error}; choose another --port"
        ) from error
