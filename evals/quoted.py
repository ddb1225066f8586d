"""Prints the quoted items of recorded days for a reader to judge, and counts what a machine can count.

Usage: python -m evals.quoted [--sample 12] [--seed 1] DAY.json.gz …
A reader then says, sentence by sentence: does it hang on another, is its label true, does the paper have its idea?
"""

import argparse
import random
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from domain.claims import Claim
from domain.items import Item
from domain.papers import Paper
from domain.quoting import clause, quote, tags
from domain.quoting.names import introduced, mentioned
from domain.quoting.standing import answers, hangs
from sources.files import read_file


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("days", nargs="+", type=Path, help="recorded days, in any shape that the source files reads")
    parser.add_argument("--sample", type=int, default=0, help="papers to print of each day, drawn at random; 0: all")
    parser.add_argument("--most-voted", type=int, default=0, help="only this many papers of a day, the most voted")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--quiet", action="store_true", help="only the counts")
    asked = parser.parse_args()
    told: list[tuple[Paper, Item]] = []
    for day in asked.days:
        papers = sorted(read_file(day, "files")[0], key=lambda p: (-p.votes, p.id))
        papers = papers[: asked.most_voted] if asked.most_voted else papers
        if asked.sample:
            papers = random.Random(asked.seed).sample(papers, min(asked.sample, len(papers)))
        items = [(paper, quote(paper)) for paper in papers]
        if not asked.quiet:
            print(f"\n######## {day.name}")
            for paper, item in items:
                print("\n".join(shown(paper, item)))
        told += items
    print(counts(told))


def shown(paper: Paper, item: Item) -> list[str]:
    """One paper as a reader judges it."""
    lines = [
        "",
        f"## {paper.title}",
        f"   {item.name or '-'} | {' · '.join(tags(paper))}",
        f"   > {clause(item, paper)}",
    ]
    for claim in item.claims:
        places = ",".join(str(e.sentence) for e in claim.evidence)
        lines.append(f"  {claim.role.upper()} [{places}] {claim.text}")
    return lines


def counts(told: Sequence[tuple[Paper, Item]]) -> str:
    """What a machine can count over the items."""
    held = [item for _, item in told]
    roles = Counter(claim.role for item in held for claim in item.claims)
    words = sorted(sum(len(claim.text.split()) for claim in item.claims) for item in held) or [0]
    without = {role: sum(not item.of(role) for item in held) for role in ("problem", "method", "result")}
    hanging = sum(dangling(item) for item in held)
    unknown = sum(len(unintroduced(paper, item)) for paper, item in told)
    return (
        f"\n{len(held)} papers, {sum(roles.values())} claims {dict(roles)}; without {without}\n"
        f"words per item: median {words[len(words) // 2]}, nine of ten at most {words[len(words) * 9 // 10]}, "
        f"most {words[-1]}\n"
        f"claims that begin with a hanging word and nothing before them: {hanging}; names before they are introduced: "
        f"{unknown}\nwith a clause for the glance: {sum(bool(clause(i, p)) for p, i in told)}; "
        f"tags per paper: {sum(len(tags(p)) for p, _ in told) / max(1, len(told)):.1f}; "
        f"with a name: {sum(bool(i.name) for i in held)}"
    )


def dangling(item: Item) -> int:
    """Sentences that hang on one that is not quoted with them."""
    quoted = {e.sentence for claim in item.claims for e in claim.evidence}
    alone = [e for claim in item.claims for e in claim.evidence if e.sentence - 1 not in quoted]
    return sum(hangs(e.quote) and not (item.of("problem") and answers(e.quote)) for e in alone)


def unintroduced(paper: Paper, item: Item) -> set[str]:
    """Names that the abstract introduces somewhere, used by a quoted sentence before the item or the title did."""
    own = frozenset(mentioned(paper.title))
    known = {name for text in (paper.abstract,) for name in introduced(text)}
    seen: set[str] = set(own)
    missing: set[str] = set()
    for claim in item.claims:
        missing |= {n for n in mentioned(claim.text) if n in known and n not in seen and n not in _here(claim)}
        seen |= set(mentioned(claim.text))
    return missing


def _here(claim: Claim) -> frozenset[str]:
    return frozenset(name for e in claim.evidence for name in introduced(e.quote))


if __name__ == "__main__":
    main()
