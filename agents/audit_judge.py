"""Judges the lines of a foreign report: by the critic, in two rounds, or by the rules alone."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence

from domain.audits import SEVERITIES, Objection, Verdict, fault_kind, severity_of
from domain.claims import Evidence
from domain.grounding import rules
from domain.grounding.statement import Cited, Statement
from domain.lines import Line
from domain.papers import Paper
from models.llm import LLM, ModelFailed, StopRun

from .counts import without_counts
from .critic import critique
from .editor import edit

PAPERS_AT_ONCE, ACROSS, LINES_AT_ONCE = 4, 12, 40
"""In one call: papers whose own lines are judged, papers of lines that are about several, and lines."""


async def judge(lines: Sequence[Line], papers: Mapping[str, Paper], *, language: str, llm: LLM) -> list[Verdict]:
    """A verdict on each line, in order. Lines of a call that failed are unjudged, with the reason."""
    found: dict[int, Verdict] = {n: _unplaced() for n, line in enumerate(lines) if not line.papers}
    found |= {n: quoted for n, line in enumerate(lines) if (quoted := _quotation(line, papers))}
    first = {_said(line): n for n, line in reversed(list(enumerate(lines))) if n not in found}
    groups = batches({n: lines[n].papers for n in sorted(first.values())})
    told = await asyncio.gather(*(_in_two_rounds([lines[n] for n in ns], papers, language, llm) for ns in groups))
    found |= {
        n: verdict for ns, verdicts in zip(groups, told, strict=True) for n, verdict in zip(ns, verdicts, strict=True)
    }
    # What a report says again, of the same papers, was judged once.
    return [found[n] if n in found else found[first[_said(line)]] for n, line in enumerate(lines)]


def by_rules(lines: Sequence[Line], papers: Mapping[str, Paper], *, language: str, why: str) -> list[Verdict]:
    """What the rules alone find; ``why`` is said of lines on which they find nothing."""
    return [
        _unplaced() if not line.papers else _quotation(line, papers) or _by_rules(line, papers, language, why)
        for line in lines
    ]


def batches(lines: Mapping[int, Sequence[str]]) -> list[list[int]]:
    """Which lines are judged in one call, by number: those of some papers together, then those across.

    ``lines``: the papers of each, in reading order.
    """
    alone = list(dict.fromkeys(papers[0] for papers in lines.values() if len(papers) == 1))
    homes = [frozenset(alone[n : n + PAPERS_AT_ONCE]) for n in range(0, len(alone), PAPERS_AT_ONCE)]
    at_home: dict[frozenset[str], list[int]] = {home: [] for home in homes}
    across: list[tuple[set[str], list[int]]] = []
    for number, papers in lines.items():
        home = next((home for home in homes if home.issuperset(papers)), None)
        if home is not None:
            at_home[home].append(number)
            continue
        for spoken_of, held in across:
            if len(spoken_of.union(papers)) <= max(ACROSS, len(papers)):
                spoken_of.update(papers)
                held.append(number)
                break
        else:
            across.append((set(papers), [number]))
    return [part for held in (*at_home.values(), *(held for _, held in across)) for part in _parts(held)]


def _parts(numbers: list[int]) -> Iterator[list[int]]:
    """As few even parts as the size of a call allows."""
    count = -(-len(numbers) // LINES_AT_ONCE)
    for part in range(count):
        yield numbers[len(numbers) * part // count : len(numbers) * (part + 1) // count]


async def _in_two_rounds(lines: Sequence[Line], papers: Mapping[str, Paper], language: str, llm: LLM) -> list[Verdict]:
    """The lines judged, then what was mended or stopped by a rule judged again."""
    about = tuple(papers[id] for id in dict.fromkeys(id for line in lines for id in line.papers))

    async def ask(pending: Sequence[Line]) -> tuple[Line, ...]:
        found = await critique(pending, about, about="audit", language=language, llm=llm, foreign=True)
        return found[: len(pending)]

    try:
        first = await ask(lines)
    except (ModelFailed, StopRun) as failure:
        return [Verdict(standing="unjudged", why=str(failure)) for _ in lines]
    try:
        last = await ask(edit(first))
    except (ModelFailed, StopRun):
        last = first
    return [_verdict(*states) for states in zip(lines, first, last, strict=True)]


def _verdict(line: Line, first: Line, last: Line) -> Verdict:
    """What two rounds say of a line: the first one whether it is right, the second whether its mending is."""
    if first.state == "accepted" or first.rule == rules.SAID_TWICE.name:
        return Verdict(standing="ok", evidence=first.evidence)
    if not first.proposal:  # it was dropped; or a rule objected, or no verdict came, and the judge looked again
        return _second(line, last)
    if last.state == "dropped" and last.rule != rules.SAID_TWICE.name:
        return _refused(line, first.objection)
    if _bare(first.proposal) == _bare(line.text):
        return Verdict(standing="unjudged", why="the judge would mend it, and changed nothing")
    kind, why = fault_kind(first.objection)
    return Verdict(
        standing="mended",
        evidence=last.evidence or first.evidence,
        mended=last.text if last.state == "accepted" else last.proposal or first.proposal,
        confirmed=last.state == "accepted" or last.rule == rules.SAID_TWICE.name,
        why=why,
        kind=kind,
        severity=severity_of(kind, line.role, dropped=False),
    )


def _second(line: Line, last: Line) -> Verdict:
    if last.state == "accepted" or last.rule == rules.SAID_TWICE.name:
        return Verdict(standing="ok", evidence=last.evidence)
    if last.state == "dropped":
        return _refused(line, last.objection)
    if last.proposal:
        kind, why = fault_kind(last.objection)
        severity = severity_of(kind, line.role, dropped=False)
        return Verdict(
            standing="mended", evidence=last.evidence, mended=last.proposal, why=why, kind=kind, severity=severity
        )
    if last.rule in (rules.NO_VERDICT.name, rules.NO_EVIDENCE.name):
        return Verdict(standing="unjudged", why=last.objection)
    objection = Objection(rule=last.rule, span="", reason=last.objection)
    why = "a rule objects, and the judge finds it carried"
    return Verdict(standing="objected", why=why, severity="low", objections=(objection,))


def _refused(line: Line, objection: str) -> Verdict:
    kind, why = fault_kind(objection)
    return Verdict(standing="dropped", why=why, kind=kind, severity=severity_of(kind, line.role, dropped=True))


def _by_rules(line: Line, papers: Mapping[str, Paper], language: str, why: str) -> Verdict:
    """A line against all sentences of all papers that it may be about: what is in none of them is wrong."""
    about = [papers[id] for id in line.papers]
    statement = Statement(
        text=without_counts(line.text, language),
        language=language,
        kind=line.claim.kind,
        cited=tuple(
            Cited(title=one.title, abstract=one.abstract, sentences=(one.title, *(text for _, text in one.evidence)))
            for one in about
        ),
    )
    found = tuple(
        Objection(rule=fault.rule, span=fault.span, reason=fault.reason)
        for fault in dict.fromkeys(rules.check_line(statement, "audit"))
    )
    if not found:
        return Verdict(standing="unjudged", why=why)
    gravest = min(found, key=lambda one: SEVERITIES.index(rules.BY_NAME[one.rule].severity))
    severity = rules.BY_NAME[gravest.rule].severity
    return Verdict(standing="objected", why=gravest.reason, severity=severity, objections=found)


def _quotation(line: Line, papers: Mapping[str, Paper]) -> Verdict | None:
    """Right by itself: a sentence of a paper, or a part of one, word for word."""
    said = line.text.strip(" \"'“”‘’").casefold()
    if len(said.split()) < 4:
        return None
    for id in line.papers:
        for place, text in ((0, papers[id].title), *papers[id].evidence):
            if said in text.casefold():
                return Verdict(standing="ok", evidence=(Evidence(paper_id=id, sentence=place, quote=text),))
    return None


def _unplaced() -> Verdict:
    return Verdict(standing="unplaced", why="no paper was found that it may be about")


def _said(line: Line) -> tuple[str, frozenset[str]]:
    return _bare(line.text), frozenset(line.papers)


def _bare(text: str) -> str:
    return "".join(c for c in text.casefold() if c.isalnum())
