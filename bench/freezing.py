"""Makes a frozen day of one that was run, from its report and from what the memory knew before it."""

from datetime import date
from typing import Any

from agents import stories
from domain.errors import UsageError
from domain.reports import Receipt
from graph.context import Context
from graph.settings import Settings
from publishing import layout
from publishing.files import read_report

from .frozen import FrozenDay, packages

GUESSES = 5
"""Categories that are kept of each paper's ranking."""
LEFT_OUT = {"data", "papers", "sources", "contact", "chroma_url"}
"""Settings that say where things lie on this machine."""


def freeze(day: date, context: Context) -> FrozenDay:
    """The day as its run found it; later days and the day itself do not change the answer. Raises UsageError for a day
    without a report."""
    folder = context.reports / layout.place(day, context.language)
    if not (folder / layout.REPORT).is_file():
        raise UsageError(f"there is no report of {day} in {context.reports}; 'insights run {day}' writes one")
    report = read_report(folder / layout.REPORT)
    receipt = Receipt.model_validate_json((folder / layout.RECEIPT).read_bytes())
    with context.memory() as memory:
        known = memory.recall(report.papers, before=day)
        before = [paper for paper in report.papers if known[paper.id].first_day]
        frozen = FrozenDay(
            day=day,
            language=context.language,
            papers=report.papers,
            withdrawn=report.withdrawn,
            health=report.health,
            memory=tuple(known.values()),
            earlier=tuple(memory.papers(stories.near(known.values())).values()),
            history=memory.history(before=day),
            kept=memory.items(before, context.language),
            names=memory.names(before, context.language),
            filings=report.filings,
            settings=_settings(context, report.model),
        )
    new = [paper for paper in report.papers if known[paper.id].category is None]
    ranked = zip(new, context.classifier.rank(new), strict=True)
    made = {"embedder": context.embed.name, "classifier": context.classifier.name}
    return frozen.model_copy(
        update={
            "guesses": {paper.id: tuple(ranking[:GUESSES]) for paper, ranking in ranked},
            "versions": {**dict(receipt.prompts), **made, **packages()},
        }
    )


def _settings(context: Context, model: str) -> dict[str, Any]:
    kept = Settings.model_fields.keys() - LEFT_OUT
    return context.model_dump(mode="json", exclude_defaults=True, include=kept) | {"model": model}
