"""The exam that a judge sits before it is believed: lines of which is known whether they are right."""

from collections.abc import Iterable

from .kinds import Role
from .value import Value


class ExamLine(Value):
    """One line of the exam."""

    papers: tuple[str, ...]
    """Ids of the exam's papers that it speaks of."""
    role: Role
    text: str
    fault: str = ""
    """The kind of error that was planted; empty for a line that is right."""
    places: tuple[int, ...] = ()
    """Of a right line with a figure: the sentences of its paper that carry it, 1-based."""


class Exam(Value):
    """How a model did, as a judge, under one version of the prompt and in one language."""

    model: str
    prompt: str
    """``ko/critique@version``."""
    language: str
    planted: int
    """Wrong lines."""
    caught: int
    """Those of them that it did not let pass."""
    right: int
    passed: int
    """Right lines that it let pass as they stand."""
    missed: tuple[str, ...] = ()
    """The kinds of error that it let pass, each as often as it did."""
    failure: str = ""
    """Why some of the exam, or all of it, was not answered."""

    @property
    def score(self) -> float:
        """The smaller share of the two, 0–1: who passes everything catches nothing, and the other way round."""
        return min(self.caught / self.planted, self.passed / self.right)

    @property
    def in_words(self) -> str:
        """In English, for logs and receipts."""
        marks = (
            f"{self.caught} of {self.planted} planted errors caught, {self.passed} of {self.right} right lines passed"
        )
        return f"{marks}; not all was answered: {self.failure}" if self.failure else marks


def mark(
    questions: Iterable[ExamLine],
    passed: Iterable[bool],
    *,
    model: str,
    prompt: str,
    language: str,
    failure: str = "",
) -> Exam:
    """The exam of a judge that let pass what ``passed`` says, question by question."""
    answered = list(zip(questions, passed, strict=True))
    wrong = [(question, fine) for question, fine in answered if question.fault]
    right = [fine for question, fine in answered if not question.fault]
    return Exam(
        model=model,
        prompt=prompt,
        language=language,
        planted=len(wrong),
        caught=sum(1 for _, fine in wrong if not fine),
        right=len(right),
        passed=sum(right),
        missed=tuple(sorted(question.fault for question, fine in wrong if fine)),
        failure=failure,
    )
