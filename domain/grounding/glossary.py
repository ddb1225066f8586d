"""Terms of the field in the report's language: which wordings are right, and whether the paper has the term at all."""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from domain.value import Value

from .passage import Fault, Passage, Rule
from .vocabulary import Vocabulary, cited_vocabulary, vocabulary

_PARTICLE = (
    r"(?:들|적|용|화|형|식|별|간|기반|내)?(?:은|는|이|가|을|를|의|과|와|에|에서|에게|도|로|으로|만|까지|부터|보다|처럼|마다|란|이란|인|이나|"
    r"나|이며|이고|이다|다|하다|하고|하는|하여|하면|하자|하니|하며|하지|한다|했다|했고|했으며|했더니|했을|하였다|시킨|시켜|시키는|시켰다|해|한|할|함|된|되는|돼|됐|였다|이었다|에는|에서는|에서의|에도|로는|으로는|로의|으로의|"
    r"와의|과의|뿐)?(?![가-힣])"
)
_GLOSS = re.compile(r"([가-힣][가-힣\s·\-]*)\(([A-Za-z][A-Za-z \-]*)\)")


class Term(Value):
    """One entry of a glossary. The notation of the wordings is explained at the head of the glossary file."""

    en: tuple[str, ...]
    """English wordings, the plain one first."""
    near: tuple[str, ...] = ()
    """Other English words that carry the same idea."""
    accepted: tuple[str, ...] = ()
    """Wordings in the report's language, the preferred one first."""
    wrong: tuple[str, ...] = ()
    strict: bool = False
    """The English term never stands alone in the report's language."""
    specific: bool = False
    """May only be used where the paper has the term or something near it."""

    @property
    def name(self) -> str:
        return self.en[0]

    def stands_in(self, words: Vocabulary, *, near: bool = False) -> bool:
        """Whether the texts have the term; with ``near`` also whether they have something that carries the idea."""
        return bool(_english((*self.en, *self.near) if near else self.en).search(words.flat))


class Glossary(Value):
    """The terms of one language."""

    language: str
    terms: tuple[Term, ...] = ()

    def delicate(self, texts: Iterable[str], *, most: int = 8) -> tuple[Term, ...]:
        """Of the terms that the texts use those that are known to be mistranslated, the longest first: what a prompt
        should show. The rules look after all."""
        found = [
            term for term in self.occurring(texts) if term.wrong and term.accepted and not set(term.name) & set("~*")
        ]
        return tuple(sorted(found, key=lambda term: (not term.strict, -len(term.name)))[:most])

    def occurring(self, texts: Iterable[str]) -> tuple[Term, ...]:
        """The terms that the texts use: what a prompt needs to show."""
        words = vocabulary(tuple(texts))
        return tuple(term for term in self.terms if term.stands_in(words))


def terms(glossary: Glossary) -> Rule:
    """The terms of the cited papers are rendered as the glossary says: no wording that it calls wrong, no other word
    in front of an English gloss, and no bare English where the language has an established term."""

    strict = _strict(glossary)

    def term(passage: Passage) -> Iterator[Fault]:
        if passage.language != glossary.language or not passage.cited:
            return
        words = cited_vocabulary(passage)
        seen: list[str] = []
        for entry in glossary.terms:
            for found in _misused(entry, passage.text):
                if any(found in other for other in seen) or not entry.stands_in(words, near=True):
                    continue
                seen.append(found)
                yield Fault(rule="term", span=found, reason=f"'{entry.name}' is '{_choice(entry)}', not '{found}'")
        yield from _glosses(passage.text, strict)

    return term


def concepts(glossary: Glossary) -> Rule:
    """A specific term of the field is used only where a cited paper speaks of it."""

    def concept(passage: Passage) -> Iterator[Fault]:
        if not passage.cited or passage.kind == "analysis":
            return
        words = cited_vocabulary(passage)
        for entry in glossary.terms:
            if not entry.specific or not (found := _used(entry, passage)):
                continue
            if not entry.stands_in(words, near=True) and found.lower() not in words.flat:
                yield Fault(
                    rule="concept",
                    span=found,
                    reason=f"the cited paper does not speak of {entry.name}; say what it says",
                )

    return concept


def _used(entry: Term, passage: Passage) -> str | None:
    """How the text names the term, if it does."""
    if passage.language == "en":
        long = tuple(w for w in entry.en if not w.isupper() and " " in w.replace("-", " "))
        found = _english(long).search(vocabulary((passage.text,)).flat) if long else None
    else:
        hangul = tuple(w for w in entry.accepted if not w.isascii())
        found = _korean(hangul, bounded=True).search(passage.text) if hangul else None
    return found.group() if found else None


def _misused(entry: Term, text: str) -> Iterator[str]:
    if entry.wrong:
        for found in _korean(entry.wrong, bounded=True).finditer(text):
            # A noun of two syllables before 하다 is often another word: 요원, but 요원하다.
            if len(found.group()) > 2 or text[found.end() : found.end() + 1] not in tuple("하한해했"):
                yield found.group()


def _glosses(text: str, strict: Mapping[str, Term]) -> Iterator[Fault]:
    """``X(fine-tuning)``: X must be an accepted wording; a bare 'fine-tuning' in Korean text must have one."""
    glossed: set[str] = set()
    for match in _GLOSS.finditer(text):
        before, english = match[1].strip(), match[2].strip().lower()
        glossed.add(english)
        entry = strict.get(" ".join(english.replace("-", " ").split()))
        if entry and not _korean(entry.accepted, bounded=False).search(before):
            span = f"{before.split()[-1]}({match[2]})"
            yield Fault(rule="term", span=span, reason=f"'{entry.name}' is '{_choice(entry)}' in Korean")
    for match in re.finditer(r"(?<![A-Za-z(])[a-z]+(?:[ -][a-z]+){0,3}(?![A-Za-z])", text):
        entry = strict.get(" ".join(match.group().replace("-", " ").split()))
        if entry and not _korean(entry.accepted, bounded=False).search(text):
            yield Fault(rule="term", span=match.group(), reason=f"write '{_choice(entry)}' for '{entry.name}'")


def _strict(glossary: Glossary) -> dict[str, Term]:
    return {
        " ".join(wording.lower().replace("-", " ").split()): entry
        for entry in glossary.terms
        if entry.strict
        for wording in entry.en
        if not wording.endswith("*") and not wording.isupper()
    }


def _choice(entry: Term) -> str:
    return "' or '".join(entry.accepted[:2])


@lru_cache(maxsize=4096)
def _english(wordings: tuple[str, ...]) -> re.Pattern[str]:
    """Finds the wordings in ``Vocabulary.flat``: lower case, hyphens opened, one space between words."""
    return re.compile("|".join(_english_pattern(w) for w in wordings))


def _english_pattern(wording: str) -> str:
    words = wording.lower().replace("-", " ").replace("/", " ").split()
    pattern = " ?".join(
        r"(?:\S+ ){0,2}\S+" if word == "~" else re.escape(word).replace(r"\*", r"[a-z0-9]*") for word in words
    )
    return rf"(?<![a-z0-9]){pattern}(?![a-z0-9])"


@lru_cache(maxsize=4096)
def _korean(wordings: tuple[str, ...], *, bounded: bool) -> re.Pattern[str]:
    """Finds the wordings with or without their spaces; ``bounded``: as words of their own, particles allowed."""
    options = (re.escape(w).replace(r"\ ", r"\s*").replace(r"\~", r"[^.,]{0,12}?") for w in wordings)
    core = f"(?:{'|'.join(sorted(options, key=len, reverse=True))})"
    return re.compile(rf"(?<![가-힣]){core}(?={_PARTICLE})" if bounded else core)
