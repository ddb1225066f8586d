"""Anthropic, with the extra ``anthropic``."""

from typing import Any

from models.manners import Manners
from models.provider import JsonObject, Provider, response_format


def _asks(schema: JsonObject, manners: Manners, size: int, most: int) -> dict[str, Any]:
    return (response_format(schema, manners) if manners.rung == "json_schema" else {}) | {"max_tokens": most}


PROVIDER = Provider("langchain_anthropic", "ChatAnthropic", "ANTHROPIC_API_KEY", _asks)
