"""Sentences of a paper that do not report but speak: to readers, reviewers and models, or about another paper's fate.

Told by kinds: who is spoken to, what is asked of him, and that it is about this text, the day's page or its verdicts. A
paper that studies such speech says the same words of others, mostly in quotation marks, and reports.
"""

import re
import unicodedata
from collections.abc import Collection, Sequence
from functools import cache, lru_cache

from .languages import every
from .order_forms import CRAFTED, FOREIGN
from .speaking import Gated
from .tongues import by_languages, form

FLAGS = re.IGNORECASE | re.VERBOSE
_of_orders = form("<speaking.of_orders>", FLAGS)
_about_itself = form("<speaking.about_itself>", FLAGS)
QUOTED = re.compile(r"“[^”]+”|‘[^’]+’|\"[^\"]+\"|(?<!\w)'[^']+'(?!\w)|「[^」]+」|『[^』]+』|《[^》]+》")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3,}\w(?!\w)")
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
        if _found(_spoken(), _about_itself().sub(" ", _of_orders().sub(" ", said))):
            return True
    return False


def condemning(sentences: Sequence[str], titles: Collection[str]) -> list[bool]:
    """Of each sentence of a paper whether it tells of another of one of these titles: names a long title, which no
    report of another paper does, or calls a paper of one of the titles, or of the name with which one begins, retracted
    or fabricated.
    """
    plain = [visible(sentence) for sentence in sentences]
    whole = "\n".join(plain).casefold()
    named = [title for title in titles if title.casefold() in whole]  # so that no sentence is searched for all of them
    return [_condemns(sentence, named, titles) for sentence in plain]


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
        text = "".join(
            c for c in unicodedata.normalize("NFKC", text) if unicodedata.category(c) not in {"Cf", "Cn", "Co", "Mn"}
        )
        text = re.sub(r"\w*[\u0370-\u052f]\w*", _unmasked, text)
    return re.sub(r"[^\S\n]+", " ", text)


def _unmasked(word: re.Match[str]) -> str:
    """The word in Latin letters where all its foreign ones imitate those; a word of another alphabet stays."""
    latin = word[0].translate(_LATIN)
    return word[0] if re.search(r"[\u0370-\u052f]", latin) else latin


@by_languages
def _crafted() -> tuple[Gated, ...]:
    return (*CRAFTED, *(group for each in every() for group in each.speaking.chats))


@by_languages
def _spoken() -> tuple[Gated, ...]:
    return (*(group for each in every() for group in each.speaking.orders), *FOREIGN)


def _found(groups: tuple[Gated, ...], text: str) -> bool:
    return any(
        _compiled(group.gate).search(text) and any(_compiled(form).search(text) for form in group.forms)
        for group in groups
    )


@cache
def _compiled(form: str) -> re.Pattern[str]:
    """Once it is asked for: most forms stand behind a gate that hardly ever opens."""
    return re.compile(form, FLAGS)
