"""The address and the key of a Chroma server: read from the environment, never shown."""

from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from cli.run import context
from cli.settings import SettingsError, load_settings
from graph.context import Context
from tests.scripted import HashEmbedder, KeyedClassifier


def test_the_server_and_its_headers_reach_the_context(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIGHTS_CHROMA_URL", "https://chroma.example.org")
    monkeypatch.setenv("INSIGHTS_CHROMA_HEADERS", '{"Authorization": "Bearer hidden", "X-Key": "hidden"}')
    ctx = context(load_settings(), [])
    assert ctx.chroma_url == "https://chroma.example.org"
    assert ctx.chroma_headers == (("Authorization", "Bearer hidden"), ("X-Key", "hidden"))
    assert "hidden" not in repr(ctx) and "hidden" not in repr(load_settings())


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("URL", "hidden", "write it as http"),
        ("URL", "ftp://hidden", "write it as http"),
        ("URL", "http://hidden:99999", "chroma_url"),
        ("URL", "http://me:hidden@127.0.0.1", "INSIGHTS_CHROMA_HEADERS"),
        ("HEADERS", "Bearer hidden", "chroma_headers"),
        ("HEADERS", '["hidden"]', "chroma_headers"),
        ("HEADERS", '{"Authorization": ["hidden"]}', "chroma_headers"),
    ],
)
def test_an_address_or_headers_that_cannot_be_used_are_refused_without_repeating_them(
    name: str, value: str, words: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(f"INSIGHTS_CHROMA_{name}", value)
    with pytest.raises(SettingsError) as refused:
        load_settings()
    assert words in str(refused.value)
    assert "hidden" not in str(refused.value)


def test_headers_in_the_settings_file_are_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "insights.toml").write_text('chroma_headers = { Authorization = "hidden" }\n', encoding="utf-8")
    result = CliRunner().invoke(app, ["memory", "info"])
    assert result.exit_code == 2
    assert "INSIGHTS_CHROMA_HEADERS" in result.output and "hidden" not in result.output


def test_the_doctor_never_shows_the_headers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    monkeypatch.setenv("INSIGHTS_SOURCES", '["sample"]')
    monkeypatch.setenv("INSIGHTS_CHROMA_HEADERS", '{"Authorization": "Bearer hidden"}')
    result = CliRunner().invoke(app, ["doctor", "--data", str(tmp_path)])
    assert "chroma_headers" in result.output and "Authorization" in result.output
    assert "hidden" not in result.output
