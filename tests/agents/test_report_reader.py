"""Any report is read into lines; what asserts nothing of a paper is told apart."""

from agents.report_reader import ParsedReport, parse_report
from tests.agents.report import digest, old, ours


def lines(outline: ParsedReport) -> list[str]:
    return [line.text for line in outline.lines]


def skipped(outline: ParsedReport, kind: str) -> list[str]:
    return [one.text for one in outline.skipped if one.kind == kind]


def test_the_older_systems_labels_and_list_of_sources_are_no_lines() -> None:
    outline = parse_report(old())
    assert lines(outline) == [
        "어두운 장면: LanternNet은 이벤트 카메라를 위한 검출기이다.",
        "첫 번째 논문은 400억 개의 이벤트로 학습한다.",
        "두 논문은 서로 다른 입력을 다룬다.",
        "항구의 계기로 조석을 예측한다.",
        "평균 오차는 9cm에서 6cm로 줄었다.",
    ]
    assert len(skipped(outline, "source")) == 5
    assert [line.concludes for line in outline.lines] == [False, False, True, False, False]


def test_of_a_chat_prompts_digest_links_votes_dates_legends_and_greetings_are_no_lines() -> None:
    outline = parse_report(digest())
    assert lines(outline) == [
        "오늘은 논문 세 편입니다.",
        "LanternNet은 밤에 강하고 Mosaic은 빠릅니다.",
        "조석 연구도 눈에 띕니다.",
        "어두운 곳의 검출기",
        "겹치지 않는 타일",
        "밤에도 보는 눈",
        "이벤트 카메라를 위한 검출기입니다.",
        "NightDrive에서 오차를 12% 낮춥니다.",
        "이미지를 겹치지 않게 나눕니다.",
        "이전 방법보다 3배 빠릅니다.",
        "Learning the Tides 항구의 계기로 조석을 예측합니다.",
    ]
    assert [line.form for line in outline.lines[3:6]] == ["cell", "cell", "headline"]
    assert skipped(outline, "count") == ["31", "12", "👍 31"]
    assert skipped(outline, "link") == ["LanternNet", "Mosaic"]
    assert skipped(outline, "greeting") == ["좋은 아침입니다!", "좋은 하루 보내세요!"]
    assert skipped(outline, "legend") == ["초록만 읽고 정리했습니다."]


def test_of_our_own_page_the_fold_with_its_evidence_is_no_line() -> None:
    outline = parse_report(ours())
    assert [text for text in lines(outline) if not text.isascii()] == [
        "타일 나누기가 3배 빨라졌다",
        "LanternNet: 어두워도 사물을 찾는다",
        "이벤트 카메라를 위한 검출기입니다.",
        "NightDrive에서 오차가 12% 줄었습니다.",
        "이전 방법보다 3배 빠릅니다.",
    ]
    assert any("lowers the error by 12%" in text for text in skipped(outline, "source"))


def test_a_heading_that_tells_something_is_a_line_and_one_that_names_is_none() -> None:
    text = "# AI News\n\n## Language models\n\n### Mosaic is 3 times faster\n\nIt tiles.\n\n## 모델 셋이 40% 빨라졌다\n"
    outline = parse_report(text)
    assert lines(outline) == ["Mosaic is 3 times faster", "It tiles.", "모델 셋이 40% 빨라졌다"]
    assert skipped(outline, "label") == ["AI News", "Language models"]


def test_a_bare_figure_of_a_table_is_told_with_the_head_of_its_column() -> None:
    outline = parse_report("| Model | Error on NightDrive |\n|---|---|\n| LanternNet | 12.5% |\n")
    assert lines(outline) == ["Error on NightDrive: 12.5%"]
    assert outline.lines[0].under[-1].text == "LanternNet | 12.5%"


def test_a_line_knows_where_it_stands() -> None:
    outline = parse_report(digest())
    line = next(line for line in outline.lines if "12%" in line.text)
    headings = [outline.sections[n].heading.text for n in outline.around(line.section)]
    assert headings[:2] == ["LanternNet: Seeing in the Dark with Sparse Events", "👁️ 컴퓨터 비전"]
    assert line.before[-1].text == "이벤트 카메라를 위한 검출기입니다."
    assert digest().splitlines()[line.number - 1].startswith("이벤트 카메라를")


def test_code_and_words_that_are_explained_are_no_lines() -> None:
    outline = parse_report(
        "```\nx = 1\n```\n\n**오늘의 용어** Mamba: 상태 공간 모델 · DiT: 트랜스포머를 쓴 확산 모델\n"
    )
    assert (lines(outline), [one.kind for one in outline.skipped]) == ([], ["code", "legend"])


def test_an_english_report_is_read_too() -> None:
    text = (
        "Good morning! Happy reading.\n\n**[Mosaic](https://arxiv.org/abs/2611.00102)** · 12 votes · "
        "[code](https://github.com/x/y)\n\nIt tiles images. It is 3 times faster.\n\nSources:\n\n- Mosaic "
        "(https://arxiv.org/abs/2611.00102)\n\nThat's all for today.\n"
    )
    outline = parse_report(text)
    assert lines(outline) == ["It tiles images.", "It is 3 times faster."]
    assert {one.kind for one in outline.skipped} == {"greeting", "link", "count", "source"}


def test_any_text_can_be_read() -> None:
    for text in ("", "\n\n---\n", "<div>", "- \n  - \n", "[x]()", "# \n## \n"):
        assert parse_report(text).lines == ()


def test_marks_of_emphasis_that_a_korean_particle_keeps_from_closing_are_none_of_a_lines_words() -> None:
    assert lines(parse_report("오차가 **3%**로 줄었습니다.")) == ["오차가 3%로 줄었습니다."]


def test_what_names_and_links_below_a_heading_is_its_byline() -> None:
    text = "## 타일이 빨라졌다\n\n*Mosaic* · [paper](https://arxiv.org/abs/2611.00102) · 12 votes\n\n겹치지 않습니다.\n"
    [_, section] = parse_report(text).sections
    assert [link.url for link in section.byline.links] == ["https://arxiv.org/abs/2611.00102"]


def test_a_link_behind_the_last_sentence_is_of_its_whole_paragraph() -> None:
    outline = parse_report("- **빨라졌다.** 겹치지 않습니다. → [논문](https://arxiv.org/abs/2611.00102)")
    assert [(line.text, len(line.links)) for line in outline.lines] == [("빨라졌다.", 1), ("겹치지 않습니다.", 1)]
