"""An audit as a page: whatever stands in report and papers stays text."""

import json

import jsonschema
import pytest

from domain.audits import Aside, Audit, Audited, AuditedPaper, Objection, Untold, Verdict
from domain.claims import Evidence
from domain.exams import Exam
from domain.reports import Drop
from publishing.audit_page import html_page, markdown
from tests.publishing.pages import HOSTILE, TAME, headings, links, structure
from tests.publishing.test_schema import shipped

EXAM = Exam(model="m", prompt="ko/audit@1", language="ko", planted=48, caught=47, right=48, passed=46)


def audited(text: str, verdict: Verdict, number: int = 1) -> Audited:
    return Audited(
        text=text,
        number=number,
        headings=("Page", "Vision", "LanternNet"),
        role="result",
        papers=("arxiv:2611.00101",),
        found_by="heading",
        verdict=verdict,
    )


def audit(words: str = "words of others", **more: object) -> Audit:
    evidence = (Evidence(paper_id="arxiv:2611.00101", sentence=2, quote=f"It lowers the error by 12%. {words}"),)
    mended = Verdict(
        standing="mended",
        evidence=evidence,
        mended=f"It falls. {words}",
        confirmed=True,
        why=f"it falls {words}",
        kind="direction",
        severity="high",
    )
    dropped = Verdict(standing="dropped", why="nothing", kind="absent", severity="medium")
    objection = Objection(rule="name", span="YOLO", reason=f"it is not there {words}")
    objected = Verdict(standing="objected", why="it is not there", severity="low", objections=(objection,))
    lines = (
        audited(f"Seen by YOLO. {words}", objected, 30),
        audited(f"It rises. {words}", mended, 12),
        audited("It flies.", dropped, 14),
        audited("It stands.", Verdict(standing="ok", evidence=evidence), 15),
        audited(f"Who knows. {words}", Verdict(standing="unjudged", why=f"the server is down {words}"), 16),
        audited(f"Good day. {words}", Verdict(standing="unplaced", why="no paper was found"), 17),
    )
    paper = AuditedPaper(
        id="arxiv:2611.00101",
        title=f"LanternNet {words}",
        url="https://arxiv.org/abs/2611.00101",
        lines=6,
        figures=2,
        untold=(Untold(sentence=3, figure="40 billion events", quote=f"Training uses 40 billion events. {words}"),),
    )
    untold = AuditedPaper(id="arxiv:2611.00102", title=f"Mosaic {words}", url="", lines=0, figures=0)
    fields: dict[str, object] = {
        "report": f"report {words}",
        "language": "en",
        "asked": "openai:m",
        "exam": EXAM,
        "believed": True,
        "lines": lines,
        "papers": (paper, untold),
        "asides": (Aside(text=words, number=1, kind="label"), Aside(text="x", number=2, kind="link")),
        "unusable": (Drop(step="retrieve", what=f"record 3 {words}", reason="no abstract"),),
    }
    return Audit.model_validate({**fields, **more})


def test_faulty_lines_stand_by_severity_with_place_fault_mend_and_evidence() -> None:
    page = markdown(audit())
    assert headings(page) == [
        "# Audit of report words of others",
        "## High (1)",
        "### 1\\. Vision › LanternNet › line 12",
        "## Medium (1)",
        "### 2\\. Vision › LanternNet › line 14",
        "## Low (1)",
        "### 3\\. Vision › LanternNet › line 30",
        "## Results left out",
        "## Lines that nobody judged",
        "## Lines without a paper",
        "## Records that give no paper",
    ]
    high = page.split("## High")[1].split("## Medium")[0]
    for words in ("> It rises.", "**direction** it falls", "Mended: **It falls.", "abstract, sentence 2", "**12%**"):
        assert words in high
    assert "47 of 48 planted errors" in page and "1 to be mended" not in page and "to be mended 1" in page
    assert "40 billion events (“Training uses" in page
    assert "2 pieces say nothing of a paper and were not looked at: label 1, link 1." in page


def test_without_a_judge_that_is_believed_the_page_says_what_rules_cannot_see() -> None:
    for changed in ({"exam": None, "asked": "", "believed": False}, {"believed": False}):
        page = markdown(audit(**changed))
        assert "They do not see a direction turned round" in page
        assert "Lines that nobody judged" not in page
    assert "did not reach the mark of the exam" in markdown(audit(believed=False))
    assert "It sat no exam." in markdown(audit(exam=None))
    silent = EXAM.model_copy(update={"caught": 0, "passed": 0, "failure": "the server is down"})
    assert "Not all of it was answered: the server is down." in markdown(audit(believed=False, exam=silent))
    assert "방향이 뒤집힌 말" in markdown(audit(language="ko", exam=None, asked="", believed=False))


def test_a_report_without_faults_is_told_so() -> None:
    page = markdown(audit(lines=audit().lines[3:4], papers=(), asides=(), unusable=()))
    assert "No faulty line was found." in page and "Every headline figure of the abstracts is told." in page


def test_hostile_words_of_reports_and_papers_change_nothing_but_the_words() -> None:
    assert structure(markdown(audit(HOSTILE))) == structure(markdown(audit(TAME)))
    assert {address for _, address in links(markdown(audit(HOSTILE)))} == {"https://arxiv.org/abs/2611.00101"}
    page = html_page(audit(HOSTILE))
    assert "<script" not in page and '="javascript' not in page and "<i>" not in page
    assert page.count("<a ") == html_page(audit(TAME)).count("<a ")


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_html_page_is_whole_and_needs_nothing_else(language: str) -> None:
    page = html_page(audit(language=language))
    assert page.startswith("<!doctype html>") and f'<html lang="{language}">' in page and page.endswith("</html>\n")
    assert "src=" not in page and "<link" not in page and "@import" not in page
    assert page.count("<blockquote>") == 3


def test_an_audit_as_json_holds_to_its_schema_and_comes_back() -> None:
    found = audit()
    jsonschema.validate(json.loads(found.model_dump_json()), shipped("audit"))
    assert Audit.model_validate_json(found.model_dump_json()) == found
