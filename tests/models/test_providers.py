"""Which models can be opened, and what a provider's own package makes of a question."""

import json
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from agents.verdicts import Verdicts
from domain import registry
from models import providers
from models.chat import ChatLLM
from models.llm import AnswerCut, ModelFailed, StopRun, UnknownModel
from models.manners import Manners
from models.meter import Meter
from models.provider import FOLDER, Provider, open_model, provider_of, strict
from tests.model_server import ModelServer, Say
from tests.models.conftest import GOOD, VALUES

ROOT = Path(__file__).parents[2]


def test_a_model_is_named_by_provider_and_needs_a_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UnknownModel, match="write openai:NAME"):
        open_model("openai:", timeout=1.0)
    for spec in ("gpt-5", "nobody:gpt-5"):
        with pytest.raises(UnknownModel, match=r"anthropic:NAME, .*openai:NAME"):
            open_model(spec, timeout=1.0)
    with pytest.raises(StopRun, match="OPENAI_API_KEY"):
        open_model("openai:gpt-5", timeout=1.0)
    with pytest.raises(StopRun, match="ANTHROPIC_API_KEY"):
        open_model("anthropic:claude", timeout=1.0)
    monkeypatch.setenv("OPENAI_API_KEY", "a key")
    assert open_model("openai:gpt-5", timeout=1.0).name == "gpt-5"


def test_a_missing_package_is_told_with_what_installs_it(monkeypatch: pytest.MonkeyPatch) -> None:
    nowhere = Provider("langchain_nowhere", "Chat", "", provider_of("ollama").asks)
    monkeypatch.setattr("models.providers.ollama.PROVIDER", nowhere)
    with pytest.raises(UnknownModel, match=r"needs the package langchain-nowhere: pip install '\.\[ollama\]'"):
        open_model("ollama:gemma", timeout=1.0)


def test_every_provider_with_a_package_of_its_own_is_an_extra() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name in registry.names(FOLDER):
        if (module := provider_of(name).module) != "models.openai_client":
            (package,) = project["optional-dependencies"][name]
            assert package.startswith(module.replace("_", "-"))


OWN = """\
from models.providers.openai import speaks_openai

PROVIDER = speaks_openai("OWN_KEY", url="http://127.0.0.1:1/own/v1")
"""
"""A whole provider."""


def test_a_file_in_the_folder_is_a_provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "own.py").write_text(OWN, encoding="utf-8")
    monkeypatch.setattr(providers, "__path__", [*providers.__path__, str(tmp_path)])
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:2/v1")
    with pytest.raises(StopRun, match="OWN_KEY"):
        open_model("own:large", timeout=1.0)
    monkeypatch.setenv("OWN_KEY", "a key")
    assert open_model("own:large", timeout=1.0).key == "127.0.0.1:1/own/v1 large"


async def test_openrouter_is_asked_where_it_lives_with_a_key_of_its_own(
    served: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OPENROUTER_API_KEY", "router key")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:2/v1")
    assert open_model("openrouter:google/gemma", timeout=1.0).key == "openrouter.ai/api/v1 google/gemma"
    server: ModelServer = served(lambda request, number: Say(text=GOOD))
    meter = Meter(tmp_path / "calls.sqlite")
    meter.start(date(2026, 11, 20), "ko")
    llm = ChatLLM(models=[open_model("openrouter:google/gemma", timeout=60.0, url=server.url)], meter=meter, attempts=1)
    assert (await llm.ask("ko/critique", Verdicts, **VALUES)).ok == ("L1 P1.1",)
    assert [request["model"] for request in server.asked] == ["google/gemma"]
    await llm.aclose()


def test_an_address_with_a_password_is_told_without_it(monkeypatch: pytest.MonkeyPatch) -> None:
    model = open_model("openai:gpt", timeout=1.0, url="https://user:secret@gate.example:8443/v1", key="k")
    assert model.key == "gate.example:8443/v1 gpt"


def test_a_field_called_title_stays_in_a_strict_schema() -> None:
    schema = {"title": "Paper", "type": "object", "properties": {"title": {"title": "Title", "type": "string"}}}
    assert strict(schema) == {
        "type": "object",
        "properties": {"title": {"type": "string"}},
        "required": ["title"],
        "additionalProperties": False,
    }


@pytest.mark.parametrize("name", registry.names(FOLDER))
def test_every_provider_is_sent_a_limit_and_asked_by_each_rung(name: str) -> None:
    schema = Verdicts.model_json_schema()
    asks = provider_of(name).asks
    sent = [asks(schema, Manners(rung=rung), 100, 777) for rung in ("json_schema", "json_object", "text")]
    assert all("777" in json.dumps(each) for each in sent)
    assert "missing" in json.dumps(sent[0])
    assert not any("missing" in json.dumps(each) for each in sent[1:])


def _said(text: str) -> dict[str, str]:
    return {"role": "assistant", "content": text}


class Ollama:
    """Ollama's /api/chat: objects, one a line."""

    def __init__(self, *pieces: str, done: str = "stop") -> None:
        self.lines: list[dict[str, Any]] = [{"message": _said(piece), "done": False} for piece in pieces]
        counted = {"prompt_eval_count": 120, "eval_count": 30}
        self.lines.append({"message": _said(""), "done": True, "done_reason": done, **counted})

    def __call__(self, request: dict[str, Any], number: int) -> Say:
        told = [{"model": request["model"], "created_at": "2026-11-20T00:00:00Z", **line} for line in self.lines]
        body = b"".join(json.dumps(line).encode() + b"\n" for line in told)
        return Say(raw=body, headers={"Content-Type": "application/x-ndjson"})


@pytest.fixture
async def ollama(served: Any, tmp_path: Path) -> Any:
    pytest.importorskip("langchain_ollama", reason="needs the extra: pip install '.[ollama]'")
    opened: list[ChatLLM] = []

    def make(answer: Any) -> tuple[ChatLLM, ModelServer]:
        server: ModelServer = served(answer)
        meter = Meter(tmp_path / "calls.sqlite")
        meter.start(date(2026, 11, 20), "ko")
        model = open_model("ollama:gemma3", timeout=60.0, url=server.url.removesuffix("/v1"))
        opened.append(ChatLLM(models=[model], meter=meter, attempts=1))
        return opened[-1], server

    yield make
    for llm in opened:
        await llm.aclose()


async def test_ollama_is_asked_in_its_own_language(ollama: Any) -> None:
    llm, server = ollama(Ollama(GOOD[:9], GOOD[9:]))
    assert (await llm.ask("ko/critique", Verdicts, answer_tokens=333, **VALUES)).ok == ("L1 P1.1",)
    (request,) = server.asked
    assert request["format"]["properties"].keys() == Verdicts.model_fields.keys()
    assert request["options"]["num_predict"] == 333 and request["options"]["num_ctx"] == 8_192
    (usage,) = llm.meter.usage()
    assert (usage.input_tokens, usage.output_tokens, usage.failed) == (120, 30, 0)


async def test_ollama_is_told_to_hold_a_prompt_that_is_longer_than_its_window(ollama: Any) -> None:
    llm, server = ollama(Ollama(GOOD))
    await llm.ask("ko/critique", Verdicts, **{**VALUES, "sentences": [("P1.1", "It improves accuracy. " * 1_000)]})
    assert server.asked[0]["options"]["num_ctx"] >= 16_384


async def test_ollamas_cuts_and_errors_are_told_like_any_other(ollama: Any) -> None:
    llm, _ = ollama(Ollama(GOOD[:9], done="length"))
    with pytest.raises(AnswerCut, match="cut off at its length limit"):
        await llm.ask("ko/critique", Verdicts, **VALUES)
    llm, _ = ollama(lambda request, number: Say(status=404, body={"error": "model 'gemma3' not found"}))
    with pytest.raises(StopRun, match="model 'gemma3' not found"):
        await llm.ask("ko/critique", Verdicts, **VALUES)
    llm, _ = ollama(lambda request, number: Say(drop=True))
    with pytest.raises(ModelFailed, match="cannot be reached, or hung up"):
        await llm.ask("ko/critique", Verdicts, **VALUES)
