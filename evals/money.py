"""What days cost in model tokens: ``python -m evals.money REPORT_FOLDER [...] [--json]``.

REPORT_FOLDER holds ``receipt.json`` and ``report.json`` of a day. Prints for each agent calls and tokens in and out,
and for each day its money against the older system's for as many papers. Money is counted in tokens in; one out costs
eight.
"""

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from pydantic import ValidationError

from domain.reports import Receipt, Report
from domain.value import Value
from publishing import layout
from publishing.files import PublishError, read_report

OUT = 8
"""What a token out costs, in tokens in."""
OLDER_IN, OLDER_OUT, OLDER_PAPERS = 4851, 4828, 12
"""The older system's day: tokens in and out of one call per category over twelve papers, as its issue (14) compares."""


class Spent(Value):
    """Calls and tokens of one agent, or of a whole day."""

    calls: int = 0
    failed: int = 0
    cached: int = 0
    """Answered from the reply cache: spent on an earlier run, and in no other figure here."""
    tokens_in: int = 0
    tokens_out: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(**{name: getattr(self, name) + getattr(other, name) for name in Spent.model_fields})

    @property
    def money(self) -> int:
        """In tokens in."""
        return self.tokens_in + OUT * self.tokens_out


class Day(Value):
    """What one day cost."""

    day: str
    papers: int
    """Of the day, returning ones too: the older system told them all."""
    told: int
    """Items that were written or taken over."""
    agents: dict[str, Spent]

    @property
    def spent(self) -> Spent:
        return sum(self.agents.values(), Spent())

    @property
    def ratio(self) -> float:
        """The day's money, in the older system's for as many papers as are told."""
        return self.spent.money / older(self.told) if self.told else 0.0

    @property
    def ratio_of_day(self) -> float:
        """The same for all papers of the day: less where some return or are only listed."""
        return self.spent.money / older(self.papers) if self.papers else 0.0


def older(papers: int) -> float:
    """What the older system would have spent on so many papers, in tokens in."""
    return (OLDER_IN + OUT * OLDER_OUT) * papers / OLDER_PAPERS


def measure(receipt: Receipt, report: Report) -> Day:
    agents: dict[str, Spent] = {}
    for usage in receipt.usage:
        spent = Spent(
            calls=usage.calls,
            failed=usage.failed,
            cached=usage.cached,
            tokens_in=usage.input_tokens,
            tokens_out=usage.output_tokens,
        )
        agents[usage.agent] = agents.get(usage.agent, Spent()) + spent
    return Day(day=report.day.isoformat(), papers=len(report.papers), told=len(report.items), agents=agents)


def table(days: Sequence[Day]) -> str:
    lines: list[str] = []
    for day in days:
        rows = [*day.agents.items(), ("all", day.spent)]
        lines.append(f"{day.day}, {day.papers} papers, {day.told} told")
        for name, spent in rows:
            more = "".join(f", {count} {word}" for word in ("failed", "cached") if (count := getattr(spent, word)))
            lines.append(
                f"  {name:12}{spent.calls:4} calls{spent.tokens_in:9,} in{spent.tokens_out:8,} out"
                f"{spent.money / older(day.told) if day.told else 0:7.2f}{more}"
            )
        lines.append(
            f"  {day.ratio:.2f} of the older system's money for these papers, {day.ratio_of_day:.2f} of its day"
        )
    told, money = sum(day.told for day in days), sum(day.spent.money for day in days)
    if len(days) > 1 and told:
        lines.append(f"all {len(days)} days: {money / older(told):.2f} of the older system's money")
    return "\n".join(lines)


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.money", description="What days cost in model tokens.")
    parser.add_argument("folders", nargs="+", type=Path)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    days: list[Day] = []
    failed = False
    for folder in asked.folders:
        try:
            receipt = Receipt.model_validate_json((folder / layout.RECEIPT).read_bytes())
            days.append(measure(receipt, read_report(folder / layout.REPORT)))
        except ValidationError:
            print(f"{folder / layout.RECEIPT} is no receipt that this version understands.", file=sys.stderr)
            failed = True
        except (PublishError, OSError) as error:
            print(error, file=sys.stderr)
            failed = True
    if asked.json:
        rows = [day.model_dump() | {"ratio": day.ratio, "ratio_of_day": day.ratio_of_day} for day in days]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif days:
        print(table(days))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
