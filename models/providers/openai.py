"""OpenAI, and every server that speaks its chat completions, at OPENAI_BASE_URL."""

from typing import Any

import httpx2

from models.manners import Manners
from models.provider import JsonObject, Provider, response_format


def speaks_openai(key: str, *, url: str = "", hint: str = "") -> Provider:
    """A provider whose servers speak OpenAI's chat completions, at ``url`` where they have one of their own."""
    return Provider("models.openai_client", "AnyServer", key, _asks, _opens, sums=False, url=url, hint=hint)


def _asks(schema: JsonObject, manners: Manners, size: int, most: int) -> dict[str, Any]:
    """In the body as it is: the client would rename a limit, and parse what it is to hand over."""
    body = response_format(schema, manners) | ({manners.limit: most} if manners.limit else {})
    if not manners.streams:
        body["stream"] = False
    return {"extra_body": body, "stream_usage": manners.streams and manners.tells_usage}


def _opens(seconds: float) -> dict[str, Any]:
    from models.openai_client import Http

    certificates = httpx2.create_ssl_context()
    return {
        "timeout": seconds,
        "max_retries": 0,
        "http_async_client": Http(timeout=seconds, verify=certificates),
        # Is never asked; without it the client would make one, which reads all certificates once more.
        "http_client": httpx2.Client(verify=certificates),
        # The Responses API is OpenAI's alone, and some model names would switch to it by themselves.
        "use_responses_api": False,
        "stream_chunk_timeout": seconds,
    }


PROVIDER = speaks_openai("OPENAI_API_KEY", hint="; a server of your own takes any text as key")
