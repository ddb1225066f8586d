"""How one server wants to be asked for one model: found by what it answers, and remembered from run to run."""

import json
import os
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import Literal

from domain.value import Value

from .loose import as_dict

Rung = Literal["json_schema", "json_object", "text"]
"""How an answer of a given shape is asked for: by a strict schema, by JSON mode with the schema in the prompt, or by
the prompt alone."""
RUNGS: tuple[Rung, ...] = ("json_schema", "json_object", "text")
WORDS: Mapping[Rung, str] = {
    "json_schema": "strict JSON schema",
    "json_object": "JSON mode, with the schema in the prompt",
    "text": "plain text, with the schema in the prompt",
}

Concession = Literal["rung", "usage", "limit", "stream", "system"]
"""What can be left out of a request that a server refuses."""
_NEXT_LIMIT = {"max_completion_tokens": "max_tokens", "max_tokens": ""}


class Manners(Value):
    """What is sent with a question. The first ones are the best; each ``without`` asks a little less of the server."""

    rung: Rung = "json_schema"
    limit: Literal["max_completion_tokens", "max_tokens", ""] = "max_completion_tokens"
    """The name by which the server takes the answer's limit."""
    streams: bool = True
    tells_usage: bool = True
    """It bears the request for token counts at the end of a stream."""
    system: bool = True
    """It takes a system message; else its text opens the user's."""
    thinks: bool = False
    """It thinks before it answers, which takes tokens of the answer's limit."""
    window: int | None = None
    """Tokens of prompt and answer together, where the server has told."""
    longest: int | None = None
    """Tokens of the longest answer, where the server has told."""
    proved: bool = False
    """An answer of the asked-for shape came of them."""

    def without(self, part: Concession) -> "Manners | None":
        """The next humbler ones in one respect; None where there is nothing left to leave out."""
        change: dict[str, object] = {}
        match part:
            case "rung":
                if self.rung != RUNGS[-1]:
                    change = {"rung": RUNGS[RUNGS.index(self.rung) + 1]}
            case "usage":
                change = {"tells_usage": False} if self.tells_usage and self.streams else {}
            case "limit":
                change = {"limit": _NEXT_LIMIT[self.limit]} if self.limit else {}
            case "stream":
                change = {"streams": False} if self.streams else {}
            case "system":
                change = {"system": False} if self.system else {}
        return self.model_copy(update={**change, "proved": False}) if change else None

    def humbler(self) -> "Manners | None":
        """The next ones to try where a server refuses without saying what."""
        parts: tuple[Concession, ...] = ("rung", "usage", "limit", "stream")
        return next((less for part in parts if (less := self.without(part))), None)

    def in_words(self) -> str:
        """In words, for the receipt."""
        told = [WORDS[self.rung]]
        told += [] if self.streams else ["not streamed"]
        told += [] if self.limit else ["without a limit of the answer's length, which the server refuses"]
        told += [] if self.system else ["without a system message"]
        return ", ".join(told)


class Known:
    """The manners of every server and model asked so far, in one JSON file; without a path for this run only."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._held: dict[str, Manners] | None = None
        self.notes: tuple[str, ...] = ()

    def of(self, key: str) -> Manners:
        """``key``: the server's address and the model's name."""
        with self._lock:
            return self._read().get(key, Manners())

    def learn(self, key: str, before: Manners, after: Manners) -> None:
        """Takes over what one question has changed; others may have learned something else meanwhile.

        Where the file cannot be written it is found again in the next run, and a note says so.
        """
        found = {name: value for name, value in after if value != getattr(before, name)}
        with self._lock:
            held = self._read()
            manners = held.get(key, Manners()).model_copy(update=found)
            if held.get(key) == manners:
                return
            held[key] = manners
            if self._path is None:
                return
            # That they worked is found anew in each run: a server may be another one tomorrow.
            kept = {name: each.model_dump(exclude_defaults=True, exclude={"proved"}) for name, each in held.items()}
            text = json.dumps(kept, indent=1)
            try:
                self._path.parent.mkdir(parents=True, exist_ok=True)
                new = self._path.with_suffix(f".{os.getpid()}")
                new.write_text(text, encoding="utf-8")
                new.replace(self._path)
            except OSError as error:
                self.notes = (f"how the model's server wants to be asked could not be kept: {error}",)

    def forget(self, key: str) -> None:
        """They are found anew."""
        self.learn(key, self.of(key), Manners())

    def _read(self) -> dict[str, Manners]:
        if self._held is None:
            self._held = {}
            try:
                raw = as_dict(json.loads(self._path.read_text(encoding="utf-8"))) if self._path else {}
                self._held = {key: Manners.model_validate(each) for key, each in raw.items()}
            except (OSError, ValueError):  # pydantic's is a ValueError too
                pass  # none yet, or cut off or of another version: what a server bears is found by asking
        return self._held
