"""What each sentence of an abstract is good for."""

import re
from collections.abc import Sequence
from functools import lru_cache

from .asides import asides
from .language import Language
from .languages import every
from .orders import speaks
from .own_names import name_in, unnamed
from .prose import Prose
from .remarks import remarks
from .resources import ADDRESS
from .sentences import Sentence, Use, sentences
from .sieve import Sieve
from .speech import speech
from .tongues import by_languages, form

_ELLIPSIS = re.compile(r"(?:\.\.\.|…|\[\s*(?:\.\.\.|…)\s*\])[\"')\]]*$")
_end = form(r"[.!?。！？][\"')\]}”’»*\s]*$|^\(.*\)$|(?:<prose.ends>)[\"')\]]*$")
_OPEN_END = re.compile(r"[,;:(\[{/&+=–—-]$")
_WHOLE_WORDS = 8
"""Of a last sentence that lacks nothing but its stop."""
_AT_ADDRESS = re.compile(rf"(?:{ADDRESS.pattern})[.)\]\s]*$", re.IGNORECASE)
_things = form("<prose.things>", re.IGNORECASE)
_lies = form("<prose.lies>", re.IGNORECASE)
_pieces = form("(?:<prose.pointing_pieces>)+")


@by_languages
def _leads_on() -> frozenset[str]:
    return frozenset(word for each in every() for word in each.prose.leads_on)


@by_languages
def _signs() -> Sieve[str]:
    """That something lies somewhere."""
    return Sieve({"address": [ADDRESS.pattern], "lying": [_things().pattern, _lies().pattern]}, re.IGNORECASE)


@by_languages
def _pointing() -> frozenset[str]:
    """What a sentence is made of that only says where something lies; whatever else it says makes it evidence."""
    return frozenset(word for each in every() for word in each.prose.pointing)


@by_languages
def _words() -> re.Pattern[str]:
    """The words of the languages of which it is known what points."""
    own = (each for each in every() if each.prose.pointing or each.prose.pointing_pieces != Prose.pointing_pieces)
    letters = (each.letters.pattern for each in own if not each.latin)
    return re.compile("|".join((r"[A-Za-z][\w'’-]*", r"\d[\d.,]*", *letters)))


@by_languages
def _told_apart() -> tuple[Language, ...]:
    """Those that are told from others by their commonest words."""
    return tuple(each for each in every() if each.prose.commonest)


def split(abstract: object, title: object = "") -> tuple[Sentence, ...]:
    """The abstract as a paper carries it: its sentences, each with its use.

    No evidence is what leaves the subject to rule on readers, other papers or the page, what sounds like speech to
    whoever tells of it, a sentence in another language than all the others, which does not report to those who read
    them, and what has nothing in common with the paper and does not read like a report of it.
    """
    return _split(abstract, title if isinstance(title, str) else "") if isinstance(abstract, str) else ()


@lru_cache(maxsize=1024)  # a paper comes once in each listing that has it
def _split(abstract: str, named: str) -> tuple[Sentence, ...]:
    said = sentences(abstract)
    heard = [unnamed(text, name_in(named)) for text in said]
    away = [left or spoken for left, spoken in zip(asides(heard, named), speech(heard, named), strict=True)]
    apart = remarks(said, named, _would_speak)
    lone = _lone(said)
    return tuple(
        Sentence(
            text=text,
            use="order" if away[n] or n == lone else _use(heard[n], apart[n], last=n == len(said) - 1),
        )
        for n, text in enumerate(said)
    )


def _would_speak(text: str) -> bool:
    return asides((text,))[0] or speech((text,))[0]


def _lone(said: Sequence[str]) -> int | None:
    """The place of the one sentence in another language than all the others; None where there is none."""
    words = _letters_alone(" ".join(said))
    latin = all(map(str.isascii, said))
    for own in _told_apart():
        if latin and len(own.prose.foreign.intersection(words)) < 2:
            continue  # as in nearly all abstracts
        strange = [_is_strange(text, own) for text in said]
        rest = (text for text, is_strange in zip(said, strange, strict=True) if not is_strange)
        if strange.count(True) == 1 and len(said) > 1 and all(_is_in(own, text) for text in rest):
            return strange.index(True)
    return None


def _is_in(own: Language, text: str) -> bool:
    return bool(own.prose.commonest.intersection(text.casefold().split())) or text.isascii()


def _is_strange(text: str, own: Language) -> bool:
    """Whether a sentence is written in another script, or in words of another language and none of its own."""
    if own.latin and not text.isascii():
        letters = [c for c in text if c.isalpha()]
        if sum(1 for c in letters if c > "\u0250") * 2 > len(letters):
            return True
    found, foreign = _letters_alone(text), own.prose.foreign
    words = set(found)
    return len(found) >= 4 and len(words & foreign) >= 2 and not own.prose.commonest & words - foreign


def _letters_alone(text: str) -> list[str]:
    """The words of a text without digits and signs, in lower case."""
    return re.findall(r"[^\W\d_]+", text.casefold())


def breaks_off(abstract: str) -> bool:
    """Whether an abstract ends in the middle of a sentence."""
    said = sentences(abstract)
    return bool(said) and _use(said[-1], apart=False, last=True) == "fragment"


def _use(text: str, apart: bool, *, last: bool) -> Use:
    if speaks(text):
        return "order"
    if last and _ELLIPSIS.search(text):
        return "fragment"
    if _points(text):
        return "address"
    if last and not (_end().search(text) or _AT_ADDRESS.search(text)) and _is_cut(text):
        return "fragment"
    return "remark" if apart else "evidence"


def _is_cut(text: str) -> bool:
    """Whether a last sentence without a stop lacks words too. Of real abstracts that end so one in twenty-five does."""
    words = text.split()
    last = words[-1].strip("\"')]}”’»*").casefold()
    unclosed = text.count("(") > text.count(")") or text.count("[") > text.count("]")
    return len(words) < _WHOLE_WORDS or last in _leads_on() or unclosed or bool(_OPEN_END.search(text))


def _points(text: str) -> bool:
    """Whether a sentence says where something lies, or will, and nothing else."""
    if not _signs().left(text):
        return False
    bare, addresses = ADDRESS.subn(" ", text)
    if not addresses and not (_things().search(bare) and _lies().search(bare)):
        return False
    other = [word for word in _words().findall(bare) if not _is_pointing(word)]
    # A name of its own may stand there: «LivePyxel is available at …».
    names = sum(1 for word in other if word[0].isupper() and not word.isdigit())
    return len(other) == names <= (2 if addresses else 0)


def _is_pointing(word: str) -> bool:
    parts, known = word.casefold().replace("’", "'").removesuffix("'s"), _pointing()
    said = parts in known or all(part in known for part in re.split("[-']", parts))
    return said or _pieces().fullmatch(word) is not None
