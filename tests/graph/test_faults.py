"""A whole day with the real client against a model's server that fails in every way: what is published is true."""

import json
import random
from collections import Counter
from dataclasses import replace
from functools import cached_property
from typing import Any

import httpx2
import pytest

from cli.run import CODES
from domain.claims import PARTS
from domain.reports import Report
from models.chat import ChatLLM
from tests import answering
from tests.answering import ModelContext, Question, Said
from tests.graph.model_days import CALM, CATEGORIES, Runs, category, check, model, most, well, where
from tests.model_server import Say, asked_for
from tests.scripted import PAPERS
from vectorstore.embedding import EmbedderUnavailable

FAULTS = {
    "500": (Say(status=500, text="it fell over"), "it fell over"),
    "429": (Say(status=429, text="slow down"), "slow down"),
    "429 with Retry-After": (Say(status=429, headers={"Retry-After": "7"}, text="slow down"), "slow down"),
    "dropped connection": (Say(drop=True), "Connection error"),
    "no completion": (Say(body={"error": {"message": "busy", "code": 502}}), "no chat completion"),
    "no choices": (Say(body={"choices": []}), "no chat completion"),
    "invalid JSON": (Say("{not json"), "Invalid JSON"),
    "another shape": (Say('{"statements": "none"}'), "it is no valid"),
    "cut off": (Say('{"headline": {"kind": "repo', finish="length"), "cut off at its length limit"),
    "refusal": (Say(refusal="I cannot help with that."), "I cannot help with that."),
    "empty": (Say(""), "it was empty"),
}
"""An answer, and the words by which the report names it."""
PASSING = {"500", "429", "429 with Retry-After", "dropped connection", "no completion", "no choices"}
"""Faults of the line: the call is tried again. The others are answers, and are repaired once."""


def sections(report: Report) -> dict[str, Any]:
    return {s.category: s for s in report.sections}


async def test_an_undisturbed_day_asks_each_question_once(day: Runs) -> None:
    day.serve(model())
    outcome = await day.run()
    receipt = check(outcome, day.server)
    assert day.asked == CALM
    assert outcome.report.status == "complete" and outcome.report.overview
    assert receipt.drops == () and sum(u.failed for u in receipt.usage) == 0
    assert receipt.asked_to_classify == 0.25
    assert {f.decided_by for f in outcome.report.filings} == {"keyed", "scripted"}


async def test_a_report_in_english_is_written_the_same_way(day: Runs) -> None:
    day.serve(model())
    outcome = await day.run(language="en")
    check(outcome, day.server)
    assert outcome.report.status == "complete"
    assert (outcome.folder.name, day.asked) == ("en", CALM)
    assert "improves accuracy by 1.5% over the baseline" in (outcome.folder / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", FAULTS)
async def test_a_fault_that_passes_leaves_no_trace_but_in_the_receipt(name: str, day: Runs) -> None:
    fault, _ = FAULTS[name]
    seen: set[str] = set()

    def first_of_its_kind(request: Any, number: int) -> bool:
        new = asked_for(request) not in seen
        seen.add(asked_for(request))
        return new

    day.serve(where(first_of_its_kind, fault))
    outcome = await day.run(calls_at_once=1)
    receipt = check(outcome, day.server)
    assert outcome.report.status == "complete"
    assert receipt.drops == ()
    assert day.asked == CALM + Counter(dict.fromkeys(CALM, 1))
    assert sum(u.failed for u in receipt.usage) == len(CALM)
    wanted = 0 if name not in PASSING else 7.0 if "Retry-After" in name else 1.0
    assert day.contexts[0].pauses == [wanted] * len(CALM) * bool(wanted)


@pytest.mark.parametrize("name", FAULTS)
async def test_a_category_whose_model_fails_for_ever_is_quoted_and_the_reason_named(name: str, day: Runs) -> None:
    fault, words = FAULTS[name]
    day.serve(where(lambda request, _: category(request) == "robotics", fault))
    outcome = await day.run()
    receipt = check(outcome, day.server)
    assert {k: s.extractive for k, s in sections(outcome.report).items()} == {
        "audio": False,
        "robotics": True,
        "quantum": False,
    }
    (drop,) = receipt.drops
    assert (drop.step, drop.what) == ("synthesize/robotics", "the model's draft")
    assert words in drop.reason
    tries = 4 if name in PASSING else 2
    assert day.asked == CALM - Counter(["Draft", "Verdicts"]) + Counter({"Draft": tries})
    assert [u.failed for u in receipt.usage if u.category == "robotics"] == [tries]
    assert CODES[outcome.report.status] == 3


class Impatient(ModelContext):
    """Waits a moment for what is asked about robotics, and as long as it takes for everything else."""

    @cached_property
    def llm(self) -> ChatLLM:
        llm: ChatLLM = ModelContext.llm.func(self)  # type: ignore[attr-defined]
        llm.models[0].http.event_hooks = {"request": [self._hurry]}
        return llm

    async def _hurry(self, request: httpx2.Request) -> None:
        if category(json.loads(request.content)) == "robotics":
            request.extensions["timeout"]["read"] = 0.5


async def test_a_category_whose_calls_are_never_answered_is_quoted_after_the_last_attempt(day: Runs) -> None:
    day.serve(where(lambda request, _: category(request) == "robotics", Say(hang=True)))
    outcome = await day.run(kind=Impatient, attempts=2)
    receipt = check(outcome, day.server, most(attempts=2))
    assert {s.category for s in outcome.report.sections if s.extractive} == {"robotics"}
    assert "timed out" in next(d.reason for d in receipt.drops if d.step == "synthesize/robotics")
    assert day.asked == CALM - Counter(["Draft", "Verdicts"]) + Counter({"Draft": 2})


async def test_with_everything_down_the_whole_report_is_quoted(day: Runs) -> None:
    day.serve(lambda request, number: Say(status=503, text="under maintenance"))
    outcome = await day.run()
    receipt = check(outcome, day.server)
    assert outcome.report.extractive and CODES[outcome.report.status] == 3
    assert day.asked == Counter({"Choices": 4, "Draft": 12, "Overview": 4})
    assert day.server.answered == []
    assert Counter(d.step for d in receipt.drops) == Counter(
        ["classify", "overview", *(f"synthesize/{key}" for key in CATEGORIES.values())]
    )
    assert all("under maintenance" in d.reason for d in receipt.drops)
    assert receipt.asked_to_classify == 0.25 and {f.decided_by for f in outcome.report.filings} == {"keyed"}


class Mute(ModelContext):
    """Quoting fails too."""

    @cached_property
    def quoter(self) -> Any:  # type: ignore[override]
        return self

    name = "mute"
    quotes = True

    async def ask(self, *_: object, **__: object) -> None:
        raise EmbedderUnavailable("the embedding model is gone")


async def test_where_quoting_fails_too_a_gap_is_left_and_a_day_of_gaps_is_broken(day: Runs) -> None:
    day.serve(where(lambda request, _: category(request) == "robotics", Say(status=503)))
    partial = await day.run(kind=Mute)
    check(partial, day.server)
    (gap,) = partial.report.gaps
    assert (gap.category, gap.reason) == ("robotics", "EmbedderUnavailable: the embedding model is gone")
    day.serve(lambda request, number: Say(status=503))
    broken = await day.run(kind=Mute, again=True, cache_replies=False)
    assert broken.report.status == "broken" and broken.kept
    assert {g.category for g in broken.report.gaps} == set(CATEGORIES.values())
    assert [CODES[o.report.status] for o in (partial, broken)] == [3, 4]
    assert day.asked == Counter({"Choices": 4, "Draft": 12})


async def test_an_answer_in_the_wrong_language_is_rejected_by_the_rules_and_mended(day: Runs) -> None:
    day.serve(model(Draft=lambda q: answering.draft(replace(q, system="English"))))
    outcome = await day.run()
    receipt = check(outcome, day.server)
    assert outcome.report.status == "complete" and receipt.drops == ()
    assert all(s.revisions == 1 for s in outcome.report.sections)
    assert day.asked == CALM + Counter({"Edit": 3})


@pytest.mark.parametrize("wrong", ["language", "labels"])
async def test_what_the_editor_gets_wrong_too_is_left_out_and_the_category_is_said_to_be_bare(
    wrong: str, day: Runs
) -> None:
    def write(question: Question) -> list[Said]:
        if wrong == "language":
            return answering.plain(replace(question, system="English"))
        return [replace(s, cites=("P9.9",)) for s in answering.plain(question)]

    day.serve(model(Draft=lambda q: answering.draft(q, write), Edit=lambda q: answering.edit(q, write)))
    outcome = await day.run(cache_replies=False)
    receipt = check(outcome, day.server)
    written = {part for s in outcome.report.sections for part, _ in s.claims()}
    assert written == ({"keywords"} if wrong == "language" else set())
    rule, left_out = ("language", 14) if wrong == "language" else ("unknown-label", 17)
    assert [rule in d.reason for d in receipt.drops if d.step.startswith("critique/")] == [True] * left_out
    assert day.asked == Counter({"Choices": 1, "Draft": 3, "Edit": 6})
    assert CODES[outcome.report.status] == 3


@pytest.mark.parametrize("parts", [{"headline"}, {"findings"}, set(PARTS)], ids=["one", "findings", "all"])
async def test_invented_labels_are_rejected_and_mended(parts: set[str], day: Runs) -> None:
    def invents(question: Question) -> list[Said]:
        return [replace(s, cites=("P9.9",)) if s.part in parts else s for s in answering.plain(question)]

    day.serve(model(Draft=lambda q: answering.draft(q, invents)))
    outcome = await day.run()
    receipt = check(outcome, day.server)
    assert outcome.report.status == "complete" and receipt.drops == ()
    assert all(s.headline for s in outcome.report.sections)
    assert {e.paper_id for s in outcome.report.sections for c in s.findings for e in c.evidence} == {
        p.id for p in PAPERS
    }


async def test_a_critic_that_never_accepts_leaves_nothing_and_the_report_says_so(day: Runs) -> None:
    day.serve(model(Verdicts=lambda q: answering.verdicts(q, lambda text: "I do not believe it")))
    outcome = await day.run(cache_replies=False)
    receipt = check(outcome, day.server)
    assert {part for s in outcome.report.sections for part, _ in s.claims()} == {"keywords"}
    assert outcome.report.overview == ()
    assert day.asked == Counter({"Choices": 1, "Draft": 3, "Verdicts": 9, "Edit": 6})
    assert sum("I do not believe it" in d.reason for d in receipt.drops) == 14
    assert CODES[outcome.report.status] == 3


async def test_what_an_editor_leaves_unchanged_is_left_out_in_the_end_and_counted(day: Runs) -> None:
    def doubts(text: str) -> str:
        return "it is not so" if "한계" in text else ""

    day.serve(
        model(
            Verdicts=lambda q: answering.verdicts(q, doubts),
            Edit=lambda q: {
                "replacements": [
                    {"part": part, "place": place, "statement": {"kind": kind, "text": text, "cites": list(cites)}}
                    for part, place, cites, kind, text in q.rejections
                ],
                "findings": [],
            },
        )
    )
    outcome = await day.run(revisions=3, cache_replies=False)
    receipt = check(outcome, day.server, most(revisions=3))
    assert outcome.report.status == "complete"
    assert all(not s.outlook and s.findings and s.revisions == 3 for s in outcome.report.sections)
    assert [(d.what, d.reason) for d in receipt.drops] == [
        ("긴 입력에서의 한계는 아직 불분명하다.", "contradicted: it is not so")
    ] * 3
    assert day.asked == CALM + Counter({"Edit": 9, "Verdicts": 9})


async def test_an_editor_that_cannot_be_asked_costs_what_it_had_to_mend_and_the_receipt_says_so(day: Runs) -> None:
    def doubts(text: str) -> str:
        return "it is not so" if "한계" in text else ""

    day.serve(
        model(Verdicts=lambda q: answering.verdicts(q, doubts), Edit=lambda _: Say(status=500, text="it fell over"))
    )
    outcome = await day.run()
    receipt = check(outcome, day.server)
    assert outcome.report.status == "complete"
    assert all(s.findings and not s.outlook and not s.extractive for s in outcome.report.sections)
    assert sum("it is not so" in d.reason for d in receipt.drops) == 3
    assert sum("it fell over" in d.reason and d.what == "the editor's mending" for d in receipt.drops) == 3


async def test_without_a_critic_nothing_written_is_filed(day: Runs) -> None:
    day.serve(model(Verdicts=lambda _: Say(status=500, text="it fell over")))
    outcome = await day.run()
    receipt = check(outcome, day.server)
    assert outcome.report.extractive
    assert day.asked == Counter({"Choices": 1, "Draft": 3, "Verdicts": 12, "Overview": 1})
    assert sum("it fell over" in d.reason for d in receipt.drops) == 3


@pytest.mark.parametrize("schema", ["Choices", "Overview"])
async def test_a_day_without_its_second_look_or_overview_is_whole_and_the_receipt_names_the_loss(
    schema: str, day: Runs
) -> None:
    day.serve(model(**{schema: lambda _: Say("no JSON at all")}))
    outcome = await day.run()
    (drop,) = check(outcome, day.server).drops
    assert outcome.report.status == "complete" and outcome.report.overview
    assert drop.step == {"Choices": "classify", "Overview": "overview"}[schema]
    assert "no usable answer" in drop.reason


async def test_a_fallback_model_writes_what_the_first_one_cannot(day: Runs) -> None:
    day.serve(where(lambda request, _: request["model"] == "scripted", Say(status=500)))
    outcome = await day.run(fallback_model="openai:second", attempts=2)
    receipt = check(outcome, day.server, 2 * most(attempts=2))
    assert outcome.report.status == "complete"
    calls = {name: sum(u.calls for u in receipt.usage if u.model == name) for name in ("scripted", "second")}
    assert calls == {"scripted": 2 * CALM.total(), "second": CALM.total()}


@pytest.mark.parametrize("seed", range(5))
async def test_with_three_calls_in_ten_failing_somehow_the_report_is_true_all_the_same(seed: int, day: Runs) -> None:
    def fate(number: int) -> Say | None:
        chance = random.Random(f"{seed}:{number}")
        return chance.choice([fault for fault, _ in FAULTS.values()]) if chance.random() < 0.3 else None

    day.serve(lambda request, number: fate(number) or well(answering.read(request)))
    outcome = await day.run()
    receipt = check(outcome, day.server)
    dealt = sum(fate(number) is not None for number in range(len(day.server.asked)))
    assert sum(u.failed for u in receipt.usage) == dealt
