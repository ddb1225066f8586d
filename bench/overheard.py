"""Listens to what a model is asked and answers, so that two versions of a prompt can be held against each other."""

import asyncio
from dataclasses import dataclass, field
from typing import Any, TypeVar

from pydantic import BaseModel

from domain.value import Value
from models.llm import LLM, WHOLE, CallPart, ModelFailed
from models.reply import estimate
from prompts import Prompt

T = TypeVar("T", bound=BaseModel)


class Exchange(Value):
    """One question and its answer."""

    prompt: str
    """``name@version``."""
    about: str = ""
    """The desk, where it is about one."""
    messages: tuple[tuple[str, str], ...]
    """(role, text)"""
    answer: Any = None
    """As JSON; None where there was none."""
    failure: str = ""
    tokens_in: int = 0
    tokens_out: int = 0
    """Estimated the same way whoever answers, also where an answer was kept from before."""

    @property
    def name(self) -> str:
        return self.prompt.partition("@")[0]


@dataclass
class Overheard:
    """A model behind the same door, with a note of every exchange."""

    llm: LLM
    exchanges: list[Exchange] = field(default_factory=list[Exchange])

    @property
    def name(self) -> str:
        return self.llm.name

    @property
    def notes(self) -> tuple[str, ...]:
        return self.llm.notes

    def prompt(self, name: str) -> Prompt:
        """See ``LLM.prompt``."""
        return self.llm.prompt(name)

    async def ask(
        self,
        prompt: str,
        answer: type[T],
        *,
        about: str | None = None,
        answer_tokens: int | None = None,
        part: CallPart = WHOLE,
        **values: Any,
    ) -> T:
        """See ``LLM.ask``."""
        loaded = await asyncio.to_thread(self.prompt, prompt)
        messages = tuple(loaded.render(**values))
        size = sum(estimate(text) for _, text in messages)
        try:
            said = await self.llm.ask(prompt, answer, about=about, answer_tokens=answer_tokens, part=part, **values)
        except ModelFailed as failure:
            self._note(loaded, about, messages, tokens_in=size, failure=str(failure))
            raise
        out = estimate(said.model_dump_json())
        self._note(loaded, about, messages, tokens_in=size, tokens_out=out, answer=said.model_dump(mode="json"))
        return said

    def _note(self, prompt: Prompt, about: str | None, messages: tuple[tuple[str, str], ...], **told: Any) -> None:
        self.exchanges.append(Exchange(prompt=prompt.id, about=about or "", messages=messages, **told))

    async def aclose(self) -> None:
        """See ``LLM.aclose``."""
        await self.llm.aclose()
