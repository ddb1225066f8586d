"""Recorded answers in the place of a model: what a writer and a judge said of the papers of a frozen day.

Answers are kept by the version of the prompt that they were given to, so that a changed text is never credited with
the answers of another. What is asked for by content (a paper, a line) is found whatever else stands in the question.
"""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, TypeVar, cast

from pydantic import BaseModel, Field, ValidationError

import prompts
from agents import bank
from agents.framer import Lead, Outline, Overview, Thread, Together
from agents.second_look import Choice, Choices
from agents.synthesizer import Written
from agents.verdicts import Mend, Refusal, Shown, Verdicts, Words
from domain.errors import UsageError
from domain.papers import Paper
from domain.value import Day, Value
from models.llm import WHOLE, CallPart, ModelFailed
from prompts import Prompt

from .digest import Digest, DigestEntry
from .frozen import FrozenDay

T = TypeVar("T", bound=BaseModel)
_DIGITS = re.compile(r"[\d.,]*\d")


class RecordedVerdict(Value):
    """What the judge said of one line."""

    verdict: Literal["ok", "mend", "drop"] = "ok"
    cites: dict[str, tuple[int, ...]] = Field(default_factory=dict)
    """Places of the sentences that carry it, by paper id."""
    line: str = ""
    why: str = ""


class Answers(Value):
    """All that was recorded of one day in one language. Labels of papers are their ids."""

    day: Day
    language: str
    items: dict[str, dict[str, tuple[Written, ...]]] = Field(default_factory=dict)
    """By version of the writer's prompt and paper: one answer, or several that it gave in turn."""
    outlines: dict[str, Outline] = Field(default_factory=dict)
    """By version of the frame editor's prompt."""
    digests: dict[str, dict[str, str]] = Field(default_factory=dict)
    """By version of the one-prompt digest, and paper."""
    verdicts: dict[str, dict[str, RecordedVerdict]] = Field(default_factory=dict)
    """By version of the critic's prompt, and line."""


class NotRecorded(UsageError):
    """Nobody was asked this when the answers were recorded."""


def path_of(day: Path, language: str) -> Path:
    """Where the answers of a frozen day lie."""
    return day.with_name(f"{day.name.partition('.')[0]}.answers.{language}.json")


def load(day: Path, language: str) -> Answers | None:
    """The recorded answers of a frozen day, if there are any. Raises UsageError for a file that is none."""
    path = path_of(day, language)
    if not path.is_file():
        return None
    try:
        return Answers.model_validate_json(path.read_bytes())
    except ValidationError as error:
        first = error.errors()[0]
        raise UsageError(
            f"{path} holds no recorded answers: {'.'.join(map(str, first['loc']))}: {first['msg']}"
        ) from None


@dataclass
class Recorded:
    """Whoever answered when it was recorded."""

    answers: Answers
    day: FrozenDay
    edited: Mapping[str, Prompt] = field(default_factory=dict[str, Prompt])
    tested: str = ""
    """The prompt that is being tried out, without its folder: of it no other version's answers will do."""
    draw: int = 0
    name: str = "recorded"
    _noted: dict[str, None] = field(default_factory=dict[str, None])

    @property
    def notes(self) -> tuple[str, ...]:
        return tuple(self._noted)

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
        **values: Any,
    ) -> T:
        """See ``LLM.ask``. Raises NotRecorded."""
        loaded = await asyncio.to_thread(self.prompt, prompt)
        loaded.render(**values)
        said = self._answer(loaded, **values)
        return answer.model_validate(said.model_dump())

    async def aclose(self) -> None:
        """Nothing is open."""

    def _answer(self, prompt: Prompt, **values: Any) -> BaseModel:
        match prompts.bare(prompt.name):
            case "synthesize":
                return self._written(self._of(prompt, self.answers.items), **values)
            case "critique":
                return self._verdicts(self._of(prompt, self.answers.verdicts), **values)
            case "frame":
                return self._outline(self._of(prompt, self.answers.outlines), **values)
            case "digest":
                told = self._of(prompt, self.answers.digests)
                papers = cast("Sequence[tuple[str, Paper, Any]]", values["papers"])
                return Digest(
                    opening="",
                    papers=tuple(DigestEntry(paper=p, text=told[one.id]) for p, one, _ in papers if one.id in told),
                )
            case "classify":
                return self._choices(values["items"])
            case name:
                raise NotRecorded(f"of the prompt {name} nothing is recorded; ask a model with --model")

    def _of(self, prompt: Prompt, held: Mapping[str, T | dict[str, Any]]) -> Any:
        """What was recorded of this version; where it is not being tried out, what was recorded last will do."""
        if prompt.version in held:
            return held[prompt.version]
        known = ", ".join(held) or "none"
        if not held or prompts.bare(prompt.name) == self.tested:
            raise NotRecorded(
                f"no answers to {prompt.id} are recorded for {self.answers.day} (recorded versions: {known}); ask a "
                "model with --model, as in openai:gpt-5-mini"
            )
        last = list(held)[-1]
        self._noted[f"{prompt.name} answered as recorded for its version {last}"] = None
        return held[last]

    def _written(self, told: dict[str, tuple[Written, ...]], paper: Paper, **_: Any) -> Written:
        if not (given := told.get(paper.id)):
            raise ModelFailed(f"nobody wrote of {paper.title} when the answers were recorded")
        return given[self.draw % len(given)]

    def _outline(self, told: Outline, items: Sequence[tuple[str, Any, str, int]], **_: Any) -> Outline:
        labels = {item.paper_id: label for label, item, *_ in items}

        def known(ids: Sequence[str]) -> tuple[str, ...]:
            return tuple(labels[id] for id in ids if id in labels)

        return Outline(
            day=tuple(Overview(text=one.text, papers=known(one.papers)) for one in told.day),
            stories=tuple(
                Lead(paper=labels[s.paper], text=s.text, reader=s.reader) for s in told.stories if s.paper in labels
            ),
            groups=tuple(Together(title=g.title, papers=known(g.papers)) for g in told.groups),
            threads=tuple(Thread(headline=t.headline, text=t.text, papers=known(t.papers)) for t in told.threads),
        )

    def _verdicts(
        self, told: dict[str, RecordedVerdict], sentences: Sequence[tuple[str, str]], lines: Sequence[Shown], **_: Any
    ) -> Verdicts:
        titles = {paper.title: paper.id for paper in self.day.papers}
        ids = {label.partition(".")[0]: titles.get(text, "") for label, text in sentences if label.endswith(".0")}
        told = {**{v.line: RecordedVerdict(cites=v.cites) for v in told.values() if v.verdict == "mend"}, **told}
        ok: list[str] = []
        mend: list[Mend] = []
        drop: list[Refusal] = []
        words: list[Words] = []
        for line in lines:
            if (right := bank.truth(line.text)) is not None:
                said = RecordedVerdict(verdict="ok" if right else "drop", why="" if right else "planted")
                labels = [f"{line.about[0]}.1"]
            elif known := told.get(line.text):
                said = known
                labels = [f"{label}.{place}" for label in line.about for place in said.cites.get(ids[label], ())]
            else:
                continue
            if said.verdict == "ok":
                ok.append(" ".join((line.id, *labels)))
                held = " ".join(text for label, text in sentences if label.partition(".")[0] in line.about)
                words += [Words(id=line.id, figure=figure, words=_quoted(figure, held)) for figure in line.swappable]
            elif said.verdict == "mend":
                mend.append(Mend(id=line.id, cites=tuple(labels), why=said.why, line=said.line))
            else:
                drop.append(Refusal(id=line.id, why=said.why))
        return Verdicts(ok=tuple(ok), mend=tuple(mend), drop=tuple(drop), missing=(), words=tuple(words))

    def _choices(self, items: Sequence[Any]) -> Choices:
        filed = {filing.paper_id: filing.category for filing in self.day.filings}
        titles = {paper.title: filed.get(paper.id, "") for paper in self.day.papers}
        return Choices(
            choices=tuple(
                Choice(id=item.id, category=titles[item.title], proposal=None)
                for item in items
                if titles.get(item.title)
            )
        )


def _quoted(figure: str, sentences: str) -> str:
    """The figure as a sentence writes it: with its unit, and nothing that belongs to another."""
    if figure.casefold() in sentences.casefold():
        return figure
    number = _DIGITS.search(figure)
    found = re.search(rf"(?<![\d.,])\S?{re.escape(number[0])}[^\s,;]*", sentences) if number else None
    return found[0] if found else figure
