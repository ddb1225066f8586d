"""What a reader wants to see first, and what last: topics, authors and categories, and words to fold away.

Nothing is hidden by it: what matches stands first a second time, with the reason; what is muted stays in its place,
folded.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Literal

from .languages import every
from .papers import Paper
from .tongues import any_of, by_languages, is_latin, letters
from .value import Value

_ACRONYM = 5
"""Letters up to which a word in capitals fits only itself: RAG is no rag."""


class Interests(Value):
    """What one reader asked for, as it was written."""

    topics: tuple[str, ...] = ()
    """Words or phrases, in any language."""
    authors: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    """Keys of the taxonomy."""
    mute: tuple[str, ...] = ()
    """Words or phrases of what is folded."""


class Match(Value):
    """Why a paper is for this reader."""

    kind: Literal["topic", "author", "category"]
    what: str
    """The topic or author as the reader wrote it, or the key of the category."""


def matches(interests: Interests, paper: Paper, category: str, told: Iterable[str] = ()) -> tuple[Match, ...]:
    """Why a paper is for the reader, in the order of the file; empty where it is not.

    ``category``: key under which it is filed. ``told``: what the page says of it. A muted paper is for nobody.
    """
    told = tuple(told)
    if muted(interests, paper, told):
        return ()
    text = _text(paper, told)
    found = [Match(kind="topic", what=topic) for topic in interests.topics if _speaks_of(topic, text)]
    found += [Match(kind="author", what=name) for name in interests.authors if any(_is(name, a) for a in paper.authors)]
    found += [Match(kind="category", what=key) for key in interests.categories if key == category]
    return tuple(found)


def muted(interests: Interests, paper: Paper, told: Iterable[str] = ()) -> str:
    """The first muted word of which a paper speaks; empty where there is none."""
    if not interests.mute:
        return ""
    text = _text(paper, told)
    return next((word for word in interests.mute if _speaks_of(word, text)), "")


def _text(paper: Paper, told: Iterable[str]) -> str:
    return unicodedata.normalize("NFKC", "\n".join((paper.title, paper.abstract, *told)))


def _speaks_of(phrase: str, text: str) -> bool:
    form = _form(phrase, _others())
    return bool(form and form.search(text))


@by_languages
def _others() -> tuple[str, ...]:
    """One letter of each language that is not written in Latin ones."""
    return tuple(letters(each) for each in every() if not each.latin)


@lru_cache(maxsize=512)
def _form(phrase: str, others: tuple[str, ...]) -> re.Pattern[str] | None:
    """Words in a row, whatever stands between them; those in letters of ``others`` also within a word and before any
    particle."""
    other = any_of(others)
    tokens = re.findall(rf"(?:{other})+|(?:(?!{other})[^\W_])+", unicodedata.normalize("NFKC", phrase))
    before = any_of((r"(?<![^\W_])", *(f"(?<={letter})" for letter in others)))
    after = any_of((r"(?![^\W_])", *(f"(?={letter})" for letter in others)))
    parts: list[str] = []
    for place, token in enumerate(tokens):
        if place:
            both_latin = is_latin(token) and is_latin(tokens[place - 1])
            parts.append(r"[\W_]+" if both_latin else r"[\W_]*")
        written = re.escape(token)
        if not is_latin(token):
            parts.append(written)
        else:
            caseless = written if token.isupper() and 1 < len(token) <= _ACRONYM else f"(?i:{written})"
            parts.append(rf"(?:{before}){caseless}(?:s|es)?(?:{after})")
    return re.compile("".join(parts)) if parts else None


def _is(wanted: str, author: str) -> bool:
    """Whether every part of a name is one of the author's; an initial stands for any name that begins so."""
    parts, names = _names(wanted), _names(author)
    return bool(parts) and all(
        part in names or (len(part) == 1 and any(name.startswith(part) for name in names)) for part in parts
    )


@lru_cache(maxsize=65_536)
def _names(name: str) -> tuple[str, ...]:
    plain = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c)).casefold()
    return tuple(re.findall(r"[^\W_]+", unicodedata.normalize("NFC", plain)))
