"""Recorded answers of a capable writer, replayed through the whole graph, HTTP included.

The answers were written by hand from the prompts alone (``tests/recordings/README.md``). They are found by the hash of
the whole request, so a changed prompt, rule or paper asks something that was never answered, and the test says what.
"""

import hashlib
import json
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from domain.grounding import drafts, rules
from domain.reports import Receipt, Report
from evals.reports import measure
from graph.context import Context
from graph.runs import run_day
from models.chat import ChatLLM, open_model
from tests.model_server import Say, asked_for, serve
from vectorstore.minilm_model import ModelMissing, model_folder

RECORDINGS = Path(__file__).parents[1] / "recordings"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"


def key(request: dict[str, Any]) -> str:
    """What makes two requests the same."""
    kept = {name: request.get(name) for name in ("model", "messages", "response_format")}
    return hashlib.sha256(json.dumps(kept, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


@dataclass(frozen=True, kw_only=True)
class Replayed(Context):
    """The real context, with the model at a server that knows the recorded answers."""

    url: str

    @cached_property
    def llm(self) -> ChatLLM:  # type: ignore[override]
        model = open_model("openai:bridge", timeout=20.0, url=self.url, key="none")
        return ChatLLM(models=[model], meter=self.meter, attempts=1)


@pytest.fixture(autouse=True)
def real_model() -> None:
    try:
        model_folder()
    except ModelMissing as missing:
        pytest.skip(f"needs the embedding model: {missing}")


async def replay(name: str, day: date, data: Path, **settings: Any) -> tuple[Report, Receipt]:
    """The report of a day whose model is the recordings of that name."""
    lines = (RECORDINGS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    known = {entry["key"]: entry["reply"] for entry in map(json.loads, lines)}
    unknown: list[str] = []

    def answer(request: dict[str, Any], number: int) -> Say:
        if key(request) in known:
            return Say(known[key(request)])
        unknown.append(f"{asked_for(request)}:\n" + "\n".join(m["content"] for m in request["messages"])[:3000])
        return Say(status=503)

    with ExitStack() as stack:
        server = stack.enter_context(serve(answer))
        context = Replayed(url=server.url, data=str(data), **settings)
        outcome = await run_day(day, context)
    assert not unknown, f"{len(unknown)} requests were never answered, the first one is\n{unknown[0]}"
    receipt = Receipt.model_validate_json((outcome.folder / "receipt.json").read_bytes())
    return outcome.report, receipt


def holds(report: Report, receipt: Receipt, context_language: str = "ko") -> None:
    """What every written day must have: all papers found, nothing in print that a rule rejects, figures carried."""
    figures = measure(report, receipt)
    assert report.status == "complete"
    assert not report.extractive and not any(s.extractive for s in report.sections)
    assert figures["faults in print"] == []
    done, all_of_them = map(int, str(figures["papers covered"]).split(" / "))
    assert done == all_of_them > 0
    right, of_all = map(int, str(figures["figures carried"]).split(" / "))
    assert right >= 0.9 * of_all
    assert sum(u.failed for u in receipt.usage) == 0
    shown = [
        rules.check(
            drafts.passage_of(c, report.papers, [f for s in report.sections for f in s.facts], context_language)
        )
        for c in report.overview
    ]
    assert len(shown) >= 3 and not any(shown)


async def test_the_bundled_day_is_written_as_recorded(tmp_path: Path) -> None:
    report, receipt = await replay("sample", date(2024, 10, 6), tmp_path, sources=("sample",))
    holds(report, receipt)
    assert len(report.papers) == 12


@pytest.mark.parametrize("day", ["2024-10-06", "2024-10-13", "2024-11-14"])
async def test_the_three_seed_days_are_written_as_recorded(day: str, tmp_path: Path) -> None:
    if not SEEDS.is_dir():
        pytest.skip("the papers of the seed days are not on this machine")
    earlier = [d for d in ("2024-10-06", "2024-10-13") if d < day]
    for before in earlier:  # what the memory knew when the answers were written
        await run_day(date.fromisoformat(before), Context(papers=(str(SEEDS / f"{before}.jsonl"),), data=str(tmp_path)))
    report, receipt = await replay(day, date.fromisoformat(day), tmp_path, papers=(str(SEEDS / f"{day}.jsonl"),))
    holds(report, receipt)
    repeated = {r.paper_id for s in report.sections for r in s.repeats}
    assert len(repeated) == {"2024-10-06": 0, "2024-10-13": 6, "2024-11-14": 0}[day]
