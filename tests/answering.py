"""A model that answers well from the prompt alone: it reads the rendered text as any model would, and nothing else."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from domain.claims import PARTS
from domain.papers import Paper
from graph.context import Context
from models.chat import ChatLLM
from tests.model_server import asked_for
from tests.scripted import KeyedClassifier, ScriptedContext

_REJECTED = re.compile(r"(\w+) (\d+) \[([^\]]*)\] (\w+): (.*)")
_COMMA = re.compile(r",\s*")


@dataclass(frozen=True)
class Said:
    """One statement as a writer would answer it."""

    part: str
    text: str
    cites: tuple[str, ...]
    kind: str = "reported"

    @property
    def statement(self) -> dict[str, Any]:
        return {"kind": self.kind, "text": self.text, "cites": list(self.cites)}


@dataclass(frozen=True)
class Question:
    """One request, taken apart."""

    schema: str
    system: str
    user: str

    @cached_property
    def language(self) -> str:
        return "ko" if "Korean" in self.system else "en"

    @cached_property
    def papers(self) -> dict[str, dict[str, str]]:
        """Paper label → label → text, for the prompts that show papers."""
        held: dict[str, dict[str, str]] = {}
        for paper, label, text in re.findall(r"^(P\d+)(\.\d+) (.*)$", self.user, re.MULTILINE):
            held.setdefault(paper, {})[paper + label] = text
        return held

    @cached_property
    def items(self) -> dict[str, str]:
        """Statement id → text, for the critic."""
        return dict(re.findall(r"^(S\d+) \[[^\]]*\] (.*)$", self.user, re.MULTILINE))

    @cached_property
    def rejections(self) -> list[tuple[str, int, tuple[str, ...], str, str]]:
        """(part, place, labels, kind, text), for the editor."""
        found = [m.groups() for line in self.user.splitlines() if (m := _REJECTED.fullmatch(line)) and m[1] in PARTS]
        return [
            (part, int(place), tuple(filter(None, _COMMA.split(cites))), kind, text)
            for part, place, cites, kind, text in found
        ]

    @cached_property
    def uncovered(self) -> tuple[str, ...]:
        """Labels of the papers that the editor is to add findings for."""
        found = re.search(r"for each of (P\d+(?:,\s*P\d+)*)", self.system)
        return tuple(_COMMA.split(found[1])) if found else ()

    @cached_property
    def lines(self) -> dict[str, str]:
        """Claim id → text, for the writer of the overview."""
        return dict(re.findall(r"^(C\d+) \[[^\]]*\] (.*)$", self.user, re.MULTILINE))

    @cached_property
    def shortlists(self) -> dict[str, list[str]]:
        """Paper label → categories, for the classifier's second look."""
        found = re.findall(r"^(P\d+) \[([^\]]*)\] ", self.user, re.MULTILINE)
        return {paper: _COMMA.split(keys) for paper, keys in found}


def read(request: Mapping[str, Any]) -> Question:
    """The question of a request body; a repair turn asks the same question again."""
    system, user, *_ = request["messages"]
    return Question(asked_for(dict(request)), str(system["content"]), str(user["content"]))


Writer = Callable[[Question], Sequence[Said]]


def plain(question: Question) -> list[Said]:
    """What is to be said of the papers of ``tests.scripted.paper``, in the language that the prompt asks for."""
    korean = question.language == "ko"
    said: list[Said] = []
    for label, held in question.papers.items():
        title = held[f"{label}.0"]
        figure = re.findall(r"[\d.]+%", held[f"{label}.2"])[0]
        theme = f"{title}의 방법을 다룬다." if korean else f"The work is about {title}."
        finding = (
            f"{title} 실험에서 정확도가 기준 방법보다 {figure} 높아졌다."
            if korean
            else f"In experiments, {title} improves accuracy by {figure} over the baseline."
        )
        said += [Said("themes", theme, (f"{label}.1",)), Said("findings", finding, (f"{label}.2",))]
    first, held = next(iter(question.papers.items()))
    title = held[f"{first}.0"]
    return [
        Said("headline", f"{title} 방법이 제안되었다." if korean else f"{title} is proposed.", (f"{first}.1",)),
        *said,
        Said("keywords", title, (f"{first}.1",)),
        Said(
            "outlook",
            "긴 입력에서의 한계는 아직 불분명하다." if korean else "Its limits on long inputs remain unclear.",
            (f"{first}.3",),
        ),
    ]


def draft(question: Question, write: Writer = plain) -> dict[str, Any]:
    said = write(question)
    parts: dict[str, Any] = {part: [s.statement for s in said if s.part == part] for part in PARTS}
    return {**parts, "headline": parts["headline"][0]}


def verdicts(question: Question, doubts: Callable[[str], str] = lambda text: "") -> dict[str, Any]:
    """``doubts``: a text's fault, empty for none."""
    rejected = {id: reason for id, text in question.items.items() if (reason := doubts(text))}
    return {
        "supported": [id for id in question.items if id not in rejected],
        "rejected": [{"id": id, "verdict": "contradicted", "reason": reason} for id, reason in rejected.items()],
    }


def edit(question: Question, write: Writer = plain) -> dict[str, Any]:
    """Each rejected statement as it should have been, else one of its part on a paper that it cited, else null."""
    said = write(question) if question.papers else []
    replacements: list[dict[str, Any]] = []
    for part, place, cites, _, rejected in question.rejections:
        fitting = [s for s in said if s.part == part]
        papers = {label.split(".")[0] for label in cites}
        same = [s for s in fitting if s.text == rejected]
        own = same or [s for s in fitting if papers & {label.split(".")[0] for label in s.cites}] or fitting
        replacements.append({"part": part, "place": place, "statement": own[0].statement if own else None})
    mended = [r["statement"] for r in replacements]
    added = [
        s.statement
        for paper in question.uncovered
        for s in said
        if s.part == "findings" and s.cites[0].split(".")[0] == paper and s.statement not in mended
    ]
    return {"replacements": replacements, "findings": added}


def overview(question: Question, most: int = 3) -> dict[str, Any]:
    korean = question.language == "ko"
    readable = [(id, text) for id, text in question.lines.items() if bool(re.search("[가-힣]", text)) == korean]
    # In words of its own: a claim taken as it stands is not judged again.
    chosen = [(id, f"{'특히' if korean else 'Notably,'} {text}") for id, text in readable[:most]]
    return {"statements": [{"kind": "reported", "text": text, "cites": [id]} for id, text in chosen]}


def flow(question: Question, most: int = 3) -> dict[str, Any]:
    """The first facts, as they are told."""
    facts = re.findall(r"^(T\d+) (.*)$", question.user, re.MULTILINE)
    return {"sentences": [{"text": text, "cites": [label]} for label, text in facts[:most]]}


def choices(question: Question) -> dict[str, Any]:
    return {"choices": [{"id": id, "category": keys[0], "proposal": None} for id, keys in question.shortlists.items()]}


def answer(question: Question, write: Writer = plain) -> dict[str, Any]:
    """A competent answer to any prompt of the project."""
    match question.schema:
        case "Draft":
            return draft(question, write)
        case "Verdicts":
            return verdicts(question)
        case "Edit":
            return edit(question, write)
        case "Overview":
            return overview(question)
        case "Flow":
            return flow(question)
        case "Choices":
            return choices(question)
        case unknown:
            raise AssertionError(f"no prompt asks for {unknown}")


def text(value: object) -> str:
    """An answer as it goes over the wire."""
    return json.dumps(value, ensure_ascii=False)


class Unsure(KeyedClassifier):
    """Sure of every paper but those on speech, so that the model is asked for a second look."""

    def rank(self, papers: Sequence[Paper]) -> list[list[tuple[str, float]]]:
        ranked = super().rank(papers)
        return [[(key, 0.4 if key == "audio" else odds) for key, odds in row] for row in ranked]


@dataclass(frozen=True, kw_only=True)
class ModelContext(ScriptedContext):
    """The scripted context with the real door to a model, at OPENAI_BASE_URL. Pauses are noted, not made."""

    model: str = "openai:scripted"
    timeout: float = 120.0
    """Longer than any machine that is busy keeps a call waiting."""
    pauses: list[float] = field(default_factory=list[float])

    @cached_property
    def classifier(self) -> Unsure:
        return Unsure()

    @cached_property
    def llm(self) -> ChatLLM:
        llm: ChatLLM = Context.llm.func(self)  # type: ignore[attr-defined]
        llm.sleep = self._pause
        return llm

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
