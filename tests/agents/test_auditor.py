"""Old and new reports, held against their papers by the rules alone."""

from collections.abc import Sequence

import pytest

from agents.auditor import Audit, AuditError, audit
from agents.report_reader import read_report
from domain.claims import Claim, Evidence
from domain.papers import Paper
from domain.reports import Report, Section
from domain.sentences import sentences
from prompts.glossary import load_glossary
from prompts.taxonomy import load_taxonomy
from publishing.markdown import render
from tests.agents.report import LANTERN, MOSAIC, PAPERS, TIDES, old
from tests.scripted import DAY

TAXONOMY = load_taxonomy()


def audited(text: str, papers: Sequence[Paper] = PAPERS) -> Audit:
    return audit(text, papers, TAXONOMY, load_glossary("ko"), "ko")


def faults(*bullets: str, papers: Sequence[Paper] = PAPERS) -> list[tuple[str, str]]:
    return [(fault.rule, fault.span) for fault in audited(old(*bullets), papers).faults]


def test_a_report_that_its_papers_carry_has_no_fault() -> None:
    found = audited(old())
    assert found.faults == ()
    assert found.unchecked == ()
    assert found.sentences == 5


def test_headings_are_matched_to_categories_where_they_mean_one() -> None:
    sections = audited(old()).sections
    assert [(s.heading, s.category) for s in sections] == [
        ("🫧 Computer Vision", "computer-vision"),
        ("🍊 조석 예측", None),
    ]
    assert [s.papers for s in sections] == [(LANTERN.id, MOSAIC.id), (TIDES.id,)]


def test_labels_and_list_marks_are_no_sentences() -> None:
    [vision, tides] = read_report(old()).chapters
    assert [line.text for line in vision.lines] == [
        "어두운 장면: LanternNet은 이벤트 카메라를 위한 검출기이다.",
        "첫 번째 논문은 400억 개의 이벤트로 학습한다.",
        "두 논문은 서로 다른 입력을 다룬다.",
    ]
    assert [line.text for line in tides.lines] == [
        "항구의 계기로 조석을 예측한다.",
        "평균 오차는 9cm에서 6cm로 줄었다.",
    ]


def test_a_wrong_scale_is_found_with_the_words_that_offend() -> None:
    found = audited(old("LanternNet은 40억 개의 이벤트로 학습한다."))
    [fault] = found.faults
    assert (fault.section, fault.rule, fault.span) == ("🫧 Computer Vision", "figure-scale", "40억 개")
    assert fault.sentence == "LanternNet은 40억 개의 이벤트로 학습한다."
    assert fault.papers == (LANTERN.title,)
    assert found.totals == {"figure-scale": 1}


def test_a_wrong_term_is_found() -> None:
    assert faults("LanternNet의 대화 요원이 검출을 설명한다.") == [("term", "대화 요원")]


def test_a_figure_of_another_paper_is_wrong_where_the_sentence_names_its_own() -> None:
    assert faults("Mosaic은 오차를 12% 낮춘다.") == [("figure-absent", "12%")]


def test_a_figure_may_be_of_any_paper_where_the_sentence_names_none() -> None:
    assert faults("오차를 12% 낮춘다.") == []
    assert faults("오차를 13% 낮춘다.") == [("figure-value", "13%")]


def test_a_figure_may_rest_on_any_sentence_of_its_paper() -> None:
    more = " It builds on two challenging question-answering (QA) tasks. It is tested on harbours and airports."
    tested = MOSAIC.model_copy(update={"abstract": MOSAIC.abstract + more})
    assert faults("Mosaic은 두 개의 시험 장면을 다룬다.", papers=(LANTERN, tested, TIDES)) == []


def test_the_second_paper_is_the_second_of_the_list_and_no_figure() -> None:
    assert faults("두 번째 논문은 이전 방법보다 3배 빠르다.") == []
    assert [rule for rule, _ in faults("두 번째 논문은 이벤트 400억 개를 쓴다.")] == ["figure-absent"]


def test_what_stands_under_a_paper_speaks_of_it() -> None:
    under = "두 번째 논문:\n     - 오차를 12% 낮춘다."
    assert [rule for rule, _ in faults(under)] == ["figure-absent"]
    assert [rule for rule, _ in faults("Mosaic은 타일을 만든다. 오차를 12% 낮춘다.")] == ["figure-absent"]


def test_a_sentence_said_twice_in_a_section_is_found() -> None:
    assert [rule for rule, _ in faults("Mosaic은 타일을 만든다.", "Mosaic은 타일을 만든다.")] == ["said-twice"]


def test_a_formula_is_one_fault_and_not_a_fault_for_each_of_its_macros() -> None:
    assert [rule for rule, _ in faults("Mosaic의 복잡도는 $\\tilde{O}(\\epsilon^2)$이다.")] == ["markup"]


def test_a_paper_without_an_abstract_is_named_and_what_may_speak_of_it_is_checked_for_form_only() -> None:
    text = old("오차를 13% 낮춘다.", "대화 요원이 검출을 설명한다.")
    found = audited(text, (LANTERN, TIDES))
    assert [(u.section, u.what) for u in found.unchecked] == [("🫧 Computer Vision", MOSAIC.title)]
    assert "3 sentences" in found.unchecked[0].reason
    assert [(f.rule, f.span) for f in found.faults] == [("term", "대화 요원")]
    bare = audited(text, (LANTERN, MOSAIC.model_copy(update={"abstract": ""}), TIDES))
    assert bare.unchecked == found.unchecked


def test_sentences_of_a_section_without_papers_are_counted_as_unchecked() -> None:
    found = audited(old() + "\n## Other\n\n아무 논문도 없다. 그래도 쓴다.\n")
    assert [(u.section, u.what) for u in found.unchecked] == [("Other", "2 sentences")]


@pytest.mark.parametrize(
    ("text", "papers", "words"),
    [
        ("nothing here", PAPERS, "no section"),
        ("## Other\n\nA sentence.", PAPERS, "names no papers"),
        (old(), (TIDES.model_copy(update={"id": "arxiv:1", "title": "Another"}),), "none of the 3 papers"),
    ],
)
def test_a_text_that_cannot_be_audited_says_why(text: str, papers: Sequence[Paper], words: str) -> None:
    with pytest.raises(AuditError, match=words):
        audited(text, papers)


def published(*claims: tuple[str, Paper, int]) -> str:
    """One section of this project's own report."""

    def claim(text: str, paper: Paper, number: int) -> Claim:
        quote = (paper.title, *sentences(paper.abstract))[number]
        return Claim(kind="reported", text=text, evidence=(Evidence(paper_id=paper.id, sentence=number, quote=quote),))

    section = Section(
        category="computer-vision",
        papers=(LANTERN.id, MOSAIC.id),
        findings=tuple(claim(*c) for c in claims),
    )
    report = Report(
        day=DAY, language="ko", status="complete", model="m", extractive=False, sections=(section,), papers=PAPERS
    )
    return render(report, TAXONOMY)


def test_a_claim_of_our_own_report_is_held_against_the_sentences_that_it_cites() -> None:
    right = ("LanternNet은 NightDrive에서 오차를 12% 낮춘다.", LANTERN, 2)
    astray = ("이 검출기의 오류는 이전보다 12% 적다.", LANTERN, 3)
    found = audited(published(right, astray))
    assert [(f.sentence, f.rule) for f in found.faults] == [(astray[0], "figure-elsewhere")]
    assert [(s.category, s.sentences) for s in found.sections] == [("computer-vision", 2)]


def test_a_quotation_is_carried_by_its_source() -> None:
    quote = sentences(LANTERN.abstract)[1]
    assert audited(published((quote, LANTERN, 2))).faults == ()


def test_where_the_papers_given_have_other_sentences_all_of_them_may_carry_a_claim() -> None:
    rewritten = LANTERN.model_copy(update={"abstract": "A preface. " + LANTERN.abstract})
    text = published(("NightDrive에서 오차를 12% 낮춘다.", LANTERN, 2))
    assert audited(text, (rewritten, MOSAIC)).faults == ()
