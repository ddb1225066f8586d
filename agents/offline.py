"""Answers every prompt without a model, by extraction: the papers' own sentences, chosen, never rewritten.

It stands behind the same door as a chat model, renders the same prompt files, and its answers pass the same critic. It
is the default, and what a category falls back on when the model fails for good.
"""

import asyncio
import re
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel

import prompts
from domain.claims import Brief, Draft, Statement
from domain.critiques import Critique, Edit, Objection, Replacement, Verdicts
from domain.grounding.instructions import suspicious
from domain.grounding.markup import forms
from domain.trends import Fact
from models.llm import ModelFailed
from vectorstore.embedding import Embedder

from . import extract
from .critic import Item
from .flow import Flow, Told, telling
from .overview import Line, Overview, Sentence

T = TypeVar("T", bound=BaseModel)

_UNREADABLE = re.compile(r"\S{80,}|[\u0300-\u036f]{4,}")
"""Words that break a page: endless ones, and heaps of accents."""


class OfflineLLM:
    """The embedded answerer. ``embed`` tells how central a sentence is among the others."""

    name = "offline"
    quotes = True

    def __init__(self, embed: Embedder) -> None:
        self._embed = embed

    async def ask(self, prompt: str, answer: type[T], *, about: str | None = None, **values: Any) -> T:
        """See ``LLM.ask``. Renders the prompt file too, so that a file that does not fit its agent is found here."""
        return await asyncio.to_thread(self._answer, prompt, answer, values)

    async def aclose(self) -> None:
        """Nothing is open."""

    def _answer(self, prompt: str, answer: type[T], values: dict[str, Any]) -> T:
        prompts.load(prompt).render(**values)
        scribes: dict[str, Callable[..., BaseModel]] = {
            "synthesize": self._synthesize,
            "critique": self._critique,
            "edit": self._edit,
            "overview": self._overview,
            "flow": self._flow,
        }
        if prompt not in scribes:
            raise ModelFailed(f"the offline answerer does not know the prompt {prompt!r}")
        return answer.model_validate(scribes[prompt](**values), from_attributes=True)

    def _synthesize(self, brief: Brief, language: str, **_: Any) -> Draft:
        pool = _Pool(brief, self._embed)
        # Findings choose first: every paper must have one, and the headline figures belong there.
        papers = range(len(brief.papers))
        findings = [pool.take("result", paper, figures=True) or _title(brief, paper) for paper in papers]
        titles = [title for paper in papers if (title := _title(brief, paper))]
        opening = next(filter(None, (pool.take("method", paper, centre=True) for paper in papers)), None)
        opening = opening or next((title for title in titles if title not in findings), next(iter(titles), None))
        themes = [pool.take("theme", paper) for paper in range(min(3, len(brief.papers)))]
        impact = pool.best("impact", 2)
        outlook = pool.best("outlook", 2)
        trend = [
            Statement(kind="trend", text=fact.text(language), cites=(f"T{n}",))
            for n, fact in enumerate(brief.facts, start=1)
        ]
        if not opening or not any(findings):
            raise ModelFailed("no paper of this category has a sentence to quote")
        return Draft(
            headline=opening,
            themes=tuple(s for s in themes if s),
            keywords=tuple(_keywords(brief)),
            findings=tuple(s for s in findings if s),
            trend=tuple(trend[:4]),
            impact=impact,
            outlook=outlook,
        )

    def _critique(self, items: Sequence[Item], sentences: Sequence[tuple[str, str]], **_: Any) -> Verdicts:
        """A quotation is carried by its source when it stands in it, word for word; the rules have looked already."""
        said = {name: text.casefold() for name, text in sentences}
        held = {i.id: bool(i.cites) and all(i.text.casefold() in said[name] for name in i.cites) for i in items}
        return Verdicts(
            supported=tuple(id for id, fine in held.items() if fine),
            rejected=tuple(
                Objection(id=id, verdict="unsupported", reason="it is no quotation")
                for id, fine in held.items()
                if not fine
            ),
        )

    def _edit(self, brief: Brief, critique: Critique, **_: Any) -> Edit:
        """Puts the first cited sentence in the place of a rejected statement, or takes it out."""
        replacements: list[Replacement] = []
        for rejection in critique.rejections:
            found = next((e for label in rejection.statement.cites if (e := brief.evidence(label))), None)
            label = next((label for label in rejection.statement.cites if brief.evidence(label)), "")
            quote = Statement(kind="reported", text=found.quote, cites=(label,)) if found else None
            replacements.append(Replacement(part=rejection.part, place=rejection.place, statement=quote))
        pool = _Pool(brief, self._embed)
        missing = [int(label[1:]) - 1 for label in critique.uncovered]
        taken = (pool.take("result", paper, figures=True) or _title(brief, paper) for paper in missing)
        added = [s for s in taken if s]
        return Edit(replacements=tuple(replacements), findings=tuple(added))

    def _overview(self, lines: Sequence[Line], **_: Any) -> Overview:
        """The findings richest in figures and cue words, one of a section."""
        ranked = sorted(
            lines,
            key=lambda line: (
                -(extract.cue("result", line.text) + min(2, extract.figures(line.text))),
                abs(len(line.text) - 180),
                line.id,
            ),
        )
        chosen: dict[str, Line] = {}
        for line in ranked:
            if line.part == "findings":
                chosen.setdefault(line.section, line)
        kept = sorted(list(chosen.values())[:5], key=lambda line: int(line.id[1:]))
        return Overview(statements=tuple(Sentence(kind=line.kind, text=line.text, cites=(line.id,)) for line in kept))

    def _flow(self, facts: Sequence[Fact], language: str, **_: Any) -> Flow:
        """The facts in their own words."""
        places = telling(facts)
        return Flow(sentences=tuple(Told(text=facts[n].text(language), cites=(f"T{n + 1}",)) for n in places))


def quotable(text: str) -> bool:
    """Whether a sentence may be shown as it stands: it orders nothing, and has no link, markup or endless word.

    Formulas stay: they are what the sentence says, and publishing makes them plain text.
    """
    return not (
        suspicious(text)
        or _UNREADABLE.search(text)
        or any(what not in ("TeX", "a list item") for what, _ in forms(text))
    )


def _title(brief: Brief, paper: int) -> Statement | None:
    """A paper's title, for one without a sentence that can be quoted."""
    title = brief.papers[paper].title
    return Statement(kind="reported", text=title, cites=(f"P{paper + 1}.0",)) if quotable(title) else None


class _Pool:
    """The sentences of a brief that can be quoted, each at most once."""

    def __init__(self, brief: Brief, embed: Embedder) -> None:
        self._rows = [
            (place, label, text)
            for place, (_, _, sentences) in enumerate(brief.labels())
            for label, text in sentences
            if not label.endswith(".0") and quotable(text)
        ]
        vectors = embed([text for _, _, text in self._rows]) if self._rows else np.zeros((0, 1), np.float32)
        self._central = self._centrality(vectors)
        self._taken: set[str] = set()
        self._per_paper: dict[int, int] = {}

    def _centrality(self, vectors: NDArray[np.float32]) -> dict[str, float]:
        """By label: cosine of a sentence to its own paper's mean."""
        central: dict[str, float] = {}
        for paper in {place for place, _, _ in self._rows}:
            rows = [i for i, (place, _, _) in enumerate(self._rows) if place == paper]
            for i, value in zip(rows, extract.centrality(vectors[rows]), strict=True):
                central[self._rows[i][1]] = float(value)
        return central

    def _score(self, role: str, label: str, text: str, *, figures: bool = False, centre: bool = False) -> float:
        words = len(text.split())
        readable = -0.8 if words > 60 else -0.5 if words < 7 else 0.0
        rhetorical = -1.5 if text.endswith("?") else 0.0
        weight = 1.5 if centre else 0.5
        if role == "theme":  # abstracts open with what they are about
            return self._central[label] + (1.5, 0.8)[min(int(label.split(".")[1]), 2) - 1] + readable
        bonus = 0.6 * min(2, extract.figures(text)) if figures else 0.0
        return extract.cue(role, text) + bonus + weight * self._central[label] + readable + rhetorical

    def take(self, role: str, paper: int, *, figures: bool = False, centre: bool = False) -> Statement | None:
        """The sentence of one paper that fits the role best and is not quoted yet; None when all are."""
        rows = [(label, text) for place, label, text in self._rows if place == paper and text not in self._taken]
        if not rows:
            return None
        label, text = max(rows, key=lambda row: self._score(role, *row, figures=figures, centre=centre))
        return self._quote(paper, label, text)

    def best(self, role: str, most: int) -> tuple[Statement, ...]:
        """Up to ``most`` sentences that clearly play the role, each from another paper."""
        rows = [
            (self._score(role, label, text), place, label, text)
            for place, label, text in self._rows
            if text not in self._taken and extract.cue(role, text) >= 1 and not text.endswith("?")
        ]
        chosen: dict[int, Statement] = {}
        for _, place, label, text in sorted(rows, key=lambda row: (-row[0], row[2])):
            if place not in chosen and text not in self._taken and len(chosen) < most:
                chosen[place] = self._quote(place, label, text)
        return tuple(chosen.values())

    def _quote(self, paper: int, label: str, text: str) -> Statement:
        self._taken.add(text)
        return Statement(kind="reported", text=text, cites=(label,))


def _keywords(brief: Brief) -> list[Statement]:
    labelled = [[(label, text) for label, text in sentences] for _, _, sentences in brief.labels()]
    found = extract.keyphrases([[text if quotable(text) else "" for _, text in paper] for paper in labelled])
    statements: list[Statement] = []
    for phrase, places in found:
        cites = tuple(labelled[p][s][0] for p, s in places)
        statements.append(Statement(kind="reported", text=phrase, cites=cites))
    return statements
