"""Sentences that have nothing in common with their paper and do not read like a report of it.

Whoever slips a sentence into an abstract to be repeated seldom speaks of its subject. What shares no word of substance
with the title or any other sentence, and is told in no form in which papers report, carries nothing: it may well be
honest, but nothing is lost with it.
"""

import re
from collections.abc import Callable, Sequence

from .orders import visible
from .speech import COMMON, SPOKEN, stems, strength, unquoted

_MILD = -5.5
"""Log odds of speech from which on a sentence has to read like a report: of the sentences of real abstracts that share
no word with theirs, one in five."""
_LONG = 6
"""Sentences from which on an abstract has words enough to share; of a shorter one those that many papers have count."""
_SHORTEST = 4
_VERB = r"""(?:add|propos|present|introduc|show|find|found|evaluat|demonstrat|develop|stud(?:y|ied)|investigat|explor
    |analy|train|test|describ|address|achiev|outperform|improv|reveal|highlight|suggest|indicat|provid|establish|extend|buil[dt]
    |design|conduct|compar|validat|appl[yi]|us(?:e|ing)|observ|discuss|examin|argue|prov|derive|report|identif|construct|collect
    |formulat|releas|aim|focus|leverag|employ|enabl|allow|offer|reduc|combin|integrat|mitigat|captur|support|confirm|remain
    |outlin|review|survey|quantif|measur|open|yield|requir|treat|preserv|avoid|eliminat|lead|facilitat|contribut|deliver
    |underscor|uncover|fine-tun|adapt|generat|learn|track|marks|limit|rel(?:y|ies)|rais|cause)"""
_REPORT = re.compile(
    rf"""\b(?:we|(?:this|these|our|the\s(?:proposed|resulting))\s(?:[\w-]+\s){{0,4}}?|this|these)\s?
        (?:\w+ly\s|also\s|further\s|then\s|first\s|here\s|can\s)*{_VERB}\w*
    | \b(?:experiment|evaluation|result|finding|stud(?:y|ies)|analys|simulation|approach|method|framework|model
        |algorithm|system|technique|dataset|task|benchmark|test|module|network|validation)\w*\b[^.;:]{{0,60}}
        \b(?:show|demonstrat|outperform|achiev|improv|reveal|suggest|indicat|confirm|validat|verif|require|rely|relies
        |lack|suffer|fail|struggle|reduc|enabl|conducted|produc|consist|employ|us(?:es|ing)|based)\w*
    | ^\W*(?:however|specifically|moreover|furthermore|additionally|in\saddition
        |to\s(?:this\send|address|tackle|overcome|mitigate|bridge|solve|evaluate)|finally
        |in\sthis\s(?:paper|work|study|article)|by\s\w+ing|while|although|despite|recent|existing|current|traditional
        |notably|unlike|meanwhile|consequently|therefore|thus|as\sa\sresult|during|at\s(?:inference|test\stime)|central
        |each)\b
    | ^\W*(?:introduction|background|methods?|results?|conclusions?|objectives?)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_FOREIGN = re.compile(r"[^\x00-\u024f\u0370-\u03ff\u2000-\u2bff]")
_LITTLE = frozenset(
    """
    acros after also althou among becaus becomi becom before betwee both despit during each either even from first four
    furthe fully given have howeve http into like many make making more moreov most only often other over overal paper
    rather same second severa should since some still such than that their them then thereb these they though three
    throug time togeth toward under unlike upon used using very well were when where whethe which while widely will wise
    with within withou highli higher high better lower level allow enable provid offer based
    """.split()
)
"""Beginnings of words that tie nothing to anything."""


def remarks(said: Sequence[str], title: str, alone: Callable[[str], bool]) -> tuple[bool, ...]:
    """Of each sentence of an abstract, whether it is one. ``alone``: whether a sentence would be taken for speech in an
    abstract that studies nothing of the kind."""
    if len(said) < _SHORTEST:
        return (False,) * len(said)
    held = [_substance(text, short=len(said) < _LONG) for text in (title, *said)]
    found: list[bool] = []
    for n, text in enumerate(said, start=1):
        tied = any(not held[n].isdisjoint(other) for place, other in enumerate(held) if place != n)
        found.append(not tied and (alone(text) or _is_strange(text)))
    return tuple(found)


def _is_strange(text: str) -> bool:
    bare = unquoted(visible(text))
    return not _FOREIGN.search(bare) and not _REPORT.search(bare) and strength(bare) > _MILD


def _substance(text: str, *, short: bool) -> frozenset[str]:
    passed = COMMON & SPOKEN if short else COMMON
    return frozenset(stems(text)) - passed - _LITTLE
