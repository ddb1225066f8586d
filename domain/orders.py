"""Sentences of a paper that do not report but speak: to readers, reviewers and models, or about another paper's fate.

Told by kinds: who is spoken to, what is asked of him, and that it is about this text, the day's page or its verdicts. A
paper that studies such speech says the same words of others, mostly in quotation marks, and reports.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Sequence
from functools import cache, lru_cache

from .languages import every
from .order_forms import CRAFTED, FOREIGN
from .sieve import Sieve
from .speaking import Gated
from .tongues import by_languages, form

FLAGS = re.IGNORECASE | re.VERBOSE
_of_orders = form("<speaking.of_orders>", FLAGS)
_about_itself = form("<speaking.about_itself>", FLAGS)
QUOTED = re.compile(  # its first letter told first, since most texts have none of them
    r"[“‘\"'「『《](?:(?<=“)[^”]+”|(?<=‘)[^’]+’|(?<=\")[^\"]+\"|(?<!\w')(?<=')[^']+'(?!\w)|(?<=「)[^」]+」|(?<=『)[^』]+』|(?<=《)[^》]+》)"
)
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3,}\w(?!\w)")
_MASKED = re.compile(r"\w*[\u0370-\u052f]\w*")
_condemned = form("<speaking.condemned>", FLAGS)
_LATIN = str.maketrans("АВЕКМНОРСТХІЈЅаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABEKMHOPCTXIJSaeopcyxijsdhABEZHIKMNOPTYXo")
"""Cyrillic and Greek letters that look like Latin ones."""
_SHORTEST = 3
"""Words outside of quotation marks from which on a sentence is about what it quotes."""


@lru_cache(maxsize=8192)
def speaks(sentence: str) -> bool:
    """Whether a sentence speaks to its reader, or passes on another paper's fate, instead of reporting.

    It sees through zero-width characters, letters of other alphabets and l e t t e r s set apart. What stands in
    quotation marks within a sentence that goes on outside of them is spoken of, not spoken.
    """
    plain = visible(sentence)
    if _found(_crafted(), plain):
        return True
    for version in dict.fromkeys((plain, _SPACED.sub(lambda m: re.sub(r"[ .\-_*]", "", m.group()), plain))):
        outside = QUOTED.sub(" ", version)
        said = outside if len(outside.split()) > _SHORTEST else version
        if _found(_spoken(), _unreported(said)):
            return True
    return False


def _unreported(text: str) -> str:
    """The text without what it tells of orders, and of itself as reports do."""
    perhaps = _reported().left(text)
    if "of_orders" in perhaps:
        text = _of_orders().sub(" ", text)
    return _about_itself().sub(" ", text) if perhaps else text


def condemning(sentences: Sequence[str], titles: Collection[str]) -> list[bool]:
    """Of each sentence of a paper whether it tells of another of one of these titles: names a long title, which no
    report of another paper does, or calls a paper of one of the titles, or of the name with which one begins, retracted
    or fabricated.
    """
    plain = [visible(sentence) for sentence in sentences]
    whole = "\n".join(plain).casefold()
    words = {"", *whole.split()}
    # So that no sentence is searched for all of them, and no paper for titles of which it lacks a word.
    named = [title for title in titles for told, inner in [_folded(title)] if inner in words and told in whole]
    return [_condemns(sentence, named, titles) for sentence in plain]


@lru_cache(maxsize=4096)
def _folded(title: str) -> tuple[str, str]:
    """A title in lower case, and its longest word between others, which stands as it is in any text that names it."""
    told = title.casefold()
    return told, max(told.split()[1:-1], key=len, default="")


def _condemns(plain: str, named: Collection[str], titles: Collection[str]) -> bool:
    fate = _condemned().search(plain) is not None
    told = plain.casefold()
    if any(title.casefold() in told and (fate or len(title.split()) >= _LONG_TITLE) for title in named):
        return True
    own = (_OWN_NAME.match(title) for title in titles) if fate else ()
    return any(name is not None and re.search(rf"\b{re.escape(name[1])}\b", plain) is not None for name in own)


_LONG_TITLE = 5
"""Words from which on a title is no name that other papers use."""
_OWN_NAME = re.compile(r"(\w*[A-Z]\w*[A-Z0-9]\w*):\s")


def visible(text: str) -> str:
    """The text as an eye reads it, white space folded but for line breaks: nothing invisible, and letters of other
    alphabets as the Latin ones that they imitate."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        if hidden := {c for c in set(text) if unicodedata.category(c) in {"Cf", "Cn", "Co", "Mn"}}:
            text = "".join(c for c in text if c not in hidden)
        text = _MASKED.sub(_unmasked, text)
    if text.isprintable() and "  " not in text:
        return text  # the same, sooner
    return re.sub(r"[^\S\n]+", " ", text)


def _unmasked(word: re.Match[str]) -> str:
    """The word in Latin letters where all its foreign ones imitate those; a word of another alphabet stays."""
    latin = word[0].translate(_LATIN)
    return word[0] if re.search(r"[\u0370-\u052f]", latin) else latin


@by_languages
def _reported() -> Sieve[str]:
    return Sieve({"of_orders": [_of_orders().pattern], "about_itself": [_about_itself().pattern]}, FLAGS)


@by_languages
def _crafted() -> Sieve[tuple[str, str]]:
    return _gated((*CRAFTED, *(group for each in every() for group in each.speaking.chats)))


@by_languages
def _spoken() -> Sieve[tuple[str, str]]:
    return _gated((*(group for each in every() for group in each.speaking.orders), *FOREIGN))


def _gated(groups: Iterable[Gated]) -> Sieve[tuple[str, str]]:
    """All forms, each with its gate."""
    pairs = [(group.gate, form) for group in groups for form in group.forms]
    return Sieve(dict(zip(pairs, pairs, strict=True)), FLAGS)


def _found(gated: Sieve[tuple[str, str]], text: str) -> bool:
    return any(all(_compiled(form).search(text) for form in pair) for pair in gated.left(text))


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Once it is asked for: most forms stand behind a gate that hardly ever opens."""
    return re.compile(form, FLAGS)
