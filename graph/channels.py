"""Channels of the state that validate what is put into them: by a node, or by a person who edits a checkpoint.

LangGraph's server hands an edited value over as plain JSON, and its own channels keep whatever they are given: the next
node would fail on it, and with it every look at the thread. Here it is made what it was, or the edit is refused with
the name of the field, and nothing is kept.
"""

from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Annotated, Any, TypeVar

from langgraph.channels import LastValue
from pydantic import BaseModel, ConfigDict, create_model

T = TypeVar("T")


class Validated(LastValue[Any]):
    """The last value, of the type that the state declares."""

    def update(self, values: Sequence[Any]) -> bool:
        """Raises ValidationError for a value that cannot be made one of the type."""
        return super().update([validated(self.key, self.typ, value) for value in values])


Valid = Annotated[T, Validated]
"""``papers: Valid[tuple[Paper, ...]]`` declares such a channel."""


def joined(key: str, kind: type[T], about: Callable[[T], object]) -> Callable[[list[T], list[T]], list[T]]:
    """A reducer for lists to which several branches add: one entry for each thing that entries are ``about``, in the
    order of their coming. One that comes again, as an edited one does, takes the place of the one before. Raises
    ValidationError.
    """

    def join(held: list[T], added: list[T]) -> list[T]:
        # The server edits a state that it has read as plain JSON.
        entries: list[T] = validated(key, list[kind], [*held, *added])
        return list({about(entry): entry for entry in entries}.values())

    return join


def validated(key: str, kind: Any, value: Any) -> Any:
    """The value as one of that kind. Raises ValidationError, whose places begin with ``key``."""
    return getattr(_holder(key, kind).model_validate({key: value}), key)


@lru_cache(maxsize=64)
def _holder(key: str, kind: Any) -> type[BaseModel]:
    fields: dict[str, Any] = {key: (kind, ...)}
    return create_model(f"the edited {key}", __config__=ConfigDict(frozen=True), **fields)
