"""What counts the papers of a report, in a line of it: 'the second paper', '12 papers'."""

import re

from domain.languages import find
from domain.tongues import form

one_of_them = form("<boilerplate.one_of_them>", re.IGNORECASE)
_count = form("<boilerplate.counts>", re.IGNORECASE)
_kinds = form("<boilerplate.kinds>", re.IGNORECASE)
"""Into how many parts a report has sorted its papers, where it counts them in the same line."""


def without_counts(text: str, language: str) -> str:
    """A line without what counts the papers of the report, and without addresses and marks before it: nothing that the
    rules could hold against a paper."""
    one, several = find(language).papers
    bare = re.sub(r"^[*†※\s]+|\(?(?:https?://|www\.)[^\s)]+\)?", "", text)
    if _count().search(bare):
        bare = _kinds().sub("", bare)
    return _count().sub(several, one_of_them().sub(one, bare))
