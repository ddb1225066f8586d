"""The reader of answers on what a real small model really said."""

import json
from pathlib import Path
from typing import Any, Literal

import pytest
from pydantic import BaseModel

from domain.value import Value
from models.answers import Unreadable, read
from models.probe import Translation
from models.reply import babbles

FOLDER = Path(__file__).parent / "answers_llama"
ANSWERS: dict[str, dict[str, Any]] = {
    path.stem: json.loads(path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.json"))
}
READABLE = {
    "answer-with-surplus-fields",
    "blanks-in-lists",
    "copied-from-the-example",
    "headline-without-evidence",
    "no-choices",
}


class Statement(Value):
    """The types below are those that were asked for when the answers were recorded."""

    kind: Literal["reported", "analysis", "trend"]
    text: str | None
    cites: tuple[str, ...]


class Draft(Value):
    headline: Statement
    themes: tuple[Statement, ...]
    keywords: tuple[Statement, ...]
    findings: tuple[Statement, ...]
    trend: tuple[Statement, ...]
    impact: tuple[Statement, ...]
    outlook: tuple[Statement, ...]


class Replacement(Value):
    part: str
    place: int
    statement: Statement | None


class Edit(Value):
    replacements: tuple[Replacement, ...]
    findings: tuple[Statement, ...]


class Overview(Value):
    statements: tuple[Statement, ...]


class Choice(Value):
    id: str
    category: str
    proposal: str | None


class Choices(Value):
    choices: tuple[Choice, ...]


class Verdicts(Value):
    supported: tuple[str, ...]
    rejected: tuple[dict[str, str], ...]


TYPES: dict[str, type[BaseModel]] = {
    each.__name__: each for each in (Choices, Draft, Edit, Overview, Translation, Verdicts)
}


@pytest.mark.parametrize("name", ANSWERS)
def test_a_real_answer_is_read_or_its_fault_is_said(name: str) -> None:
    answer = ANSWERS[name]
    kind = TYPES[answer["schema"]]
    if name in READABLE:
        assert isinstance(read([answer["text"]], kind), kind)
        return
    with pytest.raises(Unreadable) as fault:
        read([answer["text"]], kind)
    assert str(fault.value).startswith(f"it is no valid {kind.__name__} (")
    assert len(str(fault.value)) < 600


@pytest.mark.parametrize("name", ANSWERS)
def test_babble_is_told_from_an_answer(name: str) -> None:
    answer = ANSWERS[name]
    circles = {"the-the-the", "one-address-over-and-over", "a-number-without-end"}
    assert babbles(answer["text"]) is (name in circles)


def test_no_schema_is_taken_for_an_answer() -> None:
    with pytest.raises(Unreadable) as fault:
        read([ANSWERS["somebody-elses-object"]["text"]], Verdicts)
    assert (fault.value.json, fault.value.shaped) == (True, False)
