"""All rules on words: names, terms, language, form and tone. The rules on figures are in ``figures``."""

from .glossary import Glossary, concepts, terms
from .instructions import instructions
from .language import garbled, language, leftover, script
from .markup import invisible, markup
from .names import names, transliterated
from .overclaim import negation, overclaim
from .passage import Rule
from .style import generic, plural

NAME_RULES: tuple[Rule, ...] = (names, transliterated)
TEXT_RULES: tuple[Rule, ...] = (
    *(language, script, garbled, leftover, markup, invisible),
    *(instructions, generic, plural, overclaim, negation),
)


def glossary_rules(glossary: Glossary) -> tuple[Rule, ...]:
    """The rules that need the terms of a language."""
    return terms(glossary), concepts(glossary)


def text_rules(glossary: Glossary | None = None) -> tuple[Rule, ...]:
    """Every rule on words; those on terms where there is a glossary."""
    return (*NAME_RULES, *(glossary_rules(glossary) if glossary else ()), *TEXT_RULES)
