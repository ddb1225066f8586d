"""What a provider of chat models is, and how a model of one is opened; which there are stand in ``providers``."""

import importlib
import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2
from langchain_core.language_models import BaseChatModel

from domain import registry

from .llm import StopRun, UnknownModel
from .loose import as_dict, as_list
from .manners import Manners

FOLDER = "models.providers"
JsonObject = Mapping[str, Any]
Asks = Callable[[JsonObject, Manners, int, int], dict[str, Any]]
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
    url: str = ""
    """Where it is asked; empty where its client knows."""
    hint: str = ""
    """What else there is to know about its key, to be put behind a sentence."""
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


def open_model(spec: str, *, timeout: float, url: str | None = None, key: str | None = None) -> Model:
    """The model of ``PROVIDER:NAME``, such as ``openai:gpt-5-mini``; ``openai:`` at OPENAI_BASE_URL where that is set.

    ``timeout``: seconds until a call counts as unanswered. ``url`` and ``key`` stand in for the environment's. Raises
    UnknownModel, also where the provider's package is missing, and StopRun without a key.
    """
    kind, _, name = spec.partition(":")
    if not name or unknown(spec):
        raise UnknownModel(unknown(spec) or f"{spec!r} names no model; write {kind}:NAME")
    provider = provider_of(kind)
    given = key or (os.environ.get(provider.key) if provider.key else None)
    if provider.key and not given:
        raise StopRun(f"there is no {provider.key} in the environment{provider.hint}")
    try:
        module = importlib.import_module(provider.module)
    except ImportError as error:
        package = provider.module.replace("_", "-")
        raise UnknownModel(
            f"{kind}: needs the package {package}: pip install '.[{kind}]' where the project lies ({error})"
        ) from None
    arguments: dict[str, Any] = {"model": name, **provider.opens(timeout)}
    arguments |= {"base_url": where} if (where := url or provider.url) else {}
    arguments |= {"api_key": given} if given else {}
    chat: Any = getattr(module, provider.chat)(**arguments)
    # OpenAI's client reads OPENAI_BASE_URL by itself.
    client = getattr(chat, "root_async_client", None)
    address = str(client.base_url) if client else where or getattr(chat, "base_url", None) or kind
    return Model(name, chat, provider, _plain(address), arguments.get("http_async_client"))


def response_format(schema: JsonObject, manners: Manners) -> dict[str, Any]:
    """What asks for JSON in OpenAI's way. The answer is validated here all the same."""
    match manners.rung:
        case "json_schema":
            named = {"name": schema["title"], "schema": strict(schema), "strict": True}
            return {"response_format": {"type": "json_schema", "json_schema": named}}
        case "json_object":
            return {"response_format": {"type": "json_object"}}
        case "text":
            return {}


def unknown(spec: str) -> str:
    """What to say of a model whose provider nobody has heard of; empty for one that is known. Opens nothing."""
    if registry.has(FOLDER, spec.partition(":")[0]):
        return ""
    known = ", ".join(f"{each}:NAME" for each in registry.names(FOLDER))
    return f"{spec!r} is no model; write offline or {known} (openai: for any server that speaks like it)"


def provider_of(kind: str) -> Provider:
    """The provider of a name, which is known."""
    return cast(Provider, registry.load(FOLDER, kind).PROVIDER)


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
