"""What can be counted on one published page, from its data and its Markdown."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Literal

from domain.claims import Claim
from domain.grounding.quantities import quantities
from domain.grounding.quantity import Quantity
from domain.grounding.rules import BY_NAME, check_line
from domain.grounding.statements import statement_of
from domain.headlines import Headline, carried, headlines
from domain.items import Change
from domain.languages import find
from domain.papers import title_key
from domain.repeats import duplicates
from domain.reports import Report
from domain.sentences import sentences
from domain.terms import occurring
from domain.value import Value
from prompts.terms import load_terms
from publishing.status import minutes

from .as_read import as_read, unfolded

_OFTEN = 2
"""Times that a page may tell one figure."""
_CLOSING = " .!?…\"'”’)]*"
_MARKS = re.compile(r"^(?:#+|>|[-*]|\d+\.)\s+|[*_>]")
_WHY = (
    ("reads in two ways", r"misread|reads? as|can be read|two ways|ambiguous|no (?:object|subject)"),
    ("said twice", r"says this already|twice|repeat"),
    ("no evidence", r"nothing carries|no sentence|not said|not say|no verdict|not stated|not supported|no cited"),
    ("figures", r"figures?\b|percent|per cent|units?\b|numbers?\b|arithmetic|the text says"),
    ("cause, aim or rank", r"cause|because|\baims?\b|rank|reason|likeness|mechanism"),
    (
        "strength",
        r"as fact|suggest|indicate|\bmay\b|\bsome\b|up to|about|at least|often|always|various|best|competitive",
    ),
    ("several papers", r"several|both|each of|papers|thread"),
    ("attribution", r"authors?\b|praise|belief"),
    ("scope", r"scope|benchmark|task|setting|only|at large|not any|baseline|said of|initial|existing"),
    ("names and terms", r"\bnames?\b|\bterms?\b|' is '|\bwords?\b"),
)
"""Kinds of reasons that the critic and the rules give in English, by their words; the first that fits. A guess at free
text: good for comparing days, not for judging one line."""

FigurePlace = Literal["headline", "sentence", "other"]
"""``headline``: a hook or a title of a story. ``other``: bullets, rows, picks and what the papers themselves say."""


class PageMeasures(Value):
    """The figures of one page; every tuple names what it counts."""

    day: str
    language: str
    status: str
    characters: int
    """Of Markdown as it is read: without folds, comments, pictures, tags and addresses."""
    minutes: int
    items: int
    notes: int
    figures_often: tuple[str, ...]
    """Told more than twice of one paper, by value and unit."""
    sentences_twice: tuple[str, ...]
    headlines: int
    """Headline figures of the abstracts of papers that are told."""
    headlines_lost: tuple[str, ...]
    figures_wrong: tuple[str, ...]
    """Figures in print that the cited sentences do not carry."""
    faults: tuple[str, ...]
    """Whatever the critic's rules still find in print, figures too. A judge may have let a name pass."""
    without_result: tuple[str, ...]
    mended: dict[str, int]
    dropped: dict[str, int]
    added: int
    """Main results that the critic asked for."""
    terms: int
    """Explained on the page."""
    terms_unexplained: tuple[str, ...]
    """Of the list, not known to most readers, and explained neither behind the word nor at the end."""
    register_mixed: tuple[str, ...]


def measure(report: Report, markdown: str) -> PageMeasures:
    read = as_read(markdown)
    found, lost = _headlines(report)
    faults = tuple(_faults(report))
    mended = [change for change in report.changes if change.before and change.after]
    dropped = [change for change in report.changes if not change.after]
    return PageMeasures(
        day=report.day.isoformat(),
        language=report.language,
        status=report.status,
        characters=len(read),
        minutes=minutes([unfolded(markdown)]),
        items=len(report.items),
        notes=sum(len(item.of("note")) for item in report.items),
        figures_often=tuple(f"{text}: {count} times" for _, text, count in often(report)),
        sentences_twice=tuple(_twice(read, report)),
        headlines=found,
        headlines_lost=lost,
        figures_wrong=tuple(text for text, figure in faults if figure),
        faults=tuple(text for text, _ in faults),
        without_result=tuple(_name(report, i.paper_id) for i in report.items if not i.of("result")),
        mended=_kinds(mended),
        dropped=_kinds(dropped),
        added=sum(not change.before for change in report.changes),
        terms=len(report.terms),
        terms_unexplained=_unexplained(report),
        register_mixed=tuple(_mixed(report)),
    )


def told(report: Report) -> Iterator[tuple[FigurePlace, Claim]]:
    """The claims of a page, each with how it is worded."""
    for story in (*report.opening, *report.threads):
        # What opens a page is told in sentences; in reports of before it had headlines, which end without a stop.
        sentence = story in report.opening and story.headline.text.rstrip().endswith((".", "!", "?"))
        yield ("sentence" if sentence else "headline"), story.headline
        if story.text:
            yield "sentence", story.text
    for pick in report.picks:
        if pick.why:
            yield "other", pick.why
    for item in report.items:
        for claim in item.claims:
            if item.quoted or claim.form != "sentence":
                yield "other", claim
            else:
                yield ("headline" if claim.role == "hook" else "sentence"), claim
    for paper in report.returning:
        if paper.line:
            yield "other", paper.line
    for claim in report.flow:
        yield "sentence", claim


def often(report: Report) -> Iterator[tuple[str, str, int]]:
    """(paper id, figure, times) of figures that are told more than twice of one paper."""
    counts: Counter[tuple[str, str, float, str]] = Counter()
    shown: dict[tuple[str, str, float, str], str] = {}
    for _, claim in told(report):
        for figure in filter(_telling, quantities(claim.text)):
            for paper_id in {evidence.paper_id for evidence in claim.evidence}:
                if _carried_by(figure, paper_id, claim):
                    key = (paper_id, figure.kind, figure.value, figure.dimension)
                    counts[key] += 1
                    shown[key] = f"{figure.text.strip()} ({_name(report, paper_id)})"
    yield from ((key[0], shown[key], count) for key, count in counts.items() if count > _OFTEN)


def _telling(figure: Quantity) -> bool:
    """A result or a size, not 'two' or a year."""
    if figure.kind in ("percent", "point", "multiple"):
        return not figure.word
    return figure.kind == "count" and (figure.scaled or bool(figure.dimension) or figure.value >= 10)


def _carried_by(figure: Quantity, paper_id: str, claim: Claim) -> bool:
    """Of a claim on several papers: whether this one's sentences have the number."""
    if len({evidence.paper_id for evidence in claim.evidence}) == 1:
        return True
    held = (q for e in claim.evidence if e.paper_id == paper_id for q in quantities(e.quote, source=True))
    return any(figure.value in (q.value, q.raw) for q in held)


def _twice(read: str, report: Report) -> Iterator[str]:
    """Sentences that the page prints twice; a paper's own title may stand in an index and over its block."""
    titles = {title_key(paper.title) for paper in report.papers} | {title_key(item.name) for item in report.items}
    lines = (_MARKS.sub("", line).strip() for line in read.splitlines())
    found = [s for line in lines for s in sentences(line) if title_key(s) not in titles and len(s.split()) >= 4]
    yield from (found[place] for place, _ in duplicates(found))


def _headlines(report: Report) -> tuple[int, tuple[str, ...]]:
    """How many headline figures the abstracts of the told papers have, and which of them no claim about them says."""
    figures = headlines_of(report)
    lost = [f"{headline.counts} ({_name(report, id)})" for id, headline, said in figures if not said]
    return len(figures), tuple(lost)


def headlines_of(report: Report) -> list[tuple[str, Headline, bool]]:
    """(paper id, headline figure of its abstract, whether a claim about it says that) of all papers that are told."""
    about: dict[str, list[str]] = {}
    for _, claim in told(report):
        for paper_id in {evidence.paper_id for evidence in claim.evidence}:
            about.setdefault(paper_id, []).append(claim.text)
    return [
        (item.paper_id, headline, carried(headline, about.get(item.paper_id, [])))
        for item in report.items
        for headline in headlines(sentences(report.paper(item.paper_id).abstract))
    ]


def _name(report: Report, paper_id: str) -> str:
    item = report.item(paper_id)
    return (item.name if item else "") or report.paper(paper_id).title


def _faults(report: Report) -> Iterator[tuple[str, bool]]:
    """What the rules find in the written claims, and whether it is a figure."""
    quoted = {item.paper_id for item in report.items if item.quoted}
    for _, claim in told(report):
        if quoted & {evidence.paper_id for evidence in claim.evidence} or not claim.evidence:
            continue
        shown = statement_of(claim, report.papers, report.facts, report.language)
        for fault in check_line(shown):
            yield f"{fault.rule} {fault.span!r}: {claim.text}", BY_NAME[fault.rule].about == "figures"


def _kinds(changes: Iterable[Change]) -> dict[str, int]:
    """How many changes have a reason of each kind, most first."""
    return dict(Counter(reason_kind(change.why) for change in changes).most_common())


def reason_kind(why: str) -> str:
    """The kind of a critic's or a rule's reason, by its words."""
    return next((kind for kind, words in _WHY if re.search(words, why, re.IGNORECASE)), "other")


def _unexplained(report: Report) -> tuple[str, ...]:
    texts = [" ".join(c.text for c in (s.headline, s.text) if c) for s in (*report.opening, *report.threads)]
    texts += [" ".join(claim.text for claim in item.claims) for item in report.items if not item.quoted]
    explained = {term.meaning for term in report.terms}
    found = occurring(texts, load_terms(report.language))
    return tuple(o.name for o in found if not (o.explained or o.entry.familiar or o.entry.means in explained))


def _mixed(report: Report) -> Iterator[str]:
    """Sentences that do not end as those of the language do (-니다, -니까), headlines that do or that end in no other
    way (-다)."""
    language = find(report.language)
    if not (tone := language.tone):
        return
    for place, claim in told(report):
        for said in sentences(claim.text) if place == "sentence" else [claim.text]:
            words = said.rstrip(_CLOSING)
            if not language.letters.search(words):
                continue
            polite = words.endswith(tone.sentences)
            if (place == "sentence" and not polite) or (
                place == "headline" and (polite or not words.endswith(tone.headlines))
            ):
                yield f"{place}: {said}"
