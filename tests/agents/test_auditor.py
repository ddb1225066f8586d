"""Reports of any shape, judged line by line by a scripted judge; and by rules alone where no judge can be believed."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from agents import bank
from agents.audit_judge import batches
from agents.auditor import AuditError, audit
from agents.verdicts import Mend, Refusal, Shown, Verdicts
from domain.audits import Audit, Audited
from domain.papers import Paper
from models.llm import ModelFailed, StopRun
from sources.files import read_file
from tests import judging
from tests.agents.report import LANTERN, MOSAIC, PAPERS, TIDES, digest, old, ours
from tests.scripted import ScriptedLLM, paper

SEEDS = Path(__file__).parents[3] / "shared" / "seeds"

Slips = Mapping[str, tuple[str, str]]
"""Line → how it would be right, or nothing; why."""


def knows(slips: Slips, seen: list[Shown] | None = None) -> Callable[..., Verdicts]:
    """A judge that mends or drops these lines, and finds the right sentence for every other."""

    def answer(lines: Sequence[Shown], sentences: Sequence[tuple[str, str]], **_: Any) -> Verdicts:
        if seen is not None:
            seen.extend(lines)
        told = [line for line in lines if line.text in slips]
        return Verdicts(
            ok=tuple(f"{line.id} {best(line, sentences)}" for line in lines if line not in told),
            mend=tuple(
                Mend(id=line.id, cites=(best(line, sentences),), why=slips[line.text][1], line=slips[line.text][0])
                for line in told
                if slips[line.text][0]
            ),
            drop=tuple(Refusal(id=line.id, why=slips[line.text][1]) for line in told if not slips[line.text][0]),
            missing=(),
        )

    return answer


FIGURES = ("12", "3 times", "40 billion", "9 cm")
KOREAN = ("12", "3배", "400억", "9cm")


def best(line: Shown, sentences: Sequence[tuple[str, str]]) -> str:
    """The sentence with the figure of a line, else the first of its first paper."""
    held = {label: text for label, text in sentences if label.partition(".")[0] in line.about}
    for english, korean in zip(FIGURES, KOREAN, strict=True):
        if korean in line.text:
            for label, text in held.items():
                if english in text:
                    return label
    return f"{line.about[0]}.1"


async def judged(
    text: str, slips: Slips | None = None, *, papers: Sequence[Paper] = PAPERS, llm: Any = None, **more: Any
) -> Audit:
    llm = llm or ScriptedLLM({"audit": knows(slips or {})})
    return await audit(text, papers, report="report.md", language="ko", llm=llm, **more)


async def by_rules(text: str, papers: Sequence[Paper] = PAPERS) -> Audit:
    return await audit(text, papers, report="report.md", language="ko")


def line(found: Audit, text: str) -> Audited:
    return next(one for one in found.lines if text in one.text)


WRONG, RIGHT = "NightDrive에서 오차를 12% 높입니다.", "NightDrive에서 오차를 12% 낮춥니다."


@pytest.mark.parametrize(
    "text",
    [old(WRONG), digest(sentence=WRONG), ours(WRONG)],
    ids=["the older system's", "a chat prompt's", "our own page"],
)
async def test_a_planted_fault_is_found_in_a_report_of_any_shape_and_told_with_mend_evidence_and_severity(
    text: str,
) -> None:
    found = await judged(text, {WRONG: (RIGHT, "direction: the error is lowered")})
    [fault] = found.faults
    assert (fault.text, fault.papers[0]) == (WRONG, LANTERN.id)
    verdict = fault.verdict
    assert (verdict.standing, verdict.mended, verdict.confirmed) == ("mended", RIGHT, True)
    assert (verdict.kind, verdict.severity, verdict.why) == ("direction", "high", "the error is lowered")
    assert [evidence.quote for evidence in verdict.evidence] == ["It lowers the error by 12% on NightDrive."]
    assert found.believed and found.exam and found.exam.prompt.startswith("ko/audit@")
    assert found.count("ok") == len(found.lines) - 1


@pytest.mark.parametrize("text", [old(), digest(), ours()], ids=["the older system's", "a chat prompt's", "ours"])
async def test_a_report_that_its_papers_carry_has_no_fault(text: str) -> None:
    found = await judged(text)
    assert found.faults == ()
    assert all(one.verdict.evidence for one in found.lines)


async def test_what_no_paper_says_is_dropped_and_weighs_less_where_it_is_a_view() -> None:
    claim, view = "LanternNet은 비도 예측한다.", "LanternNet은 산업을 바꿀 것이다."
    text = old(claim).replace("두 논문은", f"{view} 두 논문은")
    found = await judged(text, {claim: ("", "absent: rain is not spoken of"), view: ("", "absent: no industry")})
    assert [(one.text, one.verdict.standing, one.verdict.severity) for one in found.faults] == [
        (claim, "dropped", "high"),
        (view, "dropped", "medium"),
    ]


async def test_one_of_the_papers_that_a_line_may_be_about_is_enough_to_carry_it() -> None:
    found = await judged(old("그래서 3배 빠르다."))
    carried = line(found, "그래서")
    assert carried.papers == (LANTERN.id, MOSAIC.id)
    assert [evidence.paper_id for evidence in carried.verdict.evidence] == [MOSAIC.id]
    assert carried.verdict.standing == "ok"


async def test_mended_words_that_do_not_hold_either_are_offered_unconfirmed() -> None:
    worse = "NightDrive에서 오차를 77% 낮춥니다."
    found = await judged(digest(sentence=WRONG), {WRONG: (worse, "direction: it is lowered")})
    verdict = line(found, WRONG).verdict
    assert (verdict.standing, verdict.mended, verdict.confirmed) == ("mended", worse, False)


async def test_where_a_rule_objects_the_judge_looks_again_and_may_mend() -> None:
    figure, mended = "오차를 13% 낮춥니다.", "오차를 12% 낮춥니다."

    def sees_it_when_told(lines: Sequence[Shown], **values: Any) -> Verdicts:
        told = {one.text: (mended, "figure: it is 12%") for one in lines if one.objection}
        return knows(told)(lines, **values)

    found = await judged(digest(sentence=figure), llm=ScriptedLLM({"audit": sees_it_when_told}))
    verdict = line(found, figure).verdict
    assert (verdict.standing, verdict.mended, verdict.kind, verdict.severity) == ("mended", mended, "figure", "high")


async def test_where_judge_and_rule_do_not_agree_both_are_told_and_it_weighs_little() -> None:
    found = await judged(digest(sentence="오차를 13% 낮춥니다."))
    verdict = line(found, "13%").verdict
    assert (verdict.standing, verdict.severity) == ("objected", "low")
    assert [objection.rule for objection in verdict.objections] == ["figure-absent"]


async def test_what_a_report_says_twice_of_the_same_papers_is_judged_once() -> None:
    seen: list[Shown] = []
    text = digest(hook="오차를 12% 낮춘다", sentence="오차를 12% 낮춘다.")
    found = await judged(text, llm=ScriptedLLM({"audit": knows({}, seen)}))
    twice = [one for one in found.lines if "12% 낮춘다" in one.text]
    assert [one.verdict.standing for one in twice] == ["ok", "ok"]
    assert sum("12% 낮춘다" in one.text for one in seen) == 1


async def test_a_sentence_of_the_paper_itself_needs_no_judge() -> None:
    seen: list[Shown] = []
    quote = LANTERN.sentences[2].text
    found = await judged(digest(sentence=quote), llm=ScriptedLLM({"audit": knows({}, seen)}))
    assert line(found, quote).verdict.evidence[0].sentence == 3
    assert all(one.text != quote for one in seen)


async def test_what_the_list_of_papers_says_is_evidence_too() -> None:
    def cites_the_list(lines: Sequence[Shown], sentences: Sequence[tuple[str, str]], **_: Any) -> Verdicts:
        listed = next((label for label, text in sentences if text == "Listed: 31 votes."), "")
        ok = [f"{one.id} {listed if '31' in one.text else best(one, sentences)}" for one in lines]
        return Verdicts(ok=tuple(ok), mend=(), drop=(), missing=())

    llm = ScriptedLLM({"audit": cites_the_list})
    found = await judged(digest(sentence="추천 31표를 받은 논문입니다."), llm=llm)
    verdict = line(found, "31표").verdict
    assert (verdict.standing, verdict.evidence[0].quote) == ("ok", "Listed: 31 votes.")


async def test_canaries_stand_in_no_audit_and_their_papers_neither() -> None:
    found = await judged(digest())
    assert all(judging.key(one.text) is None for one in found.lines)
    assert not any(paper.id in found.model_dump_json() for paper in bank.papers())


def passes_everything(lines: Sequence[Shown], **_: Any) -> Verdicts:
    return Verdicts(ok=tuple(f"{one.id} {one.about[0]}.1" for one in lines), mend=(), drop=(), missing=())


async def test_a_judge_that_fails_its_exam_is_not_believed_and_the_rules_say_what_they_find() -> None:
    llm = ScriptedLLM({"audit": passes_everything}, honest=False)
    found = await judged(old("LanternNet은 40억 개의 이벤트로 학습한다."), llm=llm)
    assert found.exam and found.exam.score < 0.9 and not found.believed
    [fault] = found.faults
    assert (fault.verdict.standing, fault.verdict.severity) == ("objected", "high")
    assert found.count("ok") == 0
    assert "the judge is not believed: 0 of 48 planted errors caught" in line(found, "서로 다른 입력").verdict.why


async def test_a_model_that_does_not_answer_its_exam_is_told_so() -> None:
    def is_down(**_: Any) -> Verdicts:
        raise ModelFailed("the server is down")

    found = await judged(old(), llm=ScriptedLLM({"audit": is_down}, honest=False))
    assert found.exam and not found.believed
    assert "not all was answered: the server is down" in found.lines[0].verdict.why


async def test_the_mark_of_the_exam_is_the_callers() -> None:
    found = await judged(old(), exam=1.01)
    assert found.exam and found.exam.score == 1.0 and not found.believed


async def test_a_judge_that_stops_reading_after_its_exam_judges_no_line() -> None:
    def dozes(lines: Sequence[Shown], **values: Any) -> Verdicts:
        if any(judging.key(one.text) is None for one in lines):
            return passes_everything(lines)
        fine = [one for one in lines if (key := judging.key(one.text)) and key.right]
        wrong = tuple(Refusal(id=one.id, why="no") for one in lines if one not in fine)
        return Verdicts(ok=tuple(f"{one.id} {one.about[0]}.1" for one in fine), mend=(), drop=wrong, missing=())

    found = await judged(old(), llm=ScriptedLLM({"audit": dozes}, honest=False))
    assert found.believed
    assert {(one.verdict.standing, "not believed" in one.verdict.why) for one in found.lines} == {("unjudged", True)}


async def test_a_call_that_fails_leaves_its_lines_unjudged_and_the_others_judged() -> None:
    def breaks_down(lines: Sequence[Shown], sentences: Sequence[tuple[str, str]], **values: Any) -> Verdicts:
        if any("Quiet Network 1" in text for _, text in sentences):
            raise ModelFailed("the server is down")
        return knows({})(lines, sentences, **values)

    more = tuple(paper(n, f"Quiet Network {n}") for n in range(2))
    text = digest() + "".join(f"\n### [{one.title}]({one.url})\n\n조용하고 {n} 깊다.\n" for n, one in enumerate(more))
    found = await judged(
        text, papers=(*PAPERS, paper(3, "Warm Network"), *more), llm=ScriptedLLM({"audit": breaks_down})
    )
    unjudged = [one for one in found.lines if one.verdict.standing == "unjudged"]
    assert [one.verdict.why for one in unjudged] == ["the server is down"] * len(unjudged)
    assert [one.papers for one in unjudged if len(one.papers) == 1] == [(more[1].id,)]
    assert line(found, "12%").verdict.standing == "ok"


async def test_where_the_model_cannot_be_asked_at_all_there_is_no_audit() -> None:
    def refused(**_: Any) -> Verdicts:
        raise StopRun("the key is refused")

    with pytest.raises(StopRun, match="the key is refused"):
        await judged(old(), llm=ScriptedLLM({"audit": refused}, honest=False))


async def test_a_line_that_may_be_about_a_paper_that_was_not_given_is_not_called_wrong() -> None:
    elsewhere = "그래서 5배 빠르다."
    found = await judged(old(elsewhere), {elsewhere: ("", "absent: no")}, papers=(LANTERN, TIDES))
    verdict = line(found, elsewhere).verdict
    assert (verdict.standing, verdict.severity) == ("unplaced", None)
    assert verdict.why == f"it may be about a paper that was not given: {MOSAIC.title}"
    assert line(await by_rules(old(elsewhere), (LANTERN, TIDES)), elsewhere).verdict == verdict


async def test_headline_figures_that_no_line_tells_are_named_and_papers_that_are_not_told() -> None:
    found = await by_rules(old(), PAPERS)
    untold = {paper.title: [one.figure for one in paper.untold] for paper in found.papers}
    assert untold == {LANTERN.title: ["12%"], MOSAIC.title: ["3 times"], TIDES.title: []}
    further = Paper(id="arxiv:2611.00104", title="Quiet Networks", abstract="We find networks that are quiet.")
    [*_, last] = (await by_rules(old(), (*PAPERS, further))).papers
    assert (last.title, last.lines) == ("Quiet Networks", 0)


@pytest.mark.parametrize(
    ("bullet", "rule"),
    [
        ("LanternNet은 40억 개의 이벤트로 학습한다.", "figure-scale"),
        ("Mosaic은 오차를 12% 낮춘다.", "figure-absent"),
        ("오차를 13% 낮춘다.", "figure-value"),
        ("LanternNet은 YOLOv9보다 낫다.", "name"),
        ("오차를 12% 낮춘다.", ""),
        ("두 번째 논문은 이전 방법보다 3배 빠르다.", ""),
        ("추천을 31표 받았다.", ""),
    ],
)
async def test_without_a_model_the_rules_hold_a_line_against_every_paper_it_may_be_about(
    bullet: str, rule: str
) -> None:
    verdict = line(await by_rules(old(bullet)), bullet).verdict
    assert [objection.rule for objection in verdict.objections] == ([rule] if rule else [])
    assert verdict.standing == ("objected" if rule else "unjudged")


@pytest.mark.parametrize(
    ("text", "papers", "words"),
    [
        ("# Nothing here", PAPERS, "no line that says anything of a paper"),
        (digest(), (paper(7, "Garden Tools"), paper(8, "Kettle Hands")), "of the 2 papers given"),
    ],
)
async def test_a_text_that_cannot_be_audited_says_why(text: str, papers: Sequence[Paper], words: str) -> None:
    with pytest.raises(AuditError, match=words):
        await by_rules(text, papers)


def test_lines_of_some_papers_are_judged_together_and_those_across_apart() -> None:
    lines = {n: [f"p{n % 6}"] for n in range(90)} | {90: ["p0", "p1"], 91: ["p0", "p5"], 92: ["p1", "p5"]}
    made = batches(lines)
    assert sorted(n for batch in made for n in batch) == list(lines)
    assert [len(batch) for batch in made] == [30, 31, 30, 2]
    assert made[-1] == [91, 92]
    assert all(len({paper for n in batch for paper in lines[n]}) <= 4 for batch in made[:-1])


@pytest.mark.skipif(not SEEDS.is_dir(), reason="the older system's reports are not on this machine")
@pytest.mark.parametrize(("day", "scale"), [("2024-10-06", ""), ("2024-10-13", "250억"), ("2024-11-14", "")])
async def test_the_older_systems_real_reports_are_read_and_placed(day: str, scale: str) -> None:
    papers, _ = read_file(SEEDS / f"{day}.jsonl", "files")
    found = await by_rules((SEEDS / f"{day}.md").read_text(encoding="utf-8"), papers)
    assert len(found.lines) > 80
    assert not [one.text for one in found.lines if not one.papers]
    wrong = [
        objection.span for one in found.faults for objection in one.verdict.objections if "scale" in objection.rule
    ]
    assert wrong == ([scale] if scale else [])
