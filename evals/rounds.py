"""The answers of a round of blind readings and audits, and what they add up to."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter, ValidationError
from scipy.stats import binomtest  # pyright: ignore[reportUnknownVariableType]

from bench.as_read import as_read
from domain.value import Value

Letter = Literal["A", "B"]
Severity = Literal["high", "medium", "low"]
SEVERITIES: tuple[Severity, ...] = ("high", "medium", "low")
QUESTIONS = ("correct", "learn", "pleasant", "forward")
_Tenth = Annotated[int, Field(ge=1, le=10)]


class SheetError(ValueError):
    """A bundle cannot be made or an answer not be read; the message says which and what was expected."""


class Key(Value):
    """Which page of a bundle is whose. Lies outside of the folder that a reader sees."""

    ours: Letter
    role: str
    language: str
    papers: int
    seed: int


class Marks(Value):
    """Of 10, as the sheet asks."""

    correct: _Tenth
    learn: _Tenth
    pleasant: _Tenth
    forward: _Tenth


class Error(Value):
    """One sentence of a page that differs from the abstracts."""

    page: Letter
    quote: str
    severity: Severity
    why: str


class ReadingSheet(Value):
    """A filled reading sheet."""

    kind: Literal["reading"] = "reading"
    marks: dict[Letter, Marks] = Field(min_length=2)
    choice: Letter
    strength: Literal["slightly", "clearly", "by far"]
    change: dict[Letter, tuple[str, ...]] = Field(default_factory=dict[Letter, tuple[str, ...]])
    errors: tuple[Error, ...] = ()


class Figure(Value):
    """What became of one headline figure of an abstract on one page."""

    page: Letter
    paper: str
    """P1, P2 …, as ``abstracts.md`` numbers them."""
    figure: str
    verdict: Literal["right", "wrong", "missing"]


class AuditSheet(Value):
    """A filled audit sheet."""

    kind: Literal["audit"] = "audit"
    figures: tuple[Figure, ...] = ()
    statements: dict[Letter, int] = Field(min_length=2)
    errors: tuple[Error, ...] = ()


EXAMPLES: dict[str, ReadingSheet | AuditSheet] = {
    "reading": ReadingSheet(
        marks={
            "A": Marks(correct=5, learn=5, pleasant=5, forward=5),
            "B": Marks(correct=5, learn=5, pleasant=5, forward=5),
        },
        choice="A",
        strength="clearly",
        change={"A": ("…",), "B": ("…",)},
        errors=(Error(page="B", quote="…", severity="low", why="P3: …"),),
    ),
    "audit": AuditSheet(
        figures=(
            Figure(page="A", paper="P1", figure="…", verdict="right"),
            Figure(page="B", paper="P1", figure="…", verdict="missing"),
        ),
        statements={"A": 100, "B": 100},
        errors=(Error(page="B", quote="…", severity="medium", why="P3: …"),),
    ),
}
"""How an answer looks; stands in the sheets."""

_ANSWER: TypeAdapter[ReadingSheet | AuditSheet] = TypeAdapter(
    Annotated[ReadingSheet | AuditSheet, Field(discriminator="kind")]
)


class Unblinded(Value):
    """One answer, with its letters turned into whose page it is."""

    bundle: str
    role: str
    papers: int
    answer: ReadingSheet | AuditSheet
    ours: Letter
    unfound: tuple[Error, ...] = ()
    """Errors whose quotes do not stand on their page: not counted."""

    def letter(self, whose: str) -> Letter:
        return self.ours if whose == "ours" else ("B" if self.ours == "A" else "A")

    def errors(self, whose: str) -> tuple[Error, ...]:
        """Those of a page whose quotes were found on it."""
        return tuple(e for e in self.answer.errors if e.page == self.letter(whose) and e not in self.unfound)


class Round(Value):
    """All answers of a round."""

    answers: tuple[Unblinded, ...]
    unanswered: tuple[str, ...] = ()

    @property
    def readings(self) -> tuple[tuple[Unblinded, ReadingSheet], ...]:
        return tuple((told, told.answer) for told in self.answers if isinstance(told.answer, ReadingSheet))

    @property
    def audits(self) -> tuple[tuple[Unblinded, AuditSheet], ...]:
        return tuple((told, told.answer) for told in self.answers if isinstance(told.answer, AuditSheet))


def gather(folder: Path) -> Round:
    """Every ``answer*.json`` of a round's bundles, with their keys.

    Raises SheetError where there is no bundle, and for an answer that is not as its sheet asks.
    """
    keys = sorted(folder.glob("*.key.json"))
    if not keys:
        raise SheetError(f"{folder} holds no bundle: expected files *.key.json, as 'bundle' writes them.")
    answers: list[Unblinded] = []
    unanswered: list[str] = []
    for file in keys:
        name = file.name.removesuffix(".key.json")
        key = Key.model_validate_json(file.read_bytes())
        given = sorted((folder / name).glob("answer*.json"))
        if not given:
            unanswered.append(name)
        for path in given:
            answer = _answer(path, key)
            unfound = tuple(e for e in answer.errors if not _stands(e.quote, folder / name / f"{e.page}.md"))
            answers.append(
                Unblinded(bundle=name, role=key.role, papers=key.papers, answer=answer, ours=key.ours, unfound=unfound)
            )
    return Round(answers=tuple(answers), unanswered=tuple(unanswered))


def _answer(path: Path, key: Key) -> ReadingSheet | AuditSheet:
    kind = "audit" if key.role == "auditor" else "reading"
    try:
        answer = _ANSWER.validate_json(path.read_bytes())
    except ValidationError as error:
        fault = error.errors()[0]
        place = ".".join(str(part) for part in fault["loc"])
        raise SheetError(f"{path}: {place or 'the file'}: {fault['msg']}. Expected what sheet.md shows.") from None
    if answer.kind != kind:
        raise SheetError(f"{path} answers '{answer.kind}', and {key.role} was asked for '{kind}'.")
    if isinstance(answer, AuditSheet):
        judged = [{(f.paper, f.figure) for f in answer.figures if f.page == letter} for letter in ("A", "B")]
        if odd := sorted(judged[0] ^ judged[1]):
            raise SheetError(f"{path}: the figure {' '.join(odd[0])} is judged on one page only: expected both.")
    return answer


def _stands(quote: str, page: Path) -> bool:
    wanted = _letters(as_read(quote))
    return bool(wanted) and wanted in _letters(as_read(page.read_text(encoding="utf-8")))


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())


def chosen(readings: Sequence[tuple[Unblinded, ReadingSheet]]) -> tuple[int, int, float, float]:
    """How many of how many chose ours, and the bounds of Wilson's 95 % interval of that share, 0–1."""
    right, count = sum(answer.choice == told.ours for told, answer in readings), len(readings)
    if not count:
        return 0, 0, 0.0, 1.0
    interval: Any = binomtest(right, count).proportion_ci(0.95, "wilson")
    return right, count, float(interval.low), float(interval.high)


def marks(readings: Sequence[tuple[Unblinded, ReadingSheet]], whose: str) -> dict[str, float]:
    """The mean mark of each question; NaN without readings."""
    given = [answer.marks[told.letter(whose)] for told, answer in readings]
    return {name: _mean([getattr(each, name) for each in given]) for name in QUESTIONS}


def severities(answers: Iterable[Unblinded], whose: str) -> dict[Severity, float]:
    """Errors by severity, scaled to twelve papers, mean over the answers."""
    answers = list(answers)
    counts = [(Counter(e.severity for e in told.errors(whose)), 12 / told.papers) for told in answers]
    return {name: _mean([count[name] * scale for count, scale in counts]) for name in SEVERITIES}


def verdicts(audits: Sequence[tuple[Unblinded, AuditSheet]], whose: str) -> Mapping[str, int]:
    """Headline figures right, wrong and missing, over all audits."""
    return Counter(f.verdict for told, audit in audits for f in audit.figures if f.page == told.letter(whose))


def table(found: Round) -> str:
    """A round as lines: each answer, then what they add up to."""
    return "\n".join(_lines(found))


def _lines(found: Round) -> Iterator[str]:
    readings, audits = found.readings, found.audits
    for told, answer in readings:
        whose = "ours" if answer.choice == told.ours else "other"
        pair = [answer.marks[told.letter(page)] for page in ("ours", "other")]
        shown = [" / ".join(str(getattr(each, name)) for name in QUESTIONS) for each in pair]
        yield f"{told.bundle:32} chose {whose:5} ({told.letter(whose)}) {answer.strength:9} {shown[0]:17} | {shown[1]}"
    if readings:
        right, count, low, high = chosen(readings)
        first = sum(answer.choice == "A" for _, answer in readings)
        yield f"\nchosen: {right} of {count} ({right / count:.0%}; 95 %: {low:.0%} to {high:.0%}); letter A: {first}"
        for role in dict.fromkeys(told.role for told, _ in readings):
            of_role = [pair for pair in readings if pair[0].role == role]
            yield f"  {role:12} {chosen(of_role)[0]} of {len(of_role)}"
        yield f"marks ({' / '.join(QUESTIONS)})"
        for whose in ("ours", "other"):
            yield f"  {whose:6} {' / '.join(f'{mark:.1f}' for mark in marks(readings, whose).values())}"
        yield from _errors("errors that readers found", [told for told, _ in readings])
        for whose in ("ours", "other"):
            wishes = [w for told, answer in readings for w in answer.change.get(told.letter(whose), ())]
            yield f"to change in {whose}:"
            yield from (f"  - {' '.join(wish.split())}" for wish in wishes)
    if audits:
        yield ""
        yield from _errors(f"{len(audits)} audits", [told for told, _ in audits])
        for whose in ("ours", "other"):
            counts = verdicts(audits, whose)
            told_of = _mean([audit.statements[told.letter(whose)] for told, audit in audits])
            figures = " / ".join(str(counts.get(name, 0)) for name in ("right", "wrong", "missing"))
            yield f"  {whose:6} statements {told_of:.0f}; headline figures right / wrong / missing {figures}"
        ours, other = (severities([told for told, _ in audits], whose)["medium"] for whose in ("ours", "other"))
        yield f"  medium: {ours / other:.2f} of the other's" if other else "  medium: the other has none"
    listed = [(told, e) for told in found.answers for e in told.errors("ours") if e.severity != "low"]
    if listed:
        yield "\nhigh and medium in ours:"
        yield from (f"  {e.severity:6} {told.bundle}: {e.quote!r} ({e.why})" for told, e in listed)
    for told in found.answers:
        yield from (f"not on its page, not counted: {told.bundle}: {error.quote!r}" for error in told.unfound)
    yield from (f"not answered: {name}" for name in found.unanswered)


def _errors(title: str, answers: Sequence[Unblinded]) -> Iterator[str]:
    yield f"{title}, for 12 papers (high / medium / low)"
    for whose in ("ours", "other"):
        yield f"  {whose:6} {' / '.join(f'{value:.1f}' for value in severities(answers, whose).values())}"


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values) if values else float("nan")
