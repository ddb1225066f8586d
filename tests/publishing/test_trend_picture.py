"""The picture of the days before."""

from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path

import matplotlib
import pytest
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from domain.papers import Paper
from domain.reports import Filing, Report
from domain.taxonomy import Category, Taxonomy
from domain.trends import DayRow
from publishing.tally import shows_trend, today
from publishing.trend_picture import trend


def lines(axes: Axes) -> tuple[list[float], list[float], list[tuple[float, float]]]:
    """(mean line, shares, today's point) of a panel."""
    mean, counts, point = axes.lines
    return (
        [float(y) for y in mean.get_ydata()],  # pyright: ignore
        [float(y) for y in counts.get_ydata()],  # pyright: ignore
        [(float(x), float(y)) for x, y in point.get_xydata()],  # pyright: ignore
    )


def long(report: Report, categories: int, days: int) -> tuple[Report, Taxonomy]:
    """The report with many days before it, of many categories with long names."""
    made = tuple(
        Category(
            key=f"c{n}",
            ko=f"이름이 꽤 긴 인공지능 연구 분야 {n}",
            en=f"A Field of Research {n}",
            emoji="x",
            description="",
        )
        for n in range(categories)
    )
    rows = tuple(
        DayRow(
            day=date(2026, 9, 1) + timedelta(n),
            new=sum(k + n % 3 for k in range(categories)),
            categories=tuple((c.key, k + n % 3) for k, c in enumerate(made)),
        )
        for n in range(days)
    )
    return report.model_copy(update={"history": rows}), Taxonomy(categories=made[:-1], fallback=made[-1])


def test_the_reports_own_row_counts_the_new_papers_and_no_repeats(trending: Report) -> None:
    row = today(trending)
    assert (row.day, row.new) == (trending.day, 6)
    assert dict(row.categories) == {"cv": 3, "rl": 2, "quantum": 1}


def test_each_category_of_the_window_has_a_line_that_ends_in_todays_share(
    trending: Report, taxonomy: Taxonomy, tmp_path: Path, drawn: list[Figure]
) -> None:
    trend(trending, taxonomy, tmp_path / "t.png")
    panels = {axes.get_title(loc="left"): axes for axes in drawn[0].axes}
    # The biggest first; a category that was not there before has its line too.
    assert list(panels) == ["컴퓨터 비전", "오디오·음성", "강화학습", "양자 컴퓨팅"]
    expected = {
        "컴퓨터 비전": [3, 4, 5, 6, 7, 8, 9, 3],
        "오디오·음성": [2] * 7 + [0],
        "강화학습": [0] * 7 + [2],
        "양자 컴퓨팅": [0] * 7 + [1],
    }
    papers = [row.new for row in trending.history] + [6]
    for name, counts in expected.items():
        mean, shares, point = lines(panels[name])
        assert shares == pytest.approx([100 * count / of for count, of in zip(counts, papers, strict=True)])
        assert point == [(7, shares[-1])]
        # Of all papers of the days before, as the sentences tell it.
        assert mean == pytest.approx([100 * sum(counts[:-1]) / sum(papers[:-1])] * 2)
        assert panels[name].get_ylim()[0] == 0
    vision, audio = panels["컴퓨터 비전"], panels["오디오·음성"]
    assert [text.get_text() for text in (*vision.texts, *audio.texts)] == ["50%", "0%"]
    assert [label.get_text() for label in vision.get_yticklabels()] == [f"{max(lines(vision)[1]):.0f}%"]


def test_the_title_says_what_is_counted_and_the_days_stand_below_each_column(
    trending: Report, taxonomy: Taxonomy, tmp_path: Path, drawn: list[Figure]
) -> None:
    trend(trending, taxonomy, tmp_path / "t.png")
    trend(trending.model_copy(update={"language": "en", "status": "complete"}), taxonomy, tmp_path / "t.png")
    korean, english = drawn
    assert [t.get_text() for t in korean.texts] == ["새 논문의 분야별 비중: 이전 7 관측일과 오늘"]
    assert [t.get_text() for t in english.texts] == ["Share of the new papers: 7 observed days and today"]
    for axes in korean.axes:
        days = [label.get_text() for label in axes.get_xticklabels()]
        assert days == (["11-05", "11-17"] if axes in korean.axes[-2:] else [])
    assert [t.get_text() for t in korean.legends[0].get_texts()] == ["오늘(일부 누락)", "이전 날들의 평균 비중"]
    assert [t.get_text() for t in english.legends[0].get_texts()] == ["today", "mean share of the days before"]


def test_the_last_28_days_and_the_20_biggest_categories_are_drawn(
    trending: Report, tmp_path: Path, drawn: list[Figure]
) -> None:
    report, taxonomy = long(trending, categories=22, days=31)
    trend(report, taxonomy, tmp_path / "t.png")
    assert len(drawn[0].axes) == 20
    assert all(len(lines(axes)[1]) == 29 for axes in drawn[0].axes)
    assert [label.get_text() for label in drawn[0].axes[-1].get_xticklabels()] == ["09-04", "11-17"]
    names = [axes.get_title(loc="left") for axes in drawn[0].axes]
    # Today's papers are of keys that this taxonomy does not know, so its last category has them too.
    assert names == [f"이름이 꽤 긴 인공지능 연구 분야 {n}" for n in range(21, 1, -1)]


@pytest.mark.parametrize(("categories", "days"), [(22, 28), (3, 5), (2, 28)])
def test_names_figures_and_days_do_not_run_into_each_other_or_off_the_picture(
    trending: Report, tmp_path: Path, drawn: list[Figure], categories: int, days: int
) -> None:
    report, taxonomy = long(trending, categories, days)
    trend(report, taxonomy, tmp_path / "t.png")
    figure = drawn[0]
    assert figure.get_size_inches()[0] * figure.dpi == 1080
    texts = [
        text
        for axes in figure.axes
        for text in (axes.title, axes._left_title, *axes.texts, *axes.get_xticklabels(), *axes.get_yticklabels())  # pyright: ignore
        if text.get_text()
    ]
    texts += [*figure.texts, *figure.legends[0].get_texts()]
    boxes = [text.get_window_extent() for text in texts]
    frame = figure.bbox
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)
    overlaps = [
        (texts[a].get_text(), texts[b].get_text())
        for a in range(len(boxes))
        for b in range(a)
        if boxes[a].overlaps(boxes[b])
    ]
    assert overlaps == []


def test_the_same_report_gives_the_same_picture_and_leaves_the_settings_of_matplotlib_alone(
    trending: Report, taxonomy: Taxonomy, tmp_path: Path
) -> None:
    before = dict(matplotlib.rcParams)
    made: list[bytes] = []
    for name in ("one.png", "two.png"):
        trend(trending, taxonomy, tmp_path / name)
        made.append((tmp_path / name).read_bytes())
    assert all(one == two for one, two in pairwise(made))
    assert b"Software" not in made[0]
    assert dict(matplotlib.rcParams) == before


def test_a_day_without_papers_has_no_line_of_noughts(quiet: Report, trending: Report) -> None:
    assert shows_trend(trending)
    assert not shows_trend(quiet.model_copy(update={"history": trending.history}))


def test_a_category_that_had_nothing_in_the_window_is_not_drawn(
    trending: Report, taxonomy: Taxonomy, tmp_path: Path, drawn: list[Figure]
) -> None:
    rows = tuple(DayRow(day=row.day, new=1, categories=(("audio", 0), ("rl", 1))) for row in trending.history)
    filings = (Filing(paper_id="arxiv:2611.00001", category="rl", certainty=1.0, decided_by="model"),)
    paper = Paper(id="arxiv:2611.00001", title="A", abstract="")
    changes = {"history": rows, "filings": filings, "papers": (paper,), "items": ()}
    trend(trending.model_copy(update=changes), taxonomy, tmp_path / "t.png")
    assert [axes.get_title(loc="left") for axes in drawn[0].axes] == ["강화학습"]
