"""What a setting takes, in words: they are made of its JSON schema."""

from functools import lru_cache
from typing import Any

from pydantic import BaseModel


def expected(model: type[BaseModel], name: str) -> str:
    """What a setting takes, in words: its choices, its bounds, its kind."""
    return _words(schema(model)[name])


@lru_cache(maxsize=8)
def schema(model: type[BaseModel]) -> dict[str, dict[str, Any]]:
    """The JSON schema of each setting."""
    return model.model_json_schema()["properties"]


def _words(shape: dict[str, Any]) -> str:
    if "anyOf" in shape:  # a kind, or nothing
        return _words(next(one for one in shape["anyOf"] if one.get("type") != "null"))
    if "enum" in shape:
        *others, last = shape["enum"]
        return f"{', '.join(others)} or {last}"
    low, high, above = (shape.get(bound) for bound in ("minimum", "maximum", "exclusiveMinimum"))
    match shape.get("type"):
        case "integer" | "number" as kind:
            noun = "a whole number" if kind == "integer" else "a number"
            if low is not None and high is not None:
                return f"{noun} from {low} to {high}"
            return f"{noun} above {above:g}" if above is not None else f"{noun} from {low} on"
        case "boolean":
            return "true or false"
        case "array":
            items = shape.get("items", {})
            return f"any of {_words(items)}" if "enum" in items else "a list"
        case "object":
            return "a table"
        case _:
            return "a text"
