"""Reads numbers written in digits, with the scales of every language; those in words are read by the languages."""

import re
from math import inf

from domain.readings import DIGITS, Number
from domain.tongues import readings

_DIGITS = re.compile(DIGITS)
_POWER = re.compile(
    r"(?P<ten>\s?[×x*]\s?10|)(?:\s?\^\s?\{?\s?([-−]?\d+)\s?\}?|(⁻?[⁰¹²³⁴-⁹]+))|e([-+]?\d{1,2})(?![A-Za-z0-9])"
)
_SUPERSCRIPTS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")


def digits(text: str, start: int) -> Number | None:
    """The number whose digits begin at ``start``, with scale: ``1억 8천만``, ``2,500억``, ``250 billion``, ``198K``."""
    if not (found := _DIGITS.match(text, start)):
        return None
    value, end = float(found[0].replace(",", "").replace(" ", "")), found.end()
    if power := _POWER.match(text, end):
        return Number(start, power.end(), _raised(value, power))
    for each in readings():
        if each.scale and (number := each.scale(text, value, end)):
            return number._replace(start=start)
    return Number(start, end, value)


def _raised(value: float, power: re.Match[str]) -> float:
    """What a number comes to with the power after it: infinite, which equals nothing, where it is too large to hold."""
    plain = not power["ten"] and not power[4]
    try:
        exponent = int((power[2] or power[3] or power[4]).translate(_SUPERSCRIPTS))
        return value**exponent if plain and abs(exponent) <= 64 else value * 10.0**exponent
    except (ArithmeticError, ValueError):
        return inf


def scale_of(text: str) -> float:
    """The scale that a figure carries after its digits: 1e8 for ``3억``; 1 for words."""
    whole, number = digits(text, 0), _DIGITS.match(text)
    value = float(number[0].replace(",", "").replace(" ", "")) if number else 0.0
    return whole.value / value if whole and value else 1.0
