"""What each sentence of an abstract is good for."""

import re

from .asides import asides
from .languages import every
from .orders import speaks
from .own_names import name_in, unnamed
from .prose import Prose
from .remarks import remarks
from .resources import ADDRESS
from .sentences import Sentence, Use, sentences
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
def _pointing() -> frozenset[str]:
    """What a sentence is made of that only says where something lies; whatever else it says makes it evidence."""
    return frozenset(word for each in every() for word in each.prose.pointing)


@by_languages
def _words() -> re.Pattern[str]:
    """The words of the languages of which it is known what points."""
    own = (each for each in every() if each.prose.pointing or each.prose.pointing_pieces != Prose.pointing_pieces)
    letters = (each.letters.pattern for each in own if not each.latin)
    return re.compile("|".join((r"[A-Za-z][\w'’-]*", r"\d[\d.,]*", *letters)))


_ENGLISH = frozenset("a an and are as at by can for from in is it of on our that the this to we which with".split())
_OTHERS = frozenset(
    """
    aber als auch auf bei das dem den der des die ein eine für ist mit nicht sich und von werden wird zu
    au aux ce cet cette dans de des doit du en est et il la le les ne pas pour que qui sont sur un une
    como con del el es esta este la las lo los más no para por que se sus una
    che con da dei del della di essere gli il la le nel non per più questo si sono una
    """.split()
)


def split(abstract: object, title: object = "") -> tuple[Sentence, ...]:
    """The abstract as a paper carries it: its sentences, each with its use.

    No evidence is what leaves the subject to rule on readers, other papers or the page, what sounds like speech to
    whoever tells of it, a sentence in another language than all the others of an English abstract, which does not
    report to those who read it, and what has nothing in common with the paper and does not read like a report of it.
    """
    if not isinstance(abstract, str):
        return ()
    said = sentences(abstract)
    strange = [_is_strange(text) for text in said]
    named = title if isinstance(title, str) else ""
    heard = [unnamed(text, name_in(named)) for text in said]
    away = [left or spoken for left, spoken in zip(asides(heard, named), speech(heard, named), strict=True)]
    apart = remarks(said, named, _would_speak)
    lone = strange.count(True) == 1 and len(said) > 1 and all(map(_is_english, (t for t in said if not _is_strange(t))))
    return tuple(
        Sentence(
            text=text,
            use="order" if away[n] or (lone and strange[n]) else _use(heard[n], apart[n], last=n == len(said) - 1),
        )
        for n, text in enumerate(said)
    )


def _would_speak(text: str) -> bool:
    return asides((text,))[0] or speech((text,))[0]


def _is_english(text: str) -> bool:
    return bool(_ENGLISH.intersection(text.casefold().split())) or not re.search(r"[^\x00-\x7f]", text)


def _is_strange(text: str) -> bool:
    """Whether a sentence is written in another script, or in words of another language and none of English."""
    letters = [c for c in text if c.isalpha()]
    if letters and sum(1 for c in letters if c > "\u0250") * 2 > len(letters):
        return True
    words = re.findall(r"[^\W\d_]+", text.casefold())
    return len(words) >= 4 and len(_OTHERS.intersection(words)) >= 2 and not _ENGLISH.intersection(words) - _OTHERS


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
