"""Google's Gemini, with the extra ``google_genai``."""

from typing import Any

from models.manners import Manners
from models.provider import JsonObject, Provider, strict


def _asks(schema: JsonObject, manners: Manners, size: int, most: int) -> dict[str, Any]:
    asked: dict[str, Any] = {"max_output_tokens": most}
    if manners.rung != "text":
        asked["response_mime_type"] = "application/json"
    if manners.rung == "json_schema":
        asked["response_json_schema"] = strict(schema)
    return asked


PROVIDER = Provider("langchain_google_genai", "ChatGoogleGenerativeAI", "GOOGLE_API_KEY", _asks)
