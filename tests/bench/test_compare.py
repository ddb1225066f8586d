"""Prompts are compared over frozen days: on recorded answers, and against a model that is asked as little as can be."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from typer.testing import CliRunner

import prompts
from bench.compare import Case, cases, compare, version
from bench.frozen import DAYS, days_in
from bench.page import html, marked
from bench.recorded import NotRecorded
from cli.app import app
from graph.settings import Settings
from tests.answering import Question, item
from tests.bench.days import frozen, model
from tests.model_server import Answer, ModelServer
from tests.scripted import NEXT

TEXTS = DAYS / "prompts"


def insights(*arguments: object) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


def test_a_version_that_is_worse_in_three_ways_is_told_for_each_from_recorded_answers(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    texts = (TEXTS / "synthesize.recorded.md", TEXTS / "synthesize.worse.md")
    done = insights("prompts", "compare", "en/synthesize", *texts, "--json", "--html", page, "--data", tmp_path)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    told = {row["measure"]: row["conclusion"] for row in found["rows"]}
    assert {told[name] for name in ("ok at the first check", "dropped")} == {"worse"}, "over-claims were invited"
    assert told["headline figures carried"] == "worse", "results were left out"
    assert told["characters"] == "worse" and found["rows"][6]["b"] > 1.9 * found["rows"][6]["a"], "twice as long"
    assert len(found["days"]) == 5 and {row["measure"] for row in found["against_digest"]} == set(told)
    shown = page.read_text()
    assert "Speech translation fits into 280 megabytes" in shown and "nothing carries it" in shown
    assert "<mark>" in shown and "one-prompt digest" in shown


async def test_an_unchanged_prompt_over_unchanged_days_asks_the_model_nothing(
    tmp_path: Path, server: Callable[[Answer], ModelServer]
) -> None:
    asked = server(model()).asked
    settings = Settings(data=tmp_path, model="openai:scripted", language="ko", exam=0)
    candidate = tmp_path / "candidate.md"
    candidate.write_text(prompts.load("ko/synthesize").source.replace("옆자리 동료에게", "가까운 동료에게"))
    now, changed = version("ko/synthesize", "now"), version("ko/synthesize", str(candidate))
    days = [Case(frozen=frozen(papers=3)), Case(frozen=frozen(31, papers=3, day=NEXT))]
    first = await compare(now, changed, days, settings)
    assert first.asked == len(asked) > 0
    again = await compare(now, changed, days, settings)
    assert again.asked == 0 and len(asked) == first.asked and again.recalled >= first.asked
    assert again.rows == first.rows and again.against_digest == first.against_digest
    # A second draw of the same answers is asked once more.
    assert (await compare(now, now, days[:1], settings, repeat=2)).asked > 0


async def test_what_a_page_shows_of_models_and_papers_is_text_and_never_markup(
    tmp_path: Path, server: Callable[[Answer], ModelServer]
) -> None:
    def hostile(question: Question) -> object:
        return {**item(question), "note": "<script>alert(1)</script>"}

    server(model(Written=hostile))
    settings = Settings(data=tmp_path, model="openai:scripted", language="ko", exam=0)
    now = version("ko/synthesize", "now")
    shown = html(await compare(now, now, [Case(frozen=frozen(papers=3))], settings))
    assert "<script>" not in shown and "&lt;script&gt;alert(1)" in shown


def test_words_that_only_one_text_has_are_marked() -> None:
    left, right = marked("keep the old text", "keep a text")
    assert [text for text, other in left if other] == ["the old"] and [t for t, other in right if other] == ["a"]
    assert "".join(text for text, _ in left) == "keep the old text"


async def test_a_changed_prompt_is_never_credited_with_recorded_answers_of_another(tmp_path: Path) -> None:
    candidate = tmp_path / "mine.md"
    candidate.write_text((TEXTS / "synthesize.recorded.md").read_text().replace("science writer", "writer"))
    settings = Settings(data=tmp_path, language="en")
    held = cases(days_in(DAYS)[-1:], "en", settings)
    mine, recorded = (version("en/synthesize", str(f)) for f in (candidate, TEXTS / "synthesize.recorded.md"))
    with pytest.raises(NotRecorded, match=r"no answers to en/synthesize@.* ask a model with --model"):
        await compare(recorded, mine, held, settings)


def test_a_critic_that_lets_bold_headlines_pass_is_told_by_the_kind_of_error_it_misses(tmp_path: Path) -> None:
    texts = (TEXTS / "critique.recorded.md", TEXTS / "critique.lax.md")
    days = ("--days", "2026-03-02,2026-03-03,2026-03-04,2026-03-05", "--data", tmp_path)
    done = insights("prompts", "compare", "en/critique", *texts, "--json", *days)
    assert done.exit_code == 0, done.output
    found = json.loads(done.stdout)
    rows = {row["measure"]: row["conclusion"] for row in found["rows"]}
    assert rows["wrong lines found"] == "worse" and rows["right lines rejected"] == "the same"
    ours, theirs, of = found["kinds"]["over-claim"]
    assert ours == of == 20 and theirs <= of // 2, "those that no rule finds either"
    ours, theirs, of = found["kinds"]["figure"]
    assert ours == theirs == of, "changed figures are found by rules, whatever the prompt says"


def test_trying_a_prompt_shows_what_was_asked_and_answered_and_what_is_wrong_with_it(tmp_path: Path) -> None:
    text = TEXTS / "synthesize.worse.md"
    done = insights(
        "prompts", "try", "en/synthesize", "--file", text, "--day", "2026-03-03", "--desk", 2, "--data", tmp_path
    )
    assert done.exit_code == 0, done.output
    assert "Show how big the news is" in done.output and '"hook": "Small verifiers ruin every reasoning' in done.output
    assert "We let a 3B verifier and a 70B verifier judge the same 118,000" in done.output
    assert "the two agree on 94%" in done.output, "the critic's reason"
    missing = insights("prompts", "try", "en/synthesize", "--desk", 9, "--day", "2026-03-03", "--data", tmp_path)
    assert missing.exit_code == 2 and "desks" in missing.output


def test_a_text_with_a_slip_is_refused_with_its_line_before_anything_is_run(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.md"
    wrong.write_text((TEXTS / "synthesize.worse.md").read_text().replace("{% if name %}", "{% if nam %}"))
    for verb in (("check", "en/synthesize", wrong), ("compare", "en/synthesize", "now", wrong)):
        done = insights("prompts", *verb)
        said = done.output.replace("\n", "")
        assert done.exit_code == 2 and f"{wrong}:11: there is no value nam; did you mean name?" in said, done.output
    assert insights("prompts", "check").exit_code == 0
    assert "en/critique" in insights("prompts", "list").output
    assert insights("prompts", "show", "frame", "--language", "en").output.count("{{ fence }}") >= 2
