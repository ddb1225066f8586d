"""One receipt for a whole backfill."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from domain.backfills import Backfill, DayFate
from graph.context import Context

from .plan import Plan


def account(plan: Plan, context: Context, fates: Mapping[date, DayFate], stopped: str = "") -> Backfill:
    """What became of every day of a plan. ``fates``: of those that came to an end."""
    known = {day: DayFate(day=day, fate="not begun") for day in plan.span}
    known |= {day: DayFate(day=day, fate="skipped") for day in plan.skipped}
    known |= {day: DayFate(day=day, fate="not given") for day in plan.not_given}
    return Backfill(
        first=plan.span[0],
        last=plan.span[-1],
        language=context.language,
        model=context.model,
        days=tuple({**known, **fates}.values()),
        stopped=stopped,
    )


def keep(done: Backfill, data: Path) -> Path:
    """Writes it into the data folder; returns where."""
    path = data / "backfills" / f"{done.first}_{done.last}-{done.language}.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(done.model_dump_json(indent=2) + "\n", encoding="utf-8")
    part.replace(path)
    return path
