"""The topics whose coming and going is watched: a fixed lexicon, so that chance cannot choose what is tested."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from functools import cached_property
from typing import Any

from pydantic import model_validator

from .value import Names, Value, in_language, keyed

MOST = 150
"""Topics that a lexicon may hold: with more of them, some would seem to rise by chance."""
_STEM = 4
"""Letters that must stand before a ``*``: a shorter beginning is that of too many words."""
_WORDS = re.compile(r"[A-Za-z0-9]+|[,;.:!?](?=\s)")
"""Words, and the stops that end a phrase: "code, model weights" is no code model."""
_PATTERN = re.compile(r"[A-Za-z0-9]+\*?(?: [A-Za-z0-9]+\*?)*")


class Topic(Value):
    """One topic and the words by which a paper speaks of it."""

    key: str
    """For ever: counts are kept under it."""
    names: Names
    patterns: tuple[str, ...]
    """Words in a row, separated by single spaces; hyphens and slashes of the text count as spaces.

    A word written small fits any case, one with a capital only itself, each with or without a plural s. ``*`` at the
    end of a word stands for any further letters.
    """

    @model_validator(mode="before")
    @classmethod
    def _keyed_by_language(cls, given: Any) -> Any:
        return keyed(given, "names")

    def name(self, language: str) -> str:
        return in_language(self.names, language)


class Lexicon(Value):
    """The topics, in the order of the file."""

    topics: tuple[Topic, ...]

    @property
    def version(self) -> str:
        """The first 8 hex digits of a sha256 over keys and patterns: counts of two versions cannot be compared."""
        words = "\n".join(f"{topic.key}\t{' | '.join(topic.patterns)}" for topic in self.topics)
        return hashlib.sha256(words.encode()).hexdigest()[:8]

    def __contains__(self, key: str) -> bool:
        return key in self._by_key

    def __getitem__(self, key: str) -> Topic:
        """The topic of a key. Raises KeyError for one that the lexicon does not have."""
        return self._by_key[key]

    def topics_of(self, text: str) -> tuple[str, ...]:
        """Keys of the topics that a text speaks of, in the lexicon's order.

        >>> rag = Topic(key="rag", names={"en": "Retrieval-augmented generation"}, patterns=("RAG",))
        >>> Lexicon(topics=(rag,)).topics_of("Agentic RAGs, without rags"), Lexicon(topics=(rag,)).topics_of("a rag")
        (('rag',), ())
        """
        words = _WORDS.findall(text)
        seen, found = self._seen, set[int]()
        for at, word in enumerate(words):
            if (patterns := seen.get(word)) is None:
                first = word.lower()
                patterns = seen[word] = (*self._starts.get(first, ()), *self._stems.get(first[:_STEM], ()))
            if patterns:
                # Nearly every one ends here: its second word begins otherwise.
                second = words[at + 1].lower() if at + 1 < len(words) else ""
                for number, pattern, then in patterns:
                    if second.startswith(then) and number not in found and _stands(pattern, words, at):
                        found.add(number)
        return tuple(self.topics[number].key for number in sorted(found))

    @cached_property
    def _by_key(self) -> dict[str, Topic]:
        return {topic.key: topic for topic in self.topics}

    @cached_property
    def _starts(self) -> "_Index":
        return self._index(stem=False)

    @cached_property
    def _stems(self) -> "_Index":
        return self._index(stem=True)

    @cached_property
    def _seen(self) -> "dict[str, tuple[_Entry, ...]]":
        """What begins with a word, for the words that came by: most words of a text came before."""
        return {}

    def _index(self, *, stem: bool) -> "_Index":
        index: _Index = {}
        for number, topic in enumerate(self.topics):
            for text in topic.patterns:
                pattern = tuple(_Word(word) for word in text.split())
                if pattern[0].stem == stem:
                    first = pattern[0].small
                    then = pattern[1].small[:_STEM] if len(pattern) > 1 else ""
                    for start in (first[:_STEM],) if stem else (first, f"{first}s"):
                        index.setdefault(start, []).append((number, pattern, then))
        return index


class _Word:
    """One word of a pattern."""

    __slots__ = ("exact", "small", "stem")

    def __init__(self, text: str) -> None:
        self.stem = text.endswith("*")
        bare = text.removesuffix("*")
        self.exact = bare if bare != bare.lower() else ""
        self.small = bare.lower() if self.stem else _singular(bare.lower())

    def fits(self, word: str) -> bool:
        small = word.lower()
        if self.stem:
            return word.startswith(self.exact) if self.exact else small.startswith(self.small)
        return word in (self.exact, f"{self.exact}s") if self.exact else _singular(small) == self.small


_Pattern = tuple[_Word, ...]
_Entry = tuple[int, _Pattern, str]
"""Number of the topic, its pattern, the first letters of the pattern's second word."""
_Index = dict[str, list[_Entry]]
"""By the pattern's first word, or its first letters."""


def fault(pattern: str) -> str:
    """What is wrong with a pattern, to be put after its name in a sentence; empty where it can be used."""
    if not _PATTERN.fullmatch(pattern):
        return "may hold Latin letters, digits, single spaces and a '*' at the end of a word"
    for word in pattern.split():
        if word.endswith("*") and len(word) <= _STEM:
            return f"needs at least {_STEM} letters before the '*' of '{word}'"
    if len(pattern) == 1:
        return "is a single letter"
    return ""


def doubles(keys: Iterable[str]) -> list[str]:
    """The keys that stand more than once, in order."""
    seen: set[str] = set()
    return [key for key in keys if key in seen or seen.add(key)]


def _stands(pattern: _Pattern, words: Sequence[str], at: int) -> bool:
    here = words[at : at + len(pattern)]
    return len(here) == len(pattern) and all(part.fits(word) for part, word in zip(pattern, here, strict=True))


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
