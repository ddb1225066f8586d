"""What verbs are told on their line: days, weeks, and what else more than one of them takes."""

from datetime import date, datetime
from typing import Annotated

import typer

from domain.weeks import WeekId


def read_day(text: str) -> date:
    """Raises BadParameter, as do the others."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").date()
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write it as 2024-10-06") from None


def read_week(text: str) -> WeekId:
    """Such as 2026-W47."""
    try:
        return WeekId.read(text)
    except ValueError as error:
        raise typer.BadParameter(str(error)) from None


def read_issue(text: str) -> date | WeekId:
    """A day or a week."""
    return read_week(text) if "W" in text.upper() else read_day(text)


DayArgument = Annotated[date, typer.Argument(parser=read_day, metavar="DAY", help="such as 2024-10-06")]
OptionalDay = Annotated[date | None, typer.Argument(parser=read_day, metavar="[DAY]", help="such as 2024-10-06")]
AsJson = Annotated[bool, typer.Option("--json", help="One JSON object and nothing else.")]
