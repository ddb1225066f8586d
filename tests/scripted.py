"""A run without network or model: scripted answers, sources from a list, an embedder made of hashes."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

import prompts
from agents.offline import OfflineLLM
from domain.claims import Brief, Draft, Statement
from domain.critiques import Verdicts
from domain.papers import Paper
from domain.reports import Health, Listing
from graph.context import Context
from prompts.taxonomy import load_taxonomy
from sources import Unavailable

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


def writes_well(brief: Brief, **_: Any) -> Draft:
    """A draft in Korean that cites every paper and stands on what it cites."""

    def say(label: str, text: str, kind: str = "reported") -> Statement:
        return Statement(kind=kind, text=text, cites=(label,))  # type: ignore[arg-type]

    named = [
        (label, paper.title, re.findall(r"[\d.]+%", sentences[2][1])[0]) for label, paper, sentences in brief.labels()
    ]
    return Draft(
        headline=say("P1.1", f"{named[0][1]} 방법이 제안되었다."),
        themes=tuple(say(f"{label}.1", f"{title}의 방법을 다룬다.") for label, title, _ in named),
        keywords=(say("P1.1", named[0][1]),),
        findings=tuple(
            say(f"{label}.2", f"{title} 실험에서 정확도가 기준 방법보다 {figure} 높아졌다.")
            for label, title, figure in named
        ),
        trend=(),
        impact=(),
        outlook=(say("P1.3", "긴 입력에서의 한계는 아직 불분명하다."),),
    )


def approves(items: Sequence[Any], **_: Any) -> Verdicts:
    return Verdicts(supported=tuple(i.id for i in items), rejected=())


@dataclass
class ScriptedLLM:
    """Answers by prompt name, remembers what it was asked, and renders the real prompt file first."""

    script: dict[str, Callable[..., Any]]
    name: str = "scripted"
    quotes: bool = False
    asked: list[tuple[str, str | None]] = field(default_factory=list)

    async def ask(self, prompt: str, answer: Any, *, about: str | None = None, **values: Any) -> Any:
        prompts.load(prompt).render(**values)
        self.asked.append((prompt, about))
        return answer.model_validate(self.script[prompt](**values), from_attributes=True)

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


@dataclass(frozen=True, kw_only=True)
class ScriptedContext(Context):
    """The real context with its outside replaced: sources, model, embedder, clock."""

    shelves: tuple[Shelf, ...] = (Shelf({DAY: PAPERS}),)
    script: dict[str, Callable[..., Any]] | None = None
    """None: the offline answerer."""

    @cached_property
    def opened_sources(self) -> tuple[Shelf, ...]:  # type: ignore[override]
        return self.shelves

    @cached_property
    def embed(self) -> HashEmbedder:  # type: ignore[override]
        return HashEmbedder()

    @cached_property
    def classifier(self) -> Any:
        return KeyedClassifier()

    @cached_property
    def quoter(self) -> OfflineLLM:  # type: ignore[override]
        return OfflineLLM(self.embed)

    @cached_property
    def llm(self) -> Any:
        return self.quoter if self.script is None else ScriptedLLM(self.script)

    def today(self) -> date:
        return TODAY


def script(**changes: Callable[..., Any]) -> dict[str, Callable[..., Any]]:
    """A model that writes well and is always content, but for the changes."""
    return {"synthesize": writes_well, "critique": approves, "overview": opens, "flow": tells, **changes}


def tells(facts: Sequence[Any], language: str, **_: Any) -> dict[str, Any]:
    return {"sentences": [{"text": f.text(language), "cites": [f"T{n}"]} for n, f in enumerate(facts[:3], start=1)]}


def opens(lines: Sequence[Any], language: str, **_: Any) -> dict[str, Any]:
    """One finding in words of its own: as it stands it would not be judged again."""
    first = next(line for line in lines if line.part == "findings")
    text = f"{'특히' if language == 'ko' else 'Notably,'} {first.text}"
    return {"statements": [{"kind": "reported", "text": text, "cites": [first.id]}]}
