"""The evals that need nothing from outside the project, each a table and values."""

import asyncio
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import numpy as np

from bench.bootstrap import MEASURES, OF_A_CRITIC, Measure
from bench.compare import Version, cases, digested, rerun, version
from bench.critics import compare_critics, records
from bench.frozen import DAYS, days_in, fitting, load
from bench.measures import PageMeasures, measure
from bench.page import shown
from bench.replay import replay
from bench.tally import Tally, tallies
from graph.settings import OFFLINE, Settings

from . import classifier, page, rules

LANGUAGE = "en"
"""In which answers are recorded."""


class Found(NamedTuple):
    """What one eval found."""

    table: str
    values: dict[str, float]


def of_rules(settings: Settings) -> Found:
    """What the rules alone do with labelled claims about figures and words."""
    values: dict[str, float] = {}
    tables: list[str] = []
    for file in ("figures", "words"):
        report = rules.measure(rules.read(Path(__file__).parent / "claims" / f"{file}.jsonl"))
        totals = report["totals"]
        for label, name in (("bad", "wrong claims found"), ("ok", "right claims rejected")):
            if label in totals:
                values[f"{file}: {name}"] = totals[label]["rejected"] / totals[label]["of"]
        _, head, counts = rules.table(report).partition("wrong claims found, by type")
        tables.append(f"{file}.jsonl: {head}{counts}")
    return Found("\n\n".join(tables), values)


def of_classifier(settings: Settings) -> Found:
    """How well titles are filed, by titles alone, that the classifier never saw."""
    taxonomy, examples = classifier.load_taxonomy(), classifier.load_examples()
    rows = classifier.agreement(taxonomy, classifier.Once(classifier.MiniLM()), examples, examples)
    values = {
        "likeliest category agrees, by title alone": float(np.mean([first for first, _, _ in rows])),
        "one of the two likeliest, by title alone": float(np.mean([second for _, second, _ in rows])),
    }
    return Found(_rows(values, of=f"{len(rows)} titles in {classifier.FOLDS} folds"), values)


def of_quoted(settings: Settings) -> Found:
    """The frozen days' pages without a model: what a reader without a key gets."""
    measured: list[PageMeasures] = []
    for path in days_in(DAYS):
        frozen = load(path)
        alone = fitting(frozen, {"model": OFFLINE, "language": LANGUAGE, "data": settings.data})
        run = asyncio.run(replay(frozen, alone, edited={}))
        measured.append(measure(run.report, run.markdown))
    sums = page.totals(measured)
    wanted = ("characters per page", "headline figures carried", "faults", "twice", "wrong", ">2x")
    return Found(page.table(measured, named=False), {name: float(sums[name]) for name in wanted})


def of_writer(settings: Settings) -> Found:
    """The writer's prompt over the frozen days, beside the one-prompt digest of the same papers."""
    tried = _tried("synthesize", settings)

    async def counted() -> tuple[list[Tally], list[Tally]]:
        ours: list[Tally] = []
        others: list[Tally] = []
        for case in cases(days_in(DAYS), LANGUAGE, settings):
            ours += (found := tallies(await rerun(tried, case, settings)))
            ids = {one.unit for one in found}
            others += (await digested(case, [p for p in case.frozen.papers if p.id in ids], settings)).tallies
        return ours, others

    ours, others = asyncio.run(counted())
    values = {one.name: _value(ours, one) for one in MEASURES}
    lines = [f"{tried.id}, {len(ours)} papers{'prompt':>14}{'digest':>14}"]
    lines += [
        f"  {one.name:30}{shown(values[one.name], one.share):>14}{shown(_value(others, one), one.share):>14}"
        for one in MEASURES
    ]
    return Found("\n".join(lines), values)


def of_critic(settings: Settings) -> Found:
    """The critic's prompt over labelled lines about the frozen days' papers."""
    tried = _tried("critique", settings)
    paths = days_in(DAYS)
    held = records(paths, LANGUAGE)
    found = asyncio.run(compare_critics(tried, tried, cases(paths, LANGUAGE, settings), held, settings))
    values = {row.measure: row.a for row in found.rows if row.measure in [one.name for one in OF_A_CRITIC]}
    kinds = [f"  {kind:30}{ours:6} of {of}" for kind, (ours, _, of) in found.kinds.items()]
    return Found(_rows(values, of=f"{tried.id}, {found.records} records") + "\n" + "\n".join(kinds), values)


def _tried(role: str, settings: Settings) -> Version:
    """The prompt as it stands where somebody answers; else the text that answers were recorded for."""
    where = "now" if settings.has_model else str(DAYS / "prompts" / f"{role}.recorded.md")
    return version(f"{LANGUAGE}/{role}", where)


def _value(found: list[Tally], wanted: Measure) -> float:
    sums = Counter[str]()
    for one in found:
        sums.update({"of": getattr(one, wanted.of), "by": getattr(one, wanted.by) if wanted.by else 1.0})
    return sums["of"] / sums["by"] if sums["by"] else 0.0


def _rows(values: dict[str, float], *, of: str) -> str:
    told = (f"  {name:30}{shown(value, 0 <= value <= 1):>10}" for name, value in values.items())
    return "\n".join((of, *told))


EVALS: dict[str, Callable[[Settings], Found]] = {
    "rules": of_rules,
    "classifier": of_classifier,
    "quoted": of_quoted,
    "writer": of_writer,
    "critic": of_critic,
}
ASKING = ("writer", "critic")
"""Those that ask a model, where one is named."""
