"""What a reader is told of one paper in the shape ``papers``."""

import re
from collections.abc import Callable

import pytest
from markdown_it import MarkdownIt

from domain.claims import Claim
from domain.items import Change, Item
from domain.reports import Report
from domain.sentences import Sentence
from domain.taxonomy import Taxonomy
from publishing.escape import escape
from publishing.links import anchor
from publishing.shapes import SHAPES, render
from tests.publishing.day import FED, PARTS, QUANTUM, RACER, SCALE
from tests.publishing.pages import change_item, change_paper, links, parse, running, section, told

Say = Callable[..., Claim]


def test_an_item_is_headed_by_its_finding_and_tells_what_came_out_and_then_where_it_is(
    report: Report, taxonomy: Taxonomy
) -> None:
    assert told(render(report, taxonomy), RACER) == (
        '### <a id="p-2611.00002"></a>RACER: 말로 짚어 주자 로봇이 실패에서 회복했다\n\n'
        "모방 학습에는 실패에서 회복하는 정책이 드뭅니다. 시각 언어 모델이 무엇이 틀렸는지 로봇에게 말해 줍니다.\n\n"
        "- RLBench에서 성공률이 **18.5%** 올랐습니다.\n"
        "- 실제 로봇 팔은 열 번 미끄러지면 일곱 번 회복했습니다.\n\n"
        "**알아 둘 점** *RLBench로 바로 견줘 볼 수 있습니다.*\n\n"
        "*[RACER: Rich Language-Guided Failure Recovery](https://arxiv.org/abs/2611.00002)* · "
        "[코드](https://github.com/example/racer) · [가중치](https://huggingface.co/example/racer) · "
        "[프로젝트](https://racer.example/) · 🤗 추천 41 · [근거](#e-2611.00002)"
    )
    english = render(report.model_copy(update={"language": "en"}), taxonomy)
    assert re.findall(r"^\*\*(.+?)\*\*", told(english, RACER), re.MULTILINE) == ["Keep in mind"]


def paragraphs(text: str, paper_id: str) -> list[str]:
    """What is told of a paper: the blocks between its heading and the line with its title and links."""
    return told(text, paper_id).split("\n\n")[1:-1]


def test_the_result_is_a_paragraph_of_its_own_without_a_label(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    assert paragraphs(render(report, taxonomy), FED) == [
        "적대자가 소수라면 견디는 정책 기울기 방법입니다.",
        "혼자 배울 때 가장 좋다고 알려진 속도로 전역 수렴합니다.",
    ]
    results = [say("result", text, (RACER, n)) for text, n in (("18.5% 올랐습니다.", 3), ("7번 회복했습니다.", 4))]
    headed = change_item(report, RACER, say("hook", "로봇이 회복했다", (RACER, 2)), *results)
    for day in (headed, change_item(report, RACER, *results)):
        assert paragraphs(render(day, taxonomy), RACER) == ["**18.5%** 올랐습니다. 7번 회복했습니다."]
    sentences = [say("result", None, (QUANTUM, n)) for n in (2, 3)]
    assert paragraphs(render(change_item(report, QUANTUM, *sentences), taxonomy), QUANTUM) == [
        " ".join(claim.text for claim in sentences)
    ]


def test_where_no_finding_held_the_title_is_the_heading_and_nothing_is_said_twice(
    report: Report, taxonomy: Taxonomy, say: Say
) -> None:
    racer = told(render(change_item(report, RACER, say("result", "올랐습니다.", (RACER, 3))), taxonomy), RACER)
    assert racer.splitlines()[0] == '### <a id="p-2611.00002"></a>RACER: Rich Language-Guided Failure Recovery'
    assert racer.splitlines()[-1].startswith("[arXiv](") and racer.count("RACER") == 1
    fed = told(render(change_item(report, FED, say("result", "수렴합니다.", (FED, 3))), taxonomy), FED)
    assert fed.splitlines()[0] == '### <a id="p-2611.00001"></a>Federated Policy Gradient under Adversaries'
    assert fed.splitlines()[-1].startswith("[arXiv](")
    assert fed.count("Federated Policy") == 1


def test_below_a_finding_stands_the_title_as_the_way_to_the_paper(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    day = change_item(report, QUANTUM, say("hook", "손실 지형은 위샤트 과정을 따른다", (QUANTUM, 3)))
    lines = told(render(day, taxonomy), QUANTUM).splitlines()
    assert lines[0].endswith("손실 지형은 위샤트 과정을 따른다")
    assert lines[2].startswith("*[Quantum Loss Landscapes](https://arxiv.org/abs/2611.00007)*")


def test_a_paper_without_name_place_and_evidence_has_no_empty_line_below_its_heading(
    report: Report, taxonomy: Taxonomy
) -> None:
    nowhere = change_paper(report, PARTS, links=(), sentences=())
    bare = nowhere.model_copy(update={"items": (*report.items, Item(paper_id=PARTS, name="", claims=()))})
    text = render(bare, taxonomy)
    assert told(text, PARTS) == f'### <a id="{anchor(PARTS)}"></a>A Workshop Paper without an arXiv Id'
    assert "\n\n\n" not in text


def test_figures_of_results_stand_out_whatever_particle_follows(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    result = "12.5%에서 40%로 올랐고, 10~20% 싸며 1.9배나 빠릅니다. GPT-4보다 3.3%p 낫습니다."
    day = change_item(report, FED, say("method", "90%를 버립니다.", (FED, 2)), say("result", result, (FED, 3)))
    shown = MarkdownIt().render("\n\n".join(paragraphs(render(day, taxonomy), FED)))
    assert re.findall(r"<strong>(.+?)</strong>", shown) == [
        "12.5%에서",
        "40%로",
        "10~20%",
        "1.9배",
        "3.3%p",
    ]
    assert "*" not in shown


def test_a_note_stands_behind_a_label_of_its_own(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    text = render(report, taxonomy)
    assert running(text).count("**알아 둘 점** *") == 1
    # Its own paragraph: a bullet would be one of the results.
    assert [t.type for t in parse(told(text, RACER))].count("list_item_open") == 2
    bare = change_item(report, RACER, say("hook", "말로 짚어 주자 로봇이 실패에서 회복했다", (RACER, 2)))
    assert "알아 둘 점" not in running(render(bare, taxonomy))


def test_a_paper_told_without_a_result_says_why_there_is_none(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    def named(day: Report) -> list[str]:
        words = ("초록에 결과 없음", "결과는 확인하지 못해 뺌")
        return [word for word in words if f" · {word} · [근거]" in told(render(day, taxonomy), FED)]

    assert named(report) == []
    day = change_item(report, FED, say("method", "정책 기울기 방법입니다.", (FED, 2)))
    shown = Sentence(text="We show that our method outperforms the baseline by 12% on three benchmarks.")
    assert named(change_paper(day, FED, sentences=(shown,))) == [], "the abstract has a result, which nobody told"
    plan = (
        Sentence(text="Federated learning meets adversaries."),
        Sentence(text="We present a policy gradient method."),
    )
    assert named(change_paper(day, FED, sentences=plan)) == ["초록에 결과 없음"]
    lost = Change(paper_id=FED, role="result", before="수렴합니다.", after="", why="it does not")
    assert named(day.model_copy(update={"changes": (lost,)})) == ["결과는 확인하지 못해 뺌"]
    mended = lost.model_copy(update={"after": "전역 수렴합니다."})
    assert named(change_paper(day.model_copy(update={"changes": (mended,)}), FED, sentences=plan)) == [
        "초록에 결과 없음"
    ]


def test_an_abstract_that_breaks_off_is_told_plainly(report: Report, taxonomy: Taxonomy) -> None:
    word = "초록이 도중에 끊김"
    assert word not in running(render(report, taxonomy))
    whole, cut_off = Sentence(text="It converges globally."), Sentence(text="We match 40% of", use="fragment")
    text = told(render(change_paper(report, FED, sentences=(whole, cut_off)), taxonomy), FED)
    assert f" · {word} · [근거]" in text


def test_a_single_quoted_paper_is_marked_on_a_written_page(report: Report, taxonomy: Taxonomy) -> None:
    text = render(report, taxonomy)
    assert told(text, QUANTUM).split("\n\n") == [
        '### <a id="p-2611.00007"></a>Quantum Loss Landscapes',
        "No theory tells how quantum networks train. We propose a unified theory of their loss landscapes.",
        "We show that they follow Wishart processes.",
        "[arXiv](https://arxiv.org/abs/2611.00007) · *초록의 영어 문장을 그대로 옮겼습니다.*",
    ]
    assert running(text).count("그대로 옮겼습니다") == 1
    # It is its own evidence.
    assert "e-2611.00007" not in text


@pytest.mark.parametrize("shape", SHAPES)
@pytest.mark.parametrize("kind", ["report", "trending", "quoted"])
def test_every_link_within_the_page_leads_somewhere(
    request: pytest.FixtureRequest, taxonomy: Taxonomy, kind: str, shape: str
) -> None:
    text = render(request.getfixturevalue(kind), taxonomy, shape)
    inner = [address.removeprefix("#") for _, address in links(text) if address.startswith("#")]
    assert inner or shape == "five-part"
    assert all(text.count(f'<a id="{name}"></a>') == 1 for name in inner)


def test_a_story_that_goes_on_leads_to_the_earlier_day_and_paper(report: Report, taxonomy: Taxonomy) -> None:
    assert told(render(report, taxonomy), SCALE).split("\n\n")[-2] == (
        "↩ [11월 12일](../2026-11-12/report.md#p-2610.09999)에 소개한 "
        "[Diffusion Depth](https://arxiv.org/abs/2610.09999)에 이어지는 연구입니다. (같은 저자 3명)"
    )
    older = report.facts[0].model_copy(update={"titles": (), "numbers": (0.83, 11.0, 0.2, 0)})
    text = told(render(report.model_copy(update={"facts": (older,)}), taxonomy), SCALE)
    assert "[arXiv:2610.09999](https://arxiv.org/abs/2610.09999)에 이어지는 연구입니다." in text


def test_a_story_that_the_trends_tell_is_not_told_again_at_its_paper(report: Report, taxonomy: Taxonomy) -> None:
    fact = report.facts[0]
    flow = (Claim(kind="trend", role="flow", text=fact.text("ko"), facts=(fact.id,)),)
    text = render(report.model_copy(update={"flow": flow}), taxonomy)
    assert escape(fact.text("ko")) in section(text, "흐름")
    assert "↩" not in text


@pytest.mark.parametrize("shape", SHAPES)
def test_an_address_that_is_no_web_address_is_not_linked(report: Report, taxonomy: Taxonomy, shape: str) -> None:
    day = change_paper(report, PARTS, links=("javascript:alert(1)",))
    racer = report.paper(RACER).resources
    day = change_paper(day, RACER, resources=(racer[0].model_copy(update={"url": "javascript:alert(2)"}), *racer[1:]))
    text = render(day, taxonomy, shape)
    assert "javascript" not in text
    assert "- A Workshop Paper without an arXiv Id\n" in text


def _said(say: Say, role: str, text: str, form: str = "sentence", emphasis: tuple[str, ...] = ()) -> Claim:
    return say(role, text, (FED, 3)).model_copy(update={"form": form, "emphasis": emphasis})


def test_a_table_is_printed_where_all_its_rows_have_kept_their_columns(
    report: Report, taxonomy: Taxonomy, say: Say
) -> None:
    rows = [_said(say, "result", f"{who} · A|B: {n}% · C: 1", "row") for who, n in (("Ours", 40), ("Base", 30))]
    page = told(render(change_item(report, FED, *rows), taxonomy), FED)
    shown = MarkdownIt("commonmark").enable("table").render(page)
    assert re.findall(r"<t[hd]>(.*?)</t[hd]>", shown) == ["", "A|B", "C", "Ours", "40%", "1", "Base", "30%", "1"]
    mended = rows[1].model_copy(update={"text": "Base reached 30%."})
    page = told(render(change_item(report, FED, rows[0], mended), taxonomy), FED)
    assert [line for line in page.splitlines() if line.startswith("- ")] == [
        r"- Ours · A\|B: **40%** · C: 1",
        "- Base reached **30%**.",
    ]


def test_what_the_writer_lets_stand_out_does_so_in_any_line_and_in_place_of_figures(
    report: Report, taxonomy: Taxonomy, say: Say
) -> None:
    told_once = "핵심은 그래프(RDG)입니다. 질문을 빼고 40%만 배웁니다."
    method = _said(say, "method", told_once, emphasis=("그래프(RDG)", "질문을 빼고", "gone"))
    result = _said(say, "result", "점수는 12.5%로 올랐고 *p*도 <b>낮다</b>.", emphasis=("12.5%", "<b>낮다"))
    shown = MarkdownIt().render(told(render(change_item(report, FED, method, result), taxonomy), FED))
    strong = re.findall(r"<strong>(.+?)</strong>", shown)
    assert strong == ["그래프", "질문을 빼고", "12.5%로", "&lt;b&gt;낮다"]
    assert "올랐고 *p*도 <strong>" in shown and "**" not in shown


def test_a_name_that_we_gave_is_no_second_heading(report: Report, taxonomy: Taxonomy) -> None:
    day = render(report, taxonomy)
    assert "적대자를 견디는 연합 강화학습" in day and "적대자를 견디는 연합 강화학습" not in told(day, FED)


def test_results_have_a_label_where_two_lists_would_run_into_one(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    method = [_said(say, "method", text, "bullet") for text in ("먼저 잽니다", "그다음 자릅니다")]
    before, result = _said(say, "result", "둘 다 줄었습니다."), _said(say, "result", "수렴합니다", "bullet")
    rows = [_said(say, "result", f"{who} · A: {n}% · C: 1", "row") for who, n in (("Ours", 40), ("Base", 30))]
    lists = render(change_item(report, FED, *method, result), taxonomy)
    assert paragraphs(lists, FED) == ["- 먼저 잽니다\n- 그다음 자릅니다", "**결과**", "- 수렴합니다"]
    assert [t.type for t in parse(told(lists, FED))].count("bullet_list_open") == 2
    headed = render(change_item(report, FED, *method, before, result), taxonomy)
    assert paragraphs(headed, FED)[1:] == ["둘 다 줄었습니다.", "- 수렴합니다"]
    told_so = render(change_item(report, FED, before.model_copy(update={"role": "method"}), result), taxonomy)
    assert paragraphs(told_so, FED) == ["둘 다 줄었습니다.", "- 수렴합니다"]
    table = "|  | A | C |\n| --- | --- | --- |\n| Ours | 40% | 1 |\n| Base | 30% | 1 |"
    tabled = render(change_item(report, FED, *method, *rows), taxonomy)
    assert paragraphs(tabled, FED)[1:] == ["**결과**", table]


def test_the_sides_of_a_size_are_no_figures_that_stand_out(report: Report, taxonomy: Taxonomy, say: Say) -> None:
    day = change_item(report, FED, _said(say, "result", "1024×1024와 512 x 512에서 2.5× 빠릅니다."))
    shown = MarkdownIt().render(told(render(day, taxonomy), FED))
    assert re.findall(r"<strong>(.+?)</strong>", shown) == ["2.5×"]


def test_a_single_thread_has_no_number(report: Report, taxonomy: Taxonomy) -> None:
    assert len(report.threads) == 1
    assert "\n1. **" not in render(report, taxonomy)
