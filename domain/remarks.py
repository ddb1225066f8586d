"""Sentences that have nothing in common with their paper and do not read like a report of it.

Whoever slips a sentence into an abstract to be repeated seldom speaks of its subject. What shares no word of substance
with the title or any other sentence, and is told in no form in which papers report, carries nothing: it may well be
honest, but nothing is lost with it.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence

from .languages import every
from .orders import FLAGS, visible
from .speech import louder, model, stems, strength, unquoted
from .tongues import by_languages, form

_MILD = -5.5
"""Log odds of speech from which on a sentence has to read like a report: of the sentences of real abstracts that share
no word with theirs, one in five."""
_SHORTEST = 4
_reports = form("<speaking.reports>", FLAGS)
_FOREIGN = re.compile(r"[^\x00-\u024f\u0370-\u03ff\u2000-\u2bff]")


@by_languages
def _no_ties() -> frozenset[str]:
    return frozenset(stem for each in every() for stem in each.speaking.no_ties)


def remarks(said: Sequence[str], title: str, alone: Callable[[str], bool]) -> tuple[bool, ...]:
    """Of each sentence of an abstract, whether it is one. ``alone``: whether a sentence would be taken for speech in an
    abstract that studies nothing of the kind."""
    if len(said) < _SHORTEST:
        return (False,) * len(said)
    held = [_substance(text) for text in (title, *said)]
    times = Counter(stem for stems_of_one in held for stem in stems_of_one)
    return tuple(
        all(times[stem] == 1 for stem in own) and (alone(text) or _is_strange(text))
        for text, own in zip(said, held[1:], strict=True)
    )


def _is_strange(text: str) -> bool:
    bare = unquoted(visible(text))
    return not _FOREIGN.search(bare) and not _reports().search(bare) and strength(bare) > _MILD + louder(bare)


def _substance(text: str) -> frozenset[str]:
    """The stems that tie a sentence to its paper: not those that many papers have and speech has as well."""
    common, spoken = model().common, model().spoken
    return frozenset(stem for stem in stems(text) if stem not in common or stem not in spoken) - _no_ties()
