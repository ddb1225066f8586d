"""Blanks out what contains digits and is no quantity: model names, links, list numbers."""

import re
from functools import partial

from domain.languages.en.words import BEFORE_NUMBERS
from domain.tongues import by_languages, form, union

from .units import unit

BLANK = "\x1a"

_LATEX = re.compile(r"\$\\[,;!]\$|\\%|\\times\b|\\sim\b|\\approx\b|\\(?:text|mathrm|textbf|mathbf)\{|\\[,;! ]|\{,\}")
_MATH = re.compile(r"(?<!\\)\$(?=[^$\s])([^$]{1,80}?)(?<=[^$\s])\$(?!\d)")
_WORDS = re.compile(r"(?<![\\A-Za-z{])[a-z]{3,}\s[a-z]{2,}")
_TIE = re.compile(r"(?<=\d)~(?=[A-Za-z%])")
_LATEX_MEANING = {"\\%": "%", "\\times": "×", "\\sim": "~", "\\approx": "≈"}
_LINK = re.compile(
    r"https?://\S+|(?<=[^\W\d_])@\d+|\barXiv:\d\S*|(?<!\d)\d{4}\.\d{4,5}(?:v\d+)?(?!\d)|\[\d+(?:[,–-]\s?\d+)*\]|\[cite:[^\]]*\]"
)
_SUFFIX = (
    r"(?:[kKMBbT]|mn|bn|[xX]|fold|times|p{1,2}|st|nd|rd|th|e-?\d+|pts?|ms|s|h|hrs?|min|KB|kB|MB|GB|GiB|TB|bits?"
    r"|nm|[µμ]?m|mm|cm|km|Hz|[kMG]Hz|fps|FPS|"
    r"dB|m?W|kW|J|USD|[MGT]FLOP[sS]?|shot|hop|way|%)"
)
_LETTER_FIRST = re.compile(r"(?<![A-Za-z0-9])[A-Za-z][A-Za-z0-9_.\-/@²³^+‑'’]*?\d[A-Za-z0-9_.\-@²³/+‑]*")
_PREFIX = re.compile(r"(?:sub|pre|post|mid|over|under|non|nearly|by|to|from|at|of|and|or)[-/]\d|[xX]\d")
_SHARE_AT_END = re.compile(r"(?<![\d.])\d+(?:\.\d+)?$")
_MEASURED_AT_END = re.compile(r"(?<=[-/])\d+(?:\.\d+)?(?=[A-Za-z]{2,}$)")
"""80 of A100-80GB. One letter may be a plural's or a version's: RTX-3090s, GPT-4m."""
_PERCENT = re.compile(r"\s?%")
_DIGIT_FIRST = re.compile(
    rf"(?<![A-Za-z0-9.,])(?:\d+[x×]\d+(?:\.\d+)?[BM](?![A-Za-z])|(?!\d+(?:[xX]\d+)+(?!\d|\.\d"
    rf"|[MB]))\d+(?:\.\d+)?(?!{_SUFFIX}(?![A-Za-z]))[A-Za-z][A-Za-z0-9\-]*)"
)


@by_languages
def _name_then_number() -> re.Pattern[str]:
    other_unit = unit().pattern.replace("?P<", "?P<m")
    return re.compile(
        r"(?<![A-Za-z0-9])(?P<name>[A-Z][A-Za-z]*(?:[-.][A-Za-z]+)*|[a-z]+[A-Z][A-Za-z]*)\s"
        r"(?P<number>(?:\d{1,4}(?!\.\d)|\d\.\d{1,2}(?!\d))"
        r"(?:-\d+(?:\.\d+)?[BM](?![A-Za-z])|\s?(?:to|and|–|-)\s?\d{1,4}(?=[\s,.;:)]|$))?)"
        rf"(?!\d|[.,]\d|\s?(?:%|{union('quantity')}|[kKMBTxX×](?![a-z])|\s*[~–]\s*\d)|{other_unit})"
    )


_sized_name = form(
    r"(?:(?<![A-Za-z0-9\x1a.\-])|(?<=\d[BM]))[a-z0-9\x1a.\-]*(?P<name>[A-Z][A-Za-z0-9\x1a.\-]*(?:\s\x1a+)?)\s"
    r"(?P<size>\d+(?:\.\d+)?[BM])(?![A-Za-z0-9])(?!\s?(?:<sized>))"
)
_LIST_NUMBER = re.compile(r"^\s*\d{1,2}[.)]\s|(?<![\w.])\((?:[1-9]|i{1,3}|iv|v)\)|(?<![\w.(])[1-9]\)(?=\s)")
_IN_RUN = "[^\\s\u1100-\u11ff\u3040-\u9fff\uac00-\ud7a3]"
FORMULA = re.compile(
    rf"(?<!{_IN_RUN}){_IN_RUN}*(?:[A-Za-z\u0370-\u03ff)\]}}]\^|(?<![\d⁻⁺²³¹⁰⁴-⁹])[²³¹⁰⁴-⁹]|[₀-₉√∑∏]){_IN_RUN}*"
)
"""A run of characters with a power of a letter, an index or a root in it: neither a quantity nor a name. A power of a
number (256³) is a quantity."""
_ENDLESS = re.compile(rf"{_IN_RUN}{{1000,}}")
_ENDLESS_WORD = re.compile(rf"(?:(?!\d){_IN_RUN}){{1000,}}")
"""No word and no number of a paper; in a claim each figure is to be found. What reads names and figures takes the
square of a word's length."""
_no_numbers = form("<no_numbers>", re.IGNORECASE)
_ordinals = form("<ordinals>", re.IGNORECASE)


def plain_signs(text: str) -> str:
    """The text with LaTeX for %, × and ~ in plain characters, every character at its place."""
    if "$" in text:
        text = _MATH.sub(lambda found: found[0] if _WORDS.search(found[1]) else f" {found[1]} ", text)
    text = _TIE.sub(" ", text)
    if "\\" not in text and "{" not in text:
        return text
    return _LATEX.sub(lambda found: _LATEX_MEANING.get(found[0], "").ljust(len(found[0])), text)


def _blank(found: re.Match[str]) -> str:
    return BLANK * len(found[0])


def _unless_prefix(found: re.Match[str], *, source: bool) -> str:
    word = found[0].rstrip(".-/")
    if _PREFIX.match(word):
        return found[0]
    place = _own_figure(found.string, found.start(), found.start() + len(word), source=source)
    return (BLANK * (place - 1) + " " if place else BLANK * len(word)) + found[0][place or len(word) :]


def _own_figure(text: str, start: int, end: int, *, source: bool) -> int:
    """Where in a name a figure begins that has a percent sign or, in a ``source``, a unit of its own: CI95%, T3-25%,
    A100-80GB; 0 where there is none."""
    word = text[start:end]
    if _PERCENT.match(text, end):
        own = _SHARE_AT_END.search(word)
    else:
        own = _MEASURED_AT_END.search(word) if source else None
        own = own if own and unit().fullmatch(word, own.end()) else None
    return own.start() if own else 0


def _name_and_number(found: re.Match[str]) -> str:
    name, number = found["name"], found["number"]
    if name.lower() in BEFORE_NUMBERS:
        return found[0]
    return name + " " + BLANK * len(number)


def _size(found: re.Match[str]) -> str:
    if found["name"].lower() in BEFORE_NUMBERS:
        return found[0]
    return found[0].removesuffix(found["size"]) + BLANK * len(found["size"])


def masked(text: str, *, source: bool) -> str:
    """The text with names blanked, length kept. A ``source`` keeps ``Name 12`` readable both ways, because a number too
    many there does no harm; in a claim it would have to be found."""
    text = (_ENDLESS if source else _ENDLESS_WORD).sub(_blank, text)
    text = _LIST_NUMBER.sub(_blank, _no_numbers().sub(_blank, FORMULA.sub(_blank, _LINK.sub(_blank, text))))
    text = _DIGIT_FIRST.sub(_blank, _LETTER_FIRST.sub(partial(_unless_prefix, source=source), text))
    if not source:
        text = _ordinals().sub(_blank, text)
        text = _sized_name().sub(_size, _name_then_number().sub(_name_and_number, text))
    return text
