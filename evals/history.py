"""What was measured at first sight, one result a line of ``evals/history.jsonl``, for good."""

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Literal

from pydantic import Field

from domain.value import Value

FILE = Path(__file__).with_name("history.jsonl")

Judge = Literal["rules", "critic", "marks"]
"""``rules``: no model. ``critic``: a model's verdicts, and the rules over what it let pass. ``marks``: whether
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


def load(path: Path = FILE) -> tuple[Result, ...]:
    """Every result, the oldest first."""
    rows = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
    return tuple(Result.model_validate_json(row) for row in rows if row.strip())


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
