"""Listens to one answer as it is streamed, and hangs up on a model that babbles."""

from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Literal, NamedTuple

from langchain_core.callbacks import AsyncCallbackHandler
from langchain_core.language_models import BaseChatModel
from langchain_core.messages import AIMessageChunk
from langchain_core.runnables import RunnableConfig
from langchain_core.runnables.config import ensure_config, merge_configs

from .loose import as_dict, as_list, writable
from .replies import Messages

LOOK = 250
"""Characters that are heard between two looks at whether they make sense."""
PERIOD, TIMES, TAIL = 300, 5, 240
"""The same up to 300 characters five times in a row, and at least 240 characters of it, are babble."""
WORDS, DISTINCT = 300, 12
"""So are 300 words of which at most 12 are different."""


def babbles(text: str) -> bool:
    """Whether the end of a text goes round in circles, or is nothing but blanks."""
    tail = text[-PERIOD * TIMES :]
    if len(tail) >= TAIL and any(_repeats(tail, period) for period in range(1, PERIOD + 1)):
        return True
    words = text[-6 * WORDS :].split()[-WORDS:]
    return len(words) == WORDS and len(set(words)) <= DISTINCT


def _repeats(tail: str, period: int) -> bool:
    """Whether the end of it is one piece of ``period`` characters over and over."""
    length = max(TAIL, period * TIMES)
    end = tail[-length:]
    return len(end) == length and end[period:] == end[:-period]


def estimate(text: str) -> int:
    """An upper estimate of the tokens of a text: one for three UTF-8 bytes (English has about four, Hangul three)."""
    return -(-len(text.encode(errors="replace")) // 3)


class Tokens(NamedTuple):
    """What a server counted of one call."""

    taken: int
    """In."""
    cached: int
    """Those of them that it had in its cache."""
    given: int
    """Out."""


@dataclass
class Reply:
    """What was heard of one answer."""

    text: str = ""
    thoughts: str = ""
    """Reasoning that came in a field of its own."""
    calls: str = ""
    """Arguments of the first tool that the model called instead of answering."""
    refusal: str = ""
    finish: str = ""
    """Why it ended, in the server's word."""
    stopped: Literal["", "babble", "endless"] = ""
    """Why we hung up."""
    usage: Tokens | None = None
    """Where the server told."""
    reasoning: int = 0
    """Tokens of thoughts among those out."""
    _call: Any = field(default=None, repr=False)

    @property
    def cut(self) -> bool:
        """It ran into a limit."""
        return self.finish.casefold() in ("length", "max_tokens", "model_length", "max_output_tokens")

    @property
    def withheld(self) -> bool:
        """The server's filter kept it back."""
        return self.finish.casefold() in ("content_filter", "safety", "recitation", "prohibited_content", "refusal")

    @property
    def texts(self) -> list[str]:
        """Where the answer may stand, the likeliest place first."""
        return [self.text, self.calls, self.thoughts]

    @property
    def heard(self) -> str:
        return self.thoughts + self.text + self.calls

    @property
    def length(self) -> int:
        """Characters heard."""
        return len(self.thoughts) + len(self.text) + len(self.calls)

    def add(self, chunk: AIMessageChunk, *, sums: bool) -> None:
        """``sums``: the server tells usage piece by piece, not as a total."""
        self.text += chunk.text
        more = chunk.additional_kwargs
        self.thoughts += str(more.get("reasoning_content") or "")
        if isinstance(chunk.content, list):
            self.thoughts += "".join(_thinking(part) for part in chunk.content)
        for call in chunk.tool_call_chunks:
            self._call = call.get("index") if self._call is None else self._call
            self.calls += (call.get("args") or "") if call.get("index") == self._call else ""
        self.calls += str(as_dict(more.get("function_call")).get("arguments") or "")
        self.refusal += str(more.get("refusal") or "")
        told = chunk.response_metadata
        self.finish = str(
            next((told[k] for k in ("finish_reason", "stop_reason", "done_reason") if told.get(k)), self.finish)
        )
        if used := chunk.usage_metadata:
            cached = int(used.get("input_token_details", {}).get("cache_read") or 0)
            new = Tokens(used["input_tokens"], min(cached, used["input_tokens"]), used["output_tokens"])
            pairs = zip(self.usage or Tokens(0, 0, 0), new, strict=True)
            self.usage = Tokens(*(before + now if sums else max(before, now) for before, now in pairs))
            self.reasoning = max(self.reasoning, int(used.get("output_token_details", {}).get("reasoning") or 0))

    def settle(self) -> None:
        """It is whole, and halves of characters that came in two pieces are joined."""
        for name in ("text", "thoughts", "calls", "refusal", "finish"):
            setattr(self, name, writable(getattr(self, name)))


HEARD: ContextVar[Reply | None] = ContextVar("HEARD", default=None)
"""The answer that is being listened to: a client of ours ends its stream once that is stopped (``ends_streams``)."""


async def listen(
    chat: BaseChatModel,
    messages: Messages,
    *,
    asked: Mapping[str, Any],
    config: RunnableConfig | None = None,
    most: int,
    sums: bool,
    watch: Callable[[Reply], None] = lambda reply: None,
) -> Reply:
    """The whole answer, or what was heard until it was clear that it is babble or has no end.

    ``asked``: the provider's own fields of the request. ``most``: tokens of the limit that was sent; a server that does
    not keep to it is cut off well beyond. ``watch`` sees the answer grow. Raises whatever the client raises.
    """
    reply, looked = Reply(), 0
    HEARD.set(reply)
    # The callbacks of the run around this call stay: they are what Studio and a tracer see.
    within = ensure_config(config)
    if not getattr(chat, "ends_streams", False):
        within = merge_configs(within, {"callbacks": [_HangUp(reply)]})
    try:
        async for chunk in chat.astream(list(messages), within, **asked):
            if reply.stopped:
                continue  # what was on its way when we hung up
            reply.add(chunk, sums=sums)
            watch(reply)
            if reply.length - looked >= LOOK:
                looked = reply.length
                endless = estimate(reply.heard) > 2 * most + 1_000
                reply.stopped = "babble" if babbles(reply.heard) else "endless" if endless else ""
    except _Stopped:
        pass
    reply.settle()
    return reply


class _Stopped(BaseException):
    """We hung up. No Exception, which LangChain would log as a handler's mistake."""


class _HangUp(AsyncCallbackHandler):
    """Ends a call from within a client that is not ours, which closes its connection on the way out.

    A loop that is left would leave that to the garbage collector, and a cancelled task may not be heard of where
    answers come fast.
    """

    raise_error = run_inline = True

    def __init__(self, reply: Reply) -> None:
        self._reply = reply

    async def on_llm_new_token(self, token: str | list[str | dict[str, Any]], **_: Any) -> None:
        if self._reply.stopped:
            raise _Stopped


def _thinking(part: object) -> str:
    """The thoughts of one part of a content, as some servers nest them."""
    inner = as_dict(part).get("thinking") or as_dict(part).get("reasoning") or ""
    return inner if isinstance(inner, str) else "".join(str(as_dict(each).get("text", "")) for each in as_list(inner))
