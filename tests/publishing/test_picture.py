"""The picture of the day's categories."""

from itertools import pairwise
from pathlib import Path

import matplotlib
from matplotlib.figure import Figure
from matplotlib.image import imread

from domain.items import Item
from domain.papers import Paper
from domain.reports import Filing, Report
from domain.taxonomy import Category, Taxonomy
from publishing import picture


def test_bars_are_sorted_and_add_up_to_the_papers_of_the_day(
    report: Report, taxonomy: Taxonomy, tmp_path: Path, drawn: list[Figure]
) -> None:
    picture.distribution(report, taxonomy, tmp_path / "p.png")
    (axes,) = drawn[0].axes
    lengths = [sum(bars[row].get_width() for bars in axes.containers) for row in range(4)]
    assert lengths == sorted(lengths, reverse=True) == [4, 2, 1, 1]
    assert [label.get_text() for label in axes.get_yticklabels()] == [
        "컴퓨터 비전",
        "강화학습",
        "오디오·음성",
        "양자 컴퓨팅",
    ]
    assert [text.get_text() for text in axes.texts] == ["4", "2", "1", "1"]
    legend = axes.get_legend()
    assert legend is not None
    assert [text.get_text() for text in legend.get_texts()] == ["소개 3", "초록 인용 1", "목록만 2", "다시 옴 2"]
    assert drawn[0].get_suptitle() == "2026-11-17 논문 8편"


def test_an_english_report_has_an_english_picture(
    report: Report, taxonomy: Taxonomy, tmp_path: Path, drawn: list[Figure]
) -> None:
    picture.distribution(report.model_copy(update={"language": "en"}), taxonomy, tmp_path / "p.png")
    (axes,) = drawn[0].axes
    assert axes.get_yticklabels()[0].get_text() == "Computer Vision"
    assert drawn[0].get_suptitle() == "2026-11-17 · papers: 8"


def test_a_day_without_papers_gets_a_picture_that_says_so(
    quiet: Report, taxonomy: Taxonomy, tmp_path: Path, drawn: list[Figure]
) -> None:
    picture.distribution(quiet, taxonomy, tmp_path / "p.png")
    assert [text.get_text() for text in drawn[0].axes[0].texts] == ["논문이 없습니다"]
    assert imread(tmp_path / "p.png").std() > 0


def test_many_categories_with_long_names_fit_on_the_picture(
    report: Report, tmp_path: Path, drawn: list[Figure]
) -> None:
    names = [f"아주 길고 긴 이름을 가진 인공지능 연구 분야 {n}" for n in range(22)]
    categories = tuple(
        Category(key=f"c{n}", ko=name, en=name, emoji="🧪", description="") for n, name in enumerate(names)
    )
    taxonomy = Taxonomy(categories=categories[:-1], fallback=categories[-1])
    papers = tuple(Paper(id=f"arxiv:2611.{n:05d}", title=f"Paper {n}", abstract="") for n in range(44))
    filings = tuple(
        Filing(paper_id=paper.id, category=categories[n // 2].key, certainty=1.0, decided_by="m")
        for n, paper in enumerate(papers)
    )
    items = tuple(Item(paper_id=paper.id, name="", claims=()) for paper in papers[::2])
    changes = {"papers": papers, "items": items, "filings": filings, "returning": (), "withdrawn": ()}
    picture.distribution(report.model_copy(update=changes), taxonomy, tmp_path / "p.png")
    figure = drawn[0]
    frame = figure.bbox
    boxes = [label.get_window_extent() for label in figure.axes[0].get_yticklabels()]
    assert all(frame.x0 <= box.x0 and box.x1 <= frame.x1 and frame.y0 <= box.y0 and box.y1 <= frame.y1 for box in boxes)
    assert all(lower.y1 <= upper.y0 for upper, lower in pairwise(boxes))
    assert figure.axes[0].get_position().width > 0.4


def test_the_same_report_gives_the_same_picture(report: Report, taxonomy: Taxonomy, tmp_path: Path) -> None:
    picture.distribution(report, taxonomy, tmp_path / "one.png")
    picture.distribution(report, taxonomy, tmp_path / "two.png")
    assert (tmp_path / "one.png").read_bytes() == (tmp_path / "two.png").read_bytes()
    assert b"Software" not in (tmp_path / "one.png").read_bytes()


def test_drawing_leaves_the_settings_of_matplotlib_alone(report: Report, taxonomy: Taxonomy, tmp_path: Path) -> None:
    before = dict(matplotlib.rcParams)
    picture.distribution(report, taxonomy, tmp_path / "p.png")
    assert dict(matplotlib.rcParams) == before
