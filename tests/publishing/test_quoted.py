"""The page of a day without a model: its titles at a glance, and the papers in their own sentences."""

import re

from domain.papers import Paper
from domain.quoting import clause
from domain.reports import Cause, Report
from domain.taxonomy import Taxonomy
from publishing.escape import escape
from publishing.shapes import render
from tests.publishing.day import FED, PARTS, RACER, SCALE
from tests.publishing.pages import block, headings, running, section


def test_a_page_without_a_model_says_so_and_what_a_model_would_add(quoted: Report, taxonomy: Taxonomy) -> None:
    for language, said, more in (
        ("ko", "모델 없이 초록의 영어 문장을 골라 실었습니다", "*모델을 연결하면 우리말로 쓴 논문 소개"),
        ("en", "made without a model", "*A model would add"),
    ):
        lines = render(quoted.model_copy(update={"language": language}), taxonomy).splitlines()
        assert said in lines[2] and lines[4].startswith(more)
        assert "확인했습니다" not in lines[2] and "checked" not in lines[2]


def test_a_page_whose_model_failed_does_not_advertise_one(quoted: Report, taxonomy: Taxonomy) -> None:
    causes = (Cause(kind="quoted", about=(("A", "why"), ("B", "why"))),)
    text = render(quoted.model_copy(update={"causes": causes, "status": "partial"}), taxonomy)
    assert "오늘은 모델의 글을 확인하지 못해 초록의 문장으로 대신합니다." in text
    assert "모델을 연결하면" not in text and "글 대신" not in text


def test_all_titles_come_first_each_leading_to_its_block(quoted: Report, taxonomy: Taxonomy) -> None:
    text = render(quoted, taxonomy)
    glance = section(text, "한눈에").split("\n![")[0]
    lines = re.findall(r"^(\d+)\. \[(.+?)\]\(#(\S+?)\)(.*)<br>$", glance, re.MULTILINE)
    assert [title for _, title, _, _ in lines] == [
        "RACER: Rich Language-Guided Failure Recovery",
        "Scaling Diffusion Models for Perception",
        "A Workshop Paper without an arXiv Id",
        "Federated Policy Gradient under Adversaries",
        "Quantum Loss Landscapes",
    ]
    assert [int(number) for number, *_ in lines] == [1, 2, 3, 4, 5]
    assert all(f'<a id="{anchor}"></a>{number}. {title}' in text for number, title, anchor, _ in lines)
    assert [heading for heading in headings(text) if heading.startswith("###")] == [
        f"### {number}. {title}" for number, title, _, _ in lines
    ]
    for line, item_id in zip(lines, (RACER, SCALE, PARTS, FED), strict=False):
        item = quoted.item(item_id)
        assert item
        told = clause(item, quoted.paper(item_id))
        assert line[3].replace("**", "") == (f": {escape(told)}" if told else "")
    assert "   강화학습" in glance and "   컴퓨터 비전" in glance


def test_the_picture_leaves_the_first_screen_to_the_titles(quoted: Report, taxonomy: Taxonomy) -> None:
    text = render(quoted, taxonomy)
    assert text.index("5. [Quantum") < text.index("](paper_2026-11-17.png)") < text.index("### ")


def test_the_order_is_stated_and_only_by_what_tells_papers_apart(quoted: Report, taxonomy: Taxonomy) -> None:
    def order(report: Report) -> str:
        return section(render(report, taxonomy), "한눈에").splitlines()[2]

    assert order(quoted) == "*순서: 추천 수 → 오른 곳의 수 → 분야*"
    alike = tuple(p.model_copy(update={"votes": 0}) for p in quoted.papers)
    assert order(quoted.model_copy(update={"papers": alike})) == "*순서: 오른 곳의 수 → 분야*"
    text = render(quoted.model_copy(update={"papers": alike}), taxonomy)
    numbered = [heading.removeprefix("### ") for heading in headings(text) if heading.startswith("### ")]
    assert [title[:10] for title in numbered] == ["1. Scaling", "2. RACER: ", "3. A Works", "4. Federat", "5. Quantum"]
    plain = tuple(p.model_copy(update={"votes": 0, "sources": ("arxiv",)}) for p in quoted.papers)
    assert order(quoted.model_copy(update={"papers": plain})) == "*순서: 분야*"


def test_a_block_has_the_papers_own_sentences_under_true_labels_and_its_abstract_beneath(
    quoted: Report, taxonomy: Taxonomy
) -> None:
    method = "We propose a policy gradient method that tolerates adversaries as long as they are a minority."
    assert block(render(quoted, taxonomy), "4. Federated").strip() == (
        '### <a id="p-2611.00001"></a>4. Federated Policy Gradient under Adversaries\n\n'
        "Ada One, Ben Two, Cy Three 외 2명 · [arXiv](https://arxiv.org/abs/2611.00001)\n\n"
        "- **배경** Federated reinforcement learning lets agents build a policy without sharing trajectories.\n"
        f"- **제안** {method}\n"
        "- **결과** It converges globally, at the rate that is known to be best for one agent.\n\n"
        "<details><summary>초록 전체</summary>\n\n"
        f"{quoted.paper(FED).abstract}\n\n"
        "</details>"
    )


def test_figures_of_a_result_stand_out_and_names_with_figures_do_not(quoted: Report, taxonomy: Taxonomy) -> None:
    text = render(quoted, taxonomy)
    assert "- **결과** It improves success rates by **18.5%** on RLBench." in block(text, "1. RACER")
    told = "Qwen2.5-7B on the top-5% split is 3.3% better, 17.9× faster and 2x smaller than GPT-4o, a 4-fold gain."
    (racer,) = (item for item in quoted.items if item.paper_id == RACER)
    claims = tuple(c.model_copy(update={"text": told}) if c.role == "result" else c for c in racer.claims)
    items = tuple(racer.model_copy(update={"claims": claims}) if i is racer else i for i in quoted.items)
    shown = block(render(quoted.model_copy(update={"items": items}), taxonomy), "1. RACER")
    assert re.findall(r"\*\*([^*]+)\*\*", shown.split("**결과**")[1]) == ["3.3%", "17.9×", "2x", "4-fold"]


def test_what_the_abstract_lacks_is_told(quoted: Report, taxonomy: Taxonomy) -> None:
    told = block(render(quoted, taxonomy), "3. A Workshop Paper")
    assert "- **초록에서** We study parts of 3D objects." in told
    assert "초록에서 결과로 고를 만한 문장을 찾지 못했습니다." in told
    assert "- *초록이 도중에 끊김*" in told


def test_a_paper_that_continues_an_earlier_one_says_so(quoted: Report, taxonomy: Taxonomy) -> None:
    assert "[Diffusion Depth](https://arxiv.org/abs/2610.09999)" in block(render(quoted, taxonomy), "2. Scaling")


def test_what_came_again_and_what_is_only_listed_stands_below(quoted: Report, taxonomy: Taxonomy) -> None:
    text = render(quoted, taxonomy)
    assert [heading for heading in headings(text) if heading.startswith("## ")] == [
        "## 한눈에",
        "## 다시 온 논문",
        "## 더 나온 논문",
        "## 철회된 논문",
    ]
    assert "SAMPart3D" in section(text, "더 나온 논문")


def test_the_abstracts_are_the_evidence_and_no_other_list_of_it_is_printed(quoted: Report, taxonomy: Taxonomy) -> None:
    text = render(quoted, taxonomy)
    assert "번째 문장" not in text and "[근거]" not in text
    assert "<summary>만든 방법</summary>" in text and "모델: offline" not in running(text)
    for paper_id in (FED, RACER, SCALE):
        assert text.count(escape(quoted.paper(paper_id).abstract)) == 1


def test_a_paper_without_a_sentence_to_quote_still_has_its_title_and_abstract(
    quoted: Report, taxonomy: Taxonomy
) -> None:
    bare = Paper(id=RACER, title="RACER", abstract="")
    items = tuple(i.model_copy(update={"claims": ()}) if i.paper_id in (RACER, FED) else i for i in quoted.items)
    papers = tuple(bare if p.id == RACER else p for p in quoted.papers)
    text = render(quoted.model_copy(update={"items": items, "papers": papers}), taxonomy)
    assert "초록 전체" in block(text, "Federated") and "초록" not in block(text, ". RACER")
