"""What can be unfolded at the end of a page."""

import re
from collections.abc import Callable

from domain.claims import Claim
from domain.reports import Report
from domain.taxonomy import Taxonomy
from publishing.escape import escape
from publishing.shapes import SHAPES, render
from tests.publishing.day import FED, QUANTUM, RACER, SCALE
from tests.publishing.pages import (
    change_item,
    running,
)

Say = Callable[..., Claim]


def test_a_line_that_is_the_papers_own_sentence_is_not_printed_again_as_evidence(
    report: Report, taxonomy: Taxonomy, say: Say
) -> None:
    text = render(change_item(report, FED, say("result", None, (FED, 3))), taxonomy)
    assert text.count("It converges globally, at the rate") == 1
    assert "- 초록 3번째 문장: 본문에 그대로 실은 문장 ← 결과" in text


def test_reasons_in_english_model_and_state_of_the_sources_are_only_for_whoever_unfolds_them(
    report: Report, taxonomy: Taxonomy
) -> None:
    for shape in SHAPES:
        text = render(report, taxonomy, shape)
        for word in ("HTTP 503", "openai", "synthesize@3f21ab90", "the judge did not answer", "응답", "확보"):
            assert word not in running(text), word
        for word in ("HTTP 503", "openai:gpt-5", "synthesize@3f21ab90", "9편 중 8편 확보"):
            assert word in text


def test_the_fold_has_every_cited_sentence_once_with_its_place_and_the_lines_that_rest_on_it(
    report: Report, taxonomy: Taxonomy
) -> None:
    text = render(report, taxonomy)
    fold = text[len(text[: text.rindex("<details>")]) :]
    assert fold.startswith("<details><summary>근거 9문장, 걸러내거나 고친 문장 2개, 만든 방법</summary>\n\n")
    assert fold.rstrip().endswith("</details>")
    cited = {e.quote for c in report.claims() for e in c.evidence if e.paper_id != QUANTUM}
    assert len(cited) == 9
    assert all(text.count(escape(quote)) == 1 for quote in cited)
    assert (
        '<a id="e-2611.00002"></a>**RACER** · 강화학습\n\n'
        "- 초록 1번째 문장: “Failure recovery policies are rare in imitation learning.” ← 배경\n"
        "- 초록 2번째 문장: “RACER lets a vision-language model tell a robot in words what went wrong.” ← 한 줄 요약, "
        "방법, 오늘의 이야기 1, 함께 읽으면 1, 권하는 독자\n"
        "- 초록 3번째 문장: “It improves success rates by 18.5% on RLBench.” ← 한 줄 요약, 결과 1, 💡, "
        "오늘의 이야기 3\n"
    ) in fold
    for paper_id in (RACER, FED, SCALE):
        assert f"](#e-{paper_id.removeprefix('arxiv:')})" in text and f'"e-{paper_id.removeprefix("arxiv:")}"' in fold


def test_the_fold_tells_what_was_mended_and_left_out_and_why(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy)
    assert "- 고침 · RACER · 결과 · “RLBench를 완전히 풀었습니다.” — 초록은 성공률이 올랐다고만 한다" in text
    assert "- 뺌 · 함께 읽으면 · “모든 산업에서 쓰일 것이다.” — 근거가 없다 (규칙 no-evidence)" in text
    assert "완전히 풀었습니다" not in running(text)


def test_records_that_could_not_be_read_are_named_with_their_source(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy)
    assert (
        "- 논문을 받은 곳: arxiv (응답, 9편 중 8편 확보, 2026-11-17자 목록)\n"
        "  - 읽지 못한 기록: 2611.00100 — it has no title\n"
    ) in text
    assert "2611.00100" not in running(text)


def test_a_cited_title_is_named_and_not_repeated(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    day = change_item(report, FED, say("hook", "속여도 배운다", (FED, 0)))
    text = render(day, taxonomy)
    assert "- 제목: Federated Policy Gradient under Adversaries ← 한 줄 요약" in text


def test_a_fact_of_many_days_and_papers_leads_to_three_of_each(trending: Report, taxonomy: Taxonomy) -> None:
    papers = tuple(f"arxiv:2611.{n:05d}" for n in (3, 5, 1, 2, 7))
    facts = (f.model_copy(update={"papers": papers}) if f.kind == "volume" else f for f in trending.facts)
    trending = trending.model_copy(update={"facts": tuple(facts)})
    text = render(trending, taxonomy)
    (entry,) = re.findall(r"^- 흐름: 본문에 그대로 실은 문장 — (.*외 4일.*)$", text, re.MULTILINE)
    assert re.findall(r"\.\./(\S+)/report\.md", entry) == ["2026-11-05", "2026-11-12", "2026-11-13"]
    assert re.findall(r"\[arXiv:(\S+)\]", entry) == ["2611.00003", "2611.00005", "2611.00001"]
    assert entry.endswith("· 외 2편")
    english = render(trending.model_copy(update={"language": "en"}), taxonomy)
    # In another language than the line's, the fact stands in its own words.
    assert escape(trending.facts[1].text("en")) in english
    assert "· and 4 more days ·" in english and "· and 2 more papers\n" in english


def test_what_papers_say_stands_in_the_marks_of_the_language(report: Report, taxonomy: Taxonomy) -> None:
    korean = render(report, taxonomy)
    japanese = render(report.model_copy(update={"language": "ja"}), taxonomy)
    assert "“" in korean and "「" not in korean
    assert "「" in japanese and "“" not in japanese
