"""The line under the title says in plain words which day it is and what is missing."""

import re
from typing import get_args

import pytest

from domain.kinds import CauseKind
from domain.reports import Cause, Report
from domain.taxonomy import Taxonomy
from publishing.shapes import render
from publishing.status import minutes
from tests.publishing.pages import headings, running


def status(report: Report, taxonomy: Taxonomy, language: str = "ko") -> str:
    return render(report.model_copy(update={"language": language}), taxonomy).splitlines()[2]


@pytest.mark.parametrize(
    ("causes", "korean", "english"),
    [
        (
            [Cause(kind="silent", about=(("arxiv", "HTTP 503"), ("hub_1", "")))],
            "목록을 다 받지 못한 곳이 있습니다: arXiv, hub\\_1 ·".replace("\\_", "_"),
            "not all that was listed could be had: arXiv, hub_1 ·",
        ),
        (
            [Cause(kind="missing", about=(("rl", "no"),)), Cause(kind="missing", about=(("cv", "no"),))],
            "쓰지 못한 분야가 있습니다: 강화학습, 컴퓨터 비전 ·",
            "some categories could not be written: Reinforcement Learning, Computer Vision ·",
        ),
        (
            [Cause(kind="bare")],
            "오늘의 이야기는 쓰지 못했습니다 ·",
            "the stories of the day could not be written ·",
        ),
        (
            [Cause(kind="quoted", about=tuple((f"Paper {n}", "no") for n in range(8)))],
            "글 대신 초록의 문장을 실은 논문이 있습니다: Paper 0, Paper 1, Paper 2, 외 5편 ·",
            "some papers are told in sentences of their abstracts: Paper 0, Paper 1, Paper 2, and 5 more papers ·",
        ),
        (
            [Cause(kind="lost", about=(("files: line 3", "no title"),))],
            "읽지 못한 기록이 있습니다: files: line 3 ·",
            "some records could not be read: files: line 3 ·",
        ),
    ],
)
def test_what_is_missing_is_named_in_the_language_of_the_page(
    report: Report, taxonomy: Taxonomy, causes: list[Cause], korean: str, english: str
) -> None:
    day = report.model_copy(update={"causes": tuple(causes), "reason": "as logged"})
    for language, told in (("ko", korean), ("en", english)):
        assert f" · {told}" in status(day, taxonomy, language)
        assert "as logged" not in status(day, taxonomy, language)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_every_kind_of_cause_has_words(report: Report, taxonomy: Taxonomy, language: str) -> None:
    complete = report.model_copy(update={"status": "complete", "causes": ()})
    seen: set[str] = set()
    for kind in get_args(CauseKind):
        told = status(
            report.model_copy(update={"causes": (Cause(kind=kind, about=(("x", "y"),)),)}), taxonomy, language
        )
        assert len(told) > len(status(complete, taxonomy, language))
        seen.add(told)
    assert len(seen) == len(get_args(CauseKind))


def test_a_report_without_causes_keeps_its_english_reason_out_of_the_page(quiet: Report, taxonomy: Taxonomy) -> None:
    text = render(quiet, taxonomy)
    assert status(quiet, taxonomy) == "2026년 11월 17일 화요일 · 새로 올라온 논문이 없는 날입니다. 오류가 아닙니다"
    assert "Sundays" not in running(text) and "no listing on Sundays" in text


@pytest.mark.parametrize(
    ("status_", "cause", "said"),
    [
        ("quiet", Cause(kind="nothing listed", about=(("arxiv", "no listing on Sundays"),)), "오류가 아닙니다"),
        ("broken", Cause(kind="no papers", about=(("arxiv", "timeout"),)), "보고서를 만들지 못했습니다: arXiv"),
        ("broken", Cause(kind="unusable"), "쓸 수 있는 기록이 없어"),
    ],
)
def test_a_day_without_papers_says_which_kind_it_is_and_has_nothing_else(
    quiet: Report, taxonomy: Taxonomy, status_: str, cause: Cause, said: str
) -> None:
    day = quiet.model_copy(update={"status": status_, "causes": (cause,)})
    text = render(day, taxonomy)
    assert said in status(day, taxonomy)
    assert headings(text) == ["# Daily Artificial Intelligence Insights : Papers"]
    assert "![" not in text and not re.search(r"timeout|Sundays|읽는 데", running(text))


def test_the_time_to_read_grows_with_the_text_and_leaves_out_what_is_folded_or_an_address() -> None:
    korean, english = "가나다라 " * 225, "word " * 400
    assert minutes([korean]) == 2
    assert minutes([korean, english]) == 4
    assert minutes([korean, "<details><summary>x</summary>", english, "</details>"]) == 2
    assert minutes([korean, f"[x](https://x.example/{'word-' * 400})"]) == 2
    assert minutes([]) == 1
