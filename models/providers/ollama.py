"""Ollama in its own language, with the extra ``ollama``, at OLLAMA_HOST or on this machine."""

from typing import Any

from models.manners import Manners
from models.provider import JsonObject, Provider, strict


def _asks(schema: JsonObject, manners: Manners, size: int, most: int) -> dict[str, Any]:
    """Ollama cuts a prompt that is longer than its window in silence, so the window is asked for, in few sizes: each
    change loads the model anew."""
    form: Any = {"json_schema": strict(schema), "json_object": "json", "text": None}[manners.rung]
    window = 8_192 * -(-(size + most) // 8_192)
    return {"format": form, "options": {"num_predict": most, "num_ctx": window}}


def _opens(seconds: float) -> dict[str, Any]:
    return {"client_kwargs": {"timeout": seconds}}


PROVIDER = Provider("langchain_ollama", "ChatOllama", "", _asks, _opens, client="_async_client")
