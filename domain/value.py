"""The base of everything that travels: frozen, exact, comparable."""

from datetime import date
from typing import Annotated, Any, cast

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict


class Value(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _with_english(texts: dict[str, str]) -> dict[str, str]:
    if "en" not in texts:
        raise ValueError("the English one, 'en', is missing")
    return texts


ByLanguage = dict[str, str]
"""Texts by the code of their language."""
Names = Annotated[ByLanguage, AfterValidator(_with_english)]
"""The same, of what is written down by people: English is always there."""


def keyed(given: Any, field: str) -> Any:
    """A record in which each language was a field of its own, as it was written once, with all in one ``field``."""
    if not isinstance(given, dict):
        return given
    held = cast("dict[str, Any]", given)
    apart = {code: held[code] for code in ("ko", "en") if code in held}
    return {**{name: value for name, value in held.items() if name not in apart}, field: apart} if apart else held


def in_language(texts: ByLanguage, code: str) -> str:
    """The text in a language, in English where there is none, else in any."""
    return texts.get(code) or texts.get("en") or next(iter(texts.values()), "")


def _of_parts(given: Any) -> Any:
    """``[2024, 10, 6]`` is how LangGraph's server shows a date of a checkpoint, and so how an edited one comes back."""
    match given:
        case [int() as year, int() as month, int() as day]:
            return date(year, month, day)
        case _:
            return given


Day = Annotated[date, BeforeValidator(_of_parts)]
"""A date, in each form in which a checkpoint or a form may hand it over."""
