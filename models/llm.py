"""The door to a language model: the name of a prompt and its values in, a validated answer out."""

from typing import Protocol, TypeVar

from pydantic import BaseModel

T = TypeVar("T", bound=BaseModel)


class ModelFailed(RuntimeError):
    """The model gave no usable answer, for good: a category may go on without it."""


class BadAnswer(ModelFailed):
    """The model answered, twice, with something that is not of the asked-for type. Names ``prompt@version``."""


class StopRun(RuntimeError):
    """No further call makes sense: the key is refused, the quota used up, the budget spent. The run can be resumed."""


class UnknownModel(ValueError):
    """A model's name that cannot be understood."""


class LLM(Protocol):
    """Whoever answers prompts: a chat model, the offline answerer, a test's script."""

    @property
    def name(self) -> str:
        """What the receipt calls it."""
        ...

    @property
    def quotes(self) -> bool:
        """It answers in the papers' own sentences and writes none of its own."""
        ...

    async def ask(self, prompt: str, answer: type[T], *, about: str | None = None, **values: object) -> T:
        """Fills the prompt file with the values and returns the answer.

        ``about`` names the category for the receipt. Raises ModelFailed when there is no answer to be had, StopRun when
        there will be none to any question.
        """
        ...

    async def aclose(self) -> None:
        """Gives back what the answers needed, such as connections."""
        ...
