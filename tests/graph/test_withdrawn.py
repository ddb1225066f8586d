"""Withdrawn papers are named with their day, never told, and known again; lost records make a day partial."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from domain.reports import Receipt, Report
from graph.runs import Outcome, run_day
from sources.files import Files
from tests.scripted import DAY, NEXT, TODAY, ScriptedContext

NOTE = "This paper has been withdrawn by the authors due to a leak of the test set"
CASES = Path(__file__).parents[3] / "shared" / "data" / "cases"


def row(number: int, title: str, **more: Any) -> dict[str, Any]:
    return {
        "id": f"2611.{number:05d}",
        "title": title,
        "abstract": f"We propose {title}. It improves accuracy by {number}.5%. Its limits remain unclear.",
        "authors": ["A. Author"],
        **more,
    }


GRASP, WALK, ABOUT = (
    row(1, "Robot Arms That Grasp"),
    row(2, "Robot Legs That Walk"),
    row(3, "Quantum Papers That Were Withdrawn", abstract="We study why papers are withdrawn. We read 400 of them."),
)


async def run(folder: Path, day: date, *rows: dict[str, Any] | str, language: Any = "en") -> Outcome:
    path = folder / f"{day}-{language}.jsonl"
    path.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in rows), encoding="utf-8")
    context = ScriptedContext(data=str(folder / "data"), language=language, shelves=(Files((path,)),))  # type: ignore[arg-type]
    return await run_day(day, context)


def receipt_of(outcome: Outcome) -> Receipt:
    return Receipt.model_validate_json((outcome.folder / "receipt.json").read_bytes())


def told(report: Report) -> set[str]:
    """Ids of the papers that anything in the report speaks of."""
    return {paper.id for paper in report.papers} | {filing.paper_id for filing in report.filings}


async def test_a_withdrawn_paper_is_named_with_its_day_and_never_told(tmp_path: Path) -> None:
    outcome = await run(tmp_path, DAY, {**GRASP, "comment": NOTE}, WALK, ABOUT)
    (gone,) = outcome.report.withdrawn
    assert (gone.paper_id, gone.title, gone.note) == ("arxiv:2611.00001", "Robot Arms That Grasp", NOTE)
    assert (gone.url, gone.day, gone.first_day) == ("https://arxiv.org/abs/2611.00001", DAY, None)
    assert told(outcome.report) == {"arxiv:2611.00002", "arxiv:2611.00003"}
    assert outcome.report.status == "complete"
    receipt = receipt_of(outcome)
    (drop,) = receipt.drops
    assert (drop.step, drop.what) == ("retrieve", "Robot Arms That Grasp (arxiv:2611.00001)")
    assert drop.reason == f"withdrawn, as known since {DAY}: “{NOTE}”"
    assert (receipt.merged, receipt.health[0].held, receipt.health[0].withdrawn) == (0, 2, 1)


async def test_a_paper_that_was_reported_and_is_withdrawn_since_is_named_with_both_days(tmp_path: Path) -> None:
    await run(tmp_path, DAY, GRASP, WALK)
    outcome = await run(tmp_path, NEXT, {**GRASP, "id": "2611.00001v2", "abstract": NOTE}, ABOUT)
    (gone,) = outcome.report.withdrawn
    assert (gone.day, gone.first_day) == (NEXT, DAY)
    assert receipt_of(outcome).drops[0].reason.startswith(f"first reported on {DAY}, withdrawn, as known since {NEXT}")


async def test_a_paper_that_an_earlier_day_knew_as_withdrawn_is_not_told_where_the_notice_is_missing(
    tmp_path: Path,
) -> None:
    await run(tmp_path, DAY, {**GRASP, "title": "WITHDRAWN: Robot Arms That Grasp"}, WALK)
    outcome = await run(tmp_path, NEXT, GRASP, ABOUT)
    (gone,) = outcome.report.withdrawn
    assert (gone.paper_id, gone.day, gone.first_day) == ("arxiv:2611.00001", DAY, None)
    assert gone.note == "WITHDRAWN: Robot Arms That Grasp"
    assert told(outcome.report) == {"arxiv:2611.00003"}


async def test_a_withdrawal_survives_a_rebuild_from_the_reports_and_stands_in_the_papers_life(tmp_path: Path) -> None:
    reports = [
        (await run(tmp_path, DAY, GRASP, WALK)).report,
        (await run(tmp_path, NEXT, {**GRASP, "comment": NOTE}, ABOUT)).report,
    ]
    context = ScriptedContext(data=str(tmp_path / "data"))
    with context.memory() as memory:
        memory.rebuild_ledger(reports)
        life = memory.biography("arxiv:2611.00001")
        assert life and life.withdrawn == (NEXT, NOTE)
        other = memory.biography("arxiv:2611.00002")
        assert other and other.withdrawn is None
        # Nothing continues a paper that was taken back.
        again = memory.recall(reports[0].papers, before=TODAY)
        assert all(near.paper_id != "arxiv:2611.00001" for one in again.values() for near in one.neighbours)
        earlier = memory.recall(reports[0].papers, before=NEXT)
        assert earlier["arxiv:2611.00001"].first_day == DAY


async def test_a_notice_of_one_source_holds_for_the_record_of_another(tmp_path: Path) -> None:
    outcome = await run(tmp_path, DAY, GRASP, {**GRASP, "id": "2611.00001v2", "comment": NOTE}, WALK)
    assert [gone.paper_id for gone in outcome.report.withdrawn] == ["arxiv:2611.00001"]
    assert told(outcome.report) == {"arxiv:2611.00002"}
    assert receipt_of(outcome).merged == 1


async def test_a_day_of_nothing_but_withdrawn_papers_is_quiet(tmp_path: Path) -> None:
    outcome = await run(tmp_path, DAY, {**GRASP, "comment": NOTE})
    assert (outcome.report.status, len(outcome.report.withdrawn)) == ("quiet", 1)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("ko", "읽지 못한 기록이 있습니다: files 2026-11-20-ko.jsonl: line 2"),
        ("en", "records that could not be read: files 2026-11-20-en.jsonl: line 2"),
    ],
)
async def test_a_day_that_lost_a_record_is_not_complete_and_names_it(tmp_path: Path, language: str, words: str) -> None:
    outcome = await run(tmp_path, DAY, GRASP, '{"id": "2611.0', WALK, language=language)
    assert outcome.report.status == "partial"
    assert [cause.kind for cause in outcome.report.causes] == ["lost"]
    assert words in (outcome.folder / "report.md").read_text(encoding="utf-8")
    assert [drop.reason for drop in receipt_of(outcome).drops] == ["not JSON: a string without an end"]
    assert "line 2 (not JSON: a string without an end)" in receipt_of(outcome).reason


async def test_many_lost_records_are_named_up_to_three_and_counted(tmp_path: Path) -> None:
    outcome = await run(tmp_path, DAY, GRASP, *["{"] * 5)
    (cause,) = outcome.report.causes
    assert [name for name, _ in cause.about][3:] == ["+2"]
    assert len(receipt_of(outcome).drops) == 5


async def test_the_shared_withdrawn_day_reports_two_papers_and_names_two(tmp_path: Path) -> None:
    path = CASES / "withdrawn.jsonl"
    if not path.is_file():
        pytest.skip(f"{path} is not on this machine")
    outcome = await run(tmp_path, DAY, *path.read_text(encoding="utf-8").splitlines())
    assert told(outcome.report) == {"arxiv:2411.10006", "arxiv:2411.10007"}
    assert [gone.paper_id for gone in outcome.report.withdrawn] == ["arxiv:2411.10001", "arxiv:2411.10003"]
