"""Settings, from wherever they come: each field once, each value with its origin, a slip in a sentence, no secret."""

import json
import os
from pathlib import Path
from typing import Any

import pytest
from pydantic import ValidationError
from typer.testing import CliRunner

from cli.app import app
from cli.settings import NAMES, SettingsError, flag_of, load_settings
from graph.context import Context
from graph.daily import graph
from graph.settings import Secrets, Settings, mark, read_secrets
from tests.scripted import HashEmbedder, KeyedClassifier

run = CliRunner()

OTHER: dict[str, Any] = {
    "model": "openai:other",
    "language": "en",
    "sources": ["arxiv:cs.RO+stat.ML", "sample"],
    "papers": ["a.jsonl", "b.jsonl"],
    "cap": 3,
    "in_full": 4,
    "revisions": 1,
    "shape": "five-part",
    "critic_model": "openai:judge",
    "exam": 0.75,
    "review": "always",
    "keep_days": 3,
    "data": "elsewhere",
    "embedder": "openai:text-embedding-3-small",
    "fallback_model": "openai:second",
    "calls_at_once": 2,
    "papers_at_once": 4,
    "attempts": 7,
    "timeout": 9.5,
    "budget_tokens": 1000,
    "budget_usd": 0.5,
    "prices": {"other": [0.25, 2.0]},
    "cache_replies": False,
    "contact": "me@example.org",
    "interests": "mine.toml",
    "chroma_url": "http://127.0.0.1:9999",
}
"""A value of each setting that is not its default; a new setting needs one here."""
HEADERS = '{"Authorization": "Bearer hidden"}'


def text(value: Any) -> str:
    """As a variable holds it."""
    if isinstance(value, list):
        return ",".join(value)
    return value if isinstance(value, str) else json.dumps(value)


def flags(name: str, value: Any) -> list[str]:
    """As the command line holds it."""
    if mark(Settings, name).switch:
        return [flag_of(name)]
    if isinstance(value, bool):
        return [flag_of(name) if value else flag_of(name).replace("--", "--no-", 1)]
    return [part for one in (value if isinstance(value, list) else [value]) for part in (flag_of(name), text(one))]


def toml(name: str, value: Any) -> str:
    """As insights.toml holds it."""
    if isinstance(value, dict):
        return f"[{name}]\n" + "".join(f"{key} = {json.dumps(held)}\n" for key, held in value.items())
    return f"{name} = {json.dumps(value)}\n"


def shown(*arguments: str) -> dict[str, Any]:
    result = run.invoke(app, ["settings", "--json", *arguments])
    assert result.exit_code == 0, result.output
    return json.loads(result.stdout)


def test_every_setting_has_another_value_to_be_tried_with() -> None:
    assert set(OTHER) == set(Settings.model_fields)
    assert {name for name, value in OTHER.items() if Settings.model_fields[name].default == value} == set()


@pytest.mark.parametrize("name", OTHER)
def test_a_setting_is_taken_from_flag_variable_both_files_and_the_form(
    name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    value = OTHER[name]
    assert shown(*flags(name, value))[name] == {"value": value, "origin": flag_of(name)}

    with monkeypatch.context() as patch:
        patch.setenv(f"INSIGHTS_{name.upper()}", text(value))
        assert shown()[name] == {"value": value, "origin": f"the variable INSIGHTS_{name.upper()}"}

    Path(".env").write_text(f"# mine\n\nINSIGHTS_{name.upper()}='{text(value)}'\n", encoding="utf-8")
    assert shown()[name] == {"value": value, "origin": ".env:3"}

    Path(".env").unlink()
    Path("insights.toml").write_text(f"# mine\n{toml(name, value)}", encoding="utf-8")
    assert shown()[name] == {"value": value, "origin": "insights.toml:2"}

    Path("insights.toml").unlink()
    assert shown()[name]["origin"] == "default"
    assert Context(**{name: value}).model_dump(mode="json")[name] == value


@pytest.mark.parametrize("name", Settings.model_fields)
def test_a_setting_is_described_in_the_form_and_in_the_help_of_run(name: str) -> None:
    form = graph.get_context_jsonschema()
    assert form is not None and form["properties"][name]["description"]
    result = run.invoke(app, ["run", "--help"], env={"COLUMNS": "300"})
    assert f"{flag_of(name)} " in result.output


def test_flags_beat_variables_beat_env_beat_the_file_beat_the_defaults(monkeypatch: pytest.MonkeyPatch) -> None:
    Path("insights.toml").write_text("cap = 3\nrevisions = 3\nattempts = 3\ncalls_at_once = 3\n", encoding="utf-8")
    Path(".env").write_text("INSIGHTS_CAP=4\nINSIGHTS_REVISIONS=4\nINSIGHTS_ATTEMPTS=4\n", encoding="utf-8")
    monkeypatch.setenv("INSIGHTS_CAP", "5")
    monkeypatch.setenv("INSIGHTS_REVISIONS", "5")
    found = load_settings(cap="6").settings
    assert (found.cap, found.revisions, found.attempts, found.calls_at_once) == (6, 5, 4, 3)
    assert found.timeout == 120


def test_sources_that_are_named_beat_papers_that_were_named_before() -> None:
    Path("insights.toml").write_text('papers = ["day.jsonl"]\n', encoding="utf-8")
    assert load_settings(sources=["sample"]).settings.papers == ()
    assert load_settings().settings.papers == (Path("day.jsonl"),)


@pytest.mark.parametrize(
    ("name", "value", "wanted"),
    [
        ("language", "zz", "not 'zz' (there is no language called zz; the known ones are "),
        ("sources", ["newspaper"], "not 'newspaper' (there is no source called newspaper; the known ones are "),
        ("cap", "-1", "a whole number from 1 to 50, not '-1'"),
        ("cap", "many", "a whole number from 1 to 50, not 'many'"),
        ("timeout", "inf", "a number above 0, not 'inf'"),
        ("budget_tokens", "0", "a whole number from 1 on, not '0'"),
        ("prices", "cheap", "a table (by model, US dollars"),
        ("model", "gpt-5", "write offline, or openai:NAME"),
        ("fallback_model", "offline", "write openai:NAME"),
        ("embedder", "words", "there is no embedder called words; the known ones are "),
        ("contact", "나", "in plain ASCII"),
    ],
)
def test_a_wrong_value_is_refused_with_its_name_what_was_expected_and_its_origin(
    name: str, value: Any, wanted: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    by_flag = run.invoke(app, ["run", *flags(name, value)])
    monkeypatch.setenv(f"INSIGHTS_{name.upper()}", text(value))
    by_variable = run.invoke(app, ["run"])
    monkeypatch.delenv(f"INSIGHTS_{name.upper()}")
    Path(".env").write_text(f"\nINSIGHTS_{name.upper()}='{text(value)}'\n", encoding="utf-8")
    by_env = run.invoke(app, ["run"])
    Path(".env").unlink()
    Path("insights.toml").write_text(f"\n\n{toml(name, value)}", encoding="utf-8")
    by_toml = run.invoke(app, ["run"])
    origins = (flag_of(name), f"the variable INSIGHTS_{name.upper()}", ".env:2", "insights.toml:3")
    for result, origin in zip((by_flag, by_variable, by_env, by_toml), origins, strict=True):
        assert (result.exit_code, result.stdout) == (2, "")
        assert f"insights: {origin}: the setting {name} should be" in result.stderr
        assert wanted in result.stderr and result.stderr.count("\n") == 1
    with pytest.raises(ValidationError, match=name):
        Context(**{name: value})


@pytest.mark.parametrize(
    ("file", "content", "words"),
    [
        ("insights.toml", "cap = true", "insights.toml:1: the setting cap should be a whole number"),
        ("insights.toml", "x = 1\ncapp = 3", "insights.toml:2: there is no setting capp; did you mean cap?"),
        ("insights.toml", "cap = 3\ncap = 4", "insights.toml:2: it is no TOML: cannot overwrite a value"),
        ("insights.toml", 'model = "off', "insights.toml:1: it is no TOML"),
        (
            "insights.toml",
            'sources = ["sample"]\npapers = ["x"]',
            ":2 and insights.toml:1 exclude each other",
        ),
        (
            "insights.toml",
            'arxiv_categories = ["cs.CL"]',
            ":1: there is no setting arxiv_categories any more; name",
        ),
        (".env", "INSIGHTS_CAPP=3", ".env:1: there is no setting capp; did you mean cap?"),
        (".env", "A=1\n\nthis is = no variable\n", ".env:3: expected is NAME=value"),
    ],
)
def test_a_slip_in_a_file_is_told_with_its_line(file: str, content: str, words: str) -> None:
    Path(file).write_text(content, encoding="utf-8")
    result = run.invoke(app, ["run"])
    assert result.exit_code == 2 and words in result.stderr


@pytest.mark.parametrize("file", ["insights.toml", ".env"])
def test_a_file_of_settings_that_is_no_text_or_cannot_be_read_is_told(file: str) -> None:
    Path(file).write_bytes(b"# fine\n\xff\xfe")
    result = run.invoke(app, ["run"])
    assert result.exit_code == 2 and f"{file}:2: it is no UTF-8 text" in result.stderr
    Path(file).unlink()
    Path(file).mkdir()
    result = run.invoke(app, ["run"])
    assert result.exit_code == 2 and f"{file}:1: it cannot be read" in result.stderr


def test_a_variable_that_is_no_setting_is_refused_and_an_empty_one_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("INSIGHTS_CAP", "")
    assert load_settings().settings.cap == 8
    monkeypatch.setenv("INSIGHTS_MODLE", "offline")
    with pytest.raises(SettingsError, match="INSIGHTS_MODLE: there is no setting modle; did you mean model"):
        load_settings()


def test_the_keys_of_env_reach_the_model_and_a_variable_comes_first(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "from the variable")
    monkeypatch.setitem(os.environ, "OPENAI_BASE_URL", "")  # put back after the test
    Path(".env").write_text("OPENAI_API_KEY=from the file\nOPENAI_BASE_URL=http://127.0.0.1:1/v1\n", encoding="utf-8")
    rows = shown()
    assert os.environ["OPENAI_API_KEY"] == "from the variable"
    assert os.environ["OPENAI_BASE_URL"] == "http://127.0.0.1:1/v1"
    assert rows["OPENAI_API_KEY"] == {"value": "***", "origin": "the variable OPENAI_API_KEY"}
    assert rows["OPENAI_BASE_URL"] == {"value": "http://127.0.0.1:1/v1", "origin": ".env:2"}


def test_what_env_example_names_exists_and_what_exists_there_is_accepted() -> None:
    example = (Path(__file__).parents[2] / ".env.example").read_text(encoding="utf-8")
    named = {
        line.lstrip("# ").partition("=")[0] for line in example.splitlines() if "INSIGHTS_" in line and "=" in line
    }
    assert len(named) > 4
    assert {name for name in named if name.removeprefix("INSIGHTS_").lower() not in NAMES} == set()
    Path(".env").write_text(
        "\n".join(line.removeprefix("# ") if "# INSIGHTS_" in line else line for line in example.splitlines()), "utf-8"
    )
    rows = shown()
    assert rows["model"]["origin"].startswith(".env") and rows["chroma_headers"]["value"] == "***"


# Secrets


@pytest.mark.parametrize("where", ["variable", ".env"])
def test_a_secret_is_found_where_it_belongs_and_shown_nowhere(where: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if where == "variable":
        monkeypatch.setenv("INSIGHTS_CHROMA_HEADERS", HEADERS)
    else:
        Path(".env").write_text(f"INSIGHTS_CHROMA_HEADERS={HEADERS}\n", encoding="utf-8")
    assert read_secrets().chroma_headers["Authorization"].get_secret_value() == "Bearer hidden"
    assert shown()["chroma_headers"]["value"] == "***"
    told = [run.invoke(app, ["settings"]).output, repr(load_settings()), repr(read_secrets()), repr(Context())]
    assert [text for text in told if "hidden" in text] == []


def test_no_secret_is_a_flag_or_a_field_of_the_context_or_of_its_form() -> None:
    form = json.dumps(graph.get_context_jsonschema())
    helped = run.invoke(app, ["run", "--help"], env={"COLUMNS": "300"}).output
    for name in Secrets.model_fields:
        assert name not in Context.model_fields and name not in form
        assert name.replace("_", "-") not in helped
        with pytest.raises(ValidationError):
            Context(**{name: {"Authorization": "hidden"}})


def test_a_run_writes_no_secret_into_any_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    monkeypatch.setenv("INSIGHTS_CHROMA_HEADERS", HEADERS.replace("hidden", "hid-token"))
    monkeypatch.setenv("OPENAI_API_KEY", "hid-key")
    result = run.invoke(app, ["run", "2024-10-06", "--source", "sample", "--data", str(tmp_path)])
    assert result.exit_code == 0, result.output
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert len(written) > 5
    assert [path for path in written if b"hid-" in path.read_bytes()] == []


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
    assert words in str(refused.value) and f"INSIGHTS_CHROMA_{name}" in str(refused.value)
    assert "hidden" not in str(refused.value)


def test_headers_in_the_settings_file_are_refused() -> None:
    Path("insights.toml").write_text('\nchroma_headers = { Authorization = "hidden" }\n', encoding="utf-8")
    result = run.invoke(app, ["memory", "info"])
    assert result.exit_code == 2
    assert "insights.toml:2: chroma_headers is a secret; keep it in" in result.stderr
    assert "hidden" not in result.output


def test_the_doctor_never_shows_the_headers(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Context, "embed", HashEmbedder())
    monkeypatch.setattr(Context, "classifier", KeyedClassifier())
    monkeypatch.setenv("INSIGHTS_SOURCES", '["sample"]')
    monkeypatch.setenv("INSIGHTS_CHROMA_HEADERS", HEADERS)
    result = run.invoke(app, ["doctor", "--data", str(tmp_path)])
    assert result.exit_code == 0, result.output
    assert "hidden" not in result.output


# Where reports go


def test_where_reports_go_is_set_in_a_file_shown_with_its_place_and_no_flag_of_a_run() -> None:
    Path("insights.toml").write_text(
        'site_url = "https://me.example/papers"\nsmtp = "smtp://me@mail.example:2525"\nsender = "News <me@a.example>"\n'
        '[channels.me]\nto = ["me@mail.example"]\n[channels.team]\nlanguage = "en"\n',
        encoding="utf-8",
    )
    loaded = load_settings()
    assert loaded.delivery.channels["me"].to == ("me@mail.example",)
    assert loaded.delivery.channels["team"].language == "en"
    assert shown()["site_url"] == {"value": "https://me.example/papers", "origin": "insights.toml:1"}
    assert not set(type(loaded.delivery).model_fields) & set(Settings.model_fields)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ('site_url = "me.example"', "it is no address"),
        ('smtp = "mail.example:25"', "it is no mail server"),
        ('smtp = "smtp://me:secret@mail.example"', "INSIGHTS_SMTP_PASSWORD"),
        ('smtp = "smtp+plain://me@mail.example"', "no password goes over a line that anybody can read"),
        ('sender = "me"', "it has no address"),
        ('[channels.me]\nto = ["a@b, c@d"]', "me.to: 'a@b, c@d' is no address of mail"),
        ('apprise = {team = "slack://x"}', "INSIGHTS_APPRISE"),
        ('smtp_password = "x"', "INSIGHTS_SMTP_PASSWORD"),
    ],
)
def test_a_slip_in_where_reports_go_is_told_with_its_line(line: str, told: str) -> None:
    Path("insights.toml").write_text(f"{line}\n", encoding="utf-8")
    with pytest.raises(SettingsError, match=r"insights\.toml:1: ") as slip:
        load_settings()
    assert told in str(slip.value)


def test_a_slip_inside_a_channel_is_told_by_its_key_and_without_what_else_stands_there() -> None:
    Path("insights.toml").write_text('[channels.me]\nto = ["ada@example.org"]\noperater = true\n', encoding="utf-8")
    with pytest.raises(SettingsError) as slip:
        load_settings()
    assert str(slip.value) == "insights.toml: there is no key channels.me.operater; did you mean operator?"
