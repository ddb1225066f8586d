"""The words of a paper, so that a claim's words can be looked up in them.

Case, hyphens, accents, TeX, plurals, possessives and the way Greek letters are written make no difference.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from .languages.en.words import DERIVED, STOPWORDS

_GREEK = {
    **dict(zip("αβγδεζηθικλμνξπρστυφχψω", (
        "alpha", "beta", "gamma", "delta", "epsilon", "zeta", "eta", "theta", "iota", "kappa", "lambda", "mu", "nu",
        "xi", "pi", "rho", "sigma", "tau", "upsilon", "phi", "chi", "psi", "omega",
    ), strict=True)),
    "ϵ": "epsilon", "ϕ": "phi", "ς": "sigma",
}  # fmt: skip
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-") | dict.fromkeys(map(ord, "‘’ʼ`´"), "'")
_FORMATTING = re.compile(
    r"\\(?:text\w*|math\w*|emph|boldsymbol|bm|operatorname|underline|url|href|left|right|tilde|hat|bar|vec)\b\s*"
)
_MACRO = re.compile(r"\\([A-Za-z]+)")
_TOKEN = re.compile(r"[A-Za-z0-9]+(?:\.[0-9]+)*")
_ORDINARY = re.compile(r"[A-Z]?[a-z]{3,}")
_CAMEL = re.compile(r"[A-Z]+(?![a-z])|[A-Z][a-z]+|[a-z]+")
_LONGEST = 6


def normalized(text: str) -> str:
    """Text without TeX, accents and typographic variants; Greek letters spelled out, Hangul untouched.

    >>> normalized(r"Poincaré's $\\text{SE}(3)$ α–net")
    "Poincare's SE(3) alpha-net"
    """
    text = unicodedata.normalize("NFKC", text).translate(_DASHES)
    text = _MACRO.sub(r" \1 ", _FORMATTING.sub("", text))
    text = re.sub(r"[${}^]|(?<=\w)_(?=\{?\w)", "", text)
    return "".join(_letter(c) for c in text)


def _letter(character: str) -> str:
    if character.isascii() or "\uac00" <= character <= "\ud7a3":
        return character
    if name := _GREEK.get(character.lower()):
        return name
    kept = "".join(c for c in unicodedata.normalize("NFKD", character) if not unicodedata.combining(c))
    return kept if kept.isascii() else character


def squash(name: str) -> str:
    """A name as it is compared: ``GPT-4o`` and ``gpt 4o`` are one."""
    return "".join(token.group().lower() for token in _TOKEN.finditer(normalized(name)))


def alike(one: str, other: str) -> bool:
    """Whether two lower-case words are forms of one: ``relabelled`` and ``relabeling``, ``bayes`` and ``bayesian``."""
    if one == other:
        return True
    short, long = sorted((one, other), key=len)
    if long.startswith(short) and long[len(short) :] in DERIVED and len(short) >= 3:
        return len(short) >= 5 or long[len(short) :] in {"s", "es", "ed", "ing"}
    shared = next((i for i, (a, b) in enumerate(zip(short, long, strict=False)) if a != b), len(short))
    return shared >= 5 and len(long) - shared <= 5 and shared >= 0.6 * len(long)


@dataclass(frozen=True)
class Vocabulary:
    """Everything that a set of texts says, ready to be asked."""

    text: str
    """The texts as ``normalized`` leaves them."""
    words: tuple[str, ...]
    """Lower-case words and numbers in order, opened at hyphens."""
    known: frozenset[str]
    """Runs of up to six words, squashed, and the parts of names in camel case."""
    acronyms: frozenset[str]
    """Upper-case abbreviations as they stand, without a plural s."""

    @property
    def flat(self) -> str:
        """The words with one space between, for phrases."""
        return " ".join(self.words)

    def holds(self, name: str) -> bool:
        """Whether a name stands in the texts, in any of its spellings."""
        short = squash(name)
        if not short or short in self.known or f"{short}s" in self.known:
            return True
        if short.endswith("s") and (short[:-1] in self.known or (short.endswith("es") and short[:-2] in self.known)):
            return True
        # Only an ordinary word has other forms: ImageNet is not a form of 'image'.
        return bool(_ORDINARY.fullmatch(name)) and self.has_form(short)

    def has_form(self, word: str) -> bool:
        """Whether a form of the lower-case word is among the words."""
        return any(alike(word, other) for other in _distinct(self.words) if other[:3] == word[:3])

    def abbreviates(self, acronym: str) -> bool:
        """Whether the acronym can be made from a run of the words: ``MHSA`` from 'multi-head self-attention'."""
        letters = acronym.removesuffix("s") if not acronym.isupper() else acronym
        if not 2 <= len(letters) <= 8:
            return False
        return any(_spells(letters, self.words[start : start + 12]) for start in range(len(self.words)))


def _spells(letters: str, words: Sequence[str]) -> bool:
    """Whether the letters begin the words in order. Small words may be left out; letters in lower case may go on
    inside a word (``ViT``), and the letters of an opened digit stand for it (``T2I``)."""
    if not letters:
        return True
    if not words:
        return False
    first, rest = words[0], words[1:]
    wanted = "to" if letters[0] == "2" else "for" if letters[0] == "4" else letters[0].lower()
    if first.startswith(wanted):
        used = 1
        if _spells(letters[used:], rest):
            return True
        while used < len(letters) and letters[used].islower() and first.startswith(letters[: used + 1].lower()):
            used += 1
            if _spells(letters[used:], rest):
                return True
    return first in STOPWORDS and _spells(letters, rest)


@lru_cache(maxsize=512)
def _distinct(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(words))


@lru_cache(maxsize=512)
def vocabulary(texts: tuple[str, ...]) -> Vocabulary:
    """The vocabulary of some texts."""
    text = "\n".join(normalized(t) for t in texts)
    tokens = [m.group() for m in _TOKEN.finditer(text)]
    words = tuple(t.lower() for t in tokens)
    known = {"".join(run) for run in _runs(words)}
    known |= {part.lower() for token in tokens for part in _CAMEL.findall(token) if len(part) >= 3}
    acronyms = {t.removesuffix("s") for t in tokens if sum(c.isupper() for c in t) >= 2}
    return Vocabulary(text=text, words=words, known=frozenset(known), acronyms=frozenset(acronyms))


def _runs(words: Sequence[str]) -> Iterator[Sequence[str]]:
    for start in range(len(words)):
        for length in range(1, _LONGEST + 1):
            yield words[start : start + length]
