"""One question, filled in, and dressed as a server takes it."""

import json
from dataclasses import dataclass
from functools import cache
from typing import Any

from pydantic import BaseModel

from prompts import Prompt

from .llm import WHOLE, CallPart
from .manners import Manners
from .meter import Call, CallOutcome
from .reply import Messages, Tokens, estimate

THINKING = 8_000
"""Tokens that a model which thinks may take for it, besides its answer."""
ROOM = 256
"""Tokens: where a window leaves less for the answer, the prompt is too long."""


@dataclass(frozen=True)
class Question:
    """A prompt, filled, and what its answer looks like."""

    prompt: Prompt
    messages: Messages
    schema: dict[str, Any]
    about: str | None
    answer_tokens: int | None
    part: CallPart = WHOLE

    def most(self, longest: int) -> int:
        """Tokens that the answer may take: what the asker says, else twice the question, for it says it again."""
        if self.answer_tokens is not None:
            return self.answer_tokens
        return min(longest, 600 + 2 * sum(estimate(text) for _, text in self.messages))

    @property
    def _watching(self) -> float:
        """Share of the question that is there to watch whoever answers, by its bytes."""
        return estimate(self.part.canaries) / max(1, sum(estimate(text) for _, text in self.messages))

    def call(
        self, model: str, outcome: CallOutcome, usage: Tokens | None = None, size: int = 0, heard: str = ""
    ) -> Call:
        """The call for the meter; where the server told no usage, an estimate that says so."""
        told = usage is not None or not (size or heard)
        tokens = usage or Tokens(size, 0, estimate(heard))
        return Call(
            agent=self.prompt.name.rpartition("/")[2],
            prompt=self.prompt.id,
            model=model,
            category=self.about,
            outcome=outcome,
            input_tokens=tokens.taken,
            cached_tokens=tokens.cached,
            output_tokens=tokens.given,
            part=self.part.name,
            canaries_in=round(tokens.taken * self._watching),
            canaries_out=round(tokens.given * self.part.of_answer),
            estimated=not told,
        )


@cache
def schema_of(answer: type[BaseModel]) -> dict[str, Any]:
    """The JSON schema of an answer, made once: Pydantic makes it anew whenever it is asked."""
    return answer.model_json_schema()


def dressed(messages: Messages, schema: dict[str, Any], manners: Manners) -> list[tuple[str, str]]:
    """The messages as the server takes them: below the first rung with the schema, without a system message in one."""
    (_, system), *others = messages
    if manners.rung != "json_schema":
        system += (
            "\n\nAnswer with one JSON object and nothing else: no prose, no code fence. It has the fields of this JSON "
            f"schema, with values of your own:\n{json.dumps(schema, ensure_ascii=False)}"
        )
    if manners.system:
        return [("system", system), *others]
    (role, text), *rest = others
    return [(role, f"{system}\n\n{text}"), *rest]


def limit_for(most: int, size: int, manners: Manners) -> int:
    """The limit to send: with room for thoughts, and within what the server is known to give."""
    limit = most + THINKING if manners.thinks else most
    if manners.longest:
        limit = min(limit, manners.longest)
    if manners.window and manners.window - size >= ROOM:  # the size is an upper estimate: else the server may judge
        limit = min(limit, manners.window - size)
    return limit
