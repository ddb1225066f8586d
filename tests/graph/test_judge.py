"""A judge is examined before it is believed, and watched from then on; one that is not believed prints nothing."""

import hashlib
import re
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

from agents import bank
from agents.canaries import Watched, canaries, spoiled, watched
from agents.verdicts import Refusal, Shown, Verdicts
from domain.claims import Brief
from domain.kinds import Role
from domain.lines import Line
from domain.reports import Report
from graph.daily import graph
from tests import judging
from tests.scripted import DAY, PAPERS, ScriptedLLM, approval, approves, frames, scripted, writes_well

TWO = PAPERS[:2]


def judges(verdict: Callable[[Shown], bool]) -> Callable[..., Verdicts]:
    def answer(lines: Sequence[Shown], **_: Any) -> Verdicts:
        passed = [line for line in lines if verdict(line)]
        return Verdicts(
            ok=tuple(approval(line) for line in passed),
            mend=(),
            drop=tuple(Refusal(id=line.id, why="no") for line in lines if line not in passed),
            missing=(),
        )

    return answer


def right(line: Shown) -> bool:
    found = judging.key(line.text)
    return found.right if found else True


def mostly(line: Shown) -> bool:
    """Right four times in five, by chance."""
    errs = int(hashlib.sha256(line.text.encode()).hexdigest(), 16) % 5 == 0
    return right(line) != errs


async def run(data: Path, judge: Callable[..., Verdicts], **settings: Any) -> tuple[Report, str]:
    context = scripted(data, critique=judge, **settings)
    context.__dict__["llm"] = ScriptedLLM({"synthesize": writes_well, "critique": judge, "frame": frames}, honest=False)
    report = (await graph.ainvoke({"day": DAY}, context=context))["report"]
    return report, (context.reports / str(DAY) / "receipt.json").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("judge", "caught", "passed"),
    [(judges(lambda _: True), 0, 48), (judges(lambda _: False), 48, 0), (judges(mostly), None, None)],
    ids=["passes everything", "rejects everything", "right four times in five"],
)
async def test_a_judge_that_fails_its_exam_prints_nothing_and_the_receipt_says_why(
    judge: Callable[..., Verdicts], caught: int | None, passed: int | None, tmp_path: Path
) -> None:
    report, receipt = await run(tmp_path, judge)
    assert report.judge and report.judge.score < 0.9
    assert caught is None or (report.judge.caught, report.judge.passed) == (caught, passed)
    assert all(item.quoted for item in report.items) and not report.opening
    assert report.status == "partial"
    assert [cause.kind for cause in report.causes] == ["unfit judge"]
    assert report.judge.in_words in receipt


async def test_a_judge_that_passes_its_exam_judges_and_its_marks_stand_in_the_report(tmp_path: Path) -> None:
    report, _ = await run(tmp_path, judges(right))
    assert report.judge and (report.judge.caught, report.judge.passed) == (48, 48)
    assert not any(item.quoted for item in report.items)


async def test_the_threshold_is_a_setting_and_without_one_nobody_is_examined(tmp_path: Path) -> None:
    report, _ = await run(tmp_path / "low", judges(mostly), exam=0.5)
    assert report.judge and not [cause for cause in report.causes if cause.kind == "unfit judge"]
    report, _ = await run(tmp_path / "none", judges(lambda _: False), exam=0.0)
    assert report.judge is None and not [cause for cause in report.causes if cause.kind == "unfit judge"]


async def test_a_judge_that_stops_reading_after_its_exam_is_caught_by_the_canaries(tmp_path: Path) -> None:
    def dozes(lines: Sequence[Shown], **values: Any) -> Verdicts:
        of_the_day = any(judging.key(line.text) is None for line in lines)
        return (approves if of_the_day else judges(right))(lines, **values)

    report, receipt = await run(tmp_path, dozes)
    assert report.judge and report.judge.score == 1.0
    assert all(item.quoted for item in report.items) and not report.opening
    assert "the judge was not believed" in receipt


async def test_a_call_that_fails_its_canaries_once_is_made_again_and_then_counts(tmp_path: Path) -> None:
    dozed: list[int] = []

    def dozes_once(lines: Sequence[Shown], **values: Any) -> Verdicts:
        of_the_day = any(judging.key(line.text) is None for line in lines)
        if of_the_day and not dozed:
            dozed.append(len(lines))
            return approves(lines, **values)
        return judges(right)(lines, **values)

    report, _ = await run(tmp_path, dozes_once)
    assert dozed
    assert not any(item.quoted for item in report.items)


async def test_canaries_of_a_frame_look_like_its_lines_and_do_not_make_it_a_first_judgement(tmp_path: Path) -> None:
    calls: set[tuple[bool, str]] = set()

    def watches(lines: Sequence[Shown], *, again: bool, **values: Any) -> Verdicts:
        if any(judging.key(line.text) is None for line in lines):
            calls.update((again, line.role) for line in lines if judging.key(line.text))
        return judges(right)(lines, **values)

    report, _ = await run(tmp_path, watches)
    assert report.opening and calls == {(False, "hook"), (False, "result"), (True, "opening")}


async def test_of_a_canarys_paper_the_judge_sees_what_its_lines_rest_on_or_all_where_it_sees_all_of_others(
    tmp_path: Path,
) -> None:
    texts = {paper.title: [s.text for s in paper.sentences] for paper in bank.papers()}
    seen: dict[bool, list[list[str]]] = {True: [], False: []}

    def watches(lines: Sequence[Shown], *, sentences: Sequence[tuple[str, str]], **values: Any) -> Verdicts:
        if any(judging.key(line.text) is None for line in lines):
            (planted,) = {line.about[0] for line in lines if judging.key(line.text)}
            whole = any(line.role == "hook" for line in lines)
            seen[whole].append([text for label, text in sentences if label.partition(".")[0] == planted])
        return judges(right)(lines, sentences=sentences, **values)

    await run(tmp_path, watches)
    assert seen[True] and all(shown == texts[title] for title, *shown in seen[True])
    assert seen[False] and all(1 <= len(shown) <= 3 for _, *shown in seen[False])
    assert all(set(texts[title]).issuperset(shown) for title, *shown in seen[False])


async def test_canaries_reach_no_page_and_no_change(tmp_path: Path) -> None:
    report, receipt = await run(tmp_path, judges(right))
    page = report.model_dump_json() + receipt
    papers = {paper.id for paper in bank.papers()}
    assert not any(id in page for id in papers)
    assert all(judging.key(claim.text) is None for claim in report.claims())


async def test_another_model_may_judge_than_writes(tmp_path: Path) -> None:
    context = scripted(tmp_path, critic_model="openai:judge")
    writer = ScriptedLLM({"synthesize": writes_well, "frame": frames}, name="writer")
    judge = ScriptedLLM({"critique": approves}, name="judge")
    context.__dict__.update(llm=writer, judge=judge)
    report = (await graph.ainvoke({"day": DAY}, context=context))["report"]
    assert report.judge and report.judge.model == "judge"
    assert (writer.count("critique"), judge.count("synthesize")) == (0, 0)
    assert writer.count("synthesize") and judge.count("critique")
    assert not any(item.quoted for item in report.items)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_canary_is_spoiled_in_a_figure_that_its_abstract_does_not_have_or_in_a_direction(language: str) -> None:
    seen: set[tuple[str, str]] = set()
    directions = {bank.turned(one.text) for one in bank.lines(language)} - {""}
    for number in range(200):
        pair = canaries(language, str(number), 0)
        seen.add((pair.right.text, pair.spoiled.text))
        assert pair == canaries(language, str(number), 0) != canaries(language, str(number), 1)
        (shape, text) = pair.spoiled.text, pair.paper.abstract
        figures = re.findall(r"\d[\d,]*(?:\.\d+)?", shape)
        changed = any(not re.search(rf"(?<![\d.]){re.escape(f)}(?![\d.])", text) for f in figures)
        assert changed or shape in directions
        assert judging.key(pair.right.text) == judging.Key(True) and judging.key(pair.spoiled.text) == judging.Key(
            False
        )
    assert len(seen) > 5 and {spoiled in directions for _, spoiled in seen} == {True, False}


def call(roles: Sequence[Role], seed: int) -> tuple[Watched, list[str], list[str]]:
    """A judging call about two papers with a line of each role, and the labels of the canaries' lines and paper."""
    lines = [
        Line(papers=(paper.id,), role=role, text=f"{paper.title} {role} {seed}") for paper in TWO for role in roles
    ]
    found = watched({f"L{3 * n}": line for n, line in enumerate(lines, 1)}, Brief(papers=TWO), None, "ko", 0)
    assert list(found.lines) == [f"L{n}" for n in range(1, len(found.lines) + 1)]
    assert sorted(found.expected.values()) == [False, True]
    assert sorted(found.names.values()) == sorted([*(f"L{3 * n}" for n in range(1, len(lines) + 1)), "P1", "P2"])
    planted = [id for id, line in found.lines.items() if line.papers[0].startswith("exam:")]
    return found, planted, [found.brief.label(id) for id in {found.lines[id].papers[0] for id in planted}]


def test_canaries_stand_anywhere_among_the_items_and_divide_none() -> None:
    places: set[tuple[str, ...]] = set()
    for seed in range(40):
        found, planted, papers = call(("hook", "result"), seed)
        assert found == call(("hook", "result"), seed)[0]
        told = [line.papers[0] for line in found.lines.values()]
        order = [paper.id for paper in found.brief.papers]
        assert told == sorted(told, key=order.index)
        places.add((*papers, planted[0]))
    assert places == {("P1", "L1"), ("P2", "L3"), ("P3", "L5")}


def test_canaries_of_a_frame_stand_among_its_openings() -> None:
    places: set[str] = set()
    for seed in range(60):
        found, planted, _ = call(("opening", "pick"), seed)
        roles = [line.role for line in found.lines.values()]
        assert {roles[int(id[1:]) - 1] for id in planted} == {"opening"}
        places.update(planted)
    assert places == {"L1", "L2", "L3", "L4", "L5"}


def test_a_line_without_a_figure_cannot_be_spoiled() -> None:
    assert spoiled("정확도가 올랐습니다.", "Accuracy rises by 3 %.") == ""
    assert spoiled("GPT-4를 앞섰습니다.", "It beats GPT-4.") == ""


def test_the_exam_has_as_many_planted_errors_as_right_lines_in_each_language_and_no_line_twice() -> None:
    papers = {paper.id for paper in bank.papers()}
    for language in ("ko", "en"):
        asked = bank.lines(language)
        wrong = [one for one in asked if one.fault]
        assert len(wrong) * 2 == len(asked) >= 80
        assert len({one.text for one in asked}) == len(asked)
        assert {id for one in asked for id in one.papers} <= papers
        assert len({one.fault for one in wrong}) >= 15
