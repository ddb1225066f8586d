"""Files drafts as sections, and puts the report and its receipt together. Same values in, same report out."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import prompts
from domain.assignments import Assignment
from domain.claims import PARTS, Brief, Claim, Draft, Part, claim
from domain.critiques import Critique
from domain.papers import Paper
from domain.reports import (
    Drop,
    Filing,
    Gap,
    Health,
    Proposal,
    Receipt,
    Report,
    Section,
    Step,
    Usage,
    decide_status,
    reason,
)
from domain.taxonomy import Taxonomy
from domain.trends import DayRow, Fact
from publishing import files, layout


def file(
    assignment: Assignment, draft: Draft, critique: Critique, brief: Brief, *, revisions: int, extractive: bool
) -> Section:
    """The section with only what the critic passed; what it did not pass is counted, with the reason."""
    passed = set(critique.passed)
    # By place too: a sentence that is said twice passes once.
    rejected = {(r.part, r.place) for r in critique.rejections}
    filed: dict[Part, list[Claim]] = {part: [] for part in PARTS}
    for part, place, statement in draft.statements():
        resolved = claim(statement, brief)
        # Checked again here, whatever the loop decided: a claim without evidence is not printed.
        if statement in passed and (part, place) not in rejected and (resolved.evidence or resolved.facts):
            filed[part].append(resolved)
    dropped = tuple(
        Drop(
            step=f"critique/{assignment.category}",
            what=rejection.statement.text,
            reason="; ".join(f"{fault.rule}: {fault.reason}" for fault in rejection.faults),
        )
        for rejection in critique.rejections
    )
    unwritten = tuple(
        Drop(
            step=f"file/{assignment.category}",
            what=paper.title,
            reason="no finding about it passed the critic; it is listed without one",
        )
        for paper in brief.papers
        if not any(e.paper_id == paper.id for c in filed["findings"] for e in c.evidence)
    )
    return Section(
        category=assignment.category,
        papers=tuple(p.id for p in assignment.papers),
        headline=filed["headline"][0] if filed["headline"] else None,
        themes=tuple(filed["themes"]),
        keywords=tuple(filed["keywords"]),
        findings=tuple(filed["findings"]),
        trend=tuple(filed["trend"]),
        impact=tuple(filed["impact"]),
        outlook=tuple(filed["outlook"]),
        also=assignment.also,
        repeats=assignment.repeats,
        extractive=extractive,
        facts=assignment.facts,
        drops=(*dropped, *unwritten),
        revisions=revisions,
    )


def compose(
    day: date,
    language: str,
    model: str,
    *,
    quotes: bool,
    papers: Sequence[Paper],
    health: Sequence[Health],
    filings: Sequence[Filing],
    proposals: Sequence[Proposal],
    assignments: Sequence[Assignment],
    sections: Sequence[Section],
    gaps: Sequence[Gap],
    overview: Sequence[Claim],
    trend: Sequence[Claim],
    facts: Sequence[Fact],
    history: Sequence[DayRow],
    taxonomy: Taxonomy,
) -> Report:
    """The whole day. A category with nothing new to synthesise still lists its papers and repeats.

    ``quotes``: the model was meant to write nothing of its own, so that quoted sections are no loss.
    """
    written: dict[str, Section] = {s.category: s for s in sections}
    lost = {g.category for g in gaps}
    listed = {
        a.category: Section(category=a.category, papers=(), also=a.also, repeats=a.repeats, facts=a.facts)
        for a in assignments
        if a.category not in written and a.category not in lost
    }
    by_category: Mapping[str, Section] = {**listed, **written}
    ordered = tuple(by_category[key] for key in taxonomy.order(by_category))
    synthesised = [s for s in ordered if s.papers]
    fallen_back = [s.category for s in synthesised if s.extractive and not quotes]
    bare = [s.category for s in synthesised if not s.findings]
    status, causes = decide_status(health, len(papers), gaps, len(written), fallen_back, bare)
    return Report(
        day=day,
        language=language,
        status=status,
        reason=reason(causes),
        causes=causes,
        model=model,
        extractive=bool(synthesised) and all(s.extractive for s in synthesised),
        overview=tuple(overview),
        sections=ordered,
        gaps=tuple(sorted(gaps, key=lambda g: taxonomy.order(lost).index(g.category))),
        papers=tuple(papers),
        filings=tuple(filings),
        proposals=tuple(proposals),
        health=tuple(health),
        facts=tuple(facts),
        trend=tuple(trend),
        # Which papers spoke of which topic stays with the memory: the report shows categories.
        history=tuple(row.model_copy(update={"topics": ()}) for row in history),
    )


def receipt(
    report: Report,
    *,
    records: int,
    drops: Sequence[Drop],
    asked_to_classify: int = 0,
    usage: Sequence[Usage] = (),
    notes: Sequence[str] = (),
) -> Receipt:
    """What came in and out of every step, each drop with its reason. ``records``: what the sources gave, unmerged."""
    papers = len(report.papers)
    lost = tuple(d for s in report.sections for d in s.drops)
    repeats = tuple(r for part in (*report.sections, *report.gaps) for r in part.repeats)
    synthesised = sum(len(s.papers) for s in report.sections)
    also = sum(len(s.also) for s in report.sections)
    unwritten = sum(len(g.papers) for g in report.gaps)
    claims = sum(len(s.claims()) for s in report.sections)
    before = sum(1 for d in drops if d.step == "retrieve")
    merged = records - papers - before if records >= papers + before else 0
    kept = [s for s in report.sections if s.papers]
    return Receipt(
        day=report.day,
        language=report.language,
        status=report.status,
        reason=report.reason,
        health=report.health,
        steps=(
            Step(step="retrieve", came_in=records, went_out=papers, note=f"{merged} records merged into others"),
            Step(step="recall", came_in=papers, went_out=papers, note=f"{len(repeats)} came on an earlier day"),
            Step(step="classify", came_in=papers, went_out=len(report.filings), note=_deciders(report.filings)),
            Step(
                step="assign",
                came_in=papers,
                went_out=synthesised + unwritten,
                note=f"{also} listed only, {len(repeats)} repeats listed",
            ),
            Step(
                step="synthesize",
                came_in=synthesised + unwritten,
                went_out=synthesised,
                note=f"{len(kept)} categories written, {len(report.gaps)} missing",
            ),
            Step(
                step="critique",
                came_in=claims + sum(1 for d in lost if d.step.startswith("critique/")),
                went_out=claims,
                note=f"{sum(s.revisions for s in report.sections)} revisions",
            ),
        ),
        drops=(*drops, *lost),
        merged=merged,
        repeats=repeats,
        gaps=report.gaps,
        filings=report.filings,
        proposals=report.proposals,
        asked_to_classify=round(asked_to_classify / new, 3) if (new := papers - len(repeats)) else 0.0,
        model=report.model,
        usage=tuple(usage),
        prompts=prompts.versions(),
        notes=tuple(notes),
    )


def _deciders(filings: Sequence[Filing]) -> str:
    counts: dict[str, int] = {}
    for filing in filings:
        counts[filing.decided_by] = counts.get(filing.decided_by, 0) + 1
    return ", ".join(f"{count} by {name}" for name, count in sorted(counts.items()))


def publish(report: Report, receipt: Receipt, taxonomy: Taxonomy, folder: Path) -> Path:
    """Writes the day's files, all of them or none; returns their folder.

    A day that broke when it was run again does not take the place of one that did not.
    """
    place = folder / layout.place(report.day, report.language)
    there = report.status == "broken" and files.is_whole(folder, report.day, report.language)
    if there and files.read_report(place / layout.REPORT).status != "broken":
        return place
    return files.write(report, receipt, taxonomy, folder)
