"""How much of what a run asks a server has read before: the beginnings that its requests share with earlier ones.

Servers bill a beginning that they have in their cache at about a tenth. OpenAI's keep those of 1,024 tokens and more;
what a request begins with is there the schema of its answer, then its messages.
"""

import json
import re
from collections.abc import Sequence

from bench.overheard import Exchange
from domain.value import Value

LEAST = 1_024
"""Tokens from which on OpenAI's servers keep a beginning."""
_HANGUL = re.compile(r"[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]")


class Request(Value):
    """One request of a run."""

    prompt: str
    about: str
    tokens_in: int
    shared: int
    """Those of them that an earlier request of the run began with too."""
    cacheable: int
    """The same where that beginning, with the schema, is long enough to be kept."""
    tokens_out: int


def tokens(text: str) -> int:
    """Tokens of a text, counted as those of the older system's day were: a letter of Hangul has two thirds, four other
    characters have one."""
    hangul = len(_HANGUL.findall(text))
    return round(hangul / 1.5 + (len(text) - hangul) / 4)


def requests(exchanges: Sequence[Exchange], schemas: dict[str, str]) -> list[Request]:
    """The requests in the order in which they were answered. ``schemas``: of the answers, by the prompt's bare name.

    Those that were sent side by side may all be new to a server that is fast to answer: shared is what can be billed
    so at best.
    """
    found: list[Request] = []
    before: dict[str, list[str]] = {}
    for one in exchanges:
        text = "\n".join(text for _, text in one.messages)
        earlier = before.setdefault(one.name, [])
        shared = tokens(text[: max((_common(text, other) for other in earlier), default=0)])
        earlier.append(text)
        role = one.name.rpartition("/")[2]
        found.append(
            Request(
                prompt=one.prompt,
                about=one.about,
                tokens_in=tokens(text),
                shared=shared,
                cacheable=shared if shared + tokens(schemas.get(role, "")) >= LEAST else 0,
                tokens_out=tokens(json.dumps(one.answer, ensure_ascii=False, separators=(",", ":"))),
            )
        )
    return found


def _common(one: str, other: str) -> int:
    """How many characters two texts begin with alike."""
    return next((n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))
