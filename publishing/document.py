"""A whole page around what a shape puts in the middle: title and status above, the fold below."""

from collections.abc import Iterable

from .escape import lone
from .fold import fold
from .page import Page
from .status import status
from .words import TITLE


def document(page: Page, body: Iterable[str]) -> str:
    """The page as one Markdown text, the same bytes for the same report.

    Raises KeyError where a claim or a list names a paper that the report does not hold.
    """
    report, w = page.report, page.words
    middle = list(body) if report.papers else [w.nothing[report.status]]
    head = [f"# {TITLE}", status(page, middle)]
    if report.quoted:
        written = any(cause.kind == "quoted" for cause in report.causes)
        head.append(f"*{w.not_written if written else w.would_add}*")
    lines = "\n\n".join([*head, *middle, *fold(page)]).split("\n")
    return "\n".join(map(lone, lines)) + "\n"
