"""``insights doctor --model``: a model is asked for real, and what it can and cannot do is said."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result
from typer.testing import CliRunner

from cli.app import app
from domain.reports import Receipt, Usage
from models.manners import Manners
from models.probe import speed
from models.provider import open_model
from tests.model_server import ModelServer, Say, serve

GOOD = json.dumps(
    {"english": "The robot learns.", "korean": "로봇은 영상 200개로 컵 잡는 법을 배운다."}, ensure_ascii=False
)
SUMMARY = "The papers are about robots. " * 4


def answers(request: dict[str, Any], shaped: str = GOOD) -> Say:
    """A competent model: one answer of a shape, one summary, one word."""
    if "Translate" in str(request["messages"]):
        return Say(shaped)
    return Say(SUMMARY if "Sum up" in str(request["messages"]) else "OK")


@pytest.fixture
def examine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    def run(
        answer: Callable[[dict[str, Any], int], Say] = lambda request, number: answers(request),
        pages: Callable[[str], Any] = lambda path: None,
        spec: str = "openai:first",
    ) -> tuple[Result, ModelServer]:
        with serve(answer, pages) as server:
            monkeypatch.setenv("OPENAI_BASE_URL", server.url)
            monkeypatch.setenv("OPENAI_API_KEY", "a-secret-key")
            result = CliRunner().invoke(app, ["doctor", "--model", spec, "--data", str(tmp_path)])
        assert "a-secret-key" not in result.output
        return result, server

    return run


def test_a_good_model_is_found_good_with_its_rung_its_speed_and_the_price_of_a_day(
    examine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIGHTS_PRICES", '{"first": [1.0, 10.0]}')
    pages = {"/v1/models": {"data": [{"id": "first", "max_model_len": 32768}, {"id": "other"}]}}
    result, _ = examine(pages=pages.get)
    assert result.exit_code == 0, result.output
    for words in ("by strict JSON schema", "영상 200개", "tokens a second", "32,768 tokens, by its list of models"):
        assert words in result.output
    assert "37,000 tokens in" in result.output and "a day of 12 papers" in result.output
    # 37,000 at a dollar and 5,200 at ten, for a million
    assert "$0.0890 a day, $2.67 for 30 days, by your prices" in result.output
    assert "wrong" not in result.output


def test_a_months_bill_is_told_from_what_the_latest_days_took(
    examine: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INSIGHTS_PRICES", '{"first": [1.0, 0.1, 10.0]}')
    exam = Usage(
        agent="critique", prompt="c@1", model="m", part="exam", calls=5, input_tokens=90_000, output_tokens=9_000
    )
    for day, size in (("2026-11-20", 100_000), ("2026-11-21", 10_000), ("2026-11-22", 30_000)):
        folder = tmp_path / "reports" / day
        folder.mkdir(parents=True)
        (folder / "report.json").touch()
        row = {"prompt": "s@1", "model": "m", "calls": 7, "input_tokens": size, "cached_tokens": 10_000}
        written = Usage(agent="synthesize", output_tokens=1_000, **row)
        receipt = Receipt(day=day, language="ko", status="complete", model="m", usage=(written, exam))
        (folder / "receipt.json").write_text(receipt.model_dump_json(), encoding="utf-8")
    result, _ = examine()
    assert "7 questions, 30,000 tokens in, 1,000 out (2026-11-22" in result.output
    # 20,000 at a dollar, 10,000 at a tenth of it, 1,000 at ten
    assert "$0.0310 a day, $0.93 for 30 days" in result.output and "10,000 of the tokens in" in result.output


def test_what_is_found_is_kept_for_the_next_run_and_found_anew_by_the_next_examination(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    humble = True

    def answer(request: dict[str, Any], number: int) -> Say:
        refused = humble and "response_format" in request
        return Say(status=400, text="no response_format") if refused else answers(request)

    monkeypatch.setenv("OPENAI_API_KEY", "test")
    command = ["doctor", "--model", "openai:first", "--data", str(tmp_path)]
    with serve(answer) as server:
        monkeypatch.setenv("OPENAI_BASE_URL", server.url)
        found = CliRunner().invoke(app, command)
        assert found.exit_code == 0 and "plain text, with the schema in the prompt" in found.output
        assert '"rung": "text"' in (tmp_path / "cache" / "servers.json").read_text(encoding="utf-8")
        humble = False
        assert "by strict JSON schema" in CliRunner().invoke(app, command).output


def test_a_model_that_writes_no_korean_is_wrong(examine: Any) -> None:
    spoken = json.dumps({"english": "It learns.", "korean": "The robot learns to grasp cups."})
    result, _ = examine(lambda request, number: answers(request, spoken))
    assert result.exit_code == 1
    assert "Korean" in result.output and "did not come: 'The robot learns" in result.output


@pytest.mark.parametrize(
    ("said", "words"),
    [
        (Say(status=401, text="no such key"), "refuses the key"),
        (Say(status=404, text="no such model"), "does not know this model"),
        (Say(status=402, text="top up"), "credit at the model's server is used up"),
        (Say(status=418, text="a teapot"), "HTTP 418: a teapot"),
        (Say("prose for ever"), "no answer of the asked-for shape"),
    ],
)
def test_every_failure_is_a_finding_in_a_sentence(said: Say, words: str, examine: Any) -> None:
    result, _ = examine(lambda request, number: said)
    assert result.exit_code == 1
    assert words in result.output


def test_a_window_is_found_by_llamas_properties_by_a_refusal_or_not_at_all(examine: Any) -> None:
    pages = {"/props": {"default_generation_settings": {"n_ctx": 8192}}}
    result, _ = examine(pages=pages.get)
    assert "8,192 tokens, by its properties" in result.output

    def refuses(request: dict[str, Any], number: int) -> Say:
        if request["max_completion_tokens"] > 5_000:
            text = "This model's maximum context length is 4096 tokens, however you requested 10000010 tokens"
            return Say(status=400, text=text)
        return answers(request)

    result, _ = examine(refuses)
    assert "4,096 tokens, by a refusal" in result.output
    assert "asked about in smaller pieces" in result.output
    result, _ = examine()
    assert "not told" in result.output and result.exit_code == 0


def test_without_a_key_or_a_model_it_says_so(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for spec, code, words in (
        ("openai:first", 1, "OPENAI_API_KEY"),
        ("gpt", 2, "openai:NAME"),
        ("offline", 2, "asks no model"),
    ):
        result = CliRunner().invoke(app, ["doctor", "--model", spec, "--data", str(tmp_path)])
        assert result.exit_code == code
        assert words in result.output


async def test_speed_is_counted_from_the_first_token_on() -> None:
    ticks = iter([10.0, 12.0, 15.0])
    with serve(lambda request, number: Say(SUMMARY)) as server:
        model = open_model("openai:first", timeout=60.0, url=server.url, key="k")
        fast = await speed(model, "some text", Manners(), clock=lambda: next(ticks))
        await model.aclose()
    assert (fast.first, fast.counted) == (2.0, True)
    assert fast.rate == pytest.approx(fast.tokens / 3.0)
