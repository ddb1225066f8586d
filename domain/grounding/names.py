"""Every name in a sentence stands in a paper that it cites."""

import re
from collections.abc import Iterator, Mapping

from domain.languages import every, find
from domain.languages.en.abbreviations import ABBREVIATIONS
from domain.languages.en.words import COUNTED, FILLERS, FUNCTION_WORDS, STOPWORDS
from domain.tongues import by_languages, form
from domain.vocabulary import Vocabulary, normalized, squash

from .masks import FORMULA
from .spelled import known_names
from .statement import Found, Statement, cited_vocabulary

_URL = re.compile(r"(?:https?://|www\.)\S+")
_NAME = re.compile(r"(?<![A-Za-z0-9])[A-Za-z0-9]*[A-Za-z][A-Za-z0-9]*(?:\.\d+)*(?:[-/&_+'@][A-Za-z0-9]+(?:\.\d+)*)*")
_FIGURE = re.compile(
    r"\d[\d,.]*(?:k|m|b|t|x|p|pp|bit|bits|ms|s|h|hz|khz|mhz|ghz|fps|gb|mb|kb|tb|w|kw|mw|km|cm|mm|nm|kg|g|db|px|st|nd|rd|th)?",
    re.IGNORECASE,
)
"""A number with its unit or suffix: the figure rules look after it."""
_UNIT = re.compile(
    r"(?:[kmbt]|ms|s|k?hz|[mg]hz|fps|[kmgt]i?b(?:ps)?|[kmgt]?flop/?s?|[kmg]?wh?|mwh|km|cm|mm|nm|kg|db|px|pp?|pt|"
    r"bits?|tokens?|h|min|[kmgt]?ops(?:/w)?|m/s|usd|epochs?)",
    re.IGNORECASE,
)
_after_figure = form(r"\d[\d,.]*\s?$|\d(?:<scales>)\s?$")
_CLITICS = re.compile(r"(?:'(?:d|ll|m|re|s|ve))+$")
_PARTS = re.compile(r"[-/&_+'@]")
_VERSION_HEAD = r"\b([A-Za-z][A-Za-z0-9-]*[A-Za-z])[ -]v?(\d+(?:\.\d+)*)"
_VERSION = re.compile(_VERSION_HEAD + r"(?![\d,.]*(?:\d|\s?(?:%|x\b|times\b|percent)|[A-Za-z]))")
_SIZED = re.compile(r"(?<![A-Za-z0-9])([A-Z][A-Za-z0-9.-]*[A-Za-z0-9]) (\d+(?:\.\d+)?[BM])(?![A-Za-z0-9])")


@by_languages
def _versions_in() -> dict[str, re.Pattern[str]]:
    found: dict[str, re.Pattern[str]] = {}
    for each in every():
        letters, said = each.letters.pattern.removesuffix("+"), each.readings
        form = rf"(?={said.endings}(?!{letters}|[A-Za-z\d.,%]|\s?(?:%|{said.multiple})))"
        found[each.code] = _VERSION if each.latin else re.compile(_VERSION_HEAD + form)
    return found


def names(statement: Statement) -> Iterator[Found]:
    """Latin-script names, and in English text whatever is written like a name, occur in a cited paper or fact.

    Accepts inflected, hyphenated and abbreviated forms. Numbers with their units are left to the figure rules.
    """
    if not statement.cited and not statement.facts:
        return
    words = cited_vocabulary(statement)
    text = _URL.sub(_blank, normalized(FORMULA.sub(_blank, statement.text)))
    own = find(statement.language)
    found = _english_names(text) if own.latin else _latin_words(text, own.readings.halves)
    seen: set[str] = set()
    said = [m.group() for m in re.finditer(r"[A-Za-z]+", text)]
    for name in found:
        if name in seen or _is_function_word(name) or _stands(name, words) or _expands(name, said, words):
            continue
        seen.add(name)
        yield Found(
            name,
            f"'{name}' does not occur in the cited paper; use only names that it gives",
        )
    yield from (f for f in _versions(text, words, statement.language) if f.span not in seen)
    yield from _sizes(text, words)


def _blank(found: re.Match[str]) -> str:
    """A space, and the stop with which the sentence ends there."""
    return f" {found[0][-1]}" if found[0][-1] in ".!?" else " "


def _latin_words(text: str, halves: Mapping[str, str]) -> Iterator[str]:
    for spelled, latin in halves.items():
        text = re.sub(spelled, latin, text)
    for match in _NAME.finditer(text):
        name = match.group().strip("-/&_+'")
        if not _is_figure(name, text[: match.start()]):
            yield name


def _english_names(text: str) -> Iterator[str]:
    for match in _NAME.finditer(text):
        name = match.group().strip("-/&_+'")
        name = _CLITICS.sub("", name)
        before = text[: match.start()].rstrip()
        starts = not before or before[-1] in ".!?:\"'" or before.endswith("\u201c")
        if _is_figure(name, text[: match.start()]) or not any(c.isupper() or c.isdigit() for c in name):
            continue
        ordinary = name[:1].isupper() and name[1:].islower() and name[1:].replace("-", "").isalpha()
        if starts and ordinary and name.lower() not in known_names():
            continue
        yield name


def _is_function_word(name: str) -> bool:
    """Whether it is But, I'd or Don't; WHO and CAN may be names."""
    words = [_CLITICS.sub("", part) for part in name.split("/")]
    return all(
        word[1:] == word[1:].lower() and (word.lower() in FUNCTION_WORDS or word.endswith("n't")) for word in words
    )


def _is_figure(name: str, before: str) -> bool:
    if len(name) == 1 or all(_FIGURE.fullmatch(part) for part in re.split("[-/]", name)):
        return True
    glued = re.fullmatch(r"\d+([A-Za-z]\S*)", name)  # 35kbps
    return bool(_UNIT.fullmatch(glued[1] if glued else name)) and (glued or _after_figure().search(before)) is not None


def _stands(name: str, words: Vocabulary) -> bool:
    if words.holds(name) or name.lower() in STOPWORDS or name.lower() in FILLERS:
        return True
    bare = name.removesuffix("s") if name[:-1].isupper() else name
    if bare in ABBREVIATIONS:
        hints = ABBREVIATIONS[bare]
        return not hints or any(re.search(rf"\b{h}\b", words.flat) for h in hints) or words.abbreviates(bare)
    if sum(c.isupper() for c in bare) >= 2 and not bare.islower() and words.abbreviates(bare):
        return True
    if "/" in name:
        return all(_stands(part, words) or _is_figure(part, "") for part in name.split("/") if part)
    parts = [p for p in _PARTS.split(name) if p]
    if len(parts) > 1 and _FIGURE.fullmatch(parts[0]):
        parts = parts[1:]  # 7B-parameter
    elif len(parts) < 2:
        return False
    if any(p[0].isdigit() for p in parts):
        return len(parts) == 2 and parts[0].lower() in FILLERS and bool(_FIGURE.fullmatch(parts[1]))  # sub-2B
    # 'LLM-based' stands when each part does; a single letter alone proves nothing (U-Net).
    return all(p.lower() in STOPWORDS or p.lower() in FILLERS or (len(p) > 1 and _stands(p, words)) for p in parts)


def _expands(name: str, own: list[str], words: Vocabulary) -> bool:
    """Whether the name belongs to a spelled-out abbreviation of the paper: 'Diffusion Transformer' for its DiT."""
    parts = [p for p in _PARTS.split(name) if p]
    for acronym in words.acronyms:
        letters = [c for c in acronym if c.isalpha()]
        if not 2 <= len(letters) <= 6 or len(acronym) != len(letters):
            continue
        for start, word in enumerate(own):
            if word[0].lower() != letters[0].lower():
                continue
            run = own[start : start + len(letters) + 2]
            caps = [c for c in acronym if c.isupper()]
            heads = [w for w in run if w.lower() not in STOPWORDS][: len(caps)]
            fits = len(heads) == len(caps) and all(w[0].lower() == c.lower() for w, c in zip(heads, caps, strict=True))
            if fits and all(p in heads or p.lower() in STOPWORDS for p in parts):
                return True
    return False


def _versions(text: str, words: Vocabulary, language: str) -> Iterator[Found]:
    """'Llama 2' where the paper says 'Llama 3': the name stands, with another number."""
    for match in _versions_in()[find(language).code].finditer(text):
        name, number = match.groups()
        if squash(name) + number in words.known or not words.holds(name) or name.lower() in COUNTED:
            continue
        given = re.findall(rf"\b{re.escape(squash(name))}[ -]?v?(\d+(?:\.\d+)*)\b", words.flat)
        if given and number not in given:
            yield Found(
                match.group(),
                f"the cited paper speaks of {name} {', '.join(dict.fromkeys(given))}, not {match.group()}",
            )


def _sizes(text: str, words: Vocabulary) -> Iterator[Found]:
    """'Gemma 5B' where the paper says 'Gemma 7B'."""
    for match in _SIZED.finditer(text):
        name, size = match[1].lower().replace("-", " "), match[2].lower()
        sizes = re.findall(rf"\b{re.escape(name)} ((?:\d[\d.]*[bm] ?)+)", words.flat)
        if sizes and size not in " ".join(sizes).split():
            yield Found(match[0], f"the cited paper speaks of {match[1]} {sizes[0].strip().upper()}, not {match[0]}")
