"""The papers that a line may be about are found by what it names, by where it stands, by nearness; or not at all."""

from collections.abc import Sequence

import numpy as np
import pytest
from numpy.typing import NDArray

from agents.counts import without_counts
from agents.placing import PaperLinker, Placed, place
from agents.report_reader import parse_report
from domain.papers import Paper
from tests.agents.report import LANTERN, MOSAIC, PAPERS, TIDES, digest, old, ours


def placed(text: str, papers: Sequence[Paper] = PAPERS) -> dict[str, Placed]:
    outline = parse_report(text)
    return dict(zip((line.text for line in outline.lines), place(outline, PaperLinker(papers)), strict=True))


def of(text: str, line: str, papers: Sequence[Paper] = PAPERS) -> tuple[str, ...]:
    return next(where.papers for said, where in placed(text, papers).items() if line in said)


def test_a_line_under_a_heading_that_links_a_paper_is_about_it() -> None:
    assert of(digest(), "12% 낮춥니다") == (LANTERN.id,)
    assert of(digest(), "밤에도 보는 눈") == (LANTERN.id,)


def test_a_bare_arxiv_id_a_name_a_title_and_a_link_are_mentions() -> None:
    assert of(digest(), "겹치지 않게") == (MOSAIC.id,)
    assert of(digest(), "항구의 계기로") == (TIDES.id,)
    assert of("Zu Mosaic: schnell.", "schnell") == (MOSAIC.id,)
    assert of("Seen in [this one](https://arxiv.org/pdf/2611.00103v2).", "Seen") == (TIDES.id,)
    assert of("The paper Learning the Tides predicts.", "predicts") == (TIDES.id,)


def test_the_row_of_a_table_says_whom_its_cells_are_about() -> None:
    assert of(digest(), "어두운 곳의") == (LANTERN.id,)
    assert of(digest(), "겹치지 않는 타일") == (MOSAIC.id,)


def test_a_line_that_names_several_is_about_each() -> None:
    assert of(digest(), "빠릅니다.") == (LANTERN.id, MOSAIC.id)


def test_a_line_of_an_opening_that_goes_from_paper_to_paper_may_be_about_any() -> None:
    assert set(of(digest(), "조석 연구도")) == {paper.id for paper in PAPERS}
    assert set(of(digest(), "논문 세 편")) == {paper.id for paper in PAPERS}


def test_a_paper_that_another_is_compared_with_does_not_take_its_line() -> None:
    text = digest(sentence="Mosaic보다 정확합니다. 오차를 12% 낮춥니다.")
    assert of(text, "Mosaic보다") == (LANTERN.id, MOSAIC.id)
    assert of(text, "12%") == (LANTERN.id,)
    labelled = digest(sentence="다음과 같습니다.\n\n**Mosaic과 견주면:**\n\n- 오차를 12% 낮춥니다.")
    assert of(labelled, "12%") == (LANTERN.id,)


@pytest.mark.parametrize(
    ("bullet", "papers"),
    [
        ("두 번째 논문은 3배 빠르다.", (MOSAIC.id,)),
        ("The first paper is a detector.", (LANTERN.id,)),
        ("두 논문 모두 빠르다.", (LANTERN.id, MOSAIC.id)),
        ("LanternNet은 검출기이다.", (LANTERN.id,)),
        ("NightDrive에서 시험했다.", (LANTERN.id,)),
        ("그래서 빠르다.", (LANTERN.id, MOSAIC.id)),
        ("Mosaic은 타일을 만든다. 두 논문 모두 빠르다.", (LANTERN.id, MOSAIC.id)),
        ("두 번째 논문:\n     - 오차를 12% 낮춘다.", (MOSAIC.id,)),
        ("Mosaic은 타일을 만든다. 오차를 12% 낮춘다.", (MOSAIC.id,)),
    ],
)
def test_of_a_section_with_a_list_of_papers_the_line_tells_first_then_what_stands_before_it_then_the_list(
    bullet: str, papers: tuple[str, ...]
) -> None:
    last = bullet.replace("\n     - ", ". ").split(". ")[-1]
    assert of(old(bullet), last) == papers


def test_a_line_of_our_own_page_is_about_the_paper_of_its_block() -> None:
    assert of(ours(), "12%") == (LANTERN.id,)
    assert of(ours(), "어두워도") == (LANTERN.id,)
    assert of(ours(), "이전 방법보다") == (MOSAIC.id,)


def test_a_mark_of_evidence_leads_to_the_paper_of_its_entry() -> None:
    text = (
        "## 다른 분야\n\n- 예측이 정확해졌다. [[1]](#e1)\n- 빨라졌다. [[2]](#e2)\n\n## 근거\n\n"
        '- <a id="e1"></a>**[1]** [Learning the Tides](https://arxiv.org/abs/2611.00103), 초록 문장 2\n'
        '- <a id="e2"></a>**[2]** [Mosaic](https://arxiv.org/abs/2611.00102), 초록 문장 2\n'
    )
    assert (of(text, "정확해졌다"), of(text, "빨라졌다")) == ((TIDES.id,), (MOSAIC.id,))


def test_where_a_paper_of_the_section_was_not_given_what_names_nobody_may_be_about_it() -> None:
    where = placed(old("그래서 빠르다."), (LANTERN, TIDES))["그래서 빠르다."]
    assert where.papers == (LANTERN.id,) and where.strange == (MOSAIC.title,)
    headed = placed(digest(), (MOSAIC, TIDES))["NightDrive에서 오차를 12% 낮춥니다."]
    assert headed == Placed(strange=(LANTERN.title,))


MANY = (
    *PAPERS,
    *(
        Paper(id=f"arxiv:2611.0020{n}", title=f"Robots and {thing}", abstract=f"A robot handles {thing} in kitchens.")
        for n, thing in enumerate(("kettles", "spoons", "ladles", "forks", "plates"))
    ),
)


def test_a_line_without_name_or_place_is_about_the_paper_whose_words_it_shares() -> None:
    text = "Harbour gauges help to predict tides."
    assert placed(text, MANY)[text] == Placed((TIDES.id,), "nearness")


def test_a_paragraph_that_goes_from_paper_to_paper_may_speak_of_any_of_many() -> None:
    names = "".join(f"\n## [{paper.title}]({paper.url})\n" for paper in MANY)
    text = f"# News\n\nLanternNet sees and Mosaic tiles. Elsewhere things are quiet.\n{names}"
    assert len(of(text, "Elsewhere", MANY)) == len(MANY)


def test_else_about_the_one_that_is_near_in_meaning_and_else_about_none() -> None:
    near, far = "How kitchens handle robots.", "Wholly unrelated gardening advice stands here."
    outline = parse_report(f"{near}\n\n{far}")

    def embed(texts: Sequence[str]) -> NDArray[np.float32]:
        """Whether a text is about kitchens, and whether about anything else."""
        return np.array([[1.0, 0.0] if "itchen" in text else [0.0, "garden" not in text] for text in texts], np.float32)

    found = place(outline, PaperLinker(MANY, embed))
    assert found[0].how == "nearness" and found[0].papers[0] in {paper.id for paper in MANY[3:]}
    assert found[1] == Placed()


def test_what_counts_the_papers_of_a_report_is_no_figure_of_a_paper() -> None:
    assert without_counts("두 번째 논문은 3배 빠르다.", "ko") == "이 논문은 3배 빠르다."
    assert without_counts("오늘의 12편 가운데 5편이 빠르다.", "ko") == "오늘의 논문 가운데 논문이 빠르다."
    assert without_counts("논문 10편을 다섯 분야로 묶었다.", "ko") == "논문 논문을 분야로 묶었다."
    assert without_counts("It wins in five areas.", "en") == "It wins in five areas."
    assert without_counts("* All 12 papers report 3 gains (https://x.org/a).", "en") == "All papers report 3 gains ."
