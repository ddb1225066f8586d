"""What was measured, for good, a line each in ``evals/history.jsonl``: sets of claims at first sight, and the evals of
``make evals`` by commit."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from domain.value import Value

FILE = Path(__file__).with_name("history.jsonl")

Judge = Literal["rules", "critic", "second look", "marks"]
"""``rules``: no model. ``critic``: a model's verdicts, and the rules over what it let pass. ``second
look``: the same after what a rule sent back was judged once more, as in a run. ``marks``: whether
sentences of hostile papers are marked as no evidence."""


class Count(Value):
    """How many of how many."""

    found: int
    of: int


class Result(Value):
    """One run over one set."""

    day: str
    name: str
    """Of the set, as it is committed."""
    sha256: str
    commit: str
    judge: Judge
    model: str = ""
    seen: bool = False
    """Something ran over the set before, at another commit or the same way: no first sight any more."""
    wrong: Count
    """Wrong lines that were not let pass."""
    figures: Count
    """Those of them with a wrong figure."""
    right: Count
    """Right lines that were not let pass."""
    unanswered: int = 0
    kinds: dict[str, Count] = Field(default_factory=dict)
    """Wrong lines by kind of error."""
    rules: dict[str, Count] = Field(default_factory=dict)
    """By rule: wrong lines that it found, of all lines that it objected to."""


class Measured(Value):
    """One eval at one commit."""

    eval: str
    day: str
    commit: str
    model: str = ""
    """Who was asked; empty where the eval needs nobody, or what was answered is recorded."""
    values: dict[str, float]
    """By measure."""


def load(path: Path = FILE) -> tuple[Result, ...]:
    """Every first sight, the oldest first."""
    return tuple(Result.model_validate(row) for row in _rows(path) if "eval" not in row)


def load_measured(path: Path = FILE) -> tuple[Measured, ...]:
    """Every eval by commit, the oldest first."""
    return tuple(Measured.model_validate(row) for row in _rows(path) if "eval" in row)


def keep(measured: Measured, path: Path = FILE) -> bool:
    """Writes an eval down, once for its commit and model; whether it was new."""
    known = {(one.eval, one.commit, one.model) for one in load_measured(path)}
    if (measured.eval, measured.commit, measured.model) in known:
        return False
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(measured.model_dump(), ensure_ascii=False) + "\n")
    return True


def _rows(path: Path) -> list[dict[str, Any]]:
    rows = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return [json.loads(row) for row in rows if row.strip()]


def append(result: Result, path: Path = FILE) -> Result:
    """Writes the result down, marked as seen where the set was."""
    before = [one for one in load(path) if one.sha256 == result.sha256]
    again = any(one.commit != result.commit or (one.judge, one.model) == (result.judge, result.model) for one in before)
    result = result.model_copy(update={"seen": again})
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(result.model_dump(), ensure_ascii=False) + "\n")
    return result


def records(results: Iterable[Result]) -> dict[str, Count]:
    """By rule, over all sets at their first sight without a model: wrong lines that it found, of all that it objected
    to."""
    found: Counter[str] = Counter()
    raised: Counter[str] = Counter()
    for result in results:
        if result.judge == "rules" and not result.seen:
            for rule, count in result.rules.items():
                found[rule] += count.found
                raised[rule] += count.of
    return {rule: Count(found=found[rule], of=raised[rule]) for rule in raised}
