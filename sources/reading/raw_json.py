"""JSON as people have it: a list, an object around one, a record a line, records in a row, commas too many."""

import json
import re
from typing import Any, NamedTuple, cast

_TRAILING = re.compile(r'("(?:\\.|[^"\\\n])*")|,(?=\s*[\]}])')
_BETWEEN = re.compile(r"[\s,\[\]]*")
_WRAPPERS = ("papers", "data", "items", "results", "entries", "records", "articles")
_LENIENT = json.JSONDecoder(strict=False, parse_float=lambda digits: NumberLiteral(digits))


class NumberLiteral(str):
    """A number with a point in it, digit for digit: 2409.1 and 2409.10000 are one number and two texts."""

    __slots__ = ()


class Broken(NamedTuple):
    """A piece of the text that is no JSON."""

    line: int
    """1-based."""
    why: str


class Ambiguous(ValueError):
    """More than one list of papers; the text names them."""


def raw_records(text: str) -> list[object]:
    """Everything in the text that may be a record, in its order: JSON values, and what is Broken between them.

    Raises Ambiguous for an object that holds several lists of records.
    """
    text = _TRAILING.sub(lambda found: found[1] or "", text)
    try:
        whole: object = _LENIENT.decode(text)
    except (ValueError, RecursionError):
        return _in_a_row(text)
    return _unwrapped(whole)


def is_record(raw: object) -> bool:
    """Whether a JSON value may be a paper: it has a title, or is an entry around one."""
    if not isinstance(raw, dict):
        return False
    return bool({"paper", "title"} & {key.casefold() for key in cast("dict[str, Any]", raw)})


def _unwrapped(whole: object) -> list[object]:
    if isinstance(whole, list):
        return cast("list[object]", whole)
    if not isinstance(whole, dict) or is_record(cast("object", whole)):
        return [whole]
    held = cast("dict[str, object]", whole)
    for name in _WRAPPERS:
        if isinstance(inner := held.get(name), list | dict):
            return _unwrapped(cast("object", inner))
    if held and all(map(is_record, held.values())):  # by id, or by number
        return [{"id": key, **cast("dict[str, object]", value)} for key, value in held.items()]
    lists = {key: found for key, value in held.items() if (found := _list_of_records(value))}
    if len(lists) > 1:
        raise Ambiguous(f"several lists of papers ({', '.join(lists)}); give each a file of its own")
    return next(iter(lists.values()), [whole])


def _list_of_records(value: object) -> list[object]:
    if not isinstance(value, list) or not any(map(is_record, cast("list[object]", value))):
        return []
    return cast("list[object]", value)


def _in_a_row(text: str) -> list[object]:
    """Values one after the other, on one line or on several each, whatever parts them."""
    found: list[object] = []
    place = _after(_BETWEEN, text, 0)
    while place < len(text):
        try:
            value, place = _LENIENT.raw_decode(text, place)
            found.append(value)
        except (ValueError, RecursionError):
            found.append(Broken(text.count("\n", 0, place) + 1, _why(text, place)))
            place = _next_record(text, place)
        place = _after(_BETWEEN, text, place)
    return found or [Broken(1, "no record in it")]


def _why(text: str, place: int) -> str:
    # Asked strictly: a string that nobody closed runs on into the next lines otherwise.
    try:
        json.JSONDecoder().raw_decode(text, place)
    except json.JSONDecodeError as fault:
        return "a string without an end" if fault.msg.startswith(("Invalid control", "Unterminated")) else fault.msg
    except RecursionError:
        return "nested too deep"
    except ValueError:  # Python's own limit
        return "a number of thousands of digits"
    return "no JSON value"


def _after(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _next_record(text: str, place: int) -> int:
    """Where the next line begins that is not part of the broken record: it is indented no deeper."""
    start = text.rfind("\n", 0, place) + 1
    depth = _after(re.compile(r"[ \t]*"), text, start) - start
    following = re.compile(rf"\n[ \t]{{0,{depth}}}(?![ \t\r\n}}\]])").search(text, place)
    return following.end() if following else len(text)
