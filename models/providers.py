"""Which chat models there are: a line of ``PROVIDERS`` for each provider, opened through its LangChain package."""

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2
from langchain_core.language_models import BaseChatModel

from .llm import StopRun, UnknownModel
from .loose import as_dict, as_list
from .manners import Manners

Json = Mapping[str, Any]
Asks = Callable[[Json, Manners, int, int], dict[str, Any]]
"""(schema, manners, tokens of the prompt, tokens of the answer) to the fields of a request."""


@dataclass(frozen=True)
class Provider:
    """How the models of one provider are opened and asked."""

    module: str
    chat: str
    """The chat model's class in that module."""
    key: str
    """The environment variable of its key; empty where it needs none."""
    asks: Asks
    opens: Callable[[float], dict[str, Any]] = lambda seconds: {"timeout": seconds, "max_retries": 0}
    """Seconds until a call counts as unanswered, to the arguments of the class. Attempts are ours: the client makes
    one."""
    sums: bool = True
    """It tells usage piece by piece while it streams, not as a total."""
    client: str = ""
    """The attribute of the chat model that holds its connections, where no other model shares them."""


@dataclass(frozen=True)
class Model:
    """One chat model and what the receipt, the prices and the cache call it."""

    name: str
    chat: BaseChatModel
    provider: Provider
    address: str
    """Where it is asked, as the receipt tells it: no key, no password."""
    http: httpx2.AsyncClient | None = None
    """Its connections, to be closed after the run, where they are ours."""

    @property
    def key(self) -> str:
        """What its manners are remembered under."""
        return f"{self.address} {self.name}"

    async def aclose(self) -> None:
        """Closes its connections."""
        if self.http:
            await self.http.aclose()
        elif self.provider.client:
            await getattr(self.chat, self.provider.client).close()


def _format(schema: Json, manners: Manners) -> dict[str, Any]:
    """What asks for JSON in OpenAI's way. The answer is validated here all the same."""
    match manners.rung:
        case "json_schema":
            named = {"name": schema["title"], "schema": strict(schema), "strict": True}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        case "json_object":
            return {"response_format": {"type": "json_object"}}
        case "text":
            return {}


def _openai(schema: Json, manners: Manners, size: int, most: int) -> dict[str, Any]:
    """In the body as it is: the client would rename a limit, and parse what it is to hand over."""
    body = _format(schema, manners) | ({manners.limit: most} if manners.limit else {})
    if not manners.streams:
        body["stream"] = False
    return {"extra_body": body, "stream_usage": manners.streams and manners.tells_usage}


def _anthropic(schema: Json, manners: Manners, size: int, most: int) -> dict[str, Any]:
    return (_format(schema, manners) if manners.rung == "json_schema" else {}) | {"max_tokens": most}


def _gemini(schema: Json, manners: Manners, size: int, most: int) -> dict[str, Any]:
    asked: dict[str, Any] = {"max_output_tokens": most}
    if manners.rung != "text":
        asked["response_mime_type"] = "application/json"
    if manners.rung == "json_schema":
        asked["response_json_schema"] = strict(schema)
    return asked


def _ollama(schema: Json, manners: Manners, size: int, most: int) -> dict[str, Any]:
    """Ollama cuts a prompt that is longer than its window in silence, so the window is asked for, in few sizes: each
    change loads the model anew."""
    form: Any = {"json_schema": strict(schema), "json_object": "json", "text": None}[manners.rung]
    window = 8_192 * -(-(size + most) // 8_192)
    return {"format": form, "options": {"num_predict": most, "num_ctx": window}}


def _timed(seconds: float) -> dict[str, Any]:
    return {"client_kwargs": {"timeout": seconds}}


PROVIDERS: Mapping[str, Provider] = {
    "openai": Provider("models.openai_client", "AnyServer", "OPENAI_API_KEY", _openai, sums=False),
    "anthropic": Provider("langchain_anthropic", "ChatAnthropic", "ANTHROPIC_API_KEY", _anthropic),
    "google_genai": Provider("langchain_google_genai", "ChatGoogleGenerativeAI", "GOOGLE_API_KEY", _gemini),
    "ollama": Provider("langchain_ollama", "ChatOllama", "", _ollama, _timed, client="_async_client"),
}


def open_model(spec: str, *, timeout: float, url: str | None = None, key: str | None = None) -> Model:
    """The model of ``PROVIDER:NAME``, such as ``openai:gpt-5-mini``; ``openai:`` at OPENAI_BASE_URL where that is set.

    ``timeout``: seconds until a call counts as unanswered. ``url`` and ``key`` stand in for the environment's. Raises
    UnknownModel, also where the provider's package is missing, and StopRun without a key.
    """
    kind, _, name = spec.partition(":")
    if kind not in PROVIDERS or not name:
        known = ", ".join(f"{each}:NAME" for each in PROVIDERS)
        raise UnknownModel(
            f"{spec!r} is no model; write offline or {known} (openai: for any server that speaks like it)"
        )
    provider = PROVIDERS[kind]
    given = key or (os.environ.get(provider.key) if provider.key else None)
    if provider.key and not given:
        own = "; a server of your own takes any text as key" if kind == "openai" else ""
        raise StopRun(f"there is no {provider.key} in the environment{own}")
    arguments: dict[str, Any] = {"model": name, **provider.opens(timeout)}
    arguments |= {"base_url": url} if url else {}
    arguments |= {"api_key": given} if given else {}
    try:
        module = importlib.import_module(provider.module)
    except ImportError as error:
        package = provider.module.replace("_", "-")
        raise UnknownModel(
            f"{kind}: needs the package {package}: pip install '.[{kind}]' where the project lies ({error})"
        ) from None
    http = None
    if kind == "openai":
        # The Responses API is OpenAI's alone, and some model names would switch to it by themselves.
        http = cast(httpx2.AsyncClient, module.Http(timeout=timeout))
        arguments |= {"http_async_client": http, "use_responses_api": False, "stream_chunk_timeout": timeout}
    chat: Any = getattr(module, provider.chat)(**arguments)
    # OpenAI's client reads OPENAI_BASE_URL by itself.
    address = (
        str(chat.root_async_client.base_url) if kind == "openai" else url or getattr(chat, "base_url", None) or kind
    )
    return Model(name, chat, provider, _plain(address), http)


def strict(schema: Any) -> Any:
    """The schema as strict structured output wants it: every property required, none unknown, no defaults."""
    if isinstance(schema, list):
        return [strict(item) for item in as_list(cast(object, schema))]
    if not isinstance(schema, dict):
        return schema
    held = as_dict(cast(object, schema))
    known: dict[str, Any] = {k: strict(v) for k, v in held.items() if k not in ("default", "title", "properties")}
    if "properties" in held:  # a field may be called title, and stays
        named = {name: strict(each) for name, each in as_dict(held["properties"]).items()}
        known |= {"properties": named, "required": list(named), "additionalProperties": False}
    return known


def _plain(address: str) -> str:
    """Host, port and path: an address may carry a password."""
    parts = urlsplit(address)
    port = f":{parts.port}" if parts.port else ""
    return f"{parts.hostname}{port}{parts.path}".rstrip("/") if parts.hostname else address
