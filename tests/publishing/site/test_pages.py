"""What a reader finds: evidence where a line stands, kinds told apart, a day's state, ways between days."""

from datetime import date
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from domain.claims import Claim
from domain.forms import Form
from tests.publishing.day import DAY, FED, RACER, SCALE, WAVELETS, say
from tests.publishing.pages import change_item

from . import days


def one(page: BeautifulSoup | Tag, selector: str) -> Tag:
    found = page.select(selector)
    assert len(found) == 1, (selector, len(found))
    return found[0]


def item(page: BeautifulSoup, paper_id: str) -> Tag:
    return one(page, f'article[id="p-{paper_id.partition(":")[2]}"]')


def opened(page: BeautifulSoup, mark: Tag) -> Tag:
    return one(page, f'[id="{mark["popovertarget"]}"]')


def test_every_line_of_a_model_ends_in_a_mark_that_opens_its_sentences_with_their_links(built: Path) -> None:
    page = days.soup(built / days.TYPES["day"])
    for id in (RACER, FED):
        lines = item(page, id).select("h3 > span, p > span.reported, li > span.reported, .aside > span.analysis")
        assert len(lines) >= 3 and all(line.select("button.mark") for line in lines)
    mark = item(page, RACER).select(".results button.mark")[0]
    shown = opened(page, mark)
    assert mark["aria-label"] == "근거 1개 열기" and shown.has_attr("popover")
    assert "It improves success rates by 18.5% on RLBench." in shown.text and "초록 3번째 문장" in shown.text
    assert [a["href"] for a in shown.select("a")] == ["../paper/2611.00002.html#s3", "https://arxiv.org/abs/2611.00002"]


def test_a_line_about_several_papers_names_each_beside_its_sentence(built: Path) -> None:
    page = days.soup(built / days.TYPES["day"])
    shown = opened(page, page.select(".opening > p button.mark")[0])
    assert [b.text for b in shown.select(".place b")] == ["RACER", "적대자를 견디는 연합 강화학습"]


def test_reported_analysis_and_trend_lines_look_different_and_say_what_they_are(built: Path) -> None:
    page = days.soup(built / days.TYPES["day"])
    note = one(item(page, RACER), ".aside.analysis")
    assert note.text.strip().startswith("알아 둘 점")
    trends = page.select(".flow .aside.trend")
    assert len(trends) == 2 and all(line.text.strip().startswith("흐름") for line in trends)
    shown = opened(page, trends[0].select("button.mark")[0])
    assert "11월 12일" in [a.text for a in shown.select("a")] and "기록에서 계산한 사실" in shown.text
    assert len(page.select(".marks dt")) == 3


def test_what_was_mended_and_left_out_is_one_click_away_with_the_reason(built: Path) -> None:
    changes = one(days.soup(built / days.TYPES["day"]), "details#changes")
    assert one(changes, "summary").text == "고친 문장 1개 · 걸러낸 문장 1개" and not changes.has_attr("open")
    mended, left = changes.select("li")
    assert mended.text.startswith("고침 · RACER · 결과") and left.text.startswith("뺌 · 함께 읽으면")
    assert [[one.text for one in line.select("q, .why")] for line in (mended, left)] == [
        ["RLBench를 완전히 풀었습니다.", "RLBench에서 성공률이 18.5% 올랐습니다.", "초록은 성공률이 올랐다고만 한다"],
        ["모든 산업에서 쓰일 것이다.", "근거가 없다 (규칙 no-evidence)"],
    ]


def test_the_state_of_a_day_stands_at_its_head_in_the_readers_language(built: Path) -> None:
    heads = {name: one(days.soup(built / days.TYPES[name]), "header.day") for name in days.TYPES if "day" in name}
    badges = {name: one(head, ".badge").text for name, head in heads.items()}
    assert badges == {
        "day": "일부 빠짐",
        "day without a model": "빠짐없음",
        "quiet day": "쉬는 날",
        "broken day": "만들지 못함",
        "day in English": "partly missing",
    }
    assert [li.text for li in heads["day"].select(".missing li")] == [
        "목록을 다 받지 못한 곳이 있습니다: Hugging Face",
        "글 대신 초록의 문장을 실은 논문이 있습니다: Quantum Loss Landscapes",
    ]
    assert "오류가 아닙니다" in heads["quiet day"].text and "논문 목록을 받지 못해" in heads["broken day"].text
    assert one(heads["broken day"], "details#made").has_attr("open") and "HTTP 503" in heads["broken day"].text


def test_who_wrote_judged_and_delivered_stands_in_the_record_of_the_day(built: Path) -> None:
    record = one(days.soup(built / days.TYPES["day"]), "details#made")
    rows = [[cell.text.strip() for cell in row.select("th, td")] for row in record.select("tbody tr")]
    assert (
        rows[0] == ["arXiv", "응답", "9편 중 8편 확보", "2026-11-17"] and "2611.00100 — it has no title" in rows[1][0]
    )
    assert "openai:gpt-5 · synthesize@3f21ab90" in record.text
    assert "심어 둔 오류 48개 가운데 46개" in record.text and "ko/critique@3f21ab90" in record.text


def test_quiet_and_broken_days_lead_to_the_last_report_with_papers(built: Path) -> None:
    for name in ("quiet day", "broken day"):
        link = days.soup(built / days.TYPES[name]).select_one(f'a[href="../day/{days.EARLIER}.html"]')
        assert link, name


def test_papers_seen_before_and_continued_ones_lead_to_those_days(built: Path) -> None:
    page = days.soup(built / days.TYPES["day"])
    again = one(page, f'li[id="p-{WAVELETS.partition(":")[2]}"]')
    assert "../day/2026-09-30.html#p-2609.00006" in [a["href"] for a in again.select("a")]
    continues = one(item(page, SCALE), ".continues")
    assert [a["href"] for a in continues.select("a")] == [
        "../day/2026-11-12.html#p-2610.09999",
        "../paper/2610.09999.html",
    ]
    back = days.soup(built / "paper" / "2610.09999.html")
    assert one(back, "#continued").parent.select('a[href="../paper/2611.00003.html"]')  # type: ignore[union-attr]


def test_a_paper_has_a_page_with_what_was_told_its_abstract_and_its_days(built: Path) -> None:
    page = days.soup(built / days.TYPES["paper"])
    assert one(page, "h1").text == "RACER: Rich Language-Guided Failure Recovery" and one(page, "h1")["lang"] == "en"
    assert "RLBench에서 성공률이 18.5% 올랐습니다." in page.text
    marked = [span["id"] for span in page.select(".abstract span[id]") if span.select("mark")]
    assert marked == ["s1", "s2", "s3", "s4"]
    assert [a["href"] for a in one(page, "#seen").parent.select("a")] == [  # type: ignore[union-attr]
        f"../day/{DAY}.html#p-2611.00002",
        f"../day/{days.PLAIN_DAY}.html#p-2611.00002",
    ]


def test_a_page_without_a_model_shows_the_papers_own_sentences_under_labels_that_are_true(built: Path) -> None:
    page = days.soup(built / days.TYPES["day without a model"])
    assert "모델 없이 초록의 영어 문장을 골라 실었습니다" in one(page, "header.day").text
    assert next(a.text for a in page.select(".glance > li > a")) == "RACER: Rich Language-Guided Failure Recovery"
    rows = item(page, RACER).select(".rows dt")
    assert [row.text for row in rows] == ["배경", "제안", "결과"] and not item(page, RACER).select("button.mark")
    assert [m.text for m in item(page, RACER).select("details.abstract mark")] == [
        "Failure recovery policies are rare in imitation learning.",
        "RACER lets a vision-language model tell a robot in words what went wrong.",
        "It improves success rates by 18.5% on RLBench.",
    ]


def test_what_a_reader_asked_for_stands_first_with_the_reason_and_hides_nothing(built: Path, tmp_path: Path) -> None:
    page = days.soup(built / days.TYPES["day"])
    mine = one(page, "section.for-you")
    assert page.select_one("main section") is mine
    told = [(li.a["href"], one(li, ".reasons").text) for li in mine.select("li")]  # type: ignore[index]
    assert told == [("#p-2611.00002", "주제: 실패"), ("#p-2611.00007", "분야: 양자 컴퓨팅")]
    muted = item(page, SCALE)
    assert "계산을 40% 덜 쓰고" in one(muted, "details.muted").text and "접어 둠: 인식" in muted.text
    days.made(tmp_path, *days.reports())
    plain = days.soup(tmp_path / "site" / days.TYPES["day"])
    assert not plain.select(".for-you") and len(plain.select("article.item")) == len(page.select("article.item"))
    author = days.soup(built / "day" / f"{days.EARLIER}.html")
    assert {li.text for li in author.select(".for-you .reasons")} == {"저자: Y. LeCun"}


def test_bullets_tables_and_words_that_stand_out_are_printed_as_they_were_written(tmp_path: Path) -> None:
    def form(text: str, form: Form, *strong: str) -> Claim:
        return say("result", text, (RACER, 3), form=form).model_copy(update={"emphasis": strong})

    claims = (
        form("RLBench에서 크게 올랐습니다.", "sentence", "크게"),
        form("기준 · 성공률: 60% · 시간: 3초", "row"),
        form("RACER · 성공률: 78.5% · 시간: 2초", "row", "78.5%"),
    )
    days.made(tmp_path, change_item(days.TOLD, RACER, *claims))
    block = item(days.soup(tmp_path / "site" / days.TYPES["day"]), RACER)
    assert one(block, "p > .reported b").text == "크게"
    assert [th.text for th in block.select("thead th")] == ["성공률", "시간"]
    rows = [[cell.text for cell in row.select("th, td")][:3] for row in block.select("tbody tr")]
    assert rows == [["기준", "60%", "3초"], ["RACER", "78.5%", "2초"]]
    assert one(block, "tbody tr:last-child td b").text == "78.5%" and len(block.select("tbody button.mark")) == 2


def test_pictures_have_a_text_alternative_and_the_same_numbers_in_a_table(built: Path) -> None:
    page = days.soup(built / days.TYPES["day"])
    figures = page.select("figure.chart")
    assert len(figures) == 3
    for figure in figures:
        picture = one(figure, "svg")
        assert picture["role"] == "img" and one(figure, f'[id="{picture["aria-labelledby"]}"]').text.strip()
    bars, chart, trend = figures
    assert "컴퓨터 비전 4편, 강화학습 2편" in one(bars, "svg > title").text
    assert [td.text for td in bars.select("tbody tr")[0].select("td")] == ["1", "0", "2", "1", "4"]
    numbers = [text.text for text in chart.select("svg g text")]
    assert numbers == [row.select("td")[0].text for row in chart.select("tbody tr")] == list("123456")
    assert [td.text for td in trend.select("tbody tr")[0].select("td")][:2] == ["75%", "3 (50%)"]
    assert len(trend.select("thead th")) == 10


def test_the_map_shows_the_nearest_earlier_paper_faintly_and_the_same_each_time(tmp_path: Path) -> None:
    same = "Tables tell models how to learn from rows and columns of numbers."
    old = days.day(date(2026, 11, 1), [(days.paper("2610.00001", "Rows and Columns", same), "옛 논문")])
    subjects = (
        "Tables " + same,
        "Robots grasp cups in kitchens.",
        "Speech of noisy calls.",
        "Proofs of hard theorems.",
    )
    new = days.day(
        date(2026, 11, 2), [(days.paper(f"2611.0000{n}", f"S{n}", text), f"새 {n}") for n, text in enumerate(subjects)]
    )
    days.made(tmp_path, old, new)
    first = (tmp_path / "site" / "day" / "2026-11-02.html").read_text(encoding="utf-8")
    chart = one(BeautifulSoup(first, "html.parser"), "figure.map")
    assert len(chart.select("circle.earlier")) == len(chart.select("line.tie")) == 1
    row = chart.select("tbody tr")[0]
    assert row.select('a[href="../paper/2610.00001.html"]') and "2026-11-01" in row.text
    days.made(tmp_path / "again", old, new)
    assert (tmp_path / "again" / "site" / "day" / "2026-11-02.html").read_text(encoding="utf-8") == first


def test_the_archive_is_a_calendar_that_tells_each_days_state_in_words(built: Path) -> None:
    archive = days.soup(built / "archive.html")
    cells = {str(a["href"]): str(a["aria-label"]) for a in archive.select(".calendar td a")}
    assert cells[f"day/{DAY}.html"] == "11월 17일: 일부 빠짐, 논문 8편"
    assert cells[f"day/{days.QUIET_DAY}.html"] == "11월 15일: 쉬는 날"
    assert [a["href"] for a in archive.select("caption a")] == [
        "archive/2026-11.html",
        "archive/2026-09.html",
        "archive/2025-10.html",
    ]
    month = days.soup(built / days.TYPES["month"])
    assert [str(a["href"]) for a in month.select(".dayline > a")][:2] == [
        f"../day/{days.PLAIN_DAY}.html",
        f"../day/{DAY}.html",
    ]
    assert "로봇도 연합 학습도, 일이 틀어졌을 때 버티는 법을 보인 날입니다." in month.text


def test_a_category_lists_its_papers_by_day_and_month(built: Path) -> None:
    page = days.soup(built / days.TYPES["category"])
    assert [h2.a["href"] for h2 in page.select("section h2")][:2] == [  # type: ignore[index]
        f"../day/{DAY}.html",
        f"../day/{days.EARLIER}.html",
    ]
    assert [a["href"] for a in page.select(".months a")] == [
        "../category/cv-2026-11.html",
        "../category/cv-2026-09.html",
    ]


def test_the_about_page_tells_how_reports_are_checked_and_how_the_judge_did(built: Path) -> None:
    page = days.soup(built / "about.html")
    assert len(page.select(".steps li")) == 7
    exam = one(page, "#exam").parent
    assert exam and "46개를 잡고" in exam.text and "unit, bound" in exam.text
    assert "보고서 7일" in page.text and "openai:gpt-5 · synthesize@3f21ab90" in page.text
    health = [[cell.text.split() for cell in row.select("th, td")] for row in page.select("table tbody tr")]
    assert health[2] == [["2026-11-16", "만들지", "못함"], ["응답", "없음"], ["–"]]
