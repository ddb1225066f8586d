"""Whom a run asks: its models, what their calls may cost, and how many are under way."""

from contextlib import AbstractAsyncContextManager
from functools import cached_property

from pydantic import PrivateAttr

from domain.exams import Exam
from models.gate import Gate
from models.llm import LLM
from models.meter import Meter, Pot
from models.prices import price, price_of
from models.replies import Replies

from .fields import RunFields

QUOTED_AT_ONCE = 24


class RunModels(RunFields):
    """Opened when they are first asked for, once per run."""

    _pot: Pot | None = PrivateAttr(default=None)

    @property
    def at_one_desk(self) -> int:
        """Papers told in full at one desk. Where nobody judges them, a section for every few takes longer than to quote
        them."""
        return self.papers_at_once if self.llm else QUOTED_AT_ONCE

    @cached_property
    def llm(self) -> LLM | None:
        """Whom the agents ask; None where nobody is to be asked, and the papers are quoted."""
        if not self.has_model:
            return None
        return self._asked(self.model, *([self.fallback_model] if self.fallback_model else []))

    @cached_property
    def judge(self) -> LLM | None:
        """Who judges what was written: one model and no fallback, as only who sat the exam is believed."""
        if self.llm is None or not (self.critic_model or self.fallback_model):
            return self.llm
        return self._asked(self.critic_model or self.model)

    def _asked(self, *names: str) -> LLM:
        from models.chat import ChatLLM
        from models.manners import Known
        from models.provider import open_model

        return ChatLLM(
            models=[open_model(name, timeout=self.timeout) for name in names],
            meter=self.meter,
            replies=Replies(self.cache / "replies.sqlite") if self.cache_replies else None,
            edited=self.edited,
            known=Known(self.cache / "servers.json"),
            free=self.free_calls,
            attempts=self.attempts,
        )

    @property
    def model_notes(self) -> tuple[str, ...]:
        """For the receipt: how the models were asked, and what was particular about that."""
        asked = {id(llm): llm for llm in (self.llm, self.judge) if llm}
        return tuple(dict.fromkeys(note for llm in asked.values() for note in llm.notes))

    def believes(self, exam: Exam | None) -> bool:
        """Whether a judge that did so in its exam may judge."""
        return not self.exam or (exam is not None and exam.score >= self.exam)

    @cached_property
    def free_calls(self) -> AbstractAsyncContextManager[object]:
        """Bounds the calls under way, whoever makes them."""
        return Gate(self.calls_at_once)

    @cached_property
    def meter(self) -> Meter:
        specs = (self.model, self.fallback_model, self.critic_model)
        return Meter(
            self.folder / "calls.sqlite",
            prices={
                **{name: price(numbers) for name, numbers in self.prices.items()},
                **{spec.partition(":")[2]: known for spec in specs if (known := price_of(spec, self.prices))},
            },
            budget_tokens=self.budget_tokens,
            budget_usd=self.budget_usd,
            pot=self._pot,
        )
