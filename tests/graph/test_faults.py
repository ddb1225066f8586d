"""A whole day with the real client against a model's server that fails in every way: what is published is true."""

import asyncio
import json
import random
from collections import Counter
from typing import Any

import httpx2
import pytest
from pydantic import Field

from cli.run import CODES
from models.chat import ChatLLM
from models.llm import LLM
from tests import answering
from tests.answering import Judged, ModelContext, Question
from tests.graph.model_days import CALM, DESKS, EXAM, SEVERAL, Runs, calm, check, desk, firsts, model, most, well, where
from tests.model_server import Say
from tests.scripted import PAPERS

FAULTS = {
    "500": (Say(status=500, text="it fell over"), "it fell over"),
    "429": (Say(status=429, text="slow down"), "slow down"),
    "429 with Retry-After": (Say(status=429, headers={"Retry-After": "7"}, text="slow down"), "slow down"),
    "dropped connection": (Say(drop=True), "Connection error"),
    "no completion": (Say(body={"error": {"message": "busy", "code": 502}}), "busy"),
    "no choices": (Say(body={"choices": []}), "no chat completion"),
    "invalid JSON": (Say("{not json"), "Invalid JSON"),
    "another shape": (Say('{"statements": "none"}'), "it is no valid"),
    "cut off": (Say('{"name": "Robot', finish="length"), "cut off at its length limit"),
    "refusal": (Say(refusal="I cannot help with that."), "I cannot help with that."),
    "a refusal in half a character": (Say(refusal="I am sorry \ud83d"), "I am sorry \ufffd"),
    "empty": (Say(""), "it was empty"),
}
"""An answer, and the words by which the report names it."""
PASSING = {"500", "429", "429 with Retry-After", "dropped connection", "no completion", "no choices"}
"""Faults of the line: the call is tried again. The others are answers, and are repaired once; what was cut off is
asked for in halves where it can be."""


async def test_an_undisturbed_day_asks_each_question_once(day: Runs) -> None:
    day.serve(model())
    outcome = await day.run()
    receipt = check(day, outcome)
    assert day.asked == CALM
    assert outcome.report.status == "complete" and outcome.report.opening
    assert receipt.drops == () and sum(u.failed for u in receipt.usage) == 0
    asked = {u.prompt for u in receipt.usage}
    assert {f"{name}@{version}" for name, version in receipt.prompts} >= asked > set()
    assert receipt.asked_to_classify == 0.25
    assert {f.decided_by for f in outcome.report.filings} == {"keyed", "scripted"}
    assert outcome.report.judge and outcome.report.judge.score == 1.0
    (how,) = receipt.notes
    spent = {one.what: one for one in receipt.spent}
    rounds = ("critique, exam", "critique, first round")
    assert spent.keys() == {"all", "classify", "frame", "synthesize", *rounds, "canaries, within the rounds"}
    watched, judged = spent["canaries, within the rounds"], spent["critique, first round"]
    assert 0 < watched.input_tokens < judged.input_tokens / 2 and 0 < watched.output_tokens < judged.output_tokens / 2
    assert watched.calls == judged.calls == 2
    parts = {*spent} - {"all", "canaries, within the rounds"}
    assert spent["all"].input_tokens == sum(spent[part].input_tokens for part in parts)
    assert how.startswith("scripted at 127.0.0.1:") and "strict JSON schema" in how


async def test_a_day_of_many_papers_asks_a_writer_and_a_critic_for_each_desk(day: Runs) -> None:
    day.papers = SEVERAL
    day.serve(model())
    outcome = await day.run()
    receipt = check(day, outcome)
    assert day.asked == calm(len(DESKS), len(SEVERAL))
    assert {u.category for u in receipt.usage if u.agent == "synthesize"} == set(DESKS)


async def test_a_report_in_english_is_written_the_same_way(day: Runs) -> None:
    day.serve(model())
    outcome = await day.run(language="en")
    check(day, outcome)
    assert outcome.report.status == "complete"
    assert (outcome.folder.name, day.asked) == ("en", calm(language="en"))
    assert "improves accuracy by 1.5% over the baseline" in (outcome.folder / "report.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted(FAULTS.keys() - {"cut off"}))
async def test_a_fault_that_passes_leaves_no_trace_but_in_the_receipt(name: str, day: Runs) -> None:
    fault, _ = FAULTS[name]
    day.serve(where(firsts(), fault))
    outcome = await day.run(calls_at_once=1)
    receipt = check(day, outcome)
    assert outcome.report.status == "complete"
    assert receipt.drops == ()
    assert day.asked == CALM + Counter(dict.fromkeys(CALM, 1))
    assert sum(u.failed for u in receipt.usage) == len(CALM)
    wanted = 0 if name not in PASSING else 7.0 if "Retry-After" in name else 1.0
    assert day.contexts[0].pauses == [wanted] * len(CALM) * bool(wanted)


async def test_verdicts_that_are_cut_off_once_are_given_in_halves_and_the_day_is_whole(day: Runs) -> None:
    day.serve(where(firsts("Verdicts"), FAULTS["cut off"][0]))
    outcome = await day.run()
    receipt = check(day, outcome)
    assert outcome.report.status == "complete" and receipt.drops == ()
    assert day.asked == CALM + Counter({"Verdicts": 2})


@pytest.mark.parametrize("name", FAULTS)
async def test_a_desk_whose_model_fails_for_ever_is_quoted_and_the_reason_named(name: str, day: Runs) -> None:
    fault, words = FAULTS[name]
    day.papers = SEVERAL
    day.serve(where(lambda request, _: desk(request) == "robotics", fault))
    outcome = await day.run(calls_at_once=1)
    receipt = check(day, outcome)
    robots = {p.id for p in SEVERAL if p.title.startswith("Robot")}
    assert {item.paper_id for item in outcome.report.items if item.quoted} == robots
    assert outcome.report.opening and not outcome.report.quoted
    assert {d.step for d in receipt.drops} == {"synthesize/robotics"}
    assert all(words in d.reason for d in receipt.drops)
    # Of each paper; what is cut off would be so again.
    tries = len(robots) * (4 if name in PASSING else 1 if name == "cut off" else 2)
    calm_but_robots = calm(2, len(SEVERAL) - len(robots))
    assert day.asked == calm_but_robots + Counter({"Written": tries})
    assert [u.failed for u in receipt.usage if u.category == "robotics"] == [tries]
    assert CODES[outcome.report.status] == 3


class Impatient(ModelContext):
    """Waits until what is asked about robotics was heard, no longer, and as long as it takes for everything else."""

    heard: dict[str, asyncio.Semaphore] = Field(default_factory=dict[str, asyncio.Semaphore])
    """By paper, how often it was heard: papers are written side by side."""

    def _asked(self, *names: str) -> LLM:
        llm = super()._asked(*names)
        assert isinstance(llm, ChatLLM)
        llm.models[0].http.event_hooks = {"request": [self._hurry]}
        return llm

    async def _hurry(self, request: httpx2.Request) -> None:
        body = json.loads(request.content)
        if desk(body) != "robotics":
            return
        heard = self.heard[answering.read(body).paper[0]]

        async def give_up(event: str, _: object) -> None:
            if event == "http11.receive_response_headers.started":
                await heard.acquire()
                raise httpx2.ReadTimeout("")

        request.extensions = {**request.extensions, "trace": give_up}


async def test_a_desk_whose_calls_are_never_answered_is_quoted_after_the_last_attempt(day: Runs) -> None:
    heard, loop = {paper.title: asyncio.Semaphore(0) for paper in SEVERAL}, asyncio.get_running_loop()

    def answer(request: Any, _: int) -> Say:
        if desk(request) != "robotics":
            return well(answering.read(request))
        loop.call_soon_threadsafe(heard[answering.read(request).paper[0]].release)
        return Say(hang=True)

    day.papers = SEVERAL
    day.serve(answer)
    outcome = await day.run(kind=Impatient, attempts=2, heard=heard)
    receipt = check(day, outcome, most(attempts=2, desks=3))
    assert {outcome.report.category(item.paper_id) for item in outcome.report.items if item.quoted} == {"robotics"}
    (drop,) = receipt.drops
    assert drop.step == "synthesize/robotics" and "timed out" in drop.reason
    assert day.asked == calm(2, 6) + Counter({"Written": 6})


async def test_with_everything_down_the_whole_report_is_quoted(day: Runs) -> None:
    day.papers = SEVERAL
    day.serve(lambda request, number: Say(status=503, text="under maintenance"))
    outcome = await day.run(calls_at_once=1)
    receipt = check(day, outcome)
    assert outcome.report.quoted and CODES[outcome.report.status] == 3
    # The writers write while the judge sits its exam, of which one part is asked once more.
    assert day.asked == Counter({"Choices": 4, "Written": 4 * len(SEVERAL), "Verdicts": 4 * (EXAM + 1)})
    assert day.server.answered == []
    assert {d.step for d in receipt.drops} == {"classify", "exam"}
    assert all("under maintenance" in d.reason for d in receipt.drops)
    assert receipt.asked_to_classify == 0.333 and {f.decided_by for f in outcome.report.filings} == {"keyed"}


def english(question: Question) -> dict[str, Any]:
    """An item in the wrong language."""
    return answering.item(Question(question.schema, "English", question.user))


async def test_what_a_rule_sends_back_is_mended_by_the_critic_and_judged_again(day: Runs) -> None:
    def mend(line: Judged) -> str:
        title = next((p.title for p in PAPERS if p.title in line.text), "")
        about = {"hook": "새 소식", "method": "방법", "result": "결과", "note": "한계"}.get(line.role)
        return f"{title}의 {about}입니다." if line.objection else ""

    day.serve(model(Written=english, Verdicts=lambda q: answering.verdicts(q, mends=mend)))
    outcome = await day.run()
    receipt = check(day, outcome)
    assert outcome.report.status == "complete" and receipt.drops == ()
    lines = sum(len(item.claims) for item in outcome.report.items)
    assert [change.why for change in outcome.report.changes] == ["too much is said"] * lines
    # Sent back by the rule, mended by the critic, accepted.
    assert day.asked == CALM + Counter({"Verdicts": 2})


async def test_what_a_rule_sends_back_is_left_out_however_often_the_critic_lets_it_pass(day: Runs) -> None:
    day.serve(model(Written=english))
    outcome = await day.run(cache_replies=False)
    check(day, outcome)
    assert outcome.report.quoted and CODES[outcome.report.status] == 3
    assert day.asked == Counter({"Choices": 1, "Written": len(PAPERS), "Outline": 1, "Verdicts": EXAM + 4})
    # What the frame says of papers that are not told falls with them.
    assert Counter(change.rule for change in outcome.report.changes) == {"language": 4 * len(PAPERS), "": 3}


@pytest.mark.parametrize(
    "roles", [{"hook"}, {"result"}, {"hook", "method", "result", "note"}], ids=["one", "two", "all"]
)
@pytest.mark.parametrize("label", ["P9.9", "P1.99", "T1", "nothing"])
async def test_invented_labels_carry_nothing_and_the_line_is_judged_again(
    label: str, roles: set[str], day: Runs
) -> None:
    def invents(question: Question) -> dict[str, Any]:
        right = answering.verdicts(question)
        wrong = {line.id for line in question.lines if line.role in roles and not line.objection}
        return {**right, "ok": [f"{ok.split()[0]} {label}" if ok.split()[0] in wrong else ok for ok in right["ok"]]}

    day.serve(model(Verdicts=invents))
    outcome = await day.run()
    receipt = check(day, outcome)
    assert outcome.report.status == "complete" and receipt.drops == ()
    assert all(item.one("hook") and item.of("result") for item in outcome.report.items)
    assert day.asked == CALM + Counter({"Verdicts": 1})


async def test_a_critic_that_never_accepts_leaves_nothing_and_the_report_says_so(day: Runs) -> None:
    day.serve(model(Verdicts=lambda q: answering.verdicts(q, lambda text: "I do not believe it")))
    outcome = await day.run(cache_replies=False)
    receipt = check(day, outcome)
    assert outcome.report.quoted and not outcome.report.opening
    assert day.asked == Counter({"Choices": 1, "Written": len(PAPERS), "Outline": 1, "Verdicts": EXAM + 1})
    fallen = ["it speaks of a paper of which no line was accepted"] * 3
    assert [d.reason for d in receipt.drops] == ["I do not believe it"] * 4 * len(PAPERS) + fallen
    assert CODES[outcome.report.status] == 3


async def test_a_line_that_is_mended_without_end_is_left_out_in_the_end_and_counted(day: Runs) -> None:
    def longer(line: Judged) -> str:
        return f"{line.text} 그렇습니다." if line.role == "note" else ""

    day.serve(model(Verdicts=lambda q: answering.verdicts(q, mends=longer)))
    outcome = await day.run(revisions=3)
    receipt = check(day, outcome, most(revisions=3))
    assert outcome.report.status == "complete"
    assert all(item.one("hook") and not item.one("note") for item in outcome.report.items)
    assert {(d.step, d.what, d.reason) for d in receipt.drops} == {
        ("critique/note", f"긴 입력에서 {p.title}의 한계는 아직 분명하지 않습니다.", "too much is said") for p in PAPERS
    }
    assert day.asked == CALM + Counter({"Verdicts": 3})


async def test_without_a_critic_nothing_written_is_told(day: Runs) -> None:
    day.serve(model(Verdicts=lambda _: Say(status=500, text="it fell over")))
    outcome = await day.run()
    receipt = check(day, outcome)
    assert outcome.report.quoted
    assert day.asked == Counter({"Choices": 1, "Written": len(PAPERS), "Outline": 1, "Verdicts": EXAM + 4})
    (failed,) = [d for d in receipt.drops if d.step.startswith("synthesize/")]
    assert failed.what == "the model's judgement" and "it fell over" in failed.reason
    fallen = "it speaks of a paper of which no line was accepted"
    assert {change.why for change in outcome.report.changes} == {"nobody judged it", fallen}


async def test_a_critic_that_fails_later_leaves_what_it_accepted_before(day: Runs) -> None:
    def once(question: Question) -> object:
        if any(line.objection for line in question.lines):
            return Say(status=500, text="it fell over")
        right = answering.verdicts(question)
        return {**right, "ok": [ok for ok in right["ok"] if "note" not in _role(question, ok)]}

    day.serve(model(Verdicts=once))
    outcome = await day.run()
    receipt = check(day, outcome)
    assert not any(item.quoted or item.one("note") for item in outcome.report.items)
    assert all(item.one("hook") for item in outcome.report.items)
    assert sum(d.step == "critique/note" for d in receipt.drops) == len(PAPERS)
    assert sum("it fell over" in d.reason for d in receipt.drops) == 1


def _role(question: Question, approval: str) -> str:
    return next(line.role for line in question.lines if line.id == approval.split()[0])


@pytest.mark.parametrize(
    ("schema", "step", "status"), [("Choices", "classify", "complete"), ("Outline", "frame", "partial")]
)
async def test_a_day_without_its_second_look_or_frame_has_all_its_items_and_the_receipt_names_the_loss(
    schema: str, step: str, status: str, day: Runs
) -> None:
    day.serve(model(**{schema: lambda _: Say("no JSON at all")}))
    outcome = await day.run()
    (drop,) = check(day, outcome).drops
    assert outcome.report.status == status and not any(item.quoted for item in outcome.report.items)
    assert drop.step == step
    assert "no usable answer" in drop.reason


async def test_a_frame_that_nobody_judged_is_not_printed(day: Runs) -> None:
    def verdicts(question: Question) -> object:
        frames = any(line.role == "opening" for line in question.lines)
        return Say(status=500, text="it fell over") if frames else answering.verdicts(question)

    day.serve(model(Verdicts=verdicts))
    outcome = await day.run()
    receipt = check(day, outcome)
    assert not outcome.report.opening and not outcome.report.picks
    assert [group.title for group in outcome.report.groups if group.title == "오늘의 논문"] == []
    assert [d.what for d in receipt.drops if d.step == "frame"] == ["the model's answer"]
    assert CODES[outcome.report.status] == 3


async def test_a_fallback_model_writes_what_the_first_one_cannot_and_another_judges_it(day: Runs) -> None:
    day.serve(where(lambda request, _: request["model"] == "scripted", Say(status=500)))
    outcome = await day.run(fallback_model="openai:second", critic_model="openai:judge", attempts=2)
    receipt = check(day, outcome, 2 * most(attempts=2))
    assert outcome.report.status == "complete"
    calls = {name: sum(u.calls for u in receipt.usage if u.model == name) for name in ("scripted", "second", "judge")}
    own = CALM.total() - CALM["Verdicts"]
    assert calls == {"scripted": 2 * own, "second": own, "judge": CALM["Verdicts"]}
    assert f"{own} questions were answered by a fallback model" in receipt.notes
    assert any(note.startswith("judge at ") for note in receipt.notes)


async def test_a_fallback_model_does_not_judge_in_the_place_of_the_one_that_sat_the_exam(day: Runs) -> None:
    day.serve(where(lambda request, _: request["model"] == "scripted", Say(status=500, text="it fell over")))
    outcome = await day.run(fallback_model="openai:second", attempts=1)
    receipt = check(day, outcome)
    assert outcome.report.quoted
    assert {u.model for u in receipt.usage if u.agent == "critique"} == {"scripted"}
    assert any("it fell over" in drop.reason for drop in receipt.drops if drop.step == "exam")


@pytest.mark.parametrize("seed", range(5))
async def test_with_three_calls_in_ten_failing_somehow_the_report_is_true_all_the_same(seed: int, day: Runs) -> None:
    def fate(number: int) -> Say | None:
        chance = random.Random(f"{seed}:{number}")
        return chance.choice([fault for fault, _ in FAULTS.values()]) if chance.random() < 0.3 else None

    day.papers = SEVERAL
    day.serve(lambda request, number: fate(number) or well(answering.read(request)))
    outcome = await day.run()
    receipt = check(day, outcome)
    dealt = sum(fate(number) is not None for number in range(len(day.server.asked)))
    assert sum(u.failed for u in receipt.usage) == dealt
