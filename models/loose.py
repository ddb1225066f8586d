"""JSON from servers that may send anything: what is not of the expected kind reads as empty."""

from typing import Any, cast


def as_dict(value: object) -> dict[str, Any]:
    """The object, or an empty one."""
    return cast(dict[str, Any], value) if isinstance(value, dict) else {}


def as_list(value: object) -> list[Any]:
    """The list, or an empty one."""
    return cast(list[Any], value) if isinstance(value, list) else []


def writable(text: str) -> str:
    """A text that every file takes: halves of a character (surrogates) are joined where both are there, else
    replaced."""
    if text.isascii() or not any("\ud800" <= c <= "\udfff" for c in text):
        return text
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
