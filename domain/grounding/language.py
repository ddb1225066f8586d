"""The sentence is in the report's language and script, whole, and nothing of the prompt is left in it."""

import re
import unicodedata
from collections.abc import Iterator

from domain.languages import every, find
from domain.languages.en.words import FUNCTION_WORDS
from domain.orders import speaks
from domain.sentences import sentences
from domain.tongues import form
from domain.vocabulary import Vocabulary, squash, vocabulary

from .quantities import quantities
from .statement import Found, Statement, cited_vocabulary

_LATIN_WORD = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'’-]*")
_FOREIGN = re.compile(
    "[\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u0400-\u052f\u0530-\u05ff\u0600-\u06ff"
    "\u0900-\u0dff\u0e00-\u0eff\u10a0-\u10ff\u3105-\u312f]+"
)
_JAMO = re.compile("[\u3131-\u318e\u1100-\u11ff]+")
_LABEL = re.compile(
    r"[\[(]?(?<![A-Za-z0-9])[PT][1-9]\d{0,2}(?:\.\d{1,2})?(?:,\s*[PT][1-9]\d{0,2}(?:\.\d{1,2})?)*(?![A-Za-z0-9])[\])]?"
)
_leftover = form(
    r"""
    \[/?INST\] | <\|[^|>]*\|> | </?s>
    | ["']\w+["']\s*:\s*["'\[{\d] | \{\{ | \}\} | \{% | ={4,} | \\[nrt"](?![a-z]) | \[\s*\] | "\s*[}\]] | ```
    | \bundefined\b(?=\s*$) | \bNaN\b(?=\s*$) | \bTODO\b | \bLorem\ ipsum\b | \bplaceholder\b(?=\s*$)
    | <leftovers>
    """,
    re.IGNORECASE | re.VERBOSE,
)
_given = form("<given>", re.IGNORECASE)
_ACCENTED = re.compile(r"[A-Za-z]*[\u00c0-\u024f\u1e00-\u1eff][A-Za-z\u00c0-\u024f\u1e00-\u1eff]*")
_LOOKALIKES = re.compile(
    "[A-Za-z][\u0370-\u03ff\u0400-\u04ff]+[A-Za-z]|[\u0400-\u04ff][A-Za-z]|[A-Za-z][\u0400-\u04ff]"
)
_REPEATED = re.compile(r"(\S(?:.{4,40}?)\S)\s*(?:\1\s*){2,}|([^\W\d_A-Za-z])\2{3,}")
MOST_FIGURES = 48
_LEAST_OWN = 0.5


def language(statement: Statement) -> Iterator[Found]:
    """The words that are no names of the paper are in the report's language."""
    words = cited_vocabulary(statement)
    text = _without_titles(statement)
    # English in parentheses after a Korean term is wanted, not counted.
    latin = [w for w in _LATIN_WORD.findall(re.sub(r"\([^()]*\)", " ", text)) if not _is_name(w, words)]
    own = find(statement.language)
    if own.latin:
        others = [language.letters for language in every() if not language.latin]
        foreign = (word for letters in others for word in letters.findall(text))
        if strange := [word for word in foreign if word not in words.text]:
            yield Found(" ".join(strange)[:80], f"write the sentence in {own.name} only")
        return
    own_letters, latin_letters = sum(map(len, own.letters.findall(text))), sum(len(w) for w in latin)
    if own_letters + latin_letters and own_letters < _LEAST_OWN * (own_letters + latin_letters):
        yield Found(text[:80].strip(), f"too little of it is {own.name}: say in {own.name} what is no name")
    elif run := _english_sentence(text):
        yield Found(run[:80], f"say this in {own.name}; only names and terms stay in English")


def script(statement: Statement) -> Iterator[Found]:
    """No Hanja, Kana, Cyrillic or other foreign letters, unless the paper itself has the word."""
    words, own = cited_vocabulary(statement), find(statement.language)
    # In a Latin text the rule about the language finds the letters of other languages.
    others = () if own.latin else [other.letters for other in every() if not other.latin and other is not own]
    letters = "Latin letters" if own.latin else f"{own.script} or Latin letters"
    strange = (found for pattern in (_FOREIGN, *others) for found in pattern.findall(statement.text))
    for found in dict.fromkeys(strange):
        if found not in words.text and not own.letters.fullmatch(found):
            kind = unicodedata.name(found[0], "A LETTER").split()[0].lower()
            yield Found(found, f"stray {kind} characters: write the word in {letters}")


def endless(statement: Statement) -> bool:
    """Whether it tells more figures than any sentence: what holds each against each other would take minutes."""
    return len(quantities(statement.text)) > MOST_FIGURES


def garbled(statement: Statement) -> Iterator[Found]:
    """No broken characters, single jamo, words that mix alphabets, endless repetition, or figures without end."""
    words = cited_vocabulary(statement)
    text = statement.text
    for pattern, reason in (
        (re.compile("\ufffd+"), "a character that could not be decoded"),
        (_JAMO, "a broken Hangul syllable"),
        (_LOOKALIKES, "a word that mixes two alphabets"),
        (_REPEATED, "the same words over and over"),
    ):
        if (found := pattern.search(text)) and found.group() not in words.text:
            yield Found(found.group()[:60], f"{reason}: write the sentence anew")
    if endless(statement):
        yield Found(text[:60], f"more than {MOST_FIGURES} figures in a row: write the sentence anew")
    own = find(statement.language)
    if own.latin:
        return
    for found in re.finditer(own.readings.mixed, text):
        if not words.holds(found.group()[1:]):
            yield Found(found.group(), f"{own.script} and Latin letters in one word: write it anew")
    for found in _ACCENTED.finditer(text):
        after = text[found.end() : found.end() + 1]
        if not words.holds(found.group()) and (own.letters.match(after) or not found.group()[0].isupper()):
            yield Found(found.group(), f"no word of {own.name}: write it in {own.script}")


def leftover(statement: Statement) -> Iterator[Found]:
    """Nothing of the prompt, of the answer's format or of a chat is left in the sentence.

    A paper that has the words itself excuses them, unless it gives orders to a model.
    """
    honest = not any(speaks(said) for paper in statement.cited for said in (paper.title, *sentences(paper.abstract)))
    words = cited_vocabulary(statement) if honest else vocabulary(())
    for found in (*_leftover().finditer(statement.text), *_given().finditer(statement.text)):
        span = found.group().strip()
        if span and span not in words.text:
            yield Found(span[:60], "text of the prompt or of a chat: keep the finding only")
    for found in _LABEL.finditer(statement.text):
        # T5 and P300 are names where the paper has them; bare, P3 may be one anyway and is left to the rule on names.
        bare = not ("." in found.group() or found.group()[0] in "[(")
        held = any(words.holds(part) for part in re.findall(r"[PT][\d.]*\d", found.group()))
        if not bare and (found.group().startswith("[") or not held):
            yield Found(found.group(), "a label of the prompt: leave it out of the sentence")


def _without_titles(statement: Statement) -> str:
    text = statement.text
    for paper in statement.cited:
        text = text.replace(paper.title, " ") if paper.title else text
    for fact in statement.facts:
        for title in re.findall("[“「]([^”」]+)[”」]", fact):
            text = text.replace(title, " ")
    return re.sub(r"https?://\S+", " ", text)


def _is_name(word: str, words: Vocabulary) -> bool:
    return not word.islower() and (squash(word) in words.known or sum(c.isupper() for c in word) >= 2)


def _english_sentence(text: str) -> str | None:
    """A run of six and more English words of which two are function words."""
    for found in re.finditer(r"[A-Za-z][A-Za-z0-9'’-]*(?:[,;:]?\s+[A-Za-z0-9][A-Za-z0-9'’.-]*){5,}", text):
        run = found.group()
        if sum(w.lower().strip(",.;:") in FUNCTION_WORDS for w in run.split()) >= 2:
            return run
    return None
