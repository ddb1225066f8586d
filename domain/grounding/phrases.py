"""Quantities in set phrases: fractions, twice, an order of magnitude, first, both."""

import re
from collections.abc import Iterator, Sequence

from domain.languages import every
from domain.readings import DIGITS, Number, Phrase
from domain.tongues import by_languages, readings, spoken

_Reading = tuple[re.Pattern[str], Phrase]


def _compiled(rows: Sequence[Phrase]) -> tuple[_Reading, ...]:
    return tuple((re.compile(row.form, re.IGNORECASE), row) for row in rows)


@by_languages
def _phrases() -> tuple[_Reading, ...]:
    return tuple(pair for each in readings() for pair in _compiled(each.phrases))


@by_languages
def _shares() -> tuple[_Reading, ...]:
    return tuple(pair for each in readings() for pair in _compiled(each.shares))


@by_languages
def _loosely() -> dict[str, tuple[_Reading, ...]]:
    return {each.code: _compiled(each.readings.loosely) for each in every()}


_PART = re.compile(r"(?<![A-Za-z])[A-Za-z]\s?/\s?([2-9])(?![\d.])|\\frac\s?\{[A-Za-z]\}\s?\{([2-9])\}")
_LOOSE_NUMBER = re.compile(r"(?<![\d.])\d+(?:\.\d+)?")
_NAME_SIZE = re.compile(rf"(?<![\d.])({DIGITS})([BMK])(?![A-Za-z])")


def _read(tables: Sequence[_Reading], text: str) -> Iterator[Number]:
    for pattern, row in tables:
        for found in pattern.finditer(text):
            if (value := row.value(found)) is not None:
                yield Number(found.start(), found.end(), value, row.kind)


def phrases(text: str, *, source: bool) -> Iterator[Number]:
    """Set phrases of a text; of a ``source`` also those a claim need not account for: first, both, single."""
    yield from _read(_phrases(), text)
    if source:
        for language in spoken(text):
            yield from _read(_loosely()[language.code], text)


def shares(text: str) -> Iterator[Number]:
    """What “12 of 15” and 열 번에 네 번 come to."""
    yield from _read(_shares(), text)


def inside_names(text: str, blanked: str) -> Iterator[Number]:
    """Numbers inside the names of a source: what 70B, 4-bit, 3D or 2024 in a name may carry, and the half of N/2."""
    for found in _LOOSE_NUMBER.finditer(text):
        if blanked[found.start()] != text[found.start()]:
            yield Number(found.start(), found.end(), float(found[0]), "loose")
    for found in _NAME_SIZE.finditer(text):
        if blanked[found.start()] != text[found.start()]:
            scale = {"K": 1e3, "M": 1e6, "B": 1e9}[found[2]]
            yield Number(found.start(), found.end(), float(found[1].replace(",", "")) * scale, "loose")
    for found in _PART.finditer(text):
        yield Number(found.start(), found.end(), 1 / float(found[1] or found[2]), "fraction")
