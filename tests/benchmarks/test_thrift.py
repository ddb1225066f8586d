"""A day costs at most twice what its writer alone would cost, and the benchmark counts it as it says."""

import json
from pathlib import Path
from typing import Any

import pytest

from benchmarks import thrift
from tests.answering import Question, Said, draft
from vectorstore.minilm_model import ModelMissing, model_folder


async def test_the_bundled_twelve_paper_day_costs_at_most_twice_the_writers_calls(tmp_path: Path) -> None:
    try:
        model_folder()
    except ModelMissing as missing:
        pytest.skip(f"needs the embedding model: {missing}")
    exchanges = await thrift.scripted(tmp_path)
    agents = {each.agent for each in exchanges}
    assert {"synthesize", "critique", "overview"} <= agents
    written = [each for each in exchanges if each.agent == "synthesize"]
    assert sum(each.sent[1].count(".0 ") for each in written) >= 12
    for tokens in (thrift.by_characters, thrift.by_script):
        assert thrift.cost(exchanges, tokens).total <= 2 * thrift.cost(exchanges, tokens).writer


def request(schema: str, system: str, user: str) -> dict[str, Any]:
    messages = [{"role": "system", "content": system}, {"role": "user", "content": user}]
    return {"messages": messages, "response_format": {"json_schema": {"name": schema}}}


def test_every_exchange_is_counted_once_under_its_agent() -> None:
    said = [Said("headline", "12345678", ("P1.1",)), Said("findings", "1234", ("P1.1",))]
    written = json.dumps(draft(Question("Draft", "", ""), lambda _: said), indent=2)
    papers = "P1.0 abcd\nP1.1 efgh"
    exchanges = [
        thrift.exchange(request("Draft", "a" * 40, papers), written),
        thrift.exchange(request("Verdicts", "b" * 20, "c" * 20), "d" * 8),
        thrift.exchange(request("Verdicts", "b" * 20, "c" * 20), "d" * 8),
    ]
    found = thrift.cost(exchanges, len)
    compact = len(json.dumps(json.loads(written), separators=(",", ":")))
    assert found.rows == {"synthesize": (1, 40 + len(papers), compact), "critique": (2, 80, 16)}
    assert found.writer == 40 + len(papers) + compact
    assert found.total == found.writer + 96
    assert found.bare == len(thrift.PLAIN) + len("abcd\nefgh") + len("12345678\n1234")
    assert found.older == len(thrift.PLAIN) + len("abcd\nefgh") + thrift.OLDER_SECTION
    assert found.schemas == 3 * found.writers_schemas + 2 * (len("Verdicts") - len("Draft"))


def test_hangul_costs_more_than_other_characters() -> None:
    assert thrift.by_characters("가나다 abcd1") == 9 / 4
    assert thrift.by_script("가나다 abcd1") == 3 / 1.5 + 6 / 4


async def test_a_day_with_questions_that_were_never_recorded_is_said_to_be_incomplete(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    try:
        model_folder()
    except ModelMissing as missing:
        pytest.skip(f"needs the embedding model: {missing}")
    (tmp_path / "sample.jsonl").write_text("", encoding="utf-8")
    assert not await thrift.run(tmp_path, None, tmp_path / "data")
    assert "are not among the recordings" in capsys.readouterr().out
