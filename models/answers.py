"""Finds the answer in what a model's server sent: among thoughts, in fences, between prose, or in a tool call."""

import json
import re
from collections.abc import Iterator, Sequence
from typing import Any, TypeVar, cast

from pydantic import BaseModel, ValidationError

from .loose import as_dict, as_list

T = TypeVar("T", bound=BaseModel)

_CLOSED = re.compile(r"<(think|thinking|reasoning|thought)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)
_OPENED = re.compile(r"<(?:think|thinking|reasoning|thought)>", re.IGNORECASE)
_ENDED = re.compile(r"</(?:think|thinking|reasoning|thought)>", re.IGNORECASE)
# Line breaks inside strings are no JSON, but what small models write.
_DECODER = json.JSONDecoder(strict=False)
_ARGUMENTS = ("arguments", "parameters", "input")
_MOST_STARTS = 2_000
"""Braces at which an object is looked for in one text: a page of nothing but braces must not take minutes."""


class Unreadable(ValueError):
    """No answer of the asked-for type is in it. The text is for the model: what is wrong with its answer."""

    def __init__(self, fault: str, *, json: bool, shaped: bool) -> None:
        super().__init__(fault)
        self.json = json
        """There was at least a JSON object."""
        self.shaped = shaped
        """It had fields of the asked-for type, so the schema was known to whoever wrote it."""


def read(texts: Sequence[str], answer: type[T]) -> T:
    """The answer in the first of the texts that has one. Raises Unreadable.

    ``texts``: what the server sent, the likeliest place first: content, then arguments of tool calls, then thoughts.
    """
    fault: ValidationError | None = None
    shaped = found = False
    for text in texts:
        for value in values(text):
            try:
                return _validated(value, answer)
            except ValidationError as error:
                if not (fields := as_dict(value)):
                    continue
                fits = bool(set(answer.model_fields) & set(fields))
                if fault is None or (fits and not shaped):
                    fault = error
                found, shaped = True, shaped or fits
            except ValueError:  # a figure that is no JSON, such as a lone surrogate
                continue
    if fault is not None:
        raise Unreadable(_say(fault), json=found, shaped=shaped)
    if not any(text.strip() for text in texts):
        raise Unreadable("it was empty", json=False, shaped=False)
    try:
        answer.model_validate_json(said(texts[0]) or "-")
    except ValidationError as error:
        raise Unreadable(_say(error), json=False, shaped=False) from None
    raise AssertionError("a value that validates was found above")


def _validated(value: Any, answer: type[T]) -> T:
    """The value as an answer, without fields that nobody asked for. Raises ValidationError."""
    try:
        return answer.model_validate_json(json.dumps(value))
    except ValidationError as error:
        surplus = [e["loc"] for e in error.errors()]
        if not all(e["type"] == "extra_forbidden" for e in error.errors()):
            raise
        return answer.model_validate_json(json.dumps(_without(value, surplus)))


def _without(value: Any, places: Sequence[tuple[int | str, ...]]) -> Any:
    """A copy of the value that lacks the fields at the places."""
    if isinstance(value, list):
        items: list[Any] = as_list(cast(object, value))
        return [_without(each, [p[1:] for p in places if p[0] == n]) for n, each in enumerate(items)]
    if not isinstance(value, dict):
        return value
    gone = {place[0] for place in places if len(place) == 1}
    held = as_dict(cast(object, value))
    return {k: _without(each, [p[1:] for p in places if p[0] == k]) for k, each in held.items() if k not in gone}


def values(text: str) -> Iterator[Any]:
    """The JSON values of a text, the likeliest answer first: what is said before what is thought, late before early."""
    spoken = said(text)
    seen: list[Any] = []
    for part in (spoken, text) if spoken != text else (text,):
        for value in reversed(_objects(part)):
            for inner in _unwrapped(value):
                if inner not in seen:
                    seen.append(inner)
                    yield inner


def said(text: str) -> str:
    """The text without its thoughts, closed, never opened or never closed."""
    text = _CLOSED.sub("", text.lstrip("\ufeff"))
    if ended := list(_ENDED.finditer(text)):
        text = text[ended[-1].end() :]  # a template opened the thoughts in the prompt
    if opened := _OPENED.search(text):
        text = text[: opened.start()]
    return text.strip()


def thought(text: str) -> bool:
    """Whether thoughts stand in the text."""
    return bool(_OPENED.search(text) or _ENDED.search(text))


def _objects(text: str) -> list[Any]:
    """The outermost objects and lists of a text, in order; a text that is one JSON value gives just that."""
    try:
        return [_DECODER.decode(text)]
    except (ValueError, RecursionError):
        pass
    found: list[Any] = []
    place = 0
    for _ in range(_MOST_STARTS):
        starts = [at for at in (text.find("{", place), text.find("[", place)) if at >= 0]
        if not starts:
            break
        try:
            value, place = _DECODER.raw_decode(text, min(starts))
            found.append(value)
        except (ValueError, RecursionError):
            place = min(starts) + 1
    return found


def _unwrapped(value: Any, depth: int = 0) -> Iterator[Any]:
    """The value, then what may be wrapped in it: JSON written as a string, the one item of a list or an object, the
    arguments of a call that was written as text.

    Nothing else is looked into: what stands in an answer may be the words of a paper.
    """
    yield value
    held, items = as_dict(value), as_list(value)
    inner = [held[name] for name in _ARGUMENTS if name in held]
    if len(held) == 1:
        inner = list(held.values())
    elif len(items) == 1:
        inner = items
    elif isinstance(value, str):
        inner = _objects(value)
    if depth < 2:
        for each in inner:
            yield from _unwrapped(each, depth + 1)


def _say(error: ValidationError) -> str:
    """The faults of an answer, the first few, in words that a model can act on."""
    faults = [f"{'.'.join(str(p) for p in e['loc']) or 'the answer'}: {e['msg']}" for e in error.errors()[:5]]
    return f"it is no valid {error.title} ({'; '.join(faults)})"
