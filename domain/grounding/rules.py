"""The rules that need no model: one entry each, and the one way in.

What a rule found and falsely rejected at first sight stands in ``evals/history.jsonl``; ``docs/rules.md`` is made from
both. A rule that earns nothing there goes.
"""

from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from domain.kinds import Severity

from .changes import changes
from .figures import figures
from .glosses import unglossed
from .instructions import instructions
from .language import endless, garbled, language, leftover, script
from .markup import invisible, markup
from .names import names
from .owners import owners
from .pairing import swaps
from .spelled import spelled_names
from .statement import Fault, Found, Statement

About = Literal["figures", "words", "form"]
"""``words``: may err about them, so that a judge that was told and still finds the line carried has the last word.
``form``: can be judged although a paper is not known."""
RuleScope = Literal["line", "audit", "called"]
"""``line``: of a writer of ours, let pass by a judge. ``audit``: of any report. ``called``: what he calls a paper: in
any language, and by no name of its own."""
_IN_TEXT: tuple[RuleScope, ...] = ("line", "audit")


class Rule(NamedTuple):
    """One rule."""

    name: str
    """Stable: receipts and evals count by it."""
    claims: str
    """What it says of a sentence that it lets pass."""
    severity: Severity
    about: About
    find: Callable[[Statement], Iterator[Found]]
    languages: tuple[str, ...] = ()
    """Those in which it holds; none for all."""
    where: tuple[RuleScope, ...] = ("line", "audit", "called")


class Check(NamedTuple):
    """What the critic's code asks of a verdict, of no use without one."""

    name: str
    claims: str
    severity: Severity


ORDERS = Rule("instruction", "the sentence orders nothing, and rests on no order", "high", "form", instructions)
RULES: tuple[Rule, ...] = (
    Rule("figure-value", "no figure differs from the one in the cited sentences", "high", "figures", figures("value")),
    Rule("figure-scale", "no figure is a power of ten away from the cited one", "high", "figures", figures("scale")),
    Rule("figure-unit", "a number has the unit that it has there", "high", "figures", figures("unit")),
    Rule("figure-absent", "it stands there or follows by one step", "high", "figures", figures("absent", "elsewhere")),
    Rule("percent-point", "per cent and percentage points are kept apart", "high", "figures", figures("point")),
    Rule("figure-bound", "up to is kept and never told as at least, nor back", "medium", "figures", figures("bound")),
    Rule("figure-change", "by how much and to what are told apart", "high", "words", changes),
    Rule("figure-swap", "no two figures are exchanged", "high", "words", swaps),
    Rule("figure-owner", "a figure is told of its own rival, benchmark and measure", "high", "words", owners),
    Rule("name", "every name in Latin letters stands in the paper", "medium", "words", names, where=_IN_TEXT),
    Rule("hangul-name", "so does every known name in other letters", "medium", "words", spelled_names, where=_IN_TEXT),
    Rule("language", "the sentence is in the report's language", "medium", "form", language, where=_IN_TEXT),
    Rule("script", "no letters of other scripts, unless the paper has the word", "low", "form", script),
    Rule("garbled", "no broken characters, mixed alphabets or endless repetition", "low", "form", garbled),
    Rule("leftover", "nothing of the prompt, the answer's format or a chat is left", "medium", "form", leftover),
    Rule("markup", "plain text: no links, headings, emphasis, code, TeX", "low", "form", markup),
    Rule("invisible", "no control, zero-width or direction characters", "medium", "form", invisible),
    ORDERS,
)
BY_NAME: dict[str, Rule] = {rule.name: rule for rule in RULES}
CONTESTABLE = frozenset(rule.name for rule in RULES if rule.about == "words")
WITNESSED = frozenset(("figure-value", "figure-unit", "figure-absent", "figure-bound"))
"""What reads figures, of which there are more right forms than code knows: a judge that was told, still finds the line
carried and quotes the figure's words has the last word."""
SAID_ABOVE = frozenset(("figure-bound",))
"""What a note need not say again of a figure that it points back at."""

NO_VERDICT = Check("no-verdict", "the judge named the line", "medium")
NO_EVIDENCE = Check("no-evidence", "the judge gave a sentence of every paper that the line speaks of", "high")
UNSHOWN = Check("no-words", "words of those sentences carry each figure that another could stand for", "high")
SAID_TWICE = Check("said-twice", "no accepted line says the same of its paper, nor another story or group", "low")
CHECKS: tuple[Check, ...] = (NO_VERDICT, NO_EVIDENCE, UNSHOWN, SAID_TWICE)


def check_line(statement: Statement, where: RuleScope = "line") -> tuple[Fault, ...]:
    """What is wrong with a line, in the order of the rules: what can be contested last."""
    statement = statement.model_copy(update={"text": unglossed(statement.text)})
    spoken = statement.language
    here = [rule for rule in RULES if where in rule.where and spoken in (rule.languages or (spoken,))]
    if endless(statement):  # of which `garbled` tells
        here = [rule for rule in here if rule.about == "form"]
    return tuple(
        Fault(rule=rule.name, span=found.span, reason=found.reason)
        for rule in sorted(here, key=lambda rule: rule.name in CONTESTABLE)
        for found in rule.find(statement)
    )


def check_name(statement: Statement, *, own: bool) -> tuple[Fault, ...]:
    """What is wrong with a name that a writer gives to a paper. ``own``: the one that its title begins with, which may
    sound like an order."""
    return tuple(fault for fault in check_line(statement, "called") if not own or fault.rule != ORDERS.name)
