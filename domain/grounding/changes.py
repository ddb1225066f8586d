"""By how much and to what something changed, and from what: a figure of the one is not told as the other."""

import re
from collections.abc import Iterator

from domain.languages import every
from domain.readings import ChangeCues
from domain.tongues import by_languages, spoken

from .compare import carries
from .quantities import quantities
from .quantity import Quantity, exact
from .statement import Found, Statement

_Forms = tuple[tuple[str, re.Pattern[str]], ...]


@by_languages
def _forms() -> dict[str, tuple[_Forms, _Forms]]:
    """What each language says before a figure, and behind it."""
    return {each.code: (_compiled(each.readings.change_before), _compiled(each.readings.change)) for each in every()}


def _compiled(change: ChangeCues) -> _Forms:
    return tuple((part, re.compile(form, re.IGNORECASE)) for part, form in change._asdict().items())


def changes(statement: Statement) -> Iterator[Found]:
    """A figure by which something changed is not told as what it came to, or came from; nor back."""
    given = [(sentence, quantities(sentence, source=True)) for cited in statement.cited for sentence in cited.sentences]
    for figure in quantities(statement.text):
        own = part(statement.text, figure)
        if not own or figure.kind == "multiple" or not exact(figure):
            continue
        theirs = {part(text, q) for text, held in given for q in held if carries(figure, q)}
        if len(theirs) == 1 and (other := theirs.pop()) and other != own:
            yield Found(
                figure.text, f"told as what it changed {own}; the cited sentence has it as what it changed {other}"
            )


def part(text: str, figure: Quantity) -> str | None:
    """What a figure is in a change: what something changed ``by``, ``to`` or from (``origin``), what went ``away`` or
    was ``left``; None where the text does not say."""
    head = text[max(0, figure.start - 110) : figure.start]
    for language in spoken(text):
        before, behind = _forms()[language.code]
        said = (
            *((name, form.search(head)) for name, form in before),
            *((n, f.match(text, figure.end)) for n, f in behind),
        )
        if found := next((name for name, match in said if match), None):
            return "from" if found == "origin" else found
    return None
