"""What stands in a report and asserts nothing of a paper: links, dates, votes, labels, legends, greetings, sources."""

import re
from typing import Literal

from domain.languages import every
from domain.tongues import by_languages, form, spoken

Idle = Literal["source", "link", "date", "count", "legend", "greeting", "label", "title", "code"]
"""Why a piece of text is no line. ``title``: the title or name of a paper, which the list of papers gives."""

_sources = form(r"^\W*(?:<boilerplate.sources>)\W*(?:\(.*\)\W*)?$|<boilerplate.colophon>", re.IGNORECASE)
_glossary = form(r"\W*(?:<boilerplate.glossary>)(?!\w)", re.IGNORECASE)
_date = form(r"<boilerplate.dates>|(?:19|20)\d\d\s?[-./]\s?\d\d?\s?[-./]\s?\d\d?\s?", re.IGNORECASE)
_tally = form(
    r"(?:<boilerplate.counted_before>)?\W*\d+\s?(?:<boilerplate.counted>)|<boilerplate.minutes>", re.IGNORECASE
)
_votes = form(r"(?:<boilerplate.voted>)?\W*\d[\d,]*\W*(?:<boilerplate.votes>)?", re.IGNORECASE)
_link_words = form("<boilerplate.links>", re.IGNORECASE)
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\barxiv:\s?\S+|\b\d{4}\.\d{4,5}(?:v\d+)?\b", re.IGNORECASE)
_legend = form("<boilerplate.legend>", re.IGNORECASE)
_greeting = form("<boilerplate.greetings>", re.IGNORECASE)
_GREETING_WORDS = 9
"""A sentence that goes on longer has more to say than a greeting."""
_numbered = form(r"^\W*(?:\d+[.)]|[①-⑳]|(?:<boilerplate.letters>)[.)]|[ivx]+[.)])?\W*", re.IGNORECASE)
_figure = form(r"(?<![\w.-])\d[\d,.]*\s?(?:%|×|x\b|[KMBT]\b|<boilerplate.figures>)")


@by_languages
def _predicates() -> dict[str, re.Pattern[str]]:
    return {each.code: re.compile(each.boilerplate.predicate) for each in every()}


def heads_sources(text: str) -> bool:
    """Whether what stands under such a heading or label lists papers or evidence, and tells nothing of its own."""
    return bool(_sources().search(" ".join(text.split())))


def explains_words(text: str) -> bool:
    """Whether a paragraph explains words of the field, and says nothing of a paper."""
    return _glossary().match(text) is not None


def idle(text: str, linked: str = "") -> Idle | None:
    """Why a piece of text asserts nothing; None for one that does. ``linked``: the texts of the links in it."""
    bare = " ".join(text.split())
    if not re.search(r"\w", bare):
        return "label"
    if not re.search(r"\w", _date().sub("", _tally().sub("", bare))):
        return "date"
    if _votes().fullmatch(bare.strip(" ·|()*[]👍⭐🔥🤗▲△⬆️")):
        return "count"
    rest = bare
    for part in filter(None, linked.split("\n")):
        rest = rest.replace(part, " ", 1)
    rest = _ADDRESS.sub(" ", rest)
    if rest != bare and not re.search(r"\w", _link_words().sub("", _votes().sub("", rest))):
        return "link"
    if _legend().search(bare):
        return "legend"
    if _greeting().search(bare) and len(bare.split()) <= _GREETING_WORDS:
        return "greeting"
    return None


def tells(text: str) -> bool:
    """Whether a heading or a label says something, and does not only name what stands under it."""
    bare = _numbered().sub("", text).strip(" *")
    if bare.endswith((":", "：")) or (bare.endswith("?") and len(bare.split()) < 5):
        return False
    predicates, figure, words = _predicates(), _figure().search(bare), len(bare.split())
    return any(
        words > each.boilerplate.label_words and (figure or predicates[each.code].search(bare)) for each in spoken(bare)
    )
