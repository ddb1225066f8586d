"""Which remembered papers the taxonomy, as it stands, would file elsewhere."""

from collections.abc import Callable, Mapping, Sequence, Set

from agents.classifier import UNSURE_BELOW, Classifier
from agents.second_look import LOOK_BELOW
from domain.papers import Paper, title_key
from domain.reports import Filing
from domain.value import Value

_CHUNK = 256
"""Papers that are classified between two signs of progress."""


class Move(Value):
    """One paper that would be filed elsewhere."""

    paper: Paper
    before: Filing
    after: Filing


def moves(
    filed: Sequence[tuple[Paper, Filing]], classifier: Classifier, watch: Callable[[int, int], None]
) -> list[Move]:
    """The papers that would be filed elsewhere, in the order in which they are given.

    A category that no longer exists gives up all its papers. Otherwise a paper moves where the classifier is sure of
    another category, or takes a guess at one that the classifier which filed the paper did not have; a guess between
    old categories would be as good as the one that stands, and only make the trends drift. What this very classifier
    decided stands, and so does what a model decided where the classifier is still unsure. The records of one work, by
    title, move together. ``watch`` is told how many works of how many are done.
    """
    works: dict[str, list[tuple[Paper, Filing]]] = {}
    # What a classifier ever chose stands for what it could choose.
    choices: dict[str, set[str]] = {}
    for paper, filing in filed:
        works.setdefault(title_key(paper.title), []).append((paper, filing))
        choices.setdefault(filing.decided_by, set()).add(filing.category)
    due = [
        records
        for records in works.values()
        if any(f.decided_by != classifier.name or f.category not in classifier.taxonomy for _, f in records)
    ]
    found: list[Move] = []
    for start in range(0, len(due), _CHUNK):
        chunk = due[start : start + _CHUNK]
        for records, ranking in zip(chunk, classifier.rank([records[0][0] for records in chunk]), strict=True):
            # The first record is the one that the work was filed by.
            after = _decide(records[0][1], ranking[0], choices, classifier)
            found += [
                Move(paper=paper, before=before, after=after.model_copy(update={"paper_id": paper.id}))
                for paper, before in records
                if before.category != after.category
            ]
        watch(min(start + _CHUNK, len(due)), len(due))
    return found


def _decide(
    before: Filing, likeliest: tuple[str, float], choices: Mapping[str, Set[str]], classifier: Classifier
) -> Filing:
    category, certainty = likeliest
    by_classifier = before.decided_by.startswith("classifier@")
    new = by_classifier and category not in choices[before.decided_by]
    sure = UNSURE_BELOW if by_classifier else LOOK_BELOW  # where a model is asked, it is not overruled
    stands = before.decided_by == classifier.name or (certainty < sure and not new)
    if before.category in classifier.taxonomy and stands:
        return before
    return Filing(paper_id=before.paper_id, category=category, certainty=certainty, decided_by=classifier.name)
