"""A model that answers well from the prompt alone: it reads the rendered text as any model would, and nothing else."""

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from pydantic import Field

from domain.papers import Paper
from domain.sentences import sentences
from graph.context import Context
from models.chat import ChatLLM
from models.llm import LLM
from tests import judging
from tests.model_server import asked_for
from tests.scripted import KeyedClassifier, ScriptedContext

_COMMA = re.compile(r",\s*")
_SENTENCE = re.compile(r"^(P\d+)\.(\d+) (.*)$", re.MULTILINE)
_LINE = re.compile(
    r"^(L\d+) \[([^\]]*)\] (\w+): (.*?)(?:   \(words for: (.*?)\))?(?:   \(sent back: (.*)\))?$", re.MULTILINE
)
_PAPER = re.compile(r"^(P\d+) (.*)\n(.*)$", re.MULTILINE)
_SHORT = re.compile(r"\b60 words|220자")


@dataclass(frozen=True)
class Judged:
    """One line as a judge sees it."""

    id: str
    about: tuple[str, ...]
    role: str
    text: str
    objection: str
    swappable: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """One request, taken apart."""

    schema: str
    system: str
    user: str

    @cached_property
    def language(self) -> str:
        """Korean prompts are written in Korean; the critic's is not, but its lines are."""
        return "ko" if re.search("[가-힣]", self.system + "".join(line.text for line in self.lines)) else "en"

    @property
    def short(self) -> bool:
        """Whether the writer is to be brief."""
        return bool(_SHORT.search(self.system))

    @cached_property
    def paper(self) -> tuple[str, str]:
        """(title, abstract), for the writer."""
        *_, title, abstract, _ = self.user.strip().split("\n")
        return title, abstract

    @cached_property
    def papers(self) -> list[tuple[str, str, str]]:
        """(label, title, abstract), for the one-prompt digest."""
        return _PAPER.findall(self.user)

    @cached_property
    def sentences(self) -> dict[str, dict[int, str]]:
        """Paper label → place → sentence, for the critic."""
        held: dict[str, dict[int, str]] = {}
        for paper, place, text in _SENTENCE.findall(self.user):
            held.setdefault(paper, {})[int(place)] = text
        return held

    @cached_property
    def lines(self) -> list[Judged]:
        return [
            Judged(id, tuple(_COMMA.split(about)), role, text, objection, tuple(words.split("; ")) if words else ())
            for id, about, role, text, words, objection in _LINE.findall(self.user)
        ]

    @cached_property
    def own(self) -> list[Judged]:
        """The lines that are of the day, and neither canaries nor of the exam."""
        return [line for line in self.lines if judging.key(line.text) is None]

    @property
    def is_exam(self) -> bool:
        return self.schema == "Verdicts" and not self.own

    @cached_property
    def labels(self) -> list[str]:
        """The items, for the frame editor."""
        return re.findall(r"^(P\d+) ", self.user, re.MULTILINE)

    @cached_property
    def shortlists(self) -> dict[str, list[str]]:
        """Paper label → categories, for the classifier's second look."""
        found = re.findall(r"^(P\d+) \[([^\]]*)\] ", self.user, re.MULTILINE)
        return {paper: _COMMA.split(keys) for paper, keys in found}


def read(request: Mapping[str, Any]) -> Question:
    """The question of a request body; a repair turn asks the same question again."""
    first, *others = request["messages"]
    user = others[0] if first["role"] == "system" else first  # some servers take no system message of its own
    return Question(asked_for(dict(request)), str(first["content"]), str(user["content"]))


Writer = Callable[[Question], dict[str, Any]]


def item(question: Question) -> dict[str, Any]:
    """What is to be said of a paper of ``tests.scripted.paper``, in the language that the prompt asks for."""
    korean, (title, abstract) = question.language == "ko", question.paper
    figure = re.findall(r"[\d.]+%", abstract)[0]
    return {
        "name": title,
        "hook": f"{title}로 정확도가 {figure} 올랐다" if korean else f"{title} lifts accuracy by {figure}",
        "problem": None,
        "method": f"{title} 방법을 제안합니다." if korean else f"The paper proposes {title}.",
        "results": [
            f"{title} 실험에서 정확도가 기준 방법보다 {figure} 높았습니다."
            if korean
            else f"In experiments, {title} improves accuracy by {figure} over the baseline."
        ],
        "note": None
        if question.short
        else f"긴 입력에서 {title}의 한계는 아직 분명하지 않습니다."
        if korean
        else f"The limits of {title} on long inputs remain unclear.",
    }


def quotes(question: Question) -> dict[str, Any]:
    """An item of a paper of any text: what it says itself, so that no rule rejects it."""
    title, abstract = question.paper
    first, *others = [text for text in sentences(abstract) if "http" not in text]
    return {
        "name": title,
        "hook": first,
        "problem": None,
        "method": others[0] if others else None,
        "results": others[1:2],
        "note": None,
    }


def verdicts(
    question: Question,
    doubts: Callable[[str], str] = lambda text: "",
    mends: Callable[[Judged], str] = lambda line: "",
) -> dict[str, Any]:
    """``doubts``: a text's fault, empty for none; what is at fault is dropped. ``mends``: better words for a line,
    empty for none. Each line that is not dropped is given the sentence that shares most with it."""
    known = {line.id: found for line in question.lines if (found := judging.key(line.text))}
    wrong = {id: "planted" for id, found in known.items() if not found.right}
    own = [line for line in question.lines if line.id not in known]
    wrong |= {line.id: reason for line in own if (reason := doubts(line.text))}
    mended = {line.id: text for line in own if line.id not in wrong and (text := mends(line))}
    carried = {
        line.id: [each for label in line.about for each in _carrying(line, label, question)] for line in question.lines
    }
    return {
        "ok": [" ".join((id, *cites)) for id, cites in carried.items() if id not in wrong and id not in mended],
        "mend": [
            {"id": id, "cites": carried[id], "why": "too much is said", "line": text} for id, text in mended.items()
        ],
        "drop": [{"id": id, "why": reason} for id, reason in wrong.items()],
        "missing": [],
        "words": [
            {"id": line.id, "figure": figure, "words": re.findall(r"[\d.,]*\d", figure)[0]}
            for line in question.lines
            for figure in line.swappable
        ],
    }


def _carrying(line: Judged, label: str, question: Question) -> list[str]:
    """The sentences that say it; where none does in its words, one that has its figures."""
    held, said = question.sentences[label], line.text.rstrip(".")
    if carrying := [
        f"{label}.{place}" for place, text in held.items() if place and (said in text or text in line.text)
    ]:
        return carrying
    figures = re.findall(r"[\d.]+%", line.text)
    fitting = [place for place, text in held.items() if all(figure in text for figure in figures)]
    wanted = {"note": 3, "problem": 1, "method": 1}.get(line.role, 2)
    return [f"{label}.{wanted if wanted in fitting else (fitting or [0])[0]}"]


def outline(question: Question) -> dict[str, Any]:
    korean, first = question.language == "ko", question.labels[0]
    return {
        "day": [
            {
                "text": "정확도가 오른 날입니다." if korean else "A day of rising accuracy.",
                "papers": question.labels,
            }
        ],
        "stories": [
            {
                "paper": first,
                "text": "기준 방법보다 정확도가 높았습니다." if korean else "It is more accurate than the baseline.",
                "reader": "먼저 읽을 사람" if korean else "for the first coffee",
            }
        ],
        "groups": [{"title": "오늘의 논문" if korean else "Papers of the day", "papers": question.labels}],
        "threads": [],
    }


def choices(question: Question) -> dict[str, Any]:
    return {"choices": [{"id": id, "category": keys[0], "proposal": None} for id, keys in question.shortlists.items()]}


def answer(question: Question, write: Writer = item) -> dict[str, Any]:
    """A competent answer to any prompt of the project."""
    match question.schema:
        case "Written":
            return write(question)
        case "Verdicts":
            return verdicts(question)
        case "Outline":
            return outline(question)
        case "Choices":
            return choices(question)
        case "Translation":  # the doctor's questions
            return {"english": "The robot learns.", "korean": "로봇이 배웁니다."}
        case "":
            return {"said": "It is a robot."}
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


class ModelContext(ScriptedContext):
    """The scripted context with the real door to a model, at OPENAI_BASE_URL. Pauses are noted, not made."""

    model: str = "openai:scripted"
    timeout: float = 120.0
    """Longer than any machine that is busy keeps a call waiting."""
    pauses: list[float] = Field(default_factory=list[float])

    @cached_property
    def classifier(self) -> Unsure:
        return Unsure()

    @cached_property
    def llm(self) -> LLM | None:
        return Context.llm.func(self)  # type: ignore[attr-defined]

    def _asked(self, *names: str) -> LLM:
        llm = super()._asked(*names)
        assert isinstance(llm, ChatLLM)
        llm.sleep = self._pause
        return llm

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)
