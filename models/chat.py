"""Chat models behind the door: each question is asked as its server wants to be asked, until there is an answer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any, TypeVar

from langchain_core.callbacks import adispatch_custom_event
from pydantic import BaseModel

import prompts
from prompts import Prompt

from . import answers
from .failures import LONGEST_WAIT, FailedCall, diagnose
from .gate import BEGIN, Gate
from .heard import Heard, hear
from .llm import WHOLE, AnswerCut, BadAnswer, CallPart, ModelFailed, PromptTooLong, StopRun, TooMuch
from .manners import Known, Manners
from .meter import Call, CallOutcome, Meter
from .provider import Model
from .question import ROOM, Question, dressed, limit_for, schema_of
from .replies import NoRoom, Replies, RepliesError
from .reply import Messages, Reply, estimate, listen

T = TypeVar("T", bound=BaseModel)


CACHED = "answered before"
"""The event that tells whoever traces a run of an answer that was kept: no call is made for it."""


_OTHERS = 5.0
"""Seconds after which a call that waits for the budget looks again."""


class _Spent(ModelFailed):
    """This model answers nothing any more."""


@dataclass
class ChatLLM:
    """Asks the first model, and the fallback when the first one fails for good."""

    models: Sequence[Model]
    meter: Meter
    replies: Replies | None = None
    edited: Mapping[str, Prompt] = field(default_factory=dict[str, Prompt])
    """Texts that take the place of prompt files in this run, by name."""
    known: Known = field(default_factory=Known)
    """How the servers want to be asked."""
    free: AbstractAsyncContextManager[object] = field(default_factory=lambda: Gate(BEGIN))
    """Bounds the calls under way. LangGraph's own ``max_concurrency`` loses finished branches on a crash."""
    attempts: int = 4
    """Tries of one call, where trying again can help."""
    longest_answer: int = 8_000
    """Tokens that one answer may take, thoughts apart; less where the question is short."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    _under_way: int = field(init=False, default=0)
    """Calls that are not settled. Not their tickets: one that is settled is given again, at once."""
    _settled: asyncio.Event = field(init=False, default_factory=asyncio.Event)
    """Set, and replaced, whenever one is."""
    _stop: StopRun | None = field(init=False, default=None)
    _answered: set[str] = field(init=False, default_factory=set[str])
    """Models that have given an answer in this run."""
    _suited: set[tuple[str, Manners]] = field(init=False, default_factory=set[tuple[str, Manners]])
    """Manners in which they have given one."""
    _spent: dict[str, str] = field(init=False, default_factory=dict[str, str])
    """Models that are asked nothing any more, and why."""
    _rescued: int = field(init=False, default=0)
    """Questions that another model than the first one answered."""
    _noted: dict[str, None] = field(init=False, default_factory=dict[str, None])

    @property
    def name(self) -> str:
        return self.models[0].name

    @property
    def notes(self) -> tuple[str, ...]:
        """For the receipt: how each model was asked, what another one had to answer, what could not be kept."""
        asked = (m for m in self.models if m.name in self._answered)
        told = [f"{m.name} at {m.address}: asked by {self.known.of(m.key).in_words()}" for m in asked]
        told += [f"{name} was given up: {why}" for name, why in self._spent.items()]
        told += [f"{self._rescued} questions were answered by a fallback model"] if self._rescued else []
        return (*told, *self.meter.notes(), *self._noted, *self.known.notes)

    def prompt(self, name: str) -> Prompt:
        """See ``LLM.prompt``."""
        return self.edited.get(name) or prompts.load(name)

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
        """See ``LLM.ask``."""
        loaded = await asyncio.to_thread(self.prompt, prompt)
        filled = loaded.render(**values)
        return await self.put(Question(loaded, filled, schema_of(answer), about, answer_tokens, part), answer)

    async def put(self, question: Question, answer: type[T]) -> T:
        """``ask`` for a question that is filled in already."""
        failures: list[tuple[str, ModelFailed]] = []
        try:
            for model in self.models:
                if model.name in self._spent:
                    failures.append((model.name, _Spent(self._spent[model.name])))
                    continue
                try:
                    value = await self._ask(model, question, answer)
                except ModelFailed as failure:
                    failures.append((model.name, failure))
                    if isinstance(failure, _Spent):
                        self._spent[model.name] = str(failure)
                else:
                    self._rescued += model is not self.models[0]
                    return value
            if all(isinstance(failure, _Spent) for _, failure in failures):
                why = "; ".join(f"{name}: {failure}" for name, failure in failures)
                raise StopRun(f"{why}. The run goes on when it is refilled")
        except StopRun as stop:
            # Raising cancels the other branches, and what those have asked is paid for: no new call is begun, and
            # those under way are waited for.
            self._stop = stop
            while self._under_way:
                await self._settled.wait()
            raise
        last = next((f for _, f in failures if isinstance(f, TooMuch)), failures[-1][1])
        kind = ModelFailed if isinstance(last, _Spent) else type(last)
        raise kind("; ".join(f"{name}: {failure}" for name, failure in failures)) from last

    async def aclose(self) -> None:
        """Closes the connections and the files."""
        for model in self.models:
            await model.aclose()
        if self.replies:
            await asyncio.to_thread(self.replies.close)

    async def _ask(self, model: Model, question: Question, answer: type[T]) -> T:
        """One question to one model: its answer, or one repaired answer, or ModelFailed."""
        messages, repaired, otherwise = question.messages, False, False
        while True:
            if known := await self._recall(model, messages, question.schema):
                await asyncio.to_thread(self.meter.record, question.call(model.name, "cached"))
                with suppress(RuntimeError):  # outside of a run nobody is to be told
                    await adispatch_custom_event(CACHED, {"prompt": question.prompt.id, "model": model.name})
                return answer.model_validate_json(known)
            heard = await self._call(model, question, messages, answer)
            if heard.value is not None:
                return heard.value
            outcome, fault = heard.outcome, heard.fault
            if outcome in ("cut", "babbled") and heard.learned != heard.manners and not otherwise:
                otherwise = True  # it is no longer the same question: with room to think, or with the schema in it
                continue
            if outcome in ("cut", "babbled"):
                raise AnswerCut(f"{question.prompt.id}: {fault}")
            if repaired:
                raise BadAnswer(f"{question.prompt.id}: no usable answer after one repair: {fault}")
            repaired = True
            messages = [
                *messages,
                ("assistant", answers.said(heard.reply.text)[:20_000] or "(no answer)"),
                ("user", f"That answer cannot be used: {fault}. Answer again with the one JSON object, nothing else."),
            ]

    async def _call(self, model: Model, question: Question, messages: Messages, answer: type[T]) -> Heard[T]:
        """The first attempt that is answered at all, usable or not. Raises ModelFailed when none is, or StopRun.

        A place among the calls under way is given on when the answer is kept and counted, so that never more answers
        than there are places can be lost."""
        manners = before = await asyncio.to_thread(self.known.of, model.key)
        config: Any = {
            "run_name": question.prompt.name,
            "metadata": {"prompt": question.prompt.id, "category": question.about or ""},
        }
        most, room, attempt = question.most(self.longest_answer), None, 1
        gate = self.free if isinstance(self.free, Gate) else None  # else somebody bounds the calls of several processes
        while True:
            sent = dressed(messages, question.schema, manners)
            size = sum(estimate(text) for _, text in sent)
            limit = room or limit_for(most, size, manners)
            async with self.free:
                turn = gate.turn if gate else 0
                ticket = await self._begin(model.name, size, limit)
                try:
                    asked = model.provider.asks(question.schema, manners, size, limit)
                    reply = await listen(
                        model.chat,
                        sent,
                        asked=asked,
                        config=config,
                        most=limit,
                        sums=model.provider.sums,
                        watch=_first(gate) if gate else _unwatched,
                    )
                except Exception as error:  # whatever a client library raises is a call without an answer
                    await self._end(ticket, question.call(model.name, "failed"))
                    failed = diagnose(
                        error,
                        answered=model.name in self._answered,
                        suited=(model.name, manners) in self._suited,
                        key=model.provider.key,
                    )
                    fewer = failed.crowded and gate is not None and gate.crowded(turn)
                    cause = error
                except BaseException:
                    await self._end(ticket, question.call(model.name, "failed"))
                    raise
                else:
                    self._answered.add(model.name)
                    self._suited.add((model.name, manners))
                    outcome: CallOutcome = "bad"
                    try:
                        heard = hear(reply, manners, answer)
                        outcome = heard.outcome
                        await self._keep(model, messages, question.schema, heard.value)
                    finally:
                        await self._end(ticket, question.call(model.name, outcome, reply.usage, size, reply.heard))
                    await asyncio.to_thread(self.known.learn, model.key, before, heard.learned)
                    return heard
            if failed.act == "again" and (fewer or attempt < self.attempts):
                await self.sleep(failed.pause if failed.pause is not None else min(2.0 ** (attempt - 1), LONGEST_WAIT))
                attempt += not fewer  # it was one too many, and would not be now
            elif failed.act == "too long" and (room := _room(failed, limit)):
                manners = manners.model_copy(update={"window": failed.window})
            elif failed.act == "humbler" and (less := _less(manners, failed, limit)):
                manners = less
            else:
                raise _failed(failed, attempt) from cause

    async def _recall(self, model: Model, messages: Messages, schema: object) -> str | None:
        """What was answered before; nothing where the cache cannot be read, which a note says."""
        try:
            return await asyncio.to_thread(self.replies.get, model.name, messages, schema) if self.replies else None
        except RepliesError as fault:
            self._noted[str(fault)] = None
            return None

    async def _keep(self, model: Model, messages: Messages, schema: object, value: BaseModel | None) -> None:
        """An answer that cannot be kept is an answer all the same; but on a full disk, where the run cannot end well,
        no more of them are asked for, from that moment on. Raises StopRun there."""
        try:
            if self.replies and value is not None:
                text = value.model_dump_json(by_alias=True)
                await asyncio.to_thread(self.replies.keep, model.name, messages, schema, text)
        except NoRoom as fault:
            self._stop = StopRun(f"{fault}; make room and run again")
            raise self._stop from fault
        except RepliesError as fault:
            self._noted[str(fault)] = None

    async def _begin(self, model: str, size: int, limit: int) -> int:
        """A ticket for one call, when the budget has room for it. Raises StopRun when no call is to be begun."""
        while True:
            settled = self._settled
            ticket = await asyncio.to_thread(self.meter.reserve, model, size, limit)
            if self._stop:
                raise type(self._stop)(str(self._stop))
            if ticket is not None:
                self._under_way += 1
                return ticket
            with suppress(TimeoutError):  # others may share the budget, and say nothing when theirs comes back
                await asyncio.wait_for(settled.wait(), _OTHERS)

    async def _end(self, ticket: int, call: Call) -> None:
        """Settles a call, also while its branch is being cancelled: then nobody is left to hear what goes wrong."""
        settling = asyncio.ensure_future(asyncio.to_thread(self.meter.settle, ticket, call))
        settling.add_done_callback(lambda done: done.cancelled() or done.exception())
        try:
            await asyncio.shield(settling)
        finally:
            self._under_way -= 1
            self._settled.set()
            self._settled = asyncio.Event()


def _unwatched(_: Reply) -> None:
    """Nobody asks when it begins."""


def _first(gate: Gate) -> Callable[[Reply], None]:
    """Tells the gate when an answer begins."""
    asked, told = perf_counter(), False

    def watch(_: Reply) -> None:
        nonlocal told
        if not told:
            told = True
            gate.begun(perf_counter() - asked)

    return watch


def _room(failed: FailedCall, limit: int) -> int | None:
    """Tokens that the window leaves for the answer; None where they are too few, or were no more to begin with."""
    if not failed.window or not failed.prompt:
        return None
    room = failed.window - failed.prompt - ROOM // 4
    return room if ROOM <= room < limit else None


def _less(manners: Manners, failed: FailedCall, limit: int) -> Manners | None:
    """How to ask after a refusal; None where there is no humbler way."""
    if failed.longest:
        return manners.model_copy(update={"longest": failed.longest}) if failed.longest < limit else None
    return manners.without(failed.part) if failed.part else manners.humbler()


def _failed(failed: FailedCall, attempt: int) -> ModelFailed | StopRun:
    match failed.act:
        case "again":
            return ModelFailed(f"no answer in {attempt} attempts: {failed.sentence}")
        case "too long":
            told = f" of {failed.window:,} tokens" if failed.window else ""
            return PromptTooLong(f"the question does not fit into the model's context window{told}: {failed.sentence}")
        case "spent":
            return _Spent(failed.sentence)
        case "stop":
            return StopRun(failed.sentence)
        case "give up" | "humbler":
            return ModelFailed(failed.sentence)
