"""Arranges a week by rule from the reports of its days: what mattered, stories over several days, what moved."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Literal

from .claims import Claim, Evidence
from .grounding import rules, statements
from .kinds import Reason, Role
from .papers import Paper
from .rates import CERTAINTY, rate_ratio
from .reports import Drop, Report
from .trends import DayRow, Fact
from .weeks import DatedClaim, Highlight, Instalment, Share, Week, WeekDay, WeekId, WeekThread
from .withdrawals import Withdrawn

MOST = 10
"""Papers that a week tells."""
LIKED = 5
"""Papers with the most votes, for whom that is a reason."""
RESULTS = 2
BEFORE = 28
"""Days before the week that its shares are held against."""
RATIO, LEAST = 1.5, 5
"""How many times larger or smaller a share must be, and how many papers there must be, before it is marked."""


def arrange(
    week: WeekId,
    reports: Sequence[Report],
    language: str,
    *,
    rows: Sequence[DayRow] = (),
    withdrawn: Collection[Withdrawn] = (),
    missing: Mapping[date, str] | None = None,
) -> Week:
    """The week from the reports of its days, in any order. Every line is checked again; what does not pass is named.

    ``rows``: observed days of the memory, of the week and before it. ``withdrawn``: papers that are known as withdrawn
    now. ``missing``: days whose report is there and cannot be read, and why.
    """
    held = sorted((report for report in reports if report.day in week.days), key=lambda report: report.day)
    gone = {one.paper_id for one in withdrawn}
    drops = [Drop(step="week", what=str(day), reason=why) for day, why in (missing or {}).items() if day in week.days]
    highlights = tuple(_highlights(held, gone, drops))
    threads = tuple(_threads(held, gone, drops))
    flow = tuple(_flow(held, drops))
    used = {id for thread in threads for id in thread.facts} | {id for one in flow for id in one.claim.facts}
    facts = {fact.id: fact for report in held for fact in report.facts if fact.id in used}
    seen = {paper.id for report in held for paper in report.papers}
    shares, observed = _shares(week, rows)
    return Week(
        week=str(week),
        language=language,
        model="offline",
        days=tuple(_day(day, held) for day in week.days),
        highlights=highlights,
        threads=threads,
        flow=flow,
        shares=shares,
        observed=observed,
        facts=tuple(facts.values()),
        withdrawn=tuple(one for one in withdrawn if one.paper_id in seen),
        left_out=tuple(dict.fromkeys(drops)),
    )


def fault(claim: Claim, report: Report) -> str:
    """Why a line of a report may not be told again; empty where it may. The same rules as on its day, held against the
    sentences as the report has them now."""
    papers = {paper.id: paper for paper in report.papers}
    if not (claim.evidence or claim.facts):
        return "it rests on nothing"
    for one in claim.evidence:
        if one.paper_id not in papers or not _stands(one, papers[one.paper_id]):
            return f"a sentence that it rests on is not in {one.paper_id} any more"
    known = {fact.id for fact in report.facts}
    if gone := [id for id in claim.facts if id not in known]:
        return f"the report has no fact {gone[0]}"
    if claim.text == " ".join(one.quote for one in claim.evidence):
        return ""  # the paper's own sentences, in its own language
    statement = statements.statement_of(claim, report.papers, report.facts, report.language)
    found = (one for one in rules.check_line(statement, "line") if one.rule not in rules.CONTESTABLE)
    return next((f"{one.rule}: {one.reason}" for one in found), "")


def _stands(evidence: Evidence, paper: Paper) -> bool:
    """Whether a quoted sentence is still what stands at its place, and may be evidence."""
    if evidence.sentence == 0:
        return evidence.quote == paper.title
    return (evidence.sentence, evidence.quote) in tuple(paper.evidence)


def _sound(claims: Iterable[Claim], report: Report, drops: list[Drop]) -> tuple[Claim, ...]:
    kept: list[Claim] = []
    for claim in claims:
        if why := fault(claim, report):
            drops.append(Drop(step=f"week/{claim.role}", what=claim.text, reason=f"{report.day}: {why}"))
        else:
            kept.append(claim)
    return tuple(kept)


def _day(day: date, reports: Sequence[Report]) -> WeekDay:
    report = next((one for one in reports if one.day == day), None)
    if report is None:
        return WeekDay(day=day, status="missing")
    return WeekDay(day=day, status=report.status, papers=len(report.papers) - len(report.returning))


def _highlights(reports: Sequence[Report], gone: set[str], drops: list[Drop]) -> Iterator[Highlight]:
    """The papers with the most reasons, then the most votes; each as its last report tells it."""
    told = {item.paper_id: (report, item) for report in reports for item in report.items if item.paper_id not in gone}
    votes = {paper.id: paper.votes for report in reports for paper in report.papers}
    liked = sorted((id for id in told if votes[id]), key=lambda id: -votes[id])[:LIKED]
    named = {
        id for r in reports for id in (*(p.paper_id for p in r.picks), *(id for s in r.opening for id in s.papers))
    }
    days = _days(reports)
    continued = {fact.papers[1] for report in reports for fact in report.facts if fact.kind == "continuing"}
    reasons: dict[str, tuple[Reason, ...]] = {}
    for id in told:
        marks: tuple[tuple[Reason, bool], ...] = (
            ("opening", id in named),
            ("again", len(days[id]) > 1),
            ("continued", id in continued),
            ("votes", id in liked),
        )
        reasons[id] = tuple(reason for reason, holds in marks if holds)
    room = MOST
    for id in sorted(told, key=lambda id: (-len(reasons[id]), -votes[id], told[id][0].day, id)):
        report, item = told[id]
        claims = _sound(_lines(item.claims), report, drops) if room else ()
        if not claims:
            continue
        room -= 1
        paper = report.paper(id)
        yield Highlight(
            paper_id=id,
            name=item.name or paper.title,
            title=paper.title,
            url=paper.url,
            category=report.category(id),
            day=report.day,
            days=days[id],
            votes=votes[id],
            reasons=reasons[id],
            claims=claims,
            quoted=item.quoted,
        )


def _lines(claims: Sequence[Claim]) -> Iterator[Claim]:
    """What a week has room for: the finding, how, and the first results."""
    roles: tuple[Role, ...] = ("hook", "abstract", "method")
    yield from (claim for role in roles for claim in claims if claim.role == role)
    yield from [claim for claim in claims if claim.role == "result" and claim.form != "row"][:RESULTS]


def _days(reports: Sequence[Report]) -> dict[str, tuple[date, ...]]:
    """On which days each paper came, earlier ones included."""
    found: dict[str, set[date]] = {}
    for report in reports:
        for paper in report.papers:
            found.setdefault(paper.id, set()).add(report.day)
        for again in report.returning:
            found.setdefault(again.paper_id, set()).update(again.days)
    return {id: tuple(sorted(days)) for id, days in found.items()}


def _threads(reports: Sequence[Report], gone: set[str], drops: list[Drop]) -> Iterator[WeekThread]:
    """Papers that facts tie to earlier ones, over two days at least, the longest first."""
    groups: list[tuple[set[str], list[Fact]]] = []
    steps: dict[str, Instalment] = {}
    for report in reports:
        for fact in report.facts:
            if fact.kind != "continuing" or len(fact.papers) < 2 or gone & set(fact.papers[:2]) or not fact.days:
                continue
            later, earlier = fact.papers[:2]
            steps[later] = _step(report, later, drops)
            known = next((one for one in reports if one.day == fact.days[0] and one.item(earlier)), None)
            title = fact.titles[1] if len(fact.titles) > 1 else earlier
            steps.setdefault(
                earlier,
                _step(known, earlier, drops) if known else Instalment(paper_id=earlier, name=title, day=fact.days[0]),
            )
            tied = [group for group in groups if group[0] & {later, earlier}]
            groups = [group for group in groups if group not in tied]
            ids = {later, earlier}.union(*(group[0] for group in tied))
            groups.append((ids, [*(one for group in tied for one in group[1]), fact]))
    for ids, facts in sorted(groups, key=lambda group: -len(group[0])):
        ordered = sorted((steps[id] for id in ids), key=lambda step: (step.day, step.paper_id))
        if len({step.day for step in ordered}) > 1:
            yield WeekThread(steps=tuple(ordered), facts=tuple(fact.id for fact in facts))


def _step(report: Report, paper_id: str, drops: list[Drop]) -> Instalment:
    item = report.item(paper_id)
    first = [claim for claim in item.claims if claim.role in ("hook", "result", "method")][:1] if item else []
    sound = _sound(first, report, drops)
    name = (item.name if item else "") or report.paper(paper_id).title
    return Instalment(paper_id=paper_id, name=name, day=report.day, line=sound[0] if sound else None)


def _flow(reports: Sequence[Report], drops: list[Drop]) -> Iterator[DatedClaim]:
    """What each day said of trends; of a fact that several days tell, the last."""
    last: dict[tuple[str, ...], DatedClaim] = {}
    for report in reports:
        memory = {fact.id for fact in report.facts if fact.kind == "memory"}
        for claim in _sound((one for one in report.flow if not set(one.facts) <= memory), report, drops):
            last.pop(claim.facts, None)
            last[claim.facts] = DatedClaim(day=report.day, claim=claim)
    yield from last.values()


def _shares(week: WeekId, rows: Sequence[DayRow]) -> tuple[tuple[Share, ...], int]:
    """New papers by category in the week and on the observed days before it, the most frequent first."""
    first, last = week.days[0], week.days[-1]
    now = [row for row in rows if first <= row.day <= last]
    before = [row for row in rows if first - timedelta(BEFORE) <= row.day < first]
    of_now, of_before = sum(row.new for row in now), sum(row.new for row in before)
    counts = _by_category(now)
    earlier = _by_category(before)
    shares: list[Share] = []
    for key in sorted(counts.keys() | earlier.keys(), key=lambda key: (-counts.get(key, 0), key)):
        new, old = counts.get(key, 0), earlier.get(key, 0)
        moved: Literal["more", "less", ""] = ""
        if of_now and of_before and max(new, old * of_now / of_before) >= LEAST:
            held = rate_ratio(new, of_now, old, of_before)
            if held.p < 1 - CERTAINTY and not 1 / RATIO < held.ratio < RATIO:
                moved = "more" if held.ratio > 1 else "less"
        shares.append(Share(category=key, new=new, before=old, of_before=of_before, moved=moved))
    return (tuple(shares), len(before)) if of_now else ((), len(before))


def _by_category(rows: Iterable[DayRow]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for row in rows:
        for key, new in row.categories:
            counts[key] = counts.get(key, 0) + new
    return counts
