"""What each agent says of its work while it works: sentences on LangGraph's ``custom`` stream.

Studio, the command's live view and the journal of a run show the same ones.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from langgraph.runtime import Runtime

from agents.framer import Frame
from agents.retriever import Catch
from agents.reviewer import Reviewed
from agents.second_look import SecondLook
from domain.assignments import Desk
from domain.exams import Exam
from domain.items import Item
from domain.lines import Draft, Line
from domain.papers import Paper
from domain.reports import Filing, Report
from domain.taxonomy import Taxonomy
from domain.trends import Recollection

AGENTS = {
    "retrieve": "retriever",
    "recall": "historian",
    "classify": "classifier",
    "plan": "editor",
    "examine": "examiner",
    "look": "classifier",
    "trends": "historian",
    "synthesize": "synthesizer",
    "critique": "critic",
    "edit": "editor",
    "settle": "publisher",
    "frame": "frame editor",
    "review": "reviewer",
    "publish": "publisher",
    "remember": "historian",
}
"""Who works at each step."""
_REASONS = 3
"""Told of the lines that are rejected, and of sources that did not answer."""


def tell(runtime: Runtime[Any], step: str, text: str, desk: str | None = None) -> None:
    """``{"agent", "step", "desk", "text"}`` on the stream; ``desk`` by its name, None for the whole day."""
    runtime.stream_writer({"agent": AGENTS[step], "step": step, "desk": desk, "text": text})


def caught(catch: Catch) -> str:
    silent = [f"{h.source} ({h.note})" for h in catch.health if h.state in ("unavailable", "stale")]
    told = f"{_count(len(catch.papers), 'paper')} from {_count(len(catch.health), 'source')}"
    told += f", {len(catch.drops)} records dropped" if catch.drops else ""
    return told + (f"; no answer from {'; '.join(silent[:_REASONS])}" if silent else "")


def recalled(known: Sequence[Recollection], gone: int, days: int) -> str:
    again = sum(1 for one in known if one.first_day)
    near = sum(1 for one in known if one.neighbours)
    told = f"{again} of {len(known)} came on an earlier day, {near} have relatives in memory ({_count(days, 'day')})"
    return told + (f"; {gone} withdrawn" if gone else "")


def classified(filings: Sequence[Filing], taxonomy: Taxonomy) -> str:
    counts = Counter(taxonomy[one.category].name("en") for one in filings)
    most = ", ".join(f"{number} {name}" for name, number in counts.most_common(_REASONS))
    return f"{len(filings)} papers in {len(counts)} categories ({most})" if filings else "nothing to file"


def looked(first: Sequence[Filing], second: SecondLook) -> str:
    if not second.asked:
        return "no filing is doubtful enough to ask a model"
    moved = sum(old.category != new.category for old, new in zip(first, second.filings, strict=True))
    return f"the model was asked about {second.asked} filings and changed {moved}"


def examined(exam: Exam | None, believed: bool) -> str:
    if exam is None:
        return "nobody judges today"
    return f"{exam.in_words}: {'it may judge' if believed else 'it is not believed'}"


def planned(desks: Sequence[Desk], again: int) -> str:
    told = sum(len(desk.papers) for desk in desks)
    return f"{told} papers at {_count(len(desks), 'desk')}, {again} came again"


def trended(facts: int) -> str:
    return f"{_count(facts, 'fact')} of other days"


def written(draft: Draft, paper: Paper) -> str:
    if failure := draft.failures.get(paper.id):
        return f"“{paper.title}” failed: {failure}"
    return f"“{paper.title}” in {_count(len(draft.lines), 'line')}"


def judged(before: Sequence[Line], after: Sequence[Line], where: str) -> str:
    """``3 of 14 claims rejected in Computer Vision: …``; of a second round only what was still open counts."""
    open_ones = [n for n, line in enumerate(before) if line.state == "pending"]
    rejected = [after[n] for n in open_ones if after[n].state != "accepted"]
    added = len(after) - len(before)
    told = f"{len(rejected)} of {len(open_ones)} claims rejected in {where}" if rejected else ""
    told = told or f"all {len(open_ones)} claims accepted in {where}"
    reasons = list(dict.fromkeys(line.objection for line in rejected))
    told += f": {'; '.join(reasons[:_REASONS])}" if reasons else ""
    told += f" (and {len(reasons) - _REASONS} more reasons)" if len(reasons) > _REASONS else ""
    return told + (f"; {_count(added, 'result')} missing" if added else "")


def mended(before: Sequence[Line], after: Sequence[Line], where: str) -> str:
    changed = sum(1 for old, new in zip(before, after, strict=True) if old.text != new.text)
    return f"{_count(changed, 'line')} mended in {where}"


def settled(items: Sequence[Item], kept: int, where: str) -> str:
    quoted = sum(1 for item in items if item.quoted)
    told = f"{_count(len(items) + kept, 'paper')} told in {where}"
    return told + (f", {quoted} of them quoted" if quoted else "")


def framed(frame: Frame) -> str:
    if frame.failure:
        return f"no opening: {frame.failure}"
    if not frame.lines:
        return "no opening: the items stand under their categories"
    lines, groups = _count(len(frame.lines), "line"), _count(len(frame.groups), "group")
    return f"{lines} of opening, picks, threads and titles, {groups}"


def reviewed(how: Reviewed) -> str:
    if how.open:
        return f"{_count(len(how.open), 'line')} of a person sent back: {how.open[0].line.objection}"
    return how.in_words


def published(report: Report, folder: str) -> str:
    return f"{report.status}{': ' if report.reason else ''}{report.reason}, in {folder}"


def named(desk: Desk, taxonomy: Taxonomy) -> str:
    """A desk as its readers know it."""
    return ", ".join(taxonomy[key].name("en") for key in desk.categories)


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
