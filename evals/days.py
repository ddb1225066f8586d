"""What must hold over the days of a data folder: ``python -m evals.days DATA [--language ko]``.

DATA was filled by ``insights run``, day after day. Over all days: every paper of an earlier day is marked as a repeat,
no paper stands under two categories, none is missing. For each day: its trend facts, of the day and of every category,
come out of the stored rows again, and from the sixth observed day on there is a trend section that cites nothing else.
Exits 1 when something does not hold.
"""

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from pathlib import Path

from agents import historian, stories
from domain.assignments import Assignment
from domain.papers import title_key
from domain.reports import Report
from domain.taxonomy import Taxonomy
from domain.topics import Lexicon
from domain.trends import Fact
from domain.volume import FEWEST
from graph.context import Context
from publishing.files import published, read_report
from vectorstore.memory import Memory


def over_all(reports: Sequence[Report]) -> tuple[str, list[str]]:
    """How many papers and repeats there are, and what is wrong with them."""
    faults: list[str] = []
    homes: dict[str, set[str]] = defaultdict(set)
    first: dict[str, date] = {}
    titles: set[str] = set()
    repeats = marked = 0
    for report in reports:
        parts = (*report.sections, *report.gaps)
        known = {r.paper_id: r.first_day for part in parts for r in part.repeats}
        keys = {p.id: title_key(p.title) for p in report.papers}
        also = {s.category: s.also for s in report.sections}
        placed: list[str] = []
        for part in parts:
            held = [*part.papers, *also.get(part.category, ()), *(r.paper_id for r in part.repeats)]
            placed += held
            for paper in held:
                homes[paper].add(part.category)
                if paper in first:
                    repeats += 1
                    marked += known.get(paper) == first[paper]
                    if known.get(paper) != first[paper]:
                        faults.append(f"{report.day}: {paper} came first on {first[paper]}, marked {known.get(paper)}")
                elif paper in known and keys[paper] not in titles:
                    faults.append(f"{report.day}: {paper} is marked as a repeat of {known[paper]} and is new")
        if sorted(placed) != sorted(p.id for p in report.papers):
            faults.append(f"{report.day}: a paper is missing from the sections, or stands twice")
        for paper in report.papers:
            first.setdefault(paper.id, report.day)
        titles |= set(keys.values())
    split = {paper: sorted(home) for paper, home in homes.items() if len(home) > 1}
    faults += [f"{paper} was filed under {home}" for paper, home in split.items()]
    told = f"papers over all days: {len(homes)}; in two categories: {len(split)}; repeats: {repeats}, marked: {marked}"
    return told, faults


def recomputed(report: Report, memory: Memory, taxonomy: Taxonomy, lexicon: Lexicon) -> list[str]:
    """Which facts of a published day do not come out of the memory's rows again, and which trend claims cite others."""
    day = report.day
    known = tuple(memory.recall(report.papers, before=day).values())
    earlier = tuple(memory.papers(stories.near(known)).values())
    rows = memory.history(before=day + timedelta(days=1), days=1)
    if not rows or rows[0].day != day:
        return [f"{day}: memory has no row of the day"]
    facts = historian.facts(rows[0], memory.history(before=day), taxonomy, lexicon)
    faults = _differences(f"{day}", report.facts, facts)
    papers = {paper.id: paper for paper in report.papers}
    for section in report.sections:
        share = Assignment(
            category=section.category,
            papers=tuple(papers[id] for id in section.papers),
            also=section.also,
            repeats=section.repeats,
        )
        again = historian.with_facts([share], report.papers, known, earlier, facts)[0].facts
        faults += _differences(f"{day}, {section.category}", section.facts, again)
        faults += _uncarried(f"{day}, {section.category}", section.trend, section.facts)
    return faults + _uncarried(f"{day}", report.trend, report.facts)


def _differences(where: str, said: Iterable[Fact], found: Iterable[Fact]) -> list[str]:
    held, anew = {fact.id: fact for fact in said}, {fact.id: fact for fact in found}
    return [
        f"{where}: fact {id} was published as {held.get(id)} and recomputes as {anew.get(id)}"
        for id in sorted(held.keys() | anew.keys())
        if held.get(id) != anew.get(id)
    ]


def _uncarried(where: str, claims: Iterable[object], facts: Iterable[Fact]) -> list[str]:
    ids = {fact.id for fact in facts}
    cited = [(claim, getattr(claim, "facts", ())) for claim in claims]
    return [f"{where}: a trend rests on no fact: {claim}" for claim, on in cited if not on or not set(on) <= ids]


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.days", description="What must hold over many days.")
    parser.add_argument("data", type=Path)
    parser.add_argument("--language", choices=("ko", "en"), default="ko")
    asked = parser.parse_args()
    context = Context(data=str(asked.data))
    reports = [read_report(path) for path in published(context.reports, asked.language)]
    told, faults = over_all(reports)
    print(told)
    observed = 0
    with context.memory() as memory:
        for report in reports:
            if report.status != "complete" or not report.papers:
                print(f"{report.day}  {report.status}: not observed")
                continue
            kinds = Counter(fact.kind for part in (report, *report.sections) for fact in part.facts)
            wrong = recomputed(report, memory, context.taxonomy, context.lexicon)
            if observed >= FEWEST and not report.trend:
                wrong.append(f"{report.day}: {observed} days were observed before, and there is no trend section")
            told = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items()))
            print(f"{report.day}  {observed:2} days before  {len(report.trend)} trend sentences  facts: {told}")
            faults += wrong
            observed += 1
    print("\n".join(faults) if faults else "all holds, and every fact recomputes from the stored rows")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
