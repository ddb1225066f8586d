"""Terms of the day: words of a page that a reader of a neighbouring field may not know, explained from a list.

The list is edited by people (``languages/CODE/terms.toml``); which of its terms stand on a page, and which of those
are worth a line, is decided here.
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from .items import Term
from .languages import every
from .tongues import any_of, by_languages, letters, union
from .value import Value

LEAST, MOST = 3, 8
"""Terms of a page: fewer are filled up with better known ones, more are too much to read."""

_BRACKET = re.compile(r"\s?\(([^()]*)\)")


class TermEntry(Value):
    """One term of the list. Names match whole words; a small one fits any case, one with a capital only itself."""

    names: tuple[str, ...]
    """Spellings, the preferred one first, the one to put beside it second."""
    means: str
    """Completes 'X: …'."""
    also: tuple[str, ...] = ()
    """Further spellings that are never printed; ``*`` stands for letters and digits (pass@*)."""
    near: tuple[str, ...] = ()
    """For a name with several meanings: it counts only where one of these stands in the same text, case apart."""
    familiar: bool = False
    """Known to most readers: explained only where rarer terms are few."""


class Occurrence(NamedTuple):
    """A term as it stands on a page."""

    entry: TermEntry
    name: str
    """The spelling of the list that was found first."""
    explained: bool
    """The text explains it right behind, in brackets."""

    @property
    def term(self) -> Term:
        """The spelling that was found, with another in brackets: one of the other script, or what it is short for."""
        own = _parts(self.name)
        others = [name for name in self.entry.names if not (_parts(name) <= own or own <= _parts(name))]
        other = next((name for name in others if name.isascii() != self.name.isascii()), "") or next(
            (name for name in others if (" " in name) != (" " in self.name)), ""
        )
        space = " " if self.name.isascii() and other.isascii() else ""
        return Term(term=f"{self.name}{space}({other})" if other else self.name, meaning=self.entry.means)


def terms_of_the_day(texts: Iterable[str], terms: Sequence[TermEntry], *, most: int = MOST) -> tuple[Term, ...]:
    """Three to ``most`` terms that stand in the texts, in the order in which a reader meets them.

    Rare ones that the text leaves unexplained come first; fewer than three of them are filled up with familiar ones,
    then with explained ones. ``texts``: lines in reading order, those of one paper best together in one text.

    >>> mae = TermEntry(names=("MAE", "마스크드 오토인코더"), means="가린 조각을 되살리며 배우는 방법")
    >>> terms_of_the_day(["MAE로 사전학습했습니다."], [mae])[0].term
    'MAE(마스크드 오토인코더)'
    """
    found = occurring(texts, terms)
    wanted = sum(not o.explained and not o.entry.familiar for o in found)
    order = sorted(found, key=lambda o: (o.explained, o.entry.familiar))
    chosen = order[: min(most, max(wanted, LEAST))]
    return tuple(o.term for o in found if o in chosen)


def occurring(texts: Iterable[str], terms: Sequence[TermEntry]) -> tuple[Occurrence, ...]:
    """The terms that stand in the texts, each once, in order of appearance.

    A term inside a longer one ('diffusion' in 'latent diffusion') does not stand there itself. A spelling of several
    entries counts for the one whose ``near`` words are there, for none where several fit.
    """
    spellings = _spellings(tuple(terms))
    found: dict[int, Occurrence] = {}
    for text in texts:
        small = text.lower()
        for spelling, end in _standing(text, spellings):
            fit = [n for n in spelling.owners if not terms[n].near or any(w.lower() in small for w in terms[n].near)]
            if len(fit) != 1:
                continue
            place, entry = fit[0], terms[fit[0]]
            shown = spelling.text if spelling.text in entry.names else entry.names[0]
            known = found.get(place, Occurrence(entry, shown, explained=False))
            found[place] = known._replace(explained=known.explained or _explains(text[end:], entry))
    return tuple(found.values())


class _Spelling(NamedTuple):
    text: str
    letters: str
    """Those that a text with the spelling must have in a row."""
    owners: list[int]
    """Places in the list of the entries that it may mean."""


@lru_cache(maxsize=8)
def _spellings(terms: tuple[TermEntry, ...]) -> tuple[_Spelling, ...]:
    found: dict[str, _Spelling] = {}
    for place, entry in enumerate(terms):
        for text in dict.fromkeys((*entry.names, *entry.also)):
            spelling = _Spelling(text, _letters(text.partition("*")[0]), [])
            found.setdefault(text, spelling).owners.append(place)
    return tuple(found.values())


def _standing(text: str, spellings: Iterable[_Spelling]) -> list[tuple[_Spelling, int]]:
    """The spellings that stand in a text, each with where it ends, in reading order; of two that overlap the longer."""
    held, borders = _letters(text), _borders()
    matches = [
        (match.start(), match.end(), spelling)
        for spelling in spellings
        if spelling.letters in held
        for match in _pattern(spelling.text, borders).finditer(text)
    ]
    kept: list[tuple[int, int, _Spelling]] = []
    for start, end, spelling in sorted(matches, key=lambda match: (match[0] - match[1], match[0])):
        if all(end <= first or start >= last for first, last, _ in kept):
            kept.append((start, end, spelling))
    return [(spelling, end) for _, end, spelling in sorted(kept, key=lambda match: match[0])]


@by_languages
def _borders() -> tuple[str, str]:
    """What stands before and behind a word of a language that hangs endings on its words."""
    own = [letters(each) for each in every() if each.readings.endings]
    endings = f"{union('endings')}|{union('verb_endings')}"
    return "".join(f"(?<!{letter})" for letter in own), f"(?=(?:{endings})(?!{any_of(own)}))"


@by_languages
def _words() -> re.Pattern[str]:
    return re.compile(f"(?:{any_of(map(letters, every()))})+")


@lru_cache(maxsize=4096)
def _pattern(spelling: str, borders: tuple[str, str]) -> re.Pattern[str]:
    """Where a spelling stands as a word of its own: spaces may be left out or be hyphens, English takes a plural s."""
    body = re.escape(spelling).replace(r"\ ", r"[\s-]*").replace(r"\-", r"[\s–-]?").replace(r"\*", "[A-Za-z0-9]+")
    before = r"(?<![A-Za-z0-9])" if spelling[0].isascii() else borders[0]
    after = r"s?(?![A-Za-z0-9])" if spelling[-1].isascii() else borders[1]
    return re.compile(f"{before}{body if spelling != spelling.lower() else f'(?i:{body})'}{after}")


def _explains(rest: str, entry: TermEntry) -> bool:
    """Whether what follows opens with a bracket that says more than another spelling, a name or a figure."""
    bracket = _BRACKET.match(rest)
    if not bracket or any(char.isdigit() for char in bracket[1]):
        return False
    words = _words().findall(bracket[1])
    plain = len(words) >= 3 and any(word == word.lower() for word in words)
    return plain and all(_letters(bracket[1]) != _letters(name) for name in entry.names)


def _parts(name: str) -> set[str]:
    return set(map(_letters, name.split()))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum()).removesuffix("s")
