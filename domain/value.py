"""The base of everything that travels: frozen, exact, comparable."""

from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict


class Value(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _of_parts(given: Any) -> Any:
    """``[2024, 10, 6]`` is how LangGraph's server shows a date of a checkpoint, and so how an edited one comes back."""
    match given:
        case [int() as year, int() as month, int() as day]:
            return date(year, month, day)
        case _:
            return given


Day = Annotated[date, BeforeValidator(_of_parts)]
"""A date, in each form in which a checkpoint or a form may hand it over."""
