"""Writes ``docs/rules.md`` from the registry of rules and from what they did at first sight:
``python -m evals.rules_page``."""

import sys
from collections.abc import Iterable
from pathlib import Path

from domain.grounding.rules import CHECKS, RULES

from . import history
from .history import Result

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"


def page(results: Iterable[Result]) -> str:
    """The page as Markdown."""
    results = tuple(results)
    record = history.records(results)
    sets = sorted({result.name for result in results if result.judge == "rules" and not result.seen})
    lines = [
        "# The rules",
        "",
        "Made by `python -m evals.rules_page` from `domain/grounding/rules.py` and `evals/history.jsonl`; do not edit.",
        "",
        "A rule says nothing that can be argued with; everything else about a line is for the judge. *Found* and",
        "*false* are the wrong and the right lines that it objected to, over all sets of claims at their first sight",
        f"({', '.join(sets) if sets else 'none yet'}).",
        "A rule that found nothing in three sets, or whose false alarms exceed a tenth of what it found, goes.",
        "",
        "| rule | of a line that it lets pass | runs over | languages | severity | found | false |",
        "|---|---|---|---|---|---|---|",
    ]
    for rule in RULES:
        count = record.get(rule.name)
        found, wrong = (
            (str(count.found), str(count.of - count.found)) if count else (("0", "0") if sets else ("–", "–"))
        )
        where, tongues = ", ".join(rule.where), ", ".join(rule.languages) or "all"
        lines.append(f"| {rule.name} | {rule.claims} | {where} | {tongues} | {rule.severity} | {found} | {wrong} |")
    lines += [
        "",
        "`line`: what a writer of ours wrote and a judge let pass. `audit`: a line of any report. `called`: what a",
        "writer calls a paper. Of names, and of what a figure belongs to, a judge that was told and still finds the",
        "line carried has the last word.",
        "",
        "## What is asked of a verdict",
        "",
        "| check | of a line that it lets pass | severity |",
        "|---|---|---|",
        *(f"| {check.name} | {check.claims} | {check.severity} |" for check in CHECKS),
        "",
        "## First sight",
        "",
        "| day | set | by | wrong caught | wrong figures caught | right rejected |",
        "|---|---|---|---|---|---|",
    ]
    for one in results:
        if not one.seen:
            by = f"{one.judge} ({one.model})" if one.model else one.judge
            counts = (f"{count.found} of {count.of}" for count in (one.wrong, one.figures, one.right))
            lines.append(f"| {one.day} | {one.name} | {by} | {' | '.join(counts)} |")
    lines += [
        "",
        "`rules`: without a model. `critic`: a judge, and the rules over what it let pass. `marks`: sentences of",
        "hostile papers that were marked as no evidence, and honest ones that were lost; from the third lot on each is",
        "measured in a paper on something else, so that nothing there excuses an honest one.",
        "",
        "A set that was seen teaches the rules: what they do with it after that says nothing, and stands nowhere.",
        *_alone(results),
    ]
    return "\n".join(lines) + "\n"


def _alone(results: tuple[Result, ...]) -> list[str]:
    """What the rules do together, over all sets at their first sight."""
    own = [one for one in results if one.judge == "rules" and not one.seen]
    figures = sum(one.figures.found for one in own), sum(one.figures.of for one in own)
    right = sum(one.right.found for one in own), sum(one.right.of for one in own)
    if not own:
        return []
    return [
        f"Over {len(own)} sets at first sight the rules alone found {figures[0]} of {figures[1]} wrong figures, and",
        f"rejected {right[0]} of {right[1]} right lines: they are a second pair of eyes for a judge, not a judge.",
    ]


def main() -> int:
    PAGE.parent.mkdir(exist_ok=True)
    PAGE.write_text(page(history.load()), encoding="utf-8")
    print(f"wrote {PAGE}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
