"""What must hold over the days of a data folder: ``python -m evals.days DATA [--language ko]``.

DATA was filled by ``insights run``, day after day. Over all days: every paper of an earlier day is marked as returning,
no paper is filed under two categories, none is told twice, and the groups hold what is told. For each day: all its
facts come out of the stored rows again, what it says of other days rests on them, and where there is something to tell
it is told. Exits 1 when something does not hold.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from agents import historian, stories
from domain.assignments import ranked
from domain.claims import Claim
from domain.papers import title_key
from domain.reports import Report
from domain.taxonomy import Taxonomy
from domain.topics import Lexicon
from domain.trends import Fact
from graph.context import Context
from publishing.files import published, read_report
from vectorstore.memory import Memory


def over_all(reports: Sequence[Report]) -> tuple[str, list[str]]:
    """How many papers and returning ones there are, and what is wrong with them."""
    faults: list[str] = []
    homes: dict[str, set[str]] = defaultdict(set)
    first: dict[str, date] = {}
    titles: set[str] = set()
    repeats = marked = 0
    for report in reports:
        known = {again.paper_id: again.first_day for again in report.returning}
        keys = {paper.id: title_key(paper.title) for paper in report.papers}
        for paper in report.papers:
            homes[paper.id].add(report.category(paper.id))
            if paper.id in first:
                repeats += 1
                marked += known.get(paper.id) == first[paper.id]
                if known.get(paper.id) != first[paper.id]:
                    faults.append(
                        f"{report.day}: {paper.id} came first on {first[paper.id]}, marked {known.get(paper.id)}"
                    )
            elif paper.id in known and keys[paper.id] not in titles:
                faults.append(f"{report.day}: {paper.id} is marked as one of {known[paper.id]} and is new")
        faults += _misplaced(report)
        for paper in report.papers:
            first.setdefault(paper.id, report.day)
        titles |= set(keys.values())
    split = {paper: sorted(home) for paper, home in homes.items() if len(home) > 1}
    faults += [f"{paper} was filed under {home}" for paper, home in split.items()]
    told = (
        f"papers over all days: {len(homes)}; in two categories: {len(split)}; returning: {repeats}, marked: {marked}"
    )
    return told, faults


def _misplaced(report: Report) -> list[str]:
    """Papers that stand twice on a page, or on none."""
    ids = [paper.id for paper in report.papers]
    items = [item.paper_id for item in report.items]
    grouped = [paper for group in report.groups for paper in group.papers]
    placed = Counter([*items, *(again.paper_id for again in report.returning)])
    faults = [f"{report.day}: {paper} is told twice" for paper, times in placed.items() if times > 1]
    faults += [f"{report.day}: {paper} is told and not among the papers" for paper in placed.keys() - set(ids)]
    if sorted(grouped) != sorted(items):
        faults.append(f"{report.day}: the groups hold {len(grouped)} papers, told are {len(items)}")
    faults += [f"{report.day}: {paper} is there twice" for paper, times in Counter(ids).items() if times > 1]
    return faults


def recomputed(report: Report, memory: Memory, taxonomy: Taxonomy, lexicon: Lexicon) -> list[str]:
    """Which facts of a published day do not come out of the memory's rows again, and which lines rest on others."""
    day = report.day
    known = memory.recall(report.papers, before=day)
    earlier = tuple(memory.papers(stories.near(known.values())).values())
    rows = memory.history(before=day + timedelta(days=1), days=1)
    if not rows or rows[0].day != day:
        return [f"{day}: memory has no row of the day"]
    ranking = ranked(report.papers, known, report.filings)
    facts = (
        *historian.day_facts(rows[0], memory.history(before=day), taxonomy, lexicon),
        *historian.connections(ranking, report.filings, tuple(known.values()), earlier),
    )
    faults = _differences(f"{day}", report.facts, facts)
    faults += [
        f"{day}: {again.paper_id} came on {again.days}, as memory has it on {known[again.paper_id].days}"
        for again in report.returning
        if again.days != known[again.paper_id].days
    ]
    faults += _uncarried(f"{day}", report.claims(), report.facts)
    if historian.flow(report.facts, report.language) and not report.flow:
        faults.append(f"{day}: there is something to tell of the days before, and it is not told")
    return faults


def _differences(where: str, said: Iterable[Fact], found: Iterable[Fact]) -> list[str]:
    held, anew = {fact.id: fact for fact in said}, {fact.id: fact for fact in found}
    return [
        f"{where}: fact {id} was published as {held.get(id)} and recomputes as {anew.get(id)}"
        for id in sorted(held.keys() | anew.keys())
        if held.get(id) != anew.get(id)
    ]


def _uncarried(where: str, claims: Iterable[Claim], facts: Iterable[Fact]) -> list[str]:
    ids = {fact.id for fact in facts}
    return [
        f"{where}: a line rests on no fact of the day: {claim}"
        for claim in claims
        if not set(claim.facts) <= ids or (claim.role == "flow" and not claim.facts)
    ]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.days", description="What must hold over many days.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--language", choices=("ko", "en"), default="ko")
    asked = parser.parse_args()
    context = Context(data=asked.data)
    reports = [read_report(path) for path in published(context.reports, asked.language)]
    told, faults = over_all(reports)
    print(told)
    observed = 0
    with context.memory() as memory:
        for report in reports:
            if report.status != "complete" or not report.papers:
                print(f"{report.day}  {report.status}: not observed")
                continue
            kinds = Counter(fact.kind for fact in report.facts)
            faults += recomputed(report, memory, context.taxonomy, context.lexicon)
            told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
            print(f"{report.day}  {observed:2} days before  {len(report.flow)} lines of them  facts: {told}")
            observed += 1
    print("\n".join(faults) if faults else "all holds, and every fact recomputes from the stored rows")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
