"""The line under the title: which day this is, how much there is, what is missing, and what it rests on."""

import re
from collections.abc import Iterable, Iterator

from domain.languages import every
from domain.reports import Cause

from .escape import escape
from .page import Page
from .words import PageWords, counted

_WORDS = 200
"""Latin ones that are read in a minute: technical prose, read to be understood."""
_NAMED = 3
"""Papers that are named where many have the same fault; each is marked at its own place too."""


def status(page: Page, body: Iterable[str]) -> str:
    """The status line. ``body``: the blocks that are read, for the time that it takes."""
    report, w = page.report, page.words
    parts = [w.day(report.day)]
    if report.papers:
        numbers = [counted(w.new, len(page.new))] if page.new else []
        numbers += [counted(w.returning_count, len(report.returning))] if report.returning else []
        parts += [", ".join(numbers), counted(w.minutes, minutes(body))]
    parts += [escape(" · ".join(missing(page)))] if report.status != "complete" else []
    if page.told:
        parts += footing(page)
    return " · ".join(filter(None, parts))


def footing(page: Page) -> tuple[str, ...]:
    """On what the page rests, and that it was held against it."""
    return (page.words.quoted,) if page.report.quoted else (page.words.written, page.words.checked)


def minutes(body: Iterable[str]) -> int:
    """How long the blocks take to read, at least one minute; what is folded away does not count."""
    text = re.sub(r"<details>.*?</details>|<[^>]*>|\]\([^)]*\)", " ", "\n".join(body), flags=re.DOTALL)
    others = [each for each in every() if not each.latin]
    letters = sum(len(run) / each.pace for each in others for run in each.letters.findall(text))
    return max(1, round(letters + len(re.findall(r"[A-Za-z][\w'’-]*", text)) / _WORDS))


def missing(page: Page) -> Iterator[str]:
    """What is missing, in the page's own words, as plain text; reasons on record are for the fold."""
    report, w = page.report, page.words
    if not report.causes:
        yield w.incomplete[report.status]
    by_kind: dict[str, list[Cause]] = {}
    for cause in report.causes:
        by_kind.setdefault(cause.kind, []).append(cause)
    for causes in by_kind.values():
        kind = causes[0].kind
        if kind == "quoted" and report.quoted:
            continue  # said of the whole page
        names = [name for cause in causes for name, _ in cause.about]
        if kind in ("missing", "unwritten", "quoted"):
            shown = [page.category_name(name) if name in page.taxonomy else name for name in names]
        else:
            shown = [w.source(name) for name in names]
        yield w.causes[kind].format(names=_listed(shown, w, few=kind == "quoted"))


def _listed(names: list[str], words: PageWords, *, few: bool) -> str:
    names = list(dict.fromkeys(names))
    cut = names[:_NAMED] if few and len(names) > _NAMED + 1 else names
    more = [counted(words.more_papers, len(names) - len(cut))] if len(cut) < len(names) else []
    return ", ".join([*cut, *more])
