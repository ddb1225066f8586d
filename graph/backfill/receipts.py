"""One receipt for a whole backfill."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from pydantic import ValidationError

from domain.backfills import Backfill, DayFate
from graph.context import Context

from .plan import Plan


def account(
    plan: Plan,
    context: Context,
    fates: Mapping[date, DayFate],
    earlier: Backfill | None = None,
    stopped: str = "",
) -> Backfill:
    """What became of every day of a plan. ``fates``: of those that came to an end. ``earlier``: what a call for the
    same days brought before, which days that it finished keep."""
    known = {day: DayFate(day=day, fate="not begun") for day in plan.span}
    known |= {day: DayFate(day=day, fate="skipped") for day in plan.skipped}
    known |= {day: DayFate(day=day, fate="not given") for day in plan.not_given}
    known |= {one.day: one for one in (earlier.of("written") if earlier else ()) if one.day in plan.skipped}
    return Backfill(
        first=plan.span[0],
        last=plan.span[-1],
        language=context.language,
        model=context.model,
        days=tuple({**known, **fates}.values()),
        stopped=stopped,
    )


def place(plan: Plan, context: Context) -> Path:
    return context.folder / "backfills" / f"{plan.span[0]}_{plan.span[-1]}-{context.language}.json"


def read(path: Path) -> Backfill | None:
    """What a call for the same days brought before; None where there was none that this version understands."""
    try:
        return Backfill.model_validate_json(path.read_bytes())
    except (OSError, ValidationError):
        return None


def keep(done: Backfill, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    part.write_text(done.model_dump_json(indent=2) + "\n", encoding="utf-8")
    part.replace(path)
