"""Files what passed the critic as items, and puts report and receipt together. Same values in, same report out."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from pathlib import Path

from domain.assignments import Desk
from domain.claims import ITEM_ROLES, Claim
from domain.exams import Exam
from domain.items import Item, Returning, Term
from domain.lines import Draft, accepted, changes_of, closed_up
from domain.money import spendings
from domain.papers import Paper
from domain.quoting import quote
from domain.reports import Drop, Filing, Health, Proposal, Receipt, Report, Step, Usage, decide_status, reason
from domain.taxonomy import Taxonomy
from domain.terms import TermEntry, occurring, terms_of_the_day
from domain.trends import DayRow, Fact
from domain.withdrawals import Withdrawn
from publishing import files, layout

from .framer import Frame, Framed


def settle(desk: Desk, draft: Draft, *, made_by: str) -> tuple[Item, ...]:
    """One item per paper of the desk, of the lines that were accepted and no others.

    A paper of which nothing was accepted that tells what it found or did is quoted in its own sentences.
    """
    items: list[Item] = []
    for paper in desk.papers:
        own = [line for line in draft.lines if line.papers == (paper.id,)]
        if not any(line.role in ("hook", "method", "result") for line in accepted(own)):
            items.append(quote(paper).model_copy(update={"changes": changes_of(own)}))
            continue
        ordered = closed_up(line for role in ITEM_ROLES for line in own if line.role == role)
        items.append(
            Item(
                paper_id=paper.id,
                name=draft.names.get(paper.id, ""),
                claims=tuple(line.claim for line in ordered),
                made_by=made_by,
                changes=changes_of(own),
            )
        )
    return tuple(items)


def as_written(desk: Desk, draft: Draft, kept: Mapping[str, Item]) -> tuple[Item, ...]:
    """The desk's items before anybody has judged them, and those that are ``kept``: for who reads along meanwhile, and
    for no page. A paper of which nothing was written has none."""
    lines = tuple(line.model_copy(update={"state": "accepted"}) for line in draft.lines)
    new = settle(desk.without(kept), draft.model_copy(update={"lines": lines}), made_by="")
    known = tuple(kept[paper.id] for paper in desk.papers if paper.id in kept)
    return tuple(item for item in (*new, *known) if not item.quoted)


def losses(desk: Desk, failures: Mapping[str, str], unjudged: str) -> list[Drop]:
    """What the model failed to give. ``failures``: why, by paper id. ``unjudged``: why there was no judgement."""
    step = f"synthesize/{desk.name}"
    lost: dict[str, list[str]] = {}
    for paper in desk.papers:
        if paper.id in failures:
            lost.setdefault(failures[paper.id], []).append(paper.title)
    drops = [Drop(step=step, what=f"the model's text on {', '.join(held)}", reason=why) for why, held in lost.items()]
    return drops + ([Drop(step=step, what="the model's judgement", reason=unjudged)] if unjudged else [])


def compose(
    day: date,
    language: str,
    model: str,
    *,
    writes: bool,
    exam: Exam | None = None,
    believed: bool = True,
    papers: Sequence[Paper],
    withdrawn: Sequence[Withdrawn] = (),
    health: Sequence[Health],
    filings: Sequence[Filing],
    proposals: Sequence[Proposal],
    items: Sequence[Item],
    framed: Framed,
    frame: Frame,
    returning: Sequence[Returning],
    terms: Sequence[Term],
    facts: Sequence[Fact],
    flow: Sequence[Claim],
    history: Sequence[DayRow],
) -> Report:
    """The whole day. ``writes``: a model was asked to write it, so that what is only quoted is a loss. ``exam``: how
    its judge did, and whether that was enough for it to be ``believed``.

    ``frame``: as the critic left it.
    """
    quoted = [item.name or _title(item.paper_id, papers) for item in items if item.quoted] if writes else []
    bare = writes and bool(items) and not framed.opening and len(quoted) < len(items)
    unfit = () if exam is None or believed else (exam,)
    status, causes = decide_status(health, len(papers), () if unfit else quoted, bare and not unfit, unfit)
    return Report(
        day=day,
        language=language,
        status=status,
        reason=reason(causes),
        causes=causes,
        model=model,
        judge=exam,
        quoted=bool(items) and all(item.quoted for item in items),
        opening=framed.opening,
        picks=framed.picks,
        groups=framed.groups,
        items=tuple(items),
        threads=framed.threads,
        returning=tuple(returning),
        terms=tuple(terms),
        flow=tuple(flow),
        changes=(*(change for item in items for change in item.changes), *changes_of(frame.lines)),
        papers=tuple(papers),
        withdrawn=tuple(withdrawn),
        filings=tuple(filings),
        proposals=tuple(proposals),
        health=tuple(health),
        facts=tuple(facts),
        # Which papers spoke of which topic stays with the memory: the report shows categories.
        history=tuple(row.model_copy(update={"topics": ()}) for row in history),
    )


TERMS, CANDIDATES = 4, 9
"""Explained on one page, where more would be a page of their own; and put before the frame editor to choose from."""


def terms(framed: Framed, items: Sequence[Item], listed: Sequence[TermEntry]) -> tuple[Term, ...]:
    """The words of the page that a reader of a neighbouring field may not know; a list of one is none.

    Where the frame editor said which of the candidates are meant in the sense of the list, these, else what code finds.
    """
    stories = (*framed.opening, *framed.threads)
    texts = [claim.text for story in stories for claim in (story.headline, story.text) if claim]
    if framed.terms is None:
        found = terms_of_the_day([*texts, *_told(items)], listed, most=TERMS)
    else:
        found = tuple(term for term in candidates(items, listed) if term.term in framed.terms)[:TERMS]
    return found if len(found) > 1 else ()


def candidates(items: Sequence[Item], listed: Sequence[TermEntry]) -> tuple[Term, ...]:
    """The terms that the items use and neither explain nor may take as known, which the frame editor is asked about."""
    found = occurring(_told(items), listed)
    return tuple(one.term for one in found if not (one.explained or one.entry.familiar))[:CANDIDATES]


def _told(items: Sequence[Item]) -> list[str]:
    # What an item says as a whole tells which sense of an abbreviation is meant.
    return [" ".join(claim.text for claim in item.claims) for item in items]


def _title(paper_id: str, papers: Iterable[Paper]) -> str:
    return next((paper.title for paper in papers if paper.id == paper_id), paper_id)


def receipt(
    report: Report,
    *,
    records: int,
    drops: Sequence[Drop],
    asked_to_classify: int = 0,
    usage: Sequence[Usage] = (),
    prompts: Sequence[tuple[str, str]] = (),
    notes: Sequence[str] = (),
) -> Receipt:
    """What came in and out of every step, each drop with its reason. ``records``: what the sources gave, unmerged.

    ``prompts``: name and version of each.
    """
    papers = len(report.papers)
    again = len(report.returning)
    told = len(report.items)
    written = sum(1 for item in report.items if not item.quoted)
    left_out = [change for change in report.changes if not change.after]
    before = sum(1 for d in drops if d.step == "retrieve")
    merged = records - papers - before if records >= papers + before else 0
    lines = sum(1 for _ in report.claims())
    return Receipt(
        day=report.day,
        language=report.language,
        status=report.status,
        reason=report.reason,
        health=report.health,
        steps=(
            Step(step="retrieve", came_in=records, went_out=papers, note=f"{merged} records merged into others"),
            Step(step="recall", came_in=papers, went_out=papers, note=f"{again} came on an earlier day"),
            Step(step="classify", came_in=papers, went_out=len(report.filings), note=_deciders(report.filings)),
            Step(
                step="assign",
                came_in=papers,
                went_out=told,
                note=f"{len(report.listed)} listed only, {again} came again",
            ),
            Step(step="synthesize", came_in=told, went_out=written, note=f"{told - written} quoted"),
            Step(
                step="critique",
                came_in=lines + len(left_out),
                went_out=lines,
                note=f"{len(report.changes) - len(left_out)} mended or added, {len(left_out)} left out",
            ),
        ),
        drops=(
            *drops,
            *(Drop(step=f"critique/{one.role}", what=one.before, reason=one.why) for one in left_out),
        ),
        merged=merged,
        returning=report.returning,
        filings=report.filings,
        proposals=report.proposals,
        asked_to_classify=round(asked_to_classify / new, 3) if (new := papers - again) else 0.0,
        model=report.model,
        usage=tuple(usage),
        spent=spendings(usage),
        prompts=tuple(prompts),
        notes=tuple(notes),
    )


def _deciders(filings: Sequence[Filing]) -> str:
    counts: dict[str, int] = {}
    for filing in filings:
        counts[filing.decided_by] = counts.get(filing.decided_by, 0) + 1
    return ", ".join(f"{count} by {name}" for name, count in sorted(counts.items()))


def publish(
    report: Report,
    receipt: Receipt,
    taxonomy: Taxonomy,
    folder: Path,
    *,
    shape: str,
    made: Mapping[str, bytes] | None = None,
) -> Path:
    """Writes the day's files, all of them or none; returns their folder. ``made``: its pages, where they are made.

    A day that broke when it was run again does not take the place of one that did not.
    """
    place = folder / layout.place(report.day, report.language)
    there = report.status == "broken" and files.is_whole(folder, report.day, report.language)
    if there and files.read_report(place / layout.REPORT).status != "broken":
        return place
    return files.write(report, receipt, taxonomy, folder, shape=shape, made=made)
