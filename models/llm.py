"""The door to a language model: the name of a prompt and its values in, a validated answer out."""

from typing import Protocol, TypeVar

from pydantic import BaseModel

from domain.errors import InsightsError, UsageError
from domain.value import Value
from prompts import Prompt

T = TypeVar("T", bound=BaseModel)


class ModelFailed(InsightsError):
    """The model gave no usable answer, for good: a category may go on without it."""


class BadAnswer(ModelFailed):
    """The model answered, twice, with something that is not of the asked-for type. Names ``prompt@version``."""


class TooMuch(ModelFailed):
    """This much at once is too much for the model, which may answer a smaller question. The same again is in vain."""


class AnswerCut(TooMuch):
    """The answer ran into its limit, or never came to an end and was stopped."""


class PromptTooLong(TooMuch):
    """The question, with room for an answer, does not fit into the model's context window."""


class StopRun(InsightsError):
    """No further call makes sense: the key is refused, the credit used up, the budget spent. The run can be resumed."""


class UnknownModel(UsageError):
    """A model's name that cannot be understood."""


class CallPart(Value):
    """What of its agent's work a question is, for the receipt."""

    name: str = ""
    """Such as the exam, or which round of judging; empty for all that the agent does."""
    canaries: str = ""
    """Text of the question that is there to watch whoever answers."""
    of_answer: float = 0.0
    """Share of the answer that is about it, 0-1."""


WHOLE = CallPart()


class LLM(Protocol):
    """Whoever answers prompts: a chat model, the offline answerer, a test's script."""

    @property
    def name(self) -> str:
        """What the receipt calls it."""
        ...

    @property
    def notes(self) -> tuple[str, ...]:
        """For the receipt: how it was asked, and what was particular about that."""
        ...

    def prompt(self, name: str) -> Prompt:
        """The prompt that it fills where it is asked by that name. Raises PromptError."""
        ...

    async def ask(
        self,
        prompt: str,
        answer: type[T],
        *,
        about: str | None = None,
        answer_tokens: int | None = None,
        part: CallPart = WHOLE,
        **values: object,
    ) -> T:
        """Fills the prompt file with the values and returns the answer.

        ``about`` names the category for the receipt, ``part`` what of the agent's work it is. ``answer_tokens``: how
        long the answer may be, thoughts apart; without it the length of the question decides. Raises ModelFailed when
        there is no answer to be had (TooMuch when there may be one to a smaller question), StopRun when there will be
        none to any question.
        """
        ...

    async def aclose(self) -> None:
        """Gives back what the answers needed, such as connections."""
        ...
