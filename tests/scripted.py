"""A run without network or model: scripted answers, sources from a list, an embedder made of hashes."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from pydantic import ConfigDict

import prompts
from agents.classifier import Classifier
from agents.framer import Lead, Outline, Overview, Together
from agents.synthesizer import Written
from agents.verdicts import Refusal, Shown, Verdicts
from domain.items import Item
from domain.papers import Paper
from domain.reports import Health, Listing
from graph.context import Context
from prompts import Prompt
from prompts.taxonomy import load_taxonomy
from sources import Unavailable
from tests import judging

DAY = date(2026, 11, 20)
NEXT = date(2026, 11, 21)
TODAY = date(2026, 11, 22)


class HashEmbedder:
    """Counts words into buckets: texts that share words are near. Deterministic, instant; for tests only."""

    name = "hash-64"
    dimension = 64

    def __init__(self) -> None:
        self.embedded = 0

    def __call__(self, texts: Sequence[str]) -> NDArray[np.float32]:
        self.embedded += len(texts)
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for row, text in enumerate(texts):
            for word in re.findall(r"\w+", text.casefold()):
                vectors[row, int(hashlib.sha256(word.encode()).hexdigest(), 16) % self.dimension] += 1.0
            length = float(np.linalg.norm(vectors[row]))
            vectors[row] = vectors[row] / length if length else 1.0 / np.sqrt(self.dimension)
        return vectors


@cache
def fitted() -> Classifier:
    """The real classifier of that embedder."""
    return Classifier.fit(load_taxonomy(), HashEmbedder())


def paper(number: int, title: str, about: str = "a method", **more: Any) -> Paper:
    """A paper with three sentences that name it, its figure and its limit."""
    fields: dict[str, Any] = {
        "id": f"arxiv:2611.{number:05d}",
        "title": title,
        "abstract": (
            f"We propose {title}, {about}. "
            f"Experiments show that it improves accuracy by {number}.5% over the baseline. "
            "However, its limits on long inputs remain unclear."
        ),
        "authors": ("A. Author",),
        "links": (f"https://arxiv.org/abs/2611.{number:05d}",),
        "sources": ("shelf",),
    }
    return Paper(**{**fields, **more})


PAPERS = (
    paper(1, "Robot Arms That Grasp", "a robot manipulation policy"),
    paper(2, "Robot Legs That Walk", "a robot locomotion controller"),
    paper(3, "Quantum Circuits for Learning", "a variational quantum circuit"),
    paper(4, "Speech Recognition for All", "a speech recognition model"),
)


@dataclass
class Shelf:
    """A source that holds what it is given, by day."""

    by_day: dict[date, tuple[Paper, ...]]
    name: str = "shelf"
    signal: bool = False
    fails: str = ""
    state: str = "answered"
    note: str = ""

    async def listing(self, day: date) -> Listing:
        if self.fails:
            raise Unavailable(self.fails)
        papers = self.by_day.get(day, ())
        health = Health(
            source=self.name,
            asked=f"shelf {day}",
            state="answered" if papers else "empty",
            held=len(papers),
            signal=self.signal,
            note=self.note,
        )
        return Listing(papers=papers, health=health)


def writes_well(paper: Paper, short: bool, **_: Any) -> Written:
    """The paper in Korean, and nothing that its sentences do not carry."""
    figure = re.findall(r"[\d.]+%", paper.abstract)[0]
    return Written(
        name=paper.title,
        hook=f"{paper.title}로 정확도가 {figure} 올랐다",
        problem=None if short else f"{paper.title}의 방법을 다룹니다.",
        method=f"{paper.title} 방법을 제안합니다.",
        results=(f"{paper.title} 실험에서 정확도가 기준 방법보다 {figure} 높았습니다.",),
        note=None if short else "긴 입력에서의 한계는 아직 분명하지 않습니다.",
    )


PLACES: dict[str, int] = {"hook": 2, "problem": 1, "method": 1, "result": 2, "note": 3}
"""The sentence of ``paper`` on which a line of each role rests."""


def approves(lines: Sequence[Shown], **_: Any) -> Verdicts:
    """A critic that is content, and gives the right sentences."""
    return Verdicts(ok=tuple(approval(line) for line in lines), mend=(), drop=(), missing=())


def approval(line: Shown) -> str:
    return " ".join((line.id, *(f"{paper}.{PLACES.get(line.role, 2)}" for paper in line.about)))


def frames(items: Sequence[tuple[str, Item, str, int]], **_: Any) -> Outline:
    """A day, one story, one group of all papers, no thread."""
    labels = tuple(label for label, *_ in items)
    return Outline(
        day=(Overview(text="정확도가 오른 날입니다.", papers=labels),),
        stories=(Lead(paper=labels[0], text="기준 방법보다 높았습니다.", reader="먼저 읽을 사람"),),
        groups=(Together(title="오늘의 논문", papers=labels),),
        threads=(),
    )


@dataclass
class ScriptedLLM:
    """Answers by prompt name, remembers what it was asked, and renders the real prompt file first."""

    script: dict[str, Callable[..., Any]]
    name: str = "scripted"
    notes: tuple[str, ...] = ()
    honest: bool = True
    """It answers the exam and canaries rightly by itself; else the script is asked about these too."""
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    def prompt(self, name: str) -> Prompt:
        return prompts.load(name)

    async def ask(self, prompt: str, answer: Any, *, about: str | None = None, part: Any = None, **values: Any) -> Any:
        self.prompt(prompt).render(**values)
        role = prompt.rpartition("/")[2]
        if about != "exam":
            self.asked.append((role, about))
        if role in ("critique", "audit") and self.honest:
            return self._judged(role, **values)
        return answer.model_validate(self.script[role](**values), from_attributes=True)

    def _judged(self, role: str, lines: Sequence[Shown], **values: Any) -> Verdicts:
        known = {line.id: found for line in lines if (found := judging.key(line.text))}
        own = [line for line in lines if line.id not in known]
        said = self.script[role](lines=own, **values) if own else approves(())
        held = Verdicts.model_validate(said, from_attributes=True)
        fine = tuple(f"{line.id} {line.about[0]}.1" for line in lines if line.id in known and known[line.id].right)
        wrong = tuple(Refusal(id=id, why="planted") for id, found in known.items() if not found.right)
        return held.model_copy(update={"ok": (*held.ok, *fine), "drop": (*held.drop, *wrong)})

    async def aclose(self) -> None:
        """Nothing is open."""

    def count(self, prompt: str, about: str | None = None) -> int:
        return sum(1 for name, key in self.asked if name == prompt and about in (None, key))


class KeyedClassifier:
    """Files by a word of the title: the classifier's seam, without a fitted model."""

    name = "keyed"
    taxonomy = load_taxonomy()

    def rank(self, papers: Sequence[Paper]) -> list[list[tuple[str, float]]]:
        words = {"robot": "robotics", "quantum": "quantum", "speech": "audio"}
        return [[(words.get(p.title.split()[0].casefold(), "llm"), 0.9), ("other", 0.1)] for p in papers]


class ScriptedContext(Context):
    """The real context with its outside replaced: sources, model, embedder, clock."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    shelves: tuple[Any, ...] = (Shelf({DAY: PAPERS}),)
    script: dict[str, Callable[..., Any]] | None = None
    """None: no model."""
    papers_at_once: int = 4
    """As many as ``PAPERS`` at one desk."""

    @cached_property
    def opened_sources(self) -> tuple[Any, ...]:
        return super().opened_sources if self._given else self.shelves

    @cached_property
    def embed(self) -> HashEmbedder:  # type: ignore[override]
        return HashEmbedder()

    @cached_property
    def classifier(self) -> Any:
        return KeyedClassifier()

    @cached_property
    def llm(self) -> Any:
        return None if self.script is None else ScriptedLLM(self.script)

    def today(self) -> date:
        return TODAY


def script(**changes: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """A model that writes well and is always content, but for the changes."""
    return {"synthesize": writes_well, "critique": approves, "frame": frames, **changes}


def scripted(data: Path, **changes: Any) -> "ScriptedContext":
    """A run whose model writes well but for the changes: agents by name, and settings."""
    agents = {name: changes.pop(name) for name in ("synthesize", "critique", "frame", "classify") if name in changes}
    return ScriptedContext(data=str(data), model="openai:scripted", script=script(**agents), **changes)
