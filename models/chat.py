"""A chat model behind the door: OpenAI's, or any server that speaks its language."""

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Any, TypeVar

import httpx2
from langchain_core.exceptions import (
    ContextOverflowError,
    ModelAuthenticationError,
    ModelError,
    ModelNotFoundError,
    ModelPermissionDeniedError,
    ModelRateLimitError,
)
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessage
from pydantic import BaseModel, SecretStr, ValidationError

import prompts
from prompts import Prompt

from .llm import BadAnswer, ModelFailed, StopRun, UnknownModel
from .meter import Call, Meter, Outcome, estimate_tokens
from .replies import Replies

T = TypeVar("T", bound=BaseModel)

NO_COMPLETION = (TypeError, AttributeError, LookupError, ValueError)
"""What the client raises for an answer with status 200 that is something else: some gateways report errors that way."""
LONGEST_WAIT = 60.0
"""Seconds: a server that asks for a longer pause is treated as one that does not answer."""


@dataclass(frozen=True)
class Model:
    """One chat model and what the receipt, the prices and the cache call it."""

    name: str
    chat: BaseChatModel
    http: httpx2.AsyncClient
    """Its connections, to be closed after the run."""


def open_model(spec: str, *, timeout: float, url: str | None = None, key: str | None = None) -> Model:
    """The model of ``openai:NAME``, at OPENAI_BASE_URL where that is set. Raises StopRun without a key.

    ``timeout``: seconds until a call counts as unanswered. ``url`` and ``key`` stand in for the environment's.
    """
    provider, _, name = spec.partition(":")
    if provider != "openai" or not name:
        raise UnknownModel(
            f"{spec!r} is no model; write offline, or openai:NAME (any server that speaks like OpenAI's)"
        )
    if not (key := key or os.environ.get("OPENAI_API_KEY")):
        raise StopRun("there is no OPENAI_API_KEY in the environment; a server of your own takes any text as key")
    from langchain_openai import ChatOpenAI

    http = httpx2.AsyncClient(timeout=timeout)
    # The Responses API is OpenAI's alone, and some model names would switch to it by themselves. Attempts are ours, so
    # the client makes one.
    chat = ChatOpenAI(
        model=name,
        base_url=url,
        api_key=SecretStr(key),
        timeout=timeout,
        max_retries=0,
        use_responses_api=False,
        http_async_client=http,
    )
    return Model(name, chat, http)


@dataclass
class ChatLLM:
    """Asks the first model, and the fallback when the first one fails for good."""

    models: Sequence[Model]
    meter: Meter
    replies: Replies | None = None
    at_once: int = 8
    """Calls under way at the same time. LangGraph's own ``max_concurrency`` loses finished branches on a crash."""
    attempts: int = 4
    """Tries of one call, where trying again can help."""
    longest_answer: int = 8_000
    """Tokens that one answer may take; reserved from the budget before the call."""
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    quotes: bool = False
    _free: asyncio.Semaphore = field(init=False)
    _under_way: set[int] = field(init=False, default_factory=set[int])
    """Tickets of the calls that are not settled."""
    _settled: asyncio.Event = field(init=False, default_factory=asyncio.Event)
    """Set, and replaced, whenever one is."""
    _stop: StopRun | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._free = asyncio.Semaphore(self.at_once)

    @property
    def name(self) -> str:
        return self.models[0].name

    async def ask(self, prompt: str, answer: type[T], *, about: str | None = None, **values: object) -> T:
        """See ``LLM.ask``."""
        loaded = await asyncio.to_thread(prompts.load, prompt)
        messages = loaded.render(**values)
        failures: list[tuple[str, ModelFailed]] = []
        for model in self.models:
            try:
                return await self._ask(model, loaded, messages, answer, about)
            except ModelFailed as failure:
                failures.append((model.name, failure))
            except StopRun as stop:
                # Raising cancels the other branches, and what those have asked is paid for: no new call is begun, and
                # those under way are waited for.
                self._stop = stop
                while self._under_way:
                    await self._settled.wait()
                raise
        last = failures[-1][1]
        raise type(last)("; ".join(f"{name}: {failure}" for name, failure in failures)) from last

    async def aclose(self) -> None:
        """Closes the connections and the files."""
        for model in self.models:
            await model.http.aclose()
        if self.replies:
            await asyncio.to_thread(self.replies.close)

    async def _ask(
        self, model: Model, prompt: Prompt, messages: list[tuple[str, str]], answer: type[T], about: str | None
    ) -> T:
        """One question to one model: its answer, or one repaired answer, or BadAnswer."""
        schema = answer.model_json_schema()
        fault = ""
        for _ in range(2):
            if self.replies and (known := await asyncio.to_thread(self.replies.get, model.name, messages, schema)):
                await asyncio.to_thread(self.meter.record, _call(model, prompt, about, "cached"))
                return answer.model_validate_json(known)
            async with self._free:
                reply = await self._call(model, prompt, messages, schema, about)
                fault, value = reply.fault, None
                outcome: Outcome = "bad"
                try:
                    if not fault:
                        value, outcome = answer.model_validate_json(reply.text), "answered"
                        if self.replies:
                            await asyncio.to_thread(self.replies.keep, model.name, messages, schema, reply.text)
                except ValidationError as error:
                    fault = _say(error)
                finally:
                    await self._end(reply.ticket, _call(model, prompt, about, outcome, *reply.used))
            if value is not None:
                return value
            messages = [
                *messages,
                ("assistant", reply.text or "(no answer)"),
                ("user", f"That answer cannot be used: {fault}. Answer again with the one JSON object, nothing else."),
            ]
        raise BadAnswer(f"{prompt.id}: no usable answer after one repair: {fault}")

    async def _call(
        self, model: Model, prompt: Prompt, messages: list[tuple[str, str]], schema: dict[str, Any], about: str | None
    ) -> "_Reply":
        """The first attempt that is answered at all, usable or not. Raises ModelFailed when none is, or StopRun."""
        chat = model.chat.bind(response_format=_format(schema)).with_config(
            run_name=prompt.name, metadata={"prompt": prompt.id, "category": about or ""}
        )
        size = sum(estimate_tokens(text) for _, text in messages)
        for attempt in range(1, self.attempts + 1):
            ticket = await self._begin(model.name, size)
            try:
                return _read(await chat.ainvoke(messages), ticket)
            except (ModelError, *NO_COMPLETION) as error:
                await self._end(ticket, _call(model, prompt, about, "failed"))
                wait = _wait(error, attempt)
                if wait is None or attempt == self.attempts:
                    raise ModelFailed(f"no answer in {attempt} attempts: {_short(error)}") from error
            except BaseException as error:
                if _is_cut_off(error):
                    return _Reply("", "it was cut off at its length limit", ticket, _usage_of(error))
                await self._end(ticket, _call(model, prompt, about, "failed"))
                raise
            await self.sleep(wait)
        raise AssertionError("the loop returns or raises")

    async def _begin(self, model: str, size: int) -> int:
        """A ticket for one call, when the budget has room for it. Raises StopRun when no call is to be begun."""
        while True:
            settled = self._settled
            ticket = await asyncio.to_thread(self.meter.reserve, model, size, self.longest_answer)
            if self._stop:
                raise type(self._stop)(str(self._stop))
            if ticket is not None:
                self._under_way.add(ticket)
                return ticket
            await settled.wait()

    async def _end(self, ticket: int, call: Call) -> None:
        """Settles a call, also while its branch is being cancelled."""
        try:
            await asyncio.shield(asyncio.to_thread(self.meter.settle, ticket, call))
        finally:
            self._under_way.discard(ticket)
            self._settled.set()
            self._settled = asyncio.Event()


@dataclass(frozen=True)
class _Reply:
    """An answer as it came, with what is wrong with it before it is even parsed."""

    text: str
    fault: str
    ticket: int
    used: tuple[int, int]
    """Tokens in and out."""


def _call(model: Model, prompt: Prompt, about: str | None, outcome: Outcome, tokens_in: int = 0, out: int = 0) -> Call:
    return Call(
        agent=prompt.name,
        prompt=prompt.id,
        model=model.name,
        category=about,
        outcome=outcome,
        input_tokens=tokens_in,
        output_tokens=out,
    )


def _format(schema: dict[str, Any]) -> dict[str, Any]:
    """What asks a server for JSON of this schema. The answer is validated here all the same."""
    return {"type": "json_schema", "json_schema": {"name": schema["title"], "schema": strict(schema), "strict": True}}


def strict(schema: Any) -> Any:
    """The schema as strict structured output wants it: every property required, none unknown, no defaults."""
    if isinstance(schema, list):
        return [strict(item) for item in schema]  # pyright: ignore[reportUnknownVariableType]
    if not isinstance(schema, dict):
        return schema
    known: dict[str, Any] = {k: strict(v) for k, v in schema.items() if k not in ("default", "title")}  # pyright: ignore[reportUnknownVariableType]
    if isinstance(known.get("properties"), dict):
        known |= {"required": list(known["properties"]), "additionalProperties": False}
    return known


def _read(reply: AIMessage, ticket: int) -> _Reply:
    text, used = reply.text, _used(reply)
    if refusal := reply.additional_kwargs.get("refusal"):
        return _Reply(text, f"it was refused: {refusal}", ticket, used)
    if reply.response_metadata.get("finish_reason") == "length":
        return _Reply(text, "it was cut off at its length limit", ticket, used)
    return _Reply(_bare(text), "" if text.strip() else "it was empty", ticket, used)


def _bare(text: str) -> str:
    """The JSON of an answer that some servers wrap in a code fence."""
    text = text.strip()
    return text.removeprefix("```json").removeprefix("```").removesuffix("```").strip() if text[:3] == "```" else text


def _used(reply: AIMessage) -> tuple[int, int]:
    usage = reply.usage_metadata
    return (usage["input_tokens"], usage["output_tokens"]) if usage else (0, 0)


def _is_cut_off(error: BaseException) -> bool:
    from openai import LengthFinishReasonError

    return isinstance(error, LengthFinishReasonError)


def _usage_of(error: Any) -> tuple[int, int]:
    usage = getattr(error.completion, "usage", None)
    return (usage.prompt_tokens, usage.completion_tokens) if usage else (0, 0)


def _wait(error: Exception, attempt: int) -> float | None:
    """Seconds until the next attempt; None when another one cannot help. Raises StopRun when no call can."""
    if not isinstance(error, ModelError):
        return min(2.0 ** (attempt - 1), LONGEST_WAIT)
    if isinstance(error, ModelAuthenticationError | ModelPermissionDeniedError):
        raise StopRun(f"the model's server refuses the key: {_short(error)}. Check OPENAI_API_KEY") from error
    if isinstance(error, ModelNotFoundError):
        raise StopRun(
            f"the model's server does not know this model: {_short(error)}. Check --model and OPENAI_BASE_URL"
        ) from error
    if isinstance(error, ModelRateLimitError) and getattr(error, "code", None) == "insufficient_quota":
        raise StopRun(
            f"the account's quota is used up: {_short(error)}. The run goes on when it is refilled"
        ) from error
    if isinstance(error, ContextOverflowError) or not error.is_retryable:
        return None
    asked = _retry_after(error)
    if asked is not None and asked > LONGEST_WAIT:
        return None
    return asked if asked is not None else min(2.0 ** (attempt - 1), LONGEST_WAIT)


def _retry_after(error: Any) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    try:
        return max(0.0, float(headers["retry-after"])) if headers and "retry-after" in headers else None
    except ValueError:
        return None


def _say(error: ValidationError) -> str:
    """The faults of an answer, the first few, in words that a model can act on."""
    faults = [f"{'.'.join(str(p) for p in e['loc']) or 'the answer'}: {e['msg']}" for e in error.errors()[:5]]
    return f"it is no valid {error.title} ({'; '.join(faults)})"


def _short(error: Exception) -> str:
    text = " ".join(str(error).split())
    if isinstance(error, NO_COMPLETION):
        return f"the server's answer is no chat completion ({type(error).__name__}: {text[:100]})"
    return f"{type(error).__name__}: {text[:300]}"
