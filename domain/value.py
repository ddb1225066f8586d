"""The base of everything that travels: frozen, exact, comparable."""

from pydantic import BaseModel, ConfigDict


class Value(BaseModel):
    """A frozen record that refuses fields it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid")
