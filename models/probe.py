"""Examines one model by asking it: how it wants to be asked, how fast it is, whether it writes Korean, its window."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlsplit

import httpx2

from domain.value import Value
from prompts import Prompt

from .chat import ChatLLM
from .failures import diagnose
from .llm import ModelFailed
from .loose import as_dict, as_list
from .manners import WORDS, Manners
from .provider import Model
from .question import Question
from .reply import Reply, estimate, listen

Timer = Callable[[], float]

_HANGUL = re.compile(r"[가-힣]")
_LETTER = re.compile(r"[^\W\d_]")
_WINDOWS = ("loaded_context_length", "max_model_len", "context_length", "context_window", "n_ctx", "max_context_length")
"""What servers call the window in their list of models, what is loaded before what the model could bear."""
SUMMARY = 300
"""Tokens of the answer by which its speed is measured, at most."""
_FAR_TOO_LONG = 10_000_000
"""Tokens of an answer that no server gives, so that it names its window when it refuses."""


class Translation(Value):
    """What the model is asked for first: an answer of a given shape, in Korean."""

    english: str
    korean: str


class _Plain(Value):
    """An answer without a shape."""


@dataclass(frozen=True)
class ShapeProbe:
    """Whether and how the model answers in a given shape."""

    manners: Manners
    korean: str
    """A sentence that it was to write in Korean."""

    @property
    def in_words(self) -> str:
        return WORDS[self.manners.rung]

    @property
    def hangul(self) -> float:
        """Share of its letters that are Hangul, 0–1."""
        letters = _LETTER.findall(self.korean)
        return len(_HANGUL.findall(self.korean)) / len(letters) if letters else 0.0


@dataclass(frozen=True)
class Speed:
    """How fast one answer came."""

    first: float
    """Seconds until its first token."""
    rate: float
    """Tokens a second from then on."""
    tokens: int
    counted: bool
    """By the server; else estimated."""


async def shape(llm: ChatLLM) -> ShapeProbe:
    """Asks for an answer of a given shape. Raises ModelFailed or StopRun, as any question does."""
    text = "Translate this sentence into Korean: The robot learns to grasp cups from 200 videos."
    asked = Prompt("doctor", text)
    messages = [
        ("system", "You translate for a newspaper. Give the English sentence and the Korean one."),
        ("user", text),
    ]
    question = Question(asked, messages, Translation.model_json_schema(), None, 400)
    answer = await llm.put(question, Translation)
    return ShapeProbe(llm.known.of(llm.models[0].key), answer.korean)


async def speed(model: Model, text: str, manners: Manners, *, clock: Timer = time.perf_counter) -> Speed:
    """Has a text summed up. Raises ModelFailed."""
    messages = [("user", f"Sum up the following in five plain sentences.\n\n{text}")]
    began, first = clock(), None

    def watch(reply: Reply) -> None:
        nonlocal first
        if first is None and reply.heard:
            first = clock()

    asked = _asks(model, manners, estimate(messages[0][1]), SUMMARY)
    try:
        reply = await listen(model.chat, messages, asked=asked, most=SUMMARY, sums=model.provider.sums, watch=watch)
    except Exception as error:  # whatever a client library raises is a call without an answer
        raise ModelFailed(diagnose(error, answered=True, suited=True).sentence) from error
    ended = clock()
    if first is None:
        raise ModelFailed("the answer was empty")
    tokens = reply.usage.given if reply.usage else estimate(reply.heard)
    whole = ended - first < 0.05 * (ended - began)  # it came at once: the rate is that of the whole call
    rate = tokens / max(1e-6, ended - began if whole else ended - first)
    return Speed(first - began, rate, tokens, reply.usage is not None)


async def window(model: Model, manners: Manners) -> tuple[int, str] | None:
    """(tokens of the context window, where that is told); None where nobody tells it."""
    if manners.window:
        return manners.window, "by a refusal"
    if model.http and (told := await _listed(model, model.http)):
        return told
    asked = _asks(model, manners, 10, _FAR_TOO_LONG)
    try:
        await listen(model.chat, [("user", "Say OK.")], asked=asked, most=10, sums=model.provider.sums)
    except Exception as error:  # a refusal, which is what was wanted, or no answer
        if told := diagnose(error, answered=True, suited=True).window:
            return told, "by a refusal"
    return None


async def _listed(model: Model, http: httpx2.AsyncClient) -> tuple[int, str] | None:
    """By the server's list of models, or by llama.cpp's properties."""
    client = cast(Any, model.chat).root_async_client
    base = str(client.base_url).rstrip("/")
    headers = {"Authorization": f"Bearer {client.api_key}"}
    listed = [as_dict(each) for each in as_list((await _get(http, f"{base}/models", headers)).get("data"))]
    own = [each for each in listed if each.get("id") == model.name] or (listed if len(listed) == 1 else [])
    for entry in own:
        held = {**as_dict(entry.get("meta")), **entry}
        if found := next((held[name] for name in _WINDOWS if isinstance(held.get(name), int)), None):
            return found, "by its list of models"
    root = "{0.scheme}://{0.netloc}".format(urlsplit(base))
    settings = as_dict((await _get(http, f"{root}/props", {})).get("default_generation_settings"))
    return (settings["n_ctx"], "by its properties") if isinstance(settings.get("n_ctx"), int) else None


async def _get(http: httpx2.AsyncClient, url: str, headers: dict[str, str]) -> dict[str, Any]:
    try:
        return as_dict((await http.get(url, headers=headers)).json())
    except (httpx2.HTTPError, ValueError):
        return {}


def _asks(model: Model, manners: Manners, size: int, most: int) -> dict[str, Any]:
    """The fields of a request for plain text."""
    plain = manners.model_copy(update={"rung": "text"})
    return model.provider.asks(_Plain.model_json_schema(), plain, size, most)
