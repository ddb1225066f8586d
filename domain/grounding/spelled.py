"""Names that a language spells in its own letters: each stands in the paper, either so or in Latin letters."""

import re
from collections.abc import Iterator

from domain.languages import every, find
from domain.tongues import by_languages
from domain.vocabulary import Vocabulary

from .statement import Found, Statement, cited_vocabulary


def spelled_names(statement: Statement) -> Iterator[Found]:
    """Names in its own letters (푸리에, 라마, 구글) stand in a cited paper, so or in Latin letters of any case."""
    pattern = _patterns()[find(statement.language).code]
    if pattern is None or not (statement.cited or statement.facts):
        return
    table, words = find(statement.language).readings.names, cited_vocabulary(statement)
    for match in pattern.finditer(statement.text):
        span, latin = match[1], table[match[1]]
        if span not in words.text and not any(_has(form, words) for form in latin):
            yield Found(span, f"'{span}' ({latin[0].strip('*')}) does not occur in the cited paper: use its own names")


def _has(form: str, words: Vocabulary) -> bool:
    if form.endswith("*"):
        return re.search(rf"\b{re.escape(form[:-1].lower())}", words.flat) is not None
    return words.holds(form)


@by_languages
def known_names() -> frozenset[str]:
    """The Latin ones in lower case: names even at the beginning of an English sentence."""
    spelled = (latin for each in every() for latin in each.readings.names.values())
    return frozenset(form.lower() for latin in spelled for form in latin if not form.endswith("*"))


@by_languages
def _patterns() -> dict[str, re.Pattern[str] | None]:
    found: dict[str, re.Pattern[str] | None] = {}
    for each in every():
        names, letters = sorted(each.readings.names, key=len, reverse=True), each.letters.pattern.removesuffix("+")
        # Short names hide in longer words (드라마, 소수), so both ends must be free of other letters.
        form = rf"(?<!{letters})({'|'.join(map(re.escape, names))}){each.readings.endings}(?!{letters})"
        found[each.code] = re.compile(form) if names else None
    return found
