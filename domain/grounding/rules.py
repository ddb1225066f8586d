"""All rules of the critic that need no model."""

from .comparisons import COMPARISON_RULES
from .figures import FIGURE_RULES
from .glossary import Glossary
from .glosses import unglossed
from .pairing import PAIRING_RULES
from .passage import Fault, Passage, Rule
from .texts import NAME_RULES, TEXT_RULES, glossary_rules

RULES: tuple[Rule, ...] = (*FIGURE_RULES, *COMPARISON_RULES, *PAIRING_RULES, *NAME_RULES, *TEXT_RULES)


def check(passage: Passage, glossary: Glossary | None = None) -> tuple[Fault, ...]:
    """Every fault that a rule finds, in the order of the rules; those on terms need the glossary of the language."""
    passage = passage.model_copy(update={"text": unglossed(passage.text)})
    rules = (*RULES, *glossary_rules(glossary)) if glossary else RULES
    return tuple(fault for rule in rules for fault in rule(passage))
