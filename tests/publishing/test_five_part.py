"""The order of the older reports, kept for those who know it: the same lines, arranged by category."""

import re

import pytest

from domain.papers import Paper
from domain.reports import Report
from domain.sentences import Sentence
from domain.taxonomy import Taxonomy
from publishing.shapes import five_part, render
from publishing.words import words
from tests.publishing.day import RACER
from tests.publishing.pages import headings, links, parse, section

SHAPE = "five-part"


def parts(text: str) -> dict[str, list[str]]:
    """The lines under each numbered part of a section."""
    found: dict[str, list[str]] = {}
    for line in text.splitlines():
        if heading := re.fullmatch(r"\d\. \*\*(.+)\*\*", line):
            found[heading[1]] = []
        elif line.startswith("   - "):
            found[list(found)[-1]].append(line.removeprefix("   - "))
    return found


def test_the_sections_are_the_categories_in_the_taxonomys_order(report: Report, taxonomy: Taxonomy) -> None:
    assert headings(render(report, taxonomy, SHAPE))[1:] == [
        "## 오늘의 이야기",
        "## 👁️ 컴퓨터 비전 (Computer Vision)",
        "## 🎮 강화학습 (Reinforcement Learning)",
        "## 🔊 오디오·음성 (Audio & Speech)",
        "## ⚛️ 양자 컴퓨팅 (Quantum Computing)",
        "## 철회된 논문",
    ]
    english = render(report.model_copy(update={"language": "en"}), taxonomy, SHAPE)
    assert "## 👁️ Computer Vision" in headings(english)


def test_each_line_stands_under_the_part_that_it_is_true_of(trending: Report, taxonomy: Taxonomy) -> None:
    text = section(render(trending, taxonomy, SHAPE), "강화학습")
    assert "**요약:**" in text
    told = parts(text)
    assert list(told) == list(words("ko").parts)
    fed, racer = "**적대자를 견디는 연합 강화학습:**", "**RACER:**"
    assert sorted(told["핵심 주제"]) == sorted(
        [
            f"{fed} 속이는 동료가 있어도 연합 학습은 수렴했다.",
            f"{racer} 말로 짚어 주자 로봇이 실패에서 회복했다. 모방 학습에는 실패에서 회복하는 정책이 드뭅니다.",
        ]
    )
    (main,) = (line for line in told["주요 내용"] if line.startswith(racer))
    assert main == (
        f"{racer} 시각 언어 모델이 무엇이 틀렸는지 로봇에게 말해 줍니다. RLBench에서 성공률이 18.5% 올랐습니다. "
        "실제 로봇 팔은 열 번 미끄러지면 일곱 번 회복했습니다. [근거](#e-2611.00002)"
    )
    thread = "[RACER](#p-2611.00002)에는 틀린 것을 말해 주는 모델이, 연합 학습에는 정직한 다수가 있어야 합니다."
    assert told["키워드와 흐름"] == ["키워드: RLBench"]
    assert told["영향 분석"] == [f"**버티려면 곁에서 도와주는 쪽이 있어야 한다.** {thread} (편집자의 생각)"]
    assert told["결론과 전망"] == [f"💡 {racer} RLBench로 바로 견줘 볼 수 있습니다."]


def test_the_course_of_a_category_stands_in_its_section_and_the_rest_above(
    trending: Report, taxonomy: Taxonomy
) -> None:
    text = render(trending, taxonomy, SHAPE)
    vision = parts(section(text, "컴퓨터 비전"))["키워드와 흐름"]
    assert trending.flow[0].text in vision
    assert any(line.startswith("**인식용 확산 모델:** [11월 12일]") for line in vision)
    above = section(text, "## 흐름"[3:])
    assert trending.flow[1].text in above and trending.flow[0].text not in above
    assert "](trend_2026-11-17.png)" in above


def test_keywords_are_names_and_no_figures(report: Report, taxonomy: Taxonomy, monkeypatch: pytest.MonkeyPatch) -> None:
    def tags(paper: Paper) -> tuple[str, ...]:
        return ("12 tasks", "RLBench") if paper.id == RACER else ()

    monkeypatch.setattr(five_part, "tags", tags)
    told = parts(section(render(report, taxonomy, SHAPE), "강화학습"))["키워드와 흐름"]
    assert told == ["키워드: RLBench"]


def test_the_parts_are_numbered_without_a_gap_and_an_empty_one_is_left_out(report: Report, taxonomy: Taxonomy) -> None:
    for name in ("컴퓨터 비전", "강화학습", "양자 컴퓨팅"):
        text = section(render(report, taxonomy, SHAPE), name)
        numbers = [int(number) for number in re.findall(r"^(\d)\. \*\*", text, re.MULTILINE)]
        assert numbers == list(range(1, len(numbers) + 1))
        assert len(numbers) == (5 if name == "강화학습" else {"컴퓨터 비전": 3, "양자 컴퓨팅": 2}[name])
        assert [t.type for t in parse(text)].count("ordered_list_open") == 1
        assert all(parts(text).values())
    returned = section(render(report, taxonomy, SHAPE), "오디오·음성")
    assert "요약" not in returned and "**다시 온 논문:**" in returned


def test_the_sources_stand_as_they_always_did(report: Report, taxonomy: Taxonomy) -> None:
    text = section(render(report, taxonomy, SHAPE), "컴퓨터 비전")
    order = [text.index(mark) for mark in ("**요약:**", "**출처:**", "**함께 나온 논문:**", "**다시 온 논문:**")]
    assert order == sorted(order)
    assert "**출처:**\n\n - Scaling Diffusion Models for Perception (https://arxiv.org/abs/2611.00003)\n" in text


def test_a_link_to_a_paper_leads_somewhere(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy, SHAPE)
    inner = [address.removeprefix("#") for _, address in links(text) if address.startswith("#")]
    assert "p-2611.00002" in inner
    assert all(text.count(f'<a id="{name}"></a>') == 1 for name in inner)


def test_what_is_quoted_or_breaks_off_is_told_where_the_paper_is(
    report: Report, quoted: Report, taxonomy: Taxonomy
) -> None:
    (line,) = parts(section(render(report, taxonomy, SHAPE), "양자 컴퓨팅"))["주요 내용"]
    assert line.endswith("they follow Wishart processes. *초록의 영어 문장을 그대로 옮겼습니다.*")
    assert "그대로 옮겼습니다" not in section(render(quoted, taxonomy, SHAPE), "양자 컴퓨팅")
    cut = Sentence(text="It scales to", use="fragment")
    papers = tuple(p.model_copy(update={"sentences": (cut,)}) if p.id == RACER else p for p in report.papers)
    told = parts(section(render(report.model_copy(update={"papers": papers}), taxonomy, SHAPE), "강화학습"))[
        "주요 내용"
    ]
    assert [line for line in told if "*초록이 도중에 끊김*" in line] == [line for line in told if "**RACER:**" in line]


def test_a_day_without_a_model_has_the_parts_that_its_sentences_are(quoted: Report, taxonomy: Taxonomy) -> None:
    told = parts(section(render(quoted, taxonomy, SHAPE), "강화학습"))
    assert {"핵심 주제", "주요 내용"} <= set(told) <= {"핵심 주제", "키워드와 흐름", "주요 내용"}
    title = quoted.paper(RACER).title
    assert f"**{title}:** Failure recovery policies are rare in imitation learning." in told["핵심 주제"]
