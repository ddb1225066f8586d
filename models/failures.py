"""What a call that brought no answer means: one sentence, and what to do about it."""

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Any, Literal

from .loose import as_dict, writable
from .manners import Concession

LONGEST_WAIT = 60.0
"""Seconds: a server that asks for a longer pause is treated as one that does not answer."""

Act = Literal["again", "humbler", "too long", "give up", "spent", "stop"]
"""Try again after a pause; ask less of the server; ask a smaller question; do without this answer; do without this
model; stop."""


@dataclass(frozen=True)
class FailedCall:
    """One failed call."""

    act: Act
    sentence: str
    pause: float | None = None
    """Seconds that the server asks for."""
    part: Concession | None = None
    """What it does not bear, where it says so."""
    window: int | None = None
    """Tokens of the context window, where it says so."""
    prompt: int | None = None
    """Tokens that it counted in the prompt."""
    longest: int | None = None
    """Tokens of the longest answer that it gives."""
    crowded: bool = False
    """It has too many calls at once."""


_WINDOW_WORDS = re.compile(
    r"context[ _](?:length|window|size)|maximum context|prompt (?:is |was )?too long|too many (?:input )?tokens"
    r"|input (?:is )?too long|input tokens exceed|reduce the length|max_model_len|exceed\w* the context",
    re.IGNORECASE,
)
_WINDOW = re.compile(
    r"(?:maximum context length is|context (?:length|window|size)(?: of| is|:)?|n_ctx['\"]?:|max_model_len)"
    r"[\s(=]*(\d{2,8})"
    r"|(?:maximum|limit)[^\d]{0,30}?(\d{3,8}) tokens",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"n_prompt_tokens['\"]?:\s*(\d+)|request \((\d+) tokens|(\d+) (?:tokens )?in the (?:messages|prompt|input)"
    r"|(\d+) input tokens|prompt (?:contains|has|is)(?: at least)? (\d+)|(\d+) tokens >",
    re.IGNORECASE,
)
_LONGEST = re.compile(
    r"max(?:imum)?_?(?:completion_|output_)?tokens.{0,60}?(?:less than or equal to|at most|must be <=|maximum is)"
    r"[\s`'\"]*(\d{2,7})|supports at most (\d{2,7}) completion",
    re.IGNORECASE | re.DOTALL,
)
_PARTS: tuple[tuple[Concession, re.Pattern[str]], ...] = (
    ("usage", re.compile(r"stream_options|include_usage", re.IGNORECASE)),
    (
        "rung",
        re.compile(
            r"response_?format|json_schema|json_object|json[ _-]?mode|structured[ _]output|guided|grammar"
            r"|unsupported schema|invalid schema|support the requested parameters",
            re.IGNORECASE,
        ),
    ),
    ("limit", re.compile(r"max_completion_tokens|max_tokens", re.IGNORECASE)),
    ("system", re.compile(r"system (?:role|message|prompt|instruction)|role.{0,12}system|developer", re.IGNORECASE)),
    ("stream", re.compile(r"\bstream(?:ing|ed|s)?\b", re.IGNORECASE)),
)
_FILTERED = re.compile(r"moderat|flagged|content[ _](?:policy|filter)|safety|guardrail|inappropriate", re.IGNORECASE)
_SPENT = re.compile(r"insufficient_quota|billing|credit|exceeded your current quota|balance", re.IGNORECASE)
_HURRIED = re.compile(r"per[ -](?:minute|day|second)|retry in|retry_?delay|rate[ _-]?limit", re.IGNORECASE)
_KEYED = "check the key in the environment ({key})"
_ADDRESSED = "check OPENAI_BASE_URL, which mostly ends in /v1"

_SENTENCES: Mapping[int, str] = {
    400: "the model's server refuses the request",
    401: f"the model's server refuses the key; {_KEYED}",
    402: "the credit at the model's server is used up",
    403: f"the model's server does not permit this; {_KEYED}",
    404: "the model's server does not know this model or address; check --model and OPENAI_BASE_URL",
    405: f"this address takes no questions; {_ADDRESSED}",
    408: "the model's server waited too long for the request",
    409: "the model's server is at odds with another request",
    413: "the question is too large for the model's server",
    415: "the model's server does not take JSON",
    418: "the model's server refuses to answer",
    422: "the model's server cannot use the request",
    425: "the model's server is not ready yet",
    429: "the model's server has too many requests",
    451: "the model's server withholds the answer for legal reasons",
    498: "the model's server does not take the token, or is out of capacity",
    499: "the model's server closed the request",
}
_CROWDED = {429, 498, 503, 529}
_AGAIN = {408, 409, 425, 429, 498, 499}


def diagnose(error: Exception, *, answered: bool, suited: bool, key: str = "OPENAI_API_KEY") -> FailedCall:
    """``answered``: this model has given an answer in this run, so key, address and name are right. ``suited``: it gave
    one when it was asked in just this way. ``key``: the environment variable of its key."""
    status, message = status_of(error), writable(message_of(error))
    if status is None:
        return _unheard(error, message)
    sentence = f"{_sentence(status).format(key=key)} (HTTP {status}{f': {message}' if message else ''})"
    part = _part(message)
    if status in (400, 413, 422, 500) and (_WINDOW_WORDS.search(message) or "ContextOverflow" in type(error).__name__):
        return FailedCall("too long", sentence, window=_number(_WINDOW, message), prompt=_number(_PROMPT, message))
    if longest := _number(_LONGEST, message):
        return FailedCall("humbler", sentence, longest=longest)
    if status in (400, 404, 415, 422, 500, 501) and part and not _unknown_model(status, message):
        return FailedCall("humbler", sentence, part=part)
    if status == 402 or (status == 429 and _spent(error, message)):
        return FailedCall("spent", sentence)
    if status == 401:
        return FailedCall("stop", sentence)
    if status in (403, 404, 405) or 300 <= status < 400:
        # One question may be refused by a filter or lost by a gateway; the first of all is refused for good.
        return FailedCall("give up" if answered or _FILTERED.search(message) else "stop", sentence)
    if status == 413:
        return FailedCall("too long", sentence)
    if status in (400, 415, 422, 501):
        return FailedCall("give up" if suited else "humbler", sentence)
    if status in _AGAIN or status >= 500:
        pause = _pause(error)
        if pause is not None and pause > LONGEST_WAIT:
            words = f"it asks for a pause of {pause:.0f} s, and a run waits {LONGEST_WAIT:.0f} s at most"
            return FailedCall("give up", f"{sentence}; {words}")
        return FailedCall("again", sentence, pause=pause, crowded=status in _CROWDED)
    return FailedCall("give up", sentence)


def status_of(error: Exception) -> int | None:
    """The HTTP status of an error, also one that was told in a body of status 200; None where nothing was answered."""
    body = as_dict(getattr(error, "body", None))
    told = [getattr(getattr(error, "response", None), "status_code", None), getattr(error, "status_code", None)]
    told += [getattr(error, "code", None), body.get("code"), body.get("status")]
    numbers = (int(each) for each in told if isinstance(each, int | str) and re.fullmatch(r"\d{3}", str(each)))
    return next((number for number in numbers if 300 <= number < 600), None)


def message_of(error: Exception) -> str:
    """What the server says, in one line and not at length."""
    said: Any = getattr(error, "body", None)
    if body := as_dict(said):
        told = (body.get(key) for key in ("message", "detail", "error", "metadata"))
        said = " ".join(str(as_dict(each).get("message") or each) for each in told if each) or str(body)
        # llama.cpp tells the window beside its message.
        said += "".join(f" {key}: {body[key]}" for key in ("n_prompt_tokens", "n_ctx") if key in body)
    text = " ".join(str(said or getattr(error, "message", "") or error).split())
    if text[:1] == "<" or "<html" in text[:300].casefold():
        title = re.search(r"<title>(.*?)</title>", text, re.IGNORECASE)
        text = f"a web page{f', titled {title[1]!r}' if title else ''}"
    return text[:300]


def retry_after(headers: Mapping[str, str]) -> float | None:
    """Seconds that the server asks to wait, given as seconds or as a date; None when it does not, or oddly."""
    told = headers.get("retry-after", "").strip()
    try:
        seconds = float(told)
        return max(0.0, seconds) if math.isfinite(seconds) else None
    except ValueError:
        pass
    try:
        until = _moment(told)
        # By the server's own clock, where it tells it: ours may differ.
        now = _moment(told) if (told := headers.get("date")) else datetime.now(UTC)
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None


def _moment(text: str) -> datetime:
    moment = parsedate_to_datetime(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _unheard(error: Exception, message: str) -> FailedCall:
    """Nothing was answered, or something that is no answer."""
    kind = " ".join(type(each).__name__ for each in _causes(error))
    if "Timeout" in kind:
        return FailedCall("again", "the model's server did not answer in time (Request timed out.)")
    if "Connect" in kind or "Protocol" in kind or "Read" in kind or "Write" in kind:
        what = message or "Connection error"
        return FailedCall("again", f"the model's server cannot be reached, or hung up ({what})")
    if "ContextOverflow" in kind:
        return FailedCall("too long", f"the question is too long for the model ({message})")
    if getattr(error, "body", None) is not None:
        return _told(error, message)
    return FailedCall("again", f"the server's answer is no chat completion ({message or type(error).__name__})")


def _told(error: Exception, message: str) -> FailedCall:
    """An error that came in a body of status 200, without a number."""
    if _WINDOW_WORDS.search(message):
        return FailedCall("too long", message, window=_number(_WINDOW, message), prompt=_number(_PROMPT, message))
    if _spent(error, message):
        return FailedCall("spent", f"the credit at the model's server is used up ({message})")
    if part := _part(message):
        return FailedCall("humbler", f"the model's server refuses the request ({message})", part=part)
    return FailedCall("again", f"the server's answer is no chat completion but an error: {message}")


def _spent(error: Exception, message: str) -> bool:
    """Whether an account is empty, and not only in a hurry."""
    return bool(_SPENT.search(f"{message} {getattr(error, 'code', '')}")) and not _HURRIED.search(message)


def _part(message: str) -> Concession | None:
    for part, words in _PARTS:
        if words.search(message):
            return part
    return None


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__


def _sentence(status: int) -> str:
    if status in _SENTENCES:
        return _SENTENCES[status]
    if status < 400:
        return f"the model's server has moved; {_ADDRESSED}"
    return "the model's server failed" if status >= 500 else "the model's server refuses the request"


def _unknown_model(status: int, message: str) -> bool:
    return status == 404 and bool(
        re.search(r"model.{0,80}(?:not (?:exist|found)|unknown)|no such model", message, re.I)
    )


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    found = pattern.search(text)
    return next((int(group) for group in found.groups() if group), None) if found else None


def _pause(error: Any) -> float | None:
    headers = getattr(getattr(error, "response", None), "headers", None)
    return retry_after(headers) if headers is not None else None
