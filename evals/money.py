"""What days cost in model tokens: ``python -m evals.money [REPORT_FOLDER ...] [--day FILE ...] [--json]``.

REPORT_FOLDER holds ``receipt.json`` and ``report.json`` of a day. Prints for each agent calls and tokens in and out,
and for each day its money against the older system's for as many papers. Money is counted in tokens in; one out costs
eight, and one in that the server told to have had in its cache a tenth.

Without a folder the frozen day of twelve papers is run again with its recorded answers, or each FILE of a frozen day.
Of every request is then printed how much of it an earlier one of the same run began with too, which a server that
caches bills at a tenth (see ``prefixes.py``), and the money with that and without.
"""

import argparse
import asyncio
import json
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from agents.framer import Outline
from agents.second_look import Choices
from agents.synthesizer import Written
from agents.verdicts import Verdicts
from bench import recorded
from bench.frozen import DAYS, fitting, load
from bench.replay import replay
from domain.errors import UsageError
from domain.reports import Receipt, Report
from domain.value import Value
from graph.settings import OFFLINE
from models.provider import strict
from publishing import layout
from publishing.files import PublishError, read_receipt, read_report

from .prefixes import LEAST, Request, requests
from .record_days import LANGUAGE, versions

OUT = 8
"""What a token out costs, in tokens in."""
CACHED = 0.1
"""What a token in that the server had in its cache costs."""
OLDER_IN, OLDER_OUT, OLDER_PAPERS = 4851, 4828, 12
"""The older system's day: tokens in and out of one call per category over twelve papers, as its issue (14) compares."""
TWELVE = "2024-10-06"
"""The frozen day of twelve papers."""
_ANSWERS = {"critique": Verdicts, "synthesize": Written, "frame": Outline, "classify": Choices}
SCHEMAS = {role: json.dumps(strict(answer.model_json_schema())) for role, answer in _ANSWERS.items()}
"""What servers put before the messages of a request, by the prompt's name."""


class Spent(Value):
    """Calls and tokens of one agent, or of a whole day."""

    calls: int = 0
    failed: int = 0
    cached: int = 0
    """Answered from the reply cache: spent on an earlier run, and in no other figure here."""
    tokens_in: int = 0
    from_cache: int = 0
    """Those of them that a server has in its cache."""
    tokens_out: int = 0

    def __add__(self, other: "Spent") -> "Spent":
        return Spent(**{name: getattr(self, name) + getattr(other, name) for name in Spent.model_fields})

    @property
    def money(self) -> int:
        """In tokens in."""
        return self.tokens_in + OUT * self.tokens_out

    @property
    def cheaper(self) -> float:
        """The same with what is in the cache at its price."""
        return self.money - (1 - CACHED) * self.from_cache


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
        """The day's money, in the older system's for as many papers as are told; nothing is in any cache."""
        return self.spent.money / older(self.told) if self.told else 0.0

    @property
    def ratio_cached(self) -> float:
        """The same with what is in a server's cache at its price."""
        return self.spent.cheaper / older(self.told) if self.told else 0.0

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
            from_cache=usage.cached_tokens,
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
            f"  {day.ratio:.2f} of the older system's money for these papers, {day.ratio_of_day:.2f} of its day; "
            f"{day.ratio_cached:.2f} with {day.spent.from_cache:,} tokens from the server's cache"
        )
    told, money = sum(day.told for day in days), sum(day.spent.money for day in days)
    if len(days) > 1 and told:
        lines.append(f"all {len(days)} days: {money / older(told):.2f} of the older system's money")
    return "\n".join(lines)


def replayed(path: Path) -> tuple[Day, list[Request]]:
    """A frozen day, run again with its recorded answers in the prompts as they stand. Raises UsageError where nobody
    recorded any."""
    frozen, answers = load(path), recorded.load(path, LANGUAGE)
    if answers is None:
        raise UsageError(f"nobody recorded answers for {path}")
    # Of the writers whose answers are recorded the one that the project had is asked, whatever its prompt says now.
    version = versions(DAYS)["synthesize.recorded"]
    answers = answers.model_copy(update={"items": {version: answers.items[version]}})
    with tempfile.TemporaryDirectory() as scratch:
        alone = fitting(frozen, {"model": OFFLINE, "language": LANGUAGE, "data": Path(scratch)})
        run = asyncio.run(replay(frozen, alone, edited={}, answers=answers))
    asked = requests(run.exchanges, SCHEMAS)
    agents: dict[str, Spent] = {}
    for one in asked:
        agent = one.prompt.partition("@")[0].rpartition("/")[2]
        spent = Spent(calls=1, tokens_in=one.tokens_in, from_cache=one.shared, tokens_out=one.tokens_out)
        agents[agent] = agents.get(agent, Spent()) + spent
    return Day(day=run.day, papers=len(run.report.papers), told=len(run.report.items), agents=agents), asked


def told(asked: Sequence[Request]) -> str:
    """Every request in a line."""
    lines = [f"  {'request':42}{'in':>7}{'shared':>8}{f'in {LEAST:,}s':>10}{'out':>7}"]
    lines += [
        f"  {one.prompt.partition('@')[0] + ' ' + one.about:42.42}{one.tokens_in:7,}{one.shared:8,}{one.cacheable:10,}"
        f"{one.tokens_out:7,}"
        for one in asked
    ]
    whole, shared, kept = (sum(getattr(one, name) for one in asked) for name in ("tokens_in", "shared", "cacheable"))
    last = f"  {shared / whole:.0%} of the tokens in can be cached, {kept / whole:.0%} in beginnings of {LEAST:,}"
    return "\n".join((*lines, last))


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m evals.money", description="What days cost in model tokens.")
    parser.add_argument("folders", nargs="*", type=Path)
    parser.add_argument("--day", type=Path, action="append", default=[], metavar="FILE")
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args(arguments)
    days: list[Day] = []
    details: list[str] = []
    failed = False
    for folder in asked.folders:
        try:
            receipt = read_receipt(folder / layout.RECEIPT)
            days.append(measure(receipt, read_report(folder / layout.REPORT)))
        except PublishError as error:
            print(error, file=sys.stderr)
            failed = True
    for path in asked.day or ([] if asked.folders else [DAYS / f"{TWELVE}.json"]):
        try:
            day, sent = replayed(path)
        except UsageError as error:
            print(error, file=sys.stderr)
            failed = True
        else:
            days.append(day)
            details.append(told(sent))
    if asked.json:
        ratios = ("ratio", "ratio_of_day", "ratio_cached")
        rows = [day.model_dump() | {name: getattr(day, name) for name in ratios} for day in days]
        print(json.dumps(rows, ensure_ascii=False, indent=1))
    elif days:
        print("\n".join((table(days), *details)))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
