"""Authors as people write them down: lists, objects, one string in any of the usual manners."""

import re
from collections.abc import Iterable
from typing import Any, cast

from domain.papers import one_line

from .fields import Unusable
from .tex import without_tex

_ASIDE = re.compile(r"\s*\([^()]*\)")
_AND = re.compile(r"\s*,?\s+(?:and|&|\\&)\s+|\s*;\s*", re.IGNORECASE)
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]*)+(?:[^\W\d_])?")
_SUFFIXES = {"jr", "sr", "ii", "iii", "iv"}
_OTHERS = {"", "et al", "et al.", "others"}


def names(raw: object) -> tuple[str, ...]:
    """The authors' names in their order, family names last where that can be told.

    ``raw``: nothing, one string, or a list of strings, of objects with a name, or of (family, given, suffix). A string
    that can be read in two ways stays the one name it is. Raises Unusable for anything else.
    """
    if raw is None or raw != raw:  # missing, or pandas' NaN
        return ()
    if isinstance(raw, str):
        return tuple(filter(None, map(one_line, _split(raw))))
    if isinstance(raw, dict):
        return _named(cast("dict[str, Any]", raw))
    if isinstance(raw, list | tuple):
        return tuple(name for one in cast("Iterable[object]", raw) for name in _one(one))
    raise Unusable(f"authors: names were expected, not {raw!r:.40}")


def _one(raw: object) -> tuple[str, ...]:
    if raw is None:
        return ()
    if isinstance(raw, str):
        return (name,) if (name := one_line(raw)) else ()
    if isinstance(raw, dict):
        return _named(cast("dict[str, Any]", raw))
    if isinstance(raw, list | tuple):
        parts = [one_line(part) for part in cast("Iterable[object]", raw) if isinstance(part, str)]
        if parts and parts[0]:
            return (" ".join(filter(None, (*parts[1:2], parts[0], *parts[2:3]))),)
    raise Unusable(f"authors: a name was expected, not {raw!r:.40}")


def _named(raw: dict[str, Any]) -> tuple[str, ...]:
    """``name``, or given and family name under the labels of Crossref, arXiv's OAI, CSL and BibTeX."""

    def told(*labels: str) -> str:
        return next((one_line(raw[label]) for label in labels if isinstance(raw.get(label), str)), "")

    whole = told("name", "fullname", "full_name", "display_name", "author")
    given = told("given", "first", "firstname", "first_name", "forenames", "given_name")
    family = told("family", "last", "lastname", "last_name", "keyname", "surname", "family_name")
    if not (name := whole or " ".join(filter(None, (given, family)))):
        if any(label in raw for label in ("name", "given", "family", "user")):
            return ()  # an author whom the source leaves without a name
        raise Unusable(f"authors: an object without a name: {raw!r:.60}")
    return (name,)


def _split(text: str) -> tuple[str, ...]:
    text = without_tex(text)
    while (bare := _ASIDE.sub("", text)) != text:  # affiliations, also nested
        text = bare
    text = " ".join(text.split())
    parts = [part for part in _AND.split(text) if part.casefold() not in _OTHERS]
    if ";" in text or (len(parts) > 1 and all(part.count(",") == 1 for part in parts)):
        return tuple(_turned(part) for part in parts)
    listed = [name for part in parts for name in re.split(r"\s*,\s*", part) if name.casefold() not in _OTHERS]
    listed = [re.sub(r"\s+et\s+al\.?$", "", name) for name in listed]
    if len(listed) > 1 and len(listed) % 2 == 0 and all(_INITIALS.fullmatch(one) for one in listed[1::2]):
        return tuple(f"{given} {family}" for family, given in zip(listed[::2], listed[1::2], strict=True))
    if len(parts) == 1 and len(listed) == 2 and not any(" " in name for name in listed):
        return (text,)  # «Kim, Lee»: two people, or one
    people: list[str] = []
    for name in listed:
        if people and name.rstrip(".").casefold() in _SUFFIXES:
            people[-1] += f" {name}"
        else:
            people.append(name)
    return tuple(people)


def _turned(name: str) -> str:
    """«Last, First» and «Last, Jr., First» the other way round."""
    parts = [part for part in re.split(r"\s*,\s*", name) if part]
    if len(parts) == 2 and parts[1].rstrip(".").casefold() not in _SUFFIXES:
        return f"{parts[1]} {parts[0]}"
    if len(parts) == 3:
        return f"{parts[2]} {parts[0]} {parts[1]}"
    return " ".join(parts)
