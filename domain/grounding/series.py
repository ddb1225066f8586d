"""Figures that belong together: ranges, changes, lists with one unit."""

import re
from collections.abc import Iterator

from . import bounds, numerals
from .quantity import Quantity

_GAP_RANGE = re.compile(r"\s?(?:~|–|—|-|−|∼|〜)\s?|\s(?:to|through)\s(?:as (?:high|low|much) as\s)?|부터\s")
_GAP_CHANGE = re.compile(r"\s?(?:→|->|⟶|\\to)\s?|(?:에서|\([^)]*\)에서)\s")
_GAP_AND = re.compile(r"(?:,\s?|\s?·\s?|\s?/\s?|와\s|과\s|\s및\s|,?\s(?:and|or|vs\.?|versus)\s)(?:약\s|각각\s)?")
_GAP_CARRIES = re.compile(rf"(?:\s(?:in|on|for|at)\s[^\s,.;]+(?:\s[^\s,.;]+)?|\s\([^)]*\))?(?:{_GAP_AND.pattern})")
_FROM = re.compile(r"\bfrom\s(?:[a-z]+\s){0,2}[~$]*$", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s[~$]*$", re.IGNORECASE)


def joined(text: str, left: str, found: list[Quantity]) -> Iterator[Quantity]:
    """The figures with ranges made one, and bounds carried along lists (평균 6.2%, 6.6%). A change keeps its ends."""
    place = 0
    while place < len(found):
        here = found[place]
        following = found[place + 1] if place + 1 < len(found) else None
        spread = _spread(left, here, following) if following else ""
        if following and spread:
            joined = _join(text, here, following, spread)
            yield joined
            if joined.spread == "change":
                yield _like(here, following)
                yield following
            place += 2
        else:
            yield here
            place += 1
            joined = here
        if place < len(found) and _GAP_CARRIES.fullmatch(left, joined.end, found[place].start):
            carried = (joined.said | joined.near) - found[place].said
            found[place] = found[place].model_copy(update={"near": found[place].near | carried})


def shared(left: str, found: list[Quantity], *, source: bool) -> list[Quantity]:
    """The figures with the unit of a list on each of them: 6 and 8 percentage points, 70·80%. A ``source`` keeps the
    bare figure as well."""
    result, bare = list(found), list[Quantity]()
    for place in range(len(result) - 2, -1, -1):
        here, following = result[place], result[place + 1]
        lacks = here.kind == "count" and not (here.dimension or here.counter or here.nouns or here.hints or here.scaled)
        year = here.low.is_integer() and 1900 <= here.low <= 2100
        has = following.kind in ("percent", "point", "mark", "multiple") or following.dimension
        if (
            lacks
            and has
            and not year
            and here.single
            and following.single
            and _GAP_AND.fullmatch(left, here.end, following.start)
        ):
            result[place] = _like(here, following)
            bare += [here] if source else []
    return result + bare


def _spread(left: str, here: Quantity, following: Quantity) -> str:
    gap, head = left[here.end : following.start], left[max(0, here.start - 30) : here.start]
    if here.kind not in (following.kind, "count", "order") or "\n" in gap:
        return ""
    if here.kind == "count" and following.kind == "order":
        return ""
    gap = re.sub(r"(?:약\s|최대\s|\$)+$", "", gap)
    if _GAP_CHANGE.fullmatch(gap):
        tail = left[following.end : following.end + 12]
        if "에서" not in gap or re.match(r"[가-힣]{0,4}(?:으로|로)(?![가-힣])", tail):
            return "change"
        counted = here.counter or following.counter or following.nouns
        spoken = re.match(r"[가-힣]{0,4}(?:까지|\s?사이|\s?범위|\s?정도|\s?수준)", tail)
        return "range" if not counted or (spoken and here.counter in ("", following.counter)) else ""
    if _GAP_RANGE.fullmatch(gap):
        return "change" if _FROM.search(head) and "to" in gap else "range"
    if re.fullmatch(r"\sand\s", gap) and _BETWEEN.search(head):
        return "range"
    return ""


def _like(here: Quantity, following: Quantity) -> Quantity:
    """``here`` with the unit and scale of the figure it shares them with: 2~3억, 70~80%, 3 to 5 times."""
    if here.kind != "count" or here.dimension or here.counter:
        return here
    factor = following.low / following.raw if following.raw else 1.0
    if following.scaled and not here.scaled and here.raw < 1000 and following.kind == "count":
        factor *= _scale(following.text)
    return here.model_copy(
        update={
            "kind": following.kind,
            "dimension": following.dimension,
            "low": here.raw * factor,
            "high": here.raw * factor,
        }
    )


def _scale(text: str) -> float:
    """The scale that a scaled figure carries after its digits: 1e8 for ``3억``."""
    number = re.match(numerals.DIGITS, text)
    whole = numerals.digits(text, 0) if number else None
    value = float(number[0].replace(",", "")) if number else 0.0
    return whole.value / value if whole and value else 1.0


def _join(text: str, here: Quantity, following: Quantity, spread: str) -> Quantity:
    low = _like(here, following)
    ends = (low.low, following.low) if spread == "change" else sorted((low.low, following.low))
    return following.model_copy(
        update={
            **{"text": text[here.start : following.end], "start": here.start, "spread": spread, "raw": low.raw},
            **{"low": ends[0], "high": ends[1]},
            **{"said": here.said | (following.said - {bounds.ABOUT}), "near": here.near | following.near},
            **{"nouns": here.nouns | following.nouns, "hints": here.hints},
        }
    )
