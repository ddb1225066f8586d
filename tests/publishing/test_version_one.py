"""What was published before there were items still opens. The files were written by the code of that time."""

import json
import shutil
from pathlib import Path

import pytest

from domain.papers import Paper
from domain.reports import Receipt, Report
from domain.taxonomy import Taxonomy
from publishing import version_one
from publishing.files import PublishError, is_whole, read_report
from publishing.shapes import SHAPES, render
from tests.publishing.day import FED, QUANTUM, RACER, SCALE, SPEECH, WAVELETS
from tests.publishing.pages import block, running

HERE = Path(__file__).with_name("version_one")
PNG = b"\x89PNG\r\n\x1a\n" + b"IEND\xaeB`\x82"


@pytest.fixture
def written() -> Report:
    """A day that a model wrote, with repeats, a category that failed, trends and a quoted claim of each part."""
    return read_report(HERE / "written.report.json")


@pytest.fixture
def quoted() -> Report:
    """Three papers of the sample day, written without a model."""
    return read_report(HERE / "quoted.report.json")


def old(name: str) -> dict[str, object]:
    return json.loads((HERE / f"{name}.report.json").read_text(encoding="utf-8"))


def sentences(name: str) -> list[str]:
    """Every sentence of a file, keywords apart."""
    found: list[str] = []

    def walk(value: object, under: str) -> None:
        if isinstance(value, dict):
            if "evidence" in value and under != "keywords":
                found.append(str(value["text"]))  # pyright: ignore
            for key, inner in value.items():  # pyright: ignore
                walk(inner, str(key))  # pyright: ignore
        elif isinstance(value, list):
            for inner in value:  # pyright: ignore
                walk(inner, under)

    walk(old(name), "")
    return found


@pytest.mark.parametrize("name", ["written", "quoted"])
def test_no_sentence_of_an_old_report_is_lost_and_each_keeps_its_evidence(name: str) -> None:
    told = sentences(name)
    assert len(told) > 8
    report = read_report(HERE / f"{name}.report.json")
    held = [claim.text for claim in report.claims()]
    for text in told:
        assert any(text in line for line in held), text
    quotes = {e.quote for claim in report.claims() for e in claim.evidence}
    papers = {paper.id: paper for paper in report.papers}
    assert len(quotes) > 5
    for claim in report.claims():
        for evidence in claim.evidence:
            paper: Paper = papers[evidence.paper_id]
            assert evidence.quote in (paper.title, *paper.abstract.split("  ")) or evidence.quote in paper.abstract


def test_the_parts_of_a_section_are_the_parts_of_its_papers(written: Report) -> None:
    assert written.schema_version == 4
    assert [item.paper_id for item in written.items] == [FED, RACER, SCALE]
    fed, racer, scale = written.items
    assert [(claim.role, claim.kind) for claim in fed.claims] == [
        ("problem", "reported"),
        ("result", "reported"),
        ("note", "analysis"),
    ]
    assert racer.of("result")[0].text == "RACER는 RLBench에서 성공률을 18.5% 높인다."
    hook = scale.one("hook")
    assert hook and hook.text.startswith("확산 모델이 40% 적은 계산으로")
    assert not any(item.quoted for item in written.items)


def test_what_rests_on_several_papers_is_a_story_and_never_the_hook_of_one(written: Report) -> None:
    told = [story.headline.text for story in written.opening]
    assert "연합 강화학습은 적대적 에이전트를 견디고, 모방 학습은 실패에서 회복한다." in told
    (story,) = (s for s in written.opening if s.headline.text.startswith("연합 강화학습은 적대적"))
    assert story.papers == (FED, RACER)


def test_a_category_that_failed_is_a_cause_and_its_papers_are_listed(written: Report, taxonomy: Taxonomy) -> None:
    assert [cause.kind for cause in written.causes] == ["missing"]
    assert QUANTUM in {paper.id for paper in written.listed}
    text = render(written, taxonomy)
    assert "쓰지 못한 분야가 있습니다: 양자 컴퓨팅" in text and "did not answer" not in running(text)
    before = old("written")
    del before["causes"]
    again = version_one.report(json.dumps(before).encode())
    assert [(cause.kind, cause.about[0][0]) for cause in again.causes] == [("missing", "quantum")]


def test_a_category_of_which_nothing_was_confirmed_is_still_named(taxonomy: Taxonomy) -> None:
    before = old("written")
    before["causes"] = [{"kind": "bare", "about": [["cv", ""]]}]
    report = version_one.report(json.dumps(before).encode())
    told = render(report, taxonomy).splitlines()[2]
    assert "쓰지 못한 분야가 있습니다: 컴퓨터 비전, 양자 컴퓨팅" in told and "이야기" not in told


def test_several_sentences_of_one_part_become_one_line_with_all_their_evidence() -> None:
    before = json.loads((HERE / "written.report.json").read_text(encoding="utf-8"))
    themes = before["sections"][0]["themes"]
    second = {"sentence": 3, "paper_id": FED, "quote": themes[0]["evidence"][0]["quote"]}
    themes.append({**themes[0], "text": "둘째 문장이다.", "evidence": [second]})
    item = version_one.report(json.dumps(before).encode()).item(FED)
    assert item
    (problem,) = item.of("problem")
    assert problem.text == f"{themes[0]['text']} 둘째 문장이다."
    assert [evidence.sentence for evidence in problem.evidence] == [1, 3]


def test_papers_that_came_again_return_and_trends_flow(written: Report) -> None:
    assert [paper.paper_id for paper in written.returning] == [WAVELETS, SPEECH]
    assert [claim.role for claim in written.flow] == ["flow"] * 3
    assert {id for claim in written.flow for id in claim.facts} <= {fact.id for fact in written.facts}
    assert len(written.history) == 7


def test_sentences_that_the_critic_left_out_are_kept_with_the_reason(written: Report) -> None:
    (change,) = written.changes
    assert (change.before, change.after) == ("RACER는 99% 성공한다.", "")
    assert "no cited sentence" in change.why


def test_every_paper_has_the_category_under_which_it_stood(written: Report) -> None:
    before = old("written")
    before["filings"] = []
    again = version_one.report(json.dumps(before).encode())
    for report in (written, again):
        assert {paper.id: report.category(paper.id) for paper in report.papers} == {
            **{paper.id: "cv" for paper in report.papers},
            FED: "rl",
            RACER: "rl",
            QUANTUM: "quantum",
            SPEECH: "audio",
        }


def test_a_quoted_day_is_an_index_with_labels_that_are_true_of_quotations(quoted: Report, taxonomy: Taxonomy) -> None:
    assert quoted.quoted and len(quoted.items) == 3
    assert all(item.quoted for item in quoted.items)
    assert {claim.role for item in quoted.items for claim in item.claims} == {"abstract", "method", "result"}
    text = render(quoted, taxonomy)
    assert "## 한눈에" in text
    assert block(text, "RACER").count("- **결과** ") == 1


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("name", ["written", "quoted"])
def test_an_old_report_can_be_printed_in_every_shape(name: str, shape: str, taxonomy: Taxonomy) -> None:
    report = read_report(HERE / f"{name}.report.json")
    text = render(report, taxonomy, shape)
    for item in report.items:
        assert report.paper(item.paper_id).title in text


def test_a_day_that_was_published_whole_is_still_whole(tmp_path: Path) -> None:
    place = tmp_path / "2024-10-06"
    place.mkdir()
    for name in ("report.json", "receipt.json"):
        shutil.copy(HERE / f"quoted.{name}", place / name)
    (place / "report.md").write_text("# Daily Artificial Intelligence Insights : Papers\n")
    (place / "paper_2024-10-06.png").write_bytes(PNG)
    day = read_report(place / "report.json").day
    assert is_whole(tmp_path, day, "ko")
    (place / "receipt.json").write_text("{}")
    assert not is_whole(tmp_path, day, "ko")


def test_an_old_receipt_opens_with_its_repeats_and_gaps() -> None:
    receipt: Receipt = version_one.receipt((HERE / "written.receipt.json").read_bytes())
    assert receipt.schema_version == 2
    assert receipt.notes == ("category quantum could not be written: the model did not answer",)
    before = json.loads((HERE / "written.receipt.json").read_text(encoding="utf-8"))
    before["repeats"] = [{"paper_id": WAVELETS, "first_day": "2026-09-30", "days": ["2026-09-30"]}]
    assert version_one.receipt(json.dumps(before).encode()).returning[0].paper_id == WAVELETS


def test_an_old_file_that_is_damaged_gives_a_sentence(tmp_path: Path) -> None:
    before = old("written")
    del before["language"]
    (tmp_path / "report.json").write_text(json.dumps(before))
    with pytest.raises(PublishError, match=r"is not a report that this version understands: language: "):
        read_report(tmp_path / "report.json")
