"""Answers made worse, by their structure: values of other types, cut, doubled, huge, nested, in bad encodings."""

import copy
import gzip
import json
import random
from typing import Any, TypeGuard, cast

STRANGE_TEXT = (
    *("", " ", "\x00", "\ud800", "\ufeff", "\u202e", "null", "NaN", "0", "-1", "{}", "[]", "<script>x()</script>"),
    *(
        "{{ 7 * 7 }}",
        "]]>",
        "</dt></dl>",
        "&#0;",
        "&unknown;",
        "%s%n",
        "../../etc/passwd",
        "http://[",
        "javascript:x()",
    ),
    *("\n\n# A heading\n", "|a|b|", "```", "$\\frac{1}{", "\\begin{", "a" * 400, "가" * 1_000, "1" * 5_000),
    *("- ", "- - -", "1) ", "| |", "|---|", "| a | b | c |\n| d |", "** **", "**", "***a** b*"),
    *("arXiv:0000.00000", "2611.99999v99", "9999-99-99", "0001-01-01T00:00:00Z", "Fri, 31 Feb 2026 25:61:00 GMT"),
    *(
        "<think>",
        "</think>",
        "P1.1",
        "P9.9",
        "L1",
        "\u0000\u0001\u0002",
        "\u2028",
        "e\u0301" * 50,
        "🦾" * 20,
        "\\ud83d",
    ),
)
STRANGE_VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, -1, 10**400, 1.5, 1e308, float("nan"), float("inf"), [], {}, [None], [[]], {"": ""}),
    *([1, "two", None], {"name": None}, [{"name": []}], ["x"] * 300, {str(n): n for n in range(300)}),
)


def nested(depth: int) -> Any:
    """Lists in lists, deeper than any reader of JSON goes."""
    value: Any = "x"
    for _ in range(depth):
        value = [value]
    return value


def value(given: Any, chance: random.Random) -> Any:
    """A JSON value with one to three of its parts changed."""
    changed = copy.deepcopy(given)
    for _ in range(chance.randint(1, 3)):
        changed = _one(changed, chance)
    return changed


def texts(given: Any, chance: random.Random) -> Any:
    """A JSON value with one to four of its texts changed: it fits its schema, and is read on."""
    changed = copy.deepcopy(given)
    places = [(held, key) for held, key in _places(changed) if isinstance(held[key], str)]
    for held, key in chance.sample(places, min(len(places), chance.randint(1, 4))):
        held[key] = text(held[key], chance)
    return changed


def _one(given: Any, chance: random.Random) -> Any:
    places = [*_places(given)]
    if not places:
        return _other(given, chance)
    held, key = chance.choice(places)
    match chance.randrange(9):
        case 0:
            del held[key]
        case 1:
            held[key] = _other(held[key], chance)
        case 2:
            held[key] = copy.deepcopy(chance.choice(STRANGE_VALUES))
        case 3:
            held[key] = [held[key]] if chance.random() < 0.5 else {"value": held[key]}
        case 4 if _is_list(held):
            held.insert(chance.randint(0, len(held)), copy.deepcopy(held[key]))
        case 4:
            held[str(key).upper() if chance.random() < 0.5 else f"{key}_"] = held.pop(key)
        case 5:
            other, there = chance.choice(places)
            if there in _keys(other) and key in _keys(held):
                held[key], other[there] = copy.deepcopy(other[there]), copy.deepcopy(held[key])
        case 6:
            held[key] = nested(chance.choice((3, 60, 200)))
        case 7 if isinstance(held[key], str):
            held[key] = text(held[key], chance)
        case 7:
            held[key] = str(held[key])
        case _:
            held[key] = chance.choice(STRANGE_TEXT)
    return given


def _places(given: Any) -> list[tuple[Any, Any]]:
    """Every (container, key) in a value."""
    found: list[tuple[Any, Any]] = []
    waiting = [given]
    while waiting:
        one = waiting.pop()
        for key in _keys(one):
            found.append((one, key))
            waiting.append(one[key])
    return found


def _keys(given: Any) -> list[Any]:
    """Of what is no container, none."""
    if isinstance(given, dict):
        return list(cast("dict[Any, Any]", given))
    return list(range(len(given))) if _is_list(given) else []


def _is_list(given: Any) -> TypeGuard[list[Any]]:
    return isinstance(given, list)


def _other(given: Any, chance: random.Random) -> Any:
    match given:
        case str():
            return text(given, chance)
        case bool():
            return str(given)
        case int() | float():
            return chance.choice((str(given), -1, given * 10**20, None, 0.1))
        case _:
            return copy.deepcopy(chance.choice(STRANGE_VALUES))


def text(given: str, chance: random.Random) -> str:
    """A text that was cut, doubled, stretched, or has strange pieces in it."""
    at, to = sorted((chance.randint(0, len(given)), chance.randint(0, len(given))))
    match chance.randrange(8):
        case 0:
            return given[:at]
        case 1:
            return given[at:]
        case 2:
            return given[:at] + given[to:]
        case 3:
            return given[:to] + given[at:]
        case 4:
            return given[:at] + chance.choice(STRANGE_TEXT) + given[at:]
        case 5:
            return given[:at] + given[at:to] * chance.choice((2, 20, 200)) + given[to:]
        case 6:
            pieces = list(given[at:to])
            chance.shuffle(pieces)
            return given[:at] + "".join(pieces) + given[to:]
        case _:
            return chance.choice(STRANGE_TEXT)


def encoded(given: str, chance: random.Random) -> bytes:
    """A text as bytes that are no good UTF-8, or are packed, cut and spoiled."""
    good = given.encode("utf-8", errors="surrogatepass")
    at = chance.randint(0, len(good))
    match chance.randrange(9):
        case 0:
            return good[:at]
        case 1:
            return good[:at] + bytes(chance.randrange(256) for _ in range(chance.randint(1, 40))) + good[at:]
        case 2:
            return given.encode("utf-16", errors="surrogatepass")
        case 3:
            return given.encode("latin-1", errors="replace")
        case 4:
            return b"\xef\xbb\xbf" * chance.randint(1, 3) + good
        case 5:
            return gzip.compress(good, 1)
        case 6:
            return good + good
        case 7:
            return b"\x00" * chance.choice((1, 1_000)) + good
        case _:
            spoiled = bytearray(good)
            for _ in range(chance.randint(1, 20)):
                if spoiled:
                    spoiled[chance.randrange(len(spoiled))] ^= 1 << chance.randrange(8)
            return bytes(spoiled)


def dumped(given: Any) -> str:
    """JSON, whatever is in it."""
    try:
        return json.dumps(given, ensure_ascii=False)
    except (ValueError, RecursionError):
        return "[" * 2_000
