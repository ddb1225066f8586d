"""Sentences that leave their paper's subject to speak of readers, of this text, of other papers or of the page.

No list of phrases knows every order. But what a paper does not study it has no business to rule on: a sentence that
says what readers, reviewers or summaries ought to do, what became of another paper, or what is wrong with the page, in
an abstract that speaks of none of these elsewhere, is no report of it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple, get_args

from .languages import every
from .orders import FLAGS, QUOTED, visible
from .sieve import Sieve
from .speaking import Theme
from .tongues import any_of, by_languages, union

_SAID: Mapping[Theme, tuple[str, ...]] = {
    "judges": ("ought",),
    "text": ("ought", "wrong", "best"),
    "rivals": ("fate",),
    "page": ("wrong",),
}
"""By theme, what is said of it by a sentence that rules on it; of the others naming them is enough."""
_NEAR = 90
"""Characters between what is spoken of and what is said of it."""


class _Subject(NamedTuple):
    """Something to speak of."""

    named: re.Pattern[str]
    said: re.Pattern[str] | None
    """None where naming it is enough."""
    studied: re.Pattern[str]


@by_languages
def _subjects() -> tuple[_Subject, ...]:
    return tuple(map(_subject, get_args(Theme)))


def _subject(theme: Theme) -> _Subject:
    own = [each.speaking.subjects[theme] for each in every() if theme in each.speaking.subjects]
    said = "|".join(union(f"speaking.{name}") for name in _SAID.get(theme, ()))
    return _Subject(
        named=_any(subject.named for subject in own),
        said=re.compile(said, FLAGS) if said else None,
        studied=_any(subject.studied for subject in own),
    )


def _any(forms: Iterable[str]) -> re.Pattern[str]:
    return re.compile(any_of(forms), FLAGS)


@by_languages
def _leaving() -> Sieve[int]:
    """What names a subject and says something of it, by the place of the subject."""
    return Sieve(
        {
            place: [form.pattern for form in (subject.named, subject.said) if form]
            for place, subject in enumerate(_subjects())
        },
        FLAGS,
    )


def asides(said: Sequence[str], title: str = "") -> tuple[bool, ...]:
    """Of each sentence of an abstract, whether it leaves the subject."""
    plain = [
        QUOTED.sub(" ", visible(text)) if len(QUOTED.sub(" ", text).split()) > 3 else visible(text) for text in said
    ]
    found = [False] * len(plain)
    sieve, subjects = _leaving(), _subjects()
    perhaps = [sieve.left(text) for text in plain]
    for place in set[int]().union(*perhaps):
        subject = subjects[place]
        leaving = [place in places and _near(subject, text) for places, text in zip(perhaps, plain, strict=True)]
        rest = [title, *(text for text, left in zip(plain, leaving, strict=True) if not left)]
        if any(leaving) and not any(subject.studied.search(text) for text in rest):
            found = [a or b for a, b in zip(found, leaving, strict=True)]
    return tuple(found)


def _near(subject: _Subject, text: str) -> bool:
    if not (named := [found.span() for found in subject.named.finditer(text)]):
        return False
    if not subject.said:
        return True
    said = [found.span() for found in subject.said.finditer(text)]
    return any(start - _NEAR <= right and left <= end + _NEAR for left, right in named for start, end in said)
